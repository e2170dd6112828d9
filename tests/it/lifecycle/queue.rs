//! The list of cases, as it is filtered, sorted and paged.

use serde_json::{Value, json};

use crate::support::actors::Township;
use crate::support::{Filing, House, Villager, places, shapes};

#[tokio::test]
async fn the_queue_is_filtered_sorted_and_paged() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let triage = &township.triage;
    let mut numbers = Vec::new();
    for (kind, category, village) in [
        ("complaint", "accounts", places::VILLAGE),
        ("question", "accounts", places::OTHER_VILLAGE),
        ("help", "environment", places::VILLAGE),
        ("suggestion", "environment", places::OTHER_VILLAGE),
        ("complaint", "service", places::VILLAGE),
    ] {
        let filing = Filing::complaint()
            .kind(kind)
            .category(category)
            .with("/region_code", village);
        numbers.push(Villager::files(&house, &filing).await.number);
    }
    for (query, count) in [
        ("", 5),
        ("category=accounts", 2),
        ("state=submitted", 5),
        ("state=closed", 0),
        ("light=green", 5),
        ("light=red", 0),
        (&format!("region={}", places::VILLAGE), 3),
        (&format!("region={}", places::TOWNSHIP), 5),
        (&format!("region={}", places::COUNTY), 5),
        (&format!("region={}", places::NEIGHBOUR), 0),
        ("q=来回跑", 0),
        ("q=盖个章跑了三趟", 5),
        ("due_before=2026-11-03T00:00:00%2B08:00", 0),
        ("due_before=2026-11-05T00:00:00%2B08:00", 5),
        (&format!("category=accounts&region={}", places::VILLAGE), 1),
    ] {
        assert_eq!(triage.queue(query).await.len(), count, "{query}");
    }
    let item = triage.queue("").await.remove(0);
    shapes::has(
        &item,
        "id number kind region_code category state round level light received_at",
    );
    shapes::has_not(&item, "text identity receipt_code");
    // Page by page everything comes once, also while cases come in.
    let (mut seen, mut next) = (Vec::new(), Some(String::new()));
    while let Some(cursor) = next {
        let answer = triage
            .get(&format!("/admin/complaints?sort=due_at&limit=2{cursor}"))
            .send()
            .await
            .expect(200);
        let page = answer.json();
        let items = shapes::items(&page);
        assert!(items.len() <= 2);
        seen.extend(
            items
                .iter()
                .map(|item| item["number"].as_str().unwrap().to_owned()),
        );
        next = page["next_cursor"]
            .as_str()
            .map(|cursor| format!("&cursor={cursor}"));
        assert_eq!(
            next.is_some(),
            answer.header("link").contains("rel=\"next\""),
            "{answer:?}"
        );
        if seen.len() == 2 {
            Villager::files(&house, &Filing::complaint()).await;
        }
    }
    for number in &numbers {
        assert_eq!(
            seen.iter().filter(|other| *other == number).count(),
            1,
            "{number}: {seen:?}"
        );
    }
    for query in [
        "state=nonsense",
        "light=purple",
        "colour=red",
        "limit=0",
        "cursor=x",
    ] {
        let answer = triage
            .get(&format!("/admin/complaints?{query}"))
            .send()
            .await;
        assert!([400, 422].contains(&answer.status), "{query}: {answer:?}");
    }
}

/// Every time in a view, with the name of its field.
fn times(view: &Value, name: &str, found: &mut Vec<(String, String)>) {
    match view {
        Value::Object(fields) => {
            for (name, value) in fields {
                times(value, name, found);
            }
        }
        Value::Array(values) => {
            for value in values {
                times(value, name, found);
            }
        }
        Value::String(text) if text.len() >= 25 && text.get(10..11) == Some("T") => {
            found.push((name.to_owned(), text.clone()));
        }
        _ => {}
    }
}

#[tokio::test]
async fn a_handler_sees_times_by_the_day() {
    let house = House::at("2026-11-02T09:17:31+08:00").await;
    let township = Township::of(&house).await;
    let (villager, id) = township.case_in("handling", &Filing::complaint()).await;
    villager.says("今天又去了一趟").await;
    house.comes_to("2026-11-30T09:17:31+08:00").await;
    township.handler.answers(&id).await;
    township.triage.approves(&id).await;
    villager.rates("dissatisfied").await;
    let path = format!("/admin/complaints/{id}/events");
    let events = township.handler.get(&path).send().await.ok();
    let mut found = Vec::new();
    times(&township.handler.opens(&id).await, "", &mut found);
    times(&events, "", &mut found);
    assert!(
        found.iter().any(|(name, _)| name == "fired_at"),
        "{found:?}"
    );
    for (name, at) in found.iter().filter(|(name, _)| name != "due_at") {
        assert!(at.ends_with("T00:00:00+08:00"), "{name}: {at}");
    }
    // Whoever supervises sees them as they were.
    let mut exact = Vec::new();
    times(&township.triage.opens(&id).await, "", &mut exact);
    assert!(exact.iter().any(|(_, at)| at.contains(":17:31")));
}

#[tokio::test]
async fn words_sent_twice_over_a_weak_line_are_kept_once() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (villager, _) = township.case_in("accepted", &Filing::complaint()).await;
    let (asked, _) = township
        .case_in("awaiting_supplement", &Filing::complaint())
        .await;
    for (villager, path) in [
        (&villager, "/receipt/messages"),
        (&asked, "/receipt/supplement"),
    ] {
        let key = house.fresh_key();
        let send = async |text: &str| {
            house
                .post(path)
                .receipt(&villager.receipt)
                .key(&key)
                .json(&json!({ "text": text }))
                .send()
                .await
        };
        let first = send("昨天下午又去了一趟").await.expect(200);
        assert_eq!(first.headers.get("idempotent-replay"), None);
        let again = send("昨天下午又去了一趟").await.expect(200);
        assert_eq!(again.header("idempotent-replay"), "true");
        assert_eq!(first.json(), again.json());
        assert_eq!(again.json()["messages"].as_array().unwrap().len(), 1);
        send("另一句话")
            .await
            .problem(422, "idempotency_key_reused");
        // Without a key, and with another, it is said again.
        let read = villager.reads().await;
        if read["allowed_actions"].to_string().contains("message") {
            villager.says("昨天下午又去了一趟").await;
            let read = villager.reads().await;
            assert_eq!(read["messages"].as_array().unwrap().len(), 2);
        }
    }
}
