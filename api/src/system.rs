//! What belongs to no feature: the clocks, health, the explanation of problem codes.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::codes::Code;
use crate::http::lang::{Lang, Reader};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::private_json;
use crate::ports::queue::QueueState;

/// The two clocks.
#[derive(Serialize, ToSchema)]
pub struct TimeView {
    /// What complaints are promised by; runs fast in a demo.
    case_time: domain::time::Timestamp,
    /// What tokens and codes live by.
    wall_time: domain::time::Timestamp,
    /// Case seconds in a wall second.
    speed: i64,
}

/// The two clocks.
#[utoipa::path(tag = "system", summary = "The two clocks", responses((status = 200, body = TimeView), Problems))]
#[get("/time")]
pub async fn time(app: Data<App>) -> HttpResponse {
    let clocks = &app.clocks;
    private_json(&TimeView {
        case_time: clocks.case(),
        wall_time: clocks.wall(),
        speed: clocks.speed(),
    })
}

/// The process lives.
#[get("/livez")]
pub async fn livez() -> &'static str {
    "ok"
}

#[derive(Serialize)]
struct Readiness {
    ready: bool,
    database: bool,
    /// A queue that is away leaves the process ready: the sweep feeds its worker.
    queue: QueueState,
}

/// Requests can be served: the database answers. What an operator should look at stands beside it.
#[get("/readyz")]
pub async fn readyz(app: Data<App>) -> HttpResponse {
    let database = app.db.read(store::installation::clock_base).await.is_ok();
    let body = Readiness {
        ready: database,
        database,
        queue: app.queue.state().await,
    };
    if database {
        HttpResponse::Ok().json(body)
    } else {
        HttpResponse::ServiceUnavailable().json(body)
    }
}

/// What a problem's code means, for whoever follows its `type`.
#[get("/api/problems/{code}")]
pub async fn problem(code: Path<String>, reader: Reader) -> Result<HttpResponse, Problem> {
    let wanted = code.into_inner();
    let found = Code::ALL
        .iter()
        .find(|code| code.as_str() == wanted)
        .ok_or_else(|| Problem::new(Code::NotFound))?;
    let (first, second) = match reader.0 {
        Lang::Zh => (found.zh(), found.en()),
        Lang::En => (found.en(), found.zh()),
    };
    Ok(HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header(("Cache-Control", "public, max-age=86400"))
        .insert_header(("Vary", "Accept-Language"))
        .body(format!(
            "{} ({})\n{first}\n{second}\n",
            found.as_str(),
            found.status()
        )))
}
