//! Turns what SQLite says into what a caller can do about it.
//! Used by everything in this backend; nothing of SQLite's own errors leaves it.

use crate::StoreError;
use rusqlite::{Error, ErrorCode, ffi};

/// Why a unit of work came to nothing.
#[derive(Debug)]
pub(super) enum Failure {
    /// The work declined before it wrote anything: the others in its transaction may go on.
    Refused(StoreError),
    /// The transaction is spoilt and must be rolled back.
    Broken(StoreError),
}

impl From<Error> for Failure {
    fn from(e: Error) -> Self {
        Failure::Broken(e.into())
    }
}

impl From<StoreError> for Failure {
    fn from(e: StoreError) -> Self {
        match e {
            StoreError::Conflict { .. } | StoreError::Duplicate { .. } => Failure::Refused(e),
            StoreError::Busy | StoreError::Unavailable(_) | StoreError::Corrupt(_) => Failure::Broken(e),
        }
    }
}

impl From<Error> for StoreError {
    /// Names an SQLite error by what helps against it.
    fn from(e: Error) -> Self {
        by_remedy(&e)
    }
}

fn by_remedy(e: &Error) -> StoreError {
    let code = match e {
        Error::SqliteFailure(f, _) => f.code,
        Error::SqlInputError { error, .. } => error.code,
        // What is stored has another type than this program writes.
        Error::FromSqlConversionFailure(..)
        | Error::IntegralValueOutOfRange(..)
        | Error::InvalidColumnType(..)
        | Error::Utf8Error(..) => return StoreError::Corrupt(e.to_string()),
        _ => return StoreError::Unavailable(format!("{e}; this is a defect, please report it")),
    };
    match code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy,
        ErrorCode::DiskFull => {
            StoreError::Unavailable("the disk is full; free some space in the data folder".into())
        }
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => StoreError::Unavailable(
            "the data folder is read-only; make it writable for this user and check how it is mounted".into(),
        ),
        ErrorCode::CannotOpen => StoreError::Unavailable(
            "the database cannot be opened; check that the data folder exists and is writable".into(),
        ),
        ErrorCode::SystemIoFailure => {
            StoreError::Unavailable(format!("the disk reports an error ({e}); check it and its free space"))
        }
        ErrorCode::OutOfMemory => StoreError::Unavailable("out of memory; give the program more".into()),
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StoreError::Corrupt(format!(
            "{e}; restore the data folder from a backup, or move aegisflow.db away to start empty"
        )),
        _ => StoreError::Unavailable(e.to_string()),
    }
}

/// True when the error says that a unique key is taken.
pub(super) fn is_taken(e: &Error) -> bool {
    matches!(e, Error::SqliteFailure(f, _)
        if f.extended_code == ffi::SQLITE_CONSTRAINT_UNIQUE || f.extended_code == ffi::SQLITE_CONSTRAINT_PRIMARYKEY
            || f.extended_code == ffi::SQLITE_CONSTRAINT_ROWID)
}
