//! Perplexity chat completions (`POST /chat/completions`, `/v1/sonar`): OpenAI's shape, with what was found on the web
//! beside the answer and the bill in dollars. The prompt becomes web queries. Fields by the official Python SDK 0.46.

use crate::openai::chat::{Dialect, More, OPENAI};
use crate::openai::chat_usage::{CostIn, Reasoning, UsageNames};
use crate::wire::Fields;

/// `perplexity.chat`.
pub(crate) static CHAT: Dialect = Dialect {
    id: "perplexity.chat",
    vendor: "perplexity",
    request: &[
        More("stop", "metadata", Fields::All),
        More("search_domain_filter", "metadata", Fields::All),
        More("web_search_options", "metadata", Fields::All),
    ],
    message: &[More("reasoning_steps", "thinking", Fields::Vendor)],
    response: &[
        More("citations", "document", Fields::All),
        More("search_results", "document", Fields::Vendor),
        More("images", "document", Fields::Vendor),
        More("related_questions", "assistant", Fields::All),
    ],
    // The tokens of cited pages are billed as well and are in no figure but the bill.
    usage: UsageNames {
        cached: &[],
        reasoning: &["reasoning_tokens"],
        reasoning_is: Reasoning::Beside,
        cost: Some(CostIn { path: &["usage", "cost", "total_cost"], per_dollar: 1 }),
    },
    ..OPENAI
};
