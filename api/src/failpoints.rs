//! Places where a debug build can be made to panic, so that a test can ask what becomes of everybody else. No input
//! is known that panics; the next mistake will find one. A release build has none of this.

/// Panics here when `YDT_FAILPOINT` names this place, as often as it says: `filing.kept:3` is three times.
#[cfg(debug_assertions)]
pub fn reached(place: &str) {
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU32, Ordering};

    static ARMED: LazyLock<Option<(String, AtomicU32)>> = LazyLock::new(|| {
        let text = std::env::var("YDT_FAILPOINT").ok()?;
        let (name, times) = text.split_once(':')?;
        Some((name.to_owned(), AtomicU32::new(times.parse().ok()?)))
    });
    let Some((name, left)) = ARMED.as_ref().filter(|(name, _)| name == place) else {
        return;
    };
    let take = |left: u32| left.checked_sub(1);
    if left
        .fetch_update(Ordering::SeqCst, Ordering::SeqCst, take)
        .is_ok()
    {
        // The words stand for what a real panic may quote: they must reach neither the log nor the client.
        #[expect(clippy::panic, reason = "what the place is for")]
        {
            panic!("panic-words of the failpoint {name}");
        }
    }
}

/// Nothing: this is a release build.
#[cfg(not(debug_assertions))]
pub fn reached(_place: &str) {}
