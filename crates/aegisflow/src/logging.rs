//! Logs on standard error: lines for people on a terminal, JSON elsewhere.

use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// Switches logging on. `AEGISFLOW_LOG` takes the usual filter words: `debug`, `aegis_server=debug`.
pub fn start() {
    let filter = EnvFilter::try_from_env("AEGISFLOW_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // Already set is fine: a test process starts several servers.
    let _ = if std::io::stderr().is_terminal() { logs.try_init() } else { logs.json().try_init() };
}
