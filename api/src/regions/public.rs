//! Regions for everybody.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use domain::region::{Level, RegionCode};
use serde::Deserialize;
use utoipa::IntoParams;

use super::service::{self, Filter};
use super::views::{RegionDetail, RegionView};
use crate::app::App;
use crate::codes::Code;
use crate::http::body::{Params, Segment};
use crate::http::page::{Page, Want, bad};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::{holds_today, public_json, public_page};

/// Which regions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RegionsQuery {
    /// A region's code: the regions directly inside it; with `q` or `level`, those anywhere inside it.
    /// Without any of the three: the provinces.
    #[param(value_type = Option<RegionCode>)]
    parent: Option<String>,
    /// A name or a part of it, pinyin (`dongfeng`) or initials (`dfc`). The best come first.
    #[param(min_length = 1, max_length = 50)]
    q: Option<String>,
    /// Only regions of this level.
    #[param(value_type = Option<Level>)]
    level: Option<String>,
    /// Rows of a page, 1 to 100; 20 without.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

impl RegionsQuery {
    fn filter(&self) -> Result<Filter, Problem> {
        Ok(Filter {
            parent: self
                .parent
                .as_deref()
                .map(RegionCode::try_from)
                .transpose()
                .map_err(|_| bad("parent", Code::InvalidRegionCode))?,
            name: self.q.clone(),
            level: self
                .level
                .as_deref()
                .map(|text| Level::parse(text).ok_or_else(|| bad("level", Code::WrongType)))
                .transpose()?,
        })
    }
}

/// Regions by parent, or by name, pinyin or initials
///
/// By `parent` the regions right below one (without it the top), or by `q` those whose name, pinyin or initials fit,
/// the nearest first, each with its path. Codes are the twelve digits of the statistical classification.
#[utoipa::path(
    operation_id = "list_regions", tag = "regions",
    params(RegionsQuery), responses((status = 200, body = Page<RegionView>), Problems)
)]
#[get("/regions")]
pub async fn list(
    app: Data<App>,
    req: HttpRequest,
    query: Params<RegionsQuery>,
) -> Result<HttpResponse, Problem> {
    let filter = query.0.filter()?;
    let want = Want::read(query.0.limit, query.0.cursor.as_deref())?;
    let rows = service::list(&app, filter, want.after.clone(), want.limit + 1)
        .await
        .map_err(Problem::of_query)?;
    let page = Page::cut(
        rows,
        &want,
        |row| (row.rank, row.region.region.code.to_string()),
        RegionView::from,
    );
    Ok(public_page(&req, &page))
}

/// A region with its path, contact roles and freshness of its disclosures
///
/// Its level and path, the posts that watch there, its latest published ledger, what is late there, and where regions
/// were merged, which into which.
#[utoipa::path(
    operation_id = "get_region", tag = "regions",
    params(("code" = RegionCode, Path, description = "The region's code")),
    responses((status = 200, body = RegionDetail), Problems)
)]
#[get("/regions/{code}")]
pub async fn one(
    app: Data<App>,
    req: HttpRequest,
    code: Segment<RegionCode>,
) -> Result<HttpResponse, Problem> {
    let now = app.clocks.case();
    let detail = service::find(&app, code.0, now).await?;
    let response = public_json(&req, &RegionDetail::from(detail));
    Ok(holds_today(response, now))
}
