//! The words for the contract's codes. They live in the client's table, from which both webs read them too;
//! here that table is compiled in and read once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

const TABLES: &str = include_str!("../../../openapi/client/words.ts");

/// Chinese and English.
pub type Word = [String; 2];

static LEXICON: LazyLock<BTreeMap<String, BTreeMap<String, Word>>> = LazyLock::new(|| read(TABLES));

/// The words of a code in a table of the client; the code itself where there are none.
pub fn word(table: &str, code: &str) -> Word {
    LEXICON
        .get(table)
        .and_then(|words| words.get(code))
        .cloned()
        .unwrap_or_else(|| [code.to_owned(), code.to_owned()])
}

/// Reads `export const NAME… = table({ code: ["中文", "English"], … });`.
fn read(source: &str) -> BTreeMap<String, BTreeMap<String, Word>> {
    let mut tables = BTreeMap::new();
    for part in source.split("export const ").skip(1) {
        let name: String = part
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        let Some((_, body)) = part.split_once("table({") else {
            continue;
        };
        let body = body.split_once("});").map_or(body, |(body, _)| body);
        tables.insert(name, rows(body));
    }
    tables
}

fn rows(body: &str) -> BTreeMap<String, Word> {
    let mut rows = BTreeMap::new();
    for row in body.split("],") {
        let Some((head, words)) = row.split_once('[') else {
            continue;
        };
        // What stands before the code is a comment.
        let code = head.trim().trim_end_matches(':');
        let code = code.rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        let texts: Vec<&str> = words.split('"').skip(1).step_by(2).collect();
        if let (Some(code), [zh, en]) = (code.clone().next(), texts.as_slice()) {
            rows.insert(code.to_owned(), [(*zh).to_owned(), (*en).to_owned()]);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::complaint::action::ActionName;
    use domain::complaint::decline::DeclineReason;
    use domain::complaint::state::StateName;
    use domain::escalation::Step;
    use domain::policy::{Kind, Recipient, Stage};

    #[test]
    fn every_code_has_its_words() {
        let states = StateName::ALL.map(|one| ("states", one.as_str()));
        let stages = Stage::ALL.map(|one| ("stages", one.as_str()));
        let kinds = Kind::ALL.map(|one| ("kinds", one.as_str()));
        let steps = Step::ALL.map(|one| ("steps", one.as_str()));
        let staff = ActionName::STAFF.map(|one| ("actions", one.as_str()));
        let own = ActionName::COMPLAINANT.map(|one| ("actions", one.as_str()));
        let reasons = DeclineReason::ALL.map(|one| ("declineReasons", one.as_str()));
        let recipients = Recipient::ALL.map(|one| ("recipients", one.as_str()));
        let lights = ["red", "yellow", "blue", "green"].map(|one| ("lights", one));
        let all = states.iter().chain(&stages).chain(&kinds).chain(&steps);
        for (table, code) in all
            .chain(&staff)
            .chain(&own)
            .chain(&lights)
            .chain(&reasons)
            .chain(&recipients)
        {
            let [zh, en] = word(table, code);
            assert_ne!(zh, *code, "{table}");
            assert_ne!(en, *code, "{table}");
        }
    }

    #[test]
    fn a_row_may_take_several_lines_and_hold_commas() {
        let source = "export const a = table({\n  one: [\n    \"一，二\",\n    \"One, two\",\n  ],\n  two: [\"二\", \"Two\"],\n});";
        let tables = read(source);
        let a = tables.get("a");
        let of = |code| a.and_then(|words| words.get(code)).cloned();
        assert_eq!(
            of("one"),
            Some(["一，二".to_owned(), "One, two".to_owned()])
        );
        assert_eq!(of("two"), Some(["二".to_owned(), "Two".to_owned()]));
    }
}
