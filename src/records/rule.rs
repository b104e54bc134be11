//! What is made of cells that have no total, or one that is no count.

use super::records::Absent;

/// What is made of a cell without a record, and of one whose total is still below zero once all is added up. An [`Absent`] alone refuses
/// the latter.
///
/// ```
/// use crimerate::{Average, Per, records::{Absent, NamedRecords}};
///
/// let mut records = NamedRecords::new();
/// records.try_extend([("Kent", "theft", 7), ("Essex", "theft", -1), ("Dorset", "theft", 3)])?;
/// let people = [("Kent", 1_846_500), ("Essex", 1_832_800), ("Dorset", 772_300)];
/// let error = records.panel(people, Absent::Zero).unwrap_err();
/// assert_eq!(error.to_string(), "Essex: indicator theft: count is -1, and a total cannot be negative");
/// let panel = records.panel(people, Absent::Zero.leaving_out_negative())?;
/// let report = panel.indicator("theft")?.table().compare(Average::POOLED).per(Per::HUNDRED_THOUSAND);
/// assert!(report.to_string().contains("Left out: Essex, count with a total below zero."));
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CellRule {
    absent: Absent,
    leaves_out_negative: bool,
}

impl Absent {
    /// The same, and a cell whose total is below zero is left out with a note, where it would be refused.
    #[must_use]
    pub const fn leaving_out_negative(self) -> CellRule {
        CellRule { absent: self, leaves_out_negative: true }
    }
}

impl CellRule {
    /// What no record means.
    #[must_use]
    pub const fn absent(self) -> Absent {
        self.absent
    }

    /// Whether a cell whose total is below zero is left out; else it is refused.
    #[must_use]
    pub const fn leaves_out_negative(self) -> bool {
        self.leaves_out_negative
    }
}

impl From<Absent> for CellRule {
    fn from(absent: Absent) -> Self {
        Self { absent, leaves_out_negative: false }
    }
}
