//! Accounts as administrators make, change and end them, and what takes a second person.

use futures_util::future::{join, join_all};
use serde_json::{Value, json};

use crate::support::actors::{PASSWORD, Staff, totp_code};
use crate::support::{Answer, House, places, shapes};

fn new_staff(username: &str, role: &str, unit: &str) -> Value {
    json!({
        "username": username,
        "display_name": "测试·新来的",
        "role": role,
        "organisation_id": unit,
        "email": format!("{username}@example.invalid"),
        "reason": "新到岗",
    })
}

fn clerk(username: &str) -> Value {
    let unit = places::committee(places::VILLAGE);
    new_staff(username, "village_clerk", &unit)
}

fn triage(username: &str) -> Value {
    let unit = places::organ(places::TOWNSHIP);
    new_staff(username, "triage", &unit)
}

/// Follows a one-time link; the access token of the first login.
async fn enrols(house: &House, link: &str, username: &str) -> String {
    let (_, token) = link.rsplit_once("#token=").unwrap();
    let enrol = async |body: Value| house.post("/auth/enrol").json(&body).send().await;
    let shown = enrol(json!({ "token": token })).await.expect(200).json();
    assert_eq!(shown["username"], username);
    let secret = totp_rs::Secret::try_from_base32(shown["totp_secret"].as_str().unwrap()).unwrap();
    let secret: [u8; 20] = secret.as_bytes().try_into().unwrap();
    let now = house.inside.wall_time().seconds();
    enrol(json!({ "token": token, "password": PASSWORD, "totp_code": totp_code(secret, now) }))
        .await
        .expect(201);
    let body = json!({
        "username": username, "password": PASSWORD, "totp_code": totp_code(secret, now + 30),
    });
    let session = house.post("/auth/login").json(&body).send().await;
    let session = session.expect(200).json();
    session["access_token"].as_str().unwrap().to_owned()
}

async fn proposal(answer: Answer) -> String {
    let made = answer.expect(202).json();
    shapes::has(&made, "proposal_id expires_at");
    made["proposal_id"].as_str().unwrap().to_owned()
}

/// A proposal as somebody reads it.
async fn seen(staff: &Staff<'_>, id: &str) -> Value {
    let read = staff.get(&format!("/admin/proposals/{id}")).send().await;
    read.expect(200).json()
}

async fn listed(admin: &Staff<'_>, query: &str) -> Vec<Value> {
    let list = admin.get(&format!("/admin/staff?{query}")).send().await;
    shapes::items(&list.expect(200).json())
}

async fn account(admin: &Staff<'_>, id: &str) -> Value {
    let answer = admin.get(&format!("/admin/staff/{id}")).send().await;
    answer.expect(200).json()
}

fn audited(house: &House, action: &str, id: &str) -> usize {
    let sql =
        format!("SELECT count(*) FROM audit WHERE action = '{action}' AND object_id = '{id}'");
    house.database.count(&sql)
}

async fn who(house: &House, token: &str) -> Option<Value> {
    let answer = house.get("/auth/me").bearer(token).send().await;
    assert!([200, 401].contains(&answer.status), "{answer:?}");
    (answer.status == 200).then(|| answer.json())
}

#[tokio::test]
async fn an_administrator_makes_an_account_and_hands_over_its_link() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let answer = admin.tries_to_add(&clerk("xin-baozhang")).await.expect(201);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.etag(), "\"1\"");
    let made = answer.json();
    shapes::has(&made, "account enrolment_link enrolment_expires_at");
    let view = &made["account"];
    assert_eq!(view["state"], "invited");
    assert_eq!(view["role"], "village_clerk");
    assert_eq!(view["region_code"], places::VILLAGE);
    assert_eq!(view["organisation_id"], places::committee(places::VILLAGE));
    assert_eq!(view["legal_actions"], json!(["change", "link", "disable"]));
    let id = view["id"].as_str().unwrap();
    let link = made["enrolment_link"].as_str().unwrap();
    // Shown this once: nobody reads it again, and the database does not know it.
    let read = admin.get(&format!("/admin/staff/{id}")).send().await;
    assert!(!read.text().contains("token="), "{read:?}");
    let (_, token) = link.rsplit_once("#token=").unwrap();
    assert_eq!(house.database.tables_with(token), [""; 0]);
    let session = enrols(&house, link, "xin-baozhang").await;
    assert_eq!(
        who(&house, &session).await.unwrap()["role"],
        "village_clerk"
    );
    let view = account(&admin, id).await;
    assert_eq!(view["state"], "active");
    assert_eq!(view["legal_actions"], json!(["change", "reset", "disable"]));
    let found = listed(&admin, "q=XIN-bao").await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(listed(&admin, "q=新来的&state=active").await.len(), 1);
    assert_eq!(listed(&admin, "q=新来的&state=invited").await.len(), 0);
    assert_eq!(listed(&admin, "q=新%25").await.len(), 0);
    assert_eq!(listed(&admin, "role=village_clerk").await.len(), 1);
    assert_eq!(audited(&house, "staff_created", id), 1);
    assert_eq!(audited(&house, "staff_enrolled", id), 1);
    // The owner hears of it, wherever the link went.
    house.comes_to("2026-11-02T10:00:00+08:00").await;
    let letters = house.letters();
    assert!(
        letters
            .iter()
            .any(|letter| letter.to.contains("xin-baozhang@")
                && letter.text.contains("开户链接已使用")),
        "{letters:?}"
    );
}

#[tokio::test]
async fn what_one_administrator_does_alone_is_told_to_those_who_watch() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let colleague = house.administrator().await;
    let auditor = house
        .staff("auditor", &places::organ(places::COUNTY), places::COUNTY)
        .await;
    let elsewhere = house
        .staff(
            "auditor",
            &places::organ(places::NEIGHBOUR),
            places::NEIGHBOUR,
        )
        .await;
    let triage = house.triage().await;
    admin.tries_to_add(&clerk("xin-baozhang")).await.expect(201);
    house.comes_to("2026-11-02T10:00:00+08:00").await;
    let told = |staff: &Staff<'_>| {
        let letters = house.letters().into_iter();
        letters
            .filter(|letter| letter.to.contains(&staff.email))
            .filter(|letter| {
                letter.text.contains("新开账号") && letter.text.contains("xin-baozhang")
            })
            .count()
    };
    assert_eq!((told(&colleague), told(&auditor)), (1, 1));
    assert_eq!((told(&admin), told(&elsewhere), told(&triage)), (0, 0, 0));
}

#[tokio::test]
async fn what_does_not_fit_is_named() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let taken = house.clerk().await.username;
    let set = |field: &str, value: Value| {
        let mut body = clerk("xin-ren");
        body[field] = value;
        body
    };
    for (field, value, code) in [
        ("username", json!("张"), "username_invalid"),
        ("display_name", json!(""), "invalid_text"),
        ("role", json!("triage"), "role_unfit"),
        ("role", json!("king"), "wrong_type"),
        ("organisation_id", json!("nobody"), "unit_unknown"),
        // Of another county, and above one's own.
        (
            "organisation_id",
            json!(places::organ(places::OTHER_COUNTY)),
            "unit_unknown",
        ),
        (
            "organisation_id",
            json!(places::organ(places::CITY)),
            "unit_unknown",
        ),
        (
            "region_code",
            json!(places::OTHER_VILLAGE),
            "region_outside_unit",
        ),
        ("email", json!("nobody"), "invalid_email"),
        ("posts", json!(["nobody"]), "post_unknown"),
        ("person_of", json!("nobody"), "staff_unknown"),
        ("password", json!(PASSWORD), "unknown_field"),
    ] {
        admin
            .tries_to_add(&set(field, value))
            .await
            .faulty(&format!("/{field}"), code);
    }
    admin
        .tries_to_add(&set("username", json!(taken.to_uppercase())))
        .await
        .problem(409, "username_taken");
    assert_eq!(listed(&admin, "q=xin-ren").await.len(), 0);
}

#[tokio::test]
async fn every_change_takes_a_fresh_code() {
    let house = House::new().await;
    let admin = house.administrator().await;
    let other = house.clerk().await;
    let before = account(&admin, &other.id).await;
    admin
        .tries_to_add(&clerk("xin-ren"))
        .await
        .problem(403, "step_up_required");
    for action in ["change", "reset", "link", "disable"] {
        admin
            .tries_with_account(&other.id, json!({ "action": action }))
            .await
            .problem(403, "step_up_required");
    }
    assert_eq!(account(&admin, &other.id).await, before);
    // Whoever may not at all is not even asked for one.
    let triage = house.triage().await;
    triage
        .tries_to_add(&clerk("xin-ren"))
        .await
        .problem(403, "not_permitted");
}

#[tokio::test]
async fn a_role_that_reads_cases_takes_a_second_person() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let (second, elsewhere) = (house.county().await, house.other_county().await);
    let id = proposal(admin.tries_to_add(&triage("xin-fenban")).await).await;
    assert_eq!(listed(&admin, "q=xin-fenban").await.len(), 0, "nothing yet");
    // Whoever proposed is not the second; an administrator is none anyway.
    admin.decides(&id, true).await.problem(403, "not_permitted");
    elsewhere.decides(&id, true).await.problem(404, "not_found");
    let seen = second.get(&format!("/admin/proposals/{id}")).send().await;
    let seen = seen.expect(200).json();
    assert_eq!(seen["subject"], "staff");
    assert_eq!(seen["action"], "add");
    assert_eq!(seen["body"]["role"], "triage");
    assert_eq!(seen["body"]["username"], "xin-fenban");
    assert_eq!(seen["reason"], "新到岗");
    assert_eq!(seen["may_decide"], true);
    let decided = second.says_yes(&id).await.expect(200);
    assert!(
        !decided.text().contains("token="),
        "the second holds no link"
    );
    assert_eq!(decided.json()["state"], "approved");
    let made = listed(&admin, "q=xin-fenban").await.remove(0);
    assert_eq!(made["state"], "invited");
    let account_id = made["id"].as_str().unwrap();
    assert_eq!(audited(&house, "staff_created", account_id), 1);
    let handed = admin
        .tries_with_account(account_id, json!({ "action": "link" }))
        .await
        .expect(200)
        .json();
    let first = handed["enrolment_link"].as_str().unwrap().to_owned();
    // Another one, and the first is worth nothing.
    let handed = admin
        .tries_with_account(account_id, json!({ "action": "link" }))
        .await
        .expect(200)
        .json();
    let (_, dead) = first.rsplit_once("#token=").unwrap();
    house
        .post("/auth/enrol")
        .json(&json!({ "token": dead }))
        .send()
        .await
        .problem(404, "enrolment_invalid");
    let link = handed["enrolment_link"].as_str().unwrap();
    let session = enrols(&house, link, "xin-fenban").await;
    assert_eq!(who(&house, &session).await.unwrap()["role"], "triage");
    house
        .get("/admin/complaints")
        .bearer(&session)
        .send()
        .await
        .expect(200);
}

#[tokio::test]
async fn each_of_the_four_roles_is_proposed_and_no_other() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let county = places::organ(places::COUNTY);
    for (role, unit, status) in [
        ("village_clerk", places::committee(places::VILLAGE), 201),
        (
            "committee_member",
            places::supervision_committee(places::VILLAGE),
            201,
        ),
        ("publisher", places::agency(places::TOWNSHIP), 201),
        ("handler", places::government(places::TOWNSHIP), 201),
        ("triage", places::organ(places::TOWNSHIP), 202),
        ("supervisor", county.clone(), 202),
        ("auditor", county.clone(), 202),
        ("administrator", county, 202),
    ] {
        let name = format!("xin-{}", role.replace('_', "-"));
        let answer = admin.tries_to_add(&new_staff(&name, role, &unit)).await;
        assert_eq!(answer.status, status, "{role}: {answer:?}");
        assert_eq!(
            answer.text().contains("token="),
            status == 201,
            "{role}: {answer:?}"
        );
        let there = listed(&admin, &format!("q={name}")).await.len();
        assert_eq!(there, usize::from(status == 201), "{role}");
    }
}

#[tokio::test]
async fn a_refused_or_forgotten_grant_makes_nothing() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let second = house.county().await;
    let id = proposal(admin.tries_to_add(&triage("xin-fenban")).await).await;
    let refused = second.decides(&id, false).await.expect(200).json();
    assert_eq!(refused["state"], "refused");
    let id = proposal(admin.tries_to_add(&triage("xin-fenban")).await).await;
    house.comes_to("2026-11-06T09:00:00+08:00").await;
    second
        .decides(&id, true)
        .await
        .problem(409, "proposal_void");
    assert_eq!(listed(&admin, "q=xin-fenban").await.len(), 0);
}

#[tokio::test]
async fn two_accounts_of_one_person_are_not_two_persons() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let (same, second) = (house.county().await, house.county().await);
    house
        .inside
        .are_one_person(&house.database, &admin.id, &same.id);
    let id = proposal(admin.tries_to_add(&triage("xin-fenban")).await).await;
    same.decides(&id, true).await.problem(403, "same_person");
    assert_eq!(listed(&admin, "q=xin-fenban").await.len(), 0);
    second.says_yes(&id).await.expect(200);
}

#[tokio::test]
async fn nobody_lifts_himself() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let (other_self, second) = (house.clerk().await, house.county().await);
    house
        .inside
        .are_one_person(&house.database, &admin.id, &other_self.id);
    for id in [&admin.id, &other_self.id] {
        let view = account(&admin, id).await;
        assert_eq!(view["is_own"], true);
        assert_eq!(view["legal_actions"], json!([]));
        for action in [
            json!({ "action": "change", "role": "supervisor" }),
            json!({ "action": "reset" }),
            json!({ "action": "link" }),
            json!({ "action": "disable" }),
        ] {
            admin
                .tries_with_account(id, action)
                .await
                .problem(403, "own_account");
        }
    }
    // Nor is anybody the second for his own: neither with the account it is about …
    let county = places::organ(places::COUNTY);
    let change = json!({ "action": "change", "role": "administrator", "organisation_id": county });
    let id = proposal(admin.tries_with_account(&second.id, change).await).await;
    let seen = second.get(&format!("/admin/proposals/{id}")).send().await;
    assert_eq!(seen.expect(200).json()["may_decide"], false);
    second.decides(&id, true).await.problem(403, "own_account");
    // … nor with another one of his.
    let alias = house.county().await;
    house
        .inside
        .are_one_person(&house.database, &second.id, &alias.id);
    alias.says_yes(&id).await.problem(403, "own_account");
    assert_eq!(account(&admin, &second.id).await["role"], "supervisor");
}

#[tokio::test]
async fn another_role_bites_on_the_next_request() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let unit = places::government(places::TOWNSHIP);
    let mover = house.staff("handler", &unit, places::TOWNSHIP).await;
    mover.queue("").await;
    let agency = places::agency(places::TOWNSHIP);
    let change = json!({
        "action": "change", "role": "publisher", "organisation_id": agency, "reason": "调岗",
    });
    let changed = admin
        .tries_with_account(&mover.id, change)
        .await
        .expect(200);
    let tag = changed.etag();
    let changed = changed.json();
    assert_eq!(changed["account"]["role"], "publisher");
    assert_eq!(changed["account"]["organisation_id"], agency);
    assert_eq!(changed["enrolment_link"], Value::Null);
    assert_eq!(tag, format!("\"{}\"", changed["account"]["version"]));
    mover
        .get("/admin/complaints")
        .send()
        .await
        .problem(401, "unauthorized");
    assert!(who(&house, &mover.token).await.is_none());
    assert_eq!(audited(&house, "staff_changed", &mover.id), 1);
    house.comes_to("2026-11-02T10:00:00+08:00").await;
    let letters = house.letters();
    assert!(
        letters
            .iter()
            .any(|letter| letter.to.contains(&mover.email)),
        "{letters:?}"
    );
    // Nothing to change, and what does not fit.
    let again = json!({ "action": "change", "role": "publisher" });
    admin
        .tries_with_account(&mover.id, again)
        .await
        .problem(422, "nothing_to_change");
    let unfit = json!({ "action": "change", "role": "committee_member" });
    admin
        .tries_with_account(&mover.id, unfit)
        .await
        .faulty("/role", "role_unfit");
}

#[tokio::test]
async fn into_a_role_that_reads_cases_and_within_one_it_takes_two() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let second = house.county().await;
    let mover = house.handler().await;
    let organ = places::organ(places::TOWNSHIP);
    let up = json!({ "action": "change", "role": "triage", "organisation_id": organ });
    let id = proposal(admin.tries_with_account(&mover.id, up.clone()).await).await;
    assert_eq!(account(&admin, &mover.id).await["role"], "handler");
    mover.queue("").await;
    // One at a time.
    admin
        .tries_with_account(&mover.id, up)
        .await
        .problem(409, "proposal_waiting");
    second.says_yes(&id).await.expect(200);
    assert_eq!(account(&admin, &mover.id).await["role"], "triage");
    assert!(who(&house, &mover.token).await.is_none());
    // The same role in another unit is another role.
    let neighbour = places::organ(places::NEIGHBOUR);
    let sideways = json!({ "action": "change", "organisation_id": neighbour });
    let id = proposal(admin.tries_with_account(&mover.id, sideways).await).await;
    // Something else happens to the account meanwhile: what was proposed is void.
    let down = json!({
        "action": "change", "role": "handler",
        "organisation_id": places::government(places::TOWNSHIP),
    });
    admin.tries_with_account(&mover.id, down).await.expect(200);
    second
        .decides(&id, true)
        .await
        .problem(409, "proposal_void");
    assert_eq!(account(&admin, &mover.id).await["role"], "handler");
}

#[tokio::test]
async fn what_somebody_proposed_falls_with_his_role() {
    let house = House::new().await;
    let (admin, leaver) = (
        house.sure_administrator().await,
        house.sure_administrator().await,
    );
    let second = house.county().await;
    let id = proposal(leaver.tries_to_add(&triage("xin-fenban")).await).await;
    admin
        .tries_with_account(&leaver.id, json!({ "action": "disable", "reason": "离职" }))
        .await
        .expect(200);
    second
        .decides(&id, true)
        .await
        .problem(409, "proposal_void");
    assert_eq!(listed(&admin, "q=xin-fenban").await.len(), 0);
}

#[tokio::test]
async fn a_disabled_account_is_out_at_once_and_for_good() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let leaver = house.triage().await;
    leaver.queue("").await;
    let done = admin
        .tries_with_account(&leaver.id, json!({ "action": "disable", "reason": "离岗" }))
        .await
        .expect(200)
        .json();
    assert_eq!(done["account"]["state"], "disabled");
    assert_eq!(done["account"]["legal_actions"], json!([]));
    assert!(who(&house, &leaver.token).await.is_none());
    let sql = format!(
        "SELECT count(*) FROM audit WHERE action = 'staff_disabled' AND object_id = '{}' AND reason = '离岗'",
        leaver.id
    );
    assert_eq!(house.database.count(&sql), 1);
    for action in ["disable", "reset", "link"] {
        let again = admin
            .tries_with_account(&leaver.id, json!({ "action": action }))
            .await
            .problem(409, "illegal_state");
        assert_eq!(again["legal_actions"], json!([]), "{action}");
    }
    assert_eq!(listed(&admin, "state=disabled").await.len(), 1);
}

#[tokio::test]
async fn who_comes_back_is_the_same_person_in_a_new_account() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let before = house.clerk().await;
    let mut body = clerk("hui-lai");
    body["person_of"] = json!(before.id);
    admin
        .tries_to_add(&body)
        .await
        .problem(409, "person_has_account");
    admin
        .tries_with_account(&before.id, json!({ "action": "disable" }))
        .await
        .expect(200);
    let made = admin.tries_to_add(&body).await.expect(201).json();
    let id = made["account"]["id"].as_str().unwrap();
    let sql = format!(
        "SELECT count(*) FROM (SELECT DISTINCT person_id FROM staff WHERE id IN ('{id}', '{}')) AS p",
        before.id
    );
    assert_eq!(house.database.count(&sql), 1);
    body["username"] = json!("hui-lai-2");
    admin
        .tries_to_add(&body)
        .await
        .problem(409, "person_has_account");
    // Whoever else was to be given that name or that person by two hears that it is too late.
    let other = house.clerk().await;
    admin
        .tries_with_account(&other.id, json!({ "action": "disable" }))
        .await
        .expect(200);
    let mut asked = triage("hui-lai-3");
    asked["person_of"] = json!(other.id);
    let waits = proposal(admin.tries_to_add(&asked).await).await;
    let mut made = clerk("hui-lai-4");
    made["person_of"] = json!(other.id);
    admin.tries_to_add(&made).await.expect(201);
    assert_eq!(seen(&house.county().await, &waits).await["state"], "void");
    let waits = proposal(admin.tries_to_add(&triage("hui-lai-5")).await).await;
    admin.tries_to_add(&clerk("hui-lai-5")).await.expect(201);
    assert_eq!(seen(&house.county().await, &waits).await["state"], "void");
    // Where it takes two, the second is told who comes back.
    let gone = house.triage().await;
    admin
        .tries_with_account(&gone.id, json!({ "action": "disable" }))
        .await
        .expect(200);
    let mut asked = triage("zai-lai");
    asked["person_of"] = json!(gone.id);
    let second = house.county().await;
    let proposed = proposal(admin.tries_to_add(&asked).await).await;
    let seen = second.get(&format!("/admin/proposals/{proposed}")).send();
    let seen = seen.await.expect(200).json();
    let earlier = seen["body"]["earlier"].as_str().unwrap();
    assert!(earlier.contains('（'), "{earlier}");
    second.says_yes(&proposed).await.expect(200);
    let again = listed(&admin, "q=zai-lai").await.remove(0);
    let sql = format!(
        "SELECT count(*) FROM (SELECT DISTINCT person_id FROM staff WHERE id IN ('{}', '{}')) AS p",
        again["id"].as_str().unwrap(),
        gone.id
    );
    assert_eq!(house.database.count(&sql), 1);
    // His own earlier account gives an administrator no second one.
    house
        .inside
        .are_one_person(&house.database, &admin.id, &before.id);
    body["person_of"] = json!(before.id);
    admin.tries_to_add(&body).await.problem(403, "own_account");
}

#[tokio::test]
async fn a_reset_hands_out_a_link_and_of_who_reads_cases_only_after_two() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let (plain, reader, second) = (
        house.clerk().await,
        house.triage().await,
        house.county().await,
    );
    let done = admin
        .tries_with_account(
            &plain.id,
            json!({ "action": "reset", "reason": "手机丢了" }),
        )
        .await
        .expect(200)
        .json();
    assert_eq!(done["account"]["state"], "invited");
    assert!(who(&house, &plain.token).await.is_none());
    let link = done["enrolment_link"].as_str().unwrap();
    enrols(&house, link, &plain.username).await;
    // Whoever holds the link is the account: an administrator alone must not become one who reads cases.
    let reset = json!({ "action": "reset", "reason": "手机丢了" });
    let answer = admin.tries_with_account(&reader.id, reset).await;
    assert!(!answer.text().contains("token="), "{answer:?}");
    let id = proposal(answer).await;
    assert!(
        who(&house, &reader.token).await.is_some(),
        "works on meanwhile"
    );
    let link = json!({ "action": "link" });
    admin
        .tries_with_account(&reader.id, link.clone())
        .await
        .problem(409, "illegal_state");
    let decided = second.says_yes(&id).await.expect(200);
    assert!(!decided.text().contains("token="), "{decided:?}");
    assert!(who(&house, &reader.token).await.is_none());
    let done = admin.tries_with_account(&reader.id, link).await;
    let done = done.expect(200).json();
    let session = enrols(
        &house,
        done["enrolment_link"].as_str().unwrap(),
        &reader.username,
    )
    .await;
    assert_eq!(who(&house, &session).await.unwrap()["role"], "triage");
    house.comes_to("2026-11-02T10:00:00+08:00").await;
    let letters = house.letters();
    for person in [&plain, &reader] {
        let told = letters
            .iter()
            .filter(|letter| letter.to.contains(&person.email))
            .filter(|letter| letter.subject.contains("账号安全提醒"))
            .count();
        assert_eq!(told, 2, "reset and enrolled: {letters:?}");
    }
}

#[tokio::test]
async fn an_administrator_reaches_as_far_as_his_region() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let here = house.triage().await;
    for stranger in [house.other_county().await, house.city().await] {
        let path = format!("/admin/staff/{}", stranger.id);
        let foreign = admin.get(&path).send().await;
        let none = admin.get("/admin/staff/nobody").send().await;
        assert_eq!(foreign.status, 404);
        assert_eq!(foreign.anonymous_problem(), none.anonymous_problem());
        admin
            .tries_with_account(&stranger.id, json!({ "action": "disable" }))
            .await
            .problem(404, "not_found");
    }
    let mut shown: Vec<String> = Vec::new();
    let mut path = "/admin/staff?limit=1".to_owned();
    loop {
        let page = admin.get(&path).send().await.expect(200).json();
        shown.extend(
            shapes::items(&page)
                .iter()
                .map(|item| item["id"].as_str().unwrap().to_owned()),
        );
        match page["next_cursor"].as_str() {
            Some(cursor) => path = format!("/admin/staff?limit=1&cursor={cursor}"),
            None => break,
        }
    }
    shown.sort();
    let mut wanted = vec![admin.id.clone(), here.id.clone()];
    wanted.sort();
    assert_eq!(shown, wanted);
}

#[tokio::test]
async fn an_edit_names_the_version_it_is_about() {
    let house = House::busy().await;
    let admin = house.sure_administrator().await;
    let one = house.clerk().await;
    let path = format!("/admin/staff/{}/actions", one.id);
    let disable = json!({ "action": "disable" });
    admin
        .post(&path)
        .json(&disable)
        .send()
        .await
        .problem(428, "if_match_required");
    admin
        .post(&path)
        .if_match("\"77\"")
        .json(&disable)
        .send()
        .await
        .problem(412, "stale");
    let seen = admin.get(&format!("/admin/staff/{}", one.id)).send().await;
    let version = seen.etag();
    let reset = json!({ "action": "reset" });
    let answers =
        join_all((0..6).map(|_| admin.post(&path).if_match(&version).json(&reset).send())).await;
    let done = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(done, 1, "{answers:?}");
    for answer in answers.into_iter().filter(|answer| answer.status != 200) {
        answer.problem(412, "stale");
    }
    assert_eq!(audited(&house, "staff_reset", &one.id), 1);
}

#[tokio::test]
async fn two_approvals_at_once_make_one_account() {
    let house = House::busy().await;
    let admin = house.sure_administrator().await;
    let one = house.county().await.stepped_up().await;
    let other = house.county().await.stepped_up().await;
    let id = proposal(admin.tries_to_add(&triage("xin-fenban")).await).await;
    let tries = (0..8).map(|number| match number % 2 {
        0 => one.decides(&id, true),
        _ => other.decides(&id, true),
    });
    let answers = join_all(tries).await;
    let done = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(done, 1, "{answers:?}");
    for answer in answers.into_iter().filter(|answer| answer.status != 200) {
        assert!([409, 412].contains(&answer.status), "{answer:?}");
    }
    let made = listed(&admin, "q=xin-fenban").await.remove(0);
    assert_eq!(
        audited(&house, "staff_created", made["id"].as_str().unwrap()),
        1
    );
}

#[tokio::test]
async fn two_proposals_of_one_name_make_one_account() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let second = house.county().await;
    let one = proposal(admin.tries_to_add(&triage("xin-fenban")).await).await;
    let other = proposal(admin.tries_to_add(&triage("xin-fenban")).await).await;
    second.says_yes(&one).await.expect(200);
    // It could never be approved now, and says so before anybody tries.
    let left = seen(&second, &other).await;
    assert_eq!(
        (&left["state"], &left["void_reason"]),
        (&json!("void"), &json!("version_changed"))
    );
    second.says_yes(&other).await.problem(409, "proposal_void");
    assert_eq!(listed(&admin, "q=xin-fenban").await.len(), 1);
}

#[tokio::test]
async fn two_administrators_who_end_each_other_do_not_both_succeed() {
    let house = House::busy().await;
    for _ in 0..4 {
        let (one, other) = (
            house.sure_administrator().await,
            house.sure_administrator().await,
        );
        let disable = || json!({ "action": "disable", "reason": "（测试）" });
        let (a, b) = join(
            one.tries_with_account(&other.id, disable()),
            other.tries_with_account(&one.id, disable()),
        )
        .await;
        let mut done = 0;
        for answer in [a, b] {
            match answer.status {
                200 => done += 1,
                // Out before the request was looked at, or while it was.
                401 => {
                    answer.problem(401, "unauthorized");
                }
                403 => {
                    answer.problem(403, "not_permitted");
                }
                _ => panic!("{answer:?}"),
            }
        }
        assert_eq!(done, 1);
        let sql = "SELECT count(*) FROM staff WHERE role = 'administrator' AND disabled_at IS NULL";
        assert!(house.database.count(sql) >= 1);
        // The next two find nobody else.
        house.database.run(
            "UPDATE staff SET disabled_at = 1 WHERE role = 'administrator' AND disabled_at IS NULL",
        );
    }
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let house = House::new().await;
    let (one, other) = (house.administrator().await, house.administrator().await);
    house.inside.disable(&one.username).await;
    let refused = house.inside.tries_to_disable(&other.username).await;
    let sentence = refused.unwrap_err();
    assert!(sentence.contains("last administrator"), "{sentence}");
    assert!(who(&house, &other.token).await.is_some());
}

#[tokio::test]
async fn who_loses_the_role_while_deciding_decides_nothing_or_was_first() {
    let house = House::busy().await;
    let admin = house.sure_administrator().await;
    for round in 0..6 {
        let second = house.county().await.stepped_up().await;
        let name = format!("xin-fenban-{round}");
        let id = proposal(admin.tries_to_add(&triage(&name)).await).await;
        let (decided, ended) = join(
            second.decides(&id, true),
            admin.tries_with_account(&second.id, json!({ "action": "disable" })),
        )
        .await;
        ended.expect(200);
        let there = listed(&admin, &format!("q={name}")).await.len();
        match decided.status {
            200 => assert_eq!(there, 1),
            401 | 403 => assert_eq!(there, 0, "{decided:?}"),
            _ => panic!("{decided:?}"),
        }
        second.decides(&id, true).await.problem(401, "unauthorized");
    }
}
