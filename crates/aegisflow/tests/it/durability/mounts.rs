//! File systems of a test's own: a small one that can be full, and a folder mounted read-only.
//! They live in a mount namespace, held by a process that sleeps, and vanish with it.

use crate::harness::skip;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A mount namespace.
pub struct Mounts {
    holder: Child,
    enter: Vec<String>,
}

impl Mounts {
    /// Runs `script` (`sh`; `$1` is `dir`) in a namespace of its own and keeps that. None where that is not allowed.
    pub fn make(script: &str, dir: &Path) -> Option<Mounts> {
        let unshare = unshare()?;
        let ready = dir.with_extension("mounted");
        let script = format!("set -e; {script}; : > \"$2\"; exec sleep 600");
        let mut command = Command::new(&unshare[0]);
        command.args(&unshare[1..]).args(["sh", "-c", &script, "sh"]).arg(dir).arg(&ready);
        let mut holder = command.stdin(Stdio::null()).spawn().unwrap();
        let deadline = Instant::now() + Duration::from_secs(10);
        while !ready.exists() {
            if holder.try_wait().unwrap().is_some() {
                return None;
            }
            assert!(Instant::now() < deadline, "mounting takes too long");
            std::thread::sleep(Duration::from_millis(10));
        }
        let mut enter = vec!["nsenter".into(), format!("--mount=/proc/{}/ns/mnt", holder.id())];
        if unshare.iter().any(|w| w == "-r") {
            enter.insert(1, format!("--user=/proc/{}/ns/user", holder.id()));
            enter.push("--preserve-credentials".into());
        }
        Some(Mounts { holder, enter })
    }

    /// The words before a command that make it run inside.
    pub fn enter(&self) -> &[String] {
        &self.enter
    }

    /// A path inside, as seen from outside.
    pub fn path(&self, inside: &Path) -> PathBuf {
        Path::new(&format!("/proc/{}/root", self.holder.id())).join(inside.strip_prefix("/").unwrap())
    }
}

impl Drop for Mounts {
    fn drop(&mut self) {
        let _ = self.holder.kill();
        let _ = self.holder.wait();
    }
}

/// How a namespace is made here: as root, or as a user who may be root in a namespace of users.
fn unshare() -> Option<Vec<String>> {
    if !skip::has_program("unshare") || !skip::has_program("nsenter") {
        return None;
    }
    let ways: [&[&str]; 2] = [&["unshare", "-m"], &["unshare", "-r", "-m"]];
    let works = |way: &&&[&str]| {
        let probe = ["sh", "-c", "mount -t tmpfs none /mnt"];
        let mut command = Command::new(way[0]);
        command.args(&way[1..]).args(probe).stderr(Stdio::null());
        command.status().is_ok_and(|s| s.success())
    };
    ways.iter().find(works).map(|way| way.iter().map(|w| w.to_string()).collect())
}
