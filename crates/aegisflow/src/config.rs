//! Settings from a file: its keys become defaults of the flags, so that flag beats environment beats file.

use anyhow::{Context, bail};
use clap::parser::ValueSource;
use clap::{ArgMatches, Args, Command, Subcommand};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A settings file, as flat keys: `listen = "127.0.0.1:8080"`.
pub struct File {
    path: PathBuf,
    values: BTreeMap<String, Vec<String>>,
}

impl File {
    /// The file that `--config` or `AEGISFLOW_CONFIG` names. Read before the command line is, because it changes the
    /// defaults the command line is read with.
    pub fn from_command_line() -> anyhow::Result<Option<File>> {
        let mut args = std::env::args_os().skip(1);
        let mut path = std::env::var_os("AEGISFLOW_CONFIG").map(PathBuf::from);
        while let Some(arg) = args.next() {
            if arg == "--config" {
                path = args.next().map(PathBuf::from);
            } else if let Some(given) = arg.to_str().and_then(|a| a.strip_prefix("--config=")) {
                path = Some(given.into());
            }
        }
        path.map(File::read).transpose()
    }

    fn read(path: PathBuf) -> anyhow::Result<File> {
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("the settings file {} cannot be read", path.display()))?;
        let table: toml::Table = text
            .parse()
            .with_context(|| format!("the settings file {} is not valid TOML", path.display()))?;
        let mut values = BTreeMap::new();
        for (key, value) in table {
            let list = match value {
                toml::Value::Array(list) => list.iter().map(plain).collect::<Option<Vec<_>>>(),
                other => plain(&other).map(|v| vec![v]),
            };
            let Some(list) = list else {
                bail!("{}: {key} must be a word, a number, true, false or a list of these", path.display())
            };
            values.insert(key.replace('_', "-"), list);
        }
        Ok(File { path, values })
    }

    /// The command with this file's values as defaults, in every subcommand that has a flag of that name.
    pub fn as_defaults(&self, command: Command) -> anyhow::Result<Command> {
        for key in self.values.keys() {
            if !has_flag(&command, key) {
                bail!("{}: there is no setting {key}; see `aegisflow serve --help`", self.path.display());
            }
        }
        Ok(self.with_defaults(command))
    }

    fn with_defaults(&self, mut command: Command) -> Command {
        for (key, values) in &self.values {
            let flag =
                command.get_arguments().find(|a| a.get_long() == Some(key)).map(|a| a.get_id().clone());
            if let Some(id) = flag {
                command = command.mut_arg(id, |a| a.default_values(values.clone()));
            }
        }
        let names: Vec<String> = command.get_subcommands().map(|s| s.get_name().to_string()).collect();
        for name in names {
            command = command.mut_subcommand(name, |sub| self.with_defaults(sub));
        }
        command
    }
}

fn has_flag(command: &Command, key: &str) -> bool {
    command.get_arguments().any(|a| a.get_long() == Some(key))
        || command.get_subcommands().any(|s| has_flag(s, key))
}

fn plain(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(s) => Some(s.clone()),
        toml::Value::Integer(n) => Some(n.to_string()),
        toml::Value::Float(n) => Some(n.to_string()),
        toml::Value::Boolean(b) => Some(b.to_string()),
        _ => None,
    }
}

/// `config …`
#[derive(Subcommand)]
pub enum ConfigCommand {
    /// Print the settings `serve` would run with, and where each came from
    #[command(after_help = "Example:\n  aegisflow --config aegisflow.toml config check")]
    Check(Box<CheckArgs>),
}

/// `config check`: takes what `serve` takes.
#[derive(Args)]
pub struct CheckArgs {
    #[command(flatten)]
    serve: crate::serve::ServeArgs,
}

/// Prints the settings in force. Secrets are no settings here, so there is nothing to mask: keys lie in the data
/// folder.
pub fn run(command: ConfigCommand, matches: &ArgMatches, file: Option<&File>) -> anyhow::Result<()> {
    let ConfigCommand::Check(args) = command;
    args.serve.check()?;
    args.serve.classifier.open()?;
    let Some(matches) = matches.subcommand().and_then(|(_, m)| m.subcommand()).map(|(_, m)| m) else {
        bail!("nothing to check");
    };
    let shown = CheckArgs::augment_args(Command::new("check"));
    for argument in shown.get_arguments() {
        let (id, key) = (argument.get_id().as_str(), argument.get_long().unwrap_or_default());
        let Some(values) = matches.try_get_raw(id).ok().flatten() else {
            println!("{key} is not set");
            continue;
        };
        let values: Vec<String> = values.map(|v| v.to_string_lossy().into_owned()).collect();
        let from = match matches.value_source(id) {
            Some(ValueSource::CommandLine) => "flag".to_string(),
            Some(ValueSource::EnvVariable) => "environment".to_string(),
            _ => match file.filter(|f| f.values.contains_key(key)) {
                Some(file) => file.path.display().to_string(),
                None => "default".to_string(),
            },
        };
        println!("{key} = {} ({from})", values.join(", "));
    }
    Ok(())
}
