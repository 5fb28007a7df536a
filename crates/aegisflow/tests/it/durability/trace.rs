//! Reads what `strace -f -y` wrote: system calls of all threads in the order the kernel was seen to begin and end them.

use std::collections::HashMap;
use std::path::Path;

/// A system call, with the lines at which it began and ended: those order calls of different threads.
#[derive(Debug)]
pub struct Call {
    pub name: String,
    /// Arguments and result, as printed.
    pub text: String,
    pub begin: usize,
    pub end: usize,
}

impl Call {
    /// True when its file descriptor leads to something whose name ends so.
    pub fn on(&self, ending: &str) -> bool {
        let target = self.text.split('<').nth(1).and_then(|rest| rest.split('>').next());
        target.is_some_and(|target| target.ends_with(ending))
    }

    /// True for a sync that succeeded.
    pub fn is_sync(&self) -> bool {
        (self.name == "fsync" || self.name == "fdatasync") && self.text.ends_with("= 0")
    }
}

/// The calls of a trace, in the order in which they ended.
pub fn read(path: &Path) -> Vec<Call> {
    let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
    let mut open: HashMap<&str, Call> = HashMap::new();
    let mut calls = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let rest = rest.trim_start();
        if let Some(resumed) = rest.strip_prefix("<... ") {
            let Some(mut call) = open.remove(thread) else { continue };
            call.text.push_str(resumed.split_once("resumed>").map_or("", |r| r.1));
            call.end = number;
            calls.push(call);
        } else if let Some((name, arguments)) = rest.split_once('(') {
            let mut call = Call { name: name.into(), text: arguments.into(), begin: number, end: number };
            match arguments.strip_suffix(" <unfinished ...>") {
                Some(begun) => {
                    call.text = begun.into();
                    open.insert(thread, call);
                }
                None => calls.push(call),
            }
        }
    }
    calls
}
