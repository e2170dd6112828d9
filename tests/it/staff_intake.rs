//! What is told by telephone, letter or at the counter: taken down by staff, the same case as any other.

use serde_json::{Value, json};

use crate::support::{Filing, House, Staff, Villager, app::Answer, places, shapes};

async fn takes_down(house: &House, staff: &Staff<'_>, channel: &str, filing: &Filing) -> Answer {
    staff
        .post("/admin/complaints")
        .key(&house.fresh_key())
        .json(&filing.clone().with("/channel", channel).0)
        .send()
        .await
}

#[tokio::test]
async fn by_telephone_letter_and_counter() {
    let house = House::new().await;
    let triage = house.triage().await;
    for channel in ["phone", "letter", "counter"] {
        let filing = Filing::complaint()
            .text(&format!("来电来信人说路灯坏了半年（{channel}）"))
            .with("/filed_by", "agent");
        let filed = takes_down(&house, &triage, channel, &filing)
            .await
            .expect(201)
            .json();
        shapes::has(&filed, "number receipt_code timers state promise");
        assert_eq!(filed["receipt_code"].as_str().unwrap().len(), 20);
        // The caller reads it with the digits read out.
        let read = house
            .get("/receipt")
            .receipt(filed["receipt_code"].as_str().unwrap())
            .send()
            .await
            .ok();
        assert_eq!(read["state"], "submitted");
        let found = triage
            .queue(&format!("q={}", filed["number"].as_str().unwrap()))
            .await;
        let view = triage.opens(found[0]["id"].as_str().unwrap()).await;
        assert_eq!(view["channel"], channel);
    }
}

#[tokio::test]
async fn only_a_channel_of_the_office_and_only_of_its_county() {
    let house = House::new().await;
    let triage = house.triage().await;
    for wrong in ["web", "fax"] {
        takes_down(&house, &triage, wrong, &Filing::complaint())
            .await
            .faulty("/channel", "wrong_type|out_of_range");
    }
    let without = triage
        .post("/admin/complaints")
        .key(&house.fresh_key())
        .json(&Filing::complaint().0)
        .send()
        .await;
    without.faulty("/channel", "required");
    let elsewhere = Filing::complaint().with("/region_code", places::OTHER_COUNTY);
    takes_down(&house, &triage, "phone", &elsewhere)
        .await
        .faulty("/region_code", "region_elsewhere");
    // Not a villager's way in, and nobody's without a login.
    let nobody = house
        .post("/admin/complaints")
        .key(&house.fresh_key())
        .json(&Filing::complaint().with("/channel", "phone").0)
        .send()
        .await;
    assert_eq!(nobody.status, 401);
    let own = Filing::complaint()
        .with("/channel", "phone")
        .try_in(&house)
        .await;
    own.faulty("/channel", "unknown_field");
    // A field nobody knows is refused inside too.
    let odd = Filing::complaint().with("/colour", "red");
    takes_down(&house, &triage, "phone", &odd)
        .await
        .faulty("/colour", "unknown_field");
}

#[tokio::test]
async fn said_twice_under_one_key_it_is_taken_down_once() {
    let house = House::new().await;
    let triage = house.triage().await;
    let body = Filing::complaint().with("/channel", "letter").0;
    let send = async |key: &str, body: &Value| {
        let call = triage.post("/admin/complaints").json(body);
        call.key(key).send().await
    };
    send("short", &body)
        .await
        .problem(422, "idempotency_key_invalid");
    let key = house.fresh_key();
    let first = send(&key, &body).await.expect(201).json();
    let again = send(&key, &body).await.expect(201);
    assert_eq!(again.header("idempotent-replay"), "true");
    assert_eq!(again.json(), first);
    let mut other = body.clone();
    other["text"] = json!("另外一件事情的内容");
    assert_eq!(send(&key, &other).await.status, 422);
    assert_eq!(triage.queue("limit=100").await.len(), 1);
}

#[tokio::test]
async fn a_caller_complains_about_the_one_who_takes_the_call() {
    let house = House::new().await;
    let (triage, county) = (house.triage().await, house.county().await);
    // Against the people of the township: the county supervises, and whoever wrote it down sees it no more.
    let filing = Filing::complaint()
        .category("conduct")
        .against_group("township");
    let filed = takes_down(&house, &triage, "phone", &filing)
        .await
        .expect(201)
        .json();
    let number = filed["number"].as_str().unwrap();
    assert!(triage.queue(&format!("q={number}")).await.is_empty());
    assert_eq!(county.queue(&format!("q={number}")).await.len(), 1);
}

#[tokio::test]
async fn who_called_is_sealed_like_anybody() {
    let house = House::new().await;
    let triage = house.triage().await;
    let filing = Filing::complaint().confidential("演示来电人", "13900008888");
    let filed = takes_down(&house, &triage, "phone", &filing)
        .await
        .expect(201)
        .json();
    for needle in ["演示来电人", "13900008888"] {
        assert!(!filed.to_string().contains(needle));
        assert!(house.database.tables_with(needle).is_empty());
    }
    let web = Villager::files(&house, &Filing::complaint()).await;
    let id = triage.finds(&web).await;
    assert_eq!(triage.opens(&id).await["channel"], "web");
}
