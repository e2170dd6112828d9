//! The people and objects of the matrix. Every object stands three times: one's own, somebody else's, and one that is
//! hidden by recusal; the fourth, which does not exist, needs no making.

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::support::actors::{BRIEF, dispatch};
use crate::support::inside::data;
use crate::support::sheets::Ledger;
use crate::support::{Filing, House, Staff, Villager, pictures, places};

/// 民主村, of the neighbouring township.
const NEIGHBOUR_VILLAGE: &str = "230104112204";
/// No village, though its code could be one: of nobody's district. (Of one's own township, it is a fault of the form:
/// which villages there are is no secret.)
const NO_VILLAGE: &str = "230104112999";
/// An id that nothing has.
pub const NOTHING: &str = "00000000000000000000000000000000";

/// What an operation is about. A new kind of object gets a word here, and its three instances in [`World::of`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing that could be hidden.
    None,
    /// A case at work, with a photo.
    Case,
    /// One whose targets are changed.
    CaseToTurn,
    /// A proposal that waits.
    Proposal,
    /// One that waits for this very role.
    Decision,
    /// An identity that was asked for.
    Request,
    /// A receipt that was asked for anew.
    Reissue,
    /// A file of cases that was asked for.
    Export,
    /// A declared relation.
    Relation,
    /// A unit.
    Organisation,
    /// A post of a unit.
    Post,
    /// An account.
    Account,
    /// One that is ended.
    AccountToEnd,
    /// A zone.
    Zone,
    /// A county with its policy.
    County,
    /// A village of one's district.
    Village,
    /// A village of one's region; the hidden one is of another county.
    FarVillage,
    /// What a village must publish.
    Obligation,
    /// The same, because somebody wrote down an event.
    Event,
    /// A sheet handed in.
    Preview,
    /// A draft.
    Draft,
    /// One that is signed and published.
    DraftToSign,
    /// A draft that was signed on paper.
    Paper,
    /// A line of a draft.
    Line,
    /// A voucher that nobody has confirmed.
    Voucher,
    /// One that is confirmed.
    VoucherToConfirm,
    /// One that is taken away.
    VoucherToRemove,
    /// A letter that did not go.
    Letter,
    /// A case with a clock that stopped.
    Clock,
    /// A published disclosure; the hidden one is a draft.
    Published,
    /// A published picture; the hidden one nobody has confirmed.
    File,
    /// An item of the power list.
    Power,
    /// A draft of one.
    PowerDraft,
    /// One that is thrown away.
    PowerDraftToDrop,
    /// A receipt.
    Receipt,
    /// That of somebody who takes a case back.
    ReceiptToLeave,
}

/// The instances of a kind, each by the ids of its path, for one role. Empty: there is none.
#[derive(Debug, Clone, Default)]
pub struct Objects {
    /// One that the role may know of.
    pub own: Vec<String>,
    /// Somebody else's.
    pub foreign: Vec<String>,
    /// One that would be the role's own, but for a declared relation.
    pub recused: Vec<String>,
    /// Somebody else's by the way of one's own.
    pub crossed: Vec<String>,
    /// One that does not exist.
    pub missing: Vec<String>,
}

/// Somebody of a role.
pub struct Person<'a> {
    /// The role.
    pub role: &'static str,
    /// With a fresh code.
    pub staff: Staff<'a>,
    /// The token from before the fresh code.
    pub plain: String,
}

/// A draft with two vouchers, both redacted.
struct Paper {
    disclosure: String,
    line: String,
    voucher: String,
    to_confirm: String,
    /// One for each who may take one away.
    to_remove: [String; 2],
}

/// Everything that the operations are tried on.
pub struct World<'a> {
    pub house: &'a House,
    pub people: Vec<Person<'a>>,
    /// Refuses what was proposed, so that it can be proposed again.
    pub city: Staff<'a>,
    /// A token that has run out.
    pub expired: String,
    case: [String; 3],
    turn: [String; 3],
    extension: [String; 3],
    /// The county's policy with a change in it.
    pub policy: Value,
    hiring: String,
    foreign_hiring: String,
    /// Of whom, and the last of each somebody else's of the same unit.
    requests: Vec<(&'static str, String)>,
    reissues: Vec<(&'static str, String)>,
    exports: Vec<(&'static str, String)>,
    relations: Vec<(&'static str, String)>,
    foreign_relation: String,
    posts: [String; 2],
    accounts: [String; 3],
    zones: [String; 2],
    previews: Vec<(&'static str, String)>,
    papers: [Paper; 2],
    to_sign: String,
    on_paper: [String; 2],
    correction: String,
    published: Paper,
    letter: String,
    clock: String,
    power: String,
    power_drafts: Vec<(&'static str, String)>,
    dropped_drafts: Vec<(&'static str, String)>,
    receipts: [String; 2],
    obligations: [String; 2],
    events: [String; 2],
}

fn id(view: &Value) -> String {
    view["id"].as_str().unwrap().to_owned()
}

fn unit_of(role: &str) -> (String, &'static str) {
    match role {
        "village_clerk" => (places::committee(places::VILLAGE), places::VILLAGE),
        "committee_member" => (
            places::supervision_committee(places::VILLAGE),
            places::VILLAGE,
        ),
        "publisher" => (places::agency(places::TOWNSHIP), places::TOWNSHIP),
        "handler" => (places::government(places::TOWNSHIP), places::TOWNSHIP),
        "triage" => (places::organ(places::TOWNSHIP), places::TOWNSHIP),
        _ => (places::organ(places::COUNTY), places::COUNTY),
    }
}

/// Somebody whose session is not stepped up, then the same with a fresh code.
async fn person<'a>(house: &'a House, role: &'static str) -> Person<'a> {
    let (unit, region) = unit_of(role);
    let staff = house.staff(role, &unit, region).await;
    let plain = staff.token.clone();
    Person {
        role,
        staff: staff.stepped_up().await,
        plain,
    }
}

/// A case that is being handled, with a photo that the unit at work sees; where `upward`, it has come to the organ above.
async fn case(
    house: &House,
    triage: &Staff<'_>,
    handler: (&Staff<'_>, &str),
    filing: Filing,
    upward: bool,
) -> (String, String) {
    let token = house.uploads(pictures::jpeg(40, 30)).await;
    let filing = filing.with("/attachments", json!([token]));
    let villager = Villager::files(house, &filing).await;
    let id = triage.finds(&villager).await;
    triage.accepts(&id).await;
    let mut order = dispatch(handler.1, BRIEF);
    order["share_attachments"] = json!(true);
    triage.acts(&id, order).await;
    handler.0.starts(&id).await;
    if upward {
        let up = json!({ "action": "escalate", "reason": "请上级一并督促" });
        triage.acts(&id, up).await;
    }
    (id, villager.receipt)
}

async fn extension(of: &Staff<'_>, case: &str) -> String {
    let ask = json!({ "action": "extend", "working_days": 5, "reason": "雨天无法施工" });
    let made = of.proposes(case, ask).await;
    made["proposal_id"].as_str().unwrap().to_owned()
}

/// An account of an auditor, proposed by an administrator.
async fn hiring(admin: &Staff<'_>, region: &str, username: &str) -> String {
    let body = json!({ "username": username, "display_name": "测试·新人", "role": "auditor",
        "organisation_id": places::organ(region) });
    let made = admin.tries_to_add(&body).await.expect(202).json();
    made["proposal_id"].as_str().unwrap().to_owned()
}

/// What takes another person is asked for; the id of what waits.
async fn asks(of: &Staff<'_>, path: &str, body: Value) -> String {
    let made = of.post(path).json(&body).send().await.expect(202).json();
    made["proposal_id"].as_str().unwrap().to_owned()
}

async fn request(of: &Staff<'_>, case: &str) -> String {
    let body = json!({ "complaint_id": case, "reason_code": "clarify",
        "reason": "地点说不清，需要电话联系本人核实" });
    asks(of, "/admin/identity-requests", body).await
}

async fn reissue(of: &Staff<'_>, case: &str) -> String {
    let body = json!({ "complaint_id": case, "name": "演示·王桂兰",
        "reason": "持身份证到窗口，本人当面核对" });
    asks(of, "/admin/receipts/reissue", body).await
}

async fn export(of: &Staff<'_>) -> String {
    let body = json!({ "which": {}, "reason": "年度核查需要汇总办理情况" });
    asks(of, "/admin/exports", body).await;
    let list = of.get("/admin/exports").send().await.ok();
    id(&list["items"][0])
}

/// The first thing that a village must publish; it takes part from its first clerk on.
async fn obligation(house: &House, village: &str) -> String {
    house
        .staff("village_clerk", &places::committee(village), village)
        .await;
    house.worker().await;
    let list = house
        .lists(&format!("/regions/{village}/obligations?limit=1"))
        .await;
    id(&list[0])
}

/// What a village must publish after an event.
async fn event(house: &House, village: &str) -> String {
    let clerk = house
        .staff("village_clerk", &places::committee(village), village)
        .await;
    let body = json!({ "region_code": village, "item": "special", "event_on": "2026-10-30",
        "title": "机井更换水泵" });
    let made = clerk.post("/admin/obligations").json(&body).send().await;
    id(&made.expect(201).json())
}

async fn relation(of: &Staff<'_>, unit: &str) -> String {
    let body =
        json!({ "of": "myself", "to": { "type": "organisation", "id": unit }, "note": "近亲属" });
    let made = of.post("/admin/relations").json(&body).send().await;
    id(&made.expect(201).json())
}

/// A draft of an item that a list of a region does not have yet.
async fn power_draft(of: &Staff<'_>, region: &str, code: &str) -> String {
    let file: Value = serde_json::from_str(&data("powers-template.json")).unwrap();
    let mut item = file["items"][0].clone();
    item["code"] = json!(code);
    let body =
        json!({ "region_code": region, "item": item, "source": "测试", "licence": "CC0-1.0" });
    let made = of.post("/admin/powers/drafts").json(&body).send().await;
    id(&made.expect(201).json())
}

async fn first_post(house: &House, region: &str) -> String {
    let units = house
        .reads(&format!("/regions/{region}/organisations"))
        .await;
    let units = units["items"].as_array().unwrap().clone();
    let here = units
        .iter()
        .find(|unit| unit["region_code"] == region && unit["posts"][0].is_object());
    id(&here.unwrap()["posts"][0])
}

/// A zone of a county, by two of its supervisors.
async fn zone(one: &Staff<'_>, other: &Staff<'_>, county: &str, townships: &[&str]) -> String {
    let body = zone_body(county, townships);
    let made = one.post("/admin/zones").json(&body).send().await;
    let made = made.expect(202).json();
    other
        .approves_proposal(made["proposal_id"].as_str().unwrap())
        .await;
    let zones = one.get("/admin/zones").send().await.ok();
    id(zones["items"].as_array().unwrap().last().unwrap())
}

/// A county's policy with a change in it.
pub async fn another_policy(house: &House, county: &str) -> Value {
    let seen = house
        .reads(&format!("/policies/current?region={county}"))
        .await;
    let mut policy = seen["policy"].clone();
    policy["posting_days"] = json!(20);
    policy
}

/// What a zone is asked for with.
pub fn zone_body(county: &str, townships: &[&str]) -> Value {
    json!({ "county_code": county, "name": "第一片区", "townships": townships,
        "lead_organisation_id": places::organ(county), "reason": "交叉监督" })
}

/// One of the demo's ledgers, as another village's.
pub fn ledger(village: &str, period: &str) -> Ledger {
    let mut ledger = Ledger::of(places::VILLAGE, period);
    if village == NEIGHBOUR_VILLAGE {
        "民主村".clone_into(&mut ledger.village);
    }
    ledger
}

async fn draft(clerk: &Staff<'_>, village: &str, period: &str) -> String {
    let preview = preview(clerk, village, period).await;
    let body = json!({ "preview_id": preview });
    let made = clerk.post("/admin/disclosures").json(&body).send().await;
    id(&made.expect(201).json())
}

/// A draft whose committee signed on paper.
async fn signed_on_paper(
    house: &House,
    clerk: &Staff<'_>,
    publisher: &Staff<'_>,
    village: &str,
) -> String {
    let id = draft(clerk, village, "2026-05").await;
    let token = house.uploads(pictures::jpeg(40, 30)).await;
    publisher.tries_to_record_paper(&id, &token).await.ok();
    id
}

async fn preview(clerk: &Staff<'_>, village: &str, period: &str) -> String {
    let bytes = ledger(village, period).xlsx();
    let answer = clerk
        .tries_to_preview(bytes, "ledger.xlsx", village, period)
        .await;
    let view = answer.expect(200).json();
    assert_eq!(view["errors"], json!([]), "{view}");
    view["preview_id"].as_str().unwrap().to_owned()
}

/// A form with a picture.
pub fn picture() -> Form {
    let part = Part::bytes(pictures::jpeg(60, 40)).file_name("发票.jpg");
    Form::new().part("file", part.mime_str("image/jpeg").unwrap())
}

async fn paper(clerk: &Staff<'_>, village: &str, period: &str) -> Paper {
    let disclosure = draft(clerk, village, period).await;
    let at = format!("/admin/disclosures/{disclosure}");
    let lines = clerk.get(&format!("{at}/lines?limit=1")).send().await.ok();
    let line = id(&lines["items"][0]);
    let mut vouchers = Vec::new();
    for _ in 0..4 {
        let add = clerk.post(&format!("{at}/lines/{line}/vouchers"));
        vouchers.push(id(&add.form(picture()).send().await.expect(201).json()));
    }
    for voucher in &vouchers {
        let redact = clerk.post(&format!("{at}/vouchers/{voucher}/redact"));
        let body = json!({ "rectangles": [] });
        redact.if_match("\"1\"").json(&body).send().await.ok();
    }
    Paper {
        disclosure,
        line,
        voucher: vouchers.remove(0),
        to_confirm: vouchers.remove(0),
        to_remove: [vouchers.remove(0), vouchers.remove(0)],
    }
}

/// The rows of some more regions.
pub fn regions(begin: &[&str]) -> String {
    let all = data("regions-harbin.csv");
    let mut rows = all.lines();
    let head = rows.next().unwrap();
    let wanted = rows.filter(|row| begin.iter().any(|code| row.starts_with(code)));
    std::iter::once(head)
        .chain(wanted)
        .collect::<Vec<_>>()
        .join("\n")
}

/// A township of the other county.
const OTHER_TOWNSHIP: &str = "230102001000";
/// A village of it.
const OTHER_COUNTY_VILLAGE: &str = "230102001001";
/// The unit that some people declared to be related to.
fn related() -> String {
    places::committee(places::OTHER_VILLAGE)
}

impl<'a> World<'a> {
    /// Makes all of it.
    pub async fn make(house: &'a House, roles: &[&'static str]) -> Self {
        house
            .inside
            .import_regions(&regions(&[OTHER_TOWNSHIP, OTHER_COUNTY_VILLAGE]))
            .await
            .unwrap();
        // What has run out, has run out before the others come.
        let expired = house.auditor().await.token;
        house.inside.wall_passes(700);
        let mut people = Vec::new();
        for role in roles {
            people.push(person(house, role).await);
        }
        let of = |role: &str| {
            let person = people.iter().find(|person| person.role == role);
            &person.unwrap().staff
        };
        let (triage, handler) = (house.triage().await, house.handler().await);
        let (county, other_county) = (house.county().await, house.other_county().await);
        let colleague = house.other_county().await;
        let neighbour = house.neighbour_triage().await;
        let far_unit = places::government(places::NEIGHBOUR);
        let far = house.handler_of(&far_unit).await;
        let far_organ = places::organ(places::OTHER_COUNTY);
        let far_admin = house
            .staff("administrator", &far_organ, places::OTHER_COUNTY)
            .await
            .stepped_up()
            .await;

        let unit = places::government(places::TOWNSHIP);
        let at_work = (&handler, unit.as_str());
        let own = || {
            let filing = Filing::complaint().confidential("演示·王桂兰", "13845109876");
            case(house, &triage, at_work, filing, true)
        };
        let foreign = || {
            let filing = Filing::complaint().with("/region_code", NEIGHBOUR_VILLAGE);
            case(house, &neighbour, (&far, far_unit.as_str()), filing, false)
        };
        let recused = || {
            let filing = Filing::complaint().with("/region_code", places::OTHER_VILLAGE);
            let filing = filing.against_unit(&related());
            case(house, &triage, at_work, filing, true)
        };
        let (own_case, receipt) = own().await;
        let case = [own_case, foreign().await.0, recused().await.0];
        let turn = [own().await.0, foreign().await.0, recused().await.0];
        // Asked for one, the organs above know of the case: not of the one that is foreign to them.
        let asked_about = foreign().await.0;
        let extension = [
            extension(of("handler"), &case[0]).await,
            extension(&far, &asked_about).await,
            extension(&handler, &case[2]).await,
        ];
        let another = house.triage().await.stepped_up().await;
        let (mut requests, mut reissues, mut exports) = (Vec::new(), Vec::new(), Vec::new());
        for (role, who) in [
            ("triage", of("triage")),
            ("supervisor", of("supervisor")),
            ("", &another),
        ] {
            requests.push((role, request(who, &own().await.0).await));
            reissues.push((role, reissue(who, &own().await.0).await));
        }
        for role in ["handler", "triage", "supervisor", "auditor"] {
            exports.push((role, export(of(role)).await));
        }
        exports.push(("", export(&another).await));
        let mut relations = Vec::new();
        for role in ["handler", "triage", "supervisor", "auditor"] {
            relations.push((role, relation(of(role), &related()).await));
        }
        let stopped = Villager::files(house, &Filing::complaint()).await;
        let leaver = Villager::files(house, &Filing::complaint()).await;
        let clock = triage.finds(&stopped).await;
        let letter = house.database.text("SELECT min(id) AS a FROM outbox");
        let to = [
            ("attempts = 5", "timers", "complaint_id", &clock),
            ("state = 'dead'", "outbox", "id", &letter),
        ];
        for (set, table, key, id) in to {
            let sql = format!("UPDATE {table} SET {set} WHERE {key} = $1");
            house.database.run_with(&sql, &[id.as_str()]);
        }
        let clerk = house.clerk().await;
        let far_clerk = places::committee(NEIGHBOUR_VILLAGE);
        let far_clerk = house
            .staff("village_clerk", &far_clerk, NEIGHBOUR_VILLAGE)
            .await;
        let previews = vec![
            (
                "village_clerk",
                preview(of("village_clerk"), places::VILLAGE, "2026-07").await,
            ),
            (
                "publisher",
                preview(of("publisher"), places::VILLAGE, "2026-06").await,
            ),
            ("", preview(&far_clerk, NEIGHBOUR_VILLAGE, "2026-09").await),
        ];
        let published = paper(&clerk, places::VILLAGE, "2026-08").await;
        let (committee, publisher) = (house.committee().await, house.publisher().await);
        let at = format!("/admin/disclosures/{}", published.disclosure);
        let confirm = committee.post(&format!("{at}/vouchers/{}/confirm", published.to_confirm));
        confirm.if_match("\"2\"").send().await.ok();
        committee.signs(&published.disclosure).await;
        publisher.publishes(&published.disclosure).await;
        let far_publisher = places::agency(places::NEIGHBOUR);
        let far_publisher = house
            .staff("publisher", &far_publisher, places::NEIGHBOUR)
            .await;
        // The agency's own proposal; whoever is asked about it has another one to decide.
        let sheet = ledger(places::VILLAGE, "2026-08").with(0, "摘要", "另一句话");
        let correction = of("publisher")
            .proposes_correction(&published.disclosure, &sheet, "摘要写错")
            .await;
        let powers = house
            .lists(&format!("/regions/{}/powers?limit=1", places::VILLAGE))
            .await;
        let (mut power_drafts, mut dropped_drafts) = (Vec::new(), Vec::new());
        for role in ["triage", "supervisor"] {
            let code = format!("drafted-{role}");
            power_drafts.push((role, power_draft(of(role), places::VILLAGE, &code).await));
            let code = format!("dropped-{role}");
            dropped_drafts.push((role, power_draft(of(role), places::VILLAGE, &code).await));
        }
        // Who only reads, reads the others'.
        for role in ["auditor", "administrator"] {
            power_drafts.push((role, power_drafts[0].1.clone()));
        }
        let far_draft = power_draft(&other_county, places::OTHER_COUNTY, "far").await;
        power_drafts.push(("", far_draft.clone()));
        dropped_drafts.push(("", far_draft));
        let home = ["230104001000", "230104002000"];
        Self {
            hiring: hiring(of("administrator"), places::COUNTY, "matrix-hired").await,
            foreign_hiring: hiring(&far_admin, places::OTHER_COUNTY, "matrix-far").await,
            foreign_relation: relation(&neighbour, &places::committee(places::VILLAGE)).await,
            posts: [
                first_post(house, places::COUNTY).await,
                first_post(house, places::OTHER_COUNTY).await,
            ],
            accounts: [
                triage.id.clone(),
                far_admin.id.clone(),
                house.handler().await.id,
            ],
            zones: [
                zone(&county, of("supervisor"), places::COUNTY, &home).await,
                zone(
                    &other_county,
                    &colleague,
                    places::OTHER_COUNTY,
                    &[OTHER_TOWNSHIP],
                )
                .await,
            ],
            papers: [
                paper(&clerk, places::VILLAGE, "2026-10").await,
                paper(&far_clerk, NEIGHBOUR_VILLAGE, "2026-10").await,
            ],
            to_sign: draft(&clerk, places::VILLAGE, "2026-09").await,
            on_paper: [
                signed_on_paper(house, &clerk, &publisher, places::VILLAGE).await,
                signed_on_paper(house, &far_clerk, &far_publisher, NEIGHBOUR_VILLAGE).await,
            ],
            correction,
            power: id(&powers[0]),
            power_drafts,
            dropped_drafts,
            receipts: [receipt, leaver.receipt],
            obligations: [
                obligation(house, places::VILLAGE).await,
                obligation(house, OTHER_COUNTY_VILLAGE).await,
            ],
            events: [
                event(house, places::VILLAGE).await,
                event(house, OTHER_COUNTY_VILLAGE).await,
            ],
            policy: another_policy(house, places::COUNTY).await,
            city: house.city().await,
            house,
            people,
            expired,
            case,
            turn,
            extension,
            requests,
            reissues,
            exports,
            relations,
            previews,
            published,
            letter,
            clock,
        }
    }

    /// The instances of a kind, as somebody of this role meets them.
    pub fn of(&self, kind: Kind, role: &str) -> Objects {
        let own_of = |list: &[(&'static str, String)]| {
            let found = list.iter().find(|(whose, _)| *whose == role);
            found.map_or_else(|| NOTHING.to_owned(), |(_, id)| id.clone())
        };
        let own_of_nobody = |list: &[(&'static str, String)]| {
            let last = list.last().map(|(_, id)| id.clone());
            last.unwrap_or_default()
        };
        let three =
            |[own, foreign, recused]: &[String; 3]| (own.clone(), foreign.clone(), recused.clone());
        let none = String::new();
        let (own, foreign, recused) = match kind {
            Kind::None => return Objects::default(),
            Kind::Case => three(&self.case),
            Kind::CaseToTurn => three(&self.turn),
            Kind::Proposal | Kind::Decision if role == "administrator" => (
                self.hiring.clone(),
                self.foreign_hiring.clone(),
                self.extension[2].clone(),
            ),
            // The organ above is asked about every extension of the county.
            Kind::Proposal | Kind::Decision if role == "supervisor" => (
                self.hiring.clone(),
                self.foreign_hiring.clone(),
                self.extension[2].clone(),
            ),
            Kind::Proposal | Kind::Decision if role == "publisher" => {
                let recused = self.extension[2].clone();
                (
                    self.correction.clone(),
                    self.foreign_hiring.clone(),
                    recused,
                )
            }
            Kind::Proposal | Kind::Decision => three(&self.extension),
            Kind::Request => (own_of(&self.requests), self.requests[2].1.clone(), none),
            Kind::Reissue => (own_of(&self.reissues), self.reissues[2].1.clone(), none),
            Kind::Export => (own_of(&self.exports), self.exports[4].1.clone(), none),
            Kind::Relation => (own_of(&self.relations), self.foreign_relation.clone(), none),
            Kind::Organisation => {
                let of = |county| places::bureau(county);
                (of(places::COUNTY), of(places::OTHER_COUNTY), none)
            }
            Kind::Post => (self.posts[0].clone(), self.posts[1].clone(), none),
            Kind::Account => (self.accounts[0].clone(), self.accounts[1].clone(), none),
            Kind::AccountToEnd => (self.accounts[2].clone(), self.accounts[1].clone(), none),
            Kind::Zone => (self.zones[0].clone(), self.zones[1].clone(), none),
            Kind::County => (places::COUNTY.to_owned(), none.clone(), none),
            Kind::Village => {
                let (own, foreign) = (places::VILLAGE.to_owned(), NEIGHBOUR_VILLAGE.to_owned());
                return Objects {
                    own: vec![own],
                    foreign: vec![foreign],
                    missing: vec![NO_VILLAGE.to_owned()],
                    ..Objects::default()
                };
            }
            Kind::FarVillage => {
                return Objects {
                    own: vec![places::VILLAGE.to_owned()],
                    foreign: vec![OTHER_COUNTY_VILLAGE.to_owned()],
                    missing: vec![NO_VILLAGE.to_owned()],
                    ..Objects::default()
                };
            }
            Kind::Obligation => {
                let [own, foreign] = self.obligations.clone();
                (own, foreign, none)
            }
            Kind::Event => {
                let [own, foreign] = self.events.clone();
                (own, foreign, none)
            }
            Kind::Preview => (own_of(&self.previews), self.previews[2].1.clone(), none),
            Kind::Draft => {
                let [own, foreign] = &self.papers;
                (own.disclosure.clone(), foreign.disclosure.clone(), none)
            }
            Kind::DraftToSign => (
                self.to_sign.clone(),
                self.papers[1].disclosure.clone(),
                none,
            ),
            Kind::Paper => {
                let path = |id: &String| vec![id.clone(), "1".to_owned()];
                let [own, foreign] = &self.on_paper;
                return Objects {
                    own: path(own),
                    foreign: path(foreign),
                    missing: path(&NOTHING.to_owned()),
                    ..Objects::default()
                };
            }
            Kind::Line => return self.pair(|paper| &paper.line),
            Kind::Voucher => return self.pair(|paper| &paper.voucher),
            Kind::VoucherToConfirm => return self.pair(|paper| &paper.to_confirm),
            Kind::VoucherToRemove => {
                let whose = usize::from(role == "publisher");
                return self.pair(|paper| &paper.to_remove[whose]);
            }
            Kind::Letter => (self.letter.clone(), none.clone(), none),
            Kind::Clock => (self.clock.clone(), none.clone(), none),
            Kind::Published => {
                let hidden = self.papers[0].disclosure.clone();
                (self.published.disclosure.clone(), hidden, none)
            }
            Kind::File => {
                let hidden = self.papers[0].voucher.clone();
                (self.published.to_confirm.clone(), hidden, none)
            }
            Kind::Power => (self.power.clone(), none.clone(), none),
            Kind::PowerDraft => (
                own_of(&self.power_drafts),
                own_of_nobody(&self.power_drafts),
                none,
            ),
            Kind::PowerDraftToDrop => (
                own_of(&self.dropped_drafts),
                own_of_nobody(&self.dropped_drafts),
                none,
            ),
            Kind::Receipt => (self.receipts[0].clone(), none.clone(), none),
            Kind::ReceiptToLeave => (self.receipts[1].clone(), none.clone(), none),
        };
        let ids = |id: String| if id.is_empty() { Vec::new() } else { vec![id] };
        let missing = match kind {
            Kind::County => "239999000000",
            Kind::Receipt | Kind::ReceiptToLeave => "12345678901234567897",
            _ => NOTHING,
        };
        Objects {
            own: ids(own),
            foreign: ids(foreign),
            recused: ids(recused),
            missing: ids(missing.to_owned()),
            crossed: Vec::new(),
        }
    }

    /// Something within a draft.
    fn pair(&self, inner: impl Fn(&Paper) -> &String) -> Objects {
        let [own, foreign] = &self.papers;
        let path = |of: &Paper, id: &str| vec![of.disclosure.clone(), id.to_owned()];
        Objects {
            own: path(own, inner(own)),
            foreign: path(foreign, inner(foreign)),
            crossed: path(own, inner(foreign)),
            missing: path(own, NOTHING),
            recused: Vec::new(),
        }
    }
}
