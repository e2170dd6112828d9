//! Who may know of a case: people who work in its supervising or responsible unit, or in an organ above to
//! which it has come, and who are not recused. A region's subtree alone opens nothing. The same predicate
//! stands in SQL in `store::complaints::known_to`; a test holds the two together.
//! (信访工作条例 Art. 28 and 30; 纪检监察机关处理检举控告工作规则 Art. 47.)

use crate::id::OrganisationId;
use crate::region::Level;
use crate::role::{Permission, Scope};

use super::target::{Accused, recusal_keys};

/// In what a unit takes part in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Capacity {
    /// Receives, dispatches, reviews.
    Supervising,
    /// Does the work.
    Responsible,
    /// An organ above, to which the case has come by escalation.
    Upper,
    /// An organ asked to be the second person of a waiting proposal: it reads and decides that, no more.
    Asked,
}

impl Capacity {
    /// The word in the table.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Supervising => "supervising",
            Self::Responsible => "responsible",
            Self::Upper => "upper",
            Self::Asked => "asked",
        }
    }
}

/// What a person is in one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// Works in the supervising unit, as one who supervises.
    pub supervising: bool,
    /// Works in the responsible unit, as one who handles.
    pub responsible: bool,
    /// Works in an organ above to which the case has come, as one who supervises.
    pub upper: bool,
    /// Works in an organ that is asked to decide a waiting proposal, as one who supervises.
    pub asked: bool,
    /// The level of the person's unit is the county's or higher.
    pub county: bool,
}

impl Standing {
    /// Whether such a person reads the complainant's own words; a unit that only does the work reads a brief.
    #[must_use]
    pub fn reads_words(self) -> bool {
        self.supervising || self.upper || self.asked
    }
}

/// Whether a case is about this person, a post of theirs, their unit or their group, or about somebody they
/// declared to be related to.
#[must_use]
pub fn is_recused(scope: &Scope, accused: Accused<'_>) -> bool {
    accused.persons.contains(&scope.person) || accused.has_key(&recusal_keys(scope))
}

/// The standing of a person in a case, `None` when the person may not know of it.
#[must_use]
pub fn standing(
    scope: &Scope,
    accused: Accused<'_>,
    units: &[(OrganisationId, Capacity)],
) -> Option<Standing> {
    if !scope.can(Permission::ReadCases) || is_recused(scope, accused) {
        return None;
    }
    let here = |capacity| {
        units
            .iter()
            .any(|(id, what)| *id == scope.organisation && *what == capacity)
    };
    let (supervising, responsible, upper, asked) = (
        here(Capacity::Supervising),
        here(Capacity::Responsible),
        here(Capacity::Upper),
        here(Capacity::Asked),
    );
    if !(supervising || responsible || upper || asked) {
        return None;
    }
    let supervises = scope.can(Permission::SuperviseCases);
    Some(Standing {
        supervising: supervising && supervises,
        responsible: responsible && scope.can(Permission::HandleCases),
        upper: upper && supervises,
        asked: asked && supervises,
        county: scope.level >= Level::County,
    })
}
