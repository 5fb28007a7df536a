//! Text for addresses, and vendors' text for people.

/// Longest message kept of a vendor's own words, in characters.
const SHOWN: usize = 300;

/// One segment of a path, percent-encoded: nothing in it can leave its place.
pub fn segment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric()
            || b"-_~".contains(&byte)
            || (byte == b'.' && !text.bytes().all(|b| b == b'.'))
        {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The text, cut to so many bytes, at a character.
pub fn clip(text: &str, bytes: usize) -> String {
    text[..text.floor_char_boundary(bytes)].to_owned()
}

/// A vendor's message as it may be shown and kept: one line, shortened, and without anything that looks like a key.
pub fn shown(text: &str) -> String {
    let mut out = String::new();
    let mut length = 0;
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()) {
        if length > 0 {
            out.push(' ');
        }
        let word = scrubbed(word);
        let room = SHOWN.saturating_sub(length);
        if word.chars().count() >= room {
            out.extend(word.chars().take(room));
            out.push('…');
            return out;
        }
        length += word.chars().count() + 1;
        out.push_str(&word);
    }
    out
}

/// Replaces every run of key characters that looks like a key.
fn scrubbed(word: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for c in word.chars() {
        if c.is_ascii_alphanumeric() || "-_*+/=~".contains(c) {
            run.push(c);
        } else {
            out.push_str(keep(&run));
            run.clear();
            out.push(c);
        }
    }
    out.push_str(keep(&run));
    out
}

/// Keys are masked by vendors with stars, begin with a known prefix, or are long and mix digits and letters.
fn keep(run: &str) -> &str {
    const PREFIXES: [&str; 10] =
        ["sk-", "xai-", "AIza", "hf_", "pplx-", "api_org_", "gsk_", "ya29", "eyJ", "Bearer"];
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    let letters = run.bytes().filter(u8::is_ascii_alphabetic).count();
    let known = run.len() > 6 && PREFIXES.iter().any(|p| run.starts_with(p));
    let random = run.len() >= 20 && digits > 0 && letters > 0 && !run.contains('/');
    let long = run.len() >= 40 && digits + letters > 32 && digits > 0;
    if known || run.contains("***") || random || long { "[…]" } else { run }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_segment_cannot_leave_its_place() {
        for (text, encoded) in [
            ("proj_Tq8rClaimsTriage", "proj_Tq8rClaimsTriage"),
            ("a/b?c#d", "a%2Fb%3Fc%23d"),
            ("..", "%2E%2E"),
            ("v1.2", "v1.2"),
            ("é", "%C3%A9"),
        ] {
            assert_eq!(segment(text), encoded);
        }
    }

    #[test]
    fn messages_are_kept_and_keys_are_not() {
        for (text, said) in [
            ("Missing scopes: api.usage.read.", "Missing scopes: api.usage.read."),
            ("Got: ['read:compliance_activities']", "Got: ['read:compliance_activities']"),
            ("Incorrect API key provided: sk-admin*******0000.", "Incorrect API key provided: […]."),
            ("token=ya29.a0AfH6SMBx1 is bad", "token=ya29.a0AfH6SMBx1 is bad"),
            ("key 'AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY'", "key '[…]'"),
            ("key 0123456789abcdef0123456789abcdef\nline two", "key […] line two"),
            (
                "see https://platform.openai.com/account/api-keys.",
                "see https://platform.openai.com/account/api-keys.",
            ),
        ] {
            assert_eq!(shown(text), said);
        }
        assert_eq!(shown(&"word ".repeat(200)).chars().count(), 301);
    }

    proptest! {
        #[test]
        fn any_text_is_shown_on_one_short_line(text in "\\PC{0,400}|[\\x00-\\x7f]{0,400}") {
            let said = shown(&text);
            prop_assert!(said.chars().count() <= 301);
            prop_assert!(!said.contains(['\n', '\r', '\0']));
        }
    }
}
