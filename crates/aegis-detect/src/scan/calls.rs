//! Says which detectors are called for an anchor, from its kind and the digits there: most need not be.
//! Made once per scanner. Invariant: a detector that is not called would have found
//! nothing; the scanner asserts it in development.

use super::sides::{Before, Sides};
use crate::context::Roles;
use crate::detector::{Candidates, Numbers, OfGroups};
use crate::detectors::{self, phone::may_extend};
use crate::lexer::{Anchor, Joint, Kind, Turn};
use crate::site::{MAX_GROUPS, Surroundings};

/// A set of detectors, one bit for each by its place in the registry.
pub(super) type Set = u32;

/// More digits than this are all alike.
const MOST: usize = Numbers::MOST;
/// More digits in all than any detector asks for.
const MOST_ASKED: usize = 12;
/// More groups than any detector asks for.
const MOST_GROUPS: usize = 4;
/// More digits of a second group than any detector asks for.
const MOST_SECOND: usize = 15;

/// The detectors that are called for a number, and which of all a label or column may name it for if that was asked.
#[derive(Default)]
pub(super) struct Called {
    pub(super) set: Set,
    pub(super) owners: Option<Roles>,
}

/// The detectors that look at anchors of a kind, and at numbers of so many digits.
pub(super) struct Calls {
    kinds: [Set; Kind::COUNT],
    /// By the digits of another group, how it hangs on that at the anchor, and the digits of that.
    shapes: Box<[[[Set; MOST + 1]; Joint::COUNT]; MOST_SECOND + 1]>,
    /// By the digits of the group at the anchor, those that need nothing beside it.
    alone: [Set; MOST + 1],
    /// By the same, amid a row of groups with one blank between them.
    amid: [Set; MOST + 1],
    /// By the same, those that can do with the digits of one group.
    lone: [Set; MOST + 1],
    /// By what stands beside it.
    beside: [Set; 1 << u8::BITS],
    /// By the digits of all groups that hang together.
    total: [Set; MOST_ASKED + 1],
    /// By how many groups those are.
    groups: [Set; MOST_GROUPS + 1],
    /// After another number and a hyphen or dot.
    joined: Set,
    /// Those that ask for a name.
    named: Set,
    /// Of those that ask for a name, some that do not always.
    nameless: Vec<(Set, OfGroups)>,
}

impl Calls {
    pub(super) fn new() -> Self {
        let mut calls = Calls {
            kinds: [0; Kind::COUNT],
            shapes: Box::new([[[0; MOST + 1]; Joint::COUNT]; MOST_SECOND + 1]),
            alone: [0; MOST + 1],
            amid: [0; MOST + 1],
            lone: [0; MOST + 1],
            beside: [0; 1 << u8::BITS],
            total: [0; MOST_ASKED + 1],
            groups: [0; MOST_GROUPS + 1],
            joined: 0,
            named: 0,
            nameless: Vec::new(),
        };
        for (number, detector) in detectors::ALL.iter().enumerate() {
            let (own, numbers) = (1 << number, detector.numbers);
            let put = |set: &mut Set, has: bool| *set |= if has { own } else { 0 };
            if let Candidates::At(kinds) = detector.candidates {
                kinds.iter().for_each(|kind| put(&mut calls.kinds[*kind as usize], true));
            }
            put(&mut calls.joined, numbers.joined);
            put(&mut calls.named, numbers.named);
            calls.nameless.extend(numbers.nameless.map(|nameless| (own, nameless)));
            for digits in 0..=MOST {
                for (second, sets) in calls.shapes.iter_mut().enumerate() {
                    for joint in Joint::ALL {
                        let has = numbers.lens >> digits & 1 == 1 && (numbers.shaped)(digits, joint, second);
                        put(&mut sets[joint as usize][digits], has);
                    }
                }
                put(&mut calls.alone[digits], numbers.alone >> digits & 1 == 1);
                put(&mut calls.amid[digits], numbers.amid >> digits & 1 == 1);
                put(&mut calls.lone[digits], digits >= numbers.least && numbers.groups <= 1);
            }
            for (beside, set) in calls.beside.iter_mut().enumerate() {
                put(set, usize::from(numbers.beside.0) & beside != 0);
            }
            for (digits, set) in calls.total.iter_mut().enumerate() {
                put(set, digits >= numbers.least.min(MOST_ASKED));
            }
            for (groups, set) in calls.groups.iter_mut().enumerate() {
                put(set, groups >= numbers.groups.min(MOST_GROUPS));
            }
        }
        calls
    }

    /// The detectors to call for a mark of this kind.
    pub(super) fn at_mark(&self, kind: Kind) -> Set {
        self.kinds[kind as usize]
    }

    /// Those to call for the digits that `groups` begin with, seen as `kind`.
    #[inline]
    pub(super) fn at_number(&self, kind: Kind, sides: Sides, text: &Surroundings, turn: Turn) -> Called {
        let groups = &text.anchors.digits[turn.digit..];
        let Some((anchor, more)) = groups.split_first() else { return Called::default() };
        let digits = (anchor.end - anchor.start).min(MOST);
        let next = more.first().filter(|next| next.joint != Joint::None);
        let joint = next.map_or(Joint::None, |next| next.joint);
        let second = next.map_or(0, |next| (next.end - next.start).min(MOST_SECOND));
        let mut set = self.kinds[kind as usize] & self.shapes[second][joint as usize][digits];
        if matches!(anchor.joint, Joint::Hyphen | Joint::Dot) {
            set &= self.joined;
        }
        let mut count = 1;
        match joint {
            Joint::None => set &= self.lone[digits],
            _ => {
                if joint == Joint::Space && anchor.joint == Joint::Space {
                    set &= self.amid[digits];
                }
                let mut total = digits;
                for group in more.iter().take_while(|group| group.joint != Joint::None) {
                    if total >= MOST_ASKED && count >= MOST_GROUPS {
                        break;
                    }
                    total += group.end - group.start;
                    count += 1;
                }
                set &= self.total[total.min(MOST_ASKED)] & self.groups[count.min(MOST_GROUPS)];
            }
        }
        if set & !self.alone[digits] != 0 {
            set &= self.alone[digits] | self.beside[sides.beside(count)];
        }
        if set & self.named == 0 || kind != Kind::Digits {
            return Called { set, owners: None };
        }
        self.of_those_named(set, sides, text, turn)
    }

    /// Of a set those that a name before the number may be of, or that need none.
    #[inline(never)]
    fn of_those_named(&self, set: Set, sides: Sides, text: &Surroundings, turn: Turn) -> Called {
        let mut named = set & self.named;
        let groups = &text.anchors.digits[turn.digit..];
        for (own, nameless) in &self.nameless {
            if named & own != 0 && nameless(text.hay, groups) {
                named &= !own;
            }
        }
        if named == 0 {
            return Called { set, owners: None };
        }
        let owners = sides.owners(text, before(text.hay, &text.anchors.digits, turn.digit));
        Called { set: set & (!named | owners.detectors()), owners: Some(owners) }
    }
}

/// What stands before the number at `index` of the `digits` of `hay`.
fn before(hay: &[u8], digits: &[Anchor], index: usize) -> Before {
    let (before, groups) = digits.split_at(index);
    let len = |group: &Anchor| group.end - group.start;
    let joined = |group: &Anchor| group.joint != Joint::None;
    match (groups, before.last()) {
        ([first, ..], Some(last)) if joined(first) => {
            // a member of the same list has as many groups
            let alike = |count: usize| {
                let (member, own) = (&before[before.len() - count..], &groups[..count]);
                let hang = |groups: &[Anchor]| groups[1..].iter().all(joined);
                hang(member) && hang(own) && member.iter().map(len).eq(own.iter().map(len))
            };
            let most = MAX_GROUPS.min(groups.len()).min(before.len());
            let member = len(first) >= SHORT && len(last) >= len(first)
                || (2..=most).any(alike)
                || !joined(last) && may_extend(&hay[..last.start]);
            if member { Before::Member } else { Before::Number { end: last.end, digits: len(last) } }
        }
        ([first, rest @ ..], _) => {
            let listed = if len(first) >= SHORT { len(first) } else { usize::MAX };
            Before::Words { listed, groups: rest.first().is_some_and(joined) }
        }
        ([], _) => Before::Words { listed: 0, groups: true },
    }
}

/// Fewer digits than those of any number of one group that only a name makes a value.
const SHORT: usize = 5;

/// The members of a set, in order.
pub(super) fn members(mut set: Set) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let next = (set != 0).then(|| set.trailing_zeros() as usize);
        set &= set.wrapping_sub(1);
        next
    })
}
