//! A ledger collected equals the vendor's books: at once, again, after revisions, through faults, and cut anywhere.

use crate::figures::{Compared, FEEDS, Feed};
use crate::rig::{Cut, DAY, Rig, goes_on};
use aegis_collect::{Access, Walk};
use aegis_domain::{Ability, Window};
use serde_json::json;

fn of(vendor: &str) -> impl Iterator<Item = Feed> {
    let feeds: Vec<Feed> = FEEDS.iter().filter(|f| f.vendor == vendor).copied().collect();
    assert!(!feeds.is_empty());
    feeds.into_iter()
}

/// Thirty days; again; after the vendor's revisions.
async fn equals_the_books(vendor: &str) {
    let rig = Rig::start().await;
    for feed in of(vendor) {
        let access = rig.proved(vendor, feed.key).await;
        let window = feed.window(&rig, 30);
        let first = rig.collect(&access, feed.feed, window, 1).await;
        let expected = feed.expected(&rig, window).await;
        assert_eq!(feed.collected(&rig, &access, window).await, expected, "{feed:?} {:?}", first.notes);
        assert!(expected.values().all(|n| *n > 0), "{feed:?} {expected:?}");
        assert_eq!(first.counts.kept.changed, 0, "{feed:?}: two rows of one reading share a key");
        assert_eq!(first.counts.kept.same, 0, "{feed:?}: two rows of one reading share a key");

        let again = rig.collect(&access, feed.feed, window, 2).await.counts.kept;
        assert_eq!((again.new, again.changed, again.withdrawn), (0, 0, 0), "{feed:?}");
        assert_eq!(again.same, first.counts.kept.new, "{feed:?}");
    }
    let before = rig.now();
    let windows: Vec<_> = of(vendor).map(|feed| feed.window(&rig, 30)).collect();
    rig.clock.advance(3 * DAY);
    for (feed, window) in of(vendor).zip(windows) {
        let access = rig.proved(vendor, feed.key).await;
        let window = if feed.monthly { Window { to: rig.now().ceil(DAY), ..window } } else { window };
        let revised = rig.collect(&access, feed.feed, window, 3).await.counts.kept;
        let expected = feed.expected(&rig, window).await;
        assert_eq!(feed.collected(&rig, &access, window).await, expected, "{feed:?} revised");
        assert!(
            if feed.settled { revised.new } else { revised.changed } > 0,
            "{feed:?}: nothing was revised"
        );
        let rows = rig.rows(&Walk::book(&access, feed.feed)).await;
        let visible = rows.iter().filter(|r| r.revision > 0 && r.before.is_some() && r.changed_at > before);
        assert_eq!(visible.count() as u64, revised.changed + revised.withdrawn, "{feed:?}");
    }
}

/// With a call in three failing in every way there is, the ledger is the same.
async fn survives_faults(vendor: &str) {
    let rig = Rig::start().await;
    for feed in of(vendor) {
        let access = rig.proved(vendor, feed.key).await;
        let window = feed.window(&rig, 30);
        // each once at the beginning, then by chance
        let once = |kind: &str| json!({"kind": kind, "next": 1, "retry_after": 0});
        let often = |kind: &str, p: f64| json!({"kind": kind, "probability": p, "retry_after": 0});
        let each = ["rate_limit", "error", "cut", "reset", "bad_json"];
        let chance =
            [("rate_limit", 0.1), ("error", 0.08), ("cut", 0.05), ("reset", 0.04), ("bad_json", 0.04)];
        let rules = each.map(once).into_iter().chain(chance.map(|(kind, p)| often(kind, p)));
        rig.faults(rules.collect()).await;
        let walk = rig.collect(&access, feed.feed, window, 1).await;
        rig.faults(vec![]).await;
        assert!(walk.counts.retries > 0, "{feed:?}");
        let expected = feed.expected(&rig, window).await;
        assert_eq!(feed.collected(&rig, &access, window).await, expected, "{feed:?} {:?}", walk.counts);
    }
}

/// What is in a book, whatever runs put it there.
async fn contents(rig: &Rig, access: &Access, feed: Ability) -> Vec<(i64, [u8; 16], Option<Vec<u8>>)> {
    let rows = rig.rows(&Walk::book(access, feed)).await;
    rows.into_iter().map(|r| (r.at.millis(), r.key, r.body)).collect()
}

/// Cut at each of the first pages, before its rows, before its checkpoint and after it, a walk ends in the same ledger.
async fn survives_cuts(vendor: &str) {
    let rig = Rig::start().await;
    for feed in of(vendor) {
        let access = rig.proved(vendor, feed.key).await;
        let window = feed.window(&rig, 30);
        let pages = rig.collect(&access, feed.feed, window, 1).await.counts.pages;
        let whole = contents(&rig, &access, feed.feed).await;
        assert!(!whole.is_empty(), "{feed:?}");
        for page in 1..=pages.min(4) {
            for cut in [None, Some(Cut::BeforeRows(page)), Some(Cut::BeforeCheckpoint(page))] {
                let access = Access { id: format!("{}-{page}-{cut:?}", access.id), ..access.clone() };
                let mut walk = cut_walk(&rig, &access, &feed, page, cut).await;
                let read = if cut.is_some() { page - 1 } else { page };
                assert_eq!(walk.counts.pages, read, "{feed:?} {cut:?}");
                rig.finish(&access, &mut walk, &mut rig.sink(&access, feed.feed)).await;
                // a query in BigQuery may be asked for once more before it is done
                assert!(walk.counts.pages <= pages + 2, "{feed:?}: read anew");
                assert_eq!(walk.counts.kept.withdrawn, 0, "{feed:?}");
                assert!(contents(&rig, &access, feed.feed).await == whole, "{feed:?} page {page}, {cut:?}");
            }
        }
    }
}

/// A walk over some pages that ends there; what comes back from its last checkpoint.
async fn cut_walk(rig: &Rig, access: &Access, feed: &Feed, pages: u64, cut: Option<Cut>) -> Walk {
    let mut walk = Walk::begin(access, feed.feed, feed.window(rig, 30), 1, rig.now());
    let mut sink = rig.sink(access, feed.feed);
    sink.cut = cut;
    let mut saved = serde_json::to_string(&walk).unwrap();
    for page in 1..=pages {
        let ended = rig.one_page(access, &mut walk, &mut sink).await;
        assert!(goes_on(&ended) || cut.is_some() && page == pages, "{feed:?}: {ended:?}");
        saved = sink.saved.take().unwrap_or(saved);
    }
    serde_json::from_str(&saved).unwrap()
}

macro_rules! vendors {
    ($($vendor:ident)*) => {$(
        mod $vendor {
            #[tokio::test]
            async fn the_ledger_equals_the_books_and_follows_their_revisions() {
                super::equals_the_books(stringify!($vendor)).await;
            }

            #[tokio::test]
            async fn faults_change_nothing_in_the_ledger() {
                super::survives_faults(stringify!($vendor)).await;
            }

            #[tokio::test]
            async fn a_walk_cut_anywhere_ends_in_the_same_ledger() {
                super::survives_cuts(stringify!($vendor)).await;
            }
        }
    )*};
}

vendors! { openai anthropic gemini xai azure_openai mistral cohere huggingface openrouter perplexity }
