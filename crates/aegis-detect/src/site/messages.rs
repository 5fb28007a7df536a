//! What messages between institutions say a value is by the place where it stands: X12 segments, HL7 clinical documents,
//! FHIR identifiers. Asked by the detectors of such values. Invariant: no byte outside the window of the site is read.

use super::Site;

/// Bytes before a value in which its element begins.
const ELEMENT: usize = 180;

impl Site<'_> {
    /// X12: the date of birth of a member, `DMG*D8*19491003`.
    pub(crate) fn is_x12_birth(&self, start: usize) -> bool {
        self.ends_before(start, b"DMG*D8*")
    }

    /// X12: a code of the International Classification of Diseases after its qualifier, `HI*ABK:J45909`.
    pub(crate) fn is_x12_diagnosis(&self, start: usize) -> bool {
        let Some(at) = start.checked_sub(5) else { return false };
        matches!(self.bytes(at..start), [b'*' | b'^', qualifier @ .., b':'] if X12_DIAGNOSES.contains(&qualifier))
    }

    /// HL7 v2: what names the system of a code, not a code: `^I10C`.
    pub(crate) fn is_coding_system(&self, start: usize, end: usize) -> bool {
        matches!(self.before(start), b'^' | b'|')
            && matches!(self.bytes(start..end), [b'I', b'9' | b'1', ..] if end - start <= 4)
            && !matches!(self.byte(end), b'^')
    }

    /// The number of a patient's record: the identifier of a patient role in a clinical document, or of type `MR` in FHIR.
    pub(crate) fn is_patient_identifier(&self, start: usize, end: usize) -> bool {
        if self.before(start) != b'"' {
            return false;
        }
        let element = self.bytes(start.saturating_sub(ELEMENT)..start - 1);
        if let Some(head) = element.strip_suffix(b"<id extension=") {
            let after = self.bytes(end..end + 60);
            let ssn = memchr::memmem::find(after, b"2.16.840.1.113883.4.1\"").is_some();
            let role = memchr::memmem::rfind(head, b"<patientRole");
            return !ssn
                && role.is_some_and(|role| memchr::memmem::find(&head[role..], b"<patient>").is_none());
        }
        let head = element.trim_ascii_end();
        let Some(head) = head.strip_suffix(b":").map_or_else(
            || head.strip_suffix(b"<value value="),
            |head| head.trim_ascii_end().strip_suffix(b"\"value\""),
        ) else {
            return false;
        };
        let Some(kind) = memchr::memmem::rfind(head, b"\"MR\"") else { return false };
        let named = head[..kind].trim_ascii_end();
        let named = named.strip_suffix(b":").map_or(named, <[u8]>::trim_ascii_end);
        let coded = named.ends_with(b"\"code\"") || named.ends_with(b"<code value=");
        let between = &head[kind..];
        coded
            && memchr::memmem::find(between, b"\"value\"").is_none()
            && memchr::memmem::find(between, b"</identifier>").is_none()
    }

    /// These bytes stand right before `start`.
    fn ends_before(&self, start: usize, bytes: &[u8]) -> bool {
        start.checked_sub(bytes.len()).is_some_and(|at| self.bytes(at..start) == bytes)
    }
}

/// Qualifiers of diagnoses of ICD-10: principal, other, admitting, reason for the visit, external cause.
const X12_DIAGNOSES: [&[u8]; 5] = [b"ABK", b"ABF", b"ABJ", b"APR", b"ABN"];
