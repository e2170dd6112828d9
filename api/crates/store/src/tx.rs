//! A running transaction, and how transactions and savepoints begin and end on both engines.

use diesel::connection::{AnsiTransactionManager, TransactionManager};

use crate::conn::Conn;
use crate::directory::View;
use crate::error::{StoreError, TxError};

/// A running transaction: its connection, and what it knows of the directory. The connection is private to this
/// crate: no caller can run a query of its own.
pub struct Tx<'a>(pub(crate) &'a mut Conn, pub(crate) View);

impl Tx<'_> {
    /// Runs `body` in a savepoint, so that what it refuses (a duplicate) leaves the transaction usable.
    ///
    /// # Errors
    /// Whatever `body` returns; its changes are undone then.
    pub fn savepoint<T, E: TxError>(
        &mut self,
        body: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        begin_inner(self.0).map_err(E::from)?;
        let mut inner = Tx(self.0, self.1.clone());
        let result = body(&mut inner);
        let view = inner.1;
        match result {
            Ok(value) => {
                commit(self.0).map_err(E::from)?;
                self.1 = view;
                Ok(value)
            }
            Err(error) => {
                rollback(self.0).map_err(E::from)?;
                Err(error)
            }
        }
    }
}

type Manages = <Conn as diesel::Connection>::TransactionManager;

pub(crate) fn begin(conn: &mut Conn, postgres: &str, sqlite: &str) -> Result<(), StoreError> {
    match conn {
        Conn::Pg(c) => AnsiTransactionManager::begin_transaction_sql(c, postgres)?,
        Conn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, sqlite)?,
    }
    Ok(())
}

pub(crate) fn begin_inner(conn: &mut Conn) -> Result<(), StoreError> {
    Ok(<Manages as TransactionManager<Conn>>::begin_transaction(
        conn,
    )?)
}

pub(crate) fn commit(conn: &mut Conn) -> Result<(), StoreError> {
    Ok(<Manages as TransactionManager<Conn>>::commit_transaction(
        conn,
    )?)
}

pub(crate) fn rollback(conn: &mut Conn) -> Result<(), StoreError> {
    Ok(<Manages as TransactionManager<Conn>>::rollback_transaction(
        conn,
    )?)
}
