//! Pictures of vouchers. What is confirmed and published anybody may find; every other function wants the disclosure
//! that its caller has found for somebody.

use std::collections::HashMap;

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use domain::attachment::{Rectangle, VoucherState};
use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::publish::State;
use domain::disclosure::takedown::unpublish_at;
use domain::id::{LineId, PersonId, VoucherId};
use domain::time::{Day, Timestamp, parse_day};

use crate::Tx;
use crate::attachments::{self as pictures, Picture};
use crate::disclosures::Record;
use crate::error::StoreError;
use crate::schema::{
    attachments, disclosure_versions, disclosure_withdrawals, ledger_lines, ledger_sheets, vouchers,
};

/// A picture of a voucher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voucher {
    /// Its id; once confirmed and published, its public address.
    pub id: VoucherId,
    /// The line it belongs to.
    pub line: LineId,
    /// Rises with every change, for `If-Match`.
    pub version: i32,
    /// As it was uploaded.
    pub original: Picture,
    /// Who uploaded it.
    pub uploaded_by: PersonId,
    /// When, in case time.
    pub uploaded_at: Timestamp,
    /// What is left of it, once somebody drew the boxes.
    pub redaction: Option<Redaction>,
}

/// What is left of a voucher under black boxes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redaction {
    /// The new picture.
    pub picture: Picture,
    /// The boxes in it.
    pub rectangles: Vec<Rectangle>,
    /// Who drew them.
    pub by: PersonId,
    /// Who looked at it for the supervision committee, and when in case time.
    pub confirmed: Option<(PersonId, Timestamp)>,
}

impl Voucher {
    /// How far it is.
    #[must_use]
    pub fn state(&self) -> VoucherState {
        match &self.redaction {
            None => VoucherState::Uploaded,
            Some(Redaction {
                confirmed: None, ..
            }) => VoucherState::Redacted,
            Some(_) => VoucherState::Confirmed,
        }
    }

    /// Whether this person had a hand in it, and so cannot be the one who confirms it.
    #[must_use]
    pub fn is_made_by(&self, person: &PersonId) -> bool {
        let drew = self.redaction.as_ref().map(|redaction| &redaction.by);
        self.uploaded_by == *person || drew == Some(person)
    }
}

#[derive(Queryable)]
struct Row {
    id: String,
    line_id: String,
    original_id: String,
    redacted_id: Option<String>,
    rectangles: String,
    version: i32,
    uploaded_by: String,
    redacted_by: Option<String>,
    confirmed_by: Option<String>,
    uploaded_at: i64,
    confirmed_at: Option<i64>,
}

/// `None` when the row cannot be.
fn voucher(row: &Row, pictures: &HashMap<String, Picture>) -> Option<Voucher> {
    let person = |id: &str| PersonId::try_from(id).ok();
    let redaction = match (&row.redacted_id, &row.redacted_by) {
        (None, None) => None,
        (Some(picture), Some(by)) => Some(Redaction {
            picture: pictures.get(picture)?.clone(),
            rectangles: serde_json::from_str(&row.rectangles).ok()?,
            by: person(by)?,
            confirmed: match (&row.confirmed_by, row.confirmed_at) {
                (None, None) => None,
                (Some(by), Some(at)) => Some((person(by)?, Timestamp::from_micros(at))),
                _ => return None,
            },
        }),
        _ => return None,
    };
    Some(Voucher {
        id: VoucherId::try_from(row.id.as_str()).ok()?,
        line: LineId::try_from(row.line_id.as_str()).ok()?,
        version: row.version,
        original: pictures.get(&row.original_id)?.clone(),
        uploaded_by: person(&row.uploaded_by)?,
        uploaded_at: Timestamp::from_micros(row.uploaded_at),
        redaction,
    })
}

fn assemble(tx: &mut Tx<'_>, rows: &[Row]) -> Result<Vec<Voucher>, StoreError> {
    let ids = rows
        .iter()
        .flat_map(|row| [Some(&row.original_id), row.redacted_id.as_ref()]);
    let ids: Vec<&String> = ids.flatten().collect();
    let found: Vec<pictures::Row> = attachments::table
        .filter(attachments::id.eq_any(ids))
        .select(pictures::COLUMNS)
        .load(tx.0)?;
    let mut by_id = HashMap::new();
    for row in found {
        by_id.insert(row.0.clone(), pictures::read(row)?);
    }
    rows.iter()
        .map(|row| {
            voucher(row, &by_id).ok_or_else(|| StoreError::Corrupt("vouchers", row.id.clone()))
        })
        .collect()
}

/// The sheets whose lines have pictures to work on: the present version's, and the correction's on its way.
fn sheets_of(record: &Record) -> Vec<String> {
    let next = record.correction.as_ref().map(|next| &next.sheet);
    let sheets = [Some(&record.sheet), next].into_iter().flatten();
    sheets.map(|sheet| sheet.id.to_string()).collect()
}

/// The pictures that belong to the lines of a disclosure, in the order of the lines.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn of_disclosure(tx: &mut Tx<'_>, record: &Record) -> Result<Vec<Voucher>, StoreError> {
    let rows: Vec<Row> = vouchers::table
        .inner_join(ledger_lines::table.on(ledger_lines::id.eq(vouchers::line_id)))
        .filter(ledger_lines::sheet_id.eq_any(sheets_of(record)))
        .order((ledger_lines::no, vouchers::uploaded_at, vouchers::id))
        .select(vouchers::all_columns)
        .load(tx.0)?;
    assemble(tx, &rows)
}

/// One of them.
///
/// # Errors
/// [`StoreError::Corrupt`] when the row makes no sense.
pub fn find_in(
    tx: &mut Tx<'_>,
    record: &Record,
    id: &VoucherId,
) -> Result<Option<Voucher>, StoreError> {
    let rows: Vec<Row> = vouchers::table
        .inner_join(ledger_lines::table.on(ledger_lines::id.eq(vouchers::line_id)))
        .filter(ledger_lines::sheet_id.eq_any(sheets_of(record)))
        .filter(vouchers::id.eq(id.as_str()))
        .select(vouchers::all_columns)
        .load(tx.0)?;
    Ok(assemble(tx, &rows)?.pop())
}

/// What is left of a voucher that the committee has confirmed, of a version that is published and not withdrawn: the
/// one thing that anybody may look at.
///
/// # Errors
/// [`StoreError::Corrupt`] when the row makes no sense.
pub fn find_published(
    tx: &mut Tx<'_>,
    id: &VoucherId,
    today: Day,
) -> Result<Option<Picture>, StoreError> {
    let row: Option<(Row, String, String)> = vouchers::table
        .inner_join(ledger_lines::table.on(ledger_lines::id.eq(vouchers::line_id)))
        .inner_join(ledger_sheets::table.on(ledger_sheets::id.eq(ledger_lines::sheet_id)))
        .inner_join(
            disclosure_versions::table.on(disclosure_versions::sheet_id.eq(ledger_sheets::id)),
        )
        .filter(vouchers::id.eq(id.as_str()))
        .filter(vouchers::confirmed_by.is_not_null())
        .filter(not(exists(
            disclosure_withdrawals::table
                .filter(
                    disclosure_withdrawals::disclosure_id.eq(disclosure_versions::disclosure_id),
                )
                .filter(disclosure_withdrawals::version.ge(disclosure_versions::version)),
        )))
        .select((
            vouchers::all_columns,
            ledger_sheets::kind,
            disclosure_versions::posting_until,
        ))
        .first(tx.0)
        .optional()?;
    let Some((row, kind, until)) = row else {
        return Ok(None);
    };
    let corrupt = || StoreError::Corrupt("disclosure_versions", row.id.clone());
    let kind = DisclosureKind::parse(&kind).ok_or_else(corrupt)?;
    let until = parse_day(&until).ok_or_else(corrupt)?;
    // It leaves the web with its line.
    if unpublish_at(kind, until).is_some_and(|day| today >= day) {
        return Ok(None);
    }
    let found = assemble(tx, &[row])?.pop();
    Ok(found
        .filter(|voucher| voucher.state() == VoucherState::Confirmed)
        .and_then(|voucher| voucher.redaction)
        .map(|redaction| redaction.picture))
}

/// The confirmed pictures of a disclosure's lines, by the line's id.
///
/// # Errors
/// [`StoreError`].
pub fn confirmed(
    tx: &mut Tx<'_>,
    record: &Record,
) -> Result<HashMap<String, Vec<String>>, StoreError> {
    let rows: Vec<(String, String)> = vouchers::table
        .inner_join(ledger_lines::table.on(ledger_lines::id.eq(vouchers::line_id)))
        .filter(ledger_lines::sheet_id.eq(record.sheet.id.as_str()))
        .filter(vouchers::confirmed_by.is_not_null())
        .order((vouchers::uploaded_at, vouchers::id))
        .select((vouchers::line_id, vouchers::id))
        .load(tx.0)?;
    let mut by_line: HashMap<String, Vec<String>> = HashMap::new();
    for (line, id) in rows {
        by_line.entry(line).or_default().push(id);
    }
    Ok(by_line)
}

/// Whether a disclosure, or the correction of it that is under way, has that line.
///
/// # Errors
/// [`StoreError`].
pub fn has_line(tx: &mut Tx<'_>, record: &Record, line: &LineId) -> Result<bool, StoreError> {
    let count: i64 = ledger_lines::table
        .filter(ledger_lines::sheet_id.eq_any(sheets_of(record)))
        .filter(ledger_lines::id.eq(line.as_str()))
        .count()
        .get_result(tx.0)?;
    Ok(count == 1)
}

/// Whether that line is one that is not published yet: only there pictures are added.
///
/// # Errors
/// [`StoreError`].
pub fn takes_pictures(tx: &mut Tx<'_>, record: &Record, line: &LineId) -> Result<bool, StoreError> {
    let (_, sheet, progress) = record.in_work();
    let count: i64 = ledger_lines::table
        .filter(ledger_lines::sheet_id.eq(sheet.id.as_str()))
        .filter(ledger_lines::id.eq(line.as_str()))
        .count()
        .get_result(tx.0)?;
    Ok(count == 1 && matches!(progress.state(), State::Draft | State::Signed))
}

/// Keeps a new one, with its picture.
///
/// # Errors
/// [`StoreError`].
pub fn insert(tx: &mut Tx<'_>, voucher: &Voucher) -> Result<(), StoreError> {
    pictures::insert(tx, &voucher.original)?;
    diesel::insert_into(vouchers::table)
        .values((
            vouchers::id.eq(voucher.id.as_str()),
            vouchers::line_id.eq(voucher.line.as_str()),
            vouchers::original_id.eq(voucher.original.id.as_str()),
            vouchers::rectangles.eq("[]"),
            vouchers::version.eq(voucher.version),
            vouchers::uploaded_by.eq(voucher.uploaded_by.as_str()),
            vouchers::uploaded_at.eq(voucher.uploaded_at.micros()),
        ))
        .execute(tx.0)?;
    Ok(())
}

/// Keeps another redaction, or its confirmation, if nobody else changed the voucher since it was read in version
/// `seen`. The picture it takes the place of is forgotten; the caller removes that file afterwards.
///
/// # Errors
/// [`StoreError::Stale`] when somebody did.
pub fn save(
    tx: &mut Tx<'_>,
    before: &Voucher,
    redaction: &Redaction,
    seen: i32,
) -> Result<(), StoreError> {
    let old = before.redaction.as_ref().map(|old| &old.picture.id);
    let is_new = old != Some(&redaction.picture.id);
    if is_new {
        pictures::insert(tx, &redaction.picture)?;
    }
    let boxes = serde_json::to_string(&redaction.rectangles)
        .map_err(|_| StoreError::Corrupt("vouchers", before.id.to_string()))?;
    let confirmed = redaction.confirmed.as_ref();
    let changed = diesel::update(
        vouchers::table
            .find(before.id.as_str())
            .filter(vouchers::version.eq(seen)),
    )
    .set((
        vouchers::redacted_id.eq(Some(redaction.picture.id.as_str())),
        vouchers::rectangles.eq(boxes),
        vouchers::version.eq(seen + 1),
        vouchers::redacted_by.eq(Some(redaction.by.as_str())),
        vouchers::confirmed_by.eq(confirmed.map(|(by, _)| by.as_str())),
        vouchers::confirmed_at.eq(confirmed.map(|(_, at)| at.micros())),
    ))
    .execute(tx.0)?;
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    if let Some(old) = old.filter(|_| is_new) {
        diesel::delete(attachments::table.find(old.as_str())).execute(tx.0)?;
    }
    Ok(())
}

/// Forgets one, with its pictures, if nobody changed it since it was read in version `seen`; the caller removes their
/// files afterwards.
///
/// # Errors
/// [`StoreError::Stale`] when somebody did.
pub fn remove(tx: &mut Tx<'_>, voucher: &Voucher, seen: i32) -> Result<(), StoreError> {
    let row = vouchers::table
        .find(voucher.id.as_str())
        .filter(vouchers::version.eq(seen));
    if diesel::delete(row).execute(tx.0)? == 0 {
        return Err(StoreError::Stale);
    }
    let left = voucher.redaction.as_ref().map(|left| &left.picture.id);
    for picture in [Some(&voucher.original.id), left].into_iter().flatten() {
        diesel::delete(attachments::table.find(picture.as_str())).execute(tx.0)?;
    }
    Ok(())
}
