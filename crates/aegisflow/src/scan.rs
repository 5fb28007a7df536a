//! `aegisflow scan`: looks for findings in files, folders and standard input.
//! Called by `main`. Needs neither server nor store: the engine alone.
//! Invariants: output is in the order of input; nothing found is printed but masked.

mod jsonl;
mod output;
mod redaction;
mod walk;

use crate::classifier::{ClassifierArgs, asked_by, tell_failures};
use aegis_detect::{Mode, Scanner, ScannerConfig, Severity};
use aegis_domain::{Clock, SystemClock};
use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use redaction::Redaction;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Exit code where `--fail-on` matched.
const MATCHED: u8 = 3;

/// Finds personal data, card numbers and attacks on models in files, folders or standard input
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  aegisflow scan src/ --fail-on high\n  git diff | aegisflow scan -\n  aegisflow scan --redact=placeholder notes.txt\n  aegisflow scan --jsonl - < prompts.jsonl"
)]
pub struct ScanArgs {
    /// Files and folders, or `-` for standard input
    #[arg(value_name = "PATH", default_value = "-")]
    paths: Vec<PathBuf>,

    /// One JSON document a line in ({"id":…,"text":…}), one line out
    #[arg(long)]
    jsonl: bool,

    /// How findings are printed
    #[arg(long, value_enum, default_value_t, env = "AEGISFLOW_FORMAT")]
    format: Format,

    /// Print the text with every finding replaced, by a mask if no MODE is named, instead of the findings
    ///
    /// With --jsonl, what `redacted` holds. A JSON document stays one. Attacks on a model stay as they are.
    #[arg(
        long,
        value_name = "MODE",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = Mode::Mask.as_str(),
        value_parser = redaction::modes(),
        env = "AEGISFLOW_REDACT"
    )]
    redact: Option<Mode>,

    /// Key of pseudonyms and values of the same form: 32 random bytes
    ///
    /// The same key gives the same ones in every run. Whoever has it can test guesses: keep it as you keep the values.
    /// Without it each run makes a key of its own and forgets it.
    #[arg(long, value_name = "FILE", env = "AEGISFLOW_KEY_FILE")]
    key_file: Option<PathBuf>,

    /// Exit with 3 if there is a finding of this severity or worse
    #[arg(long, value_name = "SEVERITY", value_parser = severity, env = "AEGISFLOW_FAIL_ON")]
    fail_on: Option<Severity>,

    /// Least confidence that is reported, 0.2 to 1
    #[arg(long, value_name = "CONFIDENCE", env = "AEGISFLOW_MIN_CONFIDENCE")]
    min_confidence: Option<f32>,

    /// Files scanned at a time; all cores unless given
    #[arg(long, value_name = "N", env = "AEGISFLOW_THREADS")]
    threads: Option<usize>,

    #[command(flatten)]
    classifier: ClassifierArgs,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// A line for each finding: path:line:column: severity detector confidence sample
    #[default]
    Text,
    /// One JSON document
    Json,
    /// SARIF 2.1.0, which code hosts show beside the code
    Sarif,
}

/// Confidence from which the default policy acts; what is less sure is noise on a screen.
const ACTED_ON: f32 = 0.5;

fn severity(word: &str) -> Result<Severity, String> {
    let known = Severity::ALL.map(Severity::as_str).join(", ");
    Severity::ALL
        .into_iter()
        .find(|severity| severity.as_str() == word)
        .ok_or_else(|| format!("must be one of {known}"))
}

/// Runs the subcommand.
pub fn run(args: ScanArgs) -> anyhow::Result<ExitCode> {
    let classifier = args.classifier.open()?;
    let scanner = asked_by(scanner(), classifier.as_ref());
    let mut out = BufWriter::new(io::stdout().lock());
    let mut unread = 0;
    let redaction = args.redact.map(|mode| Redaction::new(mode, args.key_file.as_deref())).transpose()?;
    let worst = if args.jsonl {
        let [path] = args.paths.as_slice() else { bail!("--jsonl reads one file, or - for standard input") };
        // whoever scores the lines chooses the threshold: all that is kept is printed
        let least = args.min_confidence.unwrap_or(0.0);
        jsonl::run(&scanner, walk::open(path)?, &mut out, least, redaction.as_ref())?
    } else {
        let least = args.min_confidence.unwrap_or(ACTED_ON);
        let reports = walk::scan(&scanner, &args.paths, args.threads, least, redaction.as_ref())?;
        if redaction.is_some() {
            output::redacted(&reports, &mut out)?
        } else {
            output::findings(&reports, args.format, &mut out)?
        }
        unread = reports.iter().filter(|report| report.trouble.is_some()).count();
        reports.iter().flat_map(|report| &report.found).map(|found| found.finding.severity).max()
    };
    out.flush().context("cannot write to standard output")?;
    tell_failures(classifier.as_ref());
    let matched = args.fail_on.is_some_and(|least| worst.is_some_and(|worst| worst >= least));
    if matched {
        return Ok(ExitCode::from(MATCHED));
    }
    if unread > 0 {
        bail!("{unread} files could not be scanned; their names and why stand above");
    }
    Ok(ExitCode::SUCCESS)
}

/// A scanner whose fingerprints mean nothing: they are not printed.
pub(crate) fn scanner() -> Scanner {
    let now = SystemClock.now().to_string();
    let mut parts = now.split(['-', 'T']).map(|part| part.parse().unwrap_or(1));
    let mut part = || parts.next().unwrap_or(1);
    let today = (part(), part() as u8, part() as u8);
    Scanner::new(ScannerConfig { fingerprint_key: [0; 32], today })
}
