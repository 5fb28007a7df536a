//! The few primitives everything here is made of, over the one provider of cryptography in the program (aws-lc-rs).
//! Invariant: comparing a tag takes the same time wherever it differs.

use aws_lc_rs::hmac::{self, HMAC_SHA256};
use data_encoding::HEXLOWER;

/// HMAC-SHA256 over parts, each preceded by its length so that no two lists of parts look alike.
pub(crate) fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut context = hmac::Context::with_key(&hmac::Key::new(HMAC_SHA256, key));
    for part in parts {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
    let mut out = [0; 32];
    out.copy_from_slice(context.sign().as_ref());
    out
}

/// A short public name derived from a key: 16 letters of hex that say nothing about it.
pub(crate) fn name_of(key: &[u8], purpose: &str) -> String {
    HEXLOWER.encode(&mac(key, &[purpose.as_bytes()])[..8])
}

/// Whether two tags are the same, in the same time wherever they differ.
pub(crate) fn same(a: &[u8], b: &[u8]) -> bool {
    aws_lc_rs::constant_time::verify_slices_are_equal(a, b).is_ok()
}
