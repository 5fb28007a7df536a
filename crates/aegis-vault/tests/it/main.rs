//! What the vault promises, with random secrets, chains, changes and crashes; and with Python's own Fernet.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod properties;
mod python;
mod record;
mod rotation;
mod secrecy;
mod support;
mod transit;
