//! What happens at once.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::actors::{BRIEF, Township, dispatch};
use crate::support::{Filing, House, Staff, Villager, places, shapes};

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
async fn fifty_pairs_at_once_have_fifty_winners_and_nothing_half_done() {
    let house = House::busy().await;
    let (one, other) = (house.triage().await, house.triage().await);
    let mut cases = Vec::new();
    for _ in 0..50 {
        let villager = Villager::files(&house, &Filing::complaint()).await;
        let id = one.finds(&villager).await;
        cases.push((villager, id));
    }
    let (accept, ask) = (
        json!({ "action": "accept" }),
        json!({ "action": "request_supplement", "note": "请补充" }),
    );
    let version = one.tries_to_open(&cases[0].1).await.etag();
    let pairs = cases.iter().map(|(_, id)| {
        futures_util::future::join(
            one.sends(id, &version, &accept),
            other.sends(id, &version, &ask),
        )
    });
    let answers = join_all(pairs).await;
    for ((villager, id), (accepted, asked)) in cases.iter().zip(&answers) {
        let mut statuses = [accepted.status, asked.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412], "{accepted:?} {asked:?}");
        let view = one.opens(id).await;
        let read = villager.reads().await;
        let history = shapes::history(&view);
        // The winner's state, event, clocks and audit row are there, and nothing of the loser's.
        let (state, action, stage) = match accepted.status {
            200 => ("accepted", "accept", "dispatch"),
            _ => ("awaiting_supplement", "request_supplement", "supplement"),
        };
        assert_eq!(read["state"], state);
        assert_eq!(history, ["file", action]);
        assert_eq!(view["version"], 2);
        let stages: BTreeSet<String> = view["timers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|timer| timer["stage"].as_str().unwrap().to_owned())
            .collect();
        let wanted = ["accept", "handle", stage].map(str::to_owned);
        let shown = maybe_hidden(&stages, stage);
        assert_eq!(shown, BTreeSet::from(wanted), "{view}");
        let rows = house.database.count(&format!(
            "SELECT count(*) FROM audit WHERE object_id = '{id}' AND action <> 'look_at_case'"
        ));
        assert_eq!(rows, 2, "filed, and one action");
    }
}

/// The supplement's own clock may be left out of views.
fn maybe_hidden(stages: &BTreeSet<String>, stage: &str) -> BTreeSet<String> {
    let mut stages = stages.clone();
    stages.insert(stage.to_owned());
    stages
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

/// The steps of the promise's ladder, each with its true due time.
async fn steps(staff: &Staff<'_>, id: &str) -> Vec<(String, String)> {
    shapes::steps(&staff.opens(id).await, "handle", 1)
}

fn no_letter_twice(house: &House) -> usize {
    let mut texts: Vec<(String, String)> = house
        .letters()
        .into_iter()
        .map(|letter| (letter.to, letter.text))
        .collect();
    let count = texts.len();
    texts.sort();
    texts.dedup();
    assert_eq!(texts.len(), count, "no letter twice");
    count
}

#[tokio::test]
async fn t4_two_workers_and_a_crash_before_the_notice_are_one_escalation() {
    let house = House::busy().await;
    let township = Township::of(&house).await;
    let county = house.county().await;
    let (_, id) = township.case_in("dispatched", &Filing::complaint()).await;
    house.worker().await;
    let before = house.letters().len();
    house.clock_to("2026-11-30T10:00:00+08:00");
    // Two workers want the same clocks, and both die when the case has risen and no letter has gone out.
    let another = house.another_process().await;
    tokio::join!(house.inside.some_clocks(), another.some_clocks());
    drop(another);
    while house.inside.some_clocks().await {}
    let risen = steps(&township.triage, &id).await;
    let names: Vec<&str> = risen.iter().map(|(step, _)| step.as_str()).collect();
    assert_eq!(names, ["remind", "warn", "red", "county"]);
    assert_eq!(house.letters().len(), before, "no notice yet");
    let (one, other) = (house.another_process().await, house.another_process().await);
    tokio::join!(one.worker_once(), other.worker_once(), one.worker_once());
    house.worker().await;
    assert_eq!(steps(&township.triage, &id).await, risen);
    no_letter_twice(&house);
    let to_county = house
        .letters()
        .into_iter()
        .filter(|letter| letter.to.contains(&county.email))
        .count();
    assert_eq!(to_county, 1);
}

#[tokio::test]
async fn t19_a_queue_emptied_at_any_moment_loses_nothing_and_does_nothing_twice() {
    // What one world does with its queue, the other does without: emptied before every step.
    let mut ends = Vec::new();
    for forgetful in [false, true] {
        let house = House::new().await;
        let township = Township::of(&house).await;
        let (_county, _city) = (house.county().await, house.city().await);
        let mut cases = Vec::new();
        for state in [
            "submitted",
            "accepted",
            "dispatched",
            "handling",
            "answered",
        ] {
            cases.push(township.case_in(state, &Filing::complaint()).await.1);
        }
        for day in 3..=30 {
            for hour in [9, 15] {
                if forgetful {
                    house.inside.forgets_its_queue().await;
                }
                house.clock_to(&format!("2026-11-{day:02}T{hour:02}:00:00+08:00"));
                if forgetful && day % 2 == 0 {
                    house.inside.worker_once().await;
                    house.inside.forgets_its_queue().await;
                }
                house.worker().await;
            }
        }
        let mut end = Vec::new();
        for id in &cases {
            let view = township.triage.opens(id).await;
            let risen: Vec<Value> = view["escalations"]
                .as_array()
                .unwrap()
                .iter()
                .map(|step| {
                    json!([
                        step["stage"],
                        step["step"],
                        step["due_at"],
                        step["fired_at"]
                    ])
                })
                .collect();
            end.push((view["state"].clone(), view["level"].clone(), risen));
        }
        ends.push((end, no_letter_twice(&house)));
    }
    assert!(ends[0].1 > 0 && ends[0].0.iter().any(|(_, _, risen)| !risen.is_empty()));
    assert_eq!(ends[0], ends[1]);
}

/// More than a worker takes at once, on either engine, or two of a cluster.
const CROWD: usize = 200;
/// Wall seconds between two sweeps at normal speed.
const BEAT_SECONDS: i64 = 5;

#[tokio::test]
async fn t19_what_the_queue_lost_is_taken_within_a_beat_though_the_queue_stays_full_of_newer_ones()
{
    let house = House::busy().await;
    let township = Township::of(&house).await;
    let mut lost = Vec::new();
    for _ in 0..3 {
        lost.push(township.case_in("submitted", &Filing::complaint()).await.1);
    }
    house.worker().await;
    house.inside.forgets_its_queue().await;
    house.clock_to("2026-11-24T10:00:00+08:00");
    let filing = Filing::complaint();
    for _ in 0..CROWD / 40 {
        for answer in join_all((0..40).map(|_| filing.try_in(&house))).await {
            answer.expect(201);
        }
    }
    house.clock_to("2026-12-07T10:00:00+08:00");
    house.inside.wall_passes(BEAT_SECONDS);
    assert!(house.inside.some_clocks().await);
    let risen = house
        .database
        .count("SELECT count(*) FROM (SELECT DISTINCT complaint_id FROM escalations) AS risen");
    assert!(risen < CROWD, "all were taken at once: nothing was tested");
    for id in &lost {
        let view = township.triage.opens(id).await;
        assert!(
            !shapes::steps(&view, "accept", 1).is_empty(),
            "the queue fed the workers with newer ones: {view}"
        );
    }
}
