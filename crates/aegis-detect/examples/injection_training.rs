//! Shows training what the engine sees of texts.
//!
//! `injection_training features < rows.jsonl`: for each row the number of windows, and for each window the number of its
//! features and the features, as little-endian `u32`.
//! `injection_training signals FILE < rows.jsonl`: the same, with the signals of each window under the weights in FILE
//! as `f32`, as many for each window, and no number before them.

use aegis_detect::training::{Signals, features};
use std::io::{BufRead, BufWriter, Error, Write, stdin, stdout};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let asked = arguments.next().unwrap_or_default();
    let signals = match arguments.next() {
        Some(file) => {
            let signals = Signals::new(&std::fs::read(file)?);
            Some(signals.ok_or_else(|| Error::other("the weights are not of the right size"))?)
        }
        None if asked == "features" => None,
        None => return Err(Error::other("use: injection_training features | signals FILE")),
    };
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().unwrap_or_default();
        match &signals {
            Some(signals) => {
                let windows = signals.of(text);
                out.write_all(&(windows.len() as u32).to_le_bytes())?;
                for signal in windows.iter().flatten() {
                    out.write_all(&signal.to_le_bytes())?;
                }
            }
            None => {
                let windows = features(text);
                out.write_all(&(windows.len() as u32).to_le_bytes())?;
                for window in windows {
                    out.write_all(&(window.len() as u32).to_le_bytes())?;
                    for feature in window {
                        out.write_all(&feature.to_le_bytes())?;
                    }
                }
            }
        }
    }
    out.flush()
}
