//! Power lists for everybody.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use domain::id::PowerId;
use domain::power::ListKind;
use domain::region::RegionCode;
use serde::Deserialize;
use utoipa::IntoParams;

use super::service;
use super::views::{PowerSummary, PowerVersion, PowerView};
use crate::app::App;
use crate::codes::Code;
use crate::http::body::{Params, Segment};
use crate::http::page::{Page, Want, bad};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::{public_json, public_page};

/// Which items.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PowersQuery {
    /// Which list: `power` (without), `duty` or `negative`.
    #[param(value_type = Option<ListKind>)]
    list: Option<String>,
    /// Only items whose name or plain words hold this, or whose name is so typed in pinyin or initials.
    #[param(min_length = 1, max_length = 50)]
    q: Option<String>,
    /// Rows of a page, 1 to 100; 20 without.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The micro-power list in force in a region: its own items, and those it inherits
///
/// A county's template holds in all its villages, item by item, but where a township or village has an item of its own
/// under the same code. `inherited_from` and `overridden` tell which is which.
#[utoipa::path(
    operation_id = "list_powers", tag = "powers",
    params(("code" = RegionCode, Path, description = "The region's code"), PowersQuery),
    responses((status = 200, body = Page<PowerSummary>), Problems)
)]
#[get("/regions/{code}/powers")]
pub async fn in_force(
    app: Data<App>,
    req: HttpRequest,
    code: Segment<RegionCode>,
    query: Params<PowersQuery>,
) -> Result<HttpResponse, Problem> {
    let want = Want::read(query.0.limit, query.0.cursor.as_deref())?;
    let list = list(query.0.list.as_deref())?;
    let region = code.0;
    let rows = service::in_force(&app, region.clone(), list, query.0.q.as_deref())
        .await
        .map_err(Problem::of_query)?
        .into_iter()
        .map(|row| {
            let code = row.power.content.item.code.clone();
            ((i64::from(row.no), code), row)
        })
        .filter(|(place, _)| want.after.as_ref().is_none_or(|after| place > after))
        .collect();
    let page = Page::cut(
        rows,
        &want,
        |(place, _)| place.clone(),
        |(_, row)| PowerSummary::in_list_of(&region, row),
    );
    Ok(public_page(&req, &page))
}

/// The list that a query names; the powers where it names none.
///
/// # Errors
/// A fault at `list`.
pub(super) fn list(named: Option<&str>) -> Result<ListKind, Problem> {
    named.map_or(Ok(ListKind::default()), |text| {
        ListKind::parse(text).ok_or_else(|| bad("list", Code::WrongType))
    })
}

/// Which version.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VersionQuery {
    /// An earlier version; without it the current one.
    #[param(minimum = 1)]
    version: Option<i32>,
}

/// A power: who may do what, in which steps, under whose eyes
///
/// Each step with its actor, limit and materials, what has to be made public and for how long, risk points, red lines
/// and the legal basis; `overrides` names the item of a list above that it stands in for. Without `version` the latest
/// one.
#[utoipa::path(
    operation_id = "get_power", tag = "powers",
    params(("id" = PowerId, Path, description = "The item's id"), VersionQuery),
    responses((status = 200, body = PowerView), Problems)
)]
#[get("/powers/{id}")]
pub async fn one(
    app: Data<App>,
    req: HttpRequest,
    id: Segment<PowerId>,
    query: Params<VersionQuery>,
) -> Result<HttpResponse, Problem> {
    let power = service::find(&app, id.0, query.0.version).await?;
    Ok(public_json(&req, &PowerView::from(power)))
}

/// How many versions and from where.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VersionsQuery {
    /// Rows of a page, 1 to 100; 20 without.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// With `to`: one entry alone, the version `to` held against this one.
    #[param(minimum = 1)]
    from: Option<i32>,
    /// With `from`: the version that is held against it.
    #[param(minimum = 1)]
    to: Option<i32>,
}

/// Every version of a power, the newest first, each with what it changed
///
/// Each with its reason and what it changed field by field; the first version of an item that stands in for one of a
/// list above is held against that one.
#[utoipa::path(
    operation_id = "list_power_versions", tag = "powers",
    params(("id" = PowerId, Path, description = "The item's id"), VersionsQuery),
    responses((status = 200, body = Page<PowerVersion>), Problems)
)]
#[get("/powers/{id}/versions")]
pub async fn versions(
    app: Data<App>,
    req: HttpRequest,
    id: Segment<PowerId>,
    query: Params<VersionsQuery>,
) -> Result<HttpResponse, Problem> {
    let want = Want::read(query.0.limit, query.0.cursor.as_deref())?;
    match (query.0.from, query.0.to) {
        (Some(from), Some(to)) => {
            let found = service::difference(&app, id.0, from, to)
                .await
                .map_err(Problem::of_query)?;
            let page = Page {
                items: vec![PowerVersion::from(found)],
                next_cursor: None,
            };
            return Ok(public_page(&req, &page));
        }
        (None, None) => {}
        (Some(_), None) => return Err(bad("to", Code::Required)),
        (None, Some(_)) => return Err(bad("from", Code::Required)),
    }
    let before = want
        .after
        .as_ref()
        .map(|(version, _)| i32::try_from(*version))
        .transpose()
        .map_err(|_| bad("cursor", Code::InvalidCursor))?;
    let rows = service::versions(&app, id.0, before, want.limit + 1).await?;
    let page = Page::cut(
        rows,
        &want,
        |row| (i64::from(row.power.version), row.power.id.to_string()),
        PowerVersion::from,
    );
    Ok(public_page(&req, &page))
}
