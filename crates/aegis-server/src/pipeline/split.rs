//! Cuts a posted body into items without reading them: an array, lines, or one object.
//! Called by `pipeline::ingest`. A bad item spoils itself alone; only a body that is no list at all fails as a whole.
//! Invariant: linear, no recursion; every slice returned lies in the body and nests at most `MAX_DEPTH` deep.

use crate::error::{ApiError, Code};

/// How deep an item may nest.
pub const MAX_DEPTH: u32 = 64;
/// Items in one body.
pub const MAX_ITEMS: usize = 10_000;

/// An item's bytes, or why they cannot be one.
pub type Item<'a> = Result<&'a [u8], ApiError>;

/// Items of a JSON body: the elements of an array, or the one object it is.
pub fn json(body: &[u8]) -> Result<Vec<Item<'_>>, ApiError> {
    let mut at = skip_blank(body, 0);
    if body.get(at) != Some(&b'[') {
        let (end, depth) = value_end(body, at).ok_or_else(|| cut_short(body.len()))?;
        return match skip_blank(body, end) {
            rest if rest < body.len() => {
                Err(malformed(rest, "one value; send several as an array or as application/x-ndjson"))
            }
            _ => Ok(vec![checked(&body[at..end], depth)]),
        };
    }
    let mut items = Vec::new();
    at = skip_blank(body, at + 1);
    if body.get(at) == Some(&b']') {
        at += 1;
    } else {
        loop {
            let (end, depth) = value_end(body, at).ok_or_else(|| cut_short(body.len()))?;
            if end == at {
                return Err(malformed(at, "a value"));
            }
            items.push(checked(&body[at..end], depth));
            if items.len() > MAX_ITEMS {
                return Err(too_many());
            }
            at = skip_blank(body, end);
            match body.get(at) {
                Some(b',') => at = skip_blank(body, at + 1),
                Some(b']') => {
                    at += 1;
                    break;
                }
                Some(_) => return Err(malformed(at, "a comma or the end of the array")),
                None => return Err(cut_short(body.len())),
            }
        }
    }
    match skip_blank(body, at) {
        rest if rest < body.len() => Err(malformed(rest, "nothing after the array")),
        _ => Ok(items),
    }
}

/// Items of a body with one JSON object a line; blank lines do not count.
pub fn lines(body: &[u8]) -> Result<Vec<Item<'_>>, ApiError> {
    let mut items = Vec::new();
    for line in body.split(|b| *b == b'\n') {
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
        items.push(match value_end(line, 0) {
            Some((_, depth)) => checked(line, depth),
            None => Err(ApiError::new(Code::BadRequest, "the line is cut short")),
        });
        if items.len() > MAX_ITEMS {
            return Err(too_many());
        }
    }
    Ok(items)
}

fn checked(item: &[u8], depth: u32) -> Item<'_> {
    if depth > MAX_DEPTH {
        return Err(ApiError::new(Code::ValidationFailed, format!("nests deeper than {MAX_DEPTH} levels")));
    }
    Ok(item)
}

fn too_many() -> ApiError {
    ApiError::new(
        Code::PayloadTooLarge,
        format!("more than {MAX_ITEMS} items; send them in several requests"),
    )
}

fn cut_short(length: usize) -> ApiError {
    ApiError::new(
        Code::BadRequest,
        format!("not valid JSON: the body ends within a value, after {length} bytes"),
    )
}

fn malformed(at: usize, expected: &str) -> ApiError {
    ApiError::new(Code::BadRequest, format!("not valid JSON: expected {expected} at byte {at}"))
}

fn skip_blank(body: &[u8], mut at: usize) -> usize {
    while matches!(body.get(at), Some(b' ' | b'\t' | b'\r' | b'\n')) {
        at += 1;
    }
    at
}

/// Where the value that starts at `at` ends, and how deep it nests. None: not before the end of the body.
fn value_end(body: &[u8], mut at: usize) -> Option<(usize, u32)> {
    let (mut depth, mut deepest) = (0u32, 0u32);
    loop {
        match body.get(at)? {
            b'"' => {
                at = string_end(body, at + 1)?;
                if depth == 0 {
                    return Some((at, deepest));
                }
            }
            b'{' | b'[' => {
                depth += 1;
                deepest = deepest.max(depth);
                at += 1;
            }
            b'}' | b']' if depth <= 1 => return Some((if depth == 0 { at } else { at + 1 }, deepest)),
            b'}' | b']' => {
                depth -= 1;
                at += 1;
            }
            b',' if depth == 0 => return Some((at, deepest)),
            _ if depth > 0 => at += 1,
            // A bare word or number: up to whatever cannot be part of one.
            _ => {
                while !matches!(body.get(at), None | Some(b',' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n'))
                {
                    at += 1;
                }
                return Some((at, deepest));
            }
        }
    }
}

fn string_end(body: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match body.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn arb_json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            ".*".prop_map(serde_json::Value::from),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
                prop::collection::btree_map(".*", inner, 0..4)
                    .prop_map(|m| serde_json::Value::Object(m.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn an_array_splits_into_its_elements(values in prop::collection::vec(arb_json(), 0..6), pretty: bool) {
            let body = if pretty { serde_json::to_vec_pretty(&values) } else { serde_json::to_vec(&values) }.unwrap();
            let items = json(&body).unwrap();
            let read: Vec<serde_json::Value> =
                items.into_iter().map(|i| serde_json::from_slice(i.unwrap()).unwrap()).collect();
            prop_assert_eq!(read, values);
        }

        #[test]
        fn every_prefix_of_an_array_is_refused(values in prop::collection::vec(arb_json(), 1..4), cut in 0.0..1.0f64) {
            let body = serde_json::to_vec(&values).unwrap();
            let cut = ((body.len() as f64) * cut) as usize;
            prop_assert!(json(&body[..cut.min(body.len() - 1)]).is_err());
        }

        #[test]
        fn any_bytes_are_survived(body in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = json(&body);
            let _ = lines(&body);
        }
    }

    #[test]
    fn a_deep_item_spoils_itself_alone() {
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        let body = format!("[{{\"a\":1}},{deep},{{\"b\":2}}]");
        let items = json(body.as_bytes()).unwrap();
        assert_eq!(items.iter().map(|i| i.is_ok()).collect::<Vec<_>>(), [true, false, true]);
    }

    #[test]
    fn a_cut_line_spoils_itself_alone() {
        let items = lines(b"{\"a\":1}\r\n\n{\"b\":").unwrap();
        assert_eq!(items.iter().map(|i| i.is_ok()).collect::<Vec<_>>(), [true, false]);
    }
}
