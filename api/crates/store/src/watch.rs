//! Whether a reading asked what time it is: what it brings may then be another a moment later, and is kept by nobody
//! who was not told for how long it is right. It is noted for the task that is watched, also where the reading goes on
//! in the thread of a transaction.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

tokio::task_local! {
    static HAS_ASKED: Arc<AtomicBool>;
}

/// What `work` brings, and whether somebody asked meanwhile.
pub async fn watched<T>(work: impl Future<Output = T>) -> (T, bool) {
    let has_asked = Arc::<AtomicBool>::default();
    let done = HAS_ASKED.scope(Arc::clone(&has_asked), work).await;
    (done, has_asked.load(Ordering::Relaxed))
}

/// Somebody asks; where nobody watches it is nothing.
pub fn note() {
    let _ = HAS_ASKED.try_with(|asked| asked.store(true, Ordering::Relaxed));
}

/// Takes the watch along to another thread.
pub(crate) fn carried<T>(work: impl FnOnce() -> T + Send) -> impl FnOnce() -> T + Send {
    let watch = HAS_ASKED.try_with(Arc::clone).ok();
    move || match watch {
        Some(watch) => HAS_ASKED.sync_scope(watch, work),
        None => work(),
    }
}
