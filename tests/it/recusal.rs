//! Small worlds at random: whoever is recused from a case, or has no part in it, learns nothing of it through
//! anything that can be asked. The oracle here knows only who works where, who holds which post, who declared
//! what, and whom the case is about.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::actors::{BRIEF, Staff, dispatch};
use crate::support::{Filing, House, Villager, places};

/// Dice that fall the same way every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let index = self.roll(from.len());
        &from[index]
    }
}

/// What somebody is, as far as recusal asks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Unit(String),
    Post(String),
    /// Level and region.
    Group(&'static str, String),
}

fn level_of(region: &str) -> &'static str {
    if region.ends_with("000000") {
        "county"
    } else if region.ends_with("000") {
        "township"
    } else {
        "village"
    }
}

fn marks_of_unit(unit: &str) -> Vec<Mark> {
    let region = &unit[unit.len() - 12..];
    vec![
        Mark::Unit(unit.to_owned()),
        Mark::Group(level_of(region), region.to_owned()),
    ]
}

struct Person<'a> {
    staff: Staff<'a>,
    unit: String,
    supervises: bool,
    /// Reads cases at all.
    reads: bool,
    marks: BTreeSet<Mark>,
}

fn units() -> Vec<String> {
    vec![
        places::committee(places::VILLAGE),
        places::supervision_committee(places::VILLAGE),
        places::government(places::TOWNSHIP),
        places::agency(places::TOWNSHIP),
        places::county_government(places::COUNTY),
        places::bureau(places::COUNTY),
    ]
}

/// Posts that people of a small world may hold beside their work, each with its unit.
fn posts() -> Vec<(String, String)> {
    let (committee, government) = (
        places::committee(places::VILLAGE),
        places::government(places::TOWNSHIP),
    );
    vec![
        (format!("{committee}-reporter-clerk"), committee),
        (format!("{government}-deputy-head"), government),
    ]
}

async fn people<'a>(house: &'a House, dice: &mut Dice) -> Vec<Person<'a>> {
    let mut people = Vec::new();
    let homes = [
        (places::organ(places::TOWNSHIP), "triage", places::TOWNSHIP),
        (places::organ(places::TOWNSHIP), "triage", places::TOWNSHIP),
        (
            places::organ(places::NEIGHBOUR),
            "triage",
            places::NEIGHBOUR,
        ),
        (places::organ(places::COUNTY), "supervisor", places::COUNTY),
        (places::organ(places::COUNTY), "supervisor", places::COUNTY),
        (places::organ(places::CITY), "supervisor", places::CITY),
        (places::organ(places::COUNTY), "auditor", places::COUNTY),
        (
            places::government(places::TOWNSHIP),
            "handler",
            places::TOWNSHIP,
        ),
        (
            places::agency(places::TOWNSHIP),
            "handler",
            places::TOWNSHIP,
        ),
        (places::bureau(places::COUNTY), "handler", places::COUNTY),
        (
            places::organ(places::COUNTY),
            "administrator",
            places::COUNTY,
        ),
        (places::organ(places::TOWNSHIP), "auditor", places::TOWNSHIP),
        (
            places::supervision_committee(places::VILLAGE),
            "committee_member",
            places::VILLAGE,
        ),
    ];
    for (unit, role, region) in homes {
        let staff = house.staff(role, &unit, region).await;
        let mut marks: BTreeSet<Mark> = marks_of_unit(&unit).into_iter().collect();
        if dice.roll(4) == 0 {
            let (post, of) = dice.pick(&posts()).clone();
            house.inside.holds_post(&house.database, &staff.id, &post);
            marks.insert(Mark::Post(post));
            marks.extend(marks_of_unit(&of));
        }
        let reads = !matches!(role, "administrator" | "committee_member");
        if dice.roll(4) == 0 && reads {
            let other = dice.pick(&units()).clone();
            if other != unit {
                let body = json!({
                    "of": "myself",
                    "to": { "type": "organisation", "id": other },
                    "note": "近亲属",
                });
                staff
                    .post("/admin/relations")
                    .json(&body)
                    .send()
                    .await
                    .expect(201);
                marks.extend(marks_of_unit(&other));
                let inside = posts().into_iter().filter(|(_, unit)| *unit == other);
                marks.extend(inside.map(|(post, _)| Mark::Post(post)));
            }
        }
        people.push(Person {
            staff,
            unit,
            supervises: matches!(role, "triage" | "supervisor"),
            reads,
            marks,
        });
    }
    people
}

fn random_target(dice: &mut Dice) -> (Value, Option<Mark>) {
    match dice.roll(4) {
        0 => {
            let unit = dice.pick(&units()).clone();
            (
                json!({ "type": "organisation", "id": unit }),
                Some(Mark::Unit(unit)),
            )
        }
        1 => {
            let (post, _) = dice.pick(&posts()).clone();
            (
                json!({ "type": "post", "id": post }),
                Some(Mark::Post(post)),
            )
        }
        2 => {
            let groups = [
                ("village", places::VILLAGE),
                ("township", places::TOWNSHIP),
                ("county", places::COUNTY),
            ];
            let (group, region) = *dice.pick(&groups);
            let mark = Mark::Group(group, region.to_owned());
            (json!({ "type": "group", "group": group }), Some(mark))
        }
        _ => (json!({ "type": "other", "text": "一个姓李的" }), None),
    }
}

/// Everything a person can ask without knowing the id, as one text, and what each answer counted.
async fn asked(person: &Staff<'_>, number: &str) -> String {
    let mut heard = String::new();
    for path in [
        "/admin/complaints?limit=100".to_owned(),
        "/admin/complaints?state=open&limit=100&sort=-received_at".to_owned(),
        format!("/admin/complaints?q={number}"),
        "/admin/complaints?category=conduct".to_owned(),
        "/admin/proposals?limit=100".to_owned(),
        "/admin/proposals?state=void&limit=100".to_owned(),
        "/admin/dead-letters".to_owned(),
        "/admin/dead-timers".to_owned(),
        "/admin/relations".to_owned(),
        "/admin/disclosures?limit=100".to_owned(),
        "/admin/organisations?limit=100".to_owned(),
    ] {
        let answer = person.get(&path).send().await;
        if answer.status != 403 {
            heard.push_str(&answer.expect(200).text());
        }
    }
    heard
}

/// A counted answer, or nothing where the person may not ask at all.
async fn counted(person: &Staff<'_>, path: &str) -> Option<Value> {
    let answer = person.get(path).send().await;
    (answer.status != 403).then(|| answer.ok())
}

async fn learns_nothing(person: &Staff<'_>, known: &Known<'_>, context: &str) {
    let (id, number) = (known.id, known.number);
    let heard = asked(person, number).await;
    assert!(
        !heard.contains(number) && !heard.contains(id),
        "{context}: {heard}"
    );
    for path in [
        String::new(),
        "/events".into(),
        "/choices".into(),
        "/timers/handle/explain".into(),
    ] {
        let real = person
            .get(&format!("/admin/complaints/{id}{path}"))
            .send()
            .await;
        let made_up = "00000000000000000000000000000000";
        let none = person
            .get(&format!("/admin/complaints/{made_up}{path}"))
            .send()
            .await;
        assert!(matches!(real.status, 403 | 404), "{context}: {real:?}");
        assert_eq!(real.status, none.status, "{context}");
        assert_eq!(
            real.anonymous_problem(),
            none.anonymous_problem(),
            "{context}"
        );
    }
    if let Some(proposal) = known.proposal {
        let made_up = "00000000000000000000000000000000";
        let (real, none) = (
            person.decides(proposal, true).await,
            person.decides(made_up, true).await,
        );
        assert!(matches!(real.status, 403 | 404), "{context}: {real:?}");
        assert_eq!(real.status, none.status, "{context}");
        assert_eq!(
            real.anonymous_problem(),
            none.anonymous_problem(),
            "{context}"
        );
        for path in [proposal, made_up] {
            let read = person.get(&format!("/admin/proposals/{path}")).send().await;
            assert!(matches!(read.status, 403 | 404), "{context}: {read:?}");
        }
    }
    // No action tells a case that is hidden from one that is not there.
    for action in [
        json!({ "action": "accept" }),
        json!({ "action": "note", "text": "x" }),
        dispatch(&places::government(places::TOWNSHIP), BRIEF),
    ] {
        let answer = person.sends(id, "\"1\"", &action).await;
        assert!(matches!(answer.status, 403 | 404), "{context}: {answer:?}");
        let none = person
            .sends("00000000000000000000000000000000", "\"1\"", &action)
            .await;
        assert_eq!(answer.status, none.status, "{context}");
        assert_eq!(
            answer.anonymous_problem(),
            none.anonymous_problem(),
            "{context}"
        );
    }
    let targets = person
        .put(&format!("/admin/complaints/{id}/targets"))
        .if_match("\"1\"")
        .json(&json!({ "targets": [], "reason": "x" }))
        .send()
        .await;
    assert!(
        matches!(targets.status, 403 | 404),
        "{context}: {targets:?}"
    );
    if let Some(counts) = counted(person, "/admin/complaints/counts").await {
        assert_eq!(counts["total"], 0, "{context}: {counts}");
    }
    if let Some(desk) = counted(person, "/admin/dashboard").await {
        assert_eq!(desk["open"], 0, "{context}: {desk}");
        for count in ["filed", "answered", "overdue", "withdrawals"] {
            assert_eq!(desk["last_30_days"][count], 0, "{context}: {desk}");
        }
    }
}

/// What those who may know of the case know it by.
struct Known<'a> {
    id: &'a str,
    number: &'a str,
    /// A proposal about it, waiting or not.
    proposal: Option<&'a str>,
}

/// One world: who may not know learns nothing at any moment of the case's way up.
async fn world(seed: u64) -> (usize, usize) {
    let mut seen = (0, 0);
    let house = House::new().await;
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let people = people(&house, &mut dice).await;
    let mut accused = BTreeSet::new();
    let mut filing = Filing::complaint().category("conduct");
    for _ in 0..dice.roll(3) {
        let (target, mark) = random_target(&mut dice);
        filing = filing.with("/targets/-", target);
        accused.extend(mark);
    }
    let villager = Villager::files(&house, &filing).await;
    let number = villager.number.clone();
    let mut finders = Vec::new();
    for person in people.iter().filter(|person| person.reads) {
        let found = person.staff.queue(&format!("q={number}")).await;
        if let Some(row) = found.first() {
            finders.push((person, row["id"].as_str().unwrap().to_owned()));
        }
    }
    let id = match finders.first() {
        Some((_, id)) => id.clone(),
        // Everybody who could is recused: the ladder takes it further up.
        None => house.database.text("SELECT id AS a FROM complaints"),
    };
    // Somebody would rather not take it: a second person is asked, and only those who may know hear of it.
    let mut proposal = None;
    if let Some((person, id)) = finders.iter().find(|(person, _)| person.supervises) {
        let decline =
            json!({ "action": "decline", "reason_code": "other_organ", "note": "请向他处反映" });
        let proposed = person.staff.proposes(id, decline).await;
        proposal = proposed["proposal_id"].as_str().map(str::to_owned);
    }
    let known = Known {
        id: &id,
        number: &number,
        proposal: proposal.as_deref(),
    };
    house.worker().await;
    for person in &people {
        let context = format!("world {seed}, asked to decline: {}", person.staff.username);
        let recused = !person.marks.is_disjoint(&accused);
        let knows = person.staff.tries_to_open(&id).await.status == 200;
        assert!(!(recused && knows), "{context}");
        if !knows {
            learns_nothing(&person.staff, &known, &context).await;
        }
    }
    // On its way: taken up and given to somebody, if anybody may.
    if let Some((person, id)) = finders.iter().find(|(person, _)| person.supervises) {
        person.staff.accepts(id).await;
        let unit = dice.pick(&units()).clone();
        let answer = person.staff.tries(id, dispatch(&unit, BRIEF)).await;
        assert!(matches!(answer.status, 200 | 422), "{answer:?}");
    }
    for moment in [
        "2026-11-02T10:00:00+08:00",
        "2026-11-24T10:00:00+08:00",
        "2026-12-04T10:00:00+08:00",
    ] {
        house.comes_to(moment).await;
        for person in &people {
            let recused = !person.marks.is_disjoint(&accused);
            let knows = person.staff.tries_to_open(&id).await.status == 200;
            let context = format!(
                "world {seed}, {moment}: {} {} {:?} of a case about {accused:?}",
                person.staff.username, person.unit, person.marks
            );
            assert!(!(recused && knows), "{context}");
            // The rules' words and the database's are the same predicate: the one shows what the other counts.
            if person.reads {
                let shown = person.staff.queue("limit=100").await.len();
                let counts = person.staff.get("/admin/complaints/counts").send().await;
                assert_eq!(counts.ok()["total"], shown, "{context}");
                assert_eq!(shown == 1, knows, "{context}");
            }
            seen.0 += usize::from(recused);
            seen.1 += usize::from(knows);
            if recused || !knows {
                learns_nothing(&person.staff, &known, &context).await;
            }
            if recused {
                for letter in house.letters() {
                    let told =
                        letter.to.contains(&person.staff.email) && letter.text.contains(&number);
                    assert!(!told, "{context}: {letter:?}");
                }
            }
        }
    }
    // Nobody may read it out of the public numbers either: one case is too few for any row.
    let stats = house
        .reads(&format!("/stats?region={}&period=2026-11", places::COUNTY))
        .await;
    assert_eq!(
        (&stats["by_township"], &stats["by_category"]),
        (&json!([]), &json!([]))
    );
    seen
}

#[tokio::test]
async fn nobody_recused_learns_anything_in_any_small_world() {
    let worlds: u64 = std::env::var("YDT_WORLDS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(6);
    let mut seen = (0, 0);
    for seed in 1..=worlds {
        let (recused, knowing) = world(seed).await;
        seen = (seen.0 + recused, seen.1 + knowing);
    }
    assert!(seen.0 > 0 && seen.1 > 0, "the worlds were empty: {seen:?}");
}
