//! Comparisons of a whole panel.

use super::{
    counts::{Counts, Kind},
    kernel::{
        block::Scratch,
        job::{Count, Job},
        run,
    },
    outputs::Outputs,
    panel::Panel,
};
use crate::{base::Result, interval, league::Compare, rate::Per};
use ndarray::ArrayView2;

/// What a comparison of a [`Panel`] works in, for use again: with it, comparisons with a pooled, mean or fixed average on
/// the standard scale of z allocate only in the first call. Medians, averages without the area itself that are not pooled,
/// log and robust z, and averages over peer groups allocate a few numbers a column.
///
/// Funnels about an average without the area itself go through a table of each indicator.
///
/// It has the size of one block of cells for each thread: some 400 KB for up to 512 areas, 700 KB with funnels; beyond, 30 KB
/// and 300 bytes an area, twice that for a mean or median without the area itself.
#[derive(Debug, Default)]
pub struct Workspace {
    scratches: Vec<Scratch>,
    part: Vec<bool>,
    rows: Vec<usize>,
    plan: Option<interval::Plan>,
}

impl Workspace {
    /// Nothing allocated yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Panel<'_> {
    /// Compares all areas by all indicators and writes what is wanted into arrays that exist.
    ///
    /// A figure that does not exist is NaN, and its rank 0; [`Panel::cell`] says why of a cell, and
    /// [`Outputs::statuses`] of a column. Ratio and per cent are also NaN where the average is zero.
    ///
    /// # Errors
    /// [`ErrorKind::ShapesDiffer`](crate::ErrorKind::ShapesDiffer) and [`ErrorKind::Strided`](crate::ErrorKind::Strided) for arrays that do not fit; nothing is written then.
    pub fn compare_into(
        &self,
        how: impl Into<Compare>,
        per: Per,
        outputs: Outputs<'_>,
        workspace: &mut Workspace,
    ) -> Result<()> {
        outputs.check(self.dim())?;
        match &self.counts {
            Counts(Kind::U32(counts)) => self.run(counts.view(), how.into(), per, outputs, workspace),
            Counts(Kind::U64(counts)) => self.run(counts.view(), how.into(), per, outputs, workspace),
        }
        Ok(())
    }

    fn run<C: Count>(
        &self,
        counts: ArrayView2<'_, C>,
        how: Compare,
        per: Per,
        outputs: Outputs<'_>,
        workspace: &mut Workspace,
    ) {
        let Workspace { scratches, part, rows, plan } = workspace;
        scratches.resize_with(run::threads(), Scratch::default);
        part.clear();
        part.extend((0..self.len()).map(|area| self.takes_part(area)));
        rows.clear();
        rows.extend((0..self.len()).filter(|area| self.takes_part(*area)));
        if plan.as_ref().is_none_or(|plan| plan.spec() != how.interval()) {
            *plan = Some(interval::Plan::new(how.interval()));
        }
        let Some(plan) = plan else { return };
        let job = Job {
            define: &|column| self.indicator_at(column).map(|indicator| indicator.compare(how)),
            counts,
            mask: self.mask.as_ref().map(|mask| mask.view()),
            people: self.populations.view(),
            most_people: self.populations.most(),
            part,
            rows,
            how,
            per,
            plan,
        };
        run::run(&job, outputs, scratches);
    }
}
