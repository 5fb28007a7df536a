//! Integers in as few bytes as they need (LEB128, zigzag for signed ones): the base of the stored encodings.
//! Invariant: reading never panics and never allocates, whatever the bytes.

use crate::StoreError;

/// Appends an unsigned integer, 1 to 10 bytes.
pub(super) fn put_u64(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// Appends a signed integer; small ones of either sign are short.
pub(super) fn put_i64(out: &mut Vec<u8>, n: i64) {
    put_u64(out, ((n << 1) ^ (n >> 63)) as u64);
}

/// Reads from the front of some stored bytes.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
    what: &'static str,
}

impl<'a> Reader<'a> {
    /// A reader over `bytes`; `what` names them in errors.
    pub(super) fn new(what: &'static str, bytes: &'a [u8]) -> Self {
        Reader { rest: bytes, what }
    }

    #[cold]
    pub(super) fn corrupt(&self) -> StoreError {
        StoreError::Corrupt(format!("{} is cut short or damaged", self.what))
    }

    /// All that is left.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The next `n` bytes.
    pub(super) fn bytes(&mut self, n: usize) -> Result<&'a [u8], StoreError> {
        let (head, rest) = self.rest.split_at_checked(n).ok_or_else(|| self.corrupt())?;
        self.rest = rest;
        Ok(head)
    }

    /// The next `N` bytes.
    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], StoreError> {
        let mut out = [0; N];
        out.copy_from_slice(self.bytes(N)?);
        Ok(out)
    }

    /// Inlined, because a dashboard reads hundreds of thousands: the error's room alone costs more than a byte.
    #[inline]
    pub(super) fn u64(&mut self) -> Result<u64, StoreError> {
        match self.rest {
            [byte @ ..0x80, rest @ ..] => {
                self.rest = rest;
                Ok(u64::from(*byte))
            }
            [low, high @ ..0x80, rest @ ..] => {
                self.rest = rest;
                Ok(u64::from(low & 0x7f) | u64::from(*high) << 7)
            }
            _ => self.long().ok_or_else(|| self.corrupt()),
        }
    }

    /// Passes over `n` integers.
    pub(super) fn skip(&mut self, n: usize) -> Result<(), StoreError> {
        let mut ends = self.rest.iter().enumerate().filter(|(_, byte)| **byte < 0x80);
        let Some(last) = n.checked_sub(1) else { return Ok(()) };
        let (at, _) = ends.nth(last).ok_or_else(|| self.corrupt())?;
        self.rest = &self.rest[at + 1..];
        Ok(())
    }

    fn long(&mut self) -> Option<u64> {
        let mut n = 0u64;
        for (byte, shift) in self.rest.iter().zip((0..64).step_by(7)) {
            n |= u64::from(byte & 0x7f) << shift;
            if *byte < 0x80 {
                self.rest = &self.rest[shift / 7 + 1..];
                return Some(n);
            }
        }
        None
    }

    #[inline]
    pub(super) fn i64(&mut self) -> Result<i64, StoreError> {
        let n = self.u64()?;
        Ok((n >> 1) as i64 ^ -((n & 1) as i64))
    }

    /// A length or count, which can't exceed the bytes that are left when each element takes `each` of them.
    pub(super) fn count(&mut self, each: usize) -> Result<usize, StoreError> {
        let n = self.u64()?;
        let most = self.rest.len() / each.max(1);
        usize::try_from(n).ok().filter(|n| *n <= most).ok_or_else(|| self.corrupt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn integers_read_back_as_written(u in any::<u64>(), i in any::<i64>()) {
            let mut out = Vec::new();
            put_u64(&mut out, u);
            put_i64(&mut out, i);
            let mut r = Reader::new("test", &out);
            prop_assert_eq!((r.u64().ok(), r.i64().ok()), (Some(u), Some(i)));
            prop_assert!(r.rest().is_empty());
            let mut r = Reader::new("test", &out);
            prop_assert!(r.skip(0).is_ok() && r.skip(1).is_ok());
            prop_assert_eq!(r.i64().ok(), Some(i));
            prop_assert!(Reader::new("test", &out).skip(3).is_err());
        }

        #[test]
        fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let mut r = Reader::new("test", &bytes);
            while r.i64().is_ok() {}
            let _ = Reader::new("test", &bytes).count(1);
        }
    }
}
