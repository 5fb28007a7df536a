//! What stands in the catalogue about a vendor: constant data, drawn by the console as it is.

use aegis_domain::Ability;
use std::time::Duration;

/// A vendor as the catalogue shows it.
#[derive(Debug)]
pub struct Catalogue {
    /// `openai`.
    pub id: &'static str,
    /// `OpenAI`.
    pub name: &'static str,
    /// Where the vendor documents its admin API.
    pub docs: &'static str,
    /// Hosts that are called, the main one first. Each can be replaced for a credential.
    pub hosts: &'static [Host],
    /// Kinds of credential. A vendor may need several for everything.
    pub kinds: &'static [KeyKind],
    /// Every ability, once: offered, or why not.
    pub offers: Offers,
    /// How far back each sync reads again, because the vendor revises: by feed.
    pub reread: &'static [(Ability, Duration)],
    /// The farthest back a feed reaches, where it is bounded.
    pub reach: &'static [(Ability, Duration)],
    /// Calls a minute that are safe.
    pub pace: u32,
    /// What a person should know, a sentence each: delays, what a figure leaves out.
    pub notes: &'static [&'static str],
}

/// A host that an adapter calls.
#[derive(Debug)]
pub struct Host {
    /// How requests name it: `api`, `management`, `oauth`.
    pub name: &'static str,
    /// Scheme, host and path prefix, without a slash at the end. May hold `{field}` of a public field.
    pub base: &'static str,
    /// Why it is called: for the list given to a firewall team.
    pub purpose: &'static str,
}

/// A kind of credential.
#[derive(Debug)]
pub struct KeyKind {
    /// `admin`.
    pub id: &'static str,
    /// `Admin key`.
    pub name: &'static str,
    /// What to do at the vendor to get one, and which permission to grant: a step each.
    pub steps: &'static [&'static str],
    /// What to ask for.
    pub fields: &'static [Field],
    /// What it can do at best.
    pub abilities: &'static [Ability],
}

impl KeyKind {
    /// The field called `name`.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|f| f.name == name)
    }
}

/// A field of the form that asks for a credential.
#[derive(Debug)]
pub struct Field {
    /// Key in `Credential`.
    pub name: &'static str,
    /// What a form calls it.
    pub label: &'static str,
    /// What it is for.
    pub help: &'static str,
    /// Where a person finds it.
    pub find: &'static str,
    /// What it looks like, as a regular expression over the whole value; none where the vendor states no form.
    pub pattern: Option<&'static str>,
    /// An example that is no real value.
    pub example: &'static str,
    /// How it is entered.
    pub input: Input,
    /// True: sealed, never shown again.
    pub secret: bool,
    /// False: may be left empty.
    pub required: bool,
}

/// How a field is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// One line.
    Text,
    /// One of these.
    Choice(&'static [&'static str]),
    /// A file of JSON whose fields are checked one by one before it is kept.
    JsonFile(&'static [&'static str]),
}

/// Each ability with what the vendor says to it.
pub type Offers = &'static [(Ability, Offer)];

/// Whether a vendor offers an ability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// With one of these kinds of credential.
    With(&'static [&'static str]),
    /// Not at all; a sentence that says so and where the figure can come from instead.
    No(&'static str),
}

impl Catalogue {
    /// The kind called `id`.
    pub fn kind(&self, id: &str) -> Option<&'static KeyKind> {
        self.kinds.iter().find(|k| k.id == id)
    }

    /// The host called `name`.
    pub fn host(&self, name: &str) -> Option<&'static Host> {
        self.hosts.iter().find(|h| h.name == name)
    }

    /// What the vendor says to an ability. A test holds that every vendor says something to each.
    pub fn offer(&self, ability: Ability) -> Offer {
        let said = self.offers.iter().find(|(of, _)| *of == ability);
        said.map_or(Offer::No("Not known to be offered."), |(_, offer)| *offer)
    }

    /// How far back a sync of `feed` reads again.
    pub fn reread(&self, feed: Ability) -> Duration {
        self.reread.iter().find(|(of, _)| *of == feed).map_or(Duration::ZERO, |(_, d)| *d)
    }

    /// How far back `feed` reaches at most; none where unbounded.
    pub fn reach(&self, feed: Ability) -> Option<Duration> {
        self.reach.iter().find(|(of, _)| *of == feed).map(|(_, d)| *d)
    }
}
