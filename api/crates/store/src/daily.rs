//! What is done once a day: the row of a day is the fence that keeps it from being done twice.

use diesel::dsl::max;
use diesel::prelude::*;
use domain::time::{Day, parse_day};

use crate::Tx;
use crate::conn::on_backend;
use crate::error::StoreError;
use crate::schema::daily_marks;

/// The last day up to `today` on which it was done. A day yet to come was done by a clock that was ahead; it counts
/// when it comes, and holds nothing up until then.
///
/// # Errors
/// [`StoreError`].
pub fn last(tx: &mut Tx<'_>, name: &str, today: Day) -> Result<Option<Day>, StoreError> {
    let day: Option<String> = daily_marks::table
        .filter(daily_marks::name.eq(name))
        .filter(daily_marks::day.le(today.to_string()))
        .select(max(daily_marks::day))
        .get_result(tx.0)?;
    Ok(day.as_deref().and_then(parse_day))
}

/// Takes a day for it; `false` when somebody has. Earlier days are forgotten.
///
/// # Errors
/// [`StoreError`].
pub fn begin(tx: &mut Tx<'_>, name: &str, day: Day) -> Result<bool, StoreError> {
    let text = day.to_string();
    let values = (daily_marks::name.eq(name), daily_marks::day.eq(&text));
    let written = on_backend!(tx, c =>
        diesel::insert_into(daily_marks::table).values(values).on_conflict_do_nothing().execute(c))?;
    diesel::delete(
        daily_marks::table
            .filter(daily_marks::name.eq(name))
            .filter(daily_marks::day.lt(&text)),
    )
    .execute(tx.0)?;
    Ok(written == 1)
}
