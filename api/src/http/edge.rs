//! What happens to every request on its way in and to every answer on its way out: an id, the headers that
//! tell browsers what not to do, and problem documents finished in the reader's language. A handler that
//! panics costs its own request and no other.

use std::panic::AssertUnwindSafe;
use std::sync::LazyLock;
use std::time::Instant;

use actix_http::ConnectionType;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, HeaderMap, HeaderName,
    HeaderValue, STRICT_TRANSPORT_SECURITY, TRANSFER_ENCODING,
};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};
use futures_util::FutureExt as _;
use tracing::Instrument as _;

use super::auth::given_receipt;
use super::memory::{Served, Wish};
use super::problem::Problem;
use super::{bare, cors, idle, lang, policy, slow};
use crate::app::App;
use crate::codes::Code;

/// The interactive docs are a packed third-party page: it writes styles and markup of its own.
const DOCS_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// Names and values that every answer has, ready to be handed out.
static HEADERS: LazyLock<[(HeaderName, HeaderValue); 6]> = LazyLock::new(|| {
    [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-frame-options", "DENY"),
        (
            "permissions-policy",
            "accelerometer=(), autoplay=(), camera=(self), display-capture=(), encrypted-media=(), \
             fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), \
             publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()",
        ),
    ]
    .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
});
static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The edge, as middleware around everything.
///
/// # Errors
/// Those of middleware further in, of which there is none: a handler's error becomes a problem document. And
/// a panic, with its finished answer, because the request that an answer belongs to went down with it.
pub async fn edge(
    app: web::Data<App>,
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let talk = idle::heard(&req);
    let mut answer = serve(app, req, next).await;
    if let Ok(response) = &mut answer {
        close_if_endless(response);
    }
    idle::answered(talk, answer.as_ref().ok());
    answer.map(bare::note)
}

/// The rest of a body without a length, of a request that was answered before all of it was read, would be heard out for as
/// long as it comes.
fn close_if_endless(response: &mut ServiceResponse<BoxBody>) {
    let request = response.request();
    let endless = request.headers().contains_key(TRANSFER_ENCODING);
    let reads = [Method::POST, Method::PUT, Method::PATCH].contains(request.method());
    if endless && (!reads || response.status().as_u16() >= 400) {
        let head = response.response_mut().head_mut();
        head.set_connection_type(ConnectionType::Close);
    }
}

async fn serve(
    app: web::Data<App>,
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let request_id = app.ids.request_id();
    // HEAD is GET without the body, which the connection leaves out by itself.
    if req.method() == Method::HEAD {
        req.head_mut().method = Method::GET;
    }
    let method = req.method().clone();
    let begun = Instant::now();
    let is_docs = req.path().starts_with("/api/docs");
    let origins = app.config.cors_origins.as_slice();
    if let Some(mut answer) = cors::preflight(req.request(), origins) {
        finish(&app, is_docs, &request_id, answer.headers_mut());
        cors::describe(req.request(), origins, answer.headers_mut());
        return Ok(req.into_response(answer));
    }
    let standing = match app.limits.admit(req.request()) {
        Ok(standing) => standing,
        Err(refused) => {
            let lang = lang::of(req.headers());
            let mut answer = refused.problem().respond(lang, req.path(), &request_id);
            finish(&app, is_docs, &request_id, answer.headers_mut());
            refused.describe(answer.headers_mut());
            cors::describe(req.request(), origins, answer.headers_mut());
            app.metrics.answered(&method, None, 429, begun.elapsed());
            return Ok(req.into_response(answer));
        }
    };
    let wish = Wish::of(req.request());
    let known = wish
        .as_ref()
        .and_then(|wish| app.memory.at_hand(&app, wish, begun, req.request()));
    let served = match known {
        Some((answer, route)) => Served {
            response: req.into_response(answer),
            route: Some(route),
        },
        // Apart, because what waits for a handler is large, and most requests need none.
        None => Box::pin(read(&app, wish, req, next, &request_id, begun)).await?,
    };
    let mut response = served.response;
    finish(&app, is_docs, &request_id, response.headers_mut());
    if let Some(standing) = standing {
        standing.describe(response.headers_mut());
    }
    if !origins.is_empty() {
        let (request, answer) = (response.request().clone(), response.headers_mut());
        cors::describe(&request, origins, answer);
    }
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    match served.route {
        Some(route) if status < 400 => route.answered(status, took),
        _ => {
            let route = response.request().match_pattern();
            app.metrics
                .answered(&method, route.as_deref(), status, took);
        }
    }
    Ok(response)
}

/// The answer to what never came to be a request: with what every answer has, and in Chinese, as nobody read what
/// language is wished for.
pub(super) fn alone(app: &App, code: Code) -> HttpResponse {
    let request_id = app.ids.request_id();
    let mut answer = Problem::new(code).respond(lang::Lang::Zh, "", &request_id);
    finish(app, false, &request_id, answer.headers_mut());
    answer
}

/// What is not at hand: the handler is asked, or somebody waited for who asks it.
async fn read(
    app: &App,
    wish: Option<Wish>,
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    request_id: &str,
    begun: Instant,
) -> Result<Served, Error> {
    let inside = |req| inside(app, req, next, request_id, begun);
    match wish {
        Some(wish) => app.memory.serve(app, wish, begun, req, inside).await,
        None => {
            let lang = lang::of(req.headers());
            app.memory.finish(app, lang, inside(req).await).await
        }
    }
}

/// The handler, and what became of it: problem documents in the reader's language.
async fn inside(
    app: &App,
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    request_id: &str,
    begun: Instant,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let _under_way = app.metrics.under_way();
    let lang = lang::of(req.headers());
    let (path, method) = (req.path().to_owned(), req.method().clone());
    slow::guard(&mut req);
    // The request must not be kept here: the router takes it apart in place, and panics when it is shared.
    // Handlers' and extractors' errors come back inside the response; only middleware could return one bare.
    // Whatever is logged meanwhile names the request, whatever the level of the log.
    let span = tracing::error_span!("request", request_id = %request_id);
    let caught = AssertUnwindSafe(next.call(req))
        .catch_unwind()
        .instrument(span)
        .await;
    let Ok(answered) = caught else {
        // The hook has logged where.
        let mut broken = Problem::new(Code::Internal).respond(lang, &path, request_id);
        finish(app, false, request_id, broken.headers_mut());
        app.metrics.answered(&method, None, 500, begun.elapsed());
        return Err(InternalError::from_response("a handler panicked", broken).into());
    };
    let answered = answered?.map_into_boxed_body();
    let finished = match answered.response().error() {
        // What a page or a service of somebody else's refuses without a word.
        None if is_mute(&answered) => of_status(answered.status()).respond(lang, &path, request_id),
        None => return Ok(answered),
        Some(error) => match error.as_error::<Problem>() {
            Some(problem) => {
                // The check digit tells a slip of the finger from a guess; only a guess was looked for.
                if problem.code() == Code::ReceiptUnknown
                    && given_receipt(answered.request().headers()).is_some()
                {
                    app.limits.wrong_receipt(answered.request());
                }
                problem.respond(lang, &path, request_id)
            }
            None => {
                of_status(error.as_response_error().status_code()).respond(lang, &path, request_id)
            }
        },
    };
    Ok(answered.into_response(finished))
}

/// A refusal that says nothing but its status.
fn is_mute(answered: &ServiceResponse<BoxBody>) -> bool {
    let status = answered.status();
    (status.is_client_error() || status.is_server_error())
        && matches!(
            answered.response().body().size(),
            BodySize::None | BodySize::Sized(0)
        )
}

/// The headers that every answer has.
fn finish(app: &App, is_docs: bool, request_id: &str, headers: &mut HeaderMap) {
    for (name, value) in HEADERS.iter() {
        headers.insert(name.clone(), value.clone());
    }
    // A web's shell comes with its own: the digests of its inlined stylesheet.
    if !headers.contains_key(CONTENT_SECURITY_POLICY) {
        let csp = if headers.contains_key(CONTENT_DISPOSITION) {
            policy::FILE
        } else if is_docs {
            DOCS_CSP
        } else {
            policy::BASE
        };
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(csp));
    }
    if app.config.is_https() {
        headers.insert(
            STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
    if let Ok(value) = HeaderValue::from_str(request_id) {
        headers.insert(REQUEST_ID.clone(), value);
    }
    // Where nobody decided, nobody keeps.
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

/// An error of the framework itself, by its status.
fn of_status(status: StatusCode) -> Problem {
    Problem::new(match status.as_u16() {
        400 => Code::MalformedJson,
        404 => Code::NoRoute,
        405 => Code::MethodNotAllowed,
        413 => Code::TooLarge,
        415 => Code::UnsupportedMediaType,
        status if status >= 500 => Code::Internal,
        _ => Code::InvalidBody,
    })
}
