//! Collection over the routes, from simulated vendors: runs, schedules, pauses, coverage, breakers.

mod books;
mod inside;
mod rig;
mod runs;
mod schedules;
mod trouble;
