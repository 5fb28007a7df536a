//! How fast the engine reads, beside a plain read of memory and ten regular expressions, in one run.
//! `cargo bench -p aegis-detect --bench throughput`, and with words after `--` only rows and texts that contain one of
//! them.
//! Ratios between the rows of one run mean something; absolute figures mean this machine.
//!
//! The texts: *nothing*, prose without anything to find; *prompts*, what people and programs send, with a value every
//! two kilobytes (`common/prompts.rs`); *foreign*, other scripts; *dense*, a value every 400 bytes; *values*, nothing else.

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
/// Rounds that a figure is the best of.
const ROUNDS: u32 = 10;
/// Long enough to even out a busy machine.
const AT_LEAST: Duration = Duration::from_millis(400);

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

const TEXTS: [&str; 5] = ["nothing", "prompts", "foreign", "dense", "values"];

const ROWS: [&str; 10] = [
    "read of memory",
    "ten regular expressions",
    "values",
    "all detectors, attacks by signs",
    "all detectors and the model",
    "2 kB pieces, by signs",
    "2 kB pieces, with the model",
    "500-byte pieces, fresh memory",
    "500-byte pieces, masked",
    "stream in pieces of 20 bytes",
];

/// The speeds on each text.
type Speeds = [f64; TEXTS.len()];

fn main() {
    let (scanner, start) = start();
    let signs = scanner.renewed(CONFIG).without_model();
    let (scanner, naive) = (Arc::new(scanner), naive());
    let set: Vec<String> = prompts::lines(true).into_iter().chain(prompts::lines(false)).collect();
    let dense: String = set.iter().map(|text| format!("{text}\n{PROSE}")).collect();
    let texts = [PROSE.to_owned(), prompts::mixed(SIZE), FOREIGN.to_owned(), dense, set.join("\n")]
        .map(|piece| piece.repeat(SIZE / piece.len() + 1));
    println!("{:<38}{}", "MB/s", TEXTS.map(|name| format!("{name:>9}")).concat());
    let asked: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let is_asked = |name: &str, of: &[&str]| {
        let mut words =
            asked.iter().filter(|word| of.iter().any(|name| name.contains(word.as_str()))).peekable();
        words.peek().is_none() || words.any(|word| name.contains(word.as_str()))
    };
    let row = |name: &'static str, work: &dyn Fn(&str) -> usize| -> Option<(&str, Speeds)> {
        if !is_asked(name, &ROWS) {
            return None;
        }
        let speeds =
            std::array::from_fn(
                |n| if is_asked(TEXTS[n], &TEXTS) { speed(&texts[n], work) } else { f64::NAN },
            );
        println!("{name:<38}{}", speeds.map(|speed: f64| format!("{speed:>9.0}")).concat());
        Some((name, speeds))
    };
    let whole = |scanner: &Scanner, text: &str| scan(scanner, &mut Scratch::default(), text);
    let rows = [
        row(ROWS[0], &|text| text.bytes().map(usize::from).sum()),
        row(ROWS[1], &|text| naive.find_iter(text).count()),
        row(ROWS[2], &|text| scanner.values_with(&mut Scratch::default(), text).len()),
        row(ROWS[3], &|text| whole(&signs, text)),
        row(ROWS[4], &|text| whole(&scanner, text)),
        row(ROWS[5], &|text| {
            let mut scratch = Scratch::default();
            pieces(text, 2048).map(|piece| scan(&signs, &mut scratch, piece)).sum()
        }),
        row(ROWS[6], &|text| {
            let mut scratch = Scratch::default();
            pieces(text, 2048).map(|piece| scan(&scanner, &mut scratch, piece)).sum()
        }),
        row(ROWS[7], &|text| pieces(text, 500).map(|piece| scanner.scan(piece).findings.len()).sum()),
        row(ROWS[8], &|text| {
            pieces(text, 500).map(|piece| mask(piece, &scanner.scan(piece).findings).text.len()).sum()
        }),
        row(ROWS[9], &|text| {
            let mut stream = StreamScanner::new(Arc::clone(&scanner));
            pieces(text, 20).map(|piece| stream.push(piece).text.len()).sum()
        }),
    ];
    if let [Some((_, memory)), Some((_, naive)), engine @ ..] = &rows {
        for (unit, of) in [("of a read of memory", memory), ("times ten regular expressions", naive)] {
            println!("\n{unit}");
            for (name, speeds) in engine.iter().flatten() {
                let ratios: Vec<_> =
                    speeds.iter().zip(of).map(|(own, of)| format!("{:>9.2}", own / of)).collect();
                println!("{name:<38}{}", ratios.concat());
            }
        }
    }
    if !asked.is_empty() {
        return;
    }
    println!();
    for (name, scanner) in [("by signs", &signs), ("with the model", &*scanner)] {
        let times = latencies(scanner, &texts[1]);
        let [half, most] = [50, 99].map(|share| times[times.len() * share / 100].as_nanos() as f64 / 1e3);
        println!("2 kB of prompts {name}: p50 {half:.1} us, p99 {most:.1} us");
    }
    println!("{start}");
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

/// Millions of bytes a second, by the best of a few rounds: what slows a round down is not the work.
fn speed(text: &str, work: &dyn Fn(&str) -> usize) -> f64 {
    let round = |_| common::time(AT_LEAST / ROUNDS, || _ = black_box(work(black_box(text))));
    let best = (0..ROUNDS).map(round).min().unwrap_or_default();
    text.len() as f64 / best.as_secs_f64() / 1e6
}
