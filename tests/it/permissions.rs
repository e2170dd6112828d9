//! Who may call what: every operation of the staff document has a row here, and every role is tried.

use serde_json::json;

use crate::contract::operations;
use crate::support::inside::Inside;
use crate::support::{Filing, House, Villager, places};

/// The roles that a row may name, with the unit each works in.
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

/// Operation, and the roles it is for. Names of path parameters are written `{}`.
const TABLE: [(&str, &str); 59] = [
    ("GET /admin/complaints", "handler triage supervisor auditor"),
    ("POST /admin/complaints", "triage supervisor"),
    (
        "GET /admin/complaints/counts",
        "handler triage supervisor auditor",
    ),
    (
        "GET /admin/complaints/{}/choices",
        "handler triage supervisor auditor",
    ),
    // Only in a demo.
    ("GET /auth/demo-accounts", "anybody"),
    (
        "GET /admin/complaints/{}",
        "handler triage supervisor auditor",
    ),
    (
        "GET /admin/complaints/{}/events",
        "handler triage supervisor auditor",
    ),
    (
        "GET /admin/complaints/{}/timers/{}/explain",
        "handler triage supervisor auditor",
    ),
    (
        "POST /admin/complaints/{}/actions",
        "handler triage supervisor",
    ),
    (
        "PUT /admin/complaints/{}/targets",
        "handler triage supervisor",
    ),
    ("GET /admin/dashboard", "handler triage supervisor auditor"),
    ("GET /admin/relations", "handler triage supervisor auditor"),
    ("POST /admin/relations", "handler triage supervisor auditor"),
    (
        "POST /admin/relations/{}/end",
        "handler triage supervisor auditor",
    ),
    ("POST /admin/posts/{}/holders", "administrator"),
    ("GET /admin/dead-letters", "administrator"),
    ("POST /admin/dead-letters/{}/retry", "administrator"),
    ("GET /admin/dead-timers", "administrator"),
    ("POST /admin/dead-timers/{}/retry", "administrator"),
    ("GET /admin/audit", "auditor administrator"),
    (
        "GET /admin/zones",
        "triage supervisor auditor administrator",
    ),
    ("POST /admin/zones", "supervisor administrator"),
    ("PUT /admin/zones/{}", "supervisor administrator"),
    (
        "GET /admin/proposals",
        "handler triage supervisor administrator",
    ),
    (
        "GET /admin/proposals/{}",
        "handler triage supervisor administrator",
    ),
    ("POST /admin/proposals/{}/decision", "triage supervisor"),
    (
        "GET /admin/policies/{}",
        "triage supervisor auditor administrator",
    ),
    ("PUT /admin/policies/{}", "supervisor administrator"),
    (
        "GET /admin/calendars",
        "triage supervisor auditor administrator",
    ),
    ("POST /admin/calendars", "supervisor administrator"),
    (
        "GET /admin/disclosures",
        "village_clerk committee_member publisher",
    ),
    (
        "GET /admin/disclosures/{}",
        "village_clerk committee_member publisher",
    ),
    (
        "GET /admin/disclosures/{}/lines",
        "village_clerk committee_member publisher",
    ),
    ("POST /admin/disclosures/preview", "village_clerk publisher"),
    ("POST /admin/disclosures", "village_clerk publisher"),
    (
        "POST /admin/disclosures/{}/actions",
        "village_clerk committee_member publisher",
    ),
    ("GET /admin/identity-requests", "triage supervisor"),
    ("POST /admin/identity-requests", "triage supervisor"),
    ("POST /admin/receipts/reissue", "triage supervisor"),
    (
        "POST /admin/vault/identity-requests/{}/read",
        "triage supervisor",
    ),
    ("POST /admin/vault/receipts/{}/reissue", "triage supervisor"),
    ("GET /admin/exports", "handler triage supervisor auditor"),
    ("POST /admin/exports", "handler triage supervisor auditor"),
    (
        "GET /admin/exports/{}/{}",
        "handler triage supervisor auditor",
    ),
    ("GET /admin/staff", "administrator"),
    ("POST /admin/staff", "administrator"),
    ("GET /admin/staff/{}", "administrator"),
    ("POST /admin/staff/{}/actions", "administrator"),
    (
        "POST /auth/step-up",
        "village_clerk committee_member publisher handler triage supervisor auditor administrator",
    ),
    (
        "POST /auth/recovery-codes",
        "village_clerk committee_member publisher handler triage supervisor auditor administrator",
    ),
    (
        "GET /admin/complaints/{}/attachments/{}",
        "handler triage supervisor auditor",
    ),
    (
        "GET /admin/disclosures/{}/vouchers",
        "village_clerk committee_member publisher",
    ),
    (
        "POST /admin/disclosures/{}/lines/{}/vouchers",
        "village_clerk publisher",
    ),
    (
        "GET /admin/disclosures/{}/vouchers/{}/original",
        "village_clerk committee_member publisher",
    ),
    (
        "GET /admin/disclosures/{}/vouchers/{}/redacted",
        "village_clerk committee_member publisher",
    ),
    (
        "POST /admin/disclosures/{}/vouchers/{}/redact",
        "village_clerk publisher",
    ),
    (
        "POST /admin/disclosures/{}/vouchers/{}/confirm",
        "committee_member",
    ),
    (
        "GET /auth/me",
        "village_clerk committee_member publisher handler triage supervisor auditor administrator",
    ),
    // Before there is a session, or with the cookie alone.
    ("POST /auth/", "anybody"),
];

fn row(name: &str) -> Option<&'static str> {
    let found = TABLE.iter().find(|(operation, _)| *operation == name);
    found
        .or_else(|| {
            TABLE
                .iter()
                .find(|(prefix, _)| prefix.ends_with('/') && name.starts_with(prefix))
        })
        .map(|(_, roles)| *roles)
}

fn generic(method: &str, path: &str) -> String {
    let parts: Vec<&str> = path
        .trim_start_matches("/api/v1")
        .split('/')
        .map(|part| if part.starts_with('{') { "{}" } else { part })
        .collect();
    format!("{method} {}", parts.join("/"))
}

#[test]
fn every_staff_operation_has_its_row() {
    let (_, admin) = Inside::documents();
    for (path, method, _) in operations(&admin) {
        let name = generic(&method, &path);
        assert!(row(&name).is_some(), "{name}: say in TABLE who may");
    }
}

#[tokio::test]
async fn every_role_is_held_to_its_row() {
    let house = House::new().await;
    let unit = |role: &str| match role {
        "village_clerk" => (places::committee(places::VILLAGE), places::VILLAGE),
        "committee_member" => (
            places::supervision_committee(places::VILLAGE),
            places::VILLAGE,
        ),
        "publisher" => (places::agency(places::TOWNSHIP), places::TOWNSHIP),
        "handler" => (places::government(places::TOWNSHIP), places::TOWNSHIP),
        "triage" => (places::organ(places::TOWNSHIP), places::TOWNSHIP),
        _ => (places::organ(places::COUNTY), places::COUNTY),
    };
    let mut people = Vec::new();
    for role in ROLES {
        let (unit, region) = unit(role);
        // With a fresh code: what asks for one has its own test.
        let person = house.staff(role, &unit, region).await.stepped_up().await;
        people.push((role, person));
    }
    let (_, admin) = Inside::documents();
    for (path, method, _) in operations(&admin) {
        let name = generic(&method, &path);
        let roles = row(&name).unwrap();
        if roles == "anybody" {
            continue;
        }
        let address = path
            .trim_start_matches("/api/v1")
            .split('/')
            .map(|part| match part {
                "{stage}" => "handle",
                part if part.starts_with('{') => "00000000000000000000000000000000",
                part => part,
            })
            .collect::<Vec<_>>()
            .join("/");
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let call = || {
            let call = house.call(method.clone(), &address);
            if method == reqwest::Method::GET {
                call
            } else {
                call.if_match("\"1\"").json(&json!({}))
            }
        };
        call().send().await.problem(401, "unauthorized");
        for (role, person) in &people {
            let answer = call().bearer(&person.token).send().await;
            assert!(answer.status < 500, "{name} by {role}: {answer:?}");
            let may = roles.split(' ').any(|one| one == *role);
            if may {
                assert_ne!(answer.status, 403, "{name} by {role}: {answer:?}");
                assert_ne!(answer.status, 401, "{name} by {role}: {answer:?}");
            } else {
                answer.problem(403, "not_permitted");
            }
        }
    }
}

#[tokio::test]
async fn who_reads_no_complaints_learns_of_none() {
    let house = House::new().await;
    let villager = Villager::files(&house, &Filing::complaint()).await;
    let triage = house.triage().await;
    let id = triage.finds(&villager).await;
    for person in [
        house.clerk().await,
        house.committee().await,
        house.publisher().await,
        house.administrator().await,
    ] {
        for path in [
            "/admin/complaints".to_owned(),
            format!("/admin/complaints/{id}"),
        ] {
            person.get(&path).send().await.problem(403, "not_permitted");
        }
    }
    // Who may read some, but works elsewhere, gets what is there for nobody.
    for person in [
        house.auditor().await,
        house.handler().await,
        house.neighbour_triage().await,
        house.county().await,
        house.other_county().await,
        house.city().await,
    ] {
        person.does_not_find(&villager).await;
        person.cannot_open(&id).await;
    }
}
