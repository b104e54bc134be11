//! crimerate's own side.

use crate::{Result, data};
use crimerate::{
    Average, Outputs, Per, Records, Workspace,
    ndarray::{ArrayView2, ArrayViewMut1, ArrayViewMut2},
};
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::cell::RefCell;

/// The records added up.
pub(crate) struct Totals(Records);

impl Totals {
    /// The totals of all cells: area by area, in it offence by offence, in it month by month.
    pub(crate) fn cells(&self) -> Vec<i64> {
        let mut cells = vec![0; self.0.areas() * self.0.indicators()];
        for (area, indicator, total) in self.0.totals() {
            cells[area * self.0.indicators() + indicator] = total;
        }
        cells
    }
}

/// Areas x indicators, area by area, and a column an indicator; per 1,000.
#[derive(Default)]
pub(crate) struct PanelOut {
    pub(crate) rate: Vec<f64>,
    pub(crate) z: Vec<f64>,
    pub(crate) ratio: Vec<f64>,
    /// Highest first; empty where no ranks are asked for.
    pub(crate) rank: Vec<u32>,
    pub(crate) average: Vec<f64>,
    pub(crate) mean: Vec<f64>,
    pub(crate) sd: Vec<f64>,
}

impl PanelOut {
    /// Buffers whose pages have been touched.
    pub(crate) fn new(areas: usize, indicators: usize, ranks: bool) -> Self {
        let [rate, z, ratio] = [(); 3].map(|()| vec![1.0; areas * indicators]);
        let [average, mean, sd] = [(); 3].map(|()| vec![1.0; indicators]);
        Self { rate, z, ratio, rank: vec![1; if ranks { areas * indicators } else { 0 }], average, mean, sd }
    }

    pub(crate) fn floats(&self) -> [(&'static str, &[f64]); 6] {
        let Self { rate, z, ratio, rank: _, average, mean, sd } = self;
        [("rate", rate), ("z", z), ("ratio", ratio), ("average", average), ("mean", mean), ("sd", sd)]
    }
}

/// Threads that are there before anything is timed.
pub(crate) fn pool(threads: usize) -> Result<ThreadPool> {
    Ok(ThreadPoolBuilder::new().num_threads(threads).build()?)
}

pub(crate) fn aggregate(records: &data::Records, pool: &ThreadPool) -> Result<Totals> {
    pool.install(|| {
        let [areas, offences, months] = data::CELLS.map(usize::from);
        let mut totals = Records::by_period(areas, offences, months)?;
        totals.try_extend_by_period(&records.areas, &records.offences, &records.months, &records.counts)?;
        Ok(Totals(totals))
    })
}

/// What is made of a panel once, before anything is timed; the workspace grows in the first run, which is not timed.
pub(crate) struct Panel<'a> {
    panel: crimerate::Panel<'a>,
    workspace: RefCell<Workspace>,
}

impl<'a> Panel<'a> {
    pub(crate) fn new(data: &'a data::Panel) -> Result<Self> {
        let counts = ArrayView2::from_shape((data.areas, data.indicators), &data.counts)?;
        let names = (0..data.areas).map(|area| area.to_string());
        let panel = crimerate::Panel::new(names, counts, data.populations.as_slice())?;
        Ok(Self { panel, workspace: RefCell::default() })
    }

    /// All figures, into buffers that exist.
    pub(crate) fn compute(&self, out: &mut PanelOut, pool: &ThreadPool) -> Result<()> {
        let dim = self.panel.dim();
        let mut outputs = Outputs::new()
            .rate(ArrayViewMut2::from_shape(dim, &mut out.rate)?)
            .ratio(ArrayViewMut2::from_shape(dim, &mut out.ratio)?)
            .z(ArrayViewMut2::from_shape(dim, &mut out.z)?)
            .averages(ArrayViewMut1::from(&mut out.average))
            .means(ArrayViewMut1::from(&mut out.mean))
            .deviations(ArrayViewMut1::from(&mut out.sd));
        if !out.rank.is_empty() {
            outputs = outputs.ranks(ArrayViewMut2::from_shape(dim, &mut out.rank)?);
        }
        let (panel, workspace) = (&self.panel, &mut *self.workspace.borrow_mut());
        pool.install(|| panel.compare_into(Average::POOLED, Per::THOUSAND, outputs, workspace))?;
        Ok(())
    }
}
