//! Tokens of BERT: the longest of the vocabulary that a word begins with, then the longest that goes on from there.

use serde::Deserialize;
use std::collections::HashMap;

/// A vocabulary as the file has it.
#[derive(Deserialize)]
pub(super) struct Described {
    unk_token: String,
    continuing_subword_prefix: String,
    max_input_chars_per_word: usize,
    vocab: HashMap<Box<str>, i32>,
}

/// Tokens, and what a word that cannot be put together is.
#[derive(Debug)]
pub(super) struct WordPiece {
    vocabulary: HashMap<Box<str>, i32>,
    /// Stands before what goes on within a word.
    prefix: String,
    most: usize,
    longest: usize,
    unknown: i32,
}

impl WordPiece {
    pub(super) fn new(described: Described) -> Result<Self, String> {
        let Described { unk_token, continuing_subword_prefix: prefix, max_input_chars_per_word: most, vocab } =
            described;
        let unknown = vocab.get(unk_token.as_str()).copied();
        let unknown = unknown.ok_or_else(|| format!("its vocabulary lacks {unk_token}"))?;
        let longest = vocab.keys().map(|token| token.len()).max().unwrap_or(0);
        Ok(WordPiece { vocabulary: vocab, prefix, most, longest, unknown })
    }

    /// Adds the tokens of `word`.
    pub(super) fn encode(&self, word: &str, tokens: &mut Vec<i32>) {
        let first = tokens.len();
        let mut start = if word.chars().count() > self.most { usize::MAX } else { 0 };
        while start < word.len() {
            let Some((id, end)) = self.longest_at(word, start) else { break };
            tokens.push(id);
            start = end;
        }
        if start != word.len() {
            tokens.truncate(first);
            tokens.push(self.unknown);
        }
    }

    fn longest_at(&self, word: &str, start: usize) -> Option<(i32, usize)> {
        let prefix = if start > 0 { self.prefix.as_str() } else { "" };
        let most = word.len().min(start + self.longest);
        let ends = (start + 1..=most).rev().filter(|end| word.is_char_boundary(*end));
        let mut token = String::with_capacity(prefix.len() + most - start);
        for end in ends {
            token.clear();
            token.push_str(prefix);
            token.push_str(&word[start..end]);
            if let Some(id) = self.vocabulary.get(token.as_str()) {
                return Some((*id, end));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fall_into_the_longest_pieces_or_are_unknown_as_a_whole() {
        let vocab = [("[UNK]", 0), ("ig", 1), ("i", 2), ("##nore", 3), ("##s", 4)];
        let described = Described {
            unk_token: "[UNK]".into(),
            continuing_subword_prefix: "##".into(),
            max_input_chars_per_word: 8,
            vocab: vocab.into_iter().map(|(token, id)| (token.into(), id)).collect(),
        };
        let word_piece = WordPiece::new(described).expect("a vocabulary");
        for (word, expected) in [("ignores", vec![1, 3, 4]), ("ignored", vec![0]), ("igignores", vec![0])] {
            let mut tokens = Vec::new();
            word_piece.encode(word, &mut tokens);
            assert_eq!(tokens, expected, "{word}");
        }
    }
}
