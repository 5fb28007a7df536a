//! Rotation against a store in memory, driven by a random schedule of writers, drivers, crashes and time.

use crate::support::{at, kek, place, rng, vault};
use aegis_domain::entities::VaultRecord;
use aegis_domain::{DataKeyId, Sealed, Timestamp};
use aegis_vault::kek::{LocalKek, Nonce};
use aegis_vault::{
    Chain, DataKey, ExposeSecret, Page, RotationError, SETTLE, Step, begin, next_step, page_done,
};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

const COLLECTIONS: [&str; 2] = ["credentials", "destinations"];
const PAGE: usize = 3;

/// Records by collection and id, each with its sealed value.
type Records = [BTreeMap<String, Sealed>; 2];

struct World {
    now: Timestamp,
    kek: LocalKek,
    record: VaultRecord,
    chain: Chain,
    records: Records,
    made: u64,
    rng: rand_chacha::ChaCha20Rng,
}

impl World {
    async fn new(records: usize) -> World {
        let kek = kek();
        let (record, chain) = vault(&kek, at(0)).await;
        let mut world =
            World { now: at(0), kek, record, chain, records: Records::default(), made: 0, rng: rng(11) };
        for n in 0..records {
            let chain = world.chain.clone();
            world.write(n % 2, &chain);
        }
        world
    }

    /// A writer that knows `chain`, which may be of a moment ago.
    fn write(&mut self, collection: usize, chain: &Chain) {
        self.made += 1;
        let id = format!("{:04}", self.made * 7919 % 10_007);
        let value = chain.seal(id.as_bytes(), &place(&id), self.now, &mut self.rng).unwrap();
        self.records[collection].insert(id, value);
    }

    async fn rotate(&mut self) -> Result<(), RotationError> {
        let key = Arc::new(DataKey::generate(&mut self.rng));
        let nonce = Nonce::generate(&mut self.rng);
        let wrapped = aegis_vault::wrap(&key, &self.kek, nonce, self.now, false).await.unwrap();
        self.chain = begin(&mut self.record, &self.chain, key, wrapped, self.now, &mut self.rng)?;
        Ok(())
    }

    /// Does a step; a crash loses the report, as `kill -9` does.
    fn step(&mut self, crash: bool) -> Step {
        let step = next_step(&self.record, &COLLECTIONS, self.now);
        let Step::Page { collection, key, after } = &step else { return step };
        let beyond = after.clone().unwrap_or_default();
        let under: Vec<String> = self.records[*collection]
            .iter()
            .filter(|(id, value)| **id > beyond && value.key().as_ref() == Some(key))
            .map(|(id, _)| id.clone())
            .take(PAGE)
            .collect();
        let mut page = Page::default();
        for id in under {
            let value = self.records[*collection][&id].clone();
            let done = self.chain.reseal(&value, &place(&id), &mut self.rng);
            match done {
                Ok(Some(new)) => {
                    self.records[*collection].insert(id.clone(), new);
                    page.moved += 1;
                }
                Ok(None) => {}
                Err(_) => page.failed += 1,
            }
            page.last = Some(id);
        }
        if !crash {
            page_done(&mut self.record, &COLLECTIONS, &step, &page, self.now);
        }
        step
    }

    /// Opens everything as a process does that starts now.
    async fn assert_all_readable(&self) {
        let chain = aegis_vault::open(&self.record, &self.kek, None).await.unwrap();
        for (id, value) in self.records.iter().flatten() {
            assert_eq!(chain.open(value, &place(id)).unwrap().expose_secret(), id.as_bytes());
        }
    }

    fn left_under(&self, keys: &[DataKeyId]) -> usize {
        let all = self.records.iter().flatten();
        all.filter(|(_, value)| keys.contains(&value.key().unwrap())).count()
    }
}

#[derive(Debug, Clone)]
enum Act {
    Write(usize),
    /// By a process that looked for the primary a moment ago.
    StaleWrite(usize),
    Step,
    Crash,
    Wait(u64),
    Rotate,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        3 => (0usize..2).prop_map(Act::Write),
        2 => (0usize..2).prop_map(Act::StaleWrite),
        6 => Just(Act::Step),
        2 => Just(Act::Crash),
        3 => (1u64..4_000).prop_map(Act::Wait),
        1 => Just(Act::Rotate),
    ];
    prop::collection::vec(act, 0..120)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn everything_is_readable_at_every_moment_and_old_keys_go_last(acts in acts(), records in 0usize..20) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let mut world = World::new(records).await;
            // What a process that looks every SETTLE / 2 knows at worst.
            let mut seen: Vec<(Timestamp, Chain)> = vec![(at(0), world.chain.clone())];
            for act in acts {
                match act {
                    Act::Write(collection) => {
                        let chain = world.chain.clone();
                        world.write(collection, &chain);
                    }
                    Act::StaleWrite(collection) => {
                        let oldest = world.now.minus(SETTLE / 2);
                        let stale = seen.iter().rev().find(|(since, _)| *since <= oldest).unwrap_or(&seen[0]);
                        let chain = stale.1.clone();
                        world.write(collection, &chain);
                    }
                    Act::Step => { world.step(false); }
                    Act::Crash => { world.step(true); }
                    Act::Wait(ms) => world.now = world.now.plus(Duration::from_millis(ms)),
                    Act::Rotate => {
                        if world.rotate().await.is_ok() {
                            seen.push((world.now, world.chain.clone()));
                        }
                    }
                }
                // Whoever drives holds the keys the record has, and no others.
                world.chain = aegis_vault::open(&world.record, &world.kek, Some(&world.chain)).await.unwrap();
                world.assert_all_readable().await;
            }
            let older: Vec<DataKeyId> = world.record.older.iter().map(|key| key.id.clone()).collect();
            let mut steps = 0;
            loop {
                match world.step(false) {
                    Step::Nothing => break,
                    Step::WaitUntil(then) => world.now = then,
                    Step::Page { .. } => {}
                }
                world.assert_all_readable().await;
                steps += 1;
                assert!(steps < 1_000, "it does not end: {:?}", world.record.rotation);
            }
            assert!(world.record.older.is_empty(), "nothing is left to open old values");
            assert_eq!(world.left_under(&older), 0);
        });
    }
}

#[tokio::test]
async fn a_second_rotation_waits_for_the_first() {
    let mut world = World::new(4).await;
    world.rotate().await.unwrap();
    assert_eq!(world.rotate().await, Err(RotationError::UnderWay));
}

#[tokio::test]
async fn a_record_that_does_not_open_keeps_the_old_keys() {
    let mut world = World::new(7).await;
    let foreign = world.chain.seal(b"moved by hand", &place("elsewhere"), at(0), &mut rng(3)).unwrap();
    world.records[1].insert("9999".into(), foreign);
    let old = world.record.primary.id.clone();
    world.rotate().await.unwrap();
    loop {
        match world.step(false) {
            Step::Nothing => break,
            Step::WaitUntil(then) => world.now = then,
            Step::Page { .. } => {}
        }
    }
    let ended = world.record.rotated.clone().unwrap();
    assert_eq!((ended.moved, ended.failed, ended.retired.len()), (7, 1, 0));
    assert_eq!(world.record.older[0].id, old, "kept, and another rotation tries again");
    world.records[1].remove("9999");
    world.rotate().await.unwrap();
    while !matches!(world.step(false), Step::Nothing) {
        world.now = world.now.plus(SETTLE);
    }
    assert_eq!(world.record.rotated.unwrap().retired.len(), 2);
}

#[tokio::test]
async fn a_report_about_another_step_changes_nothing() {
    let mut world = World::new(7).await;
    world.rotate().await.unwrap();
    let first = next_step(&world.record, &COLLECTIONS, world.now);
    world.step(false);
    let before = world.record.clone();
    let late = Page { moved: 99, failed: 0, last: None };
    page_done(&mut world.record, &COLLECTIONS, &first, &late, world.now);
    assert_eq!(world.record, before, "a second driver that came too late");
}
