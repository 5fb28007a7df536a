//! How people ask and answer on lines of their own: what a question ends with, and what stands before an answer.
//! Asked by what recalls the name of a value and by the rule for passwords told. Invariant: reads the line it is given alone.

/// Longest name of who answers.
const SPEAKER: usize = 24;

/// The line ends with a question: the answer stands on the next one.
pub(crate) fn asks(line: &[u8]) -> bool {
    let line = line.trim_ascii_end();
    line.ends_with(b"?") || line.ends_with("？".as_bytes())
}

/// What is said on a line of a dialogue, without the marks, the time and the speaker before it: `[14:08] Latoya: …`,
/// `14:08 user: …`, `CUST   …`, `→ …`.
pub(crate) fn said(line: &str) -> &str {
    let line = line.trim_start_matches([' ', '\t', '>', '*', '-', '=', '→', '–', '—']);
    let line = match line.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((_, rest)) => rest.trim_start(),
        None => line,
    };
    let is_name = |name: &str, signs: &str| {
        name.len() <= SPEAKER
            && name.contains(char::is_alphabetic)
            && name.chars().all(|c| c.is_alphabetic() || signs.contains(c))
    };
    match (line.split_once(": "), line.split_once("  ")) {
        (Some((name, said)), _) if is_name(name, "0123456789 ().'-_:") => said,
        (_, Some((name, said))) if is_name(name, " ") => said,
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_told_from_who_says_it_and_when() {
        for (line, expected) in [
            ("[14:08] Latoya: sure, it's ", "sure, it's "),
            ("14:08 user: ", ""),
            ("CUST   yes ", "yes "),
            ("→ MpLnT2", "MpLnT2"),
            ("MpLnT2  and", "MpLnT2  and"),
            ("order no. 12, that is: 4", "order no. 12, that is: 4"),
            ("", ""),
        ] {
            assert_eq!(said(line).trim_start(), expected, "{line}");
        }
    }
}
