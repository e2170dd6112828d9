//! Policies and calendars for those who set them.

use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, get, post, put};
use domain::region::RegionCode;
use serde::Deserialize;
use utoipa::IntoParams;

use super::calendar_body::{Asked, CalendarBody, read_csv};
use super::policy_body::PolicyBody;
use super::views::{CalendarPreview, CalendarProposedView, CalendarView, PolicyHistoryView};
use super::{calendars, policies};
use crate::app::App;
use crate::codes::Code;
use crate::http::auth::Guarded;
use crate::http::body::{Body, JSON_LIMIT, MaybeIfMatch, Params, Segment, from_json};
use crate::http::page::bad;
use crate::http::problem::{Problem, Problems};
use crate::http::reply::{accepted_json, private_json, versioned_json};
use crate::propose::ProposedView;

/// A county's policy and every one it had
///
/// The limits of each stage, warnings, pauses and the ladder, the newest first, with who proposed and who approved each.
#[utoipa::path(
    operation_id = "get_policy", tag = "policies",
    params(("county_code" = RegionCode, Path)),
    responses((status = 200, body = PolicyHistoryView), Problems)
)]
#[get("/admin/policies/{county_code}")]
pub async fn policy(
    app: Data<App>,
    guarded: Guarded<Segment<RegionCode>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(_, county) = guarded;
    let view = policies::history(&app, county.0).await?;
    Ok(versioned_json(view.version, &view))
}

/// Propose another policy for a county
///
/// Propose another policy for a county. Nothing changes until a second person approves; cases that began
/// before keep theirs for ever. `If-Match` is taken, not asked for: a proposal is void when the policy it
/// was made from is no longer in force.
#[utoipa::path(
    operation_id = "propose_policy", tag = "policies",
    params(
        ("county_code" = RegionCode, Path),
        ("If-Match" = Option<String>, Header, description = "The version seen")
    ),
    request_body = PolicyBody,
    responses((status = 202, body = ProposedView), Problems)
)]
#[put("/admin/policies/{county_code}")]
pub async fn propose_policy(
    app: Data<App>,
    guarded: Guarded<(Segment<RegionCode>, MaybeIfMatch, Body<PolicyBody>)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (county, seen, body)) = guarded;
    let view = policies::propose(&app, &staff, county.0, seen.0, body.0).await?;
    Ok(accepted_json(&view))
}

/// Whose calendar.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CalendarQuery {
    /// The region; one's own without.
    #[param(value_type = Option<RegionCode>)]
    region: Option<String>,
    /// The year of the days; this one without.
    #[param(minimum = 1970, maximum = 9999)]
    year: Option<i32>,
}

/// The calendar of a region and where it is from
///
/// The calendar of a region: its days of a year, its office hours, and the versions they came with.
#[utoipa::path(
    operation_id = "get_calendar", tag = "calendars",
    params(CalendarQuery),
    responses((status = 200, body = CalendarView), Problems)
)]
#[get("/admin/calendars")]
pub async fn calendar(
    app: Data<App>,
    guarded: Guarded<Params<CalendarQuery>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, query) = guarded;
    let region = match query.0.region {
        None => staff.region.clone(),
        Some(text) => {
            RegionCode::try_from(text).map_err(|_| bad("region", Code::InvalidRegionCode))?
        }
    };
    if query
        .0
        .year
        .is_some_and(|year| !(1970..=9999).contains(&year))
    {
        return Err(bad("year", Code::OutOfRange));
    }
    let view = calendars::show(&app, region, query.0.year)
        .await
        .map_err(Problem::of_query)?;
    Ok(private_json(&view))
}

/// What goes with a table, and whether to look only.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ChangeQuery {
    /// Look only: nothing is proposed.
    #[serde(default)]
    preview: bool,
    /// With a table: the region whose own days these are; the whole country without.
    #[param(value_type = Option<RegionCode>)]
    region: Option<String>,
    /// With a table: where it is from.
    source: Option<String>,
    /// With a table: why, for the second person.
    reason: Option<String>,
}

fn asked(req: &HttpRequest, query: &ChangeQuery, bytes: &[u8]) -> Result<Asked, Problem> {
    if bytes.len() > JSON_LIMIT {
        return Err(Problem::new(Code::TooLarge));
    }
    let kind = req
        .headers()
        .get("content-type")
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .map(|value| value.trim().to_ascii_lowercase());
    match kind.as_deref() {
        Some("application/json") => {
            for (name, given) in [
                ("region", query.region.is_some()),
                ("source", query.source.is_some()),
                ("reason", query.reason.is_some()),
            ] {
                if given {
                    return Err(bad(name, Code::UnknownField));
                }
            }
            Ok(from_json::<CalendarBody>(bytes)?.read()?)
        }
        Some("text/csv") => {
            let table = std::str::from_utf8(bytes).map_err(|_| Problem::new(Code::NotUtf8))?;
            let source = query.source.as_deref().unwrap_or("CSV");
            let (region, reason) = (query.region.as_deref(), query.reason.as_deref());
            Ok(read_csv(table, region, source, reason)?)
        }
        _ => Err(Problem::new(Code::UnsupportedMediaType)),
    }
}

/// Propose a change of the calendar, or look whom it would move
///
/// Propose announced days, days of a region's own, or office hours; as JSON, or as the table
/// `date,kind,name`. The answer says which open cases would move, of those one may know of. With
/// `?preview=true` that is all (200). When a second person has approved, every open case is counted anew:
/// no date becomes earlier, and each complainant reads the old and the new one.
#[utoipa::path(
    operation_id = "propose_calendar", tag = "calendars",
    params(ChangeQuery),
    request_body(content((CalendarBody = "application/json"), (String = "text/csv"))),
    responses(
        (status = 200, body = CalendarPreview),
        (status = 202, body = CalendarProposedView),
        Problems
    )
)]
#[post("/admin/calendars")]
pub async fn propose_calendar(
    app: Data<App>,
    req: HttpRequest,
    guarded: Guarded<(Params<ChangeQuery>, Bytes)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (query, bytes)) = guarded;
    let asked = asked(&req, &query.0, &bytes)?;
    if query.0.preview {
        let view = calendars::preview(&app, &staff, asked.change).await?;
        return Ok(private_json(&view));
    }
    let (proposed, preview) = calendars::propose(&app, &staff, asked).await?;
    Ok(accepted_json(&CalendarProposedView { proposed, preview }))
}
