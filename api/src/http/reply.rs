//! Answers. A public read leaves the handler as its plain bytes: what is kept in memory, how it is packed, tagged and
//! known again is the edge's work ([`super::memory`], [`super::finished`]). A personal one nobody keeps.

use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use domain::time::Timestamp;
use serde::Serialize;

use super::finished::Draft;
use super::page::Page;

/// A public read: anybody may keep it for a minute and show it while asking again; this process keeps it until
/// something public changes.
///
/// What was read while somebody asked the clock for case time is not kept, because it may be another a moment later:
/// unless [`holds`] says how long it is right.
#[must_use]
pub fn public_json<T: Serialize>(_: &HttpRequest, value: &T) -> HttpResponse {
    match serde_json::to_vec(value) {
        Ok(bytes) => public_bytes(bytes, "application/json", None, None),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// A public page of a list.
#[must_use]
pub fn public_page<T: Serialize>(req: &HttpRequest, page: &Page<T>) -> HttpResponse {
    public_part(req, page, page.link(req.path(), req.query_string()))
}

/// A part of a list with more about the list around it; `link` leads to the next part.
#[must_use]
pub fn public_part<T: Serialize>(_: &HttpRequest, part: &T, link: Option<String>) -> HttpResponse {
    match serde_json::to_vec(part) {
        Ok(bytes) => public_bytes(bytes, "application/json", link, None),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// A public file to save.
#[must_use]
pub fn public_file(_: &HttpRequest, bytes: Vec<u8>, kind: &str, name: &str) -> HttpResponse {
    let disposition = format!("attachment; filename=\"{name}\"");
    public_bytes(bytes, kind, None, Some(disposition))
}

/// Says of a public read how long it is right in case time while nothing public changes: until that moment, or for
/// good with none. A list of what is due must not outlive the next due date.
#[must_use]
pub fn holds(mut response: HttpResponse, until: Option<Timestamp>) -> HttpResponse {
    if let Some(draft) = response.extensions_mut().get_mut::<Draft>() {
        draft.holds = Some(until);
    }
    response
}

/// A public text that is read where it is.
#[must_use]
pub fn public_text(_: &HttpRequest, bytes: Vec<u8>, kind: &str) -> HttpResponse {
    public_bytes(bytes, kind, None, None)
}

/// Says of a public read of `now` that it is right to the end of the day: what is due, late or taken down becomes so at
/// midnight.
#[must_use]
pub fn holds_today(response: HttpResponse, now: Timestamp) -> HttpResponse {
    match now.day().succ_opt() {
        Some(tomorrow) => holds(response, Some(Timestamp::start_of(tomorrow))),
        None => response,
    }
}

fn public_bytes(
    bytes: Vec<u8>,
    kind: &str,
    link: Option<String>,
    disposition: Option<String>,
) -> HttpResponse {
    let draft = Draft {
        plain: Bytes::from(bytes),
        kind: kind.to_owned(),
        link,
        disposition,
        holds: None,
    };
    let mut response = HttpResponse::Ok().finish();
    response.extensions_mut().insert(draft);
    response
}

/// Something personal: nobody keeps it.
#[must_use]
pub fn private_json<T: Serialize>(value: &T) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(("Cache-Control", "no-store"))
        .json(value)
}

/// The same with the version as `ETag`, for `If-Match`.
#[must_use]
pub fn versioned_json<T: Serialize>(version: i32, value: &T) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(("Cache-Control", "no-store"))
        .insert_header(("ETag", format!("\"{version}\"")))
        .json(value)
}

/// Something that waits for somebody else.
#[must_use]
pub fn accepted_json<T: Serialize>(value: &T) -> HttpResponse {
    HttpResponse::Accepted()
        .insert_header(("Cache-Control", "no-store"))
        .json(value)
}

/// Something newly made, with its version.
#[must_use]
pub fn created_json<T: Serialize>(version: i32, value: &T) -> HttpResponse {
    HttpResponse::Created()
        .insert_header(("Cache-Control", "no-store"))
        .insert_header(("ETag", format!("\"{version}\"")))
        .json(value)
}

/// A file for one reader, to be saved: the edge sees to it that nothing in it runs, and nobody on the way keeps it.
#[must_use]
pub fn sandboxed(bytes: Vec<u8>, kind: &'static str, name: &str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header(("Cache-Control", "no-store"))
        .insert_header((
            "Content-Disposition",
            format!("attachment; filename*=UTF-8''{name}"),
        ))
        .body(bytes)
}
