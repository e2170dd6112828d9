//! Cases as a file: somebody asks, a second person decides, and whoever asked fetches it. What is in the file is what
//! that person may know of at that moment (the queue's own predicate), to him as the case's page shows it: a
//! responsible unit reads its brief and times by the day. Who complained is in no file.

use std::borrow::Cow;
use std::sync::Arc;

use actix_web::web;
use domain::canon::sha256_hex;
use domain::category;
use domain::complaint::state::StateName;
use domain::complaint::target::Accused;
use domain::deadline::Lang;
use domain::id::{ComplaintId, ExportId};
use domain::proposal::{Proposal, State, Subject, expires_at, organs_of_region};
use domain::region::RegionCode;
use domain::role::Scope;
use domain::time::{Day, Timestamp, parse_day};
use rust_xlsxwriter::{Format, XlsxError};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::audit::{self, Actor, Entry};
use store::complaints::{Filter, Listed, Sort, Wanted};
use store::exports::{self, Export};
use store::{StoreError, Tx, calendar, complaints, organisations};
use utoipa::ToSchema;

use super::service::region_name;
use super::views::{Grain, grain, readable, sees_text};
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::propose::{self, New, ProposedView};
use crate::rules::lexicon::word;
use crate::spreadsheet::{self, cell_text, guarded, new_workbook};

/// Most cases of one file.
const MOST: i64 = 2000;
/// Cases read in one go.
const PAGE: i64 = 200;

/// Which cases: those that the person may know of, and all of this.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhichCases {
    /// In this state; `open` for every open one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// In this region or inside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region_code: Option<RegionCode>,
    /// About this category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Received on this day or later, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_from: Option<String>,
    /// Received on this day or earlier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_until: Option<String>,
}

impl WhichCases {
    fn filter(&self) -> Result<Filter, ServiceError> {
        let state = self.state.as_deref().map(|text| match text {
            "open" => Ok(Wanted::Open),
            other => StateName::parse(other)
                .map(Wanted::State)
                .ok_or_else(|| ServiceError::at("/state", Code::OutOfRange)),
        });
        let day = |pointer: &str, text: Option<&str>| -> Result<Option<Day>, ServiceError> {
            let read =
                |text| parse_day(text).ok_or_else(|| ServiceError::at(pointer, Code::InvalidDate));
            text.map(read).transpose()
        };
        let until = day("/received_until", self.received_until.as_deref())?;
        let known = |code: &String| category::find(code).is_some();
        if self.category.as_ref().is_some_and(|code| !known(code)) {
            return Err(ServiceError::at("/category", Code::CategoryUnknown));
        }
        Ok(Filter {
            state: state.transpose()?,
            region: self.region_code.clone(),
            category: self.category.clone(),
            received_from: day("/received_from", self.received_from.as_deref())?
                .map(Timestamp::start_of),
            received_until: until
                .map(|day| day.succ_opt().map_or(Timestamp::MAX, Timestamp::start_of)),
            sort: Sort::Newest,
            ..Filter::default()
        })
    }
}

/// An export of one's own.
#[derive(Serialize, ToSchema)]
pub struct CaseExportView {
    id: String,
    /// The proposal that a second person decides.
    proposal_id: String,
    /// What was asked for, and `cases_up_to`: how many cases there were at most then, a round number.
    #[schema(value_type = Object)]
    which: Value,
    /// Why.
    reason: String,
    created_at: Timestamp,
    state: State,
    /// The first instant at which it is too late: for the second person while it waits, else for fetching it.
    until: Timestamp,
    /// When it was last fetched.
    fetched_at: Option<Timestamp>,
    /// Whether it may be fetched now.
    may_fetch: bool,
}

/// The answer to whoever asked for cases as a file.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RequestedExportView {
    /// The export, by which it is fetched once it was approved.
    export_id: String,
    /// The proposal that a second person decides.
    #[serde(flatten)]
    proposed: ProposedView,
}

/// Asks for cases as a file.
///
/// # Errors
/// A fault at its place, or [`Code::TooManyCases`].
pub async fn request(
    app: &web::Data<App>,
    scope: &Scope,
    which: WhichCases,
    reason: String,
) -> Result<RequestedExportView, ServiceError> {
    let filter = which.filter()?;
    let (scope, now, inner) = (scope.clone(), app.clocks.case(), Arc::clone(app));
    app.db
        .write(move |tx| {
            let count = complaints::counts(tx, &scope, &filter, now)?.total;
            if count > MOST {
                return Err(ServiceError::Rule(Code::TooManyCases));
            }
            let region = scope.region.clone();
            let calendar = calendar::current(tx, &inner.calendar, &region)?;
            let export: ExportId = inner.ids.make();
            let new = New {
                subject: Subject::Export {
                    export: export.clone(),
                },
                offered: organs_of_region(&organisations::organs(tx, &region)?),
                region,
                version: 1,
                body: &json!({ "which": which, "cases_up_to": up_to(count) }),
                reason: reason.clone(),
                accused: Accused::default(),
            };
            let proposal = propose::propose(tx, &inner, &scope, new, &calendar, now)?;
            let kept = Export {
                id: export,
                proposal: proposal.id.clone(),
                person: scope.person.clone(),
                created_at: now,
                until: None,
                fetched_at: None,
            };
            exports::insert(tx, &kept)?;
            Ok(RequestedExportView {
                export_id: kept.id.to_string(),
                proposed: ProposedView::from(&proposal),
            })
        })
        .await
}

/// How many there are at most: whoever decides may not know of each, and an exact number would tell of those.
fn up_to(count: i64) -> i64 {
    let mut rounded = [10, 20, 50, 100, 200, 500, 1000].into_iter();
    rounded.find(|most| count <= *most).unwrap_or(MOST)
}

/// A second person has approved it: whoever asked may fetch it from now on.
///
/// # Errors
/// The store's.
pub fn granted(
    tx: &mut Tx<'_>,
    app: &App,
    proposal: &Proposal,
    export: &ExportId,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let calendar = calendar::current(tx, &app.calendar, &proposal.region)?;
    Ok(exports::grant(tx, export, expires_at(&calendar, now))?)
}

fn asked(proposal: &Proposal) -> Result<WhichCases, ServiceError> {
    let corrupt = || StoreError::Corrupt("proposals", proposal.id.to_string());
    let body: Value = serde_json::from_str(&proposal.body).map_err(|_| corrupt())?;
    let which = body.get("which").cloned().unwrap_or_default();
    Ok(serde_json::from_value(which).map_err(|_| corrupt())?)
}

/// A person's own exports, with each one's place.
///
/// # Errors
/// The store's.
pub async fn list(
    app: &web::Data<App>,
    scope: &Scope,
    after: Option<(i64, String)>,
    limit: i64,
) -> Result<Vec<(CaseExportView, i64, String)>, ServiceError> {
    let (scope, now) = (scope.clone(), app.clocks.case());
    app.db
        .read(move |tx| {
            let found = exports::list_own(tx, &scope, after.as_ref(), limit)?;
            let views = found.into_iter().map(|(export, found)| {
                let (state, _) = found.state(now);
                let in_time = export.until.is_some_and(|until| now < until);
                let own = found.in_force && found.proposal.proposer.staff == scope.staff;
                let view = CaseExportView {
                    id: export.id.to_string(),
                    proposal_id: export.proposal.to_string(),
                    which: serde_json::from_str(&found.proposal.body).unwrap_or_default(),
                    reason: found.proposal.reason.clone(),
                    created_at: export.created_at,
                    state,
                    until: export.until.unwrap_or(found.proposal.expires_at),
                    fetched_at: export.fetched_at,
                    may_fetch: in_time && own && state == State::Approved,
                };
                (view, export.created_at.micros(), export.id.to_string())
            });
            Ok(views.collect())
        })
        .await
}

/// An approved export of one's own.
fn usable(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: &ExportId,
    now: Timestamp,
) -> Result<(Export, Proposal), ServiceError> {
    let (export, found) = exports::find_own(tx, scope, id)?
        .filter(|(_, found)| found.in_force && found.proposal.proposer.staff == scope.staff)
        .ok_or(ServiceError::NotFound)?;
    match (found.state(now).0, export.until) {
        (State::Approved, Some(until)) if now < until => Ok((export, found.proposal)),
        (State::Approved | State::Void, _) => Err(ServiceError::Rule(Code::ProposalVoid)),
        (State::Waiting | State::Refused, _) => Err(ServiceError::Rule(Code::NotApproved)),
    }
}

/// As what a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Comma-separated values.
    Csv,
    /// A workbook.
    Xlsx,
}

/// Fetches the file. Each time stands in the audit, of the export and of every case in it.
///
/// # Errors
/// [`ServiceError::NotFound`], [`Code::NotApproved`], [`Code::ProposalVoid`] or [`Code::TooManyCases`].
pub async fn fetch(
    app: &web::Data<App>,
    scope: &Scope,
    id: ExportId,
    form: Form,
    lang: Lang,
) -> Result<Vec<u8>, ServiceError> {
    let now = app.clocks.case();
    let looked = (scope.clone(), id.clone());
    let lines = app
        .db
        .read(move |tx| {
            let (_, proposal) = usable(tx, &looked.0, &looked.1, now)?;
            read(tx, &looked.0, &asked(&proposal)?.filter()?, lang, now)
        })
        .await?;
    let ids: Vec<ComplaintId> = lines.iter().map(|line| line.id.clone()).collect();
    let bytes = web::block(move || write(&lines, form, lang))
        .await
        .map_err(|error| ServiceError::Broken(error.to_string()))??;
    let digest = sha256_hex(&bytes);
    let (scope, inner) = (scope.clone(), Arc::clone(app));
    app.db
        .write(move |tx| {
            let (export, proposal) = usable(tx, &scope, &id, now)?;
            exports::fetched(tx, &export.id, now)?;
            let entry = |action: &str, reason: Option<String>| Entry {
                id: inner.ids.id(),
                case_at: now,
                wall_at: inner.clocks.wall(),
                actor: Actor::Staff(scope.staff.clone()),
                action: action.to_owned(),
                object: "export",
                object_id: export.id.to_string(),
                reason,
                before_sha256: None,
                after_sha256: Some(digest.clone()),
            };
            audit::record(tx, &entry("export_fetched", Some(proposal.reason)))?;
            for case in &ids {
                audit::record_in_case(tx, &entry("case_exported", None), case)?;
            }
            Ok::<_, ServiceError>(())
        })
        .await?;
    Ok(bytes)
}

/// A case in a file.
struct Line {
    id: ComplaintId,
    fields: [String; HEADINGS.len()],
}

/// What stands above the columns, in Chinese and English.
const HEADINGS: [[&str; 2]; 16] = [
    ["编号", "Number"],
    ["类型", "Kind"],
    ["类别", "Category"],
    ["地区", "Region"],
    ["状态", "State"],
    ["轮次", "Round"],
    ["级别", "Level"],
    ["督办", "Supervised"],
    ["收到时间", "Received"],
    ["来源", "Channel"],
    ["期限", "Due"],
    ["超期", "Late"],
    ["承办单位", "Responsible unit"],
    ["内容", "Words"],
    ["结果", "Result"],
    ["评价", "Rating"],
];

fn read(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &Filter,
    lang: Lang,
    now: Timestamp,
) -> Result<Vec<Line>, ServiceError> {
    let (mut lines, mut after) = (Vec::new(), None);
    loop {
        let page = Filter {
            after: after.clone(),
            limit: PAGE,
            ..filter.clone()
        };
        let found = complaints::list(tx, scope, &page, now)?;
        let Some(last) = found.last() else {
            return Ok(lines);
        };
        after = Some((last.place, last.known.record.case.id.to_string()));
        for listed in &found {
            lines.push(line(tx, listed, lang)?);
        }
        if lines.len() > usize::try_from(MOST).unwrap_or(usize::MAX) {
            return Err(ServiceError::Rule(Code::TooManyCases));
        }
    }
}

fn line(tx: &mut Tx<'_>, listed: &Listed, lang: Lang) -> Result<Line, ServiceError> {
    let known = &listed.known;
    let case = &known.record.case;
    let of = |[zh, en]: [String; 2]| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let said = |table: &str, code: &str| of(word(table, code));
    let yes = |yes: bool| match (yes, lang) {
        (true, Lang::Zh) => "是".to_owned(),
        (true, Lang::En) => "yes".to_owned(),
        (false, _) => String::new(),
    };
    let promised = case.promised();
    let unit = match case.responsible() {
        Some(id) => organisations::find(tx, id)?.map(|unit| unit.name),
        None => None,
    };
    let category = category::find(&case.category).map(|found| match lang {
        Lang::Zh => found.name_zh,
        Lang::En => found.name_en,
    });
    let received = match grain(known) {
        Grain::Exact => format!(
            "{} {}",
            case.received_at.day(),
            case.received_at.time_of_day().format("%H:%M")
        ),
        Grain::Day => case.received_at.day().to_string(),
    };
    let answer = case.given_answer();
    let rating = case.tally.rating.as_ref();
    let fields = [
        case.number.clone(),
        said("kinds", case.kind.as_str()),
        category.unwrap_or(&case.category).to_owned(),
        region_name(tx, &case.region)?,
        said("states", case.state.name().as_str()),
        case.round.to_string(),
        case.level.to_string(),
        yes(case.supervised),
        received,
        match sees_text(known) {
            true => said("channels", known.record.filing.channel.as_str()),
            false => String::new(),
        },
        match (promised, lang) {
            (Some(timer), _) => timer.due_date.to_string(),
            (None, Lang::Zh) if listed.is_broken => "计时无法读取".to_owned(),
            (None, Lang::En) if listed.is_broken => "clock unreadable".to_owned(),
            (None, _) => String::new(),
        },
        yes(promised.is_some_and(|timer| timer.breached_at.is_some())),
        unit.unwrap_or_default(),
        readable(known).to_owned(),
        answer
            .and_then(|given| serde_json::to_value(given.answer.result).ok())
            .map(|result| said("results", result.as_str().unwrap_or_default()))
            .unwrap_or_default(),
        rating
            .map(|rating| said("ratings", rating.rating.as_str()))
            .unwrap_or_default(),
    ];
    Ok(Line {
        id: case.id.clone(),
        fields,
    })
}

fn headings(lang: Lang) -> [&'static str; HEADINGS.len()] {
    HEADINGS.map(|[zh, en]| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    })
}

fn write(lines: &[Line], form: Form, lang: Lang) -> Result<Vec<u8>, ServiceError> {
    let failed = |error: &dyn std::fmt::Display| {
        ServiceError::Broken(format!("an export could not be written: {error}"))
    };
    match form {
        Form::Csv => {
            let head = headings(lang).map(Cow::Borrowed).to_vec();
            let rest = lines.iter().map(|line| {
                let fields = line.fields.iter();
                fields.map(|field| Cow::Owned(guarded(field))).collect()
            });
            spreadsheet::csv(std::iter::once(head).chain(rest)).map_err(|error| failed(&error))
        }
        Form::Xlsx => workbook(lines, lang).map_err(|error| failed(&error)),
    }
}

fn workbook(lines: &[Line], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = new_workbook()?;
    let text = Format::new().set_num_format("@").set_text_wrap();
    let bold = Format::new().set_bold();
    let sheet = workbook.add_worksheet();
    for (column, heading) in (0_u16..).zip(headings(lang)) {
        sheet.write_string_with_format(0, column, heading, &bold)?;
        sheet.set_column_width(column, if column == 13 { 60 } else { 14 })?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (row, line) in (1_u32..).zip(lines) {
        for (column, field) in (0_u16..).zip(&line.fields) {
            sheet.write_string_with_format(row, column, cell_text(field), &text)?;
        }
    }
    workbook.save_to_buffer()
}
