//! A funnel of every indicator.

use super::{compare::Workspace, outputs::Outputs, panel::Panel};
use crate::{average::Average, base::Note, funnel, rate::Per};
use ndarray::{Array1, Array2, ArrayView1, ArrayView2};

/// A funnel of each indicator of a [`Panel`]: how many standard errors every area lies from its target, before and after
/// what the areas of its indicator differ by beyond chance.
///
/// It is for finding what stands out among many indicators. Limits, positions and p-values of one of them are those of
/// its own [`Funnel`](crate::funnel::Funnel), whose bits it has.
///
/// ```
/// use crimerate::{Average, Confidence, Panel, funnel::{Dispersion, Position}, ndarray::array};
///
/// let counts = array![[60_u64, 4], [30, 9], [35, 5], [31, 2]];
/// let panel = Panel::new(["A", "B", "C", "D"], counts, [50_000, 50_000, 50_000, 50_000])?;
/// let funnels = panel.funnel(Average::POOLED, Dispersion::Multiplicative);
/// assert_eq!(format!("{:.2}", funnels.z()[(0, 0)]), "3.00");
/// assert_eq!(format!("{:.2}", funnels.phis()[0]), "2.02");
/// let first = panel.indicator("1")?.compare(Average::POOLED).funnel(Dispersion::Multiplicative);
/// assert_eq!(first.area("A")?.z_adjusted()?, funnels.z_adjusted()[(0, 0)]);
/// assert_eq!(first.area("A")?.position(Confidence::P99_8)?, Position::Within);
/// # Ok::<(), crimerate::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Funnels {
    average: Average,
    spec: funnel::Spec,
    z: Array2<f64>,
    adjusted: Array2<f64>,
    phis: Array1<f64>,
    tau2s: Array1<f64>,
    statuses: Array1<u8>,
    notes: Vec<Note>,
}

impl Panel<'_> {
    /// The funnels of all indicators. [`Outputs::funnel_z`] is for arrays that exist, beside rates and ranks.
    #[must_use]
    pub fn funnel(&self, average: Average, spec: impl Into<funnel::Spec>) -> Funnels {
        let (dim, columns, spec) = (self.dim(), self.indicators(), spec.into());
        let [mut z, mut adjusted] = [0; 2].map(|_| Array2::zeros(dim));
        let [mut phis, mut tau2s] = [0; 2].map(|_| Array1::zeros(columns));
        let mut statuses = Array1::zeros(columns);
        let outputs = Outputs::new().funnel(spec).funnel_z(z.view_mut()).funnel_z_adjusted(adjusted.view_mut());
        let outputs = outputs.phis(phis.view_mut()).tau2s(tau2s.view_mut()).funnel_statuses(statuses.view_mut());
        // Arrays that were made for the panel fit it.
        let _ = self.compare_into(average, Per::ONE, outputs, &mut Workspace::new());
        Funnels { average, spec, z, adjusted, phis, tau2s, statuses, notes: self.funnel_notes(average, spec) }
    }
}

impl Funnels {
    /// The average that makes counts expected.
    #[must_use]
    pub const fn average(&self) -> Average {
        self.average
    }

    /// How the funnels are made.
    #[must_use]
    pub const fn spec(&self) -> funnel::Spec {
        self.spec
    }

    /// z by chance alone, a row for each area and a column for each indicator. It is NaN where a cell takes no part, and
    /// [`Panel::cell`] says why; in all of a column whose status is another than too few areas, or on the log scale one with a count
    /// of zero; and, where areas have averages of their own, for an area whose average is zero or does not exist. [`funnel::Point::z`](crate::funnel::Point::z)
    /// of `panel.indicator_at(at)?.compare(average).funnel(spec)` gives the reason of any cell.
    #[must_use]
    pub fn z(&self) -> ArrayView2<'_, f64> {
        self.z.view()
    }

    /// z after the dispersion: z itself without; NaN also where the dispersion is, and is allowed for.
    #[must_use]
    pub fn z_adjusted(&self) -> ArrayView2<'_, f64> {
        self.adjusted.view()
    }

    /// For each indicator [phi](crate::funnel::Overdispersion::phi); NaN where the status says why.
    #[must_use]
    pub fn phis(&self) -> ArrayView1<'_, f64> {
        self.phis.view()
    }

    /// For each indicator [tau^2](crate::funnel::Overdispersion::tau2); NaN where the status says why.
    #[must_use]
    pub fn tau2s(&self) -> ArrayView1<'_, f64> {
        self.tau2s.view()
    }

    /// For each indicator why it has no phi and tau^2, as an [`Undefined::code`](crate::Undefined::code); 0 where it has.
    #[must_use]
    pub fn statuses(&self) -> ArrayView1<'_, u8> {
        self.statuses.view()
    }

    /// What has to be reported with them, in words.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }
}
