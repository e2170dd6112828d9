//! Updates that are prepared once.

use diesel::internal::derives::multiconnection::AstPassHelper as _;
use diesel::pg::{Pg, PgQueryBuilder};
use diesel::query_builder::{AstPass, QueryBuilder as _, QueryFragment, QueryId};
use diesel::sqlite::{Sqlite, SqliteQueryBuilder};
use diesel::{Connection as _, QueryResult};

use crate::conn::Conn;

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

/// An update says of itself, as it is walked through, that it must not be kept. So its words are taken whole, and it is
/// walked through only for its values; to say otherwise in [`QueryFragment::is_safe_to_cache_prepared`] is not heard, because
/// connections ask a reference to the query, which walks through it.
macro_rules! kept_on {
    ($backend:ident, $words:ty) => {
        impl<T: QueryFragment<$backend>> QueryFragment<$backend> for Kept<T> {
            fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, $backend>) -> QueryResult<()> {
                if pass.bind_collector().is_some() || pass.debug_binds().is_some() {
                    return self.0.walk_ast(pass);
                }
                let mut words = <$words>::default();
                self.0.to_sql(&mut words, &$backend)?;
                pass.push_sql(&words.finish());
                Ok(())
            }
        }
    };
}

kept_on!(Pg, PgQueryBuilder);
kept_on!(Sqlite, SqliteQueryBuilder);

impl<T> Kept<T>
where
    T: QueryFragment<Pg> + QueryFragment<Sqlite>,
{
    /// Runs it; how many rows it changed.
    ///
    /// # Errors
    /// The database's.
    pub fn run(self, conn: &mut Conn) -> QueryResult<usize> {
        match conn {
            Conn::Pg(c) => c.execute_returning_count(&self),
            Conn::Sqlite(c) => c.execute_returning_count(&self),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use diesel::connection::{InstrumentationEvent, SimpleConnection as _};
    use diesel::prelude::*;
    use diesel::sqlite::SqliteConnection;

    use super::*;
    use crate::schema::clock_base;

    #[test]
    fn an_update_that_is_kept_is_prepared_once() {
        let mut conn = SqliteConnection::establish(":memory:").unwrap();
        let table = "CREATE TABLE clock_base (id INTEGER, last_case INTEGER)";
        conn.batch_execute(table).unwrap();
        let kept = Arc::<AtomicUsize>::default();
        let counted = Arc::clone(&kept);
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::CacheQuery { .. } = event {
                counted.fetch_add(1, Ordering::Relaxed);
            }
        });
        let mut conn = Conn::Sqlite(conn);
        for now in 1..=3_i64 {
            let update = diesel::update(clock_base::table.filter(clock_base::id.eq(1)))
                .set(clock_base::last_case.eq(now));
            assert_eq!(update.kept().run(&mut conn).unwrap(), 0);
            assert_eq!(kept.load(Ordering::Relaxed), 1, "at call {now}");
        }
    }
}
