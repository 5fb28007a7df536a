//! The engine from outside: accuracy, masking, streams.

mod accuracy;
mod allocations;

mod custom;
mod evasions;
mod masking;
mod places;
mod properties;
mod redaction;
mod regressions;
mod second_stage;
mod spliced;
mod streams;
