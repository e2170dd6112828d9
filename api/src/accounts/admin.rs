//! The endpoints under `/auth`.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use utoipa::IntoParams;

use super::login::{self as door, Proof};
use super::service::Session;
use super::views::{
    EnrolRequest, EnrolmentView, LoginRequest, MeView, PasswordRequest, RecoveryCodesView,
    SessionView, StaffView, StepUpRequest, SteppedUpView,
};
use super::{enrolment, own_password, recovery, service};
use crate::app::App;
use crate::codes::Code;
use crate::error::FieldFault;
use crate::http::auth::{Guarded, STEP_UP_SECONDS, Staff};
use crate::http::body::Body;
use crate::http::origin::OwnOrigin;
use crate::http::problem::{Problem, Problems};
use crate::http::reply::private_json;
use crate::ports::tokens::{ACCESS_SECONDS, Named};

/// Name and path of the refresh cookie. The prefix makes browsers refuse it but from this host and over
/// TLS; in clear there is no such promise, and the narrowest path is the best there is.
fn cookie_place(app: &App) -> (&'static str, &'static str) {
    if app.config.is_desk_https() {
        ("__Host-rt", "/")
    } else {
        ("rt", "/api/v1/auth")
    }
}

/// The cookie as the document has it; [`refresh_token`] reads it.
#[derive(IntoParams)]
#[into_params(parameter_in = Cookie)]
#[expect(dead_code, reason = "for the document alone")]
struct RefreshCookie {
    /// The refresh cookie where ADMIN_URL (without it PUBLIC_URL) is https: for this host alone, over TLS alone.
    #[param(rename = "__Host-rt", nullable = false)]
    sealed: Option<String>,
    /// The refresh cookie where that is http, on the path `/api/v1/auth`.
    #[param(rename = "rt", nullable = false)]
    plain: Option<String>,
}

/// What must come with the cookie, as the document has it; [`OwnOrigin`] reads it.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "for the document alone")]
struct OwnPage {
    /// As browsers send it: ADMIN_URL's own (without it PUBLIC_URL's), or that of the host that is asked. Another one is 403 `foreign_origin`.
    #[param(rename = "Origin", nullable = false)]
    origin: Option<String>,
    /// Any word, such as `yidiantong`. Wanted of browsers, because no form of another site can send it.
    #[param(rename = "X-Requested-With", nullable = false)]
    requested_with: Option<String>,
}

fn refresh_cookie(app: &App, token: String, seconds: i64) -> Cookie<'static> {
    let (name, path) = cookie_place(app);
    Cookie::build(name, token)
        .path(path)
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(app.config.is_desk_https())
        .max_age(Duration::seconds(seconds))
        .finish()
}

fn refresh_token(app: &App, req: &HttpRequest) -> Option<String> {
    let (name, _) = cookie_place(app);
    req.cookie(name).map(|cookie| cookie.value().to_owned())
}

fn session_reply(app: &App, session: Session) -> Result<HttpResponse, Problem> {
    let named = Named {
        staff: session.profile.id.clone(),
        token_version: session.profile.token_version,
        stepped_up_at: None,
    };
    let token = app.tokens.issue(&named, app.clocks.wall())?;
    let cookie = refresh_cookie(app, session.refresh_token, session.refresh_seconds);
    let mut response = private_json(&SessionView::new(token, ACCESS_SECONDS, session.profile));
    response.add_cookie(&cookie).map_err(|error| {
        tracing::error!(%error, "a cookie could not be written");
        Problem::new(Code::Internal)
    })?;
    Ok(response)
}

/// Log in
///
/// Name, password and a code of the authenticator app (or, without the phone, a recovery code), for an access token and
/// a refresh cookie.
#[utoipa::path(
    tag = "accounts",
    request_body = LoginRequest,
    responses(
        (status = 200, body = SessionView, headers(("Set-Cookie" = String, description = "The refresh cookie: `__Host-rt` where ADMIN_URL (without it PUBLIC_URL) is https, else `rt`; HttpOnly, SameSite=Strict, good once"))),
        Problems
    ),
    security(())
)]
#[post("/auth/login")]
pub async fn login(app: Data<App>, body: Body<LoginRequest>) -> Result<HttpResponse, Problem> {
    let asked = body.0;
    let fault = |pointer, code| {
        Problem::with_faults(Code::InvalidBody, vec![FieldFault::new(pointer, code)])
    };
    let proof = match (asked.totp_code, asked.recovery_code) {
        (Some(code), None) => Proof::Phone(code),
        (None, Some(code)) => Proof::Paper(code),
        (None, None) => return Err(fault("/totp_code", Code::Required)),
        // One is enough, and two would be spent.
        (Some(_), Some(_)) => return Err(fault("/recovery_code", Code::NamedTwice)),
    };
    let session = door::login(&app, &asked.username, &asked.password, proof).await?;
    session_reply(&app, session)
}

/// Stay logged in
///
/// The refresh cookie, for a new one and a new access token. Each is good once; one that comes back ends
/// the session.
///
/// The cookie is all the proof there is, so another site's page must not be able to have a browser send it: an `Origin`
/// that is neither ADMIN_URL's (without it PUBLIC_URL's) nor the host's own is 403 `foreign_origin`; so is what a browser sends (it says so with
/// `Sec-Fetch-Site`) without `X-Requested-With`, or from another site. Programs send neither header and pass.
#[utoipa::path(
    tag = "accounts",
    params(RefreshCookie, OwnPage),
    responses(
        (status = 200, body = SessionView, headers(("Set-Cookie" = String, description = "The next refresh cookie, in the place of the one that was sent"))),
        Problems
    ),
    security(())
)]
#[post("/auth/refresh")]
pub async fn refresh(
    _from: OwnOrigin,
    app: Data<App>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let token = refresh_token(&app, &req).ok_or_else(|| Problem::new(Code::RefreshFailed))?;
    let session = service::refresh(&app, &token).await?;
    session_reply(&app, session)
}

/// Log out
///
/// Ends the session of the refresh cookie and takes the cookie away. From our own pages only, as with
/// `POST /auth/refresh`.
#[utoipa::path(
    tag = "accounts",
    params(RefreshCookie, OwnPage),
    responses(
        (status = 204, description = "Logged out, or was not logged in", headers(("Set-Cookie" = String, description = "The refresh cookie, empty and past its time"))),
        Problems
    ),
    security(())
)]
#[post("/auth/logout")]
pub async fn logout(
    _from: OwnOrigin,
    app: Data<App>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    if let Some(token) = refresh_token(&app, &req) {
        service::logout(&app, &token).await?;
    }
    Ok(HttpResponse::NoContent()
        .cookie(refresh_cookie(&app, String::new(), 0))
        .finish())
}

/// Prove again, for sensitive acts, that it is you
///
/// A fresh code of the authenticator app, for an access token that may do sensitive things for five minutes.
#[utoipa::path(
    operation_id = "step_up", tag = "accounts",
    request_body = StepUpRequest,
    responses((status = 200, body = SteppedUpView), Problems)
)]
#[post("/auth/step-up")]
pub async fn step_up(
    app: Data<App>,
    guarded: Guarded<Body<StepUpRequest>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, body) = guarded;
    let at = door::step_up(&app, &staff, &body.0.totp_code).await?;
    let named = Named {
        staff: staff.scope.staff.clone(),
        token_version: staff.token_version,
        stepped_up_at: Some(at),
    };
    Ok(private_json(&SteppedUpView {
        access_token: app.tokens.issue(&named, app.clocks.wall())?,
        token_type: "Bearer",
        expires_in: ACCESS_SECONDS,
        step_up_expires_in: STEP_UP_SECONDS,
    }))
}

/// New recovery codes
///
/// New recovery codes in the place of those one has; shown now and never again. Asks for a fresh code
/// (`POST /auth/step-up`).
#[utoipa::path(
    operation_id = "reissue_recovery_codes", tag = "accounts",
    responses((status = 201, body = RecoveryCodesView), Problems)
)]
#[post("/auth/recovery-codes")]
pub async fn reissue_recovery_codes(
    app: Data<App>,
    guarded: Guarded<()>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, ()) = guarded;
    let recovery_codes = recovery::reissue(&app, &staff).await?;
    Ok(created(&RecoveryCodesView { recovery_codes }))
}

/// Change one's own password
///
/// Another password for one's own account. Asks for the one before and for a fresh code (`POST /auth/step-up`); every
/// other session of the account ends, and this one goes on with the token and the cookie of the answer.
#[utoipa::path(
    operation_id = "change_password", tag = "accounts",
    request_body = PasswordRequest,
    responses((status = 200, body = SessionView), Problems)
)]
#[post("/auth/password")]
pub async fn change_password(
    app: Data<App>,
    guarded: Guarded<Body<PasswordRequest>>,
) -> Result<HttpResponse, Problem> {
    let Guarded(staff, body) = guarded;
    let asked = body.0;
    let session =
        own_password::change(&app, &staff, &asked.current_password, &asked.new_password).await?;
    session_reply(&app, session)
}

fn created<T: serde::Serialize>(value: &T) -> HttpResponse {
    HttpResponse::Created()
        .insert_header(("Cache-Control", "no-store"))
        .json(value)
}

/// Enrol with a one-time link
///
/// Follows a one-time link. With the token alone: what the phone needs, as often as asked, for each `device` a secret of
/// its own. With password and code: the link is used up, the account can log in, and its recovery codes are shown once.
#[utoipa::path(
    tag = "accounts",
    request_body = EnrolRequest,
    responses(
        (status = 200, body = EnrolmentView, description = "What the phone needs"),
        (status = 201, body = RecoveryCodesView, description = "Enrolled; the recovery codes are shown now and never again"),
        Problems
    ),
    security(())
)]
#[post("/auth/enrol")]
pub async fn enrol(app: Data<App>, body: Body<EnrolRequest>) -> Result<HttpResponse, Problem> {
    let asked = body.0;
    let missing = |pointer| {
        let fault = FieldFault::new(pointer, Code::Required);
        Problem::with_faults(Code::InvalidBody, vec![fault])
    };
    let device = asked.device.as_deref();
    match (asked.password, asked.totp_code) {
        (None, None) => Ok(private_json(
            &enrolment::show(&app, &asked.token, device).await?,
        )),
        (Some(password), Some(code)) => {
            let recovery_codes =
                enrolment::finish(&app, &asked.token, device, &password, &code).await?;
            Ok(created(&RecoveryCodesView { recovery_codes }))
        }
        (None, Some(_)) => Err(missing("/password")),
        (Some(_), None) => Err(missing("/totp_code")),
    }
}

/// Who am I
///
/// Whose access token this is.
#[utoipa::path(
    tag = "accounts",
    responses((status = 200, body = MeView), Problems)
)]
#[get("/auth/me")]
pub async fn me(staff: Staff, app: Data<App>) -> Result<HttpResponse, Problem> {
    let profile = service::profile(&app, &staff.scope.staff).await?;
    Ok(private_json(&MeView {
        staff: StaffView::from(profile),
        recovery_codes_left: recovery::left(&app, &staff).await?,
    }))
}
