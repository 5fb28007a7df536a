//! Who may read the files: their owner alone.

use crate::harness::{Launch, events, folder};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn keys_and_data_are_for_their_owner_alone() {
    let outer = folder();
    let dir = outer.path().join("data");
    let server = Launch::on(&dir).start();
    let client = server.first_token(&["ingest"]).await;
    client.ingest(&events::event("a")).await.ok();
    assert_eq!(mode(&dir), 0o700, "the folder");
    assert_eq!(mode(&dir.join("secrets")), 0o700, "the keys' folder");
    let mut keys = 0;
    for entry in std::fs::read_dir(dir.join("secrets")).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
        keys += 1;
    }
    assert!(keys >= 2, "the keys are there");
    for name in ["aegisflow.db", "aegisflow.db-wal", "aegisflow.db-shm"] {
        assert_eq!(mode(&dir.join(name)), 0o600, "{name}");
    }
}

#[tokio::test]
async fn keys_that_others_can_read_are_closed_again_at_start() {
    let dir = folder();
    let launch = Launch::on(dir.path());
    assert!(launch.start().stop().status.success());
    let secrets = dir.path().join("secrets");
    let key = secrets.join("session.key");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    std::fs::set_permissions(&secrets, std::fs::Permissions::from_mode(0o755)).unwrap();
    assert!(launch.start().stop().status.success());
    assert_eq!((mode(&key), mode(&secrets)), (0o600, 0o700));

    std::fs::write(&key, b"short").unwrap();
    let Err(ended) = launch.try_start() else { panic!("it must not make up a key") };
    ended.refused_with("restore it from a backup");
}
