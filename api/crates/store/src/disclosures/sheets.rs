//! Sheets as they were handed in, and the lines of ledgers (`tables` has the rows of the other kinds). A sheet with errors is kept with what was wrong and
//! without lines; nothing half read can become a draft.

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;
use domain::disclosure::chart::ChartVersion;
use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::ledger::LedgerLine;
use domain::disclosure::period::Period;
use domain::disclosure::reach::reaches;
use domain::id::{LineId, PreviewId, StaffId};
use domain::money::Fen;
use domain::region::RegionCode;
use domain::role::Scope;
use domain::time::{Timestamp, parse_day};

use super::Record;
use super::tables::{self, TableLine};
use crate::Tx;
use crate::conn::Conn;
use crate::error::StoreError;
use crate::schema::{ledger_lines, ledger_sheets, published_answers};

/// Lines in one statement: sixteen columns of 500 rows are within what both databases bind.
const BATCH: usize = 500;

/// A sheet: where, what, when and its sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its id, which the preview is asked for by.
    pub id: PreviewId,
    /// The village.
    pub region: RegionCode,
    /// The kind.
    pub kind: DisclosureKind,
    /// The period.
    pub period: Period,
    /// What was there before the first line.
    pub opening: Fen,
    /// Σ income.
    pub income: Fen,
    /// Σ expense.
    pub expense: Fen,
    /// What was there after the last line.
    pub closing: Fen,
    /// How many lines.
    pub line_count: i32,
    /// The chart that its account codes belong to.
    pub chart: ChartVersion,
    /// Digest of the content; `None` when there are errors, and then nothing can be drafted from it.
    pub content_sha256: Option<String>,
}

/// A sheet to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSheet {
    /// The sheet.
    pub sheet: Sheet,
    /// What was wrong with it and what somebody should look at, as JSON.
    pub faults: String,
    /// Who handed it in; `None` at the command line.
    pub uploaded_by: Option<StaffId>,
    /// When.
    pub uploaded_at: Timestamp,
    /// Of a ledger: its lines with their balances; none when there are errors.
    pub lines: Vec<Line>,
    /// Of another kind: its rows; none when there are errors.
    pub rows: Vec<TableLine>,
}

/// A line of a sheet that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: LineId,
    /// What it says.
    pub line: LedgerLine,
}

/// Keeps a sheet and its lines.
///
/// # Errors
/// [`StoreError`].
pub fn keep_sheet(tx: &mut Tx<'_>, new: &NewSheet) -> Result<(), StoreError> {
    let digest = new.sheet.content_sha256.as_deref().unwrap_or_default();
    keep_head(tx, new, digest)?;
    keep_lines(tx, &new.sheet.id, &new.lines)?;
    tables::keep(tx, &new.sheet, &new.rows)
}

/// Keeps a sheet without its lines, under this digest.
pub(super) fn keep_head(tx: &mut Tx<'_>, new: &NewSheet, digest: &str) -> Result<(), StoreError> {
    let sheet = &new.sheet;
    diesel::insert_into(ledger_sheets::table)
        .values((
            ledger_sheets::id.eq(sheet.id.as_str()),
            ledger_sheets::region_code.eq(sheet.region.as_str()),
            ledger_sheets::kind.eq(sheet.kind.as_str()),
            ledger_sheets::period.eq(sheet.period.to_string()),
            ledger_sheets::opening_fen.eq(sheet.opening.0),
            ledger_sheets::income_fen.eq(sheet.income.0),
            ledger_sheets::expense_fen.eq(sheet.expense.0),
            ledger_sheets::closing_fen.eq(sheet.closing.0),
            ledger_sheets::line_count.eq(sheet.line_count),
            ledger_sheets::content_sha256.eq(digest),
            ledger_sheets::faults.eq(&new.faults),
            ledger_sheets::uploaded_by.eq(new.uploaded_by.as_ref().map(StaffId::as_str)),
            ledger_sheets::uploaded_at.eq(new.uploaded_at.micros()),
            ledger_sheets::chart_version.eq(sheet.chart.as_str()),
        ))
        .execute(tx.0)?;
    Ok(())
}

/// Keeps lines of a sheet that is there.
pub(super) fn keep_lines(
    tx: &mut Tx<'_>,
    sheet: &PreviewId,
    lines: &[Line],
) -> Result<(), StoreError> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    for chunk in lines.chunks(BATCH) {
        let rows: Vec<_> = chunk
            .iter()
            .map(|Line { id, line }| {
                (
                    ledger_lines::id.eq(id.as_str()),
                    ledger_lines::sheet_id.eq(sheet.as_str()),
                    ledger_lines::no.eq(line.no),
                    ledger_lines::day.eq(line.date.to_string()),
                    ledger_lines::voucher_no.eq(text(&line.voucher_no)),
                    ledger_lines::summary.eq(&line.summary),
                    ledger_lines::income_fen.eq(line.income_fen.0),
                    ledger_lines::expense_fen.eq(line.expense_fen.0),
                    ledger_lines::balance_fen.eq(line.balance_fen.unwrap_or_default().0),
                    ledger_lines::account_code.eq(&line.account_code),
                    ledger_lines::fund_source.eq(text(&line.fund_source)),
                    ledger_lines::payee.eq(text(&line.payee)),
                    ledger_lines::handled_by.eq(text(&line.handled_by)),
                    ledger_lines::witnessed_by.eq(text(&line.witnessed_by)),
                    ledger_lines::approved_by.eq(text(&line.approved_by)),
                    ledger_lines::file_count.eq(line.file_count),
                )
            })
            .collect();
        // It takes a third off a whole import of 200,000 lines (tests/bench/ledger.mjs): 10.8 s before, 7.4 s now.
        match &mut *tx.0 {
            Conn::Pg(c) => diesel::copy_from(ledger_lines::table)
                .from_insertable(&rows)
                .execute(c)?,
            // One statement that is prepared once: a long one is read anew each time.
            Conn::Sqlite(c) => {
                let mut kept = 0;
                for row in &rows {
                    kept += diesel::insert_into(ledger_lines::table)
                        .values(row)
                        .execute(c)?;
                }
                kept
            }
        };
    }
    Ok(())
}

type SheetRow = (
    String,
    String,
    String,
    String,
    i64,
    i64,
    i64,
    i64,
    i32,
    String,
    String,
);

const COLUMNS: (
    ledger_sheets::id,
    ledger_sheets::region_code,
    ledger_sheets::kind,
    ledger_sheets::period,
    ledger_sheets::opening_fen,
    ledger_sheets::income_fen,
    ledger_sheets::expense_fen,
    ledger_sheets::closing_fen,
    ledger_sheets::line_count,
    ledger_sheets::content_sha256,
    ledger_sheets::chart_version,
) = (
    ledger_sheets::id,
    ledger_sheets::region_code,
    ledger_sheets::kind,
    ledger_sheets::period,
    ledger_sheets::opening_fen,
    ledger_sheets::income_fen,
    ledger_sheets::expense_fen,
    ledger_sheets::closing_fen,
    ledger_sheets::line_count,
    ledger_sheets::content_sha256,
    ledger_sheets::chart_version,
);

fn sheet(row: SheetRow) -> Result<Sheet, StoreError> {
    let (id, region, kind, period, opening, income, expense, closing, line_count, digest, chart) =
        row;
    let corrupt = || StoreError::Corrupt("ledger_sheets", id.clone());
    Ok(Sheet {
        region: RegionCode::try_from(region).map_err(|_| corrupt())?,
        kind: DisclosureKind::parse(&kind).ok_or_else(corrupt)?,
        period: Period::parse(&period).map_err(|_| corrupt())?,
        opening: Fen(opening),
        income: Fen(income),
        expense: Fen(expense),
        closing: Fen(closing),
        line_count,
        chart: ChartVersion::parse(&chart).ok_or_else(corrupt)?,
        content_sha256: (!digest.is_empty()).then_some(digest),
        id: PreviewId::try_from(id.clone()).map_err(|_| corrupt())?,
    })
}

/// Sheets by their ids.
pub(super) fn by_id(tx: &mut Tx<'_>, ids: &[String]) -> Result<HashMap<String, Sheet>, StoreError> {
    let rows: Vec<SheetRow> = ledger_sheets::table
        .filter(ledger_sheets::id.eq_any(ids.to_vec()))
        .select(COLUMNS)
        .load(tx.0)?;
    rows.into_iter()
        .map(|row| sheet(row).map(|sheet| (sheet.id.as_str().to_owned(), sheet)))
        .collect()
}

/// A sheet that this very person handed in, of a village whose accounts they may still know of.
///
/// # Errors
/// [`StoreError::Corrupt`] when the row makes no sense.
pub fn own_preview(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: &PreviewId,
) -> Result<Option<Sheet>, StoreError> {
    let row: Option<SheetRow> = ledger_sheets::table
        .find(id.as_str())
        .filter(ledger_sheets::uploaded_by.eq(scope.staff.as_str()))
        .select(COLUMNS)
        .get_result(tx.0)
        .optional()?;
    let found = row.map(sheet).transpose()?;
    Ok(found.filter(|sheet| reaches(scope, &sheet.region)))
}

#[derive(Queryable)]
struct LineRow {
    id: String,
    sheet_id: String,
    no: i32,
    day: String,
    voucher_no: String,
    summary: String,
    income_fen: i64,
    expense_fen: i64,
    balance_fen: i64,
    account_code: Option<String>,
    fund_source: String,
    payee: String,
    handled_by: String,
    witnessed_by: String,
    approved_by: String,
    file_count: i32,
}

fn line(row: LineRow) -> Result<Line, StoreError> {
    let corrupt = || StoreError::Corrupt("ledger_lines", row.id.clone());
    let date = parse_day(&row.day).ok_or_else(corrupt)?;
    let id = LineId::try_from(row.id.clone()).map_err(|_| corrupt())?;
    let given = |text: String| (!text.is_empty()).then_some(text);
    Ok(Line {
        id,
        line: LedgerLine {
            no: row.no,
            date,
            voucher_no: given(row.voucher_no),
            summary: row.summary,
            income_fen: Fen(row.income_fen),
            expense_fen: Fen(row.expense_fen),
            balance_fen: Some(Fen(row.balance_fen)),
            account_code: row.account_code,
            fund_source: given(row.fund_source),
            payee: given(row.payee),
            handled_by: given(row.handled_by),
            witnessed_by: given(row.witnessed_by),
            approved_by: given(row.approved_by),
            file_count: row.file_count,
        },
    })
}

/// A page of the lines of a disclosure that was found for somebody: those numbered above `after`.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn lines(
    tx: &mut Tx<'_>,
    record: &Record,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<Line>, StoreError> {
    lines_of(tx, &record.sheet, after, limit)
}

/// A page of the lines of a sheet.
pub(super) fn lines_of(
    tx: &mut Tx<'_>,
    sheet: &Sheet,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<Line>, StoreError> {
    let mut query = ledger_lines::table
        .into_boxed()
        .filter(ledger_lines::sheet_id.eq(sheet.id.as_str()));
    if let Some(after) = after {
        // A number beyond what a line can have comes after all of them.
        query = query.filter(ledger_lines::no.gt(i32::try_from(after).unwrap_or(i32::MAX)));
    }
    let rows: Vec<LineRow> = query.order(ledger_lines::no).limit(limit).load(tx.0)?;
    rows.into_iter().map(line).collect()
}

/// A line by its id: the sheet it stands in, its number, and its words as everybody reads them.
///
/// # Errors
/// [`StoreError::Corrupt`] when the row makes no sense.
pub(crate) fn line_sheet(
    tx: &mut Tx<'_>,
    id: &str,
) -> Result<Option<(String, i32, String)>, StoreError> {
    let row: Option<LineRow> = ledger_lines::table.find(id).get_result(tx.0).optional()?;
    let Some(row) = row else { return Ok(None) };
    let id = row.sheet_id.clone();
    let mut found = by_id(tx, std::slice::from_ref(&id))?;
    let sheet = found.remove(&id);
    let sheet = sheet.ok_or_else(|| StoreError::Corrupt("ledger_lines", row.id.clone()))?;
    let hidden = super::hidden(tx, &sheet)?;
    let shown = line(row)?.line.masked(&hidden);
    Ok(Some((id, shown.no, shown.summary)))
}

/// Every line of a disclosure that was found for somebody.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn all_lines(tx: &mut Tx<'_>, record: &Record) -> Result<Vec<Line>, StoreError> {
    lines(tx, record, None, i64::MAX)
}

/// How many questions about each of these lines were answered for everybody, by the line's id; a line
/// nobody asked about is not among them. `lines` are some of one sheet's, in order.
///
/// # Errors
/// [`StoreError`].
pub fn answered_questions(
    tx: &mut Tx<'_>,
    record: &Record,
    lines: &[Line],
) -> Result<HashMap<String, i64>, StoreError> {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
        return Ok(HashMap::new());
    };
    let counts: Vec<(String, i64)> = ledger_lines::table
        .inner_join(
            published_answers::table
                .on(published_answers::about_id.eq(ledger_lines::id.nullable())),
        )
        .filter(ledger_lines::sheet_id.eq(record.sheet.id.as_str()))
        .filter(ledger_lines::no.between(first.line.no, last.line.no))
        .group_by(ledger_lines::id)
        .select((ledger_lines::id, count_star()))
        .load(tx.0)?;
    Ok(counts.into_iter().collect())
}

/// What was found wrong or odd in a sheet when it was checked, as JSON.
///
/// # Errors
/// [`StoreError::Corrupt`] where there is no such sheet.
pub fn faults(tx: &mut Tx<'_>, id: &PreviewId) -> Result<String, StoreError> {
    let found: Option<String> = ledger_sheets::table
        .find(id.as_str())
        .select(ledger_sheets::faults)
        .get_result(tx.0)
        .optional()?;
    found.ok_or_else(|| StoreError::Corrupt("ledger_sheets", id.to_string()))
}
