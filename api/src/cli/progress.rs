//! How far a long import is: a bar where somebody looks at a terminal, some plain lines where nobody does.

use std::cell::Cell;

use indicatif::{ProgressBar, ProgressStyle};
use yidiantong::regions::tree::Progress;

/// A bar on stderr.
pub struct Bar {
    bar: ProgressBar,
    /// Tenths of the way that a plain line was written for.
    told: Cell<usize>,
}

impl Bar {
    /// A bar with a name.
    pub fn new(name: &str) -> Self {
        let bar = ProgressBar::new(0);
        let style = "{msg} {wide_bar} {percent:>3} % {human_pos}/{human_len}, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        bar.set_message("checking");
        if bar.is_hidden() {
            eprintln!("importing {name} …");
        }
        Self {
            bar,
            told: Cell::new(0),
        }
    }

    /// So far it is.
    pub fn tell(&self, step: Progress) {
        match step {
            Progress::Checked(count) => {
                self.bar.set_length(count as u64);
                self.bar.set_position(count as u64);
            }
            Progress::Written(done, all) => {
                self.bar.set_message("regions");
                self.bar.set_length(all as u64);
                self.bar.set_position(done as u64);
                let tenths = done.saturating_mul(10) / all.max(1);
                if self.bar.is_hidden() && tenths > self.told.get() {
                    self.told.set(tenths);
                    eprintln!("regions: {done} of {all}");
                }
            }
        }
    }

    /// It is over.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}
