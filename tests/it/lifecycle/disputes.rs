//! What may be disputed and withdrawn, and until when.

use serde_json::{Value, json};

use crate::support::actors::{BRIEF, Township};
use crate::support::{Filing, House, Villager, places, shapes};

#[tokio::test]
async fn an_answer_may_be_disputed_once_one_level_up() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let county = house.county().await;
    let (villager, id) = township.case_in("answered", &Filing::complaint()).await;
    villager.disputes("写的和实际不一样").await;
    let read = villager.reads().await;
    assert_eq!(
        (&read["state"], &read["round"], &read["level"]),
        (&json!("accepted"), &json!(2), &json!(2))
    );
    shapes::timer(&read, "rework", 2);
    let rate = shapes::timer(&read, "rate", 1);
    assert!(rate["stopped_at"].is_string());
    assert_eq!(
        read["answer"]["result"], "resolved",
        "the first answer stays to be read"
    );
    township.triage.cannot_open(&id).await;
    county
        .dispatches(&id, &places::bureau(places::COUNTY), BRIEF)
        .await;
    let bureau = house.handler_of(&places::bureau(places::COUNTY)).await;
    bureau.starts(&id).await;
    bureau.answers(&id).await;
    county.approves(&id).await;
    assert!(!villager.may().await.contains(&"dispute".to_owned()));
    villager
        .tries_to_dispute("还是不服")
        .await
        .problem(409, "illegal_state");
}

#[tokio::test]
async fn a_dispute_has_thirty_days() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (in_time, _) = township.case_in("answered", &Filing::complaint()).await;
    let (late, _) = township.case_in("answered", &Filing::complaint()).await;
    house.comes_to("2026-12-02T23:59:59+08:00").await;
    assert_eq!(in_time.state().await, "closed", "unrated meanwhile");
    in_time.disputes("想了想还是不服").await;
    assert_eq!(in_time.state().await, "accepted");
    house.comes_to("2026-12-03T00:00:00+08:00").await;
    assert!(!late.may().await.contains(&"dispute".to_owned()));
    late.tries_to_dispute("晚了")
        .await
        .problem(409, "illegal_state");
}

#[tokio::test]
async fn a_withdrawal_stops_every_clock_and_may_be_disputed() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    for state in [
        "submitted",
        "awaiting_supplement",
        "accepted",
        "dispatched",
        "handling",
        "under_review",
    ] {
        let (villager, _) = township.case_in(state, &Filing::complaint()).await;
        villager.withdraws().await;
        let read = villager.reads().await;
        assert_eq!(read["state"], "withdrawn", "{state}");
        assert_eq!(read["light"], Value::Null);
        for timer in read["timers"].as_array().unwrap() {
            assert!(timer["stopped_at"].is_string(), "{state}: {timer}");
        }
    }
    let (villager, id) = township.case_in("withdrawn", &Filing::complaint()).await;
    villager.disputes("是别人让我撤的").await;
    let read = villager.reads().await;
    assert_eq!(
        (&read["state"], &read["level"]),
        (&json!("accepted"), &json!(2))
    );
    let handle = shapes::timer(&read, "handle", 2);
    assert_eq!(
        handle["due_date"], "2026-11-23",
        "a new promise from the dispute on"
    );
    house.county().await.opens(&id).await;
}

#[tokio::test]
async fn at_the_top_no_dispute_is_offered() {
    let house = House::new().await;
    let city = house.city().await;
    let villager = Villager::files(&house, &Filing::complaint().against_group("county")).await;
    let id = city.finds(&villager).await;
    city.accepts(&id).await;
    villager.withdraws().await;
    assert!(!villager.may().await.contains(&"dispute".to_owned()));
    villager
        .tries_to_dispute("不服")
        .await
        .problem(409, "illegal_state");
    city.opens(&id).await;
}
