//! Public reads from memory: quick, and never older than what was written. The document of the public API is walked, so
//! that a read which is added has to say here what it depends on.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::contract::operations;
use crate::obligations::{adopts, ledger_by};
use crate::support::actors::{Township, publish_ledger};
use crate::support::inside::{Inside, data};
use crate::support::sheets::Ledger;
use crate::support::{Filing, House, cluster, places};

/// How long what another process wrote may stay unseen (contract.md 2), and as much again for a busy machine.
const SEEN_WITHIN: Duration = Duration::from_secs(4);

/// Somebody's own, or another each time: never kept.
const NEVER_KEPT: [&str; 5] = [
    "/time",
    "/receipt",
    "/receipt/timers/{stage}/explain",
    "/receipt/attachments/{n}",
    "/files/{id}",
];
/// What the program itself says, whatever is written; and what a version of a disclosure says, which nobody changes.
const CONSTANT: [&str; 5] = [
    "/categories",
    "/disclosures/layouts",
    "/disclosures/templates/{kind}.xlsx",
    "/disclosures/{id}/datapackage.json",
    "/disclosures/{id}/versions/{version}/data.csv",
];

async fn tag(house: &House, path: &str) -> String {
    house.get(path).send().await.expect(200).etag()
}

/// Reads so often that every process has it.
async fn fills(house: &House, path: &str) -> String {
    let mut seen = tag(house, path).await;
    for _ in 0..2 * cluster::doors() {
        seen = tag(house, path).await;
    }
    seen
}

/// Another tag than `before`, in the time that others' writes may take.
async fn becomes_another(house: &House, path: &str, before: &str) {
    let until = Instant::now() + SEEN_WITHIN;
    while tag(house, path).await == before {
        assert!(Instant::now() < until, "{path} stays as it was");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// What was walked so far.
struct Walk<'a> {
    house: &'a House,
    seen: BTreeSet<String>,
}

impl Walk<'_> {
    /// Fills each of `reads` (template and address), writes, and reads another thing at once.
    async fn sees(&mut self, reads: &[(&str, &str)], write: impl AsyncFnOnce()) {
        let mut before = Vec::new();
        for (_, path) in reads {
            before.push(fills(self.house, path).await);
        }
        write().await;
        for ((template, path), before) in reads.iter().zip(before) {
            assert_ne!(tag(self.house, path).await, before, "{path} is stale");
            self.seen.insert((*template).to_owned());
        }
    }
}

#[tokio::test]
async fn whatever_is_written_every_public_read_shows_it_at_once() {
    let house = House::new().await;
    let disclosure = publish_ledger(&house, &Ledger::of(places::VILLAGE, "2026-10")).await;
    let disclosure = disclosure["id"].as_str().unwrap();
    let of_village = |what: &str| format!("/regions/{}/{what}", places::VILLAGE);
    let of_disclosure = |what: &str| format!("/disclosures/{disclosure}{what}");
    let lines = of_disclosure("/lines?limit=5");
    let (list, questions) = (of_village("disclosures"), of_village("questions"));
    let (whole, history) = (of_disclosure(""), of_disclosure("/versions"));
    let mut walk = Walk {
        house: &house,
        seen: BTreeSet::new(),
    };

    // A publication.
    let (feed, obligations) = (of_village("feed.atom"), of_village("obligations"));
    let reads = [
        ("/regions/{code}/disclosures", list.as_str()),
        ("/regions/{code}/feed.atom", &feed),
    ];
    walk.sees(&reads, async || {
        publish_ledger(&house, &Ledger::of(places::VILLAGE, "2026-09")).await;
    })
    .await;

    // An answer for everybody, and its number beside the line.
    let township = Township::of(&house).await;
    let second = house.triage().await;
    let line = house.lists(&lines).await[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let filing = Filing::complaint()
        .kind("question")
        .category("accounts")
        .about("disclosure_line", &line)
        .with("/may_publish_answer", true);
    let (_, case) = township.case_in("under_review", &filing).await;
    let approve =
        json!({ "action": "approve", "note": "同意", "public_answer": "发票可到村委会查看。" });
    let done = township.triage.acts(&case, approve).await;
    let proposal = done["proposal_id"].as_str().unwrap();
    let reads = [
        ("/regions/{code}/questions", questions.as_str()),
        ("/disclosures/{id}/lines", &lines),
        ("/disclosures/{id}", &whole),
        ("/disclosures/{id}/versions", &history),
    ];
    walk.sees(&reads, async || second.approves_proposal(proposal).await)
        .await;

    // A power list.
    let powers = of_village("powers?limit=100");
    let item = house.lists(&powers).await[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let (one, versions) = (
        format!("/powers/{item}"),
        format!("/powers/{item}/versions"),
    );
    let reads = [
        ("/regions/{code}/powers", powers.as_str()),
        ("/powers/{id}", &one),
        ("/powers/{id}/versions", &versions),
    ];
    walk.sees(&reads, async || {
        let mut file: Value = serde_json::from_str(&data("powers-template.json")).unwrap();
        for item in file["items"].as_array_mut().unwrap() {
            item["plain_language"] = json!("大事要大家定，定了要贴出来。");
        }
        let done = house.inside.import_power_list(&file.to_string()).await;
        done.unwrap();
    })
    .await;

    // A policy, by two persons.
    let policy = format!("/policies/current?region={}", places::VILLAGE);
    let (proposer, other) = (house.county().await, house.county().await);
    let change = |policy: &mut Value| policy["posting_days"] = json!(20);
    let proposal = proposer.proposes_policy(change).await;
    walk.sees(&[("/policies/current", &policy)], async || {
        other.approves_proposal(&proposal).await;
    })
    .await;

    // A catalogue, by two persons.
    let catalogue = of_village("catalogue");
    let sheet = of_village("catalogue.csv");
    let reads = [
        ("/regions/{code}/catalogue", catalogue.as_str()),
        ("/regions/{code}/catalogue.{format}", &sheet),
    ];
    walk.sees(&reads, async || {
        adopts(&house, places::COUNTY, json!([ledger_by(10)])).await;
    })
    .await;

    // A calendar.
    let deadline = format!(
        "/deadlines?from=2026-11-02T09:00:00%2B08:00&amount=3&unit=working_day&roll=next_working_day&region_code={}",
        places::VILLAGE
    );
    let reads = [
        ("/deadlines", deadline.as_str()),
        ("/policies/current", &policy),
    ];
    walk.sees(&reads, async || {
        let days = "date,kind,name\n2026-11-04,off,演示\n";
        house.inside.import_holidays(days).await;
    })
    .await;

    // Other names of a township and a village.
    let stats = format!("/stats?region={}&period=2026-10", places::TOWNSHIP);
    let inside = format!("/regions?parent={}&limit=100", places::TOWNSHIP);
    let village = format!("/regions/{}", places::VILLAGE);
    let export = of_disclosure("/export.csv");
    let reads = [
        ("/regions", inside.as_str()),
        ("/regions/{code}", &village),
        ("/regions/{code}/obligations", &obligations),
        ("/disclosures/{id}/export.{format}", &export),
        ("/stats", &stats),
    ];
    walk.sees(&reads, async || {
        let rows = format!(
            "code,name,level,parent_code\n{},新团结镇,township,{}\n{},新东风村民委员会,village,{}\n",
            places::TOWNSHIP,
            places::COUNTY,
            places::VILLAGE,
            places::TOWNSHIP
        );
        house.inside.import_regions(&rows).await.unwrap();
    })
    .await;

    // What nobody can change yet but somebody at the database itself: seen as another process's writes are.
    let organisations = of_village("organisations");
    let before = fills(&house, &organisations).await;
    house.database.run("UPDATE organisations SET name = '另名'");
    becomes_another(&house, &organisations, &before).await;
    walk.seen.insert("/regions/{code}/organisations".to_owned());

    let (public, _) = Inside::documents();
    let all: BTreeSet<String> = operations(&public)
        .into_iter()
        .filter(|(_, method, _)| method == "GET")
        .map(|(path, ..)| path.replacen("/api/v1", "", 1))
        .collect();
    let mut said = walk.seen;
    said.extend(
        [&NEVER_KEPT[..], &CONSTANT]
            .concat()
            .into_iter()
            .map(str::to_owned),
    );
    assert_eq!(
        all, said,
        "every public read is walked here, or listed above with its reason"
    );
}

#[tokio::test]
async fn what_is_kept_is_answered_without_its_tables() {
    let house = House::new().await;
    let disclosure = publish_ledger(&house, &Ledger::of(places::VILLAGE, "2026-10")).await;
    let path = format!(
        "/disclosures/{}/lines?limit=100",
        disclosure["id"].as_str().unwrap()
    );
    let kept = fills(&house, &path).await;
    // By another order of its words, too, and in every coding.
    let reordered = format!("{}?&limit=100", path.split('?').next().unwrap());
    house
        .database
        .run("ALTER TABLE ledger_lines RENAME TO taken_away");
    for coding in ["", "gzip", "br"] {
        for path in [&path, &reordered] {
            let call = house.get(path).header("accept-encoding", coding);
            assert_eq!(
                call.send().await.expect(200).header("content-encoding"),
                coding
            );
        }
    }
    let known = house.get(&path).header("if-none-match", &kept);
    let known = known.send().await.expect(304);
    assert_eq!(known.etag(), kept);
    for (name, value) in [
        ("vary", "Accept-Encoding, Accept-Language"),
        (
            "cache-control",
            "public, max-age=60, stale-while-revalidate=600",
        ),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(known.header(name), value, "{name}");
    }
    assert!(!known.header("x-request-id").is_empty());
    assert!(!known.header("ratelimit").is_empty());
    // In a language that nobody has read it in it would have to be read.
    let other = house.get(&path).header("accept-language", "en");
    other.send().await.problem(500, "internal");
    house
        .database
        .run("ALTER TABLE taken_away RENAME TO ledger_lines");
}

#[tokio::test]
async fn a_refusal_is_never_kept() {
    let house = House::new().await;
    let publisher = house.publisher().await;
    let (clerk, committee) = (house.clerk().await, house.committee().await);
    let draft = clerk.drafts(&Ledger::of(places::VILLAGE, "2026-10")).await;
    let id = draft["id"].as_str().unwrap();
    let path = format!("/disclosures/{id}");
    for _ in 0..3 {
        house.get(&path).send().await.problem(404, "not_found");
    }
    committee.signs(id).await;
    house.get(&path).send().await.problem(404, "not_found");
    publisher.publishes(id).await;
    house.get(&path).send().await.expect(200);
}

/// How public reads were answered so far.
async fn counted(house: &House, from: &str) -> u64 {
    let text = house.get("/metrics").send().await.text();
    let name = format!("yidiantong_public_reads_total{{from=\"{from}\"}} ");
    let line = text.lines().find_map(|line| line.strip_prefix(&name));
    line.unwrap_or_else(|| panic!("{text}")).parse().unwrap()
}

#[tokio::test]
async fn a_crowd_waits_for_one_who_reads() {
    if cluster::is_wanted() {
        // Each process counts for itself, and to nobody who comes through a proxy.
        return;
    }
    let house = House::busy().await;
    let path = format!("/regions/{}/powers?limit=100", places::VILLAGE);
    let before = counted(&house, "database").await;
    let answers = join_all((0..200).map(|_| house.get(&path).send())).await;
    let tags: BTreeSet<String> = answers
        .into_iter()
        .map(|one| one.expect(200).etag())
        .collect();
    assert_eq!(tags.len(), 1);
    assert_eq!(counted(&house, "database").await, before + 1, "one read it");
    let others = counted(&house, "memory").await + counted(&house, "waiting").await;
    assert!(others >= 199, "{others}");
}

/// The version in which everybody sees the village's own item.
async fn shown(door: impl AsyncFn() -> Value) -> i64 {
    let list = door().await;
    let own = list["items"].as_array().unwrap().iter();
    let mut own = own.filter(|item| item["region_code"] == places::VILLAGE);
    own.next()
        .map_or(0, |item| item["version"].as_i64().unwrap())
}

#[tokio::test]
async fn nothing_read_before_a_publication_is_shown_after_it() {
    const PUBLICATIONS: i64 = 12;
    let house = House::busy().await;
    let other = house.another_door().await;
    let path = format!("/regions/{}/powers?limit=100", places::VILLAGE);
    let here = async || house.get(&path).send().await.ok();
    let there = async || other.get(&path).send().await.ok();
    let mut file: Value = serde_json::from_str(&data("powers-template.json")).unwrap();
    let item = file["items"][0].clone();
    file["region_code"] = json!(places::VILLAGE);
    let over = std::cell::Cell::new(false);
    let publishes = async {
        for number in 1..=PUBLICATIONS {
            let mut item = item.clone();
            item["plain_language"] = json!(format!("第{number}版"));
            file["items"] = json!([item]);
            house
                .inside
                .import_power_list(&file.to_string())
                .await
                .unwrap();
            assert_eq!(shown(here).await, number, "whoever published reads it");
        }
        let until = Instant::now() + SEEN_WITHIN;
        while shown(there).await < PUBLICATIONS {
            assert!(
                Instant::now() < until,
                "the other process does not hear of it"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        over.set(true);
    };
    // Readers at both doors are there all the time: each sees what it saw, or something newer.
    let reads_here = async {
        let mut last = 0;
        while !over.get() {
            let now = shown(here).await;
            assert!(now >= last, "{now} after {last}");
            last = now;
        }
        last
    };
    let reads_there = async {
        let mut last = 0;
        while !over.get() {
            let now = shown(there).await;
            assert!(now >= last, "{now} after {last}");
            last = now;
        }
        last
    };
    let more = join_all((0..6).map(|_| async {
        while !over.get() {
            here().await;
        }
    }));
    let ((), last, _, _) = tokio::join!(publishes, reads_here, reads_there, more);
    assert_eq!(last.max(shown(here).await), PUBLICATIONS);
    assert_eq!(shown(there).await, PUBLICATIONS);
}
