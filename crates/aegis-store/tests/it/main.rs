//! The SQLite backend against the contract.

#![allow(clippy::unwrap_used)]

use aegis_domain::Timestamp;
use aegis_store::sqlite::{self, SqliteConfig};
use aegis_store::{Appended, Direction, NewRecord, PageQuery, Stream};
use uuid::Uuid;

fn rec(at: i64, ext: Option<u8>) -> NewRecord {
    NewRecord {
        id: Uuid::now_v7(),
        at: Timestamp::from_millis(at),
        signature: 3,
        external: ext.map(|e| [e; 16]),
        body: format!("body {at}").into_bytes(),
    }
}

#[tokio::test]
async fn smoke() {
    let dir = tempfile::tempdir().unwrap();
    let db = sqlite::open(SqliteConfig::new(dir.path())).unwrap();
    let s = db.store();
    let a = s.log.append(Stream::Events, vec![rec(1, Some(1)), rec(2, None), rec(2, Some(1))]).await.unwrap();
    assert!(matches!(a[2], Appended::Duplicate { .. }), "{a:?}");
    let a = s.log.append(Stream::Events, vec![rec(1, Some(1)), rec(5, None)]).await.unwrap();
    assert!(matches!(a[0], Appended::Duplicate { .. }), "{a:?}");
    let p = s
        .log
        .page(PageQuery {
            stream: Stream::Events,
            from: Timestamp::from_millis(0),
            to: Timestamp::from_millis(10),
            masks: vec![],
            direction: Direction::Descending,
            after: None,
            limit: 2,
            budget: 100,
        })
        .await
        .unwrap();
    assert_eq!(p.records.len(), 2);
    assert_eq!(&*p.records[0].body, b"body 5");
    assert!(p.next.is_some());
    assert_eq!(s.log.read(Stream::Events, 1, 1, 10).await.unwrap().len(), 2);
    assert_eq!(s.log.purge(Stream::Events, Timestamp::from_millis(2), 10).await.unwrap(), 1);
    s.log.check().await.unwrap();
    db.shutdown().await.unwrap();
    let db = sqlite::open(SqliteConfig::new(dir.path())).unwrap();
    let s = db.store();
    let a = s.log.append(Stream::Events, vec![rec(1, Some(1))]).await.unwrap();
    assert_eq!(a[0], Appended::Stored { seq: 4 });
}
