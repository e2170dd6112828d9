//! What a disclosure says, of whatever kind: the ledger's lines or a table's rows; checked, digested and compared
//! in one way.

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::chart::ChartVersion;
use super::kind::DisclosureKind;
use super::ledger::{Column, Ledger, LedgerLine};
use super::period::Period;
use super::table::{Layout, Table, TableRow, Value};
use crate::canon::{self, NoCanonicalForm};
use crate::mask::{self, Hidden};
use crate::region::RegionCode;

/// The content of a version of a disclosure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// T1
    Ledger(Ledger),
    /// T2 to T12
    Table(Table),
}

/// What everybody reads as the digest of a sheet: it is fixed by the content's digest, and tells nothing of it to whoever
/// does not know `secret`, the sheet's id, which no public answer has. A plain digest would give masked names away:
/// of a short table every name that there can be is tried within seconds.
#[must_use]
pub fn public_sha256(secret: &str, content_sha256: &str) -> String {
    canon::sha256_hex(format!("yidiantong sheet\n{secret}\n{content_sha256}").as_bytes())
}

/// A row for comparing two versions: by what it is the same row, and its cells by their column's key.
pub type Row = (String, Vec<(&'static str, String)>);

impl Content {
    /// The kind.
    #[must_use]
    pub fn kind(&self) -> DisclosureKind {
        match self {
            Self::Ledger(_) => DisclosureKind::Ledger,
            Self::Table(table) => table.kind,
        }
    }

    /// SHA-256 over the canonical form: the village, the period, and every figure. The chart of accounts is part of
    /// it where it is another than the period's own.
    ///
    /// # Errors
    /// [`NoCanonicalForm`] for amounts beyond what JSON can carry.
    pub fn sha256(
        &self,
        region: &RegionCode,
        period: Period,
        chart: ChartVersion,
    ) -> Result<String, NoCanonicalForm> {
        #[derive(Serialize)]
        struct Line {
            no: i32,
            cells: Map<String, Json>,
        }
        #[derive(Serialize)]
        struct Said<'a> {
            kind: DisclosureKind,
            region_code: &'a RegionCode,
            period: Period,
            #[serde(skip_serializing_if = "Option::is_none")]
            chart_version: Option<ChartVersion>,
            lines: Vec<Line>,
        }
        let chart = Some(chart).filter(|chart| *chart != ChartVersion::of(period));
        let table = match self {
            Self::Ledger(ledger) => return ledger.content_sha256_under(region, period, chart),
            Self::Table(table) => table,
        };
        let layout = Layout::of(table.kind);
        let cells = |row: &TableRow| layout.map(|layout| layout.cells(row)).unwrap_or_default();
        let lines = table.rows.iter();
        let lines = lines.map(|row| Line {
            no: row.no,
            cells: cells(row),
        });
        let bytes = canon::canonical_json(&Said {
            kind: table.kind,
            region_code: region,
            period,
            chart_version: chart,
            lines: lines.collect(),
        })?;
        Ok(canon::sha256_hex(&bytes))
    }

    /// Its rows for a comparison, each under a key of its own: a line of a ledger under its number, a row of a table
    /// under what makes it the same matter. Cells are written as the sheet writes them; blank ones are left out.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        let mut rows = match self {
            Self::Ledger(ledger) => ledger.lines.iter().map(of_line).collect(),
            Self::Table(table) => of_table(table),
        };
        let mut seen = HashMap::<String, usize>::new();
        for (key, _) in &mut rows {
            let times = seen.entry(key.clone()).or_default();
            *times += 1;
            if *times > 1 {
                key.push_str(&format!("\u{1f}{times}"));
            }
        }
        rows
    }

    /// The content as the open web may read it: names and numbers masked.
    #[must_use]
    pub fn masked(&self) -> Self {
        let hidden = self.hidden();
        match self {
            Self::Ledger(ledger) => {
                let lines = ledger.lines.iter().cloned();
                Self::Ledger(Ledger {
                    lines: lines.map(|line| line.masked(&hidden)).collect(),
                    ..*ledger
                })
            }
            Self::Table(table) => {
                let rows = Layout::of(table.kind).map(|layout| {
                    let rows = table.rows.iter();
                    rows.map(|row| row.masked(layout, &hidden)).collect()
                });
                Self::Table(Table {
                    kind: table.kind,
                    rows: rows.unwrap_or_default(),
                })
            }
        }
    }

    /// The names that the open web may read nowhere in it: whoever shows some of its rows needs those of all.
    #[must_use]
    pub fn hidden(&self) -> Hidden {
        match self {
            Self::Ledger(ledger) => LedgerLine::hidden(&ledger.lines),
            Self::Table(table) => Layout::of(table.kind)
                .map(|layout| layout.hidden(&table.rows))
                .unwrap_or_default(),
        }
    }

    /// Where this says a name as the open web reads it, while `published` has it in full: the place of the row, the
    /// key of the column, and what stands there. A sheet that was downloaded from the public page and is handed in again
    /// would put stars in the place of people.
    #[must_use]
    pub fn names_lost(&self, published: &Self) -> Vec<(usize, &'static str, String)> {
        let (full, shown) = (published.rows(), published.masked().rows());
        let cells = full.iter().zip(&shown);
        let hidden: HashSet<(&str, &str)> = cells
            .flat_map(|((_, full), (_, shown))| full.iter().zip(shown))
            .filter(|((_, full), (_, shown))| full != shown && shown.contains(mask::HIDDEN))
            .map(|(_, (key, shown))| (*key, shown.as_str()))
            .collect();
        let mut lost = Vec::new();
        for (place, (_, cells)) in self.rows().iter().enumerate() {
            let here = cells.iter();
            let here = here.filter(|(key, text)| hidden.contains(&(*key, text.as_str())));
            lost.extend(here.map(|(key, text)| (place, *key, text.clone())));
        }
        lost
    }

    /// Somebody whom `words` for everybody name in full while the open web hides the name in this: why a sheet is
    /// corrected must not tell what the sheet does not.
    #[must_use]
    pub fn named_in(&self, words: &str) -> Option<String> {
        // Masking 200,000 lines takes seconds, and nearly none shares two characters with a sentence.
        let near = self.sharing(&pairs(words).collect());
        let (full, shown) = (near.rows(), near.masked().rows());
        let mut cells = full
            .iter()
            .zip(&shown)
            .flat_map(|((_, full), (_, shown))| full.iter().zip(shown));
        cells.find_map(|((_, full), (_, shown))| {
            let mut names = mask::hidden_names(full, shown).into_iter();
            names.find(|name| mask::tells(words, name))
        })
    }

    /// Only the rows with a text that has one of these pairs of characters.
    fn sharing(&self, wanted: &HashSet<(char, char)>) -> Self {
        let has = |text: &str| pairs(text).any(|pair| wanted.contains(&pair));
        match self {
            Self::Ledger(ledger) => {
                let names = |line: &LedgerLine| {
                    let all = [
                        &line.payee,
                        &line.handled_by,
                        &line.witnessed_by,
                        &line.approved_by,
                    ];
                    all.into_iter().flatten().any(|text| has(text)) || has(&line.summary)
                };
                let lines = ledger.lines.iter().filter(|line| names(line)).cloned();
                Self::Ledger(Ledger {
                    lines: lines.collect(),
                    ..*ledger
                })
            }
            Self::Table(table) => {
                let texts = |row: &TableRow| {
                    let mut cells = row.cells.iter().flatten();
                    cells.any(|cell| matches!(cell, Value::Text(text) if has(text)))
                };
                let rows = table.rows.iter().filter(|row| texts(row)).cloned();
                Self::Table(Table {
                    kind: table.kind,
                    rows: rows.collect(),
                })
            }
        }
    }

    /// Whether every line says the same as in `other`, but for numbers, days and vouchers: a sheet that was copied
    /// from the period before.
    #[must_use]
    pub fn is_copy_of(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Table(one), Self::Table(two)) => one.is_same_as(two),
            (Self::Ledger(one), Self::Ledger(two)) => {
                let is_same = |(one, two): (&LedgerLine, &LedgerLine)| {
                    one.summary == two.summary
                        && one.income_fen == two.income_fen
                        && one.expense_fen == two.expense_fen
                };
                !one.lines.is_empty()
                    && one.lines.len() == two.lines.len()
                    && one.lines.iter().zip(&two.lines).all(is_same)
            }
            _ => false,
        }
    }
}

/// The characters of a text, two by two, as names are told: simplified, without blanks and dots.
fn pairs(text: &str) -> impl Iterator<Item = (char, char)> {
    let plain = || mask::told_characters(text);
    plain().zip(plain().skip(1))
}

fn of_line(line: &LedgerLine) -> Row {
    let mut cells = vec![
        ("date", line.date.to_string()),
        ("summary", line.summary.clone()),
        ("income_fen", line.income_fen.to_yuan()),
        ("expense_fen", line.expense_fen.to_yuan()),
        ("file_count", line.file_count.to_string()),
    ];
    let optional = [
        ("voucher_no", &line.voucher_no),
        ("account_code", &line.account_code),
        ("fund_source", &line.fund_source),
        ("payee", &line.payee),
        ("handled_by", &line.handled_by),
        ("witnessed_by", &line.witnessed_by),
        ("approved_by", &line.approved_by),
    ];
    let balance = line.balance_fen.map(|fen| ("balance_fen", fen.to_yuan()));
    cells.extend(balance);
    cells.extend(
        optional
            .into_iter()
            .filter_map(|(key, text)| Some((key, text.clone()?))),
    );
    (line.no.to_string(), cells)
}

fn of_table(table: &Table) -> Vec<Row> {
    let Some(layout) = Layout::of(table.kind) else {
        return Vec::new();
    };
    let rows = table.rows.iter();
    rows.map(|row| {
        let cells = layout.columns.iter().zip(&row.cells);
        let cells = cells.filter_map(|(column, cell)| {
            let value = cell.as_ref()?;
            Some((column.key, column.written(value)))
        });
        (layout.identity(row), cells.collect())
    })
    .collect()
}

/// The heading of a column by its key, for whoever shows a comparison.
#[must_use]
pub fn heading(kind: DisclosureKind, key: &str) -> Option<&'static str> {
    if let Some(layout) = Layout::of(kind) {
        let column = layout.columns.get(layout.index(key)?)?;
        return Some(column.heading);
    }
    Some(match key {
        "date" => Column::Date.heading(),
        "summary" => Column::Summary.heading(),
        "income_fen" => Column::Income.heading(),
        "expense_fen" => Column::Expense.heading(),
        "balance_fen" => Column::Balance.heading(),
        "file_count" => Column::FileCount.heading(),
        "voucher_no" => Column::VoucherNo.heading(),
        "account_code" => Column::AccountCode.heading(),
        "fund_source" => Column::FundSource.heading(),
        "payee" => Column::Payee.heading(),
        "handled_by" => Column::HandledBy.heading(),
        "witnessed_by" => Column::WitnessedBy.heading(),
        "approved_by" => Column::ApprovedBy.heading(),
        _ => return None,
    })
}
