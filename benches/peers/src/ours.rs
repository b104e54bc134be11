//! crimerate's own side.

use crate::{Result, data};
use rayon::{ThreadPool, ThreadPoolBuilder};

/// The totals of all cells: area by area, in it offence by offence, in it month by month.
pub(crate) struct Totals(pub(crate) Vec<i64>);

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
        let mut totals = vec![0; areas * offences * months];
        let keys = records.areas.iter().zip(&records.offences).zip(&records.months);
        for (((&area, &offence), &month), &count) in keys.zip(&records.counts) {
            let cell = (usize::from(area) * offences + usize::from(offence)) * months + usize::from(month);
            totals[cell] += i64::from(count);
        }
        Ok(Totals(totals))
    })
}

/// What is made of a panel once, before anything is timed.
pub(crate) struct Panel<'a> {
    data: &'a data::Panel,
}

impl<'a> Panel<'a> {
    pub(crate) fn new(data: &'a data::Panel) -> Result<Self> {
        Ok(Self { data })
    }

    /// All figures, into buffers that exist.
    pub(crate) fn compute(&self, out: &mut PanelOut, pool: &ThreadPool) -> Result<()> {
        pool.install(|| {
            let data::Panel { areas, indicators, counts, populations } = self.data;
            let people: f64 = populations.iter().copied().map(f64::from).sum();
            let mut rates = vec![0.0; *areas];
            for i in 0..*indicators {
                let cells = || (i..counts.len()).step_by(*indicators);
                for ((rate, cell), &population) in rates.iter_mut().zip(cells()).zip(populations) {
                    *rate = f64::from(counts[cell]) * 1_000.0 / f64::from(population);
                }
                let mean = rates.iter().sum::<f64>() / *areas as f64;
                let sd = (rates.iter().map(|rate| (rate - mean).powi(2)).sum::<f64>() / (*areas - 1) as f64).sqrt();
                let average = cells().map(|cell| u64::from(counts[cell])).sum::<u64>() as f64 * 1_000.0 / people;
                (out.average[i], out.mean[i], out.sd[i]) = (average, mean, sd);
                for (&rate, cell) in rates.iter().zip(cells()) {
                    (out.rate[cell], out.z[cell], out.ratio[cell]) = (rate, (rate - mean) / sd, rate / average);
                }
                if !out.rank.is_empty() {
                    let mut order: Vec<usize> = (0..*areas).collect();
                    order.sort_by(|&a, &b| rates[b].total_cmp(&rates[a]));
                    let mut rank = 1;
                    for (place, &area) in order.iter().enumerate() {
                        if place > 0 && rates[area] != rates[order[place - 1]] {
                            rank = place as u32 + 1;
                        }
                        out.rank[area * indicators + i] = rank;
                    }
                }
            }
            Ok(())
        })
    }
}
