//! What a service may answer instead of a result. Services know no HTTP; the edge turns this into a
//! problem document.

use domain::complaint::action::ActionName;
use domain::complaint::transition::Refusal;
use store::{StoreError, TxError};

use crate::codes::Code;

/// A fault at a place of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    /// JSON pointer into the body, or the name of a query parameter; empty where the fault is no place's.
    pub pointer: String,
    /// What is wrong.
    pub code: Code,
    /// More than the code's own words, in Chinese and English.
    pub detail: Option<(String, String)>,
}

impl FieldFault {
    /// A fault with the code's own words.
    pub fn new(pointer: impl Into<String>, code: Code) -> Self {
        Self {
            pointer: pointer.into(),
            code,
            detail: None,
        }
    }
}

/// Why a service did not do it.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// Missing, hidden, foreign or recused: one answer for all.
    #[error("not found")]
    NotFound,
    /// A rule said no.
    #[error("{0:?}")]
    Rule(Code),
    /// A rule said no, for all of these reasons.
    #[error("{0:?}: {1:?}")]
    Because(Code, Vec<FieldFault>),
    /// Faults at places of the request.
    #[error("faults: {0:?}")]
    Invalid(Vec<FieldFault>),
    /// Too many failures in a row; to be tried again after so many seconds.
    #[error("too many tries, {0} s to wait")]
    TooManyTries(u32),
    /// Not in this state; these are legal.
    #[error("illegal; legal are {0:?}")]
    Illegal(Vec<String>),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something outside (a key, a file) was not as it must be.
    #[error("{0}")]
    Broken(String),
}

impl ServiceError {
    /// One fault at one place.
    pub fn at(pointer: impl Into<String>, code: Code) -> Self {
        Self::Invalid(vec![FieldFault::new(pointer, code)])
    }
}

impl TxError for ServiceError {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Store(error) => Some(error),
            _ => None,
        }
    }
}

impl From<Refusal> for ServiceError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotPermitted => Self::Rule(Code::NotPermitted),
            Refusal::Illegal(legal) => Self::Illegal(words(&legal)),
            Refusal::NotAbove => Self::at("/organisation_id", Code::NotAbove),
            Refusal::ExtensionTooLong => Self::at("/working_days", Code::ExtensionTooLong),
            Refusal::ExtensionTooFar => Self::at("/working_days", Code::ExtensionTooFar),
            Refusal::DueInThePast => Self::at("/due_at", Code::DueInThePast),
        }
    }
}

/// Actions as the API words them.
#[must_use]
pub fn words(actions: &[ActionName]) -> Vec<String> {
    actions
        .iter()
        .map(|action| action.as_str().to_owned())
        .collect()
}
