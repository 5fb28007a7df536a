//! A block: the records of one commit, up to a bound, compressed together. JSON of one kind shrinks several times
//! this way, and what is not written need not be synced.
//! Invariant: every form ever written still reads; the first byte says which it is.

use super::super::varint::{Reader, put_i64, put_u64};
use crate::{ExternalKey, NewRecord, PartitionId, Record, Seq, StoreError};
use aegis_domain::Timestamp;
use std::cell::RefCell;
use std::ops::Range;
use uuid::Uuid;
use zstd::bulk::{Compressor, Decompressor};

/// Records in a block at most: to show one, all are decompressed.
const MAX_RECORDS: usize = 64;
/// Bytes in a block at most, but for a single record: twice as many save 6 % of the disk and cost a filtered page,
/// which opens one block for each record it shows, a third more.
const FULL_BYTES: usize = 32 << 10;
/// A block that claims to be bigger than this is damaged.
const MAX_RAW: usize = 512 << 20;

/// Form 1: this byte, the raw length, a zstd frame of heads and bodies.
const FORM_1: u8 = 1;

/// zstd's fastest proper level; higher ones cost more than the disk they save.
const LEVEL: i32 = 1;

/// What a block holds of a record beside its body.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) seq: Seq,
    pub(super) id: Uuid,
    pub(super) at: Timestamp,
    pub(super) signature: u64,
    pub(super) external: Option<ExternalKey>,
    body: Range<usize>,
}

/// Records with their bodies in one piece of memory; sequence numbers ascend.
#[derive(Debug, Default)]
pub(super) struct Records {
    pub(super) heads: Vec<Head>,
    bytes: Vec<u8>,
}

impl Records {
    /// Adds a record with the next sequence number.
    pub(super) fn push(&mut self, seq: Seq, record: &NewRecord) {
        self.add(
            Head {
                seq,
                id: record.id,
                at: record.at,
                signature: record.signature,
                external: record.external,
                body: 0..0,
            },
            &record.body,
        );
    }

    fn add(&mut self, head: Head, body: &[u8]) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(body);
        self.heads.push(Head { body: start..self.bytes.len(), ..head });
    }

    /// Forgets all records and keeps the memory, but not an outlier's.
    pub(super) fn clear(&mut self) {
        self.heads.clear();
        self.bytes.clear();
        self.bytes.shrink_to(8 << 20);
    }

    /// The record with this sequence number, by its place in the list.
    pub(super) fn find(&self, seq: Seq) -> Option<usize> {
        self.heads.binary_search_by_key(&seq, |h| h.seq).ok()
    }

    /// Copies one out.
    pub(super) fn record(&self, partition: PartitionId, index: usize) -> Record {
        let head = &self.heads[index];
        Record {
            partition,
            seq: head.seq,
            id: head.id,
            at: head.at,
            signature: head.signature,
            body: self.bytes[head.body.clone()].into(),
        }
    }

    /// The same records without those `gone` tells.
    pub(super) fn without(&self, gone: impl Fn(&Head) -> bool) -> Records {
        let mut kept = Records::default();
        for head in self.heads.iter().filter(|h| !gone(h)) {
            kept.add(head.clone(), &self.bytes[head.body.clone()]);
        }
        kept
    }

    /// Cuts the list where blocks are full.
    pub(super) fn blocks(&self) -> impl Iterator<Item = &[Head]> {
        let mut rest = self.heads.as_slice();
        std::iter::from_fn(move || {
            let first = rest.first()?.body.start;
            let within = |h: &&Head| h.body.end - first <= FULL_BYTES;
            let n = rest.iter().take(MAX_RECORDS).take_while(within).count().max(1);
            let (block, left) = rest.split_at(n);
            rest = left;
            Some(block)
        })
    }
}

/// Encodes and decodes blocks; keeps zstd's working memory from one to the next.
pub(super) struct Codec {
    compressor: Compressor<'static>,
    raw: Vec<u8>,
    out: Vec<u8>,
}

impl Codec {
    pub(super) fn new() -> Result<Self, StoreError> {
        let compressor = Compressor::new(LEVEL).map_err(|e| zstd_failed(&e))?;
        Ok(Codec { compressor, raw: Vec::new(), out: Vec::new() })
    }

    /// The stored bytes of a block: `heads` are neighbours in `records`.
    pub(super) fn encode(&mut self, records: &Records, heads: &[Head]) -> Result<&[u8], StoreError> {
        self.raw.clear();
        put_u64(&mut self.raw, heads.len() as u64);
        let (mut seq, mut at) = (0, 0i64);
        for head in heads {
            put_u64(&mut self.raw, head.seq - seq);
            put_i64(&mut self.raw, head.at.millis().wrapping_sub(at));
            (seq, at) = (head.seq, head.at.millis());
            self.raw.extend_from_slice(&head.signature.to_le_bytes());
            self.raw.extend_from_slice(head.id.as_bytes());
            self.raw.push(u8::from(head.external.is_some()));
            self.raw.extend_from_slice(head.external.as_ref().map_or(&[], |k| k.as_slice()));
            put_u64(&mut self.raw, head.body.len() as u64);
        }
        if let (Some(first), Some(last)) = (heads.first(), heads.last()) {
            self.raw.extend_from_slice(&records.bytes[first.body.start..last.body.end]);
        }
        self.out.clear();
        self.out.push(FORM_1);
        put_u64(&mut self.out, self.raw.len() as u64);
        let start = self.out.len();
        self.out.resize(start + zstd::zstd_safe::compress_bound(self.raw.len()), 0);
        let n = self
            .compressor
            .compress_to_buffer(&self.raw, &mut self.out[start..])
            .map_err(|e| zstd_failed(&e))?;
        self.out.truncate(start + n);
        Ok(&self.out)
    }
}

/// Reads a block's stored bytes.
pub(super) fn decode(stored: &[u8]) -> Result<Records, StoreError> {
    let mut r = Reader::new("a block of the log", stored);
    let form = r.array::<1>()?;
    if form != [FORM_1] {
        return Err(StoreError::Corrupt(format!(
            "a block of the log has form {}; it was written by a newer program, upgrade aegisflow",
            form[0]
        )));
    }
    let raw_len = usize::try_from(r.u64()?).ok().filter(|n| *n <= MAX_RAW).ok_or_else(|| r.corrupt())?;
    let frame = r.rest();
    let raw = decompress(frame, raw_len)?;
    let mut r = Reader::new("a block of the log", &raw);
    let count = r.count(28)?;
    let mut heads = Vec::with_capacity(count);
    let (mut seq, mut at, mut end) = (0u64, 0i64, 0usize);
    for _ in 0..count {
        seq = seq.checked_add(r.u64()?).ok_or_else(|| r.corrupt())?;
        at = at.wrapping_add(r.i64()?);
        let signature = u64::from_le_bytes(r.array()?);
        let id = Uuid::from_bytes(r.array()?);
        let external = if r.array()? == [0] { None } else { Some(r.array()?) };
        let len = r.count(1)?;
        let body = end..end.checked_add(len).ok_or_else(|| r.corrupt())?;
        end = body.end;
        heads.push(Head { seq, id, at: Timestamp::from_millis(at), signature, external, body });
    }
    let bodies = r.rest().len();
    if end != bodies {
        return Err(r.corrupt());
    }
    // Bodies stay where they are: their ranges move by what stands before them.
    let before = raw.len() - bodies;
    for head in &mut heads {
        head.body = head.body.start + before..head.body.end + before;
    }
    Ok(Records { heads, bytes: raw })
}

fn decompress(frame: &[u8], len: usize) -> Result<Vec<u8>, StoreError> {
    thread_local! {
        // Making one costs as much as the work itself.
        static DECOMPRESSOR: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
    }
    let run = |decompressor: &mut Option<Decompressor<'static>>| match decompressor {
        Some(decompressor) => decompressor.decompress(frame, len),
        None => decompressor.insert(Decompressor::new()?).decompress(frame, len),
    };
    DECOMPRESSOR
        .with_borrow_mut(run)
        .map_err(|e| StoreError::Corrupt(format!("a block of the log does not decompress: {e}")))
}

fn zstd_failed(e: &std::io::Error) -> StoreError {
    StoreError::Unavailable(format!("cannot compress a block: {e}"))
}
