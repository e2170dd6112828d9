//! Whether anything changed: asked again and again for whoever keeps a queue open, so it reads as little as it can.

use diesel::dsl::{count_star, max, sum};
use diesel::prelude::*;
use domain::role::Scope;
use domain::time::Timestamp;

use super::{case_is_known, known_to};
use crate::Tx;
use crate::error::StoreError;
use crate::schema::{complaint_events, complaints};

/// What a person may know of, boiled down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sight {
    cases: i64,
    revisions: Option<i64>,
    newest: Option<i64>,
    since: Timestamp,
    steps: i64,
}

impl Sight {
    /// Whether something that this person may know of changed between the two.
    #[must_use]
    pub fn differs_from(&self, before: &Self) -> bool {
        let of = |sight: &Self| (sight.cases, sight.revisions, sight.newest);
        of(self) != of(before) || (self.since == before.since && self.steps != before.steps)
    }
}

/// What this person may know of now, with the steps since a moment. A case that names them is not in it, whatever
/// happens to it.
///
/// # Errors
/// [`StoreError`].
pub fn sight(tx: &mut Tx<'_>, scope: &Scope, since: Timestamp) -> Result<Sight, StoreError> {
    let known = known_to(complaints::table.into_boxed(), scope);
    let (cases, revisions, newest): (i64, Option<i64>, Option<i64>) = known
        .select((
            count_star(),
            sum(complaints::revision),
            max(complaints::received_at),
        ))
        .get_result(tx.0)?;
    // Some steps change nothing in the case itself: a proposal, somebody who looked who the complainant is.
    let steps = complaint_events::table
        .filter(complaint_events::at.ge(since.micros()))
        .filter(case_is_known!(complaint_events::complaint_id, scope))
        .count()
        .get_result(tx.0)?;
    Ok(Sight {
        cases,
        revisions,
        newest,
        since,
        steps,
    })
}

/// How many steps all cases have taken since a moment: a look at the end of one index.
///
/// # Errors
/// [`StoreError`].
pub fn steps_since(tx: &mut Tx<'_>, moment: Timestamp) -> Result<i64, StoreError> {
    Ok(complaint_events::table
        .filter(complaint_events::at.ge(moment.micros()))
        .count()
        .get_result(tx.0)?)
}
