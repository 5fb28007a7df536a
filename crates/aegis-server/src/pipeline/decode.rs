//! Unpacks a posted body, never further than the limit.

use crate::error::{ApiError, Code};
use bytes::Bytes;
use std::io::Read;

/// Bytes of a body as sent.
pub const WIRE_LIMIT: usize = 16 * 1024 * 1024;
/// Bytes of a body unpacked.
pub const DECODED_LIMIT: usize = 64 * 1024 * 1024;
/// A zstd frame may ask for a window of at most 2^26 bytes: no more than the limit on what comes out.
const ZSTD_WINDOW_LOG: u32 = 26;

/// The body behind its `Content-Encoding`, of at most `limit` bytes.
pub fn decode(body: Bytes, encoding: Option<&str>, limit: usize) -> Result<Bytes, ApiError> {
    match encoding.map(|e| e.trim().to_ascii_lowercase()).as_deref() {
        None | Some("" | "identity") => Ok(body),
        Some("gzip" | "x-gzip") => unpack(flate2::read::MultiGzDecoder::new(&body[..]), limit),
        Some("zstd") => {
            let mut decoder = zstd::stream::read::Decoder::new(&body[..]).map_err(|_| broken())?;
            decoder.window_log_max(ZSTD_WINDOW_LOG).map_err(|_| broken())?;
            unpack(decoder, limit)
        }
        Some(_) => {
            Err(ApiError::new(Code::UnsupportedMediaType, "send the body plain, or encoded as gzip or zstd"))
        }
    }
}

fn unpack(reader: impl Read, limit: usize) -> Result<Bytes, ApiError> {
    let mut out = Vec::new();
    reader.take(limit as u64 + 1).read_to_end(&mut out).map_err(|_| broken())?;
    if out.len() > limit {
        let most = limit / (1024 * 1024);
        return Err(ApiError::new(
            Code::PayloadTooLarge,
            format!("the body unpacks to more than {most} MiB"),
        ));
    }
    Ok(out.into())
}

fn broken() -> ApiError {
    ApiError::new(Code::BadRequest, "the body does not unpack: it is cut short or not of the stated encoding")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Bytes {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap().into()
    }

    #[test]
    fn encodings_round_trip_and_bombs_are_refused() {
        let text = b"{\"a\":1}".as_slice();
        assert_eq!(decode(gzip(text), Some("gzip"), DECODED_LIMIT).unwrap(), text);
        assert_eq!(
            decode(zstd::encode_all(text, 1).unwrap().into(), Some("zstd"), DECODED_LIMIT).unwrap(),
            text
        );
        let bomb = vec![b' '; DECODED_LIMIT + 1];
        for (packed, encoding) in
            [(gzip(&bomb), "gzip"), (zstd::encode_all(&bomb[..], 1).unwrap().into(), "zstd")]
        {
            assert!(packed.len() < 1_000_000);
            assert_eq!(
                decode(packed, Some(encoding), DECODED_LIMIT).unwrap_err().code,
                Code::PayloadTooLarge
            );
        }
        assert_eq!(
            decode(gzip(text).slice(..9), Some("gzip"), DECODED_LIMIT).unwrap_err().code,
            Code::BadRequest
        );
        assert_eq!(
            decode(Bytes::new(), Some("br"), DECODED_LIMIT).unwrap_err().code,
            Code::UnsupportedMediaType
        );
    }
}
