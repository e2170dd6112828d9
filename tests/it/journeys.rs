//! Two whole stories: a ledger line asked about, left lying until the county comes, answered at last; and a
//! complaint about the township itself, of which the township learns nothing.

use serde_json::{Value, json};

use crate::support::actors::{BRIEF, answer, dispatch};
use crate::support::sheets::Ledger;
use crate::support::{Filing, House, Villager, places, shapes};

const QUESTION: &str =
    "10月账上写着秸秆离田巡查误工补贴6人3天。我也去了三天，一分钱没拿到，也没人让我签过字。";

/// A line of a published ledger, found the way a villager finds it.
async fn line_of(house: &House, village: &str, period: &str, no: u64) -> (Value, Value) {
    let found = house
        .lists(&format!(
            "/regions/{village}/disclosures?kind=ledger&period={period}"
        ))
        .await;
    assert_eq!(found.len(), 1, "{found:?}");
    let id = found[0]["id"].as_str().unwrap();
    let lines = house
        .lists(&format!("/disclosures/{id}/lines?limit=100"))
        .await;
    let line = lines.into_iter().find(|line| line["no"] == no).unwrap();
    (found[0].clone(), line)
}

#[tokio::test]
async fn a_line_is_asked_about_left_lying_and_answered_at_last() {
    let house = House::new().await;

    // The clerk hands in October's ledger, the committee signs, the agency publishes.
    let ledger = Ledger::of(places::VILLAGE, "2026-10");
    let clerk = house.clerk().await;
    let preview = clerk.previews(&ledger).await;
    assert_eq!(preview["errors"], json!([]), "{preview}");
    let draft = clerk.tries_to_draft(&preview).await.expect(201).json();
    assert_eq!(draft["state"], "draft");
    let disclosure = draft["id"].as_str().unwrap();
    house
        .get(&format!("/disclosures/{disclosure}"))
        .send()
        .await
        .problem(404, "not_found");
    let signed = house.committee().await.signs(disclosure).await;
    assert_eq!(signed["state"], "signed");
    let published = house.publisher().await.publishes(disclosure).await;
    assert_eq!(published["state"], "published");

    // A villager reads it line by line and asks about one.
    let (shown, line) = line_of(&house, places::VILLAGE, "2026-10", 2).await;
    assert_eq!(shown["line_count"], 12);
    assert_eq!(line["summary"].as_str().unwrap(), ledger.lines[1][3]);
    let filing = Filing::complaint()
        .category("accounts")
        .text(QUESTION)
        .about("disclosure_line", line["id"].as_str().unwrap())
        .against_post(&format!(
            "{}-reporter-clerk",
            places::committee(places::VILLAGE)
        ))
        .confidential("演示卯", "13800000001");
    let villager = Villager::files(&house, &filing).await;
    let filed = &villager.filed;
    assert_eq!(
        (&filed["state"], &filed["level"]),
        (&json!("submitted"), &json!(1))
    );
    assert_eq!(shapes::timer(filed, "accept", 1)["due_date"], "2026-11-03");
    assert_eq!(shapes::timer(filed, "handle", 1)["due_date"], "2026-11-23");
    assert_eq!(filed["working_days_left"], 15);
    assert_eq!(filed["promise"], Value::Null);

    // Triage takes it up and gives it to the township's government, in words that do not betray the writer.
    let (triage, handler) = (house.triage().await, house.handler().await);
    let (county, city) = (house.county().await, house.city().await);
    handler.does_not_find(&villager).await;
    let id = triage.finds(&villager).await;
    let seen = triage.opens(&id).await;
    assert_eq!(seen["text"], QUESTION);
    assert_eq!(
        shapes::id_of(&seen["supervising_unit"]).unwrap(),
        places::organ(places::TOWNSHIP)
    );
    assert_eq!(seen["about"]["id"], line["id"]);
    triage.accepts(&id).await;
    triage
        .dispatches(&id, &places::government(places::TOWNSHIP), BRIEF)
        .await;

    // The handler sees the brief, and neither the words nor how much of himself the writer showed.
    assert_eq!(handler.finds(&villager).await, id);
    let seen = handler.tries_to_open(&id).await.expect(200);
    for secret in [
        QUESTION,
        "一分钱没拿到",
        "confidential",
        "演示卯",
        "13800000001",
        &villager.receipt,
    ] {
        assert!(!seen.text().contains(secret), "{secret}: {seen:?}");
    }
    let seen = seen.json();
    assert_eq!(seen["brief"], BRIEF);
    shapes::has_not(&seen, "identity identity_mode");
    assert!(seen.get("text").is_none_or(Value::is_null), "{seen}");
    let received = seen["received_at"].as_str().unwrap();
    assert!(
        received.starts_with("2026-11-02T00:00:00"),
        "times by the day: {received}"
    );

    county.does_not_find(&villager).await;

    // Nobody does anything. Green, blue after half of the time, yellow three days before the end.
    for (moment, light, steps) in [
        ("2026-11-12T08:59:59+08:00", "green", 0),
        ("2026-11-12T09:00:00+08:00", "blue", 1),
        ("2026-11-19T08:59:59+08:00", "blue", 1),
        ("2026-11-19T09:00:00+08:00", "yellow", 2),
        ("2026-11-23T23:59:59+08:00", "yellow", 2),
        ("2026-11-24T00:00:00+08:00", "red", 3),
        ("2026-11-26T23:59:59+08:00", "red", 3),
        ("2026-11-27T00:00:00+08:00", "red", 4),
    ] {
        house.comes_to(moment).await;
        let view = triage.opens(&id).await;
        assert_eq!(view["light"], light, "at {moment}");
        assert_eq!(villager.reads().await["light"], light, "at {moment}");
        assert_eq!(
            shapes::steps(&view, "handle", 1).len(),
            steps,
            "at {moment}: {view}"
        );
        assert_eq!(view["state"], "dispatched");
    }

    // Each step once, with the time it was due; the case has come to the county.
    house.worker().await;
    let view = triage.opens(&id).await;
    let due = |step: &str, at: &str| (step.to_owned(), at.to_owned());
    assert_eq!(
        shapes::steps(&view, "handle", 1),
        [
            due("remind", "2026-11-12T09:00:00+08:00"),
            due("warn", "2026-11-19T09:00:00+08:00"),
            due("red", "2026-11-24T00:00:00+08:00"),
            due("county", "2026-11-27T00:00:00+08:00"),
        ]
    );
    let last = view["escalations"].as_array().unwrap().last().unwrap();
    assert_eq!(last["to_organisation_id"], places::organ(places::COUNTY));
    assert_eq!((&view["level"], &view["round"]), (&json!(2), &json!(1)));
    assert_eq!(
        shapes::id_of(&view["supervising_unit"]).unwrap(),
        places::organ(places::TOWNSHIP),
        "the upper organ joins; it does not take over by itself"
    );
    let read = villager.reads().await;
    assert_eq!(read["level"], 2);
    assert_eq!(shapes::timer(&read, "handle", 1)["breached"], true);
    assert!(read["working_days_left"].as_i64().unwrap() < 0);

    // The county's people see it and say so; the city's do not.
    city.does_not_find(&villager).await;
    assert_eq!(county.finds(&villager).await, id);
    house.clock_to("2026-11-27T09:30:00+08:00");
    assert!(county.may(&id).await.contains(&"acknowledge".to_owned()));
    // It stands in the list of what came up to this desk, until it was acknowledged.
    let came_up = async || county.queue("waiting=acknowledge").await.len();
    assert_eq!(came_up().await, 1);
    county.acts(&id, json!({ "action": "acknowledge" })).await;
    assert_eq!(came_up().await, 0);
    assert!(!county.may(&id).await.contains(&"acknowledge".to_owned()));

    // Letters went out in office hours, to the unit, to triage; none says what it is about.
    house.worker().await;
    let letters = house.letters();
    for somebody in [&triage.email, &handler.email] {
        let theirs: Vec<_> = letters
            .iter()
            .filter(|letter| letter.to.contains(somebody))
            .collect();
        assert!(!theirs.is_empty(), "no letter to {somebody}");
    }
    for letter in &letters {
        assert!(!letter.subject.is_empty(), "{letter:?}");
        for secret in [
            QUESTION,
            "误工补贴",
            "秸秆",
            "演示卯",
            "13800000001",
            &villager.receipt,
            BRIEF,
        ] {
            assert!(!letter.text.contains(secret), "{secret}: {letter:?}");
        }
    }

    // The handler wakes up, answers; triage, who did not handle it, approves.
    house.clock_to("2026-11-27T10:00:00+08:00");
    handler.starts(&id).await;
    let facts = "补贴6人3天共1800元，签领表上漏了您的名字，考勤表上有。";
    handler.acts(&id, answer(facts)).await;
    handler
        .tries(&id, json!({ "action": "approve", "note": "自己批" }))
        .await
        .problem(403, "not_permitted");
    assert_eq!(
        villager.reads().await["answer"],
        Value::Null,
        "not before it is approved"
    );
    triage.approves(&id).await;

    // The villager reads and rates it; the case is closed and its lateness stays.
    let read = villager.reads().await;
    assert_eq!(read["state"], "answered");
    assert_eq!(read["answer"]["facts"], facts);
    assert_eq!(read["answer"]["result"], "resolved");
    assert_eq!(
        read["light"],
        Value::Null,
        "no light while only the rating is awaited"
    );
    assert!(shapes::words(&read["allowed_actions"]).contains(&"rate".to_owned()));
    villager.rates("satisfied").await;
    let read = villager.reads().await;
    assert_eq!(read["state"], "closed");
    assert_eq!(read["rating"]["rating"], "satisfied");
    assert_eq!(read["rating"]["late"], false);
    let handle = shapes::timer(&read, "handle", 1);
    assert_eq!(handle["breached"], true);
    assert_eq!(handle["stopped_at"], "2026-11-27T10:00:00+08:00");

    // Nothing more happens, ever.
    house.comes_to("2027-03-01T12:00:00+08:00").await;
    let view = triage.opens(&id).await;
    assert_eq!(view["escalations"].as_array().unwrap().len(), 4, "{view}");
    assert_eq!(view["state"], "closed");
    let history = shapes::history(&read);
    let at = |action: &str| history.iter().position(|other| other == action);
    for (first, then) in [
        ("accept", "dispatch"),
        ("dispatch", "start"),
        ("start", "submit_answer"),
        ("submit_answer", "approve"),
        ("approve", "rate"),
    ] {
        assert!(
            at(first).is_some() && at(first) < at(then),
            "{first} before {then}: {history:?}"
        );
    }

    // Nothing that was said in confidence lies anywhere in clear.
    for secret in ["演示卯", "13800000001", &villager.receipt] {
        assert_eq!(house.database.tables_with(secret), [""; 0], "{secret}");
        assert!(!house.everything_written().contains(secret), "{secret}");
    }
}

const AGAINST_TOWNSHIP: &str =
    "到镇里办事，窗口让我下周再来，下周又说材料不对，来回跑了三趟，请管管。";

#[tokio::test]
async fn a_complaint_about_the_township_is_unknown_to_the_township() {
    let house = House::new().await;
    let (triage, handler) = (house.triage().await, house.handler().await);
    let filing = Filing::complaint()
        .category("conduct")
        .text(AGAINST_TOWNSHIP)
        .against_group("township");
    let villager = Villager::files(&house, &filing).await;
    assert_eq!(
        villager.filed["level"], 2,
        "the county's from the first second"
    );

    // The county has it at once, in its queue and under its number and its words.
    let county = house.county().await;
    let id = county.finds(&villager).await;
    let view = county.opens(&id).await;
    assert_eq!(
        shapes::id_of(&view["supervising_unit"]).unwrap(),
        places::organ(places::COUNTY)
    );
    assert_eq!(county.queue("").await.len(), 1);
    assert_eq!(county.queue("q=来回跑了三趟").await.len(), 1);

    // Of the township nobody does: not in a list, under a number or words, by id, in the history; and what
    // they are told is what they are told of a case that never was.
    let nobody_knows = async |stage: &str| {
        let neighbour = house.neighbour_triage().await;
        for person in [&triage, &handler, &neighbour] {
            for query in [
                String::new(),
                format!("q={}", villager.number),
                "q=来回跑了三趟".to_owned(),
                "state=submitted".to_owned(),
                format!("region={}", places::VILLAGE),
                "category=conduct".to_owned(),
                "light=green".to_owned(),
                "sort=due_at".to_owned(),
                "limit=1".to_owned(),
            ] {
                let list = person
                    .get(&format!("/admin/complaints?{query}"))
                    .send()
                    .await
                    .expect(200)
                    .json();
                assert_eq!(list["items"], json!([]), "{stage}: {query}");
                assert_eq!(list["next_cursor"], Value::Null, "{stage}: {query}");
                assert!(
                    !list.to_string().contains(&villager.number),
                    "{stage}: {query}"
                );
            }
            let random = "00000000000000000000000000000000";
            for rest in ["", "/events", "/timers/handle/explain"] {
                let real = person
                    .get(&format!("/admin/complaints/{id}{rest}"))
                    .send()
                    .await;
                let never = person
                    .get(&format!("/admin/complaints/{random}{rest}"))
                    .send()
                    .await;
                assert_eq!((real.status, never.status), (404, 404), "{stage}: {rest}");
                assert_eq!(
                    real.anonymous_problem(),
                    never.anonymous_problem(),
                    "{stage}: {rest}"
                );
                assert_eq!(real.headers.len(), never.headers.len(), "{stage}: {rest}");
            }
            for action in [
                json!({ "action": "accept" }),
                json!({ "action": "note", "text": "看看" }),
            ] {
                let real = person.sends(&id, "\"1\"", &action).await;
                let never = person.sends(random, "\"1\"", &action).await;
                assert_eq!((real.status, never.status), (404, 404), "{stage}: {action}");
                assert_eq!(
                    real.anonymous_problem(),
                    never.anonymous_problem(),
                    "{stage}: {action}"
                );
            }
        }
    };
    nobody_knows("filed").await;

    // The county takes it up. It may not give it to a unit of that township.
    county.accepts(&id).await;
    for unit in [
        places::government(places::TOWNSHIP),
        places::agency(places::TOWNSHIP),
    ] {
        let refused = county.tries(&id, dispatch(&unit, BRIEF)).await;
        assert_eq!(refused.status, 422, "{refused:?}");
        refused.faulty("/organisation_id", "unit_touched");
    }
    let village = county
        .tries(&id, dispatch(&places::committee(places::VILLAGE), BRIEF))
        .await;
    assert_eq!(
        village.status, 422,
        "a village committee handles nothing about somebody"
    );
    county
        .dispatches(&id, &places::bureau(places::COUNTY), BRIEF)
        .await;
    nobody_knows("dispatched").await;

    // A unit of the county does the work; to the end the township learns nothing, letters included.
    let bureau = house.handler_of(&places::bureau(places::COUNTY)).await;
    assert_eq!(bureau.finds(&villager).await, id);
    bureau.starts(&id).await;
    house.comes_to("2026-11-27T09:30:00+08:00").await;
    nobody_knows("red").await;
    bureau.answers(&id).await;
    county.approves(&id).await;
    villager.rates("basically_satisfied").await;
    house.comes_to("2026-12-07T10:00:00+08:00").await;
    nobody_knows("closed").await;
    for letter in house.letters() {
        for person in [&triage, &handler] {
            assert!(!letter.to.contains(&person.email), "{letter:?}");
        }
    }
}

#[tokio::test]
async fn whoever_the_complaint_names_is_recused_wherever_he_works() {
    let house = House::new().await;
    // He leads the village's committee and works for the county besides.
    let (double, other) = (house.county().await, house.county().await);
    let post = format!("{}-director", places::committee(places::VILLAGE));
    house.inside.holds_post(&house.database, &double.id, &post);
    let filing = Filing::complaint()
        .against_group("township")
        .against_post(&post);
    let villager = Villager::files(&house, &filing).await;
    let id = other.finds(&villager).await;
    double.does_not_find(&villager).await;
    double.cannot_open(&id).await;
    let about_others =
        Villager::files(&house, &Filing::complaint().against_group("township")).await;
    double.finds(&about_others).await;
}
