//! Two processes on one file: the server, and a command that changes a document or adds an audit record.
//! Two stores in one process stand for them: SQLite keeps connections apart, not processes.

use super::{all, at, named, open, record};
use aegis_store::{Appended, RawDocument, StoreError, Stream};
use serde_json::json;

#[tokio::test]
async fn each_sees_what_the_other_wrote() {
    let dir = tempfile::tempdir().unwrap();
    let (server, command) = (open(dir.path()).store(), open(dir.path()).store());
    let user = RawDocument {
        id: "1".into(),
        version: 1,
        body: json!({"role": "viewer"}),
        unique: Vec::new(),
        indexed: Vec::new(),
    };
    server.documents.insert_raw("users", user.clone()).await.unwrap();
    let promoted = RawDocument { body: json!({"role": "admin"}), ..user.clone() };
    command.documents.update_raw("users", promoted).await.unwrap();
    let (version, body) = server.documents.get_raw("users", "1").await.unwrap().unwrap();
    assert_eq!((version, &body["role"]), (2, &json!("admin")));
    let stale = server.documents.update_raw("users", user).await;
    assert!(matches!(stale, Err(StoreError::Conflict { .. })), "{stale:?}");
    let changes = server.documents.changed_since("users", at(0), 10).await.unwrap();
    assert_eq!(changes[0].body, Some(json!({"role": "admin"})));
}

#[tokio::test]
async fn a_chain_has_one_end_for_both() {
    let dir = tempfile::tempdir().unwrap();
    let (server, command) = (open(dir.path()).store(), open(dir.path()).store());
    server.log.append_at(Stream::Audit, 1, record(1)).await.unwrap();
    command.log.append_at(Stream::Audit, 2, record(2)).await.unwrap();
    let taken = server.log.append_at(Stream::Audit, 2, record(3)).await;
    assert!(matches!(taken, Err(StoreError::Conflict { .. })), "{taken:?}");
    assert_eq!(server.log.partitions(Stream::Audit).await.unwrap(), [(0, 2)]);
    server.log.append_at(Stream::Audit, 3, record(3)).await.unwrap();
}

#[tokio::test]
async fn keys_are_known_and_forgotten_by_both() {
    let dir = tempfile::tempdir().unwrap();
    let (one, two) = (open(dir.path()).store(), open(dir.path()).store());
    one.log.append(Stream::Events, vec![named(1, 1), named(2, 2)]).await.unwrap();
    let answers = two.log.append(Stream::Events, vec![named(9, 1), named(3, 3)]).await.unwrap();
    assert!(matches!(answers[..], [Appended::Duplicate { .. }, Appended::Stored { seq: 3 }]), "{answers:?}");
    let answers = one.log.append(Stream::Events, vec![named(9, 3)]).await.unwrap();
    assert!(matches!(answers[0], Appended::Duplicate { .. }), "{answers:?}");
    assert_eq!(two.log.purge(Stream::Events, at(2), 10).await.unwrap(), 1);
    let answers = one.log.append(Stream::Events, vec![named(4, 1), named(9, 2)]).await.unwrap();
    assert!(matches!(answers[..], [Appended::Stored { seq: 4 }, Appended::Duplicate { .. }]), "{answers:?}");
    assert_eq!(all(&two).await.len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_may_write_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let stores = [open(dir.path()).store(), open(dir.path()).store()];
    let tasks: Vec<_> = (0..8)
        .map(|n| {
            let log = stores[n % 2].log.clone();
            tokio::spawn(async move {
                for i in 0..20 {
                    log.append(Stream::Events, vec![record(i)]).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let mut seqs: Vec<_> = all(&stores[0]).await.iter().map(|r| r.seq).collect();
    seqs.sort_unstable();
    assert_eq!(seqs, (1..=160).collect::<Vec<_>>());
}
