//! The lines of a disclosure of whatever kind: a ledger's as the contract has them, a table's as typed cells with the
//! columns that they stand in.

use std::collections::{BTreeMap, HashMap};

use domain::disclosure::chart::ChartVersion;
use domain::disclosure::diff::{Row, ledger_row, table_row};
use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::table::{Around, Checking, Class, Column, Layout, TableRow, Type, Value};
use domain::id::LineId;
use domain::money::Fen;
use serde::Serialize;
use store::disclosures::{self, Line, Record, TableLine};
use store::{StoreError, Tx};
use utoipa::ToSchema;

use super::chart;
use super::sight::{Eyes, Sight};
use super::views::{Beside, LineView};
use crate::http::lang::Lang;
use crate::http::page::{Page, Want};

/// What a cell holds, as its column's type says.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = Cell)]
pub enum CellView {
    /// Nothing stands there.
    Blank,
    /// `money`: an amount in fen.
    Money(Fen),
    /// `text`, `account`; `date` as 2026-10-03; `quantity`, `rate` (yuan for one) and `percent` as a decimal number;
    /// of a `word` its code.
    Text(String),
    /// `span`: both days within.
    Span(SpanView),
}

/// From a day to a day, both within.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Span)]
pub struct SpanView {
    /// The first day.
    #[schema(format = Date)]
    from: String,
    /// The last day.
    #[schema(format = Date)]
    to: String,
}

impl CellView {
    fn of(column: &Column, value: &Value) -> Self {
        match (value, column.kind) {
            (Value::Fen(fen), _) => Self::Money(*fen),
            (Value::Span { from, to }, _) => Self::Span(SpanView {
                from: from.to_string(),
                to: to.to_string(),
            }),
            (Value::Word(index), Type::Word(words)) => {
                let word = words.get(usize::from(*index));
                Self::Text(word.map(|word| word.code.to_owned()).unwrap_or_default())
            }
            _ => Self::Text(column.written(value)),
        }
    }
}

/// A row of a table.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TableLine)]
pub struct TableLineView {
    id: LineId,
    /// Its number within the table.
    no: i32,
    /// Its cells by the key of their column; null where blank. Of persons only the surname.
    #[schema(value_type = BTreeMap<String, CellView>)]
    cells: BTreeMap<&'static str, CellView>,
    /// What its account means, in plain words of the reader's language; null where the table has no accounts.
    account_plain_name: Option<&'static str>,
    /// How many questions about it were answered for everybody.
    answered_question_count: i64,
}

/// A line of a ledger, or a row of a table of another kind.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = AnyLine)]
pub enum AnyLineView {
    /// A line of a ledger.
    Ledger(Box<LineView>),
    /// A row of a table.
    Table(TableLineView),
}

/// A word that a cell of a column may hold.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ColumnWord)]
pub struct WordView {
    /// What a cell says.
    code: &'static str,
    /// What it means, in the reader's language.
    name: &'static str,
}

/// A column of a table.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TableColumn)]
pub struct ColumnView {
    /// Its key in `cells`; of money it ends with `_fen`.
    key: &'static str,
    /// Its heading in the sheet.
    heading: &'static str,
    /// Its heading in the reader's language.
    name: &'static str,
    /// `number`, `text`, `money`, `quantity`, `rate`, `percent`, `date`, `span`, `word` or `account`.
    r#type: &'static str,
    /// Whether a row must have it.
    required: bool,
    /// Whether it is added up.
    summed: bool,
    /// Whether persons may be named in it, of whom the open web reads the surname.
    masked: bool,
    /// Of a `word`: the words there are.
    words: Vec<WordView>,
    /// What goes in, in the reader's language.
    description: &'static str,
    /// A cell of the sheet as it may look.
    example: &'static str,
}

impl ColumnView {
    fn of(column: &'static Column, lang: Lang) -> Self {
        let pick = |zh, en| match lang {
            Lang::Zh => zh,
            Lang::En => en,
        };
        let words = match column.kind {
            Type::Word(words) => words,
            _ => &[],
        };
        let word = |word: &'static domain::disclosure::table::Word| WordView {
            code: word.code,
            name: pick(word.zh, word.en),
        };
        Self {
            key: column.key,
            heading: column.heading,
            name: pick(column.heading, column.english),
            r#type: column.kind.as_str(),
            required: column.required,
            summed: column.summed,
            masked: column.class != Class::Open,
            words: words.iter().map(word).collect(),
            description: pick(column.hint, column.hint_en),
            example: column.example,
        }
    }

    /// The columns of a kind; none of the ledger, whose lines have fields of their own.
    #[must_use]
    pub fn all(kind: DisclosureKind, lang: Lang) -> Vec<Self> {
        let columns = Layout::of(kind).map_or(&[][..], |layout| layout.columns);
        columns
            .iter()
            .map(|column| Self::of(column, lang))
            .collect()
    }
}

/// What a column adds up to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ColumnTotal)]
pub struct ColumnTotalView {
    /// The column's key.
    key: &'static str,
    /// The group whose rows it adds up, such as 债权合计; null for all rows.
    group: Option<&'static str>,
    /// The sum.
    total: CellView,
}

/// The layout of a kind: what its sheet looks like.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DisclosureLayout)]
pub struct LayoutView {
    kind: DisclosureKind,
    /// Its number among the layouts: T2 to T12.
    number: &'static str,
    /// Its name on the notice board.
    name: &'static str,
    columns: Vec<ColumnView>,
}

impl LayoutView {
    /// Every layout but the ledger's.
    #[must_use]
    pub fn all(lang: Lang) -> Vec<Self> {
        DisclosureKind::ALL
            .into_iter()
            .filter_map(|kind| {
                Some(Self {
                    kind,
                    number: Layout::of(kind)?.number,
                    name: kind.name(),
                    columns: ColumnView::all(kind, lang),
                })
            })
            .collect()
    }
}

/// Lines of a disclosure and what stands beside them.
pub enum Lines {
    /// Of a ledger.
    Ledger {
        /// The lines.
        found: Vec<Line>,
        /// What stands beside them.
        beside: Beside,
    },
    /// Of a table.
    Table {
        /// Its layout.
        layout: &'static Layout,
        /// The chart its account codes belong to.
        chart: ChartVersion,
        /// The rows.
        found: Vec<TableLine>,
        /// How many questions about each were answered for everybody.
        answered: HashMap<String, i64>,
        /// What of them is hidden.
        sight: Sight,
    },
}

impl Lines {
    /// The lines of a disclosure that was found for somebody, numbered above `after`, for these eyes.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn find(
        tx: &mut Tx<'_>,
        record: &Record,
        after: Option<i64>,
        limit: i64,
        eyes: Eyes,
    ) -> Result<Self, StoreError> {
        let sight = Sight::of(tx, &record.sheet, eyes)?;
        Self::seen(tx, record, after, limit, sight)
    }

    /// The same with what may be seen of them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn seen(
        tx: &mut Tx<'_>,
        record: &Record,
        after: Option<i64>,
        limit: i64,
        sight: Sight,
    ) -> Result<Self, StoreError> {
        match Layout::of(record.sheet.kind) {
            None => {
                let found = disclosures::lines(tx, record, after, limit)?;
                let beside = Beside::find(tx, record, &found, sight)?;
                Ok(Self::Ledger { found, beside })
            }
            Some(layout) => Ok(Self::Table {
                layout,
                chart: record.sheet.chart,
                found: disclosures::rows_of(tx, &record.sheet, after, limit)?,
                answered: disclosures::answered_about_rows(tx, record)?,
                sight,
            }),
        }
    }

    /// One page of them.
    #[must_use]
    pub fn page(self, want: &Want, lang: Lang) -> Page<AnyLineView> {
        match self {
            Self::Ledger { found, beside } => {
                let place = |line: &Line| (i64::from(line.line.no), line.id.to_string());
                Page::cut(found, want, place, |line| {
                    AnyLineView::Ledger(Box::new(LineView::of(line, &beside, lang)))
                })
            }
            Self::Table {
                layout,
                chart,
                found,
                answered,
                sight,
            } => {
                let place = |line: &TableLine| (i64::from(line.row.no), line.id.to_string());
                Page::cut(found, want, place, |line| {
                    let shown = sight.row(layout, &line.row);
                    AnyLineView::Table(row(&line.id, &shown, layout, chart, &answered, lang))
                })
            }
        }
    }

    /// All of them.
    #[must_use]
    pub fn all(self, lang: Lang) -> Vec<AnyLineView> {
        let want = Want {
            limit: usize::MAX,
            after: None,
        };
        self.page(&want, lang).items
    }

    /// As rows that can be compared, each with what may be shown of it.
    #[must_use]
    pub fn compared(&self) -> Vec<Row> {
        match self {
            Self::Ledger { found, beside } => {
                let row =
                    |Line { line, .. }: &Line| ledger_row(line, &beside.sight.line(line.clone()));
                found.iter().map(row).collect()
            }
            Self::Table {
                layout,
                found,
                sight,
                ..
            } => {
                let row = |TableLine { row, .. }: &TableLine| {
                    table_row(layout, row, &sight.row(layout, row))
                };
                found.iter().map(row).collect()
            }
        }
    }

    /// The lines of a ledger; none of a table.
    #[must_use]
    pub fn of_ledger(&self) -> &[Line] {
        match self {
            Self::Ledger { found, .. } => found,
            Self::Table { .. } => &[],
        }
    }

    /// What the columns of a table add up to, of each group and of all rows where the layout says so.
    #[must_use]
    pub fn totals(&self, record: &Record) -> Vec<ColumnTotalView> {
        let Self::Table { layout, found, .. } = self else {
            return Vec::new();
        };
        let rows: Vec<TableRow> = found.iter().map(|line| line.row.clone()).collect();
        let around = Around::default();
        let (period, chart) = (record.sheet.period, record.sheet.chart);
        let all = Checking::alone(layout, &rows, period, chart, &around);
        let groups = layout.groups.iter().map(|group| Some(*group));
        let groups = groups.chain(layout.has_total.then_some(None));
        let mut totals = Vec::new();
        for group in groups {
            for (index, column) in layout.columns.iter().enumerate() {
                let counts = |row: &TableRow| group.is_none() || all.group(row) == group;
                let sum = all.sum(index, counts).filter(|_| column.summed);
                totals.extend(sum.map(|sum| ColumnTotalView {
                    key: column.key,
                    group,
                    total: CellView::of(column, &sum),
                }));
            }
        }
        totals
    }
}

/// A row, as it is shown.
fn row(
    id: &LineId,
    shown: &TableRow,
    layout: &'static Layout,
    chart: ChartVersion,
    answered: &HashMap<String, i64>,
    lang: Lang,
) -> TableLineView {
    let mut account = None;
    let mut cells = BTreeMap::new();
    for (column, cell) in layout.columns.iter().zip(&shown.cells) {
        if column.kind == Type::Number {
            continue;
        }
        if let (Type::Account, Some(Value::Text(code))) = (column.kind, cell) {
            account = chart::account(chart, code);
        }
        let view = cell.as_ref().map(|value| CellView::of(column, value));
        cells.insert(column.key, view.unwrap_or(CellView::Blank));
    }
    TableLineView {
        answered_question_count: answered.get(id.as_str()).copied().unwrap_or(0),
        id: id.clone(),
        no: shown.no,
        cells,
        account_plain_name: account.map(|account| account.plain_name(lang)),
    }
}
