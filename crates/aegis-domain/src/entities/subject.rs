//! The directory of the people that events name.

use super::Entity;
use crate::SubjectId;
use serde::{Deserialize, Serialize};

/// A person as applications name them. Events hold the id alone.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Subject {
    /// Keyed hash of the name.
    pub id: SubjectId,
    /// The name as first seen.
    pub name: String,
}

impl Entity for Subject {
    const COLLECTION: &'static str = "subjects";

    fn id(&self) -> String {
        self.id.to_string()
    }
}
