//! Command-line arguments of the examples, as `--name value`.

/// The value of `--name`, or `default`.
pub fn argument<T: std::str::FromStr>(name: &str, default: T) -> T {
    let mut arguments = std::env::args();
    let found = arguments.any(|a| a == format!("--{name}"));
    found.then(|| arguments.next()?.parse().ok()).flatten().unwrap_or(default)
}
