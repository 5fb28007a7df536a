//! `aegisflow eval`: measures the engine against labelled texts. Called by `main`. Needs neither server nor store.

use crate::classifier::{ClassifierArgs, asked_by, tell_failures};
use crate::scan::scanner;
use aegis_eval::{
    AttackGroup, AttackReport, Corpus, Counts, DetectorReport, ValueReport, attacks, scan, shipped, values,
};
use anyhow::Context;
use clap::Args;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

/// Prints precision, recall and F1 by detector, false alarms, and how well attacks are told from honest texts
#[derive(Debug, Args)]
#[command(
    after_help = "Each line of a .jsonl file is {\"id\":…,\"text\":…} with \"spans\":[{\"start\":…,\"end\":…,\"type\":…}] or \"label\":0|1.\n\nExamples:\n  aegisflow eval                 the set this program ships\n  aegisflow eval corpora/ --json"
)]
pub struct EvalArgs {
    /// A folder of .jsonl files, or one file; the shipped set unless given
    path: Option<PathBuf>,

    /// One JSON document instead of tables
    #[arg(long)]
    json: bool,

    /// Least confidence, and least score of an attack, that counts
    #[arg(long, value_name = "CONFIDENCE", default_value_t = 0.5, env = "AEGISFLOW_MIN_CONFIDENCE")]
    min_confidence: f32,

    #[command(flatten)]
    classifier: ClassifierArgs,
}

enum Report {
    Values(ValueReport),
    Attacks(AttackReport),
}

/// Runs the subcommand.
pub fn run(args: EvalArgs) -> anyhow::Result<()> {
    let corpora = match &args.path {
        Some(path) => Corpus::read(path)?,
        None => shipped().into(),
    };
    let classifier = args.classifier.open()?;
    let scanner = asked_by(scanner(), classifier.as_ref());
    let mut out = std::io::stdout().lock();
    let mut document = serde_json::Map::new();
    for corpus in &corpora {
        let scanned = scan(&scanner, &corpus.lines);
        let report = if corpus.is_attacks() {
            Report::Attacks(attacks(&corpus.lines, &scanned, args.min_confidence))
        } else {
            Report::Values(values(&corpus.lines, &scanned, args.min_confidence))
        };
        if args.json {
            document.insert(corpus.name.clone(), as_json(&report));
        } else {
            print(&corpus.name, &report, &mut out).context("cannot write to standard output")?;
        }
    }
    if args.json {
        serde_json::to_writer_pretty(&mut out, &document).context("cannot write to standard output")?;
        writeln!(out).context("cannot write to standard output")?;
    }
    tell_failures(classifier.as_ref());
    Ok(())
}

fn shares(counts: &Counts) -> Value {
    json!({
        "right": counts.right, "invented": counts.invented, "missed": counts.missed,
        "precision": counts.precision(), "recall": counts.recall(), "f1": counts.f1(),
    })
}

fn as_json(report: &Report) -> Value {
    match report {
        Report::Values(r) => {
            let detector = |d: &DetectorReport| {
                json!({
                    "strict": shares(&d.strict), "relaxed": shares(&d.relaxed), "covered": d.covered,
                    "in_clean_texts": d.in_clean_texts,
                })
            };
            json!({
                "texts": r.texts, "bytes": r.bytes, "strict": shares(&r.strict()), "macro_f1": r.macro_f1(),
                "detectors": r.detectors.iter().map(|(k, d)| (k.clone(), detector(d))).collect::<serde_json::Map<_, _>>(),
                "clean": r.clean, "by_kind": r.by_kind,
            })
        }
        Report::Attacks(r) => json!(r),
    }
}

fn print(name: &str, report: &Report, out: &mut impl Write) -> std::io::Result<()> {
    match report {
        Report::Values(r) => print_values(name, r, out),
        Report::Attacks(r) => print_attacks(name, r, out),
    }
}

fn print_values(name: &str, r: &ValueReport, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "{name}: {} texts, {} bytes", r.texts, r.bytes)?;
    writeln!(
        out,
        "{:<16}{:>7}  {:>9}{:>8}{:>8}  {:>9}{:>8}{:>8}{:>8}",
        "", "values", "precision", "recall", "F1", "relaxed P", "R", "F1", "alarms"
    )?;
    let row = |out: &mut dyn Write, name: &str, s: &Counts, x: &Counts, alarms: usize| {
        writeln!(
            out,
            "{name:<16}{:>7}  {:>9.3}{:>8.3}{:>8.3}  {:>9.3}{:>8.3}{:>8.3}{alarms:>8}",
            s.right + s.missed,
            s.precision(),
            s.recall(),
            s.f1(),
            x.precision(),
            x.recall(),
            x.f1()
        )
    };
    for (kind, d) in &r.detectors {
        row(out, kind, &d.strict, &d.relaxed, d.in_clean_texts)?;
    }
    let clean = r.clean;
    writeln!(
        out,
        "mean strict F1 {:.3}; {} of {} texts without a value have a finding ({:.2} %)",
        r.macro_f1(),
        clean.with_finding,
        clean.texts,
        100.0 * clean.with_finding as f64 / clean.texts.max(1) as f64
    )?;
    for (kind, (found, all)) in &r.by_kind {
        writeln!(out, "  {kind:<24} {found} of {all} found ({:.3})", *found as f64 / (*all).max(1) as f64)?;
    }
    writeln!(out)
}

fn print_attacks(name: &str, r: &AttackReport, out: &mut impl Write) -> std::io::Result<()> {
    let auc = r.auc.map_or("–".to_string(), |auc| format!("{auc:.4}"));
    writeln!(out, "{name}: {} attacks, {} honest texts", r.all.attacks, r.all.honest)?;
    writeln!(out, "AUC {auc}; {:.3} of the attacks seen at 1 % false alarms", r.seen_at_1_percent)?;
    groups("all", &BTreeMap::from([(format!("from {}", r.threshold), r.all)]), out)?;
    for (title, by) in [("family", &r.by_family), ("language", &r.by_lang), ("source", &r.by_source)] {
        if by.len() > 1 {
            groups(title, by, out)?;
        }
    }
    writeln!(out)
}

fn groups(title: &str, by: &BTreeMap<String, AttackGroup>, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "{title:<32}{:>8}{:>8}{:>8}{:>8}", "attacks", "seen", "honest", "accused")?;
    let share = |part: usize, whole: usize| match whole {
        0 => "–".to_string(),
        _ => format!("{:.3}", part as f64 / whole as f64),
    };
    for (name, g) in by {
        writeln!(
            out,
            "{name:<32}{:>8}{:>8}{:>8}{:>8}",
            g.attacks,
            share(g.seen, g.attacks),
            g.honest,
            share(g.accused, g.honest)
        )?;
    }
    Ok(())
}
