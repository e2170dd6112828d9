//! What somebody asks to be counted, as parameters or as a body; every fault is named, all at once.

use domain::calendar::OfficeHours;
use domain::deadline::{Limit, Pause, Roll, Unit};
use domain::region::RegionCode;
use domain::time::Timestamp;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::service::Ask;
use crate::codes::Code;
use crate::error::{FieldFault, ServiceError};

/// Pauses in one question.
const MOST_PAUSES: usize = 20;
/// Ranges of office hours in a day.
const MOST_RANGES: usize = 12;
/// The longest pause: as many days as the longest limit. Every day of it is walked and listed.
const LONGEST_PAUSE_MICROS: i64 = 400 * 86_400 * 1_000_000;

/// A limit to count, in the query.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeadlineQuery {
    /// From when: RFC 3339. A `+` that was not percent-encoded is understood.
    #[param(required, value_type = String, format = DateTime, example = "2026-09-30T09:00:00+08:00")]
    from: Option<String>,
    /// How many of the unit.
    #[param(required, value_type = i64, minimum = 1, maximum = 400, example = 15)]
    amount: Option<String>,
    /// What is counted.
    #[param(required, value_type = Unit)]
    unit: Option<String>,
    /// What happens to calendar days that end on a rest day; `next_working_day` without.
    #[param(value_type = Option<Roll>)]
    roll: Option<String>,
    /// With the calendar of which region.
    #[param(required, value_type = RegionCode)]
    region_code: Option<String>,
}

/// A limit to count.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeadlineBody {
    /// From when: RFC 3339.
    #[schema(format = DateTime, example = "2026-09-30T09:00:00+08:00")]
    from: String,
    /// How many of the unit.
    #[schema(minimum = 1, maximum = 400, example = 15)]
    amount: i64,
    /// What is counted.
    unit: Unit,
    /// What happens to calendar days that end on a rest day; `next_working_day` without.
    #[serde(default)]
    roll: Roll,
    /// With the calendar of which region.
    #[schema(value_type = RegionCode)]
    region_code: String,
    /// Other office hours than the region's: ranges of `HH:MM`, in order, for units of hours and minutes.
    #[serde(default)]
    #[schema(example = json!([["09:00", "12:00"], ["13:30", "17:00"]]))]
    office_hours: Option<Vec<Vec<String>>>,
    /// When the clock stood still; at most 20, each of at most 400 days.
    #[serde(default)]
    pauses: Vec<PauseBody>,
}

/// A time in which the clock stood still.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PauseBody {
    /// When it began: RFC 3339.
    #[schema(format = DateTime)]
    from: String,
    /// When it ended; null while it lasts.
    #[serde(default)]
    #[schema(format = DateTime)]
    to: Option<String>,
}

/// The faults found so far.
#[derive(Default)]
struct Faults(Vec<FieldFault>);

impl Faults {
    fn add(&mut self, pointer: impl Into<String>, code: Code) {
        self.0.push(FieldFault::new(pointer, code));
    }

    /// The value, or a fault at its place.
    fn keep<T>(&mut self, pointer: &str, code: Code, read: Option<T>) -> Option<T> {
        if read.is_none() {
            self.add(pointer, code);
        }
        read
    }
}

fn time(text: &str) -> Option<Timestamp> {
    Timestamp::parse(text).ok()
}

fn limit(amount: i64, unit: Unit, roll: Roll) -> Option<Limit> {
    Limit::new(u32::try_from(amount).ok()?, unit, roll).ok()
}

fn roll(text: &str) -> Option<Roll> {
    match text {
        "next_working_day" => Some(Roll::NextWorkingDay),
        "none" => Some(Roll::None),
        _ => None,
    }
}

/// In a query `+` is a blank: where the last blank stands before an offset, it was one.
fn with_plus(text: &str) -> String {
    match text.rsplit_once(' ') {
        Some((at, offset)) if offset.len() == 5 && offset.contains(':') => format!("{at}+{offset}"),
        _ => text.to_owned(),
    }
}

impl DeadlineQuery {
    /// What is asked.
    ///
    /// # Errors
    /// Every fault.
    pub fn ask(&self) -> Result<Ask, ServiceError> {
        let mut faults = Faults::default();
        let mut given = |pointer: &str, value: &Option<String>| {
            faults.keep(pointer, Code::Required, value.clone())
        };
        let from = given("/from", &self.from);
        let amount = given("/amount", &self.amount);
        let unit = given("/unit", &self.unit);
        let region = given("/region_code", &self.region_code);
        let from =
            from.and_then(|text| faults.keep("/from", Code::InvalidTime, time(&with_plus(&text))));
        let amount = amount
            .and_then(|text| faults.keep("/amount", Code::WrongType, text.parse::<i64>().ok()));
        let unit = unit.and_then(|text| faults.keep("/unit", Code::WrongType, Unit::parse(&text)));
        let roll = match &self.roll {
            None => Some(Roll::default()),
            Some(text) => faults.keep("/roll", Code::WrongType, roll(text)),
        };
        let region = region.and_then(|text| read_region(&text, &mut faults));
        // The amount is held against its bounds even where the unit is missing.
        let bounded = amount.and_then(|amount| {
            let unit = unit.unwrap_or(Unit::WorkingDay);
            let read = limit(amount, unit, roll.unwrap_or_default());
            faults.keep("/amount", Code::OutOfRange, read)
        });
        match (from, bounded, region) {
            (Some(from), Some(limit), Some(region)) if faults.0.is_empty() => Ok(Ask {
                from,
                limit,
                region,
                office_hours: None,
                pauses: Vec::new(),
            }),
            _ => Err(ServiceError::Invalid(faults.0)),
        }
    }
}

impl DeadlineBody {
    /// What is asked.
    ///
    /// # Errors
    /// Every fault.
    pub fn ask(&self) -> Result<Ask, ServiceError> {
        let mut faults = Faults::default();
        let from = faults.keep("/from", Code::InvalidTime, time(&self.from));
        let limit = faults.keep(
            "/amount",
            Code::OutOfRange,
            limit(self.amount, self.unit, self.roll),
        );
        let region = read_region(&self.region_code, &mut faults);
        let office_hours = self
            .office_hours
            .as_deref()
            .and_then(|ranges| read_hours(ranges, &mut faults.0));
        if self.pauses.len() > MOST_PAUSES {
            faults.add("/pauses", Code::TooLong);
        }
        let pauses = self
            .pauses
            .iter()
            .take(MOST_PAUSES)
            .enumerate()
            .filter_map(|(index, pause)| read_pause(index, pause, &mut faults))
            .collect();
        match (from, limit, region) {
            (Some(from), Some(limit), Some(region)) if faults.0.is_empty() => Ok(Ask {
                from,
                limit,
                region,
                office_hours,
                pauses,
            }),
            _ => Err(ServiceError::Invalid(faults.0)),
        }
    }
}

fn read_region(text: &str, faults: &mut Faults) -> Option<RegionCode> {
    let read = RegionCode::try_from(text).ok();
    faults.keep("/region_code", Code::InvalidRegionCode, read)
}

/// Ranges of office hours, or a fault at `/office_hours`.
pub(super) fn read_hours(
    ranges: &[Vec<String>],
    faults: &mut Vec<FieldFault>,
) -> Option<OfficeHours> {
    let pairs: Option<Vec<[String; 2]>> = ranges
        .iter()
        .map(|range| <[String; 2]>::try_from(range.clone()).ok())
        .collect();
    let read = pairs
        .filter(|pairs| pairs.len() <= MOST_RANGES)
        .and_then(|pairs| OfficeHours::parse(&pairs).ok());
    if read.is_none() {
        faults.push(FieldFault::new("/office_hours", Code::InvalidOfficeHours));
    }
    read
}

fn read_pause(index: usize, pause: &PauseBody, faults: &mut Faults) -> Option<Pause> {
    let at = |field: &str| format!("/pauses/{index}/{field}");
    let from = faults.keep(&at("from"), Code::InvalidTime, time(&pause.from))?;
    let to = match &pause.to {
        None => None,
        Some(text) => Some(faults.keep(&at("to"), Code::InvalidTime, time(text))?),
    };
    let fits = |to: Timestamp| to >= from && to.micros_since(from) <= LONGEST_PAUSE_MICROS;
    faults.keep(
        &at("to"),
        Code::OutOfRange,
        to.is_none_or(fits).then_some(Pause { from, to }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Result<Ask, Vec<(String, Code)>> {
        let query: DeadlineQuery = crate::http::body::from_query(text).unwrap();
        query.ask().map_err(shown)
    }

    fn shown(error: ServiceError) -> Vec<(String, Code)> {
        match error {
            ServiceError::Invalid(faults) => faults
                .into_iter()
                .map(|fault| (fault.pointer, fault.code))
                .collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_plus_may_be_a_blank() {
        let rest = "&amount=1&unit=working_day&region_code=230104000000";
        let asked = |from: &str| {
            query(&format!("from={from}{rest}"))
                .unwrap()
                .from
                .to_string()
        };
        for from in [
            "2026-09-30T09:00:00+08:00",
            "2026-09-30T09:00:00%2B08:00",
            "2026-09-30T01:00:00Z",
            "2026-09-29T19:00:00-06:00",
        ] {
            assert_eq!(asked(from), "2026-09-30T09:00:00+08:00", "{from}");
        }
    }

    #[test]
    fn every_fault_of_a_query_is_named() {
        assert_eq!(
            query("roll=up&amount=401").unwrap_err(),
            [
                ("/from".to_owned(), Code::Required),
                ("/unit".to_owned(), Code::Required),
                ("/region_code".to_owned(), Code::Required),
                ("/roll".to_owned(), Code::WrongType),
                ("/amount".to_owned(), Code::OutOfRange),
            ]
        );
    }

    #[test]
    fn every_fault_of_a_body_is_named() {
        let body: DeadlineBody = serde_json::from_value(serde_json::json!({
            "from": "today", "amount": 0, "unit": "hour", "region_code": "x",
            "office_hours": [["09:00"]],
            "pauses": [
                { "from": "2026-01-01T00:00:00Z", "to": "2025-01-01T00:00:00Z" },
                { "from": "2026-01-01T00:00:00Z", "to": "2028-01-01T00:00:00Z" },
                { "from": "2026-01-01" },
            ],
        }))
        .unwrap();
        assert_eq!(
            shown(body.ask().unwrap_err()),
            [
                ("/from".to_owned(), Code::InvalidTime),
                ("/amount".to_owned(), Code::OutOfRange),
                ("/region_code".to_owned(), Code::InvalidRegionCode),
                ("/office_hours".to_owned(), Code::InvalidOfficeHours),
                ("/pauses/0/to".to_owned(), Code::OutOfRange),
                ("/pauses/1/to".to_owned(), Code::OutOfRange),
                ("/pauses/2/from".to_owned(), Code::InvalidTime),
            ]
        );
    }
}
