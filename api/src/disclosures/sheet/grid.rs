//! What XLSX and CSV have in common: numbered rows of cells, and a place to write down what is wrong.

use std::borrow::Cow;
use std::collections::BTreeMap;

use compact_str::CompactString;
use domain::personal::trace;
use domain::time::Day;

use super::merge::Merge;
use super::problem::{CellProblem, has_words, push};

/// Columns beyond this one (`IV`, as in old Excel) are not looked at.
pub const MOST_COLUMNS: u16 = 256;

/// A cell that is not empty.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// What somebody typed, or every cell of a CSV file.
    Text(CompactString),
    /// A number, in decimal as Excel shows it: at most 15 significant digits.
    Number(CompactString),
    /// A date cell; `None` when its number is no day.
    Day(Option<Day>),
    /// `#REF!` and its kind, TRUE and FALSE.
    Strange(CompactString),
    /// A formula without what it came to.
    Uncalculated,
}

impl Cell {
    /// What to show when it is wrong, cut to a line's length, without numbers that lead to a person: it is kept and
    /// sent back.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Strange(text) => {
                let shown = hidden(text);
                let shown = shown.as_deref().unwrap_or(text);
                shown.chars().take(60).collect()
            }
            Self::Day(day) => day.map(|day| day.to_string()).unwrap_or_default(),
            Self::Uncalculated => "=".to_owned(),
        }
    }
}

/// A text without its digits, where a number in it leads to a person.
#[must_use]
pub fn hidden(text: &str) -> Option<String> {
    trace(text).map(|_| text.chars().map(without_digit).collect())
}

/// A digit hidden, whatever script it is of.
fn without_digit(c: char) -> char {
    if c.is_numeric() { '*' } else { c }
}

/// Cells of one row by column, counted from 0. A sheet may have a quarter of a million of them, so they lie side by
/// side, and a short text in its cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// In the order of their columns.
    cells: Vec<(u16, Cell)>,
}

impl Row {
    /// The cell of a column.
    #[must_use]
    pub fn get(&self, column: &u16) -> Option<&Cell> {
        let at = self.place(*column).ok()?;
        self.cells.get(at).map(|(_, cell)| cell)
    }

    /// Whether a column has one.
    #[must_use]
    pub fn contains_key(&self, column: &u16) -> bool {
        self.place(*column).is_ok()
    }

    /// Writes a cell, over the one that was there.
    pub fn insert(&mut self, column: u16, cell: Cell) {
        match self.place(column) {
            Ok(at) => {
                if let Some((_, there)) = self.cells.get_mut(at) {
                    *there = cell;
                }
            }
            Err(at) => self.cells.insert(at, (column, cell)),
        }
    }

    /// The columns that have a cell.
    pub fn keys(&self) -> impl Iterator<Item = &u16> {
        self.cells.iter().map(|(column, _)| column)
    }

    /// The cells.
    pub fn values(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().map(|(_, cell)| cell)
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    fn place(&self, column: u16) -> Result<usize, usize> {
        self.cells.binary_search_by_key(&column, |(at, _)| *at)
    }
}

/// A column and its cell.
type Entry<'a> = (&'a u16, &'a Cell);

impl<'a> IntoIterator for &'a Row {
    type Item = Entry<'a>;
    type IntoIter =
        std::iter::Map<std::slice::Iter<'a, (u16, Cell)>, fn(&'a (u16, Cell)) -> Entry<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.cells.iter().map(|(column, cell)| (column, cell))
    }
}

impl FromIterator<(u16, Cell)> for Row {
    fn from_iter<I: IntoIterator<Item = (u16, Cell)>>(cells: I) -> Self {
        let mut row = Self::default();
        for (column, cell) in cells {
            row.insert(column, cell);
        }
        row.cells.shrink_to_fit();
        row
    }
}

/// The cells of a sheet that are not empty.
#[derive(Debug, Default)]
pub struct Grid {
    /// By row number, counted from 1 as Excel shows it.
    pub rows: BTreeMap<u32, Row>,
    /// Whether a number of days counts from 1904 instead of 1900.
    pub from_1904: bool,
    /// The cells that were made one.
    pub merges: Vec<Merge>,
}

/// `A` for 0, `AA` for 26.
#[must_use]
pub fn letter(column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.into_iter().collect()
}

/// Row and column, both counted from 0, of a cell as Excel names it.
#[must_use]
pub fn place_of(cell: &str) -> Option<(u32, u16)> {
    let digits = cell.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = cell.split_at_checked(digits)?;
    let mut column = 0_u16;
    for letter in letters.bytes() {
        let digit = letter.checked_sub(b'A').filter(|digit| *digit < 26)?;
        column = column.checked_mul(26)?.checked_add(u16::from(digit) + 1)?;
    }
    let row: u32 = row.parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

/// A label without its spaces, colon and note, and the note: `收入 （元）：` is `收入` and `元`.
#[must_use]
pub fn label(text: &str) -> (String, String) {
    let plain = super::cell::folded(text);
    let plain = plain.trim_end_matches(':');
    match plain.split_once('(') {
        Some((base, note)) => (base.to_owned(), note.trim_end_matches(')').to_owned()),
        None => (plain.to_owned(), String::new()),
    }
}

/// Where a problem is.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Counted from 1.
    pub row: Option<u32>,
    /// Counted from 0.
    pub column: Option<u16>,
    /// Its heading or label.
    pub heading: &'a str,
}

impl Place<'_> {
    /// The file as a whole.
    pub const FILE: Place<'static> = Place {
        row: None,
        column: None,
        heading: "",
    };
}

/// What is wrong so far.
#[derive(Debug, Default)]
pub struct Findings {
    /// The sheet that is being read.
    pub sheet: String,
    /// What forbids a draft.
    pub errors: Vec<CellProblem>,
    /// What somebody should look at.
    pub warnings: Vec<CellProblem>,
}

impl Findings {
    /// Nothing yet, of a file of this name.
    #[must_use]
    pub fn of(file_name: &str) -> Self {
        Self {
            sheet: file_name.chars().take(100).collect(),
            ..Self::default()
        }
    }

    fn problem(&self, place: Place<'_>, code: &'static str, args: [&str; 2]) -> CellProblem {
        debug_assert!(has_words(code), "{code} has no words");
        let [expected, found] = args;
        CellProblem {
            sheet: self.sheet.clone(),
            row: place.row,
            column: place.heading.to_owned(),
            cell: place
                .row
                .zip(place.column)
                .map(|(row, column)| format!("{}{row}", letter(column))),
            code: Cow::Borrowed(code),
            expected: expected.to_owned(),
            found: found.to_owned(),
        }
    }

    /// Writes down an error; `args` are what was expected and what was found.
    pub fn error(&mut self, place: Place<'_>, code: &'static str, args: [&str; 2]) {
        let problem = self.problem(place, code, args);
        push(&mut self.errors, problem);
    }

    /// Writes down a warning.
    pub fn warn(&mut self, place: Place<'_>, code: &'static str, args: [&str; 2]) {
        let problem = self.problem(place, code, args);
        push(&mut self.warnings, problem);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_columns_as_excel_does() {
        for (column, name) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (255, "IV"),
            (701, "ZZ"),
            (702, "AAA"),
        ] {
            assert_eq!(letter(column), name);
            assert_eq!(place_of(&format!("{name}12")), Some((11, column)));
        }
    }

    #[test]
    fn names_no_place_of_what_is_no_cell() {
        for cell in ["", "12", "A", "A0", "a1", "AAAAA1", "A99999999999"] {
            assert_eq!(place_of(cell), None, "{cell}");
        }
    }

    #[test]
    fn sees_a_label_through_its_decoration() {
        let plain = |base: &str, note: &str| (base.to_owned(), note.to_owned());
        assert_eq!(label(" 收 入（元）："), plain("收入", "元"));
        assert_eq!(label("摘要"), plain("摘要", ""));
    }
}
