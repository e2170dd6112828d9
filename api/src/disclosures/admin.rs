//! What the village's clerk, its supervision committee and the township's accounting agency do.

use std::sync::Arc;

use actix_web::http::header::{ETAG, HeaderValue};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use domain::disclosure::publish::State;
use domain::id::{DisclosureId, PreviewId};
use domain::region::RegionCode;
use serde::Deserialize;
use serde_json::Value;
use store::Tx;
use store::audit::Actor;
use store::disclosures::{self, Filter, Record};
use utoipa::{IntoParams, ToSchema};

use super::checking;
use super::corrections::{self, Outcome};
use super::drafting;
use super::lines::{AnyLineView, Lines};
use super::log::Log;
use super::public::{PageQuery, rows, word};
use super::service::{self, Step};
use super::sheet_file::{FileFormat, SheetFile};
use super::sight::Eyes;
use super::versions::{self, CompareQuery, VersionQuery};
use super::views::{ExportView, StaffDisclosureView, VersionView};
use crate::app::App;
use crate::codes::Code;
use crate::error::{FieldFault, ServiceError};
use crate::http::auth::Guarded;
use crate::http::body::{Body, IfMatch, Params, Segment, Segments, from_value};
use crate::http::lang::Reader;
use crate::http::page::{Page, Want};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::{accepted_json, created_json, sandboxed, versioned_json};
use crate::propose::ProposedView;

/// What to make a draft of.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewDisclosure)]
pub struct NewDraft {
    /// A sheet without errors that you handed in.
    preview_id: PreviewId,
}

/// Make a draft of a checked sheet; it takes the place of your own unsigned draft of that period, and for the accounting agency also of the clerk's, which the audit keeps
///
/// Makes a draft.
#[utoipa::path(
    tag = "disclosures",
    request_body = NewDraft,
    responses((status = 201, body = StaffDisclosureView), Problems)
)]
#[post("/admin/disclosures")]
pub async fn draft_disclosure(
    app: Data<App>,
    guarded: Guarded<Body<NewDraft>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, body) = guarded;
    let record = drafting::draft(&app, &staff, body.0.preview_id).await?;
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

/// The disclosures of your villages in any state, the newest draft first
///
/// The disclosures of one's villages.
#[utoipa::path(
    tag = "disclosures",
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

/// A disclosure of one of your villages in any state; its ETag is the edition
///
/// One disclosure.
#[utoipa::path(
    tag = "disclosures",
    params(("id" = DisclosureId, Path, description = "The disclosure")),
    responses((status = 200, body = StaffDisclosureView), Problems)
)]
#[get("/admin/disclosures/{id}")]
pub async fn read_disclosure(
    app: Data<App>,
    reader: Reader,
    guarded: Guarded<Segment<DisclosureId>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, id) = guarded;
    let (scope, today) = (staff.scope.clone(), app.clocks.case().day());
    let (record, warnings) = app
        .db
        .read(move |tx| {
            let found = disclosures::find_for(tx, &scope, &id)?;
            let record = found.ok_or(ServiceError::NotFound)?;
            // Who signs or publishes was not there when the file was checked.
            let warnings = checking::warnings(tx, &record.to_come().sheet.id, today)?;
            Ok::<_, ServiceError>((record, warnings))
        })
        .await?;
    let view = StaffDisclosureView::of(&record, &staff).with_warnings(&warnings, reader.0);
    Ok(versioned_json(record.edition, &view))
}

/// The lines of a disclosure of one of your villages, as the sheet says; the ETag is the edition
///
/// The lines of a disclosure.
#[utoipa::path(
    tag = "disclosures",
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
    let (scope, version) = (staff.scope.clone(), query.0.version);
    let (edition, found) = app
        .db
        .read(move |tx| {
            let found = disclosures::find_for(tx, &scope, &id)?;
            let record = in_version(tx, found.ok_or(ServiceError::NotFound)?, version)?;
            let found = Lines::find(tx, &record, after, limit, Eyes::Staff)?;
            Ok::<_, ServiceError>((record.edition, found))
        })
        .await?;
    let mut response = found.page(&want, reader.0).private(&req);
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{edition}\"")) {
        response.headers_mut().insert(ETAG, tag);
    }
    Ok(response)
}

/// A disclosure of one of your villages as a file to correct and hand in again: CSV, XLSX or JSON in the layout it was imported in, names in full; who saved it is in the audit
///
/// A disclosure as a file, with the names in full.
#[utoipa::path(
    operation_id = "save_disclosure", tag = "disclosures",
    params(
        ("id" = DisclosureId, Path, description = "The disclosure"),
        ("format" = String, Path, description = "csv, xlsx or json"),
        VersionQuery,
    ),
    responses(
        (status = 200, description = "The file", content(
            (ExportView = "application/json"),
            (String = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        )),
        Problems
    )
)]
#[get("/admin/disclosures/{id}/export.{format}")]
pub async fn save_disclosure(
    app: Data<App>,
    reader: Reader,
    guarded: Guarded<(Segments<DisclosureId>, Params<VersionQuery>)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (Segments(id, format), query)) = guarded;
    let format = FileFormat::try_from(format.as_str())?;
    let (scope, version, inner) = (staff.scope.clone(), query.0.version, Arc::clone(&app));
    let record = app
        .db
        .write(move |tx| {
            let found = disclosures::find_for(tx, &scope, &id)?;
            let record = in_version(tx, found.ok_or(ServiceError::NotFound)?, version)?;
            let digest = record.progress.content_sha256().to_owned();
            let log = Log::new(&inner, Actor::Staff(scope.staff.clone()));
            log.write(tx, "save", &record, None, [Some(&digest), None])?;
            Ok::<_, ServiceError>(record)
        })
        .await?;
    // A long ledger is not read while others wait to write.
    let sheet = app
        .db
        .read(move |tx| SheetFile::of(tx, record, Eyes::Staff))
        .await?;
    let name = sheet.name(format);
    let bytes = sheet.written(format, reader.0).await?;
    Ok(sandboxed(bytes, format.media_type(), &name))
}

/// The disclosure in a version: one that was published, or the one in work.
fn in_version(
    tx: &mut Tx<'_>,
    record: Record,
    version: Option<i32>,
) -> Result<Record, ServiceError> {
    match version {
        None => Ok(record),
        Some(wanted) if wanted == record.in_work().0 => Ok(record.to_come()),
        Some(wanted) => {
            disclosures::find_version(tx, &record, wanted)?.ok_or(ServiceError::NotFound)
        }
    }
}

/// Every version of a disclosure of one of your villages, the newest first, with what it changed; the correction on its way is among them
///
/// Every version, also the one on its way.
#[utoipa::path(
    tag = "disclosures",
    params(("id" = DisclosureId, Path, description = "The disclosure"), CompareQuery),
    responses((status = 200, body = Page<VersionView>), Problems)
)]
#[get("/admin/disclosures/{id}/versions")]
pub async fn read_disclosure_versions(
    app: Data<App>,
    req: HttpRequest,
    guarded: Guarded<(Segment<DisclosureId>, Params<CompareQuery>)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (id, query)) = guarded;
    let (scope, compare, now) = (staff.scope.clone(), query.0, app.clocks.case());
    let page = app
        .db
        .read(move |tx| {
            let found = disclosures::find_for(tx, &scope, &id)?;
            let record = found.ok_or(ServiceError::NotFound)?;
            versions::listed(tx, &record, Eyes::Staff, compare, now)
        })
        .await?;
    Ok(page.private(&req))
}

/// An action: `{"action":"sign","note"}`, `{"action":"sign","paper_file"}`, `{"action":"publish"}`,
/// `{"action":"correct","preview_id","reason"}`, `{"action":"drop_correction"}` or `{"action":"withdraw","reason"}`.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
pub enum DisclosureAction {
    /// Sign for the village's supervision committee.
    Sign(SignBody),
    /// Show it to everybody.
    Publish(PublishBody),
    /// Propose another version.
    Correct(CorrectBody),
    /// Drop a correction before it is published.
    DropCorrection(DropCorrectionBody),
    /// Take a draft back, or propose to take back what is published.
    Withdraw(WithdrawBody),
}

/// Propose another version of what is published.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CorrectDisclosure)]
pub struct CorrectBody {
    /// `correct`
    #[schema(pattern = "^correct$")]
    #[serde(rename = "action")]
    _action: String,
    /// A sheet without errors that you handed in, of the same village, kind and period.
    preview_id: PreviewId,
    /// Why, for the second person and for everybody; 1 to 500 characters.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// Drop a correction before it is published.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DropCorrectionBody {
    /// `drop_correction`
    #[schema(pattern = "^drop_correction$")]
    #[serde(rename = "action")]
    _action: String,
}

/// Take a draft back, or propose to take back what is published.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WithdrawDisclosure)]
pub struct WithdrawBody {
    /// `withdraw`
    #[schema(pattern = "^withdraw$")]
    #[serde(rename = "action")]
    _action: String,
    /// Why; of what is published for everybody to read. 1 to 500 characters.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
    /// Whether it shows personal data that must go at once, whatever else is under way.
    #[serde(default)]
    personal_data: bool,
}

/// Sign for the village's supervision committee, or record the sheet that it signed on paper.
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
    /// The committee signed on paper: the token of a photo of its sheet, uploaded before (`POST /attachments`).
    paper_file: Option<String>,
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

/// What an action asks for.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    /// Something that one does alone.
    Step(Step),
    /// Another version.
    Correct(PreviewId, String),
    /// Taking back, perhaps for the sake of personal data.
    Withdraw(String, bool),
}

fn asked(body: Value) -> Result<Asked, Problem> {
    let at = |code| Problem::with_faults(Code::InvalidBody, vec![FieldFault::new("/action", code)]);
    let action = match body.get("action") {
        None => return Err(at(Code::Required)),
        Some(Value::String(action)) => action.clone(),
        Some(_) => return Err(at(Code::WrongType)),
    };
    match action.as_str() {
        "sign" => from_value(body).map(|body: SignBody| {
            let note = body.note;
            Asked::Step(match body.paper_file {
                None => Step::Sign { note },
                Some(photo) => Step::SignOnPaper { note, photo },
            })
        }),
        "publish" => from_value(body).map(|PublishBody { .. }| Asked::Step(Step::Publish)),
        "drop_correction" => {
            from_value(body).map(|DropCorrectionBody { .. }| Asked::Step(Step::DropCorrection))
        }
        "correct" => {
            from_value(body).map(|body: CorrectBody| Asked::Correct(body.preview_id, body.reason))
        }
        "withdraw" => from_value(body)
            .map(|body: WithdrawBody| Asked::Withdraw(body.reason, body.personal_data)),
        _ => Err(at(Code::UnknownAction)),
    }
}

/// Sign a draft for the supervision committee, publish what it has signed, propose to correct or to withdraw what is published
///
/// Signs, publishes, corrects or withdraws.
#[utoipa::path(
    tag = "disclosures",
    params(
        ("id" = DisclosureId, Path, description = "The disclosure"),
        ("If-Match" = String, Header, description = "The edition you saw"),
    ),
    request_body = DisclosureAction,
    responses(
        (status = 200, body = StaffDisclosureView),
        (status = 202, body = ProposedView, description = "It waits for a second person"),
        Problems
    )
)]
#[post("/admin/disclosures/{id}/actions")]
pub async fn act_on_disclosure(
    app: Data<App>,
    guarded: Guarded<(Segment<DisclosureId>, IfMatch, Body<Value>)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (id, seen, body)) = guarded;
    let (id, seen) = (id.0, seen.0);
    let outcome = match asked(body.0)? {
        Asked::Step(step) => {
            let record = service::act(&app, &staff, id, seen, step).await?;
            Outcome::Done(Box::new(record))
        }
        Asked::Correct(preview, reason) => Outcome::Proposed(
            corrections::propose_correction(&app, &staff, id, seen, preview, &reason).await?,
        ),
        Asked::Withdraw(reason, personal) => {
            corrections::withdraw(&app, &staff, id, seen, &reason, personal).await?
        }
    };
    Ok(match outcome {
        Outcome::Done(record) => {
            let view = StaffDisclosureView::of(&record, &staff);
            versioned_json(record.edition, &view)
        }
        Outcome::Proposed(proposed) => accepted_json(&proposed),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_action_is_read_first_and_then_its_own_body() {
        let read = |body| asked(body).ok();
        let note = Some("属实".to_owned());
        assert_eq!(
            read(json!({"action": "sign", "note": "属实"})),
            Some(Asked::Step(Step::Sign { note }))
        );
        let (note, photo) = (None, "token".to_owned());
        assert_eq!(
            read(json!({"action": "sign", "paper_file": "token"})),
            Some(Asked::Step(Step::SignOnPaper { note, photo }))
        );
        assert_eq!(
            read(json!({"action": "publish"})),
            Some(Asked::Step(Step::Publish))
        );
        assert_eq!(
            read(json!({"action": "withdraw", "reason": "重复"})),
            Some(Asked::Withdraw("重复".to_owned(), false))
        );
        for body in [
            json!({"action": "publish", "note": "x"}),
            json!({"action": "correct"}),
            json!({"action": "correct", "preview_id": "a b", "reason": "x"}),
            json!({"action": "withdraw"}),
            json!({"action": "drop_correction", "reason": "x"}),
            json!({"action": 1}),
            json!({}),
            json!([]),
        ] {
            assert!(asked(body.clone()).is_err(), "{body}");
        }
    }
}
