//! Ranks in replicate years of every indicator.

use super::panel::Panel;
use crate::{
    base::Result,
    league::Compare,
    rank::{self, Replicate},
};

impl Panel<'_> {
    /// For each indicator in its order what [`LeagueTable::replicate_ranks`](crate::LeagueTable::replicate_ranks) gives of its areas, with the same bits. With the
    /// feature `rayon` the indicators are shared out among the threads of its pool.
    ///
    /// ```
    /// use crimerate::{Average, Panel, ndarray::array, rank::CountModel};
    ///
    /// let panel = Panel::new(["A", "B"], array![[30_u64, 4], [20, 9]], [1_000, 1_000])?;
    /// let ranks = panel.replicate_ranks(Average::POOLED, CountModel::Poisson)?;
    /// assert_eq!(format!("{:.3}", ranks[1].area("B")?.p_highest()), "0.941");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`LeagueTable::replicate_ranks`](crate::LeagueTable::replicate_ranks), of the first indicator with one.
    pub fn replicate_ranks(
        &self,
        how: impl Into<Compare>,
        spec: impl Into<Replicate>,
    ) -> Result<Vec<rank::Distribution>> {
        let (how, spec) = (how.into(), spec.into());
        let of = |at: usize| {
            let indicator = self.indicator_at(at)?;
            Some(indicator.compare(how).replicate_ranks(spec))
        };
        let all = rank::each(self.indicators(), self.indicators() > 1, of);
        all.into_iter().flatten().collect()
    }
}
