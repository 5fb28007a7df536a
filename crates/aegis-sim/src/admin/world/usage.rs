//! What was used: bursts of requests, each at one minute, by one key or person, of one model.
//! Called with a range of time; the bursts of an hour follow from the seed, the stream and the hour alone, so that any
//! range costs its own length and a minute, an hour and a day add up to the same.

use super::roll::Roll;
use super::tally::{By, Dims, Group, Part, Tally};
use super::{Account, BEGINNING, Directory, Lag, MAX_SPAN, Scale, Vendor};
use crate::admin::when::{self, HOUR, MINUTE};
use crate::dice::Dice;
use crate::org::{Office, Organisation, Rhythm, TEAMS, activity};
use aegis_domain::Timestamp;
use std::collections::BTreeMap;

/// Some requests of the same kind in one minute.
pub(crate) struct Burst {
    /// Start of the minute, seconds since 1970.
    pub at: i64,
    pub dims: Dims,
    pub tally: Tally,
}

/// How much of the truth is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Seen {
    /// All of it, up to the given second.
    Truth(i64),
    /// What usage reports show at the given second.
    Usage(i64),
    /// What cost reports show at the given second.
    Cost(i64),
}

/// A steady source of bursts.
pub(super) struct Stream {
    dims: Dims,
    rhythm: Rhythm,
    office: Office,
    /// Bursts in an hour at the peak.
    peak: u64,
    /// Tokens in of an ordinary request.
    input: u64,
    output: u64,
    /// Per cent of the input that a cache holds.
    cached: u64,
}

/// Every key uses two models, jobs in batches; and the people of the first project use one without a key.
pub(super) fn streams(vendor: &Vendor, seed: u64, directory: &Directory, org: &Organisation) -> Vec<Stream> {
    let mut dice = Dice::new(seed, "streams", vendor.id.as_bytes());
    let mut streams = Vec::new();
    let mut add = |dims: Dims, rhythm: Rhythm, dice: &mut Dice| {
        let people = org.teams().nth(dims.project).unwrap_or_default();
        let office = people.first().map_or(Office::London, |p| p.office);
        streams.push(Stream {
            dims,
            rhythm,
            office,
            peak: dice.between(2, 6) as u64,
            input: dice.between(300, 4_000) as u64,
            output: dice.between(60, 700) as u64,
            cached: if vendor.models[dims.model].price.cached > 0 { dice.between(0, 60) as u64 } else { 0 },
        });
    };
    for (place, key) in directory.keys.iter().enumerate() {
        let app = TEAMS.get(key.project).and_then(|t| t.apps.iter().find(|a| a.id == key.name));
        let rhythm = app.map_or(Rhythm::Jobs, |a| a.rhythm);
        let first = dice.weighted(vendor.models.iter().map(|m| f64::from(m.share)));
        let second = (first + 1) % vendor.models.len().max(1);
        for model in [first, second] {
            let batch = vendor.batches && key.owner.is_none() && !vendor.models[model].embeds;
            let dims = Dims { model, project: key.project, user: key.owner, key: Some(place), batch };
            add(dims, rhythm, &mut dice);
        }
    }
    for (place, member) in directory.members.iter().enumerate().filter(|(_, m)| m.project == 0) {
        let dims = Dims { model: 0, project: member.project, user: Some(place), key: None, batch: false };
        if vendor.keyless {
            add(dims, Rhythm::Staff, &mut dice);
        }
    }
    streams
}

impl Account {
    /// Calls `each` with every burst that began in `from..to` and is seen, hour by hour. `scale` adds rows by the
    /// million.
    pub fn bursts(
        &self,
        from: i64,
        to: i64,
        seen: Seen,
        scale: Option<&Scale>,
        each: &mut dyn FnMut(&Burst),
    ) {
        let now = seen.now();
        let (from, to) = (from.max(BEGINNING), to.min(now).min(from.saturating_add(MAX_SPAN)));
        let mut hour = when::floor(from, HOUR);
        while hour < to {
            for place in 0..self.streams.len() {
                self.hour(place, hour, seen, &mut |burst| {
                    if (from..to).contains(&burst.at) {
                        each(burst);
                    }
                });
            }
            hour += HOUR;
        }
        if let Some(scale) = scale {
            scale.bursts(self.vendor, from, to, each);
        }
    }

    /// The sums of `from..to` by group. `view` leaves a burst out, or shows its dimensions as the vendor would.
    pub fn sums(
        &self,
        (from, to): (i64, i64),
        seen: Seen,
        by: By,
        scale: Option<&Scale>,
        view: &dyn Fn(&Dims) -> Option<Dims>,
    ) -> BTreeMap<Group, Tally> {
        let mut groups: BTreeMap<Group, Tally> = BTreeMap::new();
        self.bursts(from, to, seen, scale, &mut |burst| {
            if let Some(dims) = view(&burst.dims) {
                *groups.entry(by.group(&dims)).or_default() += &burst.tally;
            }
        });
        groups
    }

    /// When a key was last used before `now`, as far as the last two days tell.
    pub fn last_used(&self, key: usize, now: i64) -> Option<i64> {
        let mut last = None;
        self.bursts(now - 48 * HOUR, now, Seen::Truth(now), None, &mut |burst| {
            if burst.dims.key == Some(key) {
                last = last.max(Some(burst.at));
            }
        });
        last
    }

    fn hour(&self, place: usize, hour: i64, seen: Seen, each: &mut dyn FnMut(&Burst)) {
        let stream = &self.streams[place];
        let busy = activity(stream.rhythm, stream.office, Timestamp::from_millis(hour * 1000));
        let vendor = self.vendor.id.bytes().fold(7u64, |h, b| h.wrapping_mul(131) ^ u64::from(b));
        let mut roll = Roll::new(&[self.seed, vendor, place as u64, hour as u64]);
        // A fraction of a burst is one in so many hours.
        let wanted = (busy * stream.peak as f64 * 256.0) as u64;
        let n = wanted / 256 + u64::from(roll.below(256) < wanted % 256);
        for _ in 0..n {
            let at = hour + roll.below(60) as i64 * MINUTE;
            let tally = self.tally(stream, &mut roll);
            let (draw, second) = (roll.next(), roll.next());
            let burst = Burst { at, dims: stream.dims, tally };
            if seen.shows(at, self.vendor, draw, second) {
                each(&burst);
            }
        }
    }

    fn tally(&self, stream: &Stream, roll: &mut Roll) -> Tally {
        let model = &self.vendor.models[stream.dims.model];
        let requests = roll.between(1, 12);
        let all = requests * roll.between(stream.input / 2, stream.input * 2);
        let cached = all * stream.cached / 100;
        let written = if model.price.write_5m > 0 { all * roll.below(8) / 100 } else { 0 };
        let written_long = if model.price.write_1h > 0 { all * roll.below(3) / 100 } else { 0 };
        let output =
            if model.embeds { 0 } else { requests * roll.between(stream.output / 2, stream.output * 2) };
        let searches = if model.price.search > 0 && !stream.dims.batch { roll.below(20) / 18 } else { 0 };
        let half = |price: i64| if stream.dims.batch { price / 2 } else { price };
        let mut tally = Tally::of(requests, output * roll.below(40) / 100);
        let price = &model.price;
        tally.enter(Part::Input, all - cached - written - written_long, half(price.input));
        tally.enter(Part::Cached, cached, half(price.cached));
        tally.enter(Part::Write5m, written, half(price.write_5m));
        tally.enter(Part::Write1h, written_long, half(price.write_1h));
        tally.enter(Part::Output, output, half(price.output));
        tally.enter(Part::Search, searches, price.search);
        tally
    }
}

impl Seen {
    fn now(self) -> i64 {
        match self {
            Seen::Truth(now) | Seen::Usage(now) | Seen::Cost(now) => now,
        }
    }

    /// Whether what happened at `at` has arrived.
    fn shows(self, at: i64, vendor: &Vendor, usage: u64, cost: u64) -> bool {
        match self {
            Seen::Truth(_) => true,
            Seen::Usage(now) => at + MINUTE + vendor.usage_lag.delay(usage) <= now,
            Seen::Cost(now) => at + MINUTE + vendor.cost_lag.delay(cost) <= now,
        }
    }
}

impl Lag {
    /// Seconds until one figure arrives, by a draw.
    fn delay(self, draw: u64) -> i64 {
        let within = |minutes: i64| ((draw >> 8) as i64 % (minutes.max(0) + 1)) * MINUTE;
        if draw % 10 < 9 { within(self.soon) } else { self.soon * MINUTE + within(self.late - self.soon) }
    }
}
