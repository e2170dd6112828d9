//! Open accounts. What is published anybody may find; every function that finds a draft takes the
//! [`Scope`] of whoever asks.

mod rows;
mod sheets;
mod tables;

use diesel::prelude::*;
use domain::disclosure::kind::DisclosureKind;
use domain::disclosure::period::Period;
use domain::disclosure::publish::{State, Version};
use domain::disclosure::reach::{district, reaches};
use domain::id::{DisclosureId, PersonId};
use domain::money::Fen;
use domain::region::RegionCode;
use domain::role::Scope;
use domain::time::{Day, Timestamp};

use crate::Tx;
use crate::conn::{Conn, on_backend};
use crate::error::StoreError;
use crate::schema::{disclosures, ledger_sheets, signoffs};

pub use sheets::{
    Line, NewSheet, Sheet, all_lines, answered_questions, keep_sheet, lines, own_preview,
};
pub use tables::{
    After, Beside, TableLine, after, all_rows, answered_about_rows, beside, content, row_sheet,
    rows_of,
};

type Backend = <Conn as diesel::Connection>::Backend;
pub(crate) type Query<'a> = disclosures::BoxedQuery<'a, Backend>;

/// A disclosure in its present version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id, through all versions.
    pub id: DisclosureId,
    /// What stands above it on the board.
    pub title: String,
    /// The version: 1 until it is corrected.
    pub version: i32,
    /// Rises with every change, for `If-Match`.
    pub edition: i32,
    /// The sheet it shows: where, what, when and the sums.
    pub sheet: Sheet,
    /// Signatures and publication.
    pub progress: Version,
    /// When it was first drafted.
    pub created_at: Timestamp,
}

/// A place in a list: a number in the order of the list, and the id.
pub type Place = (i64, String);

/// Which drafts and publications to show to staff.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// In this region or inside it.
    pub region: Option<RegionCode>,
    /// In this state.
    pub state: Option<State>,
    /// After this place (creation, id).
    pub after: Option<Place>,
    /// At most so many.
    pub limit: i64,
}

/// Which publications to show to everybody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PublicFilter {
    /// Of this kind.
    pub kind: Option<DisclosureKind>,
    /// Of exactly this period.
    pub period: Option<Period>,
    /// After this place (last day of the period, id).
    pub after: Option<(Day, String)>,
    /// At most so many.
    pub limit: i64,
}

fn inside<'a>(query: Query<'a>, region: &RegionCode) -> Query<'a> {
    query.filter(disclosures::region_code.like(format!("{}%", region.prefix())))
}

/// A disclosure of a village whose accounts this person may know of, in any state.
///
/// # Errors
/// [`StoreError::Corrupt`] when the row makes no sense.
pub fn find_for(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: &DisclosureId,
) -> Result<Option<Record>, StoreError> {
    let Some(district) = district(scope) else {
        return Ok(None);
    };
    let query = inside(disclosures::table.into_boxed(), district)
        .filter(disclosures::id.eq(id.as_str().to_owned()));
    let found = rows::load(tx, query)?.pop();
    // The same rule once more, in the domain's words: SQL alone never decides.
    Ok(found.filter(|record| reaches(scope, &record.sheet.region)))
}

/// The disclosures of the villages whose accounts this person may know of, the newest draft first.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn list_for(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &Filter,
) -> Result<Vec<Record>, StoreError> {
    let Some(district) = district(scope) else {
        return Ok(Vec::new());
    };
    let mut query = inside(disclosures::table.into_boxed(), district);
    if let Some(region) = &filter.region {
        query = inside(query, region);
    }
    if let Some(state) = filter.state {
        query = query.filter(disclosures::state.eq(state.as_str()));
    }
    if let Some((created, id)) = &filter.after {
        query = query.filter(
            disclosures::created_at
                .lt(*created)
                .or(disclosures::created_at
                    .eq(*created)
                    .and(disclosures::id.lt(id.clone()))),
        );
    }
    let query = query
        .order((disclosures::created_at.desc(), disclosures::id.desc()))
        .limit(filter.limit);
    let mut found = rows::load(tx, query)?;
    found.retain(|record| reaches(scope, &record.sheet.region));
    Ok(found)
}

/// A published disclosure.
///
/// # Errors
/// [`StoreError::Corrupt`] when the row makes no sense.
pub fn find_published(tx: &mut Tx<'_>, id: &DisclosureId) -> Result<Option<Record>, StoreError> {
    let query = disclosures::table
        .into_boxed()
        .filter(disclosures::state.eq(State::Published.as_str()))
        .filter(disclosures::id.eq(id.as_str().to_owned()));
    Ok(rows::load(tx, query)?.pop())
}

/// What is published in a region or inside it, the newest period first.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn published_in(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    filter: &PublicFilter,
) -> Result<Vec<Record>, StoreError> {
    let mut query = inside(disclosures::table.into_boxed(), region)
        .filter(disclosures::state.eq(State::Published.as_str()));
    if let Some(kind) = filter.kind {
        query = query.filter(disclosures::kind.eq(kind.as_str()));
    }
    if let Some(period) = filter.period {
        query = query.filter(disclosures::period.eq(period.to_string()));
    }
    if let Some((day, id)) = &filter.after {
        let day = day.to_string();
        query = query.filter(
            disclosures::period_end
                .lt(day.clone())
                .or(disclosures::period_end
                    .eq(day)
                    .and(disclosures::id.lt(id.clone()))),
        );
    }
    let query = query
        .order((disclosures::period_end.desc(), disclosures::id.desc()))
        .limit(filter.limit);
    rows::load(tx, query)
}

/// What stands in the place that a sheet of this village, kind and period would take, in any state. For
/// whoever drafts there, before anything is drafted; nothing of it may be shown unasked.
///
/// # Errors
/// [`StoreError::Corrupt`] when the row makes no sense.
pub fn occupant(tx: &mut Tx<'_>, sheet: &Sheet) -> Result<Option<Record>, StoreError> {
    let query = disclosures::table
        .into_boxed()
        .filter(disclosures::region_code.eq(sheet.region.as_str().to_owned()))
        .filter(disclosures::kind.eq(sheet.kind.as_str()))
        .filter(disclosures::period.eq(sheet.period.to_string()));
    Ok(rows::load(tx, query)?.pop())
}

/// The balances on both sides of a period, as published.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Neighbours {
    /// What the ledgers that end on the day before left, the same kind of period first.
    pub closings_before: Vec<Fen>,
    /// What the ledgers that begin on the day after begin with.
    pub openings_after: Vec<Fen>,
}

/// The balances on both sides of a ledger's period.
///
/// # Errors
/// [`StoreError`].
pub fn neighbours(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    kind: DisclosureKind,
    period: Period,
) -> Result<Neighbours, StoreError> {
    let (before, after) = (period.ending_before(), period.beginning_after());
    let texts: Vec<String> = before.iter().chain(&after).map(Period::to_string).collect();
    let found: Vec<(String, i64, i64)> = disclosures::table
        .inner_join(ledger_sheets::table.on(ledger_sheets::id.eq(disclosures::sheet_id)))
        .filter(disclosures::region_code.eq(region.as_str()))
        .filter(disclosures::kind.eq(kind.as_str()))
        .filter(disclosures::state.eq(State::Published.as_str()))
        .filter(disclosures::period.eq_any(texts))
        .select((
            disclosures::period,
            ledger_sheets::opening_fen,
            ledger_sheets::closing_fen,
        ))
        .load(tx.0)?;
    let of = |period: &Period| {
        let text = period.to_string();
        found.iter().find(move |(period, ..)| *period == text)
    };
    Ok(Neighbours {
        closings_before: before.iter().filter_map(of).map(|row| Fen(row.2)).collect(),
        openings_after: after.iter().filter_map(of).map(|row| Fen(row.1)).collect(),
    })
}

/// Keeps a new draft.
///
/// # Errors
/// [`StoreError::Conflict`] when the period is taken.
pub fn insert(tx: &mut Tx<'_>, record: &Record) -> Result<(), StoreError> {
    let Record {
        sheet, progress, ..
    } = record;
    diesel::insert_into(disclosures::table)
        .values((
            disclosures::id.eq(record.id.as_str()),
            disclosures::region_code.eq(sheet.region.as_str()),
            disclosures::kind.eq(sheet.kind.as_str()),
            disclosures::period.eq(sheet.period.to_string()),
            disclosures::period_end.eq(sheet.period.last_day().to_string()),
            disclosures::title.eq(&record.title),
            disclosures::state.eq(progress.state().as_str()),
            disclosures::version.eq(record.version),
            disclosures::edition.eq(record.edition),
            disclosures::sheet_id.eq(sheet.id.as_str()),
            disclosures::drafted_by.eq(progress.drafted_by().map(PersonId::as_str)),
            disclosures::created_at.eq(record.created_at.micros()),
        ))
        .execute(tx.0)?;
    Ok(())
}

/// Keeps a changed disclosure, if nobody else changed it since it was read in edition `seen`.
///
/// # Errors
/// [`StoreError::Stale`] when somebody did.
pub fn save(tx: &mut Tx<'_>, record: &Record, seen: i32) -> Result<(), StoreError> {
    let progress = &record.progress;
    let published = progress.published();
    let changed = diesel::update(
        disclosures::table
            .find(record.id.as_str())
            .filter(disclosures::edition.eq(seen)),
    )
    .set((
        disclosures::title.eq(&record.title),
        disclosures::state.eq(progress.state().as_str()),
        disclosures::version.eq(record.version),
        disclosures::edition.eq(record.edition),
        disclosures::sheet_id.eq(record.sheet.id.as_str()),
        disclosures::drafted_by.eq(progress.drafted_by().map(PersonId::as_str)),
        disclosures::published_at.eq(published.map(|published| published.at.micros())),
        disclosures::posting_until
            .eq(published.map(|published| published.posting_until.to_string())),
    ))
    .execute(tx.0)?;
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    let rows: Vec<_> = progress
        .signoffs()
        .iter()
        .map(|signoff| {
            (
                signoffs::disclosure_id.eq(record.id.as_str()),
                signoffs::version.eq(record.version),
                signoffs::role.eq(signoff.role.as_str()),
                signoffs::person_id.eq(signoff.person_id.as_str()),
                signoffs::at.eq(signoff.at.micros()),
                signoffs::note.eq(signoff.note.as_deref().unwrap_or_default()),
                signoffs::content_sha256.eq(&signoff.content_sha256),
            )
        })
        .collect();
    // Those that are there stay: a signature never changes.
    on_backend!(tx, c => diesel::insert_into(signoffs::table).values(&rows).on_conflict_do_nothing().execute(c))?;
    Ok(())
}
