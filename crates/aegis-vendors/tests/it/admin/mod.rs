//! Admin APIs: the suite every vendor passes, and each vendor's recorded answers in exact figures.

mod anthropic;
mod azure_openai;
mod conformance;
mod gemini;
mod kit;
mod mistral;
mod openai;
mod xai;
