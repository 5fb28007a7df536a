//! Mistral chat and agents completions (`POST /v1/chat/completions`, `/v1/agents/completions`): OpenAI's shape, with
//! content in lists and an agent's id in place of a model. Fields by the official Python SDK 3.7.

use crate::openai::chat::{Dialect, OPENAI};

/// `mistral.chat`.
pub(crate) static CHAT: Dialect = Dialect {
    id: "mistral.chat",
    vendor: "mistral",
    model: &["model", "agent_id"],
    flat_error: true,
    ..OPENAI
};
