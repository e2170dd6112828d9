//! Who stands on a rung of the ladder, for every feature that climbs: nobody there means the next rung, and whoever
//! asked is told which units were empty, so that operators are. Never a silent skip.

use domain::complaint::routing::Organs;
use domain::complaint::target::Accused;
use domain::id::{OrganisationId, StaffId};
use domain::region::Level;
use domain::role::Permission;
use domain::time::Day;
use store::{StoreError, Tx, outbox};

/// Whom a step goes to.
pub struct Addressee {
    /// The unit.
    pub unit: Option<OrganisationId>,
    /// Its level, where it is an organ that was climbed to.
    pub level: Option<Level>,
    /// Its people.
    pub people: Vec<StaffId>,
    /// Units on the way that had nobody.
    pub empty: Vec<(Level, OrganisationId)>,
}

/// The first organ from `lowest` up with people who may be told. Nobody anywhere: the highest organ holds it, so that
/// whoever comes finds it there.
///
/// # Errors
/// The store's.
pub fn first_staffed(
    tx: &mut Tx<'_>,
    organs: &Organs,
    lowest: Level,
    accused: Accused<'_>,
    today: Day,
) -> Result<Addressee, StoreError> {
    let mut empty = Vec::new();
    for (level, unit) in organs.range(lowest..) {
        let people = outbox::recipients(tx, unit, Permission::SuperviseCases, accused, today)?;
        if !people.is_empty() {
            return Ok(Addressee {
                unit: Some(unit.clone()),
                level: Some(*level),
                people,
                empty,
            });
        }
        tracing::error!(unit = %unit, "nobody there to receive what climbs");
        empty.push((*level, unit.clone()));
    }
    let (level, unit) = empty.last().cloned().unzip();
    Ok(Addressee {
        unit,
        level,
        people: Vec::new(),
        empty,
    })
}
