//! The first step: characters as the vocabulary was trained on them.

use super::charsmap::CharsMap;
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use regex_automata::meta::Regex;
use serde::Deserialize;

/// A step as the file has it.
#[derive(Deserialize)]
#[serde(tag = "type")]
pub(super) enum Described {
    Sequence {
        normalizers: Vec<Described>,
    },
    Precompiled {
        precompiled_charsmap: String,
    },
    Replace {
        pattern: Pattern,
        content: String,
    },
    Prepend {
        prepend: String,
    },
    Strip {
        strip_left: bool,
        strip_right: bool,
    },
    StripAccents,
    Lowercase,
    #[serde(rename = "NFC")]
    Nfc,
    #[serde(rename = "NFD")]
    Nfd,
    #[serde(rename = "NFKC")]
    Nfkc,
    #[serde(rename = "NFKD")]
    Nfkd,
    BertNormalizer {
        clean_text: bool,
        handle_chinese_chars: bool,
        strip_accents: Option<bool>,
        lowercase: bool,
    },
}

/// What is to be replaced.
#[derive(Deserialize)]
pub(super) enum Pattern {
    String(String),
    Regex(String),
}

/// A step ready to be taken.
#[derive(Debug)]
pub(super) enum Normaliser {
    Sequence(Vec<Normaliser>),
    Map(CharsMap),
    Replace(Box<Regex>, String),
    ReplaceText(String, String),
    Prepend(String),
    Strip { left: bool, right: bool },
    Lowercase,
    Form(Form),
    Blanks,
    Ideographs,
}

/// A form of Unicode text.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    Nfc,
    Nfd,
    Nfkc,
    Nfkd,
}

impl Normaliser {
    pub(super) fn new(described: Described) -> Result<Self, String> {
        Ok(match described {
            Described::Sequence { normalizers } => {
                Normaliser::Sequence(normalizers.into_iter().map(Self::new).collect::<Result<_, _>>()?)
            }
            Described::Precompiled { precompiled_charsmap } => {
                Normaliser::Map(CharsMap::new(&precompiled_charsmap)?)
            }
            Described::Replace { pattern: Pattern::Regex(pattern), content } => {
                Normaliser::Replace(Box::new(regex(&pattern)?), content)
            }
            Described::Replace { pattern: Pattern::String(text), content } => {
                Normaliser::ReplaceText(text, content)
            }
            Described::Prepend { prepend } => Normaliser::Prepend(prepend),
            Described::Strip { strip_left, strip_right } => {
                Normaliser::Strip { left: strip_left, right: strip_right }
            }
            Described::StripAccents => Normaliser::Replace(Box::new(regex(ACCENTS)?), String::new()),
            Described::Lowercase => Normaliser::Lowercase,
            Described::Nfc => Normaliser::Form(Form::Nfc),
            Described::Nfd => Normaliser::Form(Form::Nfd),
            Described::Nfkc => Normaliser::Form(Form::Nfkc),
            Described::Nfkd => Normaliser::Form(Form::Nfkd),
            Described::BertNormalizer { clean_text, handle_chinese_chars, strip_accents, lowercase } => {
                bert(clean_text, handle_chinese_chars, strip_accents.unwrap_or(lowercase), lowercase)?
            }
        })
    }

    pub(super) fn normalise(&self, text: &str) -> String {
        match self {
            Normaliser::Sequence(steps) => {
                steps.iter().fold(text.to_owned(), |text, step| step.normalise(&text))
            }
            Normaliser::Map(map) => map.replace(text),
            Normaliser::Replace(pattern, content) => replaced(pattern, text, content),
            Normaliser::ReplaceText(old, new) => text.replace(old.as_str(), new),
            Normaliser::Prepend(_) if text.is_empty() => String::new(),
            Normaliser::Prepend(prefix) => format!("{prefix}{text}"),
            Normaliser::Strip { left, right } => {
                let text = if *left { text.trim_start() } else { text };
                if *right { text.trim_end() } else { text }.to_owned()
            }
            Normaliser::Lowercase => text.chars().flat_map(char::to_lowercase).collect(),
            Normaliser::Form(form) => form.of(text),
            Normaliser::Blanks => text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect(),
            Normaliser::Ideographs => apart(text),
        }
    }
}

impl Form {
    fn of(self, text: &str) -> String {
        match self {
            Form::Nfc => ComposingNormalizerBorrowed::new_nfc().normalize(text).into_owned(),
            Form::Nfkc => ComposingNormalizerBorrowed::new_nfkc().normalize(text).into_owned(),
            Form::Nfd => DecomposingNormalizerBorrowed::new_nfd().normalize(text).into_owned(),
            Form::Nfkd => DecomposingNormalizerBorrowed::new_nfkd().normalize(text).into_owned(),
        }
    }
}

/// Characters that BERT leaves out of a text, and marks it takes off letters.
const UNSEEN: &str = r"[[\p{C}\x{fffd}]--[\t\n\r]]";
const ACCENTS: &str = r"\p{Mn}";

/// What BERT does, in its order.
fn bert(clean: bool, chinese: bool, accents: bool, lowercase: bool) -> Result<Normaliser, String> {
    let mut steps = Vec::new();
    if clean {
        // what is not seen is left out, and blanks become spaces
        steps.push(Normaliser::Replace(Box::new(regex(UNSEEN)?), String::new()));
        steps.push(Normaliser::Blanks);
    }
    steps.extend(chinese.then_some(Normaliser::Ideographs));
    if accents {
        steps.push(Normaliser::Form(Form::Nfd));
        steps.push(Normaliser::Replace(Box::new(regex(ACCENTS)?), String::new()));
    }
    steps.extend(lowercase.then_some(Normaliser::Lowercase));
    Ok(Normaliser::Sequence(steps))
}

/// Each Chinese character is a word.
fn apart(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let ideograph = matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ceaf}' | '\u{2f800}'..='\u{2fa1f}');
        if ideograph {
            out.extend([' ', c, ' ']);
        } else {
            out.push(c);
        }
    }
    out
}

pub(super) fn regex(pattern: &str) -> Result<Regex, String> {
    Regex::new(pattern).map_err(|error| format!("its pattern {pattern:?}: {error}"))
}

fn replaced(pattern: &Regex, text: &str, content: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for found in pattern.find_iter(text) {
        out.push_str(&text[from..found.start()]);
        out.push_str(content);
        from = found.end();
    }
    out.push_str(&text[from..]);
    out
}
