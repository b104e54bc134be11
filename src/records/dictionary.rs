//! Records whose names stand in dictionaries.

use super::named::NamedRecords;
use crate::base::{Error, ErrorKind, Result, same_length};

/// Names once, and for each record the place of its name among them: what Arrow, Parquet and the categories of data frames have.
#[derive(Clone, Copy, Debug)]
pub struct Dictionary<'a, N, K> {
    names: &'a [N],
    keys: &'a [K],
}

impl<'a, N: AsRef<str>, K: Copy + Ord + Into<u64> + Sync> Dictionary<'a, N, K> {
    /// Names, and keys that count them from 0. A name may stand more than once.
    #[must_use]
    pub const fn new(names: &'a [N], keys: &'a [K]) -> Self {
        Self { names, keys }
    }

    /// Which names any record has, and the number of the first record of each, from 1.
    fn used(&self, what: &'static str) -> Result<Vec<Option<u64>>> {
        let size = self.names.len();
        let mut used = vec![None; size];
        for (key, row) in self.keys.iter().zip(1..) {
            let number: u64 = (*key).into();
            match usize::try_from(number).ok().and_then(|key| used.get_mut(key)) {
                Some(first) => *first = first.or(Some(row)),
                None => return Err(Error::from(ErrorKind::UnknownNumber { what, number, size }).at_row(row)),
            }
        }
        Ok(used)
    }

    /// The numbers of the keys, where each name has one.
    fn numbers(&self, numbers: &[u64]) -> Option<Vec<u64>> {
        let is_same = (0..).zip(numbers).all(|(key, number): (u64, _)| key == *number);
        let number = |key: &K| numbers.get(usize::try_from((*key).into()).ok()?).copied();
        (!is_same).then(|| self.keys.iter().filter_map(number).collect())
    }
}

impl NamedRecords {
    /// Adds records whose areas and indicators stand in dictionaries: names are looked up once, not once a record. A call that fails
    /// leaves no trace.
    ///
    /// ```
    /// use crimerate::records::{Dictionary, NamedRecords};
    ///
    /// let areas = Dictionary::new(&["Kent", "Essex"], &[0_u32, 1, 0]);
    /// let offences = Dictionary::new(&["theft"], &[0_u8; 3]);
    /// let mut records = NamedRecords::new();
    /// records.try_extend_dictionary(areas, offences, &[7, 4, -1])?;
    /// assert_eq!((records.total("Kent", "theft"), records.total("Essex", "theft")), (Some(6), Some(4)));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::ShapesDiffer`], [`ErrorKind::UnknownNumber`] for a key that no name has, with the number of the record from 1,
    /// [`ErrorKind::Missing`] for an empty name of an indicator that a record has, [`ErrorKind::Duplicate`] for an indicator that is of a
    /// period here, [`ErrorKind::TooLarge`] where a total might overflow.
    pub fn try_extend_dictionary<A, I, K, L, C>(
        &mut self,
        areas: Dictionary<'_, A, K>,
        indicators: Dictionary<'_, I, L>,
        counts: &[C],
    ) -> Result<()>
    where
        A: AsRef<str>,
        I: AsRef<str>,
        K: Copy + Ord + Into<u64> + Sync,
        L: Copy + Ord + Into<u64> + Sync,
        C: Copy + Into<i64> + Sync,
    {
        same_length(counts.len(), [("area", areas.keys.len()), ("indicator", indicators.keys.len())])?;
        let (used, used_indicators) = (areas.used("area")?, indicators.used("indicator")?);
        self.or_as_before(|this| {
            let mut numbers = Vec::with_capacity(used.len());
            for (name, used) in areas.names.iter().zip(&used) {
                let name = Some(name.as_ref().trim()).filter(|name| !name.is_empty()).unwrap_or(Self::NO_AREA);
                // What no record has is no area of these records.
                numbers.push(used.map_or(u64::MAX, |_| this.area(name)));
            }
            let (mut others, mut label) = (Vec::with_capacity(used_indicators.len()), String::new());
            for (name, used) in indicators.names.iter().zip(&used_indicators) {
                others.push(match (used, name.as_ref().trim()) {
                    (None, _) => u64::MAX,
                    (Some(row), "") => {
                        let (whole, part, advice) = ("the record", "indicator", "every record needs one");
                        return Err(Error::from(ErrorKind::Missing { whole, part, advice }).at_row(*row));
                    }
                    (Some(row), name) => this.offence(name, None, &mut label).map_err(|error| error.at_row(*row))?,
                });
            }
            match (areas.numbers(&numbers), indicators.numbers(&others)) {
                (None, None) => this.add(areas.keys, indicators.keys, counts),
                (Some(areas), None) => this.add(&areas, indicators.keys, counts),
                (None, Some(indicators)) => this.add(areas.keys, &indicators, counts),
                (Some(areas), Some(indicators)) => this.add(&areas, &indicators, counts),
            }
        })
    }

    /// The cells whose total is below zero: area, indicator and total, in the order of their names. A panel refuses the first of
    /// them.
    pub fn negative_totals(&self) -> impl Iterator<Item = (&str, &str, i64)> {
        let negative = self.numbered_negatives();
        let mut named: Vec<_> = negative
            .map(|(area, indicator, total)| (self.area_at(area), self.indicator_at(indicator), total))
            .collect();
        named.sort_unstable();
        named.into_iter()
    }
}
