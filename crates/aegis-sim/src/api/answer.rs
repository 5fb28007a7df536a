//! Composes the model's answer: text on the prompt's topic, JSON by the schema asked for, or a tool call.
//! Called by both vendors; how it looks on the wire is theirs.

use super::prompt::{Prompt, tokens};
use super::structured;
use super::topics;
use crate::dice::Dice;
use crate::phrase::expand;
use serde_json::Value;
use std::time::Duration;

/// No answer takes longer: whoever watches a demo would take it for broken.
const SLOWEST: Duration = Duration::from_secs(20);

/// When things come.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timing {
    /// Until the first token.
    pub ttft: Duration,
    /// Until the last.
    pub latency: Duration,
}

impl Timing {
    /// At once.
    pub const ZERO: Timing = Timing { ttft: Duration::ZERO, latency: Duration::ZERO };
}

/// Why the model stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Finish {
    Done,
    Length,
    ToolCall,
}

/// An answer.
pub(crate) struct Answer {
    pub text: String,
    /// Name and input.
    pub call: Option<(String, Value)>,
    pub finish: Finish,
    /// Visible tokens.
    pub tokens: u64,
    pub reasoning_tokens: u64,
    pub timing: Timing,
}

/// Answers a prompt.
pub(crate) fn compose(prompt: &Prompt, dice: &mut Dice) -> Answer {
    let (mut text, call) = content(prompt, dice);
    let mut finish = if call.is_some() { Finish::ToolCall } else { Finish::Done };
    if let Some(max) = prompt.max_tokens
        && tokens(&text) > max
    {
        let mut end = (max as usize).saturating_mul(4).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        finish = Finish::Length;
    }
    let tokens = tokens(&text) + call.as_ref().map_or(0, |(_, input)| 12 + tokens(&input.to_string()));
    let reasoning_tokens = match prompt.model.reasoning {
        none if none <= 0.0 => 0,
        median => dice.log_normal(median, 0.8).min(4_000.0) as u64,
    };
    let timing = time(prompt, tokens, reasoning_tokens, dice);
    Answer { text, call, finish, tokens: tokens.max(1), reasoning_tokens, timing }
}

fn content(prompt: &Prompt, dice: &mut Dice) -> (String, Option<(String, Value)>) {
    if let Some(schema) = &prompt.json {
        return (structured::fill(schema, prompt.question(), dice).to_string(), None);
    }
    if prompt.tool_answer().is_none()
        && !prompt.tools.is_empty()
        && dice.chance(0.8)
        && let Some((name, schema)) = prompt.tools.get(dice.below(prompt.tools.len()))
        && structured::fits(schema, prompt.question())
    {
        let input = structured::fill(schema, prompt.question(), dice);
        return (String::new(), Some((name.clone(), input)));
    }
    (prose(prompt, dice), None)
}

/// An opener, a few points, a closer, and now and then a value out of the prompt.
fn prose(prompt: &Prompt, dice: &mut Dice) -> String {
    let basis = prompt.tool_answer().unwrap_or_else(|| prompt.question());
    let topic = topics::of(prompt.system(), basis);
    let found = Found::in_text(basis);
    let say = |template: &str, dice: &mut Dice| {
        expand(template, dice, &mut |key, _| match key {
            "name" => found.name.unwrap_or(topic.someone).to_owned(),
            "hello" => found.name.map_or("Hello".to_owned(), |name| format!("Hello {name}")),
            other => format!("{{{other}}}"),
        })
    };
    let mut sentences = vec![say(dice.pick(topic.openers), dice)];
    let mut points: Vec<&str> = topic.points.to_vec();
    let listed = dice.chance(0.4);
    for _ in 0..dice.between(2, 4).min(points.len() as i64) {
        let point = points.swap_remove(dice.below(points.len()));
        let point = say(point, dice);
        sentences.push(if listed { format!("\n- {point}") } else { point });
    }
    if let Some(value) = found.value
        && dice.chance(0.3)
    {
        let lead = if listed { "\n\n" } else { "" };
        let echo = dice.pick(&[
            "I noted {value} from your message.",
            "For reference: {value}.",
            "On file: {value}.",
        ]);
        sentences.push(format!("{lead}{}", echo.replace("{value}", value)));
    }
    if dice.chance(0.6) {
        let lead = if listed { "\n\n" } else { "" };
        sentences.push(format!("{lead}{}", say(dice.pick(topic.closers), dice)));
    }
    join(&sentences)
}

fn join(sentences: &[String]) -> String {
    let mut out = String::new();
    for sentence in sentences {
        if !out.is_empty() && !sentence.starts_with('\n') {
            out.push(' ');
        }
        out.push_str(sentence);
    }
    out
}

/// What an attentive reader would pick up from a text.
struct Found<'a> {
    name: Option<&'a str>,
    /// An address, or a number of seven digits and more.
    value: Option<&'a str>,
}

impl<'a> Found<'a> {
    fn in_text(text: &'a str) -> Self {
        let value = text
            .split(|c: char| c.is_whitespace() || "\"{}[]|;,=<>".contains(c))
            .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
            .find(|w| w.contains('@') || w.bytes().filter(u8::is_ascii_digit).count() >= 7);
        Found { name: labelled_name(text), value }
    }
}

/// The two words after a label that names a person.
fn labelled_name(text: &str) -> Option<&str> {
    const LABELS: &[&str] =
        &["Customer: ", "Claimant: ", "Patient: ", "Name: ", "Employee: ", "Candidate: ", "name: "];
    let start = LABELS.iter().find_map(|l| text.find(l).map(|i| i + l.len()))?;
    let rest = &text[start..];
    let line = &rest[..rest.find(['\n', ',', '.', ';', '(']).unwrap_or(rest.len())];
    let name = &line[..line.match_indices(' ').nth(1).map_or(line.len(), |(i, _)| i)];
    (name.len() < 40 && name.contains(' ')).then_some(name)
}

fn time(prompt: &Prompt, tokens: u64, reasoning: u64, dice: &mut Dice) -> Timing {
    let model = prompt.model;
    let per_token = 1000.0 / model.tokens_per_second;
    let reading = prompt.tokens() as f64 * 0.02;
    let ttft = dice.log_normal(model.ttft_ms, 0.35) + reading + reasoning as f64 * per_token;
    let writing = tokens as f64 * per_token * dice.log_normal(1.0, 0.2);
    let ms = |x: f64| Duration::from_millis(x as u64);
    Timing { ttft: ms(ttft).min(SLOWEST), latency: ms(ttft + writing).min(SLOWEST) }
}
