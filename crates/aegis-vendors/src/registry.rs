//! The list of formats. To add one: a file beside this, its fixtures, and a line here.

use crate::{
    ChatFormat, anthropic, azure_openai, cohere, deepseek, gemini, huggingface, mistral, ollama, openai,
    openrouter, perplexity, xai,
};

/// Every format there is.
pub static FORMATS: &[&dyn ChatFormat] = &[
    &openai::CHAT,
    &openai::Responses,
    &openai::Embeddings,
    &anthropic::Messages,
    &gemini::GenerateContent,
    &azure_openai::CHAT,
    &mistral::CHAT,
    &cohere::Chat,
    &huggingface::CHAT,
    &openrouter::CHAT,
    &perplexity::CHAT,
    &deepseek::CHAT,
    &xai::CHAT,
    &ollama::Chat,
    &ollama::Generate,
];

/// Returns the format called `id`.
pub fn format(id: &str) -> Option<&'static dyn ChatFormat> {
    FORMATS.iter().copied().find(|f| f.id() == id)
}
