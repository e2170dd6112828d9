//! What belongs to no feature: the clocks, health, the explanation of problem codes.

use std::net::IpAddr;
use std::time::Duration;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use serde::Serialize;
use store::audit::chain::{self, Condition};
use store::{StoreError, Tx, durability, migrate};
use utoipa::ToSchema;

use crate::app::App;
use crate::audit::watch;
use crate::codes::Code;
use crate::http::lang::{Lang, Reader};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::private_json;
use crate::ports::clock::{JUMP_SECONDS, wall_jump_seconds};
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

/// The two clocks
///
/// Case time, by which limits, postings and statistics are counted (a demonstration may begin anywhere and go faster), and
/// wall time, by which tokens live; both with the offset of China (UTC+8).
#[utoipa::path(tag = "system", responses((status = 200, body = TimeView), Problems))]
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
    /// False also once it was told to stop, while requests under way are finished.
    ready: bool,
    database: bool,
    /// Whether the database has every migration this program knows.
    migrations: bool,
    /// A queue that is away leaves the process ready: the sweep feeds its worker.
    queue: QueueState,
    /// Seconds by which the machine's clock was moved since the process began.
    clock_jump_seconds: i64,
    /// Why it is not ready, or what an operator should look at; nothing when all is well.
    reasons: Vec<String>,
}

/// What a look at the database shows.
struct Seen {
    lacks: Vec<String>,
    newer: Option<String>,
    read_only: bool,
    /// None without its tables.
    chain: Option<Condition>,
}

fn look(tx: &mut Tx<'_>) -> Result<Seen, StoreError> {
    Ok(Seen {
        lacks: migrate::missing(tx)?,
        newer: migrate::newer(tx)?,
        read_only: durability::is_read_only(tx)?,
        // Last, because its failure ends the transaction.
        chain: chain::condition(tx).ok(),
    })
}

/// How long an answer waits for a write that only tries.
const TRYING: Duration = Duration::from_millis(500);

/// Whether PostgreSQL refuses because it has given out all its connections.
fn has_no_connection_left(error: &StoreError) -> bool {
    let words = error.to_string();
    [
        "too many clients",
        "too many connections",
        "connection slots",
    ]
    .into_iter()
    .any(|said| words.contains(said))
}

/// Requests can be served: the database answers, has the schema and takes writes, and nobody has told the program to stop. What
/// an operator should look at stands beside it.
#[get("/readyz")]
pub async fn readyz(app: Data<App>) -> HttpResponse {
    let looking = app.db.look(look);
    let (seen, queue) = futures_util::future::join(looking, app.queue.state()).await;
    if seen.is_ok() {
        // Within the two seconds of an answer; a try that takes longer goes on without it.
        let trying = tokio::time::timeout(TRYING, app.db.try_room());
        let _ = trying.await;
    }
    let jump = wall_jump_seconds();
    let mut reasons = Vec::new();
    let (database, migrations) = match &seen {
        Ok(seen) => (true, seen.lacks.is_empty()),
        Err(_) => (false, false),
    };
    match &seen {
        // Its words may name a host.
        Err(error) if has_no_connection_left(error) => reasons.push(
            "PostgreSQL has no connection left for this process: raise its max_connections"
                .to_owned(),
        ),
        Err(_) => reasons.push("the database does not answer".to_owned()),
        Ok(seen) => {
            if !seen.lacks.is_empty() {
                let lacks = seen.lacks.join(", ");
                reasons.push(format!("migrations are missing: {lacks}"));
            }
            if seen.read_only {
                reasons.push("the database is read-only: it takes no writes".to_owned());
            }
        }
    }
    if app.db.is_full() {
        reasons.push(
            "the disk of the database is full or fails: the last write found no room".to_owned(),
        );
    }
    if app.leaving.is_set() || app.stopping.is_set() {
        reasons.push("the process was told to stop".to_owned());
    }
    let ready = reasons.is_empty();
    if !queue.up {
        reasons.push("the queue is away; the sweep does its work".to_owned());
    }
    reasons.extend(queue.warnings.iter().cloned());
    if database {
        reasons.extend(late_clocks(&app).await);
    }
    if let Some(seconds) = app.mailer.ill_for() {
        reasons.push(format!(
            "letters do not go: for {seconds} s {}; the log has its words",
            app.mailer.what_fails()
        ));
    }
    reasons.extend(trouble_with_files(&app).await);
    if jump.abs() > JUMP_SECONDS {
        reasons.push("the machine's clock was moved: check it, then restart".to_owned());
    }
    if let Ok(seen) = seen {
        if let Some(name) = seen.newer {
            reasons.push(format!(
                "the database has the migration {name}, which this program does not know: use the newer program"
            ));
        }
        let audit = seen
            .chain
            .map(|chain| watch::reasons(&chain, app.clocks.wall()));
        reasons.extend(audit.unwrap_or_default());
    }
    let body = Readiness {
        ready,
        database,
        migrations,
        queue,
        clock_jump_seconds: jump,
        reasons,
    };
    if ready {
        HttpResponse::Ok().json(body)
    } else {
        HttpResponse::ServiceUnavailable().json(body)
    }
}

/// That photos are not taken or not shown.
async fn trouble_with_files(app: &App) -> Option<String> {
    let files = app.files.clone();
    let looking = tokio::task::spawn_blocking(move || files.trouble());
    match tokio::time::timeout(TRYING, looking).await {
        Ok(Ok(trouble)) => trouble,
        Ok(Err(_)) | Err(_) => Some("the folder of the attachments does not answer".to_owned()),
    }
}

/// Wall time after which a clock that nobody has in hand is worth a word: sweeps are seconds apart.
const LATE_SECONDS: i64 = 60;

/// That clocks wait and nobody takes them.
async fn late_clocks(app: &App) -> Option<String> {
    let (now, wall) = (app.clocks.case(), app.clocks.wall());
    let next = app
        .db
        .look(move |tx| store::timers::next_mark(tx, wall))
        .await;
    let patience = LATE_SECONDS.saturating_mul(app.clocks.speed());
    let late = now.plus_seconds(patience.saturating_neg());
    // A database that is away was told of.
    next.ok()?.is_some_and(|next| next < late).then(|| {
        format!("clocks are overdue for more than {LATE_SECONDS} s and nobody has taken them; is a worker running?")
    })
}

/// What the process counts, in the text format of OpenMetrics. For whoever watches the machine, never for the
/// public: to anybody who comes through a proxy, or from an address that is not a private one, it is not there.
#[get("/metrics")]
pub async fn metrics(app: Data<App>, req: HttpRequest) -> Result<HttpResponse, Problem> {
    let through_proxy = ["forwarded", "x-forwarded-for", "x-real-ip", "via"]
        .iter()
        .any(|name| req.headers().contains_key(*name));
    let inside = req.peer_addr().is_some_and(|peer| is_inside(peer.ip()));
    if through_proxy || !inside {
        return Err(Problem::new(Code::NoRoute));
    }
    let text = crate::metrics::gather(&app)
        .await
        .map_err(|_| Problem::new(Code::Internal))?;
    Ok(HttpResponse::Ok()
        .content_type(crate::metrics::CONTENT_TYPE)
        .body(text))
}

/// Loopback, RFC 1918, or RFC 4193.
fn is_inside(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local(),
    }
}

/// Where to report a weakness (RFC 9116). It is true for half a year from when it is read.
#[get("/.well-known/security.txt")]
pub async fn security_txt(app: Data<App>) -> HttpResponse {
    let expires = app.clocks.wall().plus_seconds(182 * 86_400);
    let config = &app.config;
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header(("Cache-Control", "public, max-age=86400"))
        .body(format!(
            "Contact: {}\nExpires: {expires}\nPreferred-Languages: zh, en\n{}",
            config.security_contact,
            canonical(&config.public_url)
        ))
}

/// Where this lies, by `PUBLIC_URL`; an address without TLS is none that RFC 9116 allows, as in a demo.
fn canonical(public_url: &str) -> String {
    if public_url.starts_with("https://") {
        format!("Canonical: {public_url}/.well-known/security.txt\n")
    } else {
        "# Set PUBLIC_URL to the https address of this installation: Canonical must be one.\n"
            .to_owned()
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
