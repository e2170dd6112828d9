//! The names that a sheet hides, for whoever shows some of its lines: what one line hides, no other tells.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use diesel::prelude::*;
use domain::disclosure::ledger::LedgerLine;
use domain::disclosure::table::Layout;
use domain::mask::Hidden;

use super::sheets::Sheet;
use super::tables;
use crate::Tx;
use crate::error::StoreError;
use crate::schema::ledger_lines;

/// The names of the sheets that were asked for last, by the digest of their content: what a digest stands for never
/// changes, whatever database it is kept in.
static KNOWN: Mutex<VecDeque<(String, Arc<Hidden>)>> = Mutex::new(VecDeque::new());
/// The most sheets that are remembered.
const MOST_SHEETS: usize = 32;
/// The most names of all of them together, a few dozen bytes each.
const MOST_NAMES: usize = 300_000;

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
    if let Some(found) = remembered(digest) {
        return Ok(found);
    }
    let gathered = Arc::new(match Layout::of(sheet.kind) {
        None => of_ledger(tx, sheet)?,
        Some(layout) => {
            let lines = tables::all_rows(tx, sheet)?;
            layout.hidden(lines.iter().map(|line| &line.row))
        }
    });
    remember(digest, &gathered);
    Ok(gathered)
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

fn remembered(digest: &str) -> Option<Arc<Hidden>> {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let at = known.iter().position(|(one, _)| one == digest)?;
    let entry = known.remove(at)?;
    let found = Arc::clone(&entry.1);
    known.push_back(entry);
    Some(found)
}

fn remember(digest: &str, hidden: &Arc<Hidden>) {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known.retain(|(one, _)| one != digest);
    known.push_back((digest.to_owned(), Arc::clone(hidden)));
    // The last one stays, however many names it has: its pages are being read.
    let names = |known: &VecDeque<(String, Arc<Hidden>)>| -> usize {
        known.iter().map(|(_, hidden)| hidden.len()).sum()
    };
    while known.len() > 1 && (known.len() > MOST_SHEETS || names(&known) > MOST_NAMES) {
        known.pop_front();
    }
}
