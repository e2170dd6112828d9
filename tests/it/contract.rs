//! The OpenAPI documents: what is committed is what the program serves, and what they say holds together.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value;

use crate::support::House;
use crate::support::inside::Inside;

/// Operations of a document: path, method, operation.
pub fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if ["get", "post", "put", "patch", "delete"].contains(&method.as_str()) {
                all.push((path.clone(), method.to_uppercase(), operation.clone()));
            }
        }
    }
    all
}

fn both() -> [(&'static str, Value); 2] {
    let (public, admin) = Inside::documents();
    [("public", public), ("admin", admin)]
}

fn committed(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../openapi")
        .join(name)
}

/// What is committed under a name; written anew first, where this run is asked to.
fn kept(name: &str, now: &str) -> String {
    let path = committed(name);
    if std::env::var_os("YDT_UPDATE").is_some() {
        std::fs::write(&path, now).unwrap();
    }
    std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; make it with YDT_UPDATE=1", path.display()))
}

/// Run with `YDT_UPDATE=1` to write the documents anew.
#[test]
fn what_is_committed_is_what_the_program_says() {
    for (name, document) in both() {
        let name = format!("{name}.json");
        let text = serde_json::to_string_pretty(&document).unwrap();
        let kept: Value = serde_json::from_str(&kept(&name, &format!("{text}\n"))).unwrap();
        assert!(
            kept == document,
            "openapi/{name} is not what the program says; run with YDT_UPDATE=1 and look at the difference"
        );
    }
    let now = Inside::permissions_in_words();
    assert!(
        kept("permissions.md", &now) == now,
        "openapi/permissions.md is not what the program says; run with YDT_UPDATE=1 and look at who may what now"
    );
}

#[tokio::test]
async fn the_served_documents_are_the_same() {
    let house = House::empty().await;
    for (name, document) in both() {
        let served = house
            .get(&format!("/api/openapi/{name}.json"))
            .send()
            .await
            .expect(200);
        assert_eq!(served.header("content-type"), "application/json");
        assert!(served.json() == document, "{name}");
    }
}

#[test]
fn version_3_1_with_title_and_licence() {
    for (_, document) in both() {
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
        assert!(
            document["info"]["title"]
                .as_str()
                .is_some_and(|title| !title.is_empty())
        );
        assert_eq!(document["info"]["license"]["identifier"], "Apache-2.0");
    }
}

#[test]
fn no_reference_dangles() {
    fn walk<'a>(value: &'a Value, into: &mut BTreeSet<&'a str>) {
        match value {
            Value::Object(map) => {
                if let Some(Value::String(reference)) = map.get("$ref") {
                    into.insert(reference);
                }
                map.values().for_each(|inner| walk(inner, into));
            }
            Value::Array(list) => list.iter().for_each(|inner| walk(inner, into)),
            _ => {}
        }
    }
    for (name, document) in both() {
        let mut references = BTreeSet::new();
        walk(&document, &mut references);
        for reference in references {
            let pointer = reference.strip_prefix('#').expect("a reference within");
            assert!(document.pointer(pointer).is_some(), "{name}: {reference}");
        }
    }
}

#[test]
fn every_operation_is_named_once_tagged_and_summed_up() {
    for (name, document) in both() {
        let mut ids = BTreeSet::new();
        for (path, method, operation) in operations(&document) {
            let at = format!("{name}: {method} {path}");
            let id = operation["operationId"].as_str().unwrap_or_default();
            assert!(!id.is_empty() && ids.insert(id.to_owned()), "{at}: {id:?}");
            let tags = operation["tags"].as_array();
            assert!(tags.is_some_and(|tags| !tags.is_empty()), "{at}: no tag");
            let summary = operation["summary"].as_str().unwrap_or_default();
            assert!(!summary.is_empty(), "{at}: no summary");
            let described = operation["description"].as_str().unwrap_or_default();
            assert!(described.len() > 20, "{at}: {described:?} says nothing");
        }
    }
}

#[test]
fn every_operation_may_answer_with_a_problem() {
    for (name, document) in both() {
        for (path, method, operation) in operations(&document) {
            let responses = operation["responses"].as_object().unwrap();
            let problem = &responses
                .get("4XX")
                .unwrap_or_else(|| panic!("{name}: {method} {path} has no 4XX"))["content"]["application/problem+json"];
            assert!(problem.is_object(), "{name}: {method} {path}");
            assert!(
                responses.keys().any(|status| status.starts_with('2')),
                "{name}: {method} {path} never goes well"
            );
        }
    }
}

#[test]
fn parameters_of_a_path_are_described() {
    for (name, document) in both() {
        for (path, method, operation) in operations(&document) {
            let wanted: Vec<&str> = path
                .split('/')
                .filter_map(|part| {
                    part.split_once('{')?
                        .1
                        .split_once('}')
                        .map(|(word, _)| word)
                })
                .collect();
            let described = operation["parameters"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            for word in wanted {
                assert!(
                    described
                        .iter()
                        .any(|parameter| parameter["in"] == "path" && parameter["name"] == word),
                    "{name}: {method} {path} does not describe {word}"
                );
            }
        }
    }
}

#[test]
fn every_way_of_proving_who_one_is_is_declared() {
    for (name, document) in both() {
        let declared: BTreeSet<&String> = document["components"]["securitySchemes"]
            .as_object()
            .unwrap()
            .keys()
            .collect();
        let mut named: Vec<Value> = document["security"].as_array().cloned().unwrap_or_default();
        for (_, _, operation) in operations(&document) {
            named.extend(
                operation["security"]
                    .as_array()
                    .cloned()
                    .unwrap_or_default(),
            );
        }
        for requirement in named {
            for scheme in requirement.as_object().unwrap().keys() {
                assert!(
                    declared.contains(scheme),
                    "{name}: {scheme} is not declared"
                );
            }
        }
    }
}

#[test]
fn what_goes_with_the_refresh_cookie_is_declared() {
    let (_, admin) = Inside::documents();
    for path in ["/api/v1/auth/refresh", "/api/v1/auth/logout"] {
        let operation = &admin["paths"][path]["post"];
        let named: BTreeSet<String> = operation["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| format!("{} {}", one["in"], one["name"]).replace('"', ""))
            .collect();
        for wanted in [
            "cookie __Host-rt",
            "cookie rt",
            "header Origin",
            "header X-Requested-With",
        ] {
            assert!(named.contains(wanted), "{path}: {named:?}");
        }
        let answers = operation["responses"].as_object().unwrap();
        let sets = |answer: &Value| !answer["headers"]["Set-Cookie"].is_null();
        assert!(answers.values().any(sets), "{path}");
    }
}

#[test]
fn the_public_document_holds_no_staff_path() {
    let (public, admin) = Inside::documents();
    for (path, method, operation) in operations(&public) {
        assert!(
            path.starts_with("/api/v1/")
                && !path.starts_with("/api/v1/admin")
                && !path.starts_with("/api/v1/auth"),
            "{method} {path}"
        );
        let text = operation.to_string();
        assert!(
            !text.contains("\"staff\""),
            "{method} {path} asks for staff"
        );
    }
    for (path, method, _) in operations(&admin) {
        assert!(
            path.starts_with("/api/v1/admin") || path.starts_with("/api/v1/auth"),
            "{method} {path} is no staff path"
        );
    }
}

/// The paths of this issue (contract.md 1, 3, 4, 8). Others may be there too.
#[test]
fn what_the_contract_names_is_there() {
    let (public, admin) = Inside::documents();
    let named = |document: &Value| -> BTreeSet<String> {
        operations(document)
            .into_iter()
            .map(|(path, method, _)| {
                // Names of path parameters are free.
                let parts: Vec<&str> = path
                    .split('/')
                    .map(|part| {
                        if part.starts_with('{') && part.ends_with('}') {
                            "{}"
                        } else {
                            part
                        }
                    })
                    .collect();
                format!("{method} {}", parts.join("/").replace("/api/v1", ""))
            })
            .collect()
    };
    let (public, admin) = (named(&public), named(&admin));
    for wanted in [
        "GET /time",
        "GET /regions",
        "GET /regions/{}",
        "GET /regions/{}/organisations",
        "GET /regions/{}/powers",
        "GET /powers/{}",
        "GET /powers/{}/versions",
        "GET /regions/{}/disclosures",
        "GET /disclosures/{}",
        "GET /disclosures/{}/lines",
        "GET /categories",
        "GET /deadlines",
        "POST /deadlines",
        "POST /complaints",
        "GET /receipt",
        "POST /receipt/messages",
        "POST /receipt/supplement",
        "POST /receipt/rating",
        "POST /receipt/dispute",
        "POST /receipt/withdraw",
    ] {
        assert!(
            public.contains(wanted),
            "{wanted} is not there: {public:#?}"
        );
    }
    assert!(
        public
            .iter()
            .any(|path| path.starts_with("GET /disclosures/{}/export")),
        "no export: {public:#?}"
    );
    for wanted in [
        "POST /auth/login",
        "POST /auth/refresh",
        "POST /auth/logout",
        "POST /auth/enrol",
        "GET /admin/organisations",
        "POST /admin/organisations",
        "POST /admin/organisations/{}/actions",
        "GET /admin/complaints",
        "GET /admin/complaints/{}",
        "GET /admin/complaints/{}/events",
        "POST /admin/complaints/{}/actions",
        "POST /admin/disclosures/preview",
        "POST /admin/disclosures",
        "GET /admin/disclosures/{}",
        "POST /admin/disclosures/{}/actions",
    ] {
        assert!(admin.contains(wanted), "{wanted} is not there: {admin:#?}");
    }
}

#[tokio::test]
async fn the_docs_are_served_from_here() {
    let house = House::empty().await;
    let moved = house.get("/api/docs").send().await.expect(301);
    assert_eq!(moved.header("location"), "/api/docs/");
    let page = house.get("/api/docs/").send().await.expect(200);
    assert!(page.header("content-type").starts_with("text/html"));
    let text = page.text();
    for attribute in ["src=\"", "href=\""] {
        for part in text.split(attribute).skip(1) {
            let address = part.split('"').next().unwrap();
            assert!(
                !address.contains("//"),
                "the docs load {address} from elsewhere"
            );
        }
    }
}

#[tokio::test]
async fn the_rules_are_a_page_of_the_docs_in_both_languages() {
    let house = House::empty().await;
    let (public, admin) = Inside::documents();
    assert_eq!(public["externalDocs"]["url"], "/api/docs/rules");
    for lang in ["zh", "en"] {
        let page = house
            .get(&format!("/api/docs/rules?lang={lang}"))
            .send()
            .await
            .expect(200);
        let html = page.text();
        assert!(page.header("content-language").starts_with(lang));
        // Every word that a client can meet.
        for (document, schema) in [
            (&public, "StateName"),
            (&public, "ActionName"),
            (&public, "Stage"),
            (&public, "DeclineReason"),
            (&admin, "Role"),
            (&admin, "LadderStep"),
        ] {
            let words = &document["components"]["schemas"][schema]["enum"];
            for word in words.as_array().unwrap() {
                let word = word.as_str().unwrap();
                // These two are events of the routing, which nobody does as an action.
                if ["change_targets", "route_anew"].contains(&word) {
                    continue;
                }
                assert!(
                    html.contains(&format!("<code>{word}</code>")),
                    "{lang}: {word}"
                );
            }
        }
        // One inline stylesheet, allowed by its digest; nothing else inline, nothing from elsewhere.
        let policy = page.header("content-security-policy");
        assert_eq!(policy.matches("'sha256-").count(), 1);
        for foreign in ["<script", "http://", "https://", " style="] {
            let body = html.split("</style>").nth(1).unwrap();
            assert!(!body.contains(foreign), "{foreign}");
        }
    }
    let english = house
        .get("/api/docs/rules")
        .header("accept-language", "en")
        .send()
        .await;
    assert_eq!(english.header("content-language"), "en");
}
