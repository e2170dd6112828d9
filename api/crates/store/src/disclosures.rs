//! Open accounts. What is published anybody may find; every function that finds a draft takes the
//! [`Scope`] of whoever asks.

mod answered;
mod feed;
mod hidden;
mod objections;
mod rows;
mod sheets;
pub mod staged;
mod tables;
mod takedowns;
mod versions;

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
use crate::schema::{
    disclosure_corrections, disclosures, ledger_sheets, paper_signatures, signoffs,
};

pub use answered::Answered;
pub use feed::{Event, EventKind, events};
pub use hidden::hidden;
pub use objections::objections;
pub(crate) use sheets::line_sheet;
pub use sheets::{
    Line, NewSheet, Sheet, all_lines, answered_questions, faults, keep_sheet, lines, own_preview,
};
pub use tables::{
    After, Beside, TableLine, after, all_rows, answered_about_rows, beside, content, here,
    here_and_before, row_sheet, rows_of,
};
pub use takedowns::take_down;
pub use versions::{
    Correction, Past, begin_correction, drop_correction, end_correction, find_public, find_sheet,
    find_version, keep_version, keep_withdrawal, paper, past,
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
    /// Answers that everybody reads beside this version.
    pub answered: Answered,
    /// The next version, approved and on its way.
    pub correction: Option<Correction>,
}

impl Record {
    /// What stands to be signed and published: the correction that is under way, else the version itself.
    #[must_use]
    pub fn in_work(&self) -> (i32, &Sheet, &Version) {
        match &self.correction {
            Some(next) => (next.version, &next.sheet, &next.progress),
            None => (self.version, &self.sheet, &self.progress),
        }
    }

    /// The disclosure as it will stand once what is in work is published.
    #[must_use]
    pub fn to_come(&self) -> Self {
        let (version, sheet, progress) = self.in_work();
        Self {
            version,
            sheet: sheet.clone(),
            progress: progress.clone(),
            correction: None,
            answered: Answered::default(),
            ..self.clone()
        }
    }
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

/// What everybody may know of: published now, or once, and taken back.
fn public(query: Query<'_>) -> Query<'_> {
    let states = [State::Published.as_str(), State::Withdrawn.as_str()];
    query
        .filter(disclosures::state.eq_any(states))
        .filter(disclosures::published_at.is_not_null())
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

/// What is published or was withdrawn from publication in a region or inside it, the newest period first.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn published_in(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    filter: &PublicFilter,
) -> Result<Vec<Record>, StoreError> {
    let mut query = public(inside(disclosures::table.into_boxed(), region));
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

/// What approved corrections of the ledgers that end on the day before a period leave: they will be published with what
/// goes on from them.
///
/// # Errors
/// [`StoreError`].
pub fn closings_to_come(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    kind: DisclosureKind,
    period: Period,
) -> Result<Vec<Fen>, StoreError> {
    let last: Vec<String> = period
        .ending_before()
        .iter()
        .map(Period::to_string)
        .collect();
    let to_come: Vec<i64> = disclosure_corrections::table
        .inner_join(
            disclosures::table.on(disclosures::id.eq(disclosure_corrections::disclosure_id)),
        )
        .inner_join(ledger_sheets::table.on(ledger_sheets::id.eq(disclosure_corrections::sheet_id)))
        .filter(disclosures::region_code.eq(region.as_str()))
        .filter(disclosures::kind.eq(kind.as_str()))
        .filter(disclosures::period.eq_any(last))
        .select(ledger_sheets::closing_fen)
        .load(tx.0)?;
    Ok(to_come.into_iter().map(Fen).collect())
}

/// A published disclosure of the same village and kind whose period is another one and has days in common with this.
///
/// # Errors
/// [`StoreError::Corrupt`] when a period makes no sense.
pub fn overlapping(
    tx: &mut Tx<'_>,
    region: &RegionCode,
    kind: DisclosureKind,
    period: Period,
) -> Result<Option<Period>, StoreError> {
    // A year's begins and ends with it, and no period is longer.
    let year = format!("{:04}-", period.year());
    let texts: Vec<String> = disclosures::table
        .filter(disclosures::region_code.eq(region.as_str()))
        .filter(disclosures::kind.eq(kind.as_str()))
        .filter(disclosures::state.eq(State::Published.as_str()))
        .filter(disclosures::period_end.like(format!("{year}%")))
        .select(disclosures::period)
        .load(tx.0)?;
    for text in texts {
        let other = Period::parse(&text)
            .map_err(|_| StoreError::Corrupt("disclosures", region.to_string()))?;
        if other != period && other.overlaps(period) {
            return Ok(Some(other));
        }
    }
    Ok(None)
}

/// The disclosures of the same village and kind that end on the day before a period, and those that begin on the day
/// after it: published, or on their way to it once more.
///
/// # Errors
/// [`StoreError::Corrupt`] when a row makes no sense.
pub fn periods_beside(tx: &mut Tx<'_>, sheet: &Sheet) -> Result<[Vec<Record>; 2], StoreError> {
    let mut of = |periods: Vec<Period>| {
        let texts: Vec<String> = periods.iter().map(Period::to_string).collect();
        let query = public(disclosures::table.into_boxed())
            .filter(disclosures::region_code.eq(sheet.region.as_str().to_owned()))
            .filter(disclosures::kind.eq(sheet.kind.as_str()))
            .filter(disclosures::period.eq_any(texts))
            .order(disclosures::id);
        rows::load(tx, query)
    };
    Ok([
        of(sheet.period.ending_before())?,
        of(sheet.period.beginning_after())?,
    ])
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
    // What must be published when follows what is.
    let sheet = &record.sheet;
    let about = (&sheet.region, sheet.kind, sheet.period, sheet.id.as_str());
    let at = published.filter(|_| progress.state() == State::Published);
    crate::obligations::follow(tx, &record.id, about, at.map(|published| published.at))?;
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
        disclosures::withdrawn_at.eq(progress.withdrawn().map(|gone| gone.at.micros())),
        disclosures::withdrawal_reason.eq(progress.withdrawn().map(|gone| gone.reason.as_str())),
    ))
    .execute(tx.0)?;
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    let (version, _, in_work) = record.in_work();
    save_signatures(tx, &record.id, version, in_work)
}

/// Keeps the signatures under a version. Those under what was published stay; a draft that was taken back has none.
fn save_signatures(
    tx: &mut Tx<'_>,
    id: &DisclosureId,
    version: i32,
    progress: &Version,
) -> Result<(), StoreError> {
    if progress.signoffs().is_empty() {
        diesel::delete(
            paper_signatures::table
                .filter(paper_signatures::disclosure_id.eq(id.as_str()))
                .filter(paper_signatures::version.eq(version)),
        )
        .execute(tx.0)?;
        diesel::delete(
            signoffs::table
                .filter(signoffs::disclosure_id.eq(id.as_str()))
                .filter(signoffs::version.eq(version)),
        )
        .execute(tx.0)?;
        return Ok(());
    }
    let rows: Vec<_> = progress
        .signoffs()
        .iter()
        .map(|signoff| {
            (
                signoffs::disclosure_id.eq(id.as_str()),
                signoffs::version.eq(version),
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
    let papers: Vec<_> = progress
        .signoffs()
        .iter()
        .filter_map(|signoff| {
            let photo = signoff.paper.as_ref()?;
            Some((
                paper_signatures::disclosure_id.eq(id.as_str()),
                paper_signatures::version.eq(version),
                paper_signatures::person_id.eq(signoff.person_id.as_str()),
                paper_signatures::attachment_id.eq(photo.as_str()),
            ))
        })
        .collect();
    if !papers.is_empty() {
        on_backend!(tx, c => diesel::insert_into(paper_signatures::table).values(&papers).on_conflict_do_nothing().execute(c))?;
    }
    Ok(())
}
