//! Fills the templates' keys: one made-up customer per conversation, and whatever else business texts mention.
//! Invariant: every key used by a template is known here; a test expands them all.

use super::Organisation;
use super::values;
use crate::dice::Dice;
use crate::phrase;

/// The person a conversation is about.
pub(crate) struct Facts {
    first: &'static str,
    last: &'static str,
    email: String,
    phone: String,
    ssn: String,
    card: String,
    birth_date: String,
    mrn: String,
    ip: String,
    address: String,
    claim: String,
    policy: String,
    order: String,
    ticket: String,
    product: &'static str,
    company: &'static str,
}

const PRODUCTS: &[&str] = &[
    "home insurance",
    "travel cover",
    "the family plan",
    "dental plus",
    "the mobile app",
    "e-bike cover",
    "the customer portal",
    "legal protection",
    "pet cover",
    "the claims tracker",
    "renters insurance",
];
const COMPANIES: &[&str] = &[
    "Delta Freight",
    "Nordlicht Logistics",
    "Brightwater Clinics",
    "Osprey Analytics",
    "Halcyon Print",
    "Tern & Sons",
    "Kestrel Cloud",
    "Bluegate Security",
    "Maple Street Partners",
    "Quarry Software",
    "Riverbend Motors",
];
const SERVICES: &[&str] = &[
    "billing-api",
    "claims-worker",
    "quote-engine",
    "identity-proxy",
    "document-store",
    "notify",
    "rate-tables",
    "portal-bff",
    "fraud-score",
    "ledger-sync",
];
const DRUGS: &[&str] = &[
    "metoprolol 50 mg",
    "apixaban 5 mg",
    "metformin 1000 mg",
    "amoxicillin 500 mg",
    "lisinopril 10 mg",
    "atorvastatin 40 mg",
    "pantoprazole 20 mg",
    "prednisone 10 mg",
];
const DIAGNOSES: &[&str] = &[
    "community-acquired pneumonia",
    "atrial fibrillation",
    "type 2 diabetes",
    "hip replacement, day 3",
    "acute appendicitis, post-op",
    "COPD exacerbation",
    "heart failure with preserved EF",
    "cellulitis of the leg",
];
const WARDS: &[&str] = &["4 East", "cardiology", "2 North", "day surgery", "the stroke unit", "5 West"];
const ROLES: &[&str] = &[
    "claims adjuster",
    "data engineer",
    "ward nurse",
    "account manager",
    "actuary",
    "support agent",
    "product designer",
    "payroll specialist",
    "site reliability engineer",
];
const CITIES: &[&str] = &[
    "Dayton, OH 45402",
    "Tacoma, WA 98402",
    "Albany, NY 12207",
    "Austin, TX 78704",
    "Madison, WI 53703",
    "Portland, ME 04101",
    "Reno, NV 89501",
    "Savannah, GA 31401",
];
const STREETS: &[&str] = &[
    "Alder Street",
    "Birch Lane",
    "Canal Street",
    "Dover Road",
    "Elm Avenue",
    "Foster Drive",
    "Grove Street",
    "Harbor Way",
    "Juniper Court",
    "Mill Road",
];
const CAMPAIGNS: &[&str] = &[
    "Winter Shield",
    "Back to School",
    "Quiet Nights",
    "First Home",
    "Ride Covered",
    "Open Enrollment",
    "Spring Move",
];
const LANGUAGES: &[&str] = &["German", "French", "Spanish", "Portuguese", "Italian", "Dutch", "Polish"];
const DAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];

impl Facts {
    /// Makes somebody up.
    pub fn new(dice: &mut Dice) -> Self {
        let (first, last) = (dice.pick(super::names::FIRST), dice.pick(super::names::LAST));
        Facts {
            first,
            last,
            email: values::email(first, last, dice),
            phone: values::phone(dice),
            ssn: values::ssn(dice),
            card: values::card(dice),
            birth_date: values::birth_date(dice),
            mrn: values::mrn(dice),
            ip: values::ip(dice),
            address: format!("{} {}, {}", dice.between(4, 980), dice.pick(STREETS), dice.pick(CITIES)),
            claim: format!("CLM-{}", dice.between(203_000, 298_000)),
            policy: format!("LM-{}-{}", dice.between(20, 79), dice.between(4_100, 9_900)),
            order: format!("A-{}", dice.between(51_000, 98_000)),
            ticket: format!("#{}", dice.between(14_000, 39_000)),
            product: dice.pick(PRODUCTS),
            company: dice.pick(COMPANIES),
        }
    }

    /// Writes a template out about this person.
    pub fn tell(&self, template: &str, org: &Organisation, dice: &mut Dice) -> String {
        phrase::expand(template, dice, &mut |key, dice| {
            self.fixed(key).map(str::to_owned).unwrap_or_else(|| passing(key, self, org, dice))
        })
    }

    /// What stays the same throughout a conversation.
    fn fixed(&self, key: &str) -> Option<&str> {
        Some(match key {
            "first" => self.first,
            "last" => self.last,
            "email" => &self.email,
            "phone" => &self.phone,
            "ssn" => &self.ssn,
            "card" => &self.card,
            "dob" => &self.birth_date,
            "mrn" => &self.mrn,
            "ip" => &self.ip,
            "address" => &self.address,
            "claim" => &self.claim,
            "policy" => &self.policy,
            "order" => &self.order,
            "ticket" => &self.ticket,
            "product" => self.product,
            "company" => self.company,
            _ => return None,
        })
    }
}

/// What is drawn anew at each mention.
fn passing(key: &str, facts: &Facts, org: &Organisation, dice: &mut Dice) -> String {
    let whole = |n: i64| n.to_string();
    match key {
        "host" => facts.last.to_lowercase(),
        "name" => format!("{} {}", facts.first, facts.last),
        "amount" => format!("${}.{:02}", thousands(dice.between(48, 9_400)), dice.below(100)),
        "big_amount" => format!("${}", thousands(dice.between(12, 880) * 1_000)),
        "percent" => whole(dice.between(2, 38)),
        "n" => whole(dice.between(2, 9)),
        "count" => thousands(dice.between(120, 48_000)),
        "ms" => whole(dice.between(180, 9_200)),
        "day" => dice.pick(DAYS).to_owned(),
        "date" => format!("{} {}", values::MONTHS[dice.below(11)], dice.between(1, 28)),
        "month" => dice.pick(&values::MONTHS).to_owned(),
        "quarter" => format!("Q{}", dice.between(1, 4)),
        "time" => format!("{:02}:{:02}", dice.between(7, 19), dice.below(60)),
        "invoice" => format!("INV-{}", dice.between(30_100, 88_000)),
        "po" => format!("PO-{}", dice.between(7_100, 9_900)),
        "account" => format!("{}0", dice.between(400, 799)),
        "company2" => dice.pick(COMPANIES).to_owned(),
        "service" => dice.pick(SERVICES).to_owned(),
        "version" => format!("{}.{}.{}", dice.between(1, 9), dice.between(0, 30), dice.between(0, 12)),
        "commit" => dice.word(b"0123456789abcdef", 10),
        "drug" => dice.pick(DRUGS).to_owned(),
        "diagnosis" => dice.pick(DIAGNOSES).to_owned(),
        "ward" => dice.pick(WARDS).to_owned(),
        "role" => dice.pick(ROLES).to_owned(),
        "campaign" => dice.pick(CAMPAIGNS).to_owned(),
        "language" => dice.pick(LANGUAGES).to_owned(),
        "colleague" => org.anyone(dice).name.clone(),
        "colleague_email" => org.anyone(dice).email.clone(),
        "ip2" => values::ip(dice),
        "ssn2" => values::ssn(dice),
        "card2" => values::card(dice),
        "dob2" => values::birth_date(dice),
        "mrn2" => values::mrn(dice),
        "person2" => format!("{} {}", dice.pick(super::names::FIRST), dice.pick(super::names::LAST)),
        "email2" => {
            let (first, last) = (dice.pick(super::names::FIRST), dice.pick(super::names::LAST));
            values::email(first, last, dice)
        }
        unknown => format!("{{{unknown}}}"),
    }
}

/// A number with commas between thousands.
fn thousands(n: i64) -> String {
    if n < 1_000 { n.to_string() } else { format!("{},{:03}", n / 1_000, n % 1_000) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_facts_stay_and_passing_ones_vary() {
        let org = Organisation::new(1);
        let mut dice = Dice::new(1, "facts", b"");
        let facts = Facts::new(&mut dice);
        assert_eq!(facts.tell("{ssn}", &org, &mut dice), facts.tell("{ssn}", &org, &mut dice));
        let many: std::collections::BTreeSet<String> =
            (0..20).map(|_| facts.tell("{amount}", &org, &mut dice)).collect();
        assert!(many.len() > 15);
        assert_eq!(thousands(12_007), "12,007");
    }
}
