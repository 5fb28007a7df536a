//! The Console's daily report on Claude Code, by person or key.
//! What is paid by the token stands in the usage report as well: its tokens are left out here, so that nothing is
//! counted twice. What a subscription pays has no other place; its cost is the vendor's estimate.

use super::onward;
use crate::admin::read::{Count, Number, Time, json};
use crate::admin::{Row, Unreadable};
use aegis_domain::{Dimensions, Exact, LedgerKind, LedgerRow, Quantities, Timestamp};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);

#[derive(Deserialize)]
struct Report {
    data: Vec<Day>,
    #[serde(default)]
    has_more: bool,
    next_page: Option<String>,
}

#[derive(Deserialize)]
struct Day {
    date: Time,
    actor: Actor,
    customer_type: Option<String>,
    subscription_type: Option<String>,
    terminal_type: Option<String>,
    is_remote: Option<bool>,
    core_metrics: Option<Metrics>,
    tool_actions: Option<BTreeMap<String, Answers>>,
    model_breakdown: Option<Vec<Model>>,
}

#[derive(Deserialize)]
struct Actor {
    email_address: Option<String>,
    api_key_name: Option<String>,
}

#[derive(Deserialize)]
struct Metrics {
    num_sessions: Option<Count>,
    lines_of_code: Option<Lines>,
    commits_by_claude_code: Option<Count>,
    pull_requests_by_claude_code: Option<Count>,
}

#[derive(Deserialize)]
struct Lines {
    added: Option<Count>,
    removed: Option<Count>,
}

#[derive(Deserialize)]
struct Answers {
    accepted: Option<Count>,
    rejected: Option<Count>,
}

#[derive(Deserialize)]
struct Model {
    model: String,
    tokens: Option<Tokens>,
    estimated_cost: Option<Amount>,
}

#[derive(Deserialize)]
struct Tokens {
    input: Option<Count>,
    output: Option<Count>,
    cache_read: Option<Count>,
    cache_creation: Option<Count>,
}

#[derive(Deserialize)]
struct Amount {
    amount: Number,
    currency: String,
}

/// The rows of a page, and the next page.
pub fn read(body: &[u8], page: Option<&str>) -> Result<(Vec<Row>, Option<String>), Unreadable> {
    let report: Report = json(body)?;
    let mut rows = Vec::new();
    for day in &report.data {
        rows.push(day.row(day.dimensions(None), day.work()));
        if day.customer_type.as_deref() == Some("subscription") {
            for model in day.model_breakdown.iter().flatten() {
                rows.push(day.model(model)?);
            }
        }
    }
    Ok((rows.into_iter().map(Row::Ledger).collect(), onward(Some(report.has_more), report.next_page, page)?))
}

impl Day {
    fn row(&self, dimensions: Dimensions, quantities: Quantities) -> LedgerRow {
        let from: Timestamp = self.date.0.floor(DAY);
        let kind = LedgerKind::Usage;
        LedgerRow { kind, from, to: from.plus(DAY), dimensions, quantities, money: None, estimate: false }
    }

    fn dimensions(&self, model: Option<&str>) -> Dimensions {
        let own = [
            ("api_key_name", self.actor.api_key_name.clone()),
            ("customer_type", self.customer_type.clone()),
            ("subscription_type", self.subscription_type.clone()),
            ("terminal_type", self.terminal_type.clone()),
            ("is_remote", self.is_remote.map(|r| r.to_string())),
        ];
        Dimensions {
            model: model.map(str::to_owned),
            user: self.actor.email_address.clone(),
            item: Some("claude_code".to_owned()),
            other: own.into_iter().filter_map(|(n, v)| Some((n.to_owned(), v?))).collect(),
            ..Dimensions::default()
        }
    }

    /// What was done: figures that no other report has.
    fn work(&self) -> Quantities {
        let mut other = BTreeMap::new();
        let mut add = |name: &str, count: Option<Count>| {
            if let Some(count) = count {
                other.insert(name.to_owned(), Exact::from(count));
            }
        };
        if let Some(metrics) = &self.core_metrics {
            add("sessions", metrics.num_sessions);
            add("commits", metrics.commits_by_claude_code);
            add("pull_requests", metrics.pull_requests_by_claude_code);
            add("lines_added", metrics.lines_of_code.as_ref().and_then(|l| l.added));
            add("lines_removed", metrics.lines_of_code.as_ref().and_then(|l| l.removed));
        }
        if let Some(tools) = &self.tool_actions {
            let total = |of: fn(&Answers) -> Option<Count>| {
                tools.values().filter_map(of).map(|c| c.0).reduce(u64::saturating_add).map(Count)
            };
            add("edits_accepted", total(|a| a.accepted));
            add("edits_rejected", total(|a| a.rejected));
        }
        Quantities { other, ..Quantities::default() }
    }

    fn model(&self, model: &Model) -> Result<LedgerRow, Unreadable> {
        let quantities = model.tokens.as_ref().map(Tokens::quantities).unwrap_or_default();
        let cost = model.estimated_cost.as_ref();
        Ok(LedgerRow {
            money: cost.map(|c| c.amount.cents(&c.currency)).transpose()?,
            estimate: true,
            ..self.row(self.dimensions(Some(&model.model)), quantities)
        })
    }
}

impl Tokens {
    fn quantities(&self) -> Quantities {
        let input = [self.input, self.cache_read, self.cache_creation];
        Quantities {
            input_tokens: super::reports::sum(&input),
            cached_input_tokens: self.cache_read.map(|c| c.0),
            cache_write_tokens: self.cache_creation.map(|c| c.0),
            output_tokens: self.output.map(|c| c.0),
            ..Quantities::default()
        }
    }
}
