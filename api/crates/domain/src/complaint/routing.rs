//! Who supervises and who may handle a case. Supervising: the lowest discipline organ of the region
//! strictly above every target (纪检监察机关处理检举控告工作规则 Art. 15: reports about a body's own people
//! go directly to the next level up). Responsible: any unit no target touches.

use std::collections::BTreeMap;

use crate::category;
use crate::id::OrganisationId;
use crate::region::Level;

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
    /// A village committee only handles what is about nobody, and never accounts, conduct, benefits or
    /// projects.
    VillageCommittee,
    /// It lies outside the case's county.
    Elsewhere,
}

/// Whether `unit` may do the work of a case.
///
/// # Errors
/// [`NotResponsible`] says why not.
pub fn may_handle(
    unit: &Unit,
    targets: &[Target],
    category_code: &str,
    case_region: &crate::region::RegionCode,
) -> Result<(), NotResponsible> {
    if is_touched(unit, targets) {
        return Err(NotResponsible::Touched);
    }
    if unit.is_village_committee
        && (!targets.is_empty() || !category::allows_village_handling(category_code))
    {
        return Err(NotResponsible::VillageCommittee);
    }
    // The unit's own region, or one above the case's: never a neighbour's (zones widen this later).
    if unit.region.covers(case_region)
        || unit.region.at(Level::County) == case_region.at(Level::County)
    {
        Ok(())
    } else {
        Err(NotResponsible::Elsewhere)
    }
}
