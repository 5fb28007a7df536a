//! The collector against the simulator, over real HTTP, through the real adapters: what is collected equals the
//! simulator's own books, in exact numbers, whatever goes wrong on the way.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![allow(clippy::disallowed_methods, reason = "tests start the simulator beside themselves")]

mod backfill;
mod checks;
mod figures;
mod ledgers;
mod rig;
mod runs;
mod samples;
mod sending;
