//! Problem documents (RFC 9457). A handler answers with [`Problem`]; what only the request knows (language,
//! address, request id) is added at the edge, so that no handler can forget it.

use std::collections::BTreeMap;
use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use store::StoreError;
use store::trouble::Trouble;
use utoipa::ToSchema;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};

use super::lang::{self, Lang};
use crate::codes::Code;
use crate::error::{FieldFault, ServiceError};

/// Seconds after which a busy system may be asked again.
const COME_BACK_SECONDS: u32 = 2;

/// An answer that says why not.
#[derive(Debug)]
pub struct Problem {
    code: Code,
    faults: Vec<FieldFault>,
    legal_actions: Option<Vec<String>>,
    retry_after: Option<u32>,
    allow: Option<String>,
}

impl Problem {
    /// A problem with nothing more to say than its code.
    #[must_use]
    pub fn new(code: Code) -> Self {
        let retry_after = matches!(code.status(), 503 | 429).then_some(COME_BACK_SECONDS);
        Self {
            code,
            faults: Vec::new(),
            legal_actions: None,
            retry_after,
            allow: None,
        }
    }

    /// What it is.
    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }

    /// Faults at places of the request.
    #[must_use]
    pub fn with_faults(code: Code, faults: Vec<FieldFault>) -> Self {
        Self {
            faults,
            ..Self::new(code)
        }
    }

    /// What a service refused of a query: the same faults, at the names of its parameters.
    #[must_use]
    pub fn of_query(error: ServiceError) -> Self {
        match error {
            ServiceError::Invalid(mut faults) => {
                for fault in &mut faults {
                    fault.pointer = fault.pointer.trim_start_matches('/').to_owned();
                }
                Self::with_faults(Code::InvalidQuery, faults)
            }
            other => other.into(),
        }
    }

    /// The same, asking to come back after some seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The same, naming the methods the address takes.
    #[must_use]
    pub fn allow(mut self, methods: &str) -> Self {
        self.allow = Some(methods.to_owned());
        self
    }

    /// The finished document.
    #[must_use]
    pub fn respond(&self, lang: Lang, instance: &str, request_id: &str) -> HttpResponse {
        let word = |code: Code| match lang {
            Lang::Zh => code.zh(),
            Lang::En => code.en(),
        };
        let errors = self.faults.iter().map(|fault| FieldError {
            pointer: fault.pointer.clone(),
            code: fault.code.as_str().to_owned(),
            detail: match (&fault.detail, lang) {
                (Some((zh, _)), Lang::Zh) => zh.clone(),
                (Some((_, en)), Lang::En) => en.clone(),
                (None, _) => word(fault.code).to_owned(),
            },
        });
        let status =
            StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let document = ProblemDocument {
            kind: format!("/api/problems/{}", self.code.as_str()),
            code: self.code.as_str().to_owned(),
            title: word(self.code).to_owned(),
            status: status.as_u16(),
            detail: word(self.code).to_owned(),
            instance: instance.to_owned(),
            request_id: request_id.to_owned(),
            errors: errors.collect(),
            legal_actions: self.legal_actions.clone(),
        };
        let mut response = HttpResponse::build(status);
        response.content_type("application/problem+json");
        response.insert_header(("Content-Language", lang::tag(lang)));
        response.insert_header(("Vary", "Accept-Language"));
        response.insert_header(("Cache-Control", "no-store"));
        if let Some(seconds) = self.retry_after {
            response.insert_header((RETRY_AFTER, seconds.to_string()));
        }
        if let Some(methods) = &self.allow {
            response.insert_header(("Allow", methods.clone()));
        }
        if self.code == Code::TooSlow {
            // The rest of the body is not waited for.
            response.force_close();
        }
        if status == StatusCode::UNAUTHORIZED {
            response.insert_header(("WWW-Authenticate", "Bearer"));
        }
        response.body(serde_json::to_string(&document).unwrap_or_default())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.as_str())
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    // The edge replaces this body; it stands only where a test calls a handler without the edge.
    fn error_response(&self) -> HttpResponse {
        self.respond(Lang::Zh, "", "")
    }
}

impl From<ServiceError> for Problem {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::NotFound => Self::new(Code::NotFound),
            ServiceError::Rule(code) => Self::new(code),
            ServiceError::Because(code, reasons) => Self::with_faults(code, reasons),
            ServiceError::TooManyTries(seconds) => {
                Self::new(Code::TooManyTries).retry_after(seconds)
            }
            ServiceError::Invalid(faults) => Self::with_faults(Code::InvalidBody, faults),
            ServiceError::Illegal(legal) => Self {
                legal_actions: Some(legal),
                ..Self::new(Code::IllegalState)
            },
            ServiceError::Store(error) => error.into(),
            ServiceError::Broken(reason) => {
                tracing::error!(%reason, "a request failed");
                Self::new(Code::Internal)
            }
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale => Self::new(Code::Stale),
            StoreError::Busy => Self::new(Code::Unavailable),
            StoreError::Unavailable(reason) => {
                Trouble::of(&reason).tell(&reason);
                Self::new(Code::Unavailable)
            }
            StoreError::OutcomeUnknown(reason) => {
                Trouble::Unknown.tell(&reason);
                Self::new(Code::OutcomeUnknown)
            }
            // One row of one case, which others are not told to be ours: it is seen in the log and in the queue.
            StoreError::Corrupt("timers", id) => {
                tracing::error!(complaint = %id, "a clock cannot be read");
                Self::new(Code::ClocksUnreadable)
            }
            other => {
                tracing::error!(reason = %other, "a request failed");
                Self::new(Code::Internal)
            }
        }
    }
}

/// A fault at a place of the request.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldError {
    /// JSON pointer into the body, or the name of a query parameter; empty where the fault is no place's.
    pub pointer: String,
    /// What a program branches on.
    pub code: String,
    /// What people read.
    pub detail: String,
}

/// A problem document after RFC 9457.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDocument {
    /// The address that explains this code.
    #[serde(rename = "type")]
    pub kind: String,
    /// What a program branches on.
    pub code: String,
    /// What people read.
    pub title: String,
    /// The HTTP status again.
    pub status: u16,
    /// What people read, about this occurrence.
    pub detail: String,
    /// The address asked for, without its query.
    pub instance: String,
    /// To be named when asking for help.
    pub request_id: String,
    /// Faults at places of the request.
    pub errors: Vec<FieldError>,
    /// With 409 in the life cycle: what is possible now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_actions: Option<Vec<String>>,
}

/// The problems any operation may answer with, for the contract.
pub struct Problems;

impl utoipa::IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let problem = |description: &str| {
            let content = ContentBuilder::new()
                .schema(Some(Ref::from_schema_name("Problem")))
                .build();
            RefOr::T(
                ResponseBuilder::new()
                    .description(description)
                    .content("application/problem+json", content)
                    .build(),
            )
        };
        BTreeMap::from([
            (
                "4XX".to_owned(),
                problem("The request cannot be served; the code says why"),
            ),
            (
                "5XX".to_owned(),
                problem(
                    "Not served; nothing was kept, unless the code is outcome_unknown: then send the very same again. With 503, come back after Retry-After",
                ),
            ),
        ])
    }
}
