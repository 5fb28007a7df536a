//! The way of an event into the log.

/// See the module.
pub struct Pipeline {}

impl Pipeline {
    /// Idle.
    pub fn new() -> Self {
        Pipeline {}
    }
}
