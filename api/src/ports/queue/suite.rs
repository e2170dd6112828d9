//! What every queue must hold.

use domain::time::Timestamp;

use super::{Queue, TimerId, Wanted};

fn timer(name: &str) -> TimerId {
    TimerId {
        complaint: name.into(),
        stage: "accept".into(),
        round: 1,
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_micros(seconds * 1_000_000)
}

async fn due(queue: &dyn Queue, now: i64, limit: usize) -> Vec<TimerId> {
    queue.settled().await;
    let wanted = Wanted {
        now: at(now),
        lease_until: at(now + 60),
        limit,
    };
    queue.take_due(wanted).await.unwrap()
}

/// Nothing is due at any time before a lease of the suite ends.
pub(super) async fn is_empty(queue: &dyn Queue) {
    assert!(due(queue, 9, 10).await.is_empty());
    let state = queue.state().await;
    assert_eq!((state.up, state.depth), (true, Some(0)));
}

/// Tries everything; leaves the queue empty.
pub(super) async fn holds(queue: &dyn Queue) {
    is_empty(queue).await;
    // In order, a batch at a time, and not before it is due.
    let three = [("b", 20), ("a", 10), ("c", 30)].map(|(name, due)| (timer(name), Some(at(due))));
    queue.schedule(three.to_vec());
    assert!(due(queue, 9, 10).await.is_empty());
    assert_eq!(queue.state().await.depth, Some(3));
    assert_eq!(due(queue, 20, 1).await, [timer("a")]);
    assert_eq!(due(queue, 20, 9).await, [timer("b")]);
    // Leased: not handed out twice, and back by itself when the lease is over.
    assert!(due(queue, 29, 9).await.is_empty());
    assert_eq!(due(queue, 79, 9).await, [timer("c")]);
    assert_eq!(due(queue, 80, 9).await, [timer("a"), timer("b")]);
    // The last word on a timer counts.
    queue.schedule(vec![(timer("a"), Some(at(200)))]);
    queue.schedule(vec![(timer("b"), None), (timer("c"), None)]);
    assert!(due(queue, 199, 9).await.is_empty());
    assert_eq!(due(queue, 200, 9).await, [timer("a")]);
    // Taken out while leased, it does not come back.
    queue.schedule(vec![(timer("a"), None)]);
    assert!(due(queue, 1000, 9).await.is_empty());
    // More than fit in one hand-out.
    let many = (0..1200).map(|number| (timer(&format!("{number:04}")), Some(at(2000))));
    queue.schedule(many.clone().collect());
    let mut handed = Vec::new();
    loop {
        let more = due(queue, 2000, 10_000).await;
        if more.is_empty() {
            break;
        }
        handed.extend(more);
    }
    handed.sort();
    handed.dedup();
    assert_eq!(handed.len(), 1200);
    queue.schedule(many.map(|(timer, _)| (timer, None)).collect());
    is_empty(queue).await;
}
