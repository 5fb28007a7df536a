//! Live streams.

use crate::App;

/// See the module.
pub struct Live {}

impl Live {
    /// Nobody watches.
    pub fn new() -> Self {
        Live {}
    }
}

/// Hands new events to whoever watches.
pub async fn run(app: App) {
    app.stop.cancelled().await;
}
