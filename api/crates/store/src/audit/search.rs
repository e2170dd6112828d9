//! Looking through the audit. A row about a case is there for whoever may know of the case, and for nobody else
//! (`contract.md` 4: audit views follow the same predicate); any other for those of the region in which it was done.

use std::collections::HashMap;

use diesel::connection::DefaultLoadingMode;
use diesel::dsl::{exists, sql};
use diesel::prelude::*;
use diesel::result::Error;
use diesel::sql_types::BigInt;
use domain::role::{Permission, Scope};
use domain::time::Timestamp;

use super::columns::{RowColumns, row, row_columns};
use super::names::{Name, Names};
use crate::Tx;
use crate::complaints::case_is_known;
use crate::conn::Conn;
use crate::error::StoreError;
use crate::schema::{audit, audit_chain, complaints, disclosures, ledger_sheets, proposals, staff};

type Backend = <Conn as diesel::Connection>::Backend;
type Query<'a> = audit::BoxedQuery<'a, Backend>;

/// Which rows to show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// In this case: its id or its number.
    pub case: Option<String>,
    /// By this person, or about an account of this person: an account's id or name.
    pub person: Option<String>,
    /// Of this action.
    pub action: Option<String>,
    /// From this instant of case time on.
    pub from: Option<Timestamp>,
    /// Before this one.
    pub until: Option<Timestamp>,
    /// After this row, back in time.
    pub after: Option<String>,
    /// At most so many.
    pub limit: i64,
}

/// A row as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The row.
    pub row: domain::audit::Row,
    /// Its place in the chain and its link, once it has them.
    pub link: Option<(i64, Vec<u8>)>,
    /// What the account that did it is called: name to log in, name to read.
    pub actor: Option<(String, String)>,
    /// The number of its case.
    pub case_number: Option<String>,
    /// What the thing is recognised by, where this reader may see that.
    pub name: Option<Name>,
}

/// When a row is shown to have happened: its case time, and of what a complainant did the beginning of that day in China.
/// The rows stand in this order too: a place between two others would tell the minute. Word for word the expression of
/// the index `audit_shown`.
const SHOWN_AT: &str = "(CASE WHEN actor = 'complainant' THEN case_at - (case_at + 28800000000) % 86400000000 ELSE case_at END)";

/// The rows that a person may see, the latest first.
///
/// # Errors
/// [`StoreError`].
pub fn search(tx: &mut Tx<'_>, scope: &Scope, filter: &Filter) -> Result<Vec<Found>, StoreError> {
    let mut query = visible(scope);
    if let Some(case) = &filter.case {
        let id: Option<String> = complaints::table
            .filter(
                complaints::id
                    .eq(case)
                    .or(complaints::number.eq(case.to_uppercase())),
            )
            .select(complaints::id)
            .first(tx.0)
            .optional()?;
        // No case has an empty id.
        query = query.filter(audit::case_id.eq(Some(id.unwrap_or_default())));
    }
    if let Some(person) = &filter.person {
        let accounts = accounts(tx, person)?;
        let of_account = audit::case_id
            .is_null()
            .and(audit::object.eq("staff"))
            .and(audit::object_id.eq_any(accounts.clone()));
        query = query.filter(
            audit::actor_id
                .assume_not_null()
                .eq_any(accounts)
                .and(audit::actor_id.is_not_null())
                .or(of_account),
        );
    }
    if let Some(action) = &filter.action {
        query = query.filter(audit::action.eq(action.clone()));
    }
    query = within(query, filter);
    if let Some(after) = &filter.after {
        let at: Option<i64> = audit::table
            .find(after)
            .select(sql::<BigInt>(SHOWN_AT))
            .get_result(tx.0)
            .optional()?;
        let Some(at) = at else {
            return Ok(Vec::new());
        };
        let shown = || sql::<BigInt>(SHOWN_AT);
        query = query.filter(
            shown()
                .lt(at)
                .or(shown().eq(at).and(audit::id.lt(after.clone()))),
        );
    }
    let rows: Vec<RowColumns> = query
        .order((sql::<BigInt>(SHOWN_AT).desc(), audit::id.desc()))
        .limit(filter.limit)
        .select(row_columns!())
        .load_iter::<RowColumns, DefaultLoadingMode>(tx.0)?
        // What somebody wrote past the program and cannot be read hides nothing else; `verify audit` names it.
        .filter(|row| !matches!(row, Err(Error::DeserializationError(_))))
        .collect::<QueryResult<_>>()?;
    with_names(tx, scope, rows.into_iter().map(row).collect())
}

/// Whether somebody with this scope may know of that person: one of the region, or who did what is to be seen.
///
/// # Errors
/// [`StoreError`].
pub fn knows_person(tx: &mut Tx<'_>, scope: &Scope, person: &str) -> Result<bool, StoreError> {
    let accounts = accounts(tx, person)?;
    let here = format!("{}%", scope.region.prefix());
    let of_here: Option<String> = staff::table
        .filter(staff::id.eq_any(accounts.clone()))
        .filter(staff::region_code.like(here))
        .select(staff::id)
        .get_result(tx.0)
        .optional()?;
    if of_here.is_some() {
        return Ok(true);
    }
    let done: Option<String> = visible(scope)
        .filter(audit::actor_id.assume_not_null().eq_any(accounts))
        .filter(audit::actor_id.is_not_null())
        .select(audit::id)
        .get_result(tx.0)
        .optional()?;
    Ok(done.is_some())
}

/// Whether anything of this name was ever done.
///
/// # Errors
/// [`StoreError`].
pub fn knows_action(tx: &mut Tx<'_>, action: &str) -> Result<bool, StoreError> {
    let one: Option<String> = audit::table
        .filter(audit::action.eq(action))
        .select(audit::id)
        .first(tx.0)
        .optional()?;
    Ok(one.is_some())
}

/// What somebody with this scope may see at all.
fn visible<'a>(scope: &Scope) -> Query<'a> {
    let query = audit::table.into_boxed();
    let here = format!("{}%", scope.region.prefix());
    let by_one_of_here = exists(
        staff::table
            .filter(staff::id.eq(audit::actor_id.assume_not_null()))
            .filter(staff::region_code.like(here.clone())),
    );
    let of_one_of_here = audit::object.eq("staff").and(exists(
        staff::table
            .filter(staff::id.eq(audit::object_id))
            .filter(staff::region_code.like(here.clone())),
    ));
    let proposed_here = audit::object.eq("proposal").and(exists(
        proposals::table
            .filter(proposals::id.eq(audit::object_id))
            .filter(proposals::region_code.like(here.clone())),
    ));
    let published_here = audit::object.eq("disclosure").and(
        exists(
            disclosures::table
                .filter(disclosures::id.eq(audit::object_id))
                .filter(disclosures::region_code.like(here.clone())),
        )
        .or(exists(
            ledger_sheets::table
                .filter(ledger_sheets::id.eq(audit::object_id))
                .filter(ledger_sheets::region_code.like(here)),
        )),
    );
    // What is done at the machine to no region's own things is done for all of them.
    let for_all =
        audit::actor_id
            .is_null()
            .and(audit::object.ne_all(["staff", "proposal", "disclosure"]));
    let of_no_case = audit::case_id.is_null().and(
        by_one_of_here
            .or(of_one_of_here)
            .or(proposed_here)
            .or(published_here)
            .or(for_all),
    );
    if !scope.can(Permission::ReadCases) {
        return query.filter(of_no_case);
    }
    let of_known_case = audit::case_id
        .is_not_null()
        .and(case_is_known!(audit::case_id.assume_not_null(), scope));
    query.filter(of_no_case.or(of_known_case))
}

/// By time. What a complainant did is found by the day alone, as it is shown: asking for ever shorter spans must not
/// tell the minute in which somebody complained.
fn within<'a>(mut query: Query<'a>, filter: &Filter) -> Query<'a> {
    let by_complainant = || audit::actor.eq("complainant");
    if let Some(from) = filter.from {
        query = query
            .filter(audit::case_at.ge(Timestamp::start_of(from.day()).micros()))
            .filter(audit::case_at.ge(from.micros()).or(by_complainant()));
    }
    if let Some(until) = filter.until {
        let last = until.plus_micros(-1).day();
        let end = last.succ_opt().map_or(Timestamp::MAX, Timestamp::start_of);
        query = query
            .filter(audit::case_at.lt(end.micros()))
            .filter(audit::case_at.lt(until.micros()).or(by_complainant()));
    }
    query
}

/// Every account of the natural person behind one.
fn accounts(tx: &mut Tx<'_>, person: &str) -> Result<Vec<String>, StoreError> {
    let same: Option<String> = staff::table
        .filter(
            staff::id
                .eq(person)
                .or(staff::username.eq(person.trim().to_lowercase())),
        )
        .select(staff::person_id)
        .first(tx.0)
        .optional()?;
    let Some(same) = same else {
        return Ok(Vec::new());
    };
    Ok(staff::table
        .filter(staff::person_id.eq(same))
        .select(staff::id)
        .load(tx.0)?)
}

fn with_names(
    tx: &mut Tx<'_>,
    scope: &Scope,
    rows: Vec<domain::audit::Row>,
) -> Result<Vec<Found>, StoreError> {
    let things = Names::of(tx, scope, &rows)?;
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let links: Vec<(String, i64, Vec<u8>)> = audit_chain::table
        .filter(audit_chain::audit_id.eq_any(ids))
        .select((audit_chain::audit_id, audit_chain::seq, audit_chain::hash))
        .load(tx.0)?;
    let mut links: HashMap<String, (i64, Vec<u8>)> = links
        .into_iter()
        .map(|(id, seq, hash)| (id, (seq, hash)))
        .collect();
    let actors: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.actor_id.as_deref())
        .collect();
    let names: Vec<(String, String, String)> = staff::table
        .filter(staff::id.eq_any(actors))
        .select((staff::id, staff::username, staff::display_name))
        .load(tx.0)?;
    let names: HashMap<String, (String, String)> = names
        .into_iter()
        .map(|(id, login, name)| (id, (login, name)))
        .collect();
    let cases: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.case_id.as_deref())
        .collect();
    let numbers: Vec<(String, String)> = complaints::table
        .filter(complaints::id.eq_any(cases))
        .select((complaints::id, complaints::number))
        .load(tx.0)?;
    let numbers: HashMap<String, String> = numbers.into_iter().collect();
    let found = rows.into_iter().map(|row| Found {
        link: links.remove(&row.id),
        actor: row.actor_id.as_ref().and_then(|id| names.get(id)).cloned(),
        case_number: row.case_id.as_ref().and_then(|id| numbers.get(id)).cloned(),
        name: things.get(&row),
        row,
    });
    Ok(found.collect())
}
