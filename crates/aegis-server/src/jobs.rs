//! Housekeeping.

use crate::App;

/// Until stopped.
pub async fn run(app: App) {
    app.stop.cancelled().await;
}
