//! The engine from outside: accuracy, masking, streams.

mod accuracy;
mod allocations;
mod columns;
mod custom;
mod evasions;
mod masking;
mod properties;
mod redaction;
mod regressions;
mod streams;
