//! Drives fuzz targets on a stable compiler: shared by an example of each crate that has some, such as
//! `cargo run --release -p aegis-detect --example fuzz_engine -- TARGET SECONDS`.
//! Inputs are cut, joined and changed at random; one that makes the code say something new is built upon.
//! An input that breaks a promise is shortened, written to `fuzz/regressions/TARGET` and ends the run with 1.
//! With `--keep N` the N shortest inputs that said something new go to `fuzz/corpus/TARGET`.

use std::collections::HashSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Longest input.
const LONGEST: usize = 1500;
/// Most inputs that are built upon.
const MOST: usize = 4000;

/// Xorshift: the run is the same for the same seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

/// What a run needs to know of a target.
pub struct Target<'a> {
    /// Runs the property of the target named first; false when there is no such target.
    pub run: fn(&str, &[u8]) -> bool,
    /// What an input makes the code say: one that says something new is built upon.
    pub sayings: fn(&[u8]) -> u64,
    /// Inputs to begin with.
    pub seeds: Vec<Vec<u8>>,
    /// What is put into inputs.
    pub pieces: &'a [&'a str],
}

/// Runs the target that the command line names.
pub fn drive(fuzzed: Target) -> ExitCode {
    let Target { run, sayings, seeds, pieces } = fuzzed;
    let words: Vec<String> = std::env::args().skip(1).collect();
    let target = words.first().expect("say which target, as the header does").clone();
    assert!(run(&target, b""), "{target} is no target");
    let seconds: u64 = words.get(1).map_or(60, |word| word.parse().expect("seconds are a number"));
    let keep =
        words.iter().position(|word| word == "--keep").map(|at| words[at + 1].parse().expect("a number"));
    let seed = words
        .iter()
        .position(|word| word == "--seed")
        .map_or(1, |at| words[at + 1].parse().expect("a number"));
    std::panic::set_hook(Box::new(|_| {}));
    let mut random = Random(seed | 1 << 40);
    let mut corpus = starts(&target, seeds, pieces);
    let mut said: HashSet<u64> = HashSet::new();
    let begun = Instant::now();
    let mut runs = 0u64;
    while begun.elapsed() < Duration::from_secs(seconds) {
        let input = mutated(&corpus, pieces, &mut random);
        runs += 1;
        if breaks(run, &target, &input) {
            let short = shortened(run, &target, input);
            let path = folder("regressions", &target).join(format!("{:016x}", hash(&short)));
            fs::write(&path, &short).expect("the folder can be written");
            eprintln!(
                "{target} broke after {runs} runs: {} {:?}",
                path.display(),
                String::from_utf8_lossy(&short)
            );
            return ExitCode::FAILURE;
        }
        if said.insert(sayings(&input)) {
            corpus.push(input);
            if corpus.len() > MOST {
                corpus.swap_remove(random.below(MOST));
            }
        }
    }
    println!("{target}: {runs} runs in {seconds} s, {} different answers, nothing broke", said.len());
    if let Some(count) = keep {
        corpus.sort_by_key(Vec::len);
        for input in corpus.iter().filter(|input| input.len() > 24).take(count) {
            fs::write(folder("corpus", &target).join(format!("{:016x}", hash(input))), input)
                .expect("the folder can be written");
        }
    }
    ExitCode::SUCCESS
}

fn folder(kind: &str, target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz").join(kind).join(target)
}

/// A short name for a value.
pub fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The seeds, what is put into inputs, and what earlier runs kept.
fn starts(target: &str, mut seeds: Vec<Vec<u8>>, pieces: &[&str]) -> Vec<Vec<u8>> {
    seeds.extend(pieces.iter().map(|piece| piece.as_bytes().to_vec()));
    for kind in ["corpus", "regressions"] {
        let files = fs::read_dir(folder(kind, target)).into_iter().flatten().flatten();
        seeds.extend(files.filter_map(|file| fs::read(file.path()).ok()));
    }
    seeds
}

fn breaks(run: fn(&str, &[u8]) -> bool, target: &str, input: &[u8]) -> bool {
    catch_unwind(|| run(target, input)).is_err()
}

/// Another input made of those in `corpus`.
fn mutated(corpus: &[Vec<u8>], pieces: &[&str], random: &mut Random) -> Vec<u8> {
    let mut input = corpus[random.below(corpus.len())].clone();
    for _ in 0..=random.below(6) {
        let at = random.below(input.len() + 1);
        let to = (at + random.below(20)).min(input.len());
        match random.below(8) {
            0 => drop(input.drain(at..to)),
            1 | 2 => drop(input.splice(at..at, random.pick(pieces).bytes())),
            3 => drop(input.splice(at..to, random.pick(pieces).bytes())),
            4 => drop(input.splice(at..at, corpus[random.below(corpus.len())].clone())),
            5 => {
                let piece = input[at..to].to_vec();
                let times = 1 + random.below(40);
                drop(input.splice(at..at, piece.repeat(times)));
            }
            6 => input.insert(at, random.below(256) as u8),
            _ => {
                if let Some(byte) = input.get_mut(at) {
                    *byte = random.pick(&[" -./0123456789@:=lOaA\"\\&%"]).as_bytes()[random.below(24)];
                }
            }
        }
    }
    input.truncate(LONGEST);
    input
}

/// A shorter input that still breaks `target`.
fn shortened(run: fn(&str, &[u8]) -> bool, target: &str, mut input: Vec<u8>) -> Vec<u8> {
    let mut size = input.len() / 2;
    while size > 0 {
        let mut at = 0;
        while at < input.len() {
            let mut shorter = input.clone();
            shorter.drain(at..(at + size).min(input.len()));
            if breaks(run, target, &shorter) { input = shorter } else { at += size }
        }
        size /= 2;
    }
    input
}
