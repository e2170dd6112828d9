//! Where the columns of a sheet stand: a row of headings within the first ten rows, in any order, under the layout's names
//! or those that somebody chose (`columns`).

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::ledger::Column;
use domain::disclosure::table::{self, Type};
use domain::personal::is_forbidden_heading;

use super::columns::{Chosen, Names};
use super::grid::{Cell, Findings, Grid, Place, label};

/// The headings stand within this many rows.
pub const HEADING_ROWS: u32 = 10;
/// A row with this many known headings is the row of headings.
const FEW_HEADINGS: usize = 3;

/// A column to look for.
pub struct Slot {
    /// The heading of the layout.
    pub heading: &'static str,
    /// What else it may be called, without notes in brackets.
    pub also: &'static [&'static str],
    /// Whether a sheet without it is refused; others may be missing with a warning.
    pub required: bool,
    /// Whether somebody is warned where it is missing.
    missed: bool,
}

/// A column that says how old somebody is: read to see minors, and never kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// Years.
    Age,
    /// A day of birth.
    Birth,
}

/// What stands where.
pub struct Found {
    /// The row of headings, counted from 1.
    pub heading_row: u32,
    /// The column of each slot, counted from 0.
    pub columns: Vec<Option<u16>>,
    /// Columns that say how old somebody is.
    pub guards: Vec<(Guard, u16)>,
    /// Columns that may not be disclosed.
    pub closed: Vec<u16>,
}

/// What stands where in a ledger.
pub struct Layout {
    /// The row of headings, counted from 1.
    pub heading_row: u32,
    /// Column by heading, counted from 0.
    pub columns: BTreeMap<Column, u16>,
}

/// The columns of a ledger; other words than the layout's are understood where nobody can doubt. The first seven are
/// those without which a line is not known to be true.
pub fn ledger_slots() -> Vec<Slot> {
    let also = |column| -> &'static [&'static str] {
        match column {
            Column::Date => &["记账日期", "业务日期"],
            Column::VoucherNo => &["凭证编号", "凭证字号"],
            Column::Income => &["收入金额"],
            Column::Expense => &["支出金额"],
            Column::Balance => &["结余"],
            Column::AccountCode => &["科目代码"],
            Column::Payee => &["收款人"],
            Column::FileCount => &["附件", "附件张数"],
            _ => &[],
        }
    };
    let slot = |(place, column): (usize, Column)| Slot {
        heading: column.heading(),
        also: also(column),
        required: place < 7,
        missed: true,
    };
    Column::ALL.into_iter().enumerate().map(slot).collect()
}

/// The columns of a table.
pub fn table_slots(layout: &table::Layout) -> Vec<Slot> {
    let slot = |column: &table::Column| Slot {
        heading: column.heading,
        also: column.also,
        required: column.required,
        missed: column.kind != Type::Number,
    };
    layout.columns.iter().map(slot).collect()
}

impl From<Found> for Layout {
    /// Of the [`ledger_slots`].
    fn from(found: Found) -> Self {
        let columns = Column::ALL.into_iter().zip(found.columns);
        Self {
            heading_row: found.heading_row,
            columns: columns
                .filter_map(|(column, at)| Some((column, at?)))
                .collect(),
        }
    }
}

/// How many columns of these slots the row with most of them has, and whether all that are required are among them.
fn likeness(grid: &Grid, slots: &[Slot]) -> (usize, bool) {
    let names = Names::of(slots, &Chosen::default());
    let rows = grid.rows.range(..=HEADING_ROWS).map(|(_, row)| {
        let found: BTreeSet<usize> = row.values().filter_map(|cell| names.slot(cell)).collect();
        let mut slots = slots.iter().enumerate();
        let whole = slots.all(|(place, slot)| !slot.required || found.contains(&place));
        (found.len(), whole)
    });
    rows.max().unwrap_or_default()
}

/// The kind whose sheet this plainly is, where that is another than `kind`: of its headings all that are required are
/// there, and some more than of the one that was asked for.
pub fn other_kind(grid: &Grid, kind: DisclosureKind) -> Option<DisclosureKind> {
    let of = |kind| match table::Layout::of(kind) {
        None => likeness(grid, &ledger_slots()),
        Some(layout) => likeness(grid, &table_slots(layout)),
    };
    let (own, whole) = of(kind);
    if whole {
        return None;
    }
    let others = DisclosureKind::ALL
        .into_iter()
        .filter(|other| *other != kind);
    let like = others.map(|other| (of(other), other));
    let ((most, whole), other) = like.max_by_key(|(likeness, _)| *likeness)?;
    (whole && most >= own + FEW_HEADINGS).then_some(other)
}

/// Finds the headings of these slots and names those that are missing, doubled, in another unit, and those that no
/// list for everybody may have; `None` when there is no row of headings at all.
pub fn find(
    grid: &Grid,
    slots: &[Slot],
    chosen: &Chosen,
    findings: &mut Findings,
) -> Option<Found> {
    let names = Names::of(slots, chosen);
    let known = |cell: &Cell| names.slot(cell);
    // What somebody chose, and be it one column, is a heading.
    let few = match names.chosen() {
        0 => FEW_HEADINGS,
        chosen => chosen.min(FEW_HEADINGS),
    };
    let mut best: Option<(usize, u32)> = None;
    for (number, row) in grid.rows.range(..=HEADING_ROWS) {
        let count = row.values().filter_map(known).count();
        if count >= few && best.is_none_or(|(most, _)| count > most) {
            best = Some((count, *number));
        }
    }
    let Some((_, heading_row)) = best else {
        let wanted: Vec<&str> = slots
            .iter()
            .filter(|slot| slot.required)
            .map(|slot| slot.heading)
            .collect();
        findings.error(Place::FILE, "headings_not_found", [&wanted.join("、"), ""]);
        return None;
    };
    let mut columns: BTreeMap<usize, u16> = BTreeMap::new();
    let (mut guards, mut closed) = (Vec::new(), Vec::new());
    let headings = grid.rows.get(&heading_row);
    for (index, cell) in headings.into_iter().flatten() {
        let shown = cell.shown();
        let place = |heading| Place {
            row: Some(heading_row),
            column: Some(*index),
            heading,
        };
        if is_forbidden_heading(&shown) {
            findings.error(place(&shown), "heading_forbidden", ["", &shown]);
            closed.push(*index);
            continue;
        }
        let chosen = names.is_chosen(cell);
        if let Some(guard) = guard(&label(&shown).0).filter(|_| chosen) {
            // It is looked at for minors, whatever somebody would like it to be.
            guards.push((guard, *index));
            findings.error(place(&shown), "heading_dropped", ["", &shown]);
            continue;
        }
        let Some(slot) = known(cell) else {
            if let Some(guard) = guard(&label(&shown).0) {
                guards.push((guard, *index));
                findings.warn(place(&shown), "heading_dropped", ["", &shown]);
            } else if label(&shown).0 != "序号" {
                findings.warn(place(&shown), "heading_unknown", ["", &shown]);
            }
            continue;
        };
        let heading = slots.get(slot).map_or("", |slot| slot.heading);
        if label(&shown).1.contains('万') || chosen && shown.contains("万元") {
            findings.error(place(heading), "unit_not_yuan", ["", &shown]);
        }
        if let Entry::Vacant(free) = columns.entry(slot) {
            free.insert(*index);
        } else {
            findings.error(place(heading), "heading_twice", ["", &shown]);
        }
    }
    for (index, missing) in slots.iter().enumerate() {
        let place = Place {
            row: Some(heading_row),
            column: None,
            heading: missing.heading,
        };
        let absent = headings.and_then(|row| names.absent(index, row));
        if columns.contains_key(&index) {
        } else if let Some(theirs) = absent {
            findings.error(place, "heading_not_there", ["", theirs]);
        } else if missing.required {
            findings.error(place, "heading_missing", ["", ""]);
        } else if missing.missed {
            findings.warn(place, "heading_missing", ["", ""]);
        }
    }
    Some(Found {
        heading_row,
        columns: (0..slots.len())
            .map(|index| columns.get(&index).copied())
            .collect(),
        guards,
        closed,
    })
}

/// A heading that says how old somebody is.
fn guard(base: &str) -> Option<Guard> {
    match base {
        "年龄" | "周岁" => Some(Guard::Age),
        "出生日期" | "出生年月" | "出生年月日" | "生日" => Some(Guard::Birth),
        _ => None,
    }
}
