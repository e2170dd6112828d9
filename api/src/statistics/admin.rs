//! A desk's own numbers.

use actix_web::web::Data;
use actix_web::{HttpResponse, get};

use super::service;
use super::views::DashboardView;
use crate::app::App;
use crate::http::auth::Staff;
use crate::http::problem::{Problem, Problems};
use crate::http::reply::private_json;

/// A desk's own work in numbers
///
/// Due today, lights, backlog and rates of what this person may know of.
#[utoipa::path(
    operation_id = "dashboard", tag = "statistics",
    responses((status = 200, body = DashboardView), Problems)
)]
#[get("/admin/dashboard")]
pub async fn dashboard(app: Data<App>, staff: Staff) -> Result<HttpResponse, Problem> {
    Ok(private_json(&service::dashboard(&app, &staff.scope).await?))
}
