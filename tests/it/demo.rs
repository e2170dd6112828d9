//! The demo as a visitor finds it: every account works, every state and light is there, and all of it is
//! plainly marked.

use std::collections::{BTreeMap, BTreeSet};

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::inside::Inside;
use crate::support::{House, places};

/// Logs in as an account of the login page; its token.
async fn token(house: &House, account: &Value) -> String {
    let session = house
        .post("/auth/login")
        .json(&json!({
            "username": account["username"],
            "password": account["password"],
            "totp_code": account["totp_code"],
        }))
        .send()
        .await
        .expect(200)
        .json();
    session["access_token"].as_str().unwrap().to_owned()
}

async fn get(house: &House, token: &str, path: &str) -> Value {
    house
        .get(path)
        .bearer(token)
        .send()
        .await
        .expect(200)
        .json()
}

fn texts(items: &[Value], field: &str) -> BTreeSet<String> {
    let text = |item: &Value| item[field].as_str().map(str::to_owned);
    items.iter().filter_map(text).collect()
}

#[tokio::test]
async fn a_visitor_finds_every_account_and_a_case_in_every_state_and_light() {
    let house = House::demo("2026-11-23T08:00:00+08:00").await;
    let accounts = house.get("/auth/demo-accounts").send().await.ok();
    let accounts = accounts["items"].as_array().unwrap();

    // Who works here: the list of the contract.
    let mut roles: BTreeMap<(String, String), usize> = BTreeMap::new();
    for account in accounts {
        let text = |field: &str| account[field].as_str().unwrap().to_owned();
        *roles
            .entry((text("role"), text("region_code")))
            .or_default() += 1;
        assert!(text("label").contains("演示"), "{account}");
    }
    for (role, region, at_least) in [
        ("village_clerk", places::VILLAGE, 1),
        ("committee_member", places::VILLAGE, 1),
        ("publisher", places::TOWNSHIP, 1),
        ("triage", places::TOWNSHIP, 2),
        ("handler", places::TOWNSHIP, 2),
        ("triage", places::NEIGHBOUR, 1),
        ("supervisor", places::COUNTY, 2),
        ("supervisor", places::OTHER_COUNTY, 1),
        ("supervisor", places::CITY, 1),
        ("auditor", places::COUNTY, 1),
        ("administrator", places::COUNTY, 1),
    ] {
        let there = roles.get(&(role.to_owned(), region.to_owned()));
        assert!(there >= Some(&at_least), "{role} of {region}: {there:?}");
    }
    let mut tokens = BTreeMap::new();
    for account in accounts {
        let name = account["username"].as_str().unwrap().to_owned();
        tokens.insert(name, token(&house, account).await);
    }
    let of = |name: &str| tokens.get(name).unwrap().as_str();

    // What lies on their desks.
    let mut cases: BTreeMap<String, Value> = BTreeMap::new();
    for name in [
        "demo_triage",
        "demo_county",
        "demo_city",
        "demo_neighbour_handler",
    ] {
        let list = get(&house, of(name), "/admin/complaints?limit=100").await;
        for item in list["items"].as_array().unwrap() {
            assert!(item["excerpt"].as_str().unwrap().starts_with("【演示】"));
            cases.insert(item["id"].as_str().unwrap().to_owned(), item.clone());
        }
    }
    let items: Vec<Value> = cases.into_values().collect();
    let (_, admin) = crate::support::inside::Inside::documents();
    let states = &admin["components"]["schemas"]["StateName"]["enum"];
    for state in states.as_array().unwrap() {
        let wanted = state.as_str().unwrap();
        assert!(
            texts(&items, "state").contains(wanted),
            "no case is {wanted}"
        );
    }
    let lights = BTreeSet::from(["red", "yellow", "blue", "green"].map(str::to_owned));
    assert_eq!(texts(&items, "light"), lights);
    let levels: BTreeSet<i64> = items
        .iter()
        .filter_map(|one| one["level"].as_i64())
        .collect();
    assert_eq!(levels, BTreeSet::from([1, 2, 3]));
    assert!(items.iter().any(|one| one["round"] == 2));
    assert!(items.iter().any(|one| one["supervised"] == true));

    // A second person is asked; a zone with a lead; a neighbour at work across it.
    let second = of("demo_triage2");
    let waiting = get(&house, second, "/admin/proposals?state=waiting").await;
    assert_eq!(waiting["items"][0]["may_decide"], true, "{waiting}");
    let zones = get(&house, of("demo_county"), "/admin/zones").await;
    let zone = &zones["items"][0];
    assert_eq!(
        zone["townships"],
        json!([places::TOWNSHIP, places::NEIGHBOUR])
    );
    let across = get(&house, of("demo_neighbour_handler"), "/admin/complaints").await;
    assert_eq!(across["items"].as_array().unwrap().len(), 1);
    assert_eq!(across["items"][0]["region_code"], places::VILLAGE);

    // An answer for everybody beside its line, and words both ways in some case.
    let path = format!("/regions/{}/questions", places::OTHER_VILLAGE);
    let questions = house.lists(&path).await;
    assert_eq!(questions[0]["about"]["type"], "disclosure_line");
    let mut authors = BTreeSet::new();
    for item in items.iter().filter(|item| item["state"] == "handling") {
        let path = format!("/admin/complaints/{}", item["id"].as_str().unwrap());
        let answer = house.get(&path).bearer(of("demo_triage")).send().await;
        if answer.status == 200 {
            authors.extend(texts(answer.json()["messages"].as_array().unwrap(), "from"));
        }
    }
    assert_eq!(
        authors,
        BTreeSet::from(["complainant", "staff"].map(str::to_owned))
    );

    // The neighbour county and the administrator find none of it.
    let other = get(&house, of("demo_other_county"), "/admin/complaints").await;
    assert_eq!(other["items"], json!([]));
    let refused = house
        .get("/admin/complaints")
        .bearer(of("demo_admin"))
        .send()
        .await;
    refused.problem(403, "not_permitted");
}

/// Longer than a process that runs is silent.
const SILENCE: Duration = Duration::from_secs(4);

/// Seconds of case time by which one process is ahead of another.
fn ahead(one: &Inside, other: &Inside) -> f64 {
    let micros = one.case_time().micros_since(other.case_time());
    micros as f64 / 1e6
}

#[tokio::test]
async fn every_process_of_a_demo_has_one_case_time_and_a_demo_that_ended_goes_on_where_it_stood() {
    let (dir, database) = House::place_for_demo().await;
    let starts = || Inside::demo(dir.path(), &database.url, "2026-11-23T08:00:00+08:00");

    // A process that only answers stays; whoever comes later takes its clock over, however long no worker ran.
    let first = starts().await;
    let keeping = first.keeps_case_time();
    tokio::time::sleep(SILENCE).await;
    let second = starts().await;
    assert!(ahead(&first, &second).abs() < 1.0);

    // All end, and nothing moves until somebody starts: two at once have one clock again.
    keeping.abort();
    tokio::time::sleep(SILENCE).await;
    let (third, fourth) = tokio::join!(starts(), starts());
    let stood = ahead(&first, &third);
    assert!((3.0..20.0).contains(&stood), "{stood} s behind");
    assert!(ahead(&third, &fourth).abs() < 1.0);

    // The first had only been held up: all go on from where it is, and nobody goes back.
    let held_up = first.case_time();
    third.remembers_case_time().await;
    first.remembers_case_time().await;
    assert!(first.case_time() >= held_up);
    third.remembers_case_time().await;
    assert!(ahead(&first, &third).abs() < 1.0);
    let fifth = starts().await;
    assert!(ahead(&first, &fifth).abs() < 1.0);
}
