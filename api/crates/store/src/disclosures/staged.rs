//! Long sheets come in by many small transactions: a complaint never waits for one, and the last one makes it whole or
//! nothing comes of it. Until then a sheet has no digest, and nothing can be drafted from it.

use diesel::prelude::*;
use domain::id::PreviewId;
use domain::time::Timestamp;

use super::sheets::{Line, NewSheet, keep_head, keep_lines};
use crate::Tx;
use crate::error::StoreError;
use crate::schema::{ledger_lines, ledger_sheets, staged_sheets};

/// Begins a sheet, without its lines; `now` is wall time.
///
/// # Errors
/// [`StoreError`].
pub fn begin(tx: &mut Tx<'_>, new: &NewSheet, now: Timestamp) -> Result<(), StoreError> {
    keep_head(tx, new, "")?;
    diesel::insert_into(staged_sheets::table)
        .values((
            staged_sheets::sheet_id.eq(new.sheet.id.as_str()),
            staged_sheets::begun_at.eq(now.micros()),
        ))
        .execute(tx.0)?;
    Ok(())
}

/// Adds lines to a sheet that was begun.
///
/// # Errors
/// [`StoreError`].
pub fn add(tx: &mut Tx<'_>, new: &NewSheet, lines: &[Line]) -> Result<(), StoreError> {
    keep_lines(tx, &new.sheet.id, lines)
}

/// Makes a sheet whole: from here on it is as if it had come in at once.
///
/// # Errors
/// [`StoreError::Stale`] when it was given up meanwhile, or has not all its lines.
pub fn end(tx: &mut Tx<'_>, new: &NewSheet) -> Result<(), StoreError> {
    let id = new.sheet.id.as_str();
    let begun = diesel::delete(staged_sheets::table.find(id)).execute(tx.0)?;
    let lines: i64 = ledger_lines::table
        .filter(ledger_lines::sheet_id.eq(id))
        .count()
        .get_result(tx.0)?;
    let digest = new.sheet.content_sha256.as_deref().unwrap_or_default();
    let whole = usize::try_from(lines) == Ok(new.lines.len());
    let changed = diesel::update(ledger_sheets::table.find(id))
        .set(ledger_sheets::content_sha256.eq(digest))
        .execute(tx.0)?;
    if begun == 1 && whole && changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Stale)
    }
}

/// Sheets begun before this moment of wall time and never made whole.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn left(tx: &mut Tx<'_>, before: Timestamp) -> Result<Vec<PreviewId>, StoreError> {
    let ids: Vec<String> = staged_sheets::table
        .filter(staged_sheets::begun_at.lt(before.micros()))
        .select(staged_sheets::sheet_id)
        .load(tx.0)?;
    let read = |id: String| {
        PreviewId::try_from(id.clone()).map_err(|_| StoreError::Corrupt("staged_sheets", id))
    };
    ids.into_iter().map(read).collect()
}

/// Takes away up to `limit` lines of a sheet that was never made whole, and with the last of them the sheet; whether
/// something is left.
///
/// # Errors
/// [`StoreError`].
pub fn give_up(tx: &mut Tx<'_>, id: &PreviewId, limit: i64) -> Result<bool, StoreError> {
    let id = id.as_str();
    let staged: i64 = staged_sheets::table
        .filter(staged_sheets::sheet_id.eq(id))
        .count()
        .get_result(tx.0)?;
    if staged == 0 {
        return Ok(false);
    }
    let some: Vec<String> = ledger_lines::table
        .filter(ledger_lines::sheet_id.eq(id))
        .select(ledger_lines::id)
        .limit(limit)
        .load(tx.0)?;
    if !some.is_empty() {
        diesel::delete(ledger_lines::table.filter(ledger_lines::id.eq_any(some))).execute(tx.0)?;
        return Ok(true);
    }
    diesel::delete(staged_sheets::table.find(id)).execute(tx.0)?;
    diesel::delete(ledger_sheets::table.find(id)).execute(tx.0)?;
    Ok(false)
}
