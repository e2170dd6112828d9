//! What a staff desk is told so that it offers the right thing: counts by light, and whom an action may name.

use serde_json::{Value, json};

use crate::support::actors::{BRIEF, Township};
use crate::support::{Filing, House, Staff, Villager, places, shapes};

#[tokio::test]
async fn the_lights_are_counted_as_the_queue_lists_them() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let triage = &township.triage;
    let counts = async |query: &str| {
        let path = format!("/admin/complaints/counts?{query}");
        triage.get(&path).send().await.expect(200).json()
    };
    let (_, answered) = township.case_in("answered", &Filing::complaint()).await;
    for category in ["environment", "environment", "service"] {
        Villager::files(&house, &Filing::complaint().category(category)).await;
    }
    // The open ones are late by now, and nobody did a thing.
    house.comes_to("2026-11-25T10:00:00+08:00").await;
    Villager::files(&house, &Filing::complaint().category("service")).await;
    for query in [
        "",
        "state=open",
        "category=environment",
        "state=answered",
        "q=盖个章",
    ] {
        let said = counts(query).await;
        let mut sum = 0;
        for light in ["red", "yellow", "blue", "green"] {
            let listed = triage.queue(&format!("{query}&light={light}")).await.len();
            assert_eq!(said[light], listed, "{query} {light}: {said}");
            sum += listed;
        }
        let all = triage.queue(query).await;
        let dark = all.iter().filter(|item| item["light"].is_null()).count();
        assert_eq!(
            (&said["total"], &said["none"]),
            (&json!(all.len()), &json!(dark)),
            "{query}: {said}"
        );
        assert_eq!(sum + dark, all.len());
    }
    let open = triage.queue("state=open").await;
    assert_eq!(open.len(), 4, "{open:#?}");
    assert!(open.iter().all(|item| item["id"] != answered.as_str()));
    assert_eq!(counts("state=open").await["red"], 3);
    // Whoever may not know of the cases counts none.
    let neighbour = house.neighbour_triage().await;
    let path = "/admin/complaints/counts";
    let said = neighbour.get(path).send().await.expect(200).json();
    assert_eq!(said["total"], 0, "{said}");
}

#[tokio::test]
async fn whoever_is_offered_may_be_named_and_nobody_accused_is() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let triage = &township.triage;
    let village = places::committee(places::VILLAGE);
    let against = Filing::complaint()
        .category("service")
        .against_unit(&village);
    let choices = async |staff: &Staff<'_>, id: &str| {
        let path = format!("/admin/complaints/{id}/choices");
        staff.get(&path).send().await.expect(200).json()
    };
    let ids = |list: &Value| -> Vec<String> {
        let list = list.as_array().unwrap();
        list.iter()
            .map(|one| one["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let (_, submitted) = township.case_in("submitted", &against).await;
    let offered = choices(triage, &submitted).await;
    assert_eq!(
        offered["dispatch"],
        json!([]),
        "not before it is accepted: {offered}"
    );
    let organs = [places::COUNTY, places::CITY].map(places::organ);
    assert_eq!(ids(&offered["transfer"]), organs);
    let (_, id) = township.case_in("accepted", &against).await;
    let offered = choices(triage, &id).await;
    let units = ids(&offered["dispatch"]);
    assert!(
        units.contains(&places::government(places::TOWNSHIP)),
        "{units:?}"
    );
    assert!(!units.contains(&village), "{units:?}");
    for colleague in ids(&offered["assign"]) {
        triage
            .acts(&id, json!({ "action": "assign", "staff_id": colleague }))
            .await;
    }
    let view = triage.opens(&id).await;
    assert!(
        view["assignee_name"].is_string() && view["region_name"].is_string(),
        "{view}"
    );
    // Each unit that is offered is taken.
    for unit in units {
        let view = triage.dispatches(&id, &unit, BRIEF).await;
        assert_eq!(shapes::id_of(&view["responsible_unit"]).unwrap(), unit);
    }
    // To a stranger there is nothing to choose.
    let neighbour = house.neighbour_triage().await;
    let path = format!("/admin/complaints/{id}/choices");
    neighbour.get(&path).send().await.problem(404, "not_found");
}

#[tokio::test]
async fn every_number_of_the_dashboard_opens_the_cases_it_counts() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let triage = &township.triage;
    for state in ["submitted", "handling", "answered", "withdrawn"] {
        township.case_in(state, &Filing::complaint()).await;
    }
    // Old enough to be late, and one that is due today.
    house.comes_to("2026-11-25T10:00:00+08:00").await;
    let question = Filing::complaint().kind("question");
    let (_, today) = township.case_in("handling", &question).await;
    let view = triage.opens(&today).await;
    let mut timers = view["timers"].as_array().unwrap().iter();
    let due = timers.find(|timer| timer["stage"] == "handle").unwrap()["due_date"].clone();
    house
        .comes_to(&format!("{}T09:00:00+08:00", due.as_str().unwrap()))
        .await;
    let dashboard = triage.get("/admin/dashboard").send().await.ok();
    let listed = async |query: &str| triage.queue(&format!("{query}&limit=100")).await.len();
    let is = async |number: &Value, query: &str| {
        assert_eq!(number, &json!(listed(query).await), "{query}: {dashboard}");
    };
    assert_ne!(dashboard["due_today"], 0, "{dashboard}");
    is(&dashboard["open"], "state=open").await;
    is(&dashboard["overdue"], "state=open&light=red").await;
    is(&dashboard["due_today"], "state=open&due=today").await;
    let lines = |name: &str| dashboard[name].as_array().unwrap().clone();
    assert_eq!(lines("by_unit").len(), 2, "{dashboard}");
    for unit in lines("by_unit") {
        let query = format!("state=open&unit={}", unit["id"].as_str().unwrap());
        is(&unit["open"], &query).await;
        is(&unit["overdue"], &format!("{query}&light=red")).await;
    }
    assert_eq!(lines("by_township").len(), 1, "{dashboard}");
    for place in lines("by_township") {
        let query = format!("state=open&region={}", place["code"].as_str().unwrap());
        is(&place["open"], &query).await;
        is(&place["overdue"], &format!("{query}&light=red")).await;
    }
    for age in lines("backlog") {
        let to = age["to_days"].as_i64();
        let to = to.map_or(String::new(), |days| format!("&age_to={days}"));
        let query = format!("state=open&age_from={}{to}", age["from_days"]);
        is(&age["open"], &query).await;
    }
    let month = &dashboard["last_30_days"];
    is(&month["filed"], "age_to=30").await;
    for number in [
        "filed",
        "answered",
        "on_time",
        "overdue",
        "overdue_at_end",
        "withdrawals",
        "declines",
        "unrated",
    ] {
        is(&month[number], &format!("counted={number}")).await;
    }
    let promises = month["on_time"].as_i64().unwrap() + month["overdue"].as_i64().unwrap();
    is(&json!(promises), "counted=promises").await;
    is(&month["answered"], "counted=first_answers").await;
    // Each case was filed in one month, whenever it is looked at.
    let mut of_months = 0;
    for month in 1..=12 {
        of_months += listed(&format!("counted=filed&month=2026-{month:02}")).await;
    }
    assert_eq!(of_months, listed("sort=-received_at").await);
    assert_ne!(of_months, 0);
    assert_eq!(listed("counted=filed&month=2026-01").await, 0);
    is(&month["ratings"]["satisfied"], "rating=satisfied").await;
    for wrong in [
        "due=soon",
        "counted=notes",
        "counted=filed&month=2026",
        "month=2026-10",
        "rating=good",
        "age_from=-1",
        "age_from=36501",
        "age_to=36501",
    ] {
        let asked = triage
            .get(&format!("/admin/complaints?{wrong}"))
            .send()
            .await;
        asked.problem(400, "invalid_query");
    }
}
