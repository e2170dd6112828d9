//! What can go wrong below the services, told apart by what a caller can do about it.

use diesel::result::{DatabaseErrorKind, Error};

use crate::trouble::READ_ONLY;

/// How SQLite says that somebody else is at the file.
pub(crate) const LOCKED: &str = "database is locked";

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A unique or foreign key refused the row; the text names the constraint or columns.
    #[error("constraint refused: {0}")]
    Conflict(String),
    /// The row changed since it was read: the compare-and-set found nothing.
    #[error("changed meanwhile")]
    Stale,
    /// A row holds what the rules say it cannot (table, id): an alarm, never a default.
    #[error("impossible row in {0}: {1}")]
    Corrupt(&'static str, String),
    /// The writer's queue is full; try again shortly.
    #[error("too many writes waiting")]
    Busy,
    /// The database is away, or refuses to write (disk full, read-only): [`crate::trouble::Trouble`] tells which.
    #[error("database unavailable: {0}")]
    Unavailable(String),
    /// PostgreSQL went away while it was asked to COMMIT: the transaction was kept or was not, and nobody knows which.
    #[error("no answer to COMMIT: {0}")]
    OutcomeUnknown(String),
    /// The database has this migration, which the program does not know.
    #[error(
        "the database has the migration {0}, which this program does not know: use the newer program that made it"
    )]
    Newer(String),
    /// PostgreSQL could not serialise the transaction; [`crate::Db::write`] tries again by itself.
    #[error("could not serialise")]
    Serialization,
    /// The transaction's code panicked; nothing of it was kept.
    #[error("panicked inside a transaction")]
    Panicked,
    /// Anything else the database said.
    #[error("query failed: {0}")]
    Query(String),
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        match &error {
            Error::DatabaseError(kind, info) => match kind {
                DatabaseErrorKind::UniqueViolation
                | DatabaseErrorKind::ForeignKeyViolation
                | DatabaseErrorKind::NotNullViolation
                | DatabaseErrorKind::CheckViolation => Self::Conflict(
                    info.constraint_name()
                        .unwrap_or_else(|| info.message())
                        .to_owned(),
                ),
                DatabaseErrorKind::SerializationFailure => Self::Serialization,
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::ReadOnlyTransaction => {
                    Self::Unavailable(info.message().to_owned())
                }
                _ => Self::from_message(info.message()),
            },
            Error::BrokenTransactionManager => Self::Unavailable(error.to_string()),
            Error::RollbackErrorOnCommit { commit_error, .. } => match commit_error.as_ref() {
                Error::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => {
                    Self::Serialization
                }
                Error::DatabaseError(_, info) => Self::from_message(info.message()),
                other => Self::Query(other.to_string()),
            },
            _ => Self::Query(error.to_string()),
        }
    }
}

impl StoreError {
    /// Whether the database, and not what was asked of it, is the reason: the same may well succeed later.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Unavailable(_) | Self::OutcomeUnknown(_) | Self::Busy | Self::Serialization
        )
    }

    /// Sorts the failures for which diesel has no kind of their own by the engines' words.
    fn from_message(message: &str) -> Self {
        let away = [
            "database or disk is full",
            "disk I/O error",
            LOCKED,
            "could not extend file",
            "could not receive data from server",
            "could not send data to server",
            "no connection to the server",
            "SSL SYSCALL error",
            "server closed the connection",
            "terminating connection",
            "connection to server",
            "No space left",
            "the database system is",
        ];
        if message.contains("deadlock detected") || message.contains("could not serialize") {
            Self::Serialization
        } else if away
            .iter()
            .chain(&READ_ONLY)
            .any(|words| message.contains(words))
        {
            Self::Unavailable(message.to_owned())
        } else {
            Self::Query(message.to_owned())
        }
    }
}

/// An error that a transaction may end with: it can carry a [`StoreError`], and say whether it does.
pub trait TxError: From<StoreError> + Send + 'static {
    /// The store's failure inside, if that is what it is.
    fn store_error(&self) -> Option<&StoreError>;
}

impl TxError for StoreError {
    fn store_error(&self) -> Option<&StoreError> {
        Some(self)
    }
}
