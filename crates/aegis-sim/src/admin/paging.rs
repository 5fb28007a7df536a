//! Cuts lists and rows of buckets into pages, in the families the vendors use.
//! Called by the vendors' handlers. Invariant: following the cursors gives every item once, in order.

use super::when;
use data_encoding::BASE64;

/// Part of a list, and whether there is more behind it.
pub(crate) struct Part<'a, T> {
    pub items: &'a [T],
    pub more: bool,
}

/// The items behind the one called `after`; none where nothing is called so.
pub(crate) fn after<'a, T>(
    items: &'a [T],
    id: impl Fn(&T) -> &str,
    after: Option<&str>,
    limit: usize,
) -> Option<Part<'a, T>> {
    let start = match after {
        None => 0,
        Some(last) => items.iter().position(|item| id(item) == last)? + 1,
    };
    Some(offset(items, start, limit))
}

/// The items from `start` on.
pub(crate) fn offset<T>(items: &[T], start: usize, limit: usize) -> Part<'_, T> {
    let rest = items.get(start..).unwrap_or_default();
    Part { items: &rest[..rest.len().min(limit)], more: rest.len() > limit }
}

/// A number that callers hand back unread.
pub(crate) fn token(n: i64) -> String {
    BASE64.encode(format!("o:{n}").as_bytes())
}

/// The number in such a token.
pub(crate) fn read_token(token: &str) -> Option<i64> {
    let bytes = BASE64.decode(token.as_bytes()).ok()?;
    std::str::from_utf8(&bytes).ok()?.strip_prefix("o:")?.parse().ok().filter(|n| *n >= 0)
}

/// A page of buckets: the first ones from `from` on, at most `limit`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Buckets {
    /// Start of the first.
    pub from: i64,
    /// End of the last.
    pub to: i64,
    pub width: i64,
    /// Start of the next page, unless this is the last.
    pub next: Option<i64>,
}

impl Buckets {
    /// The page of `from..to` that begins at `page`, where one is given.
    pub fn page(from: i64, to: i64, width: i64, limit: usize, page: Option<i64>) -> Buckets {
        let from = when::floor(page.unwrap_or(from).max(from), width);
        let to = when::floor(to + width - 1, width).max(from);
        let end = to.min(from + width * limit as i64);
        Buckets { from, to: end, width, next: (end < to).then_some(end) }
    }

    /// Start and end of each.
    pub fn iter(&self) -> impl Iterator<Item = (i64, i64)> + use<> {
        let (from, width) = (self.from, self.width);
        (0..(self.to - from) / width).map(move |i| (from + i * width, from + (i + 1) * width))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pages_of_buckets_cover_the_range_once(from in 0i64..5_000, n in 0i64..300, width in 1i64..90, limit in 1usize..40) {
            let to = from + n;
            let (mut seen, mut page) = (Vec::new(), None);
            loop {
                let buckets = Buckets::page(from, to, width, limit, page);
                seen.extend(buckets.iter());
                match buckets.next {
                    Some(next) => page = Some(read_token(&token(next)).unwrap()),
                    None => break,
                }
            }
            for pair in seen.windows(2) {
                prop_assert_eq!(pair[0].1, pair[1].0);
            }
            if n > 0 {
                prop_assert!(seen[0].0 <= from && seen.last().unwrap().1 >= to);
            }
        }

        #[test]
        fn pages_of_a_list_give_every_item_once(n in 0usize..60, limit in 1usize..20) {
            let items: Vec<String> = (0..n).map(|i| i.to_string()).collect();
            let (mut seen, mut last): (Vec<String>, Option<String>) = (Vec::new(), None);
            loop {
                let part = after(&items, |s| s, last.as_deref(), limit).unwrap();
                seen.extend(part.items.iter().cloned());
                last = part.items.last().cloned();
                if !part.more { break }
            }
            prop_assert_eq!(seen, items);
        }
    }

    #[test]
    fn a_foreign_cursor_is_none() {
        assert_eq!(read_token("bm90aGluZw=="), None);
        assert_eq!(read_token("%"), None);
        assert!(after(&["a".to_owned()], |s| s, Some("b"), 1).is_none());
    }
}
