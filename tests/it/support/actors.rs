//! People. A verb is what somebody does and succeeds with; `tries…` gives back whatever came.

use std::sync::Mutex;

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use totp_rs::{Algorithm, Builder, Secret};

use super::app::{Answer, Call, House};
use super::db::next_number;
use super::inside::Hire;
use super::places;
use super::shapes;
use super::sheets::Ledger;

// ---------------------------------------------------------------- villagers

/// What somebody fills in.
#[derive(Debug, Clone)]
pub struct Filing(pub Value);

impl Filing {
    /// An anonymous complaint about nobody in 东风村.
    pub fn complaint() -> Self {
        Self(json!({
            "kind": "complaint",
            "region_code": places::VILLAGE,
            "category": "service",
            "text": "盖个章跑了三趟，每次都说人不在，也没人说啥时候在。",
            "targets": [],
            "attachments": [],
            "identity": { "mode": "anonymous" },
            "filed_by": "self",
            "may_publish_answer": false,
        }))
    }

    /// The same with a field set; `pointer` is a JSON pointer, its last part may be new.
    pub fn with(mut self, pointer: &str, value: impl Into<Value>) -> Self {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        match self.0.pointer_mut(parent).unwrap() {
            Value::Object(map) => {
                map.insert(name.to_owned(), value.into());
            }
            Value::Array(list) => match name.parse::<usize>() {
                Ok(index) if index < list.len() => list[index] = value.into(),
                _ => list.push(value.into()),
            },
            other => panic!("{pointer} in {other}"),
        }
        self
    }

    /// The same without a field.
    pub fn without(mut self, pointer: &str) -> Self {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let map = self.0.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        map.remove(name).unwrap();
        self
    }

    /// Of another kind.
    pub fn kind(self, kind: &str) -> Self {
        self.with("/kind", kind)
    }

    /// In another category.
    pub fn category(self, category: &str) -> Self {
        self.with("/category", category)
    }

    /// In other words.
    pub fn text(self, text: &str) -> Self {
        self.with("/text", text)
    }

    /// About something published.
    pub fn about(self, kind: &str, id: &str) -> Self {
        self.with("/about", json!({ "type": kind, "id": id }))
    }

    /// Against a unit.
    pub fn against_unit(self, id: &str) -> Self {
        self.with("/targets/-", json!({ "type": "organisation", "id": id }))
    }

    /// Against whoever holds a post.
    pub fn against_post(self, id: &str) -> Self {
        self.with("/targets/-", json!({ "type": "post", "id": id }))
    }

    /// Against the people of a level.
    pub fn against_group(self, group: &str) -> Self {
        self.with("/targets/-", json!({ "type": "group", "group": group }))
    }

    /// Against somebody described in words.
    pub fn against_other(self, text: &str) -> Self {
        self.with("/targets/-", json!({ "type": "other", "text": text }))
    }

    /// By somebody who may be reached, in confidence.
    pub fn confidential(self, name: &str, phone: &str) -> Self {
        self.with(
            "/identity",
            json!({ "mode": "confidential", "name": name, "phone": phone }),
        )
    }

    /// Sends it under a key.
    pub async fn send(&self, house: &House, key: &str) -> Answer {
        house
            .post("/complaints")
            .key(key)
            .json(&self.0)
            .send()
            .await
    }

    /// Sends it under a fresh key.
    pub async fn try_in(&self, house: &House) -> Answer {
        self.send(house, &house.fresh_key()).await
    }
}

/// Somebody with a receipt.
pub struct Villager<'a> {
    house: &'a House,
    /// The twenty digits.
    pub receipt: String,
    /// The number, which staff know too.
    pub number: String,
    /// What the filing answered.
    pub filed: Value,
}

impl<'a> Villager<'a> {
    /// Files and keeps the receipt.
    pub async fn files(house: &'a House, filing: &Filing) -> Self {
        let filed = filing.try_in(house).await.expect(201).json();
        Self {
            house,
            receipt: filed["receipt_code"].as_str().unwrap().to_owned(),
            number: filed["number"].as_str().unwrap().to_owned(),
            filed,
        }
    }

    /// Looks at the case.
    pub async fn reads(&self) -> Value {
        self.house
            .get("/receipt")
            .receipt(&self.receipt)
            .send()
            .await
            .expect(200)
            .json()
    }

    /// The state as the villager reads it.
    pub async fn state(&self) -> String {
        self.reads().await["state"].as_str().unwrap().to_owned()
    }

    /// What the villager may do now.
    pub async fn may(&self) -> Vec<String> {
        shapes::words(&self.reads().await["allowed_actions"])
    }

    async fn tries(&self, what: &str, body: Value) -> Answer {
        self.house
            .post(&format!("/receipt/{what}"))
            .receipt(&self.receipt)
            .key(&self.house.fresh_key())
            .json(&body)
            .send()
            .await
    }

    /// Writes a message.
    pub async fn tries_to_say(&self, text: &str) -> Answer {
        self.tries("messages", json!({ "text": text, "attachments": [] }))
            .await
    }

    /// Writes a message.
    pub async fn says(&self, text: &str) {
        self.tries_to_say(text).await.ok();
    }

    /// Adds what was asked for.
    pub async fn tries_to_supplement(&self, text: &str) -> Answer {
        self.tries("supplement", json!({ "text": text, "attachments": [] }))
            .await
    }

    /// Adds what was asked for.
    pub async fn supplements(&self, text: &str) {
        self.tries_to_supplement(text).await.ok();
    }

    /// Writes a message with photos.
    pub async fn tries_to_show(&self, text: &str, tokens: &[&str]) -> Answer {
        self.tries("messages", json!({ "text": text, "attachments": tokens }))
            .await
    }

    /// Looks at a photo of the case.
    pub async fn looks_at(&self, no: i32) -> Answer {
        self.house
            .get(&format!("/receipt/attachments/{no}"))
            .receipt(&self.receipt)
            .send()
            .await
    }

    /// Rates the answer.
    pub async fn tries_to_rate(&self, rating: &str) -> Answer {
        self.tries("rating", json!({ "rating": rating, "comment": "（测试）" }))
            .await
    }

    /// Rates the answer.
    pub async fn rates(&self, rating: &str) {
        self.tries_to_rate(rating).await.ok();
    }

    /// Does not accept it.
    pub async fn tries_to_dispute(&self, reason: &str) -> Answer {
        self.tries("dispute", json!({ "reason": reason })).await
    }

    /// Does not accept it.
    pub async fn disputes(&self, reason: &str) {
        self.tries_to_dispute(reason).await.ok();
    }

    /// Takes it back.
    pub async fn tries_to_withdraw(&self) -> Answer {
        self.tries("withdraw", json!({ "reason": "不想说了" }))
            .await
    }

    /// Takes it back.
    pub async fn withdraws(&self) {
        self.tries_to_withdraw().await.ok();
    }
}

// ---------------------------------------------------------------- staff

/// A long password that is in no list.
pub const PASSWORD: &str = "dongfeng-chun-shui-2026-test";

/// The code an account's phone shows.
pub fn totp_code(secret: [u8; 20], seconds: i64) -> String {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_secret(Secret::from(secret))
        .build_noncompliant()
        .generate(u64::try_from(seconds).unwrap())
        .to_string()
}

/// Somebody who works here, logged in.
pub struct Staff<'a> {
    house: &'a House,
    /// The account.
    pub id: String,
    /// The login name.
    pub username: String,
    /// Where letters go.
    pub email: String,
    /// The secret in the phone.
    pub totp_secret: [u8; 20],
    /// The access token.
    pub token: String,
    /// The one of a fresh code that was asked for in between.
    sure: Mutex<Option<String>>,
}

/// An account that has not logged in yet.
pub struct Account<'a> {
    house: &'a House,
    /// The account.
    pub id: String,
    /// The login name.
    pub username: String,
    /// Where letters go.
    pub email: String,
    /// The secret in the phone.
    pub totp_secret: [u8; 20],
}

impl<'a> Account<'a> {
    /// A fresh account.
    pub async fn hired(house: &'a House, role: &str, unit: &str, region: &str) -> Self {
        let number = next_number();
        let username = format!("{}-{number}", role.replace('_', "-"));
        let email = format!("{username}@example.invalid");
        let mut totp_secret = [7; 20];
        totp_secret[..4].copy_from_slice(&number.to_be_bytes());
        let id = house
            .inside
            .hire(&Hire {
                username: &username,
                role,
                organisation_id: unit,
                region_code: region,
                email: &email,
                password: PASSWORD,
                totp_secret,
            })
            .await;
        Self {
            house,
            id,
            username,
            email,
            totp_secret,
        }
    }

    /// The code the phone shows now.
    pub fn code(&self) -> String {
        self.code_at(0)
    }

    /// The code the phone shows some seconds from now.
    pub fn code_at(&self, seconds: i64) -> String {
        let now = self.house.inside.wall_time().seconds();
        totp_code(self.totp_secret, now + seconds)
    }

    /// Whatever a login answers.
    pub async fn tries(&self, password: &str, code: &str) -> Answer {
        self.house
            .post("/auth/login")
            .json(&json!({ "username": self.username, "password": password, "totp_code": code }))
            .send()
            .await
    }

    /// Logs in.
    pub async fn logs_in(self) -> Staff<'a> {
        let session = self.tries(PASSWORD, &self.code()).await.expect(200).json();
        Staff {
            house: self.house,
            id: self.id,
            username: self.username,
            email: self.email,
            totp_secret: self.totp_secret,
            token: session["access_token"].as_str().unwrap().to_owned(),
            sure: Mutex::default(),
        }
    }
}

impl House {
    /// Somebody with a role in a unit, logged in.
    pub async fn staff(&self, role: &str, unit: &str, region: &str) -> Staff<'_> {
        Account::hired(self, role, unit, region)
            .await
            .logs_in()
            .await
    }

    /// 东风村报账员
    pub async fn clerk(&self) -> Staff<'_> {
        let unit = places::committee(places::VILLAGE);
        self.staff("village_clerk", &unit, places::VILLAGE).await
    }

    /// 东风村村务监督委员会主任
    pub async fn committee(&self) -> Staff<'_> {
        let unit = places::supervision_committee(places::VILLAGE);
        self.staff("committee_member", &unit, places::VILLAGE).await
    }

    /// 团结镇代理会计
    pub async fn publisher(&self) -> Staff<'_> {
        let unit = places::agency(places::TOWNSHIP);
        self.staff("publisher", &unit, places::TOWNSHIP).await
    }

    /// 团结镇纪委分办员; every call hires another one.
    pub async fn triage(&self) -> Staff<'_> {
        let unit = places::organ(places::TOWNSHIP);
        self.staff("triage", &unit, places::TOWNSHIP).await
    }

    /// 民主镇纪委分办员
    pub async fn neighbour_triage(&self) -> Staff<'_> {
        let unit = places::organ(places::NEIGHBOUR);
        self.staff("triage", &unit, places::NEIGHBOUR).await
    }

    /// 团结镇政府承办人; every call hires another one.
    pub async fn handler(&self) -> Staff<'_> {
        self.handler_of(&places::government(places::TOWNSHIP)).await
    }

    /// Somebody who does the work in a unit; its region is in its id.
    pub async fn handler_of(&self, unit: &str) -> Staff<'_> {
        let region = &unit[unit.len() - 12..];
        self.staff("handler", unit, region).await
    }

    /// 道外区纪委监委督办员
    pub async fn county(&self) -> Staff<'_> {
        let unit = places::organ(places::COUNTY);
        self.staff("supervisor", &unit, places::COUNTY).await
    }

    /// 道里区纪委监委督办员
    pub async fn other_county(&self) -> Staff<'_> {
        let unit = places::organ(places::OTHER_COUNTY);
        self.staff("supervisor", &unit, places::OTHER_COUNTY).await
    }

    /// 哈尔滨市纪委监委督办员
    pub async fn city(&self) -> Staff<'_> {
        let unit = places::organ(places::CITY);
        self.staff("supervisor", &unit, places::CITY).await
    }

    /// 审计
    pub async fn auditor(&self) -> Staff<'_> {
        let unit = places::organ(places::COUNTY);
        self.staff("auditor", &unit, places::COUNTY).await
    }

    /// The same, who has just proved with a fresh code that it is still him.
    pub async fn sure_administrator(&self) -> Staff<'_> {
        self.administrator().await.stepped_up().await
    }

    /// 道外区系统管理员
    pub async fn administrator(&self) -> Staff<'_> {
        let unit = places::organ(places::COUNTY);
        self.staff("administrator", &unit, places::COUNTY).await
    }
}

impl Staff<'_> {
    /// The access token.
    pub fn token(&self) -> &str {
        &self.token
    }

    // ---- one's own session

    /// Whatever a fresh code answers, as the phone shows it some seconds from now.
    pub async fn tries_to_step_up(&self, seconds: i64) -> Answer {
        let now = self.house.inside.wall_time().seconds();
        let code = totp_code(self.totp_secret, now + seconds);
        self.post("/auth/step-up")
            .json(&json!({ "totp_code": code }))
            .send()
            .await
    }

    /// Proves with the phone's next code (this one opened the door) that it is still the same person; the token that
    /// may do sensitive things is the one used from now on.
    pub async fn stepped_up(mut self) -> Self {
        let view = self.tries_to_step_up(30).await.expect(200).json();
        self.token = view["access_token"].as_str().unwrap().to_owned();
        self
    }

    // ---- other people's accounts

    /// Whatever making an account answers.
    pub async fn tries_to_add(&self, body: &Value) -> Answer {
        self.post("/admin/staff").json(body).send().await
    }

    /// Whatever doing something with an account answers, about the version seen.
    pub async fn tries_with_account(&self, id: &str, action: Value) -> Answer {
        let seen = self.get(&format!("/admin/staff/{id}")).send().await;
        let version = match seen.status {
            200 => seen.etag(),
            _ => "\"1\"".to_owned(),
        };
        self.post(&format!("/admin/staff/{id}/actions"))
            .if_match(&version)
            .json(&action)
            .send()
            .await
    }

    /// A read of the staff plane.
    pub fn get(&self, path: &str) -> Call {
        self.house.get(path).bearer(&self.token)
    }

    /// A write of the staff plane.
    pub fn post(&self, path: &str) -> Call {
        self.house.post(path).bearer(&self.token)
    }

    /// A change of the staff plane.
    pub fn put(&self, path: &str) -> Call {
        self.house
            .call(reqwest::Method::PUT, path)
            .bearer(&self.token)
    }

    // ---- policies and calendars

    /// Proposes another policy for 道外区: the one in force with a change in it; the proposal.
    pub async fn proposes_policy(&self, change: impl FnOnce(&mut Value)) -> String {
        let path = format!("/admin/policies/{}", places::COUNTY);
        let seen = self.get(&path).send().await.expect(200).json();
        let mut policy = seen["policy"].clone();
        change(&mut policy);
        let made = self
            .put(&path)
            .json(&policy)
            .send()
            .await
            .expect(202)
            .json();
        shapes::has(&made, "proposal_id expires_at");
        made["proposal_id"].as_str().unwrap().to_owned()
    }

    /// Proposes a change of the calendar; the proposal and what it would move.
    pub async fn proposes_calendar(&self, change: &Value) -> (String, Value) {
        let made = self
            .post("/admin/calendars")
            .json(change)
            .send()
            .await
            .expect(202)
            .json();
        shapes::has(&made, "proposal_id expires_at preview");
        let id = made["proposal_id"].as_str().unwrap().to_owned();
        (id, made["preview"].clone())
    }

    /// Is the second person.
    /// With the phone's next code where one is asked for, as the staff web does it.
    pub async fn approves_proposal(&self, proposal: &str) {
        let said = self.says_yes(proposal).await;
        let done = said.expect(200).json();
        assert_eq!(done["state"], "approved");
    }

    // ---- cases

    /// The queue, with a query such as `q=…` or nothing.
    pub async fn queue(&self, query: &str) -> Vec<Value> {
        let list = self
            .get(&format!("/admin/complaints?{query}"))
            .send()
            .await
            .expect(200)
            .json();
        shapes::items(&list)
    }

    /// Finds a case by its number; its id.
    pub async fn finds(&self, villager: &Villager<'_>) -> String {
        let found = self.queue(&format!("q={}", villager.number)).await;
        assert_eq!(found.len(), 1, "{} finds {found:?}", self.username);
        assert_eq!(found[0]["number"], villager.number.as_str());
        found[0]["id"].as_str().unwrap().to_owned()
    }

    /// Whether the number leads anywhere.
    pub async fn does_not_find(&self, villager: &Villager<'_>) {
        let found = self.queue(&format!("q={}", villager.number)).await;
        assert!(found.is_empty(), "{} finds {found:?}", self.username);
    }

    /// Whatever opening a case answers.
    pub async fn tries_to_open(&self, id: &str) -> Answer {
        self.get(&format!("/admin/complaints/{id}")).send().await
    }

    /// Opens a case.
    pub async fn opens(&self, id: &str) -> Value {
        self.tries_to_open(id).await.expect(200).json()
    }

    /// To this person the case does not exist.
    pub async fn cannot_open(&self, id: &str) {
        self.tries_to_open(id).await.problem(404, "not_found");
    }

    /// What this person may do with a case now.
    pub async fn may(&self, id: &str) -> Vec<String> {
        shapes::words(&self.opens(id).await["allowed_actions"])
    }

    /// Sends an action about the version given.
    pub async fn sends(&self, id: &str, version: &str, action: &Value) -> Answer {
        self.post(&format!("/admin/complaints/{id}/actions"))
            .if_match(version)
            .json(action)
            .send()
            .await
    }

    /// Opens the case and sends an action about what was seen. To whom the case does not exist, the version
    /// is a guess.
    pub async fn tries(&self, id: &str, action: Value) -> Answer {
        let seen = self.tries_to_open(id).await;
        let version = match seen.status {
            200 => seen.etag(),
            _ => "\"1\"".to_owned(),
        };
        self.sends(id, &version, &action).await
    }

    /// Does something; the view after it.
    pub async fn acts(&self, id: &str, action: Value) -> Value {
        self.tries(id, action).await.expect(200).json()
    }

    /// Proposes something that takes two persons; what the proposal was answered with.
    pub async fn proposes(&self, id: &str, action: Value) -> Value {
        self.tries(id, action).await.expect(202).json()
    }

    /// The proposals that wait and that this person sees.
    pub async fn waiting(&self) -> Vec<Value> {
        let list = self
            .get("/admin/proposals?state=waiting")
            .send()
            .await
            .expect(200)
            .json();
        shapes::items(&list)
    }

    /// Whatever deciding a proposal answers.
    pub async fn decides(&self, proposal: &str, approve: bool) -> Answer {
        self.post(&format!("/admin/proposals/{proposal}/decision"))
            .json(&json!({ "approve": approve, "note": "（测试）" }))
            .send()
            .await
    }

    /// Approves, and shows the phone's next code where one is asked for; whatever it answers.
    pub async fn says_yes(&self, proposal: &str) -> Answer {
        let decides = |token: &str| {
            let call = self
                .house
                .post(&format!("/admin/proposals/{proposal}/decision"));
            call.bearer(token)
                .json(&json!({ "approve": true, "note": "（测试）" }))
                .send()
        };
        let sure = self.sure.lock().unwrap().clone();
        let said = decides(sure.as_deref().unwrap_or(&self.token)).await;
        if said.status != 403 || said.json()["code"] != "step_up_required" {
            return said;
        }
        let view = self.tries_to_step_up(30).await.expect(200).json();
        let token = view["access_token"].as_str().unwrap().to_owned();
        let said = decides(&token).await;
        *self.sure.lock().unwrap() = Some(token);
        said
    }

    /// 受理
    pub async fn accepts(&self, id: &str) -> Value {
        self.acts(id, json!({ "action": "accept" })).await
    }

    /// 要求补正
    pub async fn asks_for(&self, id: &str, note: &str) -> Value {
        self.acts(id, json!({ "action": "request_supplement", "note": note }))
            .await
    }

    /// 转办
    pub async fn dispatches(&self, id: &str, unit: &str, brief: &str) -> Value {
        self.acts(id, dispatch(unit, brief)).await
    }

    /// 退回
    pub async fn returns(&self, id: &str) -> Answer {
        self.tries(id, json!({ "action": "return", "reason": "不归我们管" }))
            .await
    }

    /// 开始办理
    pub async fn starts(&self, id: &str) -> Value {
        self.acts(id, json!({ "action": "start" })).await
    }

    /// 提交答复
    pub async fn answers(&self, id: &str) -> Value {
        self.acts(id, answer("查过了，值班人员当天外出开会。"))
            .await
    }

    /// 审核通过
    pub async fn approves(&self, id: &str) -> Value {
        self.acts(id, json!({ "action": "approve", "note": "同意" }))
            .await
    }

    /// 留言
    pub async fn writes(&self, id: &str, text: &str) -> Value {
        self.acts(id, json!({ "action": "message", "text": text }))
            .await
    }

    // ---- disclosures

    /// Whatever a preview of a file answers.
    pub async fn tries_to_preview(
        &self,
        bytes: Vec<u8>,
        file_name: &str,
        region: &str,
        period: &str,
    ) -> Answer {
        self.hands_in(bytes, file_name, region, period).send().await
    }

    /// The request that previews a file.
    pub fn hands_in(&self, bytes: Vec<u8>, file_name: &str, region: &str, period: &str) -> Call {
        self.hands_in_as("ledger", bytes, file_name, region, period, &[])
    }

    /// The request that previews a file of a kind, with more fields of the form.
    pub fn hands_in_as(
        &self,
        kind: &str,
        bytes: Vec<u8>,
        file_name: &str,
        region: &str,
        period: &str,
        more: &[(&'static str, &str)],
    ) -> Call {
        let form = sheet_form(kind, bytes, file_name, region, period, more);
        self.post("/admin/disclosures/preview").form(form)
    }

    /// The request that has a file of a kind marked.
    pub fn has_marked(
        &self,
        kind: &str,
        bytes: Vec<u8>,
        file_name: &str,
        region: &str,
        period: &str,
        more: &[(&'static str, &str)],
    ) -> Call {
        let form = sheet_form(kind, bytes, file_name, region, period, more);
        self.post("/admin/disclosures/preview/marked").form(form)
    }

    /// Previews a workbook of 东风村.
    pub async fn previews(&self, ledger: &Ledger) -> Value {
        self.tries_to_preview(
            ledger.xlsx(),
            "ledger.xlsx",
            places::VILLAGE,
            &ledger.period,
        )
        .await
        .ok()
    }

    /// Previews a good workbook and drafts it.
    pub async fn drafts(&self, ledger: &Ledger) -> Value {
        let preview = self.previews(ledger).await;
        assert_eq!(preview["errors"], json!([]), "{preview}");
        self.tries_to_draft(&preview).await.expect(201).json()
    }

    /// Whatever drafting a preview answers.
    pub async fn tries_to_draft(&self, preview: &Value) -> Answer {
        self.post("/admin/disclosures")
            .key(&self.house.fresh_key())
            .json(&json!({ "preview_id": preview["preview_id"] }))
            .send()
            .await
    }

    /// Does something to a disclosure, about the version seen.
    pub async fn tries_with_disclosure(&self, id: &str, action: Value) -> Answer {
        let seen = self.get(&format!("/admin/disclosures/{id}")).send().await;
        let version = match seen.status {
            200 => seen.etag(),
            _ => "\"1\"".to_owned(),
        };
        self.post(&format!("/admin/disclosures/{id}/actions"))
            .if_match(&version)
            .json(&action)
            .send()
            .await
    }

    /// Signs.
    pub async fn signs(&self, id: &str) -> Value {
        self.tries_with_disclosure(id, json!({ "action": "sign", "note": "属实" }))
            .await
            .expect(200)
            .json()
    }

    /// Publishes.
    pub async fn publishes(&self, id: &str) -> Value {
        self.tries_with_disclosure(id, json!({ "action": "publish" }))
            .await
            .expect(200)
            .json()
    }

    /// Whatever asking for a correction answers.
    pub async fn tries_to_correct(&self, id: &str, preview: &Value, reason: &str) -> Answer {
        let preview = &preview["preview_id"];
        let action = json!({ "action": "correct", "preview_id": preview, "reason": reason });
        self.tries_with_disclosure(id, action).await
    }

    /// Hands in another sheet and proposes that it takes the place of what is published; the proposal.
    pub async fn proposes_correction(&self, id: &str, ledger: &Ledger, reason: &str) -> String {
        let preview = self.previews(ledger).await;
        assert_eq!(preview["errors"], json!([]), "{preview}");
        let made = self.tries_to_correct(id, &preview, reason).await;
        let made = made.expect(202).json();
        made["proposal_id"].as_str().unwrap().to_owned()
    }

    /// Proposes to take back what is published; the proposal.
    pub async fn proposes_withdrawal(&self, id: &str, reason: &str) -> String {
        let action = json!({ "action": "withdraw", "reason": reason });
        let made = self.tries_with_disclosure(id, action).await.expect(202);
        made.json()["proposal_id"].as_str().unwrap().to_owned()
    }

    /// Records the photo of a sheet signed on paper.
    pub async fn tries_to_record_paper(&self, id: &str, token: &str) -> Answer {
        let action = json!({ "action": "sign", "paper_file": token, "note": "见签字表" });
        self.tries_with_disclosure(id, action).await
    }
}

/// The action `dispatch`.
pub fn dispatch(unit: &str, brief: &str) -> Value {
    json!({ "action": "dispatch", "organisation_id": unit, "brief": brief })
}

/// The action `submit_answer`.
pub fn answer(facts: &str) -> Value {
    json!({
        "action": "submit_answer",
        "facts": facts,
        "basis": "值班登记表",
        "result": "resolved",
        "remedy": "门口已贴出值班电话，外出时有人代班。",
    })
}

/// What the responsible unit reads by default.
pub const BRIEF: &str = "有群众反映办事盖章来回跑，请核实值班情况。";

/// The people of a township through whose hands a case goes.
pub struct Township<'a> {
    house: &'a House,
    /// 纪委分办员
    pub triage: Staff<'a>,
    /// 镇政府承办人
    pub handler: Staff<'a>,
}

impl<'a> Township<'a> {
    /// Hires them.
    pub async fn of(house: &'a House) -> Self {
        Self {
            house,
            triage: house.triage().await,
            handler: house.handler().await,
        }
    }

    /// A case brought to a state, at the present case time; the villager and the id.
    pub async fn case_in(&self, state: &str, filing: &Filing) -> (Villager<'a>, String) {
        const WAY: [&str; 7] = [
            "submitted",
            "accepted",
            "dispatched",
            "handling",
            "under_review",
            "answered",
            "closed",
        ];
        let villager = Villager::files(self.house, filing).await;
        let id = self.triage.finds(&villager).await;
        match state {
            "awaiting_supplement" => {
                self.triage.asks_for(&id, "请补充时间和地点").await;
            }
            "withdrawn" => villager.withdraws().await,
            _ => {
                let steps = WAY.iter().position(|word| *word == state).unwrap();
                for step in &WAY[1..=steps] {
                    self.goes_on(&villager, &id, step).await;
                }
            }
        }
        assert_eq!(villager.state().await, state);
        (villager, id)
    }

    async fn goes_on(&self, villager: &Villager<'_>, id: &str, to: &str) {
        let unit = places::government(places::TOWNSHIP);
        match to {
            "accepted" => self.triage.accepts(id).await,
            "dispatched" => self.triage.dispatches(id, &unit, BRIEF).await,
            "handling" => self.handler.starts(id).await,
            "under_review" => self.handler.answers(id).await,
            "answered" => self.triage.approves(id).await,
            _ => {
                villager.rates("satisfied").await;
                Value::Null
            }
        };
    }
}

/// A ledger drafted, signed and published; its view.
pub async fn publish_ledger(house: &House, ledger: &Ledger) -> Value {
    let (clerk, committee, publisher) = (
        house.clerk().await,
        house.committee().await,
        house.publisher().await,
    );
    let draft = clerk.drafts(ledger).await;
    let id = draft["id"].as_str().unwrap();
    committee.signs(id).await;
    publisher.publishes(id).await
}

/// The form with which a sheet is handed in.
fn sheet_form(
    kind: &str,
    bytes: Vec<u8>,
    file_name: &str,
    region: &str,
    period: &str,
    more: &[(&'static str, &str)],
) -> Form {
    let part = Part::bytes(bytes).file_name(file_name.to_owned());
    let mut form = Form::new()
        .text("region_code", region.to_owned())
        .text("kind", kind.to_owned())
        .text("period", period.to_owned());
    for (name, value) in more {
        form = form.text(*name, (*value).to_owned());
    }
    form.part("file", part)
}
