//! Tallies: a span of the log counts once, however often and in whatever pieces it is applied.

use super::{Backend, Place, at};
use crate::{Bin, Deltas, Grain, MOST_VALUES, REST, StoreError, Tally, TallyKey, TallyQuery};
use aegis_domain::Timestamp;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use std::collections::BTreeMap;

const SET: &str = "rollups";
const MINUTE: i64 = 60_000;

fn key(bucket: i64, dimension: &'static str, value: &str) -> TallyKey {
    TallyKey { grain: Grain::Minute, bucket: at(bucket * MINUTE), dimension, value: value.into() }
}

fn tally(counters: &[i64], sketches: &[&[Bin]]) -> Tally {
    Tally { counters: counters.into(), sketches: sketches.iter().map(|s| s.to_vec()).collect() }
}

fn reading(dimension: &'static str) -> TallyQuery {
    TallyQuery {
        set: SET,
        grain: Grain::Minute,
        from: at(0),
        to: at(1_000 * MINUTE),
        dimension,
        value: None,
        sketches: usize::MAX,
    }
}

/// One vendor's events in minute 0.
fn vendor(value: &str, events: i64) -> Deltas {
    vec![(key(0, "vendor", value), tally(&[events, 2 * events], &[&[(-3, 1), (900, 2)]]))]
}

pub async fn a_span_counts_once(backend: &dyn Backend) {
    let place = backend.place().await;
    let tallies = place.open().await.tallies;
    assert_eq!(tallies.absorbed(SET, 1).await, Ok(0));
    for _ in 0..3 {
        tallies.apply(SET, 1, 0, 10, vendor("openai", 5)).await.unwrap();
    }
    tallies.apply(SET, 1, 10, 12, vendor("openai", 1)).await.unwrap();
    tallies.apply(SET, 1, 0, 10, vendor("openai", 5)).await.unwrap();
    assert_eq!(tallies.absorbed(SET, 1).await, Ok(12));
    let got = tallies.read(reading("vendor")).await.unwrap();
    let want = tally(&[6, 12], &[&[(-3, 2), (900, 4)]]);
    assert_eq!(got, [(at(0), "openai".to_owned(), want)]);
}

pub async fn a_gap_or_overlap_is_refused(backend: &dyn Backend) {
    let place = backend.place().await;
    let tallies = place.open().await.tallies;
    tallies.apply(SET, 1, 0, 10, vendor("openai", 1)).await.unwrap();
    for (after, upto) in [(5, 15), (11, 20), (0, 11)] {
        let refused = tallies.apply(SET, 1, after, upto, vendor("openai", 100)).await;
        assert!(matches!(refused, Err(StoreError::Conflict { .. })), "({after}, {upto}]: {refused:?}");
    }
    assert_eq!(tallies.absorbed(SET, 1).await, Ok(10));
    assert_eq!(tallies.read(reading("vendor")).await.unwrap()[0].2.counters, [1, 2]);
}

pub async fn partitions_are_absorbed_apart(backend: &dyn Backend) {
    let place = backend.place().await;
    let tallies = place.open().await.tallies;
    tallies.apply(SET, 1, 0, 10, vendor("openai", 1)).await.unwrap();
    tallies.apply(SET, 2, 0, 4, vendor("openai", 10)).await.unwrap();
    tallies.apply("others", 1, 0, 7, vendor("openai", 100)).await.unwrap();
    tallies.apply(SET, 2, 4, 5, Vec::new()).await.unwrap();
    for (set, partition, seq) in [(SET, 1, 10), (SET, 2, 5), (SET, 3, 0), ("others", 1, 7), ("none", 1, 0)] {
        assert_eq!(tallies.absorbed(set, partition).await, Ok(seq), "{set} {partition}");
    }
    assert_eq!(tallies.read(reading("vendor")).await.unwrap()[0].2.counters, [11, 22]);
}

pub async fn partitions_absorbed_at_once_add_up(backend: &dyn Backend) {
    let place = backend.place().await;
    let tallies = place.open().await.tallies;
    let tasks: Vec<_> = (1..=6)
        .map(|partition| {
            let tallies = tallies.clone();
            tokio::spawn(async move {
                for n in 0..10 {
                    tallies.apply(SET, partition, n, n + 1, vendor("openai", 1)).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let got = tallies.read(reading("vendor")).await.unwrap();
    assert_eq!(got[0].2, tally(&[60, 120], &[&[(-3, 60), (900, 120)]]));
}

pub async fn a_read_takes_one_dimension_over_a_range(backend: &dyn Backend) {
    let place = backend.place().await;
    let tallies = place.open().await.tallies;
    let one = || tally(&[1], &[]);
    let hour = TallyKey { grain: Grain::Hour, ..key(0, "vendor", "openai") };
    let mut deltas: Deltas = vec![(hour, one()), (key(1, "model", "gpt-4.1"), one())];
    for bucket in [3, 1, 2] {
        for value in ["openai", "mistral", "a\u{1f}b", ""] {
            deltas.push((key(bucket, "vendor", value), one()));
        }
    }
    tallies.apply(SET, 1, 0, 1, deltas).await.unwrap();
    let range = TallyQuery { from: at(MINUTE), to: at(3 * MINUTE), ..reading("vendor") };
    let got = tallies.read(range.clone()).await.unwrap();
    let seen: Vec<_> = got.iter().map(|(b, v, _)| (b.millis() / MINUTE, v.as_str())).collect();
    let values = ["", "a\u{1f}b", "mistral", "openai"];
    let want: Vec<_> = [1, 2].into_iter().flat_map(|b| values.map(|v| (b, v))).collect();
    assert_eq!(seen, want, "by bucket, then value, the end left out");
    let one_value = TallyQuery { value: Some("mistral".into()), ..range };
    assert_eq!(tallies.read(one_value).await.unwrap().len(), 2);
    assert_eq!(tallies.read(reading("model")).await.unwrap().len(), 1);
    assert!(tallies.read(TallyQuery { set: "none", ..reading("vendor") }).await.unwrap().is_empty());
}

pub async fn a_sum_is_what_was_read_added_up(backend: &dyn Backend) {
    let place = backend.place().await;
    let tallies = place.open().await.tallies;
    let mut deltas: Deltas = Vec::new();
    for bucket in 0..5 {
        // Not all in each bucket: some values come up in the middle of the range, between others.
        let values = ["openai", "mistral", "", "cohere", "xai"];
        for (n, value) in
            values.into_iter().enumerate().filter(|(n, _)| !(bucket as usize + n).is_multiple_of(3))
        {
            let sketch = [(bucket as i32, 1), (900, 2)];
            // Tallies of unequal length, as a newer version writes them.
            let counters = vec![bucket; 1 + (n + bucket as usize) % 3];
            deltas.push((key(bucket, "vendor", value), tally(&counters, &[&sketch, &[(7, 1)]])));
        }
    }
    tallies.apply(SET, 1, 0, 1, deltas).await.unwrap();
    for sketches in [usize::MAX, 1, 0] {
        let query = TallyQuery { from: at(MINUTE), to: at(4 * MINUTE), sketches, ..reading("vendor") };
        let mut want: BTreeMap<String, Tally> = BTreeMap::new();
        for (_, value, tally) in tallies.read(query.clone()).await.unwrap() {
            want.entry(value).or_default().merge(&tally);
        }
        assert_eq!(want.len(), 5);
        let none = TallyQuery { set: "none", ..reading("vendor") };
        assert_eq!(tallies.sum(vec![none, query]).await.unwrap(), [BTreeMap::new(), want]);
    }
    assert!(tallies.sum(Vec::new()).await.unwrap().is_empty());
}

pub async fn a_read_without_sketches_has_none(backend: &dyn Backend) {
    let place = backend.place().await;
    let tallies = place.open().await.tallies;
    tallies.apply(SET, 1, 0, 1, vendor("openai", 4)).await.unwrap();
    let got = tallies.read(TallyQuery { sketches: 0, ..reading("vendor") }).await.unwrap();
    assert_eq!(got[0].2, tally(&[4, 8], &[]));
    let two = tally(&[1], &[&[(1, 2)], &[(3, 4)]]);
    tallies.apply(SET, 1, 1, 2, vec![(key(0, "team", "x"), two)]).await.unwrap();
    let got = tallies.read(TallyQuery { sketches: 1, ..reading("team") }).await.unwrap();
    assert_eq!(got[0].2, tally(&[1], &[&[(1, 2)]]));
}

async fn dumped(
    place: &dyn Place,
    set: &str,
    limit: usize,
) -> Vec<(Grain, Timestamp, String, String, Tally)> {
    let tallies = place.open().await.tallies;
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = tallies.dump(set, after, limit).await.unwrap();
        assert!(page.len() <= limit);
        let Some((grain, bucket, dimension, value, _)) = page.last() else { return all };
        after = Some((*grain, *bucket, dimension.clone(), value.clone()));
        all.extend(page);
    }
}

pub async fn a_dump_pages_through_everything(backend: &dyn Backend) {
    let place = backend.place().await;
    let tallies = place.open().await.tallies;
    let mut want = Vec::new();
    for grain in [Grain::Day, Grain::Minute, Grain::Hour] {
        for bucket in 0..4 {
            for (dimension, value) in [("vendor", "b"), ("vendor", "a"), ("all", "")] {
                want.push((
                    TallyKey { grain, ..key(bucket, dimension, value) },
                    tally(&[bucket], &[&[(1, 1)]]),
                ));
            }
        }
    }
    tallies.apply(SET, 1, 0, 1, want.clone()).await.unwrap();
    want.sort_by(|a, b| {
        (a.0.grain, a.0.dimension, a.0.bucket, &a.0.value).cmp(&(
            b.0.grain,
            b.0.dimension,
            b.0.bucket,
            &b.0.value,
        ))
    });
    for limit in [1, 5, 100] {
        let got = dumped(&*place, SET, limit).await;
        assert_eq!(got.len(), want.len());
        for (got, (key, tally)) in got.iter().zip(&want) {
            assert_eq!(
                (got.0, got.1, got.2.as_str(), &got.3),
                (key.grain, key.bucket, key.dimension, &key.value)
            );
            assert_eq!(got.4, *tally);
        }
    }
    assert!(dumped(&*place, "none", 5).await.is_empty());
}

pub async fn replacing_a_set_takes_its_cursors_along(backend: &dyn Backend) {
    let place = backend.place().await;
    let tallies = place.open().await.tallies;
    tallies.apply(SET, 1, 0, 10, vendor("openai", 1)).await.unwrap();
    tallies.apply(SET, 2, 0, 3, vendor("openai", 1)).await.unwrap();
    tallies.apply("rebuilt", 1, 0, 12, vendor("mistral", 7)).await.unwrap();
    tallies.replace("rebuilt", SET).await.unwrap();
    let got = tallies.read(reading("vendor")).await.unwrap();
    assert_eq!(got.iter().map(|r| r.1.as_str()).collect::<Vec<_>>(), ["mistral"]);
    assert_eq!(tallies.absorbed(SET, 1).await, Ok(12));
    assert_eq!(tallies.absorbed(SET, 2).await, Ok(0));
    assert_eq!(tallies.absorbed("rebuilt", 1).await, Ok(0));
    assert!(tallies.dump("rebuilt", None, 5).await.unwrap().is_empty());
    tallies.apply(SET, 1, 12, 13, vendor("mistral", 1)).await.unwrap();
    assert_eq!(tallies.read(reading("vendor")).await.unwrap()[0].2.counters[0], 8);
    tallies.apply("rebuilt", 1, 0, 1, vendor("cohere", 1)).await.unwrap();
    assert_eq!(tallies.dump("rebuilt", None, 5).await.unwrap().len(), 1, "the name can be used again");
}

pub async fn clearing_a_set_forgets_it_all(backend: &dyn Backend) {
    let place = backend.place().await;
    let tallies = place.open().await.tallies;
    let many = (0..1_500).map(|n| (key(n, "vendor", "openai"), tally(&[1], &[]))).collect();
    tallies.apply(SET, 1, 0, 10, many).await.unwrap();
    tallies.apply("others", 1, 0, 10, vendor("openai", 1)).await.unwrap();
    tallies.clear(SET).await.unwrap();
    tallies.clear("none").await.unwrap();
    assert_eq!(tallies.absorbed(SET, 1).await, Ok(0));
    assert!(tallies.dump(SET, None, 5).await.unwrap().is_empty());
    tallies.apply(SET, 1, 0, 2, vendor("openai", 3)).await.unwrap();
    assert_eq!(tallies.dump(SET, None, 5).await.unwrap().len(), 1, "nothing of before comes back");
    assert_eq!(tallies.dump("others", None, 5).await.unwrap().len(), 1);
}

pub async fn purging_takes_old_buckets_of_one_grain(backend: &dyn Backend) {
    let place = backend.place().await;
    let tallies = place.open().await.tallies;
    let mut deltas: Deltas = Vec::new();
    for bucket in 0..4 {
        for dimension in ["all", "vendor", "zone"] {
            for grain in [Grain::Minute, Grain::Hour] {
                deltas.push((TallyKey { grain, ..key(bucket, dimension, "x") }, tally(&[1], &[])));
            }
        }
    }
    tallies.apply(SET, 1, 0, 1, deltas).await.unwrap();
    assert_eq!(tallies.purge(SET, Grain::Minute, at(2 * MINUTE)).await, Ok(6));
    assert_eq!(tallies.purge(SET, Grain::Minute, at(2 * MINUTE)).await, Ok(0));
    assert_eq!(tallies.purge("none", Grain::Minute, at(2 * MINUTE)).await, Ok(0));
    for dimension in ["all", "vendor", "zone"] {
        assert_eq!(tallies.read(reading(dimension)).await.unwrap().len(), 2);
        assert_eq!(
            tallies.read(TallyQuery { grain: Grain::Hour, ..reading(dimension) }).await.unwrap().len(),
            4
        );
    }
}

/// Names that callers make up by the thousand beside a few that are real; each span brings new ones.
pub async fn a_crowded_bucket_is_cut_and_loses_nothing(backend: &dyn Backend) {
    let place = backend.place().await;
    let tallies = place.open().await.tallies;
    let (spans, made_up) = (4, MOST_VALUES as i64 / 2);
    for span in 0..spans {
        let mut deltas: Deltas = (0..made_up)
            .map(|n| (key(0, "app", &format!("made-up-{span}-{n}")), tally(&[1, 2], &[&[(5, 1)]])))
            .collect();
        deltas.extend(["desk", "portal"].map(|app| (key(0, "app", app), tally(&[10, 0], &[&[(7, 10)]]))));
        deltas.push((key(0, "vendor", "openai"), tally(&[made_up + 20], &[])));
        let (after, upto) = (span as u64, span as u64 + 1);
        tallies.apply(SET, 1, after, upto, deltas.clone()).await.unwrap();
        tallies.apply(SET, 1, after, upto, deltas).await.unwrap();
        let held = tallies.read(reading("app")).await.unwrap().len();
        assert!(held <= MOST_VALUES + 1, "{held} values");
    }
    let got = tallies.read(reading("app")).await.unwrap();
    assert!(got.is_sorted_by(|a, b| a.1 < b.1));
    let of = |name: &str| got.iter().find(|(_, value, _)| value == name).map(|(_, _, tally)| tally.clone());
    for app in ["desk", "portal"] {
        assert_eq!(of(app), Some(tally(&[10 * spans, 0], &[&[(7, 10 * spans as u64)]])), "the heaviest stay");
    }
    assert!(of(REST).unwrap().counters[0] > made_up, "what had to go is counted");
    let mut sum = Tally::default();
    got.iter().for_each(|(_, _, tally)| sum.merge(tally));
    let all = spans * made_up;
    assert_eq!(sum, tally(&[all + 20 * spans, 2 * all], &[&[(5, all as u64), (7, 20 * spans as u64)]]));
    assert_eq!(
        tallies.sum(vec![reading("app")]).await.unwrap()[0].values().map(|t| t.counters[0]).sum::<i64>(),
        sum.counters[0]
    );
    assert_eq!(tallies.read(reading("vendor")).await.unwrap().len(), 1, "other dimensions are left alone");
}

/// A key's number and what is added to it.
type Step = (u8, i64, Vec<(i32, u64)>);

fn steps() -> impl Strategy<Value = Vec<Vec<Step>>> {
    let step = (0..5u8, -1_000..1_000i64, vec((-40..40i32, 1..5u64), 0..4));
    vec(vec(step, 0..6), 1..6)
}

fn sketch(bins: &[(i32, u64)]) -> Vec<Bin> {
    let mut sorted = BTreeMap::new();
    for (bin, count) in bins {
        *sorted.entry(*bin).or_insert(0) += count;
    }
    sorted.into_iter().collect()
}

fn deltas(steps: &[Step]) -> Deltas {
    let one = |(n, add, bins): &Step| {
        // Short ones and long ones: a missing counter or sketch is a zero.
        let sketches = if *n % 2 == 0 { vec![Vec::new(), sketch(bins)] } else { vec![sketch(bins)] };
        (
            key(i64::from(*n % 2), "vendor", &n.to_string()),
            Tally { counters: vec![1; *n as usize].into_iter().chain([*add]).collect(), sketches },
        )
    };
    steps.iter().map(one).collect()
}

pub async fn any_split_into_spans_gives_the_same_sums(backend: &dyn Backend) {
    let runner = || {
        let mut runner = TestRunner::new(Config { cases: backend.cases(), ..Config::default() });
        let handle = tokio::runtime::Handle::current();
        runner.run(&steps(), |spans| handle.block_on(same_sums(backend, spans)))
    };
    tokio::task::block_in_place(runner).unwrap();
}

async fn same_sums(backend: &dyn Backend, spans: Vec<Vec<Step>>) -> Result<(), TestCaseError> {
    let place = backend.place().await;
    let tallies = place.open().await.tallies;
    tallies.apply("whole", 1, 0, spans.len() as u64, deltas(&spans.concat())).await.unwrap();
    for (n, span) in (0..).zip(&spans) {
        tallies.apply("pieces", 1, n, n + 1, deltas(span)).await.unwrap();
        tallies.apply("pieces", 1, n, n + 1, deltas(span)).await.unwrap();
    }
    let mut model: BTreeMap<(Timestamp, String), Tally> = BTreeMap::new();
    for (key, delta) in deltas(&spans.concat()) {
        model.entry((key.bucket, key.value)).or_default().merge(&delta);
    }
    for set in ["whole", "pieces"] {
        let dump = tallies.dump(set, None, 1_000).await.unwrap();
        let got: BTreeMap<_, _> = dump.into_iter().map(|(_, b, _, v, t)| ((b, v), t)).collect();
        prop_assert_eq!(&got, &model, "{}", set);
    }
    place.close().await;
    Ok(())
}

pub async fn tallies_survive_reopening(backend: &dyn Backend) {
    let place = backend.place().await;
    place.open().await.tallies.apply(SET, 1, 0, 10, vendor("openai", 5)).await.unwrap();
    let tallies = place.reopen().await.tallies;
    tallies.apply(SET, 1, 0, 10, vendor("openai", 5)).await.unwrap();
    tallies.apply(SET, 1, 10, 11, vendor("openai", 1)).await.unwrap();
    assert_eq!(tallies.read(reading("vendor")).await.unwrap()[0].2.counters, [6, 12]);
}
