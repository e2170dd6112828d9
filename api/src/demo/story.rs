//! What happened in the demo's half year: ledgers published on their days, complaints filed and worked on,
//! told to the services in the order of time, the worker stepping in between.

use std::sync::Arc;

use chrono::{NaiveTime, TimeDelta};
use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::ledger::LedgerLine;
use domain::disclosure::period::Period;
use domain::id::{ComplaintId, StaffId};
use domain::money::Fen;
use domain::region::RegionCode;
use domain::role::Scope;
use domain::time::{Timestamp, parse_day};
use serde::Deserialize;
use serde_json::{Value, json};

use super::people::People;
use crate::app::App;
use crate::complaints::intake::{Attempt, file};
use crate::complaints::requests::action;
use crate::complaints::{actions, service};
use crate::disclosures;
use crate::disclosures::export::{Meta, csv};
use crate::disclosures::service::{Handed, Step};

const STORY: &str = include_str!("../../data/demo.json");
/// The story begins this many days before the demo's start.
const DAYS_BEFORE: i64 = 220;

/// The file, as far as the demo tells it.
#[derive(Debug, Deserialize)]
pub struct Story {
    villages: Vec<Village>,
    complaints: Vec<Complaint>,
    /// The accounts.
    pub staff: Vec<Person>,
}

#[derive(Debug, Deserialize)]
struct Village {
    region_code: String,
    name: String,
    /// Who drafts its ledgers.
    clerk: String,
    /// Who signs them.
    committee: String,
    ledgers: Vec<LedgerOf>,
}

#[derive(Debug, Clone, Deserialize)]
struct LedgerOf {
    period: String,
    published_on: String,
    opening: String,
    closing: String,
    lines: Vec<Line>,
}

#[derive(Debug, Clone, Deserialize)]
struct Line {
    no: i32,
    date: String,
    voucher_no: String,
    summary: String,
    income: String,
    expense: String,
    balance: String,
    account_code: String,
    fund_source: String,
    payee: String,
    handled_by: String,
    witnessed_by: String,
    approved_by: String,
    attachments: i32,
}

#[derive(Debug, Clone, Deserialize)]
struct Complaint {
    key: String,
    kind: String,
    category: String,
    region_code: String,
    text: String,
    targets: Value,
    about: Option<AboutLine>,
    identity: Value,
    filed_by: String,
    may_publish_answer: bool,
    filed_days_before_start: i64,
    filed_time: String,
    actions: Vec<String>,
    responsible_organisation_id: Option<String>,
    brief: Option<String>,
    answer: Option<Value>,
    supplement_note: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct AboutLine {
    region_code: String,
    period: String,
    no: i32,
}

/// One account of the story.
#[derive(Debug, Deserialize)]
pub struct Person {
    /// The role's word.
    pub role: String,
    /// What is typed to log in.
    pub username: String,
    /// What the login page says of it.
    pub label: String,
    /// The name colleagues see.
    pub display_name: String,
    /// The unit.
    pub organisation_id: String,
    /// The region.
    pub region_code: String,
    /// Posts held.
    #[serde(default)]
    pub posts: Vec<String>,
}

enum Happening<'a> {
    Published(&'a Village, &'a LedgerOf),
    Filed(&'a Complaint),
    Done(&'a Complaint, &'a str),
}

/// Reads the story.
pub fn read() -> Result<Story, String> {
    serde_json::from_str(STORY).map_err(|error| format!("demo.json: {error}"))
}

/// Where the stepped clock stands before the story.
pub fn begins(start: Timestamp) -> Timestamp {
    start.plus_seconds(-DAYS_BEFORE * 86_400)
}

fn at(day: domain::time::Day, time: &str) -> Result<Timestamp, String> {
    let time = NaiveTime::parse_from_str(time, "%H:%M")
        .map_err(|_| format!("demo.json: {time} is no time"))?;
    Ok(Timestamp::at(day, time))
}

/// Tells the story up to `start`.
pub async fn tell(
    app: &Arc<App>,
    story: &Story,
    people: &People,
    start: Timestamp,
) -> Result<(), String> {
    let mut happenings = Vec::new();
    for village in &story.villages {
        for ledger in &village.ledgers {
            let day = parse_day(&ledger.published_on)
                .ok_or_else(|| format!("demo.json: {}", ledger.published_on))?;
            happenings.push((at(day, "10:00")?, Happening::Published(village, ledger)));
        }
    }
    for complaint in &story.complaints {
        let day = start.day() - TimeDelta::days(complaint.filed_days_before_start);
        let filed = at(day, &complaint.filed_time)?;
        happenings.push((filed, Happening::Filed(complaint)));
        for (step, action) in (1..).zip(&complaint.actions) {
            // One thing each half hour: quick people, but the order is what matters.
            let when = filed
                .plus_seconds(step * 1800)
                .min(start.plus_seconds(step - 3600));
            happenings.push((when, Happening::Done(complaint, action)));
        }
    }
    happenings.sort_by_key(|(when, _)| *when);
    let mut cases = std::collections::BTreeMap::new();
    for (when, happening) in happenings {
        app.clocks.step_case_to(when);
        crate::worker::step(app)
            .await
            .map_err(|error| error.to_string())?;
        match happening {
            Happening::Published(village, ledger) => publish(app, people, village, ledger).await?,
            Happening::Filed(complaint) => {
                cases.insert(complaint.key.clone(), filed(app, people, complaint).await?);
            }
            Happening::Done(complaint, action) => {
                let id = cases
                    .get(&complaint.key)
                    .ok_or("demo.json: acted before filed")?;
                act(app, people, complaint, id, action).await?;
            }
        }
    }
    app.clocks.step_case_to(start);
    crate::worker::step(app)
        .await
        .map_err(|error| error.to_string())?;
    Ok(())
}

async fn scope(app: &Arc<App>, people: &People, username: &str) -> Result<Scope, String> {
    let id: StaffId = people
        .get(username)
        .cloned()
        .ok_or_else(|| format!("demo.json has no {username}"))?;
    let today = app.clocks.case().day();
    app.db
        .read(move |tx| store::accounts::scope(tx, &id, today))
        .await
        .map_err(|error| error.to_string())
}

/// Anything a service refuses here is a fault of the story.
fn fault(of: &str) -> impl Fn(crate::error::ServiceError) -> String + '_ {
    move |error| format!("demo: {of}: {error}")
}

async fn publish(
    app: &Arc<App>,
    people: &People,
    village: &Village,
    ledger: &LedgerOf,
) -> Result<(), String> {
    let what = format!("{} {}", village.name, ledger.period);
    let of = fault(&what);
    let region =
        RegionCode::try_from(village.region_code.as_str()).map_err(|error| error.to_string())?;
    let handed = Handed {
        region,
        kind: DisclosureKind::Ledger,
        period: Period::parse(&ledger.period)
            .map_err(|error| format!("demo.json: {what}: {error}"))?,
        opening: None,
        closing: None,
        file_name: format!("{what}.csv"),
        bytes: sheet(village, ledger)?,
    };
    let clerk = scope(app, people, &village.clerk).await?;
    let preview = disclosures::service::preview(app, &clerk, handed)
        .await
        .map_err(&of)?;
    if let Some(problem) = preview.errors.first() {
        return Err(format!("demo.json: {what}: {problem:?}"));
    }
    let draft = disclosures::service::draft(app, &clerk, preview.sheet.id)
        .await
        .map_err(&of)?;
    let committee = scope(app, people, &village.committee).await?;
    let sign = Step::Sign {
        note: Some("已逐笔核对（演示）".into()),
    };
    let signed = disclosures::service::act(app, &committee, draft.id.clone(), draft.edition, sign)
        .await
        .map_err(&of)?;
    let publisher = scope(app, people, "demo_publisher").await?;
    disclosures::service::act(app, &publisher, draft.id, signed.edition, Step::Publish)
        .await
        .map_err(&of)?;
    Ok(())
}

/// The ledger as the file its clerk would hand in.
fn sheet(village: &Village, ledger: &LedgerOf) -> Result<Vec<u8>, String> {
    let yuan =
        |text: &str| Fen::parse_yuan(text).map_err(|error| format!("demo.json: {text}: {error}"));
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let lines = ledger
        .lines
        .iter()
        .map(|line| {
            Ok(LedgerLine {
                no: line.no,
                date: parse_day(&line.date).ok_or_else(|| format!("demo.json: {}", line.date))?,
                voucher_no: some(&line.voucher_no),
                summary: line.summary.clone(),
                income_fen: yuan(&line.income)?,
                expense_fen: yuan(&line.expense)?,
                balance_fen: Some(yuan(&line.balance)?),
                account_code: some(&line.account_code),
                fund_source: some(&line.fund_source),
                payee: some(&line.payee),
                handled_by: some(&line.handled_by),
                witnessed_by: some(&line.witnessed_by),
                approved_by: some(&line.approved_by),
                file_count: line.attachments,
            })
        })
        .collect::<Result<Vec<_>, String>>()?;
    let meta = Meta {
        title: format!(
            "{}{}财务收支逐笔公开表（演示）",
            village.name, ledger.period
        ),
        village: village.name.clone(),
        period: Period::parse(&ledger.period).map_err(|error| error.to_string())?,
        opening: yuan(&ledger.opening)?,
        closing: yuan(&ledger.closing)?,
    };
    csv(&meta, &lines).map_err(|error| error.to_string())
}

/// The id of a published line.
async fn line_id(app: &Arc<App>, about: &AboutLine) -> Result<String, String> {
    let (region, period, no) = (about.region_code.clone(), about.period.clone(), about.no);
    let found = app
        .db
        .read(move |tx| store::about::line_id(tx, &region, &period, no))
        .await
        .map_err(|error| error.to_string())?;
    found.ok_or_else(|| {
        format!(
            "demo.json: no line {} in {} {}",
            about.no, about.region_code, about.period
        )
    })
}

async fn filed(
    app: &Arc<App>,
    people: &People,
    complaint: &Complaint,
) -> Result<ComplaintId, String> {
    let of = fault(&complaint.key);
    let about = match &complaint.about {
        Some(about) => json!({ "type": "disclosure_line", "id": line_id(app, about).await? }),
        None => Value::Null,
    };
    let body = json!({
        "kind": complaint.kind,
        "region_code": complaint.region_code,
        "category": complaint.category,
        "about": about,
        "text": complaint.text,
        "targets": complaint.targets,
        "identity": complaint.identity,
        "filed_by": complaint.filed_by,
        "may_publish_answer": complaint.may_publish_answer,
    });
    let request = serde_json::from_value(body.clone())
        .map_err(|error| format!("demo.json: {}: {error}", complaint.key))?;
    let attempt = Attempt {
        key: app.ids.token(),
        body,
        request,
    };
    let data = actix_web::web::Data::from(Arc::clone(app));
    let filed = file(&data, attempt).await.map_err(&of)?;
    let number = filed
        .view
        .get("number")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    find(app, people, complaint, &number).await
}

/// The id of a case by its number, as its supervising unit finds it.
async fn find(
    app: &Arc<App>,
    people: &People,
    complaint: &Complaint,
    number: &str,
) -> Result<ComplaintId, String> {
    let scope = scope(app, people, supervisor_of(complaint)).await?;
    let filter = store::complaints::Filter {
        words: Some(number.to_lowercase()),
        limit: 1,
        ..store::complaints::Filter::default()
    };
    let data = actix_web::web::Data::from(Arc::clone(app));
    let found = service::queue(&data, &scope, filter)
        .await
        .map_err(fault(&complaint.key))?;
    let id = found
        .first()
        .map(|(_, _, id)| id.clone())
        .ok_or_else(|| format!("demo: {} was not found", complaint.key))?;
    ComplaintId::try_from(id).map_err(|error| error.to_string())
}

/// Who supervises: the county where people of the township or somebody unknown is complained about.
fn supervisor_of(complaint: &Complaint) -> &'static str {
    let above = complaint.targets.as_array().is_some_and(|targets| {
        targets.iter().any(|target| {
            target.get("group").and_then(Value::as_str) == Some("township")
                || target.get("type").and_then(Value::as_str) == Some("other")
                || target
                    .get("id")
                    .and_then(Value::as_str)
                    .is_some_and(|id| id.ends_with("000"))
        })
    });
    if above { "demo_county" } else { "demo_triage" }
}

async fn act(
    app: &Arc<App>,
    people: &People,
    complaint: &Complaint,
    id: &ComplaintId,
    name: &str,
) -> Result<(), String> {
    let handler = match complaint.responsible_organisation_id.as_deref() {
        Some(unit) if unit.starts_with("accounting-agency") => "demo_handler2",
        _ => "demo_handler1",
    };
    let (who, mut body) = match name {
        "dispatch" => (
            supervisor_of(complaint),
            json!({ "organisation_id": complaint.responsible_organisation_id, "brief": complaint.brief }),
        ),
        "request_supplement" => (
            supervisor_of(complaint),
            json!({ "note": complaint.supplement_note }),
        ),
        "start" => (handler, json!({})),
        "submit_answer" => (handler, complaint.answer.clone().unwrap_or_default()),
        _ => (supervisor_of(complaint), json!({})),
    };
    if let Some(fields) = body.as_object_mut() {
        fields.insert("action".into(), name.into());
    }
    let sent = body.clone();
    let action = action(body)
        .map_err(|problem| format!("demo.json: {}: {name}: {problem}", complaint.key))?;
    let scope = scope(app, people, who).await?;
    let data = actix_web::web::Data::from(Arc::clone(app));
    let of = fault(&complaint.key);
    let seen = service::one(&data, &scope, id.clone())
        .await
        .map_err(&of)?
        .0;
    actions::act(&data, &scope, id.clone(), seen, sent, action)
        .await
        .map_err(&of)?;
    Ok(())
}
