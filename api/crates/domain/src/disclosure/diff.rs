//! What another version changes, line by line and cell by cell, for everybody to see. It knows rows with named cells
//! and no kind of table.
//!
//! Lines have no name that lasts from one sheet to the next: numbers move when one is put in between. So rows are
//! paired in three rounds, each over what the one before left: those that say the very same, in their order; those
//! with the same key (a voucher's number); those with the same number. What is left was added or removed.

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};

use serde::Serialize;

use super::content::Content;
use super::ledger::{CLOSING_LABEL, Column as LedgerColumn, LedgerLine, OPENING_LABEL};
use super::table::{Column, Layout, TableRow, Type, Value};
use crate::money::Fen;

/// The most lines that each list of a [`Diff`] holds; its counts know of all.
pub const MOST_LINES: usize = 500;

/// A cell of a row that is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The field's name in the API.
    pub name: Cow<'static, str>,
    /// What stands above the column.
    pub heading: Cow<'static, str>,
    /// What it says: this is compared.
    pub text: String,
    /// What is shown of it; a masked name reads the same before and after, and still was changed.
    pub shown: String,
}

/// A row that is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number in the sheet.
    pub no: i32,
    /// What it is known by beside its number; empty: nothing.
    pub key: String,
    /// Its cells but for the number and what follows from the lines before it.
    pub cells: Vec<Cell>,
}

/// A cell as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ShownCell {
    /// The field's name.
    #[schema(value_type = String)]
    pub name: Cow<'static, str>,
    /// What stands above the column.
    #[schema(value_type = String)]
    pub heading: Cow<'static, str>,
    /// What it says.
    pub text: String,
}

/// A line that only one of the versions has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct OneSided {
    /// Its number there.
    pub no: i32,
    /// Its cells, those that say something.
    pub cells: Vec<ShownCell>,
}

/// A cell that says something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ChangedCell {
    /// The field's name.
    #[schema(value_type = String)]
    pub name: Cow<'static, str>,
    /// What stands above the column.
    #[schema(value_type = String)]
    pub heading: Cow<'static, str>,
    /// What it said.
    pub before: String,
    /// What it says; of a masked name perhaps the same.
    pub after: String,
}

/// A line that says something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ChangedLine {
    /// Its number in the earlier version.
    pub before_no: i32,
    /// Its number in the later one.
    pub after_no: i32,
    /// What changed in it.
    pub cells: Vec<ChangedCell>,
}

/// What another version changes. Numbers of lines and running balances follow from the lines before them: where
/// nothing else changed in a line, it is not among these.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = DisclosureDiff)]
pub struct Diff {
    /// The balances above the lines of a ledger that say something else.
    pub balances: Vec<ChangedCell>,
    /// How many lines only the later one has.
    pub added_count: usize,
    /// How many only the earlier one has.
    pub removed_count: usize,
    /// How many say something else.
    pub changed_count: usize,
    /// The first of those added.
    pub added: Vec<OneSided>,
    /// The first of those removed.
    pub removed: Vec<OneSided>,
    /// The first of those changed.
    pub changed: Vec<ChangedLine>,
}

impl Diff {
    /// From `before` to `after`, each in the order of its sheet.
    #[must_use]
    pub fn between(before: &[Row], after: &[Row]) -> Self {
        let mut pairs = Pairs::new(before, after);
        let same = |row: &Row| {
            let texts: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
            Some(texts.join("\u{1f}"))
        };
        pairs.join(same);
        pairs.join(|row| Some(row.key.clone()).filter(|key| !key.is_empty()));
        pairs.join(|row| Some(row.no.to_string()));
        pairs.told()
    }

    /// The same with the opening and the closing balance of a ledger, before and after.
    #[must_use]
    pub fn with_balances(mut self, before: [Fen; 2], after: [Fen; 2]) -> Self {
        let labels = [
            ("opening_fen", OPENING_LABEL),
            ("closing_fen", CLOSING_LABEL),
        ];
        let pairs = before.into_iter().zip(after).zip(labels);
        self.balances = pairs
            .filter(|((before, after), _)| before != after)
            .map(|((before, after), (name, heading))| ChangedCell {
                name: name.into(),
                heading: heading.into(),
                before: before.to_yuan(),
                after: after.to_yuan(),
            })
            .collect();
        self
    }

    /// Whether everything is the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.balances.is_empty() && self.added_count + self.removed_count + self.changed_count == 0
    }
}

/// Rows being paired.
struct Pairs<'a> {
    before: &'a [Row],
    after: &'a [Row],
    /// For each row after, the one before that it was.
    was: Vec<Option<usize>>,
    /// Whether a row before has found the one after that it became.
    found: Vec<bool>,
}

impl<'a> Pairs<'a> {
    fn new(before: &'a [Row], after: &'a [Row]) -> Self {
        Self {
            before,
            after,
            was: vec![None; after.len()],
            found: vec![false; before.len()],
        }
    }

    /// Pairs what is left by what a row is known by.
    fn join(&mut self, known_by: impl Fn(&Row) -> Option<String>) {
        let mut free: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (place, row) in self.before.iter().enumerate() {
            if self.found.get(place) == Some(&false)
                && let Some(name) = known_by(row)
            {
                free.entry(name).or_default().push_back(place);
            }
        }
        for (was, row) in self.was.iter_mut().zip(self.after) {
            if was.is_some() {
                continue;
            }
            let queue = known_by(row).and_then(|name| free.get_mut(&name));
            if let Some(place) = queue.and_then(VecDeque::pop_front) {
                *was = Some(place);
                if let Some(found) = self.found.get_mut(place) {
                    *found = true;
                }
            }
        }
    }

    fn told(self) -> Diff {
        let mut diff = Diff::default();
        for (was, row) in self.was.iter().zip(self.after) {
            let Some(old) = was.and_then(|place| self.before.get(place)) else {
                diff.added_count += 1;
                if diff.added.len() < MOST_LINES {
                    diff.added.push(one_sided(row));
                }
                continue;
            };
            let cells = changed(old, row);
            if cells.is_empty() {
                continue;
            }
            diff.changed_count += 1;
            if diff.changed.len() < MOST_LINES {
                diff.changed.push(ChangedLine {
                    before_no: old.no,
                    after_no: row.no,
                    cells,
                });
            }
        }
        let gone = self.found.iter().zip(self.before);
        for (_, row) in gone.filter(|(found, _)| !**found) {
            diff.removed_count += 1;
            if diff.removed.len() < MOST_LINES {
                diff.removed.push(one_sided(row));
            }
        }
        diff
    }
}

fn one_sided(row: &Row) -> OneSided {
    let told = row.cells.iter().filter(|cell| !cell.shown.is_empty());
    OneSided {
        no: row.no,
        cells: told
            .map(|cell| ShownCell {
                name: cell.name.clone(),
                heading: cell.heading.clone(),
                text: cell.shown.clone(),
            })
            .collect(),
    }
}

/// Cells that say something else; one that only one of the rows has was empty in the other.
fn changed(before: &Row, after: &Row) -> Vec<ChangedCell> {
    let find = |row: &'_ Row, name: &str| row.cells.iter().find(|cell| cell.name == name).cloned();
    let mut cells = Vec::new();
    for new in &after.cells {
        let old = find(before, &new.name);
        if old.as_ref().map_or("", |old| old.text.as_str()) != new.text {
            cells.push(ChangedCell {
                name: new.name.clone(),
                heading: new.heading.clone(),
                before: old.map(|old| old.shown).unwrap_or_default(),
                after: new.shown.clone(),
            });
        }
    }
    for old in &before.cells {
        if !old.text.is_empty() && find(after, &old.name).is_none() {
            cells.push(ChangedCell {
                name: old.name.clone(),
                heading: old.heading.clone(),
                before: old.shown.clone(),
                after: String::new(),
            });
        }
    }
    cells
}

/// What a sheet says as rows that can be compared, in full.
#[must_use]
pub fn rows(content: &Content) -> Vec<Row> {
    match content {
        Content::Ledger(ledger) => {
            let lines = ledger.lines.iter();
            lines.map(|line| ledger_row(line, line)).collect()
        }
        Content::Table(table) => Layout::of(table.kind)
            .map(|layout| {
                let rows = table.rows.iter();
                rows.map(|row| table_row(layout, row, row)).collect()
            })
            .unwrap_or_default(),
    }
}

/// A ledger's line as a row: what it says, and `shown` of it.
#[must_use]
pub fn ledger_row(line: &LedgerLine, shown: &LedgerLine) -> Row {
    // The number is the row's, and a balance is the sum of the lines before it.
    let columns = LedgerColumn::ALL
        .into_iter()
        .filter(|column| !matches!(column, LedgerColumn::No | LedgerColumn::Balance));
    Row {
        no: line.no,
        key: line.voucher_no.clone().unwrap_or_default(),
        cells: columns
            .map(|column| Cell {
                name: Cow::Borrowed(column.name()),
                heading: Cow::Borrowed(column.heading()),
                text: column.text(line),
                shown: column.text(shown),
            })
            .collect(),
    }
}

/// A row of a table as a row that is compared: known by what makes it the same matter in another version.
#[must_use]
pub fn table_row(layout: &'static Layout, row: &TableRow, shown: &TableRow) -> Row {
    let cells = layout
        .columns
        .iter()
        .zip(row.cells.iter().zip(&shown.cells));
    let cells = cells.filter(|(column, _)| column.kind != Type::Number);
    let text = |column: &Column, cell: &Option<Value>| {
        cell.as_ref()
            .map(|value| column.written(value))
            .unwrap_or_default()
    };
    Row {
        no: row.no,
        key: layout.identity(row),
        cells: cells
            .map(|(column, (cell, shown))| Cell {
                name: Cow::Borrowed(column.key),
                heading: Cow::Borrowed(column.heading),
                text: text(column, cell),
                shown: text(column, shown),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(no: i32, key: &str, texts: [&str; 2]) -> Row {
        let cell = |(name, text): (&'static str, &str)| Cell {
            name: name.into(),
            heading: name.into(),
            text: text.to_owned(),
            shown: text.to_owned(),
        };
        Row {
            no,
            key: key.to_owned(),
            cells: ["what", "how_much"]
                .into_iter()
                .zip(texts)
                .map(cell)
                .collect(),
        }
    }

    fn counts(diff: &Diff) -> (usize, usize, usize) {
        (diff.added_count, diff.removed_count, diff.changed_count)
    }

    #[test]
    fn a_line_put_in_between_is_one_line_added() {
        let before = [row(1, "", ["a", "1"]), row(2, "", ["b", "2"])];
        let after = [
            row(1, "", ["a", "1"]),
            row(2, "", ["new", "9"]),
            row(3, "", ["b", "2"]),
        ];
        let diff = Diff::between(&before, &after);
        assert_eq!(counts(&diff), (1, 0, 0));
        assert_eq!(diff.added[0].no, 2);
        let back = Diff::between(&after, &before);
        assert_eq!(counts(&back), (0, 1, 0));
        assert!(Diff::between(&before, &before).is_empty());
    }

    #[test]
    fn another_amount_is_a_changed_cell_wherever_the_line_went() {
        let before = [row(1, "记-1", ["a", "1"]), row(2, "记-2", ["b", "2"])];
        let after = [row(1, "记-2", ["b", "3"]), row(2, "记-1", ["a", "1"])];
        let diff = Diff::between(&before, &after);
        assert_eq!(counts(&diff), (0, 0, 1));
        let changed = &diff.changed[0];
        assert_eq!((changed.before_no, changed.after_no), (2, 1));
        assert_eq!(changed.cells.len(), 1);
        let cell = &changed.cells[0];
        assert_eq!(
            (&*cell.name, &*cell.before, &*cell.after),
            ("how_much", "2", "3")
        );
        // Without a key, by the number.
        let plain = Diff::between(&[row(7, "", ["a", "1"])], &[row(7, "", ["b", "1"])]);
        assert_eq!(counts(&plain), (0, 0, 1));
    }

    #[test]
    fn the_same_line_twice_is_two_lines() {
        let twice = [row(1, "", ["a", "1"]), row(2, "", ["a", "1"])];
        let once = [row(1, "", ["a", "1"])];
        assert_eq!(counts(&Diff::between(&twice, &once)), (0, 1, 0));
        assert_eq!(counts(&Diff::between(&once, &twice)), (1, 0, 0));
    }

    #[test]
    fn another_masked_name_is_a_change_that_shows_no_name() {
        let person = |name: &str| {
            let mut row = row(1, "记-1", ["a", name]);
            row.cells[1].shown = "张＊".to_owned();
            row
        };
        let diff = Diff::between(&[person("张三")], &[person("张四")]);
        assert_eq!(counts(&diff), (0, 0, 1));
        let cell = &diff.changed[0].cells[0];
        assert_eq!((&*cell.before, &*cell.after), ("张＊", "张＊"));
    }

    #[test]
    fn a_long_list_is_cut_and_counted() {
        let many: Vec<Row> = (0..700).map(|no| row(no, "", ["a", "1"])).collect();
        let diff = Diff::between(&[], &many);
        assert_eq!((diff.added_count, diff.added.len()), (700, MOST_LINES));
        let gone = Diff::between(&many, &[]);
        assert_eq!((gone.removed_count, gone.removed.len()), (700, MOST_LINES));
    }
}
