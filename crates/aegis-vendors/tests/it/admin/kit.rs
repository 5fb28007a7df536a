//! What vendors' tests are written with: a credential, a request as one line, a walk over recorded answers.

use aegis_domain::{Ability, LedgerRow, Timestamp, Window};
use aegis_vendors::admin::{
    AdminApi, Answer, Auth, Body, Credential, Cursor, Fault, FormValue, Method, Page, Place, Request, Row,
    Verdict, admin,
};
use secrecy::SecretString;
use std::collections::VecDeque;
use std::time::Duration;

pub const HOUR: Duration = Duration::from_secs(3600);
pub const DAY: Duration = Duration::from_secs(86_400);

pub fn vendor(id: &str) -> &'static dyn AdminApi {
    admin(id).unwrap_or_else(|| panic!("{id} is not registered"))
}

pub fn fixture(vendor: &str, file: &str) -> Vec<u8> {
    let path = format!("{}/fixtures/{vendor}/{file}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
}

pub fn window(from: &str, to: &str, bucket: Duration) -> Window {
    Window { from: at(from), to: at(to), bucket }
}

/// A credential of a kind: secret fields as the catalogue says, the rest public, `learnt` after a bar.
pub fn credential(
    vendor: &dyn AdminApi,
    kind: &str,
    values: &[(&str, &str)],
    learnt: &[(&str, &str)],
) -> Credential {
    let kind = vendor.catalogue().kind(kind).expect("a kind of the catalogue");
    let mut credential = Credential { kind: kind.id.to_owned(), ..Credential::default() };
    for (name, value) in values {
        let field = kind.field(name).unwrap_or_else(|| panic!("no field {name}"));
        if field.secret {
            credential.secrets.insert((*name).to_owned(), SecretString::from((*value).to_owned()));
        } else {
            credential.public.insert((*name).to_owned(), (*value).to_owned());
        }
    }
    credential.learnt = learnt.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    credential
}

/// A request as one line, whole: method, place, query, headers, who asks, body.
pub fn line(request: &Request) -> String {
    let method = match request.method {
        Method::Get => "GET",
        Method::Post => "POST",
    };
    let mut line = match &request.place {
        Place::Host { host, path, query } => {
            let query: Vec<String> = query.iter().map(|(n, v)| format!("{n}={v}")).collect();
            let mark = if query.is_empty() { "" } else { "?" };
            format!("{method} {host}:{path}{mark}{}", query.join("&"))
        }
        Place::Link(address) => format!("{method} {address}"),
    };
    for (name, value) in &request.headers {
        line += &format!(" | {name}: {value}");
    }
    line += &match &request.auth {
        Auth::None => " | nobody".to_owned(),
        Auth::Bearer(field) => format!(" | bearer {field}"),
        Auth::Header(name, field) => format!(" | {name} {field}"),
        Auth::BearerAndHeader(name, field) => format!(" | bearer and {name} {field}"),
        Auth::Exchanged(scope) => format!(" | exchanged {scope}"),
    };
    match &request.body {
        None => {}
        Some(Body::Json(json)) => line += &format!(" | {json}"),
        Some(Body::Form(fields)) => {
            for (name, value) in fields {
                line += &match value {
                    FormValue::Plain(text) => format!(" | {name}={text}"),
                    FormValue::Signed(_) => format!(" | {name}=(signed)"),
                    FormValue::Secret(field) => format!(" | {name}=({field})"),
                };
            }
        }
    }
    line
}

pub fn answer(status: u16, body: &[u8]) -> Answer<'_> {
    Answer { status, headers: &[], body }
}

/// A cursor as it comes back from the store.
fn stored(cursor: &Cursor) -> Cursor {
    let json = serde_json::to_string(cursor).expect("a cursor is JSON");
    let back = serde_json::from_str(&json).expect("a cursor is read back");
    assert_eq!(cursor, &back, "cursors survive JSON");
    back
}

/// The first cursors of a feed for a window that ends now.
pub fn opened(api: &dyn AdminApi, feed: Ability, window: Window, credential: &Credential) -> Vec<Cursor> {
    let mut cursors = api.open(feed, window, credential);
    cursors.extend(api.look(feed, window.to, credential));
    cursors
}

/// Walks a feed: each request must be the next line of the script, and is answered by its file, or by the
/// answer itself where it is short. Nothing may be left.
pub fn walk(
    api: &dyn AdminApi,
    credential: &Credential,
    feed: Ability,
    window: Window,
    script: &[(&str, &str)],
) -> Page {
    let mut todo: VecDeque<Cursor> = opened(api, feed, window, credential).iter().map(stored).collect();
    let mut all = Page::default();
    for (asked, file) in script {
        let cursor = todo.pop_front().unwrap_or_else(|| panic!("the walk ended before {asked}"));
        let request = api.ask(&cursor, credential).expect("a request");
        assert_eq!(line(&request), *asked);
        let inline = file.starts_with(['{', '[', '<']) || file.is_empty();
        let body = if inline { file.as_bytes().to_vec() } else { fixture(api.catalogue().id, file) };
        let page =
            api.read(&cursor, &answer(200, &body), credential).unwrap_or_else(|e| panic!("{file}: {e}"));
        all.rows.extend(page.rows);
        all.notes.extend(page.notes);
        todo.extend(page.next.iter().map(stored));
    }
    let left: Vec<String> = todo.iter().map(|c| line(&api.ask(c, credential).expect("a request"))).collect();
    assert!(left.is_empty(), "the walk goes on: {left:#?}");
    all
}

/// The ledger rows of a page.
pub fn ledger(page: Page) -> Vec<LedgerRow> {
    let rows = page.rows.into_iter();
    rows.map(|row| match row {
        Row::Ledger(row) | Row::Sample(row) => row,
        row => panic!("no ledger row: {row:?}"),
    })
    .collect()
}

/// A ledger row as one line: times, dimensions, quantities, money. Absent figures do not show.
pub fn row(row: &LedgerRow) -> String {
    let json = |value: serde_json::Value| value.to_string().replace('"', "");
    let money = row.money.map_or(String::new(), |m| format!(" = {} {}", m.amount, m.currency));
    let estimate = if row.estimate { " estimate" } else { "" };
    format!(
        "{} {} {}h {} {}{money}{estimate}",
        json(serde_json::json!(row.kind)),
        row.from.to_string().trim_end_matches(":00:00.000Z"),
        (row.to.millis() - row.from.millis()) as f64 / 3_600_000.0,
        json(serde_json::to_value(&row.dimensions).expect("json")),
        json(serde_json::to_value(&row.quantities).expect("json")),
    )
}

/// Lines of rows, to be compared with lines.
pub fn rows(page: Page) -> Vec<String> {
    ledger(page).iter().map(row).collect()
}

/// A row of a list as one line of JSON.
pub fn entries(page: Page) -> Vec<serde_json::Value> {
    let json = |row: Row| match row {
        Row::Audit(entry) => serde_json::json!({"id": entry.id, "at": entry.at, "kind": entry.kind,
            "actor": entry.actor, "address": entry.address, "object": entry.object}),
        Row::Key(entry) => without_nulls(serde_json::to_value(entry).expect("json")),
        Row::Member(entry) => without_nulls(serde_json::to_value(entry).expect("json")),
        Row::Model(entry) => without_nulls(serde_json::to_value(entry).expect("json")),
        other => panic!("no row of a list: {other:?}"),
    };
    page.rows.into_iter().map(json).collect()
}

fn without_nulls(mut value: serde_json::Value) -> serde_json::Value {
    if let Some(fields) = value.as_object_mut() {
        fields.retain(|_, v| !v.is_null());
    }
    value
}

/// What a fault is, as one word and the vendor's words.
pub fn fault(fault: &Fault) -> String {
    match fault {
        Fault::Invalid { said } => format!("invalid: {said}"),
        Fault::Lacks { said } => format!("lacks: {said}"),
        Fault::TooMany { after } => format!("too many: {}", after.map_or(-1, |d| d.as_secs() as i64)),
        Fault::Exhausted { said } => format!("exhausted: {said}"),
        Fault::Unavailable => "unavailable".to_owned(),
        Fault::Restart => "restart".to_owned(),
        Fault::Missing { said } => format!("missing: {said}"),
        Fault::Refused { said } => format!("refused: {said}"),
    }
}

/// A verdict as one line: known, abilities, what was learnt.
pub fn verdict(verdict: &Verdict) -> String {
    let abilities: Vec<String> =
        verdict.abilities.iter().map(|(a, s, _)| format!("{} {s:?}", a.as_str()).to_lowercase()).collect();
    let learnt: Vec<String> = verdict.learnt.iter().map(|(n, v)| format!("{n}={v}")).collect();
    let known = verdict.known.map_or("-".to_owned(), |k| format!("{k:?}").to_lowercase());
    [known, abilities.join(", "), learnt.join(", ")].join(" | ")
}
