//! Letters: what does not go is seen by those who run the installation, and what goes twice is one letter.

use serde_json::{Value, json};

use crate::support::actors::Township;
use crate::support::{Filing, House, Staff, Villager, places};

#[tokio::test]
async fn a_dead_letter_is_seen_without_its_content_and_sent_again() {
    let house = House::new().await;
    let (triage, administrator) = (house.triage().await, house.administrator().await);
    house.database.run_with(
        "UPDATE staff SET email = 'nowhere at all' WHERE id = $1",
        &[&triage.id],
    );
    let villager = Villager::files(&house, &Filing::complaint()).await;
    house.worker().await;
    let page = administrator.get("/admin/dead-letters").send().await;
    assert!(!page.text().contains(&villager.number), "{page:?}");
    let list = page.ok();
    let letter = &list["items"][0];
    assert_eq!(
        (&letter["template"], &letter["attempts"]),
        (&json!("filed"), &json!(1))
    );
    assert!(letter["last_error"].as_str().unwrap().contains("address"));
    let retry = |id: &str| {
        administrator
            .post(&format!("/admin/dead-letters/{id}/retry"))
            .send()
    };
    let id = letter["id"].as_str().unwrap();
    house.database.run_with(
        "UPDATE staff SET email = $2 WHERE id = $1",
        &[&triage.id, &triage.email],
    );
    retry(id).await.expect(204);
    house.worker().await;
    let to_triage = |house: &House| {
        let letters = house.letters().into_iter();
        letters
            .filter(|letter| letter.to.contains(&triage.email))
            .count()
    };
    assert_eq!(to_triage(&house), 1);
    retry(id).await.problem(409, "letter_not_dead");
    retry("no-such-letter").await.problem(404, "not_found");
    let list = administrator.get("/admin/dead-letters").send().await.ok();
    assert_eq!(list["items"], json!([]));
}

#[tokio::test]
async fn a_crash_between_sending_and_marking_sends_the_same_letter() {
    let house = House::new().await;
    let triage = house.triage().await;
    Villager::files(&house, &Filing::complaint()).await;
    house.worker().await;
    // What a worker leaves behind that died after the server had taken the letter.
    house
        .database
        .run("UPDATE outbox SET state = 'pending', claimed_until = 0");
    house.worker().await;
    let ids: Vec<String> = house
        .letters()
        .into_iter()
        .filter(|letter| letter.to.contains(&triage.email))
        .map(|letter| {
            let line = letter
                .text
                .lines()
                .find(|line| line.starts_with("Message-ID"));
            line.unwrap().to_owned()
        })
        .collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1]);
}

#[tokio::test]
async fn letters_speak_both_languages_and_subjects_say_nothing() {
    let house = House::new().await;
    let triage = house.triage().await;
    let villager = Villager::files(&house, &Filing::complaint()).await;
    house.worker().await;
    let letters = house.letters();
    let letter = letters
        .iter()
        .find(|letter| letter.to.contains(&triage.email))
        .unwrap();
    assert!(!letter.subject.contains(&villager.number));
    assert!(letter.subject.contains("新的事项") && letter.subject.contains("new item"));
    assert!(letter.text.contains(&villager.number));
    for words in ["受理", "accepted"] {
        assert!(letter.text.contains(words), "{letter:?}");
    }
    assert!(!letter.text.contains("盖个章"), "no content");
}

/// A case that came while the office was closed, and of which it turns out meanwhile whom it is about; its number.
async fn found_overnight(house: &House, finder: &Staff<'_>, target: Value) -> String {
    let villager = Villager::files(house, &Filing::complaint()).await;
    let list = finder.get(&format!("/admin/complaints?q={}", villager.number));
    let id = list.send().await.ok()["items"][0]["id"].clone();
    let id = id.as_str().unwrap();
    let seen = finder.tries_to_open(id).await.etag();
    let found = json!({ "targets": [target], "reason": "查明对象" });
    let put = finder.put(&format!("/admin/complaints/{id}/targets"));
    let answer = put.if_match(&seen).json(&found).send().await;
    assert!(matches!(answer.status, 200 | 204), "{answer:?}");
    house.comes_to("2026-11-03T09:00:00+08:00").await;
    villager.number.clone()
}

/// Letters about a case that somebody got.
fn letters_to(house: &House, person: &Staff<'_>, number: &str) -> usize {
    let letters = house.letters().into_iter();
    let own = letters.filter(|letter| letter.to.contains(&person.email));
    own.filter(|letter| letter.text.contains(number)).count()
}

#[tokio::test]
async fn whoever_was_recused_meanwhile_gets_no_letter() {
    let house = House::at("2026-11-02T20:00:00+08:00").await;
    let (related, other) = (house.triage().await, house.triage().await);
    let committee = json!({ "type": "organisation", "id": places::committee(places::VILLAGE) });
    let declared = json!({ "of": "myself", "to": committee, "note": "近亲属" });
    let declaration = related.post("/admin/relations").json(&declared);
    declaration.send().await.expect(201);
    let number = found_overnight(&house, &other, committee).await;
    assert_eq!(letters_to(&house, &related, &number), 0);
    assert!(letters_to(&house, &other, &number) > 0);
}

#[tokio::test]
async fn nobody_of_the_accused_leaders_unit_gets_a_letter_that_waited() {
    let house = House::at("2026-11-02T20:00:00+08:00").await;
    let (one, other, county) = (
        house.triage().await,
        house.triage().await,
        house.county().await,
    );
    let leader = format!("{}-secretary", places::organ(places::TOWNSHIP));
    let leader = json!({ "type": "post", "id": leader });
    let number = found_overnight(&house, &one, leader).await;
    assert_eq!(letters_to(&house, &one, &number), 0);
    assert_eq!(letters_to(&house, &other, &number), 0);
    assert!(letters_to(&house, &county, &number) > 0);
}

#[tokio::test]
async fn an_organ_that_a_case_was_taken_from_gets_no_letter_about_it() {
    // The head of the township's government, whom the county looks into; and one of the county's organ, whom the city.
    for post in [
        format!("{}-head", places::government(places::TOWNSHIP)),
        format!("{}-secretary", places::organ(places::COUNTY)),
    ] {
        let house = House::at("2026-11-02T20:00:00+08:00").await;
        let (one, other) = (house.triage().await, house.triage().await);
        let target = json!({ "type": "post", "id": post });
        let number = found_overnight(&house, &one, target).await;
        assert_eq!(letters_to(&house, &one, &number), 0, "{post}");
        assert_eq!(letters_to(&house, &other, &number), 0, "{post}");
    }
}

#[tokio::test]
async fn a_letter_to_an_account_that_was_disabled_is_nobodys_trouble() {
    let house = House::at("2026-11-02T20:00:00+08:00").await;
    let (gone, administrator) = (house.triage().await, house.administrator().await);
    Villager::files(&house, &Filing::complaint()).await;
    house.inside.disable(&gone.username).await;
    house.comes_to("2026-11-03T09:00:00+08:00").await;
    let dead = administrator.get("/admin/dead-letters").send().await.ok();
    assert_eq!(dead["items"], json!([]));
    assert!(
        house
            .letters()
            .iter()
            .all(|one| !one.to.contains(&gone.email))
    );
}

#[tokio::test]
async fn t16_a_letter_held_up_does_not_go_out_at_night() {
    let house = House::new().await;
    let triage = house.triage().await;
    Villager::files(&house, &Filing::complaint()).await;
    // The worker was down all day.
    house.comes_to("2026-11-02T22:00:00+08:00").await;
    assert!(house.letters().is_empty(), "{:?}", house.letters());
    house.comes_to("2026-11-03T09:00:00+08:00").await;
    assert!(
        house
            .letters()
            .iter()
            .any(|letter| letter.to.contains(&triage.email))
    );
}

#[tokio::test]
async fn above_the_city_there_is_a_line_every_working_day_until_answered() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (county, city) = (house.county().await, house.city().await);
    let (villager, id) = township.case_in("handling", &Filing::complaint()).await;
    let lines = |house: &House| {
        let letters = house.letters().into_iter();
        letters
            .filter(|letter| letter.to.contains(&city.email) && letter.subject.contains("每日"))
            .filter(|letter| letter.text.contains(&villager.number))
            .count()
    };
    for day in ["24", "27", "30"] {
        house
            .comes_to(&format!("2026-11-{day}T09:30:00+08:00"))
            .await;
    }
    county.opens(&id).await;
    assert_eq!(lines(&house), 0);
    house.comes_to("2026-12-01T09:30:00+08:00").await;
    city.acts(&id, json!({ "action": "acknowledge" })).await;
    let begun = lines(&house);
    house.comes_to("2026-12-02T08:00:00+08:00").await;
    assert_eq!(lines(&house), begun, "not before the office opens");
    house.comes_to("2026-12-02T09:30:00+08:00").await;
    house.comes_to("2026-12-02T15:00:00+08:00").await;
    assert_eq!(lines(&house), begun + 1, "once a day");
    house.comes_to("2026-12-05T10:00:00+08:00").await;
    house.comes_to("2026-12-06T10:00:00+08:00").await;
    assert_eq!(lines(&house), begun + 1, "not at the weekend");
    township.handler.answers(&id).await;
    township.triage.approves(&id).await;
    house.comes_to("2026-12-07T10:00:00+08:00").await;
    assert_eq!(lines(&house), begun + 1, "answered: no more");
}
