//! Access tokens: none but ours is believed.
#![no_main]

use std::sync::LazyLock;

use domain::time::Timestamp;
use libfuzzer_sys::fuzz_target;
use yidiantong::ports::ids::Ids;
use yidiantong::ports::secrets::Secrets;
use yidiantong::ports::tokens::Tokens;

static TOKENS: LazyLock<Tokens> = LazyLock::new(|| {
    let dir = tempfile::tempdir().expect("a directory").keep();
    assert!(Secrets::load(&dir, Ids).is_ok());
    Tokens::open(&dir).expect("keys")
});

fuzz_target!(|text: &str| {
    let now = Timestamp::from_micros(1_795_000_000_000_000);
    // Nobody without the key makes one.
    assert!(TOKENS.verify(text, now).is_err());
});
