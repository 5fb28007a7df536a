//! The access part over its real router and a real store: who gets in, who does not, and what is recorded.
//! The clock is moved by hand; nothing here sleeps.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod audit_log;
mod carriers;
mod collector;
mod costs;
mod harness;
mod keys;
mod login;
mod origin;
mod registration;
mod sessions;
mod simulator;
mod table;
mod team;
mod tokens;
mod vault;
mod vendor_audit;
