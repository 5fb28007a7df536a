//! Which name of the list a vendor's model name stands for. Called by the book.
//! Invariant: only the rules below; a name that none of them turns into one of the list is unknown. In order:
//!
//! 1. the name itself;
//! 2. without what a vendor puts before it: Gemini's `models/` and `publishers/google/models/`;
//! 3. OpenAI's fine-tuned models without organisation and id: `ft:gpt-4o-2024-08-06:acme::9x` → `ft:gpt-4o-2024-08-06`;
//! 4. OpenRouter's `vendor/model` at that vendor's list price, which OpenRouter says it passes on, and only without a
//!    variant (`:free`, `:nitro`);
//! 5. a dated snapshot that the list does not name apart, without its date: `gpt-5-2025-08-07`, `claude-opus-5-20260301`;
//! 6. Ollama's models on one's own machine, which are all that are not called `cloud`, cost that vendor nothing.

use std::borrow::Cow;

/// What OpenRouter calls vendors, and what we do.
const ROUTED: [(&str, &str); 8] = [
    ("openai", "openai"),
    ("anthropic", "anthropic"),
    ("google", "gemini"),
    ("x-ai", "xai"),
    ("mistralai", "mistral"),
    ("cohere", "cohere"),
    ("perplexity", "perplexity"),
    ("deepseek", "deepseek"),
];

/// The name that stands for every model on one's own machine.
pub(crate) const LOCAL: &str = "local";

/// A vendor and a name of its list.
pub(crate) type Name<'a> = (&'a str, Cow<'a, str>);

/// The names to look for, the surest first. At most four.
pub(crate) fn candidates<'a>(vendor: &'a str, model: &'a str) -> impl Iterator<Item = Name<'a>> {
    let own = (vendor, Cow::Borrowed(model));
    let ruled = ruled(vendor, model);
    let base = ruled.as_ref().unwrap_or(&own);
    let dated = undated(&base.1).map(|name| (base.0, Cow::Owned(name.to_owned())));
    let local = (vendor == "ollama" && !model.contains("cloud")).then_some((vendor, Cow::Borrowed(LOCAL)));
    [Some(own), ruled, dated, local].into_iter().flatten()
}

/// Rules 2 to 4.
fn ruled<'a>(vendor: &'a str, model: &'a str) -> Option<Name<'a>> {
    match vendor {
        "gemini" => {
            let name =
                model.strip_prefix("publishers/google/models/").or_else(|| model.strip_prefix("models/"))?;
            Some((vendor, Cow::Borrowed(name)))
        }
        "openai" | "azure_openai" => {
            let base = model.strip_prefix("ft:")?.split(':').next()?;
            Some((vendor, Cow::Borrowed(model.get(..3 + base.len())?)))
        }
        "openrouter" => {
            let (maker, name) = model.split_once('/')?;
            let listed = ROUTED.iter().find(|(theirs, _)| *theirs == maker)?.1;
            // Anthropic's own names have dashes where OpenRouter writes dots.
            let name = match listed {
                "anthropic" => Cow::Owned(name.replace('.', "-")),
                _ => Cow::Borrowed(name),
            };
            (!name.contains(':')).then_some((listed, name))
        }
        _ => None,
    }
}

/// Rule 5: the name before a date at its end.
fn undated(name: &str) -> Option<&str> {
    for (length, dashes) in [(11, true), (9, false)] {
        let Some((base, date)) = name.len().checked_sub(length).and_then(|at| name.split_at_checked(at))
        else {
            continue;
        };
        let digits: String = date.chars().filter(char::is_ascii_digit).collect();
        let form = match dashes {
            true => digits.get(..4).zip(digits.get(4..6)).zip(digits.get(6..)),
            false => None,
        };
        let written = match form {
            Some(((y, m), d)) => format!("-{y}-{m}-{d}"),
            None => format!("-{digits}"),
        };
        if digits.len() == 8 && written == date && is_date(&digits) && !base.is_empty() {
            return Some(base);
        }
    }
    None
}

fn is_date(digits: &str) -> bool {
    let part = |from: usize, to: usize| digits.get(from..to).and_then(|d| d.parse::<u16>().ok()).unwrap_or(0);
    (2020..2100).contains(&part(0, 4)) && (1..=12).contains(&part(4, 6)) && (1..=31).contains(&part(6, 8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_rules_and_nothing_else() {
        for (vendor, model, want) in [
            ("openai", "gpt-5", &["openai/gpt-5"][..]),
            ("openai", "gpt-5-2025-08-07", &["openai/gpt-5-2025-08-07", "openai/gpt-5"]),
            ("openai", "gpt-5-2025-13-07", &["openai/gpt-5-2025-13-07"]),
            ("openai", "gpt-5-mini", &["openai/gpt-5-mini"]),
            (
                "openai",
                "ft:gpt-4o-2024-08-06:acme::9x",
                &["openai/ft:gpt-4o-2024-08-06:acme::9x", "openai/ft:gpt-4o-2024-08-06", "openai/ft:gpt-4o"],
            ),
            (
                "anthropic",
                "claude-opus-5-20260301",
                &["anthropic/claude-opus-5-20260301", "anthropic/claude-opus-5"],
            ),
            ("gemini", "models/gemini-2.5-pro", &["gemini/models/gemini-2.5-pro", "gemini/gemini-2.5-pro"]),
            (
                "openrouter",
                "anthropic/claude-haiku-4.5",
                &["openrouter/anthropic/claude-haiku-4.5", "anthropic/claude-haiku-4-5"],
            ),
            ("openrouter", "openai/gpt-5:free", &["openrouter/openai/gpt-5:free"]),
            ("openrouter", "meta/llama", &["openrouter/meta/llama"]),
            ("ollama", "llama3:8b", &["ollama/llama3:8b", "ollama/local"]),
            ("ollama", "gpt-oss:120b-cloud", &["ollama/gpt-oss:120b-cloud"]),
            ("mistral", "-20250101", &["mistral/-20250101"]),
            ("mistral", "ünïcode-2025-01-0é", &["mistral/ünïcode-2025-01-0é"]),
        ] {
            let got: Vec<String> = candidates(vendor, model).map(|(v, m)| format!("{v}/{m}")).collect();
            assert_eq!(got, want, "{vendor} {model}");
        }
    }
}
