//! Admin APIs: the suite every vendor passes, and each vendor's recorded answers in exact figures.

mod anthropic;
mod conformance;
mod kit;
mod openai;
