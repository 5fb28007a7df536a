//! Tokens of SentencePiece: of all ways to put a piece together from the vocabulary, the likeliest (Viterbi).
//! Linear in the piece: no token is longer than the longest of the vocabulary.

use serde::Deserialize;
use std::collections::HashMap;

/// A vocabulary as the file has it: tokens with their log-probabilities, in the order of their ids.
#[derive(Deserialize)]
pub(super) struct Described {
    unk_id: Option<usize>,
    vocab: Vec<(String, f64)>,
    #[serde(default)]
    byte_fallback: bool,
}

/// How much less likely than the least likely token an unknown character is.
const UNKNOWN: f64 = 10.0;

/// Tokens and what they are worth.
#[derive(Debug)]
pub(super) struct Unigram {
    tokens: HashMap<Box<str>, (i32, f64)>,
    /// Bytes of the longest token.
    longest: usize,
    unknown: (i32, f64),
}

impl Unigram {
    pub(super) fn new(described: Described) -> Result<Self, String> {
        if described.byte_fallback {
            return Err("its model falls back to bytes, which is not understood".into());
        }
        let unknown = described.unk_id.filter(|id| *id < described.vocab.len());
        let unknown = unknown.ok_or("its model has no token for what is unknown")? as i32;
        let least = described.vocab.iter().map(|(_, score)| *score).fold(f64::INFINITY, f64::min);
        let longest = described.vocab.iter().map(|(token, _)| token.len()).max().unwrap_or(0);
        let ids = 0i32..;
        let tokens = described.vocab.into_iter().zip(ids);
        let tokens = tokens.map(|((token, score), id)| (token.into_boxed_str(), (id, score))).collect();
        Ok(Unigram { tokens, longest, unknown: (unknown, least - UNKNOWN) })
    }

    /// Adds the tokens of `piece`.
    pub(super) fn encode(&self, piece: &str, tokens: &mut Vec<i32>) {
        // the best way to each place: what it is worth, where its last token begins, and which that is
        let mut best: Vec<Option<(f64, usize, i32)>> = vec![None; piece.len() + 1];
        best[0] = Some((0.0, 0, 0));
        let enter = |best: &mut Vec<Option<(f64, usize, i32)>>, end: usize, way: (f64, usize, i32)| {
            if best[end].is_none_or(|held| way.0 > held.0) {
                best[end] = Some(way);
            }
        };
        for (start, c) in piece.char_indices() {
            let here = best[start].map_or(0.0, |(worth, ..)| worth);
            let most = piece.len().min(start + self.longest);
            let mut single = false;
            for end in (start + 1..=most).filter(|end| piece.is_char_boundary(*end)) {
                if let Some((id, score)) = self.tokens.get(&piece[start..end]) {
                    single |= end == start + c.len_utf8();
                    enter(&mut best, end, (here + score, start, *id));
                }
            }
            if !single {
                enter(&mut best, start + c.len_utf8(), (here + self.unknown.1, start, self.unknown.0));
            }
        }
        let (first, mut end) = (tokens.len(), piece.len());
        while let Some((_, start, id)) = best[end].filter(|_| end > 0) {
            // unknown characters side by side are one
            if id != self.unknown.0 || tokens.len() == first || tokens.last() != Some(&id) {
                tokens.push(id);
            }
            end = start;
        }
        tokens[first..].reverse();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_way_is_taken_and_what_is_unknown_is_one() {
        let vocab =
            [("<unk>", 0.0), ("▁", -2.0), ("ig", -3.0), ("nore", -3.0), ("▁ignore", -9.0), ("n", -4.0)];
        let vocab = vocab.map(|(token, score)| (token.to_owned(), score)).to_vec();
        let unigram =
            Unigram::new(Described { unk_id: Some(0), vocab, byte_fallback: false }).expect("a vocabulary");
        for (piece, expected) in
            [("▁ignore", vec![1, 2, 3]), ("▁漢字n", vec![1, 0, 5]), ("xyz", vec![0]), ("", vec![])]
        {
            let mut tokens = Vec::new();
            unigram.encode(piece, &mut tokens);
            assert_eq!(tokens, expected, "{piece}");
        }
    }
}
