//! How long a posting lasts. A version stays up at least `posting_days` (policy, 15); an objection filed while it is
//! up, a complaint or a question about it, prolongs that until it is answered.
//!
//! Nobody is to learn that somebody objected, so there are two ends, and they never meet in one answer:
//!
//! - [`shown_until`], what everybody reads, is made of public facts only: the day fixed at publication, moved to the
//!   day of the newest answer that was *published* about this version. It moves for every published answer, also for
//!   one that was asked for long after the posting, so that the date does not tell when somebody filed; and it never
//!   moves for an answer that stays between the complainant and the office.
//! - [`contested`], which nothing shows, is what a withdrawal is held against: while an objection from the time of the
//!   posting is open, the posting runs, whatever the calendar says.

use crate::time::{Day, Timestamp};

/// A complaint or a question about a version, as far as a posting is concerned with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Objection {
    /// When it was filed.
    pub filed_at: Timestamp,
    /// When it was answered, declined, taken back or merged; `None` while it is open.
    pub settled_at: Option<Timestamp>,
}

/// The last day of the posting as everybody reads it.
#[must_use]
pub fn shown_until(fixed: Day, newest_answer: Option<Timestamp>) -> Day {
    newest_answer.map_or(fixed, |answered| fixed.max(answered.day()))
}

/// The last day of the posting that was to end on `fixed`; `None` while an objection filed before it ended is open. An
/// answered one prolonged it to the day of its answer, so that another one filed in that time counts as well.
fn ends(fixed: Day, objections: &[Objection]) -> Option<Day> {
    let mut sorted = objections.to_vec();
    sorted.sort();
    let mut until = fixed;
    for objection in sorted {
        if objection.filed_at.day() > until {
            continue;
        }
        until = until.max(objection.settled_at?.day());
    }
    Some(until)
}

/// Whether the posting that was to end on `fixed` still runs at `now`.
#[must_use]
pub fn runs(fixed: Day, objections: &[Objection], now: Timestamp) -> bool {
    ends(fixed, objections).is_none_or(|until| now.day() <= until)
}

/// Whether an objection from the time of the posting is open.
#[must_use]
pub fn contested(fixed: Day, objections: &[Objection]) -> bool {
    ends(fixed, objections).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(&format!("2026-{text}:00+08:00")).unwrap()
    }

    fn objection(filed: &str, settled: Option<&str>) -> Objection {
        Objection {
            filed_at: at(filed),
            settled_at: settled.map(at),
        }
    }

    #[test]
    fn a_posting_runs_while_an_objection_from_its_time_is_open() {
        let fixed = at("04-25T00:00").day();
        let runs_on = |objections: &[Objection], now: &str| runs(fixed, objections, at(now));
        assert!(runs_on(&[], "04-25T23:59"));
        assert!(!runs_on(&[], "04-26T00:00"));
        let open = objection("04-25T23:59", None);
        assert!(runs_on(&[open], "12-31T00:00") && contested(fixed, &[open]));
        let late = objection("04-26T00:00", None);
        assert!(!runs_on(&[late], "04-26T00:00") && !contested(fixed, &[late]));
        // An answered one prolonged it; what was filed meanwhile counts too.
        let answered = objection("04-20T09:00", Some("05-10T09:00"));
        assert!(runs_on(&[answered], "05-10T23:59"));
        assert!(!runs_on(&[answered], "05-11T00:00"));
        assert!(contested(
            fixed,
            &[objection("05-10T08:00", None), answered]
        ));
        assert!(!contested(
            fixed,
            &[objection("05-11T08:00", None), answered]
        ));
    }

    #[test]
    fn what_is_shown_comes_from_published_answers_alone() {
        let fixed = at("04-25T00:00").day();
        assert_eq!(shown_until(fixed, None), fixed);
        assert_eq!(shown_until(fixed, Some(at("04-12T10:00"))), fixed);
        let moved = shown_until(fixed, Some(at("05-03T10:00")));
        assert_eq!(moved.to_string(), "2026-05-03");
    }
}
