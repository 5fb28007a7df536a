//! Where a text comes from: it decides how much of an order is too much.

/// Who wrote a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Origin {
    /// The person who talks to the model: requests are what they are there for.
    #[default]
    User,
    /// A document, a mail, the result of a tool. Whatever in it speaks to a model is suspect, so less evidence will do.
    Data,
}

impl Origin {
    /// Log-odds that an attack has before any evidence, on top of those in a user's text. In held-out documents this
    /// finds 59 in place of 45 orders in a hundred, with 10 in place of 3 alarms in a thousand honest ones.
    pub(crate) const fn odds(self) -> f32 {
        match self {
            Origin::User => 0.0,
            Origin::Data => 1.2,
        }
    }
}
