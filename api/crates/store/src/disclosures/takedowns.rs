//! Lines about people that have left the open web. Whether they have is said by the day alone
//! ([`domain::disclosure::takedown`]); here it is written down, once for each version.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::takedown::{names_people, unpublish_at};
use domain::time::{Timestamp, parse_day};

use crate::Tx;
use crate::conn::on_backend;
use crate::error::StoreError;
use crate::schema::{disclosure_takedowns, disclosure_versions, ledger_sheets};

/// Writes down the versions whose lines have left the web by now and were not written down; their disclosures, each
/// with its version. At most `limit`, the rest next time.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn take_down(
    tx: &mut Tx<'_>,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(String, i32)>, StoreError> {
    let today = now.day();
    let kinds = DisclosureKind::ALL
        .into_iter()
        .filter(|kind| names_people(*kind));
    let kinds: Vec<&str> = kinds.map(DisclosureKind::as_str).collect();
    let rows: Vec<(String, i32, String, String)> = disclosure_versions::table
        .inner_join(ledger_sheets::table.on(ledger_sheets::id.eq(disclosure_versions::sheet_id)))
        .filter(ledger_sheets::kind.eq_any(kinds))
        .filter(disclosure_versions::posting_until.lt(today.to_string()))
        .filter(not(exists(
            disclosure_takedowns::table
                .filter(disclosure_takedowns::disclosure_id.eq(disclosure_versions::disclosure_id))
                .filter(disclosure_takedowns::version.eq(disclosure_versions::version)),
        )))
        .order((
            disclosure_versions::posting_until,
            disclosure_versions::disclosure_id,
        ))
        .limit(limit)
        .select((
            disclosure_versions::disclosure_id,
            disclosure_versions::version,
            ledger_sheets::kind,
            disclosure_versions::posting_until,
        ))
        .load(tx.0)?;
    let mut gone = Vec::new();
    for (id, version, kind, until) in rows {
        let corrupt = || StoreError::Corrupt("disclosure_versions", id.clone());
        let kind = DisclosureKind::parse(&kind).ok_or_else(corrupt)?;
        let until = parse_day(&until).ok_or_else(corrupt)?;
        if unpublish_at(kind, until).is_none_or(|day| today < day) {
            continue;
        }
        let row = (
            disclosure_takedowns::disclosure_id.eq(&id),
            disclosure_takedowns::version.eq(version),
            disclosure_takedowns::at.eq(now.micros()),
        );
        let written = on_backend!(tx, c => diesel::insert_into(disclosure_takedowns::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(c))?;
        if written == 1 {
            gone.push((id, version));
        }
    }
    Ok(gone)
}
