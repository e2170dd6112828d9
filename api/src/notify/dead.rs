//! Letters that did not go: seen and sent again by those who run the installation.

use std::sync::Arc;

use domain::role::Scope;
use store::audit::{self, Actor, Entry};
use store::outbox::{self, DeadLetter};

use crate::app::App;
use crate::codes::Code;
use crate::error::ServiceError;

/// A page of them, one row more than the page has.
///
/// # Errors
/// The store's.
pub async fn list(
    app: &Arc<App>,
    after: Option<(i64, String)>,
    limit: i64,
) -> Result<Vec<DeadLetter>, ServiceError> {
    app.db
        .read(move |tx| Ok(outbox::dead(tx, after.as_ref(), limit)?))
        .await
}

/// Tries one again, from the beginning.
///
/// # Errors
/// [`ServiceError::NotFound`], [`Code::LetterNotDead`].
pub async fn retry(app: &Arc<App>, scope: &Scope, id: String) -> Result<(), ServiceError> {
    let (scope, now, inner) = (scope.clone(), app.clocks.case(), Arc::clone(app));
    app.db
        .write(move |tx| {
            match outbox::retry(tx, &id)? {
                None => return Err(ServiceError::NotFound),
                Some(false) => return Err(ServiceError::Rule(Code::LetterNotDead)),
                Some(true) => {}
            }
            let entry = Entry {
                id: inner.ids.id(),
                case_at: now,
                wall_at: inner.clocks.wall(),
                actor: Actor::Staff(scope.staff.clone()),
                action: "retry".to_owned(),
                object: "letter",
                object_id: id.clone(),
                reason: None,
                before_sha256: None,
                after_sha256: None,
            };
            Ok(audit::record(tx, &entry)?)
        })
        .await?;
    app.letters.notify_one();
    Ok(())
}
