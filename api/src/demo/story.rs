//! What happened in the demo's year: ledgers published on their days, complaints filed and worked on,
//! told to the services in the order of time, the worker stepping in between.

use std::sync::Arc;

use chrono::{NaiveTime, TimeDelta};
use domain::complaint::intake::Channel;
use domain::id::{ProposalId, StaffId};
use domain::proposal::CaseMatter;
use domain::role::Scope;
use domain::time::{Timestamp, parse_day};
use serde::Deserialize;
use serde_json::Value;

use super::cases::Cases;
use super::duties;
use super::ledgers::publish;
use super::people::People;
use super::tables::{self, TableOf};
use crate::app::App;
use crate::decisions::decide::{Decision, decide};
use crate::zones;

const STORY: &str = include_str!("../../data/demo.json");
/// The story begins at least this many days before the demo's start.
const DAYS_BEFORE: i64 = 220;
/// And this many before its first ledger was published: late enough that the villages owe nothing for the months before.
const DAYS_BEFORE_FIRST: i64 = 20;

/// The file, as far as the demo tells it.
#[derive(Debug, Deserialize)]
pub struct Story {
    villages: Vec<Village>,
    complaints: Vec<Complaint>,
    zone: ZoneOf,
    catalogue: CatalogueOf,
    events: Vec<EventOf>,
    /// The accounts.
    pub staff: Vec<Person>,
}

/// A village and its ledgers.
#[derive(Debug, Deserialize)]
pub struct Village {
    pub region_code: String,
    pub name: String,
    /// Who drafts its ledgers.
    pub clerk: String,
    /// Who signs them.
    pub committee: String,
    pub ledgers: Vec<LedgerOf>,
}

/// A ledger of one month.
#[derive(Debug, Clone, Deserialize)]
pub struct LedgerOf {
    pub period: String,
    published_on: String,
    pub opening: String,
    pub closing: String,
    pub lines: Vec<Line>,
}

/// One line of a ledger, as texts.
#[derive(Debug, Clone, Deserialize)]
pub struct Line {
    pub no: i32,
    pub date: String,
    pub voucher_no: String,
    pub summary: String,
    pub income: String,
    pub expense: String,
    pub balance: String,
    pub account_code: String,
    pub fund_source: String,
    pub payee: String,
    pub handled_by: String,
    pub witnessed_by: String,
    pub approved_by: String,
    pub attachments: i32,
}

/// A complaint and what became of it.
#[derive(Debug, Clone, Deserialize)]
pub struct Complaint {
    pub key: String,
    pub kind: String,
    pub category: String,
    pub region_code: String,
    pub text: String,
    pub targets: Value,
    pub about: Option<AboutLine>,
    pub identity: Value,
    pub filed_by: String,
    pub may_publish_answer: bool,
    pub filed_days_before_start: i64,
    pub filed_time: String,
    pub actions: Vec<String>,
    pub responsible_organisation_id: Option<String>,
    pub brief: Option<String>,
    pub answer: Option<Value>,
    pub supplement_note: Option<String>,
    /// Words for everybody that come with the approval.
    #[serde(default)]
    pub public_answer: Option<String>,
    /// How it came in; by the web unless said otherwise.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// Who took it down.
    #[serde(default)]
    pub taken_by: Option<String>,
    /// What happened to it out of the ordinary.
    #[serde(default)]
    pub more: Vec<Deed>,
}

/// A line that a complaint is about.
#[derive(Debug, Clone, Deserialize)]
pub struct AboutLine {
    pub region_code: String,
    pub period: String,
    pub no: i32,
}

/// One thing that somebody does in a case.
#[derive(Debug, Clone, Deserialize)]
pub struct Deed {
    /// An account, or `villager`.
    pub who: String,
    /// When, in days before the demo's start.
    pub days_before_start: i64,
    /// And at what time.
    pub time: String,
    /// The action as it is sent.
    #[serde(default, rename = "do")]
    pub action: Value,
    /// The key of the case that is followed, for `merge`.
    pub into: Option<String>,
    /// The day on which a formal order is due, in days after the demo's start.
    pub due_in_days: Option<i64>,
    /// Instead of an action: to be the second person.
    pub approve: Option<CaseMatter>,
}

/// A zone, proposed by the first and approved by the second of two people.
#[derive(Debug, Clone, Deserialize)]
pub struct ZoneOf {
    by: [String; 2],
    /// As it is sent.
    body: Value,
}

/// The county's catalogue of what must be published, proposed by the first and approved by the second of two people.
#[derive(Debug, Clone, Deserialize)]
pub struct CatalogueOf {
    pub by: [String; 2],
    pub reason: String,
    /// Codes of the matters that are taken over from the shipped one.
    pub items: Vec<String>,
}

/// An event after which something must be published at once.
#[derive(Debug, Clone, Deserialize)]
pub struct EventOf {
    pub who: String,
    pub region_code: String,
    pub item: String,
    pub title: String,
    /// When it happened, in days before the demo's start.
    pub days_before_start: i64,
    /// When it was written down.
    recorded_days_before_start: i64,
    time: String,
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
    Shown(&'a Village, &'a TableOf),
    Filed(&'a Complaint),
    Done(&'a Complaint, &'a str),
    Deed(&'a Complaint, &'a Deed),
    Event(&'a EventOf),
}

/// Reads the story.
pub fn read() -> Result<Story, String> {
    serde_json::from_str(STORY).map_err(|error| format!("demo.json: {error}"))
}

/// Where the stepped clock stands before the story.
pub fn begins(story: &Story, start: Timestamp) -> Timestamp {
    let ledgers = story.villages.iter().flat_map(|village| &village.ledgers);
    let first = ledgers
        .filter_map(|ledger| parse_day(&ledger.published_on))
        .min();
    let before = start.plus_seconds(-DAYS_BEFORE * 86_400);
    let earliest = first.map(|day| Timestamp::start_of(day - TimeDelta::days(DAYS_BEFORE_FIRST)));
    earliest.map_or(before, |at| at.plus_seconds(9 * 3600).min(before))
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
    let tables = tables::read()?;
    for table in &tables {
        let mut villages = story.villages.iter();
        let village = villages.find(|village| village.region_code == table.region_code);
        let village = village.ok_or("demo-tables.json: an unknown village")?;
        let day = parse_day(&table.published_on)
            .ok_or_else(|| format!("demo-tables.json: {}", table.published_on))?;
        happenings.push((at(day, "10:30")?, Happening::Shown(village, table)));
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
        for deed in &complaint.more {
            let day = start.day() - TimeDelta::days(deed.days_before_start);
            happenings.push((at(day, &deed.time)?, Happening::Deed(complaint, deed)));
        }
    }
    for event in &story.events {
        let day = start.day() - TimeDelta::days(event.recorded_days_before_start);
        happenings.push((at(day, &event.time)?, Happening::Event(event)));
    }
    happenings.sort_by_key(|(when, _)| *when);
    let mut cases = Cases::new(app, people);
    found(app, people, &story.zone).await?;
    duties::adopt(app, people, &story.catalogue).await?;
    for (when, happening) in happenings {
        app.clocks.step_case_to(when);
        crate::worker::step(app)
            .await
            .map_err(|error| error.to_string())?;
        match happening {
            Happening::Published(village, ledger) => publish(app, people, village, ledger).await?,
            Happening::Shown(village, table) => {
                tables::publish(app, people, village, table).await?;
            }
            Happening::Filed(complaint) => cases.file(complaint).await?,
            Happening::Done(complaint, action) => cases.usual(complaint, action).await?,
            Happening::Deed(complaint, deed) => cases.deed(complaint, deed, start).await?,
            Happening::Event(event) => duties::record(app, people, event, start).await?,
        }
    }
    app.clocks.step_case_to(start);
    crate::worker::step(app)
        .await
        .map_err(|error| error.to_string())?;
    Ok(())
}

/// What an account may do today.
pub async fn scope(app: &Arc<App>, people: &People, username: &str) -> Result<Scope, String> {
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
pub fn fault(of: &str) -> impl Fn(crate::error::ServiceError) -> String + '_ {
    move |error| format!("demo: {of}: {error}")
}

/// Two people of the county found a zone.
async fn found(app: &Arc<App>, people: &People, zone: &ZoneOf) -> Result<(), String> {
    let of = fault("the zone");
    let body = serde_json::from_value(zone.body.clone())
        .map_err(|error| format!("demo.json: zone: {error}"))?;
    let [first, second] = &zone.by;
    let proposer = scope(app, people, first).await?;
    let proposed = zones::service::propose(app, &proposer, None, body)
        .await
        .map_err(&of)?;
    approve(app, people, second, proposed.proposal_id).await
}

/// The second person approves.
pub async fn approve(
    app: &Arc<App>,
    people: &People,
    second: &str,
    proposal: String,
) -> Result<(), String> {
    let proposal = ProposalId::try_from(proposal).map_err(|error| error.to_string())?;
    let decision = Decision {
        is_sure: true,
        approve: true,
        note: Some("同意（演示）".into()),
    };
    let data = actix_web::web::Data::from(Arc::clone(app));
    decide(
        &data,
        &scope(app, people, second).await?,
        proposal,
        decision,
    )
    .await
    .map_err(fault("the second person"))?;
    Ok(())
}
