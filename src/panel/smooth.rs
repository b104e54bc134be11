//! Smoothed rates of every indicator.

use super::{compare::Workspace, outputs::Outputs, panel::Panel};
use crate::{average::Average, base::Note, rate::Per};
use ndarray::{Array1, Array2, ArrayView1, ArrayView2};

/// Marshall's smoothed rates of a whole [`Panel`], and for each indicator mean and standard deviation of the true rates.
///
/// Each indicator is smoothed by itself, with the bits of its [`Smoothing`](crate::smoothing::Smoothing).
#[derive(Clone, Debug)]
pub struct Smoothed {
    per: Per,
    estimates: Array2<f64>,
    means: Array1<f64>,
    deviations: Array1<f64>,
    notes: Vec<Note>,
}

impl Panel<'_> {
    /// Marshall's estimates of all areas by all indicators. [`Outputs::smoothed`] is for arrays that exist, beside rates and
    /// ranks.
    ///
    /// ```
    /// use crimerate::{Average, Panel, Per, ndarray::array, smoothing::Estimator};
    ///
    /// let panel = Panel::new(["A", "B", "C"], array![[600_u64, 4], [300, 9], [8, 0]], [50_000, 50_000, 400])?;
    /// let smoothed = panel.smooth(Per::THOUSAND);
    /// let first = panel.indicator("1")?.compare(Average::POOLED).smooth(Estimator::Marshall);
    /// assert_eq!(smoothed.estimates()[(2, 0)], first.area("C")?.estimate(Per::THOUSAND).value());
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    #[must_use]
    pub fn smooth(&self, per: Per) -> Smoothed {
        let (mut estimates, columns) = (Array2::zeros(self.dim()), self.indicators());
        let (mut means, mut deviations) = (Array1::zeros(columns), Array1::zeros(columns));
        let outputs = Outputs::new().smoothed(estimates.view_mut());
        let outputs = outputs.prior_means(means.view_mut()).prior_deviations(deviations.view_mut());
        // Arrays that were made for the panel fit it.
        let _ = self.compare_into(Average::POOLED, per, outputs, &mut Workspace::new());
        Smoothed { per, estimates, means, deviations, notes: self.smoothing_notes(per) }
    }
}

impl Smoothed {
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

    /// What has to be reported with the rates, in words.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }
}
