//! Counts that were rounded by their publisher.

use super::table::Table;
use crate::{
    base::{Error, ErrorKind, Result, digits},
    rate::{Per, Rate, Tally},
};
use std::num::NonZeroU64;

impl Table {
    /// The table of counts that were rounded to multiples of a number, such as 5: each stands for all counts that are nearest to it.
    ///
    /// Intervals run from the lower limit of the least such count to the upper limit of the most; the pooled average is said with the
    /// range that it lies in. Rates, ranks, rank sets, tests and control limits are of the counts as they were published, and the
    /// notes say so; a claim is supported where it is so with the worst for it of the counts that they stand for, too.
    ///
    /// ```
    /// use crimerate::{Average, Per, Table};
    ///
    /// let table = Table::from_rows([("A", 5, 1_500), ("B", 40, 9_000)])?.rounded_to(5)?;
    /// let league = table.compare(Average::POOLED);
    /// assert_eq!(format!("{:.2}", league.area("A")?.interval().per(Per::THOUSAND)), "0.41 to 9.62 per 1,000");
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] for 0, [`ErrorKind::Conflict`] with the area where a count is no multiple of it.
    pub fn rounded_to(self, base: u64) -> Result<Self> {
        let Some(multiple) = NonZeroU64::new(base) else {
            let (what, value, range) = ("what counts are rounded to", 0.0, "1 or more");
            return Err(ErrorKind::OutOfRange { what, value, range }.into());
        };
        for (index, area) in self.areas().iter().enumerate() {
            let given = self.as_given(index).and_then(|(count, _)| count.known());
            if let Some(count) = given.filter(|count| !count.is_multiple_of(base)) {
                let [base, count] = [base, count].map(digits::grouped);
                let (what, why) = (format!("among counts that are rounded to {base}"), format!("its count is {count}"));
                return Err(Error::from(ErrorKind::Conflict { what, why }).in_area(area.label()));
            }
        }
        Ok(self.with_rounding(multiple))
    }

    /// The least and the most counts that a published one may stand for; none where counts are not rounded.
    pub(crate) fn unrounded(&self, index: usize, count: u64) -> Option<(u64, u64)> {
        let half = self.rounding()? / 2 * (1 + self.merged_into(index).count() as u64);
        Some((count.saturating_sub(half), count.saturating_add(half)))
    }

    /// What is said of counts that were rounded by an answer that takes them as published.
    pub(crate) fn taken_as_published(&self, what: &str) -> Option<String> {
        let base = digits::grouped(self.rounding()?);
        Some(format!("Counts are rounded to {base}: {what} take them as published."))
    }

    /// What is said of counts that were rounded, rates being read so, and what takes them as published.
    pub(crate) fn rounded_note(&self, per: Per, as_published: &str) -> Option<String> {
        let base = digits::grouped(self.rounding()?);
        let unplaced = Tally::new().with_unplaced(self.unplaced_count());
        let (mut low, mut high) = (unplaced, unplaced);
        for (index, rate) in self.rates().enumerate() {
            let Ok(rate) = rate else { continue };
            let (least, most) = self.unrounded(index, rate.count())?;
            low += Rate::of(least, rate.population());
            high += Rate::of(most, rate.population());
        }
        let range = low.per(per).zip(high.per(per)).map(|(low, high)| {
            let decimals = high.decimals();
            format!("; the pooled average lies from {} to {} {per}", low.digits(decimals), high.digits(decimals))
        });
        Some(format!(
            "Counts are rounded to {base}: intervals allow for it, from the lower limit of the least to the upper limit of the most that \
             each count may be{}. {as_published} take the counts as published.",
            range.unwrap_or_default()
        ))
    }
}
