//! What a question costs, counted and not timed: index entries, blocks and tallies read.

mod crowded;
mod dashboards;
mod filled;
