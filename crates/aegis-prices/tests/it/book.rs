//! What calls cost, computed by hand from the list and from contracts.

use aegis_domain::entities::{ContractPrice, Terms, VendorContract};
use aegis_domain::{Exact, Tier, Timestamp, Usage};
use aegis_prices::{Call, PriceBook, Priced, Reason};
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn exact(text: &str) -> Exact {
    text.parse().expect("a decimal")
}

fn usage(input: u64, cached: u64, written: u64, output: u64, reasoning: u64) -> Usage {
    Usage {
        input_tokens: input,
        cached_input_tokens: cached,
        cache_write_tokens: written,
        output_tokens: output,
        reasoning_tokens: reasoning,
    }
}

fn ask(book: &PriceBook, vendor: &str, model: &str, tier: Tier, usage: &Usage) -> Priced {
    let at = at("2026-12-01T00:00:00Z");
    book.price(&Call { vendor, model, at, tier: Some(tier), usage: Some(usage) })
}

#[test]
fn list_prices_by_tier_cache_length_and_reasoning() {
    let book = PriceBook::default();
    use Tier::{Batch, Flex, Priority, Standard};
    for (vendor, model, tier, used, nano, id) in [
        // 600 × 1.25 + 400 × 0.125 + 200 × 10 millionths
        ("openai", "gpt-5", Standard, usage(1000, 400, 0, 200, 50), 2_800_000, "openai/gpt-5"),
        // 600 × 0.625 + 400 × 0.0625 + 200 × 5
        ("openai", "gpt-5", Batch, usage(1000, 400, 0, 200, 0), 1_400_000, "openai/gpt-5:batch"),
        ("openai", "gpt-5", Flex, usage(1000, 400, 0, 200, 0), 1_400_000, "openai/gpt-5:flex"),
        // 600 × 2.5 + 400 × 0.25 + 200 × 20
        ("openai", "gpt-5", Priority, usage(1000, 400, 0, 200, 0), 5_600_000, "openai/gpt-5:priority"),
        // a snapshot the list does not name
        ("openai", "gpt-5-2031-01-01", Standard, usage(1, 0, 0, 0, 0), 1_250, "openai/gpt-5"),
        // 272,000 × 4 is the last call at the lower price; one token more and the whole call is dearer
        (
            "openai",
            "daybreak-blue-latest",
            Standard,
            usage(272_000, 0, 0, 1, 0),
            1_088_020_000,
            "openai/daybreak-blue-latest",
        ),
        (
            "openai",
            "daybreak-blue-latest",
            Standard,
            usage(272_001, 0, 1, 1, 0),
            // 272,000 × 8 + 1 × 10 + 1 × 30
            2_176_040_000,
            "openai/daybreak-blue-latest>272000",
        ),
        ("cohere", "rerank-v3.5", Standard, usage(10, 0, 0, 0, 0), 2_000_000, "cohere/rerank-v3.5"),
        ("ollama", "llama3:8b", Standard, usage(10, 0, 0, 5, 0), 0, "ollama/local"),
        // a cache that is written for 0 has no charge of its own: the tokens cost what input costs
        ("openrouter", "openai/gpt-5", Standard, usage(8, 0, 0, 0, 0), 10_000, "openai/gpt-5"),
    ] {
        let want = Priced::Observed { nano, price_id: format!("list:{id}@2026-11-30+1.109.1") };
        assert_eq!(ask(&book, vendor, model, tier, &used), want, "{vendor}/{model} {tier:?}");
    }
}

#[test]
fn what_has_no_price_is_not_priced_and_says_why() {
    let book = PriceBook::default();
    let some = usage(10, 0, 0, 10, 0);
    for (vendor, model, tier, used, reason) in [
        ("openai", "gpt-5-ultra", Some(Tier::Standard), Some(some), Reason::UnknownModel),
        ("huggingface", "meta/llama", Some(Tier::Standard), Some(some), Reason::UnknownModel),
        ("nobody", "gpt-5", Some(Tier::Standard), Some(some), Reason::UnknownModel),
        ("ollama", "gpt-oss:120b-cloud", Some(Tier::Standard), Some(some), Reason::UnknownModel),
        ("openai", "gpt-5", None, Some(some), Reason::TierNotListed),
        ("openai", "chat-latest", Some(Tier::Batch), Some(some), Reason::TierNotListed),
        ("openai", "gpt-5", Some(Tier::Standard), None, Reason::NoUsage),
        ("openai", "gpt-5", Some(Tier::Standard), Some(Usage::default()), Reason::NoUsage),
        ("openai", "gpt-5", Some(Tier::Standard), Some(usage(1, 2, 0, 0, 0)), Reason::Inconsistent),
        ("gemini", "lyria-3.5", Some(Tier::Standard), Some(some), Reason::NoPrice),
        ("openai", "gpt-4o-audio-preview-2025-06-03", Some(Tier::Standard), Some(some), Reason::Audio),
        ("mistral", "mistral-embed", Some(Tier::Standard), Some(some), Reason::PartNotListed),
    ] {
        let call = Call { vendor, model, at: at("2026-12-01T00:00:00Z"), tier, usage: used.as_ref() };
        assert_eq!(book.price(&call), Priced::NotPriced(reason), "{vendor}/{model}");
    }
}

fn contract(prices: Vec<ContractPrice>) -> PriceBook {
    PriceBook::new(vec![VendorContract { vendor: "openai".into(), revision: 7, prices }])
}

fn agreed(
    model: Option<&str>,
    tier: Option<Tier>,
    from: &str,
    to: Option<&str>,
    terms: Terms,
) -> ContractPrice {
    let (model, valid_to) = (model.map(str::to_owned), to.map(at));
    ContractPrice { model, tier, valid_from: at(from), valid_to, terms }
}

fn off(percent: &str) -> Terms {
    Terms::Discount { percent: exact(percent) }
}

#[test]
fn contracts_go_before_the_list_for_their_model_tier_and_time() {
    let flat = Terms::Absolute {
        input: exact("1"),
        output: exact("2"),
        cached_input: Some(exact("0.5")),
        cache_write: None,
        reasoning: Some(exact("3")),
    };
    let book = contract(vec![
        agreed(None, None, "2026-01-01T00:00:00Z", None, off("12.5")),
        agreed(None, Some(Tier::Batch), "2026-01-01T00:00:00Z", None, off("50")),
        agreed(Some("gpt-5"), None, "2026-06-01T00:00:00Z", Some("2026-12-01T00:00:00Z"), flat),
    ]);
    let used = usage(1000, 400, 0, 200, 50);
    let at_of = |t: &str, model: &str, tier| match book.price(&Call {
        vendor: "openai",
        model,
        at: at(t),
        tier: Some(tier),
        usage: Some(&used),
    }) {
        Priced::Observed { nano, price_id } => (nano, price_id),
        Priced::NotPriced(reason) => panic!("{t} {model}: {reason}"),
    };
    let list = "@2026-11-30+1.109.1";
    for (t, model, tier, nano, id) in [
        // the list's 2,800,000 less an eighth
        (
            "2026-12-01T00:00:00Z",
            "gpt-5",
            Tier::Standard,
            2_450_000,
            format!("list:openai/gpt-5{list};contract:openai@2026-01-01+7"),
        ),
        // a call before the first list is priced by the first list, and says so
        ("2025-12-31T23:59:59Z", "gpt-5", Tier::Standard, 2_800_000, format!("list:openai/gpt-5{list}")),
        // 600 × 1 + 400 × 0.5 + 150 × 2 + 50 × 3, for the snapshot, too
        (
            "2026-11-30T23:59:59Z",
            "gpt-5-2025-08-07",
            Tier::Batch,
            1_250_000,
            "contract:openai/gpt-5@2026-06-01+7".into(),
        ),
        // half of the batch price
        (
            "2026-12-01T00:00:00Z",
            "gpt-5",
            Tier::Batch,
            700_000,
            format!("list:openai/gpt-5:batch{list};contract:openai:batch@2026-01-01+7"),
        ),
    ] {
        assert_eq!(at_of(t, model, tier), (nano, id), "{t} {model} {tier:?}");
    }
    let other = book.price(&Call {
        vendor: "mistral",
        model: "mistral-large-latest",
        at: at("2026-12-01T00:00:00Z"),
        tier: Some(Tier::Standard),
        usage: Some(&used),
    });
    assert!(matches!(other, Priced::Observed { price_id, .. } if !price_id.contains("contract")));
}

#[test]
fn a_contract_prices_what_the_list_does_not_know() {
    let flat = Terms::Absolute {
        input: exact("0.000001"),
        output: exact("0"),
        cached_input: None,
        cache_write: None,
        reasoning: None,
    };
    let book = contract(vec![agreed(Some("ours"), None, "2026-01-01T00:00:00Z", None, flat)]);
    let priced = ask(&book, "openai", "ours", Tier::Priority, &usage(1_500, 0, 0, 9, 0));
    let id = "contract:openai/ours@2026-01-01+7".to_owned();
    assert_eq!(priced, Priced::Observed { nano: 2, price_id: id }, "1.5 rounds to the even 2");
}

#[test]
fn a_model_and_its_snapshots_are_one_family() {
    let book = PriceBook::default();
    for (vendor, model, want) in [
        ("openai", "gpt-5-2025-08-07", Some("gpt-5")),
        ("openai", "gpt-5", Some("gpt-5")),
        ("gemini", "models/gemini-2.5-pro", Some("gemini-2.5-pro")),
        ("openai", "nobody-knows", None),
        ("openrouter", "openai/gpt-5", None),
        ("ollama", "llama3:8b", None),
    ] {
        assert_eq!(book.family(vendor, model, at("2026-12-01T00:00:00Z")), want, "{vendor}/{model}");
    }
}

#[test]
fn many_calls_cost_what_each_does() {
    let book = PriceBook::default();
    let long = usage(400_000, 0, 0, 0, 0);
    for (vendor, model, requests, used, want) in [
        // long together, and each of them short
        ("openai", "daybreak-blue-latest", 4, &long, Some(1_600_000_000)),
        ("cohere", "rerank-v3.5", 3, &long, Some(6_000_000)),
        ("openai", "nobody-knows", 3, &long, None),
    ] {
        let at = at("2026-12-01T00:00:00Z");
        let call = Call { vendor, model, at, tier: Some(Tier::Standard), usage: Some(used) };
        assert_eq!(book.price_sum(&call, requests), want, "{vendor}/{model}");
    }
}

#[test]
fn terms_that_cannot_be_applied_are_known_before() {
    for (terms, want) in [
        (off("0"), true),
        (off("99.99"), true),
        (off("100.01"), false),
        (off("-1"), false),
        (off("0.001"), false),
    ] {
        assert_eq!(aegis_prices::applicable(&terms), want, "{terms:?}");
    }
}

proptest! {
    #[test]
    fn any_call_is_priced_or_refused_without_panic(
        vendor in "[a-z_]{0,12}|openai|gemini|openrouter|ollama",
        model in "\\PC{0,40}|(models/|ft:|openai/)?gpt-5(-2025-0[0-9]-[0-9]{2})?(:[a-z]*)*",
        tokens in prop::array::uniform5(any::<u64>()),
        at in any::<i64>(),
    ) {
        let usage = usage(tokens[0], tokens[1], tokens[2], tokens[3], tokens[4]);
        let at = Timestamp::from_millis(at);
        for tier in Tier::ALL {
            let priced = PriceBook::default().price(&Call {
                vendor: &vendor, model: &model, at, tier: Some(tier), usage: Some(&usage),
            });
            if let Priced::Observed { nano, .. } = priced {
                prop_assert!(nano >= 0);
            }
        }
    }

    #[test]
    fn more_tokens_never_cost_less_within_a_tier(input in 0u64..200_000, more in 0u64..50_000, output in 0u64..10_000) {
        let book = PriceBook::default();
        let nano = |input| match ask(&book, "openai", "gpt-5", Tier::Standard, &usage(input, 0, 0, output + 1, 0)) {
            Priced::Observed { nano, .. } => nano,
            Priced::NotPriced(reason) => panic!("{reason}"),
        };
        prop_assert!(nano(input + more) >= nano(input));
    }
}
