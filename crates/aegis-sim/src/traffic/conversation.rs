//! One conversation with a model, turn by turn, as the application holds it in memory.
//! Called by `history` and `live`, which carry the request to the model and bring the answer back.

use super::dialect::{Dialect, Heard};
use super::plan::{Content, Plan};
use crate::dice::Dice;
use crate::org::{ATTACKS, Facts, Organisation, Style};
use serde_json::Value;

/// A model that asks for one look-up after the other is stopped here.
const MAX_LOOK_UPS: u32 = 2;

/// What was said, whoever's wire it travels on.
pub(crate) enum Turn {
    User(String),
    /// A question about a scanned page, as base64.
    Picture {
        text: String,
        base64: String,
    },
    Assistant(String),
    Call {
        id: String,
        name: String,
        input: Value,
    },
    Result {
        id: String,
        text: String,
    },
}

/// A conversation that is going on.
pub(crate) struct Conversation {
    pub plan: Plan,
    pub dialect: &'static dyn Dialect,
    pub turns: Vec<Turn>,
    /// Calls made so far.
    pub calls: u32,
    facts: Facts,
    dice: Dice,
    asked: i64,
    look_ups: u32,
    /// The question that leaks, if one does; the look-up leaks instead when it says so.
    leak_at: i64,
    leak_by_tool: bool,
}

impl Conversation {
    /// Opens a conversation with its first question.
    pub fn open(plan: Plan, org: &Organisation, seed: u64, purpose: &str) -> Self {
        let mut dice = Dice::numbered(seed, purpose, plan.number);
        let facts = Facts::new(&mut dice);
        let leak_at = dice.between(1, plan.turns);
        let leak_by_tool = matches!(plan.app.style, Style::Agent(_)) && dice.chance(0.4);
        let dialect = super::dialect::of(plan.model);
        let mut this = Conversation {
            plan,
            dialect,
            turns: Vec::new(),
            calls: 0,
            facts,
            dice,
            asked: 0,
            look_ups: 0,
            leak_at,
            leak_by_tool,
        };
        this.ask(org);
        this
    }

    /// Stays the same for all calls of the conversation.
    pub fn id(&self) -> String {
        format!("c-{:x}-{}", self.plan.at.millis() / 1000, self.plan.number)
    }

    /// The body of the next call.
    pub fn request(&mut self) -> Value {
        self.calls += 1;
        self.dialect.request(self)
    }

    /// Takes in the answer. Returns false when the conversation is over.
    pub fn hear(&mut self, answer: &Value, org: &Organisation) -> bool {
        match self.dialect.heard(answer) {
            Heard::Text(text) => {
                self.turns.push(Turn::Assistant(text));
                if self.asked >= self.plan.turns || self.plan.app.follow_ups.is_empty() {
                    return false;
                }
                self.ask(org);
                true
            }
            Heard::Call { id, name, input } => {
                let Some(text) = self.look_up(org) else { return false };
                self.turns.push(Turn::Call { id: id.clone(), name, input });
                self.turns.push(Turn::Result { id, text });
                true
            }
            Heard::Error => false,
        }
    }

    /// The next question.
    fn ask(&mut self, org: &Organisation) {
        self.asked += 1;
        let app = self.plan.app;
        let leaks = self.plan.content == Content::Leak && !self.leak_by_tool && self.asked == self.leak_at;
        let template = match app.style {
            _ if leaks => self.dice.pick(app.leaks),
            _ if self.asked > 1 => self.dice.pick(app.follow_ups),
            // What the look-up is to bring out must be asked for.
            Style::Agent(tool) if self.plan.content != Content::Clean => {
                let fitting: Vec<&str> =
                    app.asks.iter().copied().filter(|a| a.contains(tool.about)).collect();
                fitting[self.dice.below(fitting.len())]
            }
            Style::Agent(_) | Style::Chat | Style::Extract(_) | Style::Picture => self.dice.pick(app.asks),
        };
        let mut text = self.facts.tell(template, org, &mut self.dice);
        if self.plan.content == Content::Attack && self.asked == 1 && !matches!(app.style, Style::Agent(_)) {
            let attack = self.attack(org);
            text = if self.dice.chance(0.4) { attack } else { format!("{text}\n\n{attack}") };
        }
        let turn = match app.style {
            Style::Picture => Turn::Picture { text, base64: self.picture() },
            Style::Chat | Style::Extract(_) | Style::Agent(_) => Turn::User(text),
        };
        self.turns.push(turn);
    }

    fn attack(&mut self, org: &Organisation) -> String {
        let template = self.dice.pick(ATTACKS);
        self.facts.tell(template, org, &mut self.dice)
    }

    /// What the application's tool answers; none when the model has asked often enough.
    fn look_up(&mut self, org: &Organisation) -> Option<String> {
        let Style::Agent(tool) = self.plan.app.style else { return None };
        if self.look_ups >= MAX_LOOK_UPS {
            return None;
        }
        self.look_ups += 1;
        let leaks = self.plan.content == Content::Leak && self.leak_by_tool;
        let template = self.dice.pick(if leaks { tool.leaks } else { tool.results });
        let mut text = self.facts.tell(template, org, &mut self.dice);
        if self.plan.content == Content::Attack {
            let attack = self.attack(org);
            text = format!("{text}\n\n{attack}");
        }
        Some(text)
    }

    /// A small scanned page: a PNG by its first bytes, noise after them.
    fn picture(&mut self) -> String {
        const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let length = 4 * self.dice.between(100, 500) as usize;
        format!("iVBORw0KGgoAAAANSUhEUgAA{}", self.dice.word(BASE64, length))
    }
}
