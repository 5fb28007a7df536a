//! ChatGPT Enterprise and Edu: log files of the Compliance Platform, each a file of JSON lines.
//! The form of a line is known to customers only, so a line is read by what is found in it: who, when, which side
//! spoke, what was said. Where nothing says what is text, all of it is.

use super::{At, KEY, onward};
use crate::admin::read::{Time, clip, json, lines, segment};
use crate::admin::{Conversation, Credential, Cursor, Page, Request, Row, Unreadable};
use crate::wire::{Fields, flatten};
use aegis_domain::{Direction, Interaction, LIMITS, Labels, Part, Source, Status, Timestamp};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The one kind of log with what people wrote.
const MESSAGES: &str = "CONVERSATION_MESSAGE_LOG";

fn path(credential: &Credential) -> String {
    format!("/workspaces/{}/logs", segment(credential.get("workspace_id")))
}

/// The files that ended after an instant.
pub fn logs(credential: &Credential, after: &str, before: Option<&str>, limit: u32) -> Request {
    let request = Request::get("compliance", path(credential), KEY)
        .with("event_type", MESSAGES)
        .with("limit", limit)
        .with("after", after);
    before.iter().fold(request, |r, before| r.with("before", before))
}

/// One file. The answer redirects to a short-lived address.
pub fn log(credential: &Credential, id: &str) -> Request {
    Request::get("compliance", format!("{}/{}", path(credential), segment(id)), KEY)
}

#[derive(Deserialize)]
struct Logs {
    data: Vec<Log>,
    #[serde(default)]
    has_more: bool,
    last_end_time: Option<String>,
}

#[derive(Deserialize)]
struct Log {
    id: String,
}

/// A list of files leads to each of them, and to the files after the last.
pub fn read_logs(body: &[u8], after: &str, before: String) -> Result<Page, Unreadable> {
    let logs: Logs = json(body)?;
    let next = onward(Some(logs.has_more), logs.last_end_time, Some(after))?;
    let files = logs.data.into_iter().map(|l| At::Log { id: l.id });
    let next = next.map(|after| At::Logs { after, before });
    Ok(Page::of(Vec::new(), files.chain(next).map(|at| Cursor::new(&at))))
}

/// The messages of a file. A line without a time is left out and noted.
pub fn read_log(body: &[u8]) -> Result<Page, Unreadable> {
    let mut page = Page::default();
    let mut timeless = 0;
    for line in lines::<Value>(body) {
        match message(&line?) {
            Some(interaction) => page.rows.push(Row::Content(Box::new(Conversation { interaction }))),
            None => timeless += 1,
        }
    }
    if timeless > 0 {
        page.notes.push(format!("{timeless} lines of a log say no time and were left out"));
    }
    Ok(page)
}

/// The first of some places in a line that holds text.
fn text<'a>(line: &'a Value, places: &[&str]) -> Option<&'a str> {
    places.iter().filter_map(|p| line.pointer(p)).find_map(|v| v.as_str()).filter(|t| !t.is_empty())
}

fn time(line: &Value) -> Option<Timestamp> {
    const PLACES: [&str; 8] = [
        "/message/created_at",
        "/message/create_time",
        "/created_at",
        "/create_time",
        "/timestamp",
        "/event_time",
        "/effective_at",
        "/time",
    ];
    PLACES.iter().filter_map(|p| line.pointer(p)).find_map(|v| Time::deserialize(v).ok()).map(|t| t.0)
}

fn message(line: &Value) -> Option<Interaction> {
    let at = time(line)?;
    let id = text(line, &["/message/id", "/message_id", "/id", "/event_id"])
        .map_or_else(|| hash(line), str::to_owned);
    let id = clip(&id, LIMITS.external_id);
    let role =
        text(line, &["/message/author/role", "/message/role", "/author/role", "/role"]).unwrap_or("user");
    let direction = if role == "user" || role == "system" { Direction::Prompt } else { Direction::Response };
    let said =
        ["/message/content", "/content", "/message/text", "/text"].iter().find_map(|p| line.pointer(p));
    let (text_said, unread) = match said {
        Some(Value::String(text)) => (text.clone(), 0),
        Some(content) => flatten(content.get("parts").unwrap_or(content), Fields::Vendor),
        None => flatten(line, Fields::Vendor),
    };
    let name = |places: &[&str]| text(line, places).map(|t| clip(t, LIMITS.name));
    Some(Interaction {
        id: Conversation::id("openai", &id, at),
        external_id: Some(id),
        occurred_at: at,
        vendor: "openai".to_owned(),
        model: name(&["/message/model", "/message/metadata/model_slug", "/model", "/model_slug"])
            .unwrap_or_default(),
        source: Source::Collector,
        user: name(&[
            "/user/email",
            "/user_email",
            "/actor/email",
            "/actor/user/email",
            "/user/id",
            "/user_id",
            "/actor/id",
        ]),
        team: None,
        app: Some("chatgpt".to_owned()),
        conversation_id: name(&["/conversation/id", "/conversation_id"]),
        region: None,
        parts: vec![Part { direction, role: clip(role, LIMITS.name), text: text_said }],
        usage: None,
        reported_cost: None,
        latency_ms: None,
        ttft_ms: None,
        status: Status::Ok,
        labels: Labels::new(),
        uninspected_bytes: unread,
    })
}

/// An id for a line that has none: the same line has the same one.
fn hash(line: &Value) -> String {
    let hash = Sha256::digest(line.to_string());
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
