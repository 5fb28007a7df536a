//! Compares JSON with a recorded example by shape: the same keys, values of the same types.

use serde_json::Value;

/// Where `value` differs in shape from `example`; lists are compared by their first items, null stands for any type.
pub fn differences(value: &Value, example: &Value) -> Vec<String> {
    let mut out = Vec::new();
    compare(value, example, "$", &mut out);
    out
}

fn compare(value: &Value, example: &Value, at: &str, out: &mut Vec<String>) {
    match (value, example) {
        (Value::Null, _) | (_, Value::Null) => {}
        (Value::Object(a), Value::Object(b)) => {
            for key in a.keys().filter(|k| !b.contains_key(*k)) {
                out.push(format!("{at}.{key} is not in the example"));
            }
            for (key, example) in b {
                match a.get(key) {
                    Some(value) => compare(value, example, &format!("{at}.{key}"), out),
                    None => out.push(format!("{at}.{key} is missing")),
                }
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            if let (Some(a), Some(b)) = (a.first(), b.first()) {
                compare(a, b, &format!("{at}[0]"), out);
            }
        }
        (a, b) if std::mem::discriminant(a) == std::mem::discriminant(b) => {}
        (a, b) => out.push(format!("{at}: {a} is not like {b}")),
    }
}
