//! Rollups.

use crate::App;

/// See the module.
pub struct Overviews {}

impl Overviews {
    /// Empty.
    pub fn new() -> Self {
        Overviews {}
    }
}

/// Absorbs the log.
pub async fn run(app: App) {
    app.stop.cancelled().await;
}
