//! Projects, members and keys of an account, under the vendor's ids.
//! Called when an account opens. Names are those of the made-up organisation, so that what a vendor reports and what
//! the traffic sends belong to the same people.

use super::{BEGINNING, Vendor};
use crate::admin::when::DAY;
use crate::dice::Dice;
use crate::org::{Organisation, TEAMS};
use std::borrow::Cow;

/// What an id is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    Organisation,
    Project,
    Member,
    Key,
    Act,
    Chat,
}

/// A project, workspace, resource or group: what the vendor divides an organisation into.
#[derive(Debug)]
pub(crate) struct Project {
    pub id: String,
    pub name: &'static str,
    pub created: i64,
}

/// Somebody with an account.
#[derive(Debug)]
pub(crate) struct Member {
    pub id: String,
    pub name: String,
    pub email: String,
    pub admin: bool,
    pub created: i64,
    pub project: usize,
}

/// A key that applications call models with.
#[derive(Debug)]
pub(crate) struct Key {
    pub id: String,
    pub name: String,
    /// The last characters, as lists show them.
    pub tail: String,
    pub project: usize,
    /// Nobody's, where a service holds it.
    pub owner: Option<usize>,
    pub created: i64,
    pub disabled: bool,
}

/// The lists.
pub(crate) struct Directory {
    pub organisation: String,
    pub projects: Vec<Project>,
    pub members: Vec<Member>,
    pub keys: Vec<Key>,
}

/// Members of each project.
const MEMBERS: usize = 3;

impl Directory {
    /// Makes the lists: each project is a team, its keys are the team's applications, one more is a service's, and
    /// the last key of all is switched off.
    pub fn new(vendor: &'static Vendor, seed: u64, org: &Organisation) -> Self {
        let mut dice = Dice::new(seed, "directory", vendor.id.as_bytes());
        let organisation = (vendor.id_of)(Subject::Organisation, &mut dice);
        let (mut projects, mut members, mut keys) = (Vec::new(), Vec::new(), Vec::new());
        let day = |dice: &mut Dice| BEGINNING + dice.between(0, 20) * DAY + dice.between(0, DAY - 1);
        for (team, people) in TEAMS.iter().zip(org.teams()).take(vendor.projects) {
            let project = projects.len();
            let created = day(&mut dice);
            projects.push(Project {
                id: (vendor.id_of)(Subject::Project, &mut dice),
                name: team.id,
                created,
            });
            let first = members.len();
            for person in people.iter().take(MEMBERS) {
                members.push(Member {
                    id: (vendor.id_of)(Subject::Member, &mut dice),
                    name: person.name.clone(),
                    email: person.email.clone(),
                    admin: members.is_empty(),
                    created: created + dice.between(0, 5 * DAY),
                    project,
                });
            }
            let people = members.len() - first;
            let owned = team
                .apps
                .iter()
                .enumerate()
                .map(|(i, app)| (app.id.to_owned(), Some(first + i % people.max(1))));
            for (name, owner) in owned.chain([(format!("{}-nightly", team.id), None)]) {
                keys.push(Key {
                    id: (vendor.id_of)(Subject::Key, &mut dice),
                    name,
                    tail: dice.id("", 4),
                    project,
                    owner,
                    created: created + dice.between(DAY, 8 * DAY),
                    disabled: false,
                });
            }
        }
        if let Some(last) = keys.last_mut() {
            last.disabled = true;
        }
        Directory { organisation, projects, members, keys }
    }

    /// The id of a project; places beyond the list are those of the scale test, and are told by their number.
    pub fn project(&self, at: usize) -> Cow<'_, str> {
        self.projects.get(at).map_or_else(|| format!("proj_scale{at:05}").into(), |p| p.id.as_str().into())
    }

    /// The id of a member.
    pub fn member(&self, at: usize) -> Cow<'_, str> {
        self.members.get(at).map_or_else(|| format!("user-scale{at:06}").into(), |m| m.id.as_str().into())
    }

    /// The id of a key.
    pub fn key(&self, at: usize) -> Cow<'_, str> {
        self.keys.get(at).map_or_else(|| format!("key_scale{at:07}").into(), |k| k.id.as_str().into())
    }

    /// The place of the project with this id.
    pub fn find_project(&self, id: &str) -> Option<usize> {
        self.projects.iter().position(|p| p.id == id)
    }
}
