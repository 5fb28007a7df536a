//! `/usage/reconciliation`: what vendors billed against what was seen here, by day and by vendor, model or key.
//! The judgement is `aegis_spend::judge`'s. Invariants: one day is held at a time; every line of a day is in the totals,
//! whether it is listed or left off; models are compared by the names the price book has for them.

use super::figures::{Foreign, ForeignView, tokens, usd};
use super::{DAY, books, days, whole_days};
use crate::App;
use crate::prices::Taken;
use crate::rollups::{self, Count, PAIR, REST, count, dimension};
use aegis_domain::entities::{LedgerDay, LedgerLine};
use aegis_domain::{LedgerKind, Tier, Timestamp, Usage, Window};
use aegis_prices::Call;
use aegis_spend::{Billed, Cause, Circumstances, Seen, Verdict, judge};
use aegis_store::{StoreError, Tally};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// What a line is about, beside its day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReconciliationGroup)]
pub enum Group {
    /// A vendor.
    #[default]
    Vendor,
    /// A vendor's model.
    Model,
    /// A vendor's API key: of events the label `key`, of bills the vendor's id of the key.
    Key,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// What a line is about.
    pub group: Group,
    /// This vendor alone.
    pub vendor: Option<String>,
    /// This cause alone.
    pub cause: Option<Cause>,
    /// So many lines.
    pub limit: usize,
}

/// One comparison.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReconciliationLine {
    /// First instant of the day, in UTC.
    pub day: Timestamp,
    /// Vendor.
    pub vendor: String,
    /// Model or key; none where lines are about vendors, and for what names none.
    pub key: Option<String>,
    /// True: `key` is no value. It stands for those that were not kept apart.
    pub other: bool,
    /// Billed, in US dollars; none where no bill is collected, or its currency has no rate.
    pub billed_usd: Option<String>,
    /// Seen here: stated in answers, or by the price book.
    pub seen_usd: String,
    /// Billed less seen; where there is no bill in dollars, what the tokens the vendor counts cost by the price book, less seen.
    pub gap_usd: Option<String>,
    /// That gap as a part of what was billed, or would be.
    pub gap_share: Option<f64>,
    /// True: the gap is by the price book, because there is no bill in dollars.
    pub gap_expected: bool,
    /// Tokens the vendor counts; none where no usage is collected.
    pub billed_tokens: Option<u64>,
    /// Tokens seen here.
    pub seen_tokens: i64,
    /// Of those, without a price.
    pub not_priced_tokens: i64,
    /// Events seen here.
    pub seen_events: i64,
    /// Why the two are as they are.
    pub cause: Cause,
    /// How far the figures bear that out, 0 to 1.
    pub confidence: f32,
    /// In words.
    pub reason: String,
}

/// Lines of one cause together.
#[derive(Debug, Serialize, ToSchema)]
pub struct CauseTotal {
    /// The cause.
    pub cause: Cause,
    /// Lines.
    pub lines: usize,
    /// Their gaps together, in US dollars, where there is a bill in dollars.
    pub gap_usd: String,
    /// The gaps of the others, by the price book.
    pub expected_gap_usd: String,
}

/// Reported against observed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reconciliation {
    /// When this was read.
    pub as_of: Timestamp,
    /// First instant: the window is widened to whole days in UTC.
    pub from: Timestamp,
    /// First instant after.
    pub to: Timestamp,
    /// What a line is about.
    pub group: Group,
    /// The lines with the largest gaps.
    pub items: Vec<ReconciliationLine>,
    /// Lines with smaller ones that are not listed; they are in the totals.
    pub left_off: usize,
    /// By cause, the most common first.
    pub causes: Vec<CauseTotal>,
    /// Billed in all lines, in US dollars.
    pub billed_usd: String,
    /// Seen in all lines.
    pub seen_usd: String,
    /// Tokens without a price in all lines.
    pub not_priced_tokens: i64,
    /// Billed in currencies without a rate: in no sum above.
    pub foreign: Vec<ForeignView>,
}

/// Vendor and model or key.
type Name = (String, Option<String>);

/// The vendor's side of a line.
#[derive(Default, Clone, Copy)]
struct Bill {
    billed: Billed,
    /// What the tokens cost by the book, as far as each has a price.
    expected: i128,
    not_expected: bool,
}

/// Both sides of a day.
#[derive(Default)]
struct Sides {
    bills: BTreeMap<Name, Bill>,
    seen: BTreeMap<Name, Tally>,
}

/// The gaps of one cause: where there is a bill in dollars, and by the price book where there is none.
#[derive(Default)]
struct Gaps {
    lines: usize,
    billed: i128,
    expected: i128,
}

/// Totals on their way.
#[derive(Default)]
struct Totals {
    lines: Vec<(u128, ReconciliationLine)>,
    left_off: usize,
    causes: BTreeMap<Cause, Gaps>,
    billed: i128,
    seen: i128,
    not_priced: i64,
}

/// Compares the days a window touches.
pub async fn reconcile(app: &App, window: Window, asked: &Asked) -> Result<Reconciliation, StoreError> {
    let window = whole_days(window);
    let now = app.clock.now();
    let taken = app.prices.taken();
    let (mut totals, mut foreign) = (Totals::default(), Foreign::default());
    for day in days(window) {
        let booked = books::of_day(app, day).await?;
        let one = Window { from: day, to: day.plus(DAY), bucket: DAY };
        let of = match asked.group {
            Group::Vendor => dimension::VENDOR,
            Group::Model => dimension::MODEL,
            Group::Key => dimension::KEY,
        };
        let [vendors, seen] = rollups::by_values(app, one, [(dimension::VENDOR, 0), (of, 0)]).await?;
        let whole = sides(&taken, &mut foreign, &booked, Group::Vendor, &vendors, &vendors);
        let parts = match asked.group {
            Group::Vendor => None,
            group => {
                // What has no rate was noted for the vendors already.
                Some(sides(&taken, &mut Foreign::default(), &booked, group, &vendors, &seen))
            }
        };
        for line in lines(day, now, &whole, parts.as_ref(), asked) {
            totals.take(line, asked);
        }
    }
    let mut causes: Vec<(Cause, Gaps)> = totals.causes.into_iter().collect();
    causes.sort_by_key(|(cause, gaps)| (Reverse(gaps.lines), *cause));
    totals.lines.sort_by(order);
    totals.left_off += totals.lines.len().saturating_sub(asked.limit);
    totals.lines.truncate(asked.limit);
    let total = |(cause, gaps): (Cause, Gaps)| CauseTotal {
        cause,
        lines: gaps.lines,
        gap_usd: usd(gaps.billed),
        expected_gap_usd: usd(gaps.expected),
    };
    Ok(Reconciliation {
        as_of: now,
        from: window.from,
        to: window.to,
        group: asked.group,
        items: totals.lines.into_iter().map(|(_, line)| line).collect(),
        left_off: totals.left_off,
        causes: causes.into_iter().map(total).collect(),
        billed_usd: usd(totals.billed),
        seen_usd: usd(totals.seen),
        not_priced_tokens: totals.not_priced,
        foreign: foreign.view(),
    })
}

/// The largest gap first, then the latest day.
fn order(a: &(u128, ReconciliationLine), b: &(u128, ReconciliationLine)) -> std::cmp::Ordering {
    let key = |line: &(u128, ReconciliationLine)| (Reverse(line.0), Reverse(line.1.day));
    let name = |line: &(u128, ReconciliationLine)| (line.1.vendor.clone(), line.1.key.clone());
    key(a).cmp(&key(b)).then_with(|| name(a).cmp(&name(b)))
}

/// A line with its figures as numbers.
struct Judged {
    line: ReconciliationLine,
    billed: i128,
    seen: i128,
    gap: i128,
}

impl Totals {
    fn take(&mut self, judged: Judged, asked: &Asked) {
        if asked.cause.is_some_and(|cause| cause != judged.line.cause) {
            return;
        }
        let of = self.causes.entry(judged.line.cause).or_default();
        of.lines += 1;
        *(if judged.line.gap_expected { &mut of.expected } else { &mut of.billed }) += judged.gap;
        self.billed += judged.billed;
        self.seen += judged.seen;
        self.not_priced += judged.line.not_priced_tokens;
        self.lines.push((judged.gap.unsigned_abs(), judged.line));
        // Twice what is asked for, so that sorting is rare.
        if self.lines.len() > asked.limit * 2 + 64 {
            self.lines.sort_by(order);
            self.left_off += self.lines.len() - asked.limit;
            self.lines.truncate(asked.limit);
        }
    }
}

/// Both sides of a day, in lines of a group.
fn sides(
    taken: &Taken,
    foreign: &mut Foreign,
    booked: &[LedgerDay],
    group: Group,
    vendors: &rollups::ByValue,
    seen: &rollups::ByValue,
) -> Sides {
    let mut sides = Sides::default();
    for day in booked {
        for line in &day.lines {
            let name = (day.vendor.clone(), billed_name(taken, group, day, line));
            bill(taken, foreign, sides.bills.entry(name).or_default(), day, line);
        }
    }
    for (value, tally) in seen {
        let name = match value.split_once(PAIR) {
            // Whose these are is not known any more.
            _ if value == REST => (String::new(), Some(REST.to_owned())),
            Some((vendor, name)) => (vendor.to_owned(), Some(seen_name(taken, group, vendor, name))),
            None => (value.clone(), None),
        };
        sides.seen.entry(name).or_default().merge(tally);
    }
    if group == Group::Key {
        unnamed(&mut sides.seen, vendors);
    }
    sides
}

/// Adds what the vendors' events with a key leave of all their events.
fn unnamed(seen: &mut BTreeMap<Name, Tally>, vendors: &rollups::ByValue) {
    for (vendor, whole) in vendors {
        let named = seen.range((vendor.clone(), None)..).take_while(|((of, _), _)| of == vendor);
        let mut sum = Tally::default();
        named.for_each(|(_, tally)| sum.merge(tally));
        let of = |tally: &Tally, at: usize| tally.counters.get(at).copied().unwrap_or(0);
        let counters: Vec<i64> =
            (0..whole.counters.len()).map(|at| (of(whole, at) - of(&sum, at)).max(0)).collect();
        if counters.iter().any(|n| *n != 0) {
            seen.insert((vendor.clone(), None), Tally { counters, sketches: Vec::new() });
        }
    }
}

/// The name of a model in the price book, so that a snapshot and its alias are one.
fn seen_name(taken: &Taken, group: Group, vendor: &str, name: &str) -> String {
    // The list of one time for all times: names must not change within an answer.
    let family = || taken.book.family(vendor, name, Timestamp::from_millis(i64::MAX));
    if group == Group::Model { family().unwrap_or(name).to_owned() } else { name.to_owned() }
}

fn billed_name(taken: &Taken, group: Group, day: &LedgerDay, line: &LedgerLine) -> Option<String> {
    match group {
        Group::Vendor => None,
        _ if line.key.other => Some(REST.to_owned()),
        Group::Model => line.key.model.as_ref().map(|name| seen_name(taken, group, &day.vendor, name)),
        Group::Key => line.key.api_key.clone(),
    }
}

fn bill(taken: &Taken, foreign: &mut Foreign, bill: &mut Bill, day: &LedgerDay, line: &LedgerLine) {
    bill.billed.rows += line.rows;
    if let Some((billed, _)) = foreign.dollars(&taken.rates, day, line).filter(|_| !line.key.estimate) {
        *bill.billed.nano.get_or_insert(0) += billed;
    }
    let tokens = line.input_tokens.saturating_add(line.output_tokens);
    if line.key.kind != LedgerKind::Usage || tokens == 0 {
        return;
    }
    let sum = bill.billed.tokens.get_or_insert(0);
    *sum = sum.saturating_add(tokens);
    let usage = Usage {
        input_tokens: line.input_tokens,
        cached_input_tokens: line.cached_input_tokens,
        cache_write_tokens: line.cache_write_tokens,
        output_tokens: line.output_tokens,
        reasoning_tokens: line.reasoning_tokens,
    };
    let call = Call {
        vendor: &day.vendor,
        model: line.key.model.as_deref().unwrap_or_default(),
        at: day.day,
        tier: line.key.tier.as_deref().map_or(Some(Tier::Standard), Tier::of_vendor),
        usage: Some(&usage),
    };
    match taken.book.price_sum(&call, line.requests) {
        Some(nano) => bill.expected += i128::from(nano),
        None => bill.not_expected = true,
    }
}

/// The lines of a day.
fn lines<'a>(
    day: Timestamp,
    now: Timestamp,
    whole: &'a Sides,
    parts: Option<&'a Sides>,
    asked: &'a Asked,
) -> impl Iterator<Item = Judged> + use<'a> {
    let age_days = (now.millis() - day.plus(DAY).millis()).div_euclid(DAY.as_millis() as i64);
    let of = parts.unwrap_or(whole);
    let names: BTreeSet<&Name> = of.bills.keys().chain(of.seen.keys()).collect();
    let wanted = |name: &&Name| asked.vendor.as_ref().is_none_or(|vendor| *vendor == name.0);
    names.into_iter().filter(wanted).map(move |name| {
        let bill = of.bills.get(name).copied().unwrap_or_default();
        let tally = of.seen.get(name).cloned().unwrap_or_default();
        let heard = || of.seen.keys().any(|(vendor, key)| *vendor == name.0 && key.is_some());
        let at = Circumstances {
            age_days,
            key_unheard_of: asked.group == Group::Key
                && name.1.is_some()
                && tally.counters.is_empty()
                && heard(),
        };
        let verdict = match (parts, &name.1) {
            (Some(_), None) => of_the_whole(whole, name, age_days),
            _ => judge(&bill.billed, &seen(&tally), &at),
        };
        judged(day, name, &bill, &tally, verdict)
    })
}

/// What a vendor does not split is judged together with what it does.
fn of_the_whole(whole: &Sides, (vendor, _): &Name, age_days: i64) -> Verdict {
    let name = (vendor.clone(), None);
    let bill = whole.bills.get(&name).copied().unwrap_or_default();
    let tally = whole.seen.get(&name).cloned().unwrap_or_default();
    let at = Circumstances { age_days, key_unheard_of: false };
    let verdict = judge(&bill.billed, &seen(&tally), &at);
    let reason = format!("not split, so judged with all of the vendor's day: {}", verdict.reason);
    Verdict { confidence: verdict.confidence * 0.8, reason, ..verdict }
}

fn seen(tally: &Tally) -> Seen {
    let of = |which| u64::try_from(count(tally, which)).unwrap_or(0);
    Seen {
        nano: nano(tally),
        events: of(Count::Events),
        tokens: u64::try_from(tokens(tally)).unwrap_or(0),
        not_priced_tokens: of(Count::NotPricedTokens),
    }
}

fn nano(tally: &Tally) -> i128 {
    i128::from(count(tally, Count::Stated)) + i128::from(count(tally, Count::Observed))
}

fn judged(day: Timestamp, name: &Name, bill: &Bill, tally: &Tally, verdict: Verdict) -> Judged {
    let seen = nano(tally);
    let expected = Some(bill.expected).filter(|_| bill.billed.tokens.is_some() && !bill.not_expected);
    let whole = bill.billed.nano.or(expected);
    let gap = whole.map(|whole| whole - seen);
    let other = name.1.as_deref() == Some(REST);
    let line = ReconciliationLine {
        day,
        vendor: name.0.clone(),
        key: name.1.clone().filter(|_| !other),
        other,
        billed_usd: bill.billed.nano.map(usd),
        seen_usd: usd(seen),
        gap_usd: gap.map(usd),
        gap_share: gap
            .zip(whole)
            .and_then(|(gap, whole)| (whole != 0).then(|| (gap * 10_000 / whole.abs()) as f64 / 10_000.0)),
        gap_expected: bill.billed.nano.is_none() && expected.is_some(),
        billed_tokens: bill.billed.tokens,
        seen_tokens: tokens(tally),
        not_priced_tokens: count(tally, Count::NotPricedTokens),
        seen_events: count(tally, Count::Events),
        cause: verdict.cause,
        confidence: verdict.confidence,
        reason: verdict.reason,
    };
    Judged { line, billed: bill.billed.nano.unwrap_or(0), seen, gap: gap.unwrap_or(0) }
}
