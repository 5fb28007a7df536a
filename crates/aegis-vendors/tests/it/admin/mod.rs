//! Admin APIs: the suite every vendor passes, and each vendor's recorded answers in exact figures.

mod conformance;
mod kit;
mod openai;
