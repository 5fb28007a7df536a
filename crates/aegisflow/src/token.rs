//! `aegisflow token …`: API tokens from the command line, for scripts. Works beside a running server.

use crate::operator::{DataArgs, act};
use aegis_domain::Scope;
use aegis_server::access::tokens::{self, NewToken};
use clap::Subcommand;
use std::time::Duration;

const HOUR: u64 = 3600;
/// Longest life that may be asked for: ten years.
const LONGEST: Duration = Duration::from_secs(3650 * 24 * HOUR);

/// `token …`
#[derive(Subcommand)]
pub enum TokenCommand {
    /// Make a token and print it, alone; it is not shown again
    #[command(after_help = "Example:\n  aegisflow token create --name ci --scope ingest,read --expires 30d")]
    Create {
        #[command(flatten)]
        data: DataArgs,
        /// What people call it; unique
        #[arg(long)]
        name: String,
        /// What it may do: ingest, gateway, read, admin, scim, metrics
        #[arg(long, required = true, value_delimiter = ',', value_parser = scope)]
        scope: Vec<Scope>,
        /// How long it holds, such as 12h, 30d or 52w; without, until deleted
        #[arg(long, value_parser = life)]
        expires: Option<Duration>,
    },
}

/// Runs it.
pub fn run(command: TokenCommand) -> anyhow::Result<()> {
    let TokenCommand::Create { data, name, scope, expires } = command;
    let secret = act(&data, async |operator| {
        let order = NewToken {
            name,
            scopes: scope,
            expires_at: expires.map(|life| operator.now().plus(life)),
            created_by: format!("operator {}", operator.name),
            demo: false,
        };
        let made = order.create(&operator.store, operator.now()).await;
        let (token, secret) = made.map_err(|error| anyhow::anyhow!(error.message))?;
        operator.record(tokens::created(&token)).await?;
        Ok(secret)
    })?;
    println!("{}", secret.expose());
    Ok(())
}

fn scope(text: &str) -> Result<Scope, String> {
    let known = Scope::ALL.into_iter().find(|scope| scope.as_str() == text);
    known.ok_or_else(|| format!("expected one of {}", Scope::ALL.map(Scope::as_str).join(", ")))
}

fn life(text: &str) -> Result<Duration, String> {
    let wrong = || "expected a number and h, d or w, such as 30d, at most ten years".to_string();
    let unit = text.chars().last().ok_or_else(wrong)?;
    let hours = match unit {
        'h' => 1,
        'd' => 24,
        'w' => 7 * 24,
        _ => return Err(wrong()),
    };
    let number: u64 = text[..text.len() - 1].parse().map_err(|_| wrong())?;
    let life = Duration::from_secs(number.saturating_mul(hours * HOUR));
    if life.is_zero() || life > LONGEST { Err(wrong()) } else { Ok(life) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lives_are_read_or_refused() {
        for (text, hours) in [
            ("12h", Some(12)),
            ("30d", Some(720)),
            ("1w", Some(168)),
            ("3650d", Some(87_600)),
            ("3651d", None),
        ] {
            assert_eq!(life(text).ok(), hours.map(|h| Duration::from_secs(h * HOUR)), "{text}");
        }
        for bad in ["", "d", "30", "0d", "-1d", "1.5d", "30 d", "9999999999999999999d", "30é"] {
            assert!(life(bad).is_err(), "{bad}");
        }
    }
}
