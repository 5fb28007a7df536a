//! The words that addresses are made of, as lists. Read by the cursor over an address.

use crate::word_list::WordList;

/// Kinds of streets that are hardly anything else.
pub(super) static PLAIN: WordList = WordList::new(&[
    "street",
    "st",
    "avenue",
    "ave",
    "av",
    "road",
    "rd",
    "boulevard",
    "blvd",
    "lane",
    "ln",
    "terrace",
    "ter",
    "parkway",
    "pkwy",
    "highway",
    "hwy",
    "cir",
    "crescent",
    "cres",
    "trl",
    "turnpike",
    "tpke",
    "expressway",
    "expy",
    "causeway",
    "esplanade",
    "mews",
    "sq",
    "pl",
    "ct",
    "drv",
]);
/// Kinds of streets that are everyday words too.
pub(super) static COMMON: WordList = WordList::new(&[
    "drive", "dr", "court", "way", "place", "circle", "square", "trail", "loop", "alley", "close", "row",
    "walk", "plaza", "gardens", "grove", "hill", "rise", "quay", "park", "path", "pike", "run", "bend",
    "cove", "point", "ridge", "landing", "crossing", "parade", "green", "wharf", "heights", "view", "vista",
    "glen", "manor", "end",
]);
/// Directions after a street.
pub(super) static DIRECTIONS: WordList = WordList::new(&[
    "n",
    "s",
    "e",
    "w",
    "ne",
    "nw",
    "se",
    "sw",
    "north",
    "south",
    "east",
    "west",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
]);
/// Names of parts of a house.
pub(super) static UNITS: WordList = WordList::new(&[
    "apt",
    "apartment",
    "suite",
    "ste",
    "unit",
    "flat",
    "room",
    "rm",
    "floor",
    "fl",
    "bldg",
    "building",
    "lot",
    "#",
]);
/// Kinds of streets that stand before their name.
pub(super) static BEFORE_NAME: WordList = WordList::new(&[
    "rue",
    "avenue",
    "av",
    "boulevard",
    "bd",
    "blvd",
    "place",
    "pl",
    "chemin",
    "allée",
    "allee",
    "impasse",
    "quai",
    "cours",
    "route",
    "square",
    "passage",
    "villa",
    "cité",
    "sentier",
    "faubourg",
]);
/// Small words inside names of streets.
pub(super) static PARTICLES: WordList = WordList::new(&[
    "de", "du", "des", "la", "le", "les", "d", "l", "et", "del", "della", "di", "da", "do", "dos", "las",
    "los", "el", "van", "der", "den", "sur", "aux", "à", "saint",
]);
/// Words after a number that count something: `24 Hour Dr`.
pub(super) static MEASURES: WordList = WordList::new(&[
    "hour", "hours", "day", "days", "week", "weeks", "month", "months", "year", "years", "minute", "minutes",
    "best", "new", "more", "top", "way", "star", "step", "steps", "percent", "times", "million", "billion",
]);
/// Words after a street that is none: `10 Best Way to`.
pub(super) static PROSE: WordList =
    WordList::new(&["to", "of", "for", "that", "who", "which", "you", "we", "with", "than", "from"]);
/// States of the USA.
pub(super) const STATES: &str = "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR";
