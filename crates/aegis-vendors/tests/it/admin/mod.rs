//! Admin APIs: the suite every vendor passes, and each vendor's recorded answers in exact figures.

mod anthropic;
mod azure_openai;
mod cohere;
mod conformance;
mod custom;
mod deepseek;
mod gemini;
mod huggingface;
mod kit;
mod mistral;
mod ollama;
mod openai;
mod openrouter;
mod perplexity;
mod xai;
