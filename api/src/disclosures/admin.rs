//! What the village's clerk, its supervision committee and the township's accounting agency do.

use actix_multipart::Multipart;
use actix_web::http::header::{ETAG, HeaderValue};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use domain::disclosure::chart::ChartVersion;
use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::period::Period;
use domain::disclosure::publish::State;
use domain::id::{DisclosureId, PreviewId};
use domain::region::RegionCode;
use serde::Deserialize;
use serde_json::Value;
use store::StoreError;
use store::disclosures::{self, Filter, Record};
use utoipa::{IntoParams, ToSchema};

use super::lines::{AnyLineView, Lines};
use super::public::{PageQuery, rows, word};
use super::service::{self, Handed, Step};
use super::sheet::MOST_CSV_BYTES;
use super::views::{Eyes, PreviewView, StaffDisclosureView};
use crate::app::App;
use crate::codes::Code;
use crate::error::FieldFault;
use crate::http::auth::Guarded;
use crate::http::body::{Body, IfMatch, Params, Segment, from_value};
use crate::http::lang::Reader;
use crate::http::page::{Page, Want};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::{created_json, private_json, versioned_json};
use crate::http::upload;

/// The form of an import.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "it documents the form; the parts are read one by one"
)]
#[schema(as = DisclosureForm)]
pub struct PreviewForm {
    /// The workbook (.xlsx, at most 5 MiB), the CSV file (UTF-8, at most 20 MiB), or JSON as exported.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// The village.
    region_code: RegionCode,
    kind: DisclosureKind,
    period: Period,
    /// 期初余额(元), in yuan, where a CSV file does not say it.
    opening: Option<String>,
    /// 期末余额(元), in yuan, where a CSV file does not say it.
    closing: Option<String>,
    /// The chart of accounts that the codes belong to, where the sheet does not say it; without, the period says which.
    chart_version: Option<ChartVersion>,
}

/// The pairs above the headings of a CSV file that has none.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PairsQuery {
    /// 期初余额(元), in yuan, where neither the file nor the form says it.
    opening: Option<String>,
    /// 期末余额(元), in yuan, where neither the file nor the form says it.
    closing: Option<String>,
}

/// Reads and checks a sheet.
#[utoipa::path(
    tag = "disclosures",
    summary = "Read and check a sheet: every bad cell is named, nothing is drafted yet",
    params(PairsQuery),
    request_body(content = PreviewForm, content_type = "multipart/form-data"),
    responses((status = 200, body = PreviewView), Problems)
)]
#[post("/admin/disclosures/preview")]
pub async fn preview_disclosure(
    app: Data<App>,
    req: HttpRequest,
    reader: Reader,
    guarded: Guarded<(Params<PairsQuery>, Multipart)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (query, parts)) = guarded;
    let names = [
        "region_code",
        "kind",
        "period",
        "opening",
        "closing",
        "chart_version",
    ];
    let form = upload::read(&req, parts, &names, MOST_CSV_BYTES).await?;
    let preview = service::preview(&app, &staff, handed(form, query.0)?).await?;
    Ok(private_json(&PreviewView::of(&preview, reader.0)))
}

fn handed(form: upload::Form, query: PairsQuery) -> Result<Handed, Problem> {
    let upload::Form { file, mut fields } = form;
    let mut faults = Vec::new();
    let mut fault = |name: &str, code| faults.push(FieldFault::new(format!("/{name}"), code));
    let mut required = |name: &str| {
        let text = fields.remove(name).filter(|text| !text.is_empty());
        if text.is_none() {
            fault(name, Code::Required);
        }
        text
    };
    let region = required("region_code");
    let kind = required("kind");
    let period = required("period");
    let chart = fields.remove("chart_version");
    let chart = chart.filter(|text| !text.is_empty());
    let chart = chart.map(|text| ChartVersion::parse(&text));
    if chart == Some(None) {
        fault("chart_version", Code::ChartUnknown);
    }
    let region = region.map(RegionCode::try_from).transpose();
    if region.is_err() {
        fault("region_code", Code::InvalidRegionCode);
    }
    let kind = kind.map(|kind| DisclosureKind::parse(&kind));
    if kind == Some(None) {
        fault("kind", Code::KindUnsupported);
    }
    let period = period.map(|period| Period::parse(&period)).transpose();
    if period.is_err() {
        fault("period", Code::InvalidPeriod);
    }
    if file.is_none() {
        fault("file", Code::FileMissing);
    }
    match (region, kind.flatten(), period, file) {
        (Ok(Some(region)), Some(kind), Ok(Some(period)), Some(file)) if faults.is_empty() => {
            Ok(Handed {
                region,
                kind,
                period,
                opening: fields.remove("opening").or(query.opening),
                closing: fields.remove("closing").or(query.closing),
                chart: chart.flatten(),
                file_name: file.name,
                bytes: file.bytes,
            })
        }
        _ => Err(Problem::with_faults(Code::InvalidBody, faults)),
    }
}

/// What to make a draft of.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewDisclosure)]
pub struct NewDraft {
    /// A sheet without errors that you handed in.
    preview_id: PreviewId,
}

/// Makes a draft.
#[utoipa::path(
    tag = "disclosures",
    summary = "Make a draft of a checked sheet; it takes the place of your own unsigned draft of that period",
    request_body = NewDraft,
    responses((status = 201, body = StaffDisclosureView), Problems)
)]
#[post("/admin/disclosures")]
pub async fn draft_disclosure(
    app: Data<App>,
    guarded: Guarded<Body<NewDraft>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, body) = guarded;
    let record = service::draft(&app, &staff, body.0.preview_id).await?;
    let view = StaffDisclosureView::of(&record, &staff);
    Ok(created_json(record.edition, &view))
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    /// Only of this region and what lies in it.
    #[param(value_type = Option<RegionCode>)]
    region: Option<String>,
    /// Only in this state.
    #[param(value_type = Option<State>)]
    state: Option<String>,
    /// Rows of a page, 1 to 100; 20 when not said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// Where the page begins: `next_cursor` of the one before.
    cursor: Option<String>,
}

/// The disclosures of one's villages.
#[utoipa::path(
    tag = "disclosures",
    summary = "The disclosures of your villages in any state, the newest draft first",
    params(ListQuery),
    responses((status = 200, body = Page<StaffDisclosureView>), Problems)
)]
#[get("/admin/disclosures")]
pub async fn list_disclosures(
    app: Data<App>,
    req: HttpRequest,
    guarded: Guarded<Params<ListQuery>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, query) = guarded;
    let query = query.0;
    let want = Want::read(query.limit, query.cursor.as_deref())?;
    let region = word(
        "region",
        query.region.as_deref(),
        Code::InvalidRegionCode,
        |text| RegionCode::try_from(text).ok(),
    )?;
    let state = word(
        "state",
        query.state.as_deref(),
        Code::WrongType,
        State::parse,
    )?;
    let filter = Filter {
        region,
        state,
        after: want.after.clone(),
        limit: rows(&want),
    };
    let scope = staff.scope.clone();
    let found = app
        .db
        .read(move |tx| disclosures::list_for(tx, &scope, &filter))
        .await
        .map_err(Problem::from)?;
    let place = |record: &Record| (record.created_at.micros(), record.id.to_string());
    let page = Page::cut(found, &want, place, |record| {
        StaffDisclosureView::of(&record, &staff)
    });
    Ok(page.private(&req))
}

/// One disclosure.
#[utoipa::path(
    tag = "disclosures",
    summary = "A disclosure of one of your villages in any state; its ETag is the edition",
    params(("id" = DisclosureId, Path, description = "The disclosure")),
    responses((status = 200, body = StaffDisclosureView), Problems)
)]
#[get("/admin/disclosures/{id}")]
pub async fn read_disclosure(
    app: Data<App>,
    guarded: Guarded<Segment<DisclosureId>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, id) = guarded;
    let scope = staff.scope.clone();
    let record = app
        .db
        .read(move |tx| disclosures::find_for(tx, &scope, &id))
        .await
        .map_err(Problem::from)?
        .ok_or_else(|| Problem::new(Code::NotFound))?;
    let view = StaffDisclosureView::of(&record, &staff);
    Ok(versioned_json(record.edition, &view))
}

/// The lines of a disclosure.
#[utoipa::path(
    tag = "disclosures",
    summary = "The lines of a disclosure of one of your villages, as the sheet says; the ETag is the edition",
    params(("id" = DisclosureId, Path, description = "The disclosure"), PageQuery),
    responses((status = 200, body = Page<AnyLineView>), Problems)
)]
#[get("/admin/disclosures/{id}/lines")]
pub async fn read_disclosure_lines(
    app: Data<App>,
    req: HttpRequest,
    reader: Reader,
    guarded: Guarded<(Segment<DisclosureId>, Params<PageQuery>)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (id, query)) = guarded;
    let want = Want::read(query.0.limit, query.0.cursor.as_deref())?;
    let (after, limit) = (want.after.as_ref().map(|(no, _)| *no), rows(&want));
    let scope = staff.scope.clone();
    let (edition, found) = app
        .db
        .read(move |tx| {
            let Some(record) = disclosures::find_for(tx, &scope, &id)? else {
                return Ok(None);
            };
            let found = Lines::find(tx, &record, after, limit)?;
            Ok(Some((record.edition, found)))
        })
        .await
        .map_err(|error: StoreError| Problem::from(error))?
        .ok_or_else(|| Problem::new(Code::NotFound))?;
    let mut response = found.page(&want, reader.0, Eyes::Staff).private(&req);
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{edition}\"")) {
        response.headers_mut().insert(ETAG, tag);
    }
    Ok(response)
}

/// An action: `{"action":"sign","note"}` or `{"action":"publish"}`.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
pub enum DisclosureAction {
    /// Sign for the village's supervision committee.
    Sign(SignBody),
    /// Show it to everybody.
    Publish(PublishBody),
}

/// Sign for the village's supervision committee.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SignDisclosure)]
pub struct SignBody {
    /// `sign`
    #[schema(pattern = "^sign$")]
    #[serde(rename = "action")]
    _action: String,
    /// The committee's opinion, at most 500 characters.
    #[schema(max_length = 500)]
    note: Option<String>,
}

/// Show it to everybody.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PublishDisclosure)]
pub struct PublishBody {
    /// `publish`
    #[schema(pattern = "^publish$")]
    #[serde(rename = "action")]
    _action: String,
}

fn step(body: Value) -> Result<Step, Problem> {
    let at = |code| Problem::with_faults(Code::InvalidBody, vec![FieldFault::new("/action", code)]);
    match body.get("action") {
        None => Err(at(Code::Required)),
        Some(Value::String(action)) => match action.as_str() {
            "sign" => from_value(body).map(|SignBody { note, .. }| Step::Sign { note }),
            "publish" => from_value(body).map(|PublishBody { .. }| Step::Publish),
            _ => Err(at(Code::UnknownAction)),
        },
        Some(_) => Err(at(Code::WrongType)),
    }
}

/// Signs or publishes.
#[utoipa::path(
    tag = "disclosures",
    summary = "Sign a draft for the supervision committee, or publish what it has signed",
    params(
        ("id" = DisclosureId, Path, description = "The disclosure"),
        ("If-Match" = String, Header, description = "The edition you saw"),
    ),
    request_body = DisclosureAction,
    responses((status = 200, body = StaffDisclosureView), Problems)
)]
#[post("/admin/disclosures/{id}/actions")]
pub async fn act_on_disclosure(
    app: Data<App>,
    guarded: Guarded<(Segment<DisclosureId>, IfMatch, Body<Value>)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (id, seen, body)) = guarded;
    let step = step(body.0)?;
    let record = service::act(&app, &staff, id.0, seen.0, step).await?;
    let view = StaffDisclosureView::of(&record, &staff);
    Ok(versioned_json(record.edition, &view))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_action_is_read_first_and_then_its_own_body() {
        let sign = step(json!({"action": "sign", "note": "属实"})).ok();
        let note = Some("属实".to_owned());
        assert_eq!(sign, Some(Step::Sign { note }));
        assert_eq!(step(json!({"action": "publish"})).ok(), Some(Step::Publish));
        for body in [
            json!({"action": "publish", "note": "x"}),
            json!({"action": "sign", "paper_file": "x"}),
            json!({"action": "correct"}),
            json!({"action": 1}),
            json!({}),
            json!([]),
        ] {
            assert!(step(body.clone()).is_err(), "{body}");
        }
    }
}
