//! Where the KEK comes from, and what happens when it is another one, a weak one, or gone: exit code 1, one line, and not
//! one byte changed.

use super::{plant, prepared, read_all};
use crate::harness::server::database;
use crate::harness::{Launch, folder};
use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Every file of a folder with its bytes. Not the lock, which says that somebody was there, nor SQLite's shared memory,
/// which holds nothing that is not in the other files.
fn files(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![dir.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_none_or(|e| e != "lock" && e != "db-shm") {
                let bytes = std::fs::read(&path).unwrap();
                found.insert(path, bytes);
            }
        }
    }
    found
}

#[track_caller]
fn assert_same(before: &BTreeMap<PathBuf, Vec<u8>>, dir: &Path) {
    let after = files(dir);
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (path, bytes) in before {
        assert!(after[path] == *bytes, "{} was changed", path.display());
    }
}

fn key() -> String {
    rand::random::<[u8; 32]>().iter().map(|b| format!("{b:02x}")).collect()
}

#[tokio::test]
async fn a_wrong_kek_ends_the_start_and_changes_no_byte() {
    let dir = folder();
    let (launch, _) = prepared(dir.path()).await;
    plant(dir.path(), 20).await;
    refuses_every_other(dir.path(), &launch);
    // With the right one all is there; and again after a crash, which leaves a write-ahead log behind.
    let server = launch.start();
    assert_eq!(read_all(dir.path()).await, 20);
    server.kill9();
    assert!(database(dir.path()).with_extension("db-wal").exists());
    refuses_every_other(dir.path(), &launch);
    let server = launch.start();
    assert_eq!(read_all(dir.path()).await, 20);
    assert!(server.stop().status.success());
}

fn refuses_every_other(dir: &Path, launch: &Launch) {
    let before = files(dir);
    let elsewhere = folder();
    let other = elsewhere.path().join("kek");
    aegis_vault::kek::make_file(&other, &mut rand::rng()).unwrap();
    let other_spec = format!("file:{}", other.display());
    for (launch, what) in [
        (launch.clone().arg("--kek").arg("env:OTHER_KEK").env("OTHER_KEK", &key()), "is another one"),
        (launch.clone().arg("--kek").arg(&other_spec), "is another one"),
        (launch.clone().arg("--kek").arg("env:NO_KEK"), "there is no KEK in env:NO_KEK"),
        (launch.clone().arg("--kek").arg("file:/no/such/kek"), "there is no KEK in file:/no/such/kek"),
    ] {
        let ended = launch.try_start().err().expect("it must not start");
        ended.refused_with(what);
        assert!(ended.stderr.contains("nothing was changed"), "{}", ended.stderr);
        assert_same(&before, dir);
    }
    let data = dir.to_str().unwrap();
    for command in ["check", "rotate"] {
        let ended = launch.run(&["vault", command, "--data", data, "--kek", &other_spec]);
        ended.refused_with("is another one");
        assert_same(&before, dir);
    }
}

#[tokio::test]
async fn a_lost_kek_is_not_replaced_by_a_new_one() {
    let dir = folder();
    let (launch, _) = prepared(dir.path()).await;
    let kek = dir.path().join("secrets/kek");
    let saved = std::fs::read(&kek).unwrap();
    std::fs::remove_file(&kek).unwrap();
    let before = files(dir.path());
    launch.try_start().err().expect("it must not start").refused_with("restore it from a backup");
    assert_same(&before, dir.path());
    std::fs::write(&kek, &saved).unwrap();
    std::fs::set_permissions(&kek, std::fs::Permissions::from_mode(0o640)).unwrap();
    launch.try_start().err().expect("others can read it").refused_with("chmod 600");
    std::fs::set_permissions(&kek, std::fs::Permissions::from_mode(0o600)).unwrap();
    assert!(launch.start().stop().status.success());
}

#[test]
fn weak_and_sample_keys_are_refused_and_not_repeated() {
    for weak in ["changeme", &"0".repeat(64), "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4="] {
        let dir = folder();
        let launch = Launch::on(dir.path()).arg("--kek").arg("env:A_KEK").env("A_KEK", weak);
        let ended = launch.try_start().err().expect("it must not start");
        ended.refused_with("openssl rand -base64 32");
        assert!(!ended.stderr.contains(weak), "{}", ended.stderr);
    }
    let ended = Launch::on(folder().path()).run(&["serve", "--kek", "env:not/a+name="]);
    assert_eq!(ended.status.code(), Some(2), "wrong usage");
}

#[tokio::test]
async fn a_kek_of_the_environment_is_named_and_no_file_is_made() {
    let dir = folder();
    let launch = Launch::on(dir.path()).arg("--kek").arg("env:A_KEK").env("A_KEK", &key());
    let server = launch.start();
    let client = server.first_token(&["admin"]).await;
    let vault = super::shown(&client).await;
    assert_eq!((&vault["kek_source"], &vault["self_test"]["ok"]), (&"env:A_KEK".into(), &true.into()));
    let ready = client.get("/api/ready").await.ok();
    assert!(ready["checks"].as_array().unwrap().iter().any(|c| c["name"] == "vault" && c["ok"] == true));
    assert!(!dir.path().join("secrets/kek").exists());
    assert!(server.stop().status.success());
    launch.try_start().unwrap_or_else(|e| panic!("{}", e.stderr)).stop();
}
