//! A lost receipt: the county gives out a new code to whoever shows to be the one who filed, and the old one is dead.

use serde_json::{Value, json};

use crate::support::actors::Staff;
use crate::support::{Answer, Filing, House, Villager, shapes};

const NAME: &str = "演示·李长山";
const PHONE: &str = "13904511234";
const HOW: &str = "本人持身份证到窗口，已核对照片";

fn confidential() -> Filing {
    Filing::complaint().confidential(NAME, PHONE)
}

async fn tries_to_ask(staff: &Staff<'_>, id: &str, name: &str, phone: &str) -> Answer {
    let body = json!({ "complaint_id": id, "name": name, "phone": phone, "reason": HOW });
    staff
        .post("/admin/receipts/reissue")
        .json(&body)
        .send()
        .await
}

async fn asks(staff: &Staff<'_>, id: &str, name: &str, phone: &str) -> String {
    let made = tries_to_ask(staff, id, name, phone)
        .await
        .expect(202)
        .json();
    made["proposal_id"].as_str().unwrap().to_owned()
}

async fn fetches(staff: &Staff<'_>, request: &str, key: Option<&str>) -> Answer {
    let call = staff.post(&format!("/admin/vault/receipts/{request}/reissue"));
    match key {
        Some(key) => call.key(key).send().await,
        None => call.send().await,
    }
}

async fn is_dead(house: &House, receipt: &str) {
    let answer = house.get("/receipt").receipt(receipt).send().await;
    answer.problem(404, "receipt_unknown");
}

fn seen(view: &Value) -> Vec<(String, i64)> {
    let looks = view["identity_views"].as_array().unwrap().iter();
    looks
        .map(|look| {
            let reason = look["reason_code"].as_str().unwrap().to_owned();
            (reason, look["level"].as_i64().unwrap())
        })
        .collect()
}

#[tokio::test]
async fn the_county_gives_out_a_new_code_and_the_old_one_is_dead() {
    let house = House::new().await;
    let triage = house.triage().await.stepped_up().await;
    let (colleague, county) = (house.triage().await, house.county().await);
    let filing = confidential();
    let filed_under = house.fresh_key();
    let filed = filing.send(&house, &filed_under).await.expect(201).json();
    let old = filed["receipt_code"].as_str().unwrap();
    let number = filed["number"].as_str().unwrap();
    let id = triage.queue(&format!("q={number}")).await[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();

    // Written otherwise, it is the same man; a wrong telephone would not be.
    let request = asks(&triage, &id, " 演示·李长山 ", "+86 139 0451 1234").await;
    house.worker().await;
    let written = house.everything_written();
    assert!(!written.contains(PHONE) && !written.contains(NAME) && !written.contains("0451 1234"));
    // The county, not the township's own organ.
    colleague
        .decides(&request, true)
        .await
        .problem(404, "not_found");
    let waiting = county.waiting().await;
    assert_eq!(waiting[0]["action"], "reissue_receipt");
    assert!(
        !waiting[0].to_string().contains("李长山"),
        "the second person reads nothing of it"
    );
    fetches(&triage, &request, None)
        .await
        .problem(409, "not_approved");
    county.approves_proposal(&request).await;
    let still = house.get("/receipt").receipt(old).send().await;
    still.expect(200);

    let key = house.fresh_key();
    let given = fetches(&triage, &request, Some(&key)).await.expect(200);
    assert_eq!(given.header("cache-control"), "no-store");
    let given = given.json();
    let new = given["receipt_code"].as_str().unwrap();
    assert_eq!((new.len(), given["number"].as_str().unwrap()), (20, number));
    assert_ne!(new, old);
    is_dead(&house, old).await;
    let view = house.get("/receipt").receipt(new).send().await.ok();
    assert_eq!(view["number"], number);
    assert_eq!(seen(&view), [("receipt_reissued".to_owned(), 1)]);
    // An answer lost on its way comes again under its key, and under no other.
    let again = fetches(&triage, &request, Some(&key)).await.expect(200);
    assert_eq!(again.header("idempotent-replay"), "true");
    assert_eq!(again.json()["receipt_code"], new);
    let other = house.fresh_key();
    for key in [None, Some(other.as_str())] {
        fetches(&triage, &request, key)
            .await
            .problem(409, "shown_once");
    }
    // The phone that filed comes back after weeks: the code it would derive is not shown as if it were alive.
    let replay = filing.send(&house, &filed_under).await;
    let told = replay.clone().problem(409, "receipt_reissued");
    assert!(!told.to_string().contains(old), "{told}");
    // Nobody shows what was shown any more.
    let kept = "SELECT count(*) FROM identity_requests WHERE shown IS NOT NULL";
    assert_eq!(house.database.count(kept), 0);

    // Once more: what the first key derived is dead too, and says so.
    let request = asks(&triage, &id, NAME, PHONE).await;
    county.approves_proposal(&request).await;
    let third = fetches(&triage, &request, None).await.expect(200).json();
    is_dead(&house, new).await;
    let view = house
        .get("/receipt")
        .receipt(third["receipt_code"].as_str().unwrap())
        .send()
        .await
        .ok();
    assert_eq!(seen(&view).len(), 2);
    house.worker().await;
    assert!(house.inside.audit_faults().await.is_empty());
}

#[tokio::test]
async fn who_is_not_the_one_who_filed_gets_nothing_and_the_complainant_sees_it() {
    let house = House::new().await;
    let triage = house.triage().await.stepped_up().await;
    let county = house.county().await;
    let villager = Villager::files(&house, &confidential()).await;
    let id = triage.finds(&villager).await;
    for (name, phone) in [("演示·别人", PHONE), (NAME, "13900000000"), ("", PHONE)] {
        let request = asks(&triage, &id, name, phone).await;
        county.approves_proposal(&request).await;
        fetches(&triage, &request, None)
            .await
            .problem(409, "identity_mismatch");
        // There is no second guess in one approval.
        fetches(&triage, &request, None)
            .await
            .problem(409, "shown_once");
    }
    let view = villager.reads().await;
    assert_eq!(seen(&view), vec![("reissue_refused".to_owned(), 1); 3]);
    // Nobody learns anything alone.
    let request = asks(&triage, &id, NAME, PHONE).await;
    let unasked = fetches(&triage, &request, None).await;
    unasked.problem(409, "not_approved");
    county.decides(&request, false).await.expect(200);
    fetches(&triage, &request, None)
        .await
        .problem(409, "not_approved");
    assert_eq!(seen(&villager.reads().await).len(), 3);
    // What was shown for nothing is forgotten with the next day.
    house.comes_to("2026-11-03T09:00:00+08:00").await;
    let kept = "SELECT count(*) FROM identity_requests WHERE shown IS NOT NULL";
    assert_eq!(house.database.count(kept), 0);
}

#[tokio::test]
async fn what_cannot_be_issued_anew() {
    let house = House::new().await;
    let triage = house.triage().await.stepped_up().await;
    let anonymous = Villager::files(&house, &Filing::complaint()).await;
    let id = triage.finds(&anonymous).await;
    tries_to_ask(&triage, &id, NAME, PHONE)
        .await
        .problem(409, "case_anonymous");
    let known = Villager::files(&house, &confidential()).await;
    let id = triage.finds(&known).await;
    tries_to_ask(&triage, &id, "", " ")
        .await
        .faulty("/name", "required");
    let path = "/admin/receipts/reissue";
    let short = json!({ "complaint_id": id, "name": NAME, "reason": "丢了" });
    triage
        .post(path)
        .json(&short)
        .send()
        .await
        .faulty("/reason", "too_short");
    let colleague = house.triage().await;
    let body = json!({ "complaint_id": id, "name": NAME, "reason": HOW });
    let stale = colleague.post(path).json(&body).send().await;
    stale.problem(403, "step_up_required");
    let stranger = house.neighbour_triage().await.stepped_up().await;
    tries_to_ask(&stranger, &id, NAME, PHONE)
        .await
        .problem(404, "not_found");
    // Where the vault is not, nothing is used up.
    let county = house.county().await;
    let request = asks(&triage, &id, NAME, "").await;
    county.approves_proposal(&request).await;
    let front = house.door_without_vault().await;
    let call = front.post(&format!("/admin/vault/receipts/{request}/reissue"));
    call.bearer(&triage.token)
        .send()
        .await
        .problem(503, "vault_elsewhere");
    // What somebody sealed as a case's identity does not pass for what was shown.
    house.database.run_with(
        "UPDATE identity_requests SET shown = (SELECT i.sealed FROM complaint_identities i WHERE i.complaint_id = $1) WHERE proposal_id = $2",
        &[&id, &request],
    );
    fetches(&triage, &request, None)
        .await
        .problem(409, "seal_altered");
    assert_eq!(seen(&known.reads().await), []);
    shapes::has(&known.reads().await, "identity_views");
}
