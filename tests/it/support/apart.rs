//! A server in a process of its own, beside the one of the test: its memory and its children can be told from those
//! of everything else that runs here.

use std::fs;

use super::app::House;
use super::cluster::{Process, Shared};

/// A server on a house's database.
pub struct Apart {
    process: Process,
    /// `http://127.0.0.1:PORT`
    pub address: String,
}

impl Apart {
    /// Starts one.
    pub fn beside(house: &House) -> Self {
        let redis = std::env::var("YDT_TEST_REDIS").unwrap_or_else(|_| "-".into());
        let process = Process::start(
            "api",
            &Shared {
                dir: house.dir(),
                database: &house.database.url,
                redis: &redis,
                case: house.inside.case_time(),
                wall: house.inside.wall_time(),
                is_demo: false,
            },
        );
        let address = process.hears();
        Self {
            process,
            address: format!("http://{address}"),
        }
    }

    /// A number of `/proc/PID/status`, in KiB: `VmRSS` now, `VmHWM` at its highest.
    pub fn memory(&self, name: &str) -> u64 {
        status(self.process.id(), name).unwrap()
    }

    /// Its children, zombies included.
    pub fn children(&self) -> Vec<u32> {
        children_of(self.process.id())
    }
}

/// A number of a process's status, while it is there.
pub fn status(process: u32, name: &str) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    let number: String = line.chars().filter(char::is_ascii_digit).collect();
    number.parse().ok()
}

/// The processes that a process has started and not yet been told the end of.
pub fn children_of(parent: u32) -> Vec<u32> {
    let entries = fs::read_dir("/proc").unwrap().map_while(Result::ok);
    let processes = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    processes
        .filter(|process| status(*process, "PPid:") == Some(parent.into()))
        .collect()
}
