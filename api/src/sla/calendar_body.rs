//! A change of the calendar as somebody proposes it: JSON, or the table that an importer takes.

use std::collections::BTreeSet;

use domain::calendar::{CalendarChange, CalendarDay, DayKind, OfficeHours, parse_holidays_csv};
use domain::region::RegionCode;
use domain::text;
use domain::time::parse_day;
use serde::Deserialize;
use utoipa::ToSchema;

use super::import;
use super::request::read_hours;
use crate::codes::Code;
use crate::error::{FieldFault, ServiceError};

/// Days of one change: five years of notices.
const MOST_DAYS: usize = 500;
/// Characters of a source and of a holiday's name.
const LONGEST_NAME: usize = 60;
const LONGEST_SOURCE: usize = 200;
/// Characters of a reason.
const LONGEST_REASON: usize = 2_000;

/// One day.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DayBody {
    #[schema(format = Date, example = "2027-01-01")]
    date: String,
    kind: DayKind,
    /// The holiday it belongs to, in Chinese.
    #[schema(min_length = 1, max_length = 60)]
    name: String,
}

/// Days, office hours or both.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarBody {
    /// The region whose own days these are, with everything inside it; the whole country without.
    #[serde(default)]
    #[schema(value_type = Option<RegionCode>)]
    pub region_code: Option<String>,
    /// Where they are from: a notice's number, a file's name.
    #[schema(min_length = 1, max_length = 200)]
    pub source: String,
    /// Why, for the second person.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub reason: Option<String>,
    /// Announced days; of one that is known already the new word counts.
    #[serde(default)]
    pub days: Vec<DayBody>,
    /// Office hours of every working day, when they change.
    #[serde(default)]
    #[schema(example = json!([["09:00", "12:00"], ["13:30", "17:00"]]))]
    pub office_hours: Option<Vec<Vec<String>>>,
}

/// A change and why.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The change.
    pub change: CalendarChange,
    /// Why.
    pub reason: String,
}

impl CalendarBody {
    /// What is asked.
    ///
    /// # Errors
    /// Every fault, at its place.
    pub fn read(self) -> Result<Asked, ServiceError> {
        let mut faults = Vec::new();
        let hours = self
            .office_hours
            .as_deref()
            .and_then(|ranges| read_hours(ranges, &mut faults));
        if self.days.len() > MOST_DAYS {
            faults.push(FieldFault::new("/days", Code::TooLong));
        }
        let days = days(&self.days, &mut faults);
        let asked = asked(
            self.region_code.as_deref(),
            &self.source,
            self.reason.as_deref(),
            &mut faults,
        );
        if faults.is_empty() && days.is_empty() && hours.is_none() {
            faults.push(FieldFault::new("/days", Code::NothingToChange));
        }
        asked.with(days, hours, faults)
    }
}

/// A table of days, `date,kind,name`.
///
/// # Errors
/// Every fault; of a row at `/rows/{row}/{column}`, where the heading is row 1.
pub fn read_csv(
    table: &str,
    region: Option<&str>,
    source: &str,
    reason: Option<&str>,
) -> Result<Asked, ServiceError> {
    let mut faults = Vec::new();
    let days = parse_holidays_csv(table).unwrap_or_else(|found| {
        faults.extend(found.into_iter().map(|problem| {
            let column = match problem.column {
                "" => String::new(),
                column => format!("/{column}"),
            };
            let pointer = format!("/rows/{}{column}", problem.row);
            let words = import::fault(problem);
            FieldFault {
                detail: Some((words.detail, words.detail_en)),
                ..FieldFault::new(pointer, Code::BadHolidays)
            }
        }));
        Vec::new()
    });
    if days.len() > MOST_DAYS * 4 {
        faults.push(FieldFault::new("/rows", Code::TooLong));
    }
    let asked = asked(region, source, reason, &mut faults);
    if faults.is_empty() && days.is_empty() {
        faults.push(FieldFault::new("/rows", Code::NothingToChange));
    }
    asked.with(days, None, faults)
}

/// What both forms have in common.
struct Frame {
    region: Option<RegionCode>,
    source: String,
    reason: String,
}

fn asked(
    region: Option<&str>,
    source: &str,
    reason: Option<&str>,
    faults: &mut Vec<FieldFault>,
) -> Frame {
    let region = region.and_then(|text| {
        let read = RegionCode::try_from(text).ok();
        if read.is_none() {
            faults.push(FieldFault::new("/region_code", Code::InvalidRegionCode));
        }
        read
    });
    let source = text::line(source, 1, LONGEST_SOURCE).unwrap_or_else(|_| {
        faults.push(FieldFault::new("/source", Code::InvalidText));
        String::new()
    });
    let reason = text::body(reason.unwrap_or_default(), 0, LONGEST_REASON).unwrap_or_else(|_| {
        faults.push(FieldFault::new("/reason", Code::InvalidText));
        String::new()
    });
    Frame {
        region,
        source,
        reason,
    }
}

impl Frame {
    fn with(
        self,
        days: Vec<CalendarDay>,
        hours: Option<OfficeHours>,
        faults: Vec<FieldFault>,
    ) -> Result<Asked, ServiceError> {
        if !faults.is_empty() {
            return Err(ServiceError::Invalid(faults));
        }
        Ok(Asked {
            change: CalendarChange {
                region: self.region,
                days,
                hours,
                source: self.source,
            },
            reason: self.reason,
        })
    }
}

fn days(bodies: &[DayBody], faults: &mut Vec<FieldFault>) -> Vec<CalendarDay> {
    let (mut days, mut seen) = (Vec::new(), BTreeSet::new());
    for (index, body) in bodies.iter().take(MOST_DAYS).enumerate() {
        let mut fault = |field: &str, code| {
            faults.push(FieldFault::new(format!("/days/{index}/{field}"), code));
        };
        let day = parse_day(&body.date);
        match day {
            None => fault("date", Code::InvalidDate),
            Some(day) if !seen.insert(day) => fault("date", Code::NamedTwice),
            Some(_) => {}
        }
        let name = text::line(&body.name, 1, LONGEST_NAME).ok();
        if name.is_none() {
            fault("name", Code::InvalidText);
        }
        days.extend(day.zip(name).map(|(day, name)| CalendarDay {
            day,
            kind: body.kind,
            name,
        }));
    }
    days
}
