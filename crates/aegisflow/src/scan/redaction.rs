//! What `scan --redact` puts in the place of values, and under which key.
//! Called by `walk` for each file and by `jsonl` for each line: every text is a session of its own, so that nothing
//! grows with the input. The key is the run's: the same value has the same pseudonym in all of them.

use aegis_detect::{Finding, Mode, Plan, Redactor};
use anyhow::{Context, bail};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use std::fs::File;
use std::io::Read;
use std::path::Path;

const KEY: usize = 32;

/// One way of redacting.
pub(super) struct Redaction {
    mode: Mode,
    key: [u8; KEY],
}

impl Redaction {
    /// Takes the key from `key_file`, or a fresh one that nobody will know afterwards.
    pub(super) fn new(mode: Mode, key_file: Option<&Path>) -> anyhow::Result<Self> {
        let key = key_file.map_or_else(|| Ok(rand::random()), read_key)?;
        Ok(Redaction { mode, key })
    }

    /// `text` with its `findings` replaced. A JSON document stays one.
    pub(super) fn of(&self, text: &str, findings: &[Finding]) -> String {
        Redactor::new(self.key, Plan::all(self.mode)).redact_any(text, findings).0.text
    }
}

/// Reads a mode by its name, and knows all of them.
pub(super) fn modes() -> impl TypedValueParser<Value = Mode> {
    let known = Mode::REPLACING.map(|mode| PossibleValue::new(mode.as_str()).help(about(mode)));
    PossibleValuesParser::new(known).map(|word| {
        let named = Mode::REPLACING.into_iter().find(|mode| mode.as_str() == word);
        named.expect("only the names of modes are let through")
    })
}

fn about(mode: Mode) -> &'static str {
    match mode {
        Mode::Keep => "The value itself",
        Mode::Mask => "•••-••-6789",
        Mode::Placeholder => "[SSN_1]: equal values of a text have equal numbers",
        Mode::Pseudonym => "SSN_7F3K9Q2M: equal values have equal tokens under the same key",
        Mode::SameForm => {
            "Another valid value: a card of the same issuer, a date moved; secrets get placeholders"
        }
    }
}

fn read_key(path: &Path) -> anyhow::Result<[u8; KEY]> {
    let mut bytes = Vec::with_capacity(KEY + 1);
    File::open(path)
        .and_then(|file| file.take(KEY as u64 + 1).read_to_end(&mut bytes))
        .with_context(|| format!("the key file {} cannot be read", path.display()))?;
    match <[u8; KEY]>::try_from(bytes) {
        // zeros are what a script leaves that went wrong: a key that everybody knows
        Ok(key) if key.iter().all(|byte| *byte == key[0]) => {
            bail!("{} is no key: every byte is the same", path.display())
        }
        Ok(key) => Ok(key),
        Err(_) => bail!(
            "the key file {} must have {KEY} random bytes; make one with `head -c {KEY} /dev/urandom`",
            path.display()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::scanner;
    use super::*;

    fn redact(redaction: &Redaction, text: &str) -> String {
        redaction.of(text, &scanner().scan(text).findings)
    }

    #[test]
    fn a_key_file_gives_the_same_pseudonyms_in_every_run_and_no_key_other_ones() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("redact.key");
        std::fs::write(&path, rand::random::<[u8; KEY]>()).expect("a file");
        let run = |key: Option<&Path>| {
            redact(&Redaction::new(Mode::Pseudonym, key).expect("a key"), "ssn 536-22-8145")
        };
        assert_eq!(run(Some(&path)), run(Some(&path)));
        assert_ne!(run(None), run(None));
    }

    #[test]
    fn what_is_no_key_is_refused_with_what_to_do() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("redact.key");
        let refused = || {
            let error = Redaction::new(Mode::Pseudonym, Some(&path)).err().expect("no key");
            format!("{error:#}")
        };
        assert!(refused().contains("cannot be read"));
        for (bytes, says) in
            [(vec![7; 31], "/dev/urandom"), (vec![7; 33], "/dev/urandom"), (vec![7; 32], "same")]
        {
            std::fs::write(&path, bytes).expect("a file");
            assert!(refused().contains(says), "{}", refused());
        }
    }

    #[test]
    fn every_mode_leaves_json_json_and_no_value() {
        let text = r#"{"card": 4539148803436467, "note": "ssn 536-22-8145, \"born\" 1980-03-02"}"#;
        for mode in Mode::REPLACING {
            let redacted = redact(&Redaction::new(mode, None).expect("a fresh key"), text);
            let parsed: serde_json::Value = serde_json::from_str(&redacted).expect("it stays JSON");
            assert_eq!(parsed.as_object().map(|members| members.len()), Some(2));
            assert!(
                !redacted.contains("4539148803436467") && !redacted.contains("536-22-8145"),
                "{redacted}"
            );
        }
    }
}
