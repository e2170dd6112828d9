//! Which obligations a village has by a day: a function of the catalogue's versions, the calendar and the day it began
//! to take part, so that whoever computes it, and how often, makes no difference.

use chrono::{Datelike as _, Months};

use super::catalogue::{InForce, Layer, in_force};
use super::rule::Count;
use crate::calendar::WorkCalendar;
use crate::disclosure::period::{Period, PeriodKind};
use crate::time::{Day, Timestamp};

/// How far the opening of a matter may lie before the end of its period, and its due date after it, in months: a year's
/// own and the twelve that a rule may add. Earlier periods owe nothing to whoever begins today.
const LOOK_BACK_MONTHS: u32 = 25;
/// How far a matter may open before its period begins, in months: `months_after` of a rule is -3 at least, and a month's
/// period is the shortest.
const LOOK_AHEAD_MONTHS: u32 = 4;

/// An obligation that a village gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grown {
    /// The matter, and which catalogue it is from.
    pub matter: InForce,
    /// For what.
    pub period: Period,
    /// How it is counted.
    pub count: Count,
    /// The first instant that is late.
    pub due_at: Timestamp,
    /// The first instant at which it is missing.
    pub missing_at: Timestamp,
}

/// What a village that takes part since `since` gets by the end of `today`, beyond what it had by the end of
/// `grown_to`. It owes what opens from then on, and of what was open then, what was not yet due. The catalogue that was
/// in force at the opening (or when the village began) counts, whatever it is now.
#[must_use]
pub fn grown(
    layers: &[Layer],
    cal: &WorkCalendar,
    since: Timestamp,
    grown_to: Option<Day>,
    today: Day,
) -> Vec<Grown> {
    // What opens after a day is of a period that ends after it.
    let first = grown_to.unwrap_or_else(|| {
        let back = Months::new(LOOK_BACK_MONTHS);
        since.day().checked_sub_months(back).unwrap_or(since.day())
    });
    let last = today
        .checked_add_months(Months::new(LOOK_AHEAD_MONTHS))
        .unwrap_or(today);
    let mut all = Vec::new();
    for kind in [PeriodKind::Month, PeriodKind::Quarter, PeriodKind::Year] {
        let mut next = Period::containing(kind, first);
        while let Some(period) = next.filter(|period| period.first_day() <= last) {
            next = period.next();
            // Each opening asks its own catalogue, and openings are first days of months.
            let mut opening = None;
            for day in openings(period) {
                let at = Timestamp::start_of(day).max(since);
                if opening.replace(at) == Some(at) {
                    continue;
                }
                let matters = in_force(layers, at).into_iter();
                all.extend(matters.filter_map(|matter| {
                    let opens = matter.item.due.opens_on(period)?;
                    let fits = matter.item.frequency.period() == Some(kind)
                        && Timestamp::start_of(opens).max(since) == at;
                    let fresh = opens <= today && grown_to.is_none_or(|to| opens > to);
                    (fits && fresh).then_some(())?;
                    of(matter, period, cal).filter(|one| one.due_at > since)
                }));
            }
        }
    }
    all
}

/// The days on which a matter of a period may open: the first of the period and of the months before it.
fn openings(period: Period) -> impl Iterator<Item = Day> {
    let first = period.first_day();
    (0..=LOOK_AHEAD_MONTHS)
        .rev()
        .filter_map(move |months| first.checked_sub_months(Months::new(months)))
}

fn of(matter: InForce, period: Period, cal: &WorkCalendar) -> Option<Grown> {
    let count = matter.item.due.count(period)?;
    Some(Grown {
        due_at: count.deadline(cal).due_at,
        missing_at: matter.item.due.missing_at(period, cal)?,
        matter,
        period,
        count,
    })
}

/// The next day on which anything may open: the first of the next month.
#[must_use]
pub fn next_opening(today: Day) -> Day {
    let first = today.with_day(1).unwrap_or(today);
    first.checked_add_months(Months::new(1)).unwrap_or(Day::MAX)
}
