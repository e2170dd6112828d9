//! What is wrong with a cell, and where. Its words are in `wording`: a code without words does not pass the tests.

use std::borrow::Cow;

use domain::time::{Day, parse_day};
use serde::{Deserialize, Serialize};

use super::wording::WORDING;

/// How many problems are named; the rest is a number.
pub const MOST_PROBLEMS: usize = 200;

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bilingual {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// One thing that is wrong, and where to find it in the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellProblem {
    /// The sheet's name; of a CSV file, the file's name.
    pub sheet: String,
    /// The row, counted from 1 as Excel shows it; `None` when the file as a whole is meant.
    pub row: Option<u32>,
    /// The heading (支出(元)) or the label (期初余额(元)) that it is about; empty for the whole file.
    pub column: String,
    /// The cell as Excel names it (`F12`), when it is one cell.
    pub cell: Option<String>,
    /// What is wrong, a key of the table of `wording`.
    pub code: Cow<'static, str>,
    /// What should stand there; empty where nothing can be said.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

/// Of these codes `expected` is a part of the words and nothing that should stand in the cell: the year of a chart, a day
/// from which something may be done, another row.
const TOLD: [&str; 8] = [
    "account_unknown",
    "old_debts_differ",
    "period_not_over",
    "next_does_not_go_on",
    "other_sheets",
    "row_twice",
    "row_gone",
    "line_twice",
];

impl CellProblem {
    /// Whether it was about days to come, and `today` they have: a sheet is checked once and looked at for weeks.
    #[must_use]
    pub fn is_over(&self, today: Day) -> bool {
        let day = match &*self.code {
            "period_not_over" => &self.expected,
            "day_not_come" => &self.found,
            _ => return false,
        };
        parse_day(day).is_some_and(|day| day <= today)
    }

    /// What should stand in the cell; empty where nothing can be said.
    #[must_use]
    pub fn should_be(&self) -> &str {
        if TOLD.contains(&&*self.code) {
            ""
        } else {
            &self.expected
        }
    }

    /// What is wrong, for people.
    #[must_use]
    pub fn detail(&self) -> Bilingual {
        let words = WORDING.iter().find(|(code, ..)| *code == self.code);
        let (zh, en) = words.map_or((&*self.code, &*self.code), |(_, zh, en)| (zh, en));
        let fill = |text: &str, colon: &str| {
            let place = self.cell.as_ref().map(|cell| format!("{cell}{colon}"));
            let text = text
                .replace("{column}", &self.column)
                .replace("{expected}", &self.expected)
                // Last, because it is theirs: a brace in it is not ours.
                .replace("{found}", &self.found);
            place.unwrap_or_default() + &text
        };
        Bilingual {
            zh: fill(zh, "："),
            en: fill(en, ": "),
        }
    }
}

/// Adds `problem`, or counts it in a closing `more_errors` once [`MOST_PROBLEMS`] are named.
pub fn push(list: &mut Vec<CellProblem>, problem: CellProblem) {
    if list.len() < MOST_PROBLEMS {
        list.push(problem);
        return;
    }
    match list.get_mut(MOST_PROBLEMS) {
        Some(more) => more.found = (more.found.parse().unwrap_or(0_u64) + 1).to_string(),
        None => list.push(CellProblem {
            row: None,
            column: String::new(),
            cell: None,
            code: Cow::Borrowed("more_errors"),
            expected: String::new(),
            found: "1".to_owned(),
            ..problem
        }),
    }
}

/// Whether there are words for `code`.
#[must_use]
pub fn has_words(code: &str) -> bool {
    WORDING.iter().any(|(key, ..)| *key == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_ledger_has_words() {
        let of_tables = domain::disclosure::table::CODES;
        for code in domain::disclosure::check::CODES
            .into_iter()
            .chain(of_tables)
        {
            assert!(has_words(code), "{code}");
        }
    }

    #[test]
    fn no_code_has_two_wordings_or_no_use() {
        let sources = [
            include_str!("mod.rs"),
            include_str!("cell.rs"),
            include_str!("columns.rs"),
            include_str!("json.rs"),
            include_str!("layout.rs"),
            include_str!("lines.rs"),
            include_str!("masked.rs"),
            include_str!("merge.rs"),
            include_str!("pairs.rs"),
            include_str!("personal.rs"),
            include_str!("read.rs"),
            include_str!("rows.rs"),
            include_str!("text.rs"),
            include_str!("workbook.rs"),
            include_str!("archive.rs"),
            include_str!("problem.rs"),
            include_str!("wording.rs"),
            include_str!("../reader/mod.rs"),
        ]
        .concat();
        for (code, ..) in WORDING {
            let of_domain = domain::disclosure::check::CODES.contains(code)
                || domain::disclosure::table::CODES.contains(code);
            let uses = sources.matches(&format!("\"{code}\"")).count();
            assert!(of_domain || uses >= 2, "{code} is used nowhere");
            assert_eq!(WORDING.iter().filter(|(key, ..)| key == code).count(), 1);
        }
    }

    #[test]
    fn says_where_and_what() {
        let problem = CellProblem {
            sheet: "账".to_owned(),
            row: Some(12),
            column: "支出(元)".to_owned(),
            cell: Some("F12".to_owned()),
            code: Cow::Borrowed("not_an_amount"),
            expected: String::new(),
            found: "{column}".to_owned(),
        };
        assert_eq!(problem.detail().zh, "F12：“{column}”不是金额。");
        let mut list = Vec::new();
        for _ in 0..203 {
            push(&mut list, problem.clone());
        }
        assert_eq!(list.len(), 201);
        let last = list
            .last()
            .map(|more| (more.code.as_ref(), more.found.as_str()));
        assert_eq!(last, Some(("more_errors", "3")));
    }
}
