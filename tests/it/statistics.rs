//! What everybody may read of a closed period, and a desk of its own work.

use futures_util::StreamExt as _;
use serde_json::{Value, json};

use crate::support::actors::{BRIEF, Township};
use crate::support::{Filing, House, Villager, places};

/// 三棵树街道 of 道外区 has no cases but those of a test.
const THIRD: &str = "230104001000";

async fn stats(house: &House, region: &str, period: &str) -> Value {
    house
        .reads(&format!("/stats?region={region}&period={period}"))
        .await
}

#[tokio::test]
async fn only_closed_periods_of_counties_and_townships() {
    let house = House::new().await;
    let get =
        |region: &str, period: &str| house.get(&format!("/stats?region={region}&period={period}"));
    for (region, period, place, code) in [
        (places::COUNTY, "2026-11", "period", "period_open"),
        (places::COUNTY, "2026-Q4", "period", "period_open"),
        (places::COUNTY, "2026", "period", "invalid_period"),
        (places::COUNTY, "last month", "period", "invalid_period"),
        (places::VILLAGE, "2026-10", "region", "region_too_narrow"),
        (places::CITY, "2026-10", "region", "region_too_wide"),
        ("x", "2026-10", "region", "invalid_region_code"),
    ] {
        let answer = get(region, period).send().await;
        answer.faulty(place, code);
    }
    get("230104999000", "2026-10")
        .send()
        .await
        .problem(404, "not_found");
    let empty = get(places::COUNTY, "2026-10").send().await.expect(200);
    assert!(!empty.etag().is_empty());
    let view = empty.json();
    assert_eq!(view["total"]["filed"], 0);
    assert_eq!(view["total"]["on_time_rate"], Value::Null);
    assert_eq!(view["total"]["median_working_days"], Value::Null);
    assert_eq!(
        (&view["by_township"], &view["by_category"]),
        (&json!([]), &json!([]))
    );
    assert_eq!(
        (&view["first_day"], &view["last_day"]),
        (&json!("2026-10-01"), &json!("2026-10-31"))
    );
}

/// What the test itself counts, in its own words.
#[derive(Default, Debug, PartialEq)]
struct Tally {
    filed: u64,
    kept: u64,
    broken: u64,
    open_and_late: u64,
    withdrawn: u64,
    rated: u64,
}

/// A thousand cases with every fate; more with the same mix where the machine has the time.
#[tokio::test]
async fn t24_the_on_time_rate_over_a_thousand_mixed_cases_is_right_to_the_case() {
    const CASES: usize = 1000;
    /// Answered cases cost ten requests each: one in ten of them will do.
    const FATES: [usize; 30] = [
        0, 1, 3, 4, 6, 1, 3, 4, 6, 1, 2, 3, 4, 6, 1, 3, 4, 6, 1, 3, 5, 4, 6, 1, 3, 4, 6, 1, 3, 4,
    ];
    // A Thursday; 10-10 is a make-up Saturday, so that a question is due on Monday 10-12.
    let house = House::at("2026-10-08T09:00:00+08:00").await;
    let (here, next) = (Township::of(&house).await, house.neighbour_triage().await);
    let next_handler = house
        .handler_of(&places::government(places::NEIGHBOUR))
        .await;
    let in_neighbour = house
        .lists(&format!("/regions?parent={}", places::NEIGHBOUR))
        .await[0]["code"]
        .as_str()
        .unwrap()
        .to_owned();
    let (mut mine, mut answered_late) = (Tally::default(), 0);
    let mut cases = Vec::new();
    let file = |index: usize| {
        let fate = FATES[(index * 7919) % FATES.len()];
        let kind = if fate < 5 { "question" } else { "complaint" };
        let neighbour = index % 4 == 3;
        let region = match neighbour {
            true => in_neighbour.as_str(),
            false => places::VILLAGE,
        };
        let category = ["service", "environment", "projects"][index % 3];
        let filing = Filing::complaint()
            .kind(kind)
            .category(category)
            .with("/region_code", region);
        let house = &house;
        async move { (fate, neighbour, Villager::files(house, &filing).await) }
    };
    let mut filed = futures_util::stream::iter((0..CASES).map(file)).buffer_unordered(16);
    while let Some(case) = filed.next().await {
        mine.filed += 1;
        cases.push(case);
    }
    drop(filed);
    let answer = |neighbour: bool, id: String| {
        let (triage, handler, township) = match neighbour {
            true => (&next, &next_handler, places::NEIGHBOUR),
            false => (&here.triage, &here.handler, places::TOWNSHIP),
        };
        async move {
            triage.accepts(&id).await;
            triage
                .dispatches(&id, &places::government(township), BRIEF)
                .await;
            handler.starts(&id).await;
            handler.answers(&id).await;
            triage.approves(&id).await;
        }
    };
    let triage = |neighbour: bool| if neighbour { &next } else { &here.triage };
    for (fate, neighbour, villager) in &cases {
        match fate {
            0 => {
                let id = triage(*neighbour).finds(villager).await;
                answer(*neighbour, id).await;
                villager.rates("satisfied").await;
                (mine.kept, mine.rated) = (mine.kept + 1, mine.rated + 1);
            }
            1 => {
                villager.withdraws().await;
                mine.withdrawn += 1;
            }
            _ => {}
        }
    }
    house.comes_to("2026-10-14T09:00:00+08:00").await;
    for (fate, neighbour, villager) in &cases {
        match fate {
            2 => {
                let id = triage(*neighbour).finds(villager).await;
                answer(*neighbour, id).await;
                (mine.broken, answered_late) = (mine.broken + 1, answered_late + 1);
            }
            // T7: withdrawn after it was late: no longer open and overdue, but broken it was.
            3 => {
                villager.withdraws().await;
                (mine.broken, mine.withdrawn) = (mine.broken + 1, mine.withdrawn + 1);
            }
            4 => (mine.broken, mine.open_and_late) = (mine.broken + 1, mine.open_and_late + 1),
            5 => {
                let id = triage(*neighbour).finds(villager).await;
                answer(*neighbour, id).await;
                mine.kept += 1;
            }
            // A complaint of 10-08 has until 10-28.
            6 => (mine.broken, mine.open_and_late) = (mine.broken + 1, mine.open_and_late + 1),
            _ => {}
        }
    }
    house.comes_to("2026-11-02T09:00:00+08:00").await;
    let view = stats(&house, places::COUNTY, "2026-10").await;
    let total = &view["total"];
    let count = |row: &Value, name: &str| row[name].as_u64().unwrap();
    let theirs = Tally {
        filed: count(total, "filed"),
        kept: count(total, "on_time"),
        broken: count(total, "overdue"),
        open_and_late: count(total, "overdue_at_end"),
        withdrawn: count(total, "withdrawals"),
        rated: count(&total["ratings"], "satisfied"),
    };
    assert_eq!(theirs, mine);
    assert_eq!(count(total, "answered"), mine.kept + answered_late);
    let exact = mine.kept as f64 / (mine.kept + mine.broken) as f64;
    let rate = total["on_time_rate"].as_f64().unwrap();
    assert!((rate - exact).abs() <= 0.000_05, "{rate} and not {exact}");
    // By township and by category it is the same whole; nothing is small here.
    for by in ["by_township", "by_category"] {
        let rows = view[by].as_array().unwrap();
        for name in [
            "filed",
            "on_time",
            "overdue",
            "overdue_at_end",
            "withdrawals",
            "unrated",
        ] {
            let sum: u64 = rows.iter().map(|row| count(row, name)).sum();
            assert_eq!(sum, count(total, name), "{by} {name}");
        }
    }
    // Nothing that happens afterwards changes a closed month.
    for (fate, neighbour, villager) in cases.iter().filter(|(fate, ..)| *fate == 4).take(3) {
        let id = triage(*neighbour).finds(villager).await;
        answer(*neighbour, id).await;
        assert_eq!(*fate, 4);
    }
    assert_eq!(stats(&house, places::COUNTY, "2026-10").await, view);
}

#[tokio::test]
async fn t7_merged_withdrawn_or_closed_is_open_and_overdue_no_longer() {
    let house = House::at("2026-10-08T09:00:00+08:00").await;
    let township = Township::of(&house).await;
    let mut cases = Vec::new();
    for _ in 0..6 {
        cases.push(Villager::files(&house, &Filing::complaint().kind("question")).await);
    }
    house.comes_to("2026-10-15T09:00:00+08:00").await;
    let before = township.triage.get("/admin/dashboard").send().await.ok();
    assert_eq!(
        (&before["open"], &before["overdue"]),
        (&json!(6), &json!(6))
    );
    assert_eq!(before["lights"]["red"], 6);
    for villager in &cases[..2] {
        villager.withdraws().await;
    }
    let after = township.triage.get("/admin/dashboard").send().await.ok();
    assert_eq!((&after["open"], &after["overdue"]), (&json!(4), &json!(4)));
    // The breach stays.
    assert_eq!(after["last_30_days"]["overdue"], 6);
    house.comes_to("2026-11-02T09:00:00+08:00").await;
    let total = stats(&house, places::COUNTY, "2026-10").await["total"].clone();
    assert_eq!(
        (&total["overdue"], &total["overdue_at_end"]),
        (&json!(6), &json!(4))
    );
}

#[tokio::test]
async fn small_rows_are_folded_with_a_second_one() {
    let house = House::at("2026-10-08T09:00:00+08:00").await;
    let file = async |region: &str, category: &str, count: usize| {
        for _ in 0..count {
            let filing = Filing::complaint()
                .category(category)
                .with("/region_code", region);
            Villager::files(&house, &filing).await;
        }
    };
    file(places::TOWNSHIP, "service", 9).await;
    file(places::NEIGHBOUR, "service", 6).await;
    file(THIRD, "environment", 2).await;
    house.comes_to("2026-11-02T09:00:00+08:00").await;
    let view = stats(&house, places::COUNTY, "2026-10").await;
    assert_eq!(view["total"]["filed"], 17);
    let shown: Vec<&str> = view["by_township"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["code"].as_str().unwrap())
        .collect();
    assert_eq!(shown, [places::TOWNSHIP]);
    assert_eq!(view["folded_townships"], 2);
    // Two categories: neither can be shown without giving the other away.
    assert_eq!(view["by_category"], json!([]));
    assert_eq!(view["folded_categories"], 2);
    let own = stats(&house, places::TOWNSHIP, "2026-10").await;
    assert_eq!(
        (&own["is_folded"], &own["total"]["filed"]),
        (&json!(false), &json!(9))
    );
    assert_eq!(own["by_category"], json!([]));
    for hidden in [places::NEIGHBOUR, THIRD] {
        let view = stats(&house, hidden, "2026-10").await;
        assert_eq!(
            (&view["is_folded"], &view["total"]),
            (&json!(true), &Value::Null)
        );
    }
}

#[tokio::test]
async fn a_dashboard_counts_what_the_queue_shows() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    for state in ["submitted", "accepted", "dispatched", "answered"] {
        township.case_in(state, &Filing::complaint()).await;
    }
    township
        .case_in("handling", &Filing::complaint().category("environment"))
        .await;
    for person in [&township.triage, &township.handler] {
        let desk = person.get("/admin/dashboard").send().await.ok();
        let open = person.queue("state=open").await.len();
        assert_eq!(desk["open"], open, "{desk}");
        let sum = |list: &str| -> u64 {
            let rows = desk[list].as_array().unwrap();
            rows.iter().map(|row| row["open"].as_u64().unwrap()).sum()
        };
        for list in ["by_unit", "by_category", "backlog"] {
            assert_eq!(sum(list), open as u64, "{list}: {desk}");
        }
    }
    let desk = township.triage.get("/admin/dashboard").send().await.ok();
    assert_eq!(desk["last_30_days"]["on_time_rate"], 1.0);
    let stranger = house.neighbour_triage().await;
    let desk = stranger.get("/admin/dashboard").send().await.ok();
    assert_eq!(
        (&desk["open"], &desk["last_30_days"]["filed"]),
        (&json!(0), &json!(0))
    );
}
