//! A small grammar for texts that vary: `<a|b|c>` is one of these, `{key}` is looked up, `{{` and `}}` are braces.
//! Called for prompts (`org`) and for answers (`api`). Alternatives may hold keys, not further alternatives.

use crate::dice::Dice;

/// Writes `template` out; `look_up` answers the keys.
pub(crate) fn expand(
    template: &str,
    dice: &mut Dice,
    look_up: &mut dyn FnMut(&str, &mut Dice) -> String,
) -> String {
    let chosen = choose(template, dice);
    let mut out = String::with_capacity(chosen.len() + 64);
    let mut rest = chosen.as_str();
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        if let Some(after) = from.strip_prefix("{{").or_else(|| from.strip_prefix("}}")) {
            out.push_str(&from[..1]);
            rest = after;
        } else if let Some((key, after)) = from.strip_prefix('{').and_then(|f| f.split_once('}')) {
            out.push_str(&look_up(key, dice));
            rest = after;
        } else {
            out.push_str(&from[..1]);
            rest = &from[1..];
        }
    }
    out.push_str(rest);
    out
}

/// Settles the alternatives. Angle brackets without a bar between them stay as they are, and so does `<|token|>`.
fn choose(template: &str, dice: &mut Dice) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, from)) = rest.split_once('<') {
        out.push_str(before);
        match from.split_once('>') {
            Some((inside, after)) if inside.contains('|') && !inside.starts_with('|') => {
                let options: Vec<&str> = inside.split('|').collect();
                out.push_str(dice.pick(&options));
                rest = after;
            }
            _ => {
                out.push('<');
                rest = from;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(template: &str) -> String {
        expand(template, &mut Dice::new(1, "phrase", b""), &mut |key, _| format!("[{key}]"))
    }

    #[test]
    fn keys_braces_and_alternatives_are_written_out() {
        assert_eq!(said("a {b} {{c}} {d"), "a [b] {c} {d");
        for plain in ["if x < 3 and <b>bold</b>", "<|im_end|>"] {
            assert_eq!(said(plain), plain);
        }
        assert!(["hi [x]", "ho"].contains(&said("<hi {x}|ho>").as_str()));
    }
}
