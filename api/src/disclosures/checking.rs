//! Reading a sheet and checking it against what was published before. What is wrong with it is no error but the answer.

use domain::deadline::Lang;
use domain::disclosure::chart::ChartVersion;
use domain::disclosure::content::Content;
use domain::disclosure::diff::{self, Diff};
use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::ledger::Ledger;
use domain::disclosure::period::Period;
use domain::disclosure::reach::reaches;
use domain::disclosure::table::{Around, Checking, Layout, Table, TableRow};
use domain::id::{LineId, PreviewId, StaffId};
use domain::region::{Level, RegionCode};
use domain::role::Scope;
use domain::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};
use store::audit::Actor;
use store::disclosures::{Line, NewSheet, Sheet, TableLine};
use store::regions::Part;
use store::{StoreError, Tx};

use super::log::{digests, entry};
use super::sheet::{CellProblem, Chosen, Pairs, ReadSheet, SheetColumn, Wanted};
use super::staging;
use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::ports::ids::Ids;

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
    /// As the audit names them.
    pub(super) fn actor(&self) -> Actor {
        match self {
            Self::Staff(scope) => Actor::Staff(scope.staff.clone()),
            Self::Operator => Actor::Operator,
        }
    }

    /// What this person may see and do; `None` for who may do everything.
    pub(super) fn scope(&self) -> Option<&Scope> {
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
    /// What it changes of what is published of the same period.
    pub changes: Option<Diff>,
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
        changes,
    } = checked(app, &drafter, handed, Purpose::Preview).await?;
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
        changes,
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
    let read = checked(app, &drafter, handed, Purpose::Marked).await?.read;
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

/// What is kept of a reading beside the lines.
#[derive(Serialize)]
struct Faults<'a> {
    errors: &'a [CellProblem],
    warnings: &'a [CellProblem],
}

/// What the check of a sheet found that somebody should still look at `today`.
///
/// # Errors
/// The store's.
pub(super) fn warnings(
    tx: &mut Tx<'_>,
    id: &PreviewId,
    today: Day,
) -> Result<Vec<CellProblem>, StoreError> {
    #[derive(Deserialize)]
    struct Kept {
        warnings: Vec<CellProblem>,
    }
    let kept = store::disclosures::faults(tx, id)?;
    let corrupt = |_| StoreError::Corrupt("ledger_sheets", id.to_string());
    let mut kept: Kept = serde_json::from_str(&kept).map_err(corrupt)?;
    kept.warnings.retain(|warning| !warning.is_over(today));
    Ok(kept.warnings)
}

/// More villages than any township has.
const MOST_NEIGHBOURS: i64 = 1_000;

/// A sheet that was read and checked.
pub(super) struct Checked {
    /// What is to be kept.
    pub new: NewSheet,
    /// What was read.
    pub read: ReadSheet,
    /// As [`Preview::sums`].
    pub sums: Sums,
    /// What is published of the period before.
    pub last: Option<Last>,
    /// As [`Preview::changes`].
    pub changes: Option<Diff>,
}

/// What a sheet is checked for: each needs something that costs time, and the others do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To be shown, beside what is published of the same period.
    Preview,
    /// To be given back with its bad cells marked: its cells are copied.
    Marked,
    /// To become a draft.
    Draft,
}

/// Longer sheets are not compared line by line with what is published: nobody reads that, and both are in memory.
const MOST_COMPARED: i32 = 20_000;

/// Reads and checks a sheet against what was published before.
///
/// # Errors
/// As [`preview`].
pub(super) async fn checked(
    app: &App,
    drafter: &Drafter,
    handed: Handed,
    purpose: Purpose,
) -> Result<Checked, ServiceError> {
    let today = app.clocks.case().day();
    may_hand_in(drafter, &handed, today)?;
    let village = village(app, &handed).await?;
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
    let expected = village.clone();
    let pairs = Pairs {
        village: Some(village),
        period: Some(period.to_string()),
        opening,
        closing,
        chart: chart.map(|chart| chart.as_str().to_owned()),
        columns,
        copied: purpose == Purpose::Marked,
    };
    let (ids, uploaded_at) = (app.ids, app.clocks.case());
    let uploaded_by = drafter.scope().map(|scope| scope.staff.clone());
    let asker = uploaded_by.as_ref().map_or("import", StaffId::as_str);
    let mut read = app
        .readers
        .read(asker, kind, bytes, &file_name, pairs)
        .await?;
    let (asked, rows) = (region.clone(), read.line_rows.len());
    let hides_names = read.hides_names();
    let most = i32::try_from(rows).unwrap_or(i32::MAX);
    // What was published for a later period goes on from this one, or publishing it will be refused.
    let before = (Layout::of(kind).is_some() && most <= MOST_COMPARED).then(|| Table {
        kind,
        rows: read.table.clone(),
    });
    let (beside, to_come, neighbours, named, here, next) = app
        .db
        .read(move |tx| {
            let neighbours = neighbours(tx, &asked)?;
            let beside = store::disclosures::beside(tx, &asked, kind, period, rows)?;
            let to_come = store::disclosures::closings_to_come(tx, &asked, kind, period)?;
            let named = if hides_names {
                store::disclosures::here_and_before(tx, &asked, kind, period)?
            } else {
                Vec::new()
            };
            let here = if purpose == Purpose::Preview && most <= MOST_COMPARED {
                store::disclosures::here(tx, &asked, kind, period, MOST_COMPARED)?
            } else {
                None
            };
            let next = match &before {
                Some(table) => store::disclosures::after(tx, &asked, period, table)?,
                None => Vec::new(),
            };
            Ok::<_, StoreError>((beside, to_come, neighbours, named, here, next))
        })
        .await?;
    read.check_village(&expected, &neighbours);
    read.check_day(period, today);
    // The sums of a long sheet take a second of a core.
    tokio::task::spawn_blocking(move || {
        // A correction of the period before that is under way comes out together with this one.
        let to_come = to_come.into_iter();
        let expected = to_come
            .filter(|closing| Some(*closing) == read.opening)
            .chain(beside.closing_before)
            .next();
        if expected.is_none()
            && let Some((earlier, closing)) = beside.earlier
        {
            read.check_gap(earlier, closing);
        }
        let previous = beside.previous.as_ref();
        read.check_beside(
            (expected, beside.opening_after),
            previous,
            &beside.around,
            period,
        );
        read.check_next(&next);
        read.check_names(&named);
        let changes = here.and_then(|(sheet, content)| changes(&mut read, &sheet, &content));
        let sums_here = sums(kind, &read.table, period, read.chart);
        let last = beside.last.map(|sheet| {
            let table = beside.around.previous.as_ref();
            let rows: &[TableRow] = table.map_or(&[], |(_, table)| &table.rows);
            let sums = sums(kind, rows, sheet.period, sheet.chart);
            Last { sheet, sums }
        });
        let new = kept(ids, &mut read, (region, period), (uploaded_by, uploaded_at))?;
        Ok(Checked {
            new,
            read,
            sums: sums_here,
            last,
            changes,
        })
    })
    .await
    .map_err(|error| ServiceError::Broken(error.to_string()))?
}

/// What a sheet changes of what is published; none while something is wrong with it.
fn changes(read: &mut ReadSheet, sheet: &Sheet, published: &Content) -> Option<Diff> {
    let rows_before = diff::rows(published);
    let changes = read.looked_at(|content| Diff::between(&rows_before, &diff::rows(content)))?;
    let balances = [read.opening, read.closing].map(Option::unwrap_or_default);
    Some(match read.kind {
        DisclosureKind::Ledger => changes.with_balances([sheet.opening, sheet.closing], balances),
        _ => changes,
    })
}

/// Whether this person may hand in for that village, and for that period already.
fn may_hand_in(drafter: &Drafter, handed: &Handed, today: Day) -> Result<(), ServiceError> {
    let region = &handed.region;
    if drafter
        .scope()
        .is_some_and(|scope| !(reaches(scope, region) && scope.region.covers(region)))
    {
        return Err(ServiceError::NotFound);
    }
    if region.level() != Level::Village {
        return Err(ServiceError::at("/region_code", Code::RegionNotVillage));
    }
    // What is planned is planned for days to come.
    if handed.period.first_day() > today && handed.kind != DisclosureKind::PlannedSpending {
        return Err(ServiceError::at("/period", Code::PeriodNotBegun));
    }
    Ok(())
}

/// What people call the village, when it was one in that period and no other ledger has the same days.
async fn village(app: &App, handed: &Handed) -> Result<String, ServiceError> {
    let (asked, kind, period) = (handed.region.clone(), handed.kind, handed.period);
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
    Ok(village.short_name)
}

/// What is to be kept of a reading. Its lines are taken out of it: a long sheet is not held twice.
fn kept(
    ids: Ids,
    read: &mut ReadSheet,
    (region, period): (RegionCode, Period),
    (uploaded_by, uploaded_at): (Option<StaffId>, Timestamp),
) -> Result<NewSheet, ServiceError> {
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
        id: ids.make(),
        region,
        kind: read.kind,
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
    Ok(NewSheet {
        sheet,
        faults,
        uploaded_by,
        uploaded_at,
        lines: lines.collect(),
        rows: rows.collect(),
    })
}

/// The names of the villages of a village's township.
fn neighbours(tx: &mut Tx<'_>, village: &RegionCode) -> Result<Vec<String>, StoreError> {
    let part = Part::Level(Level::Village, village.at(Level::Township));
    let all = store::regions::list(tx, &part, None, MOST_NEIGHBOURS)?;
    Ok(all.into_iter().map(|named| named.short_name).collect())
}

/// Whether some of the days of a ledger, or of a table of claims and debts, are in another published one, of a month, a
/// quarter or a year: both go on from what the one before left, and of two nobody could say which.
pub(super) fn overlapping(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    kind: DisclosureKind,
    period: Period,
) -> Result<bool, StoreError> {
    let found = match kind {
        DisclosureKind::Ledger | DisclosureKind::ReceivablesPayables => {
            store::disclosures::overlapping(tx, region, kind, period)?
        }
        _ => None,
    };
    Ok(found.is_some())
}
