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
