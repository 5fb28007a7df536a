//! E-mail addresses as account names: one form per address, so that one person has one account.
//! Called by every route and command that takes an address.

/// Longest address (RFC 5321, section 4.5.3.1.3, less the brackets).
pub const MAX_BYTES: usize = 254;

/// The text is no address that mail could be sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be an e-mail address such as maria@example.com")]
pub struct EmailError;

/// Returns the address trimmed and lower-cased, the form it is stored and looked up in.
/// Checks shape only: a local part, one @, a domain; printable, without spaces. Mail decides the rest.
pub fn normalise(text: &str) -> Result<String, EmailError> {
    if text.len() > 2 * MAX_BYTES {
        return Err(EmailError);
    }
    let text = text.trim().to_lowercase();
    let (local, domain) = text.rsplit_once('@').ok_or(EmailError)?;
    let fits = text.len() <= MAX_BYTES && !local.is_empty() && local.len() <= 64;
    let plain = !text.chars().any(|c| c.is_whitespace() || c.is_control() || "\"<>(),;:\\[]".contains(c));
    let labels = domain.split('.').all(|label| {
        !label.is_empty() && label.len() <= 63 && !label.starts_with('-') && !label.ends_with('-')
    });
    if fits && plain && labels && !local.contains('@') { Ok(text) } else { Err(EmailError) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_come_in_one_form() {
        assert_eq!(normalise(" Maria@Corp.Example ").unwrap(), "maria@corp.example");
        assert_eq!(normalise("m+x@host").unwrap(), "m+x@host");
        for bad in
            ["", "@", "a@", "@b", "a b@c", "a@b@c", "a@b..c", "a@-b", "a@b,c@d", "\"x\"@y", "a\n@b", "<a@b>"]
        {
            assert_eq!(normalise(bad), Err(EmailError), "{bad:?}");
        }
        assert_eq!(normalise(&format!("{}@b.example", "a".repeat(65))), Err(EmailError));
    }

    proptest! {
        #[test]
        fn the_normal_form_is_its_own_normal_form(text in "\\PC{0,30}@\\PC{0,30}") {
            if let Ok(once) = normalise(&text) {
                prop_assert_eq!(normalise(&once), Ok(once));
            }
        }
    }
}
