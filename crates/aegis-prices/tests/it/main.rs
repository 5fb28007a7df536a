//! The price book as others use it.

mod book;
