//! Words between the desk and the complainant.

use serde_json::json;

use crate::support::actors::{Township, answer};
use crate::support::app::MONDAY;
use crate::support::{Filing, House, shapes};

#[tokio::test]
async fn words_go_both_ways_and_change_no_version_and_no_clock() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (villager, id) = township.case_in("handling", &Filing::complaint()).await;
    let before = township.triage.tries_to_open(&id).await;
    let clocks = villager.reads().await["timers"].clone();
    house.clock_to("2026-11-04T15:00:00+08:00");
    villager.says("我星期三下午都在家。").await;
    township.triage.writes(&id, "收到，谢谢您。").await;
    township.handler.writes(&id, "我们星期四上门。").await;
    township
        .triage
        .acts(&id, json!({ "action": "note", "text": "内部：注意保密" }))
        .await;
    let read = villager.reads().await;
    let said: Vec<&str> = read["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|word| word["text"].as_str().unwrap())
        .collect();
    assert_eq!(
        said,
        ["我星期三下午都在家。", "收到，谢谢您。", "我们星期四上门。"]
    );
    assert!(!read.to_string().contains("内部：注意保密"));
    assert!(
        !read.to_string().contains(&township.handler.username),
        "a villager learns no names"
    );
    assert_eq!(read["timers"], clocks, "a message moves no clock");
    let after = township.triage.tries_to_open(&id).await;
    assert_eq!(after.etag(), before.etag());
    let texts = after.json()["messages"].to_string();
    assert!(texts.contains("我星期三下午都在家。"), "{texts}");
    // What was seen before the words still counts.
    township
        .handler
        .sends(&id, &before.etag(), &answer("已上门"))
        .await
        .expect(200);
    for text in ["", "   ", &"长".repeat(4001)] {
        let answer = villager.tries_to_say(text).await;
        assert_eq!(answer.status, 422, "{answer:?}");
        answer.faulty("/text", "too_short|too_long|required");
    }
}

#[tokio::test]
async fn the_history_is_there_for_staff_and_short_for_the_villager() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (villager, id) = township.case_in("answered", &Filing::complaint()).await;
    let events = township
        .triage
        .get(&format!("/admin/complaints/{id}/events"))
        .send()
        .await
        .expect(200)
        .json();
    let events = events["items"].as_array().unwrap();
    let actions: Vec<&str> = events
        .iter()
        .map(|event| event["action"].as_str().unwrap())
        .collect();
    for wanted in ["accept", "dispatch", "start", "submit_answer", "approve"] {
        assert!(actions.contains(&wanted), "{wanted}: {actions:?}");
    }
    let seqs: Vec<u64> = events
        .iter()
        .map(|event| event["seq"].as_u64().unwrap())
        .collect();
    assert!(
        seqs.is_sorted() && seqs.windows(2).all(|pair| pair[0] < pair[1]),
        "{seqs:?}"
    );
    let read = villager.reads().await;
    for event in read["events"].as_array().unwrap() {
        shapes::has(event, "seq at action public_note");
        shapes::has_not(event, "internal_note staff_id");
        assert_eq!(event["at"], MONDAY);
    }
}
