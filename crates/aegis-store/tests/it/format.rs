//! Every stored form that was ever written still reads: `test-data/schema-N/` holds a store as schema N left it.
//! A new schema gets a folder of its own; those there are never written again.

use super::{all, at, named, open, record};
use aegis_store::{
    Appended, DocumentsExt, Grain, NewRecord, NewRow, Put, RawDocument, Store, Stream, Tally, TallyKey,
    TallyQuery,
};
use serde_json::json;
use std::path::{Path, PathBuf};
use uuid::Uuid;

fn test_data(schema: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("test-data/schema-{schema}/aegisflow.db"))
}

fn events() -> Vec<NewRecord> {
    let event = |n: u8| NewRecord {
        id: Uuid::from_bytes([n; 16]),
        signature: u64::from(n) << 55,
        body: format!("{{\"n\":{n}}}").repeat(usize::from(n)).into(),
        ..if n.is_multiple_of(2) { named(i64::from(n) - 50, n) } else { record(i64::from(n) - 50) }
    };
    (1..=100).map(event).collect()
}

fn user() -> RawDocument {
    RawDocument {
        id: "u1".into(),
        version: 1,
        body: json!({"id": "u1", "email": "ada@example.com", "n": [1, 2.5, null, "µ"]}),
        unique: vec![("email", "ada@example.com".into())],
        indexed: vec![("role", "admin".into())],
    }
}

fn tally() -> (TallyKey, Tally) {
    let key = TallyKey { grain: Grain::Hour, bucket: at(0), dimension: "model", value: "gpt-4.1".into() };
    (key, Tally { counters: vec![1, -2, i64::MAX], sketches: vec![vec![], vec![(-7, 1), (1_000_000, 9)]] })
}

fn bill(body: &str) -> NewRow {
    NewRow { at: at(3), key: [9; 16], body: body.into() }
}

/// Writes the present form. Run once for each new schema, by hand.
#[tokio::test]
#[ignore = "writes test data: cargo test -p aegis-store write_the_present_form -- --ignored"]
async fn write_the_present_form() {
    let dir = tempfile::tempdir().unwrap();
    let db = open(dir.path());
    let Store { documents, log, tallies, ledger } = db.store();
    log.append(Stream::Events, events()).await.unwrap();
    log.purge(Stream::Events, at(-39), 100).await.unwrap();
    // The purge has moved all keys to their index; these stay on the list.
    log.append(Stream::Events, vec![named(500, 200), named(501, 202)]).await.unwrap();
    log.append_at(Stream::Audit, 1, record(7)).await.unwrap();
    log.append(Stream::VendorAudit, vec![named(8, 3)]).await.unwrap();
    documents.insert_raw("users", user()).await.unwrap();
    documents
        .insert_raw("users", RawDocument { id: "u2".into(), unique: Vec::new(), ..user() })
        .await
        .unwrap();
    documents.delete("users", "u2", None).await.unwrap();
    documents.add_if("users", "u1", "spent", 5, 10).await.unwrap();
    tallies.apply("rollups", 1, 0, 100, vec![tally()]).await.unwrap();
    ledger.put("bills", 1, vec![bill("1.5"), bill("2.5")]).await.unwrap();
    db.shutdown().await.unwrap();
    let conn = rusqlite::Connection::open(db.path()).unwrap();
    let schema: u32 = conn.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    conn.execute_batch("PRAGMA journal_mode = DELETE; VACUUM").unwrap();
    drop(conn);
    assert!(!test_data(schema).exists(), "schema {schema} has its data; a new form needs a new schema");
    std::fs::create_dir_all(test_data(schema).parent().unwrap()).unwrap();
    std::fs::copy(db.path(), test_data(schema)).unwrap();
}

#[tokio::test]
async fn a_store_written_by_any_schema_reads_whole() {
    for schema in 1..=4 {
        reads_whole(schema).await;
    }
}

async fn reads_whole(schema: u32) {
    let dir = tempfile::tempdir().unwrap();
    std::fs::copy(test_data(schema), dir.path().join("aegisflow.db")).unwrap();
    let db = open(dir.path());
    let store = db.store();

    let kept = all(&store).await;
    let want: Vec<_> = events().into_iter().filter(|e| e.at >= at(-39)).rev().collect();
    assert_eq!(kept.len(), want.len() + 2);
    for (kept, want) in kept[2..].iter().zip(&want) {
        assert_eq!((kept.id, kept.at, kept.signature), (want.id, want.at, want.signature));
        assert_eq!(*kept.body, *want.body);
    }
    let repeats = vec![named(1, 20), named(1, 200), named(1, 2)];
    let answers = store.log.append(Stream::Events, repeats).await.unwrap();
    assert_eq!(answers[0], Appended::Duplicate { id: Uuid::from_bytes([20; 16]) });
    assert!(matches!(answers[1], Appended::Duplicate { .. }));
    assert_eq!(answers[2], Appended::Stored { seq: 103 }, "its first record was purged");
    assert_eq!(store.log.read(Stream::Audit, 0, 0, 9).await.unwrap()[0].at, at(7));

    let (version, body) =
        store.documents.find_raw("users", "email", "ada@example.com").await.unwrap().unwrap();
    assert_eq!((version, &body["spent"], &body["n"]), (2, &json!(5), &user().body["n"]));
    let changes = store.documents.changed_since("users", at(0), 9).await.unwrap();
    assert_eq!(
        changes.iter().map(|c| (c.id.as_str(), c.body.is_some())).collect::<Vec<_>>(),
        [("u2", false), ("u1", true)]
    );
    assert!(store.documents.get::<aegis_domain::entities::User>("u2").await.unwrap().is_none());

    // The ledger came with schema 3.
    if schema >= 3 {
        let put = store.ledger.put("bills", 2, vec![bill("2.5"), bill("1.5")]).await.unwrap();
        assert_eq!(put, [Put::Same, Put::Changed]);
    }

    // What vendors' audit logs say came with schema 4.
    let again = store.log.append(Stream::VendorAudit, vec![named(8, 3)]).await.unwrap();
    assert_eq!(matches!(again[0], Appended::Duplicate { .. }), schema >= 4);

    assert_eq!(store.tallies.absorbed("rollups", 1).await, Ok(100));
    let (key, tally) = tally();
    let query = TallyQuery {
        set: "rollups",
        grain: key.grain,
        from: key.bucket,
        to: at(1),
        dimension: key.dimension,
        value: None,
        sketches: usize::MAX,
    };
    assert_eq!(store.tallies.read(query).await.unwrap(), [(key.bucket, key.value, tally)]);
    db.shutdown().await.unwrap();
}
