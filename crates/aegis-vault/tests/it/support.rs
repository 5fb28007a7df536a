//! Keys, places and records for tests.

use aegis_domain::entities::VaultRecord;
use aegis_domain::{Place, Timestamp};
use aegis_vault::kek::{Kek, LocalKek};
use aegis_vault::{Chain, DataKey};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use std::sync::Arc;

pub fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

pub fn at(ms: i64) -> Timestamp {
    Timestamp::from_millis(ms)
}

pub fn place(id: &str) -> Place {
    Place { collection: "credentials", id: id.into(), field: "api_key".into(), address: "openai ".into() }
}

pub fn kek() -> LocalKek {
    let bytes: [u8; 32] = rand::random();
    let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    LocalKek::parse(&hex.into(), "env:TEST_KEK".into()).unwrap()
}

/// A chain of so many fresh keys.
pub fn chain(keys: usize, seed: u64) -> Chain {
    let mut rng = rng(seed);
    let mut keys = (0..keys).map(|_| Arc::new(DataKey::generate(&mut rng)));
    Chain::new(keys.next().unwrap(), keys.collect::<Vec<_>>())
}

/// A new vault, made at an instant.
pub async fn vault(kek: &dyn Kek, now: Timestamp) -> (VaultRecord, Chain) {
    let seed = rand::Rng::next_u64(&mut rand::rng());
    let record = aegis_vault::NewVault::generate(now, &mut rng(seed)).wrap(kek).await.unwrap();
    let chain = aegis_vault::open(&record, kek, None).await.unwrap();
    (record, chain)
}
