//! As it stands on the Internet: how much one source may ask, whose word for an address is believed, which other sites
//! may call, and where the staff are.

use reqwest::Method;
use serde_json::json;

use crate::support::app::Call;
use crate::support::{Answer, Filing, House, Villager};

/// A source of its own, as the proxy before the house names it.
fn from(call: Call, address: &str) -> Call {
    call.header("x-forwarded-for", address)
}

/// A mistyped code: its check digit fits, nobody has it.
const NOBODYS: &str = "12345678901234567894";

async fn looks_up(house: &House, code: &str, address: &str) -> Answer {
    from(house.get("/receipt").receipt(code), address)
        .send()
        .await
}

fn left(answer: &Answer) -> u32 {
    let header = answer.header("ratelimit");
    let part = header.split(';').find_map(|part| part.strip_prefix("r="));
    part.unwrap_or_else(|| panic!("no RateLimit in {answer:?}"))
        .parse()
        .unwrap()
}

#[tokio::test]
async fn a_source_is_told_what_it_has_left_and_when_to_come_back() {
    let house = House::strict().await;
    let ask = || from(house.get("/categories"), "203.0.113.1");
    let first = ask().send().await;
    assert_eq!(first.header("ratelimit-policy"), "\"read\";q=600;w=30");
    // The whole quota is there at the beginning, and the header counts in the policy's numbers.
    assert_eq!(left(&first), 599);
    assert_eq!(first.header("ratelimit"), "\"read\";r=599;t=1");
    assert_eq!(left(&ask().send().await), 598);
    let (mut refused, mut served) = (None, 2);
    for _ in 0..1_200 {
        let answer = ask().send().await;
        if answer.status == 429 {
            refused = Some(answer);
            break;
        }
        served += 1;
    }
    // Not fewer than the header promised; a few more, where those before were asked for over more than an instant.
    assert!(served >= 600, "{served}");
    let refused = refused.expect("nobody was slowed down");
    assert!(!refused.header("retry-after").is_empty());
    assert_eq!(left(&refused), 0);
    assert_eq!(refused.header("x-content-type-options"), "nosniff");
    let seconds: i64 = refused.header("retry-after").parse().unwrap();
    refused.problem(429, "too_many_requests");
    // Others are served, and so is this one after the time it was told.
    let other = from(house.get("/categories"), "203.0.113.2").send().await;
    assert_eq!(other.status, 200);
    house.inside.wall_passes(seconds);
    assert_eq!(ask().send().await.status, 200);
}

#[tokio::test]
async fn who_guesses_codes_is_held_back_and_a_case_is_never_locked() {
    let house = House::strict().await;
    let villager = Villager::files(&house, &Filing::complaint()).await;
    for _ in 0..10 {
        looks_up(&house, NOBODYS, "203.0.113.1")
            .await
            .problem(404, "receipt_unknown");
    }
    let refused = looks_up(&house, NOBODYS, "203.0.113.1").await;
    assert!(!refused.header("retry-after").is_empty());
    // What a client slows down by is said here too, in numbers of its own.
    assert_eq!(refused.header("ratelimit-policy"), "\"receipt\";q=10;w=600");
    assert_eq!(refused.header("ratelimit"), "\"receipt\";r=0;t=600");
    refused.problem(429, "too_many_requests");
    // Not even the right one, from there; from anywhere else as ever.
    looks_up(&house, &villager.receipt, "203.0.113.1")
        .await
        .problem(429, "too_many_requests");
    assert_eq!(
        looks_up(&house, &villager.receipt, "203.0.113.2")
            .await
            .status,
        200
    );
    // One more in a minute.
    house.inside.wall_passes(60);
    looks_up(&house, NOBODYS, "203.0.113.1")
        .await
        .problem(404, "receipt_unknown");
    looks_up(&house, NOBODYS, "203.0.113.1")
        .await
        .problem(429, "too_many_requests");
    house.inside.wall_passes(600);
    assert_eq!(
        looks_up(&house, &villager.receipt, "203.0.113.1")
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_mistyped_digit_is_no_guess() {
    let house = House::strict().await;
    let mistyped = format!("{}0", &NOBODYS[..19]);
    assert_ne!(mistyped, NOBODYS);
    for _ in 0..30 {
        looks_up(&house, &mistyped, "203.0.113.1")
            .await
            .problem(404, "receipt_unknown");
    }
}

#[tokio::test]
async fn guesses_from_everywhere_are_slowed_down_together() {
    let house = House::strict().await;
    let mut refused = 0;
    for number in 0..320 {
        let address = format!("198.51.{}.{}", number / 200, number % 200 + 1);
        let answer = looks_up(&house, NOBODYS, &address).await;
        if answer.status == 429 {
            refused += 1;
            let policy = answer.header("ratelimit-policy");
            assert_eq!(policy, "\"receipts\";q=300;w=60");
            assert_eq!(left(&answer), 0);
            assert!(!answer.header("retry-after").is_empty());
        }
    }
    assert!((1..=20).contains(&refused), "{refused} were refused");
    house.inside.wall_passes(60);
    assert_eq!(looks_up(&house, NOBODYS, "192.0.2.1").await.status, 404);
}

#[tokio::test]
async fn what_a_client_says_of_itself_is_not_believed() {
    let house = House::strict().await;
    for number in 0..10 {
        let said = format!("192.0.2.{number}, 203.0.113.7");
        looks_up(&house, NOBODYS, &said)
            .await
            .problem(404, "receipt_unknown");
    }
    looks_up(&house, NOBODYS, "192.0.2.200, 203.0.113.7")
        .await
        .problem(429, "too_many_requests");
}

#[tokio::test]
async fn a_made_up_token_buys_nothing() {
    let house = House::strict().await;
    for token in [None, Some("Bearer x")] {
        let write = from(house.post("/complaints"), "203.0.113.9").json(&json!({}));
        let read = from(house.get("/categories"), "203.0.113.9");
        for (request, name) in [(write, "write"), (read, "read")] {
            let request = match token {
                Some(token) => request.header("authorization", token),
                None => request,
            };
            let answer = request.send().await;
            let policy = answer.header("ratelimit-policy");
            assert!(
                policy.starts_with(&format!("\"{name}\"")),
                "{token:?}: {policy}"
            );
        }
    }
}

#[tokio::test]
async fn exactly_the_sites_that_are_named_may_call() {
    let house = House::strict().await;
    let called = |origin: &'static str| house.get("/categories").header("origin", origin).send();
    let answer = called("https://app.example").await;
    assert_eq!(
        answer.header("access-control-allow-origin"),
        "https://app.example"
    );
    assert_eq!(answer.header("access-control-allow-credentials"), "");
    for origin in [
        "https://app.example.evil.example",
        "http://app.example",
        "null",
    ] {
        let answer = called(origin).await;
        assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
        assert!(answer.header("vary").contains("Accept-Language") || answer.status == 200);
    }
    let asks = |path: &str, origin: &str| {
        house
            .call(Method::OPTIONS, path)
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .send()
    };
    let may = asks("/complaints", "https://app.example").await;
    assert_eq!(may.status, 204);
    assert!(
        may.header("access-control-allow-headers")
            .contains("Idempotency-Key")
    );
    assert_eq!(
        asks("/complaints", "https://evil.example").await.status,
        405
    );
    // Staff never work from another site's page, wherever they are.
    let staff = house
        .call_staff(Method::GET, "/auth/me")
        .header("origin", "https://app.example")
        .send()
        .await;
    assert_eq!(staff.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn the_staff_are_at_their_own_address_and_nowhere_else() {
    let house = House::strict().await;
    let body = json!({ "username": "x", "password": "y", "totp_code": "000000" });
    for path in ["/admin/complaints", "/auth/me", "/api/openapi/admin.json"] {
        house.get(path).send().await.problem(404, "no_route");
    }
    house
        .post("/auth/login")
        .json(&body)
        .send()
        .await
        .problem(404, "no_route");
    house
        .call_staff(Method::POST, "/auth/login")
        .json(&body)
        .send()
        .await
        .problem(401, "login_failed");
    for path in [
        "/api/openapi/admin.json",
        "/categories",
        "/api/openapi/public.json",
    ] {
        assert_eq!(
            house.call_staff(Method::GET, path).send().await.status,
            200,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_weakness_can_be_reported() {
    let house = House::strict().await;
    let answer = house.get("/.well-known/security.txt").send().await;
    let text = String::from_utf8(answer.body.clone()).unwrap();
    assert_eq!(answer.status, 200);
    assert!(
        text.contains("Contact: http") && text.contains("Expires: 2027-"),
        "{text}"
    );
    // This house has no address with TLS, and RFC 9116 knows no other.
    assert!(!text.contains("Canonical: http:"), "{text}");
}
