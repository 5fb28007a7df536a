//! `/costs/forecast`: where this month will end. The arithmetic is `aegis_spend::forecast`'s.

use super::figures::{Foreign, usd};
use super::{DAY, books, days};
use crate::App;
use crate::rollups::{self, Count, count};
use aegis_domain::{Timestamp, Window};
use aegis_spend::{Outlook, forecast};
use aegis_store::StoreError;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Days looked back at.
const BACK: u32 = 56;
/// The method, for whoever reads the figure.
const METHOD: &str = "each day that is left is expected to cost the mean of its weekday in the last eight weeks; the \
                      interval is the 90th percentile of how far those days were from their mean, times the root of \
                      the days that are left";

/// Which figure is forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The vendors' bills.
    Billed,
    /// What was seen here: stated in answers, or by the price book.
    Seen,
}

/// A day that is left.
#[derive(Debug, Serialize, ToSchema)]
pub struct DayLeft {
    /// Its first instant.
    pub day: Timestamp,
    /// What is expected, today's rest among it.
    pub expected_usd: String,
}

/// What is expected at the month's end.
#[derive(Debug, Serialize, ToSchema)]
pub struct ForecastView {
    /// Likely at least so much.
    pub low_usd: String,
    /// What is expected.
    pub expected_usd: String,
    /// Likely at most so much.
    pub high_usd: String,
    /// Whole days it is made from.
    pub days_used: usize,
    /// The days that are left, today first.
    pub left: Vec<DayLeft>,
}

/// The month and its end.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutlookView {
    /// When this was read.
    pub as_of: Timestamp,
    /// First instant of the month, in UTC.
    pub from: Timestamp,
    /// First instant of the next.
    pub to: Timestamp,
    /// Which figure is forecast.
    pub basis: Basis,
    /// Spent in the month up to now.
    pub spent_usd: String,
    /// Tokens of the month that have no price: in no figure here.
    pub not_priced_tokens: i64,
    /// What is expected; none where too little is known.
    pub forecast: Option<ForecastView>,
    /// Why there is none.
    pub reason: Option<String>,
    /// How it is made.
    pub method: &'static str,
}

/// Forecasts the end of the month that `now` is in.
pub async fn outlook(app: &App, asked: Option<Basis>) -> Result<OutlookView, StoreError> {
    let now = app.clock.now();
    let today = now.floor(DAY);
    let (month, next) = month(today);
    let back = Window { from: today.minus(DAY * BACK).min(month), to: today.plus(DAY), bucket: DAY };
    let (billed, seen) = tokio::try_join!(billed(app, back), rollups::fixed_series(app, back, 0))?;
    let nano = |t: &_| count(t, Count::Stated).saturating_add(count(t, Count::Observed));
    let observed: Vec<i64> = seen.iter().map(nano).collect();
    let some = billed.iter().any(|n| *n != 0);
    let basis = asked.unwrap_or(if some { Basis::Billed } else { Basis::Seen });
    let by_day = match basis {
        Basis::Billed => billed,
        Basis::Seen => observed,
    };
    let of_month = |day: &Timestamp| *day >= month;
    let spent: i128 =
        days(back).zip(&by_day).filter(|(day, _)| of_month(day)).map(|(_, n)| i128::from(*n)).sum();
    let not_priced = days(back).zip(&seen).filter(|(day, _)| of_month(day));
    let not_priced_tokens = not_priced.map(|(_, t)| count(t, Count::NotPricedTokens)).sum();

    let whole = by_day.split_last().map_or(&[][..], |(_, past)| past);
    let first = whole.iter().position(|n| *n != 0).unwrap_or(whole.len());
    let left: Vec<Timestamp> = days(Window { from: today, to: next, bucket: DAY }).collect();
    let on_today = by_day.last().copied().unwrap_or(0);
    let outlook = forecast(whole.get(first..).unwrap_or_default(), spent, on_today.into(), left.len());
    let (forecast, reason) = match outlook {
        Outlook::TooLittle { known, needed } => {
            let reason = format!("a forecast needs {needed} whole days with data, and there are {known}");
            (None, Some(reason))
        }
        Outlook::Forecast(f) => {
            let days = left.into_iter().zip(f.left);
            let left = days.map(|(day, nano)| DayLeft { day, expected_usd: usd(nano) }).collect();
            let view = ForecastView {
                low_usd: usd(f.low),
                expected_usd: usd(f.expected),
                high_usd: usd(f.high),
                days_used: f.days,
                left,
            };
            (Some(view), None)
        }
    };
    Ok(OutlookView {
        as_of: now,
        from: month,
        to: next,
        basis,
        spent_usd: usd(spent),
        not_priced_tokens,
        forecast,
        reason,
        method: METHOD,
    })
}

/// Billed by day, in billionths of a dollar.
async fn billed(app: &App, window: Window) -> Result<Vec<i64>, StoreError> {
    let rates = app.prices.taken().rates.clone();
    let mut foreign = Foreign::default();
    let mut sums = vec![0i128; days(window).count()];
    books::each_day(app, window, |day| {
        let at = (day.day.millis() - window.from.millis()) / DAY.as_millis() as i64;
        let Some(sum) = usize::try_from(at).ok().and_then(|at| sums.get_mut(at)) else { return };
        let dollars = day.lines.iter().filter_map(|line| foreign.dollars(&rates, &day, line));
        *sum += dollars.map(|(billed, _)| billed).sum::<i128>();
    })
    .await?;
    Ok(sums.into_iter().map(|nano| i64::try_from(nano).unwrap_or(i64::MAX)).collect())
}

/// First instants of the month of a day, and of the next.
fn month(day: Timestamp) -> (Timestamp, Timestamp) {
    let (_, _, of_month) = day.date();
    let first = day.minus(DAY * u32::from(of_month.saturating_sub(1)));
    // 31 days on it is surely the next month; back to its first day.
    let later = first.plus(DAY * 31);
    (first, later.minus(DAY * u32::from(later.date().2.saturating_sub(1))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_on_its_first_and_ends_on_the_next() {
        let at = |t: &str| t.parse::<Timestamp>().unwrap();
        for (day, first, next) in [
            ("2026-02-28T00:00:00Z", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"),
            ("2024-02-29T00:00:00Z", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"),
            ("2026-12-01T00:00:00Z", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"),
            ("2026-12-31T00:00:00Z", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"),
        ] {
            assert_eq!(month(at(day)), (at(first), at(next)), "{day}");
        }
    }
}
