//! What holds for every vendor: the catalogue is whole, requests agree with it and hold no secret, nothing from
//! outside makes an adapter panic.

use super::kit::{answer, at, credential, fixture, line, opened, window};
use aegis_domain::{Ability, Timestamp, is_vendor};
use aegis_vendors::admin::{
    ADMIN, AdminApi, Auth, Body, Catalogue, Credential, Cursor, Field, FormValue, Input, KeyKind, Offer,
    Place, Request, admin,
};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::time::Duration;

/// Files under `src/admin` that are no vendor.
const CONTRACT: [&str; 9] =
    ["mod", "catalogue", "credential", "fault", "page", "read", "registry", "request", "verdict"];

fn kinds() -> impl Iterator<Item = (&'static dyn AdminApi, &'static KeyKind)> {
    ADMIN.iter().flat_map(|v| v.catalogue().kinds.iter().map(|k| (*v, k)))
}

/// A credential of a kind whose secrets are told at a glance.
fn planted(api: &dyn AdminApi, kind: &KeyKind) -> Credential {
    let values: Vec<(&str, &str)> =
        kind.fields.iter().map(|f| (f.name, if f.secret { "planted-secret" } else { f.example })).collect();
    let learnt = [("team_id", "team-1"), ("organisation", "org-1"), ("project_id", "project-1")];
    credential(api, kind.id, &values, &learnt)
}

fn now() -> Timestamp {
    at("2026-11-05T10:00:00Z")
}

/// Every request an adapter makes before it has seen an answer.
fn first_requests(api: &dyn AdminApi, kind: &KeyKind) -> Vec<Request> {
    let credential = planted(api, kind);
    let mut requests: Vec<Request> = (0..20).map_while(|step| api.check(step, &credential, now())).collect();
    for cursor in first_cursors(api, kind) {
        requests.push(api.ask(&cursor, &credential).unwrap());
    }
    requests
}

fn first_cursors(api: &dyn AdminApi, kind: &KeyKind) -> Vec<Cursor> {
    let credential = planted(api, kind);
    let days = window("2026-08-01T00:00:00Z", "2026-11-05T00:00:00Z", Duration::from_secs(86_400));
    let hours = window("2026-11-04T00:00:00Z", "2026-11-05T00:00:00Z", Duration::from_secs(3600));
    let feeds = kind.abilities.iter().filter(|a| **a != Ability::Inference);
    feeds.flat_map(|feed| [days, hours].map(|w| opened(api, *feed, w, &credential))).flatten().collect()
}

#[test]
fn every_file_is_registered_under_a_vendor_that_is_known() {
    let path = format!("{}/src/admin", env!("CARGO_MANIFEST_DIR"));
    let files: BTreeSet<String> = std::fs::read_dir(path)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap().trim_end_matches(".rs").to_owned())
        .filter(|f| !CONTRACT.contains(&f.as_str()))
        .collect();
    let registered: BTreeSet<String> = ADMIN.iter().map(|v| v.catalogue().id.to_owned()).collect();
    assert_eq!(files, registered);
    assert_eq!(registered.len(), ADMIN.len(), "ids are unique");
    for id in registered {
        assert!(is_vendor(&id) || id == "custom", "{id}");
        assert_eq!(admin(&id).map(|v| v.catalogue().id), Some(id.as_str()));
    }
    assert!(admin("nobody").is_none());
}

fn says_something(said: &str, where_: &str) {
    assert!(
        said.len() > 8 && said.ends_with('.') && said == said.trim(),
        "{where_}: {said:?} is no sentence"
    );
}

#[test]
fn every_vendor_says_something_to_each_ability() {
    for catalogue in ADMIN.iter().map(|v| v.catalogue()) {
        let id = catalogue.id;
        for ability in Ability::ALL {
            let said = catalogue.offers.iter().filter(|(of, _)| *of == ability).count();
            assert_eq!(said, 1, "{id}: {ability:?}");
            let with: BTreeSet<&str> =
                catalogue.kinds.iter().filter(|k| k.abilities.contains(&ability)).map(|k| k.id).collect();
            match catalogue.offer(ability) {
                Offer::No(reason) => {
                    says_something(reason, id);
                    assert!(with.is_empty(), "{id}: {with:?} claim {ability:?}, which is not offered");
                }
                Offer::With(kinds) => {
                    assert_eq!(kinds.iter().copied().collect::<BTreeSet<_>>(), with, "{id}: {ability:?}");
                    assert!(!with.is_empty(), "{id}: {ability:?}");
                }
            }
        }
        for (feed, _) in catalogue.reread.iter().chain(catalogue.reach) {
            assert!(matches!(catalogue.offer(*feed), Offer::With(_)), "{id}: {feed:?} is not offered");
        }
    }
}

#[test]
fn the_catalogue_is_whole() {
    for catalogue in ADMIN.iter().map(|v| v.catalogue()) {
        let id = catalogue.id;
        assert!(catalogue.docs.starts_with("https://"), "{id}");
        assert!(!catalogue.name.is_empty() && catalogue.pace > 0 && !catalogue.kinds.is_empty(), "{id}");
        catalogue.notes.iter().for_each(|note| says_something(note, id));
        hosts_are_addresses(catalogue);
        let kinds: BTreeSet<&str> = catalogue.kinds.iter().map(|k| k.id).collect();
        assert_eq!(kinds.len(), catalogue.kinds.len(), "{id}: kinds are unique");
        for kind in catalogue.kinds {
            assert!(!kind.steps.is_empty() && !kind.name.is_empty(), "{id} {}", kind.id);
            kind.steps.iter().for_each(|step| says_something(step, id));
            let names: BTreeSet<&str> = kind.fields.iter().map(|f| f.name).collect();
            assert_eq!(names.len(), kind.fields.len(), "{id} {}: fields are unique", kind.id);
            kind.fields.iter().for_each(|field| field_is_whole(id, field));
        }
    }
}

fn hosts_are_addresses(catalogue: &Catalogue) {
    let names: BTreeSet<&str> = catalogue.hosts.iter().map(|h| h.name).collect();
    assert_eq!(names.len(), catalogue.hosts.len(), "{}: hosts are unique", catalogue.id);
    for host in catalogue.hosts {
        says_something(host.purpose, catalogue.id);
        let rest = host.base.strip_prefix("https://").or(host.base.strip_prefix("http://"));
        let rest = rest.unwrap_or(if host.base.starts_with('{') { host.base } else { "" });
        assert!(!rest.is_empty() && !rest.ends_with('/'), "{}", host.base);
        for name in host.base.split('{').skip(1).filter_map(|s| s.split('}').next()) {
            let public = |k: &KeyKind| k.field(name).is_some_and(|f| !f.secret);
            assert!(catalogue.kinds.iter().any(public), "{}: no public field {name}", host.base);
        }
    }
}

fn field_is_whole(id: &str, field: &Field) {
    let name = format!("{id}.{}", field.name);
    says_something(field.help, &name);
    says_something(field.find, &name);
    assert!(!field.label.is_empty() && !field.example.is_empty(), "{name}");
    match field.input {
        Input::Choice(choices) => assert!(choices.contains(&field.example), "{name}"),
        Input::JsonFile(fields) => assert!(field.secret && !fields.is_empty(), "{name}"),
        Input::Text => {}
    }
    if let Some(pattern) = field.pattern {
        let whole = format!("^(?:{pattern})$");
        let regex = regex_automata::meta::Regex::new(&whole).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(regex.is_match(field.example), "{name}: {:?} is no {pattern}", field.example);
        assert!(!regex.is_match(""), "{name} may be empty");
        assert!(!regex.is_match("a b\nc/../?#"), "{name} takes anything");
    }
}

#[test]
fn requests_agree_with_the_catalogue() {
    for (api, kind) in kinds() {
        let catalogue = api.catalogue();
        for request in first_requests(api, kind) {
            let text = line(&request);
            let Place::Host { host, path, .. } = &request.place else { panic!("{text}: no link yet") };
            assert!(catalogue.host(host).is_some(), "{text}: no host {host}");
            assert!(path.starts_with('/') && !path.contains("//") && path.is_ascii(), "{text}");
            let secret = |name: &str| kind.field(name).is_some_and(|f| f.secret);
            match request.auth {
                Auth::Bearer(f) | Auth::Header(_, f) | Auth::BearerAndHeader(_, f) => {
                    assert!(secret(f), "{text}: {} has no secret {f}", kind.id)
                }
                Auth::None | Auth::Exchanged(_) => {}
            }
        }
    }
}

#[test]
fn no_request_holds_a_secret() {
    for (api, kind) in kinds() {
        let credential = planted(api, kind);
        assert!(!format!("{credential:?}").contains("planted-secret"));
        for request in first_requests(api, kind) {
            assert!(!format!("{request:?}").contains("planted-secret"), "{request:?}");
            if let Auth::Exchanged(scope) = request.auth
                && let Ok(exchange) = api.exchange(scope, &credential, now())
            {
                assert!(!format!("{exchange:?}").contains("planted-secret"), "{exchange:?}");
                let Some(Body::Form(fields)) = &exchange.body else { panic!("an exchange is a form") };
                for (name, value) in fields {
                    assert!(
                        !matches!(value, FormValue::Plain(text) if text.contains("planted-secret")),
                        "{name}"
                    );
                }
            }
        }
    }
}

#[test]
fn every_kind_can_be_checked_and_every_offered_feed_opened() {
    for (api, kind) in kinds() {
        let credential = planted(api, kind);
        let name = format!("{} {}", api.catalogue().id, kind.id);
        assert!(api.check(0, &credential, now()).is_some(), "{name}");
        assert!(api.check(20, &credential, now()).is_none(), "{name}: checks end");
        let days = window("2026-11-01T00:00:00Z", "2026-11-05T00:00:00Z", Duration::from_secs(86_400));
        for feed in kind.abilities.iter().filter(|a| **a != Ability::Inference) {
            assert!(!opened(api, *feed, days, &credential).is_empty(), "{name} {feed:?}");
        }
    }
}

#[test]
fn cursors_survive_json_and_old_ones_are_refused() {
    for (api, kind) in kinds() {
        let credential = planted(api, kind);
        let strange: Cursor = serde_json::from_str(r#"{"of":["an older version"]}"#).unwrap();
        assert!(api.ask(&strange, &credential).is_err());
        assert!(api.read(&strange, &answer(200, b"{}"), &credential).is_err());
        for cursor in first_cursors(api, kind) {
            let stored: Cursor = serde_json::from_str(&serde_json::to_string(&cursor).unwrap()).unwrap();
            assert_eq!(api.ask(&stored, &credential), api.ask(&cursor, &credential));
        }
    }
}

/// The recorded answers of a vendor.
fn recorded(api: &dyn AdminApi) -> Vec<(String, Vec<u8>)> {
    let id = api.catalogue().id;
    let folder = format!("{}/fixtures/{id}", env!("CARGO_MANIFEST_DIR"));
    let names = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    let mut files: Vec<_> =
        names.filter(|n| n.ends_with(".json")).map(|n| (n.clone(), fixture(id, &n))).collect();
    files.sort();
    files
}

/// The cursors that a walk over recorded answers comes by, one of each form.
fn reachable(api: &dyn AdminApi, kind: &KeyKind) -> Vec<Cursor> {
    let credential = planted(api, kind);
    let form = |c: &Cursor| {
        let json = serde_json::to_value(c).unwrap();
        json.as_object().map_or_else(|| json.to_string(), |o| o.keys().cloned().collect::<String>())
    };
    let mut forms = BTreeSet::new();
    let mut all = Vec::new();
    let mut todo = first_cursors(api, kind);
    let answers = recorded(api);
    while let Some(cursor) = todo.pop() {
        if !forms.insert(form(&cursor)) {
            continue;
        }
        for (_, body) in &answers {
            todo.extend(
                api.read(&cursor, &answer(200, body), &credential).map(|p| p.next).unwrap_or_default(),
            );
        }
        all.push(cursor);
    }
    all
}

#[test]
fn an_answer_that_was_cut_is_never_read() {
    let mut cut = 0;
    for (api, kind) in kinds() {
        let credential = planted(api, kind);
        let answers = recorded(api);
        for cursor in reachable(api, kind) {
            for (name, body) in &answers {
                if !api.read(&cursor, &answer(200, body), &credential).is_ok_and(|page| !page.rows.is_empty())
                {
                    continue;
                }
                for end in (1..body.trim_ascii_end().len()).step_by(37) {
                    let read = api.read(&cursor, &answer(200, &body[..end]), &credential);
                    // Files of lines may end after any whole line: each of these answers is one.
                    assert!(read.is_err(), "{} {name} cut at {end}", kind.id);
                    cut += 1;
                }
            }
        }
    }
    assert!(ADMIN.is_empty() || cut > 100, "{cut}");
}

/// Bodies that come close to what vendors send: words they use, in shapes they do not.
fn bodies() -> impl Strategy<Value = Vec<u8>> {
    let word = prop::sample::select(vec![
        "\"data\"",
        "\"results\"",
        "\"error\"",
        "\"message\"",
        "\"amount\"",
        "\"value\"",
        "\"id\"",
        "\"models\"",
        "\"rows\"",
        "\"code\"",
        "\"next_page\"",
        "\"has_more\"",
        "\"access_token\"",
        "\"expires_in\"",
        "\"x\"",
        "\"2026-11-01\"",
        "null",
        "true",
        "-1",
        "1e400",
        "1793491200",
        "0.1",
        "[",
        "]",
        "{",
        "}",
        ":",
        ",",
        "\\",
        "é",
    ]);
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        prop::collection::vec(word, 0..60).prop_map(|words| words.concat().into_bytes()),
    ]
}

/// Every vendor and kind with the cursors of its walks.
type Walks = Vec<(&'static dyn AdminApi, &'static KeyKind, Vec<Cursor>)>;
static WALKS: std::sync::OnceLock<Walks> = std::sync::OnceLock::new();

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn arbitrary_answers_never_panic(body in bodies(), status in 100u16..600, header in "\\PC{0,20}") {
        let headers = ["retry-after", "location", "link"].map(|n| (n.to_owned(), header.clone()));
        let walks = WALKS.get_or_init(|| kinds().map(|(api, kind)| (api, kind, reachable(api, kind))).collect());
        for (api, kind, cursors) in walks {
            let credential = planted(*api, kind);
            let mut answer = answer(status, &body);
            answer.headers = &headers;
            let _ = api.fault(&answer);
            let _ = api.token(&answer);
            (0..8).for_each(|step| drop(api.judge(step, &answer, &credential)));
            for cursor in cursors {
                let _ = api.read(cursor, &answer, &credential);
            }
        }
    }
}
