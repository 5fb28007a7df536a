//! OpenRouter chat completions (`POST /api/v1/chat/completions`): OpenAI's shape with reasoning in pieces, plug-ins
//! that hand text to third services, and the bill in every answer. Fields by the official Python SDK 1.3.

use crate::openai::chat::{Dialect, More, OPENAI};
use crate::openai::chat_usage::{self, CostIn, UsageNames};
use crate::wire::Fields;

/// `openrouter.chat`.
pub(crate) static CHAT: Dialect = Dialect {
    id: "openrouter.chat",
    vendor: "openrouter",
    conversation: Some("session_id"),
    instead_of_messages: Some("prompt"),
    request: &[More("stop", "metadata", Fields::All), More("plugins", "metadata", Fields::Vendor)],
    message: &[More("images", "assistant", Fields::Vendor)],
    // Credits are dollars; what a customer's own key costs at another vendor is not among them.
    usage: UsageNames {
        cost: Some(CostIn { path: &["usage", "cost"], per_dollar: 1 }),
        ..chat_usage::OPENAI
    },
    ..OPENAI
};
