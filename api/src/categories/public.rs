//! Kinds and categories for everybody.

use actix_web::{HttpRequest, HttpResponse, get};

use super::views::CategoriesView;
use crate::http::lang::Reader;
use crate::http::problem::Problems;
use crate::http::reply::public_json;

/// Kinds and categories, and for what is not taken here the right door
///
/// What `kind` and `category` of a filing may be, each with its words in the language asked for, and for what is not
/// taken here (emergencies, hotlines, other offices) whom to turn to instead.
#[utoipa::path(
    operation_id = "get_categories", tag = "complaints",
    responses((status = 200, body = CategoriesView), Problems)
)]
#[get("/categories")]
pub async fn categories(req: HttpRequest, reader: Reader) -> HttpResponse {
    public_json(&req, &CategoriesView::in_lang(reader.0))
}
