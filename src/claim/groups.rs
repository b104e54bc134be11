//! Suppressed counts of the areas that an average is made of: all of them, or those of a peer group.

use super::checker::Checker;
use crate::{average::Rule, rate::Observation, table::LeftOut};

impl Checker {
    /// The places and the ends of the suppressed counts that an area's average leaves out.
    pub(super) fn suppressed_in_average(&self, row: usize) -> Vec<(usize, (u64, Option<u64>))> {
        let suppressed = self.members(row).into_iter().filter_map(|at| match self.league().table().rate(at)? {
            Err(LeftOut::NotKnown(count @ Observation::Suppressed { .. })) => Some((at, count.ends())),
            _ => None,
        });
        suppressed.collect()
    }

    /// The places of all areas that an area's average would be made of, were their counts known.
    fn members(&self, row: usize) -> Vec<usize> {
        let average = self.league().how().average();
        match self.league().groups() {
            _ if matches!(average.rule(), Rule::Fixed(_)) => Vec::new(),
            None if average.over_which().is_everyone() => (0..self.league().table().len()).collect(),
            groups => {
                let own = groups.and_then(|groups| groups.lists().nth(groups.of(row)?));
                own.unwrap_or_default().to_vec()
            }
        }
    }

    /// From where to where the pooled average of an area's group lies with the suppressed counts in.
    pub(super) fn group_between(&self, row: usize) -> Option<String> {
        let with_self = self.league().how().average().with_self();
        let members = self.members(row).into_iter().filter(|at| with_self || *at != row);
        self.league().per(self.per()).suppressed_among(members, 0, "the average of its group")
    }
}
