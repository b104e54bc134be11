use super::Panel;
use crate::{
    Average, Compare, Counts, ErrorKind, IntervalSpec, Per, Plan, Result,
    counts::Kind,
    error::same_length,
    kernel::{self, Count, Job},
};
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut1, ArrayViewMut2};

/// Marshall's smoothed rates of a whole [`Panel`], and for each indicator mean and standard deviation of the true rates.
///
/// Each indicator is smoothed by itself, with the bits of its [`Smoothing`](crate::Smoothing).
#[derive(Clone, Debug)]
pub struct SmoothedPanel {
    per: Per,
    estimates: Array2<f64>,
    means: Array1<f64>,
    deviations: Array1<f64>,
}

impl Panel<'_> {
    /// Marshall's estimates of all areas by all indicators.
    ///
    /// ```
    /// use crimerate::{Average, Panel, Per, Smoother, ndarray::array};
    ///
    /// let panel = Panel::new(["A", "B", "C"], array![[600_u64, 4], [300, 9], [8, 0]], [50_000, 50_000, 400])?;
    /// let smoothed = panel.smooth(Per::THOUSAND);
    /// let first = panel.indicator("1")?.compare(Average::POOLED).smooth(Smoother::Marshall);
    /// assert_eq!(smoothed.estimates()[(2, 0)], first.area("C")?.estimate(Per::THOUSAND));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn smooth(&self, per: Per) -> SmoothedPanel {
        let (mut estimates, columns) = (Array2::zeros(self.dim()), self.indicators());
        let (mut means, mut deviations) = (Array1::zeros(columns), Array1::zeros(columns));
        // Arrays that were made for the panel fit it.
        let _ = self.smooth_into(per, estimates.view_mut(), means.view_mut(), deviations.view_mut());
        SmoothedPanel { per, estimates, means, deviations }
    }

    /// As [`Panel::smooth`], into arrays that exist: an estimate for each cell, NaN where it takes no part, and for each
    /// indicator mean and standard deviation of the true rates, NaN where no area takes part. A standard deviation of 0 says
    /// that the rates differ by no more than chance, so that every estimate is the mean.
    ///
    /// # Errors
    /// [`ErrorKind::Shape`], [`ErrorKind::Strided`] and [`ErrorKind::ColumnLength`] for arrays that do not fit; nothing is
    /// written then.
    pub fn smooth_into(
        &self,
        per: Per,
        estimates: ArrayViewMut2<'_, f64>,
        means: ArrayViewMut1<'_, f64>,
        deviations: ArrayViewMut1<'_, f64>,
    ) -> Result<()> {
        let (array, expected, found) = ("estimates", self.dim(), estimates.dim());
        if found != expected {
            return Err(ErrorKind::Shape { array, expected, found }.into());
        }
        match estimates.strides() {
            [_, stride] if *stride != 1 && expected.1 > 1 => {
                return Err(ErrorKind::Strided { array, stride: *stride }.into());
            }
            _ => {}
        }
        same_length(expected.1, [("means", means.len()), ("standard deviations", deviations.len())])?;
        let to = kernel::Smoothed { estimates, means, deviations };
        match &self.counts {
            Counts(Kind::U32(counts)) => self.smooth_counts(counts.view(), per, to),
            Counts(Kind::U64(counts)) => self.smooth_counts(counts.view(), per, to),
        }
        Ok(())
    }

    fn smooth_counts<C: Count>(&self, counts: ArrayView2<'_, C>, per: Per, to: kernel::Smoothed<'_>) {
        let how = Compare::with(Average::POOLED);
        let part: Vec<bool> = (0..self.len()).map(|area| self.takes_part(area)).collect();
        let rows: Vec<usize> = (0..self.len()).filter(|area| self.takes_part(*area)).collect();
        let job = Job {
            define: &|column| self.indicator_at(column).map(|indicator| indicator.compare(how)),
            counts,
            mask: self.mask.as_ref().map(|mask| mask.view()),
            people: self.populations.view(),
            most_people: self.populations.most(),
            part: &part,
            rows: &rows,
            how,
            per,
            plan: &Plan::new(IntervalSpec::default()),
        };
        kernel::smooth(&job, to);
    }
}

impl SmoothedPanel {
    /// What its rates are per.
    #[must_use]
    pub const fn per(&self) -> Per {
        self.per
    }

    /// The smoothed rates, a row for each area and a column for each indicator; NaN where a cell takes no part, and
    /// [`Panel::cell`] says why.
    #[must_use]
    pub fn estimates(&self) -> ArrayView2<'_, f64> {
        self.estimates.view()
    }

    /// For each indicator the mean of the true rates: the pooled rate; NaN where no area takes part.
    #[must_use]
    pub fn means(&self) -> ArrayView1<'_, f64> {
        self.means.view()
    }

    /// For each indicator the standard deviation of the true rates: 0 where the rates differ by no more than chance, NaN
    /// where no area takes part.
    #[must_use]
    pub fn deviations(&self) -> ArrayView1<'_, f64> {
        self.deviations.view()
    }
}
