//! Logging in, staying logged in, and being thrown out.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::actors::{Account, PASSWORD, totp_code};
use crate::support::{Answer, House, places, shapes};

async fn hired(house: &House) -> Account<'_> {
    Account::hired(
        house,
        "triage",
        &places::organ(places::TOWNSHIP),
        places::TOWNSHIP,
    )
    .await
}

/// The refresh cookie of an answer: its value and its attributes in small letters.
fn cookie(answer: &Answer) -> (String, String) {
    let header = answer
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|value| value.to_str().unwrap())
        .find(|value| value.starts_with("rt="))
        .unwrap_or_else(|| panic!("no refresh cookie: {answer:?} {:?}", answer.headers));
    let (value, attributes) = header.trim_start_matches("rt=").split_once(';').unwrap();
    (value.to_owned(), attributes.to_lowercase())
}

async fn refresh(house: &House, token: &str) -> Answer {
    house
        .post("/auth/refresh")
        .header("cookie", &format!("rt={token}"))
        .send()
        .await
}

async fn is_in(house: &House, access_token: &str) -> bool {
    let answer = house
        .get("/admin/complaints")
        .bearer(access_token)
        .send()
        .await;
    assert!([200, 401].contains(&answer.status), "{answer:?}");
    answer.status == 200
}

fn access(answer: &Answer) -> String {
    answer.json()["access_token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn password_and_code_open_the_door() {
    let house = House::new().await;
    let account = hired(&house).await;
    let answer = account.tries(PASSWORD, &account.code()).await.expect(200);
    assert_eq!(answer.header("cache-control"), "no-store");
    let session = answer.json();
    shapes::has(&session, "access_token token_type expires_in staff");
    assert_eq!(
        (&session["token_type"], &session["expires_in"]),
        (&json!("Bearer"), &json!(600))
    );
    let staff = &session["staff"];
    assert_eq!(staff["id"], account.id.as_str());
    assert_eq!(staff["role"], "triage");
    assert_eq!(staff["region_code"], places::TOWNSHIP);
    assert_eq!(staff["organisation_id"], places::organ(places::TOWNSHIP));
    assert!(staff["display_name"].is_string());
    let (value, attributes) = cookie(&answer);
    assert!(value.len() >= 43, "256 bits: {value}");
    assert!(
        attributes.contains("httponly") && attributes.contains("samesite=strict"),
        "{attributes}"
    );
    assert!(attributes.contains("path=/api/v1/auth"), "{attributes}");
    assert!(!answer.text().contains(&value), "in the cookie only");
    let parts: Vec<usize> = access(&answer).split('.').map(str::len).collect();
    assert_eq!(parts.len(), 3);
    assert!(is_in(&house, &access(&answer)).await);
    // Nothing of it is stored as it is.
    assert_eq!(house.database.tables_with(&value), [""; 0]);
    assert_eq!(house.database.tables_with(PASSWORD), [""; 0]);
}

#[tokio::test]
async fn whatever_is_wrong_the_answer_is_one() {
    let house = House::new().await;
    let account = hired(&house).await;
    let mut answers = Vec::new();
    let wrong_code = if account.code() == "000000" {
        "111111"
    } else {
        "000000"
    };
    for (username, password, code) in [
        (
            account.username.as_str(),
            "wrong-password-wrong",
            account.code().as_str(),
        ),
        (account.username.as_str(), PASSWORD, wrong_code),
        (account.username.as_str(), PASSWORD, ""),
        (account.username.as_str(), PASSWORD, &account.code_at(-90)),
        (account.username.as_str(), PASSWORD, &account.code_at(90)),
        ("nobody-by-this-name", PASSWORD, account.code().as_str()),
        ("", "", ""),
    ] {
        house.inside.wall_passes(0);
        let body = json!({ "username": username, "password": password, "totp_code": code });
        let answer = house.post("/auth/login").json(&body).send().await;
        if answer.status == 422 {
            // An empty field may be told apart: everybody can see that it is empty.
            continue;
        }
        assert!(answer.headers.get("set-cookie").is_none());
        answers.push(answer.anonymous_problem());
        answer.problem(401, "login_failed");
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:#?}");
    // After a minute of peace the right ones are taken.
    house.inside.wall_passes(120);
    account.tries(PASSWORD, &account.code()).await.expect(200);
}

#[tokio::test]
async fn guessing_slows_down_and_never_locks() {
    let house = House::new().await;
    let account = hired(&house).await;
    let mut slowed = false;
    for _ in 0..12 {
        let answer = account.tries("wrong-password-wrong", "000000").await;
        match answer.status {
            401 => {}
            429 => {
                assert!(!answer.header("retry-after").is_empty(), "{answer:?}");
                slowed = true;
                break;
            }
            _ => panic!("{answer:?}"),
        }
    }
    assert!(slowed, "a dozen guesses in no time");
    account.tries(PASSWORD, &account.code()).await.expect(429);
    house.inside.wall_passes(90);
    account.tries(PASSWORD, &account.code()).await.expect(200);
}

#[tokio::test]
async fn two_doors_do_not_give_a_guesser_twice_the_tries() {
    let house = House::new().await;
    let other = house.another_door().await;
    let account = hired(&house).await;
    let guess = json!({ "username": account.username, "password": "wrong-password-wrong", "totp_code": "000000" });
    for _ in 0..3 {
        for door in [house.post("/auth/login"), other.post("/auth/login")] {
            door.json(&guess).send().await.problem(401, "login_failed");
        }
    }
    for door in [house.post("/auth/login"), other.post("/auth/login")] {
        let answer = door.json(&guess).send().await;
        assert_eq!(answer.header("retry-after"), "1", "{answer:?}");
        answer.problem(429, "too_many_tries");
    }
}

#[tokio::test]
async fn guesses_sent_all_at_once_are_counted_before_they_can_be_right() {
    let house = House::busy().await;
    let account = hired(&house).await;
    let guesses = (0..24).map(|_| account.tries("wrong-password-wrong", "000000"));
    let answers = join_all(guesses).await;
    let tried = answers.iter().filter(|answer| answer.status == 401).count();
    // Five without a pause, and the sixth, which brings the first one.
    assert_eq!(tried, 6, "{answers:?}");
    for answer in answers.iter().filter(|answer| answer.status != 401) {
        assert_eq!(answer.status, 429, "{answer:?}");
    }
}

#[tokio::test]
async fn what_is_counted_tells_no_name_and_is_gone_a_day_later() {
    let house = House::new().await;
    let account = hired(&house).await;
    let rows = || house.database.count("SELECT count(*) FROM login_tries");
    let names = ["nobody-by-this-name", "Nobody-by-this-name ", "nobody-else"];
    for username in names {
        let body = json!({ "username": username, "password": PASSWORD, "totp_code": "000000" });
        house
            .post("/auth/login")
            .json(&body)
            .send()
            .await
            .problem(401, "login_failed");
    }
    assert_eq!(rows(), 2, "one name is one name, however it is typed");
    assert_eq!(house.database.tables_with("nobody"), [""; 0]);
    for username in names {
        let digest = domain::canon::sha256_hex(username.as_bytes());
        let half = &digest[..16];
        assert_eq!(
            house.database.tables_with(half),
            [""; 0],
            "a digest without a key"
        );
    }
    account
        .tries("wrong-password-wrong", "000000")
        .await
        .expect(401);
    assert_eq!(rows(), 3);
    account.tries(PASSWORD, &account.code()).await.expect(200);
    assert_eq!(rows(), 2, "a success forgets its own");
    house.worker().await;
    assert_eq!(rows(), 2, "not yet an hour");
    house.inside.wall_passes(24 * 3600);
    house.worker().await;
    assert_eq!(rows(), 0);
}

#[tokio::test]
async fn a_code_is_good_once_and_a_step_early_or_late() {
    let house = House::new().await;
    let account = hired(&house).await;
    account.tries(PASSWORD, &account.code()).await.expect(200);
    account
        .tries(PASSWORD, &account.code())
        .await
        .problem(401, "totp_used");
    // The one before it as well: steps only go forward.
    let before = account.tries(PASSWORD, &account.code_at(-30)).await;
    assert_eq!(before.status, 401, "{before:?}");
    account
        .tries(PASSWORD, &account.code_at(30))
        .await
        .expect(200);
    house.inside.wall_passes(60);
    let answer = account.tries(PASSWORD, &account.code()).await.expect(200);
    assert!(is_in(&house, &access(&answer)).await);
    // With a wrong password nobody learns that the code was used.
    account
        .tries("wrong-password-wrong", &account.code())
        .await
        .problem(401, "login_failed");
}

#[tokio::test]
async fn a_clock_that_was_ahead_for_a_while_locks_nobody_out() {
    const AHEAD: i64 = 400 * 86_400;
    let house = House::new().await;
    let account = hired(&house).await;
    let before = account.tries(PASSWORD, &account.code()).await.expect(200);
    house.inside.wall_passes(AHEAD);
    assert!(!is_in(&house, &access(&before)).await, "a year old");
    let ahead = account.tries(PASSWORD, &account.code()).await.expect(200);
    let code_ahead = account.code();
    assert!(is_in(&house, &access(&ahead)).await);
    house.inside.wall_passes(-AHEAD);
    // What the wrong clock handed out is good for nothing now, in a year it would be.
    assert!(!is_in(&house, &access(&ahead)).await, "from a year ahead");
    refresh(&house, &cookie(&ahead).0)
        .await
        .problem(401, "refresh_failed");
    // A code that was taken is taken, however the clock went meanwhile; the next one opens the door.
    for used in [account.code(), account.code_at(-30)] {
        account
            .tries(PASSWORD, &used)
            .await
            .problem(401, "totp_used");
    }
    house.inside.wall_passes(30);
    let back = account.tries(PASSWORD, &account.code()).await.expect(200);
    assert!(is_in(&house, &access(&back)).await);
    account
        .tries(PASSWORD, &account.code())
        .await
        .problem(401, "totp_used");
    // The day comes that the clock had shown: its code was taken then.
    house.inside.wall_passes(AHEAD - 30);
    assert_eq!(account.code(), code_ahead);
    account
        .tries(PASSWORD, &code_ahead)
        .await
        .problem(401, "totp_used");
    house.inside.wall_passes(30);
    account.tries(PASSWORD, &account.code()).await.expect(200);
}

#[tokio::test]
async fn an_access_token_lives_ten_minutes_of_wall_time() {
    let house = House::new().await;
    let account = hired(&house).await;
    let answer = account.tries(PASSWORD, &account.code()).await.expect(200);
    let token = access(&answer);
    house.clock_to("2027-06-01T00:00:00+08:00");
    assert!(
        is_in(&house, &token).await,
        "case time runs fast in a demo; sessions do not"
    );
    house.inside.wall_passes(590);
    assert!(is_in(&house, &token).await);
    house.inside.wall_passes(20);
    let late = house.get("/admin/complaints").bearer(&token).send().await;
    assert!(late.header("www-authenticate").starts_with("Bearer"));
    late.problem(401, "token_expired");
}

#[tokio::test]
async fn a_forged_token_is_nobody() {
    let house = House::new().await;
    let account = hired(&house).await;
    let token = access(&account.tries(PASSWORD, &account.code()).await.expect(200));
    let parts: Vec<&str> = token.split('.').collect();
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0";
    for forged in [
        String::new(),
        "nonsense".to_owned(),
        format!("{}.{}.", parts[0], parts[1]),
        format!("{none}.{}.", parts[1]),
        format!("{none}.{}.{}", parts[1], parts[2]),
        format!("{}.{}.{}", parts[0], parts[1], "A".repeat(parts[2].len())),
    ] {
        assert!(!is_in(&house, &forged).await, "{forged}");
    }
    // Another installation's token is nobody here.
    let other = House::new().await;
    assert!(!is_in(&other, &token).await);
}

#[tokio::test]
async fn refreshed_again_and_again_until_one_comes_back() {
    let house = House::new().await;
    let account = hired(&house).await;
    let first = account.tries(PASSWORD, &account.code()).await.expect(200);
    let (one, _) = cookie(&first);
    house.inside.wall_passes(500);
    let second = refresh(&house, &one).await.expect(200);
    let (two, attributes) = cookie(&second);
    assert_ne!(one, two);
    assert!(attributes.contains("httponly"));
    assert!(is_in(&house, &access(&second)).await);
    let (three, _) = cookie(&refresh(&house, &two).await.expect(200));
    // Somebody comes with a spent one: the whole family is dead, for whoever holds it.
    refresh(&house, &one).await.problem(401, "refresh_failed");
    refresh(&house, &three).await.problem(401, "refresh_failed");
    refresh(&house, &two).await.problem(401, "refresh_failed");
    // Who logs in anew has a new family.
    house.inside.wall_passes(60);
    let fresh = account.tries(PASSWORD, &account.code()).await.expect(200);
    refresh(&house, &cookie(&fresh).0).await.expect(200);
    refresh(&house, "nonsense")
        .await
        .problem(401, "refresh_failed");
    house
        .post("/auth/refresh")
        .send()
        .await
        .problem(401, "refresh_failed");
}

#[tokio::test]
async fn a_session_idles_eight_hours_and_lives_a_day() {
    let house = House::new().await;
    let account = hired(&house).await;
    let (idle, _) = cookie(&account.tries(PASSWORD, &account.code()).await.expect(200));
    house.inside.wall_passes(8 * 3600 + 1);
    refresh(&house, &idle).await.problem(401, "refresh_failed");
    let (mut token, _) = cookie(&account.tries(PASSWORD, &account.code()).await.expect(200));
    for _ in 0..3 {
        house.inside.wall_passes(7 * 3600);
        (token, _) = cookie(&refresh(&house, &token).await.expect(200));
    }
    house.inside.wall_passes(4 * 3600);
    refresh(&house, &token).await.problem(401, "refresh_failed");
}

#[tokio::test]
async fn another_sites_page_refreshes_nothing() {
    let house = House::new().await;
    let account = hired(&house).await;
    let (token, _) = cookie(&account.tries(PASSWORD, &account.code()).await.expect(200));
    for what in ["/auth/refresh", "/auth/logout"] {
        let call = house.post(what).header("cookie", &format!("rt={token}"));
        call.header("origin", "https://evil.example")
            .send()
            .await
            .problem(403, "foreign_origin");
    }
    let own = house
        .post("/auth/refresh")
        .header("cookie", &format!("rt={token}"));
    own.header("origin", &house.address)
        .send()
        .await
        .expect(200);
}

#[tokio::test]
async fn logged_out_the_cookie_is_worth_nothing() {
    let house = House::new().await;
    let account = hired(&house).await;
    let session = account.tries(PASSWORD, &account.code()).await.expect(200);
    let (token, _) = cookie(&session);
    assert!(is_in(&house, &access(&session)).await);
    let out = house
        .post("/auth/logout")
        .header("cookie", &format!("rt={token}"))
        .send()
        .await;
    assert!((200..300).contains(&out.status), "{out:?}");
    let (emptied, attributes) = cookie(&out);
    assert!(
        emptied.is_empty() && attributes.contains("max-age=0"),
        "{emptied}; {attributes}"
    );
    refresh(&house, &token).await.problem(401, "refresh_failed");
    // Within the seconds for which a process believes what it last read of an account.
    house.inside.wall_passes(10);
    assert!(!is_in(&house, &access(&session)).await);
    house.post("/auth/logout").send().await.ok();
}

#[tokio::test]
async fn disabled_it_bites_at_once() {
    let house = House::new().await;
    let account = hired(&house).await;
    let session = account.tries(PASSWORD, &account.code()).await.expect(200);
    assert!(is_in(&house, &access(&session)).await);
    house.inside.disable(&account.username).await;
    assert!(!is_in(&house, &access(&session)).await);
    refresh(&house, &cookie(&session).0)
        .await
        .problem(401, "refresh_failed");
    house.inside.wall_passes(60);
    account
        .tries(PASSWORD, &account.code())
        .await
        .problem(401, "login_failed");
}

#[tokio::test]
async fn somebody_new_enrols_once() {
    let house = House::new().await;
    let unit = places::organ(places::TOWNSHIP);
    let token = house.inside.enrolment("xin-ren", "triage", &unit).await;
    let enrol = async |body: Value| house.post("/auth/enrol").json(&body).send().await;
    let shown = enrol(json!({ "token": token })).await.expect(200).json();
    assert_eq!(shown["username"], "xin-ren");
    let secret = totp_rs::Secret::try_from_base32(shown["totp_secret"].as_str().unwrap()).unwrap();
    let before: [u8; 20] = secret.as_bytes().try_into().unwrap();
    // Whoever handed the link on has looked too, perhaps: what they saw is not what the owner's phone gets.
    let device = "owner-s-own-phone-0001";
    let look = async || {
        let asked = json!({ "token": token, "device": device });
        let shown = enrol(asked).await.expect(200).json();
        let secret =
            totp_rs::Secret::try_from_base32(shown["totp_secret"].as_str().unwrap()).unwrap();
        <[u8; 20]>::try_from(secret.as_bytes()).unwrap()
    };
    let secret = look().await;
    assert_ne!(secret, before, "each device has a secret of its own");
    assert_eq!(secret, look().await, "and the same at each look");
    for named in ["short", "with blanks in it, and a comma"] {
        let asked = json!({ "token": token, "device": named });
        enrol(asked).await.faulty("/device", "invalid_text");
    }
    let now = || house.inside.wall_time().seconds();
    let code = || totp_code(secret, now());
    let peeped = json!({
        "token": token, "device": device, "password": PASSWORD, "totp_code": totp_code(before, now())
    });
    enrol(peeped).await.faulty("/totp_code", "totp_wrong");
    // Nobody logs in before.
    let login = |password: &str, code: String| {
        let body = json!({ "username": "xin-ren", "password": password, "totp_code": code });
        house.post("/auth/login").json(&body).send()
    };
    login(PASSWORD, code()).await.problem(401, "login_failed");
    for (password, code, pointer, codes) in [
        ("short", code(), "/password", "password_too_short"),
        (&"长".repeat(129), code(), "/password", "password_too_long"),
        (
            "woaini1314woaini1314",
            code(),
            "/password",
            "password_too_common",
        ),
        (PASSWORD, "000000".to_owned(), "/totp_code", "totp_wrong"),
    ] {
        let answer = enrol(
            json!({ "token": token, "device": device, "password": password, "totp_code": code }),
        )
        .await;
        if pointer == "/password" && codes == "password_too_common" && answer.status == 204 {
            panic!("{password} is taken");
        }
        assert_eq!(answer.status, 422, "{password}: {answer:?}");
        answer.faulty(pointer, codes);
    }
    let whole =
        json!({ "token": token, "device": device, "password": PASSWORD, "totp_code": code() });
    let enrolled = enrol(whole.clone()).await.expect(201);
    assert_eq!(enrolled.header("cache-control"), "no-store");
    let codes = shapes::words(&enrolled.json()["recovery_codes"]);
    assert_eq!(codes.len(), 10);
    for code in &codes {
        assert_eq!(house.database.tables_with(code), [""; 0]);
        assert_eq!(house.database.tables_with(&code.replace('-', "")), [""; 0]);
    }
    enrol(whole).await.problem(404, "enrolment_invalid");
    enrol(json!({ "token": token }))
        .await
        .problem(404, "enrolment_invalid");
    enrol(json!({ "token": "nonsense" }))
        .await
        .problem(404, "enrolment_invalid");
    house.inside.wall_passes(60);
    login(PASSWORD, code()).await.expect(200);
}

#[tokio::test]
async fn without_a_login_there_is_nothing() {
    let house = House::new().await;
    let answer = house.get("/admin/complaints").send().await;
    assert!(
        answer.header("www-authenticate").starts_with("Bearer"),
        "{answer:?}"
    );
    answer.problem(401, "unauthorized");
    house
        .get("/admin/complaints")
        .header("authorization", "Basic eDp5")
        .send()
        .await
        .problem(401, "unauthorized");
}

#[tokio::test]
async fn only_a_demo_tells_how_to_log_in() {
    let house = House::new().await;
    house
        .get("/auth/demo-accounts")
        .send()
        .await
        .problem(404, "no_route");
}
