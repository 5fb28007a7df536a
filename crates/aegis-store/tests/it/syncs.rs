//! Acknowledged means synced: `kill -9` cannot show it, because the page cache survives, so system calls are watched.

use super::{open, record, skip};
use aegis_store::Stream;
use std::process::Command;

const APPENDS: usize = 12;
const TOGETHER: i64 = 200;

/// Runs an ignored test under strace; returns the trace, or none where that cannot be.
fn traced(test: &str) -> Option<String> {
    let dir = tempfile::tempdir().unwrap();
    let trace = dir.path().join("trace");
    let probe = Command::new("strace").args(["-f", "-o", "/dev/null", "true"]).output();
    if !probe.is_ok_and(|out| out.status.success()) {
        skip("sync counting", "strace is not here or not allowed; install the package strace");
        return None;
    }
    let out = Command::new("strace")
        .args(["-f", "-y", "-qq", "-e", "trace=fsync,fdatasync,write", "-o"])
        .arg(&trace)
        .arg(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "--nocapture", test])
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&[out.stdout, out.stderr].concat()));
    Some(std::fs::read_to_string(trace).unwrap())
}

/// A sync of the write-ahead log that has come back well, be it told in one line or two.
fn syncs(trace: &str) -> impl Iterator<Item = &str> {
    trace.lines().filter(|l| l.contains("sync(") && l.contains("-wal>") || l.contains("sync resumed"))
}

#[test]
fn each_answer_comes_after_a_sync_of_its_own() {
    let Some(trace) = traced("syncs::inside_one_after_another") else { return };
    let answers: Vec<&str> = trace.split("answered").collect();
    assert_eq!(answers.len(), APPENDS + 1);
    for (n, before) in answers[..APPENDS].iter().enumerate() {
        assert!(syncs(before).any(|l| l.ends_with("= 0")), "answer {n} came without a sync:\n{before}");
    }
}

#[test]
fn many_writers_share_a_sync() {
    let Some(trace) = traced("syncs::inside_together") else { return };
    let during = trace.split("begin").nth(1).and_then(|rest| rest.split("end").next()).unwrap();
    let count = syncs(during).filter(|l| l.ends_with("= 0")).count();
    assert!(0 < count && count < TOGETHER as usize / 4, "{count} syncs for {TOGETHER} appends");
}

#[tokio::test]
#[ignore = "run under strace by the test above"]
async fn inside_one_after_another() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path()).store().log;
    for n in 0..APPENDS {
        log.append(Stream::Events, vec![record(n as i64)]).await.unwrap();
        say("answered");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "run under strace by the test above"]
async fn inside_together() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path()).store().log;
    say("begin");
    let append = |n| {
        let log = log.clone();
        tokio::spawn(async move { log.append(Stream::Events, vec![record(n)]).await.unwrap() })
    };
    for task in (0..TOGETHER).map(append).collect::<Vec<_>>() {
        task.await.unwrap();
    }
    say("end");
}

/// Writes a word where the trace shows it, in one call.
fn say(word: &str) {
    use std::io::Write;
    std::io::stderr().write_all(word.as_bytes()).unwrap();
}
