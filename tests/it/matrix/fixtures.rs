//! With what each operation is tried: on what kind of object, and with the least body that passes every check but that
//! of permission. A new operation needs an entry here.

use serde_json::{Value, json};

use super::world::{Kind, zone_body};
use crate::support::inside::data;
use crate::support::{Filing, places};

/// A body.
#[derive(Debug, Clone)]
pub enum Body {
    /// None.
    None,
    /// JSON; `$role` and `$id` in it stand for the role and the object.
    Json(Value),
    /// A form with a picture.
    Picture,
    /// The county's policy with a change in it.
    Policy,
    /// A form with a ledger of the village that is the object.
    Ledger,
}

/// With what an operation is tried.
#[derive(Debug, Clone)]
pub struct Fixture {
    /// On what.
    pub kind: Kind,
    /// With what body.
    pub body: Body,
    /// With what query.
    pub query: &'static str,
    /// `If-Match` with the version of the object: its table, and the column.
    pub version: Option<(&'static str, &'static str)>,
    /// What it answers where it is allowed; empty: 2xx.
    pub allowed: &'static [u16],
    /// What it answers about what is not within reach.
    pub absent: (u16, &'static str),
    /// Roles of the row that are refused this body, or cannot see this object, and what they are answered.
    pub but: &'static [(&'static str, u16)],
    /// For a list: whose ids must be in it, and whose must not.
    pub lists: Kind,
}

fn on(kind: Kind) -> Fixture {
    Fixture {
        kind,
        body: Body::None,
        query: "",
        version: None,
        allowed: &[],
        absent: (404, "not_found"),
        but: &[],
        lists: Kind::None,
    }
}

fn list_of(lists: Kind) -> Fixture {
    Fixture {
        lists,
        query: "?limit=100",
        ..on(Kind::None)
    }
}

impl Fixture {
    fn json(self, body: Value) -> Self {
        Self {
            body: Body::Json(body),
            ..self
        }
    }

    fn query(self, query: &'static str) -> Self {
        Self { query, ..self }
    }

    fn seen(self, table: &'static str, column: &'static str) -> Self {
        Self {
            version: Some((table, column)),
            ..self
        }
    }

    fn allowed(self, allowed: &'static [u16]) -> Self {
        Self { allowed, ..self }
    }

    fn absent(self, status: u16, code: &'static str) -> Self {
        Self {
            absent: (status, code),
            ..self
        }
    }

    fn but(self, but: &'static [(&'static str, u16)]) -> Self {
        Self { but, ..self }
    }

    fn body(self, body: Body) -> Self {
        Self { body, ..self }
    }
}

/// A day off of the county's own.
fn days() -> Value {
    json!({ "region_code": places::COUNTY, "source": "区政府通知", "reason": "请复核",
        "days": [{ "date": "2026-11-11", "kind": "off", "name": "建区纪念日" }] })
}

/// A list of one item in the county's shape.
fn power_file(region: &str, code: &str) -> Value {
    let mut file: Value = serde_json::from_str(&data("powers-template.json")).unwrap();
    let mut item = file["items"][0].clone();
    item["code"] = json!(code);
    file["region_code"] = json!(region);
    file["items"] = json!([item]);
    file
}

/// A catalogue with one matter.
fn catalogue() -> Value {
    json!({ "reason": "请复核", "items": [{ "code": "ledger", "name": "财务收支逐笔公开",
        "kind": "ledger", "basis": [{ "text": "本县规定", "source": "local" }],
        "frequency": "monthly", "due": { "rule": "day_of_month", "months_after": 1, "day": 10 },
        "responsible": "村民委员会", "channel": "村务公开栏", "level": "village" }] })
}

/// The fixture of an operation, by its name in the permission table.
pub fn of(operation: &str) -> Option<Fixture> {
    let filing = Filing::complaint();
    Some(match operation {
        // Public.
        "GET /time" | "GET /regions" | "GET /categories" => on(Kind::None),
        "GET /regions/{code}"
        | "GET /regions/{code}/organisations"
        | "GET /regions/{code}/powers"
        | "GET /regions/{code}/disclosures"
        | "GET /regions/{code}/obligations"
        | "GET /regions/{code}/catalogue"
        | "GET /regions/{code}/catalogue.{format}"
        | "GET /regions/{code}/questions"
        | "GET /regions/{code}/feed.atom" => on(Kind::County).allowed(&[200, 404]),
        "GET /powers/{id}" | "GET /powers/{id}/versions" => on(Kind::Power),
        "GET /disclosures/templates/{kind}.xlsx" | "GET /disclosures/layouts" => on(Kind::None),
        "GET /disclosures/{id}"
        | "GET /disclosures/{id}/lines"
        | "GET /disclosures/{id}/versions"
        | "GET /disclosures/{id}/export.{format}"
        | "GET /disclosures/{id}/versions/{version}/data.csv"
        | "GET /disclosures/{id}/datapackage.json" => on(Kind::Published),
        "GET /files/{id}" => on(Kind::File),
        "GET /policies/current" => on(Kind::None).query("?region=230104111204"),
        "GET /stats" => on(Kind::None).query("?region=230104000000&period=2026-10"),
        "GET /deadlines" => on(Kind::None).query(
            "?from=2026-11-02T10:00:00%2B08:00&amount=3&unit=working_day&region_code=230104111204",
        ),
        "POST /deadlines" => on(Kind::None).json(json!({ "from": "2026-11-02T10:00:00+08:00",
            "amount": 3, "unit": "working_day", "region_code": places::VILLAGE })),
        "POST /attachments" => on(Kind::None).body(Body::Picture),
        "POST /complaints" => on(Kind::None).json(filing.0),
        // Whoever holds a receipt; what the state of the case refuses is no matter of permission.
        "GET /receipt" | "GET /receipt/timers/{stage}/explain" | "GET /receipt/attachments/{n}" => {
            on(Kind::Receipt)
        }
        "POST /receipt/messages" => on(Kind::Receipt).json(json!({ "text": "还有一件事" })),
        "POST /receipt/supplement" => on(Kind::Receipt)
            .json(json!({ "text": "还有一件事" }))
            .allowed(&[409]),
        "POST /receipt/rating" => on(Kind::Receipt)
            .json(json!({ "rating": "satisfied" }))
            .allowed(&[409]),
        "POST /receipt/dispute" => on(Kind::Receipt)
            .json(json!({ "reason": "没有解决" }))
            .allowed(&[409]),
        "POST /receipt/withdraw" => on(Kind::ReceiptToLeave).json(json!({ "reason": "不想说了" })),
        // Whoever brings along what proves him: here somebody who does not.
        "POST /auth/login" => on(Kind::None)
            .json(json!({ "username": "nobody", "password": "x", "totp_code": "000000" }))
            .allowed(&[401]),
        "POST /auth/enrol" => on(Kind::None)
            .json(json!({ "token": "no-such-link" }))
            .allowed(&[404]),
        "POST /auth/refresh" => on(Kind::None).allowed(&[401]),
        "POST /auth/logout" => on(Kind::None),
        "GET /auth/demo-accounts" => on(Kind::None).allowed(&[404]),
        // One's own session. Of a code that is not the phone's, the fault is named; of nobody's, nothing.
        "GET /auth/me" => on(Kind::None),
        "POST /auth/step-up" => on(Kind::None)
            .json(json!({ "totp_code": "000000" }))
            .allowed(&[422]),
        "POST /auth/recovery-codes" => on(Kind::None),
        // With another password than one's own.
        "POST /auth/password" => on(Kind::None)
            .json(json!({ "current_password": "x", "new_password": "y" }))
            .allowed(&[422]),
        // Cases.
        "GET /admin/complaints" => list_of(Kind::Case),
        "GET /admin/complaints/counts" | "GET /admin/dashboard" => on(Kind::None),
        // It would go on for as long as the token.
        "GET /admin/complaints/events" => on(Kind::None).query("?seconds=0"),
        "POST /admin/complaints" => on(Kind::None).json(filing.with("/channel", "phone").0),
        "GET /admin/complaints/{id}"
        | "GET /admin/complaints/{id}/choices"
        | "GET /admin/complaints/{id}/events"
        | "GET /admin/complaints/{id}/timers/{stage}/explain" => on(Kind::Case),
        // An auditor neither supervises nor does the work: no words and no photos of the complainant.
        "GET /admin/complaints/{id}/attachments/{n}" => on(Kind::Case).but(&[("auditor", 404)]),
        "POST /admin/complaints/{id}/actions" => on(Kind::Case)
            .json(json!({ "action": "note", "text": "已电话核实" }))
            .seen("complaints", "version"),
        "PUT /admin/complaints/{id}/targets" => on(Kind::CaseToTurn)
            .json(json!({ "targets": [], "reason": "请核对" }))
            .seen("complaints", "version"),
        // Recusal.
        "GET /admin/relations" => list_of(Kind::Relation).query(""),
        "POST /admin/relations" => on(Kind::None).json(json!({ "of": "myself", "note": "同学",
            "to": { "type": "organisation", "id": places::committee(places::OTHER_VILLAGE) } })),
        "POST /admin/relations/{id}/end" => on(Kind::Relation).json(json!({ "reason": "已调离" })),
        "POST /admin/posts/{id}/holders" => {
            on(Kind::Post).json(json!({ "staff_id": "$colleague", "from": "2026-11-01" }))
        }
        // Two persons.
        "GET /admin/proposals" => list_of(Kind::Proposal),
        "GET /admin/proposals/{id}" => on(Kind::Proposal),
        "POST /admin/proposals/{id}/decision" => {
            on(Kind::Decision).json(json!({ "approve": false, "note": "再核实" }))
        }
        // Who complainants are, and cases as a file. What is one's own here, nobody has agreed to yet.
        "GET /admin/identity-requests" => list_of(Kind::Request),
        "POST /admin/identity-requests" => on(Kind::Case).json(json!({ "complaint_id": "$id",
            "reason_code": "clarify", "reason": "地点说不清，需要电话联系本人核实" })),
        "POST /admin/receipts/reissue" => on(Kind::Case).json(json!({ "complaint_id": "$id",
            "name": "演示·王桂兰", "reason": "持身份证到窗口，本人当面核对" })),
        "POST /admin/vault/identity-requests/{id}/read" => on(Kind::Request).allowed(&[409]),
        "POST /admin/vault/receipts/{id}/reissue" => on(Kind::Reissue).allowed(&[409]),
        "GET /admin/exports" => list_of(Kind::Export),
        "POST /admin/exports" => {
            on(Kind::None).json(json!({ "which": {}, "reason": "年度核查需要汇总办理情况" }))
        }
        "GET /admin/exports/{id}/{format}" => on(Kind::Export).allowed(&[409]),
        // Accounts.
        "GET /admin/staff" => list_of(Kind::Account),
        "GET /admin/staff/{id}" => on(Kind::Account),
        "POST /admin/staff" => on(Kind::None).json(json!({ "username": "new-by-$role",
            "display_name": "测试·新人", "role": "handler",
            "organisation_id": places::government(places::TOWNSHIP) })),
        "POST /admin/staff/{id}/actions" => on(Kind::AccountToEnd)
            .json(json!({ "action": "disable" }))
            .seen("staff", "version"),
        // Units.
        "GET /admin/organisations" => list_of(Kind::Organisation),
        "POST /admin/organisations" => on(Kind::None).json(json!({
            "region_code": places::TOWNSHIP, "kind": "other", "name": "测试·$role 设的单位",
            "posts": [{ "title": "负责人", "leads": true }], "reason": "新设" })),
        "POST /admin/organisations/{id}/actions" => on(Kind::Organisation)
            .json(json!({ "action": "email", "email": "$role@example.invalid", "reason": "换了邮箱" }))
            .seen("organisations", "version"),
        // What the rules run on.
        "GET /admin/policies/{county_code}" => on(Kind::County),
        "PUT /admin/policies/{county_code}" => on(Kind::County).body(Body::Policy),
        "GET /admin/calendars" => on(Kind::None),
        "POST /admin/calendars" => on(Kind::None).json(days()),
        "GET /admin/zones" => list_of(Kind::Zone).query(""),
        "POST /admin/zones" => on(Kind::None).json(zone_body(places::COUNTY, &["230104003000"])),
        "PUT /admin/zones/{id}" => on(Kind::Zone)
            .json(zone_body(places::COUNTY, &["230104004000"]))
            .seen("zones", "version"),
        // Power lists: each role's own draft is written anew, then published; another is thrown away.
        "GET /admin/powers" => Fixture {
            lists: Kind::PowerDraft,
            ..on(Kind::None).query("?region=230104111204")
        },
        "GET /admin/powers/drafts/{id}" => on(Kind::PowerDraft),
        "POST /admin/powers/drafts" => {
            let item = power_file(places::VILLAGE, "by-$role")["items"][0].clone();
            on(Kind::None).json(json!({ "region_code": places::VILLAGE, "item": item,
                "source": "测试", "licence": "CC0-1.0" }))
        }
        "PUT /admin/powers/drafts/{id}" => {
            let item = power_file(places::VILLAGE, "drafted-$role")["items"][0].clone();
            on(Kind::PowerDraft)
                .json(json!({ "item": item }))
                .seen("power_drafts", "version")
        }
        "POST /admin/powers/drafts/{id}/publish" => on(Kind::PowerDraft)
            .json(json!({ "reason": "按本村做法修订" }))
            .seen("power_drafts", "version"),
        "POST /admin/powers/drafts/{id}/discard" => {
            on(Kind::PowerDraftToDrop).seen("power_drafts", "version")
        }
        "POST /admin/powers/import" => {
            let call = on(Kind::None).json(power_file(places::VILLAGE, "imported-$role"));
            call.query("?reason=%E6%8C%89%E5%8E%BF%E6%B8%85%E5%8D%95")
        }
        // Disclosures.
        "GET /admin/disclosures" => list_of(Kind::Draft),
        "GET /admin/disclosures/{id}"
        | "GET /admin/disclosures/{id}/lines"
        | "GET /admin/disclosures/{id}/export.{format}"
        | "GET /admin/disclosures/{id}/versions"
        | "GET /admin/disclosures/{id}/vouchers" => on(Kind::Draft),
        "POST /admin/disclosures/preview" | "POST /admin/disclosures/preview/marked" => {
            on(Kind::Village).body(Body::Ledger)
        }
        "POST /admin/disclosures" => on(Kind::Preview)
            .json(json!({ "preview_id": "$id" }))
            .absent(422, "invalid_body"),
        "POST /admin/disclosures/{id}/actions" => on(Kind::DraftToSign)
            .json(json!({ "action": "sign" }))
            .seen("disclosures", "edition")
            .but(&[("village_clerk", 403), ("publisher", 403)]),
        "GET /admin/disclosures/{id}/versions/{version}/paper" => on(Kind::Paper),
        "POST /admin/disclosures/{id}/lines/{line_id}/vouchers" => {
            on(Kind::Line).body(Body::Picture)
        }
        "GET /admin/disclosures/{id}/vouchers/{voucher_id}/original"
        | "GET /admin/disclosures/{id}/vouchers/{voucher_id}/redacted" => on(Kind::Voucher),
        "POST /admin/disclosures/{id}/vouchers/{voucher_id}/redact" => on(Kind::Voucher)
            .json(json!({ "rectangles": [] }))
            .seen("vouchers", "version"),
        "POST /admin/disclosures/{id}/vouchers/{voucher_id}/remove" => {
            on(Kind::VoucherToRemove).seen("vouchers", "version")
        }
        "POST /admin/disclosures/{id}/vouchers/{voucher_id}/confirm" => {
            on(Kind::VoucherToConfirm).seen("vouchers", "version")
        }
        // What must be published when.
        "GET /admin/obligations" => list_of(Kind::Obligation),
        "GET /admin/obligations/{id}" => on(Kind::Obligation),
        "POST /admin/obligations" => on(Kind::FarVillage)
            .json(
                json!({ "region_code": "$id", "item": "special", "event_on": "2026-11-01",
                "title": "演示·$role 登记的事项" }),
            )
            .absent(422, "invalid_body"),
        "POST /admin/obligations/{id}/strike" => {
            on(Kind::Event).json(json!({ "reason": "登记错了村" }))
        }
        "GET /admin/catalogues/{region_code}" => on(Kind::County),
        "PUT /admin/catalogues/{region_code}" => on(Kind::County).json(catalogue()),
        // The installation.
        "GET /admin/dead-letters" => list_of(Kind::Letter),
        "POST /admin/dead-letters/{id}/retry" => on(Kind::Letter),
        "GET /admin/dead-timers" => list_of(Kind::Clock),
        "POST /admin/dead-timers/{id}/retry" => on(Kind::Clock),
        "GET /admin/audit" => on(Kind::None).query("?limit=100"),
        _ => return None,
    })
}
