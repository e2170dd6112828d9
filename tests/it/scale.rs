//! What must hold for many: the normal suite takes some hundreds, `YDT_SCALE` (a factor) the full number.

use std::time::Instant;

use futures_util::StreamExt as _;
use serde_json::json;

use crate::support::{Filing, House, Villager};

/// Every overdue case escalates, oldest first, within a minute of wall time: ten thousand with
/// `YDT_SCALE=25`.
#[tokio::test]
async fn t3_every_overdue_case_escalates_oldest_first() {
    let scale: usize = std::env::var("YDT_SCALE")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(1);
    let cases = 400 * scale;
    let house = House::new().await;
    let triage = house.triage().await;
    let half = cases / 2;
    let file = |_| async {
        Villager::files(&house, &Filing::complaint().kind("question")).await;
    };
    for (count, then) in [
        (half, "2026-11-03T10:00:00+08:00"),
        (cases - half, "2026-11-03T10:00:01+08:00"),
    ] {
        futures_util::stream::iter((0..count).map(file))
            .buffer_unordered(16)
            .collect::<Vec<_>>()
            .await;
        house.clock_to(then);
    }
    // After a long night: every step of the first days, one after the other.
    house.clock_to("2026-11-05T09:00:00+08:00");
    let began = Instant::now();
    house.inside.some_clocks().await;
    let of_the_second_day = house.database.count(
        "SELECT count(*) FROM escalations e JOIN complaints c ON c.id = e.complaint_id
         WHERE c.received_at >= 1793671200000000",
    );
    assert_eq!(of_the_second_day, 0, "the oldest come first");
    while house.inside.some_clocks().await {}
    let took = began.elapsed();
    let fired = house
        .database
        .count("SELECT count(*) FROM escalations WHERE stage = 'accept' AND step = 'red'");
    assert_eq!(fired, cases, "each escalates, and once");
    println!("T3: {cases} overdue cases escalated in {took:.1?}");
    // A build with all its checks is some times slower than the one people run.
    assert!(
        cfg!(debug_assertions) && scale > 1 || took.as_secs() < 60,
        "{took:?}"
    );
    let counts = triage.get("/admin/complaints/counts").send().await.ok();
    assert_eq!(counts["red"], json!(cases));
}
