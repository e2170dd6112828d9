//! Whose eyes rows are for, and what those may not see. What hides a row asks for the names that its whole sheet hides, so
//! nobody can show a row to everybody and forget those.

use std::borrow::Cow;
use std::sync::Arc;

use domain::disclosure::ledger::LedgerLine;
use domain::disclosure::table::{Layout, TableRow};
use domain::mask::Hidden;
use store::disclosures::{self, Sheet};
use store::{StoreError, Tx};

/// Whose eyes a line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eyes {
    /// Anybody's: personal names are masked.
    Everybody,
    /// Staff's: as the sheet says.
    Staff,
}

/// How much of a sheet's rows may be seen.
#[derive(Debug, Clone)]
pub enum Sight {
    /// Masked, and without the names that any row of the sheet hides.
    Everybody(Arc<Hidden>),
    /// All.
    Staff,
}

impl Sight {
    /// What these eyes may see of a sheet. For staff nothing is gathered.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn of(tx: &mut Tx<'_>, sheet: &Sheet, eyes: Eyes) -> Result<Self, StoreError> {
        Ok(match eyes {
            Eyes::Everybody => Self::Everybody(disclosures::hidden(tx, sheet)?),
            Eyes::Staff => Self::Staff,
        })
    }

    /// What may be seen of this sheet beside that one: the names that either hides are hidden.
    #[must_use]
    pub fn and(self, other: &Self) -> Self {
        match (self, other) {
            (Self::Everybody(one), Self::Everybody(two)) => Self::Everybody(Arc::new(one.and(two))),
            (one, _) => one,
        }
    }

    /// A line of a ledger as it may be seen.
    #[must_use]
    pub fn line(&self, line: LedgerLine) -> LedgerLine {
        match self {
            Self::Everybody(hidden) => line.masked(hidden),
            Self::Staff => line,
        }
    }

    /// A row of a table as it may be seen.
    #[must_use]
    pub fn row<'a>(&self, layout: &Layout, row: &'a TableRow) -> Cow<'a, TableRow> {
        match self {
            Self::Everybody(hidden) => Cow::Owned(row.masked(layout, hidden)),
            Self::Staff => Cow::Borrowed(row),
        }
    }
}
