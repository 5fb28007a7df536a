//! The teams: one file each, listed here. A team's file holds its applications and what is said through them.
//! To make the demo richer, add sentences; every key in braces must be known to `facts`.

mod claims;
mod clinical;
mod engineering;
mod finance;
mod hr;
mod legal;
mod marketing;
mod support;

use super::{Office, Rhythm};

/// Every team.
pub(crate) static TEAMS: &[&Team] = &[
    &support::TEAM,
    &claims::TEAM,
    &engineering::TEAM,
    &clinical::TEAM,
    &finance::TEAM,
    &marketing::TEAM,
    &hr::TEAM,
    &legal::TEAM,
];

/// A team.
pub(crate) struct Team {
    pub id: &'static str,
    pub cost_center: &'static str,
    pub people: usize,
    pub offices: &'static [Office],
    pub apps: &'static [App],
}

/// An application that calls a model.
pub(crate) struct App {
    pub id: &'static str,
    /// Its share of all conversations, against the others'.
    pub share: f64,
    pub rhythm: Rhythm,
    /// Models and how often each is used.
    pub models: &'static [(&'static str, f64)],
    pub streams: bool,
    pub style: Style,
    /// At most so many questions in a conversation.
    pub turns: i64,
    /// How often a conversation holds something it should not.
    pub leak_rate: f64,
    /// How often it holds an attack.
    pub attack_rate: f64,
    pub system: &'static str,
    pub asks: &'static [&'static str],
    pub leaks: &'static [&'static str],
    pub follow_ups: &'static [&'static str],
}

/// How an application uses a model.
pub(crate) enum Style {
    /// Plain conversation.
    Chat,
    /// One question, an answer as JSON by this schema.
    Extract(&'static str),
    /// One question about a scanned page.
    Picture,
    /// The model may ask the application to look something up.
    Agent(&'static Tool),
}

/// Something an application looks up for a model.
pub(crate) struct Tool {
    pub name: &'static str,
    pub description: &'static str,
    /// The key of what it looks up: only questions that mention it lead to a look-up.
    pub about: &'static str,
    /// JSON Schema of the input.
    pub schema: &'static str,
    /// What it usually answers.
    pub results: &'static [&'static str],
    /// What it answers when a record holds more than anybody needed.
    pub leaks: &'static [&'static str],
}
