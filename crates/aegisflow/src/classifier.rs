//! `--injection-model FILE`: opens the operator's classifier for `serve`, `scan`, `eval` and `config check`.
//! Invariant: what cannot be used ends the program at start, with the reason; without the flag nothing is opened.

use aegis_classifier::Classifier;
use aegis_detect::{Scanner, SecondStage};
use anyhow::Context;
use clap::Args;
use std::path::PathBuf;
use std::sync::Arc;

/// The flag, the same wherever texts are scanned.
#[derive(Debug, Clone, Args)]
pub struct ClassifierArgs {
    /// Text classifier in ONNX that judges what looks like an attack, with its tokenizer.json beside it
    #[arg(long, value_name = "FILE", env = "AEGISFLOW_INJECTION_MODEL")]
    injection_model: Option<PathBuf>,
}

impl ClassifierArgs {
    /// Opens the classifier, if there is one, and tries it.
    pub fn open(&self) -> anyhow::Result<Option<Arc<Classifier>>> {
        let Some(path) = &self.injection_model else { return Ok(None) };
        let classifier = Classifier::open(path).context("--injection-model cannot be used")?;
        Ok(Some(Arc::new(classifier)))
    }
}

/// The scanner that asks `classifier`, if there is one.
pub fn asked_by(scanner: Scanner, classifier: Option<&Arc<Classifier>>) -> Scanner {
    match classifier {
        Some(classifier) => scanner.with_second_stage(Arc::clone(classifier) as Arc<dyn SecondStage>),
        None => scanner,
    }
}

/// Says on standard error how often the classifier failed.
pub fn tell_failures(classifier: Option<&Arc<Classifier>>) {
    let failures = classifier.map_or(0, |classifier| classifier.failures());
    if failures > 0 {
        eprintln!(
            "aegisflow: the injection model failed on {failures} windows; the engine's own verdict stands there"
        );
    }
}
