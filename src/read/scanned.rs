//! The rows of a document below its header.

#[cfg(feature = "spreadsheet")]
use super::lines::Lines;
use super::{document::Document, faults::Faults, role::Role, scan::Scan, wanted::Wanted};

impl Document {
    /// The rows below the header, which has columns of these roles, needed or not.
    pub(super) fn scan(&self, roles: &[(Role, bool)]) -> Result<Scan, Faults> {
        let roles = roles.iter().map(|(role, needed)| {
            let heading = self.heading(*role);
            Wanted { role: Some(*role), needed: *needed || heading.is_some(), heading }
        });
        Scan::new(self, roles.chain(self.groups.iter().map(|heading| as_text(heading))).collect())
    }

    /// The rows below the header, which has columns of these headings.
    pub(super) fn scan_for(&self, headings: &[&str]) -> Result<Scan, Faults> {
        Scan::new(self, headings.iter().map(|heading| as_text(heading)).collect())
    }

    /// The same of a file that is open already.
    #[cfg(feature = "spreadsheet")]
    pub(super) fn scan_of(&self, lines: Box<dyn Lines>, headings: &[&str]) -> Result<Scan, Faults> {
        Scan::over(lines, self, headings.iter().map(|heading| as_text(heading)).collect())
    }
}

/// A column whose text is wanted as it is.
fn as_text(heading: &str) -> Wanted {
    Wanted { role: None, heading: Some(heading.to_owned()), needed: true }
}
