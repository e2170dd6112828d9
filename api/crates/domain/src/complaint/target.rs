//! Whom a complaint is about (您反映的是谁?). Each target has keys; whoever has one of the same keys is
//! recused. The keys are the one form in which SQL and the rules compare people with complaints.

use serde::{Deserialize, Serialize};

use crate::id::{OrganisationId, PostId};
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
            Self::Post { id, .. } => format!("post:{id}"),
            Self::Group { group, region } => group_key(group.level(), region),
            Self::Other { .. } => "other".to_owned(),
        }
    }
}

fn organisation_key(id: &OrganisationId) -> String {
    format!("organisation:{id}")
}

fn group_key(level: Level, region: &RegionCode) -> String {
    format!("group:{level}:{region}")
}

/// Every key that recuses this person: the unit of the account, every unit and post held, and the groups
/// those units belong to.
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
        keys.push(format!("post:{post}"));
        keys.push(organisation_key(organisation));
        keys.push(group_key(*level, region));
    }
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
    /// Whether it is a village committee.
    pub is_village_committee: bool,
    /// The units that lead it, the nearest first.
    pub led_by: Vec<OrganisationId>,
}

/// Whether the unit is a target, belongs to a targeted group, is led by a target, or its leader is one.
#[must_use]
pub fn is_touched(unit: &Unit, targets: &[Target]) -> bool {
    targets.iter().any(|target| match target {
        Target::Organisation { id, .. } => *id == unit.id || unit.led_by.contains(id),
        Target::Post {
            organisation,
            leads,
            ..
        } => *leads && (*organisation == unit.id || unit.led_by.contains(organisation)),
        Target::Group { group, region } => group.level() == unit.level && *region == unit.region,
        Target::Other { .. } => false,
    })
}
