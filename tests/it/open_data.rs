//! What a village publishes, for programs: a feed of what happened, a table with its description.

use std::collections::BTreeSet;

use domain::canon::sha256_hex;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Value, json};

use crate::support::actors::publish_ledger;
use crate::support::sheets::{Ledger, fen};
use crate::support::{House, places, shapes};

/// Elements of a document in their order: the path of names, and the text in it; attributes stand after an `@`.
fn elements(xml: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().enable_all_checks(true);
    let (mut path, mut found) = (Vec::<String>::new(), Vec::new());
    loop {
        let event = reader
            .read_event()
            .unwrap_or_else(|error| panic!("{error}: {xml}"));
        let (start, empty) = match &event {
            Event::Start(tag) => (Some(tag), false),
            Event::Empty(tag) => (Some(tag), true),
            _ => (None, false),
        };
        if let Some(tag) = start {
            path.push(tag.name().as_ref().to_owned());
            found.push((path.join("/"), String::new()));
            for attribute in tag.attributes() {
                let attribute = attribute.unwrap();
                let key = attribute.key.as_ref().to_owned();
                let value = attribute.value.to_string();
                found.push((format!("{}@{key}", path.join("/")), value));
            }
            if empty {
                path.pop();
            }
        }
        match event {
            Event::Text(text) => {
                let place = path.join("/");
                if let Some((_, said)) = found.iter_mut().rev().find(|(name, _)| *name == place) {
                    said.push_str(&text);
                }
            }
            Event::GeneralRef(name) => {
                let place = path.join("/");
                if let Some((_, said)) = found.iter_mut().rev().find(|(at, _)| *at == place) {
                    said.push_str(&format!("&{};", &*name));
                }
            }
            Event::End(_) => {
                path.pop();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(path.is_empty(), "{path:?}");
    found
}

fn texts(found: &[(String, String)], path: &str) -> Vec<String> {
    let those = found.iter().filter(|(name, _)| name == path);
    those.map(|(_, text)| text.trim().to_owned()).collect()
}

async fn feed(house: &House, code: &str) -> Vec<(String, String)> {
    let answer = house
        .get(&format!("/regions/{code}/feed.atom"))
        .send()
        .await
        .expect(200);
    assert!(
        answer
            .header("content-type")
            .starts_with("application/atom+xml")
    );
    elements(&answer.text())
}

#[tokio::test]
async fn a_feed_tells_what_was_published_corrected_and_withdrawn() {
    let house = House::new().await;
    let empty = feed(&house, places::VILLAGE).await;
    assert_eq!(texts(&empty, "feed@xmlns"), ["http://www.w3.org/2005/Atom"]);
    for one in ["feed/id", "feed/title", "feed/updated", "feed/author/name"] {
        assert_eq!(texts(&empty, one).len(), 1, "{one}: {empty:?}");
    }
    assert!(texts(&empty, "feed/entry").is_empty());

    let october = Ledger::of(places::VILLAGE, "2026-10");
    let id = publish_ledger(&house, &october).await["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let (committee, publisher, officer) = (
        house.committee().await,
        house.publisher().await,
        house.triage().await,
    );
    let paid = october
        .lines
        .iter()
        .position(|line| fen(&line[5]) > 0)
        .unwrap();
    let why = "金额<录错> & 更正";
    house.clock_to("2026-11-02T10:00:00+08:00");
    let proposal = publisher
        .proposes_correction(&id, &october.clone().paying(paid, "1.00"), why)
        .await;
    officer.approves_proposal(&proposal).await;
    committee.signs(&id).await;
    publisher.publishes(&id).await;
    house.clock_to("2026-11-02T11:00:00+08:00");
    let withdraw =
        |reason| json!({ "action": "withdraw", "reason": reason, "personal_data": true });
    let said = withdraw("电话13845109876误传");
    let refused = publisher.tries_with_disclosure(&id, said).await;
    refused.faulty("/reason", "personal_number");
    let said = withdraw("误传了一个电话");
    let made = publisher.tries_with_disclosure(&id, said).await.expect(202);
    let proposal = made.json()["proposal_id"].as_str().unwrap().to_owned();
    officer.approves_proposal(&proposal).await;

    for region in [places::VILLAGE, places::TOWNSHIP] {
        let told = feed(&house, region).await;
        assert_eq!(texts(&told, "feed/entry").len(), 3);
        let terms = texts(&told, "feed/entry/category@term");
        let words: Vec<&String> = terms.iter().filter(|term| *term != "ledger").collect();
        assert_eq!(words, ["withdrawn", "corrected", "published"]);
        let ids = texts(&told, "feed/entry/id");
        assert_eq!(BTreeSet::from_iter(&ids).len(), 3, "{ids:?}");
        assert!(ids.iter().all(|id| id.starts_with("urn:uuid:")), "{ids:?}");
        let times = texts(&told, "feed/entry/updated");
        assert_eq!(times[0], "2026-11-02T11:00:00+08:00");
        assert_eq!(texts(&told, "feed/updated"), times[..1]);
        let reasons = texts(&told, "feed/entry/summary");
        assert_eq!(reasons[1], "金额&lt;录错&gt; &amp; 更正");
        assert!(!reasons[0].contains("13845109876"), "{reasons:?}");
        // No line and nobody's name.
        let all = format!("{told:?}");
        for line in &october.lines {
            for personal in [&line[9], &line[10], &line[11], &line[12]] {
                assert!(personal.is_empty() || !all.contains(personal), "{personal}");
            }
        }
    }
    let other = feed(&house, places::OTHER_VILLAGE).await;
    assert!(texts(&other, "feed/entry").is_empty());
    let path = format!("/regions/{}/feed.atom", places::VILLAGE);
    let first = house.get(&path).send().await.expect(200);
    let again = house
        .get(&path)
        .header("if-none-match", &first.etag())
        .send()
        .await;
    assert!(again.expect(304).body.is_empty());
    let english = house
        .get(&path)
        .header("accept-language", "en")
        .send()
        .await
        .expect(200);
    assert!(english.text().contains("Withdrawn") && english.etag() != first.etag());
    house
        .get("/regions/239999000000/feed.atom")
        .send()
        .await
        .problem(404, "not_found");
}

#[tokio::test]
async fn a_table_comes_with_its_description_length_and_digest() {
    let house = House::new().await;
    let october = Ledger::of(places::VILLAGE, "2026-10").with(0, "摘要", "=HYPERLINK(1)");
    let id = publish_ledger(&house, &october).await["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let root = format!("/disclosures/{id}");
    let package = house.reads(&format!("{root}/datapackage.json")).await;
    shapes::has(
        &package,
        "profile name id title version created licenses resources",
    );
    assert_eq!(
        package["name"],
        format!("{}-ledger-2026-10-v1", places::VILLAGE)
    );
    let resource = &package["resources"][0];
    assert_eq!(resource["path"], "versions/1/data.csv");
    let data = house
        .get(&format!("{root}/versions/1/data.csv"))
        .send()
        .await
        .expect(200);
    assert_eq!(resource["bytes"], data.body.len());
    assert_eq!(
        resource["hash"],
        format!("sha256:{}", sha256_hex(&data.body))
    );
    let english = house
        .get(&format!("{root}/versions/1/data.csv"))
        .header("accept-language", "en");
    assert_eq!(
        english.send().await.expect(200).body,
        data.body,
        "in every language the same"
    );
    let text = data.text();
    let mut rows = text.lines();
    let names: Vec<&str> = rows.next().unwrap().split(',').collect();
    let fields = resource["schema"]["fields"].as_array().unwrap();
    let described: Vec<&str> = fields
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, described);
    let kind = |name: &str| {
        let found = fields.iter().find(|one| one["name"] == name);
        found.map_or(Value::Null, |one| one["type"].clone())
    };
    for (name, expected) in [
        ("no", "integer"),
        ("date", "date"),
        ("income", "number"),
        ("summary", "string"),
    ] {
        assert_eq!(kind(name), json!(expected), "{name}");
    }
    assert_eq!(rows.count(), 12);
    assert!(text.contains("'=HYPERLINK(1)"), "{text}");
    // Names are masked as on the page.
    for name in ["钱演示", "孙演示", "赵演示"] {
        assert!(!text.contains(name), "{text}");
    }
    for missing in [
        "/versions/2/data.csv",
        "/versions/x/data.csv",
        "/datapackage.json?version=2",
    ] {
        let none = house.get(&format!("{root}{missing}")).send().await;
        none.problem(404, "not_found");
    }
}
