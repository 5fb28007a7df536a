//! What the reader of OpenTelemetry's bodies promises about any bytes. Shared by the replay of kept inputs and the fuzz
//! target, so that both mean the same.

use aegis_domain::{LIMITS, Source, is_vendor};
use aegis_vendors::otlp::{Encoding, Read, Signal, read};

/// Runs one target's property over the bytes; false when there is no such target.
pub fn run(target: &str, bytes: &[u8]) -> bool {
    match target {
        "otlp_read" => reads(bytes),
        _ => return false,
    }
    true
}

/// Whatever the bytes, what is read keeps its bounds, and is the same when it is read again.
fn reads(bytes: &[u8]) {
    for (signal, encoding) in ways() {
        let Ok(found) = read(signal, bytes, encoding) else { continue };
        let again = read(signal, bytes, encoding).expect("it was read before");
        keeps_its_bounds(&found);
        assert_eq!((found.passed_over, found.rejected), (again.passed_over, again.rejected));
        assert_eq!(found.interactions.len(), again.interactions.len());
        for (one, two) in found.interactions.iter().zip(&again.interactions) {
            assert_eq!((one.id, &one.external_id), (two.id, &two.external_id));
            assert!(one.parts == two.parts, "the same parts");
        }
    }
}

/// Every way a body can be read.
pub fn ways() -> impl Iterator<Item = (Signal, Encoding)> {
    [Signal::Traces, Signal::Logs]
        .into_iter()
        .flat_map(|signal| [(signal, Encoding::Protobuf), (signal, Encoding::Json)])
}

fn keeps_its_bounds(found: &Read) {
    assert!(found.interactions.len() <= 10_000 && found.reasons.len() <= 8);
    assert!(found.rejected >= found.reasons.len() as u64);
    for call in &found.interactions {
        assert!(is_vendor(&call.vendor) && call.source == Source::Otlp);
        assert!(call.external_id.as_ref().is_some_and(|id| id.len() <= LIMITS.external_id));
        assert!(call.parts.len() <= LIMITS.parts && call.labels.len() <= LIMITS.labels);
        assert!(call.parts.iter().all(|p| (1..=64).contains(&p.role.len()) && !p.text.is_empty()));
        let names = [Some(&call.model), call.user.as_ref(), call.team.as_ref(), call.app.as_ref()];
        assert!(names.into_iter().flatten().all(|name| (1..=LIMITS.name).contains(&name.len())));
    }
}
