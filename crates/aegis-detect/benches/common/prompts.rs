//! The texts that speed is measured on, all from `test-data`.

use serde_json::Value;

/// Lines of the evaluation set: with a value in it, or with none.
pub fn lines(valued: bool) -> Vec<String> {
    let lines = include_str!("../../test-data/values.jsonl").lines();
    let lines = lines.map(|line| serde_json::from_str::<Value>(line).expect("a line of the set"));
    let has_value = |line: &Value| line["spans"].as_array().is_some_and(|spans| !spans.is_empty());
    let text = |line: Value| line["text"].as_str().expect("its text").to_owned();
    lines.filter(|line| has_value(line) == valued).map(text).collect()
}

const QUESTION: &str = include_str!("../../test-data/prompts/question.txt");
const REVIEW: &str = include_str!("../../test-data/prompts/review.txt");
const CONFIG: &str = include_str!("../../test-data/prompts/config.txt");
const CHAT: &str = include_str!("../../test-data/prompts/chat.txt");
const TABLE: &str = include_str!("../../test-data/prompts/table.txt");
const MAIL: &str = include_str!("../../test-data/prompts/mail.txt");
const LOG: &str = include_str!("../../test-data/prompts/log.txt");
const DOCUMENT: &str = include_str!("../../test-data/prompts/document.txt");
const PYTHON: &str = include_str!("../../test-data/prompts/python.txt");
const SHEET: &str = include_str!("../../test-data/prompts/sheet.txt");
const PROSE: &str = include_str!("../../test-data/answers/prose.txt");
const LIST: &str = include_str!("../../test-data/answers/list.txt");

/// What people and programs send: a question, code to review, JSON, a table, a chat, a mail, a log, a chapter of a
/// document, a sheet. They have numbers (28 a kilobyte), dates and links of their own, and no value.
const PROMPTS: [&str; 12] =
    [QUESTION, REVIEW, CONFIG, CHAT, TABLE, MAIL, LOG, DOCUMENT, PYTHON, SHEET, PROSE, LIST];
/// Of these what people write: eight numbers a kilobyte, as public sets of prompts have (two to nine).
const WRITTEN: [&str; 8] = [QUESTION, REVIEW, CHAT, MAIL, DOCUMENT, PYTHON, PROSE, LIST];
/// A line with a value, and one that looks alike and has none, come after so many bytes of prompts.
const EVERY: usize = 2048;

/// Prompts of people and programs.
pub fn mixed(size: usize) -> String {
    turns(&PROMPTS, pairs(), size)
}

/// Prompts of people.
#[allow(dead_code, reason = "not all who measure ask for it")]
pub fn written(size: usize) -> String {
    turns(&WRITTEN, pairs(), size)
}

/// Prompts of people who give nothing away: no value, and no look-alike made to be one.
#[allow(dead_code, reason = "not all who measure ask for it")]
pub fn clean(size: usize) -> String {
    turns(&WRITTEN, std::iter::empty(), size)
}

/// Lines with a value, each with one that looks alike and has none.
fn pairs() -> impl Iterator<Item = [String; 2]> {
    lines(true).into_iter().cycle().zip(lines(false).into_iter().cycle()).map(<[String; 2]>::from)
}

/// All of `prompts` in turn, and after every two kilobytes another pair of lines. No stretch of `size` bytes repeats as
/// a whole, so the processor cannot learn it by heart.
fn turns(prompts: &[&str], mut pairs: impl Iterator<Item = [String; 2]>, size: usize) -> String {
    let mut text = String::new();
    let mut due = EVERY;
    let mut turn = 0;
    while text.len() < size {
        // another order each round
        let round = turn / prompts.len();
        text.push_str(prompts[(turn * [1, 5, 7, 11][round % 4] + round) % prompts.len()]);
        text.push('\n');
        turn += 1;
        if text.len() >= due {
            due += EVERY;
            for line in pairs.next().into_iter().flatten() {
                text.push_str(&line);
                text.push('\n');
            }
        }
    }
    text
}
