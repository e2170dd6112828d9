//! What those who run an installation look at: what the process counts, and clocks that stopped.

use serde_json::{Value, json};

use crate::support::actors::Township;
use crate::support::mail::Letter;
use crate::support::{Filing, House, Villager, cluster, shapes};

#[tokio::test]
async fn what_is_counted_is_read_from_inside_and_from_nowhere_else() {
    let house = House::new().await;
    Villager::files(&house, &Filing::complaint()).await;
    house.get("/complaints/no-such-thing").send().await;
    house.worker().await;
    let mut texts = Vec::new();
    for _ in 0..cluster::doors() {
        let answer = house.get("/metrics").send().await.expect(200);
        let kind = answer.header("content-type");
        assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
        texts.push(answer.text());
    }
    for line in [
        "# UNIT http_request_duration_seconds seconds",
        r#"http_request_duration_seconds_count{method="POST",route="/api/v1/complaints",status="201"} 1"#,
        "http_requests_active 1\n",
        "yidiantong_timers_due 0",
        "yidiantong_timers_dead 0",
        "yidiantong_timer_lag_seconds 0",
        "yidiantong_outbox_due 0",
        "yidiantong_outbox_oldest_age_seconds 0",
        "yidiantong_queue_up 1",
        "yidiantong_database_up 1",
        "yidiantong_transactions_retried_total ",
        "yidiantong_clock_jump_seconds 0",
    ] {
        // Each process counts for itself.
        assert!(
            texts.iter().any(|text| text.contains(line)),
            "{line}\n{texts:?}"
        );
    }
    for text in texts {
        assert!(!text.contains("no-such-thing"), "{text}");
        assert!(text.ends_with("# EOF\n"));
    }
    for name in ["x-forwarded-for", "forwarded", "via"] {
        let through_a_proxy = house.get("/metrics").header(name, "203.0.113.7");
        through_a_proxy.send().await.problem(404, "no_route");
    }
}

#[tokio::test]
async fn late_clocks_are_counted_by_how_late_they_are() {
    let house = House::new().await;
    Villager::files(&house, &Filing::complaint()).await;
    // Ten days without a worker.
    house.clock_to("2026-11-12T09:00:00+08:00");
    let number = |text: &str, name: &str| -> f64 {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap().trim().parse().unwrap()
    };
    let text = house.get("/metrics").send().await.expect(200).text();
    assert!(number(&text, "yidiantong_timers_due ") >= 1.0, "{text}");
    assert!(
        number(&text, "yidiantong_timer_lag_seconds ") > 86_400.0,
        "{text}"
    );
    house.worker().await;
    let text = house.get("/metrics").send().await.expect(200).text();
    assert!(number(&text, "yidiantong_timers_due ") < 1.0, "{text}");
    // A worker in another process counts for itself.
    let own = !cluster::is_wanted();
    let fired = number(&text, "yidiantong_timers_fired_total ");
    assert!(!own || fired >= 1.0, "{text}");
}

#[tokio::test]
async fn whoever_is_told_to_stop_lets_go_of_clocks_that_it_has_not_begun() {
    let house = House::new().await;
    Villager::files(&house, &Filing::complaint()).await;
    house.clock_to("2026-11-12T09:00:00+08:00");
    let ready = house.get("/readyz").send().await.expect(200).json();
    assert_eq!(
        ready["reasons"],
        json!([
            "clocks are overdue for more than 60 s and nobody has taken them; is a worker running?"
        ])
    );
    // Found due, and no step taken; found due again at once, so nobody has it in hand.
    for _ in 0..2 {
        assert_eq!(house.inside.stops_before_its_clocks().await, Some(0));
    }
    if !cluster::is_wanted() {
        let ready = house.get("/readyz").send().await.expect(503).json();
        assert_eq!(ready["reasons"][0], "the process was told to stop");
        return;
    }
    // Another process takes it.
    house.worker().await;
    let ready = house.get("/readyz").send().await.expect(200).json();
    assert_eq!(ready["reasons"], json!([]));
}

#[tokio::test]
async fn a_clock_that_cannot_be_fired_is_dead_after_five_and_stops_no_other() {
    let house = House::new().await;
    let administrator = house.administrator().await;
    let poisoned = Villager::files(&house, &Filing::complaint()).await;
    let healthy = Villager::files(&house, &Filing::complaint()).await;
    let body = house.database.text(&format!(
        "SELECT t.body AS a FROM timers t JOIN complaints c ON c.id = t.complaint_id WHERE t.stage = 'accept' AND c.number = '{}'",
        poisoned.number
    ));
    let change = "UPDATE timers SET body = $1 WHERE stage = 'accept' AND complaint_id = (SELECT id FROM complaints WHERE number = $2)";
    house.database.run_with(change, &["{}", &poisoned.number]);
    house.clock_to("2026-11-12T09:00:00+08:00");
    for _ in 0..8 {
        house.worker().await;
        house.inside.wall_passes(60);
    }
    let light = |case: Value| case["light"].clone();
    let dead = administrator.get("/admin/dead-timers").send().await.ok();
    let timer = &dead["items"][0];
    // Both clocks of the case, and none of the other's.
    let items = dead["items"].as_array().unwrap();
    assert_eq!(items.len(), 2, "{dead}");
    assert_eq!(items[0]["id"], items[1]["id"]);
    assert_eq!(
        (&timer["attempts"], &timer["stage"]),
        (&json!(5), &json!("accept"))
    );
    assert!(timer["last_error"].is_string());
    assert!(!dead.to_string().contains(&poisoned.number));
    assert_eq!(light(healthy.reads().await), "red");
    let text = house.get("/metrics").send().await.expect(200).text();
    assert!(text.contains("yidiantong_timers_dead 2.0\n"), "{text}");

    // The township sees that something is wrong with it, and every other case as always.
    let triage = house.triage().await;
    let queue = triage.get("/admin/complaints").send().await.ok();
    let of = |number: &str| {
        let items = shapes::items(&queue).into_iter();
        items
            .into_iter()
            .find(|item| item["number"] == number)
            .unwrap()
    };
    let (broken, whole) = (of(&poisoned.number), of(&healthy.number));
    assert_eq!(broken["clocks_unreadable"], true);
    assert_eq!(
        (
            &broken["timers"],
            &broken["light"],
            &broken["allowed_actions"]
        ),
        (&json!([]), &Value::Null, &json!([]))
    );
    assert_eq!(
        (&whole["clocks_unreadable"], &whole["light"]),
        (&json!(false), &json!("red"))
    );

    // It opens, without clocks and with nothing to do; who does something all the same is told why not.
    let id = broken["id"].as_str().unwrap();
    let page = triage.opens(id).await;
    assert_eq!(
        (
            &page["clocks_unreadable"],
            &page["timers"],
            &page["allowed_actions"]
        ),
        (&json!(true), &json!([]), &json!([]))
    );
    assert!(page["text"].is_string(), "{page}");
    let history = format!("/admin/complaints/{id}/events");
    triage.get(&history).send().await.expect(200);
    triage
        .tries(id, json!({ "action": "accept" }))
        .await
        .problem(409, "clocks_unreadable");
    house
        .get("/receipt")
        .receipt(&poisoned.receipt)
        .send()
        .await
        .problem(409, "clocks_unreadable");

    // Whoever runs it mends the row, and what is owed is done at once.
    house.database.run_with(change, &[&body, &poisoned.number]);
    let retry = |id: &str| {
        administrator
            .post(&format!("/admin/dead-timers/{id}/retry"))
            .send()
    };
    let id = timer["id"].as_str().unwrap();
    retry(id).await.expect(204);
    house.worker().await;
    assert_eq!(light(poisoned.reads().await), "red");
    retry(id).await.problem(409, "timer_not_dead");
    retry("no-such-case").await.problem(404, "not_found");
    let none = administrator.get("/admin/dead-timers").send().await.ok();
    assert_eq!(none["items"], json!([]));
}

#[tokio::test]
async fn two_clocks_of_one_case_that_stopped_at_one_mark_are_two_rows_on_any_page() {
    let house = House::new().await;
    let administrator = house.administrator().await;
    for _ in 0..3 {
        Villager::files(&house, &Filing::complaint()).await;
    }
    // Three cases, each with its clocks of `accept` and `handle`, all at one mark.
    house
        .database
        .run("UPDATE timers SET attempts = 5, next_at = 1793581200000000");
    let row = |item: &Value| format!("{} {} {}", item["id"], item["stage"], item["round"]);
    for limit in 1..=6 {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let address = format!("/admin/dead-timers?limit={limit}{cursor}");
            let page = administrator.get(&address).send().await.ok();
            seen.extend(shapes::items(&page).iter().map(row));
            let Some(next) = page["next_cursor"].as_str() else {
                break;
            };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(seen.len(), 6, "{limit} a page: {seen:?}");
        assert!(seen.is_sorted(), "{limit} a page: {seen:?}");
        seen.dedup();
        assert_eq!(seen.len(), 6, "{limit} a page: {seen:?}");
    }
    // A cursor of another list.
    let page = administrator.get("/admin/dead-timers?cursor=MTIgYWJj");
    page.send().await.faulty("cursor", "invalid_cursor");
}

#[tokio::test]
async fn what_a_clock_that_was_ahead_left_behind_holds_nothing_up() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (county, city) = (house.county().await, house.city().await);
    let (overdue, id) = township.case_in("handling", &Filing::complaint()).await;
    let untouched = Villager::files(&house, &Filing::complaint()).await;
    // A worker whose machine was 400 days ahead had everything in hand, did the daily round of that day, and went.
    let then = house.inside.wall_time().plus_seconds(400 * 86_400);
    for table in ["timers", "outbox"] {
        let change = format!("UPDATE {table} SET claimed_until = {}", then.micros());
        house.database.run(&change);
    }
    house.database.run(
        "INSERT INTO daily_marks (name, day) SELECT 'above:' || id, '2027-12-07' FROM organisations",
    );
    let to = |address: &str| -> Vec<Letter> {
        let letters = house.letters().into_iter();
        letters.filter(|one| one.to.contains(address)).collect()
    };
    let waiting = to(&township.triage.email).len();
    for day in [
        "11-03", "11-12", "11-24", "11-27", "11-30", "12-01", "12-02",
    ] {
        house.comes_to(&format!("2026-{day}T09:30:00+08:00")).await;
    }
    assert_eq!(untouched.reads().await["light"], "red");
    assert!(to(&township.triage.email).len() > waiting, "no letter went");
    county.opens(&id).await;
    let daily =
        |letter: &Letter| letter.subject.contains("每日") && letter.text.contains(&overdue.number);
    assert!(to(&city.email).iter().any(daily), "nobody told the city");
}
