//! Whether a ledger adds up: every figure that does not follow from the others, named once.

use std::collections::HashSet;

use serde::Serialize;

use super::ledger::{CLOSING_LABEL, Column, Ledger, LedgerLine, OPENING_LABEL, step};
use super::period::Period;
use crate::money::{Fen, LARGEST_FEN};

/// What a ledger says is wrong with it, or rather with one of its figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerFault {
    /// Index into [`Ledger::lines`]; `None` for the balances at the top.
    pub line: Option<usize>,
    /// The number of that line.
    pub no: Option<i32>,
    /// The heading of the column, or the label of the balance.
    pub column: &'static str,
    /// What is wrong, one of [`CODES`].
    pub code: &'static str,
    /// What should stand there: yuan with two decimals, a day, a number. Empty where nothing can be said.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

/// Every [`LedgerFault::code`]. The ones of [`SUM_CODES`] follow from other lines and mean nothing while
/// a line is missing.
pub const CODES: [&str; 9] = [
    "opening_not_last_closing",
    "closing_wrong",
    "balance_wrong",
    "amount_missing",
    "income_and_expense",
    "negative_amount",
    "amount_too_large",
    "date_outside_period",
    "line_number_order",
];

/// The codes that compare a figure with a sum over lines.
pub const SUM_CODES: [&str; 2] = ["closing_wrong", "balance_wrong"];

impl Ledger {
    /// Everything that does not hold, in the order of the sheet; empty when it adds up.
    ///
    /// `previous_closing` is the closing balance of the same village's period before, when that is known.
    /// A wrong figure is named once, where it stands: a running balance is wrong only if it follows neither
    /// from the balance above it nor from the opening balance.
    #[must_use]
    pub fn check(&self, previous_closing: Option<Fen>, period: Period) -> Vec<LedgerFault> {
        let mut faults = Vec::new();
        if let Some(last) = previous_closing.filter(|last| *last != self.opening) {
            faults.push(top(
                OPENING_LABEL,
                "opening_not_last_closing",
                last,
                self.opening,
            ));
        }
        for (label, amount) in [(OPENING_LABEL, self.opening), (CLOSING_LABEL, self.closing)] {
            if amount.0.unsigned_abs() > LARGEST_FEN.unsigned_abs() {
                faults.push(top(label, "amount_too_large", Fen(LARGEST_FEN), amount));
            }
        }
        let mut numbers = Numbers::default();
        let (mut from_opening, mut from_above) = (self.opening.0, self.opening.0);
        for (index, line) in self.lines.iter().enumerate() {
            let mut fault = |column: Column, code, expected: String, found: String| {
                faults.push(LedgerFault {
                    line: Some(index),
                    no: Some(line.no),
                    column: column.heading(),
                    code,
                    expected,
                    found,
                });
            };
            if let Some(above) = numbers.misplaced(line.no) {
                let expected = format!("> {above}");
                fault(
                    Column::No,
                    "line_number_order",
                    expected,
                    line.no.to_string(),
                );
            }
            if !period.contains(line.date) {
                let expected = format!("{}..{}", period.first_day(), period.last_day());
                fault(
                    Column::Date,
                    "date_outside_period",
                    expected,
                    line.date.to_string(),
                );
            }
            for (column, code) in amount_faults(line) {
                let found = match column {
                    Column::Income => line.income_fen.to_yuan(),
                    Column::Balance => line.balance_fen.unwrap_or_default().to_yuan(),
                    _ => line.expense_fen.to_yuan(),
                };
                fault(column, code, String::new(), found);
            }
            from_opening = step(from_opening, line);
            from_above = step(from_above, line);
            if let Some(balance) = line.balance_fen {
                if balance.0 != from_opening && balance.0 != from_above {
                    let expected = Fen(from_above).to_yuan();
                    fault(
                        Column::Balance,
                        "balance_wrong",
                        expected,
                        balance.to_yuan(),
                    );
                }
                from_above = balance.0;
            }
        }
        let closing = self.totals().closing_fen;
        if closing != self.closing {
            faults.push(top(CLOSING_LABEL, "closing_wrong", closing, self.closing));
        }
        faults
    }
}

fn top(label: &'static str, code: &'static str, expected: Fen, found: Fen) -> LedgerFault {
    LedgerFault {
        line: None,
        no: None,
        column: label,
        code,
        expected: expected.to_yuan(),
        found: found.to_yuan(),
    }
}

/// The line numbers seen so far.
#[derive(Default)]
struct Numbers {
    seen: HashSet<i32>,
    above: i32,
}

impl Numbers {
    /// The number that `no` should be above, when it is not, or when an earlier line has it too. Compared
    /// with the line before only, so that one slip to a far too high number is named once.
    fn misplaced(&mut self, no: i32) -> Option<i32> {
        let above = std::mem::replace(&mut self.above, no.max(0));
        let fresh = self.seen.insert(no);
        (!fresh || no <= above).then_some(above)
    }
}

/// What is wrong with the amounts of a line, whatever the other lines say. A correction in red ink (a
/// negative amount) is refused: it is written as a line of the other side, so that both stay visible.
fn amount_faults(line: &LedgerLine) -> Vec<(Column, &'static str)> {
    let mut faults = Vec::new();
    for (column, amount) in [
        (Column::Income, line.income_fen),
        (Column::Expense, line.expense_fen),
    ] {
        if amount.0 < 0 {
            faults.push((column, "negative_amount"));
        }
        if amount.0.unsigned_abs() > LARGEST_FEN.unsigned_abs() {
            faults.push((column, "amount_too_large"));
        }
    }
    let largest = LARGEST_FEN.unsigned_abs();
    if line
        .balance_fen
        .is_some_and(|balance| balance.0.unsigned_abs() > largest)
    {
        faults.push((Column::Balance, "amount_too_large"));
    }
    match (line.income_fen.0, line.expense_fen.0) {
        (0, 0) => faults.push((Column::Expense, "amount_missing")),
        (0, _) | (_, 0) => {}
        _ => faults.push((Column::Expense, "income_and_expense")),
    }
    faults
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::Day;

    fn october() -> Period {
        Period::parse("2026-10").unwrap()
    }

    /// A ledger of October 2026 that adds up: each amount is an income when positive, else an expense;
    /// balances are stated where `stated` says so.
    fn ledger(opening: i64, amounts: &[(i64, bool)]) -> Ledger {
        let mut running = opening;
        let mut lines = Vec::new();
        for (index, (amount, stated)) in amounts.iter().enumerate() {
            running += amount;
            lines.push(LedgerLine {
                no: i32::try_from(index).unwrap() + 1,
                date: Day::from_ymd_opt(2026, 10, u32::try_from(index % 31).unwrap() + 1).unwrap(),
                voucher_no: Some(format!("记-{index}")),
                summary: "修水渠".to_owned(),
                income_fen: Fen((*amount).max(0)),
                expense_fen: Fen((-amount).max(0)),
                balance_fen: stated.then_some(Fen(running)),
                account_code: None,
                fund_source: None,
                payee: None,
                handled_by: None,
                witnessed_by: None,
                approved_by: None,
                file_count: 0,
            });
        }
        Ledger {
            opening: Fen(opening),
            closing: Fen(running),
            lines,
        }
    }

    fn codes(ledger: &Ledger) -> Vec<(Option<usize>, &'static str)> {
        let faults = ledger.check(None, october());
        assert!(faults.iter().all(|fault| CODES.contains(&fault.code)));
        faults
            .iter()
            .map(|fault| (fault.line, fault.code))
            .collect()
    }

    fn sample() -> Ledger {
        ledger(
            10_000,
            &[(5_000, true), (-2_000, true), (-5, true), (700, true)],
        )
    }

    #[test]
    fn names_a_wrong_figure_once_and_where_it_stands() {
        assert_eq!(codes(&sample()), []);
        let mut wrong = sample();
        wrong.lines[1].balance_fen = Some(Fen(1));
        assert_eq!(codes(&wrong), [(Some(1), "balance_wrong")]);
        let mut wrong = sample();
        wrong.lines[1].expense_fen = Fen(2_100);
        assert_eq!(
            codes(&wrong),
            [(Some(1), "balance_wrong"), (None, "closing_wrong")]
        );
        let fault = &wrong.check(None, october())[0];
        assert_eq!((fault.no, fault.column), (Some(2), "余额(元)"));
        assert_eq!(
            (fault.expected.as_str(), fault.found.as_str()),
            ("129.00", "130.00")
        );
        let mut wrong = sample();
        wrong.closing = Fen(0);
        assert_eq!(codes(&wrong), [(None, "closing_wrong")]);
    }

    #[test]
    fn names_what_a_line_cannot_be() {
        let mut wrong = sample();
        wrong.lines[0].expense_fen = Fen(5_000);
        wrong.lines[0].income_fen = Fen(10_000);
        wrong.lines[2].date = Day::from_ymd_opt(2026, 11, 1).unwrap();
        wrong.lines[3].no = 2;
        assert_eq!(
            codes(&wrong),
            [
                (Some(0), "income_and_expense"),
                (Some(2), "date_outside_period"),
                (Some(3), "line_number_order"),
            ]
        );
        let mut red = sample();
        red.lines[1].expense_fen = Fen(0);
        red.lines[1].income_fen = Fen(-2_000);
        assert_eq!(codes(&red), [(Some(1), "negative_amount")]);
        red.lines[1].income_fen = Fen(0);
        assert!(codes(&red).contains(&(Some(1), "amount_missing")));
        red.lines[1].income_fen = Fen(i64::MAX);
        assert!(codes(&red).contains(&(Some(1), "amount_too_large")));
    }

    #[test]
    fn line_numbers_may_leave_gaps_but_not_repeat() {
        let mut gaps = sample();
        gaps.lines[2].no = 30;
        gaps.lines[3].no = 31;
        assert_eq!(codes(&gaps), []);
        gaps.lines[3].no = 4;
        assert_eq!(codes(&gaps), [(Some(3), "line_number_order")]);
        gaps.lines[3].no = 30;
        assert_eq!(codes(&gaps), [(Some(3), "line_number_order")]);
        gaps.lines[0].no = 0;
        assert!(codes(&gaps).contains(&(Some(0), "line_number_order")));
    }

    #[test]
    fn chains_to_the_period_before() {
        let good = sample();
        assert_eq!(good.check(Some(Fen(10_000)), october()), []);
        let faults = good.check(Some(Fen(9_900)), october());
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].code, "opening_not_last_closing");
        assert_eq!(faults[0].expected, "99.00");
    }

    #[test]
    fn an_empty_month_is_a_ledger_too() {
        assert_eq!(codes(&ledger(5, &[])), []);
    }

    fn balanced() -> impl Strategy<Value = Ledger> {
        let amount = prop_oneof![1..1_000_000_000_i64, -1_000_000_000_i64..0];
        (
            -1_000_000_000_i64..1_000_000_000,
            prop::collection::vec((amount, any::<bool>()), 1..40),
        )
            .prop_map(|(opening, amounts)| ledger(opening, &amounts))
    }

    proptest! {
        #[test]
        fn ledgers_that_add_up_pass(good in balanced()) {
            prop_assert_eq!(good.check(Some(good.opening), october()), vec![]);
            prop_assert_eq!(good.totals().closing_fen, good.closing);
            let filled = good.clone().with_balances();
            prop_assert_eq!(filled.check(None, october()), vec![]);
            prop_assert_eq!(filled.lines.last().unwrap().balance_fen, Some(good.closing));
        }

        #[test]
        fn any_changed_figure_is_found(
            good in balanced(),
            at in any::<prop::sample::Index>(),
            figure in 0..5_usize,
            by in prop_oneof![1..1_000_000_000_i64, -1_000_000_000_i64..0],
        ) {
            let mut changed = good.clone();
            let line = &mut changed.lines[at.index(good.lines.len())];
            match figure {
                0 => line.income_fen.0 += by,
                1 => line.expense_fen.0 += by,
                2 => match &mut line.balance_fen {
                    Some(balance) => balance.0 += by,
                    None => changed.opening.0 += by,
                },
                3 => changed.opening.0 += by,
                _ => changed.closing.0 += by,
            }
            prop_assert!(!changed.check(None, october()).is_empty());
        }
    }
}
