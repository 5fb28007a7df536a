//! How fast the engine reads, beside a plain read of memory and ten regular expressions, in one run.
//! `cargo bench -p aegis-detect --bench throughput`, and with words after `--` only rows and texts that contain one of
//! them.
//! Ratios between the rows of one run mean something; absolute figures mean this machine.
//!
//! The texts: *nothing*, prose without anything to find; *clean*, prompts as people write them, with numbers, dates and
//! links but no value (`common/prompts.rs`); *written*, the same with a value and a look-alike every two kilobytes;
//! *prompts*, these with logs, tables and JSON; *foreign*, other scripts; *dense*, a value every 400 bytes; *values*,
//! nothing else.

mod common;
#[path = "common/prompts.rs"]
mod prompts;

use aegis_detect::{Origin, Scanner, ScannerConfig, Scratch, StreamScanner, mask};
use regex_automata::meta::Regex;
use regex_automata::util::syntax;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Short enough that the best of many runs is one that nothing interrupted.
const SIZE: usize = 128 * 1024;
/// Rounds that a figure is the best of, and how long one takes.
const ROUNDS: usize = 4;
const ROUND: Duration = Duration::from_millis(120);

const PROSE: &str = "The committee met again on Thursday and went through the remaining items, most of which had been \
    settled by letter. Nobody objected to the new opening hours, although two members asked that the side door stay \
    locked after dark. It was agreed to repaint the hall before winter and to ask three firms for an offer.\n";
const FOREIGN: &str = "Der Ausschuß trat erneut zusammen und besprach die übrigen Punkte; über die Öffnungszeiten war man \
    sich schnell einig. 委員会は木曜日に再び開かれ、残りの議題を検討した。Комитет снова собрался в четверг.\n";

/// What a first attempt at the same job looks like.
const NAIVE: [&str; 10] = [
    r"\b\d{3}-\d{2}-\d{4}\b",
    r"\b(?:\d[ -]?){13,19}\b",
    r"\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}",
    r"\+\d{1,3}[ \d().-]{6,18}\d",
    r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}",
    r"\b(?:\d{1,3}\.){3}\d{1,3}\b",
    r"\b(?:[0-9a-f]{1,4}:){2,7}[0-9a-f]{1,4}\b",
    r"(?i)\bmrn[:# ]*\d{5,12}\b",
    r"\b\d{1,2}/\d{1,2}/\d{2,4}\b",
    r"(?i)ignore (?:all )?(?:previous|prior) instructions",
];

const TEXTS: [&str; 7] = ["nothing", "clean", "written", "prompts", "foreign", "dense", "values"];

const ROWS: [&str; 10] = [
    "read of memory",
    "ten regular expressions",
    "all but attacks",
    "all detectors, attacks by signs",
    "all detectors and the model",
    "2 kB pieces, by signs",
    "2 kB pieces, with the model",
    "500-byte pieces, fresh memory",
    "500-byte pieces, masked",
    "stream in pieces of 20 bytes",
];

/// What a row does with a text.
type Row<'r> = &'r dyn Fn(&str) -> usize;
/// The speed of each row on each text, in MB/s; 0 for what was not asked for.
type Speeds = [[f64; TEXTS.len()]; ROWS.len()];

fn main() {
    let (scanner, start) = start();
    let signs = scanner.renewed(CONFIG).without_model();
    let (scanner, naive) = (Arc::new(scanner), naive());
    let asked: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let whole = |scanner: &Scanner, text: &str| scan(scanner, &mut Scratch::default(), text);
    let rows: [Row; ROWS.len()] = [
        &|text| text.bytes().map(usize::from).sum(),
        &|text| naive.find_iter(text).count(),
        &|text| scanner.values_with(&mut Scratch::default(), text).len(),
        &|text| whole(&signs, text),
        &|text| whole(&scanner, text),
        &|text| {
            let mut scratch = Scratch::default();
            pieces(text, 2048).map(|piece| scan(&signs, &mut scratch, piece)).sum()
        },
        &|text| {
            let mut scratch = Scratch::default();
            pieces(text, 2048).map(|piece| scan(&scanner, &mut scratch, piece)).sum()
        },
        &|text| pieces(text, 500).map(|piece| scanner.scan(piece).findings.len()).sum(),
        &|text| pieces(text, 500).map(|piece| mask(piece, &scanner.scan(piece).findings).text.len()).sum(),
        &|text| {
            let mut stream = StreamScanner::new(Arc::clone(&scanner));
            pieces(text, 20).map(|piece| stream.push(piece).text.len()).sum()
        },
    ];
    let texts = texts();
    let speeds = speeds(&rows, &texts, &asked);
    print("MB/s", &speeds, |speed, _| speed);
    if !asked.is_empty() {
        return;
    }
    print("of a read of memory", &speeds, |speed, text| speed / speeds[0][text]);
    print("times ten regular expressions", &speeds, |speed, text| speed / speeds[1][text]);
    println!();
    for (text, asked) in texts.iter().zip(TEXTS).skip(1).take(3) {
        for (name, scanner) in [("by signs", &signs), ("with the model", &*scanner)] {
            let times = latencies(scanner, text);
            let [half, most] = [50, 99].map(|share| times[times.len() * share / 100].as_nanos() as f64 / 1e3);
            println!("2 kB of {asked:<8} {name:<15} p50 {half:>5.1} us, p99 {most:>5.1} us");
        }
    }
    for megabytes in [1, 10, 100] {
        println!(
            "{megabytes} MB of prompts at once by signs: {:.0} MB/s",
            at_once(&signs, megabytes * 1_000_000)
        );
    }
    println!("{start}");
}

/// The texts, in the order of their names.
fn texts() -> [String; TEXTS.len()] {
    let set: Vec<String> = prompts::lines(true).into_iter().chain(prompts::lines(false)).collect();
    let dense: String = set.iter().map(|text| format!("{text}\n{PROSE}")).collect();
    [
        PROSE.to_owned(),
        prompts::clean(SIZE),
        prompts::written(SIZE),
        prompts::mixed(SIZE),
        FOREIGN.to_owned(),
        dense,
        set.join("\n"),
    ]
    .map(|piece| piece.repeat(SIZE / piece.len() + 1))
}

/// The best of some rounds through all rows: what slows a round down is not the work, and rows of one round compare.
fn speeds(rows: &[Row], texts: &[String], asked: &[String]) -> Speeds {
    let is_asked = |name: &str, of: &[&str]| {
        let mut words =
            asked.iter().filter(|word| of.iter().any(|name| name.contains(word.as_str()))).peekable();
        words.peek().is_none() || words.any(|word| name.contains(word.as_str()))
    };
    let mut best: Speeds = [[0.0; TEXTS.len()]; ROWS.len()];
    for _ in 0..ROUNDS {
        for (n, work) in rows.iter().enumerate().filter(|(n, _)| is_asked(ROWS[*n], &ROWS)) {
            for (best, (text, name)) in best[n].iter_mut().zip(texts.iter().zip(TEXTS)) {
                if is_asked(name, &TEXTS) {
                    *best = f64::max(*best, speed(text, *work));
                }
            }
        }
    }
    best
}

fn print(title: &str, speeds: &Speeds, shown: impl Fn(f64, usize) -> f64) {
    println!("\n{title:<38}{}", TEXTS.map(|name| format!("{name:>9}")).concat());
    for (name, row) in ROWS.iter().zip(speeds).filter(|(_, row)| row.iter().any(|speed| *speed > 0.0)) {
        let figures = row.iter().enumerate().map(|(text, speed)| shown(*speed, text));
        let figures: Vec<_> = figures
            .map(|figure| if figure < 10.0 { format!("{figure:>9.2}") } else { format!("{figure:>9.0}") })
            .collect();
        println!("{name:<38}{}", figures.concat());
    }
}

/// The ten patterns, read as bytes: with Unicode's idea of a word they are a hundred times slower outside ASCII.
fn naive() -> Regex {
    let bytes = syntax::Config::new().unicode(false).utf8(false);
    Regex::builder().syntax(bytes).build_many(&NAIVE).expect("ten patterns")
}

const CONFIG: ScannerConfig = ScannerConfig { fingerprint_key: [7; 32], today: (2026, 11, 23) };

fn scan(scanner: &Scanner, scratch: &mut Scratch, text: &str) -> usize {
    scanner.scan_with(scratch, text, Origin::User).findings.len()
}

/// A scanner, and what it cost to make it.
fn start() -> (Scanner, String) {
    let (before, begun) = (resident(), Instant::now());
    let scanner = Scanner::new(CONFIG);
    let took = begun.elapsed().as_secs_f64() * 1e3;
    let (after, again) = (resident(), common::time(Duration::ZERO, || drop(black_box(Scanner::new(CONFIG)))));
    let grown =
        after.zip(before).map_or(f64::NAN, |(after, before)| after.saturating_sub(before) as f64 / 1e6);
    let again = again.as_secs_f64() * 1e3;
    (
        scanner,
        format!(
            "start of the engine: {took:.1} ms ({again:.1} ms of processor time when warm), {grown:.1} MB resident"
        ),
    )
}

/// Bytes of memory this process holds.
fn resident() -> Option<usize> {
    let pages: usize = std::fs::read_to_string("/proc/self/statm").ok()?.split(' ').nth(1)?.parse().ok()?;
    Some(pages * 4096)
}

/// The best of three readings of one text of so many bytes, in MB/s.
fn at_once(scanner: &Scanner, size: usize) -> f64 {
    let text = prompts::mixed(size);
    let mut scratch = Scratch::default();
    let mut reading = || {
        let begun = Instant::now();
        black_box(scan(scanner, &mut scratch, black_box(&text)));
        text.len() as f64 / begun.elapsed().as_secs_f64() / 1e6
    };
    (0..3).map(|_| reading()).fold(0.0, f64::max)
}

/// How long each of many 2 kB pieces takes by the wall clock, in order.
fn latencies(scanner: &Scanner, text: &str) -> Vec<Duration> {
    let mut scratch = Scratch::default();
    let mut times = Vec::new();
    for round in 0..200 {
        // other cuts each round
        let skipped = pieces(text, 1 + round * 10).next().map_or(0, str::len);
        for piece in pieces(&text[skipped..], 2048) {
            let begun = Instant::now();
            black_box(scan(scanner, &mut scratch, black_box(piece)));
            times.push(begun.elapsed());
        }
    }
    times.sort_unstable();
    times
}

/// Pieces of about `len` bytes, cut between characters.
fn pieces(text: &str, len: usize) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut at = len.min(rest.len());
        while !rest.is_char_boundary(at) {
            at += 1;
        }
        let (piece, tail) = rest.split_at(at);
        rest = tail;
        Some(piece)
    })
}

/// Millions of bytes a second.
fn speed(text: &str, work: Row) -> f64 {
    let once = common::time(ROUND, || _ = black_box(work(black_box(text))));
    text.len() as f64 / once.as_secs_f64() / 1e6
}
