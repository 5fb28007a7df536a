//! Who is calling, and can they prove it: passwords, tokens, cookies, lockouts, client addresses.
//! Called by `aegis-server` (its access part) and by the command line. Does no I/O and keeps nothing: clock and
//! randomness are handed in, what has to be stored is handed out.
//! Invariant: a secret leaves this crate only through `ExposeSecret`; its `Debug` says nothing.

pub mod access_token;
pub mod client_address;
pub mod cookie;
pub mod email;
pub mod lockout;
pub mod password;
pub mod password_rule;
pub mod token;

pub use secrecy::{ExposeSecret, SecretString};
