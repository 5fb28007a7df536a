//! Documents: keys, versions, bounded sums, the history of changes.

use super::Backend;
use crate::{Documents, DocumentsExt, ListQuery, RawDocument, StoreError};
use aegis_domain::Timestamp;
use aegis_domain::entities::Entity;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::Arc;

const THINGS: &str = "things";

/// A document under id `id`, unique name `name`, listed under `kind`.
fn thing(id: &str, name: &str, kind: &str) -> RawDocument {
    RawDocument {
        id: id.into(),
        version: 1,
        body: json!({ "id": id, "name": name, "kind": kind, "a.b": {"$c": [1, null, "µ"]} }),
        unique: vec![("name", name.into())],
        indexed: vec![("kind", kind.into())],
    }
}

async fn ids(documents: &dyn Documents, query: ListQuery) -> Vec<String> {
    let found = documents.list_raw(THINGS, query).await.unwrap();
    found.iter().map(|(_, body)| body["id"].as_str().unwrap().to_owned()).collect()
}

fn is_conflict<T>(answer: &Result<T, StoreError>) -> bool {
    matches!(answer, Err(StoreError::Conflict { entity, .. }) if *entity == THINGS)
}

pub async fn a_document_is_found_by_id_and_key(backend: &dyn Backend) {
    let place = backend.place().await;
    let documents = place.open().await.documents;
    let ada = thing("1", "ada", "x");
    documents.insert_raw(THINGS, ada.clone()).await.unwrap();
    let found = Some((1, ada.body));
    assert_eq!(documents.get_raw(THINGS, "1").await.unwrap(), found);
    assert_eq!(documents.find_raw(THINGS, "name", "ada").await.unwrap(), found);
    assert_eq!(documents.get_raw(THINGS, "2").await.unwrap(), None);
    let asked = ["2", "1", "1"].map(str::to_owned).to_vec();
    assert_eq!(documents.get_many_raw(THINGS, asked).await.unwrap(), [None, found.clone(), found.clone()]);
    assert!(documents.get_many_raw(THINGS, Vec::new()).await.unwrap().is_empty());
    assert_eq!(
        documents.find_raw(THINGS, "name", "Ada").await.unwrap(),
        None,
        "keys are compared as they are"
    );
    assert_eq!(documents.find_raw(THINGS, "kind", "x").await.unwrap(), None, "an index is no key");
    assert_eq!(documents.get_raw("others", "1").await.unwrap(), None, "collections are apart");
}

pub async fn a_taken_id_or_key_is_named(backend: &dyn Backend) {
    let place = backend.place().await;
    let documents = place.open().await.documents;
    documents.insert_raw(THINGS, thing("1", "ada", "x")).await.unwrap();
    for (document, taken) in [(thing("1", "bob", "x"), "id"), (thing("2", "ada", "x"), "name")] {
        let refused = documents.insert_raw(THINGS, document).await;
        assert_eq!(refused, Err(StoreError::Duplicate { entity: THINGS, key: taken.into() }));
    }
    documents.insert_raw(THINGS, thing("2", "bob", "x")).await.unwrap();
    let refused = documents.update_raw(THINGS, thing("2", "ada", "x")).await;
    assert_eq!(refused, Err(StoreError::Duplicate { entity: THINGS, key: "name".into() }));
    assert_eq!(documents.get_raw(THINGS, "2").await.unwrap().unwrap().1["name"], "bob", "left as it was");
    documents.insert_raw("others", thing("1", "ada", "x")).await.unwrap();
}

pub async fn one_of_many_inserts_of_a_key_wins(backend: &dyn Backend) {
    let place = backend.place().await;
    let documents = place.open().await.documents;
    let tasks: Vec<_> = (0..20)
        .map(|n| {
            let documents = Arc::clone(&documents);
            tokio::spawn(async move { documents.insert_raw(THINGS, thing(&n.to_string(), "ada", "x")).await })
        })
        .collect();
    let mut won = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(()) => won += 1,
            Err(StoreError::Duplicate { key, .. }) => assert_eq!(key, "name"),
            Err(e) => panic!("{e}"),
        }
    }
    assert_eq!(won, 1);
    assert_eq!(ids(&*documents, ListQuery { limit: 50, ..ListQuery::default() }).await.len(), 1);
}

pub async fn a_key_given_up_is_free_again(backend: &dyn Backend) {
    let place = backend.place().await;
    let documents = place.open().await.documents;
    documents.insert_raw(THINGS, thing("1", "ada", "x")).await.unwrap();
    documents.update_raw(THINGS, thing("1", "bob", "x")).await.unwrap();
    documents.insert_raw(THINGS, thing("2", "ada", "x")).await.unwrap();
    assert!(documents.delete(THINGS, "1", None).await.unwrap());
    assert_eq!(documents.find_raw(THINGS, "name", "bob").await.unwrap(), None);
    documents.insert_raw(THINGS, thing("1", "bob", "x")).await.unwrap();
    assert_eq!(documents.get_raw(THINGS, "1").await.unwrap().unwrap().0, 1, "a new one begins at version 1");
}

pub async fn an_update_names_the_version_it_saw(backend: &dyn Backend) {
    let place = backend.place().await;
    let documents = place.open().await.documents;
    documents.insert_raw(THINGS, thing("1", "ada", "x")).await.unwrap();
    documents.update_raw(THINGS, thing("1", "bob", "x")).await.unwrap();
    let (version, body) = documents.get_raw(THINGS, "1").await.unwrap().unwrap();
    assert_eq!((version, body["name"].as_str()), (2, Some("bob")));
    let stale = documents.update_raw(THINGS, thing("1", "eve", "x")).await;
    assert!(is_conflict(&stale), "{stale:?}");
    let missing = documents.update_raw(THINGS, thing("9", "eve", "x")).await;
    assert!(is_conflict(&missing), "{missing:?}");
    assert_eq!(documents.find_raw(THINGS, "name", "eve").await.unwrap(), None);
}

pub async fn one_of_many_updates_of_a_version_wins(backend: &dyn Backend) {
    let place = backend.place().await;
    let documents = place.open().await.documents;
    documents.insert_raw(THINGS, thing("1", "ada", "x")).await.unwrap();
    let tasks: Vec<_> = (0..20)
        .map(|n| {
            let documents = Arc::clone(&documents);
            tokio::spawn(async move { documents.update_raw(THINGS, thing("1", &format!("n{n}"), "x")).await })
        })
        .collect();
    let mut won = 0;
    for task in tasks {
        let answer = task.await.unwrap();
        won += usize::from(answer.is_ok());
        assert!(answer.is_ok() || is_conflict(&answer), "{answer:?}");
    }
    assert_eq!((won, documents.get_raw(THINGS, "1").await.unwrap().unwrap().0), (1, 2));
}

pub async fn a_delete_can_name_a_version(backend: &dyn Backend) {
    let place = backend.place().await;
    let documents = place.open().await.documents;
    documents.insert_raw(THINGS, thing("1", "ada", "x")).await.unwrap();
    documents.update_raw(THINGS, thing("1", "ada", "y")).await.unwrap();
    let stale = documents.delete(THINGS, "1", Some(1)).await;
    assert!(is_conflict(&stale), "{stale:?}");
    assert_eq!(documents.delete(THINGS, "1", Some(2)).await, Ok(true));
    assert_eq!(documents.delete(THINGS, "1", Some(2)).await, Ok(false), "there is none any more");
    assert_eq!(documents.get_raw(THINGS, "1").await.unwrap(), None);
    assert!(ids(&*documents, ListQuery { limit: 5, ..ListQuery::default() }).await.is_empty());
}

pub async fn lists_go_by_id_and_by_index(backend: &dyn Backend) {
    let place = backend.place().await;
    let documents = place.open().await.documents;
    for (n, id) in ["d", "a", "e", "c", "b"].iter().enumerate() {
        let kind = if n < 3 { "odd" } else { "even" };
        documents.insert_raw(THINGS, thing(id, id, kind)).await.unwrap();
    }
    let list = |kind: Option<&str>, after: Option<&str>, limit| ListQuery {
        index: kind.map(|k| ("kind", k.to_owned())),
        after: after.map(str::to_owned),
        limit,
    };
    assert_eq!(ids(&*documents, list(None, None, 3)).await, ["a", "b", "c"]);
    assert_eq!(ids(&*documents, list(None, Some("c"), 3)).await, ["d", "e"]);
    assert_eq!(ids(&*documents, list(Some("odd"), None, 2)).await, ["a", "d"]);
    assert_eq!(ids(&*documents, list(Some("odd"), Some("d"), 2)).await, ["e"]);
    documents.update_raw(THINGS, thing("a", "a", "even")).await.unwrap();
    assert_eq!(ids(&*documents, list(Some("odd"), None, 9)).await, ["d", "e"]);
    assert_eq!(ids(&*documents, list(Some("even"), None, 9)).await, ["a", "b", "c"]);
    assert!(ids(&*documents, list(Some("none"), None, 9)).await.is_empty());
}

pub async fn add_if_never_exceeds_its_bound(backend: &dyn Backend) {
    let place = backend.place().await;
    let documents = place.open().await.documents;
    documents.insert_raw(THINGS, thing("1", "ada", "x")).await.unwrap();
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let documents = Arc::clone(&documents);
            tokio::spawn(async move { documents.add_if(THINGS, "1", "spent", 3, 100).await.unwrap() })
        })
        .collect();
    let mut sums = Vec::new();
    for task in tasks {
        sums.extend(task.await.unwrap());
    }
    sums.sort_unstable();
    assert_eq!(sums, (1..=33).map(|n| n * 3).collect::<Vec<_>>(), "each sum once, none above 100");
    let spent = documents.get_raw(THINGS, "1").await.unwrap().unwrap().1["spent"].clone();
    assert_eq!(spent, 99);
    assert_eq!(documents.add_if(THINGS, "1", "spent", -50, 100).await, Ok(Some(49)), "and back");
    assert_eq!(
        documents.add_if(THINGS, "1", "spent", 51, 100).await,
        Ok(Some(100)),
        "up to the bound itself"
    );
    assert_eq!(documents.add_if(THINGS, "1", "spent", i64::MAX, i64::MAX).await, Ok(None), "no overflow");
    let missing = documents.add_if(THINGS, "9", "spent", 1, 100).await;
    assert!(is_conflict(&missing), "{missing:?}");
}

pub async fn add_if_changes_the_version(backend: &dyn Backend) {
    let place = backend.place().await;
    let documents = place.open().await.documents;
    documents.insert_raw(THINGS, thing("1", "ada", "x")).await.unwrap();
    documents.add_if(THINGS, "1", "spent", 1, 1).await.unwrap();
    let stale = documents.update_raw(THINGS, thing("1", "ada", "x")).await;
    assert!(is_conflict(&stale), "an update that did not see the sum would undo it: {stale:?}");
    let (version, body) = documents.get_raw(THINGS, "1").await.unwrap().unwrap();
    assert_eq!((version, &body["spent"], &body["a.b"]), (2, &json!(1), &json!({"$c": [1, null, "µ"]})));
    documents.add_if(THINGS, "1", "spent", 1, 1).await.unwrap();
    assert_eq!(documents.get_raw(THINGS, "1").await.unwrap().unwrap().0, 2, "a refusal changes nothing");
}

pub async fn changes_come_in_order_with_deletions(backend: &dyn Backend) {
    let place = backend.place().await;
    let documents = place.open().await.documents;
    documents.insert_raw(THINGS, thing("1", "ada", "x")).await.unwrap();
    documents.insert_raw(THINGS, thing("2", "bob", "x")).await.unwrap();
    documents.insert_raw(THINGS, thing("3", "eve", "x")).await.unwrap();
    documents.update_raw(THINGS, thing("1", "ann", "x")).await.unwrap();
    documents.delete(THINGS, "2", None).await.unwrap();
    documents.add_if(THINGS, "3", "n", 1, 1).await.unwrap();
    let changes = documents.changed_since(THINGS, Timestamp::from_millis(0), 10).await.unwrap();
    let seen: Vec<_> = changes.iter().map(|c| (c.id.as_str(), c.body.is_some())).collect();
    assert_eq!(seen, [("1", true), ("2", false), ("3", true)], "each document once, at its last change");
    assert_eq!(changes[0].body.as_ref().unwrap()["name"], "ann");
    assert!(changes.windows(2).all(|w| w[0].at < w[1].at), "no two changes at one instant");
    documents.insert_raw(THINGS, thing("2", "bob", "x")).await.unwrap();
    let last = documents.changed_since(THINGS, changes[2].at, 10).await.unwrap();
    assert_eq!(last.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["3", "2"], "the bound is inside");
    assert!(documents.changed_since("others", Timestamp::from_millis(0), 10).await.unwrap().is_empty());
}

pub async fn asking_again_from_the_last_change_misses_nothing(backend: &dyn Backend) {
    let place = backend.place().await;
    let documents = place.open().await.documents;
    let writer = {
        let documents = Arc::clone(&documents);
        tokio::spawn(async move {
            for n in 0..60 {
                let id = n.to_string();
                documents.insert_raw(THINGS, thing(&id, &id, "x")).await.unwrap();
            }
        })
    };
    let (mut since, mut seen) = (Timestamp::from_millis(0), std::collections::BTreeSet::new());
    loop {
        let ended = writer.is_finished();
        let changes = documents.changed_since(THINGS, since, 7).await.unwrap();
        let caught_up = changes.len() < 7;
        for change in changes {
            since = change.at;
            seen.insert(change.id);
        }
        if ended && caught_up {
            break;
        }
    }
    writer.await.unwrap();
    assert_eq!(seen.len(), 60);
}

/// An entity with a counter.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Counted {
    id: String,
    n: u32,
}

impl Entity for Counted {
    const COLLECTION: &'static str = THINGS;

    fn id(&self) -> String {
        self.id.clone()
    }
}

pub async fn modify_survives_races(backend: &dyn Backend) {
    let place = backend.place().await;
    let documents = place.open().await.documents;
    documents.insert(&Counted { id: "1".into(), n: 0 }).await.unwrap();
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let documents = Arc::clone(&documents);
            tokio::spawn(async move {
                for _ in 0..5 {
                    documents.modify::<Counted>("1", &|c| c.n += 1).await.unwrap().unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let found = documents.get::<Counted>("1").await.unwrap().unwrap();
    assert_eq!((found.value.n, found.version), (40, 41));
    assert!(documents.modify::<Counted>("2", &|c| c.n += 1).await.unwrap().is_none());
}

pub async fn documents_survive_reopening(backend: &dyn Backend) {
    let place = backend.place().await;
    let documents = place.open().await.documents;
    documents.insert_raw(THINGS, thing("1", "ada", "x")).await.unwrap();
    documents.insert_raw(THINGS, thing("2", "bob", "x")).await.unwrap();
    documents.delete(THINGS, "2", None).await.unwrap();
    let before = documents.changed_since(THINGS, Timestamp::from_millis(0), 10).await.unwrap();
    drop(documents);
    let documents = place.reopen().await.documents;
    assert_eq!(documents.changed_since(THINGS, Timestamp::from_millis(0), 10).await.unwrap(), before);
    documents.update_raw(THINGS, thing("1", "ada", "y")).await.unwrap();
    let after = documents.changed_since(THINGS, before[1].at, 10).await.unwrap();
    assert_eq!(after.len(), 2, "a change after reopening is later than those before: {after:?}");
}
