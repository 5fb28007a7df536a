//! Claude Enterprise's chats: each message a piece of content, by its own id. Chats are found by when they changed,
//! so that a message added to an old chat is seen; its older messages come again under the ids they had.

use super::lists::branches;
use super::{At, onward};
use crate::admin::read::{Count, Time, clip, json};
use crate::admin::{Conversation, Cursor, Page, Row, Unreadable};
use crate::wire::{Fields, flatten};
use aegis_domain::{Direction, Interaction, LIMITS, Labels, Part, Source, Status};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Listed {
    id: String,
}

/// A page of chats leads to the messages of each, and to the next page.
pub fn read_chats(body: &[u8], from: String, to: String, after: Option<String>) -> Result<Page, Unreadable> {
    let messages = |chat: Listed| At::Messages { chat: chat.id, after: None };
    branches(body, after, messages, |after| At::Chats { from, to, after })
}

#[derive(Deserialize)]
struct Chat {
    id: String,
    model: Option<String>,
    user: Option<Person>,
    project_id: Option<String>,
    chat_messages: Option<Vec<Message>>,
    #[serde(default)]
    has_more: bool,
    last_id: Option<String>,
}

#[derive(Deserialize)]
struct Person {
    id: Option<String>,
    email_address: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    id: String,
    role: String,
    created_at: Time,
    content: Option<Vec<Value>>,
    files: Option<Vec<File>>,
    generated_files: Option<Vec<File>>,
    artifacts: Option<Vec<File>>,
}

/// A file or artifact: its name is text, its bytes are not fetched.
#[derive(Deserialize)]
struct File {
    filename: Option<String>,
    title: Option<String>,
    size_bytes: Option<Count>,
}

/// The messages of a page of a chat.
pub fn read_messages(body: &[u8], chat: String, after: Option<String>) -> Result<Page, Unreadable> {
    let mut read: Chat = json(body)?;
    let next = onward(Some(read.has_more), read.last_id.take(), after.as_deref())?;
    let messages = read.chat_messages.take().unwrap_or_default();
    let rows =
        messages.into_iter().map(|m| Row::Content(Box::new(Conversation { interaction: piece(m, &read) })));
    let next = next.map(|id| At::Messages { chat, after: Some(id) });
    Ok(Page::of(rows.collect(), next.iter().map(Cursor::new)))
}

fn piece(message: Message, chat: &Chat) -> Interaction {
    let (parts, uninspected_bytes) = parts(&message);
    let id = clip(&message.id, LIMITS.external_id);
    let user = chat.user.as_ref().and_then(|u| u.email_address.as_ref().or(u.id.as_ref()));
    let project = chat.project_id.iter().map(|p| ("project".to_owned(), clip(p, LIMITS.label)));
    Interaction {
        id: Conversation::id("anthropic", &id, message.created_at.0),
        external_id: Some(id),
        occurred_at: message.created_at.0,
        vendor: "anthropic".to_owned(),
        model: chat.model.as_deref().map(|m| clip(m, LIMITS.name)).unwrap_or_default(),
        source: Source::Collector,
        user: user.map(|u| clip(u, LIMITS.name)),
        team: None,
        app: Some("claude".to_owned()),
        conversation_id: Some(clip(&chat.id, LIMITS.name)),
        region: None,
        parts,
        usage: None,
        reported_cost: None,
        latency_ms: None,
        ttft_ms: None,
        status: Status::Ok,
        labels: Labels::from_iter(project),
        uninspected_bytes,
    }
}

/// What a message says, block by block, and the names of its files; the bytes that nobody looked at.
fn parts(message: &Message) -> (Vec<Part>, u64) {
    let direction = if message.role == "user" { Direction::Prompt } else { Direction::Response };
    let role = clip(&message.role, LIMITS.name);
    let part = |role: &str, text: String| Part { direction, role: role.to_owned(), text };
    let (mut parts, mut unread) = (Vec::new(), 0);
    for block in message.content.iter().flatten().take(LIMITS.parts - 1) {
        let (text, bytes) = match block.get("text").and_then(Value::as_str) {
            Some(text) => (text.to_owned(), 0),
            None => flatten(block, Fields::Vendor),
        };
        unread += bytes;
        if !text.is_empty() {
            parts.push(part(&role, text));
        }
    }
    let files = [&message.files, &message.generated_files, &message.artifacts];
    let files: Vec<&File> = files.into_iter().flatten().flatten().collect();
    unread += files.iter().filter_map(|f| f.size_bytes).map(|c| c.0).fold(0, u64::saturating_add);
    let names: Vec<&str> =
        files.iter().filter_map(|f| f.filename.as_deref().or(f.title.as_deref())).collect();
    if !names.is_empty() {
        parts.push(part("document", names.join("\n")));
    }
    (parts, unread)
}
