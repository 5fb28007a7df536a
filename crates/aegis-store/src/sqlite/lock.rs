//! Keeps two servers from using one data folder.
//! Held by `aegisflow serve` for its life; commands that change a few documents do without it.

use crate::StoreError;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

/// Holds the folder until dropped; the operating system lets go of it when the process dies.
#[derive(Debug)]
pub struct DirLock {
    _file: File,
}

/// Takes the folder for this process, or says that another has it.
pub fn lock(dir: &Path) -> Result<DirLock, StoreError> {
    let path = dir.join("aegisflow.lock");
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(|e| {
        StoreError::Unavailable(format!("{}: {e}; check that the data folder is writable", path.display()))
    })?;
    match file.try_lock() {
        Ok(()) => Ok(DirLock { _file: file }),
        Err(TryLockError::WouldBlock) => Err(StoreError::Unavailable(format!(
            "another aegisflow uses {}; stop it, or give this one a folder of its own with --data",
            dir.display()
        ))),
        Err(TryLockError::Error(e)) => {
            Err(StoreError::Unavailable(format!("{} cannot be locked: {e}", path.display())))
        }
    }
}
