//! Usage by the million rows, for measuring: so many groups a day, each with one burst, made when asked for.
//! Called by `Account::bursts` when `POST /_sim/scale` switched it on. Nothing is kept.

use super::roll::Roll;
use super::tally::{Dims, Part, Tally};
use super::usage::Burst;
use crate::admin::Vendor;
use crate::admin::when::{self, DAY, MINUTE};

/// Rows in all at most: what a test asks for, with room.
pub(crate) const MAX_ROWS: u64 = 20_000_000;

/// Places in the directory's lists from which on everything belongs to the scale test.
const FIRST: usize = 1_000;
/// How many keys share a project.
const KEYS_OF_PROJECT: usize = 100;
const USERS: usize = 5_000;
const MINUTES: u64 = 1_440;
/// Row `n` of a day lies in minute `n * STRIDE`, and minute `m` holds row `m * STRIDE`: its square is one more than a
/// multiple of the minutes, so that it undoes itself.
const STRIDE: u64 = 719;

/// How much there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Scale {
    /// Rows in all when grouped by everything and by day.
    pub rows: u64,
    /// Days they are spread over.
    pub days: u64,
    /// The first of them, seconds since 1970.
    pub from: i64,
}

impl Scale {
    /// Rows of the `n`th day.
    fn of_day(&self, n: u64) -> u64 {
        self.rows / self.days + u64::from(n < self.rows % self.days)
    }

    /// Calls `each` with every burst in `from..to`. A minute finds its own rows, so that a short range costs little.
    pub(super) fn bursts(&self, vendor: &Vendor, from: i64, to: i64, each: &mut dyn FnMut(&Burst)) {
        let first = when::floor(from.max(self.from), MINUTE);
        let end = to.min(self.from + self.days as i64 * DAY);
        for at in (first..end).step_by(MINUTE as usize).filter(|at| (from..to).contains(at)) {
            let day = ((at - self.from) / DAY) as u64;
            let minute = ((at - self.from) % DAY / MINUTE) as u64;
            for row in (minute * STRIDE % MINUTES..self.of_day(day)).step_by(MINUTES as usize) {
                each(&self.burst(vendor, at, day, row));
            }
        }
    }

    /// One row of a day: each has a key of its own until the models run out.
    fn burst(&self, vendor: &Vendor, at: i64, day: u64, row: u64) -> Burst {
        let chat: Vec<usize> = (0..vendor.models.len()).filter(|m| !vendor.models[*m].embeds).collect();
        let model = chat[row as usize % chat.len().max(1)];
        let key = row as usize / chat.len().max(1);
        let dims = Dims {
            model,
            project: FIRST + key / KEYS_OF_PROJECT,
            user: Some(FIRST + key % USERS),
            key: Some(FIRST + key),
            batch: false,
        };
        let mut roll = Roll::new(&[day, row, 77]);
        let price = &vendor.models[model].price;
        let mut tally = Tally::of(roll.between(1, 9), 0);
        tally.enter(Part::Input, roll.between(100, 9_000), price.input);
        tally.enter(Part::Output, roll.between(10, 900), price.output);
        Burst { at, dims, tally }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_row_is_in_one_minute_and_a_range_is_the_sum_of_its_parts() {
        let from = 1_793_491_200;
        let scale = Scale { rows: 10_001, days: 3, from };
        let collect = |from: i64, to: i64| {
            let mut rows = Vec::new();
            scale.bursts(&crate::admin::openai::VENDOR, from, to, &mut |b| {
                rows.push((b.at, b.dims.key, b.dims.model))
            });
            rows
        };
        let whole = collect(from - DAY, from + 9 * DAY);
        assert_eq!(whole.len(), 10_001);
        let parts: Vec<_> = (0..72).flat_map(|h| collect(from + h * 3_600, from + (h + 1) * 3_600)).collect();
        assert_eq!(whole, parts);
        let of_day: Vec<_> = whole.iter().filter(|r| r.0 < from + DAY).map(|r| (r.1, r.2)).collect();
        assert_eq!(of_day.iter().collect::<BTreeSet<_>>().len(), of_day.len());
    }
}
