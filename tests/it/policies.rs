//! Policies as data: two persons change a county's, and a case keeps the one that it began under.

use serde_json::{Value, json};

use crate::support::actors::{Township, publish_ledger};
use crate::support::sheets::Ledger;
use crate::support::{Filing, House, Villager, places, shapes};

/// Another amount for a stage.
fn limit(policy: &mut Value, stage: &str, amount: u32) {
    policy["stages"][stage]["amount"] = json!(amount);
}

async fn current(house: &House, region: &str) -> Value {
    house
        .reads(&format!("/policies/current?region={region}"))
        .await["policy"]
        .clone()
}

fn path() -> String {
    format!("/admin/policies/{}", places::COUNTY)
}

/// The county's policy becomes another one, by two of its supervisors.
async fn changed(house: &House, change: impl FnOnce(&mut Value)) {
    let (one, other) = (house.county().await, house.county().await);
    let proposal = one.proposes_policy(change).await;
    other.approves_proposal(&proposal).await;
}

#[tokio::test]
async fn a_county_s_policy_is_changed_by_two_persons() {
    let house = House::new().await;
    let (one, other) = (house.county().await, house.county().await);
    let shipped = current(&house, places::VILLAGE).await;
    assert_eq!(
        (&shipped["version"], &shipped["posting_days"]),
        (&json!(1), &json!(15))
    );
    assert_eq!(
        shipped["warnings"],
        json!({ "yellow_last": "1/3", "yellow_days_at_most": 3, "blue_after": "1/2" })
    );
    let proposal = one
        .proposes_policy(|policy| limit(policy, "handle", 10))
        .await;
    assert_eq!(
        current(&house, places::VILLAGE).await,
        shipped,
        "nothing yet"
    );
    let again = one.put(&path()).json(&shipped).send().await;
    again.problem(409, "proposal_waiting");
    one.decides(&proposal, true)
        .await
        .problem(403, "same_person");
    // Not the township's business: the county's organ and the city's are asked.
    let triage = house.triage().await;
    triage
        .decides(&proposal, true)
        .await
        .problem(404, "not_found");
    other.approves_proposal(&proposal).await;

    let now = current(&house, places::VILLAGE).await;
    assert_eq!(now["version"], 2);
    assert_eq!(now["stages"]["handle"]["amount"], 10);
    assert_eq!(current(&house, places::OTHER_COUNTY).await, shipped);
    let filed = Villager::files(&house, &Filing::complaint()).await.filed;
    assert_eq!(shapes::timer(&filed, "handle", 1)["due_date"], "2026-11-16");
    let seen = one.get(&path()).send().await.expect(200);
    assert_eq!(seen.etag(), "\"2\"");
    let seen = seen.json();
    assert_eq!(seen["policy"], now);
    let versions: Vec<_> = seen["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["version"].as_i64().unwrap())
        .collect();
    assert_eq!(versions, [2, 1]);
    assert_eq!(seen["history"][0]["begun_at"], "2026-11-02T09:00:00+08:00");
    assert_eq!(seen["history"][1]["policy"], shipped);
}

#[tokio::test]
async fn t12_a_pause_outlives_a_change_of_policy() {
    let house = House::new().await;
    let triage = house.triage().await;
    let villager = Villager::files(&house, &Filing::complaint()).await;
    let id = triage.finds(&villager).await;
    house.comes_to("2026-11-03T10:00:00+08:00").await;
    triage.asks_for(&id, "请补充时间和地点").await;
    changed(&house, |policy| {
        limit(policy, "handle", 5);
        policy["pause"] = json!([]);
    })
    .await;
    let paused = shapes::timer(&villager.reads().await, "handle", 1);
    assert_eq!(
        (&paused["paused"], &paused["due_date"]),
        (&json!(true), &json!("2026-11-23"))
    );
    house.comes_to("2026-11-05T10:00:00+08:00").await;
    villager.supplements("上周三，在村口").await;
    let after = shapes::timer(&villager.reads().await, "handle", 1);
    assert_eq!(
        (&after["paused"], &after["due_date"]),
        (&json!(false), &json!("2026-11-25")),
        "the two days of the pause are given back"
    );
    let call = house.get("/receipt/timers/handle/explain");
    let told = call.receipt(&villager.receipt).send().await.ok();
    assert_eq!(
        (&told["policy_version"], &told["limit"]["amount"]),
        (&json!(1), &json!(15))
    );
    // What begins now begins under the new one, and is not paused.
    let later = Villager::files(&house, &Filing::complaint()).await;
    let id = triage.finds(&later).await;
    triage.asks_for(&id, "请补充时间和地点").await;
    let handle = shapes::timer(&later.reads().await, "handle", 1);
    assert_eq!(
        (&handle["paused"], &handle["due_date"]),
        (&json!(false), &json!("2026-11-12"))
    );
}

#[tokio::test]
async fn t7_a_policy_taken_back_changes_nothing_for_cases_begun_under_it() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let shipped = current(&house, places::VILLAGE).await;
    changed(&house, |policy| limit(policy, "rework", 3)).await;
    let (villager, _) = township.case_in("answered", &Filing::complaint()).await;
    changed(&house, |policy| {
        policy["stages"] = shipped["stages"].clone()
    })
    .await;
    assert_eq!(current(&house, places::VILLAGE).await["version"], 3);
    villager.rates("dissatisfied").await;
    let rework = shapes::timer(&villager.reads().await, "rework", 2);
    assert_eq!(rework["due_date"], "2026-11-05", "three days, as it began");
    let (other, _) = township.case_in("answered", &Filing::complaint()).await;
    other.rates("dissatisfied").await;
    let rework = shapes::timer(&other.reads().await, "rework", 2);
    assert_eq!(rework["due_date"], "2026-11-11");
}

#[tokio::test]
async fn a_policy_that_does_not_fit_is_named_at_every_place() {
    let house = House::new().await;
    let county = house.county().await;
    let mut policy = current(&house, places::COUNTY).await;
    limit(&mut policy, "accept", 0);
    policy["stages"].as_object_mut().unwrap().remove("review");
    policy["per_kind"]["gossip"] = json!({});
    policy["posting_days"] = json!(14);
    policy["extension"]["within_days"] = json!(120);
    policy["warnings"]["yellow_last"] = json!("2");
    policy["pause"] = json!(["handle", "rate"]);
    policy["ladder"][4]["after_working_days"] = json!(3);
    policy["ladder"][0]["to"] = json!(["mayor"]);
    let answer = county.put(&path()).json(&policy).send().await;
    assert_eq!(answer.status, 422);
    for (pointer, code) in [
        ("/stages/accept/amount", "out_of_range"),
        ("/stages/review", "required"),
        ("/per_kind/gossip", "kind_unknown"),
        ("/posting_days", "out_of_range"),
        ("/extension/within_days", "out_of_range"),
        ("/warnings/yellow_last", "out_of_range"),
        ("/pause/1", "stage_unfit"),
        ("/ladder/4/after_working_days", "ladder_order"),
        ("/ladder/0/to/0", "recipient_unknown"),
    ] {
        answer.faulty(pointer, code);
    }
    let mut unknown = current(&house, places::COUNTY).await;
    unknown["bonus"] = json!(1);
    let answer = county.put(&path()).json(&unknown).send().await;
    answer.faulty("/bonus", "unknown_field");
    unknown.as_object_mut().unwrap().remove("bonus");
    unknown["ladder"].as_array_mut().unwrap().swap(1, 2);
    let answer = county.put(&path()).json(&unknown).send().await;
    answer.faulty("/ladder/2/step", "ladder_order");
}

#[tokio::test]
async fn a_policy_is_proposed_for_one_s_own_region_and_from_the_one_in_force() {
    let house = House::new().await;
    let county = house.county().await;
    let policy = current(&house, places::COUNTY).await;
    let put = |who: &crate::support::actors::Staff<'_>, code: &str| {
        who.put(&format!("/admin/policies/{code}")).json(&policy)
    };
    put(&county, places::OTHER_COUNTY)
        .send()
        .await
        .problem(403, "not_permitted");
    put(&county, places::TOWNSHIP)
        .send()
        .await
        .problem(404, "not_found");
    put(&county, "230199000000")
        .send()
        .await
        .problem(404, "not_found");
    let stale = put(&county, places::COUNTY).if_match("\"7\"");
    stale.send().await.problem(412, "stale");
    put(&county, places::COUNTY)
        .if_match("\"1\"")
        .send()
        .await
        .expect(202);
    let city = house.city().await;
    put(&city, places::OTHER_COUNTY).send().await.expect(202);
}

#[tokio::test]
async fn a_policy_s_proposal_lapses() {
    let house = House::new().await;
    let (one, other) = (house.county().await, house.county().await);
    let proposal = one
        .proposes_policy(|policy| limit(policy, "handle", 10))
        .await;
    house.comes_to("2026-11-06T00:00:00+08:00").await;
    let late = other.decides(&proposal, true).await;
    assert!([404, 409].contains(&late.status), "{late:?}");
    assert_eq!(current(&house, places::COUNTY).await["version"], 1);
    let refused = one
        .proposes_policy(|policy| limit(policy, "handle", 10))
        .await;
    assert_eq!(
        other.decides(&refused, false).await.ok()["state"],
        "refused"
    );
    assert_eq!(current(&house, places::COUNTY).await["version"], 1);
}

#[tokio::test]
async fn a_disclosure_stays_posted_as_long_as_its_county_says() {
    let house = House::new().await;
    changed(&house, |policy| policy["posting_days"] = json!(30)).await;
    let published = publish_ledger(&house, &Ledger::of(places::VILLAGE, "2026-10")).await;
    assert_eq!(published["posting_until"], "2026-12-02");
}

#[tokio::test]
async fn t11_a_warning_of_hours_honours_the_ranges_of_the_region() {
    let house = House::new().await;
    let (one, other) = (house.county().await, house.county().await);
    let hours = json!({ "region_code": places::COUNTY, "source": "区政府办公时间",
        "office_hours": [["09:00", "12:00"], ["13:30", "17:00"]] });
    let (proposal, _) = one.proposes_calendar(&hours).await;
    other.approves_proposal(&proposal).await;
    changed(&house, |policy| {
        policy["stages"]["accept"] = json!({ "amount": 3, "unit": "hour" });
    })
    .await;
    house.comes_to("2026-11-02T10:30:00+08:00").await;
    let villager = Villager::files(&house, &Filing::complaint()).await;
    let accept = shapes::timer(&villager.filed, "accept", 1);
    assert_eq!(accept["due_at"], "2026-11-02T15:00:00+08:00");
    for (moment, light) in [
        ("2026-11-02T12:00:00+08:00", "green"),
        ("2026-11-02T13:29:59+08:00", "green"),
        ("2026-11-02T13:30:00+08:00", "blue"),
        ("2026-11-02T13:59:59+08:00", "blue"),
        ("2026-11-02T14:00:00+08:00", "yellow"),
        ("2026-11-02T15:00:00+08:00", "red"),
    ] {
        house.comes_to(moment).await;
        assert_eq!(villager.reads().await["light"], light, "{moment}");
    }
}

#[tokio::test]
async fn a_ladder_tells_whom_its_county_names() {
    let house = House::new().await;
    changed(&house, |policy| {
        policy["ladder"][0]["to"] = json!(["unit", "supervising"]);
        policy["ladder"][1]["to"] = json!(["unit"]);
        let ladder = policy["ladder"].as_array_mut().unwrap();
        ladder.pop();
    })
    .await;
    let township = Township::of(&house).await;
    let (_, id) = township.case_in("dispatched", &Filing::complaint()).await;
    let letters = |email: &str| {
        let all = house.letters();
        all.iter().filter(|letter| letter.to == email).count()
    };
    let told = || {
        (
            letters(&township.triage.email),
            letters(&township.handler.email),
        )
    };
    house.worker().await;
    let before = told();
    // Idle for half of the time: both are told. Nearly due: only the unit that has it.
    house.comes_to("2026-11-12T09:00:00+08:00").await;
    assert_eq!(told(), (before.0 + 1, before.1 + 1));
    house.comes_to("2026-11-19T09:00:00+08:00").await;
    assert_eq!(told(), (before.0 + 1, before.1 + 2));
    for day in 23..31 {
        house
            .comes_to(&format!("2026-11-{day}T10:00:00+08:00"))
            .await;
    }
    house.comes_to("2026-12-02T10:00:00+08:00").await;
    let steps = shapes::steps(&township.triage.opens(&id).await, "handle", 1);
    let names: Vec<_> = steps.iter().map(|(step, _)| step.as_str()).collect();
    assert_eq!(
        names,
        ["remind", "warn", "red", "county"],
        "there is no city in it"
    );
}
