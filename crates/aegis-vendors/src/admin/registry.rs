//! The list of vendors whose admin APIs are asked. To add one: a file (or folder) beside this, its fixtures, and a
//! line here.

use super::{
    AdminApi, anthropic, azure_openai, cohere, custom, deepseek, gemini, huggingface, mistral, ollama,
    openai, openrouter, perplexity, xai,
};

/// Every vendor there is, in the order the catalogue shows them.
pub static ADMIN: &[&dyn AdminApi] = &[
    &openai::OpenAi,
    &anthropic::Anthropic,
    &gemini::Gemini,
    &xai::Xai,
    &azure_openai::AzureOpenAi,
    &mistral::Mistral,
    &cohere::Cohere,
    &huggingface::HuggingFace,
    &openrouter::OpenRouter,
    &perplexity::Perplexity,
    &deepseek::DeepSeek,
    &ollama::Ollama,
    &custom::Custom,
];

/// Returns the vendor called `id`.
pub fn admin(id: &str) -> Option<&'static dyn AdminApi> {
    ADMIN.iter().copied().find(|v| v.catalogue().id == id)
}
