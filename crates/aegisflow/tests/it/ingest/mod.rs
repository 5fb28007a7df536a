//! The way in: what it refuses, what it keeps, and what it makes of real input.

mod bad_bodies;
mod bad_items;
mod custom_detectors;
mod duplicates;
mod fixtures;
mod otlp_exporters;
