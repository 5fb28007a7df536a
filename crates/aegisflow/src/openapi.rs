//! `aegisflow openapi`.

/// Prints the document.
pub fn run() -> anyhow::Result<()> {
    println!("{}", aegis_server::document().to_pretty_json()?);
    Ok(())
}
