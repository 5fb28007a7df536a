//! The engine from outside: accuracy, masking, streams.

mod accuracy;
mod masking;
mod streams;
