//! Whom a complaint is about (您反映的是谁?). Each target has keys; whoever has one of the same keys is
//! recused. The keys are the one form in which SQL and the rules compare people with complaints.

use serde::{Deserialize, Serialize};

use crate::id::{OrganisationId, PersonId, PostId};
use crate::region::{Level, RegionCode};
use crate::role::{HeldPost, Scope};

/// A group of people, when the complainant cannot or will not say who.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// 村里的人
    Village,
    /// 乡镇的人
    Township,
    /// 县里的人
    County,
}

impl Group {
    /// The level its people work at.
    #[must_use]
    pub fn level(self) -> Level {
        match self {
            Self::Village => Level::Village,
            Self::Township => Level::Township,
            Self::County => Level::County,
        }
    }
}

/// One target, with the facts of it that rules need.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Target {
    /// A unit and everybody in it.
    Organisation {
        /// The unit.
        id: OrganisationId,
        /// Its level.
        level: Level,
    },
    /// Whoever holds a post.
    Post {
        /// The post.
        id: PostId,
        /// The unit it belongs to.
        organisation: OrganisationId,
        /// That unit's level.
        level: Level,
        /// Whether the post leads the unit.
        leads: bool,
    },
    /// Everybody who works at a level of the region.
    Group {
        /// Which people.
        group: Group,
        /// The village, township or county whose people they are.
        region: RegionCode,
    },
    /// Somebody described in words; nobody can tell who, so the county supervises.
    Other {
        /// The complainant's words.
        text: String,
    },
}

impl Target {
    /// The level supervision must be strictly above.
    #[must_use]
    pub fn level(&self) -> Level {
        match self {
            Self::Organisation { level, .. } | Self::Post { level, .. } => *level,
            Self::Group { group, .. } => group.level(),
            // Routed to the county from the first second, as people of the township are.
            Self::Other { .. } => Level::Township,
        }
    }

    /// The key by which somebody is recused from a case with this target.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Organisation { id, .. } => organisation_key(id),
            Self::Post { id, .. } => post_key(id),
            Self::Group { group, region } => group_key(group.level(), region),
            Self::Other { .. } => "other".to_owned(),
        }
    }
}

/// The key of whoever holds a post.
#[must_use]
pub fn post_key(id: &PostId) -> String {
    format!("post:{id}")
}

/// The key of everybody in a unit.
#[must_use]
pub fn organisation_key(id: &OrganisationId) -> String {
    format!("organisation:{id}")
}

/// The key of everybody who works at a level of a region.
#[must_use]
pub fn group_key(level: Level, region: &RegionCode) -> String {
    format!("group:{level}:{region}")
}

/// Who a case is about: the targets, and the people they were when it was filed or its targets last changed.
/// Whoever held the post then stays recused after leaving it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Accused<'a> {
    /// As the complainant named them.
    pub targets: &'a [Target],
    /// The natural persons, as far as they are known here.
    pub persons: &'a [PersonId],
}

impl Accused<'_> {
    /// Whether one of these keys is a target's.
    #[must_use]
    pub fn has_key(&self, keys: &[String]) -> bool {
        self.targets
            .iter()
            .any(|target| keys.contains(&target.key()))
    }
}

/// Every key that recuses this person: the unit of the account, every unit and post held, the groups those
/// units belong to, and the keys of whomever the person or the unit declared to be related to.
#[must_use]
pub fn recusal_keys(scope: &Scope) -> Vec<String> {
    let mut keys = vec![
        organisation_key(&scope.organisation),
        group_key(scope.level, &scope.region),
    ];
    for HeldPost {
        post,
        organisation,
        level,
        region,
    } in &scope.posts
    {
        keys.push(post_key(post));
        keys.push(organisation_key(organisation));
        keys.push(group_key(*level, region));
    }
    keys.extend(scope.related.iter().cloned());
    keys.sort();
    keys.dedup();
    keys
}

/// A unit, with what routing asks of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The unit.
    pub id: OrganisationId,
    /// Its level.
    pub level: Level,
    /// Its region.
    pub region: RegionCode,
    /// Whether it is a discipline organ (a supervising unit).
    pub is_discipline_organ: bool,
    /// Whether it is a village committee, or what a village has beside it
    /// ([`crate::organisation::Organisation::is_of_the_village`]).
    pub is_village_committee: bool,
    /// The units that lead it, the nearest first.
    pub led_by: Vec<OrganisationId>,
    /// The keys of the people who lead it, or a unit above it, today: the posts they hold anywhere.
    pub leader_keys: Vec<String>,
    /// The keys of whomever it declared to be related to.
    pub related_keys: Vec<String>,
}

impl Unit {
    /// Whether it declared to be related to one of the targets.
    #[must_use]
    pub fn is_related(&self, targets: &[Target]) -> bool {
        targets
            .iter()
            .any(|target| self.related_keys.contains(&target.key()))
    }
}

/// Whether the unit is a target, belongs to a targeted group, is led by a target, or its leader is one.
#[must_use]
pub fn is_touched(unit: &Unit, targets: &[Target]) -> bool {
    let led_by_a_target = |target: &Target| unit.leader_keys.contains(&target.key());
    targets.iter().any(led_by_a_target)
        || targets.iter().any(|target| match target {
            Target::Organisation { id, .. } => *id == unit.id || unit.led_by.contains(id),
            Target::Post {
                organisation,
                leads,
                ..
            } => *leads && (*organisation == unit.id || unit.led_by.contains(organisation)),
            Target::Group { group, region } => {
                group.level() == unit.level && *region == unit.region
            }
            Target::Other { .. } => false,
        })
}
