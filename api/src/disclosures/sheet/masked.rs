//! Names that stand in a sheet as the open web reads them.

use domain::disclosure::content::{Content, heading};
use domain::disclosure::ledger::LedgerLine;
use domain::disclosure::table::{TableRow, Value};
use domain::mask::HIDDEN;

use super::problem;
use super::read::ReadSheet;

/// At the end of headings that ask for names as the page shows them: what stands there in full lost nothing.
const MASKED: &str = "(脱敏)";

fn hides(text: &str) -> bool {
    text.contains(HIDDEN)
}

impl ReadSheet {
    /// Whether a name in it may be one of those that the public page hides.
    #[must_use]
    pub fn hides_names(&self) -> bool {
        let of_line = |line: &LedgerLine| {
            let names = [
                &line.payee,
                &line.handled_by,
                &line.witnessed_by,
                &line.approved_by,
            ];
            let mut texts = names.into_iter().flatten().chain([&line.summary]);
            texts.any(|text| hides(text))
        };
        let of_row = |row: &TableRow| {
            let mut cells = row.cells.iter().flatten();
            cells.any(|cell| matches!(cell, Value::Text(text) if hides(text)))
        };
        self.lines.iter().any(of_line) || self.table.iter().any(of_row)
    }

    /// Warns of each name that is hidden here while what is `published` has it in full: whoever exports the public
    /// page and hands it in again would lose it.
    pub fn check_names(&mut self, published: &[Content]) {
        let lost = self.looked_at(|content| {
            let mut lost: Vec<_> = published
                .iter()
                .flat_map(|before| content.names_lost(before))
                .collect();
            lost.sort_unstable();
            lost.dedup();
            lost
        });
        for (place, key, text) in lost.unwrap_or_default() {
            let row = self.line_rows.get(place).copied();
            let column = heading(self.kind, key).unwrap_or_default();
            if column.ends_with(MASKED) {
                continue;
            }
            // As it stands there: stars tell nobody anything.
            let words = [String::new(), text];
            let problem = self.problem(row, column, "name_hidden", words);
            problem::push(&mut self.warnings, problem);
        }
    }
}
