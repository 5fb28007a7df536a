//! The kinds of attack, and sets of them. A verdict names all that it saw.

/// Kinds of attack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    Override,
    RoleSpoof,
    Template,
    Exfiltration,
    ToolHijack,
    Encoding,
    Splitting,
    Persona,
    Leak,
    Indirect,
    /// Silence or haste is asked for.
    Secrecy,
    /// Somebody claims the right to give orders.
    Authority,
    /// No phrase tells which; the words do, all together.
    Wording,
}

impl Family {
    /// How many there are.
    pub(crate) const COUNT: usize = 13;

    const ALL: [Family; Family::COUNT] = [
        Family::Override,
        Family::RoleSpoof,
        Family::Template,
        Family::Exfiltration,
        Family::ToolHijack,
        Family::Encoding,
        Family::Splitting,
        Family::Persona,
        Family::Leak,
        Family::Indirect,
        Family::Secrecy,
        Family::Authority,
        Family::Wording,
    ];

    pub(crate) const fn reason(self) -> &'static str {
        match self {
            Family::Override => "instruction override",
            Family::RoleSpoof => "role or system spoof",
            Family::Template => "chat template tokens",
            Family::Exfiltration => "exfiltration",
            Family::ToolHijack => "tool hijack",
            Family::Encoding => "encoded instruction",
            Family::Splitting => "payload splitting",
            Family::Persona => "persona without rules",
            Family::Leak => "prompt leak",
            Family::Indirect => "instruction to a reading model",
            Family::Secrecy => "secrecy or haste asked for",
            Family::Authority => "authority claimed",
            Family::Wording => "wording of an attack",
        }
    }
}

/// A set of families.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Families(u16);

impl Families {
    /// Adds one; says whether it was not in the set.
    pub(crate) fn add(&mut self, family: Family) -> bool {
        let bit = 1 << family as u16;
        let new = self.0 & bit == 0;
        self.0 |= bit;
        new
    }

    pub(crate) fn has(self, family: Family) -> bool {
        self.0 & 1 << family as u16 != 0
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = Family> {
        Family::ALL.into_iter().filter(move |family| self.has(*family))
    }
}
