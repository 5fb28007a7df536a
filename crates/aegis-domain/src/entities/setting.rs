//! A named value the system keeps about itself.

use super::Entity;
use serde::{Deserialize, Serialize};

/// One setting: `setup`, `deployment_id`…
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Setting {
    /// Its name.
    pub id: String,
    /// Its value.
    pub value: serde_json::Value,
}

impl Entity for Setting {
    const COLLECTION: &'static str = "settings";

    fn id(&self) -> String {
        self.id.clone()
    }
}
