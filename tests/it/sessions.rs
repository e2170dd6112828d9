//! One's own session beyond the login: the phone is lost, a fresh code is asked for, keys and costs change.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::actors::{Account, PASSWORD, totp_code};
use crate::support::{Answer, House, Staff, inside, places, shapes};

async fn hired(house: &House) -> Account<'_> {
    let unit = places::organ(places::TOWNSHIP);
    Account::hired(house, "triage", &unit, places::TOWNSHIP).await
}

async fn codes_of(person: &Staff<'_>) -> Vec<String> {
    let issued = person.post("/auth/recovery-codes").send().await.expect(201);
    assert_eq!(issued.header("cache-control"), "no-store");
    shapes::words(&issued.json()["recovery_codes"])
}

async fn with_paper(house: &House, username: &str, password: &str, code: &str) -> Answer {
    let body = json!({ "username": username, "password": password, "recovery_code": code });
    house.post("/auth/login").json(&body).send().await
}

async fn left(person: &Staff<'_>) -> i64 {
    let me = person.get("/auth/me").send().await.expect(200).json();
    me["recovery_codes_left"].as_i64().unwrap()
}

fn audited(house: &House, action: &str) -> usize {
    let sql = format!("SELECT count(*) FROM audit WHERE action = '{action}'");
    house.database.count(&sql)
}

#[tokio::test]
async fn who_lost_the_phone_comes_in_with_paper_once_for_each_code() {
    let house = House::new().await;
    let person = hired(&house).await.logs_in().await;
    assert_eq!(left(&person).await, 0, "made without an enrolment");
    let person = person.stepped_up().await;
    let codes = codes_of(&person).await;
    assert_eq!(left(&person).await, 10);
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), 10);
    for code in &codes {
        // 24 characters of 5 bits.
        assert_eq!(code.chars().filter(|c| *c != '-').count(), 24, "{code}");
    }
    let name = person.username.as_str();
    let login = async |code: &str| with_paper(&house, name, PASSWORD, code).await;
    let session = login(&codes[0]).await.expect(200);
    assert!(!session.header("set-cookie").is_empty());
    assert_eq!(session.json()["staff"]["id"], person.id.as_str());
    assert_eq!(left(&person).await, 9);
    assert_eq!(audited(&house, "login_recovery"), 1);
    login(&codes[0]).await.problem(401, "login_failed");
    // However it is copied from the paper.
    let typed = format!(" {} ", codes[1].to_lowercase().replace('-', " "));
    login(&typed).await.expect(200);
    // The owner hears of it, and of the new ones before.
    house.comes_to("2026-11-02T10:00:00+08:00").await;
    let told: Vec<String> = house
        .letters()
        .into_iter()
        .filter(|letter| letter.to.contains(&person.email))
        .map(|letter| letter.text)
        .collect();
    assert_eq!(told.len(), 3, "{told:?}");
    for words in ["恢复码已重新生成", "还剩 9 个恢复码", "还剩 8 个恢复码"] {
        assert!(
            told.iter().any(|text| text.contains(words)),
            "{words}: {told:?}"
        );
    }
    assert!(!told.iter().any(|text| text.contains(&codes[0])));
}

#[tokio::test]
async fn a_wrong_paper_is_the_answer_for_whatever_is_wrong() {
    let house = House::new().await;
    let (person, other) = (hired(&house).await, hired(&house).await);
    let other = other.logs_in().await.stepped_up().await;
    let foreign = codes_of(&other).await.remove(0);
    let body = json!({ "username": person.username, "password": PASSWORD, "totp_code": "000000" });
    let wrong = house.post("/auth/login").json(&body).send().await;
    let wrong = wrong.anonymous_problem();
    for (name, password, code) in [
        (person.username.as_str(), PASSWORD, foreign.as_str()),
        (person.username.as_str(), PASSWORD, ""),
        (
            person.username.as_str(),
            PASSWORD,
            "0000-0000-0000-0000-0000-0000",
        ),
        ("nobody-by-this-name", PASSWORD, foreign.as_str()),
        (
            other.username.as_str(),
            "wrong-password-wrong",
            foreign.as_str(),
        ),
    ] {
        let answer = with_paper(&house, name, password, code).await;
        assert_eq!(
            answer.anonymous_problem(),
            wrong,
            "{name} {password} {code}"
        );
    }
    // With the wrong password nothing was spent.
    with_paper(&house, &other.username, PASSWORD, &foreign)
        .await
        .expect(200);
    // One of the two is needed, and one is enough.
    let mut body = json!({ "username": person.username, "password": PASSWORD });
    let login = |body: &Value| house.post("/auth/login").json(body).send();
    login(&body).await.faulty("/totp_code", "required");
    body["totp_code"] = json!(person.code());
    body["recovery_code"] = json!(foreign);
    login(&body).await.faulty("/recovery_code", "named_twice");
}

#[tokio::test]
async fn one_paper_shown_at_five_doors_opens_one() {
    let house = House::busy().await;
    let person = hired(&house).await.logs_in().await.stepped_up().await;
    let code = codes_of(&person).await.remove(3);
    // Five at a time are not told to wait.
    let tries = (0..5).map(|_| with_paper(&house, &person.username, PASSWORD, &code));
    let answers = join_all(tries).await;
    let opened = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(opened, 1, "{answers:?}");
    for answer in answers.into_iter().filter(|answer| answer.status != 200) {
        answer.problem(401, "login_failed");
    }
    assert_eq!(left(&person).await, 9);
}

#[tokio::test]
async fn new_papers_take_a_fresh_code_and_end_the_old_ones() {
    let house = House::new().await;
    let person = hired(&house).await.logs_in().await;
    let ask = person.post("/auth/recovery-codes").send().await;
    ask.problem(403, "step_up_required");
    let person = person.stepped_up().await;
    let old = codes_of(&person).await;
    let new = codes_of(&person).await;
    assert!(old.iter().all(|code| !new.contains(code)));
    assert_eq!(left(&person).await, 10);
    with_paper(&house, &person.username, PASSWORD, &old[5])
        .await
        .problem(401, "login_failed");
    with_paper(&house, &person.username, PASSWORD, &new[5])
        .await
        .expect(200);
}

#[tokio::test]
async fn a_fresh_code_holds_for_five_minutes_of_this_session() {
    let house = House::new().await;
    let person = hired(&house).await.logs_in().await;
    // The one that opened the door is no fresh one.
    let used = person.tries_to_step_up(0).await;
    used.faulty("/totp_code", "totp_used");
    assert_eq!(used.status, 422);
    let before = person.token.clone();
    let view = person.tries_to_step_up(30).await.expect(200);
    assert_eq!(view.header("cache-control"), "no-store");
    let view = view.json();
    assert_eq!(view["token_type"], "Bearer");
    assert_eq!(view["expires_in"], 600);
    assert_eq!(view["step_up_expires_in"], 300);
    let token = view["access_token"].as_str().unwrap();
    let ask = |token: &str| house.post("/auth/recovery-codes").bearer(token).send();
    ask(token).await.expect(201);
    // Another session of the same person, and this one's token from before, have shown nothing.
    ask(&before).await.problem(403, "step_up_required");
    house.inside.wall_passes(299);
    ask(token).await.expect(201);
    house.inside.wall_passes(1);
    ask(token).await.problem(403, "step_up_required");
    // It is still a session, and case time has nothing to do with it.
    house.clock_to("2026-12-01T09:00:00+08:00");
    let again = house.get("/auth/me").bearer(token).send().await;
    again.expect(200);
    assert_eq!(audited(&house, "step_up"), 1);
    house
        .post("/auth/step-up")
        .json(&json!({ "totp_code": "123456" }))
        .send()
        .await
        .problem(401, "unauthorized");
}

#[tokio::test]
async fn guessing_a_fresh_code_slows_down_too() {
    let house = House::new().await;
    let person = hired(&house).await.logs_in().await;
    let mut answers = Vec::new();
    for _ in 0..7 {
        // A code of an hour ago.
        answers.push(person.tries_to_step_up(-3600).await);
    }
    for answer in &answers[..6] {
        answer.faulty("/totp_code", "totp_wrong");
    }
    assert!(!answers[6].header("retry-after").is_empty());
    answers.remove(6).problem(429, "too_many_tries");
    // With a stolen token nobody guesses faster than at the door; and nobody is locked out.
    house.inside.wall_passes(60);
    person.tries_to_step_up(0).await.expect(200);
}

#[tokio::test]
async fn a_stolen_session_ends_and_its_owner_hears_of_it() {
    let house = House::new().await;
    let account = hired(&house).await;
    let session = account.tries(PASSWORD, &account.code()).await.expect(200);
    let header = session.header("set-cookie").to_owned();
    let stolen = header.split(';').next().unwrap().to_owned();
    let refresh = || house.post("/auth/refresh").header("cookie", &stolen).send();
    let second = refresh().await.expect(200);
    refresh().await.problem(401, "refresh_failed");
    let token = second.json()["access_token"].as_str().unwrap().to_owned();
    house
        .get("/auth/me")
        .bearer(&token)
        .send()
        .await
        .problem(401, "unauthorized");
    assert_eq!(audited(&house, "refresh_reused"), 1);
    house.comes_to("2026-11-02T10:00:00+08:00").await;
    let letters = house.letters();
    let told = letters
        .iter()
        .find(|letter| letter.to.contains(&account.email));
    let told = told.unwrap_or_else(|| panic!("{letters:?}"));
    assert!(told.text.contains("强制结束"), "{told:?}");
    assert!(told.subject.contains("账号安全提醒"), "{told:?}");
}

#[tokio::test]
async fn the_sessions_cookie_goes_to_this_host_alone_and_to_no_script() {
    let (here, outside) = (House::new().await, House::strict().await);
    for (house, name, path) in [
        (&here, "rt=", "/api/v1/auth"),
        // As it stands on the Internet.
        (&outside, "__Host-rt=", "/"),
    ] {
        let account = hired(house).await;
        let body = json!({ "username": account.username, "password": PASSWORD, "totp_code": account.code() });
        let login = house.call_staff(Method::POST, "/auth/login").json(&body);
        let answer = login.send().await.expect(200);
        let cookie = answer.header("set-cookie");
        let mut parts = cookie.split("; ");
        assert!(parts.next().unwrap().starts_with(name), "{cookie}");
        let parts: Vec<&str> = parts.collect();
        assert!(parts.contains(&format!("Path={path}").as_str()), "{cookie}");
        for word in ["HttpOnly", "SameSite=Strict"] {
            assert!(parts.contains(&word), "{cookie}");
        }
        let is_https = name.starts_with("__Host-");
        assert_eq!(parts.contains(&"Secure"), is_https, "{cookie}");
        assert!(
            !parts.iter().any(|part| part.starts_with("Domain")),
            "{cookie}"
        );
        let tls_only = answer.header("strict-transport-security");
        assert_eq!(!tls_only.is_empty(), is_https);
    }
}

#[tokio::test]
async fn a_browser_needs_our_own_script_to_refresh() {
    let house = House::new().await;
    let account = hired(&house).await;
    let session = account.tries(PASSWORD, &account.code()).await.expect(200);
    let header = session.header("set-cookie").to_owned();
    let cookie = header.split(';').next().unwrap().to_owned();
    let call = |what: &str, site: &str| {
        house
            .post(&format!("/auth/{what}"))
            .header("cookie", &cookie)
            .header("sec-fetch-site", site)
    };
    for what in ["refresh", "logout"] {
        for site in ["same-origin", "same-site", "none", "cross-site"] {
            call(what, site).send().await.problem(403, "foreign_origin");
        }
        call(what, "cross-site")
            .header("x-requested-with", "yidiantong")
            .send()
            .await
            .problem(403, "foreign_origin");
    }
    for what in ["refresh", "logout"] {
        call(what, "same-origin")
            .header("x-requested-with", "yidiantong")
            .send()
            .await
            .ok();
    }
}

#[tokio::test]
async fn a_password_hashed_in_cheaper_days_is_hashed_anew_at_the_next_login() {
    let house = House::new().await;
    let account = hired(&house).await;
    let cheap = house.inside.hashed_cheaply(PASSWORD).await;
    let sql = "UPDATE staff SET password_hash = $1 WHERE id = $2";
    house.database.run_with(sql, &[&cheap, &account.id]);
    let kept = || {
        let sql = format!(
            "SELECT password_hash AS a FROM staff WHERE id = '{}'",
            account.id
        );
        house.database.text(&sql)
    };
    account
        .tries("wrong-password-wrong", &account.code())
        .await
        .problem(401, "login_failed");
    assert_eq!(kept(), cheap);
    account.tries(PASSWORD, &account.code()).await.expect(200);
    let hash = kept();
    assert!(
        hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
        "{hash}"
    );
    house.inside.wall_passes(30);
    account.tries(PASSWORD, &account.code()).await.expect(200);
    assert_eq!(kept(), hash, "once is enough");
}

#[tokio::test]
async fn a_flood_of_logins_is_told_to_come_back_and_holds_up_nobody_else() {
    let house = House::busy().await;
    let person = hired(&house).await.logs_in().await;
    let guesses = (0..150).map(|number| {
        let name = format!("nobody-{number}");
        let body = json!({ "username": name, "password": PASSWORD, "totp_code": "000000" });
        house.post("/auth/login").json(&body).send()
    });
    let others = (0..20).map(|_| person.get("/auth/me").send());
    let (answers, reads) = futures_util::future::join(join_all(guesses), join_all(others)).await;
    let mut refused = 0;
    for answer in answers {
        match answer.status {
            401 => {
                answer.problem(401, "login_failed");
            }
            503 => {
                refused += 1;
                assert!(!answer.header("retry-after").is_empty(), "{answer:?}");
                answer.problem(503, "unavailable");
            }
            _ => panic!("{answer:?}"),
        }
    }
    assert!(
        refused > 0,
        "a hundred and fifty at once, and all were hashed"
    );
    for read in reads {
        read.expect(200);
    }
}

#[tokio::test]
async fn the_key_is_changed_under_load_and_no_session_notices() {
    let house = House::busy().await;
    let account = hired(&house).await;
    let session = account.tries(PASSWORD, &account.code()).await.expect(200);
    let header = session.header("set-cookie").to_owned();
    let mut cookie = header.split(';').next().unwrap().to_owned();
    let mut tokens = vec![session.json()["access_token"].as_str().unwrap().to_owned()];
    for _ in 0..6 {
        let reads = tokens
            .iter()
            .cycle()
            .take(40)
            .map(|token| house.get("/auth/me").bearer(token).send());
        // In the middle of it: some are answered before, some after.
        let change = async { house.inside.rotates_token_key(false) };
        let (answers, ()) = futures_util::future::join(join_all(reads), change).await;
        for answer in answers {
            answer.expect(200);
        }
        let renewed = house
            .post("/auth/refresh")
            .header("cookie", &cookie)
            .send()
            .await
            .expect(200);
        let header = renewed.header("set-cookie").to_owned();
        cookie = header.split(';').next().unwrap().to_owned();
        tokens.push(renewed.json()["access_token"].as_str().unwrap().to_owned());
    }
    // Stolen: now none of them is anything, and who has the cookie goes on.
    house.inside.rotates_token_key(true);
    for token in &tokens {
        let answer = house.get("/auth/me").bearer(token).send().await;
        answer.problem(401, "unauthorized");
    }
    let renewed = house.post("/auth/refresh").header("cookie", &cookie);
    let token = renewed.send().await.expect(200).json();
    let token = token["access_token"].as_str().unwrap();
    house.get("/auth/me").bearer(token).send().await.expect(200);
}

/// A vault has its secrets on a machine of its own, where no rotation is seen.
#[tokio::test]
async fn a_changed_key_is_carried_to_a_process_apart() {
    const PASSPHRASE: &str = "correct horse battery";
    let house = House::new().await;
    let account = hired(&house).await;
    let away = tempfile::tempdir().unwrap();
    let sealed = |name: &str| {
        let file = away.path().join(name);
        let front = &house.inside;
        front.exports_secrets_without_vault(PASSPHRASE, &file);
        file
    };
    let none = inside::imports_token_keys(away.path(), PASSPHRASE, &sealed("too-early"));
    assert!(none.unwrap_err().contains("there are no secrets"));
    let none = inside::rotates_token_key(away.path(), house.inside.wall_time());
    assert!(none.unwrap_err().contains("there are no secrets"));
    assert!(!away.path().join("secrets").exists());
    inside::imports_secrets(away.path(), PASSPHRASE, &sealed("at-first")).unwrap();
    let vault = inside::Apart::starts(away.path());
    let takes = |token: &str| vault.takes(token, house.inside.wall_time());
    let token = async || {
        house.inside.wall_passes(30);
        let answer = account.tries(PASSWORD, &account.code()).await.expect(200);
        answer.json()["access_token"].as_str().unwrap().to_owned()
    };
    let first = token().await;
    assert!(takes(&first));

    // Gently: who logged in before and after is known there, once it is brought.
    house.inside.rotates_token_key(false);
    let second = token().await;
    assert!(takes(&first) && !takes(&second));
    let file = sealed("changed");
    let refused = inside::imports_secrets(away.path(), PASSPHRASE, &file).unwrap_err();
    assert!(refused.contains("none is overwritten"), "{refused}");
    assert!(inside::imports_token_keys(away.path(), PASSPHRASE, &file).unwrap());
    assert!(takes(&first) && takes(&second));
    assert!(!inside::imports_token_keys(away.path(), PASSPHRASE, &file).unwrap());

    // In wrong hands: what it signed, and those before it, is nothing there either.
    house.inside.rotates_token_key(true);
    let third = token().await;
    let file = sealed("stolen");
    assert!(inside::imports_token_keys(away.path(), PASSPHRASE, &file).unwrap());
    assert!(!takes(&first) && !takes(&second) && takes(&third));
    // No older file brings the key back that is in wrong hands, and none of another house does anything.
    for name in ["at-first", "changed"] {
        let old = away.path().join(name);
        let refused = inside::imports_token_keys(away.path(), PASSPHRASE, &old).unwrap_err();
        assert!(
            refused.contains("older than the last rotation"),
            "{refused}"
        );
    }
    // Nor one whose key never came here before it was dead.
    house.inside.rotates_token_key(false);
    let between = sealed("between");
    house.inside.rotates_token_key(true);
    let last = sealed("last");
    assert!(inside::imports_token_keys(away.path(), PASSPHRASE, &last).unwrap());
    let refused = inside::imports_token_keys(away.path(), PASSPHRASE, &between).unwrap_err();
    assert!(
        refused.contains("older than the last rotation"),
        "{refused}"
    );
    assert!(!inside::imports_token_keys(away.path(), PASSPHRASE, &last).unwrap());
    let fourth = token().await;
    assert!(!takes(&third) && takes(&fourth));
    let other = House::new().await;
    let foreign = away.path().join("foreign");
    other
        .inside
        .exports_secrets_without_vault(PASSPHRASE, &foreign);
    let refused = inside::imports_token_keys(away.path(), PASSPHRASE, &foreign).unwrap_err();
    assert!(refused.contains("another installation"), "{refused}");
    assert!(!takes(&first) && !takes(&third) && takes(&fourth));
}

// ---------------------------------------------------------------- one's own password

async fn tries_password(person: &Staff<'_>, current: &str, new: &str) -> Answer {
    let body = json!({ "current_password": current, "new_password": new });
    person.post("/auth/password").json(&body).send().await
}

async fn with_phone(house: &House, person: &Staff<'_>, password: &str) -> Answer {
    let code = totp_code(person.totp_secret, house.inside.wall_time().seconds());
    let body = json!({ "username": person.username, "password": password, "totp_code": code });
    house.post("/auth/login").json(&body).send().await
}

const NEXT: &str = "Xq8-mulberry-by-the-canal";

#[tokio::test]
async fn another_password_ends_every_session_but_this_one() {
    let house = House::new().await;
    let account = hired(&house).await;
    let elsewhere = account.tries(PASSWORD, &account.code()).await.expect(200);
    let elsewhere_cookie = elsewhere.header("set-cookie").to_owned();
    let elsewhere = elsewhere.json()["access_token"]
        .as_str()
        .unwrap()
        .to_owned();
    house.inside.wall_passes(30);
    let person = account.logs_in().await;
    tries_password(&person, PASSWORD, NEXT)
        .await
        .problem(403, "step_up_required");
    let person = person.stepped_up().await;
    let answer = tries_password(&person, PASSWORD, NEXT).await.expect(200);
    assert_eq!(answer.header("cache-control"), "no-store");
    let session = answer.json();
    shapes::has(&session, "access_token token_type expires_in staff");
    let me = |token: String| {
        let call = house.get("/auth/me").bearer(&token);
        async move { call.send().await.status }
    };
    assert_eq!(me(elsewhere).await, 401);
    assert_eq!(me(person.token().to_owned()).await, 401);
    let fresh = session["access_token"].as_str().unwrap().to_owned();
    assert_eq!(me(fresh).await, 200);
    let refresh = |cookie: String| {
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let call = house.post("/auth/refresh").header("cookie", &cookie);
        async move { call.send().await }
    };
    refresh(elsewhere_cookie)
        .await
        .problem(401, "refresh_failed");
    refresh(answer.header("set-cookie").to_owned())
        .await
        .expect(200);
    // The old one opens nothing; the new one does.
    house.inside.wall_passes(90);
    with_phone(&house, &person, PASSWORD)
        .await
        .problem(401, "login_failed");
    with_phone(&house, &person, NEXT).await.expect(200);
    assert_eq!(audited(&house, "password_changed"), 1);
    assert_eq!(house.database.tables_with(NEXT), [""; 0]);
    house.comes_to("2026-11-02T10:00:00+08:00").await;
    let told = house
        .letters()
        .into_iter()
        .filter(|letter| letter.to.contains(&person.email) && letter.text.contains("密码已修改"));
    assert_eq!(told.count(), 1);
}

#[tokio::test]
async fn another_password_takes_the_one_before_and_is_none_that_is_easy() {
    let house = House::new().await;
    let person = hired(&house).await.logs_in().await.stepped_up().await;
    for (new, code) in [
        ("short", "password_too_short"),
        ("woaini1314520", "password_too_common"),
        (PASSWORD, "nothing_to_change"),
    ] {
        let answer = tries_password(&person, PASSWORD, new).await;
        answer.faulty("/new_password", code);
    }
    // A guess at it is a guess at the login, and counted with those.
    let mut answers = Vec::new();
    for _ in 0..8 {
        answers.push(tries_password(&person, "wrong-password-wrong", NEXT).await);
    }
    answers[0].faulty("/current_password", "password_wrong");
    let slowed = answers.pop().unwrap();
    assert!(!slowed.header("retry-after").is_empty(), "{slowed:?}");
    slowed.problem(429, "too_many_tries");
    assert_eq!(audited(&house, "password_changed"), 0);
    house.inside.wall_passes(60);
    tries_password(&person, PASSWORD, NEXT).await.expect(200);
}

#[tokio::test]
async fn a_new_password_does_not_escape_what_was_proposed() {
    let house = House::new().await;
    let admin = house.sure_administrator().await;
    let person = house.triage().await.stepped_up().await;
    let reset = json!({ "action": "reset", "reason": "手机丢失" });
    let proposed = admin
        .tries_with_account(&person.id, reset)
        .await
        .expect(202);
    let proposal = proposed.json()["proposal_id"].as_str().unwrap().to_owned();
    tries_password(&person, PASSWORD, NEXT).await.expect(200);
    house.county().await.approves_proposal(&proposal).await;
    house.inside.wall_passes(60);
    with_phone(&house, &person, NEXT)
        .await
        .problem(401, "login_failed");
}
