//! Pictures of vouchers: nobody outside sees one before somebody blackened it, somebody else of the committee confirmed
//! it, and the disclosure was published.

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::support::sheets::Ledger;
use crate::support::{Answer, House, Staff, pictures, places};

struct Desk<'a> {
    house: &'a House,
    clerk: Staff<'a>,
    committee: Staff<'a>,
    publisher: Staff<'a>,
    disclosure: String,
    line: String,
}

impl<'a> Desk<'a> {
    /// A draft with its people.
    async fn of(house: &'a House) -> Self {
        let clerk = house.clerk().await;
        let draft = clerk.drafts(&Ledger::of(places::VILLAGE, "2026-10")).await;
        let disclosure = draft["id"].as_str().unwrap().to_owned();
        let path = format!("/admin/disclosures/{disclosure}/lines?limit=1");
        let lines = clerk.get(&path).send().await.ok();
        Self {
            house,
            committee: house.committee().await,
            publisher: house.publisher().await,
            line: lines["items"][0]["id"].as_str().unwrap().to_owned(),
            disclosure,
            clerk,
        }
    }

    async fn tries_to_add(&self, person: &Staff<'_>, bytes: Vec<u8>) -> Answer {
        let part = Part::bytes(bytes)
            .file_name("发票.jpg")
            .mime_str("image/jpeg")
            .unwrap();
        let (disclosure, line) = (&self.disclosure, &self.line);
        person
            .post(&format!(
                "/admin/disclosures/{disclosure}/lines/{line}/vouchers"
            ))
            .form(Form::new().part("file", part))
            .send()
            .await
    }

    async fn adds(&self) -> String {
        let answer = self
            .tries_to_add(&self.clerk, pictures::jpeg(200, 100))
            .await;
        let view = answer.expect(201).json();
        assert_eq!(
            (
                &view["state"],
                &view["width"],
                &view["height"],
                &view["line_id"]
            ),
            (
                &json!("uploaded"),
                &json!(200),
                &json!(100),
                &json!(self.line)
            )
        );
        view["id"].as_str().unwrap().to_owned()
    }

    async fn does(
        &self,
        person: &Staff<'_>,
        voucher: &str,
        what: &str,
        version: i64,
        body: Value,
    ) -> Answer {
        let disclosure = &self.disclosure;
        person
            .post(&format!(
                "/admin/disclosures/{disclosure}/vouchers/{voucher}/{what}"
            ))
            .if_match(&format!("\"{version}\""))
            .json(&body)
            .send()
            .await
    }

    async fn looks(&self, person: &Staff<'_>, voucher: &str, which: &str) -> Answer {
        let disclosure = &self.disclosure;
        person
            .get(&format!(
                "/admin/disclosures/{disclosure}/vouchers/{voucher}/{which}"
            ))
            .send()
            .await
    }

    async fn in_public(&self, voucher: &str) -> Answer {
        self.house.get(&format!("/files/{voucher}")).send().await
    }

    async fn public_files(&self) -> Value {
        let path = format!("/disclosures/{}/lines?limit=1", self.disclosure);
        self.house.reads(&path).await["items"][0]["files"].clone()
    }
}

fn a_box(x: u32, y: u32, width: u32, height: u32) -> Value {
    json!({ "x": x, "y": y, "width": width, "height": height })
}

#[tokio::test]
async fn blackened_confirmed_published_and_then_seen() {
    let house = House::new().await;
    let desk = Desk::of(&house).await;
    let voucher = desk.adds().await;
    let boxes = json!({ "rectangles": [a_box(20, 30, 50, 40), a_box(190, 0, 10, 10)] });
    desk.in_public(&voucher).await.problem(404, "not_found");
    desk.looks(&desk.clerk, &voucher, "redacted")
        .await
        .problem(404, "not_found");
    let early = desk
        .does(&desk.committee, &voucher, "confirm", 1, json!({}))
        .await;
    early.problem(409, "voucher_not_redacted");

    let redacted = desk
        .does(&desk.publisher, &voucher, "redact", 1, boxes.clone())
        .await;
    assert_eq!(redacted.etag(), "\"2\"");
    let view = redacted.ok();
    assert_eq!(
        (&view["state"], &view["rectangles"]),
        (&json!("redacted"), &boxes["rectangles"])
    );
    for person in [&desk.clerk, &desk.committee, &desk.publisher] {
        let original = pictures::read(
            &desk
                .looks(person, &voucher, "original")
                .await
                .expect(200)
                .body,
        );
        assert!(pictures::is_red(&original, 40, 50) && pictures::is_blue(&original, 195, 5));
        let left = desk.looks(person, &voucher, "redacted").await.expect(200);
        assert_eq!(
            left.header("content-security-policy"),
            "sandbox; default-src 'none'"
        );
        let left = pictures::read(&left.body);
        assert_eq!(left.dimensions(), (200, 100));
        // To the edge of the box, and no farther than JPEG blurs.
        for (x, y) in [(20, 30), (69, 69), (45, 50), (190, 0), (199, 9)] {
            assert!(pictures::is_about(&left, x, y, [0; 3]), "{x} {y}");
        }
        assert!(pictures::is_red(&left, 10, 50) && pictures::is_red(&left, 80, 50));
        assert!(pictures::is_blue(&left, 150, 80));
    }
    desk.in_public(&voucher).await.problem(404, "not_found");
    // Names and numbers are on the original only.
    let looked = "SELECT count(*) FROM audit WHERE action = 'look_at_voucher'";
    assert_eq!(house.database.count(looked), 3);

    // By somebody of the committee, and by nobody else.
    for person in [&desk.clerk, &desk.publisher] {
        let answer = desk.does(person, &voucher, "confirm", 2, json!({})).await;
        answer.problem(403, "not_permitted");
    }
    let stale = desk
        .does(&desk.committee, &voucher, "confirm", 1, json!({}))
        .await;
    stale.problem(412, "stale");
    let view = desk
        .does(&desk.committee, &voucher, "confirm", 2, json!({}))
        .await
        .ok();
    assert_eq!(
        (&view["state"], &view["version"]),
        (&json!("confirmed"), &json!(3))
    );
    desk.in_public(&voucher).await.problem(404, "not_found");

    desk.committee.signs(&desk.disclosure).await;
    desk.in_public(&voucher).await.problem(404, "not_found");
    desk.publisher.publishes(&desk.disclosure).await;
    let shown = desk.in_public(&voucher).await.expect(200);
    for (name, value) in [
        ("content-type", "image/jpeg"),
        (
            "content-disposition",
            "attachment; filename*=UTF-8''voucher.jpg",
        ),
        ("content-security-policy", "sandbox; default-src 'none'"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(shown.header(name), value, "{name}");
    }
    let left = pictures::read(&shown.body);
    assert!(pictures::is_about(&left, 45, 50, [0; 3]));
    assert_eq!(desk.public_files().await, json!([voucher]));
    // The draft's line is published; no other picture comes to it.
    let answer = desk.tries_to_add(&desk.clerk, pictures::jpeg(20, 20)).await;
    answer.problem(409, "illegal_state");
    // What was uploaded stays where it was.
    for path in [
        format!("/files/{voucher}/original"),
        format!("/files/{}", "0".repeat(32)),
        "/files/..%2f..".to_owned(),
    ] {
        assert_eq!(house.get(&path).send().await.status, 404, "{path}");
    }
    assert_eq!(house.pictures().len(), 2);
}

#[tokio::test]
async fn what_is_public_is_never_redacted_again() {
    let house = House::new().await;
    let desk = Desk::of(&house).await;
    let (voucher, late) = (desk.adds().await, desk.adds().await);
    let none = json!({ "rectangles": [] });
    let boxes = json!({ "rectangles": [a_box(0, 0, 200, 100)] });
    desk.does(&desk.clerk, &voucher, "redact", 1, none.clone())
        .await
        .ok();
    desk.does(&desk.committee, &voucher, "confirm", 2, json!({}))
        .await
        .ok();
    // A name was overlooked: as long as it is a draft's, the boxes are drawn anew, and confirmed anew.
    let view = desk
        .does(&desk.publisher, &voucher, "redact", 3, boxes.clone())
        .await
        .ok();
    assert_eq!(
        (&view["state"], &view["confirmed_at"]),
        (&json!("redacted"), &Value::Null)
    );
    assert_eq!(house.pictures().len(), 3, "the first redaction is gone");
    desk.does(&desk.committee, &voucher, "confirm", 4, json!({}))
        .await
        .ok();
    desk.committee.signs(&desk.disclosure).await;
    desk.publisher.publishes(&desk.disclosure).await;
    let shown = desk.in_public(&voucher).await.expect(200).body;

    // Published: nobody takes it away, covers it, or brings another, alone and without a reason.
    for person in [&desk.clerk, &desk.publisher] {
        let answer = desk.does(person, &voucher, "redact", 5, none.clone()).await;
        answer.problem(409, "voucher_public");
        let answer = desk.does(person, &voucher, "remove", 5, json!({})).await;
        answer.problem(409, "illegal_state");
        let answer = desk.tries_to_add(person, pictures::jpeg(20, 20)).await;
        answer.problem(409, "illegal_state");
    }
    assert_eq!(desk.in_public(&voucher).await.expect(200).body, shown);
    assert_eq!(desk.public_files().await, json!([voucher]));
    assert_eq!(house.pictures().len(), 3);

    // What nobody confirmed is shown to nobody; it may be finished, by two persons.
    desk.does(&desk.clerk, &late, "redact", 1, boxes).await.ok();
    desk.in_public(&late).await.problem(404, "not_found");
    desk.does(&desk.committee, &late, "confirm", 2, json!({}))
        .await
        .ok();
    desk.in_public(&late).await.expect(200);
    desk.does(&desk.clerk, &late, "redact", 3, none)
        .await
        .problem(409, "voucher_public");
}

#[tokio::test]
async fn whoever_had_a_hand_in_it_does_not_confirm_it() {
    let house = House::new().await;
    let desk = Desk::of(&house).await;
    let voucher = desk.adds().await;
    // Another account of the clerk's.
    house
        .inside
        .are_one_person(&house.database, &desk.clerk.id, &desk.committee.id);
    let none = json!({ "rectangles": [] });
    desk.does(&desk.clerk, &voucher, "redact", 1, none)
        .await
        .ok();
    let answer = desk
        .does(&desk.committee, &voucher, "confirm", 2, json!({}))
        .await;
    answer.problem(403, "voucher_own_work");
}

#[tokio::test]
async fn boxes_lie_within_the_picture() {
    let house = House::new().await;
    let desk = Desk::of(&house).await;
    let voucher = desk.adds().await;
    let many: Vec<Value> = (0..101).map(|_| a_box(0, 0, 1, 1)).collect();
    for (boxes, pointer, code) in [
        (
            json!([a_box(0, 0, 1, 1), a_box(150, 0, 51, 1)]),
            "/rectangles/1",
            "box_outside",
        ),
        (json!([a_box(0, 100, 1, 1)]), "/rectangles/0", "box_outside"),
        (json!([a_box(0, 0, 0, 1)]), "/rectangles/0", "box_outside"),
        (
            json!([a_box(u32::MAX, 0, u32::MAX, 1)]),
            "/rectangles/0",
            "box_outside",
        ),
        (
            json!([{ "x": -1, "y": 0, "width": 1, "height": 1 }]),
            "/rectangles/0/x",
            "wrong_type",
        ),
        (
            json!([{ "x": 0.5, "y": 0, "width": 1, "height": 1 }]),
            "/rectangles/0/x",
            "wrong_type",
        ),
        (json!(many), "/rectangles", "too_long"),
    ] {
        let body = json!({ "rectangles": boxes });
        let answer = desk.does(&desk.clerk, &voucher, "redact", 1, body).await;
        answer.faulty(pointer, code);
    }
    let path = format!(
        "/admin/disclosures/{}/vouchers/{voucher}/redact",
        desk.disclosure
    );
    let unseen = desk
        .clerk
        .post(&path)
        .json(&json!({ "rectangles": [] }))
        .send()
        .await;
    unseen.problem(428, "if_match_required");
    assert_eq!(house.pictures().len(), 1);
}

#[tokio::test]
async fn another_village_finds_no_voucher() {
    let house = House::new().await;
    let desk = Desk::of(&house).await;
    let voucher = desk.adds().await;
    let unit = places::committee(places::OTHER_VILLAGE);
    let other = house
        .staff("village_clerk", &unit, places::OTHER_VILLAGE)
        .await;
    for which in ["original", "redacted"] {
        desk.looks(&other, &voucher, which)
            .await
            .problem(404, "not_found");
    }
    let list = format!("/admin/disclosures/{}/vouchers", desk.disclosure);
    other.get(&list).send().await.problem(404, "not_found");
    desk.tries_to_add(&other, pictures::jpeg(20, 20))
        .await
        .problem(404, "not_found");
    let none = json!({ "rectangles": [] });
    desk.does(&other, &voucher, "redact", 1, none)
        .await
        .problem(404, "not_found");
    let own = desk.clerk.get(&list).send().await.ok();
    assert_eq!(own["items"][0]["id"], json!(voucher));
    assert_eq!(house.pictures().len(), 1);
    // What is no picture is none here either.
    desk.tries_to_add(&desk.clerk, b"%PDF-1.7".to_vec())
        .await
        .problem(415, "image_unsupported");
}

#[tokio::test]
async fn a_picture_uploaded_by_mistake_goes_with_all_that_was_made_of_it() {
    let house = House::new().await;
    let desk = Desk::of(&house).await;
    let (wrong, right) = (desk.adds().await, desk.adds().await);
    let boxes = json!({ "rectangles": [a_box(0, 0, 10, 10)] });
    desk.does(&desk.clerk, &wrong, "redact", 1, boxes)
        .await
        .expect(200);
    assert_eq!(house.pictures().len(), 3);
    let remove = |person, voucher, seen| desk.does(person, voucher, "remove", seen, json!({}));
    remove(&desk.committee, &wrong, 2)
        .await
        .problem(403, "not_permitted");
    remove(&desk.clerk, &wrong, 1).await.problem(412, "stale");
    remove(&desk.clerk, &wrong, 2).await.expect(204);
    for which in ["original", "redacted"] {
        desk.looks(&desk.clerk, &wrong, which)
            .await
            .problem(404, "not_found");
    }
    remove(&desk.clerk, &wrong, 2)
        .await
        .problem(404, "not_found");
    assert_eq!(house.pictures().len(), 1);
    let taken = format!(
        "SELECT count(*) FROM audit WHERE action = 'remove_voucher' AND reason = '{wrong}'"
    );
    assert_eq!(house.database.count(&taken), 1);
    // What is published stays.
    desk.committee.signs(&desk.disclosure).await;
    desk.publisher.publishes(&desk.disclosure).await;
    remove(&desk.clerk, &right, 1)
        .await
        .problem(409, "illegal_state");
    desk.looks(&desk.clerk, &right, "original")
        .await
        .expect(200);
}
