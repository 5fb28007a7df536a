//! `aegisflow rebuild rollups`: proves that the log is the only truth, by making the figures again from it.

use aegis_domain::{Clock, SystemClock};
use aegis_server::rollups;
use aegis_store::sqlite::{self, SqliteConfig};
use anyhow::Context;
use clap::Subcommand;
use std::path::PathBuf;

/// `rebuild …`
#[derive(Subcommand)]
pub enum RebuildCommand {
    /// The figures behind dashboards and counts. The server must not be running
    #[command(after_help = "Example:\n  aegisflow rebuild rollups --data ./data")]
    Rollups {
        /// Folder everything is kept in
        #[arg(long, value_name = "DIR", default_value = "./data", env = "AEGISFLOW_DATA")]
        data: PathBuf,
    },
}

/// Runs it.
pub fn run(command: RebuildCommand) -> anyhow::Result<()> {
    let RebuildCommand::Rollups { data } = command;
    anyhow::ensure!(data.is_dir(), "there is no folder {}", data.display());
    let _lock = sqlite::lock(&data).context("stop the server first")?;
    let sqlite = sqlite::open(SqliteConfig::new(&data))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let result = runtime.block_on(async {
        let result = rollups::rebuild(&sqlite.store(), SystemClock.now()).await?;
        sqlite.shutdown().await?;
        anyhow::Ok(result)
    })?;
    if result.changed + result.removed == 0 {
        println!("{} rollups made again from the log; nothing differed", result.tallies);
    } else {
        println!(
            "{} rollups made again from the log; {} differed, {} were not in the log",
            result.tallies, result.changed, result.removed
        );
    }
    Ok(())
}
