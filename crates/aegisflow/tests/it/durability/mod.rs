//! What is acknowledged stays: through crashes, stops, full disks and folders that cannot be written.

mod load;
mod nothing_lost;
mod stops;
mod syncs;
mod trace;
