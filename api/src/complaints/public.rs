//! What complainants call.

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use domain::complaint::action::Action;
use domain::complaint::intake::Channel;
use domain::policy::Stage;
use domain::region::RegionCode;
use serde::Deserialize;
use serde_json::Value;
use store::answers::Filter;
use utoipa::IntoParams;

use super::actions::{Own, own_act};
use super::explain::{self, ExplanationView, Which};
use super::intake::{self, Attempt};
use super::questions::{self, QuestionPage};
use super::requests::{
    DisputeRequest, FilingRequest, RatingRequest, WithdrawRequest, WordsRequest,
};
use super::service;
use super::views::{ComplaintView, FiledView};
use crate::app::App;
use crate::codes::Code;
use crate::http::auth::Receipt;
use crate::http::body::{Body, Params, Segment, from_value};
use crate::http::key;
use crate::http::lang::Reader;
use crate::http::page::{Page, Want};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::{private_json, public_page};
use crate::http::words::{some_words, words};

/// File a complaint
///
/// File a complaint, question, suggestion or request for help.
///
/// Needs an `Idempotency-Key` of at least 16 random bytes (22 to 128 characters). Sent again with the same
/// key and body, however late, the answer is the same, with `Idempotent-Replay: true`; once its receipt was lost and
/// issued anew, the first code is dead, and the answer is 409 `receipt_reissued`.
#[utoipa::path(
    tag = "complaints",
    params(("Idempotency-Key" = String, Header, description = "22 to 128 characters from at least 16 random bytes")),
    request_body = FilingRequest,
    responses(
        (status = 201, body = FiledView, headers(("Idempotent-Replay" = String, description = "`true` where this was filed before with the same key"))),
        (status = 409, body = crate::http::problem::ProblemDocument, content_type = "application/problem+json", description = "`receipt_reissued`: it was filed with this key, and its receipt was issued anew since. `in_flight`: the same is being filed at this moment; come back after Retry-After"),
        Problems
    )
)]
#[post("/complaints")]
pub async fn file(
    app: Data<App>,
    req: HttpRequest,
    body: Body<Value>,
) -> Result<HttpResponse, Problem> {
    let key = key::given(&req)?.ok_or_else(|| Problem::new(Code::IdempotencyKeyRequired))?;
    let request: FilingRequest = from_value(body.0.clone())?;
    let attempt = Attempt {
        key,
        body: body.0,
        request,
        channel: Channel::Web,
        taken_by: None,
    };
    filed(&app, attempt).await
}

/// Takes a filing and answers with its receipt, this once.
pub(super) async fn filed(app: &Data<App>, attempt: Attempt) -> Result<HttpResponse, Problem> {
    let filed = match intake::file(app, attempt).await {
        Ok(filed) => filed,
        Err(crate::error::ServiceError::Rule(Code::InFlight)) => {
            return Err(Problem::new(Code::InFlight).retry_after(1));
        }
        Err(error) => return Err(error.into()),
    };
    let mut view = filed.view;
    if let Some(fields) = view.as_object_mut() {
        fields.insert("receipt_code".into(), filed.receipt.reveal().into());
        fields.insert("promise".into(), Value::Null);
    }
    let mut response = HttpResponse::Created();
    response.insert_header(("Cache-Control", "no-store"));
    if filed.replayed {
        response.insert_header(("Idempotent-Replay", "true"));
    }
    Ok(response.json(view))
}

/// Look up one's own case
///
/// The receipt code goes in the header `X-Receipt-Code`, never into an address. State, light, clocks with their dates,
/// what was done and said, photos, the answer, and what the complainant may do next. A wrong code and a missing case
/// are the same 404; many wrong ones are slowed down for their source, and no case is ever locked.
#[utoipa::path(
    tag = "receipt",
    security(("receipt" = [])),
    responses((status = 200, body = ComplaintView), Problems)
)]
#[get("/receipt")]
pub async fn receipt(app: Data<App>, code: Receipt) -> Result<HttpResponse, Problem> {
    Ok(private_json(&service::own(&app, &code.0).await?))
}

/// Which round of a stage.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RoundQuery {
    /// 1, 2 …; the latest without.
    #[param(minimum = 1)]
    pub round: Option<u32>,
}

/// Why a limit of one's own case ends when it does
///
/// Why a limit ends when it does: every day that did not count, pauses, extensions, the policy and the
/// calendar it was counted with, and the dates it had before.
#[utoipa::path(
    operation_id = "explain_own_timer", tag = "receipt",
    security(("receipt" = [])),
    params(("stage" = Stage, Path), RoundQuery),
    responses((status = 200, body = ExplanationView), Problems)
)]
#[get("/receipt/timers/{stage}/explain")]
pub async fn explain_own(
    app: Data<App>,
    code: Receipt,
    stage: Segment<String>,
    query: Params<RoundQuery>,
    reader: Reader,
) -> Result<HttpResponse, Problem> {
    let which = which(&stage.0, query.0.round)?;
    let view = explain::own(&app, &code.0, which, reader.0).await?;
    Ok(private_json(&view))
}

/// The timer a path and a query name; what cannot exist is not found.
pub(super) fn which(stage: &str, round: Option<u32>) -> Result<Which, Problem> {
    let stage = Stage::parse(stage).ok_or_else(|| Problem::new(Code::NotFound))?;
    Ok(Which { stage, round })
}

/// Does it and shows the case after it.
async fn done(app: &Data<App>, code: &Receipt, own: Own) -> Result<HttpResponse, Problem> {
    let (view, replayed) = own_act(app, &code.0, own).await?;
    let mut response = private_json(&view);
    if replayed {
        let name = HeaderName::from_static("idempotent-replay");
        let value = HeaderValue::from_static("true");
        response.headers_mut().insert(name, value);
    }
    Ok(response)
}

/// Write a message about one's own case
///
/// For the units that handle the case; it stands among the messages of `GET /receipt`.
#[utoipa::path(
    tag = "receipt",
    security(("receipt" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "22 to 128 characters; sent again with the same key, the words are kept once")),
    request_body = WordsRequest,
    responses((status = 200, body = ComplaintView), Problems)
)]
#[post("/receipt/messages")]
pub async fn message(
    app: Data<App>,
    req: HttpRequest,
    code: Receipt,
    body: Body<WordsRequest>,
) -> Result<HttpResponse, Problem> {
    let text = words("/text", &body.0.text, 1, 4000)?;
    let own = Own {
        action: Action::Message { text },
        attachments: body.0.attachments,
        key: key::given(&req)?,
    };
    done(&app, &code, own).await
}

/// Supplement one's own case
///
/// What the desk asked for (`state` is `awaiting_supplement`): the clock that stood still since runs on from here.
#[utoipa::path(
    tag = "receipt",
    security(("receipt" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "22 to 128 characters; sent again with the same key, the words are kept once")),
    request_body = WordsRequest,
    responses((status = 200, body = ComplaintView), Problems)
)]
#[post("/receipt/supplement")]
pub async fn supplement(
    app: Data<App>,
    req: HttpRequest,
    code: Receipt,
    body: Body<WordsRequest>,
) -> Result<HttpResponse, Problem> {
    let text = words("/text", &body.0.text, 1, 4000)?;
    let own = Own {
        action: Action::Supplement { text },
        attachments: body.0.attachments,
        key: key::given(&req)?,
    };
    done(&app, &code, own).await
}

/// Rate the answer
///
/// Whether the answer helped, once the case is answered; what rates low can be disputed too.
#[utoipa::path(
    tag = "receipt",
    security(("receipt" = [])),
    request_body = RatingRequest,
    responses((status = 200, body = ComplaintView), Problems)
)]
#[post("/receipt/rating")]
pub async fn rating(
    app: Data<App>,
    code: Receipt,
    body: Body<RatingRequest>,
) -> Result<HttpResponse, Problem> {
    let comment = some_words("/comment", body.0.comment.as_deref(), 1000)?;
    let action = Action::Rate {
        rating: body.0.rating,
        comment,
    };
    done(&app, &code, action.into()).await
}

/// Dispute the answer or a withdrawal
///
/// The complainant does not accept it: one level up, once in a case's life.
#[utoipa::path(
    tag = "receipt",
    security(("receipt" = [])),
    request_body = DisputeRequest,
    responses((status = 200, body = ComplaintView), Problems)
)]
#[post("/receipt/dispute")]
pub async fn dispute(
    app: Data<App>,
    code: Receipt,
    body: Body<DisputeRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = words("/reason", &body.0.reason, 1, 2000)?;
    done(&app, &code, Action::Dispute { reason }.into()).await
}

/// Withdraw one's own case
///
/// The complainant takes it back. May be disputed later: pressure happens.
#[utoipa::path(
    tag = "receipt",
    security(("receipt" = [])),
    request_body = WithdrawRequest,
    responses((status = 200, body = ComplaintView), Problems)
)]
#[post("/receipt/withdraw")]
pub async fn withdraw(
    app: Data<App>,
    code: Receipt,
    body: Body<WithdrawRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = some_words("/reason", body.0.reason.as_deref(), 2000)?;
    done(&app, &code, Action::Withdraw { reason }.into()).await
}

/// Which published answers to show.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct QuestionParams {
    /// About this ledger line, disclosure or power item.
    about: Option<String>,
    /// Rows, 1 to 100, default 20.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// Where the page begins.
    cursor: Option<String>,
}

/// Answers published for everybody
///
/// Answers written for everybody in a region and inside it, the newest first. Nothing personal is in them.
#[utoipa::path(
    operation_id = "questions_of_region", tag = "questions",
    params(("code" = RegionCode, Path, description = "The region's code"), QuestionParams),
    responses((status = 200, body = QuestionPage), Problems)
)]
#[get("/regions/{code}/questions")]
pub async fn questions_of_region(
    app: Data<App>,
    req: HttpRequest,
    code: Segment<RegionCode>,
    params: Params<QuestionParams>,
) -> Result<HttpResponse, Problem> {
    let want = Want::read(params.0.limit, params.0.cursor.as_deref())?;
    let filter = Filter {
        region: code.0,
        about: params.0.about,
        after: want.after.clone(),
        limit: want.rows(),
    };
    let rows = questions::list(&app, filter).await?;
    let page = Page::cut(
        rows,
        &want,
        |(_, place, id)| (*place, id.clone()),
        |(item, _, _)| item,
    );
    Ok(public_page(&req, &page))
}
