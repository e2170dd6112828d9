//! Two persons are two natural persons: whatever takes a second one, nobody is his own second under another account
//! (`contract.md` 4; security.md T9, 1.4.5).

use std::collections::BTreeSet;

use serde_json::json;

use crate::support::actors::{Staff, Township, publish_ledger};
use crate::support::inside::{Inside, Second};
use crate::support::sheets::Ledger;
use crate::support::{Answer, Filing, House, Villager, places};

const POLICY: &str = "PUT /admin/policies/{county_code}";
const CALENDAR: &str = "POST /admin/calendars";
const CATALOGUE: &str = "PUT /admin/catalogues/{region_code}";
const ZONE: &str = "POST /admin/zones";
const ZONE_CHANGE: &str = "PUT /admin/zones/{id}";
const RELATION: &str = "POST /admin/relations/{id}/end";
const CASE: &str = "POST /admin/complaints/{id}/actions";
const IDENTITY: &str = "POST /admin/identity-requests";
const RECEIPT: &str = "POST /admin/receipts/reissue";
const EXPORT: &str = "POST /admin/exports";
const ADD: &str = "POST /admin/staff";
const ACT: &str = "POST /admin/staff/{id}/actions";
const DISCLOSURE: &str = "POST /admin/disclosures/{id}/actions";
const STRIKE: &str = "POST /admin/obligations/{id}/strike";

/// Somebody who proposes, the same person as somebody who could approve, and somebody else who can.
struct Three<'a> {
    one: &'a Staff<'a>,
    alias: Staff<'a>,
    other: Staff<'a>,
}

/// What was tried: the operation, and of which matter.
type Tried = BTreeSet<(&'static str, String)>;

impl<'a> Three<'a> {
    /// `alias` becomes another account of `one`.
    fn of(house: &House, one: &'a Staff<'a>, alias: Staff<'a>, other: Staff<'a>) -> Self {
        house
            .inside
            .are_one_person(&house.database, &one.id, &alias.id);
        Self { one, alias, other }
    }

    /// The proposal that an answer names is not approved, nor refused, by the same person; by another it is.
    async fn agree(&self, tried: &mut Tried, operation: &'static str, answer: Answer) {
        let made = answer.ok();
        let proposal = made["proposal_id"]
            .as_str()
            .unwrap_or_else(|| panic!("{made}"));
        let path = format!("/admin/proposals/{proposal}");
        let seen = self.alias.get(&path).send().await.ok();
        let what = format!("{} {}", seen["subject"], seen["action"]).replace('"', "");
        assert_eq!(seen["may_decide"], false, "{what}");
        for approve in [true, false] {
            let answer = self.alias.decides(proposal, approve).await;
            answer.problem(403, "same_person");
            // The proposer's own account, where its role decides at all.
            let own = self.one.decides(proposal, approve).await;
            assert_eq!(own.status, 403, "{what}: {own:?}");
        }
        let seen = self.other.get(&path).send().await.ok();
        assert_eq!(
            (&seen["state"], &seen["may_decide"]),
            (&json!("waiting"), &json!(true)),
            "{what}"
        );
        self.other.approves_proposal(proposal).await;
        tried.insert((operation, what));
    }
}

async fn of_cases(house: &House, tried: &mut Tried) {
    let township = Township::of(house).await;
    let of_triage = Three::of(
        house,
        &township.triage,
        house.triage().await,
        house.triage().await,
    );
    let of_handler = Three::of(
        house,
        &township.handler,
        house.triage().await,
        house.triage().await,
    );
    let triage = &township.triage;
    let (_, declined) = township.case_in("accepted", &Filing::complaint()).await;
    let decline = json!({ "action": "decline", "reason_code": "court", "note": "已经起诉" });
    let answer = triage.tries(&declined, decline).await;
    of_triage.agree(tried, CASE, answer).await;

    let (_, into) = township.case_in("handling", &Filing::complaint()).await;
    let extend = json!({ "action": "extend", "working_days": 5, "reason": "雨天无法施工" });
    let answer = township.handler.tries(&into, extend).await;
    of_handler.agree(tried, CASE, answer).await;

    let (_, follower) = township.case_in("submitted", &Filing::complaint()).await;
    let merge = json!({ "action": "merge", "into_id": into, "reason": "同一件事" });
    let answer = triage.tries(&follower, merge).await;
    of_triage.agree(tried, CASE, answer).await;

    let filing = Filing::complaint().with("/may_publish_answer", true);
    let (_, answered) = township.case_in("under_review", &filing).await;
    let approve = json!({ "action": "approve", "note": "同意", "public_answer": "已更换路灯，可到村委会查看验收单。" });
    let answer = triage.tries(&answered, approve).await;
    of_triage.agree(tried, CASE, answer).await;

    let declared = json!({ "of": "myself", "note": "近亲属",
        "to": { "type": "organisation", "id": places::committee(places::OTHER_VILLAGE) } });
    let relation = triage
        .post("/admin/relations")
        .json(&declared)
        .send()
        .await
        .ok();
    let end = format!("/admin/relations/{}/end", relation["id"].as_str().unwrap());
    let answer = triage
        .post(&end)
        .json(&json!({ "reason": "已调离" }))
        .send()
        .await;
    of_triage.agree(tried, RELATION, answer).await;
}

async fn of_complainants(house: &House, tried: &mut Tried) {
    let triage = house.triage().await.stepped_up().await;
    let of_triage = Three::of(house, &triage, house.triage().await, house.triage().await);
    let of_county = Three::of(house, &triage, house.county().await, house.county().await);
    let filing = Filing::complaint().confidential("演示·王桂兰", "13845109876");
    let villager = Villager::files(house, &filing).await;
    let case = triage.finds(&villager).await;
    let asks = async |path: &str, body| triage.post(path).json(&body).send().await;

    let body = json!({ "complaint_id": case, "reason_code": "clarify",
        "reason": "地点说不清，需要电话联系本人核实" });
    let answer = asks("/admin/identity-requests", body).await;
    of_triage.agree(tried, IDENTITY, answer).await;

    // The county decides.
    let body = json!({ "complaint_id": case, "name": "演示·王桂兰",
        "reason": "持身份证到窗口，本人当面核对" });
    let answer = asks("/admin/receipts/reissue", body).await;
    of_county.agree(tried, RECEIPT, answer).await;

    let body = json!({ "which": {}, "reason": "年度核查需要汇总办理情况" });
    let answer = asks("/admin/exports", body).await;
    of_triage.agree(tried, EXPORT, answer).await;
}

async fn of_obligations(house: &House, tried: &mut Tried) {
    let clerk = house.clerk().await;
    let of_clerk = Three::of(house, &clerk, house.triage().await, house.triage().await);
    let event = json!({ "region_code": places::VILLAGE, "item": "special", "event_on": "2026-10-30",
        "title": "东屯机井更换水泵" });
    let made = clerk.post("/admin/obligations").json(&event).send().await;
    let made = made.expect(201).json();
    let path = format!("/admin/obligations/{}/strike", made["id"].as_str().unwrap());
    let reason = json!({ "reason": "记错了村" });
    let answer = clerk.post(&path).json(&reason).send().await;
    of_clerk.agree(tried, STRIKE, answer).await;
}

async fn of_configuration(house: &House, tried: &mut Tried) {
    let county = house.county().await;
    let of_county = Three::of(house, &county, house.county().await, house.county().await);
    let path = format!("/admin/policies/{}", places::COUNTY);
    // The ladder is a part of it.
    for (field, value) in [
        ("/posting_days", json!(20)),
        ("/ladder/0/to", json!(["unit", "supervising"])),
    ] {
        let mut policy = county.get(&path).send().await.ok()["policy"].clone();
        *policy.pointer_mut(field).unwrap() = value;
        let answer = county.put(&path).json(&policy).send().await;
        of_county.agree(tried, POLICY, answer).await;
    }

    let days = json!({ "region_code": places::COUNTY, "source": "区政府通知",
        "days": [{ "date": "2026-11-11", "kind": "off", "name": "建区纪念日" }] });
    let answer = county.post("/admin/calendars").json(&days).send().await;
    of_county.agree(tried, CALENDAR, answer).await;

    let path = format!("/admin/catalogues/{}", places::COUNTY);
    let shipped = house
        .reads(&format!("/regions/{}/catalogue", places::COUNTY))
        .await;
    let mut matter = shipped["items"][0].clone();
    for name in ["catalogue_region_code", "catalogue_version"] {
        matter.as_object_mut().unwrap().remove(name);
    }
    let body = json!({ "items": [matter], "reason": "先公开这一项" });
    let answer = county.put(&path).json(&body).send().await;
    of_county.agree(tried, CATALOGUE, answer).await;

    let mut zone = json!({ "county_code": places::COUNTY, "name": "第一片区", "reason": "交叉监督",
        "lead_organisation_id": places::bureau(places::COUNTY), "townships": [places::TOWNSHIP] });
    let answer = county.post("/admin/zones").json(&zone).send().await;
    of_county.agree(tried, ZONE, answer).await;
    let zones = county.get("/admin/zones").send().await.ok();
    let path = format!("/admin/zones/{}", zones["items"][0]["id"].as_str().unwrap());
    zone["townships"] = json!([places::TOWNSHIP, places::NEIGHBOUR]);
    let change = county.put(&path).if_match("\"1\"").json(&zone);
    of_county
        .agree(tried, ZONE_CHANGE, change.send().await)
        .await;
}

async fn of_accounts(house: &House, tried: &mut Tried) {
    let admin = house.sure_administrator().await;
    let of_admin = Three::of(house, &admin, house.county().await, house.county().await);
    // Each of the roles that take two persons.
    for (role, region) in [
        ("triage", places::TOWNSHIP),
        ("supervisor", places::COUNTY),
        ("auditor", places::COUNTY),
        ("administrator", places::COUNTY),
    ] {
        let body = json!({ "username": format!("new-{role}"), "display_name": "测试·新人", "role": role,
            "organisation_id": places::organ(region) });
        of_admin
            .agree(tried, ADD, admin.tries_to_add(&body).await)
            .await;
    }
    let mover = house.handler().await;
    let change = json!({ "action": "change", "role": "auditor",
        "organisation_id": places::organ(places::COUNTY) });
    let answer = admin.tries_with_account(&mover.id, change).await;
    of_admin.agree(tried, ACT, answer).await;
    let answer = admin
        .tries_with_account(&mover.id, json!({ "action": "reset" }))
        .await;
    of_admin.agree(tried, ACT, answer).await;
}

async fn of_disclosures(house: &House, tried: &mut Tried) {
    let october = Ledger::of(places::VILLAGE, "2026-10");
    let published = publish_ledger(house, &october).await;
    let id = published["id"].as_str().unwrap();
    let publisher = house.publisher().await;
    let of_agency = Three::of(
        house,
        &publisher,
        house.triage().await,
        house.triage().await,
    );
    let preview = publisher
        .previews(&october.with(0, "摘要", "另一句话"))
        .await;
    let answer = publisher.tries_to_correct(id, &preview, "摘要写错").await;
    of_agency.agree(tried, DISCLOSURE, answer).await;
    let withdraw = json!({ "action": "withdraw", "reason": "误传个人信息", "personal_data": true });
    let answer = publisher.tries_with_disclosure(id, withdraw).await;
    of_agency.agree(tried, DISCLOSURE, answer).await;
}

#[tokio::test]
async fn nobody_is_his_own_second_under_another_name() {
    let house = House::new().await;
    let mut tried = Tried::new();
    of_cases(&house, &mut tried).await;
    of_complainants(&house, &mut tried).await;
    // Before the catalogue changes.
    of_obligations(&house, &mut tried).await;
    of_configuration(&house, &mut tried).await;
    of_accounts(&house, &mut tried).await;
    of_disclosures(&house, &mut tried).await;
    // Every operation that proposes, and every matter that a second person is asked about.
    let operations: BTreeSet<String> = tried.iter().map(|(name, _)| (*name).to_owned()).collect();
    let proposing = |second| matches!(second, Second::Sometimes | Second::Always);
    let table = Inside::permissions().into_iter();
    let expected: BTreeSet<String> = table
        .filter(|row| proposing(row.second))
        .map(|row| row.name)
        .collect();
    assert_eq!(operations, expected, "each needs its attempt here");
    let matters: BTreeSet<String> = tried.into_iter().map(|(_, what)| what).collect();
    let expected = BTreeSet::from_iter(Inside::matters());
    assert_eq!(matters, expected, "each needs its attempt here");
}
