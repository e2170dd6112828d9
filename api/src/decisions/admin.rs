//! What staff call.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use domain::id::ProposalId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::decide::{Decision, decide};
use crate::app::App;
use crate::http::auth::Guarded;
use crate::http::body::{Body, Segment};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::private_json;
use crate::http::words::some_words;
use crate::proposals::views::ProposalView;

/// What the second person says.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionRequest {
    /// Yes or no.
    pub approve: bool,
    /// Up to 2000 characters.
    pub note: Option<String>,
}

/// Be the second person
///
/// Approve or refuse what somebody else proposed. Needs no `If-Match`: a proposal is void when what it is
/// about has changed. A yes to an identity, a receipt, a file of cases or an account asks for a fresh code
/// (`POST /auth/step-up`), as asking for it did.
#[utoipa::path(
    operation_id = "decide_proposal", tag = "proposals",
    params(("id" = String, Path)),
    request_body = DecisionRequest,
    responses((status = 200, body = ProposalView), Problems)
)]
#[post("/admin/proposals/{id}/decision")]
pub async fn decision(
    app: Data<App>,
    guarded: Guarded<(Segment<ProposalId>, Body<DecisionRequest>)>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, (id, body)) = guarded;
    let said = Decision {
        approve: body.0.approve,
        note: some_words("/note", body.0.note.as_deref(), 2000)?,
        is_sure: staff.is_sure,
    };
    Ok(private_json(&decide(&app, &staff, id.0, said).await?))
}
