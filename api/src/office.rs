//! What every service asks in the transaction in which it acts: whether whoever asked is still in office.

use domain::role::Scope;
use store::Tx;
use store::accounts::people;

use crate::codes::Code;
use crate::error::ServiceError;

/// Refuses an act of somebody who was disabled or given other work while the request was under way.
///
/// # Errors
/// [`Code::NotPermitted`], or the store's.
pub fn still_in_office(tx: &mut Tx<'_>, scope: &Scope) -> Result<(), ServiceError> {
    if people::is_still(tx, scope)? {
        Ok(())
    } else {
        Err(ServiceError::Rule(Code::NotPermitted))
    }
}
