//! `aegisflow detectors`: what the engine looks for, as the console's catalogue tells it. Needs neither server nor store.
//! `docs/reference/detectors.md` is made of the Markdown.

use aegis_detect::{DetectorInfo, catalogue};
use aegis_server::{Quality, quality};
use anyhow::Context;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::io::Write;

/// Lists the built-in detectors: what each finds, how bad that is, and how well it was measured to do
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  aegisflow detectors --format json")]
pub struct DetectorsArgs {
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "text", env = "AEGISFLOW_FORMAT")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// A line for each: id, severity, category, threshold, precision, recall, name
    Text,
    /// One JSON document with descriptions, examples and the rules each touches
    Json,
    /// The same as a page
    Markdown,
}

/// Runs the subcommand.
pub fn run(args: DetectorsArgs) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match args.format {
        Format::Text => text(&mut out),
        Format::Json => json_document(&mut out),
        Format::Markdown => markdown(&mut out),
    }
    .context("cannot write to standard output")
}

fn text(out: &mut impl Write) -> std::io::Result<()> {
    let [id, severity, data, from] = ["id", "severity", "data", "from"];
    writeln!(out, "{id:<17}{severity:<10}{data:<10}{from:>4}{:>11}{:>8}  name", "precision", "recall")?;
    for d in catalogue() {
        let (severity, category) = (d.severity.as_str(), word(&d.category));
        let [precision, recall, _] = measured(d);
        writeln!(
            out,
            "{:<17}{severity:<10}{category:<10}{:>4.2}{precision:>11}{recall:>8}  {}",
            d.id, d.threshold, d.name
        )?;
    }
    Ok(())
}

/// Precision, recall, and of how many values, where the shipped set has any.
fn measured(d: &DetectorInfo) -> [String; 3] {
    let figures =
        |q: &Quality| [format!("{:.3}", q.precision), format!("{:.3}", q.recall), q.values.to_string()];
    quality(d.id).map_or_else(|| ["-"; 3].map(str::to_owned), figures)
}

fn json_document(out: &mut impl Write) -> std::io::Result<()> {
    let all: Vec<Value> = catalogue().map(as_json).collect();
    serde_json::to_writer_pretty(&mut *out, &json!({ "detectors": all }))?;
    writeln!(out)
}

fn as_json(d: &DetectorInfo) -> Value {
    let quality = quality(d.id).map(|q| {
        json!({ "precision": q.precision, "recall": q.recall, "f1": q.f1, "values": q.values, "texts": q.texts })
    });
    json!({
        "id": d.id, "name": d.name, "description": d.description, "category": d.category, "severity": d.severity,
        "default_action": d.default_action, "threshold": hundredths(d.threshold), "regulations": d.regulations,
        "quality": quality, "max_hold": d.max_hold, "hits": d.hits, "misses": d.misses,
    })
}

/// As it is written down, without the tail that `f32` has in `f64`.
fn hundredths(share: f32) -> f64 {
    (f64::from(share) * 100.0).round() / 100.0
}

fn markdown(out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "| id | name | data | severity | acts from | precision | recall | of |")?;
    writeln!(out, "|---|---|---|---|---|---|---|---|")?;
    for d in catalogue() {
        let (id, name, severity, category) = (d.id, d.name, d.severity.as_str(), word(&d.category));
        let [precision, recall, values] = measured(d);
        let from = d.threshold;
        writeln!(
            out,
            "| [`{id}`](#{id}) | {name} | {category} | {severity} | {from:.2} | {precision} | {recall} | {values} |"
        )?;
    }
    for d in catalogue() {
        writeln!(out, "\n## {}\n\n{}. {}", d.id, d.name, d.description)?;
        writeln!(out, "Touches {}.", d.regulations.join(", "))?;
        if d.max_hold > 0 {
            writeln!(out, "A stream holds back at most {} bytes of plain text on its account.", d.max_hold)?;
        }
        for (says, texts) in [("Fires on", d.hits), ("Lets pass", d.misses)] {
            writeln!(out, "\n{says}\n\n```text")?;
            texts.iter().try_for_each(|text| writeln!(out, "{}", text.replace('\n', "\\n")))?;
            writeln!(out, "```")?;
        }
    }
    Ok(())
}

/// The word that JSON has for a value.
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}
