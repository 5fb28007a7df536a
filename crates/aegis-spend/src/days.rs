//! Adds up the rows of a book that belong to one day. Called for the days that a run may have changed.
//! Invariants: the lines together are all rows; their number is bounded, however many models or keys a vendor names;
//! the same rows in the same order give the same lines.

use aegis_domain::entities::{LedgerLine, LineKey};
use aegis_domain::{LedgerKind, LedgerRow};
use std::cmp::Reverse;
use std::collections::HashMap;

/// Lines of a day that are kept apart: some 40 KB.
pub const MOST_LINES: usize = 200;
/// Lines kept apart while adding up, before the smallest make room.
const MOST_OPEN: usize = 16 * MOST_LINES;

/// A figure that is too large to be summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a row states a figure that is too large to be summed")]
pub struct TooLarge;

/// Sums of a day.
#[derive(Debug, Default)]
pub struct DaySums {
    lines: HashMap<LineKey, LedgerLine>,
}

impl DaySums {
    /// Adds a row. Balances are states, not amounts: they are left out.
    ///
    /// Money counts where a row states cost, tokens where it states usage: a vendor that writes the tokens of a charge
    /// beside it, too, states them twice.
    pub fn add(&mut self, row: &LedgerRow) -> Result<(), TooLarge> {
        let Some(line) = of(row)? else { return Ok(()) };
        self.merge(line)?;
        if self.lines.len() > MOST_OPEN {
            self.cut(MOST_OPEN / 2)?;
        }
        Ok(())
    }

    /// The lines, the largest first; the last are those of what was not kept apart.
    pub fn into_lines(mut self) -> Result<Vec<LedgerLine>, TooLarge> {
        self.cut(MOST_LINES)?;
        let mut lines: Vec<LedgerLine> = self.lines.into_values().collect();
        lines.sort_by(|a, b| {
            (a.key.other, rank(a)).cmp(&(b.key.other, rank(b))).then_with(|| a.key.cmp(&b.key))
        });
        Ok(lines)
    }

    fn merge(&mut self, line: LedgerLine) -> Result<(), TooLarge> {
        match self.lines.get_mut(&line.key) {
            Some(sum) => add(sum, &line).ok_or(TooLarge),
            None => {
                self.lines.insert(line.key.clone(), line);
                Ok(())
            }
        }
    }

    /// Keeps the largest lines apart, and adds the others to those of the rest.
    fn cut(&mut self, most: usize) -> Result<(), TooLarge> {
        let mut named: Vec<LedgerLine> = self.lines.values().filter(|l| !l.key.other).cloned().collect();
        if named.len() <= most {
            return Ok(());
        }
        named.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.key.cmp(&b.key)));
        for line in named.split_off(most) {
            self.lines.remove(&line.key);
            let LineKey { kind, estimate, currency, .. } = line.key;
            let key = LineKey { other: true, ..bare(kind, estimate, currency) };
            self.merge(LedgerLine { key, ..line })?;
        }
        Ok(())
    }
}

fn rank(line: &LedgerLine) -> Reverse<(u64, u64, u64)> {
    Reverse((line.nano.unsigned_abs(), line.input_tokens.saturating_add(line.output_tokens), line.requests))
}

fn bare(kind: LedgerKind, estimate: bool, currency: Option<aegis_domain::Currency>) -> LineKey {
    LineKey { kind, other: false, estimate, currency, model: None, project: None, api_key: None, tier: None }
}

/// A row as a line of its own; none for what is not summed.
fn of(row: &LedgerRow) -> Result<Option<LedgerLine>, TooLarge> {
    let about = &row.dimensions;
    let money = row.money.filter(|_| row.kind == LedgerKind::Cost);
    let key = LineKey {
        model: about.model.clone(),
        project: about.project.clone(),
        api_key: about.api_key.clone(),
        tier: about.tier.clone(),
        ..bare(row.kind, row.estimate, money.map(|m| m.currency))
    };
    let used = &row.quantities;
    Ok(match row.kind {
        LedgerKind::Balance => None,
        LedgerKind::Cost => {
            Some(LedgerLine { nano: money.map_or(Ok(0), |m| m.nano().ok_or(TooLarge))?, ..empty(key) })
        }
        LedgerKind::Usage => Some(LedgerLine {
            requests: used.requests.unwrap_or(0),
            input_tokens: used.input_tokens.unwrap_or(0),
            cached_input_tokens: used.cached_input_tokens.unwrap_or(0),
            cache_write_tokens: used.cache_write_tokens.unwrap_or(0),
            output_tokens: used.output_tokens.unwrap_or(0),
            reasoning_tokens: used.reasoning_tokens.unwrap_or(0),
            ..empty(key)
        }),
    })
}

fn empty(key: LineKey) -> LedgerLine {
    LedgerLine {
        key,
        rows: 1,
        nano: 0,
        requests: 0,
        input_tokens: 0,
        cached_input_tokens: 0,
        cache_write_tokens: 0,
        output_tokens: 0,
        reasoning_tokens: 0,
    }
}

/// Adds a line to another; none where a figure does not fit.
fn add(sum: &mut LedgerLine, line: &LedgerLine) -> Option<()> {
    sum.nano = sum.nano.checked_add(line.nano)?;
    for (sum, more) in [
        (&mut sum.rows, line.rows),
        (&mut sum.requests, line.requests),
        (&mut sum.input_tokens, line.input_tokens),
        (&mut sum.cached_input_tokens, line.cached_input_tokens),
        (&mut sum.cache_write_tokens, line.cache_write_tokens),
        (&mut sum.output_tokens, line.output_tokens),
        (&mut sum.reasoning_tokens, line.reasoning_tokens),
    ] {
        // The store keeps whole numbers up to here.
        *sum = sum.checked_add(more).filter(|n| *n <= i64::MAX as u64)?;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use aegis_domain::{Currency, Dimensions, Money, Quantities, Timestamp};
    use proptest::prelude::*;

    fn row(kind: LedgerKind, model: &str, amount: &str, tokens: u64) -> LedgerRow {
        LedgerRow {
            kind,
            from: Timestamp::from_millis(0),
            to: Timestamp::from_millis(3_600_000),
            dimensions: Dimensions { model: Some(model.to_owned()), ..Dimensions::default() },
            quantities: Quantities { input_tokens: Some(tokens), ..Quantities::default() },
            money: Some(Money::usd(amount.parse().expect("decimal"))),
            estimate: false,
        }
    }

    fn lines(rows: &[LedgerRow]) -> Vec<LedgerLine> {
        let mut sums = DaySums::default();
        rows.iter().for_each(|row| sums.add(row).expect("sum"));
        sums.into_lines().expect("lines")
    }

    #[test]
    fn each_row_is_rounded_once_and_counts_for_what_it_states() {
        let found = lines(&[
            row(LedgerKind::Cost, "m", "0.0000000015", 7),
            row(LedgerKind::Cost, "m", "0.0000000025", 7),
            row(LedgerKind::Usage, "m", "5", 11),
            row(LedgerKind::Balance, "m", "5", 13),
        ]);
        assert_eq!(found.len(), 2);
        let (cost, usage) = (&found[0], &found[1]);
        assert_eq!(
            (cost.key.currency, cost.nano, cost.input_tokens, cost.rows),
            (Some(Currency::USD), 4, 0, 2)
        );
        assert_eq!((usage.key.currency, usage.nano, usage.input_tokens, usage.rows), (None, 0, 11, 1));
    }

    #[test]
    fn many_names_are_bounded_and_the_largest_stay() {
        let rows: Vec<_> =
            (0..10_000).map(|n| row(LedgerKind::Cost, &format!("m{n}"), &format!("{}", n + 1), 0)).collect();
        let found = lines(&rows);
        assert_eq!(found.len(), MOST_LINES + 1);
        assert_eq!(found[0].nano, 10_000_000_000_000);
        let other = &found[MOST_LINES];
        assert!(other.key.other && other.rows == 10_000 - MOST_LINES as u64);
        let sum: i64 = found.iter().map(|l| l.nano).sum();
        assert_eq!(sum, 50_005_000 * 1_000_000_000);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut sums = DaySums::default();
        let largest = row(LedgerKind::Usage, "m", "0", i64::MAX as u64);
        assert_eq!(sums.add(&largest), Ok(()));
        assert_eq!(sums.add(&row(LedgerKind::Usage, "m", "0", 1)), Err(TooLarge));
        assert_eq!(sums.add(&row(LedgerKind::Cost, "m", "9999999999", 0)), Err(TooLarge));
    }

    proptest! {
        #[test]
        fn the_lines_together_are_all_rows(
            rows in proptest::collection::vec((0..3u8, 0..600u32, -1_000_000i64..1_000_000, 0..1_000_000u64), 0..900)
        ) {
            let kinds = [LedgerKind::Cost, LedgerKind::Usage, LedgerKind::Balance];
            let amount = |n: i64| format!("{}.{:09}", if n < 0 { "-0" } else { "0" }, n.unsigned_abs());
            let rows: Vec<_> = rows.iter().map(|(kind, model, nano, tokens)| {
                row(kinds[*kind as usize], &format!("m{model}"), &amount(*nano), *tokens)
            }).collect();
            let found = lines(&rows);
            let of = |kind| rows.iter().filter(move |r| r.kind == kind);
            let nano: i64 = of(LedgerKind::Cost).filter_map(|r| r.money?.nano()).sum();
            let tokens: u64 = of(LedgerKind::Usage).filter_map(|r| r.quantities.input_tokens).sum();
            prop_assert_eq!(found.iter().map(|l| l.nano).sum::<i64>(), nano);
            prop_assert_eq!(found.iter().map(|l| l.input_tokens).sum::<u64>(), tokens);
            prop_assert!(found.iter().filter(|l| !l.key.other).count() <= MOST_LINES);
        }
    }
}
