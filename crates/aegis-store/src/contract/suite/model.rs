//! The log against a plain list: random appends, repeats, purges, reopenings, and pages and reads between them.

use super::{Backend, Place, at, walk};
use crate::{Appended, Direction, NewRecord, PageQuery, Store, Stream};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use uuid::Uuid;

const EVENTS: Stream = Stream::Events;

#[derive(Debug, Clone)]
enum Step {
    /// Records by (instant, signature, name); name 0: none.
    Append(Vec<(i64, u64, u8)>),
    Purge(i64, usize),
    Reopen,
    Page {
        from: i64,
        to: i64,
        masks: Vec<Vec<u64>>,
        up: bool,
        limit: usize,
        budget: usize,
    },
    Read {
        after: u64,
        limit: usize,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let record = (0..20i64, 0..16u64, 0..30u8);
    let masks = vec(vec(1..16u64, 1..3), 0..3);
    prop_oneof![
        5 => vec(record, 0..90).prop_map(Step::Append),
        1 => (0..20i64, 1..40usize).prop_map(|(before, limit)| Step::Purge(before, limit)),
        1 => Just(Step::Reopen),
        3 => (-1..21i64, -1..21i64, masks, any::<bool>(), 1..9usize, 1..50usize).prop_map(
            |(from, to, masks, up, limit, budget)| Step::Page { from, to, masks, up, limit, budget }
        ),
        2 => (0..200u64, 1..70usize).prop_map(|(after, limit)| Step::Read { after, limit }),
    ]
}

/// What the log should hold, in order of place.
#[derive(Default)]
struct Model {
    kept: Vec<(u64, NewRecord)>,
    high: u64,
}

pub async fn the_log_behaves_like_a_plain_list(backend: &dyn Backend) {
    let run = || {
        let mut runner = TestRunner::new(Config { cases: backend.cases(), ..Config::default() });
        let handle = tokio::runtime::Handle::current();
        runner.run(&vec(step(), 1..14), |steps| handle.block_on(same(backend, steps)))
    };
    tokio::task::block_in_place(run).unwrap();
}

async fn same(backend: &dyn Backend, steps: Vec<Step>) -> Result<(), TestCaseError> {
    let place = backend.place().await;
    let mut store = place.open().await;
    let mut model = Model::default();
    for step in steps {
        take(&*place, &mut store, &mut model, step).await?;
    }
    drop(store);
    place.close().await;
    Ok(())
}

async fn take(
    place: &dyn Place,
    store: &mut Store,
    model: &mut Model,
    step: Step,
) -> Result<(), TestCaseError> {
    match step {
        Step::Append(records) => {
            let batch: Vec<NewRecord> = records
                .into_iter()
                .map(|(ms, signature, name)| NewRecord {
                    id: Uuid::now_v7(),
                    at: at(ms),
                    signature,
                    external: (name > 0).then_some([name; 16]),
                    body: vec![name; ms as usize * 20],
                })
                .collect();
            let answers = store.log.append(EVENTS, batch.clone()).await.unwrap();
            model.append(batch, &answers)
        }
        Step::Purge(before, limit) => {
            let mut old: Vec<_> = model.kept.iter().map(|(seq, r)| (r.at, *seq)).collect();
            old.retain(|o| o.0 < at(before));
            old.sort();
            old.truncate(limit);
            prop_assert_eq!(store.log.purge(EVENTS, at(before), limit).await.unwrap(), old.len());
            model.kept.retain(|(seq, r)| !old.contains(&(r.at, *seq)));
            Ok(())
        }
        Step::Reopen => {
            *store = place.reopen().await;
            Ok(())
        }
        Step::Page { from, to, masks, up, limit, budget } => {
            let mut want: Vec<_> = model.kept.iter().collect();
            want.retain(|(_, r)| at(from) <= r.at && r.at < at(to));
            want.retain(|(_, r)| masks.iter().all(|any| any.iter().any(|m| r.signature & m == *m)));
            want.sort_by_key(|(seq, r)| (r.at, *seq));
            let direction = if up { Direction::Ascending } else { Direction::Descending };
            if !up {
                want.reverse();
            }
            let query = PageQuery {
                stream: EVENTS,
                from: at(from),
                to: at(to),
                masks,
                direction,
                after: None,
                limit,
                budget,
            };
            let got = walk(store, query).await;
            prop_assert_eq!(
                got.iter().map(|r| (r.seq, r.id, r.at, &r.body[..])).collect::<Vec<_>>(),
                want.iter().map(|(seq, r)| (*seq, r.id, r.at, &r.body[..])).collect::<Vec<_>>()
            );
            Ok(())
        }
        Step::Read { after, limit } => {
            let marks = store.log.partitions(EVENTS).await.unwrap();
            let Some(&(partition, high)) = marks.last() else { return Ok(()) };
            prop_assert_eq!(high, model.high);
            let got = store.log.read(EVENTS, partition, after, limit).await.unwrap();
            let want: Vec<_> = model
                .kept
                .iter()
                .filter(|(seq, _)| *seq > after)
                .take(limit)
                .map(|(seq, r)| (*seq, r.id))
                .collect();
            prop_assert_eq!(got.iter().map(|r| (r.seq, r.id)).collect::<Vec<_>>(), want);
            Ok(())
        }
    }
}

impl Model {
    fn append(&mut self, batch: Vec<NewRecord>, answers: &[Appended]) -> Result<(), TestCaseError> {
        prop_assert_eq!(answers.len(), batch.len());
        for (record, answer) in batch.into_iter().zip(answers) {
            let known = self.kept.iter().find(|(_, r)| r.external.is_some() && r.external == record.external);
            match (*answer, known) {
                (Appended::Duplicate { id }, Some((_, first))) => prop_assert_eq!(id, first.id),
                (Appended::Stored { seq }, None) => {
                    prop_assert!(seq > self.high);
                    self.high = seq;
                    self.kept.push((seq, record));
                }
                (answer, known) => prop_assert!(false, "{:?} though {:?} is known", answer, known.is_some()),
            }
        }
        Ok(())
    }
}
