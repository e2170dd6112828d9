//! Merged cells below the headings: what a text stands beside several rows for stands in each of them, and a figure
//! that does is named, because nobody can say whose it is.

use super::grid::{Cell, Findings, Grid, Place};
use super::totals;

/// A range of cells that were made one; the value stands in its first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// Rows counted from 1, both within.
    pub rows: (u32, u32),
    /// Columns counted from 0, both within.
    pub columns: (u16, u16),
}

/// What a column holds, to one who looks at merged cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// A text or a day, which several rows may share.
    Text,
    /// A figure or a row's own number.
    Figure,
}

/// More cells than these are not filled: a sheet that needs them was not written by hand.
const MOST_FILLED: usize = 200_000;

/// Writes a shared text into each of its rows and names what cannot be shared. `known` says what a column holds, and
/// its heading; columns that are not imported are left alone.
pub fn settle(
    grid: &mut Grid,
    heading_row: u32,
    known: impl Fn(u16) -> Option<(Holds, &'static str)>,
    findings: &mut Findings,
) {
    let mut filled = 0;
    for merge in std::mem::take(&mut grid.merges) {
        let ((top, bottom), (left, right)) = (merge.rows, merge.columns);
        let value = grid.rows.get(&top).and_then(|row| row.get(&left)).cloned();
        let Some(value) = value.filter(|_| top > heading_row) else {
            continue;
        };
        if matches!(&value, Cell::Text(text) if totals::is_total(text)) {
            continue;
        }
        let others = |column: &u16| known(*column).is_some();
        // A remark across the whole sheet has nothing beside it.
        let beside = grid.rows.get(&top).is_some_and(|row| {
            row.keys()
                .filter(|column| others(column))
                .any(|column| !(left..=right).contains(column))
        });
        let wide = beside && (left.saturating_add(1)..=right).any(|column| others(&column));
        let tall = bottom > top;
        let holds = known(left);
        let place = |heading| Place {
            row: Some(top),
            column: Some(left),
            heading,
        };
        match holds {
            _ if wide => {
                let heading = holds.map_or("", |(_, heading)| heading);
                findings.error(place(heading), "merged_cell", ["", &value.shown()]);
            }
            Some((Holds::Figure, heading)) if tall && beside => {
                findings.error(place(heading), "merged_cell", ["", &value.shown()]);
            }
            Some((Holds::Text, _)) if tall => {
                for (_, row) in grid.rows.range_mut(top + 1..=bottom) {
                    if filled < MOST_FILLED && !row.contains_key(&left) {
                        row.insert(left, value.clone());
                        filled += 1;
                    }
                }
            }
            _ => {}
        }
    }
}
