//! Calendars as data: a region's own days and hours, and what a new calendar does to open cases.

use serde_json::{Value, json};

use crate::support::actors::Township;
use crate::support::{Filing, House, Villager, places, shapes};

/// A day of a region's own.
fn own_day(region: &str, date: &str, kind: &str) -> Value {
    json!({ "region_code": region, "source": "区政府通知", "reason": "请复核",
        "days": [{ "date": date, "kind": kind, "name": "建区纪念日" }] })
}

/// A day for the whole country.
fn notice(days: &[(&str, &str)]) -> Value {
    let days: Vec<_> = days
        .iter()
        .map(|(date, name)| json!({ "date": date, "kind": "off", "name": name }))
        .collect();
    json!({ "source": "国办发明电", "days": days })
}

async fn due(house: &House, region: &str, from: &str, amount: u32) -> String {
    let body = json!({ "from": format!("{from}T10:00:00+08:00"), "amount": amount,
        "unit": "working_day", "region_code": region });
    let found = house.post("/deadlines").json(&body).send().await.ok();
    found["due_date"].as_str().unwrap().to_owned()
}

fn handle(view: &Value) -> Value {
    shapes::timer(view, "handle", 1)
}

/// The public notes of the calendar's events.
fn notes(view: &Value) -> Vec<String> {
    view["events"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|event| event["action"] == "calendar_changed")
        .map(|event| event["public_note"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn t14_a_holiday_announced_today_reaches_open_cases_and_never_shortens() {
    let house = House::new().await;
    let (one, other) = (house.county().await, house.county().await);
    let township = Township::of(&house).await;
    let (villager, id) = township.case_in("dispatched", &Filing::complaint()).await;
    let seen = township.triage.opens(&id).await["version"]
        .as_i64()
        .unwrap();
    let answered = township.case_in("answered", &Filing::complaint()).await.0;
    let closed = township.case_in("closed", &Filing::complaint()).await.0;
    let (before, finished) = (answered.reads().await, closed.reads().await);

    let (proposal, _) = one
        .proposes_calendar(&own_day(places::COUNTY, "2026-11-11", "off"))
        .await;
    house.worker().await;
    assert_eq!(
        handle(&villager.reads().await)["due_date"],
        "2026-11-23",
        "not yet"
    );
    other.approves_proposal(&proposal).await;
    house.worker().await;
    let read = villager.reads().await;
    let clock = handle(&read);
    assert_eq!(
        (&clock["due_date"], &clock["due_at"]),
        (&json!("2026-11-24"), &json!("2026-11-25T00:00:00+08:00"))
    );
    assert_eq!(notes(&read), ["办理：2026-11-23 → 2026-11-24"]);
    let view = township.triage.opens(&id).await;
    assert!(
        view["version"].as_i64().unwrap() > seen,
        "due times are of the version"
    );
    assert_eq!(
        handle(&answered.reads().await),
        handle(&before),
        "it has stopped"
    );
    assert_eq!(closed.reads().await, finished);

    // Taken back, the date that was told stands.
    let (proposal, preview) = one
        .proposes_calendar(&own_day(places::COUNTY, "2026-11-11", "work"))
        .await;
    assert_eq!(preview["moved"], json!([]));
    other.approves_proposal(&proposal).await;
    house.worker().await;
    let read = villager.reads().await;
    assert_eq!(handle(&read), clock);
    assert_eq!(notes(&read).len(), 1, "nothing to tell");
    assert_eq!(
        due(&house, places::VILLAGE, "2026-11-02", 15).await,
        "2026-11-23"
    );

    // The queue wakes at the new date, not at the old one.
    house.comes_to("2026-11-24T10:00:00+08:00").await;
    assert_eq!(villager.reads().await["light"], "yellow");
    house.comes_to("2026-11-25T00:00:00+08:00").await;
    let steps = shapes::steps(&township.triage.opens(&id).await, "handle", 1);
    let red = steps.iter().find(|(step, _)| step == "red").unwrap();
    assert_eq!(red.1, "2026-11-25T00:00:00+08:00");
}

#[tokio::test]
async fn a_new_calendar_ends_no_decision_that_waits_for_a_second_person() {
    let house = House::new().await;
    let (one, other) = (house.county().await, house.county().await);
    let township = Township::of(&house).await;
    let (villager, id) = township.case_in("handling", &Filing::complaint()).await;
    let wish = json!({ "action": "extend", "working_days": 5, "reason": "雨天无法施工，需等天晴" });
    let extension = township.handler.proposes(&id, wish).await;
    let extension = extension["proposal_id"].as_str().unwrap();
    let (calendar, _) = one
        .proposes_calendar(&own_day(places::COUNTY, "2026-11-11", "off"))
        .await;
    other.approves_proposal(&calendar).await;
    house.worker().await;
    assert_eq!(handle(&villager.reads().await)["due_date"], "2026-11-24");
    // Decided with the facts of the moment: five working days from the date as it is now.
    township.triage.approves_proposal(extension).await;
    assert_eq!(handle(&villager.reads().await)["due_date"], "2026-12-01");
}

#[tokio::test]
async fn t14_many_open_cases_are_reached_and_the_paused_ones_too() {
    let house = House::new().await;
    let triage = house.triage().await;
    let mut villagers = Vec::new();
    for index in 0..12 {
        let villager = Villager::files(&house, &Filing::complaint()).await;
        if index % 4 == 0 {
            triage
                .asks_for(&triage.finds(&villager).await, "请补充时间和地点")
                .await;
        }
        villagers.push(villager);
    }
    let csv = "date,kind,name\n2026-11-12,off,建区纪念日\n";
    let moved = house
        .inside
        .import_own_holidays(csv, places::TOWNSHIP)
        .await;
    // The clock of handling of each, and of the supplement of those who were asked for one.
    assert_eq!(moved, villagers.len());
    for villager in &villagers {
        let read = villager.reads().await;
        assert_eq!(handle(&read)["due_date"], "2026-11-24");
        assert_eq!(notes(&read).len(), 1);
    }
    // Nothing is left to do, however often the worker looks.
    house.worker().await;
    assert_eq!(notes(&villagers[0].reads().await).len(), 1);
}

#[tokio::test]
async fn t20_the_notice_makes_a_provisional_date_certain() {
    let house = House::new().await;
    let (county, city) = (house.county().await, house.city().await);
    house.clock_to("2026-12-14T10:00:00+08:00");
    let villager = Villager::files(&house, &Filing::complaint()).await;
    let short = Villager::files(&house, &Filing::complaint().kind("help")).await;
    assert_eq!(handle(&villager.filed)["provisional"], true);
    assert_eq!(handle(&villager.filed)["due_date"], "2027-01-04");
    assert_eq!(handle(&short.filed)["provisional"], false);
    // A region's own day announces no year.
    let csv = "date,kind,name\n2027-03-05,off,建区纪念日\n";
    house.inside.import_own_holidays(csv, places::COUNTY).await;
    assert_eq!(handle(&villager.reads().await)["provisional"], true);
    let days = [("2027-01-01", "元旦"), ("2027-10-01", "国庆节")];
    let (proposal, _) = county.proposes_calendar(&notice(&days)).await;
    // What is everybody's is the highest organ's to decide.
    let second = house.county().await;
    second
        .decides(&proposal, true)
        .await
        .problem(404, "not_found");
    city.approves_proposal(&proposal).await;
    house.worker().await;
    let read = villager.reads().await;
    assert_eq!(
        (&handle(&read)["provisional"], &handle(&read)["due_date"]),
        (&json!(false), &json!("2027-01-05"))
    );
    assert_eq!(notes(&read), ["办理：2027-01-04 → 2027-01-05"]);
    assert_eq!(notes(&short.reads().await).len(), 0);
}

#[tokio::test]
async fn a_date_that_only_becomes_certain_is_told_too() {
    let house = House::new().await;
    house.clock_to("2026-12-28T10:00:00+08:00");
    let villager = Villager::files(&house, &Filing::complaint().kind("question")).await;
    let clock = handle(&villager.filed);
    assert_eq!(clock["due_date"], "2026-12-31");
    assert_eq!(clock["provisional"], false, "it ends before the year does");
    let villager = Villager::files(&house, &Filing::complaint().kind("help")).await;
    assert_eq!(handle(&villager.filed)["due_date"], "2027-01-06");
    house
        .inside
        .import_holidays("date,kind,name\n2027-02-06,off,春节\n")
        .await;
    house.worker().await;
    let read = villager.reads().await;
    assert_eq!(handle(&read)["provisional"], false);
    assert_eq!(notes(&read), ["办理：2027-01-06（日期确定，不变）"]);
}

#[tokio::test]
async fn what_a_region_has_of_its_own_is_inherited_downward_and_nowhere_else() {
    let house = House::new().await;
    let csv = "date,kind,name\n2026-11-11,off,建镇纪念日\n";
    house
        .inside
        .import_own_holidays(csv, places::TOWNSHIP)
        .await;
    for (region, date) in [
        (places::VILLAGE, "2026-11-12"),
        (places::TOWNSHIP, "2026-11-12"),
        (places::NEIGHBOUR, "2026-11-11"),
        (places::COUNTY, "2026-11-11"),
        (places::OTHER_COUNTY, "2026-11-11"),
    ] {
        assert_eq!(due(&house, region, "2026-11-10", 1).await, date, "{region}");
    }
    let county = house.county().await;
    let show = async |region: &str| {
        let path = format!("/admin/calendars?region={region}&year=2026");
        county.get(&path).send().await.ok()
    };
    let shown = show(places::VILLAGE).await;
    let day = |shown: &Value| {
        let days = shown["days"].as_array().unwrap();
        days.iter().any(|day| day["date"] == "2026-11-11")
    };
    assert!(day(&shown) && !day(&show(places::COUNTY).await));
    assert_eq!(shown["versions"][0]["region_code"], places::TOWNSHIP);
    assert_eq!(shown["versions"][1]["region_code"], Value::Null);
    assert_eq!(shown["office_hours"], json!([["09:00", "17:00"]]));
    assert!(
        shown["announced_years"]
            .as_array()
            .unwrap()
            .contains(&json!(2026))
    );
    // The township's word is over the county's.
    let csv = "date,kind,name\n2026-11-13,off,建区纪念日\n";
    house.inside.import_own_holidays(csv, places::COUNTY).await;
    let csv = "date,kind,name\n2026-11-13,work,照常上班\n";
    house
        .inside
        .import_own_holidays(csv, places::TOWNSHIP)
        .await;
    assert_eq!(
        due(&house, places::VILLAGE, "2026-11-12", 1).await,
        "2026-11-13"
    );
    assert_eq!(
        due(&house, places::NEIGHBOUR, "2026-11-12", 1).await,
        "2026-11-16"
    );
}

#[tokio::test]
async fn a_preview_names_the_cases_one_may_know_of_and_nobody_else_s() {
    let house = House::new().await;
    let (county, administrator) = (house.county().await, house.administrator().await);
    // The county supervises what is about the township's people; the other one is the township's.
    let known = Villager::files(&house, &Filing::complaint().against_group("township")).await;
    let hidden = Villager::files(&house, &Filing::complaint()).await;
    let change = own_day(places::COUNTY, "2026-11-11", "off");
    let look = async |who: &crate::support::actors::Staff<'_>| {
        who.post("/admin/calendars?preview=true")
            .json(&change)
            .send()
            .await
            .expect(200)
            .json()
    };
    let preview = look(&county).await;
    let moved = preview["moved"].as_array().unwrap();
    assert_eq!(moved.len(), 1, "{preview}");
    shapes::has(
        &moved[0],
        "complaint_id number stage round due_at_before due_at_after",
    );
    assert_eq!(moved[0]["number"], known.number.as_str());
    assert_eq!(
        (&moved[0]["due_date_before"], &moved[0]["due_date_after"]),
        (&json!("2026-11-23"), &json!("2026-11-24"))
    );
    assert!(!preview.to_string().contains(&hidden.number));
    assert_eq!(
        look(&administrator).await["moved"],
        json!([]),
        "no complaint content"
    );
    assert_eq!(county.waiting().await.len(), 0, "looking proposes nothing");
    let (_, seen) = county.proposes_calendar(&change).await;
    assert_eq!(seen, preview);
    // Who is complained about learns of no case, not even by a date.
    let unit = places::organ(places::COUNTY);
    let about = Filing::complaint().against_unit(&unit);
    Villager::files(&house, &about).await;
    assert_eq!(look(&county).await, preview);
}

#[tokio::test]
async fn a_change_that_does_not_fit_is_named_at_every_place() {
    let house = House::new().await;
    let county = house.county().await;
    let post = |body: Value| county.post("/admin/calendars").json(&body);
    let bad = json!({ "region_code": "12", "source": "", "days": [
        { "date": "2026-13-01", "kind": "off", "name": "x" },
        { "date": "2026-11-11", "kind": "off", "name": "" },
        { "date": "2026-11-11", "kind": "off", "name": "x" },
    ], "office_hours": [["17:00", "09:00"]] });
    let answer = post(bad).send().await;
    for (pointer, code) in [
        ("/region_code", "invalid_region_code"),
        ("/source", "invalid_text"),
        ("/days/0/date", "invalid_date"),
        ("/days/1/name", "invalid_text"),
        ("/days/2/date", "named_twice"),
        ("/office_hours", "invalid_office_hours"),
    ] {
        answer.faulty(pointer, code);
    }
    let nothing = post(json!({ "source": "x" })).send().await;
    nothing.faulty("/days", "nothing_to_change");
    let unknown = post(own_day("230199000000", "2026-11-11", "off"))
        .send()
        .await;
    unknown.faulty("/region_code", "region_unknown");
    let foreign = own_day(places::OTHER_COUNTY, "2026-11-11", "off");
    post(foreign).send().await.problem(403, "not_permitted");
    let table = |query: &str, csv: &'static str| {
        county
            .post(&format!("/admin/calendars?{query}"))
            .body("text/csv; charset=utf-8", csv)
    };
    let bad = table("source=x", "date,kind,name\n2026-11-11,half,节\n")
        .send()
        .await;
    bad.faulty("/rows/2/kind", "bad_holidays");
    let region = format!("region={}&source=x", places::COUNTY);
    let good = table(&region, "date,kind,name\n2026-11-11,off,节\n")
        .send()
        .await;
    good.expect(202);
    let again = table(&region, "date,kind,name\n2026-11-12,off,节\n")
        .send()
        .await;
    again.problem(409, "proposal_waiting");
    let kind = county.post("/admin/calendars").body("text/plain", "x");
    kind.send().await.problem(415, "unsupported_media_type");
}

#[tokio::test]
async fn a_calendar_changed_meanwhile_makes_the_proposal_void() {
    let house = House::new().await;
    let (one, other) = (house.county().await, house.county().await);
    let (proposal, _) = one
        .proposes_calendar(&own_day(places::COUNTY, "2026-11-11", "off"))
        .await;
    let csv = "date,kind,name\n2026-11-12,off,建区纪念日\n";
    house.inside.import_own_holidays(csv, places::COUNTY).await;
    other
        .decides(&proposal, true)
        .await
        .problem(409, "proposal_void");
    assert_eq!(
        due(&house, places::COUNTY, "2026-11-10", 1).await,
        "2026-11-11"
    );
}
