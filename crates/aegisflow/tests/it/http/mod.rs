//! The server as an HTTP peer: odd requests and bad parameters, and what every answer carries.

mod odd_requests;
mod parameters;
mod refusals;
mod repeats;
