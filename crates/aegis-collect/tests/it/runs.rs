//! How runs end: whole for every feed there is, or in words a person can act on; and what is taken back.

use crate::figures::{Compared, FEEDS};
use crate::rig::{DAY, Rig};
use aegis_collect::{Access, Book, Bounds, By, Ended, Kept, Stop, Walk, Walker, sums};
use aegis_domain::{Ability, Dimensions, LedgerKind, LedgerRow, Quantities, Timestamp, Window};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const HOUR: Duration = Duration::from_secs(3600);

async fn ended(rig: &Rig, access: &Access, feed: Ability, stop: &CancellationToken) -> (Ended, Walk) {
    let mut walk = Walk::begin(access, feed, rig.window(), 1, rig.now());
    let mut sink = rig.sink(access, feed);
    let bounds = Bounds { asks: 2, ..Bounds::default() };
    let walker = Walker { sender: &rig.sender, access, bounds, stop };
    (walker.run(&mut walk, &mut sink).await, walk)
}

/// Every kind of key that opens something.
const KEYS: &[(&str, &str)] = &[
    ("openai", "admin"),
    ("openai", "inference"),
    ("openai", "compliance"),
    ("anthropic", "admin"),
    ("anthropic", "enterprise"),
    ("anthropic", "inference"),
    ("gemini", "service_account"),
    ("gemini", "api_key"),
    ("xai", "management"),
    ("xai", "inference"),
    ("azure_openai", "app"),
    ("azure_openai", "resource_key"),
    ("mistral", "admin"),
    ("mistral", "inference"),
    ("cohere", "production"),
    ("huggingface", "admin"),
    ("openrouter", "management"),
    ("openrouter", "inference"),
    ("perplexity", "developer"),
    ("perplexity", "audit"),
    ("perplexity", "analytics"),
    ("deepseek", "api_key"),
    ("ollama", "local"),
    ("ollama", "cloud"),
];

/// What adapters have to say about what they read.
const NOTED: &[(&str, &str, Ability, &[&str])] = &[
    ("huggingface", "admin", Ability::Members, &["without a second factor", "external collaborator"]),
    ("openrouter", "management", Ability::Keys, &["may use the prompts of the workspace"]),
    ("openrouter", "management", Ability::Content, &["text of a call was not kept"]),
    ("ollama", "local", Ability::Models, &["leaves this server"]),
];

/// Every ability of every kind of key, ledger or not, is read to its end, and has something in it.
#[tokio::test]
async fn every_feed_that_is_offered_ends_whole() {
    let rig = Rig::start().await;
    for (vendor, key) in KEYS {
        let access = rig.proved(vendor, key).await;
        let kind = access.api.catalogue().kind(&access.credential.kind).unwrap();
        for feed in kind.abilities.iter().copied().filter(|a| *a != Ability::Inference) {
            // thousands of chats are a page each
            let length = match (*vendor, feed) {
                ("openrouter", Ability::Content) => HOUR,
                (_, Ability::Content) => 2 * DAY,
                _ => 30 * DAY,
            };
            let to = if feed == Ability::Content { rig.now() } else { rig.window().to };
            let window = Window { from: to.minus(length), to, ..rig.window() };
            let mut walk = Walk::begin(&access, feed, window, 1, rig.now());
            let mut sink = rig.sink(&access, feed);
            rig.finish(&access, &mut walk, &mut sink).await;
            // nobody has used a model of the server lately
            let idle = (*vendor, feed) == ("ollama", Ability::Usage);
            assert!(walk.is_whole() && (sink.rows > 0 || idle), "{vendor} {key} {feed:?} has no rows");
            let noted = NOTED.iter().find(|(v, k, f, _)| (v, k, *f) == (vendor, key, feed));
            let noted = noted.map_or(&[][..], |noted| noted.3);
            let found = |words: &&str| walk.notes.iter().any(|note| note.contains(*words));
            let said = noted.iter().all(found) && noted.is_empty() == walk.notes.is_empty();
            assert!(said, "{vendor} {key} {feed:?}: {:?}", walk.notes);
        }
    }
}

#[tokio::test]
async fn hours_add_up_to_the_books_as_days_do() {
    let rig = Rig::start().await;
    let to = rig.now().floor(HOUR).minus(30 * HOUR);
    let window = Window { from: to.minus(40 * HOUR), to, bucket: HOUR };
    for feed in FEEDS.iter().filter(|f| f.hourly) {
        let access = rig.proved(feed.vendor, feed.key).await;
        rig.collect(&access, feed.feed, window, 1).await;
        assert_eq!(
            feed.collected(&rig, &access, window).await,
            feed.expected(&rig, window).await,
            "{feed:?}"
        );
    }
}

#[tokio::test]
async fn sums_by_day_model_and_project_are_the_books() {
    let rig = Rig::start().await;
    let access = rig.proved("openai", "admin").await;
    let window = rig.window();
    rig.collect(&access, Ability::Usage, window, 1).await;
    let books = rig.sim("/_sim/books?vendor=openai&view=reported_usage").await;
    let mut expected: BTreeMap<(String, String, String), (u64, u64)> = BTreeMap::new();
    for row in books["rows"].as_array().unwrap() {
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        let sum = expected.entry((text("day"), text("model"), text("project_id"))).or_default();
        sum.0 += row["requests"].as_u64().unwrap();
        sum.1 += row["input_tokens"].as_u64().unwrap();
    }
    let by = By { day: true, model: true, project: true };
    let book = Walk::book(&access, Ability::Usage);
    let span = (window.from, window.to);
    let sums = sums(&*rig.ledger, &book, LedgerKind::Usage, span, by).await.unwrap();
    let collected: BTreeMap<_, _> = sums
        .into_iter()
        .map(|(group, totals)| {
            let (year, month, day) = group.day.unwrap();
            let place = (
                format!("{year:04}-{month:02}-{day:02}"),
                group.model.unwrap_or_default(),
                group.project.unwrap_or_default(),
            );
            let quantities = totals.quantities;
            (place, (quantities.requests.unwrap_or(0), quantities.input_tokens.unwrap_or(0)))
        })
        .collect();
    assert!(collected == expected, "{} groups, {} expected", collected.len(), expected.len());
}

#[tokio::test]
async fn a_run_that_cannot_go_on_says_what_to_do() {
    let rig = Rig::start().await;
    let stop = CancellationToken::new();
    for (vendor, key, feed, words) in [
        ("openai", "unknown_admin", Ability::Usage, "OpenAI does not accept this credential"),
        ("openai", "admin_without_usage", Ability::Usage, "grant what is lacking"),
        ("openai", "admin_without_usage", Ability::Cost, "grant what is lacking"),
        ("anthropic", "enterprise_without_content", Ability::Content, "grant what is lacking"),
        ("gemini", "unknown_service_account", Ability::Usage, "replace it"),
        ("xai", "unknown_management", Ability::Cost, "learnt by a check"),
        ("azure_openai", "app_with_wrong_secret", Ability::Cost, "replace it"),
        ("mistral", "inference", Ability::Usage, "grant what is lacking"),
    ] {
        let access = rig.access(vendor, key).await;
        let (ended, walk) = ended(&rig, &access, feed, &stop).await;
        let Ended::Stopped(why) = ended else { panic!("{vendor} {key} ends {ended:?}") };
        assert!(!why.resumes() && why.to_string().contains(words), "{vendor} {key}: {why}");
        assert!(!walk.is_whole() && walk.counts.pages == 0);
        for secret in access.credential.secrets.values() {
            assert!(
                !format!("{why:?} {walk:?} {access:?}")
                    .contains(secrecy::ExposeSecret::expose_secret(secret))
            );
        }
    }
}

#[tokio::test]
async fn a_vendor_that_is_busy_or_down_is_left_for_later() {
    let rig = Rig::start().await;
    let stop = CancellationToken::new();
    for (kind, words) in [
        ("rate_limit", "asks for fewer requests"),
        ("error", "fails at the moment"),
        ("bad_json", "no whole JSON"),
        ("reset", "cannot be reached"),
    ] {
        // a breaker of its own
        let access = Access { id: kind.into(), ..rig.access("openai", "admin").await };
        rig.faults(vec![json!({"kind": kind, "retry_after": 0})]).await;
        let (ended, mut walk) = ended(&rig, &access, Ability::Cost, &stop).await;
        let Ended::Stopped(why) = ended else { panic!("{kind} ends {ended:?}") };
        assert!(why.resumes() && why.to_string().contains(words), "{kind}: {why}");
        rig.faults(vec![]).await;
        let mut sink = rig.sink(&access, Ability::Cost);
        rig.finish(&access, &mut walk, &mut sink).await;
        assert!(walk.is_whole() && walk.counts.kept.new > 0, "{kind}");
    }
}

#[tokio::test]
async fn a_cancelled_run_leaves_the_walk_where_it_was() {
    let rig = Rig::start().await;
    let access = rig.access("openai", "admin").await;
    let stop = CancellationToken::new();
    stop.cancel();
    let (ended, walk) = ended(&rig, &access, Ability::Usage, &stop).await;
    assert_eq!(ended, Ended::Stopped(Stop::Cancelled));
    assert_eq!(walk, Walk::begin(&access, Ability::Usage, rig.window(), 1, rig.now()));
}

/// An older form of cursor, or the job of a query whose results are no longer kept.
#[tokio::test]
async fn a_cursor_that_is_no_longer_good_begins_the_window_anew() {
    let rig = Rig::start().await;
    let job = json!({"job": {"project": "larkfield-ai-prod", "job": "job_gone", "location": null, "page": null, "polls": 0}});
    for (vendor, key, cursor) in
        [("anthropic", "admin", json!({"an_older_form": 1})), ("gemini", "service_account", job)]
    {
        let access = rig.access(vendor, key).await;
        let walk = Walk::begin(&access, Ability::Cost, rig.window(), 1, rig.now());
        let mut saved = serde_json::to_value(&walk).unwrap();
        saved["left"] = json!([cursor]);
        let mut walk: Walk = serde_json::from_value(saved).unwrap();
        let mut sink = rig.sink(&access, Ability::Cost);
        rig.finish(&access, &mut walk, &mut sink).await;
        assert_eq!(walk.restarts, 1, "{vendor}");
        let again = rig.collect(&access, Ability::Cost, rig.window(), 2).await;
        let expected = Kept { same: walk.counts.kept.new, ..Kept::default() };
        assert_eq!((again.counts.kept, again.restarts), (expected, 0), "{vendor}");
        assert!(expected.same > 0, "{vendor}");
    }
}

#[tokio::test]
async fn a_window_whose_answers_are_too_large_is_read_in_pieces() {
    let mut rig = Rig::start().await;
    let feed = FEEDS[0];
    let access = rig.proved(feed.vendor, feed.key).await;
    rig.limit_answers(200_000);
    let walk = rig.collect(&access, feed.feed, rig.window(), 1).await;
    assert!(walk.counts.pages > 10 * 5, "{:?}", walk.counts);
    assert_eq!(feed.collected(&rig, &access, rig.window()).await, feed.expected(&rig, rig.window()).await);
    // a day alone is too large, and a list has no pieces
    let stop = CancellationToken::new();
    rig.limit_answers(500);
    for feed in [Ability::Usage, Ability::Members] {
        let (ended, _) = ended(&rig, &access, feed, &stop).await;
        let Ended::Stopped(why) = ended else { panic!("{feed:?} ends {ended:?}") };
        assert!(!why.resumes() && why.to_string().contains("more than 500 bytes"), "{why}");
    }
}

#[tokio::test]
async fn what_lies_beyond_a_feeds_reach_is_neither_asked_for_nor_taken_back() {
    let rig = Rig::start().await;
    let access = rig.access("openai", "compliance").await;
    let long = Window { from: rig.now().minus(90 * DAY), ..rig.window() };
    let walk = Walk::begin(&access, Ability::Content, long, 1, rig.now());
    assert_eq!(walk.from, rig.now().minus(30 * DAY).ceil(DAY));
    let past = Window { from: rig.now().minus(90 * DAY), to: rig.now().minus(60 * DAY), bucket: DAY };
    assert!(Walk::begin(&access, Ability::Content, past, 1, rig.now()).is_whole());
}

fn row(at: Timestamp, model: &str) -> LedgerRow {
    LedgerRow {
        kind: LedgerKind::Usage,
        from: at,
        to: at.plus(DAY),
        dimensions: Dimensions { model: Some(model.into()), ..Dimensions::default() },
        quantities: Quantities { requests: Some(3), ..Quantities::default() },
        money: None,
        estimate: false,
    }
}

#[tokio::test]
async fn only_a_whole_reading_takes_back_and_only_in_its_window_and_book() {
    let rig = Rig::start().await;
    // a key that reads no usage: its walk is whole at once
    let access = rig.access("openai", "inference").await;
    let window = rig.window();
    let (inside, before, after) = (window.from, window.from.minus(DAY), window.to);
    let (book, other) = (Book::new(rig.ledger.clone(), "a/usage"), Book::new(rig.ledger.clone(), "b/usage"));
    let rows = [row(inside, "kept"), row(inside, "gone"), row(before, "gone"), row(after, "gone")];
    assert_eq!(book.put(1, &rows).await.unwrap(), Kept { new: 4, ..Kept::default() });
    other.put(1, &rows).await.unwrap();
    assert_eq!(book.put(2, &rows[..1]).await.unwrap(), Kept { same: 1, ..Kept::default() });

    let unread = Walk::begin(&rig.access("openai", "admin").await, Ability::Usage, window, 2, rig.now());
    assert_eq!(book.sweep(&unread).await.unwrap(), 0, "nothing was read yet");
    let mut walk = Walk::begin(&access, Ability::Balance, window, 2, rig.now());
    assert!(walk.is_whole());
    walk.notes.push("rows may be missing".into());
    assert_eq!(book.sweep(&walk).await.unwrap(), 0, "the reading was not sure of itself");
    walk.notes.clear();
    assert_eq!(book.sweep(&walk).await.unwrap(), 1);
    let gone: Vec<_> = rig.rows("a/usage").await.into_iter().filter(|r| r.body.is_none()).collect();
    assert_eq!(gone.len(), 1);
    let stated: Value = serde_json::from_slice(gone[0].before.as_ref().unwrap()).unwrap();
    assert_eq!((gone[0].at, &stated["dimensions"]["model"]), (inside, &json!("gone")));
    assert!(rig.rows("b/usage").await.iter().all(|r| r.body.is_some()));
}
