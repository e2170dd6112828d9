//! Filing: what is refused and where, what is kept once, and who gets it.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::actors::publish_ledger;
use crate::support::sheets::Ledger;
use crate::support::{Filing, House, Staff, Villager, places, shapes};

#[tokio::test]
async fn every_bad_field_is_named() {
    let house = House::new().await;
    let base = Filing::complaint;
    let cases = [
        (
            base().with("/region_code", "12"),
            "/region_code",
            "invalid_region_code|wrong_type",
        ),
        (
            base().with("/region_code", "230104999999"),
            "/region_code",
            "region_unknown",
        ),
        (
            base().with("/region_code", places::CITY),
            "/region_code",
            "region_too_wide",
        ),
        (base().without("/region_code"), "/region_code", "required"),
        (base().kind("rant"), "/kind", "wrong_type"),
        (base().without("/kind"), "/kind", "required"),
        (base().category("nonsense"), "/category", "category_unknown"),
        (base().without("/category"), "/category", "required"),
        (base().text("四个字啊"), "/text", "too_short"),
        (base().text("    四个字啊    "), "/text", "too_short"),
        (base().text(&"长".repeat(4001)), "/text", "too_long"),
        (base().text("五个字以上\u{0}"), "/text", "control_character"),
        (base().text("五个字以上\u{7}"), "/text", "control_character"),
        (base().with("/text", 5), "/text", "wrong_type"),
        (base().without("/text"), "/text", "required"),
        (base().without("/targets"), "/targets", "required"),
        (base().with("/targets", "nobody"), "/targets", "wrong_type"),
        (
            base().with("/targets/-", json!({ "type": "ghost" })),
            "/targets/0/type",
            "wrong_type",
        ),
        (base().without("/identity"), "/identity", "required"),
        (
            base().with("/identity", json!({})),
            "/identity/mode",
            "required",
        ),
        (
            base().with("/identity/mode", "secret"),
            "/identity/mode",
            "wrong_type",
        ),
        (
            base().with("/identity/name", "演示甲"),
            "/identity",
            "anonymous_with_identity",
        ),
        (
            base().with("/identity/phone", "13800000001"),
            "/identity",
            "anonymous_with_identity",
        ),
        (
            base().with("/identity/email", "a@example.invalid"),
            "/identity",
            "anonymous_with_identity",
        ),
        (
            base().with("/identity/mode", "confidential"),
            "/identity",
            "identity_missing",
        ),
        (
            base().with(
                "/identity",
                json!({ "mode": "named", "phone": "13800000001" }),
            ),
            "/identity/name",
            "identity_missing",
        ),
        (
            base().confidential("演示甲", "问村长"),
            "/identity/phone",
            "invalid_phone",
        ),
        (
            base().with(
                "/identity",
                json!({ "mode": "confidential", "email": "nobody" }),
            ),
            "/identity/email",
            "invalid_email",
        ),
        (
            base().confidential(&"长".repeat(61), "13800000001"),
            "/identity/name",
            "invalid_text|too_long",
        ),
        (base().with("/filed_by", "dog"), "/filed_by", "wrong_type"),
        (
            base().with("/may_publish_answer", "yes"),
            "/may_publish_answer",
            "wrong_type",
        ),
        (base().about("rumour", "x"), "/about/type", "wrong_type"),
        (
            base().with("/attachments", json!(["never-given"])),
            "/attachments/0",
            "attachment_gone",
        ),
        (base().with("/colour", "red"), "/colour", "unknown_field"),
        (
            base().with("/identity/colour", "red"),
            "/identity/colour",
            "unknown_field",
        ),
        (
            base().with(
                "/targets/-",
                json!({ "type": "group", "group": "village", "colour": 1 }),
            ),
            "/targets/0/colour",
            "unknown_field",
        ),
    ];
    for (filing, pointer, codes) in cases {
        let answer = filing.try_in(&house).await;
        assert_eq!(answer.status, 422, "{pointer}: {answer:?}");
        answer.faulty(pointer, codes);
    }
    // All at once, not one by one.
    let answer = base()
        .category("nonsense")
        .text("短")
        .confidential("演示甲", "x")
        .try_in(&house)
        .await;
    answer.faulty("/category", "category_unknown");
    answer.faulty("/text", "too_short");
    answer.faulty("/identity/phone", "invalid_phone");
    // Nothing of all this was kept.
    assert_eq!(house.triage().await.queue("").await, [Value::Null; 0]);
}

#[tokio::test]
async fn a_target_must_exist_here_and_be_whole() {
    let house = House::new().await;
    for (target, codes) in [
        (json!({ "type": "organisation" }), "target_invalid|required"),
        (json!({ "type": "post" }), "target_invalid|required"),
        (json!({ "type": "group" }), "target_invalid|required"),
        (json!({ "type": "other" }), "target_invalid|required"),
        (
            json!({ "type": "organisation", "id": "village-committee-000000000000" }),
            "target_unknown",
        ),
        (json!({ "type": "post", "id": "nobody" }), "target_unknown"),
        (
            json!({ "type": "organisation", "id": places::county_government(places::OTHER_COUNTY) }),
            "target_unknown",
        ),
    ] {
        let answer = Filing::complaint()
            .with("/targets/-", target.clone())
            .try_in(&house)
            .await;
        assert_eq!(answer.status, 422, "{target}: {answer:?}");
        let named = answer.json()["errors"]
            .as_array()
            .unwrap()
            .iter()
            .any(|error| {
                error["pointer"].as_str().unwrap().starts_with("/targets/0")
                    && codes.split('|').any(|code| error["code"] == code)
            });
        assert!(named, "{target}: {answer:?}");
    }
}

#[tokio::test]
async fn the_bounds_of_a_text_are_characters() {
    let house = House::new().await;
    for text in [
        "五个字刚好",
        &"长".repeat(4000),
        "  \n有空白的不算在内\n ",
        "表情也算一个字👍",
    ] {
        let villager = Villager::files(&house, &Filing::complaint().text(text)).await;
        assert_eq!(villager.filed["state"], "submitted");
    }
}

#[tokio::test]
async fn what_a_filing_answers() {
    let house = House::new().await;
    for kind in ["complaint", "question", "suggestion", "help"] {
        let answer = Filing::complaint()
            .kind(kind)
            .try_in(&house)
            .await
            .expect(201);
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("idempotent-replay"), "");
        let filed = answer.json();
        shapes::has(
            &filed,
            "number kind region_code category state round level light received_at timers events messages
             answer rating allowed_actions working_days_left receipt_code promise"
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .as_str(),
        );
        assert_eq!(filed["kind"], kind);
        assert_eq!(filed["received_at"], "2026-11-02T09:00:00+08:00");
        let number = filed["number"].as_str().unwrap();
        let groups: Vec<&str> = number.split(['-', ' ']).collect();
        assert!(
            groups.len() == 2 && groups.iter().all(|group| group.len() == 4),
            "{number}"
        );
        assert!(!number.contains(['I', 'L', 'O', 'U']), "{number}");
        let receipt = filed["receipt_code"].as_str().unwrap();
        assert!(
            receipt.len() == 20 && receipt.bytes().all(|b| b.is_ascii_digit()),
            "{receipt}"
        );
        let days = match kind {
            "complaint" => 15,
            "question" => 3,
            _ => 7,
        };
        assert_eq!(filed["working_days_left"], days, "{kind}");
        let handle = shapes::timer(&filed, "handle", 1);
        shapes::has(
            &handle,
            "stage round started_at due_at due_date provisional paused stopped_at breached",
        );
        let due = match kind {
            "complaint" => "2026-11-23",
            "question" => "2026-11-05",
            _ => "2026-11-11",
        };
        assert_eq!(handle["due_date"], due, "{kind}");
        assert_eq!(handle["started_at"], "2026-11-02T09:00:00+08:00");
        assert_eq!(handle["provisional"], false);
        let may: BTreeSet<String> = shapes::words(&filed["allowed_actions"])
            .into_iter()
            .collect();
        assert_eq!(
            may,
            BTreeSet::from(["message".to_owned(), "withdraw".to_owned()])
        );
    }
}

// ---------------------------------------------------------------- saying it twice

#[tokio::test]
async fn without_a_key_nothing_is_filed() {
    let house = House::new().await;
    house
        .post("/complaints")
        .json(&Filing::complaint().0)
        .send()
        .await
        .problem(400, "idempotency_key_required");
    for key in [
        "short",
        &"k".repeat(21),
        &"k".repeat(129),
        "has a blank in the middle of it",
    ] {
        Filing::complaint()
            .send(&house, key)
            .await
            .problem(422, "idempotency_key_invalid");
    }
    for length in [22, 128] {
        let key: String = house.fresh_key().chars().cycle().take(length).collect();
        Filing::complaint().send(&house, &key).await.expect(201);
    }
}

#[tokio::test]
async fn said_twice_it_is_filed_once() {
    let house = House::new().await;
    let (key, filing) = (house.fresh_key(), Filing::complaint());
    let first = filing.send(&house, &key).await.expect(201);
    assert_eq!(first.header("idempotent-replay"), "");
    let again = filing.send(&house, &key).await.expect(201);
    assert_eq!(again.header("idempotent-replay"), "true");
    assert_eq!(again.json(), first.json());
    // Other words under the same key are a mistake of the page.
    Filing::complaint()
        .text("完全是另外一件事情。")
        .send(&house, &key)
        .await
        .problem(422, "idempotency_key_reused");
    // The tokens of photos are left out: they may have been spent or be gone.
    let with_photo = filing
        .clone()
        .with("/attachments", json!(["spent-long-ago"]));
    let again = with_photo.send(&house, &key).await.expect(201);
    assert_eq!(again.json()["receipt_code"], first.json()["receipt_code"]);
    // A phone comes back after weeks, when the case has moved on: the same answer.
    let triage = house.triage().await;
    let id = triage.queue("").await[0]["id"].as_str().unwrap().to_owned();
    triage.accepts(&id).await;
    house.clock_to("2027-02-01T09:00:00+08:00");
    house.inside.wall_passes(90 * 86_400);
    let late = filing.send(&house, &key).await.expect(201);
    assert_eq!(late.header("idempotent-replay"), "true");
    for field in ["receipt_code", "number", "received_at"] {
        assert_eq!(late.json()[field], first.json()[field]);
    }
    let villager = house
        .get("/receipt")
        .receipt(late.json()["receipt_code"].as_str().unwrap())
        .send()
        .await;
    assert_eq!(
        villager.expect(200).json()["number"],
        first.json()["number"]
    );
}

#[tokio::test]
async fn twenty_at_once_under_one_key_are_one_case() {
    let house = House::busy().await;
    let (key, filing) = (house.fresh_key(), Filing::complaint());
    let answers = join_all((0..20).map(|_| filing.send(&house, &key))).await;
    let mut receipts = BTreeSet::new();
    for answer in answers {
        match answer.status {
            201 => {
                receipts.insert(answer.json()["receipt_code"].as_str().unwrap().to_owned());
            }
            409 => {
                assert!(!answer.header("retry-after").is_empty(), "{answer:?}");
                answer.problem(409, "in_flight");
            }
            _ => panic!("{answer:?}"),
        }
    }
    assert_eq!(receipts.len(), 1, "one case, one receipt");
    let after = filing.send(&house, &key).await.expect(201).json();
    assert!(receipts.contains(after["receipt_code"].as_str().unwrap()));
    assert_eq!(house.triage().await.queue("").await.len(), 1);
}

#[tokio::test]
async fn like_words_under_other_keys_are_other_cases() {
    let house = House::new().await;
    let one = Villager::files(&house, &Filing::complaint()).await;
    let two = Villager::files(&house, &Filing::complaint()).await;
    assert_ne!(one.receipt, two.receipt);
    assert_ne!(one.number, two.number);
}

// ---------------------------------------------------------------- the receipt

#[tokio::test]
async fn a_receipt_is_read_as_people_write_it() {
    let house = House::new().await;
    let villager = Villager::files(&house, &Filing::complaint()).await;
    let digits = &villager.receipt;
    let groups: Vec<&str> = (0..5)
        .map(|group| &digits[group * 4..group * 4 + 4])
        .collect();
    let wide: String = digits
        .chars()
        .map(|digit| char::from_u32('０' as u32 + digit.to_digit(10).unwrap()).unwrap())
        .collect();
    for typed in [
        groups.join(" "),
        groups.join("-"),
        groups.join("　"),
        format!("  {digits} "),
        wide,
    ] {
        let answer = house
            .get("/receipt")
            .receipt(&typed)
            .send()
            .await
            .expect(200);
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.json()["number"], villager.number.as_str(), "{typed}");
        shapes::has_not(&answer.json(), "receipt_code id version text");
    }
}

#[tokio::test]
async fn without_a_receipt_and_with_a_wrong_one() {
    let house = House::new().await;
    let villager = Villager::files(&house, &Filing::complaint()).await;
    house
        .get("/receipt")
        .send()
        .await
        .problem(401, "receipt_required");
    let mut typo = villager.receipt.clone();
    let wrong = if typo.starts_with('5') { "6" } else { "5" };
    typo.replace_range(0..1, wrong);
    // Twenty digits with a right check digit that nobody has.
    let unknown = "00000000000000000000";
    let mut bodies = Vec::new();
    for code in [
        typo.as_str(),
        unknown,
        "",
        "1234",
        "not digits at all",
        &"9".repeat(300),
    ] {
        let answer = house.get("/receipt").receipt(code).send().await;
        bodies.push(answer.anonymous_problem());
        answer.problem(404, "receipt_unknown");
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "one answer for all");
    for (what, body) in [
        ("messages", json!({ "text": "还有一句" })),
        ("supplement", json!({ "text": "还有一句" })),
        ("rating", json!({ "rating": "satisfied" })),
        ("dispute", json!({ "reason": "不服" })),
        ("withdraw", json!({ "reason": "算了" })),
    ] {
        let post = |code: Option<&str>| {
            let call = house.post(&format!("/receipt/{what}")).json(&body);
            match code {
                Some(code) => call.receipt(code),
                None => call,
            }
            .send()
        };
        post(None).await.problem(401, "receipt_required");
        post(Some(unknown)).await.problem(404, "receipt_unknown");
    }
}

#[tokio::test]
async fn what_was_said_in_confidence_is_sealed() {
    let house = House::new().await;
    let canary = ["演示金丝雀", "13877776666", "canary-mail@example.invalid"];
    let filing = Filing::complaint().with(
        "/identity",
        json!({ "mode": "named", "name": canary[0], "phone": canary[1], "email": canary[2] }),
    );
    let villager = Villager::files(&house, &filing).await;
    let triage = house.triage().await;
    let id = triage.finds(&villager).await;
    for path in [
        "/admin/complaints".to_owned(),
        format!("/admin/complaints/{id}"),
        format!("/admin/complaints/{id}/events"),
    ] {
        let text = triage.get(&path).send().await.expect(200).text();
        for secret in canary {
            assert!(!text.contains(secret), "{path}");
        }
    }
    house.worker().await;
    for secret in canary.into_iter().chain([villager.receipt.as_str()]) {
        assert_eq!(house.database.tables_with(secret), [""; 0], "{secret}");
        assert!(!house.everything_written().contains(secret), "{secret}");
    }
}

// ---------------------------------------------------------------- which door

#[tokio::test]
async fn categories_say_which_door_and_the_others_are_taken() {
    let house = House::new().await;
    let list = house.reads("/categories").await;
    let kinds: BTreeSet<&str> = list["kinds"]
        .as_array()
        .unwrap()
        .iter()
        .map(|kind| kind["code"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        BTreeSet::from(["complaint", "question", "suggestion", "help"])
    );
    let mut taken = Vec::new();
    for category in list["categories"].as_array().unwrap() {
        shapes::has(category, "code name hint redirect");
        let code = category["code"].as_str().unwrap();
        let answer = Filing::complaint().category(code).try_in(&house).await;
        if category["redirect"].is_null() {
            answer.expect(201);
            taken.push(code.to_owned());
        } else {
            shapes::has(&category["redirect"], "code text phone");
            assert_eq!(answer.status, 422, "{answer:?}");
            answer.faulty("/category", "belongs_elsewhere");
        }
    }
    taken.sort();
    let mut named = [
        "accounts",
        "assets_resources",
        "projects",
        "benefits",
        "decisions",
        "conduct",
        "service",
        "environment",
        "land_housing",
        "disclosure",
        "other",
    ];
    named.sort_unstable();
    assert_eq!(taken, named);
    let corruption = list["categories"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["redirect"]["phone"] == "12388");
    assert!(corruption.is_some(), "12388 is named: {list}");
}

/// Which organ supervises a case against these: the level, as section 4 says.
#[tokio::test]
async fn a_case_goes_strictly_above_whoever_it_is_about() {
    let house = House::new().await;
    let (township, county, city) = (
        house.triage().await,
        house.county().await,
        house.city().await,
    );
    let base = Filing::complaint;
    let post = |unit: &str, slug: &str| format!("{unit}-{slug}");
    let village = places::committee(places::VILLAGE);
    let government = places::government(places::TOWNSHIP);
    let cases: [(Filing, &Staff<'_>, &str, u64); 14] = [
        (base(), &township, places::TOWNSHIP, 1),
        (
            base().against_unit(&village),
            &township,
            places::TOWNSHIP,
            1,
        ),
        (
            base().against_post(&post(&village, "director")),
            &township,
            places::TOWNSHIP,
            1,
        ),
        (
            base().against_unit(&places::supervision_committee(places::VILLAGE)),
            &township,
            places::TOWNSHIP,
            1,
        ),
        (
            base().against_group("village"),
            &township,
            places::TOWNSHIP,
            1,
        ),
        (base().against_unit(&government), &county, places::COUNTY, 2),
        (
            base().against_post(&post(&government, "head")),
            &county,
            places::COUNTY,
            2,
        ),
        (
            base().against_post(&post(&government, "staff")),
            &county,
            places::COUNTY,
            2,
        ),
        (
            base().against_unit(&places::agency(places::TOWNSHIP)),
            &county,
            places::COUNTY,
            2,
        ),
        (
            base().against_unit(&places::organ(places::TOWNSHIP)),
            &county,
            places::COUNTY,
            2,
        ),
        (base().against_group("township"), &county, places::COUNTY, 2),
        (
            base().against_other("常来村里的一个戴眼镜的人"),
            &county,
            places::COUNTY,
            2,
        ),
        (
            base().against_group("village").against_unit(&government),
            &county,
            places::COUNTY,
            2,
        ),
        (
            base().against_unit(&places::county_government(places::COUNTY)),
            &city,
            places::CITY,
            3,
        ),
    ];
    for (filing, keeper, region, level) in cases {
        let villager = Villager::files(&house, &filing).await;
        let targets = &filing.0["targets"];
        assert_eq!(villager.filed["level"], level, "{targets}");
        let id = keeper.finds(&villager).await;
        let view = keeper.opens(&id).await;
        assert_eq!(
            shapes::id_of(&view["supervising_unit"]).unwrap(),
            places::organ(region),
            "{targets}"
        );
        assert_eq!(
            view["targets"].as_array().unwrap().len(),
            targets.as_array().unwrap().len()
        );
        for other in [&township, &county, &city] {
            if other.id != keeper.id {
                other.does_not_find(&villager).await;
            }
        }
    }
    let villager = Villager::files(&house, &base().against_group("county")).await;
    city.finds(&villager).await;
    county.does_not_find(&villager).await;
}

#[tokio::test]
async fn what_is_about_the_city_is_not_taken_here() {
    let house = House::new().await;
    let answer = Filing::complaint()
        .against_unit(&places::organ(places::CITY))
        .try_in(&house)
        .await;
    assert_eq!(answer.status, 422, "{answer:?}");
    let problem = answer.json();
    let names_it = problem["code"] == "above_the_city"
        || problem["errors"]
            .as_array()
            .unwrap()
            .iter()
            .any(|error| error["code"] == "above_the_city");
    assert!(names_it, "{problem}");
    assert!(
        problem.to_string().contains("12388"),
        "the outside door is named: {problem}"
    );
}

#[tokio::test]
async fn a_case_may_be_filed_for_a_township_or_a_county() {
    let house = House::new().await;
    let (triage, county) = (house.triage().await, house.county().await);
    let of = |region: &str| Filing::complaint().with("/region_code", region);
    let villager = Villager::files(&house, &of(places::TOWNSHIP)).await;
    triage.finds(&villager).await;
    let villager = Villager::files(&house, &of(places::COUNTY)).await;
    county.finds(&villager).await;
    triage.does_not_find(&villager).await;
}

// ---------------------------------------------------------------- about something published

#[tokio::test]
async fn about_must_be_published_here() {
    let house = House::new().await;
    let published = publish_ledger(&house, &Ledger::of(places::VILLAGE, "2026-09")).await;
    let id = published["id"].as_str().unwrap();
    let line = house.lists(&format!("/disclosures/{id}/lines")).await[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let draft = house
        .clerk()
        .await
        .drafts(&Ledger::of(places::VILLAGE, "2026-10"))
        .await;
    let power = house
        .lists(&format!("/regions/{}/powers", places::VILLAGE))
        .await[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for (kind, id) in [
        ("disclosure_line", line.as_str()),
        ("disclosure", id),
        ("power_item", &power),
    ] {
        let villager = Villager::files(&house, &Filing::complaint().about(kind, id)).await;
        let triage = house.triage().await;
        let view = triage.opens(&triage.finds(&villager).await).await;
        assert_eq!(
            (&view["about"]["type"], &view["about"]["id"]),
            (&json!(kind), &json!(id))
        );
        assert!(
            view["about"]["version"].is_number(),
            "pinned to the version seen: {view}"
        );
    }
    let refused = |filing: Filing| {
        let house = &house;
        async move {
            let answer = filing.try_in(house).await;
            assert_eq!(answer.status, 422, "{answer:?}");
            let named = answer.json()["errors"]
                .as_array()
                .unwrap()
                .iter()
                .any(|error| {
                    error["pointer"].as_str().unwrap().starts_with("/about")
                        && error["code"] == "about_not_found"
                });
            assert!(named, "{answer:?}");
        }
    };
    // Of another village, not published yet, another thing's id, nothing at all.
    let elsewhere = Filing::complaint().with("/region_code", places::OTHER_VILLAGE);
    refused(elsewhere.clone().about("disclosure_line", &line)).await;
    refused(elsewhere.about("disclosure", id)).await;
    refused(Filing::complaint().about("disclosure", draft["id"].as_str().unwrap())).await;
    refused(Filing::complaint().about("disclosure", &line)).await;
    refused(Filing::complaint().about("disclosure_line", "nothing")).await;
    refused(Filing::complaint().about("power_item", "nothing")).await;
}
