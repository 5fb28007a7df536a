//! Load for the tests that interrupt it: posts until the connection breaks, and keeps account of what was promised.

use crate::harness::{Client, Random, events};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::time::Duration;

/// Events in one request of a connection that sends batches.
pub const BATCH: usize = 40;

/// What one connection sent, and what it was told.
#[derive(Default)]
pub struct Sent {
    /// Caller's id → our id, as acknowledged.
    pub acknowledged: HashMap<String, String>,
    /// Sent without an answer: may be stored or not, but not twice.
    pub unanswered: HashSet<String>,
}

impl Sent {
    /// Adds what another connection was told.
    pub fn take_up(&mut self, other: Sent) {
        for (external, id) in other.acknowledged {
            self.unanswered.remove(&external);
            let before = self.acknowledged.insert(external.clone(), id.clone());
            assert!(before.is_none_or(|b| b == id), "{external} was acknowledged under two ids");
        }
        self.unanswered.extend(other.unanswered);
    }

    /// Notes the answer to a request that was accepted whole.
    pub fn note(&mut self, ids: &[String], answer: &Value) {
        let items = answer["items"].as_array().unwrap();
        assert_eq!(items.len(), ids.len(), "an answer for each item");
        for (external, item) in ids.iter().zip(items) {
            assert!(item["status"] == "stored" || item["status"] == "duplicate", "{item}");
            self.acknowledged.insert(external.clone(), item["id"].as_str().unwrap().into());
        }
    }
}

/// Posts until the server dies. `again` are ids whose fate is not known: they are sent again first.
pub async fn load(client: Client, name: String, size: usize, again: Vec<String>, mut chance: Random) -> Sent {
    let mut sent = Sent::default();
    let mut again = again.into_iter().peekable();
    for round in 0.. {
        let ids: Vec<String> = match again.peek() {
            Some(_) => again.by_ref().take(size).collect(),
            None => (0..size).map(|n| format!("{name}-{round}-{n}")).collect(),
        };
        let batch: Vec<Value> = ids.iter().map(|id| events::varied(id, &mut chance)).collect();
        let body = if size == 1 { batch[0].clone() } else { json!(batch) };
        match client.try_ingest(&body).await {
            Ok(answer) if answer.status == 200 => sent.note(&ids, &answer.json()),
            Ok(answer) => {
                answer.refused(429, "busy");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Err(_) => {
                sent.unanswered.extend(ids);
                return sent;
            }
        }
    }
    sent
}

/// Demands that every promise is kept, once, and that nothing is there which was never sent.
pub fn assert_each_once(all: &Sent, stored: &[Value]) {
    let mut found: HashMap<&str, &str> = HashMap::new();
    for event in stored {
        let external = event["external_id"].as_str().unwrap();
        let before = found.insert(external, event["id"].as_str().unwrap());
        assert_eq!(before, None, "{external} is stored twice");
    }
    let lost: Vec<&String> = all
        .acknowledged
        .iter()
        .filter(|(e, id)| found.get(e.as_str()) != Some(&id.as_str()))
        .map(|(e, _)| e)
        .collect();
    assert!(lost.is_empty(), "{} acknowledged events are lost, such as {:?}", lost.len(), lost.first());
    for external in found.keys() {
        let known = all.acknowledged.contains_key(*external) || all.unanswered.contains(*external);
        assert!(known, "{external} was never sent");
    }
}
