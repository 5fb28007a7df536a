//! Judges what a vendor billed against what was seen here: by one rule after another, each with the reason in words.
//! Called for each line of the reconciliation. Invariants: every line has exactly one cause; a confidence says how far
//! the figures bear it out, and is never 1 where anything had to be assumed.

use serde::{Deserialize, Serialize};

/// Why two figures are as they are.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Billed, and never seen here: shadow use.
    Bypass,
    /// Seen under a key whose bill is not collected here, or billed to a key that no call names.
    UnknownKey,
    /// Seen, and not in the price book.
    NotPriced,
    /// Too young: vendors revise their figures for some days.
    LateBucket,
    /// The same tokens at another price, dearer than the book.
    PriceDiffers,
    /// Within what rounding explains.
    Rounding,
    /// The same tokens for less than the book says.
    Discount,
    /// Equal.
    Agrees,
}

/// What the vendor says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Billed {
    /// Billionths of a dollar; none where no bill is collected, or it is in a currency without a rate.
    pub nano: Option<i128>,
    /// Tokens in and out; none where no usage is collected.
    pub tokens: Option<u64>,
    /// Rows behind it.
    pub rows: u64,
}

/// What was seen here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// Billionths of a dollar: stated in answers, or by the price book.
    pub nano: i128,
    /// Events.
    pub events: u64,
    /// Tokens in and out.
    pub tokens: u64,
    /// Of those, without a price.
    pub not_priced_tokens: u64,
}

/// What else bears on it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// Whole days since the day ended.
    pub age_days: i64,
    /// Calls seen name keys, and this one is not among them.
    pub key_unheard_of: bool,
}

/// The judgement.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Why.
    pub cause: Cause,
    /// How far the figures bear it out, 0 to 1.
    pub confidence: f32,
    /// In words.
    pub reason: String,
}

/// Days within which vendors still revise.
const LATE_DAYS: i64 = 3;
/// Tokens that may differ: counts are taken at other moments. In thousandths.
const TOKENS_APART: u128 = 5;
/// Half a cent: a vendor that bills in cents is off by no more a row.
const HALF_A_CENT: i128 = 5_000_000;

/// See the module.
pub fn judge(billed: &Billed, seen: &Seen, at: &Circumstances) -> Verdict {
    let late = at.age_days < LATE_DAYS;
    let says = Says { billed, seen, late, at };
    let nothing_billed = billed.nano.unwrap_or(0) == 0 && billed.tokens.unwrap_or(0) == 0;
    match (nothing_billed, seen.events == 0) {
        (true, true) => verdict(Cause::Agrees, 1.0, "nothing was billed and nothing was seen"),
        (true, false) => says.seen_alone(),
        (false, true) => says.billed_alone(),
        (false, false) => match billed.tokens {
            Some(tokens) => says.both_with_tokens(tokens),
            None => says.both_without_tokens(),
        },
    }
}

fn verdict(cause: Cause, confidence: f32, reason: impl Into<String>) -> Verdict {
    Verdict { cause, confidence, reason: reason.into() }
}

struct Says<'a> {
    billed: &'a Billed,
    seen: &'a Seen,
    late: bool,
    at: &'a Circumstances,
}

impl Says<'_> {
    fn seen_alone(&self) -> Verdict {
        if self.late {
            let reason =
                "seen here, not billed yet: the day is younger than three days, and vendors report late";
            return verdict(Cause::LateBucket, 0.9, reason);
        }
        if self.billed.nano.is_some() && self.seen.nano == 0 && self.seen.not_priced_tokens == 0 {
            return verdict(Cause::Agrees, 0.9, "nothing was billed, and what was seen here costs nothing");
        }
        let reason =
            "seen here and billed nowhere: the calls were made with a key whose bill is not collected here";
        let confidence = if self.billed.nano.is_some() || self.billed.tokens.is_some() { 0.8 } else { 0.6 };
        verdict(Cause::UnknownKey, confidence, reason)
    }

    fn billed_alone(&self) -> Verdict {
        if self.at.key_unheard_of {
            let reason = "billed to a key that no call seen here names";
            return verdict(Cause::UnknownKey, 0.9, reason);
        }
        if self.billed.nano.is_some_and(|nano| nano < 0) {
            return verdict(Cause::Discount, 0.7, "a credit: the vendor took money back");
        }
        let confidence = if self.late { 0.7 } else { 0.95 };
        let reason = "counted by the vendor and never seen here: it was used without passing AegisFlow";
        verdict(Cause::Bypass, confidence, reason)
    }

    fn both_with_tokens(&self, tokens: u64) -> Verdict {
        let (billed, seen) = (u128::from(tokens), u128::from(self.seen.tokens));
        if billed.abs_diff(seen) * 1_000 <= billed.max(seen) * TOKENS_APART {
            return self.same_tokens(billed == seen);
        }
        let share = |part: u128, whole: u128| part * 100 / whole.max(1);
        if billed > seen {
            let missing = share(billed - seen, billed);
            let reason = format!("{missing} % of the tokens the vendor counts were never seen here");
            return verdict(Cause::Bypass, if self.late { 0.6 } else { 0.85 }, reason);
        }
        let missing = share(seen - billed, seen);
        if self.late {
            let reason = format!("{missing} % of the tokens seen here are not in the vendor's figures yet");
            return verdict(Cause::LateBucket, 0.85, reason);
        }
        let reason = format!("{missing} % of the tokens seen here are in no bill that is collected here");
        verdict(Cause::UnknownKey, 0.7, reason)
    }

    /// The tokens agree, exactly or nearly: what is left is their price.
    fn same_tokens(&self, exactly: bool) -> Verdict {
        let sure = if exactly { 1.0 } else { 0.9 };
        let Some(billed) = self.billed.nano else {
            let reason = "the tokens agree; no bill is collected to compare prices with";
            return verdict(Cause::Agrees, 0.8 * sure, reason);
        };
        if self.seen.not_priced_tokens > 0 {
            let reason = "the tokens agree; some of them have no price here, so the sums cannot";
            return verdict(Cause::NotPriced, 0.95 * sure, reason);
        }
        self.price(billed, sure)
    }

    fn both_without_tokens(&self) -> Verdict {
        let Some(billed) = self.billed.nano else {
            let reason = "the vendor's figures name no tokens and no sum in dollars to compare";
            return verdict(Cause::Agrees, 0.1, reason);
        };
        if billed > self.seen.nano && self.seen.not_priced_tokens > 0 {
            let reason = "more was billed than the price book gives: some tokens seen here have no price";
            return verdict(Cause::NotPriced, 0.7, reason);
        }
        let near = self.price(billed, 0.9);
        match near.cause {
            Cause::Agrees | Cause::Rounding => near,
            _ if billed > self.seen.nano => {
                let reason =
                    "more was billed than was seen here; the vendor names no tokens to tell use from price";
                verdict(Cause::Bypass, if self.late { 0.4 } else { 0.6 }, reason)
            }
            _ if self.late => verdict(
                Cause::LateBucket,
                0.7,
                "less was billed than was seen here, on a day that vendors still revise",
            ),
            _ => verdict(Cause::Discount, 0.5, "less was billed than the price book gives"),
        }
    }

    /// Compares sums for the same use.
    fn price(&self, billed: i128, sure: f32) -> Verdict {
        let seen = self.seen.nano;
        let apart = billed.abs_diff(seen);
        let rows = u128::from(self.billed.rows.max(1));
        if apart == 0 {
            return verdict(Cause::Agrees, sure, "the sums are equal to the last billionth of a dollar");
        }
        if apart <= rows + u128::from(self.seen.events) {
            let reason = "the sums differ by no more than a billionth of a dollar for each row and call";
            return verdict(Cause::Rounding, 0.99 * sure, reason);
        }
        let larger = billed.unsigned_abs().max(seen.unsigned_abs());
        if apart <= rows * HALF_A_CENT as u128 && apart * 100 <= larger {
            let reason =
                "the sums differ by less than half a cent for each row of the bill, and by less than 1 %";
            return verdict(Cause::Rounding, 0.8 * sure, reason);
        }
        let percent = apart * 100 / larger.max(1);
        if billed < seen {
            let reason =
                format!("the same use was billed {percent} % below the price book: a discount or contract");
            return verdict(Cause::Discount, 0.8 * sure, reason);
        }
        let reason = format!(
            "the same use was billed {percent} % above what was expected here: another price or tier"
        );
        verdict(Cause::PriceDiffers, 0.8 * sure, reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn billed(nano: i128, tokens: u64) -> Billed {
        Billed { nano: Some(nano), tokens: Some(tokens), rows: 1 }
    }

    fn seen(nano: i128, tokens: u64) -> Seen {
        Seen { nano, events: 1, tokens, not_priced_tokens: 0 }
    }

    const OLD: Circumstances = Circumstances { age_days: 9, key_unheard_of: false };
    const YOUNG: Circumstances = Circumstances { age_days: 1, key_unheard_of: false };
    const UNHEARD: Circumstances = Circumstances { age_days: 9, key_unheard_of: true };

    #[test]
    fn every_cause_has_its_case() {
        let dollar = 1_000_000_000;
        let none = Billed::default();
        let money = |nano| Billed { nano: Some(nano), rows: 1, ..none };
        let usage = |tokens| Billed { tokens: Some(tokens), rows: 1, ..none };
        let unpriced = Seen { not_priced_tokens: 10, ..seen(0, 100) };
        for (billed, seen, at, want) in [
            (none, Seen::default(), OLD, Cause::Agrees),
            (billed(dollar, 100), seen(dollar, 100), OLD, Cause::Agrees),
            (usage(100), seen(dollar, 100), OLD, Cause::Agrees),
            (billed(dollar, 100), Seen::default(), OLD, Cause::Bypass),
            (billed(dollar, 100), Seen::default(), UNHEARD, Cause::UnknownKey),
            (billed(-dollar, 0), Seen::default(), OLD, Cause::Discount),
            (none, seen(dollar, 100), OLD, Cause::UnknownKey),
            (none, seen(dollar, 100), YOUNG, Cause::LateBucket),
            (billed(dollar, 200), seen(dollar, 100), OLD, Cause::Bypass),
            (billed(dollar, 100), seen(dollar, 200), YOUNG, Cause::LateBucket),
            (billed(dollar, 100), seen(dollar, 200), OLD, Cause::UnknownKey),
            (billed(dollar, 100), unpriced, OLD, Cause::NotPriced),
            (money(dollar), unpriced, OLD, Cause::NotPriced),
            (billed(dollar + 2, 100), seen(dollar, 100), OLD, Cause::Rounding),
            (billed(dollar + 3, 100), seen(dollar, 100), OLD, Cause::Rounding),
            (billed(dollar + 4_000_000, 100), seen(dollar, 100), OLD, Cause::Rounding),
            (billed(dollar + 6_000_000, 100), seen(dollar, 100), OLD, Cause::PriceDiffers),
            (billed(dollar * 9 / 10, 100), seen(dollar, 100), OLD, Cause::Discount),
            (billed(dollar * 11 / 10, 1000), seen(dollar, 1004), OLD, Cause::PriceDiffers),
            (money(dollar * 2), seen(dollar, 100), OLD, Cause::Bypass),
            (money(dollar / 2), seen(dollar, 100), YOUNG, Cause::LateBucket),
            (money(dollar / 2), seen(dollar, 100), OLD, Cause::Discount),
            (money(dollar), seen(dollar, 100), OLD, Cause::Agrees),
        ] {
            let verdict = judge(&billed, &seen, &at);
            assert_eq!(verdict.cause, want, "{billed:?} {seen:?} {at:?}: {verdict:?}");
        }
    }

    proptest! {
        #[test]
        fn any_figures_have_one_cause_with_a_reason(
            nano in proptest::option::of(any::<i64>()), tokens in proptest::option::of(any::<u64>()),
            rows in any::<u64>(), seen_nano in any::<i64>(), events in any::<u64>(), seen_tokens in any::<u64>(),
            unpriced in any::<u64>(), age_days in -2i64..400, key_unheard_of in any::<bool>(),
        ) {
            let billed = Billed { nano: nano.map(i128::from), tokens, rows };
            let seen =
                Seen { nano: seen_nano.into(), events, tokens: seen_tokens, not_priced_tokens: unpriced };
            let verdict = judge(&billed, &seen, &Circumstances { age_days, key_unheard_of });
            prop_assert!((0.0..=1.0).contains(&verdict.confidence));
            prop_assert!(!verdict.reason.is_empty());
            if verdict.cause == Cause::Agrees && verdict.confidence == 1.0 {
                prop_assert_eq!(billed.nano.unwrap_or(0), seen.nano * i128::from(events > 0));
            }
        }
    }
}
