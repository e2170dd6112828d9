//! Who is asking, as an argument of the handler: one without it cannot reach a service that wants a [`Scope`]. What is
//! asked of whom stands in the permission table alone ([`domain::operation`]); an operation that has no row there, or
//! one of another kind, lets nobody in.

use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::HeaderMap;
use actix_web::{FromRequest, HttpRequest, web};
use domain::complaint::receipt::ReceiptCode;
use domain::operation::{self, Door, Operation, StepUp};
use domain::role::Scope;
use domain::time::Timestamp;

use super::problem::Problem;
use crate::app::App;
use crate::codes::Code;
use crate::ports::tokens;

/// The row of a request, by the route that took it.
fn row(req: &HttpRequest) -> Result<&'static Operation, Problem> {
    let pattern = req.match_pattern();
    let found = pattern
        .as_deref()
        .and_then(|pattern| operation::find(req.method().as_str(), pattern));
    found.ok_or_else(|| unfit(req))
}

/// A guard at an operation that has no row in the table, or one for others than the guard lets in.
fn unfit(req: &HttpRequest) -> Problem {
    let (method, route) = (req.method(), req.match_pattern());
    tracing::error!(%method, ?route, "the permission table has no row for this operation's guard");
    Problem::new(Code::NotPermitted)
}

/// Somebody who works here and whose role may call the operation at hand; where its row asks for it, with a fresh code
/// of the last five minutes.
pub struct Staff {
    /// Who, with everything scope and recusal ask for.
    pub scope: Scope,
    /// The number of the account that the token names; its next token names the same.
    pub token_version: i32,
    /// When the token ends, in wall time: an answer that goes on for long must not outlive it.
    pub until: Timestamp,
    /// Whether a fresh code of the last five minutes was shown, for operations that ask for one now and then.
    pub is_sure: bool,
}

/// Seconds after a fresh code in which sensitive acts may be done without another.
pub const STEP_UP_SECONDS: i64 = 300;

/// Whether somebody has proved within five minutes of wall time, with a fresh code (`POST /auth/step-up`), to be the
/// account's owner.
fn is_sure(at: Option<Timestamp>, now: Timestamp) -> bool {
    let limit = STEP_UP_SECONDS * 1_000_000;
    // A stamp from ahead is from a clock that was wrong.
    at.is_some_and(|at| (-60_000_000..limit).contains(&now.micros_since(at)))
}

impl Deref for Staff {
    type Target = Scope;
    fn deref(&self) -> &Scope {
        &self.scope
    }
}

impl FromRequest for Staff {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let app = req.app_data::<web::Data<App>>().cloned();
        let asked = row(req).and_then(|row| match row.door {
            Door::Staff(permission) => Ok((permission, row.step_up)),
            _ => Err(unfit(req)),
        });
        let token = req
            .headers()
            .get("authorization")
            .and_then(|value| value.to_str().ok())
            .and_then(|value| {
                value
                    .strip_prefix("Bearer ")
                    .or_else(|| value.strip_prefix("bearer "))
            })
            .map(str::to_owned);
        Box::pin(async move {
            let app = app.ok_or_else(|| Problem::new(Code::Internal))?;
            let (permission, step_up) = asked?;
            let token = token.ok_or_else(|| Problem::new(Code::Unauthorized))?;
            let claims = app.tokens.verify(&token, app.clocks.wall())?;
            let until = tokens::end_of(&token).ok_or_else(|| Problem::new(Code::Unauthorized))?;
            let today = app.clocks.case().day();
            // Asked on every request, so that disabling an account bites at once.
            let found = app
                .db
                .read(move |tx| {
                    store::accounts::session(tx, &claims.staff, claims.token_version, today)
                })
                .await
                .map_err(Problem::from)?;
            let scope = found.ok_or_else(|| Problem::new(Code::Unauthorized))?;
            if !scope.can(permission) {
                return Err(Problem::new(Code::NotPermitted));
            }
            let is_sure = is_sure(claims.stepped_up_at, app.clocks.wall());
            if step_up == StepUp::Always && !is_sure {
                return Err(Problem::new(Code::StepUpRequired));
            }
            Ok(Self {
                scope,
                token_version: claims.token_version,
                until,
                is_sure,
            })
        })
    }
}

/// Somebody who may first, and only then the rest of the request: whoever may not is told so, and learns nothing from
/// what is wrong with the rest.
pub struct Guarded<T>(pub Staff, pub T);

impl<T: FromRequest + 'static> FromRequest for Guarded<T>
where
    T::Error: Into<actix_web::Error>,
{
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, actix_web::Error>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let staff = Staff::from_request(req, payload);
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let staff = staff.await?;
            let rest = T::from_request(&req, &mut payload)
                .await
                .map_err(Into::into)?;
            Ok(Self(staff, rest))
        })
    }
}

/// Whoever holds a receipt. Read from the header only: never from an address, which others see.
pub struct Receipt(pub ReceiptCode);

/// The code that a request shows, where it can be one.
pub(super) fn given_receipt(headers: &HeaderMap) -> Option<ReceiptCode> {
    let value = headers.get("x-receipt-code")?;
    std::str::from_utf8(value.as_bytes())
        .ok()
        .and_then(ReceiptCode::parse)
}

impl FromRequest for Receipt {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let at_receipt = row(req).and_then(|row| match row.door {
            Door::Receipt => Ok(()),
            _ => Err(unfit(req)),
        });
        let code = if let Err(problem) = at_receipt {
            Err(problem)
        } else if req.headers().contains_key("x-receipt-code") {
            given_receipt(req.headers()).ok_or_else(|| Problem::new(Code::ReceiptUnknown))
        } else {
            Err(Problem::new(Code::ReceiptRequired))
        };
        std::future::ready(code.map(Self))
    }
}
