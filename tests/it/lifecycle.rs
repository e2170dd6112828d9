//! The life of a case, action by action: who may, in which state, what it does to clocks and units.

mod answers;
mod dispatch;
mod disputes;
mod messages;
mod queue;
mod supplement;
mod upward;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::actors::{BRIEF, Township, answer, dispatch};
use crate::support::{Filing, House, Villager, places, shapes};

/// Every action of staff, whole, so that only state and standing can refuse it.
fn every_action() -> Vec<(&'static str, Value)> {
    [
        json!({ "action": "request_supplement", "note": "请补充" }),
        json!({ "action": "accept" }),
        dispatch(&places::government(places::TOWNSHIP), BRIEF),
        json!({ "action": "return", "reason": "不归我们管" }),
        json!({ "action": "start" }),
        json!({ "action": "note", "text": "内部备注" }),
        json!({ "action": "message", "text": "您好" }),
        answer("查过了"),
        json!({ "action": "send_back", "note": "再查" }),
        json!({ "action": "approve", "note": "同意" }),
        json!({ "action": "transfer", "organisation_id": places::organ(places::COUNTY), "reason": "移交" }),
        json!({ "action": "supervise", "note": "督办", "due_at": "2026-11-10T17:00:00+08:00" }),
        json!({ "action": "escalate", "reason": "请上级看看" }),
        json!({ "action": "acknowledge" }),
    ]
    .into_iter()
    .map(|action| {
        let name = action["action"].as_str().unwrap().to_owned();
        let name: &'static str = Box::leak(name.into_boxed_str());
        (name, action)
    })
    .collect()
}

fn set(words: &str) -> BTreeSet<String> {
    words.split_whitespace().map(str::to_owned).collect()
}

/// What the supervising unit may do in a state (one person alone; decline and merge take two).
const SUPERVISING: [(&str, &str); 9] = [
    (
        "submitted",
        "request_supplement accept note message transfer escalate",
    ),
    (
        "awaiting_supplement",
        "accept note message transfer escalate",
    ),
    ("accepted", "dispatch note message transfer escalate"),
    ("dispatched", "dispatch note message transfer escalate"),
    ("handling", "dispatch note message transfer escalate"),
    (
        "under_review",
        "send_back approve note message transfer escalate",
    ),
    ("answered", "note message"),
    ("closed", ""),
    ("withdrawn", ""),
];

/// What the responsible unit may do.
const RESPONSIBLE: [(&str, &str); 3] = [
    ("dispatched", "return start note message"),
    ("handling", "return submit_answer note message"),
    ("under_review", ""),
];

#[tokio::test]
async fn the_supervising_unit_may_what_the_table_says() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let of_others = set("return start submit_answer supervise acknowledge");
    for (state, words) in SUPERVISING {
        let (villager, id) = township.case_in(state, &Filing::complaint()).await;
        let legal = set(words);
        let view = township.triage.opens(&id).await;
        let mut may: BTreeSet<String> = shapes::words(&view["allowed_actions"])
            .into_iter()
            .collect();
        for other in ["assign", "decline", "merge", "extend"] {
            may.remove(other);
        }
        assert_eq!(may, legal, "{state}");
        for (name, action) in every_action() {
            if legal.contains(name) {
                continue;
            }
            let refused = township.triage.tries(&id, action).await;
            if of_others.contains(name) {
                refused.problem(403, "not_permitted");
            } else {
                let problem = refused.problem(409, "illegal_state");
                let named: BTreeSet<String> = shapes::words(&problem["legal_actions"])
                    .into_iter()
                    .collect();
                assert!(legal.is_subset(&named), "{state}: {name}: {problem}");
                assert!(!named.contains(name), "{state}: {name}: {problem}");
            }
        }
        // Refused is refused: nothing has changed.
        let after = township.triage.opens(&id).await;
        assert_eq!(after["version"], view["version"], "{state}");
        assert_eq!(shapes::history(&after), shapes::history(&view), "{state}");
        assert_eq!(villager.state().await, state);
    }
}

#[tokio::test]
async fn the_responsible_unit_may_what_the_table_says() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let of_others = set(
        "request_supplement accept dispatch send_back approve transfer supervise escalate acknowledge",
    );
    for (state, words) in RESPONSIBLE {
        let (_, id) = township.case_in(state, &Filing::complaint()).await;
        let legal = set(words);
        let mut may: BTreeSet<String> = township.handler.may(&id).await.into_iter().collect();
        may.remove("assign");
        may.remove("extend");
        assert_eq!(may, legal, "{state}");
        for (name, action) in every_action() {
            if legal.contains(name) {
                continue;
            }
            let refused = township.handler.tries(&id, action).await;
            if of_others.contains(name) {
                refused.problem(403, "not_permitted");
            } else {
                assert!(
                    [403, 409].contains(&refused.status),
                    "{state}: {name}: {refused:?}"
                );
            }
        }
    }
    for state in ["submitted", "accepted", "withdrawn"] {
        let (_, id) = township.case_in(state, &Filing::complaint()).await;
        township.handler.cannot_open(&id).await;
    }
}

#[tokio::test]
async fn the_complainant_may_what_the_table_says() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    for (state, words) in [
        ("submitted", "message withdraw"),
        ("awaiting_supplement", "supplement message withdraw"),
        ("accepted", "message withdraw"),
        ("dispatched", "message withdraw"),
        ("handling", "message withdraw"),
        ("under_review", "message withdraw"),
        ("answered", "message rate dispute"),
        ("closed", "dispute"),
        ("withdrawn", "dispute"),
    ] {
        let (villager, _) = township.case_in(state, &Filing::complaint()).await;
        let may: BTreeSet<String> = villager.may().await.into_iter().collect();
        assert_eq!(may, set(words), "{state}");
        for (name, refused) in [
            ("supplement", villager.tries_to_supplement("补充一句").await),
            ("rate", villager.tries_to_rate("satisfied").await),
            ("dispute", villager.tries_to_dispute("不服").await),
            ("withdraw", villager.tries_to_withdraw().await),
        ] {
            if refused.status < 300 {
                // The first that is legal moves the case on; the rest is told elsewhere.
                assert!(may.contains(name), "{state}: {name}: {refused:?}");
                break;
            }
            assert!(!may.contains(name), "{state}: {name}: {refused:?}");
            let problem = refused.problem(409, "illegal_state");
            let named: BTreeSet<String> = shapes::words(&problem["legal_actions"])
                .into_iter()
                .collect();
            assert_eq!(named, may, "{state}: {name}");
        }
    }
}

#[tokio::test]
async fn an_edit_says_which_version_it_saw() {
    let house = House::new().await;
    let triage = house.triage().await;
    let villager = Villager::files(&house, &Filing::complaint()).await;
    let id = triage.finds(&villager).await;
    let seen = triage.tries_to_open(&id).await;
    assert_eq!(seen.header("cache-control"), "no-store");
    assert_eq!(
        seen.etag().trim_matches('"'),
        seen.json()["version"].to_string()
    );
    let accept = json!({ "action": "accept" });
    triage
        .post(&format!("/admin/complaints/{id}/actions"))
        .json(&accept)
        .send()
        .await
        .problem(428, "if_match_required");
    for stale in ["\"0\"", "\"999\"", "\"nonsense\""] {
        triage
            .sends(&id, stale, &accept)
            .await
            .problem(412, "stale");
    }
    let done = triage.sends(&id, &seen.etag(), &accept).await.expect(200);
    assert_eq!(
        done.etag().trim_matches('"'),
        done.json()["version"].to_string()
    );
    assert_ne!(done.etag(), seen.etag());
    let note = json!({ "action": "note", "text": "看过" });
    triage
        .sends(&id, &seen.etag(), &note)
        .await
        .problem(412, "stale");
    triage.sends(&id, &done.etag(), &note).await.expect(200);
}

#[tokio::test]
async fn an_action_is_read_strictly() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (_, id) = township.case_in("accepted", &Filing::complaint()).await;
    for (action, pointer, codes) in [
        (json!({}), "/action", "required"),
        (json!({ "action": 5 }), "/action", "wrong_type"),
        (json!({ "action": "shred" }), "/action", "unknown_action"),
        (
            json!({ "action": "accept", "note": "x" }),
            "/note",
            "unknown_field",
        ),
        (
            json!({ "action": "dispatch" }),
            "/organisation_id",
            "required",
        ),
        (
            dispatch(&places::government(places::TOWNSHIP), "   "),
            "/brief",
            "too_short|required",
        ),
        (
            json!({ "action": "message", "text": "" }),
            "/text",
            "too_short|required",
        ),
        (
            json!({ "action": "message", "text": "x", "brief": "y" }),
            "/brief",
            "unknown_field",
        ),
        (
            json!({ "action": "transfer", "reason": "x" }),
            "/organisation_id",
            "required",
        ),
        (
            json!({ "action": "assign", "staff_id": 7 }),
            "/staff_id",
            "wrong_type|invalid_id",
        ),
    ] {
        let answer = township.triage.tries(&id, action.clone()).await;
        assert_eq!(answer.status, 422, "{action}: {answer:?}");
        answer.faulty(pointer, codes);
    }
    let (_, id) = township.case_in("handling", &Filing::complaint()).await;
    let mut odd = answer("查过了");
    odd["result"] = json!("whatever");
    township
        .handler
        .tries(&id, odd)
        .await
        .faulty("/result", "wrong_type");
}
