//! crimerate's own side.

use crate::{Result, data};
use crimerate::{ndarray::{ArrayView2, ArrayViewMut, ArrayViewMut1, ArrayViewMut2, Ix1, Ix2}, panel::{Outputs, Workspace}, read::{Document, Role}, records::{NamedRecords, Records}, Average, Per};
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::{cell::RefCell, path::Path};

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

/// What is asked of a panel, per 1,000.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    /// Rates, z and ratios, with averages and spreads.
    Rates,
    /// The same with ranks, highest first.
    Ranks,
    /// z of funnels and smoothed rates, with phi.
    Funnels,
}

/// A figure, and what has crimerate write it to an array.
type Figure<D> = (&'static str, for<'a> fn(Outputs<'a>, ArrayViewMut<'a, f64, D>) -> Outputs<'a>);

impl Question {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Rates => "rates",
            Self::Ranks => "ranks",
            Self::Funnels => "funnels",
        }
    }

    fn of_cells(self) -> &'static [Figure<Ix2>] {
        match self {
            Self::Rates | Self::Ranks => &[
                ("rate", |outputs, array| outputs.rate(array)),
                ("z", |outputs, array| outputs.z(array)),
                ("ratio", |outputs, array| outputs.ratio(array)),
            ],
            Self::Funnels => &[
                ("z", |outputs, array| outputs.funnel_z(array)),
                ("smoothed", |outputs, array| outputs.smoothed(array)),
            ],
        }
    }

    fn of_columns(self) -> &'static [Figure<Ix1>] {
        match self {
            Self::Rates | Self::Ranks => &[
                ("average", |outputs, array| outputs.averages(array)),
                ("mean", |outputs, array| outputs.means(array)),
                ("sd", |outputs, array| outputs.deviations(array)),
            ],
            Self::Funnels => &[("phi", |outputs, array| outputs.phis(array))],
        }
    }
}

/// A figure by name, with its numbers.
type Named = (&'static str, Vec<f64>);

/// The figures of a panel: areas x indicators, area by area, and a number an indicator.
pub(crate) struct PanelOut {
    question: Question,
    pub(crate) cells: Vec<Named>,
    pub(crate) columns: Vec<Named>,
    /// Empty where no ranks are asked for.
    pub(crate) rank: Vec<u32>,
}

impl PanelOut {
    /// Buffers whose pages have been touched.
    pub(crate) fn new(question: Question, areas: usize, indicators: usize) -> Self {
        let items = areas * indicators;
        Self {
            question,
            cells: question.of_cells().iter().map(|(name, _)| (*name, vec![1.0; items])).collect(),
            columns: question.of_columns().iter().map(|(name, _)| (*name, vec![1.0; indicators])).collect(),
            rank: vec![1; if question == Question::Ranks { items } else { 0 }],
        }
    }

    /// All but the ranks.
    pub(crate) fn floats(&self) -> impl Iterator<Item = &Named> {
        self.cells.iter().chain(&self.columns)
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

/// The records of a file added up.
pub(crate) struct Read(NamedRecords);

impl Read {
    /// The totals of all cells, as those of [`Totals`].
    pub(crate) fn cells(&self) -> Vec<i64> {
        let [areas, offences, months] = data::names();
        let mut cells = Vec::with_capacity(areas.len() * offences.len() * months.len());
        for area in &areas {
            for offence in &offences {
                cells.extend(months.iter().map(|month| self.0.total(area, &format!("{offence}, {month}")).unwrap_or(0)));
            }
        }
        cells
    }
}

pub(crate) fn csv(path: &Path, pool: &ThreadPool) -> Result<Read> {
    let document = Document::open(path).column(Role::Period, "month");
    pool.install(|| Ok(Read(document.records()?.0)))
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
        let mut outputs = Outputs::new();
        for ((_, write), (_, cells)) in out.question.of_cells().iter().zip(&mut out.cells) {
            outputs = write(outputs, ArrayViewMut2::from_shape(dim, cells)?);
        }
        for ((_, write), (_, column)) in out.question.of_columns().iter().zip(&mut out.columns) {
            outputs = write(outputs, ArrayViewMut1::from(column));
        }
        if !out.rank.is_empty() {
            outputs = outputs.ranks(ArrayViewMut2::from_shape(dim, &mut out.rank)?);
        }
        let (panel, workspace) = (&self.panel, &mut *self.workspace.borrow_mut());
        pool.install(|| panel.compare_into(Average::POOLED, Per::THOUSAND, outputs, workspace))?;
        Ok(())
    }
}
