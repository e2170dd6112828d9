//! Cases that follow another: one is worked on, everybody reads, rates and disputes for themselves, and
//! nobody's case ends because somebody else's does.

use serde_json::{Value, json};

use crate::support::actors::{Staff, Township};
use crate::support::{Filing, House, Villager, places, shapes};

fn merge(into: &str) -> Value {
    json!({ "action": "merge", "into_id": into, "reason": "同一条路灯，同一件事" })
}

/// Two clerks let one case follow another.
async fn joined(first: &Staff<'_>, second: &Staff<'_>, id: &str, into: &str) {
    let proposed = first.proposes(id, merge(into)).await;
    second
        .approves_proposal(proposed["proposal_id"].as_str().unwrap())
        .await;
}

/// A village where two people tell of the same thing, and the second case follows the first.
struct Two<'a> {
    township: Township<'a>,
    second: Staff<'a>,
    target: Villager<'a>,
    target_id: String,
    follower: Villager<'a>,
    follower_id: String,
}

impl<'a> Two<'a> {
    async fn joined_in(house: &'a House, target_state: &str) -> Self {
        let township = Township::of(house).await;
        let second = house.triage().await;
        let (target, target_id) = township.case_in(target_state, &Filing::complaint()).await;
        let (follower, follower_id) = township.case_in("submitted", &Filing::complaint()).await;
        joined(&township.triage, &second, &follower_id, &target_id).await;
        Self {
            township,
            second,
            target,
            target_id,
            follower,
            follower_id,
        }
    }

    /// The case followed is worked on to its answer.
    async fn answered(&self) {
        let (triage, handler) = (&self.township.triage, &self.township.handler);
        handler.answers(&self.target_id).await;
        triage.approves(&self.target_id).await;
    }
}

#[tokio::test]
async fn a_follower_reads_the_state_and_public_notes_and_nothing_that_was_said() {
    let house = House::new().await;
    let two = Two::joined_in(&house, "handling").await;
    two.target.says("我家在第三根电线杆旁边").await;
    two.township
        .triage
        .writes(&two.target_id, "给您打过电话")
        .await;
    let read = two.follower.reads().await;
    assert_eq!(read["state"], "merged");
    assert_eq!(read["merged_into"]["state"], "handling");
    assert_eq!(read["merged_into"]["due_date"], "2026-11-23");
    let text = read.to_string();
    for other in [
        "第三根电线杆",
        "给您打过电话",
        two.target.number.as_str(),
        two.target.receipt.as_str(),
        two.target_id.as_str(),
    ] {
        assert!(!text.contains(other), "{other}: {text}");
    }
    for timer in read["timers"].as_array().unwrap() {
        assert!(!timer["stopped_at"].is_null(), "{timer}");
    }
    // Staff see who follows, and where a follower went.
    let view = two.township.triage.opens(&two.target_id).await;
    assert_eq!(view["followers"][0]["number"], two.follower.number.as_str());
    let view = two.township.triage.opens(&two.follower_id).await;
    assert_eq!(view["merged_into"]["number"], two.target.number.as_str());
    assert_eq!(
        view["allowed_actions"],
        json!([]),
        "nothing is done to a follower"
    );
}

#[tokio::test]
async fn each_rates_for_himself() {
    let house = House::new().await;
    let two = Two::joined_in(&house, "handling").await;
    assert!(!two.follower.may().await.contains(&"rate".to_owned()));
    two.answered().await;
    let read = two.follower.reads().await;
    assert!(read["answer"]["facts"].as_str().is_some(), "{read}");
    let may = two.follower.may().await;
    assert!(may.contains(&"rate".to_owned()) && may.contains(&"dispute".to_owned()));
    two.follower.rates("satisfied").await;
    let (own, others) = (two.follower.reads().await, two.target.reads().await);
    assert_eq!(own["rating"]["rating"], "satisfied");
    assert_eq!(own["state"], "merged");
    assert_eq!(others["rating"], Value::Null);
    assert_eq!(others["state"], "answered");
    let again = two.follower.tries_to_rate("satisfied").await;
    again.problem(409, "illegal_state");
    two.target.rates("very_satisfied").await;
    assert_eq!(two.target.state().await, "closed");
}

#[tokio::test]
async fn a_dissatisfied_follower_goes_his_own_way() {
    let house = House::new().await;
    let two = Two::joined_in(&house, "handling").await;
    two.answered().await;
    two.follower.rates("dissatisfied").await;
    let read = two.follower.reads().await;
    assert_eq!(
        (&read["state"], &read["round"]),
        (&json!("accepted"), &json!(2))
    );
    shapes::timer(&read, "rework", 2);
    assert_eq!(two.target.state().await, "answered");
}

#[tokio::test]
async fn a_follower_disputes_one_level_up() {
    let house = House::new().await;
    let two = Two::joined_in(&house, "handling").await;
    let county = house.county().await;
    two.answered().await;
    two.follower.disputes("灯还是不亮").await;
    let read = two.follower.reads().await;
    assert_eq!(
        (&read["state"], &read["level"], &read["round"]),
        (&json!("accepted"), &json!(2), &json!(2))
    );
    assert_eq!(read["merged_into"], Value::Null);
    county.opens(&two.follower_id).await;
    two.township.triage.cannot_open(&two.follower_id).await;
    assert_eq!(two.target.state().await, "answered");
}

#[tokio::test]
async fn the_target_gone_the_follower_stands_alone_and_its_clock_ran_on() {
    let house = House::new().await;
    let two = Two::joined_in(&house, "accepted").await;
    house.comes_to("2026-11-10T09:00:00+08:00").await;
    two.target.withdraws().await;
    let read = two.follower.reads().await;
    assert_eq!(read["state"], "accepted");
    let handle = shapes::timer(&read, "handle", 1);
    assert_eq!(handle["due_date"], "2026-11-23", "as it was told at first");
    assert_eq!(handle["stopped_at"], Value::Null);
    assert!(shapes::history(&read).contains(&"unmerge".to_owned()));
    // Undone too late, it is late.
    let two = Two::joined_in(&house, "accepted").await;
    house.comes_to("2026-12-10T09:00:00+08:00").await;
    let decline =
        json!({ "action": "decline", "reason_code": "final_decision", "note": "已有终结性意见" });
    let proposed = two.township.triage.proposes(&two.target_id, decline).await;
    two.second
        .approves_proposal(proposed["proposal_id"].as_str().unwrap())
        .await;
    house.worker().await;
    let read = two.follower.reads().await;
    assert_eq!(
        (&read["state"], &read["light"]),
        (&json!("accepted"), &json!("red"))
    );
}

#[tokio::test]
async fn followers_go_along_when_their_target_follows_another() {
    let house = House::new().await;
    let two = Two::joined_in(&house, "accepted").await;
    let (last, last_id) = two.township.case_in("accepted", &Filing::complaint()).await;
    joined(&two.township.triage, &two.second, &two.target_id, &last_id).await;
    let view = two.township.triage.opens(&two.follower_id).await;
    assert_eq!(view["merged_into"]["number"], last.number.as_str());
    last.withdraws().await;
    assert_eq!(two.follower.state().await, "accepted");
    assert_eq!(two.target.state().await, "accepted");
}

#[tokio::test]
async fn only_into_an_open_case_of_the_region_that_one_may_open() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let second = house.triage().await;
    let (_, id) = township.case_in("submitted", &Filing::complaint()).await;
    let faulty = async |into: &str, code: &str| {
        let answer = township.triage.tries(&id, merge(into)).await;
        answer.faulty("/into_id", code);
    };
    faulty("00000000000000000000000000000000", "merge_unknown").await;
    faulty(&id, "merge_unknown").await;
    // About the township: the county's, to this clerk not there.
    let hidden = Filing::complaint().against_group("township");
    Villager::files(&house, &hidden).await;
    let hidden = house
        .database
        .text("SELECT c.id AS a FROM complaints c WHERE c.level = 2");
    faulty(&hidden, "merge_unknown").await;
    let elsewhere = Filing::complaint().with("/region_code", places::TOWNSHIP);
    let (_, elsewhere) = township.case_in("submitted", &elsewhere).await;
    faulty(&elsewhere, "merge_elsewhere").await;
    for ended in ["withdrawn", "answered", "closed"] {
        let (_, other) = township.case_in(ended, &Filing::complaint()).await;
        faulty(&other, "merge_not_open").await;
    }
    let (_, target) = township.case_in("submitted", &Filing::complaint()).await;
    let (_, follower) = township.case_in("submitted", &Filing::complaint()).await;
    joined(&township.triage, &second, &follower, &target).await;
    faulty(&follower, "merge_not_open").await;
}

#[tokio::test]
async fn no_work_reaches_those_whom_a_follower_names() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let government = places::government(places::TOWNSHIP);
    // The follower is about the village committee; the target names nobody and may go there for service.
    let committee = places::committee(places::VILLAGE);
    let about = Filing::complaint().against_unit(&committee);
    let (_, id) = township.case_in("submitted", &about).await;
    let (_, target) = township.case_in("accepted", &Filing::complaint()).await;
    township
        .triage
        .dispatches(&target, &committee, "请核实")
        .await;
    let refused = township.triage.tries(&id, merge(&target)).await;
    refused.faulty("/into_id", "merge_touched");
    // With another unit it may follow, and then the committee is out of reach.
    township
        .triage
        .dispatches(&target, &government, "请核实")
        .await;
    let second = house.triage().await;
    joined(&township.triage, &second, &id, &target).await;
    let again = json!({ "action": "dispatch", "organisation_id": committee, "brief": "请核实" });
    let refused = township.triage.tries(&target, again).await;
    refused.faulty("/organisation_id", "unit_touched");
}

#[tokio::test]
async fn ended_meanwhile_it_is_followed_no_more() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let second = house.triage().await;
    let (target, target_id) = township.case_in("submitted", &Filing::complaint()).await;
    let (follower, id) = township.case_in("submitted", &Filing::complaint()).await;
    let proposed = township.triage.proposes(&id, merge(&target_id)).await;
    target.withdraws().await;
    let late = second
        .decides(proposed["proposal_id"].as_str().unwrap(), true)
        .await;
    late.problem(409, "proposal_void");
    assert_eq!(follower.state().await, "submitted");
}

#[tokio::test]
async fn two_cases_never_follow_each_other() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let second = house.triage().await;
    let (_, one) = township.case_in("submitted", &Filing::complaint()).await;
    let (_, other) = township.case_in("submitted", &Filing::complaint()).await;
    let this_way = township.triage.proposes(&one, merge(&other)).await;
    let that_way = township.triage.proposes(&other, merge(&one)).await;
    second
        .approves_proposal(this_way["proposal_id"].as_str().unwrap())
        .await;
    let late = second
        .decides(that_way["proposal_id"].as_str().unwrap(), true)
        .await;
    late.problem(409, "proposal_void");
    assert_eq!(township.triage.opens(&other).await["state"], "submitted");
}
