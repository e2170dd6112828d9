//! Answers written for everybody: no word of a complainant and nothing personal is in these rows.

use diesel::prelude::*;
use domain::policy::Kind;
use domain::region::RegionCode;
use domain::time::Timestamp;

use crate::Tx;
use crate::error::StoreError;
use crate::schema::published_answers;

/// One published answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its id; it leads to no case.
    pub id: String,
    /// Where.
    pub region: RegionCode,
    /// What was asked for.
    pub kind: Kind,
    /// About what.
    pub category: String,
    /// What it is about, as JSON, pinned to the version seen.
    pub about: Option<String>,
    /// The id of what it is about.
    pub about_id: Option<String>,
    /// The words.
    pub text: String,
    /// When it was published.
    pub published_at: Timestamp,
}

/// Which answers to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Of this region or inside it.
    pub region: RegionCode,
    /// About this line, disclosure or item.
    pub about: Option<String>,
    /// After this place, counted back in time.
    pub after: Option<(i64, String)>,
    /// At most so many.
    pub limit: i64,
}

/// Publishes an answer to a case.
///
/// # Errors
/// [`StoreError`].
pub fn publish(tx: &mut Tx<'_>, complaint: &str, answer: &Answer) -> Result<(), StoreError> {
    diesel::insert_into(published_answers::table)
        .values((
            published_answers::id.eq(&answer.id),
            published_answers::complaint_id.eq(complaint),
            published_answers::region_code.eq(answer.region.as_str()),
            published_answers::kind.eq(answer.kind.as_str()),
            published_answers::category.eq(&answer.category),
            published_answers::about.eq(&answer.about),
            published_answers::about_id.eq(&answer.about_id),
            published_answers::text.eq(&answer.text),
            published_answers::published_at.eq(answer.published_at.micros()),
        ))
        .execute(tx.0)?;
    Ok(())
}

type Row = (
    String,
    String,
    String,
    String,
    Option<String>,
    Option<String>,
    String,
    i64,
);

const COLUMNS: (
    published_answers::id,
    published_answers::region_code,
    published_answers::kind,
    published_answers::category,
    published_answers::about,
    published_answers::about_id,
    published_answers::text,
    published_answers::published_at,
) = (
    published_answers::id,
    published_answers::region_code,
    published_answers::kind,
    published_answers::category,
    published_answers::about,
    published_answers::about_id,
    published_answers::text,
    published_answers::published_at,
);

fn read(
    (id, region, kind, category, about, about_id, text, published_at): Row,
) -> Result<Answer, StoreError> {
    let corrupt = || StoreError::Corrupt("published_answers", id.clone());
    Ok(Answer {
        region: RegionCode::try_from(region).map_err(|_| corrupt())?,
        kind: Kind::parse(&kind).ok_or_else(corrupt)?,
        id: id.clone(),
        category,
        about,
        about_id,
        text,
        published_at: Timestamp::from_micros(published_at),
    })
}

/// A page of answers, the newest first.
///
/// # Errors
/// [`StoreError`].
pub fn list(tx: &mut Tx<'_>, filter: &Filter) -> Result<Vec<Answer>, StoreError> {
    let inside = format!("{}%", filter.region.prefix());
    let mut query = published_answers::table
        .into_boxed()
        .filter(published_answers::region_code.like(inside));
    if let Some(about) = &filter.about {
        query = query.filter(published_answers::about_id.eq(about.clone()));
    }
    if let Some((at, id)) = &filter.after {
        query = query.filter(
            published_answers::published_at
                .lt(*at)
                .or(published_answers::published_at
                    .eq(*at)
                    .and(published_answers::id.lt(id.clone()))),
        );
    }
    let rows: Vec<Row> = query
        .order((
            published_answers::published_at.desc(),
            published_answers::id.desc(),
        ))
        .limit(filter.limit)
        .select(COLUMNS)
        .load(tx.0)?;
    rows.into_iter().map(read).collect()
}

/// The answers published of a case, the oldest first. The caller has found the case for somebody.
///
/// # Errors
/// [`StoreError`].
pub fn of_case(tx: &mut Tx<'_>, complaint: &str) -> Result<Vec<Answer>, StoreError> {
    let rows: Vec<Row> = published_answers::table
        .filter(published_answers::complaint_id.eq(complaint))
        .order((published_answers::published_at, published_answers::id))
        .select(COLUMNS)
        .load(tx.0)?;
    rows.into_iter().map(read).collect()
}
