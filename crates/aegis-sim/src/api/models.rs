//! The models the simulator knows, with names as the vendors list them in November 2026, and how fast each is.
//! Speeds are plausible, not measured.

/// Who makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vendor {
    OpenAi,
    Anthropic,
}

/// One model.
#[derive(Debug)]
pub(crate) struct Model {
    pub vendor: Vendor,
    /// As callers name it.
    pub id: &'static str,
    /// As answers name it.
    pub snapshot: &'static str,
    pub display_name: &'static str,
    /// Unix seconds.
    pub created: i64,
    /// Median time to the first token.
    pub ttft_ms: f64,
    pub tokens_per_second: f64,
    /// Median of hidden reasoning tokens; 0: it does not reason.
    pub reasoning: f64,
    /// Input tokens it takes.
    pub context: u64,
}

const fn openai(
    id: &'static str,
    snapshot: &'static str,
    created: i64,
    (ttft_ms, tokens_per_second): (f64, f64),
    reasoning: f64,
) -> Model {
    let context = if reasoning > 0.0 { 400_000 } else { 128_000 };
    let vendor = Vendor::OpenAi;
    Model { vendor, id, snapshot, display_name: id, created, ttft_ms, tokens_per_second, reasoning, context }
}

const fn claude(
    id: &'static str,
    snapshot: &'static str,
    display_name: &'static str,
    created: i64,
    (ttft_ms, tokens_per_second): (f64, f64),
) -> Model {
    let vendor = Vendor::Anthropic;
    let context = 200_000;
    Model { vendor, id, snapshot, display_name, created, ttft_ms, tokens_per_second, reasoning: 0.0, context }
}

/// Every model.
pub(crate) static MODELS: &[Model] = &[
    openai("gpt-4o-mini", "gpt-4o-mini-2024-07-18", 1_721_172_717, (430.0, 95.0), 0.0),
    openai("gpt-4.1", "gpt-4.1-2025-04-14", 1_744_316_542, (560.0, 80.0), 0.0),
    openai("gpt-4.1-mini", "gpt-4.1-mini-2025-04-14", 1_744_318_173, (390.0, 110.0), 0.0),
    openai("gpt-5.2", "gpt-5.2-2025-12-11", 1_765_411_200, (880.0, 75.0), 90.0),
    openai("gpt-5.4", "gpt-5.4-2026-03-05", 1_772_668_800, (820.0, 85.0), 110.0),
    openai("gpt-5.4-mini", "gpt-5.4-mini-2026-03-17", 1_773_705_600, (410.0, 150.0), 40.0),
    openai("gpt-5.5", "gpt-5.5-2026-04-23", 1_776_902_400, (930.0, 80.0), 140.0),
    openai("gpt-5.6-luna", "gpt-5.6-luna", 1_783_036_800, (280.0, 190.0), 0.0),
    openai("gpt-5.6-terra", "gpt-5.6-terra", 1_783_036_800, (520.0, 120.0), 60.0),
    openai("gpt-5.6-sol", "gpt-5.6-sol", 1_783_036_800, (910.0, 90.0), 150.0),
    openai("gpt-6-luna", "gpt-6-luna", 1_790_812_800, (240.0, 220.0), 0.0),
    openai("gpt-6-sol", "gpt-6-sol", 1_790_812_800, (760.0, 105.0), 120.0),
    openai("gpt-6-astra", "gpt-6-astra", 1_790_812_800, (1_450.0, 70.0), 380.0),
    openai("gpt-6.1-terra", "gpt-6.1-terra", 1_793_836_800, (460.0, 140.0), 50.0),
    openai("gpt-6.1-sol", "gpt-6.1-sol", 1_793_836_800, (740.0, 110.0), 110.0),
    claude(
        "claude-haiku-4-5",
        "claude-haiku-4-5-20251001",
        "Claude Haiku 4.5",
        1_760_486_400,
        (480.0, 140.0),
    ),
    claude("claude-haiku-5-5", "claude-haiku-5-5", "Claude Haiku 5.5", 1_790_380_800, (310.0, 180.0)),
    claude("claude-sonnet-4-6", "claude-sonnet-4-6", "Claude Sonnet 4.6", 1_771_286_400, (820.0, 78.0)),
    claude("claude-sonnet-5", "claude-sonnet-5", "Claude Sonnet 5", 1_782_777_600, (740.0, 88.0)),
    claude("claude-sonnet-5-5", "claude-sonnet-5-5", "Claude Sonnet 5.5", 1_791_590_400, (690.0, 96.0)),
    claude("claude-opus-4-8", "claude-opus-4-8", "Claude Opus 4.8", 1_779_235_200, (1_280.0, 58.0)),
    claude("claude-opus-5", "claude-opus-5", "Claude Opus 5", 1_785_369_600, (1_190.0, 64.0)),
    claude("claude-opus-5-5", "claude-opus-5-5", "Claude Opus 5.5", 1_793_059_200, (1_120.0, 70.0)),
];

/// The vendor's model called `name`, by either of its names.
pub(crate) fn find(vendor: Vendor, name: &str) -> Option<&'static Model> {
    MODELS.iter().find(|m| m.vendor == vendor && (m.id == name || m.snapshot == name))
}

/// All models of one vendor.
pub(crate) fn of(vendor: Vendor) -> impl Iterator<Item = &'static Model> {
    MODELS.iter().filter(move |m| m.vendor == vendor)
}
