//! What happens at once.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use serde_json::json;

use crate::support::actors::{BRIEF, Township, dispatch};
use crate::support::{Filing, House, Villager, places, shapes};

#[tokio::test]
async fn fifty_accept_at_once_and_one_has_done_it() {
    let house = House::busy().await;
    let triage = house.triage().await;
    let villager = Villager::files(&house, &Filing::complaint()).await;
    let id = triage.finds(&villager).await;
    let version = triage.tries_to_open(&id).await.etag();
    let accept = json!({ "action": "accept" });
    let answers = join_all((0..50).map(|_| triage.sends(&id, &version, &accept))).await;
    let done = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(done, 1);
    for answer in &answers {
        assert!([200, 409, 412].contains(&answer.status), "{answer:?}");
    }
    let view = triage.opens(&id).await;
    assert_eq!(view["state"], "accepted");
    let accepted = shapes::history(&view)
        .iter()
        .filter(|action| *action == "accept")
        .count();
    assert_eq!(accepted, 1);
}

#[tokio::test]
async fn filings_at_once_are_all_kept() {
    let house = House::busy().await;
    let filings: Vec<Filing> = (0..40)
        .map(|no| Filing::complaint().text(&format!("第{no}个人反映同一件事")))
        .collect();
    let answers = join_all(filings.iter().map(|filing| filing.try_in(&house))).await;
    let (mut numbers, mut receipts) = (BTreeSet::new(), BTreeSet::new());
    for answer in answers {
        let filed = answer.expect(201).json();
        numbers.insert(filed["number"].to_string());
        receipts.insert(filed["receipt_code"].to_string());
    }
    assert_eq!((numbers.len(), receipts.len()), (40, 40));
    assert_eq!(house.triage().await.queue("limit=100").await.len(), 40);
}

#[tokio::test]
async fn withdrawn_or_dispatched_and_never_both() {
    let house = House::busy().await;
    let township = Township::of(&house).await;
    let unit = places::government(places::TOWNSHIP);
    for _ in 0..5 {
        let (villager, id) = township.case_in("accepted", &Filing::complaint()).await;
        let version = township.triage.tries_to_open(&id).await.etag();
        let action = dispatch(&unit, BRIEF);
        let (withdrawn, dispatched) = tokio::join!(
            villager.tries_to_withdraw(),
            township.triage.sends(&id, &version, &action)
        );
        assert!(
            withdrawn.status < 300,
            "a withdrawal is always possible while it is open: {withdrawn:?}"
        );
        assert!(
            [200, 409, 412].contains(&dispatched.status),
            "{dispatched:?}"
        );
        let read = villager.reads().await;
        assert_eq!(read["state"], "withdrawn");
        let history = shapes::history(&read);
        assert_eq!(
            history.contains(&"dispatch".to_owned()),
            dispatched.status == 200,
            "{history:?}"
        );
        if dispatched.status == 200 {
            let at = |action: &str| history.iter().position(|other| other == action);
            assert!(at("dispatch") < at("withdraw"), "{history:?}");
        }
    }
}

#[tokio::test]
async fn a_dispute_raised_ten_times_at_once_is_raised_once() {
    let house = House::busy().await;
    let township = Township::of(&house).await;
    let (villager, _) = township.case_in("answered", &Filing::complaint()).await;
    let answers = join_all((0..10).map(|_| villager.tries_to_dispute("不服"))).await;
    let done = answers.iter().filter(|answer| answer.status < 300).count();
    assert_eq!(done, 1, "{answers:?}");
    let read = villager.reads().await;
    assert_eq!((&read["round"], &read["level"]), (&json!(2), &json!(2)));
}

#[tokio::test]
async fn two_workers_escalate_once() {
    let house = House::busy().await;
    let township = Township::of(&house).await;
    let (_, id) = township.case_in("dispatched", &Filing::complaint()).await;
    house.clock_to("2026-11-30T10:00:00+08:00");
    tokio::join!(
        house.inside.worker_once(),
        house.inside.worker_once(),
        house.inside.worker_once()
    );
    house.worker().await;
    let view = township.triage.opens(&id).await;
    let steps: Vec<String> = shapes::steps(&view, "handle", 1)
        .into_iter()
        .map(|(step, _)| step)
        .collect();
    assert_eq!(steps, ["remind", "warn", "red", "county"]);
    let letters = house.letters();
    let mut texts: Vec<(String, String)> = letters
        .iter()
        .map(|letter| (letter.to.clone(), letter.text.clone()))
        .collect();
    let count = texts.len();
    texts.sort();
    texts.dedup();
    assert_eq!(texts.len(), count, "no letter twice");
}
