//! Azure OpenAI chat completions: OpenAI's shape, with the deployment in the path, sources of data with their keys in
//! the request, and the verdicts of the content filter in the answer. API version 2024-10-21 and v1.

use crate::openai::chat::{Dialect, More, OPENAI};
use crate::wire::{Fields, ModelIn};

/// `azure_openai.chat`.
pub(crate) static CHAT: Dialect = Dialect {
    id: "azure_openai.chat",
    vendor: "azure_openai",
    // The path names the deployment, the answer the model behind it.
    model_in: ModelIn::Path,
    model: &["model", "deployment"],
    request: &[
        More("stop", "metadata", Fields::All),
        More("data_sources", "system", Fields::Vendor),
        More("user_security_context", "metadata", Fields::Vendor),
    ],
    message: &[More("context", "document", Fields::Vendor)],
    verdicts: &["prompt_filter_results", "content_filter_results"],
    ..OPENAI
};
