//! From a sheet to a publication: read and check, draft, sign, publish. Each step and its audit row are one
//! transaction.

use std::sync::Arc;

use domain::canon::sha256_hex;
use domain::deadline::Lang;
use domain::disclosure::chart::ChartVersion;
use domain::disclosure::content::Content;
use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::ledger::Ledger;
use domain::disclosure::period::Period;
use domain::disclosure::publish::{Action, Refused, Signoff, SignoffRole, State, Version};
use domain::disclosure::reach::{allowed, may_replace, reaches};
use domain::disclosure::table::{Around, Checking, Grade, Layout, Table, TableRow};
use domain::id::{DisclosureId, LineId, PreviewId};
use domain::operation::ACT_ON_DISCLOSURE;
use domain::proposal::DISCLOSURE;
use domain::region::{Level, RegionCode};
use domain::role::Scope;
use domain::text::{self, BadText};
use domain::time::Timestamp;
use serde::Serialize;
use store::attachments::{self, Picture};
use store::audit::{Actor, Entry};
use store::disclosures::{Answered, Line, NewSheet, Record, Sheet, TableLine};
use store::regions::Part;
use store::{StoreError, Tx};

use super::publication;
use super::sheet::{CellProblem, Chosen, Pairs, ReadSheet, SheetColumn, Wanted};
use super::staging;
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::import::{ImportError, ImportFault, Place};
use crate::open_words::refuse_private;
use crate::ports::ids::Ids;
use crate::propose;

/// The most characters of a signer's opinion.
const NOTE_MAX: usize = 500;

/// A file somebody hands in, and what they say it is.
#[derive(Debug, Clone)]
pub struct Handed {
    /// The village.
    pub region: RegionCode,
    /// The kind.
    pub kind: DisclosureKind,
    /// The period.
    pub period: Period,
    /// The opening balance in yuan, where a CSV file does not say it.
    pub opening: Option<String>,
    /// The closing balance in yuan, where a CSV file does not say it.
    pub closing: Option<String>,
    /// The chart of accounts, where the sheet does not say it and the period says another.
    pub chart: Option<ChartVersion>,
    /// Which column of the sheet is which, where its headings do not say it.
    pub columns: Chosen,
    /// The file's name, for the places of what is wrong.
    pub file_name: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Who drafts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drafter {
    /// Somebody who works here.
    Staff(Box<Scope>),
    /// Somebody at the command line: nobody drafted it, so anybody of the committee may sign.
    Operator,
}

impl Drafter {
    fn actor(&self) -> Actor {
        match self {
            Self::Staff(scope) => Actor::Staff(scope.staff.clone()),
            Self::Operator => Actor::Operator,
        }
    }

    fn scope(&self) -> Option<&Scope> {
        match self {
            Self::Staff(scope) => Some(scope),
            Self::Operator => None,
        }
    }
}

/// A sheet that was read and kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// What is kept of it.
    pub sheet: Sheet,
    /// Of a table: what its columns of amounts and quantities add up to, as far as it could be read, by heading.
    pub sums: Sums,
    /// What is published of the period before.
    pub last: Option<Last>,
    /// The columns that were looked for.
    pub wanted: Vec<Wanted>,
    /// The columns that the sheet has.
    pub sheet_columns: Vec<SheetColumn>,
    /// Rows meant as lines.
    pub rows: usize,
    /// What forbids a draft.
    pub errors: Vec<CellProblem>,
    /// What somebody should look at.
    pub warnings: Vec<CellProblem>,
}

/// What is published of the period before a sheet's, to be put beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Last {
    /// What is kept of it.
    pub sheet: Sheet,
    /// As [`Preview::sums`].
    pub sums: Sums,
}

/// A draft made at the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The draft.
    pub record: Record,
    /// What somebody should look at.
    pub warnings: Vec<ImportFault>,
}

/// What somebody does to a disclosure, alone; what takes two is in [`super::corrections`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Sign for the supervision committee, with an opinion.
    Sign {
        /// The opinion.
        note: Option<String>,
    },
    /// Record the sheet that the committee signed on paper, with its opinion.
    SignOnPaper {
        /// The opinion that stands on it.
        note: Option<String>,
        /// The token of the photo.
        photo: String,
    },
    /// Show it to everybody.
    Publish,
    /// Drop the correction that is under way.
    DropCorrection,
}

impl Step {
    fn action(&self) -> Action {
        match self {
            Self::Sign { .. } => Action::Sign,
            Self::SignOnPaper { .. } => Action::SignOnPaper,
            Self::Publish => Action::Publish,
            Self::DropCorrection => Action::DropCorrection,
        }
    }

    fn checked(self) -> Result<Self, ServiceError> {
        let opinion = |note: Option<String>| {
            let kept = note.map(|note| said("/note", &note, 0)).transpose()?;
            // Everybody reads it below the signature, as it is.
            refuse_private("/note", kept.as_deref().unwrap_or_default())?;
            Ok::<_, ServiceError>(kept.filter(|note| !note.is_empty()))
        };
        Ok(match self {
            Self::Sign { note } => Self::Sign {
                note: opinion(note)?,
            },
            Self::SignOnPaper { note, photo } => Self::SignOnPaper {
                note: opinion(note)?,
                photo,
            },
            other => other,
        })
    }
}

/// Reads and checks a sheet and keeps it for a draft, with everything that is wrong with it.
///
/// # Errors
/// [`ServiceError::NotFound`] for a village that is not this person's; faults of the form. What is wrong
/// with the sheet is no error but the answer.
pub async fn preview(app: &App, scope: &Scope, handed: Handed) -> Result<Preview, ServiceError> {
    let drafter = Drafter::Staff(Box::new(scope.clone()));
    let Checked {
        new,
        read,
        sums,
        last,
    } = checked(app, &drafter, handed, false).await?;
    let sheet = new.sheet.clone();
    let entry = entry(app, drafter.actor(), "preview", sheet.id.as_str());
    let digest = sheet.content_sha256.clone();
    staging::keep(app, new, move |tx, _| {
        store::audit::record(tx, &digests(&entry, None, digest.as_ref()))
            .map_err(ServiceError::from)
    })
    .await?;
    Ok(Preview {
        sheet,
        sums,
        last,
        wanted: read.wanted,
        sheet_columns: read.sheet_columns,
        rows: read.rows,
        errors: read.errors,
        warnings: read.warnings,
    })
}

/// Reads and checks a sheet and gives its cells back with the bad ones marked; nothing is kept.
///
/// # Errors
/// As [`preview`].
pub async fn marked(
    app: &App,
    scope: &Scope,
    handed: Handed,
    lang: Lang,
) -> Result<Vec<u8>, ServiceError> {
    let drafter = Drafter::Staff(Box::new(scope.clone()));
    let read = checked(app, &drafter, handed, true).await?.read;
    // A workbook of a long ledger takes a second of a core.
    tokio::task::spawn_blocking(move || super::marked::xlsx(&read, lang))
        .await
        .map_err(|error| ServiceError::Broken(error.to_string()))?
        .map_err(|error| ServiceError::Broken(error.to_string()))
}

/// What the columns of a table add up to, by heading.
type Sums = Vec<(&'static str, String)>;

/// What the columns of a table add up to.
fn sums(kind: DisclosureKind, rows: &[TableRow], period: Period, chart: ChartVersion) -> Sums {
    let Some(layout) = Layout::of(kind) else {
        return Vec::new();
    };
    let around = Around::default();
    let all = Checking::alone(layout, rows, period, chart, &around);
    let columns = layout.columns.iter().enumerate();
    columns
        .filter(|(_, column)| column.summed)
        .filter_map(|(index, column)| {
            let sum = all.sum(index, |_| true)?;
            Some((column.heading, column.written(&sum)))
        })
        .collect()
}

/// Reads and checks a sheet and makes it a draft in one go, for the command line.
///
/// # Errors
/// Every fault of the sheet; else as [`preview`] and [`draft`].
pub async fn import_sheet(
    app: &App,
    handed: Handed,
    actor: Drafter,
) -> Result<Imported, ImportError> {
    let Checked { new, read, .. } = checked(app, &actor, handed, false).await?;
    if !read.errors.is_empty() {
        return Err(ImportError::Faults(places(&read.errors)));
    }
    let making = Making::now(app, actor);
    let record = staging::keep(app, new, move |tx, sheet| making.make(tx, sheet.clone()))
        .await
        .map_err(ImportError::Service)?;
    Ok(Imported {
        record,
        warnings: places(&read.warnings),
    })
}

/// What an importer says about cells.
fn places(problems: &[CellProblem]) -> Vec<ImportFault> {
    let fault = |problem: &CellProblem| {
        let place = Place::Sheet {
            sheet: problem.sheet.clone(),
            row: problem.row,
            column: problem.column.clone(),
        };
        let detail = problem.detail();
        ImportFault::new(place, &problem.code, detail.zh, detail.en)
    };
    problems.iter().map(fault).collect()
}

/// Makes a draft of a sheet that this person handed in before. It takes the place of a draft that nobody
/// has signed, when that was theirs or they publish here; asked twice, it is the same draft.
///
/// # Errors
/// `preview_unknown`, `preview_has_errors`, `period_taken`.
pub async fn draft(app: &App, scope: &Scope, preview: PreviewId) -> Result<Record, ServiceError> {
    let scope = scope.clone();
    let making = Making::now(app, Drafter::Staff(Box::new(scope.clone())));
    app.db
        .write(move |tx| {
            let sheet = store::disclosures::own_preview(tx, &scope, &preview)?
                .ok_or_else(|| ServiceError::at("/preview_id", Code::PreviewUnknown))?;
            making.make(tx, sheet)
        })
        .await
}

/// Signs, publishes, or drops a correction; `seen` is the edition the person saw.
///
/// # Errors
/// Not found, not permitted, stale, illegal with what is legal, or the rule that stands against it.
pub async fn act(
    app: &Arc<App>,
    scope: &Scope,
    id: DisclosureId,
    seen: i32,
    step: Step,
) -> Result<Record, ServiceError> {
    let step = step.checked()?;
    let (scope, now, inner) = (scope.clone(), app.clocks.case(), Arc::clone(app));
    app.db
        .write(move |tx| {
            let record = open(tx, &scope, &id, seen, step.action())?;
            let log = Log::new(&inner, Actor::Staff(scope.staff.clone()));
            let done = match &step {
                Step::Sign { note } => sign(tx, &log, &scope, record, note.clone(), None, now)?,
                Step::SignOnPaper { note, photo } => {
                    let picture = taken(tx, &inner, photo)?;
                    sign(tx, &log, &scope, record, note.clone(), Some(picture), now)?
                }
                Step::Publish => publication::publish(tx, &inner, &log, record, now)?,
                Step::DropCorrection => drop_correction(tx, &log, record)?,
            };
            // Whatever was proposed was proposed about what stood there before.
            propose::void_changed(tx, &inner, DISCLOSURE, id.as_str(), |_| false, now)?;
            Ok(done)
        })
        .await
}

/// The disclosure, when this person may do that to it now.
pub(super) fn open(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: &DisclosureId,
    seen: i32,
    action: Action,
) -> Result<Record, ServiceError> {
    let found = store::disclosures::find_for(tx, scope, id)?;
    let record = found.ok_or(ServiceError::NotFound)?;
    let word = match action {
        Action::SignOnPaper => "paper_file",
        other => other.as_str(),
    };
    if !ACT_ON_DISCLOSURE.lets(scope.role, word) {
        return Err(ServiceError::Rule(Code::NotPermitted));
    }
    if record.edition != seen {
        return Err(StoreError::Stale.into());
    }
    let legal = allowed_to(scope, &record);
    if legal.contains(&action) {
        Ok(record)
    } else {
        Err(refused(&record, scope, action, &legal))
    }
}

/// What this person may do to a disclosure now.
pub(super) fn allowed_to(scope: &Scope, record: &Record) -> Vec<Action> {
    let correction = record.correction.as_ref().map(|next| &next.progress);
    allowed(scope, &record.sheet.region, &record.progress, correction)
}

/// Puts a signature under what is in work: the draft, or the correction that is under way.
fn sign(
    tx: &mut Tx<'_>,
    log: &Log,
    scope: &Scope,
    mut record: Record,
    note: Option<String>,
    photo: Option<Picture>,
    now: Timestamp,
) -> Result<Record, ServiceError> {
    let on_paper = photo.is_some();
    let progress = record.in_work().2.clone();
    let digest = progress.content_sha256().to_owned();
    let signed = progress
        .sign(Signoff {
            role: SignoffRole::SupervisionCommittee,
            person_id: scope.person.clone(),
            at: now,
            note,
            content_sha256: digest.clone(),
            paper: photo.map(|photo| photo.id),
        })
        .map_err(|refusal| against(&refusal, &record, scope))?;
    match &mut record.correction {
        Some(next) => next.progress = signed,
        None => record.progress = signed,
    }
    let seen = record.edition;
    record.edition += 1;
    store::disclosures::save(tx, &record, seen)?;
    let word = if on_paper {
        Action::SignOnPaper
    } else {
        Action::Sign
    };
    log.write(
        tx,
        word.as_str(),
        &record,
        None,
        [Some(&digest), Some(&digest)],
    )?;
    Ok(record)
}

/// The photo of a token, which is spent with it.
fn taken(tx: &mut Tx<'_>, app: &App, token: &str) -> Result<Picture, ServiceError> {
    let digests = [sha256_hex(token.as_bytes())];
    let found = attachments::offered(tx, &digests, app.clocks.wall())?;
    let picture = found.ok().and_then(|mut pictures| pictures.pop());
    let picture = picture.ok_or_else(|| ServiceError::at("/paper_file", Code::AttachmentGone))?;
    attachments::spend(tx, &picture)?;
    Ok(picture)
}

/// Ends a correction before it is published; what is published stays as it is.
fn drop_correction(tx: &mut Tx<'_>, log: &Log, mut record: Record) -> Result<Record, ServiceError> {
    let Some(next) = record.correction.take() else {
        return Err(ServiceError::Illegal(Vec::new()));
    };
    store::disclosures::drop_correction(tx, &record.id, &next)?;
    let seen = record.edition;
    record.edition += 1;
    store::disclosures::save(tx, &record, seen)?;
    let digests = [next.sheet.content_sha256.as_ref(), None];
    log.write(tx, Action::DropCorrection.as_str(), &record, None, digests)?;
    Ok(record)
}

/// Why a step that is not allowed is not.
fn refused(record: &Record, scope: &Scope, action: Action, legal: &[Action]) -> ServiceError {
    let in_work = record.in_work().2;
    let own = in_work.drafted_by() == Some(&scope.person);
    let signable = matches!(in_work.state(), State::Draft | State::Signed);
    let signs = matches!(action, Action::Sign | Action::SignOnPaper);
    if signs && own && signable {
        return ServiceError::Rule(Code::SignerDrafted);
    }
    // Somebody else of these roles could.
    let possible = record.progress.state().legal_actions().contains(&action);
    if action == Action::Withdraw && possible {
        return ServiceError::Rule(Code::NotPermitted);
    }
    illegal(legal)
}

/// What a rule of the domain stands for here.
pub(super) fn against(refusal: &Refused, record: &Record, scope: &Scope) -> ServiceError {
    match refusal {
        Refused::Illegal { .. } | Refused::AlreadySigned => illegal(&allowed_to(scope, record)),
        Refused::SignerDrafted => ServiceError::Rule(Code::SignerDrafted),
        Refused::ContentChanged => corrupt(record).into(),
    }
}

fn illegal(legal: &[Action]) -> ServiceError {
    let words = legal.iter().map(|action| action.as_str().to_owned());
    ServiceError::Illegal(words.collect())
}

pub(super) fn corrupt(record: &Record) -> StoreError {
    StoreError::Corrupt("ledger_sheets", record.sheet.id.to_string())
}

/// Somebody's words as they are kept, `least` to 500 characters.
pub(super) fn said(pointer: &str, words: &str, least: usize) -> Result<String, ServiceError> {
    text::body(words, least, NOTE_MAX).map_err(|bad| {
        ServiceError::at(
            pointer,
            match bad {
                BadText::TooShort(_) => Code::TooShort,
                BadText::TooLong(_) => Code::TooLong,
                BadText::Control => Code::ControlCharacter,
            },
        )
    })
}

/// The digest of what is stored, taken anew, when it still adds up.
pub(super) fn verified(tx: &mut Tx<'_>, record: &Record) -> Result<String, ServiceError> {
    let sheet = &record.sheet;
    let content = store::disclosures::content(tx, sheet)?;
    match &content {
        // It added up when it was handed in: rows that do not any more were tampered with. How balances go on from one
        // period to the next is looked at where several come out together.
        Content::Ledger(ledger) => {
            if !ledger.check(None, sheet.period).is_empty() {
                return Err(corrupt(record).into());
            }
        }
        Content::Table(table) => holds(tx, record, table)?,
    }
    content
        .sha256(&sheet.region, sheet.period, sheet.chart)
        .map_err(|_| corrupt(record).into())
}

/// Whether a table still holds together, goes on from the period before, and the period after from it.
fn holds(tx: &mut Tx<'_>, record: &Record, table: &Table) -> Result<(), ServiceError> {
    let sheet = &record.sheet;
    let rows = table.rows.len();
    let (region, kind, period) = (&sheet.region, sheet.kind, sheet.period);
    let beside = store::disclosures::beside(tx, region, kind, period, rows)?;
    let faults = table.check(period, sheet.chart, &beside.around);
    if faults.iter().any(|fault| fault.grade == Grade::Error) {
        return Err(corrupt(record).into());
    }
    if faults.iter().any(|fault| fault.grade == Grade::Chain) {
        return Err(ServiceError::Rule(Code::NotAfterLast));
    }
    for next in store::disclosures::after(tx, sheet, table)? {
        let faults = next.table.check(next.period, next.chart, &next.around);
        if faults.iter().any(|fault| fault.grade == Grade::Chain) {
            return Err(ServiceError::Rule(Code::NotBeforeNext));
        }
    }
    Ok(())
}

/// What is kept of a reading beside the lines.
#[derive(Serialize)]
struct Faults<'a> {
    errors: &'a [CellProblem],
    warnings: &'a [CellProblem],
}

/// More villages than any township has.
const MOST_NEIGHBOURS: i64 = 1_000;

/// A sheet that was read and checked.
struct Checked {
    new: NewSheet,
    read: ReadSheet,
    sums: Sums,
    last: Option<Last>,
}

/// Reads and checks a sheet against what was published before.
async fn checked(
    app: &App,
    drafter: &Drafter,
    handed: Handed,
    copied: bool,
) -> Result<Checked, ServiceError> {
    let Handed {
        region,
        kind,
        period,
        opening,
        closing,
        chart,
        columns,
        file_name,
        bytes,
    } = handed;
    if drafter.scope().is_some_and(|scope| {
        let inside = scope.region.covers(&region);
        !(reaches(scope, &region) && inside)
    }) {
        return Err(ServiceError::NotFound);
    }
    if region.level() != Level::Village {
        return Err(ServiceError::at("/region_code", Code::RegionNotVillage));
    }
    // What is planned is planned for days to come.
    let ahead = period.first_day() > app.clocks.case().day();
    if ahead && kind != DisclosureKind::PlannedSpending {
        return Err(ServiceError::at("/period", Code::PeriodNotBegun));
    }
    let asked = region.clone();
    let (village, overlap) = app
        .db
        .read(move |tx| {
            let village = store::regions::find(tx, &asked)?;
            let overlap = overlapping(tx, &asked, kind, period)?;
            Ok::<_, StoreError>((village, overlap))
        })
        .await?;
    let village = village.ok_or_else(|| ServiceError::at("/region_code", Code::RegionUnknown))?;
    let ended = village.ended.as_ref();
    if ended.is_some_and(|ended| period.first_day() > ended.until) {
        return Err(ServiceError::at("/region_code", Code::RegionEnded));
    }
    if overlap {
        return Err(ServiceError::at("/period", Code::PeriodOverlaps));
    }
    let expected = village.short_name.clone();
    let pairs = Pairs {
        village: Some(village.short_name),
        period: Some(period.to_string()),
        opening,
        closing,
        chart: chart.map(|chart| chart.as_str().to_owned()),
        columns,
        copied,
    };
    let (ids, id) = (app.ids, app.ids.make());
    let (uploaded_by, uploaded_at) = (
        drafter.scope().map(|scope| scope.staff.clone()),
        app.clocks.case(),
    );
    let mut read = app.readers.read(kind, bytes, &file_name, pairs).await?;
    let (asked, rows) = (region.clone(), read.line_rows.len());
    let (beside, to_come, neighbours) = app
        .db
        .read(move |tx| {
            let neighbours = neighbours(tx, &asked)?;
            let beside = store::disclosures::beside(tx, &asked, kind, period, rows)?;
            let to_come = store::disclosures::closings_to_come(tx, &asked, kind, period)?;
            Ok::<_, StoreError>((beside, to_come, neighbours))
        })
        .await?;
    read.check_village(&expected, &neighbours);
    read.check_day(period, app.clocks.case().day());
    // The sums of a long sheet take a second of a core.
    tokio::task::spawn_blocking(move || {
        // A correction of the period before that is under way comes out together with this one.
        let to_come = to_come.into_iter();
        let expected = to_come
            .filter(|closing| Some(*closing) == read.opening)
            .chain(beside.closing_before)
            .next();
        let previous = beside.previous.as_ref();
        read.check_beside(
            (expected, beside.opening_after),
            previous,
            &beside.around,
            period,
        );
        let table = read.table.as_slice();
        let sums_here = sums(kind, table, period, read.chart);
        let last = beside.last.map(|sheet| {
            let table = beside.around.previous.as_ref();
            let rows: &[TableRow] = table.map_or(&[], |(_, table)| &table.rows);
            let sums = sums(kind, rows, sheet.period, sheet.chart);
            Last { sheet, sums }
        });
        let content = read.take_content();
        let content_sha256 = match &content {
            Some(content) => Some(
                content
                    .sha256(&region, period, read.chart)
                    .map_err(|error| ServiceError::Broken(error.to_string()))?,
            ),
            None => None,
        };
        // Of a sheet with errors, the lines that could be read.
        let readable = Ledger {
            opening: read.opening.unwrap_or_default(),
            closing: read.closing.unwrap_or_default(),
            lines: std::mem::take(&mut read.lines),
        };
        let totals = match &content {
            Some(Content::Ledger(ledger)) => ledger.totals(),
            _ => readable.totals(),
        };
        let table_rows = match &content {
            Some(Content::Table(table)) => table.rows.len(),
            _ => read.table.len(),
        };
        let faults = serde_json::to_string(&Faults {
            errors: &read.errors,
            warnings: &read.warnings,
        })
        .map_err(|error| ServiceError::Broken(error.to_string()))?;
        let count = totals.line_count.max(table_rows);
        let sheet = Sheet {
            id,
            region,
            kind,
            period,
            opening: readable.opening,
            income: totals.income_fen,
            expense: totals.expense_fen,
            closing: readable.closing,
            line_count: i32::try_from(count).unwrap_or(i32::MAX),
            chart: read.chart,
            content_sha256,
        };
        let (mut lines, mut rows) = (Vec::new(), Vec::new());
        match content {
            Some(Content::Ledger(ledger)) => lines = ledger.lines,
            Some(Content::Table(table)) => rows = table.rows,
            None => {}
        }
        // Ids that rise with the lines lie side by side in their index: of a long sheet that halves what is written.
        let mut line_ids: Vec<LineId> = lines.iter().map(|_| ids.make()).collect();
        line_ids.sort_unstable();
        let lines = line_ids.into_iter().zip(lines);
        let lines = lines.map(|(id, line)| Line { id, line });
        let rows = rows.into_iter().map(|row| TableLine {
            id: ids.make(),
            row,
        });
        let new = NewSheet {
            sheet,
            faults,
            uploaded_by,
            uploaded_at,
            lines: lines.collect(),
            rows: rows.collect(),
        };
        Ok(Checked {
            new,
            read,
            sums: sums_here,
            last,
        })
    })
    .await
    .map_err(|error| ServiceError::Broken(error.to_string()))?
}

/// The names of the villages of a village's township.
fn neighbours(tx: &mut Tx<'_>, village: &RegionCode) -> Result<Vec<String>, StoreError> {
    let part = Part::Level(Level::Village, village.at(Level::Township));
    let all = store::regions::list(tx, &part, None, MOST_NEIGHBOURS)?;
    Ok(all.into_iter().map(|named| named.short_name).collect())
}

/// Whether some of a ledger's days are in another published ledger, of a month, a quarter or a year.
pub(super) fn overlapping(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    kind: DisclosureKind,
    period: Period,
) -> Result<bool, StoreError> {
    let found = match kind {
        DisclosureKind::Ledger => store::disclosures::overlapping(tx, region, kind, period)?,
        _ => None,
    };
    Ok(found.is_some())
}

/// A draft about to be made; everything that must be the same when the transaction runs again.
struct Making {
    id: DisclosureId,
    now: Timestamp,
    drafter: Drafter,
    entry: Entry,
}

impl Making {
    fn now(app: &App, drafter: Drafter) -> Self {
        let id: DisclosureId = app.ids.make();
        Self {
            entry: entry(app, drafter.actor(), "draft", id.as_str()),
            id,
            now: app.clocks.case(),
            drafter,
        }
    }

    fn make(&self, tx: &mut Tx<'_>, sheet: Sheet) -> Result<Record, ServiceError> {
        let Some(digest) = sheet.content_sha256.clone() else {
            return Err(ServiceError::Rule(Code::PreviewHasErrors));
        };
        let village = store::regions::find(tx, &sheet.region)?
            .ok_or_else(|| ServiceError::at("/region_code", Code::RegionUnknown))?;
        if overlapping(tx, &sheet.region, sheet.kind, sheet.period)? {
            return Err(ServiceError::Rule(Code::PeriodOverlaps));
        }
        let drafted_by = self.drafter.scope().map(|scope| scope.person.clone());
        let progress = Version::draft(drafted_by, digest.clone());
        let title = sheet.kind.title(&village.short_name, sheet.period);
        let Some(found) = store::disclosures::occupant(tx, &sheet)? else {
            let record = Record {
                id: self.id.clone(),
                title,
                version: 1,
                edition: 1,
                sheet,
                progress,
                created_at: self.now,
                answered: Answered::default(),
                correction: None,
            };
            store::disclosures::insert(tx, &record).map_err(|error| match error {
                StoreError::Conflict(_) => ServiceError::Rule(Code::PeriodTaken),
                other => other.into(),
            })?;
            store::audit::record(tx, &digests(&self.entry, None, Some(&digest)))?;
            return Ok(record);
        };
        let replaceable = match self.drafter.scope() {
            Some(scope) => may_replace(scope, &found.sheet.region, &found.progress),
            None => {
                let open = matches!(found.progress.state(), State::Draft | State::Withdrawn);
                let never = found.progress.published().is_none();
                found.progress.drafted_by().is_none() && open && never
            }
        };
        if !replaceable {
            return Err(ServiceError::Rule(Code::PeriodTaken));
        }
        if found.sheet.id == sheet.id && found.progress.state() == State::Draft {
            return Ok(found);
        }
        let record = Record {
            edition: found.edition + 1,
            sheet,
            progress,
            title,
            ..found.clone()
        };
        store::disclosures::save(tx, &record, found.edition)?;
        let entry = Entry {
            object_id: record.id.to_string(),
            action: "replace_draft".to_owned(),
            ..digests(
                &self.entry,
                found.sheet.content_sha256.as_ref(),
                Some(&digest),
            )
        };
        store::audit::record(tx, &entry)?;
        Ok(record)
    }
}

/// Who does something, for the audit.
pub(super) struct Log {
    ids: Ids,
    template: Entry,
}

impl Log {
    pub(super) fn new(app: &App, actor: Actor) -> Self {
        Self {
            ids: app.ids,
            template: entry(app, actor, "", ""),
        }
    }

    /// Writes down what was done to a disclosure: why, and the digests of its content before and after.
    pub(super) fn write(
        &self,
        tx: &mut Tx<'_>,
        action: &str,
        record: &Record,
        reason: Option<&str>,
        [before, after]: [Option<&String>; 2],
    ) -> Result<(), StoreError> {
        let entry = Entry {
            id: self.ids.id(),
            action: action.to_owned(),
            object_id: record.id.to_string(),
            reason: reason.map(str::to_owned),
            ..self.template.clone()
        };
        store::audit::record(tx, &digests(&entry, before, after))
    }
}

/// An audit row about a disclosure, without its digests.
fn entry(app: &App, actor: Actor, action: &str, id: &str) -> Entry {
    Entry {
        id: app.ids.id(),
        case_at: app.clocks.case(),
        wall_at: app.clocks.wall(),
        actor,
        action: action.to_owned(),
        object: DISCLOSURE,
        object_id: id.to_owned(),
        reason: None,
        before_sha256: None,
        after_sha256: None,
    }
}

fn digests(entry: &Entry, before: Option<&String>, after: Option<&String>) -> Entry {
    Entry {
        before_sha256: before.cloned(),
        after_sha256: after.cloned(),
        ..entry.clone()
    }
}
