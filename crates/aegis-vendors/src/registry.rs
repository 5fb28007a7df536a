//! The list of formats. To add one: a file beside this, its fixtures, and a line here.

use crate::{ChatFormat, anthropic, openai};

/// Every chat format there is.
pub static FORMATS: &[&dyn ChatFormat] = &[&openai::Chat, &anthropic::Messages];

/// Returns the format called `id`.
pub fn format(id: &str) -> Option<&'static dyn ChatFormat> {
    FORMATS.iter().copied().find(|f| f.id() == id)
}
