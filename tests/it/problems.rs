//! What is refused, and how: problem documents everywhere, in the reader's language, with the headers that
//! everything carries.

use serde_json::json;

use crate::support::{Answer, House, shapes};

/// The policy of a file.
const SANDBOX: &str = "sandbox; default-src 'none'";

/// What every answer has.
pub const SECURITY: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("content-security-policy", "default-src 'none'"),
];

fn is_guarded(answer: &Answer) {
    for (name, value) in SECURITY {
        assert!(
            answer.header(name).starts_with(value),
            "{name} of {answer:?}"
        );
    }
    let policy = answer.header("permissions-policy");
    assert!(
        policy.contains("camera=(self)") && policy.contains("geolocation=()"),
        "{answer:?}"
    );
    let csp = answer.header("content-security-policy");
    assert!(
        csp.contains("frame-ancestors 'none'") && !csp.contains("unsafe-eval"),
        "{answer:?}"
    );
    assert!(!answer.header("x-request-id").is_empty(), "{answer:?}");
    assert!(answer.header("server").is_empty() && answer.header("x-powered-by").is_empty());
}

#[tokio::test]
async fn the_clocks_are_told() {
    let house = House::empty().await;
    let told = house.get("/time").send().await.expect(200);
    assert_eq!(told.header("cache-control"), "no-store");
    let told = told.json();
    assert_eq!(told["case_time"], "2026-11-02T09:00:00+08:00");
    assert_eq!(told["speed"], 1);
    assert!(told["wall_time"].as_str().unwrap().ends_with("+08:00"));
    house.clock_to("2026-11-03T09:00:00+08:00");
    let later = house.reads("/time").await;
    assert_eq!(later["case_time"], "2026-11-03T09:00:00+08:00");
    assert_eq!(later["wall_time"], told["wall_time"]);
}

#[tokio::test]
async fn it_lives_and_is_ready() {
    let house = House::empty().await;
    house.get("/livez").send().await.expect(200);
    let ready = house.get("/readyz").send().await.expect(200).json();
    assert_eq!(ready["ready"], true);
    assert_eq!(ready["migrations"], true);
    assert_eq!(ready["clock_jump_seconds"], 0);
    assert_eq!(ready["reasons"], serde_json::json!([]));
}

#[tokio::test]
async fn no_such_address_is_a_problem_document() {
    let house = House::empty().await;
    for path in ["/nothing", "/admin/nothing", "/api/v2/time"] {
        let document = house.get(path).send().await.problem(404, "no_route");
        shapes::has(
            &document,
            "type code title status detail instance request_id",
        );
    }
    let document = house
        .get("/nothing?secret=1")
        .send()
        .await
        .problem(404, "no_route");
    assert_eq!(document["instance"], "/api/v1/nothing", "without the query");
}

#[tokio::test]
async fn another_method_says_which_are_allowed() {
    let house = House::empty().await;
    let answer = house.post("/time").send().await;
    assert_eq!(answer.header("allow"), "GET");
    answer.problem(405, "method_not_allowed");
    let answer = house.get("/complaints").send().await;
    assert_eq!(answer.header("allow"), "POST");
    answer.problem(405, "method_not_allowed");
}

#[tokio::test]
async fn both_ways_of_asking_for_a_deadline_are_allowed() {
    let house = House::empty().await;
    let answer = house
        .call(reqwest::Method::DELETE, "/deadlines")
        .send()
        .await;
    let allowed = answer.header("allow").to_owned();
    assert!(
        allowed.contains("GET") && allowed.contains("POST"),
        "{allowed}"
    );
    answer.problem(405, "method_not_allowed");
}

#[tokio::test]
async fn a_problem_explains_itself() {
    let house = House::empty().await;
    let document = house.get("/nothing").send().await.problem(404, "no_route");
    let kind = document["type"].as_str().unwrap();
    let page = house.get(kind).send().await.expect(200);
    assert!(page.text().contains("no_route"), "{page:?}");
    house
        .get("/api/problems/never_heard_of")
        .send()
        .await
        .problem(404, "not_found");
}

#[tokio::test]
async fn a_problem_speaks_the_readers_language() {
    let house = House::empty().await;
    for (wish, language, words) in [
        ("", "zh-CN", "没有这个地址"),
        ("zh-CN,zh;q=0.9", "zh-CN", "没有这个地址"),
        ("fr", "zh-CN", "没有这个地址"),
        ("en", "en", "There is no such address"),
        ("zh;q=0.5, en-GB;q=0.9", "en", "There is no such address"),
    ] {
        let answer = house
            .get("/nothing")
            .header("accept-language", wish)
            .send()
            .await;
        assert_eq!(answer.header("content-language"), language, "{wish}");
        assert!(
            answer
                .header("vary")
                .to_lowercase()
                .contains("accept-language")
        );
        assert_eq!(answer.problem(404, "no_route")["title"], words, "{wish}");
    }
}

#[tokio::test]
async fn every_answer_is_guarded() {
    let house = House::empty().await;
    for call in [
        house.get("/time"),
        house.get("/nothing"),
        house.post("/time"),
        house.get("/livez"),
        house.get("/readyz"),
        house.get("/metrics"),
        house.get("/api/openapi/public.json"),
        house.get("/api/problems/no_route"),
        house.get("/receipt"),
        house.get("/admin/complaints"),
        house.post("/complaints").body("application/json", "{"),
    ] {
        is_guarded(&call.send().await);
    }
}

#[tokio::test]
async fn what_is_missing_of_the_documentation_is_missing_like_everything_else() {
    let house = House::empty().await;
    let there = house.get("/api/docs/").send().await.expect(200);
    assert!(there.text().contains("swagger"));
    for path in [
        "/api/docs/nothing.js",
        "/api/docs/a/b",
        "/api/docs/%2e%2e/x",
    ] {
        let answer = house.get(path).send().await;
        is_guarded(&answer);
        let document = answer.problem(404, "no_route");
        assert_eq!(document["title"], "没有这个地址");
    }
}

#[tokio::test]
async fn a_file_is_sandboxed_also_from_memory_and_unchanged() {
    let house = House::new().await;
    let path = "/disclosures/templates/ledger.xlsx";
    let mut tag = String::new();
    for _ in 0..3 {
        let answer = house.get(path).send().await.expect(200);
        assert!(
            answer
                .header("content-disposition")
                .starts_with("attachment")
        );
        assert_eq!(answer.header("content-security-policy"), SANDBOX);
        tag = answer.etag();
    }
    let same = house.get(path).header("if-none-match", &tag).send().await;
    assert_eq!(same.expect(304).header("content-security-policy"), SANDBOX);
    // A page's own stays.
    let answer = house.get("/categories").send().await;
    assert!(
        answer
            .header("content-security-policy")
            .contains("trusted-types")
    );
}

#[tokio::test]
async fn the_docs_run_our_own_scripts_alone() {
    let house = House::empty().await;
    for path in ["/api/docs/", "/api/docs/rules"] {
        let answer = house.get(path).send().await.expect(200);
        is_guarded(&answer);
        let csp = answer.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self';",
            "base-uri 'none'",
            "form-action 'none'",
        ] {
            assert!(csp.contains(part), "{part} of {path}: {csp}");
        }
    }
}

#[tokio::test]
async fn what_is_no_json_is_told_apart_from_what_does_not_fit() {
    let house = House::empty().await;
    let post = |kind: &str, body: &str| house.post("/deadlines").body(kind, body.to_owned()).send();
    let whole = r#"{"from":"2026-11-02T09:00:00+08:00","amount":1,"unit":"working_day","region_code":"230104000000"}"#;
    let twice = format!("{whole}{whole}");
    for body in ["", "{", "{\"amount\":}", &twice] {
        post("application/json", body)
            .await
            .problem(400, "malformed_json");
    }
    for body in ["[]", "null", "\"text\"", "{\"amount\":\"many\"}"] {
        post("application/json", body)
            .await
            .problem(422, "invalid_body");
    }
    post("text/plain", "{}")
        .await
        .problem(415, "unsupported_media_type");
    post("application/json; charset=utf-8", "{")
        .await
        .problem(400, "malformed_json");
}

#[tokio::test]
async fn a_body_without_end_is_refused() {
    let house = House::empty().await;
    let long = format!("{{\"text\":\"{}\"}}", "长".repeat(400_000));
    let answer = house
        .post("/complaints")
        .key(&house.fresh_key())
        .body("application/json", long)
        .send()
        .await;
    answer.problem(413, "too_large");
}

#[tokio::test]
async fn a_fault_names_its_place_and_unknown_fields_are_refused() {
    let house = House::new().await;
    let body = json!({ "from": "2026-11-02T09:00:00+08:00", "amount": 3, "unit": "working_day",
        "region_code": "230104000000", "colour": "red" });
    let answer = house.post("/deadlines").json(&body).send().await;
    answer.faulty("/colour", "unknown_field");
    let answer = house.get("/regions?colour=red").send().await;
    answer.faulty("colour", "unknown_field");
}

#[tokio::test]
async fn a_list_is_taken_for_no_object() {
    let house = House::new().await;
    // In the order of the fields, of which each would fit.
    let login = json!(["nobody", "a long enough password", "123456"]);
    let answer = house.post("/auth/login").json(&login).send().await;
    answer.faulty("", "wrong_type");
    let triage = house.triage().await.stepped_up().await;
    let body = json!({ "which": [], "reason": "为例会准备本月的件。" });
    let answer = triage.post("/admin/exports").json(&body).send().await;
    answer.faulty("/which", "wrong_type");
}

#[tokio::test]
async fn nothing_of_the_inside_is_told() {
    let house = House::new().await;
    for path in [
        "/regions/%00",
        "/regions/230104111204'--",
        "/disclosures/../../etc/passwd",
        "/regions?q=%27%20OR%201=1",
        "/powers/%F0%9F%98%80",
    ] {
        let answer = house.get(path).send().await;
        assert!(answer.status < 500, "{answer:?}");
        let text = answer.text().to_lowercase();
        for word in [
            "select ", "sqlite", "diesel", "/home/", "/tmp/", "panicked", ".rs:",
        ] {
            assert!(!text.contains(word), "{answer:?}");
        }
    }
}

#[tokio::test]
async fn lists_name_their_bounds() {
    let house = House::new().await;
    for limit in ["0", "101", "-1", "many"] {
        let answer = house
            .get(&format!("/regions?parent=230104000000&limit={limit}"))
            .send()
            .await;
        answer.expect(400).problem(400, "invalid_query");
    }
    let answer = house
        .get("/regions?parent=230104000000&cursor=nonsense!")
        .send()
        .await;
    answer.faulty("cursor", "invalid_cursor");
}
