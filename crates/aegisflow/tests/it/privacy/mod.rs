//! What must not be found: raw values and secrets, wherever the product writes or speaks.

mod leaks;
mod modes;
mod planted;
mod redactions;
