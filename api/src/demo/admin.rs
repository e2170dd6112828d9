//! The one endpoint that only a demo has.

use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;

use super::people::{DemoAccount, offered};
use crate::app::App;
use crate::codes::Code;
use crate::http::problem::{Problem, Problems};
use crate::http::reply::private_json;

/// The accounts of a demo.
#[derive(Serialize, ToSchema)]
pub struct DemoAccounts {
    items: Vec<DemoAccount>,
}

/// The accounts of a demo; 404 everywhere else
///
/// Every account of a demo with its password and its code of this moment, for the login page to fill in.
/// Where no demo is served there is no such address.
#[utoipa::path(
    operation_id = "demo_accounts", tag = "accounts",
    responses((status = 200, body = DemoAccounts), Problems),
    security(())
)]
#[get("/auth/demo-accounts")]
pub async fn accounts(app: Data<App>) -> Result<HttpResponse, Problem> {
    if !app.is_demo {
        return Err(Problem::new(Code::NoRoute));
    }
    let items = offered(&app.config.data_dir, app.clocks.wall()).map_err(|error| {
        tracing::error!(%error, "the demo's accounts cannot be offered");
        Problem::new(Code::Internal)
    })?;
    Ok(private_json(&DemoAccounts { items }))
}
