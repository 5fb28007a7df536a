//! xAI chat completions (`POST /v1/chat/completions`): OpenAI's shape with reasoning counted beside the completion,
//! sources searched on the web, and the bill in ten-billionths of a dollar. Fields by the API reference, November 2026.

use crate::openai::chat::{Dialect, More, OPENAI};
use crate::openai::chat_usage::{self, CostIn, Reasoning, UsageNames};
use crate::wire::Fields;

/// `xai.chat`.
pub(crate) static CHAT: Dialect = Dialect {
    id: "xai.chat",
    vendor: "xai",
    request: &[More("stop", "metadata", Fields::All), More("search_parameters", "metadata", Fields::All)],
    response: &[More("citations", "document", Fields::All)],
    usage: UsageNames {
        reasoning_is: Reasoning::Beside,
        cost: Some(CostIn { path: &["usage", "cost_in_usd_ticks"], per_dollar: 10_000_000_000 }),
        ..chat_usage::OPENAI
    },
    ..OPENAI
};
