//! The `aegisflow` program: one subcommand per file.

mod scan;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// See, police and prove how an organisation uses AI.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Scan(scan::ScanArgs),
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Scan(args) => scan::run(args),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("aegisflow: {error:#}");
        ExitCode::FAILURE
    })
}
