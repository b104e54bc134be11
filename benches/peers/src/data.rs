//! The data of a work, made from a fixed seed.

use crate::Result;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, LogNormal, Normal, Poisson};
use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

/// Areas, offences and months of the records.
pub(crate) const CELLS: [u16; 3] = [43, 150, 120];

/// One count for an area, an offence and a month, each in its own column.
pub(crate) struct Records {
    pub(crate) areas: Vec<u16>,
    pub(crate) offences: Vec<u16>,
    pub(crate) months: Vec<u16>,
    pub(crate) counts: Vec<u32>,
}

/// Counts of areas x indicators, area by area, and the populations of the areas.
pub(crate) struct Panel {
    pub(crate) areas: usize,
    pub(crate) indicators: usize,
    pub(crate) counts: Vec<u32>,
    pub(crate) populations: Vec<u32>,
}

impl Records {
    /// Keys that are equally likely, and log-normal counts of at most 5,000.
    pub(crate) fn make(records: usize) -> Result<Self> {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        let size = LogNormal::new(2.0_f64, 1.2)?;
        let [areas, offences, months] = CELLS.map(|most| (0..records).map(|_| random.random_range(0..most)).collect());
        let counts = (0..records).map(|_| size.sample(&mut random).round().min(5_000.0) as u32).collect();
        Ok(Self { areas, offences, months, counts })
    }

    /// The same as text: the names of month, area and offence, and the count.
    pub(crate) fn write_csv(&self, path: &Path) -> Result<()> {
        let [areas, offences, months] = names();
        let write = || {
            let mut file = BufWriter::new(File::create(path)?);
            writeln!(file, "month,area,offence,count")?;
            let keys = self.months.iter().zip(&self.areas).zip(&self.offences);
            for (((month, area), offence), count) in keys.zip(&self.counts) {
                let (month, area) = (&months[usize::from(*month)], &areas[usize::from(*area)]);
                writeln!(file, "{month},{area},{},{count}", offences[usize::from(*offence)])?;
            }
            file.flush()
        };
        write().map_err(|error: io::Error| format!("{}: {error}", path.display()).into())
    }

    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        write(folder, "area", &self.areas, u16::to_le_bytes)?;
        write(folder, "offence", &self.offences, u16::to_le_bytes)?;
        write(folder, "month", &self.months, u16::to_le_bytes)?;
        write(folder, "count", &self.counts, u32::to_le_bytes)
    }
}

impl Panel {
    /// Poisson counts around rates that differ far more between indicators than between areas. The rarest indicator has
    /// dozens of offences in all, so that no column is empty and every figure exists.
    pub(crate) fn make(areas: usize, indicators: usize, seed: u64) -> Result<Self> {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let populations = populations(areas, &mut random)?;
        let typical = LogNormal::new(4e-4_f64.ln(), 1.8)?;
        let rates: Vec<f64> = (0..indicators).map(|_| typical.sample(&mut random).clamp(1e-6, 1.0)).collect();
        let of_area = Normal::new(0.0_f64, 0.35)?;
        let of_cell = LogNormal::new(0.0, 0.2)?;
        let mut counts = Vec::with_capacity(areas * indicators);
        for &population in &populations {
            let level = f64::from(population) * of_area.sample(&mut random).exp();
            for rate in &rates {
                counts.push(Poisson::new(level * rate * of_cell.sample(&mut random))?.sample(&mut random) as u32);
            }
        }
        Ok(Self { areas, indicators, counts, populations })
    }

    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        write(folder, "counts", &self.counts, u32::to_le_bytes)?;
        write(folder, "populations", &self.populations, u32::to_le_bytes)
    }
}

/// The names of areas, offences and months.
pub(crate) fn names() -> [Vec<String>; 3] {
    let [_, offences, months] = CELLS;
    [
        crimerate::forces::all().iter().map(crimerate::forces::Force::police_uk).collect(),
        (0..offences).map(|offence| format!("offence-group-number-{offence:03}")).collect(),
        (0..months).map(|month| format!("{}-{:02}", 2014 + month / 12, month % 12 + 1)).collect(),
    ]
}

/// Forces for 43 areas (one as large as London, one as small as its City), authorities for hundreds, small areas for
/// thousands.
fn populations(areas: usize, random: &mut ChaCha8Rng) -> Result<Vec<u32>> {
    let (median, spread) = match areas {
        ..100 => (1.1e6_f64, 0.5),
        100..1_000 => (1.5e5, 0.45),
        _ => (1.7e3, 0.2),
    };
    let size = LogNormal::new(median.ln(), spread)?;
    let mut populations: Vec<u32> = (0..areas).map(|_| size.sample(random).round() as u32).collect();
    if let (..100, [first, second, ..]) = (areas, populations.as_mut_slice()) {
        (*first, *second) = (8_900_000, 8_600);
    }
    Ok(populations)
}

/// Writes numbers as they lie in memory, little end first.
pub(crate) fn write<T: Copy, const N: usize>(
    folder: &Path,
    name: &str,
    numbers: &[T],
    bytes: impl Fn(T) -> [u8; N],
) -> Result<()> {
    let path = folder.join(name);
    let write = || {
        let mut file = BufWriter::new(File::create(&path)?);
        numbers.iter().try_for_each(|&x| file.write_all(&bytes(x)))?;
        file.flush()
    };
    write().map_err(|error: io::Error| format!("{}: {error}", path.display()).into())
}
