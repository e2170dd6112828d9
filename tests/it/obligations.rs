//! What must be published when: told in time, counted on China's calendar, late for ever once it was late, and climbing
//! the ladder until somebody publishes.

mod striking;

use serde_json::{Value, json};

use crate::support::actors::{Staff, publish_ledger};
use crate::support::sheets::Ledger;
use crate::support::{Filing, House, Villager, places};

fn path(region: &str) -> String {
    format!("/regions/{region}/obligations")
}

/// What a village must publish, by matter and period.
async fn shelf(house: &House, region: &str) -> Value {
    house.reads(&format!("{}?limit=100", path(region))).await
}

fn item<'a>(shelf: &'a Value, matter: &str, period: &str) -> &'a Value {
    let items = shelf["items"].as_array().unwrap();
    items
        .iter()
        .find(|one| one["item"] == matter && one["period"] == period)
        .unwrap_or_else(|| panic!("no {matter} of {period} in {shelf}"))
}

fn words(shelf: &Value, field: &str) -> Vec<String> {
    let items = shelf["items"].as_array().unwrap().iter();
    let text = |one: &Value| match &one[field] {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    items
        .map(|one| {
            format!(
                "{} {} {}",
                one["item"].as_str().unwrap(),
                one["period"].as_str().unwrap(),
                text(one)
            )
        })
        .collect()
}

fn counts(shelf: &Value) -> [u64; 5] {
    ["on_time", "due", "overdue", "missing", "late"]
        .map(|status| shelf["counts"][status].as_u64().unwrap())
}

/// A catalogue of a region becomes another one, by two of the county's supervisors.
pub(crate) async fn adopts(house: &House, region: &str, items: Value) {
    let (one, other) = (house.county().await, house.county().await);
    let body = json!({ "items": items, "reason": "按本地公开目录" });
    let made = one
        .put(&format!("/admin/catalogues/{region}"))
        .json(&body)
        .send()
        .await;
    let made = made.expect(202).json();
    other
        .approves_proposal(made["proposal_id"].as_str().unwrap())
        .await;
}

pub(crate) fn ledger_by(day: u32) -> Value {
    json!({ "code": "ledger", "name": "财务收支逐笔公开", "kind": "ledger",
        "basis": [{ "text": "本区公开目录", "source": "local" }], "frequency": "monthly",
        "due": { "rule": "day_of_month", "months_after": 1, "day": day },
        "responsible": "村民委员会", "channel": "村务公开栏", "level": "village" })
}

#[tokio::test]
async fn a_village_is_told_what_it_owes_from_its_first_clerk_on() {
    let house = House::new().await;
    let before = shelf(&house, places::VILLAGE).await;
    assert_eq!(before["takes_part_since"], Value::Null);
    assert_eq!(before["items"], json!([]));
    house.clerk().await;
    house.worker().await;
    let told = shelf(&house, places::VILLAGE).await;
    assert_eq!(told["takes_part_since"], "2026-11-02T09:00:00+08:00");
    assert_eq!(told["as_of"], "2026-11-02");
    let mut all = words(&told, "due_date");
    all.sort();
    assert_eq!(
        all,
        [
            "assets 2026-Q4 2027-01-20",
            "balance-sheet 2026 2027-03-31",
            "benefit-payments 2026-Q4 2027-01-20",
            "cash-position 2026-Q4 2027-01-20",
            "ledger 2026-10 2026-11-16",
            "ledger 2026-11 2026-12-15",
            "projects 2026-Q4 2027-01-20",
            "receivables-payables 2026-Q4 2027-01-20",
            "resource-contracts 2026-Q4 2027-01-20",
            "summary 2026-Q4 2027-01-20",
        ]
    );
    assert_eq!(counts(&told), [0, 10, 0, 0, 0]);
    // Why that day: the fifteenth is a Sunday.
    let october = item(&told, "ledger", "2026-10");
    assert_eq!(october["title"], "东风村2026年10月财务收支逐笔公开");
    assert_eq!(october["due_at"], "2026-11-17T00:00:00+08:00");
    assert_eq!(october["missing_from"], "2026-12-16");
    let why = &october["explanation"];
    assert_eq!(why["counted_from"], "2026-10-31");
    assert_eq!(
        why["skipped"],
        json!([{ "date": "2026-11-15", "reason": "周末" }])
    );
    assert_eq!(october["provisional"], false);
    assert_eq!(item(&told, "summary", "2026-Q4")["provisional"], true);
    // The township and the county count it by village; nobody else takes part.
    for region in [places::TOWNSHIP, places::COUNTY] {
        let above = shelf(&house, region).await;
        assert_eq!(counts(&above), [0, 10, 0, 0, 0], "{region}");
        let villages = above["regions"].as_array().unwrap();
        let taking: Vec<&Value> = villages
            .iter()
            .filter(|one| one["taking_part"] == 1)
            .collect();
        assert_eq!(taking.len(), 1, "{region}");
        assert_eq!(taking[0]["code"], places::VILLAGE);
        assert_eq!(taking[0]["counts"]["due"], 10);
        assert!(villages.len() > 10, "{region}: {}", villages.len());
    }
    let city = shelf(&house, places::CITY).await;
    let county = city["regions"].as_array().unwrap();
    let county = county.iter().find(|one| one["code"] == places::COUNTY);
    assert_eq!(county.unwrap()["taking_part"], 1);
    // The catalogue itself, with what each rule rests on.
    let catalogue = house
        .reads(&format!("/regions/{}/catalogue", places::VILLAGE))
        .await;
    let matters = catalogue["items"].as_array().unwrap();
    assert_eq!(matters.len(), 10);
    for matter in matters {
        assert!(matter["basis"][0]["text"].is_string(), "{matter}");
        assert_eq!(matter["catalogue_region_code"], Value::Null);
    }
}

#[tokio::test]
async fn what_is_published_in_time_is_on_time_and_what_is_not_is_late_for_ever() {
    let house = House::new().await;
    house.clerk().await;
    house.worker().await;
    house.comes_to("2026-11-10T10:00:00+08:00").await;
    let october = publish_ledger(&house, &Ledger::of(places::VILLAGE, "2026-10")).await;
    let seen = shelf(&house, places::VILLAGE).await;
    let ledger = item(&seen, "ledger", "2026-10");
    assert_eq!(ledger["status"], "on_time");
    assert_eq!(ledger["disclosure_id"], october["id"]);
    assert_eq!(ledger["published_at"], "2026-11-10T10:00:00+08:00");
    assert_eq!(ledger["days_late"], 0);

    // November's is nobody's business for a month.
    house.comes_to("2026-12-15T23:59:59+08:00").await;
    assert_eq!(status(&house, "2026-11").await, json!(["due", 0]));
    house.comes_to("2026-12-16T00:00:00+08:00").await;
    assert_eq!(status(&house, "2026-11").await, json!(["overdue", 1]));
    let village = house.reads(&format!("/regions/{}", places::VILLAGE)).await;
    let unmet = &village["unmet_obligations"];
    assert_eq!(
        (&unmet["count"], &unmet["due_date"], &unmet["days_late"]),
        (&json!(1), &json!("2026-12-15"), &json!(1))
    );
    house.comes_to("2027-01-16T09:00:00+08:00").await;
    assert_eq!(status(&house, "2026-11").await, json!(["missing", 32]));
    for (wanted, number) in [("missing", 1), ("on_time", 1), ("late", 0), ("overdue", 1)] {
        let found = house
            .lists(&format!("{}?status={wanted}", path(places::VILLAGE)))
            .await;
        assert_eq!(found.len(), number, "{wanted}: {found:?}");
    }
    let november = Ledger {
        period: "2026-11".into(),
        opening: "80225.68".into(),
        closing: "80225.68".into(),
        lines: Vec::new(),
        ..Ledger::of(places::VILLAGE, "2026-10")
    };
    let november = november_with_a_line(november);
    publish_ledger(&house, &november).await;
    assert_eq!(status(&house, "2026-11").await, json!(["late", 32]));
    house.comes_to("2027-06-01T09:00:00+08:00").await;
    assert_eq!(
        status(&house, "2026-11").await,
        json!(["late", 32]),
        "its overrun is frozen"
    );
    assert_eq!(status(&house, "2026-10").await, json!(["on_time", 0]));

    // As every public read: kept for a minute, and asked for again with its tag.
    let call = house.get(&path(places::VILLAGE));
    let answer = call.send().await.expect(200);
    assert!(answer.header("cache-control").starts_with("public"));
    let again = house
        .get(&path(places::VILLAGE))
        .header("if-none-match", &answer.etag())
        .send()
        .await;
    again.expect(304);
    let english = house
        .get(&format!("{}?period=2026-10", path(places::VILLAGE)))
        .header("accept-language", "en")
        .send()
        .await
        .ok();
    assert_eq!(
        english["items"][0]["explanation"]["skipped"][0]["reason"],
        "weekend"
    );
    for (query, code) in [
        ("status=nonsense", "invalid_query"),
        ("period=2026-13", "invalid_query"),
        (
            "item=00000000000000000000000000000000000000000",
            "invalid_query",
        ),
        ("cursor=x", "invalid_query"),
        ("colour=red", "invalid_query"),
    ] {
        let bad = house
            .get(&format!("{}?{query}", path(places::VILLAGE)))
            .send()
            .await;
        bad.problem(400, code);
    }
    house
        .get(&path("239999000000"))
        .send()
        .await
        .problem(404, "not_found");
}

fn november_with_a_line(mut ledger: Ledger) -> Ledger {
    let mut line = Ledger::of(places::VILLAGE, "2026-10").lines.remove(0);
    for (column, text) in [
        (1, "2026-11-09"),
        (2, "记-11-001"),
        (4, "100.00"),
        (5, "0.00"),
        (6, "80325.68"),
    ] {
        text.clone_into(&mut line[column]);
    }
    "80325.68".clone_into(&mut ledger.closing);
    ledger.lines = vec![line];
    ledger
}

/// How the ledger of a period stands, and how many days late.
async fn status(house: &House, period: &str) -> Value {
    let seen = shelf(house, places::VILLAGE).await;
    let ledger = item(&seen, "ledger", period);
    json!([ledger["status"], ledger["days_late"]])
}

/// The letters about obligations that somebody has got, by their subjects' last words.
fn letters(house: &House, to: &Staff<'_>) -> Vec<&'static str> {
    let letters = house.letters().into_iter();
    letters
        .filter(|letter| letter.to.contains(&to.email))
        .filter_map(|letter| {
            if letter.subject.contains("soon to be published") {
                Some("soon")
            } else if letter.subject.contains("not published in time") {
                Some("late")
            } else if letter.subject.contains("nobody to receive") {
                Some("nobody")
            } else {
                None
            }
        })
        .collect()
}

async fn steps(of: &Staff<'_>, id: &str) -> Vec<Value> {
    let seen = of
        .get(&format!("/admin/obligations/{id}"))
        .send()
        .await
        .ok();
    seen["escalations"].as_array().unwrap().clone()
}

#[tokio::test]
async fn it_climbs_from_the_clerk_to_the_city_each_step_once_in_office_hours() {
    let house = House::new().await;
    let (clerk, publisher) = (house.clerk().await, house.publisher().await);
    let (triage, county, city) = (
        house.triage().await,
        house.county().await,
        house.city().await,
    );
    let zone = json!({ "county_code": places::COUNTY, "name": "第一片区", "reason": "交叉监督",
        "lead_organisation_id": places::organ(places::COUNTY), "townships": [places::TOWNSHIP] });
    let made = county.post("/admin/zones").json(&zone).send().await;
    let made = made.expect(202).json();
    let second = house.county().await;
    second
        .approves_proposal(made["proposal_id"].as_str().unwrap())
        .await;
    adopts(&house, places::COUNTY, json!([ledger_by(15)])).await;
    house.worker().await;
    let seen = shelf(&house, places::VILLAGE).await;
    let id = item(&seen, "ledger", "2026-10")["id"]
        .as_str()
        .unwrap()
        .to_owned();

    let told = |house: &House| {
        [&clerk, &publisher, &triage, &county, &city].map(|who| letters(house, who).len())
    };
    house.comes_to("2026-11-09T08:59:59+08:00").await;
    assert_eq!(told(&house), [0, 0, 0, 0, 0]);
    house.comes_to("2026-11-09T09:00:00+08:00").await;
    assert_eq!(told(&house), [1, 1, 0, 0, 0], "reminded");
    house.comes_to("2026-11-16T09:00:00+08:00").await;
    assert_eq!(told(&house), [2, 2, 1, 0, 0], "warned");
    house.comes_to("2026-11-17T00:00:00+08:00").await;
    assert_eq!(told(&house), [2, 2, 1, 0, 0], "not at night");
    let red = steps(&triage, &id).await;
    assert_eq!(red[2]["step"], "red");
    assert_eq!(red[2]["due_at"], "2026-11-17T00:00:00+08:00");
    assert_eq!(
        red[2]["to_organisation_id"],
        places::organ(places::COUNTY),
        "of the township's organ and the zone's lead the upper is named"
    );
    house.comes_to("2026-11-17T09:00:00+08:00").await;
    assert_eq!(told(&house), [2, 2, 2, 1, 0], "red");
    house.comes_to("2026-11-20T09:00:00+08:00").await;
    assert_eq!(told(&house), [2, 2, 2, 2, 0], "three working days later");
    house.comes_to("2026-11-24T09:00:00+08:00").await;
    assert_eq!(told(&house), [2, 2, 2, 2, 1], "five");
    // Two more processes, and a worker that wakes again: nothing twice.
    house.another_process().await.worker().await;
    house.comes_to("2026-12-01T09:00:00+08:00").await;
    assert_eq!(told(&house), [2, 2, 2, 2, 1]);
    let all: Vec<Value> = steps(&city, &id).await;
    let names: Vec<&str> = all
        .iter()
        .map(|one| one["step"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["remind", "warn", "red", "county", "city"]);
    assert_eq!(
        letters(&house, &city),
        ["late"],
        "the subject names no village: it is seen on locked screens"
    );
    // Published: the ladder ends, the steps stay.
    publish_ledger(&house, &Ledger::of(places::VILLAGE, "2026-10")).await;
    assert_eq!(status(&house, "2026-10").await, json!(["late", 15]));
    assert_eq!(steps(&triage, &id).await.len(), 5);
    // Nobody of another county knows of the steps.
    let stranger = house.other_county().await;
    let hidden = stranger.get(&format!("/admin/obligations/{id}")).send();
    hidden.await.problem(404, "not_found");
}

#[tokio::test]
async fn a_month_switched_off_loses_no_step_and_takes_none_twice() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    let (triage, county, city) = (
        house.triage().await,
        house.county().await,
        house.city().await,
    );
    adopts(&house, places::COUNTY, json!([ledger_by(15)])).await;
    house.worker().await;
    house.clock_to("2027-01-04T10:00:00+08:00");
    let other = house.another_process().await;
    tokio::join!(house.worker(), other.worker());
    house.worker().await;
    let seen = shelf(&house, places::VILLAGE).await;
    assert_eq!(
        words(&seen, "status"),
        [
            "ledger 2027-01 due",
            "ledger 2026-12 due",
            "ledger 2026-11 overdue",
            "ledger 2026-10 missing",
        ]
    );
    for (period, red) in [
        ("2026-10", "2026-11-17T00:00:00+08:00"),
        ("2026-11", "2026-12-16T00:00:00+08:00"),
    ] {
        let id = item(&seen, "ledger", period)["id"].as_str().unwrap();
        let all = steps(&triage, id).await;
        assert_eq!(all.len(), 5, "{period}: {all:?}");
        assert_eq!(all[2]["due_at"], red, "its true due time");
    }
    let late = |who: &Staff<'_>| {
        letters(&house, who)
            .iter()
            .filter(|one| **one == "late")
            .count()
    };
    assert_eq!([&clerk, &triage, &county, &city].map(late), [0, 2, 2, 2]);
    let rows = house
        .database
        .count("SELECT count(*) FROM obligation_steps");
    let kinds = house.database.count(
        "SELECT count(*) FROM (SELECT DISTINCT obligation_id, step FROM obligation_steps) AS a",
    );
    assert_eq!(rows, kinds);
}

#[tokio::test]
async fn nobody_there_means_the_next_rung_and_the_operators_are_told() {
    let house = House::new().await;
    // A committee signs here; nobody drafts, and nobody publishes.
    house.committee().await;
    let (county, operator) = (house.county().await, house.administrator().await);
    adopts(&house, places::COUNTY, json!([ledger_by(15)])).await;
    house.worker().await;
    house.comes_to("2026-11-09T09:00:00+08:00").await;
    assert_eq!(letters(&house, &county), ["soon"], "past an empty township");
    let empty = letters(&house, &operator).len();
    assert_eq!(empty, 3, "committee, agency and the township's organ");
    house.comes_to("2026-11-17T09:00:00+08:00").await;
    assert!(letters(&house, &county).contains(&"late"));
    assert!(letters(&house, &operator).len() > empty);
}

#[tokio::test]
async fn a_catalogue_is_changed_by_two_persons_and_touches_no_date_that_was_told() {
    let house = House::new().await;
    house.clerk().await;
    house.worker().await;
    let (one, other) = (house.county().await, house.county().await);
    let at = format!("/admin/catalogues/{}", places::COUNTY);
    let seen = one.get(&at).send().await.expect(200);
    assert_eq!(seen.etag(), "\"1\"");
    let body = json!({ "items": [ledger_by(5)], "reason": "每月5日前公开" });
    let made = one.put(&at).if_match("\"1\"").json(&body).send().await;
    let proposal = made.expect(202).json()["proposal_id"]
        .as_str()
        .unwrap()
        .to_owned();
    one.decides(&proposal, true)
        .await
        .problem(403, "same_person");
    let in_force = |seen: Value| seen["items"].as_array().unwrap().len();
    let public = format!("/regions/{}/catalogue", places::VILLAGE);
    assert_eq!(in_force(house.reads(&public).await), 10, "nothing yet");
    other.approves_proposal(&proposal).await;
    assert_eq!(in_force(house.reads(&public).await), 1);
    one.put(&at)
        .if_match("\"1\"")
        .json(&body)
        .send()
        .await
        .problem(412, "stale");

    let told = shelf(&house, places::VILLAGE).await;
    assert_eq!(item(&told, "ledger", "2026-10")["due_date"], "2026-11-16");
    assert_eq!(item(&told, "ledger", "2026-11")["due_date"], "2026-12-15");
    house.comes_to("2026-12-01T09:00:00+08:00").await;
    let told = shelf(&house, places::VILLAGE).await;
    assert_eq!(item(&told, "ledger", "2026-11")["due_date"], "2026-12-15");
    let december = item(&told, "ledger", "2026-12");
    assert_eq!(december["due_date"], "2027-01-05");
    assert_eq!(
        december["explanation"]["catalogue_region_code"],
        places::COUNTY
    );
    assert_eq!(december["explanation"]["catalogue_version"], 2);

    // A village may ask for more of itself, and not for less.
    let village = format!("/admin/catalogues/{}", places::VILLAGE);
    let looser = json!({ "items": [ledger_by(6)], "reason": "" });
    let refused = one.put(&village).json(&looser).send().await;
    refused.faulty("/items/0/due", "looser_than_above");
    let unfit = json!({ "items": [{ "code": "X", "name": "", "kind": "ledger", "basis": [],
        "frequency": "at_once", "due": { "rule": "after_end", "amount": 3, "unit": "working_day" },
        "responsible": "村", "channel": "栏", "level": "village" }] });
    let refused = one.put(&village).json(&unfit).send().await;
    let faults = refused.problem(422, "invalid_body").to_string();
    for code in [
        "catalogue_code",
        "invalid_text",
        "out_of_range",
        "due_rule_unfit",
    ] {
        assert!(faults.contains(code), "{code}: {faults}");
    }
    adopts(&house, places::VILLAGE, json!([ledger_by(3)])).await;
    house.comes_to("2027-01-01T09:00:00+08:00").await;
    let told = shelf(&house, places::VILLAGE).await;
    assert_eq!(item(&told, "ledger", "2026-12")["due_date"], "2027-01-05");
    assert_eq!(item(&told, "ledger", "2027-01")["due_date"], "2027-02-03");
    let foreign = house.other_county().await;
    let refused = foreign.put(&at).json(&body).send().await;
    refused.problem(403, "not_permitted");
}

#[tokio::test]
async fn another_calendar_moves_a_date_later_and_never_earlier() {
    let house = House::new().await;
    house.clerk().await;
    house.worker().await;
    let (one, other) = (house.county().await, house.county().await);
    let change = |kind: &str| {
        json!({ "region_code": places::COUNTY, "source": "区政府通知",
            "days": [{ "date": "2026-11-16", "kind": kind, "name": "建区纪念日" }] })
    };
    let (proposal, _) = one.proposes_calendar(&change("off")).await;
    other.approves_proposal(&proposal).await;
    house.worker().await;
    let told = shelf(&house, places::VILLAGE).await;
    let october = item(&told, "ledger", "2026-10");
    assert_eq!(october["due_date"], "2026-11-17");
    assert_eq!(october["version"], 2);
    let why = &october["explanation"];
    assert_eq!(why["moved"][0]["due_date"], "2026-11-16");
    assert_eq!(
        why["skipped"],
        json!([{ "date": "2026-11-15", "reason": "周末" },
            { "date": "2026-11-16", "reason": "建区纪念日" }])
    );
    let (proposal, _) = one.proposes_calendar(&change("work")).await;
    other.approves_proposal(&proposal).await;
    house.worker().await;
    let told = shelf(&house, places::VILLAGE).await;
    assert_eq!(item(&told, "ledger", "2026-10")["due_date"], "2026-11-17");
    house.comes_to("2026-11-17T12:00:00+08:00").await;
    assert_eq!(status(&house, "2026-10").await, json!(["due", 0]));
}

#[tokio::test]
async fn what_must_be_published_at_once_counts_from_the_day_it_happened() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    let event = |on: &str, title: &str| json!({ "region_code": places::VILLAGE, "item": "special", "event_on": on, "title": title });
    let post = |body: Value| clerk.post("/admin/obligations").json(&body).send();
    let made = post(event("2026-10-30", "东屯机井更换水泵"))
        .await
        .expect(201)
        .json();
    // Five days later, a Wednesday.
    assert_eq!(made["due_date"], "2026-11-04");
    assert_eq!(made["status"], "due");
    assert_eq!(made["event_on"], "2026-10-30");
    assert_eq!(made["title"], "东风村重大事项专项公开：东屯机井更换水泵");
    let again = post(event("2026-10-30", "东屯机井更换水泵"))
        .await
        .expect(201)
        .json();
    assert_eq!(again["id"], made["id"], "the same event is one");
    let other = post(event("2026-09-20", "集体车库出租"))
        .await
        .expect(201)
        .json();
    assert_eq!(
        other["due_date"], "2026-09-28",
        "the 25th is Mid-Autumn: rolled over three days off"
    );
    assert_eq!(other["status"], "missing", "written down too late");
    let seen = shelf(&house, places::VILLAGE).await;
    assert_eq!(
        item(&seen, "special", "2026-10")["missing_from"],
        "2026-12-05"
    );
    for (body, place, code) in [
        (event("2026-11-03", "还没发生"), "/event_on", "out_of_range"),
        (event("2026-11-02", "x"), "/title", "invalid_text"),
        (
            event("2026-11-02", "联系138-1234-5678"),
            "/title",
            "personal_number",
        ),
        (
            json!({ "region_code": places::VILLAGE, "item": "ledger", "event_on": "2026-11-02", "title": "账目" }),
            "/item",
            "matter_unknown",
        ),
        (
            json!({ "region_code": places::OTHER_VILLAGE, "item": "special", "event_on": "2026-11-02", "title": "账目" }),
            "/region_code",
            "region_unknown",
        ),
    ] {
        post(body).await.faulty(place, code);
    }
}

/// A table of the village's special spending with rows of these days.
fn special(days: &[&str]) -> Vec<u8> {
    let mut text =
        String::from("村名,东风村\n期间,2026-10\n序号,类别,日期,事由,数量,单价(元),金额(元)\n");
    for (place, day) in days.iter().enumerate() {
        text.push_str(&format!("{},其他,{day},维修,1,100,100.00\n", place + 1));
    }
    text.into_bytes()
}

#[tokio::test]
async fn an_event_is_answered_by_a_table_that_tells_of_its_day() {
    let house = House::new().await;
    let (clerk, publisher) = (house.clerk().await, house.publisher().await);
    let (committee, officer) = (house.committee().await, house.triage().await);
    let event = |on: &str, title: &str| json!({ "region_code": places::VILLAGE, "item": "special", "event_on": on, "title": title });
    let post = |body: Value| clerk.post("/admin/obligations").json(&body).send();
    let standing = async |made: &Value| {
        let path = format!("/admin/obligations/{}", made["id"].as_str().unwrap());
        let seen = clerk.get(&path).send().await.expect(200).json();
        seen["status"].as_str().unwrap().to_owned()
    };
    let previewed = async |by: &Staff<'_>, days: &[&str]| {
        let village = places::VILLAGE;
        let call = by.hands_in_as("special", special(days), "表", village, "2026-10", &[]);
        let seen = call.send().await.ok();
        assert_eq!(seen["errors"], json!([]), "{seen}");
        seen
    };
    let pump = post(event("2026-10-30", "东屯机井更换水泵"))
        .await
        .expect(201)
        .json();
    // A table about something else answers nothing.
    let preview = previewed(&clerk, &["2026-10-12"]).await;
    let draft = clerk.tries_to_draft(&preview).await.expect(201).json();
    let id = draft["id"].as_str().unwrap();
    committee.signs(id).await;
    publisher.publishes(id).await;
    assert_eq!(standing(&pump).await, "due");
    // Neither does it answer what is written down afterwards, but for what it tells of.
    let told = post(event("2026-10-12", "修路灯")).await.expect(201).json();
    let untold = post(event("2026-10-29", "集体车库出租"))
        .await
        .expect(201)
        .json();
    // The 12th was long ago: published on the 2nd, it is late.
    assert_eq!(standing(&told).await, "late");
    assert_eq!(standing(&untold).await, "due");
    // One row answers one event, however many there were on that day: the one that was written down first.
    house.clock_to("2026-11-02T10:30:00+08:00");
    let second = post(event("2026-10-12", "修水渠")).await.expect(201).json();
    let open = standing(&second).await;
    assert!(matches!(open.as_str(), "overdue" | "missing"), "{open}");
    // A correction that tells of them answers them, and one that does not any more opens them again.
    let correct = async |days: &[&str]| {
        let preview = previewed(&publisher, days).await;
        let made = publisher.tries_to_correct(id, &preview, "补上").await;
        let made = made.expect(202).json();
        officer
            .approves_proposal(made["proposal_id"].as_str().unwrap())
            .await;
        committee.signs(id).await;
        publisher.publishes(id).await;
    };
    correct(&["2026-10-12", "2026-10-29", "2026-10-30", "2026-10-12"]).await;
    assert_eq!(standing(&pump).await, "on_time");
    assert_eq!(standing(&second).await, "late");
    assert_eq!(standing(&untold).await, "on_time");
    correct(&["2026-10-12", "2026-10-30"]).await;
    assert_eq!(standing(&pump).await, "on_time");
    assert_eq!(standing(&told).await, "late");
    assert_eq!(standing(&second).await, open);
    assert_eq!(standing(&untold).await, "due");
}

#[tokio::test]
async fn the_catalogue_is_a_sheet_to_hang_up() {
    let house = House::new().await;
    let address = format!("/regions/{}/catalogue", places::VILLAGE);
    let items = house.reads(&address).await["items"].clone();
    let text = house
        .get(&format!("{address}.csv"))
        .send()
        .await
        .expect(200);
    let text = text.text();
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let headings = "序号,公开事项,公开依据,公开时限,公开主体,公开渠道,公开层级";
    assert_eq!(lines.next(), Some(headings));
    assert_eq!(lines.count(), items.as_array().unwrap().len());
    for item in items.as_array().unwrap() {
        assert!(text.contains(item["name"].as_str().unwrap()), "{item}");
    }
    assert!(text.contains("每月，期末次月15日前"), "{text}");
    let book = house
        .get(&format!("{address}.xlsx"))
        .send()
        .await
        .expect(200);
    assert_eq!(
        book.body.get(..2),
        Some(&b"PK"[..]),
        "a workbook is a ZIP file"
    );
    house
        .get(&format!("{address}.pdf"))
        .send()
        .await
        .problem(404, "not_found");
}

#[tokio::test]
async fn a_complaint_may_be_about_what_was_not_published() {
    let house = House::new().await;
    let (_clerk, triage) = (house.clerk().await, house.triage().await);
    house.worker().await;
    house.comes_to("2026-11-18T09:00:00+08:00").await;
    let seen = shelf(&house, places::VILLAGE).await;
    let ledger = item(&seen, "ledger", "2026-10");
    assert_eq!(ledger["status"], "overdue");
    let id = ledger["id"].as_str().unwrap();
    let filing = Filing::complaint()
        .category("disclosure")
        .about("obligation", id);
    let villager = Villager::files(&house, &filing).await;
    let case = triage.finds(&villager).await;
    let staff = triage.opens(&case).await;
    let label = "东风村2026年10月财务收支逐笔公开 · 2026-11-16";
    for view in [&staff["about"], &villager.reads().await["about"]] {
        assert_eq!(view["type"], "obligation", "{view}");
        assert_eq!(view["id"], id);
        assert_eq!(view["version"], 1);
        assert_eq!(view["label"], label);
    }
    let elsewhere = filing.with("/region_code", places::OTHER_VILLAGE);
    let refused = elsewhere.try_in(&house).await;
    refused.faulty("/about/id", "about_not_found");
}

#[tokio::test]
async fn a_publication_that_no_longer_stands_settles_nothing() {
    let house = House::new().await;
    house.clerk().await;
    adopts(&house, places::COUNTY, json!([ledger_by(15)])).await;
    house.worker().await;
    house.comes_to("2026-11-10T10:00:00+08:00").await;
    let published = publish_ledger(&house, &Ledger::of(places::VILLAGE, "2026-10")).await;
    house.comes_to("2026-12-01T10:00:00+08:00").await;
    assert_eq!(status(&house, "2026-10").await, json!(["on_time", 0]));
    // What was taken back counts for nobody.
    let id = published["id"].as_str().unwrap();
    let publisher = house.publisher().await;
    let proposal = publisher.proposes_withdrawal(id, "报错了村").await;
    house.triage().await.approves_proposal(&proposal).await;
    assert_eq!(status(&house, "2026-10").await, json!(["overdue", 15]));
    let seen = shelf(&house, places::VILLAGE).await;
    assert_eq!(
        item(&seen, "ledger", "2026-10")["disclosure_id"],
        Value::Null
    );
    let found = house
        .lists(&format!("{}?status=overdue", path(places::VILLAGE)))
        .await;
    assert_eq!(found.len(), 1);
    assert_eq!(counts(&seen), [0, 2, 1, 0, 0]);
}

#[tokio::test]
async fn a_county_s_calendar_is_read_page_by_page() {
    let house = House::new().await;
    for village in [places::VILLAGE, places::OTHER_VILLAGE] {
        house
            .staff("village_clerk", &places::committee(village), village)
            .await;
    }
    let auditor = house.auditor().await;
    house.worker().await;
    let mut seen = Vec::new();
    let mut next = Some("/admin/obligations?limit=7".to_owned());
    while let Some(address) = next {
        let page = auditor.get(&address).send().await.expect(200);
        assert_eq!(page.header("cache-control"), "no-store");
        let page = page.json();
        assert_eq!(counts(&page), [0, 20, 0, 0, 0]);
        seen.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["id"].to_string()),
        );
        next = page["next_cursor"]
            .as_str()
            .map(|cursor| format!("/admin/obligations?limit=7&cursor={cursor}"));
    }
    let all: std::collections::BTreeSet<&String> = seen.iter().collect();
    assert_eq!((seen.len(), all.len()), (20, 20));
    let one = auditor
        .get(&format!("/admin/obligations?region={}", places::VILLAGE))
        .send()
        .await
        .ok();
    assert_eq!(counts(&one), [0, 10, 0, 0, 0]);
    let abroad = auditor
        .get(&format!(
            "/admin/obligations?region={}",
            places::OTHER_COUNTY
        ))
        .send()
        .await;
    abroad.problem(404, "not_found");
}
