//! Units and posts as the API shows them.

use domain::id::{OrganisationId, PostId};
use domain::organisation::{Organisation, OrganisationKind, Post};
use domain::region::{Level, RegionCode};
use serde::Serialize;
use utoipa::ToSchema;

/// A post of a unit.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PostView {
    /// Its id.
    pub id: PostId,
    /// What its holder is called, such as 主任.
    pub title: String,
    /// Whether its holder leads the unit: a complaint about him is one about the whole unit.
    pub leads: bool,
}

/// A unit with its posts.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OrganisationView {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// The level of its region.
    pub level: Level,
    /// The region it works for.
    pub region_code: RegionCode,
    /// Its last day, where it was closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    pub closed_on: Option<String>,
    /// Its posts, those that lead first.
    pub posts: Vec<PostView>,
}

impl From<(Organisation, Vec<Post>)> for OrganisationView {
    fn from((unit, posts): (Organisation, Vec<Post>)) -> Self {
        Self {
            id: unit.id,
            name: unit.name,
            kind: unit.kind,
            level: unit.level,
            region_code: unit.region_code,
            closed_on: unit.closed_on.map(|day| day.to_string()),
            posts: posts
                .into_iter()
                .map(|post| PostView {
                    id: post.id,
                    title: post.title,
                    leads: post.leads,
                })
                .collect(),
        }
    }
}

/// The units of a region and of those above it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Organisations {
    /// The units, the lowest level first.
    pub items: Vec<OrganisationView>,
}
