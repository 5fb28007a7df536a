//! The vendors AegisFlow knows by name.

/// Id and name of each system vendor.
pub const VENDORS: [(&str, &str); 12] = [
    ("openai", "OpenAI"),
    ("anthropic", "Anthropic"),
    ("gemini", "Google Gemini"),
    ("xai", "xAI"),
    ("azure_openai", "Azure OpenAI"),
    ("mistral", "Mistral"),
    ("cohere", "Cohere"),
    ("huggingface", "Hugging Face"),
    ("openrouter", "OpenRouter"),
    ("perplexity", "Perplexity"),
    ("deepseek", "DeepSeek"),
    ("ollama", "Ollama"),
];

/// True when `id` names a system vendor.
pub fn is_vendor(id: &str) -> bool {
    VENDORS.iter().any(|(known, _)| *known == id)
}
