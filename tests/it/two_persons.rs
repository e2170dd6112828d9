//! What takes two persons: proposed by one, done when another natural person approves, void otherwise.

use serde_json::{Value, json};

use crate::support::actors::Township;
use crate::support::{Filing, House, shapes};

fn extend(days: u32) -> Value {
    json!({ "action": "extend", "working_days": days, "reason": "雨天无法施工，需等天晴" })
}

#[tokio::test]
async fn an_extension_is_proposed_and_approved() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (villager, id) = township.case_in("handling", &Filing::complaint()).await;
    let before = shapes::timer(&villager.reads().await, "handle", 1);
    let proposed = township.handler.proposes(&id, extend(5)).await;
    assert_eq!(proposed["expires_at"], "2026-11-06T00:00:00+08:00");
    let proposal = proposed["proposal_id"].as_str().unwrap();
    // Nothing has happened yet, and nothing is proposed twice.
    assert_eq!(shapes::timer(&villager.reads().await, "handle", 1), before);
    township
        .handler
        .tries(&id, extend(5))
        .await
        .problem(409, "illegal_state");
    let seen = township.triage.waiting().await;
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0]["id"], proposal);
    assert_eq!(seen[0]["may_decide"], true);
    let done = township.triage.decides(proposal, true).await.ok();
    assert_eq!(done["state"], "approved");
    let read = villager.reads().await;
    assert_eq!(shapes::timer(&read, "handle", 1)["due_date"], "2026-11-30");
    let event = read["events"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&event["action"], &event["public_note"]),
        (&json!("extend"), &json!("雨天无法施工，需等天晴"))
    );
    township
        .triage
        .decides(proposal, true)
        .await
        .problem(409, "proposal_decided");
}
