//! Photos: only pixels are kept, each token is used once, and who may not look at one finds none.

use std::fs;
use std::time::Duration;

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::support::actors::{Township, dispatch};
use crate::support::apart::Apart;
use crate::support::{Answer, Filing, House, Staff, Villager, pictures, places};

fn with_photos(tokens: &[&str]) -> Filing {
    Filing::complaint().with("/attachments", json!(tokens))
}

async fn with_a_photo(house: &House) -> Villager<'_> {
    let token = house.uploads(pictures::jpeg(60, 40)).await;
    Villager::files(house, &with_photos(&[&token])).await
}

async fn photo_of(staff: &Staff<'_>, id: &str, no: i32) -> Answer {
    staff
        .get(&format!("/admin/complaints/{id}/attachments/{no}"))
        .send()
        .await
}

fn numbers(view: &Value) -> Vec<i64> {
    let list = view["attachments"].as_array().unwrap();
    list.iter().map(|one| one["n"].as_i64().unwrap()).collect()
}

// ---------------------------------------------------------------- what comes in

#[tokio::test]
async fn what_is_packed_around_the_pixels_is_not_unpacked() {
    let mut house = House::new().await;
    let server = Apart::beside(&house);
    house.address.clone_from(&server.address);
    let bomb = pictures::png_with_a_bomb(240);
    assert!(bomb.len() < 800_000, "{} bytes", bomb.len());
    let upload = |bytes| house.tries_to_upload(bytes, "photo.png", "image/png");
    upload(pictures::png(40, 30)).await.expect(201);
    let before = server.memory("VmHWM:");
    let view = upload(bomb).await.expect(201).json();
    assert_eq!((&view["width"], &view["height"]), (&json!(40), &json!(30)));
    let most = server.memory("VmHWM:");
    assert!(
        most < before + 30 * 1024,
        "{before} KiB before, {most} at most"
    );
}

#[tokio::test]
async fn nothing_but_the_pixels_stays() {
    let house = House::new().await;
    // Taken upright: the phone wrote it lying on its side, and how to turn it.
    let sent = pictures::with_everything(&pictures::jpeg(120, 80), 6);
    assert!(String::from_utf8_lossy(&sent).contains(pictures::CANARY));
    let answer = house
        .tries_to_upload(sent, "IMG_20261102.jpg", "image/jpeg")
        .await;
    let upload = answer.expect(201);
    assert_eq!(upload.header("cache-control"), "no-store");
    let upload = upload.json();
    assert_eq!(
        (&upload["width"], &upload["height"], &upload["media_type"]),
        (&json!(80), &json!(120), &json!("image/jpeg"))
    );
    let token = upload["token"].as_str().unwrap();
    assert!(token.len() >= 22, "128 bits and more: {token}");
    let words = png_token(&house).await;
    let villager = Villager::files(&house, &with_photos(&[token, &words])).await;
    assert_eq!(numbers(&villager.filed), [1, 2]);

    let answer = villager.looks_at(1).await.expect(200);
    for (name, value) in [
        ("content-type", "image/jpeg"),
        (
            "content-disposition",
            "attachment; filename*=UTF-8''photo-1.jpg",
        ),
        ("content-security-policy", "sandbox; default-src 'none'"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
    let picture = pictures::read(&answer.body);
    assert_eq!(picture.dimensions(), (80, 120));
    // Turned a quarter to the right, the left half is on top.
    assert!(pictures::is_red(&picture, 40, 20) && pictures::is_blue(&picture, 40, 100));
    assert_eq!(upload["bytes"], answer.body.len());

    let second = villager.looks_at(2).await.expect(200);
    for body in [&answer.body, &second.body] {
        let text = String::from_utf8_lossy(body);
        for hidden in [
            pictures::CANARY,
            "Exif",
            "ICC_PROFILE",
            "xmpmeta",
            "8BIM",
            "PK\u{3}\u{4}",
        ] {
            assert!(!text.contains(hidden), "{hidden}");
        }
    }
    // Nor does the disk know, or how the picture looks.
    let written = house.everything_written();
    assert!(!written.contains(pictures::CANARY));
    assert!(!written.contains(token), "the token is kept as its digest");
    for file in house.pictures() {
        let bytes = fs::read(&file).unwrap();
        assert!(
            !String::from_utf8_lossy(&bytes).contains("JFIF"),
            "{file:?}"
        );
        assert!(!bytes.windows(64).any(|part| part == &answer.body[100..164]));
    }
    assert!(house.database.tables_with(pictures::CANARY).is_empty());
}

async fn png_token(house: &House) -> String {
    house.uploads(pictures::png_with_words(30, 30)).await
}

#[tokio::test]
async fn every_way_up_is_made_upright() {
    let house = House::new().await;
    for (orientation, size, red) in [
        (1, (60, 40), (10, 20)),
        (2, (60, 40), (50, 20)),
        (3, (60, 40), (50, 20)),
        (6, (40, 60), (20, 10)),
        (8, (40, 60), (20, 50)),
        // No such thing: as it lies.
        (99, (60, 40), (10, 20)),
    ] {
        let sent = pictures::with_everything(&pictures::jpeg(60, 40), orientation);
        let token = house.uploads(sent).await;
        let villager = Villager::files(&house, &with_photos(&[&token])).await;
        let picture = pictures::read(&villager.looks_at(1).await.expect(200).body);
        assert_eq!(picture.dimensions(), size, "{orientation}");
        assert!(pictures::is_red(&picture, red.0, red.1), "{orientation}");
    }
}

#[tokio::test]
async fn jpeg_png_and_webp_whatever_they_are_called() {
    let house = House::new().await;
    for (bytes, size, media) in [
        (pictures::jpeg(1, 1), (1, 1), "image/jpeg"),
        (pictures::png(64, 48), (64, 48), "image/jpeg"),
        (pictures::transparent_png(64, 48), (64, 48), "image/png"),
        (pictures::webp(64, 48), (64, 48), "image/jpeg"),
        (pictures::animated_webp(32, 16), (32, 16), "image/jpeg"),
        // Larger than anybody needs.
        (pictures::jpeg(5120, 100), (2560, 50), "image/jpeg"),
    ] {
        let answer = house
            .tries_to_upload(bytes, "../../etc/x.svg", "text/html")
            .await;
        let view = answer.expect(201).json();
        assert_eq!(view["media_type"], media);
        assert_eq!(
            (&view["width"], &view["height"]),
            (&json!(size.0), &json!(size.1))
        );
        let token = view["token"].as_str().unwrap();
        let villager = Villager::files(&house, &with_photos(&[token])).await;
        let shown = villager.looks_at(1).await.expect(200);
        assert_eq!(shown.header("content-type"), media);
        assert_eq!(pictures::read(&shown.body).dimensions(), size);
    }
    // Of an animation the first picture is kept.
    let token = house.uploads(pictures::animated_webp(32, 16)).await;
    let villager = Villager::files(&house, &with_photos(&[&token])).await;
    let picture = pictures::read(&villager.looks_at(1).await.expect(200).body);
    assert!(pictures::is_red(&picture, 16, 8));
    let transparent = house.uploads(pictures::transparent_png(20, 20)).await;
    let villager = Villager::files(&house, &with_photos(&[&transparent])).await;
    let body = villager.looks_at(1).await.expect(200).body;
    let picture = image::load_from_memory(&body).unwrap().to_rgba8();
    assert_eq!(
        (picture.get_pixel(2, 2).0[3], picture.get_pixel(18, 2).0[3]),
        (0, 255)
    );
}

#[tokio::test]
async fn what_is_no_photo_is_refused_in_words() {
    let house = House::new().await;
    let cut = |bytes: Vec<u8>| bytes[..bytes.len() * 2 / 3].to_vec();
    let noisy = image::RgbImage::from_fn(200, 200, |x, y| {
        image::Rgb([
            (x * y % 251) as u8,
            (x * 7 % 253) as u8,
            (y * 31 % 241) as u8,
        ])
    });
    let mut noise = std::io::Cursor::new(Vec::new());
    noisy.write_to(&mut noise, image::ImageFormat::Png).unwrap();
    for (bytes, status, code) in [
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(),
            415,
            "image_unsupported",
        ),
        (
            b"<!doctype html><script>alert(1)</script>".to_vec(),
            415,
            "image_unsupported",
        ),
        (
            b"%PDF-1.7\n%\xe2\xe3\xcf\xd3".to_vec(),
            415,
            "image_unsupported",
        ),
        (b"PK\x03\x04\x14\0\x06\0".to_vec(), 415, "image_unsupported"),
        (b"GIF89a\x01\0\x01\0".to_vec(), 415, "image_unsupported"),
        (Vec::new(), 415, "image_unsupported"),
        (b"\xff\xd8\xff".to_vec(), 422, "image_unreadable"),
        (b"\x89PNG\r\n\x1a\n".to_vec(), 422, "image_unreadable"),
        (b"RIFF\x10\0\0\0WEBPVP8 ".to_vec(), 422, "image_unreadable"),
        (cut(pictures::jpeg(300, 300)), 422, "image_unreadable"),
        (cut(noise.into_inner()), 422, "image_unreadable"),
        (cut(pictures::webp(300, 300)), 422, "image_unreadable"),
        // 6 GiB, it says, in a hundred bytes.
        (
            pictures::png_that_says(40_000, 40_000),
            422,
            "image_too_large",
        ),
        (pictures::png_that_says(12_001, 10), 422, "image_too_large"),
        (
            pictures::png_that_says(8_000, 8_000),
            422,
            "image_too_large",
        ),
        // Few pixels, and more memory for each than there is.
        (
            pictures::deep_png_that_says(6_200, 6_200),
            422,
            "image_too_complex",
        ),
        (
            pictures::deep_png_that_says(8_000, 8_000),
            422,
            "image_too_large",
        ),
        (
            pictures::jpeg_that_says(11_000, 11_000),
            422,
            "image_too_large",
        ),
    ] {
        let begun = std::time::Instant::now();
        let answer = house
            .tries_to_upload(bytes, "photo.jpg", "image/jpeg")
            .await;
        answer.problem(status, code);
        assert!(begun.elapsed() < Duration::from_secs(10), "{code}");
    }
    // As soon as it is known: neither the announced length nor the bytes themselves are taken in.
    let large = [pictures::jpeg(20, 20), vec![0; 10 << 20]].concat();
    let answer = house.tries_to_upload(large, "1.jpg", "image/jpeg").await;
    answer.problem(413, "too_large");
    let form = reqwest::multipart::Form::new().text("other", "1");
    let answer = house.post("/attachments").form(form).send().await;
    answer.faulty("/other", "unknown_field");
    let form = reqwest::multipart::Form::new();
    let answer = house.post("/attachments").form(form).send().await;
    assert!([400, 422].contains(&answer.status), "{answer:?}");
    let answer = house.post("/attachments").json(&json!({})).send().await;
    answer.problem(415, "unsupported_media_type");
    assert_eq!(house.pictures(), Vec::<std::path::PathBuf>::new());
    assert_eq!(house.database.count("SELECT count(*) FROM attachments"), 0);
}

#[tokio::test]
async fn a_damaged_photo_is_nobodys_fault_but_its_own() {
    let house = House::new().await;
    let whole = [
        pictures::jpeg(90, 60),
        pictures::transparent_png(90, 60),
        pictures::webp(90, 60),
        pictures::animated_webp(30, 20),
    ];
    for bytes in whole {
        for place in (0..bytes.len()).step_by(bytes.len() / 12 + 1) {
            for value in [0, 0xff] {
                let mut damaged = bytes.clone();
                damaged[place] = value;
                let answer = house.tries_to_upload(damaged, "1.jpg", "image/jpeg").await;
                assert!(
                    [201, 415, 422].contains(&answer.status),
                    "{place}: {answer:?}"
                );
            }
        }
    }
}

// ---------------------------------------------------------------- tokens

#[tokio::test]
async fn a_token_is_used_once() {
    let house = House::new().await;
    let token = house.uploads(pictures::jpeg(60, 40)).await;
    let (first, key) = (with_photos(&[&token]), house.fresh_key());
    let filed = first.send(&house, &key).await.expect(201).json();
    let again = with_photos(&[&token]).try_in(&house).await;
    again.faulty("/attachments/0", "attachment_gone");

    // The same filing once more is the same filing: with the spent token, with a renewed one, with none.
    let renewed = house.uploads(pictures::jpeg(60, 40)).await;
    for tokens in [vec![token.as_str()], vec![renewed.as_str()], vec![]] {
        let replayed = with_photos(&tokens).send(&house, &key).await.expect(201);
        assert_eq!(replayed.header("idempotent-replay"), "true");
        assert_eq!(replayed.json(), filed);
    }
    // Which spent nothing.
    let fresh = house.uploads(pictures::jpeg(60, 40)).await;
    let twice = with_photos(&[&fresh, &fresh]).try_in(&house).await;
    twice.faulty("/attachments/1", "attachment_gone");
    let unknown = with_photos(&[&fresh, "never-given"]).try_in(&house).await;
    unknown.faulty("/attachments/1", "attachment_gone");
    let villager = Villager::files(&house, &with_photos(&[&fresh, &renewed])).await;
    assert_eq!(numbers(&villager.reads().await), [1, 2]);
}

#[tokio::test]
async fn a_token_lives_for_a_week_and_its_picture_with_it() {
    let house = House::new().await;
    let kept = with_a_photo(&house).await;
    let late = house.uploads(pictures::jpeg(60, 40)).await;
    assert_eq!(house.pictures().len(), 2);
    house.inside.wall_passes(7 * 86_400 - 60);
    house.worker().await;
    assert_eq!(house.pictures().len(), 2, "a minute is left");
    house.inside.wall_passes(60);
    let refused = with_photos(&[&late]).try_in(&house).await;
    refused.faulty("/attachments/0", "attachment_gone");
    house.worker().await;
    assert_eq!(house.pictures().len(), 1);
    assert_eq!(house.database.count("SELECT count(*) FROM attachments"), 1);
    kept.looks_at(1).await.expect(200);
}

#[tokio::test]
async fn photos_come_with_messages_and_supplements_too() {
    let house = House::new().await;
    let triage = house.triage().await;
    let villager = with_a_photo(&house).await;
    let id = triage.finds(&villager).await;
    let token = house.uploads(pictures::png(50, 50)).await;
    let key = house.fresh_key();
    let say = || {
        house
            .post("/receipt/messages")
            .receipt(&villager.receipt)
            .key(&key)
            .json(&json!({ "text": "门口的通知", "attachments": [token] }))
    };
    let view = say().send().await.ok();
    assert_eq!(numbers(&view), [1, 2]);
    assert_eq!(
        (
            &view["attachments"][0]["message"],
            &view["attachments"][1]["message"]
        ),
        (&Value::Null, &view["messages"][0]["seq"])
    );
    assert_eq!(numbers(&say().send().await.ok()), [1, 2], "said once");

    triage.asks_for(&id, "请补充照片").await;
    let token = house.uploads(pictures::webp(50, 50)).await;
    let body = json!({ "text": "补充一张", "attachments": [token] });
    let supplement = house
        .post("/receipt/supplement")
        .receipt(&villager.receipt)
        .key(&house.fresh_key())
        .json(&body);
    assert_eq!(numbers(&supplement.send().await.ok()), [1, 2, 3]);
    for no in [1, 2, 3] {
        villager.looks_at(no).await.expect(200);
        photo_of(&triage, &id, no).await.expect(200);
    }
    for path in [
        "/receipt/attachments/4",
        "/receipt/attachments/0",
        "/receipt/attachments/x",
    ] {
        let nothing = house.get(path).receipt(&villager.receipt).send().await;
        nothing.problem(404, "not_found");
    }
}

#[tokio::test]
async fn a_case_takes_six_photos_and_thirty_mebibytes() {
    let house = House::new().await;
    let mut tokens = Vec::new();
    for _ in 0..7 {
        tokens.push(house.uploads(pictures::jpeg(20, 20)).await);
    }
    let all: Vec<&str> = tokens.iter().map(String::as_str).collect();
    let refused = with_photos(&all).try_in(&house).await;
    refused.faulty("/attachments", "too_many_attachments");
    let villager = Villager::files(&house, &with_photos(&all[..5])).await;
    let refused = villager.tries_to_show("还有两张", &all[5..]).await;
    refused.faulty("/attachments", "too_many_attachments");
    assert_eq!(
        villager.reads().await["messages"],
        json!([]),
        "nothing half said"
    );
    villager.tries_to_show("还有一张", &all[5..6]).await.ok();
    let refused = villager.tries_to_show("再来一张", &all[6..]).await;
    refused.faulty("/attachments", "too_many_attachments");

    // Photographs of half a megabyte never come to that; five of six megabytes and one of two do.
    house
        .database
        .run("UPDATE attachments SET bytes = 6000000 WHERE token_sha256 IS NULL");
    let heavy = house.uploads(pictures::jpeg(20, 20)).await;
    house
        .database
        .run("UPDATE attachments SET bytes = 31457281 WHERE bytes < 6000000");
    let refused = with_photos(&[&heavy]).try_in(&house).await;
    refused.faulty("/attachments", "attachments_too_large");
    house
        .database
        .run("UPDATE attachments SET bytes = 31457280 WHERE bytes > 6000000");
    with_photos(&[&heavy]).try_in(&house).await.expect(201);
}

// ---------------------------------------------------------------- sent twice

async fn under(house: &House, key: &str, bytes: Vec<u8>) -> Answer {
    let part = Part::bytes(bytes).file_name("1.jpg");
    let form = Form::new().part("file", part);
    house.post("/attachments").key(key).form(form).send().await
}

#[tokio::test]
async fn a_photo_sent_twice_is_kept_once() {
    let house = House::new().await;
    let (photo, key) = (pictures::jpeg(60, 40), house.fresh_key());
    let first = under(&house, &key, photo.clone()).await.expect(201);
    assert_eq!(first.header("idempotent-replay"), "");
    let first = first.json();
    let again = under(&house, &key, photo.clone()).await.expect(201);
    assert_eq!(again.header("idempotent-replay"), "true");
    assert_eq!(again.json(), first);
    assert_eq!(house.pictures().len(), 1);
    let other = under(&house, &key, pictures::jpeg(40, 60)).await;
    other.problem(422, "idempotency_key_reused");
    let another = under(&house, &house.fresh_key(), photo.clone()).await;
    let token = |view: &Value| view["token"].as_str().unwrap().to_owned();
    assert_ne!(token(&another.expect(201).json()), token(&first));
    under(&house, "too-short", photo.clone())
        .await
        .problem(422, "idempotency_key_invalid");
    // Neither the key nor what it was sent with can be found by whoever has them.
    let digest = domain::canon::sha256_hex(&photo);
    for known in [key.as_str(), digest.as_str(), token(&first).as_str()] {
        assert_eq!(house.database.tables_with(known), [""; 0]);
    }
    // A token is used once, whatever it was given for.
    let villager = Villager::files(&house, &with_photos(&[&token(&first)])).await;
    villager.looks_at(1).await.expect(200);
    let spent = with_photos(&[&token(&first)]).try_in(&house).await;
    spent.faulty("/attachments/0", "attachment_gone");
    let tied = "SELECT count(*) FROM attachments WHERE idempotency_mac IS NOT NULL";
    assert_eq!(house.database.count(tied), 1, "the other one waits");
}

#[tokio::test]
async fn one_photo_sent_from_five_windows_at_once_is_one() {
    let house = House::busy().await;
    let (photo, key) = (pictures::jpeg(600, 400), house.fresh_key());
    let tries = (0..5).map(|_| under(&house, &key, photo.clone()));
    let answers = futures_util::future::join_all(tries).await;
    let views: Vec<Value> = answers
        .into_iter()
        .map(|answer| answer.expect(201).json())
        .collect();
    assert!(views.iter().all(|view| *view == views[0]), "{views:?}");
    assert_eq!(house.pictures().len(), 1);
}

// ---------------------------------------------------------------- who looks

#[tokio::test]
async fn only_who_may_look_at_a_photo_finds_it() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (villager, stranger) = (with_a_photo(&house).await, with_a_photo(&house).await);
    let id = township.triage.finds(&villager).await;
    let second = house.uploads(pictures::png(50, 50)).await;
    villager.tries_to_show("再一张", &[&second]).await.ok();
    // Each by one's own receipt.
    stranger.looks_at(2).await.problem(404, "not_found");
    let none = house.get("/receipt/attachments/1").send().await;
    none.problem(401, "receipt_required");
    let none = house
        .get("/receipt/attachments/1")
        .receipt("12345678901234567897");
    assert_eq!(none.send().await.status, 404);

    let government = places::government(places::TOWNSHIP);
    let nothing = photo_of(&township.handler, "00000000000000000000000000000000", 1).await;
    let nothing = nothing.anonymous_problem();
    assert_eq!(
        photo_of(&township.handler, &id, 1)
            .await
            .anonymous_problem(),
        nothing
    );
    for person in [
        house.neighbour_triage().await,
        house.county().await,
        house.other_county().await,
        house.auditor().await,
    ] {
        let answer = photo_of(&person, &id, 1).await;
        assert_eq!(answer.status, 404);
        assert_eq!(answer.anonymous_problem(), nothing);
    }
    township.triage.accepts(&id).await;

    // The unit at work: none unless it is said, and then those.
    let shares = |share: Value| {
        let mut action = dispatch(&government, "请核实");
        action["share_attachments"] = share;
        action
    };
    for (bad, pointer) in [
        (json!([3]), "/share_attachments/0"),
        (json!([1, 0]), "/share_attachments/1"),
        (json!("all"), "/share_attachments"),
        (json!(["1"]), "/share_attachments"),
    ] {
        let refused = township.triage.tries(&id, shares(bad)).await;
        refused.faulty(pointer, "attachment_unknown|wrong_type");
    }
    for (share, seen) in [
        (Value::Null, vec![]),
        (json!(false), vec![]),
        (json!([]), vec![]),
        (json!([2]), vec![2]),
        (json!(true), vec![1, 2]),
    ] {
        let view = township.triage.acts(&id, shares(share.clone())).await;
        assert_eq!(view["shared_attachments"], json!(seen), "{share}");
        assert_eq!(numbers(&view), [1, 2]);
        let view = township.handler.opens(&id).await;
        assert_eq!(numbers(&view), seen, "{share}");
        for no in [1, 2] {
            let answer = photo_of(&township.handler, &id, no).await;
            if seen.contains(&i64::from(no)) {
                answer.expect(200);
            } else {
                assert_eq!(answer.anonymous_problem(), nothing, "{share} {no}");
            }
        }
    }
    // What came afterwards nobody has looked at.
    let third = house.uploads(pictures::png(50, 50)).await;
    villager.tries_to_show("第三张", &[&third]).await.ok();
    assert_eq!(numbers(&township.handler.opens(&id).await), [1, 2]);
    assert_eq!(
        photo_of(&township.handler, &id, 3)
            .await
            .anonymous_problem(),
        nothing
    );
    photo_of(&township.triage, &id, 3).await.expect(200);
    let answer = photo_of(&township.triage, &id, 1).await;
    assert_eq!(
        answer.header("content-security-policy"),
        "sandbox; default-src 'none'"
    );
}

#[tokio::test]
async fn who_looked_at_a_photo_is_written_down() {
    let house = House::new().await;
    let triage = house.triage().await;
    let villager = with_a_photo(&house).await;
    let id = triage.finds(&villager).await;
    let looked = || {
        let sql = format!(
            "SELECT count(*) FROM audit WHERE action = 'look_at_photo' AND object = 'photo' \
             AND case_id = '{id}' AND actor_id = '{}'",
            triage.id
        );
        house.database.count(&sql)
    };
    photo_of(&triage, &id, 1).await.expect(200);
    photo_of(&triage, &id, 1).await.expect(200);
    assert_eq!(looked(), 2);
    // What was not shown was not looked at.
    photo_of(&triage, &id, 2).await.problem(404, "not_found");
    photo_of(&house.county().await, &id, 1)
        .await
        .problem(404, "not_found");
    villager.looks_at(1).await.expect(200);
    let all = "SELECT count(*) FROM audit WHERE action = 'look_at_photo'";
    assert_eq!(house.database.count(all), 2);
}

#[tokio::test]
async fn whoever_it_is_about_finds_no_photo() {
    let house = House::new().await;
    let (triage, county) = (house.triage().await, house.county().await);
    let token = house.uploads(pictures::jpeg(60, 40)).await;
    let filing = with_photos(&[&token]).against_group("township");
    let villager = Villager::files(&house, &filing).await;
    let id = county.finds(&villager).await;
    photo_of(&county, &id, 1).await.expect(200);
    let recused = photo_of(&triage, &id, 1).await;
    let missing = photo_of(&triage, "00000000000000000000000000000000", 1).await;
    assert_eq!(recused.status, 404);
    assert_eq!(recused.anonymous_problem(), missing.anonymous_problem());
}

// ---------------------------------------------------------------- machines

#[tokio::test]
async fn without_a_place_for_it_no_photo_is_acknowledged() {
    let house = House::new().await;
    let villager = with_a_photo(&house).await;
    let (room, away) = (house.place("attachments"), house.place("elsewhere"));
    fs::rename(&room, &away).unwrap();
    fs::write(&room, b"in the way").unwrap();
    let answer = house
        .tries_to_upload(pictures::jpeg(60, 40), "1.jpg", "image/jpeg")
        .await;
    assert!(!answer.header("retry-after").is_empty());
    answer.problem(503, "unavailable");
    let answer = villager.looks_at(1).await;
    assert!(!answer.header("retry-after").is_empty());
    answer.problem(503, "unavailable");
    assert_eq!(house.database.count("SELECT count(*) FROM attachments"), 1);
    fs::remove_file(&room).unwrap();
    fs::rename(&away, &room).unwrap();
    villager.looks_at(1).await.expect(200);
    with_a_photo(&house).await;
}

#[tokio::test]
async fn an_altered_file_is_not_shown() {
    let house = House::new().await;
    let villager = with_a_photo(&house).await;
    let file = house.pictures().pop().unwrap();
    let mut bytes = fs::read(&file).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&file, &bytes).unwrap();
    villager.looks_at(1).await.problem(500, "internal");
    bytes[last] ^= 1;
    fs::write(&file, &bytes).unwrap();
    villager.looks_at(1).await.expect(200);
}

#[tokio::test]
async fn a_file_without_a_row_is_swept_away_when_it_is_old() {
    let house = House::new().await;
    house.worker().await;
    let villager = with_a_photo(&house).await;
    let known = house.pictures().pop().unwrap();
    let at_home = |digit: &str| {
        let room = house.place("attachments").join(digit.repeat(2));
        fs::create_dir_all(&room).unwrap();
        room.join(digit.repeat(32))
    };
    let (old, young) = (at_home("0"), at_home("1"));
    // Where none of ours would be.
    let astray = known.parent().unwrap().join("2".repeat(32));
    for file in [&old, &young, &astray] {
        fs::write(file, b"x").unwrap();
    }
    for file in [&old, &known, &astray] {
        let file = fs::File::options().write(true).open(file).unwrap();
        let then = file.metadata().unwrap().modified().unwrap() - Duration::from_secs(7200);
        file.set_modified(then).unwrap();
    }
    house.worker().await;
    assert!(old.exists(), "looked through once a day");
    house.inside.wall_passes(86_400);
    house.worker().await;
    assert!(!old.exists() && !astray.exists() && young.exists() && known.exists());
    villager.looks_at(1).await.expect(200);
}

#[tokio::test]
async fn many_at_once_are_served_or_told_to_come_back() {
    let house = House::busy().await;
    let photo = pictures::jpeg(2000, 1500);
    let tries = (0..40).map(|_| house.tries_to_upload(photo.clone(), "1.jpg", "image/jpeg"));
    let answers = futures_util::future::join_all(tries).await;
    let taken = answers.iter().filter(|answer| answer.status == 201).count();
    assert!(taken > 0);
    for answer in answers.iter().filter(|answer| answer.status != 201) {
        assert_eq!(answer.status, 503, "{answer:?}");
        assert!(!answer.header("retry-after").is_empty());
    }
    assert_eq!(house.pictures().len(), taken);
}
