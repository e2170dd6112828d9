//! When the lines of a table that names people leave the open web (PIPL Art. 47: delete when the purpose is met;
//! `domain.md` 2.6). Sums, digest and signatures stay, and so does the row in the township's books: accounts are
//! archived.
//!
//! The purpose is that the village can check who got what, and object. So the day comes once every objection from
//! the time of the posting must have been answered: the posting's last day and the 60 + 30 calendar days that a case
//! may take from its filing at the longest (`contract.md` 4). It is fixed at publication. A day that an open
//! objection moved would tell everybody that somebody objected.

use chrono::Days;

use super::kind::DisclosureKind;
use crate::time::Day;

/// Calendar days that a case may take from its filing, with every extension.
const LONGEST_CASE_DAYS: u64 = 60 + 30;

/// Whether the lines of this kind are about people one by one.
#[must_use]
pub fn names_people(kind: DisclosureKind) -> bool {
    match kind {
        DisclosureKind::BenefitPayments
        | DisclosureKind::ReceivablesPayables
        | DisclosureKind::ResourceContracts
        | DisclosureKind::Special => true,
        DisclosureKind::Ledger
        | DisclosureKind::Summary
        | DisclosureKind::BalanceSheet
        | DisclosureKind::Assets
        | DisclosureKind::Projects
        | DisclosureKind::PlannedSpending
        | DisclosureKind::CashPosition => false,
    }
}

/// The first day on which the lines are not on the open web any more; `posting_until` is the posting's last day as it
/// was fixed at publication. `None`: they stay.
#[must_use]
pub fn unpublish_at(kind: DisclosureKind, posting_until: Day) -> Option<Day> {
    let days = Days::new(LONGEST_CASE_DAYS + 1);
    names_people(kind).then(|| posting_until.checked_add_days(days).unwrap_or(Day::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_leave_the_web_and_ledgers_do_not() {
        let until = crate::time::parse_day("2026-04-25").unwrap();
        let day = unpublish_at(DisclosureKind::BenefitPayments, until);
        assert_eq!(
            day.map(|day| day.to_string()).as_deref(),
            Some("2026-07-25")
        );
        assert_eq!(unpublish_at(DisclosureKind::Ledger, until), None);
        let last = unpublish_at(DisclosureKind::Special, Day::MAX);
        assert_eq!(last, Some(Day::MAX));
    }
}
