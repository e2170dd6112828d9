//! Deadlines, lights and the ladder, as far as they show over HTTP. The numbers are those of `sla.md`.

use serde_json::{Value, json};

use crate::support::actors::{BRIEF, Township};
use crate::support::{Filing, House, Villager, places, shapes};

async fn deadline(house: &House, from: &str, amount: u32, unit: &str) -> Value {
    let body =
        json!({ "from": from, "amount": amount, "unit": unit, "region_code": places::COUNTY });
    house
        .post("/deadlines")
        .json(&body)
        .send()
        .await
        .expect(200)
        .json()
}

async fn due_date(house: &House, day: &str, amount: u32) -> String {
    let found = deadline(
        house,
        &format!("{day}T10:00:00+08:00"),
        amount,
        "working_day",
    )
    .await;
    found["due_date"].as_str().unwrap().to_owned()
}

fn skipped(found: &Value) -> Vec<&str> {
    found["skipped"]
        .as_array()
        .unwrap()
        .iter()
        .map(|day| day["date"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn the_vectors_of_the_domain_notes() {
    let house = House::new().await;
    for (start, dates) in [
        (
            "2026-02-13",
            ["2026-02-14", "2026-02-25", "2026-02-27", "2026-03-12"],
        ),
        (
            "2026-09-30",
            ["2026-10-08", "2026-10-10", "2026-10-13", "2026-10-27"],
        ),
    ] {
        for (amount, date) in [1, 3, 5, 15].into_iter().zip(dates) {
            assert_eq!(
                due_date(&house, start, amount).await,
                date,
                "{start} + {amount}"
            );
        }
    }
    // Whenever on the day it began, and also on a rest day, the start day is not counted.
    for from in [
        "2026-11-06T00:00:00+08:00",
        "2026-11-06T23:59:59+08:00",
        "2026-11-07T12:00:00+08:00",
    ] {
        let found = deadline(&house, from, 1, "working_day").await;
        assert_eq!(found["due_date"], "2026-11-09", "{from}");
    }
}

#[tokio::test]
async fn t1_a_holiday_inside_the_window_moves_the_deadline_later() {
    let house = House::new().await;
    let found = deadline(&house, "2026-04-01T10:00:00+08:00", 3, "working_day").await;
    assert_eq!(found["due_date"], "2026-04-07");
    assert_eq!(skipped(&found), ["2026-04-04", "2026-04-05", "2026-04-06"]);
    assert_eq!(found["skipped"][2]["reason"], "清明");
    assert_eq!(found["provisional"], false);
    assert!(found["calendar_version"].as_u64().unwrap() >= 1);
    let body = json!({ "from": "2026-04-01T10:00:00+08:00", "amount": 3, "unit": "working_day",
        "region_code": places::COUNTY });
    let english = house
        .post("/deadlines")
        .header("accept-language", "en")
        .json(&body)
        .send()
        .await
        .ok();
    assert_eq!(english["skipped"][2]["reason"], "Tomb-Sweeping Day");
    assert_eq!(english["due_at"], found["due_at"]);
}

#[tokio::test]
async fn t9_an_hour_of_friday_afternoon_ends_on_monday() {
    let house = House::new().await;
    let found = deadline(&house, "2026-11-27T16:30:00+08:00", 1, "hour").await;
    assert_eq!(found["due_at"], "2026-11-30T09:30:00+08:00");
    assert_eq!(found["due_date"], "2026-11-30");
    let found = deadline(&house, "2026-11-27T16:30:00+08:00", 45, "minute").await;
    assert_eq!(found["due_at"], "2026-11-30T09:15:00+08:00");
    let found = deadline(&house, "2026-11-27T16:30:00+08:00", 24, "clock_hour").await;
    assert_eq!(found["due_at"], "2026-11-28T16:30:00+08:00");
}

async fn counted(house: &House, more: Value) -> Value {
    let mut body = json!({ "unit": "hour", "region_code": places::COUNTY });
    body.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    house.post("/deadlines").json(&body).send().await.ok()
}

#[tokio::test]
async fn t10_two_ranges_a_day_leave_lunch_out() {
    let house = House::new().await;
    let lunch = json!([["09:00", "12:00"], ["13:30", "17:00"]]);
    let found = counted(
        &house,
        json!({ "from": "2026-11-27T11:30:00+08:00", "amount": 2, "office_hours": lunch }),
    )
    .await;
    assert_eq!(found["due_at"], "2026-11-27T15:00:00+08:00");
    let found = counted(
        &house,
        json!({ "from": "2026-11-27T16:30:00+08:00", "amount": 4, "office_hours": lunch }),
    )
    .await;
    assert_eq!(found["due_at"], "2026-11-30T14:00:00+08:00");
}

#[tokio::test]
async fn t13_a_pause_across_holidays_counts_working_time_once() {
    let house = House::new().await;
    // The National Day holiday lies in the pause: of it only the two working days are given back.
    let body = json!({ "from": "2026-09-28T10:00:00+08:00", "amount": 5, "unit": "working_day",
        "pauses": [
            { "from": "2026-09-29T10:00:00+08:00", "to": "2026-10-08T10:00:00+08:00" },
            { "from": "2026-09-30T10:00:00+08:00", "to": "2026-10-03T10:00:00+08:00" },
        ] });
    let found = counted(&house, body).await;
    assert_eq!(found["due_date"], "2026-10-13");
}

#[tokio::test]
async fn a_limit_that_no_date_can_say_is_refused() {
    let house = House::new().await;
    for (from, unit) in [
        ("9999-12-30T10:00:00+08:00", "working_day"),
        ("9999-12-30T10:00:00+08:00", "calendar_day"),
        ("9999-12-31T10:00:00+08:00", "clock_hour"),
        ("9999-12-31T10:00:00+08:00", "hour"),
    ] {
        let body =
            json!({ "from": from, "amount": 20, "unit": unit, "region_code": places::COUNTY });
        let answer = house.post("/deadlines").json(&body).send().await;
        answer.faulty("/from", "too_far_ahead");
    }
    deadline(&house, "9998-01-01T10:00:00+08:00", 400, "calendar_day").await;
}

#[tokio::test]
async fn t15_a_make_up_day_counts_and_the_day_it_pays_for_does_not() {
    let house = House::new().await;
    // A Sunday on which people work, before the National Day.
    assert_eq!(due_date(&house, "2026-09-19", 1).await, "2026-09-20");
    assert_eq!(due_date(&house, "2026-02-27", 1).await, "2026-02-28");
    // A Wednesday in the holiday.
    assert_eq!(due_date(&house, "2026-10-06", 1).await, "2026-10-08");
}

#[tokio::test]
async fn t17_late_is_the_next_date_and_not_a_second_before() {
    let house = House::new().await;
    let found = deadline(&house, "2026-11-26T15:00:00+08:00", 1, "working_day").await;
    assert_eq!(found["due_date"], "2026-11-27");
    assert_eq!(found["due_at"], "2026-11-28T00:00:00+08:00");
    assert_eq!(skipped(&found), [""; 0]);
}

#[tokio::test]
async fn t18_the_offset_of_the_sender_changes_nothing() {
    let house = House::new().await;
    let here = deadline(&house, "2026-11-27T00:30:00+08:00", 5, "working_day").await;
    for same in ["2026-11-26T16:30:00Z", "2026-11-26T11:30:00-05:00"] {
        assert_eq!(
            deadline(&house, same, 5, "working_day").await,
            here,
            "{same}"
        );
    }
}

#[tokio::test]
async fn t20_a_year_without_a_calendar_is_provisional_until_it_comes() {
    let house = House::new().await;
    let from = "2026-12-28T10:00:00+08:00";
    let before = deadline(&house, from, 5, "working_day").await;
    assert_eq!(before["provisional"], true);
    assert_eq!(
        deadline(&house, "2026-11-02T10:00:00+08:00", 15, "working_day").await["provisional"],
        false
    );
    let villager_before = {
        house.clock_to(from);
        Villager::files(&house, &Filing::complaint()).await.filed
    };
    assert_eq!(
        shapes::timer(&villager_before, "handle", 1)["provisional"],
        true
    );
    house
        .inside
        .import_holidays(
            "date,kind,name\n2027-01-01,off,元旦\n2027-01-02,off,元旦\n2027-01-03,off,元旦\n2027-10-01,off,国庆节\n",
        )
        .await;
    let after = deadline(&house, from, 5, "working_day").await;
    assert_eq!(after["provisional"], false);
    assert!(after["calendar_version"].as_u64() > before["calendar_version"].as_u64());
    assert!(skipped(&after).contains(&"2027-01-01"));
    let filed = Villager::files(&house, &Filing::complaint()).await.filed;
    assert_eq!(shapes::timer(&filed, "handle", 1)["provisional"], false);
}

#[tokio::test]
async fn calendar_days_roll_off_a_rest_day_unless_told_not_to() {
    let house = House::new().await;
    for (roll, date) in [
        (None, "2026-02-24"),
        (Some("next_working_day"), "2026-02-24"),
        (Some("none"), "2026-02-16"),
    ] {
        let mut body = json!({ "from": "2026-02-01T10:00:00+08:00", "amount": 15, "unit": "calendar_day",
            "region_code": places::COUNTY });
        if let Some(roll) = roll {
            body["roll"] = json!(roll);
        }
        let found = house.post("/deadlines").json(&body).send().await.ok();
        assert_eq!(found["due_date"], date, "{roll:?}");
    }
}

#[tokio::test]
async fn asked_by_query_or_body_it_is_the_same() {
    let house = House::new().await;
    let posted = deadline(&house, "2026-09-30T10:00:00+08:00", 15, "working_day").await;
    for from in ["2026-09-30T10:00:00%2B08:00", "2026-09-30T02:00:00Z"] {
        let query = format!(
            "from={from}&amount=15&unit=working_day&region_code={}",
            places::COUNTY
        );
        assert_eq!(
            house.reads(&format!("/deadlines?{query}")).await,
            posted,
            "{from}"
        );
    }
    shapes::has(
        &posted,
        "due_at due_date provisional calendar_version skipped",
    );
}

#[tokio::test]
async fn a_bad_question_names_its_fault() {
    let house = House::new().await;
    let good = json!({ "from": "2026-11-02T09:00:00+08:00", "amount": 3, "unit": "working_day",
        "region_code": places::COUNTY });
    for (field, value, codes) in [
        ("amount", json!(0), "out_of_range"),
        ("amount", json!(401), "out_of_range"),
        ("amount", json!(-1), "out_of_range|wrong_type"),
        ("amount", json!("3"), "wrong_type"),
        ("unit", json!("fortnight"), "wrong_type"),
        ("from", json!("yesterday"), "invalid_time|wrong_type"),
        ("from", json!("2026-11-02"), "invalid_time|wrong_type"),
        ("region_code", json!("12"), "invalid_region_code|wrong_type"),
        ("roll", json!("backwards"), "wrong_type"),
    ] {
        let mut body = good.clone();
        body[field] = value;
        let answer = house.post("/deadlines").json(&body).send().await;
        assert_eq!(answer.status, 422, "{body}: {answer:?}");
        answer.faulty(&format!("/{field}"), codes);
    }
    for amount in [1, 400] {
        deadline(&house, "2026-01-05T09:00:00+08:00", amount, "working_day").await;
    }
}

// ---------------------------------------------------------------- clocks of cases

#[tokio::test]
async fn t2_words_edits_and_looks_move_no_clock() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (villager, id) = township.case_in("handling", &Filing::complaint()).await;
    let before = villager.reads().await["timers"].clone();
    for day in 3..13 {
        house
            .comes_to(&format!("2026-11-{day:02}T10:00:00+08:00"))
            .await;
        villager.says("有消息吗？").await;
        township.triage.writes(&id, "在办。").await;
        township
            .triage
            .acts(&id, json!({ "action": "note", "text": "催过" }))
            .await;
    }
    let read = villager.reads().await;
    assert_eq!(read["timers"], before);
    assert_eq!(read["light"], "blue", "words are no progress");
}

#[tokio::test]
async fn the_light_is_the_worst_of_those_that_run() {
    let house = House::new().await;
    let triage = house.triage().await;
    let villager = Villager::files(&house, &Filing::complaint()).await;
    let id = triage.finds(&villager).await;
    for (moment, light) in [
        ("2026-11-02T16:59:59+08:00", "green"),
        ("2026-11-03T08:59:59+08:00", "green"),
        ("2026-11-03T09:00:00+08:00", "yellow"),
        ("2026-11-03T23:59:59+08:00", "yellow"),
        ("2026-11-04T00:00:00+08:00", "red"),
    ] {
        house.comes_to(moment).await;
        assert_eq!(villager.reads().await["light"], light, "{moment}");
        assert_eq!(
            triage.queue(&format!("light={light}")).await.len(),
            1,
            "{moment}"
        );
    }
    let view = triage.accepts(&id).await;
    let accept = shapes::timer(&view, "accept", 1);
    assert_eq!(
        (&accept["breached"], &accept["stopped_at"]),
        (&json!(true), &json!("2026-11-04T00:00:00+08:00"))
    );
    assert_eq!(view["light"], "green", "the late one has stopped");
    assert_eq!(triage.queue("light=red").await.len(), 0);
}

#[tokio::test]
async fn t6_a_later_clock_never_overrules_an_unmet_earlier_one() {
    let house = House::new().await;
    // A question: accepted within 1 working day, answered within 3. Nobody touches it.
    let villager = Villager::files(&house, &Filing::complaint().kind("question")).await;
    let city = house.city().await;
    for day in [
        "03", "04", "05", "06", "07", "09", "10", "11", "12", "13", "16",
    ] {
        house
            .comes_to(&format!("2026-11-{day}T10:00:00+08:00"))
            .await;
    }
    let view = city.opens(&city.finds(&villager).await).await;
    let names = |stage: &str| -> Vec<String> {
        shapes::steps(&view, stage, 1)
            .into_iter()
            .map(|(step, _)| step)
            .collect()
    };
    assert_eq!(names("accept"), ["warn", "red", "county", "city"]);
    assert_eq!(
        shapes::steps(&view, "accept", 1)[2].1,
        "2026-11-07T00:00:00+08:00"
    );
    let handle = names("handle");
    assert!(
        !handle.contains(&"county".to_owned()) && !handle.contains(&"city".to_owned()),
        "{handle:?}"
    );
    assert!(
        handle.contains(&"red".to_owned()),
        "it is late all the same: {handle:?}"
    );
    assert_eq!(
        (&view["level"], &view["state"]),
        (&json!(3), &json!("submitted"))
    );
}

#[tokio::test]
async fn t8_a_breach_stays_through_rework() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (villager, id) = township.case_in("handling", &Filing::complaint()).await;
    house.comes_to("2026-11-25T10:00:00+08:00").await;
    township.handler.answers(&id).await;
    township.triage.approves(&id).await;
    let handle = shapes::timer(&villager.reads().await, "handle", 1);
    assert_eq!(handle["breached"], true);
    house.comes_to("2026-11-26T10:00:00+08:00").await;
    villager.rates("dissatisfied").await;
    let read = villager.reads().await;
    assert_eq!(
        shapes::timer(&read, "handle", 1),
        handle,
        "history is not rewritten"
    );
    let rework = shapes::timer(&read, "rework", 2);
    assert_eq!(
        (&rework["breached"], &rework["due_date"]),
        (&json!(false), &json!("2026-12-07"))
    );
    assert_eq!(read["light"], "green");
    township.handler.answers(&id).await;
    township.triage.approves(&id).await;
    villager.rates("satisfied").await;
    assert_eq!(shapes::timer(&villager.reads().await, "handle", 1), handle);
}

#[tokio::test]
async fn t21_thirty_days_switched_off_every_step_comes_in_order_once_with_its_true_time() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (county, city) = (house.county().await, house.city().await);
    let (villager, id) = township.case_in("dispatched", &Filing::complaint()).await;
    house.clock_to("2026-12-02T09:00:00+08:00");
    house.worker().await;
    house.worker().await;
    let view = township.triage.opens(&id).await;
    let step = |step: &str, due: &str| (step.to_owned(), due.to_owned());
    assert_eq!(
        shapes::steps(&view, "handle", 1),
        [
            step("remind", "2026-11-12T09:00:00+08:00"),
            step("warn", "2026-11-19T09:00:00+08:00"),
            step("red", "2026-11-24T00:00:00+08:00"),
            step("county", "2026-11-27T00:00:00+08:00"),
            step("city", "2026-12-01T00:00:00+08:00"),
        ]
    );
    for taken in view["escalations"].as_array().unwrap() {
        assert_eq!(taken["fired_at"], "2026-12-02T09:00:00+08:00");
        shapes::has(taken, "stage round step due_at fired_at to_organisation_id");
    }
    assert_eq!(view["level"], 3);
    city.finds(&villager).await;
    county.finds(&villager).await;
}

#[tokio::test]
async fn what_a_step_writes_is_dated_as_the_step_is() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (_, id) = township.case_in("dispatched", &Filing::complaint()).await;
    house.clock_to("2026-11-12T09:00:00+08:00");
    // Another worker, whose clock is eight seconds ahead, took a step of the case.
    // 09:00:08 of that day in China.
    let ahead = 1_794_445_208_000_000_i64;
    house.database.run_with(
        &format!(
            "INSERT INTO escalations (complaint_id, stage, round, step, due_at, fired_at) VALUES ($1, 'rework', 9, 'remind', {ahead}, {ahead})"
        ),
        &[&id],
    );
    house.worker().await;
    let view = township.triage.opens(&id).await;
    let steps = view["escalations"].as_array().unwrap();
    let taken = steps.iter().find(|step| step["stage"] == "handle").unwrap();
    assert_eq!(
        taken["fired_at"], "2026-11-12T09:00:08+08:00",
        "after the step before it"
    );
    let letters = "SELECT count(*) FROM outbox WHERE template = 'remind' AND created_at";
    let count = |rest: String| house.database.count(&format!("{letters} {rest}"));
    assert!(
        count(format!("= {ahead}")) > 0,
        "its letter is of the same moment"
    );
    assert_eq!(count(format!("<> {ahead}")), 0);
}

#[tokio::test]
async fn an_organ_that_does_not_acknowledge_brings_the_next_step_early() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (county, _city) = (house.county().await, house.city().await);
    let (_, idle) = township.case_in("dispatched", &Filing::complaint()).await;
    let (_, seen) = township.case_in("dispatched", &Filing::complaint()).await;
    // Late since midnight; both are called upward by hand, one is acknowledged, the other left lying.
    house.comes_to("2026-11-24T09:00:00+08:00").await;
    for id in [&idle, &seen] {
        township
            .triage
            .acts(id, json!({ "action": "escalate", "reason": "请看" }))
            .await;
    }
    county.acts(&seen, json!({ "action": "acknowledge" })).await;
    let steps = async |id: &str| -> Vec<String> {
        let view = township.triage.opens(id).await;
        shapes::steps(&view, "handle", 1)
            .into_iter()
            .map(|(step, _)| step)
            .collect()
    };
    for (moment, of_idle, of_seen) in [
        ("2026-11-25T23:59:59+08:00", 3, 3),
        ("2026-11-26T00:00:00+08:00", 4, 3),
        ("2026-11-27T00:00:00+08:00", 5, 4),
    ] {
        house.comes_to(moment).await;
        assert_eq!(
            (steps(&idle).await.len(), steps(&seen).await.len()),
            (of_idle, of_seen),
            "{moment}"
        );
    }
    // Acknowledged or not, what comes later comes at its time at the latest.
    house.comes_to("2026-12-01T00:00:00+08:00").await;
    assert_eq!(
        steps(&idle).await,
        // The county was called by hand and kept silent: the city came early, the ladder's own steps kept
        // their dates.
        ["remind", "warn", "red", "city", "county"]
    );
    assert_eq!(
        steps(&seen).await,
        ["remind", "warn", "red", "county", "city"]
    );
}

#[tokio::test]
async fn t22_answered_in_the_second_it_falls_due() {
    let house = House::busy().await;
    let township = Township::of(&house).await;
    let approve = json!({ "action": "approve", "note": "同意" });
    // In the last second: in time, and no step follows.
    let (villager, in_time) = township.case_in("under_review", &Filing::complaint()).await;
    let (_, too_late) = township.case_in("under_review", &Filing::complaint()).await;
    let (_, at_once) = township.case_in("under_review", &Filing::complaint()).await;
    house.comes_to("2026-11-03T10:00:00+08:00").await;
    house.clock_to("2026-11-23T23:59:59+08:00");
    township.triage.acts(&in_time, approve.clone()).await;
    house.clock_to("2026-11-24T00:00:00+08:00");
    // In the due second, before the worker came: late, and no step follows.
    let view = township.triage.acts(&too_late, approve.clone()).await;
    assert_eq!(shapes::timer(&view, "handle", 1)["breached"], true);
    // In the due second, together with the worker.
    let version = township.triage.tries_to_open(&at_once).await.etag();
    let (answered, ()) = tokio::join!(
        township.triage.sends(&at_once, &version, &approve),
        house.inside.worker_once()
    );
    house.worker().await;
    let reds = |view: &Value| {
        shapes::steps(view, "handle", 1)
            .into_iter()
            .filter(|(step, _)| step == "red")
            .count()
    };
    let view = township.triage.opens(&in_time).await;
    assert_eq!(
        (reds(&view), &shapes::timer(&view, "handle", 1)["breached"]),
        (0, &json!(false)),
        "{view}"
    );
    let view = township.triage.opens(&too_late).await;
    assert_eq!(reds(&view), 0, "answered, so not escalated: {view}");
    let view = township.triage.opens(&at_once).await;
    match answered.status {
        // The worker was first and changed what was seen; or it was not, and then nothing was escalated later.
        200 => assert!(reds(&view) <= 1 && view["state"] == "answered", "{view}"),
        412 => assert!(
            reds(&view) == 1 && view["state"] == "under_review",
            "{view}"
        ),
        _ => panic!("{answered:?}"),
    }
    assert_eq!(villager.state().await, "answered");
}

#[tokio::test]
async fn t16_notices_wait_for_the_office_to_open() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    township.case_in("dispatched", &Filing::complaint()).await;
    house.comes_to("2026-11-23T10:00:00+08:00").await;
    let before = house.letters().len();
    // Red at midnight; nobody's telephone rings.
    house.comes_to("2026-11-24T00:00:00+08:00").await;
    assert_eq!(house.letters().len(), before);
    house.comes_to("2026-11-24T08:59:59+08:00").await;
    assert_eq!(house.letters().len(), before);
    house.comes_to("2026-11-24T09:00:00+08:00").await;
    let letters = house.letters();
    assert!(letters.len() > before);
    assert!(
        letters
            .iter()
            .any(|letter| letter.to.contains(&township.triage.email))
    );
    house.worker().await;
    assert_eq!(house.letters().len(), letters.len(), "once");
}

#[tokio::test]
async fn closed_withdrawn_and_answered_cases_climb_no_ladder() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let mut ids = Vec::new();
    for state in ["answered", "closed", "withdrawn"] {
        ids.push(township.case_in(state, &Filing::complaint()).await.1);
    }
    house.comes_to("2027-01-15T10:00:00+08:00").await;
    for id in ids {
        let view = township.triage.opens(&id).await;
        assert_eq!(view["escalations"], json!([]), "{view}");
        assert_eq!(view["light"], Value::Null);
        assert_eq!(view["level"], 1);
    }
}

#[tokio::test]
async fn t5_nobody_on_a_rung_is_the_next_rung_and_no_silent_skip() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (city, operator) = (house.city().await, house.administrator().await);
    // Nobody works in the county's organ.
    let (villager, id) = township.case_in("dispatched", &Filing::complaint()).await;
    for day in ["12", "19", "24", "27"] {
        house
            .comes_to(&format!("2026-11-{day}T10:00:00+08:00"))
            .await;
    }
    let view = township.triage.opens(&id).await;
    let taken = view["escalations"]
        .as_array()
        .unwrap()
        .last()
        .unwrap()
        .clone();
    assert_eq!(
        (&taken["step"], &taken["to_organisation_id"]),
        (&json!("county"), &json!(places::organ(places::CITY)))
    );
    assert_eq!(view["level"], 3);
    city.finds(&villager).await;
    let told = house
        .letters()
        .into_iter()
        .any(|letter| letter.to.contains(&operator.email));
    assert!(told, "operators are told");
}

#[tokio::test]
async fn t5_the_supervisor_who_is_complained_about_is_no_rung() {
    let house = House::new().await;
    let (county, city) = (house.county().await, house.city().await);
    let villager = Villager::files(&house, &Filing::complaint().against_group("county")).await;
    let id = city.finds(&villager).await;
    city.accepts(&id).await;
    city.dispatches(&id, &places::agency(places::TOWNSHIP), BRIEF)
        .await;
    house.comes_to("2026-12-10T10:00:00+08:00").await;
    let view = city.opens(&id).await;
    let steps: Vec<String> = shapes::steps(&view, "handle", 1)
        .into_iter()
        .map(|(step, _)| step)
        .collect();
    assert_eq!(&steps[..3], ["remind", "warn", "red"]);
    for taken in view["escalations"].as_array().unwrap() {
        assert_ne!(
            taken["to_organisation_id"],
            places::organ(places::COUNTY),
            "{taken}"
        );
    }
    county.cannot_open(&id).await;
    for letter in house.letters() {
        assert!(!letter.to.contains(&county.email), "{letter:?}");
    }
}

// ---------------------------------------------------------------- why this date

/// The reasons of the days that did not count, by date.
fn reasons(explained: &Value) -> std::collections::BTreeMap<String, String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    explained["skipped"]
        .as_array()
        .unwrap()
        .iter()
        .map(|day| (text(&day["date"]), text(&day["reason"])))
        .collect()
}

#[tokio::test]
async fn t23_why_this_deadline_says_everything() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (triage, handler) = (&township.triage, &township.handler);
    let villager = Villager::files(&house, &Filing::complaint()).await;
    let id = triage.finds(&villager).await;
    house.comes_to("2026-11-03T10:00:00+08:00").await;
    triage.asks_for(&id, "请补充时间和地点").await;
    house.comes_to("2026-11-05T10:00:00+08:00").await;
    villager.supplements("上周三，在村口").await;
    triage.accepts(&id).await;
    triage
        .dispatches(&id, &places::government(places::TOWNSHIP), BRIEF)
        .await;
    handler.starts(&id).await;
    let extend = json!({ "action": "extend", "working_days": 5, "reason": "等天晴" });
    let proposal = handler.proposes(&id, extend).await;
    let proposal = proposal["proposal_id"].as_str().unwrap();
    triage.approves_proposal(proposal).await;
    house.comes_to("2026-11-06T10:00:00+08:00").await;
    let own = "date,kind,name\n2026-11-11,off,建区纪念日\n";
    house.inside.import_own_holidays(own, places::COUNTY).await;

    let call = house.get("/receipt/timers/handle/explain");
    let told = call.receipt(&villager.receipt).send().await.ok();
    assert_eq!(told["limit"]["amount"], 20);
    assert_eq!(told["started_at"], "2026-11-02T09:00:00+08:00");
    assert_eq!(told["due_date"], "2026-12-03");
    assert_eq!(told["due_at"], "2026-12-04T00:00:00+08:00");
    assert_eq!(
        (&told["provisional"], &told["kept"]),
        (&json!(false), &json!(false))
    );
    assert_eq!(told["policy_version"], 1);
    let now = house
        .reads(&format!("/policies/current?region={}", places::VILLAGE))
        .await;
    assert_eq!(told["calendar_version"], now["calendar_version"]);
    assert_eq!(
        told["pauses"],
        json!([{ "from": "2026-11-03T10:00:00+08:00", "to": "2026-11-05T10:00:00+08:00" }])
    );
    assert_eq!(
        told["extensions"],
        json!([{ "at": "2026-11-05T10:00:00+08:00", "by": 5 }])
    );
    let why = reasons(&told);
    for (date, reason) in [
        ("2026-11-03", "暂停"),
        ("2026-11-04", "暂停"),
        ("2026-11-07", "周末"),
        ("2026-11-11", "建区纪念日"),
        ("2026-11-29", "周末"),
    ] {
        assert_eq!(why[date], reason, "{date}");
    }
    assert_eq!(why.len(), 2 + 1 + 8, "{why:?}");
    let before: Vec<_> = told["previous"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["due_date"].as_str().unwrap(),
                one["reason"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        before,
        [
            ("2026-11-23", "pause"),
            ("2026-11-25", "extension"),
            ("2026-12-02", "calendar")
        ]
    );
    // Staff read the same; who does the work reads times by the day, everybody in their own language.
    let path = format!("/admin/complaints/{id}/timers/handle/explain");
    assert_eq!(triage.get(&path).send().await.ok(), told);
    let by_day = handler
        .get(&path)
        .header("accept-language", "en")
        .send()
        .await
        .ok();
    assert_eq!(by_day["started_at"], "2026-11-02T00:00:00+08:00");
    assert_eq!(by_day["pauses"][0]["to"], "2026-11-05T00:00:00+08:00");
    assert_eq!(by_day["previous"][0]["at"], "2026-11-05T00:00:00+08:00");
    assert_eq!(by_day["extensions"][0]["at"], "2026-11-05T00:00:00+08:00");
    assert_eq!(reasons(&by_day)["2026-11-07"], "weekend");
    assert_eq!(by_day["due_at"], told["due_at"]);
    // A round of its own, and nothing for what is not there or not for somebody.
    assert_eq!(
        triage.get(&format!("{path}?round=1")).send().await.ok(),
        told
    );
    for missing in [
        format!("{path}?round=2"),
        format!("/admin/complaints/{id}/timers/rework/explain"),
        format!("/admin/complaints/{id}/timers/nap/explain"),
    ] {
        triage.get(&missing).send().await.problem(404, "not_found");
    }
    let stranger = house.neighbour_triage().await;
    stranger.get(&path).send().await.problem(404, "not_found");
    house
        .get("/receipt/timers/handle/explain")
        .send()
        .await
        .problem(401, "receipt_required");
}
