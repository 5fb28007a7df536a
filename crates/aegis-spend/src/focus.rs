//! Charges as FOCUS 1.4 writes them: the columns of its Cost and Usage dataset, as CSV.
//! Facts: FinOps Open Cost and Usage Specification 1.4, "Cost and Usage", table of columns (types, nulls, presence).
//! Called by the export, a charge at a time. Invariants: every mandatory column is there, a column that allows no null
//! has none; a cell never begins with a character that a spreadsheet takes for a formula.

use aegis_domain::{Money, Timestamp};
use jiff::civil;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Text.
    Text,
    /// A decimal number.
    Decimal,
    /// An instant in UTC: `2026-11-23T09:00:00Z`.
    Instant,
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its id. Those of our own begin with `x_`.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// May be empty.
    pub nullable: bool,
    value: fn(&Charge) -> String,
}

/// A charge by a vendor's own word.
#[derive(Debug, Clone)]
pub struct Charge<'a> {
    /// What it cost.
    pub money: Money,
    /// First instant.
    pub from: Timestamp,
    /// First instant after.
    pub to: Timestamp,
    /// The vendor's name, as people know it.
    pub vendor: &'a str,
    /// The account: the credential its books are read under.
    pub account_id: &'a str,
    /// What people call that.
    pub account_name: Option<&'a str>,
    /// Project, workspace, resource.
    pub project: Option<&'a str>,
    /// What was bought.
    pub item: Option<&'a str>,
    /// Model.
    pub model: Option<&'a str>,
    /// Where it was processed.
    pub region: Option<&'a str>,
    /// Tier.
    pub tier: Option<&'a str>,
    /// API key, by the vendor's id.
    pub api_key: Option<&'a str>,
}

const fn text(name: &'static str, nullable: bool, value: fn(&Charge) -> String) -> Column {
    Column { name, holds: Holds::Text, nullable, value }
}

const fn cost(name: &'static str) -> Column {
    Column { name, holds: Holds::Decimal, nullable: false, value: |c| c.money.amount.to_string() }
}

const fn instant(name: &'static str, value: fn(&Charge) -> String) -> Column {
    Column { name, holds: Holds::Instant, nullable: false, value }
}

fn maybe(text: Option<&str>) -> String {
    text.unwrap_or_default().to_owned()
}

/// The columns, in the order of the file: every mandatory one, the recommended ones that can be said, those whose
/// condition is met by what vendors tell, and our own.
pub const COLUMNS: [Column; 34] = [
    cost("BilledCost"),
    text("BillingAccountId", false, |c| c.account_id.to_owned()),
    text("BillingAccountName", true, |c| maybe(c.account_name)),
    text("BillingCurrency", false, |c| c.money.currency.to_string()),
    instant("BillingPeriodEnd", |c| month(c.from).1),
    instant("BillingPeriodStart", |c| month(c.from).0),
    text("ChargeCategory", false, |c| if negative(c) { "Credit" } else { "Usage" }.to_owned()),
    text("ChargeClass", true, |_| String::new()),
    text("ChargeDescription", true, |c| maybe(c.item.or(c.model))),
    text("ChargeFrequency", false, |c| if negative(c) { "One-Time" } else { "Usage-Based" }.to_owned()),
    instant("ChargePeriodEnd", |c| second(c.to)),
    instant("ChargePeriodStart", |c| second(c.from)),
    // What a contract or the list would have said is not in a vendor's bill: the charge itself stands for both.
    cost("ContractedCost"),
    cost("EffectiveCost"),
    text("HostProviderName", false, |c| c.vendor.to_owned()),
    text("InvoiceIssuerName", false, |c| c.vendor.to_owned()),
    cost("ListCost"),
    text("PricingCategory", true, |c| if negative(c) { String::new() } else { "Standard".to_owned() }),
    Column { name: "PricingQuantity", holds: Holds::Decimal, nullable: true, value: |_| String::new() },
    text("PricingUnit", true, |_| String::new()),
    text("RegionId", true, |c| maybe(c.region)),
    text("RegionName", true, |c| maybe(c.region)),
    text("ServiceCategory", false, |_| "AI and Machine Learning".to_owned()),
    text("ServiceName", false, |c| c.vendor.to_owned()),
    text("ServiceProviderName", false, |c| c.vendor.to_owned()),
    text("ServiceSubcategory", false, |_| "Generative AI".to_owned()),
    text("SkuId", true, |c| maybe(c.item.or(c.model))),
    text("SubAccountId", true, |c| maybe(c.project)),
    text("SubAccountName", true, |c| maybe(c.project)),
    text("x_ApiKeyId", true, |c| maybe(c.api_key)),
    text("x_CostKind", false, |_| "reported".to_owned()),
    text("x_Model", true, |c| maybe(c.model)),
    text("x_Project", true, |c| maybe(c.project)),
    text("x_ServiceTier", true, |c| maybe(c.tier)),
];

fn negative(charge: &Charge) -> bool {
    charge.money.amount.0.is_sign_negative() && !charge.money.amount.0.is_zero()
}

fn second(t: Timestamp) -> String {
    let text = t.to_string();
    text.split_once('.').map_or(text.clone(), |(second, _)| format!("{second}Z"))
}

/// First instant of the month of `t`, and of the next.
fn month(t: Timestamp) -> (String, String) {
    let (year, month, _) = t.date();
    let first = civil::Date::new(year, i8::try_from(month).unwrap_or(1), 1).unwrap_or(civil::Date::ZERO);
    let next = first.checked_add(jiff::Span::new().months(1)).unwrap_or(first);
    (format!("{first}T00:00:00Z"), format!("{next}T00:00:00Z"))
}

/// The first line.
pub fn header() -> String {
    format!("{}\r\n", COLUMNS.map(|c| c.name).join(","))
}

/// Adds a charge as a line.
pub fn write(out: &mut String, charge: &Charge) {
    for (at, column) in COLUMNS.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        cell(out, &(column.value)(charge), column.holds == Holds::Text);
    }
    out.push_str("\r\n");
}

fn cell(out: &mut String, value: &str, free: bool) {
    // A leading apostrophe keeps spreadsheets from running what a vendor's project is called.
    let formula = free && value.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if !formula && !value.contains([',', '"', '\n', '\r']) {
        out.push_str(value);
        return;
    }
    out.push('"');
    if formula {
        out.push('\'');
    }
    out.push_str(&value.replace('"', "\"\""));
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The mandatory columns of the dataset, and whether they allow nulls.
    const MANDATORY: [(&str, bool, Holds); 23] = [
        ("BilledCost", false, Holds::Decimal),
        ("BillingAccountId", false, Holds::Text),
        ("BillingAccountName", true, Holds::Text),
        ("BillingCurrency", false, Holds::Text),
        ("BillingPeriodEnd", false, Holds::Instant),
        ("BillingPeriodStart", false, Holds::Instant),
        ("ChargeCategory", false, Holds::Text),
        ("ChargeClass", true, Holds::Text),
        ("ChargeDescription", true, Holds::Text),
        ("ChargePeriodEnd", false, Holds::Instant),
        ("ChargePeriodStart", false, Holds::Instant),
        ("ContractedCost", false, Holds::Decimal),
        ("EffectiveCost", false, Holds::Decimal),
        ("HostProviderName", false, Holds::Text),
        ("InvoiceIssuerName", false, Holds::Text),
        ("ListCost", false, Holds::Decimal),
        ("PricingQuantity", true, Holds::Decimal),
        ("PricingUnit", true, Holds::Text),
        ("ServiceCategory", false, Holds::Text),
        ("ServiceName", false, Holds::Text),
        ("ServiceProviderName", false, Holds::Text),
        // recommended, and named here because they allow no null
        ("ChargeFrequency", false, Holds::Text),
        ("ServiceSubcategory", false, Holds::Text),
    ];

    /// The others it knows. Version 1.4 has 65 in all.
    const CONDITIONAL: [&str; 42] = [
        "AllocatedMethodDetails",
        "AllocatedMethodId",
        "AllocatedResourceId",
        "AllocatedResourceName",
        "AllocatedTags",
        "AvailabilityZone",
        "BillingAccountType",
        "CapacityReservationId",
        "CapacityReservationStatus",
        "CommitmentDiscountCategory",
        "CommitmentDiscountId",
        "CommitmentDiscountName",
        "CommitmentDiscountQuantity",
        "CommitmentDiscountStatus",
        "CommitmentDiscountType",
        "CommitmentDiscountUnit",
        "CommitmentProgramEligibilityDetails",
        "ConsumedQuantity",
        "ConsumedUnit",
        "ContractApplied",
        "ContractedUnitPrice",
        "InvoiceDetailId",
        "InvoiceId",
        "ListUnitPrice",
        "PricingCategory",
        "PricingCurrency",
        "PricingCurrencyContractedUnitPrice",
        "PricingCurrencyEffectiveCost",
        "PricingCurrencyListUnitPrice",
        "RegionId",
        "RegionName",
        "ResourceId",
        "ResourceName",
        "ResourceType",
        "SkuId",
        "SkuMeter",
        "SkuPriceDetails",
        "SkuPriceId",
        "SubAccountId",
        "SubAccountName",
        "SubAccountType",
        "Tags",
    ];

    fn charge(amount: &str) -> Charge<'static> {
        Charge {
            money: Money::usd(amount.parse().expect("decimal")),
            from: "2026-12-31T00:00:00Z".parse().expect("instant"),
            to: "2027-01-01T00:00:00Z".parse().expect("instant"),
            vendor: "OpenAI",
            account_id: "cred",
            account_name: None,
            project: Some("=evil,\"one\""),
            item: None,
            model: Some("gpt-5"),
            region: None,
            tier: None,
            api_key: None,
        }
    }

    #[test]
    fn the_columns_are_those_of_the_specification() {
        for (name, nullable, holds) in MANDATORY {
            let column =
                COLUMNS.iter().find(|c| c.name == name).unwrap_or_else(|| panic!("{name} is missing"));
            assert_eq!((column.nullable, column.holds), (nullable, holds), "{name}");
        }
        assert_eq!(MANDATORY.len() + CONDITIONAL.len(), 65);
        let mut names: Vec<&str> = COLUMNS.iter().map(|c| c.name).collect();
        for name in &names {
            let known = MANDATORY.iter().any(|(m, ..)| m == name) || CONDITIONAL.contains(name);
            assert!(known || name.starts_with("x_"), "{name}");
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), COLUMNS.len(), "each once");
    }

    #[test]
    fn a_charge_fills_what_must_not_be_empty_and_keeps_its_digits() {
        for amount in ["0.000000012345", "-2.50", "0"] {
            let charge = charge(amount);
            for column in COLUMNS {
                let value = (column.value)(&charge);
                assert!(column.nullable || !value.is_empty(), "{}", column.name);
                match column.holds {
                    Holds::Text => {}
                    Holds::Decimal => assert!(value.is_empty() || value == amount, "{} {value}", column.name),
                    Holds::Instant => assert!(value.ends_with("T00:00:00Z"), "{} {value}", column.name),
                }
            }
        }
    }

    #[test]
    fn lines_are_written_as_they_should_be() {
        let mut out = String::new();
        write(&mut out, &charge("-2.50"));
        let want = "-2.50,cred,,USD,2027-01-01T00:00:00Z,2026-12-01T00:00:00Z,Credit,,gpt-5,One-Time,\
                    2027-01-01T00:00:00Z,2026-12-31T00:00:00Z,-2.50,-2.50,OpenAI,OpenAI,-2.50,,,,,,\
                    AI and Machine Learning,OpenAI,OpenAI,Generative AI,gpt-5,\"'=evil,\"\"one\"\"\",\
                    \"'=evil,\"\"one\"\"\",,reported,gpt-5,\"'=evil,\"\"one\"\"\",\r\n";
        assert_eq!(out, want);
        assert!(header().starts_with("BilledCost,BillingAccountId,"));
    }
}
