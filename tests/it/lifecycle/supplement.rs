//! Asking the complainant for more, and what comes of it.

use serde_json::{Value, json};

use crate::support::actors::Township;
use crate::support::{Filing, House, Villager, shapes};

#[tokio::test]
async fn asking_for_more_stops_the_clock_and_the_supplement_lets_it_run_on() {
    let house = House::new().await;
    let triage = house.triage().await;
    let villager = Villager::files(&house, &Filing::complaint()).await;
    let id = triage.finds(&villager).await;
    house.clock_to("2026-11-02T10:00:00+08:00");
    let view = triage.asks_for(&id, "请补充是哪一天、找的哪个窗口").await;
    assert_eq!(view["state"], "awaiting_supplement");
    let read = villager.reads().await;
    let asked = read["events"]
        .as_array()
        .unwrap()
        .iter()
        .find(|event| event["action"] == "request_supplement");
    assert_eq!(
        asked.unwrap()["public_note"],
        "请补充是哪一天、找的哪个窗口"
    );
    for stage in ["accept", "handle"] {
        assert_eq!(shapes::timer(&read, stage, 1)["paused"], true, "{stage}");
    }
    assert_eq!(read["light"], Value::Null, "nothing runs");
    // Three working days later: Monday, Tuesday and Wednesday are given back.
    house.comes_to("2026-11-05T10:00:00+08:00").await;
    villager.supplements("10月26号，综合窗口。").await;
    let read = villager.reads().await;
    assert_eq!(read["state"], "submitted");
    assert_eq!(shapes::timer(&read, "accept", 1)["due_date"], "2026-11-06");
    assert_eq!(shapes::timer(&read, "handle", 1)["due_date"], "2026-11-26");
    assert_eq!(shapes::timer(&read, "handle", 1)["paused"], false);
    let view = triage.opens(&id).await;
    assert!(
        view.to_string().contains("10月26号，综合窗口。"),
        "staff read what was added: {view}"
    );
    // Twice at most.
    triage.asks_for(&id, "请再补充一张照片").await;
    villager.supplements("没有照片。").await;
    let again = json!({ "action": "request_supplement", "note": "再补充" });
    triage.tries(&id, again).await.problem(409, "illegal_state");
    triage.accepts(&id).await;
}

#[tokio::test]
async fn five_working_days_without_a_supplement_and_the_case_comes_back() {
    let house = House::new().await;
    let triage = house.triage().await;
    let villager = Villager::files(&house, &Filing::complaint()).await;
    let id = triage.finds(&villager).await;
    triage.asks_for(&id, "请补充").await;
    house.comes_to("2026-11-09T23:59:59+08:00").await;
    assert_eq!(villager.state().await, "awaiting_supplement");
    house.comes_to("2026-11-10T00:00:00+08:00").await;
    assert_eq!(villager.state().await, "submitted");
    villager
        .tries_to_supplement("晚了一点")
        .await
        .problem(409, "illegal_state");
    let read = villager.reads().await;
    assert_eq!(shapes::timer(&read, "accept", 1)["paused"], false);
    assert_eq!(
        shapes::timer(&read, "accept", 1)["breached"],
        false,
        "the days of waiting are nobody's breach"
    );
    triage.accepts(&id).await;
}

#[tokio::test]
async fn a_case_awaiting_a_supplement_may_be_accepted() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (villager, id) = township
        .case_in("awaiting_supplement", &Filing::complaint())
        .await;
    township.triage.accepts(&id).await;
    let read = villager.reads().await;
    assert_eq!(shapes::timer(&read, "handle", 1)["paused"], false);
    assert!(shapes::timer(&read, "accept", 1)["stopped_at"].is_string());
}
