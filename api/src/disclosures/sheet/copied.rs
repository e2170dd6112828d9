//! The cells of a sheet as they were read, to be marked and handed back: values without their looks, and without
//! whatever leads to a person.

use domain::disclosure::ledger::day_text;
use domain::time::Day;
use serde::{Deserialize, Serialize};

use super::grid::{Cell, Grid, hidden};

/// So many cells are copied; what stands below is not. A ledger has some 21,000 lines then.
const MOST_COPIED: usize = 300_000;
/// What Excel takes in one cell, in characters.
const LONGEST: usize = 32_000;
/// What stands for a cell that may not be disclosed.
const CLOSED: &str = "***";

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Copied {
    /// A text.
    Text(String),
    /// A number, in decimal.
    Number(String),
    /// A day.
    Day(#[serde(with = "day_text")] Day),
}

/// The cells of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copy {
    /// By row, counted from 1, and column, counted from 0.
    pub rows: Vec<(u32, Vec<(u16, Copied)>)>,
    /// How many rows were too many.
    pub left: usize,
}

impl Copy {
    /// Of a sheet.
    pub fn of(grid: &Grid) -> Self {
        let (mut rows, mut count) = (Vec::new(), 0);
        for (number, row) in &grid.rows {
            let cells: Vec<(u16, Copied)> = row
                .into_iter()
                .map(|(column, cell)| (*column, copied(cell)))
                .collect();
            count += cells.len();
            if count > MOST_COPIED {
                break;
            }
            rows.push((*number, cells));
        }
        let left = grid.rows.len() - rows.len();
        Self { rows, left }
    }

    /// Takes away what stands in columns that may not be disclosed.
    pub fn close(&mut self, heading_row: u32, columns: &[u16]) {
        let below = self.rows.iter_mut().filter(|(row, _)| *row > heading_row);
        for (column, cell) in below.flat_map(|(_, cells)| cells) {
            if columns.contains(column) {
                *cell = Copied::Text(CLOSED.to_owned());
            }
        }
    }
}

fn copied(cell: &Cell) -> Copied {
    match cell {
        Cell::Text(text) | Cell::Strange(text) => {
            let whole = || text.chars().take(LONGEST).collect();
            Copied::Text(hidden(text).unwrap_or_else(whole))
        }
        Cell::Number(text) => match hidden(text) {
            Some(stars) => Copied::Text(stars),
            None => Copied::Number(text.to_string()),
        },
        Cell::Day(Some(day)) => Copied::Day(*day),
        Cell::Day(None) | Cell::Uncalculated => Copied::Text(cell.shown()),
    }
}
