//! Updates that are prepared once.

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::query_dsl::RunQueryDsl;

/// An update whose words are the same at each call.
///
/// Diesel has every `UPDATE` parsed and planned anew, because the columns that are set may vary from call to call: on
/// SQLite that is half of what a small one costs, on PostgreSQL a round trip more. Statements are kept by their words, so
/// one that did vary would only be kept twice.
pub(crate) struct Kept<T>(T);

/// Says that an update is always the same.
pub(crate) trait Keep: Sized {
    /// The same, prepared once for each connection.
    fn kept(self) -> Kept<Self> {
        Kept(self)
    }
}

impl<T> Keep for T {}

impl<T> QueryId for Kept<T> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<T, DB> QueryFragment<DB> for Kept<T>
where
    DB: Backend,
    T: QueryFragment<DB>,
{
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(pass)
    }

    fn is_safe_to_cache_prepared(&self, _: &DB) -> QueryResult<bool> {
        Ok(true)
    }
}

impl<T, C> RunQueryDsl<C> for Kept<T> {}
