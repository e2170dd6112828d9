//! `yidiantong.toml`.
#![no_main]

use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use yidiantong::config::{Config, Flags};

static DIR: LazyLock<PathBuf> = LazyLock::new(|| tempfile::tempdir().expect("a directory").keep());

fuzz_target!(|text: &str| {
    std::fs::write(DIR.join("yidiantong.toml"), text).expect("a file");
    if let Err(why) = Config::read(&DIR, Flags::default()) {
        assert!(!why.is_empty());
    }
});
