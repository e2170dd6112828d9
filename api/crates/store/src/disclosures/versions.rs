//! Every version of a disclosure: those that were published, which stay as they were, and the one on its way.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::disclosure::publish::{Published, State, Version, Withdrawn};
use domain::id::{DisclosureId, PersonId, PreviewId};
use domain::time::{Timestamp, parse_day};

use super::rows::{self, Signed};
use super::sheets::{self, Sheet};
use super::{Answered, Record, answered, public};
use crate::Tx;
use crate::attachments::{self as pictures, Picture};
use crate::error::StoreError;
use crate::schema::{
    attachments, disclosure_corrections, disclosure_versions, disclosure_withdrawals, disclosures,
    paper_signatures, signoffs,
};

/// The next version of a published disclosure: a second person agreed to it, and it is on its way to being signed and
/// published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The number it will have.
    pub version: i32,
    /// The sheet it will show.
    pub sheet: Sheet,
    /// Its signatures.
    pub progress: Version,
    /// Why, for everybody to read once it is published.
    pub reason: String,
    /// Who agreed.
    pub approved_by: PersonId,
    /// When.
    pub approved_at: Timestamp,
}

/// A version that was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// The disclosure as it stood in that version; withdrawn, where that version or a later one was.
    pub record: Record,
    /// Why it took the place of the one before; nothing for the first.
    pub reason: Option<String>,
}

type CorrectionRow = (String, i32, String, String, String, String, i64);

/// The corrections under way of these disclosures; their signatures are taken out of `signed`.
pub(super) fn corrections(
    tx: &mut Tx<'_>,
    ids: &[String],
    signed: &mut Signed,
) -> Result<HashMap<String, Correction>, StoreError> {
    let rows: Vec<CorrectionRow> = disclosure_corrections::table
        .filter(disclosure_corrections::disclosure_id.eq_any(ids.to_vec()))
        .load(tx.0)?;
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let sheet_ids: Vec<String> = rows.iter().map(|row| row.2.clone()).collect();
    let mut sheets = sheets::by_id(tx, &sheet_ids)?;
    let mut found = HashMap::new();
    for (id, version, sheet, drafted_by, reason, approved_by, approved_at) in rows {
        let corrupt = || StoreError::Corrupt("disclosure_corrections", id.clone());
        let person = |text: String| PersonId::try_from(text).map_err(|_| corrupt());
        let sheet = sheets.remove(&sheet).ok_or_else(corrupt)?;
        let digest = sheet.content_sha256.clone().ok_or_else(corrupt)?;
        let signoffs = signed.remove(&(id.clone(), version)).unwrap_or_default();
        let drafter = Some(person(drafted_by)?);
        // A draft is signed as soon as the committee is among the signatures, and restoring says which of the two.
        let restored = [State::Draft, State::Signed].into_iter().find_map(|state| {
            let (drafter, digest) = (drafter.clone(), digest.clone());
            Version::restore(state, drafter, digest, signoffs.clone(), None, None)
        });
        let correction = Correction {
            version,
            sheet,
            progress: restored.ok_or_else(corrupt)?,
            reason,
            approved_by: person(approved_by)?,
            approved_at: Timestamp::from_micros(approved_at),
        };
        found.insert(id, correction);
    }
    Ok(found)
}

/// A sheet by its id, for what refers to it.
///
/// # Errors
/// [`StoreError::Corrupt`] when the row makes no sense.
pub fn find_sheet(tx: &mut Tx<'_>, id: &PreviewId) -> Result<Option<Sheet>, StoreError> {
    Ok(sheets::by_id(tx, &[id.to_string()])?.remove(id.as_str()))
}

/// A disclosure that everybody may know of: published, or published once and withdrawn.
///
/// # Errors
/// [`StoreError::Corrupt`] when the row makes no sense.
pub fn find_public(tx: &mut Tx<'_>, id: &DisclosureId) -> Result<Option<Record>, StoreError> {
    let query =
        public(disclosures::table.into_boxed()).filter(disclosures::id.eq(id.as_str().to_owned()));
    Ok(rows::load(tx, query)?.pop())
}

type VersionRow = (
    String,
    i32,
    String,
    String,
    Option<String>,
    Option<String>,
    i64,
    String,
);

/// Every published version of a disclosure that was found for somebody, the first one first.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn past(tx: &mut Tx<'_>, record: &Record) -> Result<Vec<Past>, StoreError> {
    let id = record.id.as_str();
    let found: Vec<VersionRow> = disclosure_versions::table
        .filter(disclosure_versions::disclosure_id.eq(id))
        .order(disclosure_versions::version)
        .load(tx.0)?;
    let gone: Vec<(i32, i64, String)> = disclosure_withdrawals::table
        .filter(disclosure_withdrawals::disclosure_id.eq(id))
        .order(disclosure_withdrawals::version)
        .select((
            disclosure_withdrawals::version,
            disclosure_withdrawals::at,
            disclosure_withdrawals::reason,
        ))
        .load(tx.0)?;
    let sheet_ids: Vec<String> = found.iter().map(|row| row.2.clone()).collect();
    let mut sheets = sheets::by_id(tx, &sheet_ids)?;
    let mut signed = rows::signatures(tx, vec![id.to_owned()])?;
    let corrupt = || StoreError::Corrupt("disclosure_versions", id.to_owned());
    let (mut records, mut reasons) = (Vec::new(), Vec::new());
    for (_, version, sheet, title, drafted_by, reason, at, until) in found {
        let sheet = sheets.remove(&sheet).ok_or_else(corrupt)?;
        // Whatever was withdrawn takes those before it along.
        let withdrawn = gone.iter().find(|(last, ..)| *last >= version);
        let withdrawn = withdrawn.map(|(_, at, reason)| Withdrawn {
            at: Timestamp::from_micros(*at),
            reason: reason.clone(),
        });
        let state = match withdrawn {
            Some(_) => State::Withdrawn,
            None => State::Published,
        };
        let progress = Version::restore(
            state,
            drafted_by
                .map(PersonId::try_from)
                .transpose()
                .map_err(|_| corrupt())?,
            sheet.content_sha256.clone().ok_or_else(corrupt)?,
            signed.remove(&(id.to_owned(), version)).unwrap_or_default(),
            Some(Published {
                at: Timestamp::from_micros(at),
                posting_until: parse_day(&until).ok_or_else(corrupt)?,
            }),
            withdrawn,
        );
        records.push(Record {
            id: record.id.clone(),
            title,
            version,
            edition: record.edition,
            sheet,
            progress: progress.ok_or_else(corrupt)?,
            created_at: record.created_at,
            answered: Answered::default(),
            correction: None,
        });
        reasons.push(reason);
    }
    answered::fill(tx, &mut records)?;
    let pairs = records.into_iter().zip(reasons);
    Ok(pairs
        .map(|(record, reason)| Past { record, reason })
        .collect())
}

/// One published version of a disclosure that was found for somebody.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn find_version(
    tx: &mut Tx<'_>,
    record: &Record,
    version: i32,
) -> Result<Option<Record>, StoreError> {
    if version == record.version && record.progress.published().is_some() {
        return Ok(Some(record.clone()));
    }
    let mut all = past(tx, record)?.into_iter();
    Ok(all
        .find(|one| one.record.version == version)
        .map(|one| one.record))
}

/// Writes down a version that was just published; `reason` says why it takes the place of the one before.
///
/// # Errors
/// [`StoreError::Conflict`] when that version, or that sheet, was published before; [`StoreError::Corrupt`] when it
/// was not published at all.
pub fn keep_version(
    tx: &mut Tx<'_>,
    record: &Record,
    reason: Option<&str>,
) -> Result<(), StoreError> {
    let progress = &record.progress;
    let published = progress
        .published()
        .ok_or_else(|| StoreError::Corrupt("disclosures", record.id.to_string()))?;
    diesel::insert_into(disclosure_versions::table)
        .values((
            disclosure_versions::disclosure_id.eq(record.id.as_str()),
            disclosure_versions::version.eq(record.version),
            disclosure_versions::sheet_id.eq(record.sheet.id.as_str()),
            disclosure_versions::title.eq(&record.title),
            disclosure_versions::drafted_by.eq(progress.drafted_by().map(PersonId::as_str)),
            disclosure_versions::reason.eq(reason),
            disclosure_versions::published_at.eq(published.at.micros()),
            disclosure_versions::posting_until.eq(published.posting_until.to_string()),
        ))
        .execute(tx.0)?;
    Ok(())
}

/// Writes down that the present version, and with it those before, was taken back.
///
/// # Errors
/// [`StoreError::Conflict`] when it was before.
pub fn keep_withdrawal(
    tx: &mut Tx<'_>,
    record: &Record,
    withdrawn: &Withdrawn,
) -> Result<(), StoreError> {
    diesel::insert_into(disclosure_withdrawals::table)
        .values((
            disclosure_withdrawals::disclosure_id.eq(record.id.as_str()),
            disclosure_withdrawals::version.eq(record.version),
            disclosure_withdrawals::at.eq(withdrawn.at.micros()),
            disclosure_withdrawals::reason.eq(&withdrawn.reason),
        ))
        .execute(tx.0)?;
    Ok(())
}

/// Keeps a correction that a second person agreed to.
///
/// # Errors
/// [`StoreError::Conflict`] when one is under way.
pub fn begin_correction(
    tx: &mut Tx<'_>,
    record: &Record,
    correction: &Correction,
) -> Result<(), StoreError> {
    let drafted_by = correction.progress.drafted_by();
    let drafted_by = drafted_by
        .ok_or_else(|| StoreError::Corrupt("disclosure_corrections", record.id.to_string()))?;
    diesel::insert_into(disclosure_corrections::table)
        .values((
            disclosure_corrections::disclosure_id.eq(record.id.as_str()),
            disclosure_corrections::version.eq(correction.version),
            disclosure_corrections::sheet_id.eq(correction.sheet.id.as_str()),
            disclosure_corrections::drafted_by.eq(drafted_by.as_str()),
            disclosure_corrections::reason.eq(&correction.reason),
            disclosure_corrections::approved_by.eq(correction.approved_by.as_str()),
            disclosure_corrections::approved_at.eq(correction.approved_at.micros()),
        ))
        .execute(tx.0)?;
    Ok(())
}

/// Ends a correction that was published: its signatures stay.
///
/// # Errors
/// [`StoreError`].
pub fn end_correction(tx: &mut Tx<'_>, id: &DisclosureId) -> Result<(), StoreError> {
    diesel::delete(disclosure_corrections::table.find(id.as_str())).execute(tx.0)?;
    Ok(())
}

/// Ends a correction that will not be published, and the signatures under it.
///
/// # Errors
/// [`StoreError`].
pub fn drop_correction(
    tx: &mut Tx<'_>,
    id: &DisclosureId,
    correction: &Correction,
) -> Result<(), StoreError> {
    end_correction(tx, id)?;
    diesel::delete(
        paper_signatures::table
            .filter(paper_signatures::disclosure_id.eq(id.as_str()))
            .filter(paper_signatures::version.eq(correction.version)),
    )
    .execute(tx.0)?;
    diesel::delete(
        signoffs::table
            .filter(signoffs::disclosure_id.eq(id.as_str()))
            .filter(signoffs::version.eq(correction.version)),
    )
    .execute(tx.0)?;
    Ok(())
}

/// The photo of the sheet that the committee signed on paper, of a version of a disclosure that was found for
/// somebody who works here.
///
/// # Errors
/// [`StoreError::Corrupt`] when the row makes no sense.
pub fn paper(
    tx: &mut Tx<'_>,
    record: &Record,
    version: i32,
) -> Result<Option<Picture>, StoreError> {
    let row: Option<pictures::Row> = paper_signatures::table
        .inner_join(attachments::table.on(attachments::id.eq(paper_signatures::attachment_id)))
        .filter(paper_signatures::disclosure_id.eq(record.id.as_str()))
        .filter(paper_signatures::version.eq(version))
        .order(paper_signatures::person_id)
        .select(pictures::COLUMNS)
        .first(tx.0)
        .optional()?;
    row.map(pictures::read).transpose()
}
