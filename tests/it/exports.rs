//! Cases as a file: two persons, what the reader may know of and nothing else, no identity, no formula.

use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use serde_json::{Value, json};

use crate::support::actors::{Staff, Township};
use crate::support::{Answer, Filing, House, Villager, places, shapes};

const WHY: &str = "季度分析会要用，逐件核对办理时限";
const NAME: &str = "演示·赵守田";
const PHONE: &str = "13604517777";

async fn tries_to_ask(staff: &Staff<'_>, which: Value) -> Answer {
    let body = json!({ "which": which, "reason": WHY });
    staff.post("/admin/exports").json(&body).send().await
}

/// Asked for and approved by the county; the export.
async fn granted(staff: &Staff<'_>, county: &Staff<'_>, which: Value) -> String {
    let made = tries_to_ask(staff, which).await.expect(202).json();
    let proposal = made["proposal_id"].as_str().unwrap();
    county.approves_proposal(proposal).await;
    let list = staff.get("/admin/exports").send().await.ok();
    let mut items = shapes::items(&list);
    items.retain(|one| one["proposal_id"] == proposal);
    assert_eq!((items.len(), &items[0]["may_fetch"]), (1, &json!(true)));
    items[0]["id"].as_str().unwrap().to_owned()
}

async fn fetches(staff: &Staff<'_>, export: &str, form: &str) -> Answer {
    staff
        .get(&format!("/admin/exports/{export}/{form}"))
        .send()
        .await
}

/// The numbers of the cases in a CSV file.
fn numbers(answer: &Answer) -> Vec<String> {
    let text = answer.text();
    let rows = text
        .strip_prefix('\u{feff}')
        .unwrap()
        .split_terminator("\r\n");
    let mut all: Vec<String> = rows
        .skip(1)
        .map(|row| row.split(',').next().unwrap().to_owned())
        .collect();
    all.sort();
    all
}

#[tokio::test]
async fn two_persons_and_what_the_reader_may_know_of() {
    let house = House::new().await;
    let triage = house.triage().await.stepped_up().await;
    let county = house.county().await;
    let formula = Filing::complaint().text("=HYPERLINK(\"http://x\",\"点这里\") 村里的事");
    let formula = Villager::files(&house, &formula.confidential(NAME, PHONE)).await;
    let plain = Villager::files(&house, &Filing::complaint().kind("question")).await;
    let about_township = Filing::complaint().against_group("township");
    let hidden = Villager::files(&house, &about_township).await;
    let elsewhere = Filing::complaint().with("/region_code", "230104112200");
    elsewhere.try_in(&house).await;

    tries_to_ask(&triage, json!({ "state": "gone" }))
        .await
        .faulty("/state", "out_of_range");
    tries_to_ask(&triage, json!({ "received_from": "gestern" }))
        .await
        .faulty("/received_from", "invalid_date");
    tries_to_ask(&triage, json!({ "category": "bogus" }))
        .await
        .faulty("/category", "category_unknown");
    tries_to_ask(&triage, json!([null, null]))
        .await
        .problem(422, "invalid_body");
    let stale = house.triage().await;
    tries_to_ask(&stale, json!({}))
        .await
        .problem(403, "step_up_required");

    let made = tries_to_ask(&triage, json!({})).await.expect(202).json();
    let proposal = made["proposal_id"].as_str().unwrap();
    triage
        .decides(proposal, true)
        .await
        .problem(403, "same_person");
    let waiting = county.waiting().await;
    assert_eq!(waiting[0]["subject"], "export");
    // Two, but whoever decides may not know of each.
    assert_eq!(waiting[0]["body"]["cases_up_to"], 10);
    let list = triage.get("/admin/exports").send().await.ok();
    let export = shapes::items(&list)[0]["id"].as_str().unwrap().to_owned();
    // The answer has named both: what is decided, and what is fetched.
    assert_eq!(made["export_id"], export);
    fetches(&triage, &export, "csv")
        .await
        .problem(409, "not_approved");
    county.approves_proposal(proposal).await;
    // It is for whoever asked, and nobody else.
    let colleague = house.triage().await.stepped_up().await;
    fetches(&colleague, &export, "csv")
        .await
        .problem(404, "not_found");
    fetches(&triage, &export, "pdf")
        .await
        .problem(404, "not_found");

    let csv = fetches(&triage, &export, "csv").await.expect(200);
    assert_eq!(csv.header("cache-control"), "no-store");
    assert!(csv.header("content-disposition").starts_with("attachment;"));
    let mut wanted = [formula.number.clone(), plain.number.clone()];
    wanted.sort();
    assert_eq!(numbers(&csv), wanted);
    let text = csv.text();
    assert!(text.starts_with("\u{feff}编号,类型,"), "{text}");
    assert!(
        text.contains("'=HYPERLINK") && text.contains("咨询"),
        "{text}"
    );
    for secret in [NAME, PHONE, hidden.number.as_str(), "confidential"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    let english = triage
        .get(&format!("/admin/exports/{export}/csv"))
        .header("accept-language", "en");
    assert!(
        english
            .send()
            .await
            .text()
            .starts_with("\u{feff}Number,Kind,")
    );

    let xlsx = fetches(&triage, &export, "xlsx").await.expect(200);
    let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(xlsx.body.clone())).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    assert_eq!(sheet.height(), 3);
    let cell = sheet
        .rows()
        .flatten()
        .find(|cell| cell.to_string().starts_with("=HYPERLINK"));
    assert!(matches!(cell, Some(Data::String(_))), "{cell:?}");
    let formulas = book.worksheet_formula("Sheet1").unwrap();
    assert!(formulas.is_empty());

    // Each time stands in the audit, of the export and of both cases.
    let count = |action: &str| {
        let sql = format!("SELECT count(*) FROM audit WHERE action = '{action}'");
        house.database.count(&sql)
    };
    assert_eq!((count("export_fetched"), count("case_exported")), (3, 6));
    // Three working days, and no more.
    house.clock_to("2026-11-06T09:00:00+08:00");
    fetches(&triage, &export, "csv")
        .await
        .problem(409, "proposal_void");
}

#[tokio::test]
async fn a_responsible_unit_has_its_brief_and_a_recused_person_nothing() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let county = house.county().await;
    let secret = "是会计老周家的二小子，我亲眼看见的";
    let filing = Filing::complaint().text(secret).confidential(NAME, PHONE);
    let (villager, id) = township.case_in("handling", &filing).await;
    let handler = house.handler().await.stepped_up().await;
    let export = granted(&handler, &county, json!({ "state": "open" })).await;
    let file = fetches(&handler, &export, "csv").await.expect(200);
    assert_eq!(numbers(&file), [villager.number.as_str()]);
    let text = file.text();
    assert!(text.contains(crate::support::actors::BRIEF), "{text}");
    for hidden in [secret, "09:00", "网上"] {
        assert!(!text.contains(hidden), "{hidden}: {text}");
    }
    // Whoever supervises reads the words, of a case that fits.
    let triage = house.triage().await.stepped_up().await;
    let export = granted(
        &triage,
        &county,
        json!({ "received_until": "2026-11-02", "category": "service" }),
    )
    .await;
    assert!(
        fetches(&triage, &export, "csv")
            .await
            .text()
            .contains(secret)
    );
    let none = granted(&triage, &county, json!({ "received_from": "2026-11-03" })).await;
    assert!(numbers(&fetches(&triage, &none, "csv").await).is_empty());
    // Recused since: the same export no longer holds it.
    let to = json!({ "type": "organisation", "id": places::committee(places::VILLAGE) });
    let body = json!({ "of": "myself", "to": to, "note": "近亲属" });
    triage
        .post("/admin/relations")
        .json(&body)
        .send()
        .await
        .expect(201);
    let targets = json!({ "targets": [{ "type": "organisation", "id": places::committee(places::VILLAGE) }], "reason": "查明对象" });
    let seen = township.triage.tries_to_open(&id).await.etag();
    let put = township
        .triage
        .put(&format!("/admin/complaints/{id}/targets"))
        .if_match(&seen);
    put.json(&targets).send().await.expect(200);
    assert!(numbers(&fetches(&triage, &export, "csv").await).is_empty());
}
