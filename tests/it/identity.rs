//! Who the complainant is: opened by two persons, read once where the vault is, seen by the complainant, and erased.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::actors::{Staff, Township};
use crate::support::db::is_postgres;
use crate::support::{Answer, Filing, House, Villager, inside, places, shapes};

const NAME: &str = "演示·王桂兰";
const PHONE: &str = "13845109876";
const WHY: &str = "地点说不清，需要电话联系本人核实";

fn confidential() -> Filing {
    Filing::complaint().confidential(NAME, PHONE)
}

async fn tries_to_ask(staff: &Staff<'_>, id: &str, reason: &str) -> Answer {
    let body = json!({ "complaint_id": id, "reason_code": "clarify", "reason": reason });
    staff
        .post("/admin/identity-requests")
        .json(&body)
        .send()
        .await
}

async fn asks(staff: &Staff<'_>, id: &str) -> String {
    let made = tries_to_ask(staff, id, WHY).await.expect(202).json();
    shapes::has(&made, "proposal_id expires_at");
    made["proposal_id"].as_str().unwrap().to_owned()
}

fn place(request: &str) -> String {
    format!("/admin/vault/identity-requests/{request}/read")
}

async fn reads(staff: &Staff<'_>, request: &str) -> Answer {
    staff.post(&place(request)).send().await
}

/// The one request of a person, as the list shows it.
async fn listed(staff: &Staff<'_>, request: &str) -> Value {
    let list = staff.get("/admin/identity-requests").send().await.ok();
    let mut items = shapes::items(&list);
    items.retain(|one| one["id"] == request);
    assert_eq!(items.len(), 1, "{list}");
    items.remove(0)
}

/// What it takes: a triage who has just proved to be himself, a colleague, and a confidential case.
struct Scene<'a> {
    house: &'a House,
    triage: Staff<'a>,
    colleague: Staff<'a>,
    villager: Villager<'a>,
    id: String,
}

impl<'a> Scene<'a> {
    async fn of(house: &'a House) -> Self {
        let triage = house.triage().await.stepped_up().await;
        let colleague = house.triage().await;
        let villager = Villager::files(house, &confidential()).await;
        let id = triage.finds(&villager).await;
        Self {
            house,
            triage,
            colleague,
            villager,
            id,
        }
    }

    /// Asked for and approved.
    async fn granted(&self) -> String {
        let request = asks(&self.triage, &self.id).await;
        self.colleague.approves_proposal(&request).await;
        request
    }

    fn sealed(&self) -> usize {
        let sql = format!(
            "SELECT count(*) FROM complaint_identities WHERE complaint_id = '{}'",
            self.id
        );
        self.house.database.count(&sql)
    }
}

#[tokio::test]
async fn two_persons_open_it_once_and_the_complainant_sees_that() {
    let house = House::new().await;
    let scene = Scene::of(&house).await;
    assert_eq!(scene.villager.reads().await["identity_views"], json!([]));
    let view = scene.triage.opens(&scene.id).await;
    assert_eq!(view["may_request_identity"], true);
    let request = asks(&scene.triage, &scene.id).await;
    // Not yet, and not by oneself.
    reads(&scene.triage, &request)
        .await
        .problem(409, "not_approved");
    let own = scene.triage.decides(&request, true).await;
    own.problem(403, "same_person");
    let waiting = scene.colleague.waiting().await;
    assert_eq!(waiting.len(), 1);
    let about = (
        &waiting[0]["action"],
        &waiting[0]["reason"],
        &waiting[0]["body"]["reason_code"],
    );
    assert_eq!(
        about,
        (&json!("reveal_identity"), &json!(WHY), &json!("clarify"))
    );
    // The second person proves too that it is still him: a token left on a screen opens nothing. A no needs no code.
    let unsure = scene.colleague.decides(&request, true).await;
    unsure.problem(403, "step_up_required");
    assert_eq!(listed(&scene.triage, &request).await["state"], "waiting");
    scene.colleague.approves_proposal(&request).await;
    let row = listed(&scene.triage, &request).await;
    assert_eq!(
        (&row["may_use"], &row["state"]),
        (&json!(true), &json!("approved"))
    );
    // The second person approved, and does not read it.
    let second = scene.colleague.post(&place(&request)).send().await;
    second.problem(403, "step_up_required");
    assert_eq!(scene.villager.reads().await["identity_views"], json!([]));

    let shown = reads(&scene.triage, &request).await.expect(200);
    assert_eq!(shown.header("cache-control"), "no-store");
    let shown = shown.json();
    let who = (&shown["name"], &shown["phone"], &shown["identity_mode"]);
    assert_eq!(who, (&json!(NAME), &json!(PHONE), &json!("confidential")));
    assert_eq!(shown["number"], scene.villager.number.as_str());
    reads(&scene.triage, &request)
        .await
        .problem(409, "shown_once");
    let row = listed(&scene.triage, &request).await;
    assert_eq!(
        (&row["may_use"], &row["outcome"]),
        (&json!(false), &json!("clarify"))
    );

    // When, which level and what for; never who.
    let seen = scene.villager.reads().await;
    let look = json!({ "date": "2026-11-02", "level": 1, "reason_code": "clarify" });
    assert_eq!(seen["identity_views"], json!([look]));
    assert_eq!(shapes::history(&seen), ["file"]);
    let path = format!("/admin/complaints/{}/events", scene.id);
    let told = scene.triage.get(&path).send().await.ok();
    let told: Vec<&str> = told["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["action"].as_str().unwrap())
        .collect();
    assert_eq!(
        told,
        [
            "file",
            "propose_reveal_identity",
            "reveal_identity",
            "identity_read"
        ]
    );
    // Each step is in the audit, and the identity is nowhere.
    for action in ["propose", "proposal_approved", "identity_read"] {
        let rows = house.database.count(&format!(
            "SELECT count(*) FROM audit WHERE action = '{action}' AND case_id = '{}'",
            scene.id
        ));
        assert_eq!(rows, 1, "{action}");
    }
    house.worker().await;
    let written = house.everything_written();
    assert!(!written.contains(PHONE) && !written.contains(NAME));
    assert!(house.inside.audit_faults().await.is_empty());
}

#[tokio::test]
async fn who_may_ask_and_with_what() {
    let house = House::new().await;
    let scene = Scene::of(&house).await;
    let triage = &scene.triage;
    // A reason, in words and as a code.
    tries_to_ask(triage, &scene.id, "想知道")
        .await
        .faulty("/reason", "too_short");
    let wrong =
        json!({ "complaint_id": scene.id, "reason_code": "receipt_reissued", "reason": WHY });
    let path = "/admin/identity-requests";
    triage
        .post(path)
        .json(&wrong)
        .send()
        .await
        .faulty("/reason_code", "out_of_range");
    // A fresh code.
    let body = json!({ "complaint_id": scene.id, "reason_code": "clarify", "reason": WHY });
    let stale = scene.colleague.post(path).json(&body).send().await;
    stale.problem(403, "step_up_required");
    // Nothing is sealed of an anonymous case.
    let anonymous = Villager::files(&house, &Filing::complaint()).await;
    let its_id = triage.finds(&anonymous).await;
    assert_eq!(triage.opens(&its_id).await["may_request_identity"], false);
    tries_to_ask(triage, &its_id, WHY)
        .await
        .problem(409, "case_anonymous");
    // One at a time.
    let request = asks(triage, &scene.id).await;
    tries_to_ask(triage, &scene.id, WHY)
        .await
        .problem(409, "proposal_waiting");
    // Whoever is asked to be the second may read the case, and not ask.
    let county = house.county().await.stepped_up().await;
    tries_to_ask(&county, &scene.id, WHY)
        .await
        .problem(403, "not_permitted");
    // A foreign case is the same as none.
    for stranger in [house.neighbour_triage().await, house.other_county().await] {
        let stranger = stranger.stepped_up().await;
        let foreign = tries_to_ask(&stranger, &scene.id, WHY).await;
        let none = tries_to_ask(&stranger, "00000000000000000000000000000000", WHY).await;
        assert_eq!(foreign.status, 404);
        assert_eq!(foreign.anonymous_problem(), none.anonymous_problem());
        let read = reads(&stranger, &request).await;
        read.problem(404, "not_found");
    }
    // The proof is five minutes old.
    scene.colleague.approves_proposal(&request).await;
    house.inside.wall_passes(301);
    reads(triage, &request)
        .await
        .problem(403, "step_up_required");
}

#[tokio::test]
async fn a_recused_person_is_no_second_and_a_changed_case_ends_it() {
    let house = House::new().await;
    let village = places::committee(places::VILLAGE);
    let related = house.triage().await.stepped_up().await;
    let to = json!({ "type": "organisation", "id": village });
    let declared = json!({ "of": "myself", "to": to, "note": "近亲属" });
    related
        .post("/admin/relations")
        .json(&declared)
        .send()
        .await
        .expect(201);
    let triage = house.triage().await.stepped_up().await;
    let villager = Villager::files(&house, &confidential().against_unit(&village)).await;
    let id = triage.finds(&villager).await;
    let request = asks(&triage, &id).await;
    assert!(related.waiting().await.is_empty());
    let foreign = related.decides(&request, true).await;
    assert_eq!(foreign.status, 404);
    let none = related
        .decides("00000000000000000000000000000000", true)
        .await;
    assert_eq!(foreign.anonymous_problem(), none.anonymous_problem());
    let asked = tries_to_ask(&related, &id, WHY).await;
    asked.problem(404, "not_found");

    triage.accepts(&id).await;
    let colleague = house.triage().await;
    colleague
        .decides(&request, true)
        .await
        .problem(409, "proposal_void");
    reads(&triage, &request).await.problem(409, "proposal_void");
    // Refused it opens nothing either.
    let request = asks(&triage, &id).await;
    colleague.decides(&request, false).await.expect(200);
    reads(&triage, &request).await.problem(409, "not_approved");
    // Whoever comes to be recused in the meantime reads nothing.
    let request = asks(&triage, &id).await;
    colleague.approves_proposal(&request).await;
    triage
        .post("/admin/relations")
        .json(&declared)
        .send()
        .await
        .expect(201);
    reads(&triage, &request).await.problem(404, "not_found");
    // And what nobody fetched in time is void.
    let third = house.triage().await.stepped_up().await;
    let request = asks(&third, &id).await;
    colleague.approves_proposal(&request).await;
    house.clock_to("2026-11-06T09:00:00+08:00");
    reads(&third, &request).await.problem(409, "proposal_void");
    assert_eq!(villager.reads().await["identity_views"], json!([]));
}

#[tokio::test]
async fn whoever_does_the_work_does_not_learn_that_there_is_anybody() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (_, id) = township.case_in("handling", &confidential()).await;
    let triage = house.triage().await.stepped_up().await;
    let request = asks(&triage, &id).await;
    let told = async || {
        let path = format!("/admin/complaints/{id}/events");
        let events = township.handler.get(&path).send().await.ok();
        let view = township.handler.opens(&id).await;
        assert_eq!(view["identity_views"], json!([]));
        assert_eq!(view["may_request_identity"], false);
        assert_eq!(view["proposals"], json!([]));
        format!("{events}{view}")
    };
    assert!(!told().await.contains("reveal_identity"));
    township.triage.approves_proposal(&request).await;
    reads(&triage, &request).await.expect(200);
    let all = told().await;
    for word in ["reveal_identity", "identity_read", NAME, PHONE] {
        assert!(!all.contains(word), "{word}: {all}");
    }
}

#[tokio::test]
async fn only_the_vault_opens_and_what_does_not_open_stays_to_be_read() {
    let house = House::new().await;
    let scene = Scene::of(&house).await;
    let request = scene.granted().await;
    let token = &scene.triage.token;
    // A process without the role says so, and takes filings all the same.
    let front = house.door_without_vault().await;
    let elsewhere = front.post(&place(&request)).bearer(token).send().await;
    elsewhere.problem(503, "vault_elsewhere");
    let filed = front.post("/complaints").key(&house.fresh_key());
    filed.json(&confidential().0).send().await.expect(201);
    // One that is the vault and nothing else does nothing else.
    let vault = house.vault_door().await;
    vault
        .get("/admin/complaints")
        .bearer(token)
        .send()
        .await
        .problem(404, "no_route");
    vault.get("/time").send().await.problem(404, "no_route");
    vault.get("/livez").send().await.expect(200);

    let key = house
        .place("secrets/identity")
        .join(format!("{}.key", places::COUNTY));
    let kept = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    reads(&scene.triage, &request)
        .await
        .problem(503, "vault_key_missing");
    let refused = house.inside.begins(true).await.unwrap_err();
    assert!(
        refused.contains(".key is not there") && !refused.contains('\n'),
        "{refused}"
    );
    std::fs::write(&key, [7; 32]).unwrap();
    reads(&scene.triage, &request)
        .await
        .problem(503, "vault_key_missing");
    let refused = house.inside.begins(true).await.unwrap_err();
    assert!(refused.contains("another key"), "{refused}");
    std::fs::write(&key, kept).unwrap();
    house.inside.begins(true).await.unwrap();
    // Nothing may be sealed to what nobody can open, though nothing has been yet.
    house.inside.makes_keys().await.unwrap();
    let unused = house
        .place("secrets/identity")
        .join(format!("{}.key", places::OTHER_COUNTY));
    let kept = std::fs::read(&unused).unwrap();
    std::fs::remove_file(&unused).unwrap();
    let refused = house.inside.begins(true).await.unwrap_err();
    assert!(refused.contains(".key is not there"), "{refused}");
    std::fs::write(&unused, kept).unwrap();
    house.inside.begins(true).await.unwrap();
    // Another case's ciphertext in its place.
    let other = Villager::files(&house, &confidential()).await;
    let other = scene.triage.finds(&other).await;
    let swap = |from: &str| {
        house.database.run_with(
            "UPDATE complaint_identities SET sealed = (SELECT o.sealed FROM complaint_identities o WHERE o.complaint_id = $1) WHERE complaint_id = $2",
            &[from, &scene.id],
        );
    };
    house.database.run_with(
        "INSERT INTO complaint_identities (complaint_id, county_code, key_id, sealed) SELECT $1, county_code, key_id, sealed FROM complaint_identities WHERE complaint_id = $2",
        &[&scene.triage.finds(&Villager::files(&house, &Filing::complaint()).await).await, &scene.id],
    );
    let copy = house.database.text(&format!(
        "SELECT complaint_id AS a FROM complaint_identities WHERE complaint_id NOT IN ('{}', '{other}') AND sealed = (SELECT o.sealed FROM complaint_identities o WHERE o.complaint_id = '{}')",
        scene.id, scene.id
    ));
    swap(&other);
    reads(&scene.triage, &request)
        .await
        .problem(409, "seal_altered");
    swap(&copy);
    assert_eq!(scene.villager.reads().await["identity_views"], json!([]));
    let shown = vault.post(&place(&request)).bearer(token).send().await;
    assert_eq!(shown.expect(200).json()["phone"], PHONE);
}

#[tokio::test]
async fn a_start_without_the_keys_that_its_role_needs_is_refused() {
    let house = House::new().await;
    // No key has been made, and this process makes none.
    let bare = tempfile::tempdir().unwrap();
    let secrets = bare.path().join("secrets");
    let copied = |names: &[&str]| {
        std::fs::create_dir_all(&secrets).unwrap();
        for name in names {
            std::fs::copy(house.place("secrets").join(name), secrets.join(name)).unwrap();
        }
    };
    copied(&[
        "pepper.key",
        "totp.key",
        "attachments.key",
        "token-signing.key",
    ]);
    let open = || {
        house
            .inside
            .without_vault(house.dir(), &house.database.url, &secrets)
    };
    let refused = open().await.begins(true).await.unwrap_err();
    assert!(
        refused.contains(".pub is not there") && !refused.contains('\n'),
        "{refused}"
    );
    // Whoever takes no filings needs none.
    open().await.begins(false).await.unwrap();
    // What the vault hands out is enough, and does not open anything.
    house.inside.makes_keys().await.unwrap();
    let sealed = bare.path().join("for-the-front");
    house
        .inside
        .exports_secrets_without_vault("correct horse battery", &sealed);
    let place = tempfile::tempdir().unwrap();
    inside::imports_secrets(place.path(), "correct horse battery", &sealed).unwrap();
    let names = std::fs::read_dir(place.path().join("secrets/identity")).unwrap();
    let names: Vec<String> = names
        .map(|one| one.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(
        names.len() >= 2 && names.iter().all(|name| name.ends_with(".pub")),
        "{names:?}"
    );
    let front = place.path().join("secrets");
    let inside = house
        .inside
        .without_vault(house.dir(), &house.database.url, &front)
        .await;
    inside.begins(true).await.unwrap();
    // The whole carries them all.
    let whole = bare.path().join("whole");
    house
        .inside
        .exports_secrets("correct horse battery", &whole);
    let place = tempfile::tempdir().unwrap();
    inside::imports_secrets(place.path(), "correct horse battery", &whole).unwrap();
    let key = format!("secrets/identity/{}.key", places::COUNTY);
    assert_eq!(
        std::fs::read(place.path().join(&key)).unwrap(),
        std::fs::read(house.place(&key)).unwrap()
    );
    // A public half that nothing can be opened with is refused once it matters.
    Villager::files(&house, &confidential()).await;
    std::fs::write(
        front.join(format!("identity/{}.pub", places::COUNTY)),
        [9; 32],
    )
    .unwrap();
    let refused = inside.begins(true).await.unwrap_err();
    assert!(refused.contains("another key"), "{refused}");
}

/// Closed on 2026-11-02 and kept for the shipped 1095 days.
const LAST_DAY: &str = "2029-10-31T09:00:00+08:00";
const OVER: &str = "2029-11-02T09:00:00+08:00";

fn unhex(text: &str) -> Vec<u8> {
    let pairs = (0..text.len()).step_by(2);
    pairs
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

/// Soon after the erasure the ciphertext stands neither in the database's file nor in its log.
async fn is_in_no_file(house: &House, sealed: &[u8]) {
    let file = house
        .database
        .url
        .trim_start_matches("sqlite://")
        .to_owned();
    let holds = |path: &str| {
        let bytes = std::fs::read(path).unwrap_or_default();
        bytes.windows(sealed.len()).any(|window| window == sealed)
    };
    let until = Instant::now() + Duration::from_secs(15);
    while holds(&file) || holds(&format!("{file}-wal")) {
        assert!(
            Instant::now() < until,
            "what was erased is still on the disk"
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn at_the_end_of_retention_it_is_erased_and_stays_erased() {
    let house = House::new().await;
    let scene = Scene::of(&house).await;
    let before = house.place("before.tar");
    house.inside.backs_up(&before);
    scene.villager.withdraws().await;
    let open = Villager::files(&house, &confidential()).await;
    let open = scene.triage.finds(&open).await;
    house.comes_to(LAST_DAY).await;
    assert_eq!(scene.sealed(), 1);
    let sealed = (!is_postgres()).then(|| {
        let hex = house.database.text(&format!(
            "SELECT hex(sealed) AS a FROM complaint_identities WHERE complaint_id = '{}'",
            scene.id
        ));
        unhex(&hex)
    });
    let kept = house.database.text(&format!(
        "SELECT county_code AS a FROM complaint_identities WHERE complaint_id = '{}'",
        scene.id
    ));
    assert_eq!(kept, places::COUNTY);
    house.comes_to(OVER).await;
    assert_eq!(scene.sealed(), 0);
    if let Some(sealed) = sealed {
        is_in_no_file(&house, &sealed).await;
    }
    // A case that goes on keeps its own.
    let others = house.database.count(&format!(
        "SELECT count(*) FROM complaint_identities WHERE complaint_id = '{open}'"
    ));
    assert_eq!(others, 1);
    let triage = house.triage().await.stepped_up().await;
    assert_eq!(triage.opens(&scene.id).await["may_request_identity"], false);
    tries_to_ask(&triage, &scene.id, WHY)
        .await
        .problem(410, "identity_erased");
    let audited = house.database.count(&format!(
        "SELECT count(*) FROM audit WHERE action = 'identity_erased' AND case_id = '{}'",
        scene.id
    ));
    assert_eq!(audited, 1);
    let list = std::fs::read_to_string(house.place("secrets/erased.list")).unwrap();
    // Two workers who do it at once leave two lines.
    let own = list.lines().filter(|line| line.starts_with(&scene.id));
    assert!(own.count() >= 1 && !list.contains(&open), "{list}");

    // The database travels back in time: what it knows of the erasure is gone, and the ciphertext is there again.
    house.database.run_with(
        "INSERT INTO complaint_identities (complaint_id, county_code, key_id, sealed) SELECT $1, county_code, key_id, sealed FROM complaint_identities WHERE complaint_id = $2",
        &[&scene.id, &open],
    );
    house.database.run("DELETE FROM erased_identities");
    house.another_process().await.begins(true).await.unwrap();
    assert_eq!(scene.sealed(), 0);
    // Once is enough.
    house.another_process().await.begins(true).await.unwrap();
    if is_postgres() {
        // F21 puts a backup of PostgreSQL back with the program itself.
        return;
    }
    // A real backup, put back in a new place beside the secrets as they are now.
    let place = tempfile::tempdir().unwrap();
    let sealed = house.place("secrets.sealed");
    house
        .inside
        .exports_secrets("correct horse battery", &sealed);
    inside::imports_secrets(place.path(), "correct horse battery", &sealed).unwrap();
    inside::restores(place.path(), &before).unwrap();
    let url = format!("sqlite://{}", place.path().join("yidiantong.db").display());
    let restored = crate::support::db::TestDatabase::at(&url);
    let count = "SELECT count(*) FROM complaint_identities";
    assert_eq!(restored.count(count), 1, "the backup holds it");
    house
        .inside
        .another(place.path(), &url)
        .await
        .begins(true)
        .await
        .unwrap();
    assert_eq!(restored.count(count), 0);

    // A spoilt list goes into no file: no import would take the rest of it.
    std::fs::write(house.place("secrets/erased.list"), list + "rubbish\n").unwrap();
    let never = house.place("never.sealed");
    let why = house.inside.exports_no_secrets(&never);
    assert!(
        why.contains("erased.list: line ") && why.contains(": a case and"),
        "{why}"
    );
    assert!(!never.exists());
}

#[tokio::test]
async fn an_approved_request_finds_nothing_once_it_is_erased() {
    let house = House::new().await;
    let scene = Scene::of(&house).await;
    let request = scene.granted().await;
    // What only the passing of years would bring about within the three days of an approval.
    house.database.run("DELETE FROM complaint_identities");
    reads(&scene.triage, &request)
        .await
        .problem(410, "identity_erased");
    assert_eq!(scene.villager.reads().await["identity_views"], json!([]));
}
