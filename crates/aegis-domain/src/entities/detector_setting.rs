//! What an admin changed about a detector.

use super::Entity;
use serde::{Deserialize, Serialize};

/// Overrides of a detector's catalogue data.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DetectorSetting {
    /// The detector's id.
    pub id: String,
    /// Off: its findings are masked and kept, but flag nothing.
    pub enabled: bool,
    /// Policy acts from this confidence up.
    pub threshold: f32,
}

impl Entity for DetectorSetting {
    const COLLECTION: &'static str = "detector_settings";

    fn id(&self) -> String {
        self.id.clone()
    }
}
