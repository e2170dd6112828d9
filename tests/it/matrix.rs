//! The permission table, held against the program: every operation as everybody, on one's own, somebody else's, a
//! recused and a missing object. What is expected is the table's alone; with what is tried stands in
//! `matrix/fixtures.rs`, on what in `matrix/world.rs`.

mod fixtures;
mod regions;
mod world;

use std::collections::BTreeSet;
use std::time::Instant;

use reqwest::Method;
use reqwest::multipart::Form;
use serde_json::Value;

use self::fixtures::{Body, Fixture};
use self::world::{Kind, Objects, Person, World, ledger, picture};
use crate::contract::operations;
use crate::support::dice::rounds;
use crate::support::inside::{Entry, Inside, Permitted, Reach, Second, StepUp};
use crate::support::{Answer, House, places};

/// All roles, as the contract names them (`contract.md` 4).
const ROLES: [&str; 8] = [
    "village_clerk",
    "committee_member",
    "publisher",
    "handler",
    "triage",
    "supervisor",
    "auditor",
    "administrator",
];

#[test]
fn every_operation_has_its_row_and_every_row_its_operation() {
    let (public, admin) = Inside::documents();
    let named = |document: &Value| -> BTreeSet<String> {
        let all = operations(document).into_iter();
        all.map(|(path, method, _)| format!("{method} {}", path.trim_start_matches("/api/v1")))
            .collect()
    };
    let (public, admin) = (named(&public), named(&admin));
    let documented: BTreeSet<String> = public.union(&admin).cloned().collect();
    let table = Inside::permissions();
    let rows: BTreeSet<String> = table.iter().map(|row| row.name.clone()).collect();
    let without: Vec<&String> = documented.difference(&rows).collect();
    assert!(
        without.is_empty(),
        "say in api/crates/domain/src/operation/table.rs who may: {without:?}"
    );
    let idle: Vec<&String> = rows.difference(&documented).collect();
    assert!(idle.is_empty(), "there is no such operation: {idle:?}");
    for row in &table {
        let for_staff = row.door == Entry::Staff;
        assert!(!for_staff || admin.contains(&row.name), "{row:?}");
        let of_roles = row.roles.iter().all(|role| ROLES.contains(role));
        assert!(of_roles && for_staff != row.roles.is_empty(), "{row:?}");
    }
}

#[test]
fn the_documents_ask_for_what_the_table_asks_for() {
    let (public, admin) = Inside::documents();
    for row in Inside::permissions() {
        let (method, path) = row.name.split_once(' ').unwrap();
        let found = [&public, &admin].into_iter().find_map(|document| {
            let item = &document["paths"][format!("/api/v1{path}")];
            let operation = &item[method.to_lowercase()];
            let security = operation.get("security").or(document.get("security"));
            operation.is_object().then(|| security.cloned())
        });
        let asked = found.unwrap().unwrap_or_default().to_string();
        let (staff, receipt) = (asked.contains("\"staff\""), asked.contains("\"receipt\""));
        let expected = (row.door == Entry::Staff, row.door == Entry::Receipt);
        assert_eq!((staff, receipt), expected, "{}: {asked}", row.name);
    }
}

#[test]
fn every_operation_has_its_fixture() {
    let names = Inside::permissions().into_iter().map(|row| row.name);
    let without: Vec<String> = names.filter(|name| fixtures::of(name).is_none()).collect();
    assert!(
        without.is_empty(),
        "say in tests/it/matrix/fixtures.rs on what (a Kind of world.rs) and with which body to try: {without:#?}"
    );
}

/// One operation, being tried.
struct Trial<'a> {
    world: &'a World<'a>,
    row: &'a Permitted,
    fixture: Fixture,
}

impl Trial<'_> {
    /// The address with these ids in the order of its places.
    fn address(&self, ids: &[String]) -> (Method, String) {
        let (method, path) = self.row.name.split_once(' ').unwrap();
        let mut ids = ids.iter();
        let mut address = String::new();
        let mut rest = path;
        while let Some((head, tail)) = rest.split_once('{') {
            let (name, tail) = tail.split_once('}').unwrap();
            address.push_str(head);
            address.push_str(match name {
                "stage" => "handle",
                "n" => "1",
                "kind" => "ledger",
                "format" => "csv",
                // Where nothing says which.
                "version" if ids.len() == 0 => "1",
                _ => ids.next().unwrap_or_else(|| panic!("{path}: no {name}")),
            });
            rest = tail;
        }
        address.push_str(rest);
        address.push_str(self.fixture.query);
        (Method::from_bytes(method.as_bytes()).unwrap(), address)
    }

    /// Asks as somebody with this token or receipt, of what these ids name.
    async fn ask(
        &self,
        role: &str,
        token: Option<&str>,
        receipt: Option<&str>,
        ids: &[String],
    ) -> Answer {
        let (method, address) = self.address(ids);
        let house = self.world.house;
        let mut call = house.call(method, &address);
        if let Some(token) = token {
            call = call.bearer(token);
        }
        if let Some(code) = receipt {
            call = call.receipt(code);
        }
        if self.row.name == "POST /complaints" {
            call = call.key(&house.fresh_key());
        }
        if let Some((table, column)) = self.fixture.version {
            let id = ids.last().unwrap();
            let rows = house
                .database
                .count(&format!("SELECT count(*) FROM {table} WHERE id = '{id}'"));
            let version = match rows {
                0 => "1".to_owned(),
                _ => house.database.text(&format!(
                    "SELECT CAST({column} AS TEXT) AS a FROM {table} WHERE id = '{id}'"
                )),
            };
            call = call.if_match(&format!("\"{version}\""));
        }
        let call = match &self.fixture.body {
            Body::None => call,
            Body::Policy => call.json(&self.world.policy),
            Body::Picture => call.form(picture()),
            Body::Ledger => call.form(sheet(ids)),
            Body::Json(body) => {
                let text = body.to_string().replace("$role", &role.replace('_', "-"));
                let text = text.replace("$colleague", &self.world.city.id);
                let text = text.replace("$id", ids.first().map_or("", String::as_str));
                call.body("application/json", text)
            }
        };
        let answer = call.send().await;
        assert!(
            answer.status < 500,
            "{} as {role}: {answer:?}",
            self.row.name
        );
        answer
    }

    /// It must be refused with this, and in the words of every other such refusal.
    fn refused(
        &self,
        answer: Answer,
        status: u16,
        code: &str,
        said: &mut Option<Value>,
        context: &str,
    ) {
        let document = answer.anonymous_problem();
        assert_eq!(
            (answer.status, &document["code"]),
            (status, &Value::from(code)),
            "{} as {context}: {answer:?}",
            self.row.name
        );
        let first = said.get_or_insert_with(|| document.clone());
        assert_eq!(
            *first, document,
            "{} as {context}: told apart",
            self.row.name
        );
    }

    /// What is answered where it is allowed.
    fn granted(&self, answer: &Answer, role: &str) {
        let named = self.fixture.but.iter().find(|(whose, _)| *whose == role);
        let well = match (named, self.fixture.allowed) {
            (Some((_, status)), _) => answer.status == *status,
            (None, []) => (200..300).contains(&answer.status),
            (None, statuses) => statuses.contains(&answer.status),
        };
        assert!(well, "{} as {role}, who may: {answer:?}", self.row.name);
        // What takes two persons has only been proposed; what does not, is done.
        let proposed = answer.status == 202;
        match self.row.second {
            Second::Always => assert!(proposed, "{}: {answer:?}", self.row.name),
            Second::No | Second::Is => assert!(!proposed, "{}: {answer:?}", self.row.name),
            Second::Sometimes => {}
        }
    }

    /// Who shows no receipt, a wrong one, or a token in its place; then its holder.
    async fn as_holders(&self) {
        let objects = self.world.of(self.fixture.kind, "");
        let token = self.world.people[4].staff.token();
        for token in [None, Some(token)] {
            let answer = self.ask("nobody", token, None, &[]).await;
            self.refused(answer, 401, "receipt_required", &mut None, "nobody");
        }
        let mut said = None;
        for code in [objects.missing[0].as_str(), "12345678901234567890", "x"] {
            let answer = self.ask("a guesser", None, Some(code), &[]).await;
            self.refused(answer, 404, "receipt_unknown", &mut said, "a guesser");
        }
        let own = self
            .ask("the holder", None, Some(&objects.own[0]), &[])
            .await;
        self.granted(&own, "the holder");
    }

    /// Everybody, whatever they show: it makes no difference.
    async fn as_everybody(&self) {
        let objects = self.world.of(self.fixture.kind, "");
        let token = self.world.people[4].staff.token();
        let mut said = None;
        for token in [
            None,
            Some(token),
            Some(self.world.expired.as_str()),
            Some("nonsense"),
        ] {
            for ids in hidden(&objects) {
                let answer = self.ask("anybody", token, None, ids).await;
                let (status, code) = self.fixture.absent;
                self.refused(answer, status, code, &mut said, "anybody");
            }
            let own = self.ask("anybody", token, None, &objects.own).await;
            self.granted(&own, "anybody");
        }
    }

    /// Nobody, and tokens that are none: not told whether there is anything.
    async fn as_nobody(&self) {
        let objects = self.world.of(self.fixture.kind, self.row.roles[0]);
        let mut said = None;
        for ids in hidden(&objects).into_iter().chain([objects.own.as_slice()]) {
            let answer = self.ask("nobody", None, None, ids).await;
            self.refused(answer, 401, "unauthorized", &mut said, "nobody");
        }
        let answer = self
            .ask("a late one", Some(&self.world.expired), None, &objects.own)
            .await;
        self.refused(answer, 401, "token_expired", &mut None, "a late one");
        for token in self.no_tokens() {
            let answer = self.ask("a forger", Some(&token), None, &objects.own).await;
            self.refused(answer, 401, "unauthorized", &mut said, &token);
        }
    }

    /// What is no access token, though it is something: a receipt, a link's or a cookie's kind of text, a token of
    /// another type, without a signature, and with another's.
    fn no_tokens(&self) -> Vec<String> {
        let token = self.world.people[4].staff.token();
        let parts: Vec<&str> = token.split('.').collect();
        // {"alg":"none","typ":"at+jwt"} and {"alg":"EdDSA","typ":"JWT"}
        let headers = [
            "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0",
            "eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCJ9",
        ];
        let mut all = vec![
            self.world.of(Kind::Receipt, "").own[0].clone(),
            "abcdefghijklmnopqrstuvwxyz0123456789-_ABCDE".to_owned(),
            format!("{}.{}.{}", parts[0], parts[1], "A".repeat(parts[2].len())),
        ];
        all.extend(headers.map(|header| format!("{header}.{}.{}", parts[1], parts[2])));
        all
    }

    /// Somebody of a role that the row does not name: the same refusal, whatever the object.
    async fn as_another_role(&self, person: &Person<'_>) {
        let objects = self.world.of(self.fixture.kind, self.row.roles[0]);
        let mut said = None;
        for ids in hidden(&objects).into_iter().chain([objects.own.as_slice()]) {
            let answer = self
                .ask(person.role, Some(person.staff.token()), None, ids)
                .await;
            self.refused(answer, 403, "not_permitted", &mut said, person.role);
        }
    }

    /// Somebody who may: what is not within reach is not there, and what is one's own is.
    async fn as_one_who_may(&self, person: &Person<'_>) {
        let (role, token) = (person.role, Some(person.staff.token()));
        let objects = self.world.of(self.fixture.kind, role);
        if self.row.name.contains("{id}") {
            let about_cases = matches!(self.row.reach, Reach::Cases | Reach::Proposals);
            assert!(
                !about_cases || !objects.recused.is_empty() && !objects.foreign.is_empty(),
                "{}: its kind of object needs a foreign and a recused one",
                self.row.name
            );
        }
        let (status, code) = self.fixture.absent;
        let mut said = None;
        for ids in hidden(&objects) {
            let answer = self.ask(role, token, None, ids).await;
            self.refused(answer, status, code, &mut said, role);
        }
        if self.row.step_up == StepUp::Always {
            let answer = self
                .ask(role, Some(&person.plain), None, &objects.own)
                .await;
            self.refused(answer, 403, "step_up_required", &mut None, role);
        }
        let own = self.ask(role, token, None, &objects.own).await;
        self.granted(&own, role);
        if self.fixture.lists != Kind::None {
            self.shows_only_ones_own(&own, role);
        }
        if own.status == 202 {
            let proposal = own.json()["proposal_id"].as_str().unwrap().to_owned();
            self.world.city.decides(&proposal, false).await.ok();
        }
    }

    fn shows_only_ones_own(&self, answer: &Answer, role: &str) {
        let (text, objects) = (answer.text(), self.world.of(self.fixture.lists, role));
        assert!(
            text.contains(&objects.own[0]),
            "{} as {role}: {text}",
            self.row.name
        );
        for id in objects.foreign.iter().chain(&objects.recused) {
            assert!(
                !text.contains(id.as_str()),
                "{} as {role}: {id}: {text}",
                self.row.name
            );
        }
    }

    async fn run(&self) {
        match self.row.door {
            Entry::Open | Entry::Credentials => self.as_everybody().await,
            Entry::Receipt => self.as_holders().await,
            Entry::Staff => {
                self.as_nobody().await;
                for person in &self.world.people {
                    if self.row.roles.contains(&person.role) {
                        self.as_one_who_may(person).await;
                    } else {
                        self.as_another_role(person).await;
                    }
                }
            }
        }
    }
}

/// The instances that are not there for whoever asks, as far as there are any.
fn hidden(objects: &Objects) -> Vec<&[String]> {
    let all = [
        &objects.missing,
        &objects.foreign,
        &objects.recused,
        &objects.crossed,
    ];
    let there = all.into_iter().filter(|ids| !ids.is_empty());
    there.map(Vec::as_slice).collect()
}

/// A month's ledger of a village, to be looked through.
fn sheet(ids: &[String]) -> Form {
    let region = ids
        .first()
        .map_or(places::VILLAGE, String::as_str)
        .to_owned();
    let part = reqwest::multipart::Part::bytes(ledger(&region, "2026-05").xlsx());
    Form::new()
        .text("region_code", region)
        .text("kind", "ledger")
        .text("period", "2026-05")
        .part("file", part.file_name("ledger.xlsx"))
}

#[tokio::test]
async fn everybody_tries_everything() {
    let house = House::new().await;
    let world = World::make(&house, &ROLES).await;
    let table = Inside::permissions();
    for row in &table {
        // Without one, the test before says so.
        let Some(fixture) = fixtures::of(&row.name) else {
            continue;
        };
        let trial = Trial {
            world: &world,
            row,
            fixture,
        };
        trial.run().await;
    }
    what_is_hidden_takes_no_other_time(&world).await;
}

/// A case that is not there is refused as fast as one that may not be known of. The bound is wide, for a machine on which
/// others work too, and narrower over the long form's two thousand rounds; the kinds take turns, so that a slow moment
/// meets them all.
async fn what_is_hidden_takes_no_other_time(world: &World<'_>) {
    let triage = &world.people[4].staff;
    let objects = world.of(Kind::Case, "triage");
    let hidden = hidden(&objects);
    let mut spent = vec![Vec::new(); hidden.len()];
    let rounds = rounds(40);
    for round in 0..rounds {
        for turn in 0..hidden.len() {
            let which = (round + turn) % hidden.len();
            let call = triage.get(&format!("/admin/complaints/{}", hidden[which][0]));
            let begun = Instant::now();
            call.send().await.problem(404, "not_found");
            spent[which].push(begun.elapsed().as_secs_f64());
        }
    }
    let medians: Vec<f64> = spent
        .into_iter()
        .map(|mut times| {
            times.sort_by(f64::total_cmp);
            times[times.len() / 2]
        })
        .collect();
    let (least, most) = (
        medians.iter().copied().fold(f64::MAX, f64::min),
        medians.iter().copied().fold(0.0, f64::max),
    );
    let bound = if rounds > 1000 { 1.5 } else { 3.0 };
    assert!(
        most < least * bound,
        "missing, foreign, recused: {medians:?} s"
    );
}
