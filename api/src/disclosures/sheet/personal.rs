//! What leads to a person and is refused at the door: numbers in any column of a line, minors by name, house numbers.

use domain::mask::is_count;
use domain::personal::{OF_AGE, Trace, age_on, trace};
use domain::time::Day;

use super::cell;
use super::grid::{Cell, Findings, Place, Row};
use super::layout::Guard;

/// Names every number of a line that leads to a person; says whether there was one. `heading` names a column, and is
/// nothing for one of figures, where such a number is no amount anyway.
pub fn numbers(
    number: u32,
    row: &Row,
    heading: impl Fn(u16) -> Option<&'static str>,
    findings: &mut Findings,
) -> bool {
    let mut found = false;
    for (column, cell) in row {
        let (Cell::Text(text) | Cell::Number(text)) = cell else {
            continue;
        };
        let Some(heading) = heading(*column) else {
            continue;
        };
        let code = match trace(text) {
            None => continue,
            Some(Trace::IdentityNumber) => "has_identity_number",
            Some(Trace::BankCard) => "has_bank_card",
            Some(Trace::Phone) => "has_phone",
        };
        let place = Place {
            row: Some(number),
            column: Some(*column),
            heading,
        };
        findings.error(place, code, ["", &cell.shown()]);
        found = true;
    }
    found
}

/// Whether a line is about somebody under age by a column of ages or births.
pub fn is_young(row: &Row, guards: &[(Guard, u16)], last: Option<Day>, from_1904: bool) -> bool {
    guards.iter().any(|(guard, column)| {
        let cell = row.get(column);
        match guard {
            Guard::Age => matches!(cell::count(cell), Ok(Some(age)) if age < OF_AGE),
            Guard::Birth => {
                let born = cell::day(cell, None, from_1904).ok().flatten();
                born.zip(last)
                    .is_some_and(|(born, last)| age_on(born, last) < OF_AGE)
            }
        }
    })
}

/// Whether a cell in the place of a name says only how many.
pub fn is_only_counted(text: Option<&str>) -> bool {
    text.is_none_or(is_count)
}

/// Whether a group of a village is told down to the house.
pub fn is_house(text: &str) -> bool {
    let number = |word: &str| {
        text.match_indices(word).any(|(at, _)| {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            before.is_some_and(char::is_numeric)
        })
    };
    text.contains("门牌")
        || ["号", "号楼", "栋", "幢", "单元", "室"]
            .into_iter()
            .any(number)
}
