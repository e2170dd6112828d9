//! The State's calendar and what regions lay over it: a county's or township's own days (全年节假办法 Art. 4
//! leaves minority holidays to local government) and office hours, inherited downward, the lower region over
//! the higher one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{CalendarDay, OfficeHours, WorkCalendar};
use crate::region::RegionCode;

/// What a region has of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Own {
    /// Its days, later rows over earlier ones.
    pub days: Vec<CalendarDay>,
    /// Its office hours, where they differ.
    pub hours: Option<OfficeHours>,
}

/// New days, office hours or both, for the whole country or for a region with everything inside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarChange {
    /// The region; `None` for the whole country.
    pub region: Option<RegionCode>,
    /// Days; of one that is known already the new word counts.
    pub days: Vec<CalendarDay>,
    /// Office hours of every working day, when they change.
    pub hours: Option<OfficeHours>,
    /// Where the days are from: a notice, a file.
    pub source: String,
}

impl CalendarChange {
    /// Whether the calendar of `region` is another one after this.
    #[must_use]
    pub fn reaches(&self, region: &RegionCode) -> bool {
        self.region.as_ref().is_none_or(|own| own.covers(region))
    }
}

/// Every region's calendar in one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layers {
    /// Rises with every change anywhere.
    pub version: i32,
    /// The days announced for the whole country.
    pub days: Vec<CalendarDay>,
    /// The office hours wherever a region has none of its own.
    pub hours: OfficeHours,
    /// What regions have of their own.
    pub own: BTreeMap<RegionCode, Own>,
}

impl Layers {
    /// The regions whose own rows count in `region`, the highest first. Regions with the same ones have the
    /// same calendar.
    #[must_use]
    pub fn above(&self, region: &RegionCode) -> Vec<RegionCode> {
        let mut found = region.and_above();
        found.retain(|one| self.own.contains_key(one));
        found.reverse();
        found
    }

    /// The calendar of a region.
    #[must_use]
    pub fn of(&self, region: &RegionCode) -> WorkCalendar {
        let mut calendar = WorkCalendar::new(self.version, self.days.clone(), self.hours.clone());
        for own in self
            .above(region)
            .iter()
            .filter_map(|code| self.own.get(code))
        {
            calendar = calendar.with_local(own.days.iter().cloned());
            if let Some(hours) = &own.hours {
                calendar = calendar.with_hours(hours.clone());
            }
        }
        calendar
    }

    /// The next version, with a change in it.
    #[must_use]
    pub fn changed(mut self, change: &CalendarChange) -> Self {
        self.version += 1;
        match &change.region {
            None => {
                self.days.extend(change.days.iter().cloned());
                if let Some(hours) = &change.hours {
                    self.hours = hours.clone();
                }
            }
            Some(region) => {
                let own = self.own.entry(region.clone()).or_default();
                own.days.extend(change.days.iter().cloned());
                if change.hours.is_some() {
                    own.hours.clone_from(&change.hours);
                }
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::super::DayKind;
    use super::super::tests::{day, real};
    use super::*;

    fn code(text: &str) -> RegionCode {
        RegionCode::try_from(text).unwrap()
    }

    fn off(text: &str) -> CalendarDay {
        CalendarDay {
            day: day(text),
            kind: DayKind::Off,
            name: "地方节日".to_owned(),
        }
    }

    fn change(
        region: Option<&str>,
        days: &[CalendarDay],
        hours: Option<[&str; 2]>,
    ) -> CalendarChange {
        CalendarChange {
            region: region.map(code),
            days: days.to_vec(),
            hours: hours.map(|range| OfficeHours::parse(&[range]).unwrap()),
            source: "test".to_owned(),
        }
    }

    #[test]
    fn what_a_region_has_of_its_own_counts_inside_it_and_nowhere_else() {
        let state = Layers {
            version: 1,
            days: real().days().cloned().collect(),
            hours: OfficeHours::default(),
            own: BTreeMap::new(),
        };
        let (county, township, other) = (
            code("230104000000"),
            code("230104111000"),
            code("230102000000"),
        );
        let local = [off("2026-11-10")];
        let layers = state
            .changed(&change(
                Some(county.as_str()),
                &local,
                Some(["08:30", "16:30"]),
            ))
            .changed(&change(Some(township.as_str()), &[off("2026-11-11")], None));
        assert_eq!(layers.version, 3);
        let works = |region: &RegionCode, text: &str| layers.of(region).is_working_day(day(text));
        let village = code("230104111204");
        assert!(!works(&village, "2026-11-10") && !works(&village, "2026-11-11"));
        assert!(!works(&county, "2026-11-10") && works(&county, "2026-11-11"));
        assert!(works(&other, "2026-11-10") && works(&other, "2026-11-11"));
        let opens = |region| {
            layers
                .of(region)
                .hours()
                .opening()
                .format("%H:%M")
                .to_string()
        };
        assert_eq!(opens(&village), "08:30");
        assert_eq!(opens(&other), "09:00");
        assert_eq!(layers.above(&village), [county, township.clone()]);
        // The township's word is over the county's.
        let worked = CalendarDay {
            kind: DayKind::Work,
            ..off("2026-11-10")
        };
        let layers = layers.changed(&change(Some(township.as_str()), &[worked], None));
        assert!(layers.of(&village).is_working_day(day("2026-11-10")));
    }
}
