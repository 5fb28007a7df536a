//! Hugging Face chat completions, by the router or a TGI server (`POST /v1/chat/completions`): OpenAI's shape. The
//! model asked for may end in `:provider`, which the answer leaves out. Fields by huggingface_hub 2.4.

use crate::openai::chat::{Dialect, OPENAI};

/// `huggingface.chat`.
pub(crate) static CHAT: Dialect = Dialect { id: "huggingface.chat", vendor: "huggingface", ..OPENAI };
