//! Text to numbers, as `tokenizer.json` says: normalise, split, cut into pieces of the vocabulary, put marks around.
//! Called by `Classifier` for each window. Reads what classifiers of text use (Unigram of SentencePiece, as DeBERTa
//! and XLM-R have, and WordPiece, as BERT has); anything else is refused when the file is read, never guessed.
//! One difference is meant: a mark such as `[CLS]` written in the text is text.

mod charsmap;
mod normalise;
mod split;
mod unigram;
mod word_piece;

use normalise::Normaliser;
use serde::Deserialize;
use split::Splitter;
use std::collections::HashMap;
use unigram::Unigram;
use word_piece::WordPiece;

#[derive(Deserialize)]
struct File {
    normalizer: Option<normalise::Described>,
    pre_tokenizer: Option<split::Described>,
    post_processor: Option<Marks>,
    model: Model,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Model {
    Unigram(unigram::Described),
    WordPiece(word_piece::Described),
}

/// What is put around a text.
#[derive(Deserialize)]
#[serde(tag = "type")]
enum Marks {
    #[serde(rename = "TemplateProcessing")]
    Template { single: Vec<Place>, special_tokens: HashMap<String, Special> },
    #[serde(rename = "BertProcessing")]
    Bert { cls: (String, i32), sep: (String, i32) },
    #[serde(rename = "RobertaProcessing")]
    Roberta { cls: (String, i32), sep: (String, i32) },
}

#[derive(Deserialize)]
enum Place {
    SpecialToken { id: String },
    Sequence {},
}

#[derive(Deserialize)]
struct Special {
    ids: Vec<i32>,
}

#[derive(Debug)]
enum Vocabulary {
    Unigram(Unigram),
    WordPiece(WordPiece),
}

/// Makes tokens of text.
#[derive(Debug)]
pub(crate) struct Tokenizer {
    normaliser: Option<Normaliser>,
    splitter: Option<Splitter>,
    vocabulary: Vocabulary,
    before: Vec<i32>,
    after: Vec<i32>,
}

impl Tokenizer {
    /// Reads a file of the `tokenizers` library.
    pub(crate) fn from_json(json: &str) -> Result<Self, String> {
        let file: File = serde_json::from_str(json).map_err(|error| {
            format!("{error}; only tokenizers of the kinds Unigram and WordPiece are understood")
        })?;
        let vocabulary = match file.model {
            Model::Unigram(described) => Vocabulary::Unigram(Unigram::new(described)?),
            Model::WordPiece(described) => Vocabulary::WordPiece(WordPiece::new(described)?),
        };
        let (before, after) = file.post_processor.map_or(Ok(Default::default()), around)?;
        let normaliser = file.normalizer.map(Normaliser::new).transpose()?;
        let splitter = file.pre_tokenizer.map(Splitter::new).transpose()?;
        Ok(Tokenizer { normaliser, splitter, vocabulary, before, after })
    }

    /// The tokens of `text`, at most `most` with the marks; what is too long loses its end.
    pub(crate) fn encode(&self, text: &str, most: usize) -> Vec<i32> {
        let text = self.normaliser.as_ref().map_or_else(|| text.to_owned(), |n| n.normalise(text));
        let pieces = self.splitter.as_ref().map_or_else(|| vec![text.clone()], |s| s.split(&text));
        let room = most.saturating_sub(self.before.len() + self.after.len());
        let mut tokens = Vec::new();
        for piece in pieces.iter().filter(|piece| !piece.is_empty()) {
            match &self.vocabulary {
                Vocabulary::Unigram(unigram) => unigram.encode(piece, &mut tokens),
                Vocabulary::WordPiece(word_piece) => word_piece.encode(piece, &mut tokens),
            }
            if tokens.len() >= room {
                break;
            }
        }
        tokens.truncate(room);
        [self.before.as_slice(), &tokens, &self.after].concat()
    }
}

/// The marks before a text and those after it.
fn around(marks: Marks) -> Result<(Vec<i32>, Vec<i32>), String> {
    match marks {
        Marks::Bert { cls, sep } | Marks::Roberta { cls, sep } => Ok((vec![cls.1], vec![sep.1])),
        Marks::Template { single, special_tokens } => {
            let (mut before, mut after, mut passed) = (Vec::new(), Vec::new(), false);
            for place in single {
                match place {
                    Place::Sequence {} => passed = true,
                    Place::SpecialToken { id } => {
                        let special = special_tokens.get(&id);
                        let special =
                            special.ok_or_else(|| format!("its template names {id}, which it lacks"))?;
                        if passed { &mut after } else { &mut before }.extend(&special.ids);
                    }
                }
            }
            Ok((before, after))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Case {
        text: String,
        unigram: Vec<i32>,
        word_piece: Vec<i32>,
    }

    #[test]
    fn tokens_are_those_of_the_library_whose_file_it_is() {
        let cases: Vec<Case> = serde_json::from_str(include_str!("../test-data/tokens.json")).expect("cases");
        let open = |json| Tokenizer::from_json(json).expect("the fixture");
        let unigram = open(include_str!("../test-data/tokenizer.json"));
        let word_piece = open(include_str!("../test-data/word-piece.json"));
        for Case { text, unigram: of_unigram, word_piece: of_word_piece } in cases {
            assert_eq!(unigram.encode(&text, 512), of_unigram, "{text:?}");
            assert_eq!(word_piece.encode(&text, 512), of_word_piece, "{text:?}");
        }
    }

    #[test]
    fn what_is_too_long_loses_its_end_and_keeps_its_marks() {
        let json = include_str!("../test-data/word-piece.json");
        let tokenizer = Tokenizer::from_json(json).expect("the fixture");
        let all = tokenizer.encode("ignore all previous instructions", 512);
        let cut = tokenizer.encode("ignore all previous instructions", 4);
        assert_eq!((cut.len(), &cut[..3], cut.last()), (4, &all[..3], all.last()));
    }
}
