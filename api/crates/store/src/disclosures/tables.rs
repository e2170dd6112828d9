//! Rows of the kinds T2 to T12, the content of any sheet, and what is published beside one.

use std::collections::{BTreeMap, HashMap};

use diesel::dsl::count_star;
use diesel::prelude::*;
use domain::canon::canonical_json;
use domain::disclosure::chart::ChartVersion;
use domain::disclosure::content::Content;
use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::ledger::Ledger;
use domain::disclosure::period::{Period, PeriodKind};
use domain::disclosure::publish::State;
use domain::disclosure::table::{Around, Layout, Table, TableRow, Turnover};
use domain::id::LineId;
use domain::money::Fen;
use domain::region::RegionCode;

use super::Record;
use super::sheets::{self, Sheet};
use crate::Tx;
use crate::conn::on_backend;
use crate::error::StoreError;
use crate::schema::{disclosures, ledger_lines, published_answers, sheet_rows};

/// Rows in one statement.
const BATCH: usize = 1000;

/// A row of a sheet that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableLine {
    /// Its id.
    pub id: LineId,
    /// What it says.
    pub row: TableRow,
}

/// Keeps the rows of a sheet.
pub(super) fn keep(tx: &mut Tx<'_>, sheet: &Sheet, lines: &[TableLine]) -> Result<(), StoreError> {
    let Some(layout) = Layout::of(sheet.kind) else {
        return Ok(());
    };
    for chunk in lines.chunks(BATCH) {
        let mut rows = Vec::with_capacity(chunk.len());
        for TableLine { id, row } in chunk {
            let corrupt = || StoreError::Corrupt("sheet_rows", id.to_string());
            let cells = canonical_json(&layout.cells(row)).map_err(|_| corrupt())?;
            rows.push((
                sheet_rows::id.eq(id.as_str()),
                sheet_rows::sheet_id.eq(sheet.id.as_str()),
                sheet_rows::no.eq(row.no),
                sheet_rows::cells.eq(String::from_utf8(cells).map_err(|_| corrupt())?),
            ));
        }
        on_backend!(tx, c => diesel::insert_into(sheet_rows::table).values(&rows).execute(c))?;
    }
    Ok(())
}

/// A page of the rows of a sheet: those numbered above `after`.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn rows_of(
    tx: &mut Tx<'_>,
    sheet: &Sheet,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<TableLine>, StoreError> {
    let Some(layout) = Layout::of(sheet.kind) else {
        return Ok(Vec::new());
    };
    let mut query = sheet_rows::table
        .into_boxed()
        .filter(sheet_rows::sheet_id.eq(sheet.id.as_str()));
    if let Some(after) = after {
        query = query.filter(sheet_rows::no.gt(i32::try_from(after).unwrap_or(i32::MAX)));
    }
    let rows: Vec<(String, i32, String)> = query
        .order(sheet_rows::no)
        .limit(limit)
        .select((sheet_rows::id, sheet_rows::no, sheet_rows::cells))
        .load(tx.0)?;
    rows.into_iter()
        .map(|(id, no, cells)| {
            let corrupt = || StoreError::Corrupt("sheet_rows", id.clone());
            let cells = serde_json::from_str(&cells).map_err(|_| corrupt())?;
            Ok(TableLine {
                row: layout.row(no, &cells).ok_or_else(corrupt)?,
                id: LineId::try_from(id.clone()).map_err(|_| corrupt())?,
            })
        })
        .collect()
}

/// Every row of a sheet.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn all_rows(tx: &mut Tx<'_>, sheet: &Sheet) -> Result<Vec<TableLine>, StoreError> {
    rows_of(tx, sheet, None, i64::MAX)
}

/// What a sheet says, of whatever kind and version.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn content(tx: &mut Tx<'_>, sheet: &Sheet) -> Result<Content, StoreError> {
    if sheet.kind == DisclosureKind::Ledger {
        let lines = sheets::lines_of(tx, sheet, None, i64::MAX)?;
        return Ok(Content::Ledger(Ledger {
            opening: sheet.opening,
            closing: sheet.closing,
            lines: lines.into_iter().map(|line| line.line).collect(),
        }));
    }
    Ok(Content::Table(table(tx, sheet)?))
}

fn table(tx: &mut Tx<'_>, sheet: &Sheet) -> Result<Table, StoreError> {
    let rows = all_rows(tx, sheet)?;
    Ok(Table {
        kind: sheet.kind,
        rows: rows.into_iter().map(|line| line.row).collect(),
    })
}

/// The sheets of a kind that are published for one of these periods, by their period.
fn published(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    kind: DisclosureKind,
    periods: &[Period],
) -> Result<HashMap<String, Sheet>, StoreError> {
    let texts: Vec<String> = periods.iter().map(Period::to_string).collect();
    let ids: Vec<String> = disclosures::table
        .filter(disclosures::region_code.eq(region.as_str()))
        .filter(disclosures::kind.eq(kind.as_str()))
        .filter(disclosures::state.eq(State::Published.as_str()))
        .filter(disclosures::period.eq_any(texts))
        .select(disclosures::sheet_id)
        .load(tx.0)?;
    let found = sheets::by_id(tx, &ids)?;
    Ok(found
        .into_values()
        .map(|sheet| (sheet.period.to_string(), sheet))
        .collect())
}

/// The first of these periods that something is published for.
fn first_of(found: &HashMap<String, Sheet>, periods: &[Period]) -> Option<Sheet> {
    let mut sheets = periods
        .iter()
        .filter_map(|period| found.get(&period.to_string()));
    sheets.next().cloned()
}

/// The last sheet of a kind that is published for a period that ends before this one begins.
fn last_before(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    kind: DisclosureKind,
    period: Period,
) -> Result<Option<Sheet>, StoreError> {
    let id: Option<String> = disclosures::table
        .filter(disclosures::region_code.eq(region.as_str()))
        .filter(disclosures::kind.eq(kind.as_str()))
        .filter(disclosures::state.eq(State::Published.as_str()))
        .filter(disclosures::period_end.lt(period.first_day().to_string()))
        .order((disclosures::period_end.desc(), disclosures::id.desc()))
        .select(disclosures::sheet_id)
        .first(tx.0)
        .optional()?;
    let found = sheets::by_id(tx, &Vec::from_iter(id))?;
    Ok(found.into_values().next())
}

/// What is published beside a sheet that is being read.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// The sheet of the period before.
    pub last: Option<Sheet>,
    /// What a ledger before this one left.
    pub closing_before: Option<Fen>,
    /// What a ledger after this one began with.
    pub opening_after: Option<Fen>,
    /// Where nothing is published of the period before a ledger's (it never was, or was withdrawn): the last ledger
    /// before that is, and what it left.
    pub earlier: Option<(Period, Fen)>,
    /// The content of the period before; of a ledger only where it has as many lines, so that it may be a copy.
    pub previous: Option<Content>,
    /// What a table is held against.
    pub around: Around,
}

/// What is published of this very kind and period, with what it says, unless it has more than `most` rows.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn here(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    kind: DisclosureKind,
    period: Period,
    most: i32,
) -> Result<Option<(Sheet, Content)>, StoreError> {
    let sheet = published(tx, region, kind, &[period])?.into_values().next();
    let Some(sheet) = sheet.filter(|sheet| sheet.line_count <= most) else {
        return Ok(None);
    };
    let content = content(tx, &sheet)?;
    Ok(Some((sheet, content)))
}

/// What is published of this period and of the one before, in full.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn here_and_before(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    kind: DisclosureKind,
    period: Period,
) -> Result<Vec<Content>, StoreError> {
    let before = period.ending_before();
    let here = published(tx, region, kind, &[period])?.into_values().next();
    let last = first_of(&published(tx, region, kind, &before)?, &before);
    let sheets = here.into_iter().chain(last);
    sheets.map(|sheet| content(tx, &sheet)).collect()
}

/// What is published beside a sheet of this kind and period, with `line_count` rows.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn beside(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    kind: DisclosureKind,
    period: Period,
    line_count: usize,
) -> Result<Beside, StoreError> {
    let opening_after = if kind == DisclosureKind::Ledger {
        let after = period.beginning_after();
        first_of(&published(tx, region, kind, &after)?, &after).map(|sheet| sheet.opening)
    } else {
        None
    };
    let before = period.ending_before();
    let previous = first_of(&published(tx, region, kind, &before)?, &before);
    let Some(previous) = previous else {
        let earlier = last_before(tx, region, kind, period)?;
        let of_ledger = |sheet: &&Sheet| sheet.kind == DisclosureKind::Ledger;
        let left = earlier.as_ref().filter(of_ledger);
        let left = left.map(|sheet| (sheet.period, sheet.closing));
        let told = match &earlier {
            Some(sheet) if left.is_none() => Some((sheet.period, table(tx, sheet)?)),
            _ => None,
        };
        let mut around = around(tx, region, kind, period, told)?;
        around.is_gap = true;
        return Ok(Beside {
            around,
            opening_after,
            earlier: left,
            ..Beside::default()
        });
    };
    let (closing, said) = (previous.closing, previous.period);
    let last = Some(previous.clone());
    if kind == DisclosureKind::Ledger {
        let as_long = usize::try_from(previous.line_count) == Ok(line_count);
        let content = as_long.then(|| content(tx, &previous)).transpose()?;
        return Ok(Beside {
            last,
            closing_before: Some(closing),
            opening_after,
            earlier: None,
            previous: content,
            around: Around::default(),
        });
    }
    let table = table(tx, &previous)?;
    let around = around(tx, region, kind, period, Some((said, table)))?;
    Ok(Beside {
        last,
        around,
        ..Beside::default()
    })
}

fn around(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    kind: DisclosureKind,
    period: Period,
    previous: Option<(Period, Table)>,
) -> Result<Around, StoreError> {
    let mut around = Around {
        previous,
        ..Around::default()
    };
    let ledger = DisclosureKind::Ledger;
    match kind {
        DisclosureKind::BalanceSheet => {
            // Money is counted at the end: what its last month's ledger leaves, or the whole period's.
            let month = Period::containing(PeriodKind::Month, period.last_day());
            let periods: Vec<Period> = [period].into_iter().chain(month).collect();
            let found = first_of(&published(tx, region, ledger, &periods)?, &periods);
            around.ledger_now = found.map(|sheet| sheet.closing);
        }
        DisclosureKind::Summary => {
            around.turnover = turnover(tx, region, period)?;
            if let Some(last) = period.a_year_before() {
                let found = first_of(&published(tx, region, kind, &[last])?, &[last]);
                around.last_year = found.map(|sheet| table(tx, &sheet)).transpose()?;
            }
        }
        DisclosureKind::PlannedSpending => {
            let before = period.ending_before();
            let found = first_of(&published(tx, region, ledger, &before)?, &before);
            around.ledger_before = found.map(|sheet| sheet.closing);
        }
        DisclosureKind::CashPosition => {
            let found = first_of(&published(tx, region, ledger, &[period])?, &[period]);
            around.ledger_now = found.map(|sheet| sheet.closing);
        }
        _ => {}
    }
    Ok(around)
}

/// What the ledgers of a period come to by account; `None` where one of its months is missing, or a line has no account.
fn turnover(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    period: Period,
) -> Result<Option<Turnover>, StoreError> {
    let first = Period::containing(PeriodKind::Month, period.first_day());
    let months = std::iter::successors(first, |month| month.next());
    let months: Vec<Period> = months
        .take_while(|month| period.contains(month.first_day()))
        .collect();
    let asked: Vec<Period> = [period].into_iter().chain(months.iter().copied()).collect();
    let mut found = published(tx, region, DisclosureKind::Ledger, &asked)?;
    let sheets: Vec<Sheet> = match found.remove(&period.to_string()) {
        Some(whole) => vec![whole],
        None if found.len() == months.len() => found.into_values().collect(),
        None => return Ok(None),
    };
    let Some(chart) = sheets.first().map(|sheet| sheet.chart) else {
        return Ok(None);
    };
    if sheets.iter().any(|sheet| sheet.chart != chart) {
        return Ok(None);
    }
    let ids: Vec<&str> = sheets.iter().map(|sheet| sheet.id.as_str()).collect();
    let lines: Vec<(Option<String>, i64, i64)> = ledger_lines::table
        .filter(ledger_lines::sheet_id.eq_any(ids))
        .select((
            ledger_lines::account_code,
            ledger_lines::income_fen,
            ledger_lines::expense_fen,
        ))
        .load(tx.0)?;
    let mut accounts = BTreeMap::<String, (i64, i64)>::new();
    for (code, income, expense) in lines {
        let Some(code) = code else {
            return Ok(None);
        };
        let sums = accounts.entry(code).or_default();
        sums.0 = sums.0.saturating_add(income);
        sums.1 = sums.1.saturating_add(expense);
    }
    Ok(Some(Turnover { chart, accounts }))
}

/// A published table of the period after a sheet's.
#[derive(Debug, Clone)]
pub struct After {
    /// Its period.
    pub period: Period,
    /// The chart its account codes belong to.
    pub chart: ChartVersion,
    /// What it says.
    pub table: Table,
    /// What it is held against when the sheet comes before it.
    pub around: Around,
}

/// The tables that are published for the periods after this one, when `before` is what comes before them.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn after(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    period: Period,
    before: &Table,
) -> Result<Vec<After>, StoreError> {
    let periods = period.beginning_after();
    let found = published(tx, region, before.kind, &periods)?;
    let mut next = Vec::new();
    for sheet_after in found.into_values() {
        let around = Around {
            previous: Some((period, before.clone())),
            ..Around::default()
        };
        next.push(After {
            period: sheet_after.period,
            chart: sheet_after.chart,
            table: table(tx, &sheet_after)?,
            around,
        });
    }
    Ok(next)
}

/// How many questions about each row of a sheet were answered for everybody, by the row's id.
///
/// # Errors
/// [`StoreError`].
pub fn answered_about_rows(
    tx: &mut Tx<'_>,
    record: &Record,
) -> Result<HashMap<String, i64>, StoreError> {
    let counts: Vec<(String, i64)> = sheet_rows::table
        .inner_join(
            published_answers::table.on(published_answers::about_id.eq(sheet_rows::id.nullable())),
        )
        .filter(sheet_rows::sheet_id.eq(record.sheet.id.as_str()))
        .group_by(sheet_rows::id)
        .select((sheet_rows::id, count_star()))
        .load(tx.0)?;
    Ok(counts.into_iter().collect())
}

/// A row by its id: the sheet it stands in, its number and what people call it.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn row_sheet(tx: &mut Tx<'_>, id: &str) -> Result<Option<(String, i32, String)>, StoreError> {
    let row: Option<(String, i32, String)> = sheet_rows::table
        .find(id)
        .select((sheet_rows::sheet_id, sheet_rows::no, sheet_rows::cells))
        .get_result(tx.0)
        .optional()?;
    let Some((sheet_id, no, cells)) = row else {
        return Ok(None);
    };
    let corrupt = || StoreError::Corrupt("sheet_rows", id.to_owned());
    let sheet = sheets::by_id(tx, std::slice::from_ref(&sheet_id))?;
    let sheet = sheet.get(&sheet_id).ok_or_else(corrupt)?;
    let layout = Layout::of(sheet.kind).ok_or_else(corrupt)?;
    let cells = serde_json::from_str(&cells).map_err(|_| corrupt())?;
    let row = layout.row(no, &cells).ok_or_else(corrupt)?;
    let hidden = super::hidden(tx, sheet)?;
    Ok(Some((sheet_id, no, layout.label(&row, &hidden))))
}
