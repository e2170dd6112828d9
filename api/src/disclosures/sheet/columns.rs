//! Sheets of other programs have other headings. Somebody says which of them is which column of the layout, and is told
//! what was taken for what, with a few of each column's cells to recognise it by.

use std::collections::{BTreeMap, BTreeSet};

use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::table;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use super::grid::{Cell, Grid, Row, label, letter};
use super::layout::{Found, HEADING_ROWS, Slot, ledger_slots, table_slots};
use super::pairs::pair_label;

/// What somebody says about the columns: from a heading of the layout to the sheet's, or to nothing where the sheet has
/// no such column whatever looks like it.
pub type Chosen = BTreeMap<String, String>;

/// So many cells of a column are shown.
const MOST_SAMPLES: usize = 3;

/// A column that is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// The heading of the layout.
    pub heading: String,
    /// Whether there is no draft without it.
    pub required: bool,
    /// The sheet's heading of what was taken for it.
    pub found: Option<String>,
}

/// A column that a sheet has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetColumn {
    /// As Excel names it.
    pub letter: String,
    /// Its heading, as `Cell::shown` has it.
    pub heading: String,
    /// The heading of the layout that it was taken for.
    pub taken_for: Option<String>,
    /// Some of its cells, without numbers that lead to a person; none of a column that may not be disclosed.
    pub samples: Vec<String>,
}

/// Why what somebody says about the columns makes no sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Senseless {
    /// The layout has no such heading.
    Unknown,
    /// Another heading was given the same column of the sheet.
    Twice,
}

/// A heading as it is compared whole: `金额(收)` and `金额(支)` are two.
fn whole(heading: &str) -> String {
    let plain: String = heading.nfkc().filter(|c| !c.is_whitespace()).collect();
    plain.trim_end_matches(':').to_owned()
}

/// The columns of a kind.
fn slots(kind: DisclosureKind) -> Vec<Slot> {
    table::Layout::of(kind).map_or_else(ledger_slots, table_slots)
}

/// What makes no sense about `chosen` for a kind, by the heading of the layout.
#[must_use]
pub fn senseless(kind: DisclosureKind, chosen: &Chosen) -> Vec<(&str, Senseless)> {
    let slots = slots(kind);
    let mut taken = BTreeSet::new();
    let mut fault = |(heading, theirs): (&String, &String)| {
        if !slots.iter().any(|slot| slot.heading == heading) {
            return Some(Senseless::Unknown);
        }
        let theirs = whole(theirs);
        (!theirs.is_empty() && !taken.insert(theirs)).then_some(Senseless::Twice)
    };
    chosen
        .iter()
        .filter_map(|entry| Some((entry.0.as_str(), fault(entry)?)))
        .collect()
}

/// By what names the columns of a sheet are known.
pub struct Names {
    /// What somebody chose, compared whole.
    chosen: BTreeMap<String, usize>,
    /// What is understood without that, by its label.
    built_in: BTreeMap<String, usize>,
}

impl Names {
    /// Of these slots. A slot that somebody said something about has no other name.
    pub fn of(slots: &[Slot], said: &Chosen) -> Self {
        let (mut chosen, mut built_in) = (BTreeMap::new(), BTreeMap::new());
        for (index, slot) in slots.iter().enumerate() {
            match said.get(slot.heading).map(|theirs| whole(theirs)) {
                Some(theirs) if theirs.is_empty() => {}
                Some(theirs) => {
                    chosen.insert(theirs, index);
                }
                None => {
                    built_in.insert(label(slot.heading).0, index);
                    built_in.extend(slot.also.iter().map(|also| ((*also).to_owned(), index)));
                }
            }
        }
        Self { chosen, built_in }
    }

    /// How many somebody chose.
    pub fn chosen(&self) -> usize {
        self.chosen.len()
    }

    /// Whether somebody chose this column.
    pub fn is_chosen(&self, cell: &Cell) -> bool {
        self.chosen.contains_key(&whole(&cell.shown()))
    }

    /// The slot that a cell is the heading of.
    pub fn slot(&self, cell: &Cell) -> Option<usize> {
        let chosen = self.chosen.get(&whole(&cell.shown())).copied();
        let built_in = || match cell {
            Cell::Text(text) => self.built_in.get(&label(text).0).copied(),
            _ => None,
        };
        chosen.or_else(built_in)
    }

    /// The heading that somebody chose for a slot and that this row does not have.
    pub fn absent(&self, slot: usize, row: &Row) -> Option<&str> {
        let (theirs, _) = self.chosen.iter().find(|(_, index)| **index == slot)?;
        let mut cells = row.values();
        let there = cells.any(|cell| whole(&cell.shown()) == *theirs);
        (!there).then_some(theirs)
    }
}

/// What was looked for, what the sheet has, and what was taken for what. Without a row of headings, the row that looks
/// most like one, so that somebody can choose.
pub fn described(
    grid: &Grid,
    slots: &[Slot],
    found: Option<&Found>,
) -> (Vec<Wanted>, Vec<SheetColumn>) {
    let heading_row = found.map_or_else(|| guess(grid), |found| Some(found.heading_row));
    let headings = heading_row.and_then(|number| grid.rows.get(&number));
    let shown = |at: u16| headings.and_then(|row| row.get(&at)).map(Cell::shown);
    let at = |slot: usize| found.and_then(|found| found.columns.get(slot).copied().flatten());
    let wanted = slots.iter().enumerate().map(|(index, slot)| Wanted {
        heading: slot.heading.to_owned(),
        required: slot.required,
        found: at(index).and_then(shown),
    });
    let column = |(index, cell): (&u16, &Cell)| {
        let mut taken = slots.iter().enumerate();
        let closed = found.is_some_and(|found| found.closed.contains(index));
        SheetColumn {
            letter: letter(*index),
            heading: cell.shown(),
            taken_for: taken
                .find(|(slot, _)| at(*slot) == Some(*index))
                .map(|(_, slot)| slot.heading.to_owned()),
            samples: match heading_row {
                Some(number) if !closed => samples(grid, number, *index),
                _ => Vec::new(),
            },
        }
    };
    let has = headings.into_iter().flatten().map(column).collect();
    (wanted.collect(), has)
}

/// Some cells of a column below its heading.
fn samples(grid: &Grid, heading_row: u32, at: u16) -> Vec<String> {
    let below = grid.rows.range(heading_row + 1..);
    below
        .filter_map(|(_, row)| row.get(&at))
        .map(Cell::shown)
        .take(MOST_SAMPLES)
        .collect()
}

/// The row within the first ten with the most different texts; the pairs above are none of them.
fn guess(grid: &Grid) -> Option<u32> {
    let texts = |row: &Row| {
        let mut texts: Vec<&str> = row
            .values()
            .filter_map(|cell| match cell {
                Cell::Text(text) if text.parse::<f64>().is_err() => Some(text.trim()),
                _ => None,
            })
            .collect();
        if texts
            .first()
            .is_some_and(|first| pair_label(&label(first).0).is_some())
        {
            return 0;
        }
        texts.sort_unstable();
        texts.dedup();
        texts.len()
    };
    let mut best: Option<(usize, u32)> = None;
    for (number, row) in grid.rows.range(..=HEADING_ROWS) {
        let count = texts(row);
        if count > 0 && best.is_none_or(|(most, _)| count > most) {
            best = Some((count, *number));
        }
    }
    best.map(|(_, number)| number)
}
