//! Variation within areas, estimated from repeated periods.

use super::{repeats::Repeats, within::WithinDispersion};
use crate::base::{Result, same_length};

impl WithinDispersion {
    /// From the counts of the same areas (rows) in the same periods of equal length (columns): Pearson's
    /// `sum (x - E)^2 / E / ((A - 1) (T - 1))` over A areas and T periods, with `E` the total of the area times that of the
    /// period over the total of all.
    ///
    /// What moves all areas alike (season, trend, the length of a month) moves no rank, so it is taken out. Areas and
    /// periods without a count leave numerator and freedom together. That the phi_w of quarters holds for years takes
    /// quarters to be independent of each other.
    ///
    /// # Errors
    /// [`ErrorKind::ShapesDiffer`](crate::ErrorKind::ShapesDiffer) with the row from 1 where rows differ in length,
    /// [`ErrorKind::TooFew`](crate::ErrorKind::TooFew) where fewer than two areas have counts or in fewer than two periods,
    /// [`ErrorKind::OutOfRange`](crate::ErrorKind::OutOfRange) above 1,000,000.
    pub fn estimate<R: AsRef<[u64]>>(areas: impl IntoIterator<Item = R>) -> Result<Self> {
        Self::estimate_by_rows(areas, None).map(|(within, _)| within)
    }

    /// The same, with the share that each row has of the sum; where lists of columns are given, such as the same month of all years, each area has a level
    /// of its own in each of them, so that a season that it has by itself is no variation. Each list is a table by itself. Of n counted in it
    /// Pearson's sum is n/(n - 1) times its freedom on average where there is chance alone, which is taken out, as n may be small.
    ///
    /// # Errors
    /// As [`WithinDispersion::estimate`].
    pub(crate) fn estimate_by_rows<R: AsRef<[u64]>>(
        areas: impl IntoIterator<Item = R>,
        alike: Option<&[Vec<usize>]>,
    ) -> Result<(Self, Vec<f64>)> {
        let rows: Vec<R> = areas.into_iter().collect();
        let width = rows.first().map_or(0, |row| row.as_ref().len());
        for (row, number) in rows.iter().zip(1..) {
            same_length(width, [("count", row.as_ref().len())]).map_err(|error| error.at_row(number))?;
        }
        let mut sums =
            Sums { all: 0.0, parts: vec![0.0; rows.len()], counted: vec![false; rows.len()], periods: 0, freedom: 0 };
        match alike {
            None => sums.add(&rows, &(0..width).collect::<Vec<_>>(), false),
            Some(alike) => alike.iter().for_each(|columns| sums.add(&rows, columns, true)),
        }
        let areas = sums.counted.iter().filter(|counted| **counted).count();
        let areas = u32::try_from(areas).unwrap_or(u32::MAX);
        let repeats = Repeats::new(areas, sums.periods, alike.map(|_| sums.freedom))?;
        let within = Self::estimated(sums.all / repeats.freedom() as f64, repeats)?;
        let shares = sums.parts.into_iter().map(|part| if sums.all > 0.0 { part / sums.all } else { 0.0 });
        Ok((within, shares.collect()))
    }
}

/// What Pearson's sums of several lists of columns add up to.
struct Sums {
    all: f64,
    /// By row.
    parts: Vec<f64>,
    /// Whether anything was counted in a row.
    counted: Vec<bool>,
    periods: u32,
    freedom: u64,
}

impl Sums {
    /// Adds a table of some columns, and takes out what small sums add to Pearson's where that is asked.
    fn add<R: AsRef<[u64]>>(&mut self, rows: &[R], columns: &[usize], small: bool) {
        let of = |row: &R| -> Vec<f64> {
            columns.iter().filter_map(|at| row.as_ref().get(*at)).map(|count| *count as f64).collect()
        };
        let mut totals = vec![0.0; columns.len()];
        let own: Vec<f64> = rows
            .iter()
            .map(|row| {
                let counts = of(row);
                totals.iter_mut().zip(&counts).for_each(|(total, count)| *total += count);
                counts.iter().fold(0.0, |sum, count| sum + count)
            })
            .collect();
        let all = own.iter().fold(0.0, |sum, own| sum + own);
        let times = if small && all > 0.0 { (all - 1.0) / all } else { 1.0 };
        for ((row, own), (part, counted)) in rows.iter().zip(&own).zip(self.parts.iter_mut().zip(&mut self.counted)) {
            for (count, total) in of(row).iter().zip(&totals) {
                let expected = own / all * total;
                if expected > 0.0 {
                    let apart = count - expected;
                    let term = times * (apart * apart / expected);
                    self.all += term;
                    *part += term;
                }
            }
            *counted |= *own > 0.0;
        }
        let [areas, periods] = [&own, &totals].map(|sums| sums.iter().filter(|sum| **sum > 0.0).count());
        self.periods = self.periods.saturating_add(u32::try_from(periods).unwrap_or(u32::MAX));
        self.freedom += (areas as u64).saturating_sub(1) * (periods as u64).saturating_sub(1);
    }
}
