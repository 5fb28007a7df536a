//! The one binary. Each subcommand is a file; this one reads the command line and says how it ended.
//! Exit codes: 0 fine, 1 it failed (one line on standard error says what to do), 2 wrong usage; `scan` adds 3.

mod audit;
mod classifier;
mod config;
mod demo;
mod detectors;
mod eval;
mod kek;
mod keys;
mod logging;
mod openapi;
mod operator;
mod outbound;
mod rebuild;
mod scan;
mod serve;
mod sim;
mod token;
mod user;
mod vault;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// See, police and prove how your organisation uses AI vendors.
#[derive(Parser)]
#[command(name = "aegisflow", version, propagate_version = true)]
#[command(
    after_help = "Example:\n  aegisflow demo        a whole system with traffic in it, gone when you stop it"
)]
pub struct Cli {
    /// Settings in TOML; flags and environment come before it
    #[arg(long, global = true, value_name = "FILE", env = "AEGISFLOW_CONFIG")]
    config: Option<PathBuf>,

    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the whole system: API, console, pipeline and store
    Serve(Box<serve::ServeArgs>),
    /// Run the whole system with an organisation at work in it, to look around
    Demo(demo::DemoArgs),
    /// Run the vendors' chat and admin APIs, simulated
    Sim(sim::SimArgs),
    /// Look for personal data, secrets and attacks in files
    Scan(scan::ScanArgs),
    /// Measure the engine against labelled texts
    Eval(eval::EvalArgs),
    /// List what the engine looks for
    Detectors(detectors::DetectorsArgs),
    /// Make accounts, set passwords, lift locks
    #[command(subcommand)]
    User(user::UserCommand),
    /// Make API tokens
    #[command(subcommand)]
    Token(token::TokenCommand),
    /// Check the log of privileged acts
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// Check and rotate the keys that secrets are sealed under
    #[command(subcommand)]
    Vault(vault::VaultCommand),
    /// Throw derived data away and make it again from the log
    #[command(subcommand)]
    Rebuild(rebuild::RebuildCommand),
    /// Print the OpenAPI document the server serves
    Openapi,
    /// Look at the settings in force
    #[command(subcommand)]
    Config(config::ConfigCommand),
    /// Print a completion script for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(e) => {
            eprintln!("aegisflow: {e:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<ExitCode> {
    let mut command = Cli::command();
    let file = config::File::from_command_line()?;
    if let Some(file) = &file {
        command = file.as_defaults(command)?;
    }
    let matches = command.get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|e| e.exit());
    match cli.command {
        Command::Serve(args) => serve::run(*args)?,
        Command::Demo(args) => demo::run(args)?,
        Command::Sim(args) => sim::run(args)?,
        Command::Scan(args) => return scan::run(args),
        Command::Eval(args) => eval::run(args)?,
        Command::Detectors(args) => detectors::run(args)?,
        Command::User(command) => user::run(command)?,
        Command::Token(command) => token::run(command)?,
        Command::Audit(command) => audit::run(command)?,
        Command::Vault(command) => vault::run(command)?,
        Command::Rebuild(command) => rebuild::run(command)?,
        Command::Openapi => openapi::run()?,
        Command::Config(command) => config::run(command, &matches, file.as_ref())?,
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "aegisflow", &mut std::io::stdout());
        }
    }
    Ok(ExitCode::SUCCESS)
}
