//! Handed upward, and called upward.

use serde_json::json;

use crate::support::actors::Township;
use crate::support::{Filing, House, places, shapes};

#[tokio::test]
async fn handed_upward_no_clock_restarts_and_the_giver_is_out() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let county = house.county().await;
    let transfer = |to: &str| json!({ "action": "transfer", "organisation_id": places::organ(to), "reason": "移交" });
    for (state, after) in [
        ("submitted", "submitted"),
        ("awaiting_supplement", "awaiting_supplement"),
        ("accepted", "accepted"),
        ("dispatched", "accepted"),
        ("handling", "accepted"),
        ("under_review", "accepted"),
    ] {
        let (villager, id) = township.case_in(state, &Filing::complaint()).await;
        let before = villager.reads().await;
        let gone = township.triage.tries(&id, transfer(places::COUNTY)).await;
        assert!(
            [200, 404].contains(&gone.status),
            "done, and perhaps out of sight: {gone:?}"
        );
        let read = villager.reads().await;
        assert_eq!(
            (&read["state"], &read["level"]),
            (&json!(after), &json!(2)),
            "{state}"
        );
        assert_eq!(
            shapes::timer(&read, "handle", 1)["due_at"],
            shapes::timer(&before, "handle", 1)["due_at"]
        );
        assert_eq!(
            shapes::timer(&read, "accept", 1)["started_at"],
            shapes::timer(&before, "accept", 1)["started_at"]
        );
        township.triage.cannot_open(&id).await;
        if state != "dispatched" && state != "handling" {
            township.handler.cannot_open(&id).await;
        }
        let view = county.opens(&id).await;
        assert_eq!(
            shapes::id_of(&view["supervising_unit"]).unwrap(),
            places::organ(places::COUNTY)
        );
    }
    let (_, id) = township.case_in("accepted", &Filing::complaint()).await;
    for wrong in [places::NEIGHBOUR, places::TOWNSHIP, places::OTHER_COUNTY] {
        let answer = township.triage.tries(&id, transfer(wrong)).await;
        assert_eq!(answer.status, 422, "{wrong}: {answer:?}");
        answer.faulty("/organisation_id", "not_above");
    }
}

#[tokio::test]
async fn called_upward_the_county_sees_acts_and_must_say_that_it_saw() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (county, city) = (house.county().await, house.city().await);
    let (villager, id) = township.case_in("handling", &Filing::complaint()).await;
    let before = villager.reads().await;
    county.cannot_open(&id).await;
    let view = township
        .triage
        .acts(&id, json!({ "action": "escalate", "reason": "涉及面大" }))
        .await;
    assert_eq!(
        (&view["state"], &view["level"]),
        (&json!("handling"), &json!(2))
    );
    assert_eq!(
        shapes::id_of(&view["supervising_unit"]).unwrap(),
        places::organ(places::TOWNSHIP)
    );
    let read = villager.reads().await;
    assert_eq!(read["timers"], before["timers"], "timers stay");
    assert_eq!(county.finds(&villager).await, id);
    county.acts(&id, json!({ "action": "acknowledge" })).await;
    let again = json!({ "action": "acknowledge" });
    county.tries(&id, again).await.problem(409, "illegal_state");
    // It may act as the supervising unit, and order from above.
    let past =
        json!({ "action": "supervise", "note": "督办函", "due_at": "2026-11-02T08:00:00+08:00" });
    county
        .tries(&id, past)
        .await
        .faulty("/due_at", "due_in_the_past");
    assert_eq!(county.opens(&id).await["supervised"], false);
    let order =
        json!({ "action": "supervise", "note": "督办函", "due_at": "2026-11-10T17:00:00+08:00" });
    assert_eq!(county.acts(&id, order).await["supervised"], true);
    assert_eq!(villager.reads().await["supervised"], true);
    city.cannot_open(&id).await;
    let to_itself = json!({ "action": "transfer", "organisation_id": places::organ(places::COUNTY), "reason": "提级办理" });
    county.acts(&id, to_itself).await;
    township.triage.cannot_open(&id).await;
    // Once more, to the city; above it nobody is left.
    county
        .acts(&id, json!({ "action": "escalate", "reason": "再往上" }))
        .await;
    let view = city.opens(&id).await;
    assert_eq!(view["level"], 3);
    let further = json!({ "action": "escalate", "reason": "还有谁" });
    city.tries(&id, further).await.problem(409, "illegal_state");
}
