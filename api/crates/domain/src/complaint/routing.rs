//! Who supervises and who may handle a case. Supervising: the lowest discipline organ of the region
//! strictly above every target (纪检监察机关处理检举控告工作规则 Art. 15: reports about a body's own people
//! go directly to the next level up). Responsible: any unit no target touches.

use std::collections::BTreeMap;

use crate::category;
use crate::id::OrganisationId;
use crate::region::{Level, RegionCode};

use super::target::{Target, Unit, is_touched};

/// The discipline organs above a region, by level: township, county, city, as far as they exist.
pub type Organs = BTreeMap<Level, OrganisationId>;

/// Why nobody here can take the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoRoute {
    /// The city is complained about: only doors outside this system are above it.
    #[error("the city is complained about; nobody in this system is above it")]
    AboveTheCity,
    /// The region has no organ high enough: an operator must be told.
    #[error("no discipline organ strictly above the targets")]
    NoOrgan,
}

/// The level supervision begins at, before asking whether an organ is there.
#[must_use]
pub fn lowest_level(targets: &[Target]) -> Option<Level> {
    let highest = targets
        .iter()
        .map(Target::level)
        .max()
        .unwrap_or(Level::Village);
    match highest {
        Level::Village => Some(Level::Township),
        Level::Township => Some(Level::County),
        Level::County => Some(Level::City),
        Level::City | Level::Province => None,
    }
}

/// The supervising organ of a new case.
///
/// # Errors
/// [`NoRoute`] when the case cannot be taken here.
pub fn supervising(
    targets: &[Target],
    organs: &Organs,
) -> Result<(Level, OrganisationId), NoRoute> {
    let lowest = lowest_level(targets).ok_or(NoRoute::AboveTheCity)?;
    organs
        .range(lowest..=Level::City)
        .next()
        .map(|(level, id)| (*level, id.clone()))
        .ok_or(NoRoute::NoOrgan)
}

/// The next organ above `level`, for disputes, second dissatisfied ratings and the ladder.
#[must_use]
pub fn next_above(level: Level, organs: &Organs) -> Option<(Level, OrganisationId)> {
    organs
        .range(level..)
        .find(|(other, _)| **other > level)
        .map(|(level, id)| (*level, id.clone()))
}

/// The number of a level in the API: 1 township, 2 county, 3 city.
#[must_use]
pub fn rung(level: Level) -> i32 {
    match level {
        Level::Village | Level::Township => 1,
        Level::County => 2,
        Level::City | Level::Province => 3,
    }
}

/// Why a unit may not be the responsible one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotResponsible {
    /// It is a target, led by one, or one of its group.
    Touched,
    /// It declared to be related to a target.
    Related,
    /// A village committee only handles what is about nobody, and never accounts, conduct, benefits or
    /// projects.
    VillageCommittee,
    /// It belongs to another township: only the county may name it, and only within the zone (片区).
    Elsewhere,
}

/// How far the search for a responsible unit goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach<'a> {
    /// Where the case is.
    pub region: &'a RegionCode,
    /// The other townships of its zone.
    pub zone: &'a [RegionCode],
    /// Whether the county, or an organ above it, names the unit.
    pub county: bool,
}

impl Reach<'_> {
    /// Own region and those above it, or inside it; the county also the zone's other townships.
    fn holds(&self, unit: &RegionCode) -> bool {
        unit.covers(self.region)
            || self.region.covers(unit)
            || (self.county && self.zone.iter().any(|township| township.covers(unit)))
    }
}

/// Whether `unit` may do the work of a case.
///
/// # Errors
/// [`NotResponsible`] says why not.
pub fn may_handle(
    unit: &Unit,
    targets: &[Target],
    category_code: &str,
    reach: Reach<'_>,
) -> Result<(), NotResponsible> {
    if is_touched(unit, targets) {
        return Err(NotResponsible::Touched);
    }
    if unit.is_related(targets) {
        return Err(NotResponsible::Related);
    }
    if unit.is_village_committee
        && (!targets.is_empty() || !category::allows_village_handling(category_code))
    {
        return Err(NotResponsible::VillageCommittee);
    }
    if reach.holds(&unit.region) {
        Ok(())
    } else {
        Err(NotResponsible::Elsewhere)
    }
}

/// Whether an organ may supervise a case with these targets at all: neither one of them nor declared
/// related. How high it must be is another question ([`supervising`]).
#[must_use]
pub fn may_supervise(organ: &Unit, targets: &[Target]) -> bool {
    !is_touched(organ, targets) && !organ.is_related(targets)
}

/// Whether the county may hand the supervising work to an organ of another township of the zone
/// (交叉监督): people of a township may be looked into by the neighbours, people of the county not.
#[must_use]
pub fn may_go_sideways(organ: &Unit, targets: &[Target]) -> bool {
    organ.is_discipline_organ
        && organ.level == Level::Township
        && lowest_level(targets).is_some_and(|level| level <= Level::County)
        && may_supervise(organ, targets)
}
