//! What is acknowledged stays: through crashes, stops, full disks and folders that cannot be written.

mod load;
mod mounts;
mod nothing_lost;
mod stops;
mod storage_faults;
mod syncs;
mod trace;
