//! `aegisflow audit …`: is the log of privileged acts whole? Works beside a running server.

use crate::operator::{DataArgs, act};
use aegis_server::audit;
use anyhow::bail;
use clap::Subcommand;

/// `audit …`
#[derive(Subcommand)]
pub enum AuditCommand {
    /// Walk the chain of records and say whether it is whole
    #[command(after_help = "Example:\n  aegisflow audit verify --data /var/lib/aegisflow")]
    Verify {
        #[command(flatten)]
        data: DataArgs,
    },
}

/// Runs it.
pub fn run(command: AuditCommand) -> anyhow::Result<()> {
    let AuditCommand::Verify { data } = command;
    let verdict = act(&data, async |operator| Ok(audit::verify(&operator.store).await?))?;
    if let Some(broken) = verdict.first_break {
        bail!(
            "the audit log is broken at record {}: {} (expected {}, found {}); restore it from a backup and find out who \
             could write to the data folder",
            broken.seq,
            broken.reason,
            broken.expected,
            broken.found
        );
    }
    match verdict.head {
        Some((seq, hash)) => println!("the audit log is whole: {seq} records, the last has the hash {hash}"),
        None => println!("the audit log is whole: it is empty"),
    }
    Ok(())
}
