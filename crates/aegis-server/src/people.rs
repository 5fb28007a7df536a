//! The directory of the people events name.

/// See the module.
pub struct People {}

impl People {
    /// With the key of subject ids.
    pub fn new(_key: [u8; 32]) -> Self {
        People {}
    }
}
