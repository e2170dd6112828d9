//! Finding regions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::organisation::OrganisationKind;
use domain::region::search::Wanted;
use domain::region::typed::without_office;
use domain::region::{Level, RegionCode};
use domain::time::Timestamp;
use store::obligations::{self, Told};
use store::regions::{Freshness, NamedRegion, Part};
use store::{StoreError, Tx};

use crate::app::App;
use crate::codes::Code;
use crate::error::{FieldFault, ServiceError};
use crate::spelling;

/// The longest name anybody has to type; the longest official one has 26 characters.
const LONGEST_QUERY: usize = 50;

/// What is looked for: everything absent means the roots of the tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Directly inside this region; with a name or a level anywhere inside it.
    pub parent: Option<RegionCode>,
    /// A name or a part of it, pinyin or initials.
    pub name: Option<String>,
    /// Only of this level.
    pub level: Option<Level>,
}

/// A region and what a list says about it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// How well it fits; 0 where nothing was searched for.
    pub rank: i64,
    /// The region.
    pub region: NamedRegion,
    /// It and all it lies in, the highest first.
    pub path: Vec<NamedRegion>,
    /// Whether others lie in it.
    pub has_children: bool,
    /// What it was called before, and what those were called that were merged into it.
    pub formerly: Vec<String>,
}

/// Up to `limit` regions after a place (rank, code): those found, best first, or a part of the tree by code.
///
/// # Errors
/// A fault at `parent` or `q`, or the store's.
pub async fn list(
    app: &App,
    filter: Filter,
    after: Option<(i64, String)>,
    limit: usize,
) -> Result<Vec<Listed>, ServiceError> {
    let wanted = filter
        .name
        .as_deref()
        .map(|name| wanted(name, &filter))
        .transpose()?;
    let finder = Arc::clone(&app.finder);
    if wanted.is_some() {
        finder.begun(&app.db).await?;
    }
    let (found, is_old) = app
        .db
        .read(move |tx| {
            let mut is_old = false;
            if let Some(parent) = &filter.parent
                && !store::regions::exists(tx, parent)?
            {
                return Err(ServiceError::at("/parent", Code::RegionUnknown));
            }
            let found = match &wanted {
                Some(wanted) => {
                    let (index, moved) = finder.of(tx)?;
                    is_old = moved;
                    let mut places = index.search(wanted, after.as_ref(), limit);
                    if places.is_empty() && after.is_none() {
                        // As it is written on a letter: 团结镇东风村. One page, which has no next.
                        places = index.search_along(wanted, limit.saturating_sub(1));
                    }
                    let codes: Vec<RegionCode> =
                        places.iter().map(|(_, code)| code.clone()).collect();
                    let mut known = store::regions::find_all(tx, &codes)?;
                    let found = places.into_iter().filter_map(|(rank, code)| {
                        known.remove(&code).map(|region| (rank, region))
                    });
                    found.collect()
                }
                None => {
                    let part = match (filter.level, &filter.parent) {
                        (Some(level), inside) => Part::Level(level, inside.clone()),
                        (None, Some(parent)) => Part::Children(parent.clone()),
                        (None, None) => Part::Roots,
                    };
                    let after = after.as_ref().map(|(_, code)| code.as_str());
                    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
                    let rows = store::regions::list(tx, &part, after, limit)?;
                    rows.into_iter().map(|region| (0, region)).collect()
                }
            };
            Ok::<_, ServiceError>((with_paths(tx, found)?, is_old))
        })
        .await?;
    if is_old {
        let (finder, db) = (Arc::clone(&app.finder), app.db.clone());
        actix_web::rt::spawn(async move {
            if let Err(error) = finder.renew(db).await {
                tracing::warn!(%error, "the search for regions could not be made anew");
            }
        });
    }
    Ok(found)
}

/// Reads what somebody typed.
fn wanted(typed: &str, filter: &Filter) -> Result<Wanted, ServiceError> {
    let name = domain::text::line(&spelling::folded(typed), 1, LONGEST_QUERY)
        .map_err(|_| ServiceError::Invalid(vec![FieldFault::new("/q", Code::InvalidText)]))?;
    let name = without_office(&name);
    Ok(Wanted {
        letters: spelling::letters(&name),
        name,
        level: filter.level,
        inside: filter.parent.clone(),
    })
}

fn with_paths(tx: &mut Tx<'_>, found: Vec<(i64, NamedRegion)>) -> Result<Vec<Listed>, StoreError> {
    let codes: Vec<RegionCode> = found.iter().map(|(_, r)| r.region.code.clone()).collect();
    let parents = store::regions::with_children(tx, &codes)?;
    let above: BTreeSet<RegionCode> = codes.iter().flat_map(RegionCode::and_above).collect();
    let above: Vec<RegionCode> = above.into_iter().collect();
    let known = store::regions::find_all(tx, &above)?;
    let mut formerly = store::regions::formerly(tx, &codes)?;
    Ok(found
        .into_iter()
        .map(|(rank, region)| Listed {
            rank,
            has_children: parents.contains(region.region.code.as_str()),
            path: path_in(&known, &region.region.code),
            // Called back to an old name, it bears that again.
            formerly: formerly
                .remove(&region.region.code)
                .unwrap_or_default()
                .into_iter()
                .filter(|name| *name != region.region.name)
                .collect(),
            region,
        })
        .collect())
}

fn path_in(known: &BTreeMap<RegionCode, NamedRegion>, code: &RegionCode) -> Vec<NamedRegion> {
    let mut path: Vec<NamedRegion> = code
        .and_above()
        .iter()
        .filter_map(|code| known.get(code).cloned())
        .collect();
    path.reverse();
    path
}

/// A post to turn to.
#[derive(Debug, Clone)]
pub struct Contact {
    /// Its unit.
    pub organisation: domain::organisation::Organisation,
    /// The post.
    pub post: domain::organisation::Post,
}

/// All that a region's own page says.
#[derive(Debug, Clone)]
pub struct Detail {
    /// The region as in a list.
    pub listed: Listed,
    /// Who leads the organs that watch here, the nearest first.
    pub contacts: Vec<Contact>,
    /// How fresh its published ledgers are.
    pub freshness: Option<Freshness>,
    /// What it became, where it has ended and that is known.
    pub successor: Option<NamedRegion>,
    /// What was merged into it.
    pub predecessors: Vec<NamedRegion>,
    /// What it has not published though it was due, and when that was looked at.
    pub unmet: Option<(Told, Timestamp)>,
}

/// One region, with what is late in it at `now`.
///
/// # Errors
/// [`ServiceError::NotFound`], or the store's.
pub async fn find(app: &App, code: RegionCode, now: Timestamp) -> Result<Detail, ServiceError> {
    app.db
        .read(move |tx| {
            let region = store::regions::find(tx, &code)?.ok_or(ServiceError::NotFound)?;
            let successor = match region.ended.as_ref().and_then(|end| end.successor.as_ref()) {
                Some(successor) => store::regions::find(tx, successor)?,
                None => None,
            };
            let listed = with_paths(tx, vec![(0, region)])?.pop();
            let units = store::organisations::of_region_and_above(tx, &code)?;
            let contacts = units
                .iter()
                .filter(|(unit, _)| {
                    matches!(
                        unit.kind,
                        OrganisationKind::SupervisionCommittee | OrganisationKind::DisciplineOrgan
                    )
                })
                .flat_map(|(organisation, posts)| {
                    posts.iter().filter(|post| post.leads).map(|post| Contact {
                        organisation: organisation.clone(),
                        post: post.clone(),
                    })
                })
                .collect();
            Ok(Detail {
                listed: listed.ok_or(ServiceError::NotFound)?,
                contacts,
                successor,
                predecessors: store::regions::predecessors(tx, &code)?,
                freshness: store::regions::freshness(tx, &code)?,
                unmet: obligations::unmet_since(tx, &code, now)?.map(|told| (told, now)),
            })
        })
        .await
}
