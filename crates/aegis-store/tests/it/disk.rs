//! A full disk and a read-only folder, made with mounts in a namespace: root ignores mode bits.
//! Each test runs this program again inside the namespace, where an ignored test does the work.

use super::{all, open, record, skip};
use aegis_store::sqlite::{self, SqliteConfig};
use aegis_store::{StoreError, Stream};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::Command;

const DIR: &str = "AEGIS_TEST_MOUNT";

/// Runs `script` with a mount namespace of its own, or says why not. `$INSIDE name` runs an ignored test there.
fn in_namespace(script: &str) {
    let unshare = |flags: &[&str]| {
        let mut command = Command::new("unshare");
        command.args(flags).arg("--mount");
        command
    };
    let works = |flags: &&&[&str]| {
        let probe = "mount -t tmpfs -o size=1m tmpfs /mnt";
        unshare(flags).args(["sh", "-c", probe]).output().is_ok_and(|out| out.status.success())
    };
    let candidates: [&[&str]; 2] = [&[], &["--map-root-user"]];
    let Some(flags) = candidates.iter().find(works) else {
        return skip("full and read-only disks", "mounts in a namespace are not allowed here");
    };
    let dir = tempfile::tempdir().unwrap();
    let inside = format!("{} --ignored --nocapture --exact", std::env::current_exe().unwrap().display());
    let out = unshare(flags)
        .args(["sh", "-ec", script])
        .env(DIR, dir.path())
        .env("INSIDE", inside)
        .output()
        .unwrap();
    let text = [out.stdout, out.stderr].concat();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&text));
}

fn mount() -> PathBuf {
    std::env::var_os(DIR).expect("run by the tests above, in a namespace").into()
}

#[test]
fn a_full_disk_is_said_and_nothing_acknowledged_is_lost() {
    in_namespace(&format!("mount -t tmpfs -o size=12m tmpfs \"${DIR}\"; $INSIDE disk::inside_a_full_disk"));
}

#[test]
fn a_read_only_folder_is_said() {
    in_namespace(&format!(
        "mount -t tmpfs -o size=12m tmpfs \"${DIR}\"
         mount -o remount,ro \"${DIR}\"; $INSIDE disk::inside_a_read_only_folder
         mount -o remount,rw \"${DIR}\"; $INSIDE disk::inside_a_writable_folder
         mount -o remount,ro \"${DIR}\"; $INSIDE disk::inside_a_read_only_folder"
    ));
}

#[tokio::test]
#[ignore = "run in a namespace by the test above"]
async fn inside_a_full_disk() {
    let dir = mount();
    let ballast = dir.join("ballast");
    std::fs::write(&ballast, vec![1u8; 6 << 20]).unwrap();
    let db = open(&dir);
    let store = db.store();
    let mut acknowledged = HashSet::new();
    let mut append = async |n: i64| {
        // Hardly compressible, so that the disk fills.
        let noise = (0..40_000u64).map(|i| (i * (n as u64 + 7)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56);
        let mut record = record(n);
        record.body = noise.map(|b| b as u8).collect();
        let id = record.id;
        store.log.append(Stream::Events, vec![record]).await?;
        acknowledged.insert(id);
        Ok(())
    };
    // Moving the write-ahead log into the file may make a little room again, until there is none at all.
    let (mut n, mut refused) = (0, Vec::new());
    while refused.len() < 10 {
        n += 1;
        assert!(n < 10_000, "the disk never filled");
        match append(n).await {
            Ok(()) => refused.clear(),
            Err(e) => refused.push(e),
        }
        if !refused.is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }
    let said = |e: &StoreError| matches!(e, StoreError::Unavailable(why) if why.contains("free some space"));
    assert!(refused.iter().all(said), "{refused:?}");
    let check = store.log.check().await.unwrap_err();
    assert!(said(&check), "readiness knows: {check}");
    std::fs::remove_file(&ballast).unwrap();
    for n in 0..5 {
        append(100_000 + n).await.unwrap();
    }
    store.log.check().await.unwrap();
    let kept: HashSet<_> = all(&store).await.iter().map(|r| r.id).collect();
    assert_eq!(kept, acknowledged, "exactly what was acknowledged is there");
    db.shutdown().await.unwrap();
    sound(db.path());
    let kept: HashSet<_> = all(&open(&dir).store()).await.iter().map(|r| r.id).collect();
    assert_eq!(kept, acknowledged, "after opening again too");
}

fn sound(path: &Path) {
    let conn = rusqlite::Connection::open(path).unwrap();
    let verdict: String = conn.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(verdict, "ok");
}

#[test]
#[ignore = "run in a namespace by the test above"]
fn inside_a_read_only_folder() {
    let Err(refused) = sqlite::open(SqliteConfig::new(mount())) else { panic!("it opened") };
    let why = refused.to_string();
    assert!(why.contains("aegisflow.db") && why.contains("writable"), "{why}");
    let why = sqlite::lock(&mount()).unwrap_err().to_string();
    assert!(why.contains("writable"), "{why}");
}

#[tokio::test]
#[ignore = "run in a namespace by the test above"]
async fn inside_a_writable_folder() {
    let db = open(&mount());
    drop(sqlite::lock(&mount()).unwrap());
    db.store().log.append(Stream::Events, vec![record(1)]).await.unwrap();
    db.shutdown().await.unwrap();
}
