//! The table layouts T2 to T12 of `domain.md` 3. A kind is a declaration, its columns, and its checks, a file each;
//! reading, keeping, showing, exporting and comparing know columns and no kind.

mod assets;
mod balance_sheet;
mod benefit_payments;
mod cash_position;
mod check;
mod exact;
mod planned_spending;
mod projects;
mod receivables_payables;
mod resource_contracts;
mod special;
mod summary;

#[cfg(test)]
pub(super) mod samples;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

use super::kind::DisclosureKind;
use super::ledger::day_text;
use crate::mask::{self, Hidden};
use crate::money::Fen;
use crate::personal::surnames::is_surely_name;
use crate::time::{Day, parse_day};

pub use check::{Around, CODES, Checking, Grade, TableFault, Turnover};
pub use exact::{Exact, ONE};

/// A word that a cell may hold.
#[derive(Debug, PartialEq, Eq)]
pub struct Word {
    /// The word of the API.
    pub code: &'static str,
    /// The word of the sheet.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
    /// Other words for it that nobody can doubt.
    pub also: &'static [&'static str],
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// 序号: the number of the row; where the column or the cell is missing, the next one.
    Number,
    /// A text of a line.
    Text,
    /// A short text: a name, a number of a contract.
    Name,
    /// An amount in fen that is not negative.
    Money,
    /// An amount in fen of either sign.
    Signed,
    /// A quantity or an area that is not negative.
    Quantity,
    /// Yuan for one unit, with up to four decimals.
    Rate,
    /// A percentage of either sign.
    Percent,
    /// A day.
    Date,
    /// From a day to a day.
    Span,
    /// One of these words.
    Word(&'static [Word]),
    /// A code of the chart of accounts.
    Account,
}

impl Type {
    /// The word of the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Text | Self::Name => "text",
            Self::Money | Self::Signed => "money",
            Self::Quantity => "quantity",
            Self::Rate => "rate",
            Self::Percent => "percent",
            Self::Date => "date",
            Self::Span => "span",
            Self::Word(_) => "word",
            Self::Account => "account",
        }
    }

    /// Whether a cell holds a number that can be added up or compared, no text.
    #[must_use]
    pub fn is_figure(self) -> bool {
        matches!(
            self,
            Self::Money | Self::Signed | Self::Quantity | Self::Rate | Self::Percent
        )
    }

    /// Whether it is an amount in fen.
    #[must_use]
    pub fn is_money(self) -> bool {
        matches!(self, Self::Money | Self::Signed)
    }
}

/// Whom a text may name, which says what of it the open web may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Nobody by name.
    Open,
    /// Persons or units: of a person the surname stays, a unit stays whole.
    Party,
    /// Always persons: whatever stands there, no more than a surname.
    Person,
    /// Persons, or how many of which group: 演示代表26人, 环卫队.
    People,
}

/// A column of a layout.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name in the API and in what is kept; of money it ends with `_fen`.
    pub key: &'static str,
    /// The heading in the sheet.
    pub heading: &'static str,
    /// The heading in English.
    pub english: &'static str,
    /// Other headings that mean it, without notes in brackets.
    pub also: &'static [&'static str],
    /// What its cells are.
    pub kind: Type,
    /// Whether a row must have it.
    pub required: bool,
    /// Whether a blank cell is 0.
    pub blank_is_zero: bool,
    /// Whether the column is added up in a row 合计.
    pub summed: bool,
    /// How it goes on from the period before, of the same matter.
    pub course: Course,
    /// Whom it may name.
    pub class: Class,
    /// What to write, in Chinese.
    pub hint: &'static str,
    /// What to write, in English.
    pub hint_en: &'static str,
    /// A cell as it may look.
    pub example: &'static str,
}

/// How a column of a register goes on from one period to the next, of the same matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// As it happens.
    Free,
    /// What was agreed or happened once stays: whoever changes it owes a word.
    Lasts,
    /// A figure counted from the beginning, that never falls.
    Grows,
}

impl Column {
    const fn new(
        key: &'static str,
        heading: &'static str,
        english: &'static str,
        kind: Type,
        example: &'static str,
    ) -> Self {
        Self {
            key,
            heading,
            english,
            also: &[],
            kind,
            required: false,
            blank_is_zero: false,
            summed: false,
            course: Course::Free,
            class: Class::Open,
            hint: "",
            hint_en: "",
            example,
        }
    }

    const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    const fn or_zero(self) -> Self {
        Self {
            blank_is_zero: true,
            ..self
        }
    }

    const fn summed(self) -> Self {
        Self {
            summed: true,
            ..self
        }
    }

    const fn lasts(self) -> Self {
        Self {
            course: Course::Lasts,
            ..self
        }
    }

    const fn grows(self) -> Self {
        Self {
            course: Course::Grows,
            ..self
        }
    }

    const fn also(self, also: &'static [&'static str]) -> Self {
        Self { also, ..self }
    }

    const fn names(self, class: Class) -> Self {
        Self { class, ..self }
    }

    const fn says(self, hint: &'static str, hint_en: &'static str) -> Self {
        Self {
            hint,
            hint_en,
            ..self
        }
    }

    /// Whether nobody writes there but people's names: who handled it, whose household it is.
    fn names_people(&self) -> bool {
        match self.class {
            Class::Person | Class::People => true,
            Class::Party => self.names_officers(),
            Class::Open => false,
        }
    }

    /// Whether those stand there who handled, accepted or watched it, who are grown up and whom the words beside are not
    /// about.
    #[must_use]
    pub fn names_officers(&self) -> bool {
        self.class == Class::Party && (self.key.ends_with("_by") || self.key == "supervisor")
    }

    /// A cell as the sheet and the CSV file write it.
    #[must_use]
    pub fn written(&self, value: &Value) -> String {
        match (value, self.kind) {
            (Value::Word(index), Type::Word(words)) => words
                .get(usize::from(*index))
                .map(|word| word.zh.to_owned())
                .unwrap_or_default(),
            (Value::Word(_), _) => String::new(),
            (Value::Fen(fen), _) => fen.to_yuan(),
            (Value::Exact(exact), _) => exact.to_string(),
            (Value::Day(day), _) => day.to_string(),
            (Value::Span { from, to }, _) => format!("{from}至{to}"),
            (Value::Text(text), _) => text.clone(),
        }
    }

    /// A cell as the API says it and as it is kept: fen as a number, decimals as text, a span as two days.
    #[must_use]
    pub fn json(&self, value: &Value) -> Json {
        match (value, self.kind) {
            (Value::Word(index), Type::Word(words)) => words
                .get(usize::from(*index))
                .map_or(Json::Null, |word| json!(word.code)),
            (Value::Fen(fen), _) => json!(fen.0),
            (Value::Span { from, to }, _) => {
                json!({ "from": from.to_string(), "to": to.to_string() })
            }
            _ => json!(self.written(value)),
        }
    }

    /// Reads [`Column::json`]; `None` for what no cell of this column can be.
    #[must_use]
    pub fn of_json(&self, json: &Json) -> Option<Value> {
        let day = |json: &Json| parse_day(json.as_str()?);
        Some(match self.kind {
            Type::Number => return None,
            Type::Text | Type::Name | Type::Account => Value::Text(json.as_str()?.to_owned()),
            Type::Money | Type::Signed => Value::Fen(Fen(json.as_i64()?)),
            Type::Quantity | Type::Rate | Type::Percent => {
                Value::Exact(Exact::parse(json.as_str()?).ok()?)
            }
            Type::Date => Value::Day(day(json)?),
            Type::Span => Value::Span {
                from: day(json.get("from")?)?,
                to: day(json.get("to")?)?,
            },
            Type::Word(words) => {
                let code = json.as_str()?;
                let index = words.iter().position(|word| word.code == code)?;
                Value::Word(u8::try_from(index).ok()?)
            }
        })
    }

    /// A cell as the open web may read it: names masked by their class, no number that leads to a person, no
    /// word for an illness or a kind of disability.
    #[must_use]
    pub fn masked(&self, value: &Value, of_persons: bool) -> Value {
        match value {
            Value::Text(text) => self.masked_text(text, of_persons),
            value => value.clone(),
        }
    }

    fn masked_text(&self, text: &str, of_persons: bool) -> Value {
        let text = match self.class {
            // Before the words for illnesses are put in other words: whose they are.
            Class::Open => mask::health(&mask::told(text)),
            Class::Party | Class::Person | Class::People => mask::health(text),
        };
        Value::Text(match self.class {
            // Beside somebody's surname, who his wife is and what he is counted among.
            Class::Open if of_persons => {
                let text = mask::relatives(&mask::standing(&text));
                mask::numbers(&mask::stand_ins(&text))
            }
            Class::Open => mask::numbers(&mask::stand_ins(&text)),
            // 外村人韩大伟
            Class::Party => mask::told(&mask::names(&text)),
            Class::Person => mask::persons(&text),
            Class::People => mask::people(&text),
        })
    }
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// An amount.
    Fen(Fen),
    /// A quantity, a rate or a percentage.
    Exact(Exact),
    /// A day.
    Day(#[serde(with = "day_text")] Day),
    /// From a day to a day, both within.
    Span {
        /// The first day.
        #[serde(with = "day_text")]
        from: Day,
        /// The last day.
        #[serde(with = "day_text")]
        to: Day,
    },
    /// The index of a word of the column.
    Word(u8),
    /// A text.
    Text(String),
}

/// A row; its cells stand in the order of the layout's columns. The number of a row stands in `no` alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRow {
    /// Its number within the table; rises from row to row.
    pub no: i32,
    /// Its cells, `None` where blank.
    pub cells: Vec<Option<Value>>,
}

/// A layout: what a kind's sheet looks like.
pub struct Layout {
    /// The kind.
    pub kind: DisclosureKind,
    /// `T8` and its like, as `domain.md` numbers them.
    pub number: &'static str,
    /// Its columns in their order.
    pub columns: &'static [Column],
    /// The columns by which a row is the same matter as a row of the period before.
    identity: &'static [&'static str],
    /// Whether two rows of the same matter are an error; else somebody should look.
    unique: bool,
    /// A column of unit prices and the columns by which prices compare with those of the period before.
    price: Option<(&'static str, &'static [&'static str])>,
    /// Labels of rows that total one group of rows, such as 债权合计, and the group of a row.
    pub groups: &'static [&'static str],
    group: fn(&Checking<'_>, &TableRow) -> Option<&'static str>,
    /// Whether a row 合计 totals all rows.
    pub has_total: bool,
    /// The first texts of the rows of an empty sheet, where the layout gives its rows.
    pub items: &'static [&'static str],
    /// Whether somebody is paid by name here, so that a row about a minor is refused.
    pub of_persons: bool,
    check: fn(&mut Checking<'_>),
    /// Sentences for the template's page of hints.
    pub hints: &'static [(&'static str, &'static str)],
}

static LAYOUTS: [&Layout; 10] = [
    &summary::LAYOUT,
    &balance_sheet::LAYOUT,
    &receivables_payables::LAYOUT,
    &assets::LAYOUT,
    &resource_contracts::LAYOUT,
    &projects::LAYOUT,
    &benefit_payments::LAYOUT,
    &planned_spending::LAYOUT,
    &cash_position::LAYOUT,
    &special::LAYOUT,
];

impl Layout {
    /// The layout of a kind; `None` for the ledger, which has lines of its own.
    #[must_use]
    pub fn of(kind: DisclosureKind) -> Option<&'static Self> {
        LAYOUTS.into_iter().find(|layout| layout.kind == kind)
    }

    /// Where a column stands.
    #[must_use]
    pub fn index(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.key == key)
    }

    /// The cells of a row by their keys, blank ones left out: what is kept and hashed.
    #[must_use]
    pub fn cells(&self, row: &TableRow) -> Map<String, Json> {
        let pairs = self.columns.iter().zip(&row.cells);
        pairs
            .filter_map(|(column, cell)| {
                let value = cell.as_ref()?;
                Some((column.key.to_owned(), column.json(value)))
            })
            .collect()
    }

    /// Reads [`Layout::cells`]; `None` when they cannot be a row of this layout.
    #[must_use]
    pub fn row(&self, no: i32, cells: &Map<String, Json>) -> Option<TableRow> {
        if cells.keys().any(|key| self.index(key).is_none()) {
            return None;
        }
        let cell = |column: &Column| match cells.get(column.key) {
            None => Some(None),
            Some(json) => column.of_json(json).map(Some),
        };
        let cells = self.columns.iter().map(cell).collect::<Option<Vec<_>>>()?;
        Some(TableRow { no, cells })
    }

    /// These cells of a row as written, one after the other: rows with the same key are the same in them.
    #[must_use]
    pub fn key(&self, row: &TableRow, columns: &[&str]) -> String {
        let mut key = String::new();
        for name in columns {
            let Some(index) = self.index(name) else {
                continue;
            };
            let cell = row.cells.get(index).and_then(Option::as_ref);
            if let Some((column, value)) = self.columns.get(index).zip(cell) {
                key.push_str(&column.written(value));
            }
            key.push('\u{1f}');
        }
        key
    }

    /// By what a row is the same matter as a row of another period or version.
    #[must_use]
    pub fn identity(&self, row: &TableRow) -> String {
        self.key(row, self.identity)
    }

    /// The names that rows hide, by whatever column. They are hidden in the words of every row of the same table.
    #[must_use]
    pub fn hidden<'a>(&self, rows: impl IntoIterator<Item = &'a TableRow>) -> Hidden {
        let mut hidden = Hidden::default();
        let mut seen = HashSet::new();
        for row in rows {
            for (index, (column, cell)) in self.columns.iter().zip(&row.cells).enumerate() {
                // Words hide a name, too, where they say whose wife or stand-in it is.
                let Some(Value::Text(full)) = cell else {
                    continue;
                };
                if !seen.insert((index, full.as_str())) {
                    continue;
                }
                if let Value::Text(shown) = column.masked_text(full, self.of_persons) {
                    hidden.add(full, &shown, column.names_people());
                }
            }
        }
        hidden
    }

    /// What people call a row: its first text, as everybody reads it. `elsewhere` is what the table hides, by
    /// [`Self::hidden`].
    #[must_use]
    pub fn label(&self, row: &TableRow, elsewhere: &Hidden) -> String {
        let row = row.masked(self, elsewhere);
        let texts = self.columns.iter().zip(&row.cells);
        let mut named = texts.filter(|(column, cell)| {
            cell.is_some() && matches!(column.kind, Type::Text | Type::Name)
        });
        let found = named.next();
        found
            .and_then(|(column, cell)| Some(column.written(cell.as_ref()?)))
            .unwrap_or_default()
    }
}

/// The rows of a kind, as submitted; [`Table::check`] says whether they hold together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The kind.
    pub kind: DisclosureKind,
    /// The rows in the order of the sheet.
    pub rows: Vec<TableRow>,
}

impl TableRow {
    /// The row as the open web may read it; `elsewhere` is what its table hides, by [`Layout::hidden`].
    #[must_use]
    pub fn masked(&self, layout: &Layout, elsewhere: &Hidden) -> Self {
        let columns = layout.columns.iter();
        let mut hidden = Vec::new();
        let mut cells: Vec<Option<Value>> = Vec::with_capacity(self.cells.len());
        for (column, cell) in columns.clone().zip(&self.cells) {
            let shown = cell
                .as_ref()
                .map(|value| column.masked(value, layout.of_persons));
            if let (Some(Value::Text(full)), Some(Value::Text(shown))) = (cell, &shown)
                && full != shown
            {
                let names = mask::hidden_names(full, shown).into_iter().enumerate();
                // Beside the first name stands whose else or what: 张伟（二组） lives in 二组.
                let names = names.filter(|(place, name)| *place == 0 || is_surely_name(name));
                hidden.extend(names.map(|(_, name)| name));
            }
            cells.push(shown);
        }
        // Whose name one cell hides, the cell beside it does not tell: 经办人：王立新, 王立新家.
        for (column, cell) in columns.zip(&mut cells) {
            if column.class == Class::Open
                && let Some(Value::Text(text)) = cell
            {
                let own = mask::hide(text, &hidden);
                *text = elsewhere.hide(&own).into_owned();
            }
        }
        Self { no: self.no, cells }
    }
}
