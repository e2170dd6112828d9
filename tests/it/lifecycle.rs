//! The life of a case, action by action: who may, in which state, what it does to clocks and units.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::actors::{BRIEF, Township, answer, dispatch};
use crate::support::app::MONDAY;
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

// ---------------------------------------------------------------- supplement

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

// ---------------------------------------------------------------- dispatch and return

#[tokio::test]
async fn the_work_goes_only_to_who_may_have_it() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let base = Filing::complaint;
    let refused = async |filing: Filing, unit: String, code: &str| {
        let (_, id) = township.case_in("accepted", &filing).await;
        let answer = township.triage.tries(&id, dispatch(&unit, BRIEF)).await;
        assert_eq!(answer.status, 422, "{unit}: {answer:?}");
        answer.faulty("/organisation_id", code);
    };
    let village = places::committee(places::VILLAGE);
    let against_village = base().category("environment").against_unit(&village);
    refused(against_village, village.clone(), "unit_touched").await;
    let against_post = base()
        .category("environment")
        .against_post(&format!("{village}-director"));
    refused(against_post, village.clone(), "unit_touched").await;
    for category in ["accounts", "conduct", "benefits", "projects"] {
        refused(
            base().category(category),
            village.clone(),
            "unit_village_committee",
        )
        .await;
    }
    let about_somebody = base()
        .category("environment")
        .against_unit(&places::committee(places::OTHER_VILLAGE));
    let answer = about_somebody.try_in(&house).await;
    if answer.status == 201 {
        refused(about_somebody, village.clone(), "unit_village_committee").await;
    }
    refused(
        base(),
        places::county_government(places::OTHER_COUNTY),
        "unit_elsewhere",
    )
    .await;
    refused(base(), "nobody-230104111204".to_owned(), "unit_unknown").await;
    // Nobody accused, nothing delicate: the village may clear its own ditch.
    let (villager, id) = township
        .case_in("accepted", &base().category("environment"))
        .await;
    let view = township.triage.dispatches(&id, &village, BRIEF).await;
    assert_eq!(shapes::id_of(&view["responsible_unit"]).unwrap(), village);
    let handler = house.handler_of(&village).await;
    handler.finds(&villager).await;
}

#[tokio::test]
async fn dispatched_again_relieves_the_idle_unit_and_restarts_nothing() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (villager, id) = township.case_in("handling", &Filing::complaint()).await;
    let due = shapes::timer(&villager.reads().await, "handle", 1)["due_at"].clone();
    house.clock_to("2026-11-05T09:00:00+08:00");
    let agency = house.handler_of(&places::agency(places::TOWNSHIP)).await;
    agency.cannot_open(&id).await;
    let view = township
        .triage
        .dispatches(&id, &places::agency(places::TOWNSHIP), "换个单位")
        .await;
    assert_eq!(view["state"], "dispatched");
    assert_eq!(view["assignee"], Value::Null);
    township.handler.cannot_open(&id).await;
    assert_eq!(agency.opens(&id).await["brief"], "换个单位");
    let read = villager.reads().await;
    assert_eq!(shapes::timer(&read, "handle", 1)["due_at"], due);
}

#[tokio::test]
async fn not_ours_may_be_said_within_five_days_and_twice() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let unit = places::government(places::TOWNSHIP);
    let (villager, id) = township.case_in("dispatched", &Filing::complaint()).await;
    let due = shapes::timer(&villager.reads().await, "handle", 1)["due_at"].clone();
    township.handler.returns(&id).await.expect(200);
    assert_eq!(villager.state().await, "accepted");
    township.handler.cannot_open(&id).await;
    township.triage.dispatches(&id, &unit, BRIEF).await;
    township.handler.starts(&id).await;
    township.handler.returns(&id).await.expect(200);
    township.triage.dispatches(&id, &unit, BRIEF).await;
    assert!(
        !township
            .handler
            .may(&id)
            .await
            .contains(&"return".to_owned())
    );
    township
        .handler
        .returns(&id)
        .await
        .problem(409, "illegal_state");
    assert_eq!(
        shapes::timer(&villager.reads().await, "handle", 1)["due_at"],
        due
    );

    // Five working days: to the end of the ninth.
    let (_, late) = township.case_in("dispatched", &Filing::complaint()).await;
    let (_, in_time) = township.case_in("dispatched", &Filing::complaint()).await;
    house.clock_to("2026-11-09T23:59:59+08:00");
    township.handler.returns(&in_time).await.expect(200);
    house.clock_to("2026-11-10T00:00:00+08:00");
    township
        .handler
        .returns(&late)
        .await
        .problem(409, "illegal_state");
}

#[tokio::test]
async fn put_in_the_hands_of_a_colleague() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let colleague = house.triage().await;
    let (_, id) = township.case_in("accepted", &Filing::complaint()).await;
    let before = township.triage.opens(&id).await["version"].clone();
    let assign = |staff: &str| json!({ "action": "assign", "staff_id": staff });
    let view = township.triage.acts(&id, assign(&colleague.id)).await;
    assert_eq!(shapes::id_of(&view["assignee"]).unwrap(), colleague.id);
    assert_ne!(
        view["version"], before,
        "the assignee is part of what others rely on"
    );
    let mine = colleague.queue(&format!("assignee={}", colleague.id)).await;
    assert_eq!(mine.len(), 1);
    assert_eq!(
        colleague
            .queue(&format!("assignee={}", township.triage.id))
            .await
            .len(),
        0
    );
    for stranger in [&township.handler.id, "nobody"] {
        let answer = township.triage.tries(&id, assign(stranger)).await;
        assert_eq!(answer.status, 422, "{answer:?}");
        answer.faulty("/staff_id", "staff_unknown");
    }
}

// ---------------------------------------------------------------- answer, review, rating

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

// ---------------------------------------------------------------- dispute, withdraw

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

// ---------------------------------------------------------------- upward

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

// ---------------------------------------------------------------- words

#[tokio::test]
async fn words_go_both_ways_and_change_no_version_and_no_clock() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (villager, id) = township.case_in("handling", &Filing::complaint()).await;
    let before = township.triage.tries_to_open(&id).await;
    let clocks = villager.reads().await["timers"].clone();
    house.clock_to("2026-11-04T15:00:00+08:00");
    villager.says("我星期三下午都在家。").await;
    township.triage.writes(&id, "收到，谢谢您。").await;
    township.handler.writes(&id, "我们星期四上门。").await;
    township
        .triage
        .acts(&id, json!({ "action": "note", "text": "内部：注意保密" }))
        .await;
    let read = villager.reads().await;
    let said: Vec<&str> = read["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|word| word["text"].as_str().unwrap())
        .collect();
    assert_eq!(
        said,
        ["我星期三下午都在家。", "收到，谢谢您。", "我们星期四上门。"]
    );
    assert!(!read.to_string().contains("内部：注意保密"));
    assert!(
        !read.to_string().contains(&township.handler.username),
        "a villager learns no names"
    );
    assert_eq!(read["timers"], clocks, "a message moves no clock");
    let after = township.triage.tries_to_open(&id).await;
    assert_eq!(after.etag(), before.etag());
    let texts = after.json()["messages"].to_string();
    assert!(texts.contains("我星期三下午都在家。"), "{texts}");
    // What was seen before the words still counts.
    township
        .handler
        .sends(&id, &before.etag(), &answer("已上门"))
        .await
        .expect(200);
    for text in ["", "   ", &"长".repeat(4001)] {
        let answer = villager.tries_to_say(text).await;
        assert_eq!(answer.status, 422, "{answer:?}");
        answer.faulty("/text", "too_short|too_long|required");
    }
}

#[tokio::test]
async fn the_history_is_there_for_staff_and_short_for_the_villager() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (villager, id) = township.case_in("answered", &Filing::complaint()).await;
    let events = township
        .triage
        .get(&format!("/admin/complaints/{id}/events"))
        .send()
        .await
        .expect(200)
        .json();
    let events = events["items"].as_array().unwrap();
    let actions: Vec<&str> = events
        .iter()
        .map(|event| event["action"].as_str().unwrap())
        .collect();
    for wanted in ["accept", "dispatch", "start", "submit_answer", "approve"] {
        assert!(actions.contains(&wanted), "{wanted}: {actions:?}");
    }
    let seqs: Vec<u64> = events
        .iter()
        .map(|event| event["seq"].as_u64().unwrap())
        .collect();
    assert!(
        seqs.is_sorted() && seqs.windows(2).all(|pair| pair[0] < pair[1]),
        "{seqs:?}"
    );
    let read = villager.reads().await;
    for event in read["events"].as_array().unwrap() {
        shapes::has(event, "seq at action public_note");
        shapes::has_not(event, "internal_note staff_id");
        assert_eq!(event["at"], MONDAY);
    }
}

// ---------------------------------------------------------------- the queue

#[tokio::test]
async fn the_queue_is_filtered_sorted_and_paged() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let triage = &township.triage;
    let mut numbers = Vec::new();
    for (kind, category, village) in [
        ("complaint", "accounts", places::VILLAGE),
        ("question", "accounts", places::OTHER_VILLAGE),
        ("help", "environment", places::VILLAGE),
        ("suggestion", "environment", places::OTHER_VILLAGE),
        ("complaint", "service", places::VILLAGE),
    ] {
        let filing = Filing::complaint()
            .kind(kind)
            .category(category)
            .with("/region_code", village);
        numbers.push(Villager::files(&house, &filing).await.number);
    }
    for (query, count) in [
        ("", 5),
        ("category=accounts", 2),
        ("state=submitted", 5),
        ("state=closed", 0),
        ("light=green", 5),
        ("light=red", 0),
        (&format!("region={}", places::VILLAGE), 3),
        (&format!("region={}", places::TOWNSHIP), 5),
        (&format!("region={}", places::COUNTY), 5),
        (&format!("region={}", places::NEIGHBOUR), 0),
        ("q=来回跑", 0),
        ("q=盖个章跑了三趟", 5),
        ("due_before=2026-11-03T00:00:00%2B08:00", 0),
        ("due_before=2026-11-05T00:00:00%2B08:00", 5),
        (&format!("category=accounts&region={}", places::VILLAGE), 1),
    ] {
        assert_eq!(triage.queue(query).await.len(), count, "{query}");
    }
    let item = triage.queue("").await.remove(0);
    shapes::has(
        &item,
        "id number kind region_code category state round level light received_at",
    );
    shapes::has_not(&item, "text identity receipt_code");
    // Page by page everything comes once, also while cases come in.
    let (mut seen, mut next) = (Vec::new(), Some(String::new()));
    while let Some(cursor) = next {
        let answer = triage
            .get(&format!("/admin/complaints?sort=due_at&limit=2{cursor}"))
            .send()
            .await
            .expect(200);
        let page = answer.json();
        let items = shapes::items(&page);
        assert!(items.len() <= 2);
        seen.extend(
            items
                .iter()
                .map(|item| item["number"].as_str().unwrap().to_owned()),
        );
        next = page["next_cursor"]
            .as_str()
            .map(|cursor| format!("&cursor={cursor}"));
        assert_eq!(
            next.is_some(),
            answer.header("link").contains("rel=\"next\""),
            "{answer:?}"
        );
        if seen.len() == 2 {
            Villager::files(&house, &Filing::complaint()).await;
        }
    }
    for number in &numbers {
        assert_eq!(
            seen.iter().filter(|other| *other == number).count(),
            1,
            "{number}: {seen:?}"
        );
    }
    for query in [
        "state=nonsense",
        "light=purple",
        "colour=red",
        "limit=0",
        "cursor=x",
    ] {
        let answer = triage
            .get(&format!("/admin/complaints?{query}"))
            .send()
            .await;
        assert!([400, 422].contains(&answer.status), "{query}: {answer:?}");
    }
}

/// Every time in a view, with the name of its field.
fn times(view: &Value, name: &str, found: &mut Vec<(String, String)>) {
    match view {
        Value::Object(fields) => {
            for (name, value) in fields {
                times(value, name, found);
            }
        }
        Value::Array(values) => {
            for value in values {
                times(value, name, found);
            }
        }
        Value::String(text) if text.len() >= 25 && text.get(10..11) == Some("T") => {
            found.push((name.to_owned(), text.clone()));
        }
        _ => {}
    }
}

#[tokio::test]
async fn a_handler_sees_times_by_the_day() {
    let house = House::at("2026-11-02T09:17:31+08:00").await;
    let township = Township::of(&house).await;
    let (villager, id) = township.case_in("handling", &Filing::complaint()).await;
    villager.says("今天又去了一趟").await;
    house.comes_to("2026-11-30T09:17:31+08:00").await;
    township.handler.answers(&id).await;
    township.triage.approves(&id).await;
    villager.rates("dissatisfied").await;
    let path = format!("/admin/complaints/{id}/events");
    let events = township.handler.get(&path).send().await.ok();
    let mut found = Vec::new();
    times(&township.handler.opens(&id).await, "", &mut found);
    times(&events, "", &mut found);
    assert!(
        found.iter().any(|(name, _)| name == "fired_at"),
        "{found:?}"
    );
    for (name, at) in found.iter().filter(|(name, _)| name != "due_at") {
        assert!(at.ends_with("T00:00:00+08:00"), "{name}: {at}");
    }
    // Whoever supervises sees them as they were.
    let mut exact = Vec::new();
    times(&township.triage.opens(&id).await, "", &mut exact);
    assert!(exact.iter().any(|(_, at)| at.contains(":17:31")));
}

#[tokio::test]
async fn words_sent_twice_over_a_weak_line_are_kept_once() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (villager, _) = township.case_in("accepted", &Filing::complaint()).await;
    let (asked, _) = township
        .case_in("awaiting_supplement", &Filing::complaint())
        .await;
    for (villager, path) in [
        (&villager, "/receipt/messages"),
        (&asked, "/receipt/supplement"),
    ] {
        let key = house.fresh_key();
        let send = async |text: &str| {
            house
                .post(path)
                .receipt(&villager.receipt)
                .key(&key)
                .json(&json!({ "text": text }))
                .send()
                .await
        };
        let first = send("昨天下午又去了一趟").await.expect(200);
        assert_eq!(first.headers.get("idempotent-replay"), None);
        let again = send("昨天下午又去了一趟").await.expect(200);
        assert_eq!(again.header("idempotent-replay"), "true");
        assert_eq!(first.json(), again.json());
        assert_eq!(again.json()["messages"].as_array().unwrap().len(), 1);
        send("另一句话")
            .await
            .problem(422, "idempotency_key_reused");
        // Without a key, and with another, it is said again.
        let read = villager.reads().await;
        if read["allowed_actions"].to_string().contains("message") {
            villager.says("昨天下午又去了一趟").await;
            let read = villager.reads().await;
            assert_eq!(read["messages"].as_array().unwrap().len(), 2);
        }
    }
}
