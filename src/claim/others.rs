//! What is said of the areas that a verdict holds against that of the claim.

use super::{checked::Checked, checker::Checker, claim::Says, compared_with::ComparedWith};

impl Checker {
    /// Of the other one of a pair, and of those ahead: the months of figures that have others than most.
    pub(super) fn months_of_others(&self, to: &Checked) -> Vec<String> {
        let table = self.league().table();
        let pair = match &to.claim.says {
            Says::Compared { against: ComparedWith::Area(name), .. } => Some(name),
            _ => None,
        };
        let others = pair.into_iter().chain(&to.ahead).filter_map(|name| table.short_told(table.index(name).ok()?));
        others.take(5).collect()
    }
}
