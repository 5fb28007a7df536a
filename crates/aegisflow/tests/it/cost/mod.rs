//! What a question costs, counted and not timed: index entries, blocks and tallies read.

mod dashboards;
mod filled;
