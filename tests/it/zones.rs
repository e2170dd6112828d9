//! Zones, relations, posts: who may be asked to look into what, and what happens when that changes.

use serde_json::{Value, json};

use crate::support::actors::{BRIEF, Staff, Township, dispatch};
use crate::support::{Filing, House, Villager, places, shapes};

fn zone(townships: &[&str]) -> Value {
    json!({
        "county_code": places::COUNTY,
        "name": "第一片区",
        "lead_organisation_id": places::bureau(places::COUNTY),
        "townships": townships,
        "reason": "三个乡镇互相交叉监督",
    })
}

/// A zone of these townships, by two people of the county; its id.
async fn founded(one: &Staff<'_>, other: &Staff<'_>, body: &Value) -> String {
    let proposed = one
        .post("/admin/zones")
        .json(body)
        .send()
        .await
        .expect(202)
        .json();
    let id = proposed["proposal_id"].as_str().unwrap();
    other.decides(id, true).await.ok();
    let zones = one.get("/admin/zones").send().await.ok();
    let mine = zones["items"].as_array().unwrap().last().unwrap();
    mine["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_zone_takes_two_persons_and_has_rules() {
    let house = House::new().await;
    let (one, other) = (house.county().await, house.county().await);
    let two = zone(&[places::TOWNSHIP, places::NEIGHBOUR]);
    let proposed = one
        .post("/admin/zones")
        .json(&two)
        .send()
        .await
        .expect(202)
        .json();
    let proposal = proposed["proposal_id"].as_str().unwrap();
    one.decides(proposal, true)
        .await
        .problem(403, "same_person");
    let none = one.get("/admin/zones").send().await.ok();
    assert_eq!(none["items"], json!([]));
    other.decides(proposal, true).await.ok();
    let zones = one.get("/admin/zones").send().await.ok();
    let made = &zones["items"][0];
    assert_eq!(
        made["townships"],
        json!([places::TOWNSHIP, places::NEIGHBOUR])
    );
    assert_eq!(made["version"], 1);
    let id = made["id"].as_str().unwrap();
    let set = |field: &str, value: Value| {
        let mut body = two.clone();
        body[field] = value;
        body
    };
    for (body, place, code) in [
        (two.clone(), "/townships/0", "township_taken"),
        (set("townships", json!([])), "/townships", "out_of_range"),
        (
            set("townships", json!([places::VILLAGE])),
            "/townships/0",
            "township_unknown",
        ),
        (
            set("lead_organisation_id", json!(places::organ(places::CITY))),
            "/lead_organisation_id",
            "zone_lead_elsewhere",
        ),
        (
            set("lead_organisation_id", json!("nobody")),
            "/lead_organisation_id",
            "unit_unknown",
        ),
        (set("name", json!("")), "/name", "invalid_text"),
    ] {
        one.post("/admin/zones")
            .json(&body)
            .send()
            .await
            .faulty(place, code);
    }
    house
        .other_county()
        .await
        .post("/admin/zones")
        .json(&two)
        .send()
        .await
        .problem(403, "not_permitted");
    // Changed: by the version seen, and void when it has changed meanwhile.
    let change = |version: &str, body: &Value| {
        house
            .call(reqwest::Method::PUT, &format!("/admin/zones/{id}"))
            .bearer(&one.token)
            .if_match(version)
            .json(body)
            .send()
    };
    let alone = set("townships", json!([places::TOWNSHIP]));
    change("\"7\"", &alone).await.problem(412, "stale");
    let first = change("\"1\"", &alone).await.expect(202).json();
    change("\"1\"", &alone)
        .await
        .problem(409, "proposal_waiting");
    other
        .decides(first["proposal_id"].as_str().unwrap(), true)
        .await
        .ok();
    let zones = one.get("/admin/zones").send().await.ok();
    assert_eq!(zones["items"][0]["version"], 2);
}

#[tokio::test]
async fn the_county_reaches_across_the_zone_and_a_smaller_zone_takes_it_back() {
    let house = House::new().await;
    let (one, other) = (house.county().await, house.county().await);
    let (next_door, handler) = (
        house.neighbour_triage().await,
        house
            .handler_of(&places::government(places::NEIGHBOUR))
            .await,
    );
    let here = house.triage().await;
    let about = Filing::complaint().against_unit(&places::government(places::TOWNSHIP));
    let villager = Villager::files(&house, &about).await;
    let id = one.finds(&villager).await;
    one.accepts(&id).await;
    let there = places::government(places::NEIGHBOUR);
    one.tries(&id, dispatch(&there, BRIEF))
        .await
        .faulty("/organisation_id", "unit_elsewhere");
    let zone_id = founded(&one, &other, &zone(&[places::TOWNSHIP, places::NEIGHBOUR])).await;
    let choices = one
        .get(&format!("/admin/complaints/{id}/choices"))
        .send()
        .await
        .ok();
    let names = |list: &str| -> Vec<String> {
        let rows = choices[list].as_array().unwrap();
        rows.iter()
            .map(|row| row["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(names("dispatch").contains(&there), "{choices}");
    assert!(
        names("transfer").contains(&places::organ(places::NEIGHBOUR)),
        "{choices}"
    );
    one.dispatches(&id, &there, BRIEF).await;
    handler.opens(&id).await;
    // The supervising work, too; the county keeps seeing it.
    let promised = shapes::timer(&villager.reads().await, "handle", 1);
    let transfer = json!({
        "action": "transfer",
        "organisation_id": places::organ(places::NEIGHBOUR),
        "reason": "交叉监督",
    });
    one.acts(&id, transfer).await;
    let view = next_door.opens(&id).await;
    assert_eq!(
        view["supervising_unit"]["id"],
        places::organ(places::NEIGHBOUR)
    );
    assert_eq!(view["state"], "accepted");
    one.opens(&id).await;
    here.cannot_open(&id).await;
    handler.cannot_open(&id).await;
    assert_eq!(
        shapes::timer(&villager.reads().await, "handle", 1)["due_at"],
        promised["due_at"]
    );
    next_door
        .tries(&id, dispatch(&there, BRIEF))
        .await
        .faulty("/organisation_id", "unit_elsewhere");
    // The zone gets smaller: at once the neighbours are out of it and the county has it.
    let proposed = house
        .call(reqwest::Method::PUT, &format!("/admin/zones/{zone_id}"))
        .bearer(&one.token)
        .if_match("\"1\"")
        .json(&zone(&[places::TOWNSHIP]))
        .send()
        .await
        .expect(202)
        .json();
    other
        .decides(proposed["proposal_id"].as_str().unwrap(), true)
        .await
        .ok();
    next_door.cannot_open(&id).await;
    handler.cannot_open(&id).await;
    let view = one.opens(&id).await;
    assert_eq!(
        view["supervising_unit"]["id"],
        places::organ(places::COUNTY)
    );
    assert_eq!(view["responsible_unit"], Value::Null);
    assert_eq!(
        shapes::timer(&villager.reads().await, "handle", 1)["due_at"],
        promised["due_at"]
    );
}

#[tokio::test]
async fn a_township_does_not_reach_into_its_zone() {
    let house = House::new().await;
    let (one, other) = (house.county().await, house.county().await);
    founded(&one, &other, &zone(&[places::TOWNSHIP, places::NEIGHBOUR])).await;
    let township = Township::of(&house).await;
    let (_, id) = township.case_in("accepted", &Filing::complaint()).await;
    let there = places::government(places::NEIGHBOUR);
    township
        .triage
        .tries(&id, dispatch(&there, BRIEF))
        .await
        .faulty("/organisation_id", "unit_elsewhere");
    let transfer = json!({
        "action": "transfer",
        "organisation_id": places::organ(places::NEIGHBOUR),
        "reason": "x",
    });
    township
        .triage
        .tries(&id, transfer)
        .await
        .faulty("/organisation_id", "not_above");
}

#[tokio::test]
async fn the_lead_of_the_zone_is_told_of_red_and_opens_nothing() {
    let house = House::new().await;
    let (one, other) = (house.county().await, house.county().await);
    let mut body = zone(&[places::TOWNSHIP, places::NEIGHBOUR]);
    body["lead_organisation_id"] = json!(places::organ(places::NEIGHBOUR));
    founded(&one, &other, &body).await;
    let lead = house.neighbour_triage().await;
    let triage = house.triage().await;
    let villager = Villager::files(&house, &Filing::complaint()).await;
    let id = triage.finds(&villager).await;
    house.comes_to("2026-11-04T09:30:00+08:00").await;
    let told = house
        .letters()
        .into_iter()
        .filter(|letter| letter.to.contains(&lead.email))
        .count();
    assert_eq!(told, 1);
    lead.cannot_open(&id).await;
    lead.does_not_find(&villager).await;
}

async fn targets(person: &Staff<'_>, id: &str, targets: Value) -> crate::support::app::Answer {
    let seen = person.tries_to_open(id).await;
    person
        .put(&format!("/admin/complaints/{id}/targets"))
        .if_match(&seen.etag())
        .json(&json!({ "targets": targets, "reason": "补正后明确了对象" }))
        .send()
        .await
}

#[tokio::test]
async fn other_targets_route_a_case_anew_at_once() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let county = house.county().await;
    let (villager, id) = township.case_in("handling", &Filing::complaint()).await;
    let before = villager.reads().await;
    let government =
        json!([{ "type": "organisation", "id": places::government(places::TOWNSHIP) }]);
    // Not for the unit that does the work, not without a version, not a unit that is not there.
    targets(&township.handler, &id, government.clone())
        .await
        .problem(403, "not_permitted");
    targets(
        &township.triage,
        &id,
        json!([{ "type": "post", "id": "x" }]),
    )
    .await
    .faulty("/targets/0", "target_unknown");
    targets(&township.triage, &id, json!([{ "type": "post" }]))
        .await
        .faulty("/targets/0", "target_invalid");
    // Whoever gives it away does not see it again: he works below the county.
    targets(&township.triage, &id, government).await.expect(204);
    for person in [&township.triage, &township.handler] {
        person.cannot_open(&id).await;
        person.does_not_find(&villager).await;
    }
    let view = county.opens(&id).await;
    assert_eq!(
        view["supervising_unit"]["id"],
        places::organ(places::COUNTY)
    );
    assert_eq!(
        (&view["state"], &view["level"]),
        (&json!("accepted"), &json!(2))
    );
    let after = villager.reads().await;
    assert_eq!(
        shapes::timer(&after, "handle", 1),
        shapes::timer(&before, "handle", 1)
    );
    let city = json!([{ "type": "organisation", "id": places::organ(places::CITY) }]);
    targets(&county, &id, city)
        .await
        .faulty("/targets", "above_the_city");
    // Only while it is open.
    villager.withdraws().await;
    targets(&county, &id, json!([]))
        .await
        .problem(409, "illegal_state");
}

async fn declares(person: &Staff<'_>, of: &str, kind: &str, id: &str) -> Value {
    person
        .post("/admin/relations")
        .json(&json!({ "of": of, "to": { "type": kind, "id": id }, "note": "近亲属" }))
        .send()
        .await
        .expect(201)
        .json()
}

#[tokio::test]
async fn a_declared_relation_recuses_at_once_and_ends_by_two_persons() {
    let house = House::new().await;
    let (one, other) = (house.triage().await, house.triage().await);
    let committee = places::committee(places::VILLAGE);
    let villager = Villager::files(&house, &Filing::complaint().against_unit(&committee)).await;
    let id = one.finds(&villager).await;
    let made = declares(&one, "myself", "organisation", &committee).await;
    one.cannot_open(&id).await;
    one.does_not_find(&villager).await;
    other.opens(&id).await;
    let mine = one.get("/admin/relations").send().await.ok();
    assert_eq!(mine["items"].as_array().unwrap().len(), 1);
    // A post of that unit is somebody of it.
    let about_head = Filing::complaint().against_post(&format!("{committee}-director"));
    let second = Villager::files(&house, &about_head).await;
    one.does_not_find(&second).await;
    other.finds(&second).await;
    // Taking it back gives access: somebody else decides.
    let end = |person: &Staff<'_>| {
        person
            .post(&format!(
                "/admin/relations/{}/end",
                made["id"].as_str().unwrap()
            ))
            .json(&json!({ "reason": "已不在该村任职" }))
            .send()
    };
    end(&other).await.problem(404, "not_found");
    let proposed = end(&one).await.expect(202).json();
    one.cannot_open(&id).await;
    other
        .decides(proposed["proposal_id"].as_str().unwrap(), true)
        .await
        .ok();
    one.opens(&id).await;
}

#[tokio::test]
async fn an_organ_in_which_everybody_is_recused_is_passed_over_at_once() {
    let house = House::new().await;
    let (one, other) = (house.triage().await, house.triage().await);
    let county = house.county().await;
    let committee = places::committee(places::VILLAGE);
    let filing = Filing::complaint().against_unit(&committee);
    let waiting = Villager::files(&house, &filing).await;
    declares(&one, "myself", "organisation", &committee).await;
    other.finds(&waiting).await;
    county.does_not_find(&waiting).await;
    // The last who could look at it goes.
    declares(&other, "myself", "organisation", &committee).await;
    other.does_not_find(&waiting).await;
    let id = county.finds(&waiting).await;
    let organ = places::organ(places::COUNTY);
    assert_eq!(county.opens(&id).await["supervising_unit"]["id"], organ);
    county.accepts(&id).await;
    // So does whatever is filed after it; what is about nobody stays.
    county.finds(&Villager::files(&house, &filing).await).await;
    one.finds(&Villager::files(&house, &Filing::complaint()).await)
        .await;
    // At the top nobody is left to pass it to: a filing is taken all the same.
    declares(&county, "myself", "organisation", &committee).await;
    let city = house.city().await;
    city.finds(&Villager::files(&house, &filing).await).await;
    declares(&city, "myself", "organisation", &committee).await;
    let last = Villager::files(&house, &filing).await;
    assert_eq!(last.state().await, "submitted");
}

#[tokio::test]
async fn when_the_last_who_may_look_at_a_case_leaves_it_goes_up() {
    let house = House::new().await;
    let (one, other) = (house.triage().await, house.triage().await);
    let (county, admin) = (house.county().await, house.sure_administrator().await);
    let committee = places::committee(places::VILLAGE);
    let filing = Filing::complaint().against_unit(&committee);
    let (waiting, nobodys) = (
        Villager::files(&house, &filing).await,
        Villager::files(&house, &Filing::complaint()).await,
    );
    declares(&one, "myself", "organisation", &committee).await;
    let id = other.finds(&waiting).await;
    other.accepts(&id).await;
    house.worker().await;
    county.does_not_find(&waiting).await;
    let leaves = json!({ "action": "disable", "reason": "调离" });
    admin
        .tries_with_account(&other.id, leaves)
        .await
        .expect(200);
    house.worker().await;
    let id = county.finds(&waiting).await;
    let organ = places::organ(places::COUNTY);
    assert_eq!(county.opens(&id).await["supervising_unit"]["id"], organ);
    // What is about nobody stays with whoever is left, and its clock runs as before.
    one.finds(&nobodys).await;
    let left = one.finds(&nobodys).await;
    assert_eq!(one.opens(&left).await["timers"][0]["breached"], false);
}

#[tokio::test]
async fn a_unit_that_declares_a_relation_gives_its_cases_away() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let county = house.county().await;
    let committee = places::committee(places::VILLAGE);
    let about = Filing::complaint().against_unit(&committee);
    let (villager, id) = township.case_in("handling", &about).await;
    declares(&township.handler, "unit", "organisation", &committee).await;
    township.handler.cannot_open(&id).await;
    let view = township.triage.opens(&id).await;
    assert_eq!(
        (&view["state"], &view["responsible_unit"]),
        (&json!("accepted"), &Value::Null)
    );
    township
        .triage
        .tries(&id, dispatch(&places::government(places::TOWNSHIP), BRIEF))
        .await
        .faulty("/organisation_id", "unit_related");
    declares(&township.triage, "unit", "organisation", &committee).await;
    township.triage.cannot_open(&id).await;
    let view = county.opens(&id).await;
    assert_eq!(
        view["supervising_unit"]["id"],
        places::organ(places::COUNTY)
    );
    // New ones go past it from the first second.
    let next = Villager::files(&house, &about).await;
    county.finds(&next).await;
    assert_eq!(villager.state().await, "accepted");
}

#[tokio::test]
async fn who_held_the_post_stays_recused_after_leaving_it() {
    let house = House::new().await;
    let (triage, administrator) = (house.triage().await, house.sure_administrator().await);
    let head = format!("{}-director", places::committee(places::VILLAGE));
    let hold = |from: &str, until: Option<&str>| {
        administrator
            .post(&format!("/admin/posts/{head}/holders"))
            .json(&json!({ "staff_id": triage.id, "from": from, "until": until }))
            .send()
    };
    hold("2026-01-01", None).await.expect(200);
    let about = Filing::complaint().against_post(&head);
    let then = Villager::files(&house, &about).await;
    triage.does_not_find(&then).await;
    hold("2026-01-01", Some("2026-11-02")).await.expect(200);
    hold("x", None).await.faulty("/from", "invalid_time");
    house.comes_to("2026-11-03T09:00:00+08:00").await;
    let now = Villager::files(&house, &about).await;
    triage.finds(&now).await;
    triage.does_not_find(&then).await;
    administrator
        .post("/admin/posts/no-such-post/holders")
        .json(&json!({ "staff_id": triage.id, "from": "2026-01-01" }))
        .send()
        .await
        .problem(404, "not_found");
}

#[tokio::test]
async fn who_comes_to_lead_the_responsible_unit_takes_its_seat_with_him() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (administrator, clerk) = (house.sure_administrator().await, house.clerk().await);
    let committee = places::committee(places::VILLAGE);
    let reporter = format!("{committee}-reporter-clerk");
    let (_, id) = township
        .case_in("handling", &Filing::complaint().against_post(&reporter))
        .await;
    let hold = |post: String, from: &'static str| {
        administrator
            .post(&format!("/admin/posts/{post}/holders"))
            .json(&json!({ "staff_id": clerk.id, "from": from }))
            .send()
    };
    hold(reporter.clone(), "2026-01-01").await.expect(200);
    township.handler.opens(&id).await;
    // From tomorrow on the accused leads the township's government.
    let government = places::government(places::TOWNSHIP);
    hold(format!("{government}-head"), "2026-11-03")
        .await
        .expect(200);
    house.comes_to("2026-11-02T17:00:00+08:00").await;
    township.handler.opens(&id).await;
    house.comes_to("2026-11-03T00:00:01+08:00").await;
    township.handler.cannot_open(&id).await;
    assert_eq!(township.triage.opens(&id).await["state"], "accepted");
}
