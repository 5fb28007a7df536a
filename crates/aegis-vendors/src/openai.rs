//! OpenAI's formats: chat completions, which most vendors copy, responses and embeddings.

pub(crate) mod chat;
pub(crate) mod chat_usage;
mod embeddings;
mod responses;

pub(crate) use chat::CHAT;
pub(crate) use embeddings::Embeddings;
pub(crate) use responses::Responses;
