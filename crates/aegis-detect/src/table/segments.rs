//! The fields of HL7 v2 segments as columns (HL7 v2, chapters 3, 6, 4): what a field is called, by its number.
//! Asked by the tables for lines that begin with one of these. Invariant: the first bytes of a line decide.

/// The name of a segment with its separator, and what its fields are called, in the form of the head of a table.
const SEGMENTS: [(&[u8], &[u8]); 6] = [
    (b"PID|", b"|||mrn||||dob||||||phone|phone|||||ssn"),
    (b"PV1|", b"|||||||npi|npi|npi||||||||npi"),
    (b"GT1|", b"||||||phone|phone|dob||||ssn"),
    (b"NK1|", b"|||||phone|phone|||||||||dob"),
    (b"ORC|", b"||||||||||npi|npi|npi"),
    (b"OBR|", b"||||||||||||||||npi"),
];

/// Length of the name of a segment with its separator.
pub(super) const NAME: usize = 4;

/// What the fields of a line that begins so are called, if it is a segment.
pub(super) fn fields(start: &[u8]) -> Option<&'static [u8]> {
    SEGMENTS.iter().find(|(name, _)| start.starts_with(name)).map(|(_, fields)| *fields)
}
