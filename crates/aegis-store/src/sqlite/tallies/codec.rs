//! Bytes of a tally: counters and sketches apart, so that a read of counters never touches a sketch. Each is a count,
//! then varints; bins are kept as differences, mostly one byte each.
//! Invariant: every form ever written still reads; the first byte of a stored blob says which it is.

use super::super::varint::{Reader, put_i64, put_u64};
use crate::contract::add_bins;
use crate::{Bin, StoreError, Tally};

pub(super) const FORM_1: u8 = 1;

pub(super) fn put_counters(out: &mut Vec<u8>, counters: &[i64]) {
    put_u64(out, counters.len() as u64);
    for n in counters {
        put_i64(out, *n);
    }
}

/// Bins must be sorted by index.
pub(super) fn put_sketches(out: &mut Vec<u8>, sketches: &[Vec<Bin>]) {
    put_u64(out, sketches.len() as u64);
    for bins in sketches {
        put_u64(out, bins.len() as u64);
        let mut last = 0;
        for &(index, count) in bins {
            put_i64(out, i64::from(index) - last);
            put_u64(out, count);
            last = i64::from(index);
        }
    }
}

/// Adds the counters that come next to a tally.
pub(super) fn add_counters(r: &mut Reader<'_>, to: &mut Tally) -> Result<(), StoreError> {
    let count = r.count(1)?;
    if to.counters.len() < count {
        to.counters.resize(count, 0);
    }
    for counter in &mut to.counters[..count] {
        *counter = counter.saturating_add(r.i64()?);
    }
    Ok(())
}

/// Adds the sketches that come next to a tally, the first `most` of them; `room` is for use meanwhile.
pub(super) fn add_sketches(
    r: &mut Reader<'_>,
    most: usize,
    to: &mut Tally,
    room: &mut Vec<Bin>,
) -> Result<(), StoreError> {
    let count = r.count(1)?;
    let wanted = count.min(most);
    if to.sketches.len() < wanted {
        to.sketches.resize(wanted, Vec::new());
    }
    for sketch in &mut to.sketches[..wanted] {
        room.clear();
        let mut last = 0i64;
        for _ in 0..r.count(2)? {
            last = last.wrapping_add(r.i64()?);
            let index = i32::try_from(last).map_err(|_| r.corrupt())?;
            room.push((index, r.u64()?));
        }
        add_bins(sketch, room);
    }
    for _ in wanted..count {
        let bins = r.count(2)?;
        r.skip(2 * bins)?;
    }
    Ok(())
}

/// A tally as schema 1 kept it, in a row of its own.
pub(super) fn decode_row(counters: &[u8], sketches: &[u8]) -> Result<Tally, StoreError> {
    let mut tally = Tally::default();
    add_counters(&mut open("the counters of a tally", counters)?, &mut tally)?;
    add_sketches(&mut open("the sketches of a tally", sketches)?, usize::MAX, &mut tally, &mut Vec::new())?;
    Ok(tally)
}

/// What follows the byte that tells the form.
pub(super) fn open<'a>(what: &'static str, stored: &'a [u8]) -> Result<Reader<'a>, StoreError> {
    let mut r = Reader::new(what, stored);
    match r.array()? {
        [FORM_1] => Ok(r),
        [form] => Err(StoreError::Corrupt(format!(
            "{what} have form {form}; they were written by a newer program, upgrade aegisflow"
        ))),
    }
}
