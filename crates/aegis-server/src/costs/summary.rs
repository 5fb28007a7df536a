//! `/costs/summary`: what was spent, by any dimension and day. From the days of the books and the rollups.
//! Invariants: the items together are the totals, for each figure apart; every line of the course adds up to its item.

use super::figures::{FiguresView, Foreign, ForeignView, Sums, share, usd};
use super::{books, days, whole_days};
use crate::App;
use crate::rollups::{self, Count, PAIR, REST, count, dimension};
use aegis_domain::entities::{LedgerDay, LedgerLine};
use aegis_domain::{SubjectId, Timestamp, Window};
use aegis_store::{StoreError, Tally};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use utoipa::ToSchema;

/// Lines of the course before the rest.
const LINES: usize = 7;

/// What spend is told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// Vendor.
    Vendor,
    /// Vendor and model.
    Model,
    /// Vendor and API key: of events, the label `key`; of bills, the vendor's id of the key.
    Key,
    /// Team; bills do not say.
    Team,
    /// Application; bills do not say.
    App,
    /// Person; bills do not say in names that are known here.
    User,
    /// Cost centre: the label `cost_center`; bills do not say.
    CostCenter,
    /// Vendor and project: of events, the label `project`; of bills, the vendor's project or workspace.
    Project,
}

impl By {
    fn dimension(self) -> &'static str {
        match self {
            By::Vendor => dimension::VENDOR,
            By::Model => dimension::MODEL,
            By::Key => dimension::KEY,
            By::Team => dimension::TEAM,
            By::App => dimension::APP,
            By::User => dimension::USER,
            By::CostCenter => dimension::COST_CENTER,
            By::Project => dimension::PROJECT,
        }
    }

    /// Where a line of a bill belongs.
    fn of(self, day: &LedgerDay, line: &LedgerLine) -> Key {
        let name = match self {
            By::Vendor => return Some(day.vendor.clone()),
            By::Model => &line.key.model,
            By::Key => &line.key.api_key,
            By::Project => &line.key.project,
            By::Team | By::App | By::User | By::CostCenter => return None,
        };
        if line.key.other {
            return Some(REST.to_owned());
        }
        name.as_ref().map(|name| format!("{}{PAIR}{name}", day.vendor))
    }
}

/// A value of the dimension; none: what names none. `REST` stands for what was not kept apart.
type Key = Option<String>;

/// What was spent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SpendSummary)]
pub struct Summary {
    /// When this was read.
    pub as_of: Timestamp,
    /// First instant: the window is widened to whole days in UTC.
    pub from: Timestamp,
    /// First instant after.
    pub to: Timestamp,
    /// What it is told apart by.
    pub by: By,
    /// Everything.
    pub totals: FiguresView,
    /// The values with the most, and what is left.
    pub items: Vec<CostItem>,
    /// The course.
    pub series: CostSeries,
    /// Billed in currencies without a rate: in no sum above.
    pub foreign: Vec<ForeignView>,
}

/// A value of the dimension.
#[derive(Debug, Serialize, ToSchema)]
pub struct CostItem {
    /// The value; none: what names none, such as a bill that does not say the team.
    pub key: Option<String>,
    /// The vendor, where the value is one of a vendor's.
    pub vendor: Option<String>,
    /// True: `key` is no value. It stands for the values that are not listed.
    pub other: bool,
    /// Its part of what is billed, 0 to 1.
    pub billed_share: Option<f64>,
    /// Its part of what was seen here, stated and observed, 0 to 1.
    pub seen_share: Option<f64>,
    /// Its figures.
    pub figures: FiguresView,
}

/// A line of the course, each figure by day.
#[derive(Debug, Serialize, ToSchema)]
pub struct CostLine {
    /// As in an item.
    pub key: Option<String>,
    /// As in an item.
    pub vendor: Option<String>,
    /// As in an item.
    pub other: bool,
    /// Billed, in US dollars.
    pub billed_usd: Vec<String>,
    /// Stated in answers.
    pub stated_usd: Vec<String>,
    /// By the price book.
    pub observed_usd: Vec<String>,
    /// Tokens without a price.
    pub not_priced_tokens: Vec<i64>,
    /// Tokens in and out.
    pub tokens: Vec<i64>,
}

/// The course by day.
#[derive(Debug, Serialize, ToSchema)]
pub struct CostSeries {
    /// Where each day starts.
    pub buckets: Vec<Timestamp>,
    /// False: the last day is not over.
    pub complete: bool,
    /// At most seven values, and what is left.
    pub lines: Vec<CostLine>,
}

/// Billed by key and day.
#[derive(Default)]
struct Bills {
    by_key: HashMap<Key, Vec<(usize, i128)>>,
    sums: HashMap<Key, Sums>,
    foreign: Foreign,
}

/// Adds up what was spent in the days a window touches.
pub async fn summary(app: &App, window: Window, by: By, limit: usize) -> Result<Summary, StoreError> {
    let window = whole_days(window);
    let now = app.clock.now();
    let (bills, [seen, mut total], all) = tokio::try_join!(
        bills(app, window, by),
        rollups::by_values(app, window, [(by.dimension(), 0), (dimension::ALL, 0)]),
        rollups::fixed_series(app, window, 0),
    )?;
    let Bills { by_key, mut sums, foreign } = bills;
    let total = total.remove("").unwrap_or_default();
    for (key, tally) in seen {
        sums.entry(Some(key)).or_default().seen = tally;
    }
    // Events that name no value of the dimension: all, less those that do.
    let named = sums.values().fold(Tally::default(), |mut sum, one| {
        sum.merge(&one.seen);
        sum
    });
    sums.entry(None).or_default().seen.merge(&less(&total, &named));
    let mut totals = Sums::default();
    sums.values().for_each(|one| totals.add(one));

    let ranked = rank(sums, limit);
    let lines = course(app, window, by, &ranked, &by_key, &all).await?;
    let names = names(app, by, &ranked).await?;
    Ok(Summary {
        as_of: now,
        from: window.from,
        to: window.to,
        by,
        items: ranked.iter().map(|(key, sums)| item(by, key, sums, &totals, &names)).collect(),
        series: CostSeries {
            buckets: rollups::buckets(window),
            complete: window.to <= now,
            lines: lines.into_iter().map(|(key, line)| view(by, &key, &line, &names)).collect(),
        },
        totals: totals.view(),
        foreign: foreign.view(),
    })
}

async fn bills(app: &App, window: Window, by: By) -> Result<Bills, StoreError> {
    let rates = app.prices.taken().rates.clone();
    let mut bills = Bills::default();
    let step = window.bucket.as_millis() as i64;
    books::each_day(app, window, |day| {
        let at = usize::try_from((day.day.millis() - window.from.millis()) / step).unwrap_or(0);
        for line in &day.lines {
            let Some((billed, estimated)) = bills.foreign.dollars(&rates, &day, line) else { continue };
            let key = by.of(&day, line);
            let sums = bills.sums.entry(key.clone()).or_default();
            sums.billed += billed;
            sums.estimated += estimated;
            bills.by_key.entry(key).or_default().push((at, billed));
        }
    })
    .await?;
    Ok(bills)
}

/// Counters of `a` less those of `b`, which is a part of it.
fn less(a: &Tally, b: &Tally) -> Tally {
    let of = |tally: &Tally, at: usize| tally.counters.get(at).copied().unwrap_or(0);
    let counters = (0..a.counters.len()).map(|at| of(a, at).saturating_sub(of(b, at)).max(0)).collect();
    Tally { counters, sketches: Vec::new() }
}

/// The values with the most, then those that are left as one, then what names none.
fn rank(mut sums: HashMap<Key, Sums>, limit: usize) -> Vec<(Key, Sums)> {
    let unnamed = sums.remove(&None).filter(|sums| !is_empty(sums));
    let mut rest = sums.remove(&Some(REST.to_owned()));
    let mut ranked: Vec<(Key, Sums)> = sums.into_iter().filter(|(_, sums)| !is_empty(sums)).collect();
    ranked.sort_by(|a, b| (Reverse(a.1.weight()), &a.0).cmp(&(Reverse(b.1.weight()), &b.0)));
    if ranked.len() > limit {
        for (_, sums) in ranked.split_off(limit) {
            rest.get_or_insert_default().add(&sums);
        }
    }
    ranked.extend(rest.map(|sums| (Some(REST.to_owned()), sums)));
    ranked.extend(unnamed.map(|sums| (None, sums)));
    ranked
}

fn is_empty(sums: &Sums) -> bool {
    sums.billed == 0 && sums.estimated == 0 && sums.seen.counters.iter().all(|n| *n == 0)
}

/// A line of the course on its way.
struct Line {
    billed: Vec<i128>,
    seen: Vec<Tally>,
}

/// The course of the first values, and of everything else together.
async fn course(
    app: &App,
    window: Window,
    by: By,
    ranked: &[(Key, Sums)],
    bills: &HashMap<Key, Vec<(usize, i128)>>,
    all: &[Tally],
) -> Result<Vec<(Key, Line)>, StoreError> {
    let count = days(window).count();
    let named = ranked.iter().filter_map(|(key, _)| key.as_ref().filter(|key| *key != REST));
    let mut lines = Vec::new();
    let mut left = Line { billed: spread(count, bills.values()), seen: all.to_vec() };
    for key in named.take(LINES) {
        let mut found = rollups::series(app, window, by.dimension(), Some(key.clone()), 0).await?;
        let seen = found.remove(key).unwrap_or_else(|| vec![Tally::default(); count]);
        let line = Line { billed: spread(count, bills.get(&Some(key.clone())).into_iter()), seen };
        left.billed.iter_mut().zip(&line.billed).for_each(|(all, part)| *all -= part);
        left.seen.iter_mut().zip(&line.seen).for_each(|(all, part)| *all = less(all, part));
        lines.push((Some(key.clone()), line));
    }
    let some = left.billed.iter().any(|n| *n != 0)
        || left.seen.iter().any(|tally| tally.counters.iter().any(|n| *n != 0));
    if some {
        lines.push((Some(REST.to_owned()), left));
    }
    Ok(lines)
}

/// Billed by day.
fn spread<'a>(count: usize, bills: impl Iterator<Item = &'a Vec<(usize, i128)>>) -> Vec<i128> {
    let mut billed = vec![0i128; count];
    for (at, nano) in bills.flatten() {
        if let Some(day) = billed.get_mut(*at) {
            *day += nano;
        }
    }
    billed
}

/// Names of people by their ids, for those that are shown.
async fn names(app: &App, by: By, ranked: &[(Key, Sums)]) -> Result<BTreeMap<String, String>, StoreError> {
    if by != By::User {
        return Ok(BTreeMap::new());
    }
    let ids = ranked.iter().filter_map(|(key, _)| key.as_ref()?.parse::<SubjectId>().ok());
    let found = app.people.names(app, ids).await?;
    Ok(found.into_iter().map(|(id, name)| (id.to_string(), name.to_string())).collect())
}

/// Vendor, value and whether it stands for several.
fn told(by: By, key: &Key, names: &BTreeMap<String, String>) -> (Option<String>, Option<String>, bool) {
    match key.as_deref() {
        None => (None, None, false),
        Some(REST) => (None, Some("other".to_owned()), true),
        Some(key) => match key.split_once(PAIR) {
            Some((vendor, name)) => (Some(vendor.to_owned()), Some(name.to_owned()), false),
            None if by == By::User => {
                (None, Some(names.get(key).cloned().unwrap_or_else(|| "(erased)".to_owned())), false)
            }
            None => (None, Some(key.to_owned()), false),
        },
    }
}

fn item(by: By, key: &Key, sums: &Sums, totals: &Sums, names: &BTreeMap<String, String>) -> CostItem {
    let (vendor, key, other) = told(by, key, names);
    CostItem {
        key,
        vendor,
        other,
        billed_share: share(sums.billed, totals.billed),
        seen_share: share(sums.seen_nano().into(), totals.seen_nano().into()),
        figures: sums.view(),
    }
}

fn view(by: By, key: &Key, line: &Line, names: &BTreeMap<String, String>) -> CostLine {
    let (vendor, key, other) = told(by, key, names);
    let money = |which| line.seen.iter().map(|t| usd(count(t, which).into())).collect();
    CostLine {
        key,
        vendor,
        other,
        billed_usd: line.billed.iter().map(|nano| usd(*nano)).collect(),
        stated_usd: money(Count::Stated),
        observed_usd: money(Count::Observed),
        not_priced_tokens: line.seen.iter().map(|t| count(t, Count::NotPricedTokens)).collect(),
        tokens: line.seen.iter().map(super::figures::tokens).collect(),
    }
}
