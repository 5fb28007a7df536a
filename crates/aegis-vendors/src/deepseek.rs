//! DeepSeek chat completions (`POST /chat/completions`): OpenAI's shape with its thoughts in `reasoning_content` and
//! the prompt's tokens split into hits and misses of the cache. Fields by the API reference, November 2026.

use crate::openai::chat::{Dialect, OPENAI};
use crate::openai::chat_usage::{self, UsageNames};

/// `deepseek.chat`.
pub(crate) static CHAT: Dialect = Dialect {
    id: "deepseek.chat",
    vendor: "deepseek",
    user: &["user_id", "user"],
    usage: UsageNames {
        cached: &[&["prompt_cache_hit_tokens"], &["prompt_tokens_details", "cached_tokens"]],
        ..chat_usage::OPENAI
    },
    ..OPENAI
};
