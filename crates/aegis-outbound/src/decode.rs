//! Takes the compression off a body, a little at a time.
//! Called by `body` for each piece that arrives.
//! Invariant: out of one slice of input come at most some MiB, so that a bomb is seen while it is small.
//!
//! Only gzip is asked for: every vendor speaks it, and a zstd frame may demand 128 MiB before its first byte.

use flate2::write::MultiGzDecoder;
use http::{HeaderMap, header};
use std::io::{self, Write};

/// Input given to the decompressor at once; gzip makes at most 1032 bytes of one, so at most 4 MiB come out.
pub(crate) const SLICE: usize = 4 * 1024;

/// What a body is packed with.
pub(crate) enum Decoder {
    Plain,
    Gzip(Box<MultiGzDecoder<Vec<u8>>>),
}

/// The answer is packed in a way nobody asked for.
#[derive(Debug)]
pub(crate) struct Unknown;

impl Decoder {
    /// The decoder an answer's head asks for.
    pub fn of(headers: &HeaderMap) -> Result<Self, Unknown> {
        let mut encodings = headers.get_all(header::CONTENT_ENCODING).iter();
        let (first, second) = (encodings.next(), encodings.next());
        let Some(encoding) = first else { return Ok(Decoder::Plain) };
        match (encoding.as_bytes().to_ascii_lowercase().as_slice(), second) {
            (b"identity" | b"", None) => Ok(Decoder::Plain),
            (b"gzip" | b"x-gzip", None) => Ok(Decoder::Gzip(Box::new(MultiGzDecoder::new(Vec::new())))),
            _ => Err(Unknown),
        }
    }

    /// True when the body arrives as it is.
    pub fn is_plain(&self) -> bool {
        matches!(self, Decoder::Plain)
    }

    /// Unpacks one slice.
    pub fn push(&mut self, slice: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Decoder::Plain => Ok(slice.to_vec()),
            Decoder::Gzip(gzip) => {
                gzip.write_all(slice)?;
                Ok(std::mem::take(gzip.get_mut()))
            }
        }
    }

    /// Says that nothing more comes, and returns what was held back; an error when something is missing.
    pub fn end(&mut self) -> io::Result<Vec<u8>> {
        match self {
            Decoder::Plain => Ok(Vec::new()),
            Decoder::Gzip(gzip) => {
                gzip.try_finish()?;
                Ok(std::mem::take(gzip.get_mut()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use http::HeaderValue;

    fn decoder(encoding: &'static str) -> Result<Decoder, Unknown> {
        Decoder::of(&HeaderMap::from_iter([(header::CONTENT_ENCODING, HeaderValue::from_static(encoding))]))
    }

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(text).unwrap();
        gzip.finish().unwrap()
    }

    #[test]
    fn a_packed_text_comes_out_whole_however_it_is_cut() {
        let text: Vec<u8> = (0..100_000u32).flat_map(|i| i.wrapping_mul(i).to_le_bytes()).collect();
        let twice = [packed(&text), packed(b"and more")].concat();
        for cut in [1, 7, 1000, SLICE] {
            let mut decoder = decoder("gzip").unwrap();
            let mut out: Vec<u8> = twice.chunks(cut).flat_map(|slice| decoder.push(slice).unwrap()).collect();
            out.extend(decoder.end().unwrap());
            assert!(out == [&text[..], b"and more"].concat(), "cut at {cut}");
        }
    }

    #[test]
    fn a_bomb_grows_slowly_and_a_cut_one_is_an_error() {
        let bomb = packed(&vec![0; 64 << 20]);
        let mut decoder = decoder("gzip").unwrap();
        for slice in bomb.chunks(SLICE) {
            assert!(decoder.push(slice).unwrap().len() < 5 << 20);
        }
        let mut cut = self::decoder("GZIP").unwrap();
        cut.push(&bomb[..1000]).unwrap();
        assert!(cut.end().is_err());
        assert!(self::decoder("gzip").unwrap().push(b"no gzip at all").is_err());
    }

    #[test]
    fn what_was_not_asked_for_is_not_guessed() {
        for encoding in ["br", "zstd", "deflate", "gzip, gzip", "compress"] {
            assert!(decoder(encoding).is_err(), "{encoding}");
        }
        assert!(
            decoder("identity").unwrap().is_plain() && Decoder::of(&HeaderMap::new()).unwrap().is_plain()
        );
    }
}
