//! Rows of a disclosure and the record made of them.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::disclosure::publish::{Published, Signoff, SignoffRole, State, Version, Withdrawn};
use domain::id::{AttachmentId, DisclosureId, PersonId};
use domain::time::{Timestamp, parse_day};

use super::sheets::{self, Sheet};
use super::versions::{self, Correction};
use super::{Query, Record, answered};
use crate::Tx;
use crate::error::StoreError;
use crate::schema::{disclosures, paper_signatures, signoffs};

#[derive(Queryable)]
struct DisclosureRow {
    id: String,
    region_code: String,
    kind: String,
    period: String,
    period_end: String,
    title: String,
    state: String,
    version: i32,
    edition: i32,
    sheet_id: String,
    drafted_by: Option<String>,
    created_at: i64,
    published_at: Option<i64>,
    posting_until: Option<String>,
    withdrawn_at: Option<i64>,
    withdrawal_reason: Option<String>,
}

/// Rows of a query, made into records in the same order, with as many queries for any number of them.
pub(super) fn load(tx: &mut Tx<'_>, query: Query<'_>) -> Result<Vec<Record>, StoreError> {
    let rows: Vec<DisclosureRow> = query.select(disclosures::all_columns).load(tx.0)?;
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sheet_ids: Vec<String> = rows.iter().map(|row| row.sheet_id.clone()).collect();
    let mut sheets = sheets::by_id(tx, &sheet_ids)?;
    let mut signed = signatures(tx, ids.clone())?;
    let mut corrections = versions::corrections(tx, &ids, &mut signed)?;
    let mut records = Vec::with_capacity(rows.len());
    for row in rows {
        let id = row.id.clone();
        let sheet = sheets.remove(&row.sheet_id);
        let signed = signed.remove(&(row.id.clone(), row.version));
        let correction = corrections.remove(&row.id);
        let made =
            sheet.and_then(|sheet| record(row, sheet, signed.unwrap_or_default(), correction));
        records.push(made.ok_or(StoreError::Corrupt("disclosures", id))?);
    }
    answered::fill(tx, &mut records)?;
    Ok(records)
}

type SignatureRow = (String, i32, String, String, i64, String, String);

/// Signatures by id and version, the oldest first.
pub(super) type Signed = HashMap<(String, i32), Vec<Signoff>>;

/// The signatures of disclosures, by id and version, the oldest first.
pub(super) fn signatures(tx: &mut Tx<'_>, ids: Vec<String>) -> Result<Signed, StoreError> {
    let photos: Vec<(String, i32, String, String)> = paper_signatures::table
        .filter(paper_signatures::disclosure_id.eq_any(ids.clone()))
        .load(tx.0)?;
    let mut photos: HashMap<_, _> = photos
        .into_iter()
        .map(|(id, version, person, photo)| ((id, version, person), photo))
        .collect();
    let rows: Vec<SignatureRow> = signoffs::table
        .filter(signoffs::disclosure_id.eq_any(ids))
        .order((signoffs::at, signoffs::person_id))
        .load(tx.0)?;
    let mut found: HashMap<_, Vec<Signoff>> = HashMap::new();
    for (id, version, role, person, at, note, content_sha256) in rows {
        let corrupt = || StoreError::Corrupt("signoffs", id.clone());
        let photo = photos.remove(&(id.clone(), version, person.clone()));
        let signoff = Signoff {
            role: SignoffRole::parse(&role).ok_or_else(corrupt)?,
            person_id: PersonId::try_from(person).map_err(|_| corrupt())?,
            at: Timestamp::from_micros(at),
            note: (!note.is_empty()).then_some(note),
            content_sha256,
            paper: photo
                .map(AttachmentId::try_from)
                .transpose()
                .map_err(|_| corrupt())?,
        };
        found.entry((id, version)).or_default().push(signoff);
    }
    Ok(found)
}

/// `None` when the row cannot be.
fn record(
    row: DisclosureRow,
    sheet: Sheet,
    signed: Vec<Signoff>,
    correction: Option<Correction>,
) -> Option<Record> {
    let same = sheet.region.as_str() == row.region_code
        && sheet.kind.as_str() == row.kind
        && sheet.period.to_string() == row.period
        && sheet.period.last_day().to_string() == row.period_end;
    let published = match (row.published_at, row.posting_until) {
        (Some(at), Some(until)) => Some(Published {
            at: Timestamp::from_micros(at),
            posting_until: parse_day(&until)?,
        }),
        (None, None) => None,
        _ => return None,
    };
    let withdrawn = match (row.withdrawn_at, row.withdrawal_reason) {
        (Some(at), Some(reason)) => Some(Withdrawn {
            at: Timestamp::from_micros(at),
            reason,
        }),
        (None, None) => None,
        _ => return None,
    };
    let drafted_by = row.drafted_by.map(PersonId::try_from).transpose().ok()?;
    let progress = Version::restore(
        State::parse(&row.state)?,
        drafted_by,
        sheet.content_sha256.clone()?,
        signed,
        published,
        withdrawn,
    )?;
    let record = Record {
        id: DisclosureId::try_from(row.id).ok()?,
        title: row.title,
        version: row.version,
        edition: row.edition,
        sheet,
        progress,
        created_at: Timestamp::from_micros(row.created_at),
        answered: answered::Answered::default(),
        correction,
    };
    same.then_some(record)
}
