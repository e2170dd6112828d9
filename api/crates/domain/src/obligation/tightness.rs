//! Whether a township or a village asks for less than what stands above it: it may ask for more, never for less.

use super::catalogue::Item;
use super::rule::Frequency;
use crate::calendar::{OfficeHours, WorkCalendar};
use crate::deadline::plus_days;
use crate::disclosure::period::Period;
use crate::time::{Day, Timestamp};

/// The days on which both rules are tried: four years of them, so that months of every length and every day of the week
/// are among them.
const TRIED_DAYS: u32 = 4 * 366;

/// Whether `own` is looser than `above`, which has the same code: of another kind, less often, or later. Both are
/// counted on plain weeks: holidays move both alike.
#[must_use]
pub fn is_looser(own: &Item, above: &Item) -> bool {
    if own.kind != above.kind || own.frequency > above.frequency {
        return true;
    }
    if own.frequency != above.frequency {
        // More often is never less; but what has an event is not answered by a period.
        return above.frequency == Frequency::AtOnce;
    }
    let weeks = WorkCalendar::new(0, Vec::new(), OfficeHours::default());
    let due = |item: &Item, day: Day| -> Option<Timestamp> {
        let count = match item.frequency.period() {
            None => item.due.count_from(day)?,
            Some(kind) => item.due.count(Period::containing(kind, day)?)?,
        };
        Some(count.deadline(&weeks).due_at)
    };
    let Some(first) = Day::from_ymd_opt(2024, 1, 1) else {
        return true;
    };
    (0..TRIED_DAYS).any(|days| {
        let day = plus_days(first, days);
        due(own, day) > due(above, day)
    })
}
