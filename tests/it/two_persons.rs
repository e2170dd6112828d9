//! What takes two persons: proposed by one, done when another natural person approves, void otherwise.

use serde_json::{Value, json};

use crate::support::actors::{Staff, Township};
use crate::support::{Filing, House, Villager, places, shapes};

fn extend(days: u32) -> Value {
    json!({ "action": "extend", "working_days": days, "reason": "雨天无法施工，需等天晴" })
}

/// Proposes an extension of five working days; the proposal.
async fn asks_for_five_days(staff: &Staff<'_>, id: &str) -> String {
    let proposed = staff.proposes(id, extend(5)).await;
    shapes::has(&proposed, "proposal_id expires_at");
    proposed["proposal_id"].as_str().unwrap().to_owned()
}

/// What a proposal has become, as somebody reads it.
async fn became(staff: &Staff<'_>, proposal: &str) -> (String, Value) {
    let read = staff
        .get(&format!("/admin/proposals/{proposal}"))
        .send()
        .await
        .ok();
    let state = read["state"].as_str().unwrap().to_owned();
    (state, read["void_reason"].clone())
}

/// The whole history as staff read it.
async fn told(staff: &Staff<'_>, id: &str) -> Vec<String> {
    let path = format!("/admin/complaints/{id}/events");
    let list = staff.get(&path).send().await.ok();
    let events = list["items"].as_array().unwrap().clone();
    let action = |event: Value| event["action"].as_str().unwrap().to_owned();
    events.into_iter().map(action).collect()
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

#[tokio::test]
async fn refused_it_changes_nothing_but_the_history() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (villager, id) = township.case_in("handling", &Filing::complaint()).await;
    let proposal = asks_for_five_days(&township.handler, &id).await;
    let before = township.triage.opens(&id).await;
    let refused = township.triage.decides(&proposal, false).await.ok();
    assert_eq!(refused["state"], "refused");
    let after = township.triage.opens(&id).await;
    for same in ["version", "state", "timers"] {
        assert_eq!(before[same], after[same], "{same}");
    }
    let history = told(&township.triage, &id).await;
    assert!(history.contains(&"refuse_extend".to_owned()), "{history:?}");
    // The complainant reads of no inner quarrel.
    assert_eq!(
        shapes::timer(&villager.reads().await, "handle", 1)["due_date"],
        "2026-11-23"
    );
    // And it may be asked for again.
    asks_for_five_days(&township.handler, &id).await;
}

#[tokio::test]
async fn the_second_is_another_natural_person_of_an_organ_asked() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (_, id) = township.case_in("accepted", &Filing::complaint()).await;
    let decline =
        json!({ "action": "decline", "reason_code": "court", "note": "已经起诉，请以判决为准" });
    let proposed = township.triage.proposes(&id, decline).await;
    let proposal = proposed["proposal_id"].as_str().unwrap();
    // Not oneself, nor oneself under another account.
    let again = township.triage.decides(proposal, true).await;
    again.problem(403, "same_person");
    let other_self = house.triage().await;
    house
        .inside
        .are_one_person(&house.database, &township.triage.id, &other_self.id);
    let other_self_decides = other_self.decides(proposal, true).await;
    other_self_decides.problem(403, "same_person");
    // Nobody to whom it is not offered knows of it.
    for stranger in [
        house.neighbour_triage().await,
        house.other_county().await,
        house.administrator().await,
    ] {
        let answer = stranger.decides(proposal, true).await;
        assert!(matches!(answer.status, 403 | 404), "{answer:?}");
        let list = stranger.waiting().await;
        assert!(list.is_empty(), "{}: {list:?}", stranger.username);
    }
    // An auditor of the organ asked reads cases but decides nothing.
    let auditor = house.auditor().await;
    assert_eq!(auditor.decides(proposal, true).await.status, 403);
    // The organ above sees it while it waits, and no longer than that.
    let county = house.county().await;
    let waiting = county.waiting().await;
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0]["may_decide"], true);
    assert!(
        county.may(&id).await.is_empty(),
        "it reads, it does not act"
    );
    county.approves_proposal(proposal).await;
    assert_eq!(township.triage.opens(&id).await["state"], "declined");
    county.cannot_open(&id).await;
}

#[tokio::test]
async fn void_after_three_working_days() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (villager, id) = township.case_in("handling", &Filing::complaint()).await;
    let proposal = asks_for_five_days(&township.handler, &id).await;
    house.clock_to("2026-11-05T23:59:59+08:00");
    assert_eq!(became(&township.triage, &proposal).await.0, "waiting");
    // Whether or not the worker has swept it up.
    house.clock_to("2026-11-06T00:00:00+08:00");
    let expired = ("void".to_owned(), json!("expired"));
    assert_eq!(became(&township.triage, &proposal).await, expired);
    let late = township.triage.decides(&proposal, true).await;
    late.problem(409, "proposal_void");
    house.worker().await;
    assert_eq!(became(&township.triage, &proposal).await, expired);
    assert_eq!(
        shapes::timer(&villager.reads().await, "handle", 1)["due_date"],
        "2026-11-23"
    );
    assert!(
        township
            .handler
            .may(&id)
            .await
            .contains(&"extend".to_owned())
    );
}

#[tokio::test]
async fn void_when_the_case_has_changed() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (_, id) = township.case_in("handling", &Filing::complaint()).await;
    let proposal = asks_for_five_days(&township.handler, &id).await;
    // Words change no version, so it goes on waiting.
    township.triage.writes(&id, "正在核实").await;
    assert_eq!(became(&township.triage, &proposal).await.0, "waiting");
    let unit = places::agency(places::TOWNSHIP);
    township
        .triage
        .dispatches(&id, &unit, "请代理会计核实")
        .await;
    let changed = ("void".to_owned(), json!("version_changed"));
    assert_eq!(became(&township.triage, &proposal).await, changed);
    let late = township.triage.decides(&proposal, true).await;
    late.problem(409, "proposal_void");
}

#[tokio::test]
async fn void_when_its_proposer_is_gone() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let gone = ("void".to_owned(), json!("proposer_lost"));
    // Disabled.
    let (_, id) = township.case_in("handling", &Filing::complaint()).await;
    let leaver = house.handler().await;
    let proposal = asks_for_five_days(&leaver, &id).await;
    house.inside.disable(&leaver.username).await;
    assert_eq!(became(&township.triage, &proposal).await, gone);
    let late = township.triage.decides(&proposal, true).await;
    late.problem(409, "proposal_void");
    // Somebody else now: another role.
    let (_, id) = township.case_in("handling", &Filing::complaint()).await;
    let changer = house.handler().await;
    let proposal = asks_for_five_days(&changer, &id).await;
    let sql = "UPDATE staff SET role = 'publisher' WHERE id = $1";
    house.database.run_with(sql, &[&changer.id]);
    assert_eq!(became(&township.triage, &proposal).await, gone);
    // And the place is free for the next.
    asks_for_five_days(&township.handler, &id).await;
}

#[tokio::test]
async fn whoever_is_recused_is_no_second_and_learns_nothing() {
    let house = House::new().await;
    let (triage, related) = (house.triage().await, house.triage().await);
    let village = places::committee(places::VILLAGE);
    related
        .post("/admin/relations")
        .json(&json!({
            "of": "myself", "to": { "type": "organisation", "id": village }, "note": "近亲属",
        }))
        .send()
        .await
        .expect(201);
    let filing = Filing::complaint().against_unit(&village);
    let villager = Villager::files(&house, &filing).await;
    let id = triage.finds(&villager).await;
    let note = "请补充具体事实后再来";
    let decline = json!({ "action": "decline", "reason_code": "insufficient_facts", "note": note });
    let proposed = triage.proposes(&id, decline).await;
    let proposal = proposed["proposal_id"].as_str().unwrap();
    house.worker().await;
    assert!(related.waiting().await.is_empty());
    let foreign = related.decides(proposal, true).await;
    let none = related
        .decides("00000000000000000000000000000000", true)
        .await;
    assert_eq!(foreign.status, 404);
    assert_eq!(foreign.anonymous_problem(), none.anonymous_problem());
    let told = house.letters();
    assert!(!told.iter().any(|letter| letter.to.contains(&related.email)));
}

#[tokio::test]
async fn ten_seconds_at_once_decide_once() {
    let house = House::busy().await;
    let township = Township::of(&house).await;
    let (villager, id) = township.case_in("handling", &Filing::complaint()).await;
    let proposal = asks_for_five_days(&township.handler, &id).await;
    let answers = futures_util::future::join_all(
        (0..10).map(|index| township.triage.decides(&proposal, index % 2 == 0)),
    )
    .await;
    let done = answers.iter().filter(|one| one.status == 200).count();
    assert_eq!(done, 1, "{answers:?}");
    assert!(answers.iter().all(|one| [200, 409].contains(&one.status)));
    let history = told(&township.triage, &id).await;
    let decided = |what: &str| history.iter().filter(|action| *action == what).count();
    assert_eq!(decided("extend") + decided("refuse_extend"), 1);
    let due = shapes::timer(&villager.reads().await, "handle", 1)["due_date"].clone();
    let expected = if decided("extend") == 1 {
        "2026-11-30"
    } else {
        "2026-11-23"
    };
    assert_eq!(due, expected);
}

#[tokio::test]
async fn an_extension_has_its_bounds() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (_, id) = township.case_in("handling", &Filing::complaint()).await;
    let too_long = township.handler.tries(&id, extend(16)).await;
    too_long.faulty("/working_days", "extension_too_long|too_large");
    for _ in 0..2 {
        let proposal = asks_for_five_days(&township.handler, &id).await;
        township.triage.approves_proposal(&proposal).await;
    }
    // Twice in all.
    assert!(
        !township
            .handler
            .may(&id)
            .await
            .contains(&"extend".to_owned())
    );
    let third = township.handler.tries(&id, extend(1)).await;
    let problem = third.problem(409, "illegal_state");
    assert!(problem["legal_actions"].as_array().is_some());
    // Never after the due time: no breach is erased.
    let (_, late) = township.case_in("handling", &Filing::complaint()).await;
    house.comes_to("2026-11-24T00:00:00+08:00").await;
    let too_late = township.handler.tries(&late, extend(5)).await;
    too_late.problem(409, "illegal_state");
    assert_eq!(township.triage.opens(&late).await["light"], "red");
}
