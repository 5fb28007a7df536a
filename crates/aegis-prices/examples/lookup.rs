//! Prints what a question to the price book costs: `cargo run -p aegis-prices --example lookup`.

use aegis_domain::{Tier, Timestamp, Usage};
use aegis_prices::{Call, PriceBook};
use std::hint::black_box;
use std::time::Instant;

/// Questions of each kind.
const ROUNDS: u32 = 200_000;

fn main() {
    let book = PriceBook::default();
    let usage =
        Usage { input_tokens: 1_000, cached_input_tokens: 400, output_tokens: 200, ..Usage::default() };
    for (what, vendor, model) in [
        ("a name of the list", "openai", "gpt-5"),
        ("a snapshot it does not name", "openai", "gpt-5-2031-01-01"),
        ("through OpenRouter", "openrouter", "anthropic/claude-haiku-4.5"),
        ("an unknown name", "openai", "nobody-knows"),
    ] {
        let at = Timestamp::from_millis(1_796_000_000_000);
        let call = Call { vendor, model, at, tier: Some(Tier::Standard), usage: Some(&usage) };
        black_box(book.price(&call));
        let started = Instant::now();
        for _ in 0..ROUNDS {
            black_box(book.price(black_box(&call)));
        }
        println!("{what}: {} ns", (started.elapsed() / ROUNDS).as_nanos());
    }
}
