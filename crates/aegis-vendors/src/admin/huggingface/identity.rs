//! What a token says about itself: whose it is, in which organisations, with which rights.

use crate::admin::read::json;
use crate::admin::{Standing, Verdict};
use aegis_domain::Ability;
use serde::Deserialize;

#[derive(Deserialize)]
struct Whoami {
    #[serde(default)]
    orgs: Vec<Org>,
    auth: Option<Auth>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Org {
    name: String,
    plan: Option<String>,
    role_in_org: Option<String>,
    #[serde(default)]
    security_restrictions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Auth {
    access_token: Option<Token>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Token {
    fine_grained: Option<FineGrained>,
}

#[derive(Deserialize)]
struct FineGrained {
    #[serde(default)]
    global: Vec<String>,
    #[serde(default)]
    scoped: Vec<Scoped>,
}

#[derive(Deserialize)]
struct Scoped {
    #[serde(default)]
    permissions: Vec<String>,
}

impl FineGrained {
    fn permits(&self, permission: &str) -> bool {
        let scoped = self.scoped.iter().flat_map(|s| &s.permissions);
        self.global.iter().chain(scoped).any(|p| p == permission)
    }
}

/// The organisation is the one that was named, else the first that the person administers, else the first.
pub fn judge(body: &[u8], named: &str) -> Verdict {
    let Ok(me) = json::<Whoami>(body) else {
        return Verdict::has(&[]).and(
            &[Ability::Inference],
            Standing::Unclear,
            "the answer could not be read",
        );
    };
    let fine = me.auth.and_then(|a| a.access_token).and_then(|t| t.fine_grained);
    let permits = |permission: &str| fine.as_ref().is_none_or(|f| f.permits(permission));
    let verdict = Verdict::has(&[Ability::Models]);
    let verdict = match permits("inference.serverless.write") {
        true => verdict.and(&[Ability::Inference], Standing::Has, ""),
        false => {
            verdict.and(&[Ability::Inference], Standing::Lacks, "the permission inference.serverless.write")
        }
    };
    let admin = |o: &&Org| o.role_in_org.as_deref() == Some("admin");
    let org = match named {
        "" => me.orgs.iter().find(admin).or(me.orgs.first()),
        named => me.orgs.iter().find(|o| o.name == named),
    };
    let of_org = [Ability::Audit, Ability::Keys];
    let Some(org) = org else {
        let all = [Ability::Members, Ability::Audit, Ability::Keys];
        return verdict.and(&all, Standing::Lacks, "the token belongs to no such organisation");
    };
    let verdict = verdict.learn("organisation", org.name.as_str());
    if !org.security_restrictions.is_empty() {
        let said = format!("the organisation refuses the token: {}", org.security_restrictions.join(", "));
        return verdict.and(&of_org, Standing::Lacks, &said);
    }
    if !admin(&org) {
        return verdict.and(&of_org, Standing::Lacks, "only administrators of the organisation may");
    }
    let paid =
        org.plan.as_deref().is_some_and(|plan| ["team", "enterprise"].iter().any(|p| plan.contains(p)));
    let verdict = match (paid, &fine) {
        (false, _) => verdict.and(&of_org[..1], Standing::Lacks, "needs a Team or Enterprise plan"),
        (true, None) => verdict.and(&of_org[..1], Standing::Has, ""),
        // Which permission opens the audit log is not documented.
        (true, Some(_)) => verdict.and(&of_org[..1], Standing::Unclear, "told by the first sync"),
    };
    match permits("org.serviceAccounts.read") {
        true => verdict.and(&of_org[1..], Standing::Has, ""),
        false => verdict.and(&of_org[1..], Standing::Lacks, "the permission org.serviceAccounts.read"),
    }
}
