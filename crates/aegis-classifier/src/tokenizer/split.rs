//! The second step: a text falls into pieces, none of whose tokens reach into the next.

use super::normalise::regex;
use regex_automata::meta::Regex;
use serde::Deserialize;

/// How to split, as the file has it.
#[derive(Deserialize)]
#[serde(tag = "type")]
pub(super) enum Described {
    Sequence {
        pretokenizers: Vec<Described>,
    },
    Metaspace {
        replacement: char,
        prepend_scheme: Option<Prepend>,
        /// What older files say in place of a scheme.
        add_prefix_space: Option<bool>,
        split: Option<bool>,
    },
    WhitespaceSplit,
    BertPreTokenizer,
    Punctuation {
        behavior: Option<Behaviour>,
    },
    Digits {
        individual_digits: bool,
    },
}

/// What becomes of punctuation: a piece of its own. Nothing else is known of classifiers.
#[derive(Deserialize)]
pub(super) enum Behaviour {
    Isolated,
}

/// Where a blank is put before a piece that has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Prepend {
    Always,
    First,
    Never,
}

/// A way to split.
#[derive(Debug)]
pub(super) enum Splitter {
    Sequence(Vec<Splitter>),
    /// Before each blank, which a character stands for.
    Metaspace {
        blank: char,
        prepend: Prepend,
        split: bool,
    },
    /// At blanks, which are left out.
    Blanks,
    /// Characters of a kind are pieces of their own.
    Alone(Box<Regex>),
}

impl Splitter {
    pub(super) fn new(described: Described) -> Result<Self, String> {
        // what is no letter or digit of ASCII counts as punctuation, `$` and `^` too
        let punctuation = || Ok::<_, String>(Splitter::Alone(Box::new(regex(r"[\p{P}!-/:-@\[-`{-~]")?)));
        Ok(match described {
            Described::Sequence { pretokenizers } => {
                Splitter::Sequence(pretokenizers.into_iter().map(Self::new).collect::<Result<_, _>>()?)
            }
            Described::Metaspace { replacement, prepend_scheme, add_prefix_space, split } => {
                let older = if add_prefix_space == Some(false) { Prepend::Never } else { Prepend::Always };
                Splitter::Metaspace {
                    blank: replacement,
                    prepend: prepend_scheme.unwrap_or(older),
                    split: split.unwrap_or(true),
                }
            }
            Described::WhitespaceSplit => Splitter::Blanks,
            Described::BertPreTokenizer => Splitter::Sequence(vec![Splitter::Blanks, punctuation()?]),
            Described::Punctuation { behavior: None | Some(Behaviour::Isolated) } => punctuation()?,
            Described::Digits { individual_digits } => {
                Splitter::Alone(Box::new(regex(if individual_digits { r"\p{N}" } else { r"\p{N}+" })?))
            }
        })
    }

    /// The pieces of `text`, in order.
    pub(super) fn split(&self, text: &str) -> Vec<String> {
        self.parts(vec![text.to_owned()])
    }

    fn parts(&self, pieces: Vec<String>) -> Vec<String> {
        match self {
            Splitter::Sequence(steps) => steps.iter().fold(pieces, |pieces, step| step.parts(pieces)),
            Splitter::Blanks => {
                pieces.iter().flat_map(|piece| piece.split_whitespace()).map(str::to_owned).collect()
            }
            Splitter::Alone(kind) => pieces.iter().flat_map(|piece| alone(kind, piece)).collect(),
            Splitter::Metaspace { blank, prepend, split } => {
                let mut parts = Vec::new();
                for (n, piece) in pieces.iter().enumerate().filter(|(_, piece)| !piece.is_empty()) {
                    let mut piece = piece.replace(' ', blank.encode_utf8(&mut [0; 4]));
                    let wanted = *prepend == Prepend::Always || (*prepend == Prepend::First && n == 0);
                    if wanted && !piece.starts_with(*blank) {
                        piece.insert(0, *blank);
                    }
                    if *split { parts.extend(before_each(*blank, &piece)) } else { parts.push(piece) }
                }
                parts
            }
        }
    }
}

/// Pieces that begin with `blank`.
fn before_each(blank: char, text: &str) -> Vec<String> {
    let mut starts: Vec<usize> = text.match_indices(blank).map(|(at, _)| at).collect();
    if starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(start, end)| text[*start..end].to_owned()).collect()
}

fn alone(kind: &Regex, text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut from = 0;
    for found in kind.find_iter(text) {
        parts.push(text[from..found.start()].to_owned());
        parts.push(text[found.range()].to_owned());
        from = found.end();
    }
    parts.push(text[from..].to_owned());
    parts.retain(|part| !part.is_empty());
    parts
}
