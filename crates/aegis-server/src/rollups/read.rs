//! Reads rollups over a window, in the fewest buckets that cover it.

use super::{REST, SET, grain, width};
use crate::App;
use aegis_domain::{Timestamp, Window};
use aegis_store::{Grain, StoreError, Tally, TallyQuery};
use std::collections::BTreeMap;

/// The runs of buckets that make up a window: coarse inside, fine at the ends.
fn cover(window: Window) -> Vec<(Grain, Timestamp, Timestamp)> {
    let fine = grain(window.bucket);
    let coarser = match fine {
        Grain::Minute => Some(Grain::Hour),
        Grain::Hour => Some(Grain::Day),
        Grain::Day => None,
    };
    let Some(coarse) = coarser else { return vec![(fine, window.from, window.to)] };
    let (inner_from, inner_to) = (window.from.ceil(width(coarse)), window.to.floor(width(coarse)));
    if inner_from >= inner_to {
        return vec![(fine, window.from, window.to)];
    }
    [(fine, window.from, inner_from), (coarse, inner_from, inner_to), (fine, inner_to, window.to)]
        .into_iter()
        .filter(|(_, from, to)| from < to)
        .collect()
}

/// Tallies by value.
pub type ByValue = BTreeMap<String, Tally>;

/// One tally per value of a dimension over a window.
pub async fn by_value(app: &App, window: Window, dimension: &'static str) -> Result<ByValue, StoreError> {
    let [sums] = by_values(app, window, [(dimension, 0)]).await?;
    Ok(sums)
}

/// The same for several dimensions, with so many sketches, all of one state of the store.
pub async fn by_values<const N: usize>(
    app: &App,
    window: Window,
    dimensions: [(&'static str, usize); N],
) -> Result<[ByValue; N], StoreError> {
    let queries = dimensions.map(|(dimension, sketches)| (dimension, None, sketches));
    sums(app, window, queries).await
}

/// One tally over a window: of one value, or of the dimension `all`.
pub async fn merged(
    app: &App,
    window: Window,
    dimension: &'static str,
    value: &str,
) -> Result<Tally, StoreError> {
    let [mut sums] = sums(app, window, [(dimension, Some(value.to_owned()), 0)]).await?;
    Ok(sums.remove(value).unwrap_or_default())
}

/// The tally of one value over a window, and that of the values that were not kept apart: some of it may be of this one.
pub async fn merged_and_rest(
    app: &App,
    window: Window,
    dimension: &'static str,
    value: &str,
) -> Result<(Tally, Tally), StoreError> {
    let of = [value, REST].map(|value| (dimension, Some(value.to_owned()), 0));
    let [mut own, mut rest] = sums(app, window, of).await?;
    Ok((own.remove(value).unwrap_or_default(), rest.remove(REST).unwrap_or_default()))
}

async fn sums<const N: usize>(
    app: &App,
    window: Window,
    of: [(&'static str, Option<String>, usize); N],
) -> Result<[ByValue; N], StoreError> {
    let cover = cover(window);
    let queries = of.iter().flat_map(|(dimension, value, sketches)| {
        cover.iter().map(|&(grain, from, to)| {
            let (value, sketches) = (value.clone(), *sketches);
            TallyQuery { set: SET, grain, from, to, dimension, value, sketches }
        })
    });
    let mut found = app.store.tallies.sum(queries.collect()).await?.into_iter();
    Ok(of.map(|_| {
        let mut runs = found.by_ref().take(cover.len());
        let mut sum = runs.next().unwrap_or_default();
        for (value, tally) in runs.flatten() {
            sum.entry(value).or_default().merge(&tally);
        }
        sum
    }))
}

/// A tally for each bucket of the window, by value. Buckets without events are empty tallies.
pub async fn series(
    app: &App,
    window: Window,
    dimension: &'static str,
    value: Option<String>,
    sketches: usize,
) -> Result<BTreeMap<String, Vec<Tally>>, StoreError> {
    let buckets = buckets(window).len();
    let query = TallyQuery {
        set: SET,
        grain: grain(window.bucket),
        from: window.from,
        to: window.to,
        dimension,
        value,
        sketches,
    };
    let mut out: BTreeMap<String, Vec<Tally>> = BTreeMap::new();
    for (bucket, value, tally) in app.store.tallies.read(query).await? {
        let index = (bucket.millis() - window.from.millis()) / window.bucket.as_millis() as i64;
        let line = out.entry(value).or_insert_with(|| vec![Tally::default(); buckets]);
        if let Some(slot) = usize::try_from(index).ok().and_then(|i| line.get_mut(i)) {
            *slot = tally;
        }
    }
    Ok(out)
}

/// The series of the dimension `all`, which has one value.
pub async fn fixed_series(app: &App, window: Window, sketches: usize) -> Result<Vec<Tally>, StoreError> {
    let mut lines = series(app, window, super::dimension::ALL, None, sketches).await?;
    Ok(lines.remove("").unwrap_or_else(|| vec![Tally::default(); buckets(window).len()]))
}

/// Where each bucket of a window starts.
pub fn buckets(window: Window) -> Vec<Timestamp> {
    let step = window.bucket.as_millis() as i64;
    let count = (window.to.millis() - window.from.millis()) / step;
    (0..count).map(|i| Timestamp::from_millis(window.from.millis() + i * step)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use aegis_domain::Range;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_cover_is_the_window_without_gap_or_overlap(now in 0i64..4_000_000_000_000, which in 0usize..6) {
            let range = [Range::M15, Range::H1, Range::H24, Range::D7, Range::D30, Range::D90][which];
            let window = Window::of(range, Timestamp::from_millis(now));
            let mut at = window.from;
            for (grain, from, to) in cover(window) {
                prop_assert_eq!(from, at);
                prop_assert_eq!(from.floor(width(grain)), from);
                prop_assert_eq!(to.floor(width(grain)), to);
                at = to;
            }
            prop_assert_eq!(at, window.to);
        }
    }
}
