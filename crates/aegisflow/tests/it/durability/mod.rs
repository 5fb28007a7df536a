//! What is acknowledged stays: through crashes, stops, full disks and folders that cannot be written.

mod nothing_lost;
