//! The world outside AegisFlow, made up: a simulator of the vendors' APIs (`router`) and an organisation that uses them
//! (`run_history`, `run_live`); and plain load for benches (`run_load`).
//! Called by `aegisflow sim` and `aegisflow demo`. Made from the vendors' documents; never uses our own parsers, so
//! that a misreading shows.
//!
//! # Addresses
//!
//! Every vendor stands below its id; where it has several hosts, each has a word of its own. What follows is the path
//! on the real host, unchanged, so that these are base URLs in place of the real ones. `GET /_sim` lists them as JSON.
//!
//! | base | stands for |
//! |---|---|
//! | `/openai` | `https://api.openai.com` (chat and administration) |
//! | `/openai/compliance` | `https://api.chatgpt.com` (Compliance Platform) |
//! | `/anthropic` | `https://api.anthropic.com` |
//! | `/gemini/api` | `https://generativelanguage.googleapis.com` |
//! | `/gemini/oauth` | `https://oauth2.googleapis.com` |
//! | `/gemini/monitoring` | `https://monitoring.googleapis.com` |
//! | `/gemini/bigquery` | `https://bigquery.googleapis.com` |
//! | `/gemini/logging` | `https://logging.googleapis.com` |
//! | `/gemini/apikeys` | `https://apikeys.googleapis.com` |
//! | `/xai/api`, `/xai/management` | `https://api.x.ai`, `https://management-api.x.ai` |
//! | `/azure_openai/login` | `https://login.microsoftonline.com` |
//! | `/azure_openai/management` | `https://management.azure.com` |
//! | `/azure_openai/data` | `https://{resource}.openai.azure.com` |
//! | `/mistral` | `https://api.mistral.ai` |
//! | `/cohere` | `https://api.cohere.com` |
//! | `/huggingface/hub` | `https://huggingface.co` |
//! | `/huggingface/router` | `https://router.huggingface.co` |
//! | `/huggingface/endpoints` | `https://api.endpoints.huggingface.cloud` |
//! | `/openrouter` | `https://openrouter.ai` |
//! | `/perplexity` | `https://api.perplexity.ai` |
//! | `/deepseek` | `https://api.deepseek.com` |
//! | `/ollama/local`, `/ollama/cloud` | `http://127.0.0.1:11434`, `https://ollama.com` |
//!
//! # Control
//!
//! | call | does |
//! |---|---|
//! | `GET /_sim` | addresses, seed, the simulator's time |
//! | `GET /_sim/credentials?vendor=` | every kind of key, with the fields the product has to be given |
//! | `GET /_sim/books?vendor=&from=&to=` | exact rows and totals; `rows=false` for totals alone; `view=reported_usage` or `reported_cost` for what the vendor shows by now |
//! | `POST /_sim/clock` | `{"set": instant, "frozen": bool}`, `{"advance_seconds": n}`, `{"reset": true}` |
//! | `POST /_sim/faults` | `{"rules": [{"vendor", "path", "kind", "status", "retry_after", "delay_ms", "next", "probability"}], "profile"}`; kinds `rate_limit error slow cut bad_json reset`; `GET` lists, `DELETE` ends all |
//! | `GET /_sim/calls?vendor=&path=&since=` | counts by address and status, and the latest calls with their times; `DELETE` forgets |
//! | `POST /_sim/scale` | `{"rows": n, "days": n, "to": day}`: OpenAI's completions get so many rows more; `DELETE` ends it |
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that cannot go on should stop"))]

mod admin;
mod api;
mod dice;
mod load;
mod org;
mod phrase;
mod serve;
pub mod stated;
mod traffic;

pub use admin::{Profile, form_kind};
pub use api::{SimConfig, router, router_at};
pub use load::{LoadConfig, LoadError, LoadReport, run_load};
pub use serve::serve;
pub use traffic::{HistoryConfig, Ingest, LiveConfig, Report, TrafficError, run_history, run_live};
