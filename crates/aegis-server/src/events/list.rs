//! A page of events: candidates by index, then the exact filter.

use crate::App;
use crate::view;
use aegis_domain::{EventFilter, EventRecord, Timestamp};
use aegis_store::{Direction, PageQuery, Position, Record, StoreError, Stream};

/// Index entries one page may look at.
const BUDGET: usize = 50_000;
/// Stored events one page may parse.
const PARSED: usize = 5_000;

/// A page, possibly short.
pub struct Found {
    /// The events.
    pub events: Vec<(Record, EventRecord)>,
    /// Where to go on; none at the end.
    pub next: Option<Position>,
    /// Index entries looked at.
    pub examined: usize,
}

/// Events in [from, to) that pass the filter, newest first, beyond `after`.
pub async fn search(
    app: &App,
    filter: &EventFilter,
    (from, to): (Timestamp, Timestamp),
    after: Option<Position>,
    limit: usize,
) -> Result<Found, StoreError> {
    let masks = filter.masks();
    let mut found = Found { events: Vec::new(), next: after, examined: 0 };
    let mut parsed = 0;
    loop {
        let query = PageQuery {
            stream: Stream::Events,
            from,
            to,
            masks: masks.clone(),
            direction: Direction::Descending,
            after: found.next,
            limit: limit - found.events.len(),
            budget: BUDGET - found.examined,
        };
        let page = app.store.log.page(query).await?;
        found.examined += page.examined;
        found.next = page.next;
        parsed += page.records.len();
        for record in page.records {
            let event = view::parse(&record)?;
            if filter.matches(&event) {
                found.events.push((record, event));
            }
        }
        let spent = found.examined >= BUDGET || parsed >= PARSED;
        if found.events.len() >= limit || spent || found.next.is_none() {
            return Ok(found);
        }
    }
}
