//! Answers, their review and their rating.

use serde_json::{Value, json};

use crate::support::actors::{BRIEF, Township, answer};
use crate::support::{Filing, House, places, shapes};

#[tokio::test]
async fn nobody_reviews_his_own_work() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    // The second account of the handler's own person sits in the supervising unit.
    let double = house.triage().await;
    house
        .inside
        .are_one_person(&house.database, &township.handler.id, &double.id);
    let (_, id) = township.case_in("under_review", &Filing::complaint()).await;
    assert!(!double.may(&id).await.contains(&"approve".to_owned()));
    let approve = json!({ "action": "approve", "note": "同意" });
    double
        .tries(&id, approve)
        .await
        .problem(403, "not_permitted");
    township.triage.approves(&id).await;
}

#[tokio::test]
async fn sent_back_it_is_worked_on_again_under_the_same_clock() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (villager, id) = township.case_in("under_review", &Filing::complaint()).await;
    let read = villager.reads().await;
    let due = shapes::timer(&read, "handle", 1)["due_at"].clone();
    assert_eq!(read["answer"], Value::Null, "not before it is approved");
    assert_eq!(shapes::timer(&read, "review", 1)["due_date"], "2026-11-04");
    house.clock_to("2026-11-03T09:00:00+08:00");
    let send_back = json!({ "action": "send_back", "note": "事实没写清" });
    let view = township.triage.acts(&id, send_back).await;
    assert_eq!(view["state"], "handling");
    assert!(shapes::timer(&view, "review", 1)["stopped_at"].is_string());
    township.handler.answers(&id).await;
    let read = villager.reads().await;
    assert_eq!(shapes::timer(&read, "handle", 1)["due_at"], due);
    let review = shapes::timer(&read, "review", 1);
    assert_eq!(
        (&review["due_date"], &review["stopped_at"]),
        (&json!("2026-11-05"), &Value::Null),
        "begun again"
    );
    assert!(
        !read.to_string().contains("事实没写清"),
        "an internal word stays inside"
    );
}

#[tokio::test]
async fn dissatisfied_once_is_rework_twice_is_one_level_up_and_a_third_is_kept() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let county = house.county().await;
    let (villager, id) = township.case_in("answered", &Filing::complaint()).await;
    house.clock_to("2026-11-04T09:00:00+08:00");
    villager.rates("dissatisfied").await;
    let read = villager.reads().await;
    assert_eq!(
        (&read["state"], &read["round"]),
        (&json!("handling"), &json!(2))
    );
    assert_eq!(read["rating"]["rating"], "dissatisfied");
    assert_eq!(shapes::timer(&read, "rework", 2)["due_date"], "2026-11-13");
    assert!(
        shapes::timer(&read, "handle", 1)["stopped_at"].is_string(),
        "the first promise is history"
    );
    assert_eq!(read["working_days_left"], 7);
    county.does_not_find(&villager).await;

    township.handler.acts(&id, answer("又查了一遍")).await;
    township.triage.approves(&id).await;
    let read = villager.reads().await;
    assert_eq!(read["answer"]["facts"], "又查了一遍");
    assert_eq!(
        read["rating"],
        Value::Null,
        "the new answer is not rated yet"
    );
    villager.rates("dissatisfied").await;
    let read = villager.reads().await;
    assert_eq!(
        (&read["state"], &read["round"], &read["level"]),
        (&json!("accepted"), &json!(3), &json!(2))
    );
    shapes::timer(&read, "rework", 3);
    shapes::timer(&read, "dispatch", 3);
    let view = county.opens(&id).await;
    assert_eq!(
        shapes::id_of(&view["supervising_unit"]).unwrap(),
        places::organ(places::COUNTY)
    );
    township.triage.cannot_open(&id).await;
    township.handler.cannot_open(&id).await;

    county
        .dispatches(&id, &places::bureau(places::COUNTY), BRIEF)
        .await;
    let bureau = house.handler_of(&places::bureau(places::COUNTY)).await;
    bureau.starts(&id).await;
    bureau.answers(&id).await;
    county.approves(&id).await;
    villager.rates("dissatisfied").await;
    let read = villager.reads().await;
    assert_eq!(
        (&read["state"], &read["round"]),
        (&json!("closed"), &json!(3))
    );
    assert_eq!(read["rating"]["rating"], "dissatisfied");
}

#[tokio::test]
async fn unrated_for_fifteen_days_it_closes_and_a_late_rating_is_kept() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (villager, _) = township.case_in("answered", &Filing::complaint()).await;
    let rate = shapes::timer(&villager.reads().await, "rate", 1);
    assert_eq!(rate["due_date"], "2026-11-17");
    house.comes_to("2026-11-17T23:59:59+08:00").await;
    assert_eq!(villager.state().await, "answered");
    house.comes_to("2026-11-18T00:00:00+08:00").await;
    let read = villager.reads().await;
    assert_eq!(read["state"], "closed");
    assert_eq!(read["rating"], Value::Null, "silence is no satisfaction");
    assert!(villager.may().await.contains(&"rate".to_owned()));
    villager.rates("dissatisfied").await;
    let read = villager.reads().await;
    assert_eq!(
        (&read["state"], &read["round"]),
        (&json!("closed"), &json!(1))
    );
    assert_eq!(read["rating"]["late"], true);
    assert_eq!(read["rating"]["rating"], "dissatisfied");
    villager
        .tries_to_rate("satisfied")
        .await
        .problem(409, "illegal_state");
}

#[tokio::test]
async fn a_rating_is_one_of_four() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    for rating in ["very_satisfied", "satisfied", "basically_satisfied"] {
        let (villager, _) = township.case_in("answered", &Filing::complaint()).await;
        villager
            .tries_to_rate("five stars")
            .await
            .faulty("/rating", "wrong_type");
        villager.rates(rating).await;
        let read = villager.reads().await;
        assert_eq!(
            (&read["state"], &read["rating"]["rating"]),
            (&json!("closed"), &json!(rating))
        );
        shapes::has(&read["rating"], "rating comment rated_at late");
    }
}
