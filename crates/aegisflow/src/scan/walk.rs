//! Finds the files to scan and scans them on all cores, in the order of their paths.
//! Called by `scan`. A file that cannot be read is reported and does not stop the others.

use super::redaction::Redaction;
use aegis_detect::{Finding, Scanner};
use anyhow::Context;
use ignore::WalkBuilder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Largest file read into memory.
const MAX_FILE: u64 = 256 * 1024 * 1024;
/// Where a NUL byte tells that a file is no text.
const SNIFFED: usize = 8 * 1024;

/// What was found in one file.
pub(super) struct Report {
    pub(super) path: PathBuf,
    pub(super) found: Vec<Found>,
    /// The text with everything replaced; empty where nobody asked for it.
    pub(super) redacted: String,
    /// Why the file could not be scanned.
    pub(super) trouble: Option<String>,
}

/// A finding and where a person would look for it.
pub(super) struct Found {
    pub(super) finding: Finding,
    /// From 1.
    pub(super) line: usize,
    /// In characters, from 1.
    pub(super) column: usize,
}

/// Opens a file, or standard input for `-`.
pub(super) fn open(path: &Path) -> anyhow::Result<Box<dyn BufRead>> {
    if is_stdin(path) {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    Ok(Box::new(BufReader::new(file)))
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Scans everything under `paths` that is at least `least` sure.
pub(super) fn scan(
    scanner: &Scanner,
    paths: &[PathBuf],
    threads: Option<usize>,
    least: f32,
    redaction: Option<&Redaction>,
) -> anyhow::Result<Vec<Report>> {
    let files = files(paths)?;
    let next = AtomicUsize::new(0);
    let reports = Mutex::new(Vec::with_capacity(files.len()));
    let workers = threads
        .unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from))
        .clamp(1, files.len().max(1));
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let report = scan_file(scanner, path, least, redaction);
                    reports.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(report);
                }
            });
        }
    });
    let mut reports = reports.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    reports.sort_by(|a, b| a.path.cmp(&b.path));
    for report in &reports {
        if let Some(trouble) = &report.trouble {
            eprintln!("{}: {trouble}", report.path.display());
        }
    }
    Ok(reports)
}

/// The files under `paths`, without what version control ignores.
fn files(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if is_stdin(path) {
            files.push(path.clone());
            continue;
        }
        // hidden files are where settings with secrets in them live
        let walk =
            WalkBuilder::new(path).hidden(false).filter_entry(|entry| entry.file_name() != ".git").build();
        for entry in walk {
            let entry = entry.with_context(|| format!("cannot walk {}", path.display()))?;
            if entry.file_type().is_some_and(|kind| kind.is_file()) {
                files.push(entry.into_path());
            }
        }
    }
    Ok(files)
}

fn scan_file(scanner: &Scanner, path: &Path, least: f32, redaction: Option<&Redaction>) -> Report {
    let mut report =
        Report { path: path.to_owned(), found: Vec::new(), redacted: String::new(), trouble: None };
    match read(path) {
        Ok(Some(text)) => {
            let findings = scanner.scan(&text).findings;
            report.redacted = redaction.map(|redaction| redaction.of(&text, &findings)).unwrap_or_default();
            report.found = placed(&text, findings.into_iter().filter(|finding| finding.confidence >= least));
        }
        Ok(None) => {}
        Err(error) => report.trouble = Some(format!("{error:#}")),
    }
    report
}

/// The text of a file; `None` if it is no text.
fn read(path: &Path) -> anyhow::Result<Option<String>> {
    let mut bytes = Vec::new();
    open(path)?.take(MAX_FILE + 1).read_to_end(&mut bytes).context("cannot read")?;
    if bytes.len() as u64 > MAX_FILE {
        anyhow::bail!("larger than {} MiB: not scanned", MAX_FILE / 1024 / 1024);
    }
    if bytes.iter().take(SNIFFED).any(|&byte| byte == 0) {
        return Ok(None);
    }
    Ok(Some(
        String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
    ))
}

/// Gives each finding its line and column, in one walk through the text.
fn placed(text: &str, findings: impl Iterator<Item = Finding>) -> Vec<Found> {
    let (mut line, mut line_start, mut seen) = (1, 0, 0);
    findings
        .map(|finding| {
            let start = finding.span.start;
            let skipped = &text[seen..start];
            line += skipped.matches('\n').count();
            line_start = skipped.rfind('\n').map_or(line_start, |newline| seen + newline + 1);
            seen = start;
            Found { column: text[line_start..start].chars().count() + 1, line, finding }
        })
        .collect()
}
