//! A row of the audit as it is read for its hash: every column there is.

use domain::audit::Row;

/// The columns of a row in the order of [`RowColumns`].
macro_rules! row_columns {
    () => {
        (
            audit::id,
            audit::case_at,
            audit::wall_at,
            audit::actor,
            audit::actor_id,
            audit::action,
            audit::object,
            audit::object_id,
            audit::case_id,
            audit::reason,
            audit::before_sha256,
            audit::after_sha256,
        )
    };
}

pub(super) use row_columns;

pub(super) type RowColumns = (
    String,
    i64,
    i64,
    String,
    Option<String>,
    String,
    String,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
);

pub(super) fn row(columns: RowColumns) -> Row {
    let (
        id,
        case_at,
        wall_at,
        actor,
        actor_id,
        action,
        object,
        object_id,
        case_id,
        why,
        before,
        after,
    ) = columns;
    Row {
        id,
        case_at,
        wall_at,
        actor,
        actor_id,
        action,
        object,
        object_id,
        case_id,
        reason: why,
        before_sha256: before,
        after_sha256: after,
    }
}
