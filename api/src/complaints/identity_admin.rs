//! The endpoints about who complainants are. What only the vault can do is below `/admin/vault`; all of them but the
//! list ask for a fresh code.

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use domain::complaint::identity::{IdentityReason, REASON_MAX, REASON_MIN};
use domain::complaint::intake::Identity;
use domain::id::{ComplaintId, ProposalId};
use serde::Deserialize;
use store::identities::Filter;
use utoipa::{IntoParams, ToSchema};

use super::identity::{self, Shown};
use super::identity_views::{IdentityRequestPage, IdentityView, ReissuedView};

use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;
use crate::http::auth::Guarded;
use crate::http::body::{Body, Params, Segment};
use crate::http::key;
use crate::http::page::{Page, Want};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::{accepted_json, private_json};
use crate::http::words::words;
use crate::propose::ProposedView;

/// Why an identity is to be opened.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestIdentity {
    /// Whose.
    pub complaint_id: ComplaintId,
    /// What for; the complainant reads it. Not `receipt_reissued` or `reissue_refused`, which come of themselves.
    pub reason_code: IdentityReason,
    /// Why, for the second person and for later: 10 to 2000 characters.
    #[schema(min_length = 10, max_length = 2000)]
    pub reason: String,
}

/// Which requests to show.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct IdentityRequestParams {
    /// About this case: its id.
    complaint_id: Option<String>,
    /// Rows, 1 to 100, default 20.
    limit: Option<u32>,
    /// Where the page begins.
    cursor: Option<String>,
}

/// One's own requests about who complainants are
///
/// One's own requests, to read an identity or for a new receipt, the newest first; `may_use` says which may be used now.
/// What waits for one's own decision is among the proposals.
#[utoipa::path(
    operation_id = "identity_requests", tag = "identities",
    params(IdentityRequestParams),
    responses((status = 200, body = IdentityRequestPage), Problems)
)]
#[get("/admin/identity-requests")]
pub async fn identity_requests(
    app: Data<App>,
    req: HttpRequest,
    guarded: Guarded<Params<IdentityRequestParams>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, params) = guarded;
    let want = Want::read(params.0.limit, params.0.cursor.as_deref())?;
    let filter = Filter {
        complaint: params.0.complaint_id,
        after: want.after.clone(),
        limit: want.rows(),
    };
    let rows = identity::list(&app, &staff, filter).await?;
    let page = Page::cut(
        rows,
        &want,
        |(_, place, id)| (*place, id.clone()),
        |(item, _, _)| item,
    );
    Ok(page.private(&req))
}

/// Ask to open a sealed identity
///
/// Ask to read who filed a case. A second person decides; then it is read once, at
/// `POST /admin/vault/identity-requests/{id}/read`. The complainant sees day, level and reason code. 409
/// `case_anonymous`, 410 `identity_erased`.
#[utoipa::path(
    operation_id = "request_identity", tag = "identities",
    request_body = RequestIdentity,
    responses((status = 202, body = ProposedView, description = "It waits for a second person"), Problems)
)]
#[post("/admin/identity-requests")]
pub async fn request_identity(
    app: Data<App>,
    guarded: Guarded<Body<RequestIdentity>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, body) = guarded;
    let RequestIdentity {
        complaint_id,
        reason_code,
        reason,
    } = body.0;
    if !reason_code.may_be_given() {
        return Err(ServiceError::at("/reason_code", Code::OutOfRange).into());
    }
    let reason = words("/reason", &reason, REASON_MIN, REASON_MAX)?;
    let made = identity::request(&app, &staff, complaint_id, reason_code, reason).await?;
    Ok(accepted_json(&made))
}

/// What somebody shows who has lost a receipt. Of name, telephone and address whatever was shown; at least one. Where a
/// name was given at filing it is the name that counts, and nothing that is shown may differ from what was given.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReissueReceipt {
    /// Whose.
    pub complaint_id: ComplaintId,
    /// The name, as on the document.
    pub name: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
    /// The mail address.
    pub email: Option<String>,
    /// How the identity was checked, for the second person and for later: 10 to 2000 characters. Nothing personal
    /// belongs in it.
    #[schema(min_length = 10, max_length = 2000)]
    pub reason: String,
}

/// Ask for a new receipt code in the place of a lost one
///
/// Ask for a new receipt code for somebody who has lost his and has shown who he is. The county decides; what was
/// shown is kept sealed and compared in the vault when the code is fetched
/// (`POST /admin/vault/receipts/{id}/reissue`), and nobody reads it. 409 `case_anonymous`.
#[utoipa::path(
    operation_id = "reissue_receipt", tag = "identities",
    request_body = ReissueReceipt,
    responses((status = 202, body = ProposedView, description = "It waits for a second person"), Problems)
)]
#[post("/admin/receipts/reissue")]
pub async fn reissue_receipt(
    app: Data<App>,
    guarded: Guarded<Body<ReissueReceipt>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, body) = guarded;
    let body = body.0;
    let reason = words("/reason", &body.reason, REASON_MIN, REASON_MAX)?;
    let given = |pointer: &str, text: Option<String>| {
        let text = text.filter(|text| !text.trim().is_empty());
        text.map(|text| words(pointer, &text, 1, 254)).transpose()
    };
    let identity = Identity {
        name: given("/name", body.name)?,
        phone: given("/phone", body.phone)?,
        email: given("/email", body.email)?,
    };
    if identity.name.is_none() && identity.phone.is_none() && identity.email.is_none() {
        return Err(ServiceError::at("/name", Code::Required).into());
    }
    let shown = Shown {
        identity,
        words: reason,
    };
    let made = identity::request_receipt(&app, &staff, body.complaint_id, shown).await?;
    Ok(accepted_json(&made))
}

/// Read a sealed identity, once
///
/// Read who filed: once, by whoever asked, after the second person's approval. Only a process with the role `vault`
/// can: others answer 503 `vault_elsewhere`, and nothing is used up. 409 `shown_once` the second time, 410
/// `identity_erased`, 503 `vault_key_missing` when the county's key is not there.
#[utoipa::path(
    operation_id = "read_identity", tag = "identities",
    params(("id" = String, Path, description = "The request's")),
    responses((status = 200, body = IdentityView, description = "Shown this once; nobody keeps it"), Problems)
)]
#[post("/admin/vault/identity-requests/{id}/read")]
pub async fn read_identity(
    app: Data<App>,
    guarded: Guarded<Segment<ProposalId>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, id) = guarded;
    Ok(private_json(&identity::read(&app, &staff, id.0).await?))
}

/// Fetch a receipt code that was issued anew, once
///
/// Fetch the new receipt code: once, by whoever asked, after the county's approval, and if what was shown is what was
/// sealed when the case was filed; the old code is dead from then on. With an `Idempotency-Key` an answer lost on its way
/// comes again, as long as that code is in force. 409 `identity_mismatch`: the request is used up. Only a process with
/// the role `vault` can: others answer 503 `vault_elsewhere`.
#[utoipa::path(
    operation_id = "collect_receipt", tag = "identities",
    params(
        ("id" = String, Path, description = "The request's"),
        ("Idempotency-Key" = Option<String>, Header, description = "22 to 128 characters; a retry gets the same answer")
    ),
    responses((status = 200, body = ReissuedView, description = "Shown this once; nobody keeps it"), Problems)
)]
#[post("/admin/vault/receipts/{id}/reissue")]
pub async fn collect_receipt(
    app: Data<App>,
    req: HttpRequest,
    guarded: Guarded<Segment<ProposalId>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, id) = guarded;
    let key = key::given(&req)?;
    let given = identity::collect(&app, &staff, id.0, key).await?;
    let mut response = private_json(&ReissuedView {
        number: given.number,
        receipt_code: given.receipt.reveal().to_owned(),
    });
    if given.replayed {
        let name = HeaderName::from_static("idempotent-replay");
        let value = HeaderValue::from_static("true");
        response.headers_mut().insert(name, value);
    }
    Ok(response)
}
