//! The names that a sheet hides, for whoever shows some of its lines: what one line hides, no other tells.

use std::sync::Arc;

use diesel::prelude::*;
use domain::disclosure::ledger::LedgerLine;
use domain::disclosure::table::Layout;
use domain::mask::Hidden;

use super::sheets::Sheet;
use super::tables;
use crate::Tx;
use crate::directory;
use crate::error::StoreError;
use crate::schema::ledger_lines;

/// The names that a sheet hides anywhere. A page of 50 lines needs those of all 200,000, so they are gathered once and
/// remembered.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn hidden(tx: &mut Tx<'_>, sheet: &Sheet) -> Result<Arc<Hidden>, StoreError> {
    // Without a digest it has errors, and no lines.
    let Some(digest) = &sheet.content_sha256 else {
        return Ok(Arc::default());
    };
    directory::hidden(tx, digest, |tx| match Layout::of(sheet.kind) {
        None => of_ledger(tx, sheet),
        Some(layout) => {
            let lines = tables::all_rows(tx, sheet)?;
            Ok(layout.hidden(lines.iter().map(|line| &line.row)))
        }
    })
}

/// Few people handle what a long ledger tells: the database gives each four of them once.
fn of_ledger(tx: &mut Tx<'_>, sheet: &Sheet) -> Result<Hidden, StoreError> {
    let names: Vec<(String, String, String, String)> = ledger_lines::table
        .filter(ledger_lines::sheet_id.eq(sheet.id.as_str()))
        .select((
            ledger_lines::payee,
            ledger_lines::handled_by,
            ledger_lines::witnessed_by,
            ledger_lines::approved_by,
        ))
        .distinct()
        .load(tx.0)?;
    let names = names.iter().map(|(payee, handled, witnessed, approved)| {
        [payee, handled, witnessed, approved].map(String::as_str)
    });
    Ok(LedgerLine::hidden_of(names))
}
