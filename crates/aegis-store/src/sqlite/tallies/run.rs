//! A run: the tallies of neighbouring values in one bucket of one dimension, packed into one row. A bucket of 300
//! people is then four rows to step over, not 300.
//! Invariant: values ascend within a run and from run to run; the stored form is counters of all, then sketches of all.

use super::super::varint::{Reader, put_u64};
use super::codec::{self, FORM_1};
use crate::{Bin, StoreError, Tally};

/// Bytes of a run at most, but for a single tally: with its key it then fits a page of the file.
const FULL_BYTES: usize = 3_600;
/// Bytes of the pieces of a run that was cut, so that each has room to grow.
const CUT_BYTES: usize = FULL_BYTES * 2 / 3;

/// A tally and the value it is of.
pub(super) type Entry = (String, Tally);

/// A run as it is stored.
#[derive(Debug, PartialEq)]
pub(super) struct Packed {
    /// The value from which on it holds all.
    pub(super) first: String,
    pub(super) size: usize,
    pub(super) counters: Vec<u8>,
    pub(super) sketches: Vec<u8>,
}

/// Packs sorted entries, all from `first` on, into as few runs as hold them.
pub(super) fn pack(first: &str, entries: &[Entry]) -> Vec<Packed> {
    let whole = packed(first, entries);
    let bytes = whole.counters.len() + whole.sketches.len();
    if bytes <= FULL_BYTES || entries.len() < 2 {
        return vec![whole];
    }
    let most = entries.len().div_ceil(bytes.div_ceil(CUT_BYTES));
    let pieces = entries.chunks(most).enumerate();
    // Entries differ in size: a piece that is still too big is cut again.
    pieces.flat_map(|(i, piece)| pack(if i == 0 { first } else { &piece[0].0 }, piece)).collect()
}

fn packed(first: &str, entries: &[Entry]) -> Packed {
    let (mut counters, mut sketches) = (vec![FORM_1], vec![FORM_1]);
    put_u64(&mut counters, entries.len() as u64);
    for (value, tally) in entries {
        put_u64(&mut counters, value.len() as u64);
        counters.extend_from_slice(value.as_bytes());
        codec::put_counters(&mut counters, &tally.counters);
        codec::put_sketches(&mut sketches, &tally.sketches);
    }
    Packed { first: first.to_owned(), size: entries.len(), counters, sketches }
}

/// Walks over a stored run.
pub(super) struct Run<'a> {
    left: usize,
    counters: Reader<'a>,
    sketches: Option<Reader<'a>>,
    most: usize,
    room: Vec<Bin>,
}

impl<'a> Run<'a> {
    /// A walk over these bytes, with as many of the first sketches of each tally as `most`.
    pub(super) fn some(
        counters: &'a [u8],
        sketches: Option<&'a [u8]>,
        most: usize,
    ) -> Result<Self, StoreError> {
        let mut counters = codec::open("the counters of a run", counters)?;
        let left = counters.count(2)?;
        let sketches = sketches.map(|stored| codec::open("the sketches of a run", stored)).transpose()?;
        Ok(Run { left, counters, sketches, most, room: Vec::new() })
    }

    /// The same with all sketches.
    pub(super) fn open(counters: &'a [u8], sketches: Option<&'a [u8]>) -> Result<Self, StoreError> {
        Run::some(counters, sketches, usize::MAX)
    }

    /// The next value. What is known of it must be taken with `add_to` before the next.
    pub(super) fn value(&mut self) -> Result<Option<&'a str>, StoreError> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        let len = self.counters.count(1)?;
        let value = std::str::from_utf8(self.counters.bytes(len)?).map_err(|_| self.counters.corrupt())?;
        Ok(Some(value))
    }

    /// Adds the tally of the value just read to another.
    pub(super) fn add_to(&mut self, sum: &mut Tally) -> Result<(), StoreError> {
        codec::add_counters(&mut self.counters, sum)?;
        match &mut self.sketches {
            Some(sketches) => codec::add_sketches(sketches, self.most, sum, &mut self.room),
            None => Ok(()),
        }
    }

    /// All entries that are left.
    pub(super) fn entries(&mut self) -> Result<Vec<Entry>, StoreError> {
        let mut entries = Vec::with_capacity(self.left);
        while let Some(value) = self.value()? {
            let mut tally = Tally::default();
            self.add_to(&mut tally)?;
            entries.push((value.to_owned(), tally));
        }
        Ok(entries)
    }
}

/// Adds sorted entries, each value once, to sorted entries.
pub(super) fn merge<'d>(stored: Vec<Entry>, added: impl Iterator<Item = (&'d str, &'d Tally)>) -> Vec<Entry> {
    let mut added = added.peekable();
    let mut out = Vec::with_capacity(stored.len() + added.size_hint().0);
    let fresh = |value: &str, delta: &Tally| (value.to_owned(), delta.clone());
    for (value, mut tally) in stored {
        while let Some((v, delta)) = added.next_if(|(v, _)| *v < value.as_str()) {
            out.push(fresh(v, delta));
        }
        if let Some((_, delta)) = added.next_if(|(v, _)| *v == value) {
            tally.merge(delta);
        }
        out.push((value, tally));
    }
    out.extend(added.map(|(v, delta)| fresh(v, delta)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::{btree_map, vec};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn tallies(most: usize) -> impl Strategy<Value = BTreeMap<String, Tally>> {
        let sketch = btree_map(any::<i32>(), 1..9u64, 0..30).prop_map(|bins| bins.into_iter().collect());
        let tally = (vec(-1_000..1_000i64, 0..12), vec(sketch, 0..4))
            .prop_map(|(counters, sketches)| Tally { counters, sketches });
        btree_map("[a-z]{0,6}", tally, 1..most)
    }

    fn unpack(runs: &[Packed]) -> Vec<Entry> {
        let entries = runs.iter().flat_map(|run| {
            Run::open(&run.counters, Some(&run.sketches)).unwrap().entries().expect("just written")
        });
        entries.collect()
    }

    proptest! {
        #[test]
        fn runs_read_back_as_packed_and_keep_their_bounds(map in tallies(200)) {
            let entries: Vec<Entry> = map.into_iter().collect();
            let runs = pack("", &entries);
            prop_assert_eq!(unpack(&runs), entries);
            prop_assert_eq!(runs[0].first.as_str(), "");
            for run in &runs {
                prop_assert!(run.size == 1 || run.counters.len() + run.sketches.len() <= FULL_BYTES);
                let values = Run::open(&run.counters, None).unwrap().entries().unwrap();
                prop_assert_eq!(values.len(), run.size);
                prop_assert!(values.iter().all(|(v, t)| *v >= run.first && t.sketches.is_empty()));
            }
            prop_assert!(runs.windows(2).all(|pair| pair[0].first < pair[1].first));
        }

        #[test]
        fn merging_adds_value_by_value(stored in tallies(20), added in tallies(20)) {
            let mut want = stored.clone();
            for (value, tally) in &added {
                want.entry(value.clone()).or_default().merge(tally);
            }
            let got = merge(stored.into_iter().collect(), added.iter().map(|(v, t)| (v.as_str(), t)));
            prop_assert_eq!(got, want.into_iter().collect::<Vec<_>>());
        }

        #[test]
        fn damaged_bytes_are_an_error_and_no_panic(mut bytes in vec(any::<u8>(), 0..60)) {
            for _ in 0..2 {
                let _ = Run::open(&bytes, Some(&bytes)).and_then(|mut run| run.entries());
                let _ = codec::decode_row(&bytes, &bytes);
                if let Some(form) = bytes.first_mut() {
                    *form = FORM_1;
                }
            }
        }
    }
}
