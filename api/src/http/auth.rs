//! Who is asking, as an argument of the handler: a permission stands in its signature, and a handler
//! without one cannot reach a service that wants a [`Scope`].

use std::future::Future;
use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::HeaderMap;
use actix_web::{FromRequest, HttpRequest, web};
use domain::complaint::receipt::ReceiptCode;
use domain::role::{Permission, Scope};
use domain::time::Timestamp;

use super::problem::Problem;
use crate::app::App;
use crate::codes::Code;

/// A permission as a type.
pub trait Requires: 'static {
    /// Which.
    const PERMISSION: Permission;
}

macro_rules! requires {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        pub struct $name;
        impl Requires for $name {
            const PERMISSION: Permission = Permission::$name;
        }
    )+};
}

requires! {
    /// Read cases.
    ReadCases,
    /// Act in cases.
    ActInCases,
    /// Ask about who complainants are.
    OpenIdentities,
    /// Ask for cases as a file.
    ExportCases,
    /// See drafts.
    ReadDrafts,
    /// Draft disclosures.
    DraftDisclosures,
    /// Sign disclosures.
    SignDisclosures,
    /// Publish disclosures.
    PublishDisclosures,
    /// File for others.
    FileForOthers,
    /// See proposals.
    ReadProposals,
    /// Be the second person.
    DecideProposals,
    /// See policies and calendars.
    ReadConfiguration,
    /// Propose policies and calendars.
    Configure,
    /// Run the installation.
    Administer,
    /// Search the audit.
    ReadAudit,
    /// One's own session.
    OwnSession,
}

/// Somebody who works here and whose role has permission `P`.
pub struct Staff<P> {
    /// Who, with everything scope and recusal ask for.
    pub scope: Scope,
    /// The number of the account that the token names; its next token names the same.
    pub token_version: i32,
    stepped_up_at: Option<Timestamp>,
    permission: PhantomData<P>,
}

/// Seconds after a fresh code in which sensitive acts may be done without another.
pub const STEP_UP_SECONDS: i64 = 300;

impl<P> Staff<P> {
    /// For an act that is sensitive only sometimes: passes whoever has proved within five minutes of wall time, with a
    /// fresh code (`POST /auth/step-up`), to be the account's owner. Where the whole handler is sensitive,
    /// [`SteppedUp`] in its signature says so.
    ///
    /// # Errors
    /// 403 `step_up_required`.
    pub fn stepped_up(&self, now: Timestamp) -> Result<(), Problem> {
        let limit = STEP_UP_SECONDS * 1_000_000;
        match self.stepped_up_at {
            // A stamp from ahead is from a clock that was wrong.
            Some(at) if (-60_000_000..limit).contains(&now.micros_since(at)) => Ok(()),
            _ => Err(Problem::new(Code::StepUpRequired)),
        }
    }
}

impl<P> Deref for Staff<P> {
    type Target = Scope;
    fn deref(&self) -> &Scope {
        &self.scope
    }
}

impl<P: Requires> FromRequest for Staff<P> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let app = req.app_data::<web::Data<App>>().cloned();
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
            let token = token.ok_or_else(|| Problem::new(Code::Unauthorized))?;
            let claims = app.tokens.verify(&token, app.clocks.wall())?;
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
            if scope.can(P::PERMISSION) {
                Ok(Self {
                    scope,
                    token_version: claims.token_version,
                    stepped_up_at: claims.stepped_up_at,
                    permission: PhantomData,
                })
            } else {
                Err(Problem::new(Code::NotPermitted))
            }
        })
    }
}

/// Somebody with permission `P` first, and only then the rest of the request: whoever may not is told so,
/// and learns nothing from what is wrong with the rest.
pub struct Guarded<P, T>(pub Staff<P>, pub T);

impl<P: Requires, T: FromRequest + 'static> FromRequest for Guarded<P, T>
where
    T::Error: Into<actix_web::Error>,
{
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, actix_web::Error>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let staff = Staff::<P>::from_request(req, payload);
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

/// The same for what is sensitive: after the permission, and before the rest, a fresh code of the last five minutes is
/// asked for ([`Staff::stepped_up`]).
pub struct SteppedUp<P, T>(pub Staff<P>, pub T);

impl<P: Requires, T: FromRequest + 'static> FromRequest for SteppedUp<P, T>
where
    T::Error: Into<actix_web::Error>,
{
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, actix_web::Error>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let staff = Staff::<P>::from_request(req, payload);
        let app = req.app_data::<web::Data<App>>().cloned();
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let staff = staff.await?;
            let app = app.ok_or_else(|| Problem::new(Code::Internal))?;
            staff.stepped_up(app.clocks.wall())?;
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
        let code = if req.headers().contains_key("x-receipt-code") {
            given_receipt(req.headers()).ok_or_else(|| Problem::new(Code::ReceiptUnknown))
        } else {
            Err(Problem::new(Code::ReceiptRequired))
        };
        std::future::ready(code.map(Self))
    }
}
