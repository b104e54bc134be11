//! Areas that are too small to be compared.

use super::{policies::policy::Policy, table::Table};
use crate::{
    average::Average,
    base::{Error, ErrorKind, Result, digits},
    rate::Rate,
};

impl Table {
    /// The table without the areas of fewer people, each left out with its reason.
    ///
    /// ```
    /// use crimerate::{Average, Per, Table};
    ///
    /// let table = Table::from_rows([("A", 310, 357_400), ("B", 120, 132_800), ("Hamlet", 2, 85)])?.exclude_below(1_000)?;
    /// let report = table.compare(Average::POOLED).per(Per::THOUSAND);
    /// assert_eq!(report.league().len(), 2);
    /// assert!(report.to_string().contains("Left out: Hamlet, excluded: population below 1,000"));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Conflict`] for an area that others are merged into.
    pub fn exclude_below(self, population: u64) -> Result<Self> {
        let reason = format!("population below {}", digits::grouped(population));
        let least = |index| u128::from(population) * u128::from(self.months(index).get());
        let small = |(index, rate): &(usize, Rate)| u128::from(rate.population().get()) < least(*index);
        let small: Vec<usize> = self.compared().filter(small).map(|(index, _)| index).collect();
        self.excluding(&small, &reason)
    }

    /// The table without the areas whose expected count at the pooled average of all is lower, each left out with its reason.
    ///
    /// Below some 5 expected, chance alone makes a rate several times the average or none.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] for a number that is not finite or negative; as [`Table::exclude_below`].
    pub fn exclude_expected_below(self, least: f64) -> Result<Self> {
        if !least.is_finite() || least < 0.0 {
            let (what, range) = ("the least expected count", "finite and 0 or more");
            return Err(ErrorKind::OutOfRange { what, value: least, range }.into());
        }
        let rates: Vec<Rate> = self.compared().map(|(_, rate)| rate).collect();
        let Some(average) = Average::POOLED.of(&rates) else { return Ok(self) };
        let reason = format!("expected count below {}", digits::as_given(least));
        let small = |(_, rate): &(usize, Rate)| average.expected(rate.population()) < least;
        let small: Vec<usize> = self.compared().filter(small).map(|(index, _)| index).collect();
        self.excluding(&small, &reason)
    }

    fn compared(&self) -> impl Iterator<Item = (usize, Rate)> {
        self.rates().enumerate().filter_map(|(index, rate)| Some((index, rate.ok()?)))
    }

    fn excluding(mut self, places: &[usize], reason: &str) -> Result<Self> {
        for place in places {
            let area = self.areas().get(*place).map_or_else(String::new, |area| area.label().to_owned());
            let policy = self.by_place().get(place).map(|policy| format!("it is {} already", policy.done()));
            let merger = || self.merged_into(*place).next().map(|other| format!("{other} is merged into it"));
            if let Some(why) = policy.or_else(merger) {
                let what = format!("left out for its {reason}");
                return Err(Error::from(ErrorKind::Conflict { what, why }).in_area(&area));
            }
            self = self.apply(&area, Policy::Exclude { reason: reason.into() })?;
        }
        Ok(self)
    }
}
