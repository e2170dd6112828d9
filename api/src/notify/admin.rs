//! What those who run the installation call.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use store::outbox::DeadLetter;
use utoipa::{IntoParams, ToSchema};

use super::dead;
use crate::app::App;
use crate::http::auth::Guarded;
use crate::http::body::{Params, Segment};
use crate::http::page::{Page, Want};
use crate::http::problem::{Problem, Problems};

/// How many and from where.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeadQuery {
    /// Rows of a page, 1 to 100; 20 without.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A letter that did not go. What it says, and about which case, is not shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeadLetterView {
    id: String,
    /// Which letter of ours.
    template: String,
    /// Whom it is for.
    reader: Option<String>,
    /// Case time of its writing.
    created_at: Timestamp,
    /// How often it was tried.
    attempts: i32,
    /// What the last try met; up to 300 characters.
    last_error: Option<String>,
}

impl From<DeadLetter> for DeadLetterView {
    fn from(letter: DeadLetter) -> Self {
        let short = |text: String| text.chars().take(300).collect();
        Self {
            id: letter.id,
            template: letter.template,
            reader: letter.reader,
            created_at: letter.created_at,
            attempts: letter.attempts,
            last_error: letter.last_error.map(short),
        }
    }
}

/// Letters that did not go
///
/// The letters that did not go, the newest first.
#[utoipa::path(
    operation_id = "list_dead_letters", tag = "notices",
    params(DeadQuery),
    responses((status = 200, body = Page<DeadLetterView>), Problems)
)]
#[get("/admin/dead-letters")]
pub async fn dead_letters(
    app: Data<App>,
    req: HttpRequest,
    guarded: Guarded<Params<DeadQuery>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(_, query) = guarded;
    let want = Want::read(query.0.limit, query.0.cursor.as_deref())?;
    let limit = want.rows();
    let rows = dead::list(&app, want.after.clone(), limit).await?;
    let page = Page::cut(
        rows,
        &want,
        |letter| (letter.created_at.micros(), letter.id.clone()),
        DeadLetterView::from,
    );
    Ok(page.private(&req))
}

/// Send a letter again
///
/// Send one again, with the same Message-ID as before.
#[utoipa::path(
    operation_id = "retry_dead_letter", tag = "notices",
    params(("id" = String, Path)),
    responses((status = 204, description = "It will be tried again"), Problems)
)]
#[post("/admin/dead-letters/{id}/retry")]
pub async fn retry_dead_letter(
    app: Data<App>,
    guarded: Guarded<Segment<String>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, id) = guarded;
    dead::retry(&app, &staff.scope, id.0).await?;
    Ok(HttpResponse::NoContent().finish())
}
