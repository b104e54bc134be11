//! Totals among the rows of a table, and counts that are in no area.

use super::{
    area::Area,
    policy::Policy,
    sums::{self, Against},
    table::Table,
};
use crate::{
    base::{Result, digits, words},
    rate::Observation,
};
use std::cmp::Ordering::{Equal, Greater, Less};

impl Table {
    /// The table with an area taken for what it is: the sum of others, such as a country or a region among its areas. It takes no
    /// part, and every answer says how it compares with the areas that it should be the sum of.
    ///
    /// ```
    /// use crimerate::{Average, Per, Table};
    ///
    /// let table = Table::from_rows([("A", 310, 3_574_100), ("B", 120, 1_328_400), ("C", 205, 6_547_600), ("All", 640, 11_450_100)])?;
    /// let report = table.total("All")?.compare(Average::POOLED).per(Per::HUNDRED_THOUSAND);
    /// assert_eq!(report.league().len(), 3);
    /// assert!(report.to_string().contains("Total: All, 5 more than all 3 others have together, on the same 11,450,100 people"));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Table::apply`].
    pub fn total(self, area: &str) -> Result<Self> {
        self.apply(area, Policy::Total)
    }

    /// The table with a row whose count is in no area, such as offences without a known place. It is in no average; how large a
    /// share of all it is, every answer says.
    ///
    /// ```
    /// use crimerate::{Average, Per, Row, Table};
    ///
    /// let rows = || [Row::new("Laramie", 1, 99_500), Row::new("Natrona", 0, 79_858), Row::unplaced("Unassigned", 17)];
    /// let pooled = |table: &Table| table.compare(Average::POOLED).average().map(|it| it.per(Per::HUNDRED_THOUSAND).to_string());
    /// assert_eq!(pooled(&Table::from_rows(rows())?.unplaced("Unassigned")?), Ok("0.558 per 100,000".into()));
    /// assert_eq!(pooled(&Table::from_rows(rows())?.unplaced_in_average("Unassigned")?), Ok("10.0 per 100,000".into()));
    /// # Ok::<(), crimerate::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Table::apply`].
    pub fn unplaced(self, area: &str) -> Result<Self> {
        self.apply(area, Policy::Unplaced { in_average: false })
    }

    /// The same with the count in the numerator of the pooled average of everyone, and in no other figure.
    ///
    /// # Errors
    /// As [`Table::apply`].
    pub fn unplaced_in_average(self, area: &str) -> Result<Self> {
        self.apply(area, Policy::Unplaced { in_average: true })
    }

    /// What is in no area, as far as it is known, and is to be in the pooled average.
    pub(crate) fn unplaced_count(&self) -> u128 {
        self.unplaced_rows().filter(|(in_average, ..)| *in_average).filter_map(|(.., count)| count).sum()
    }

    pub(super) fn unplaced_rows(&self) -> impl Iterator<Item = (bool, &Area, Option<u128>)> {
        self.by_place().iter().filter_map(|(index, policy)| match policy {
            Policy::Unplaced { in_average } => {
                let count = self.observation(*index).and_then(Observation::known);
                Some((*in_average, self.areas().get(*index)?, count.map(Into::into)))
            }
            _ => None,
        })
    }

    /// How a row that was taken for a total compares with its areas, in words.
    pub(super) fn total_note(&self, index: usize) -> Option<String> {
        let area = self.areas().get(index)?;
        let (count, people) = match self.as_given(index)? {
            (Observation::Known(count), Some(people)) if people > 0 => (count, people),
            (Observation::Known(_), _) => {
                return Some(format!("Total: {area}, not compared with its areas: it has no population."));
            }
            (unknown, _) => {
                return Some(format!("Total: {area}, not compared with its areas: its count is {unknown}."));
            }
        };
        let is_part = |at: usize| !matches!(self.by_place().get(&at), Some(Policy::Total | Policy::Unplaced { .. }));
        let rows = (0..self.len()).map(|at| match self.as_given(at).filter(|_| is_part(at))? {
            (Observation::Known(count), Some(people)) if people > 0 => Some((count, people)),
            _ => None,
        });
        let mut rows: Vec<_> = rows.collect();
        let groups: Vec<&[usize]> = self.groupings().lists().collect();
        // Totals that nobody took for such would stand twice in the sum.
        for sum in sums::sums(&rows, &groups).into_iter().filter(|sum| sum.total != index) {
            if let Some(row) = rows.get_mut(sum.total) {
                *row = None;
            }
        }
        let lacking =
            (0..self.len()).filter(|at| is_part(*at) && *at != index).filter_map(|at| match self.as_given(at)? {
                (Observation::Known(_), _) | (_, None | Some(0)) => None,
                (_, Some(people)) => Some((self.areas().get(at)?.label(), u128::from(people))),
            });
        let (lacking, theirs): (Vec<&str>, Vec<u128>) = lacking.unzip();
        let known = rows.iter().enumerate().filter(|(at, _)| *at != index).filter_map(|(_, row)| *row);
        let (counts, others) = known.fold((0, 0), |sum, row| (sum.0 + u128::from(row.0), sum.1 + u128::from(row.1)));
        if !lacking.is_empty()
            && others + theirs.iter().sum::<u128>() == u128::from(people)
            && counts <= u128::from(count)
        {
            return Some(format!(
                "Total: {area}, {} more than all others with a count have together; its population is that of all others, of which {} \
                 without a count.",
                digits::grouped(u128::from(count) - counts),
                match lacking.as_slice() {
                    [one] => format!("{one} is"),
                    many => format!("{} are", words::few(many)),
                }
            ));
        }
        let Some(Against { parts, which, counts, populations, agrees }) =
            sums::against(&rows, index, (count, people), &groups)
        else {
            return Some(format!(
                "Total: {area}; no rows beside it have its population together, so it was not compared with them."
            ));
        };
        if agrees {
            let nearly = if populations == people.into() { "" } else { "nearly " };
            return Some(format!(
                "Total: {area}, {nearly}the sum of {}.",
                self.list_of_areas().parts_told(&parts, which)
            ));
        }
        let exposed = self.basis().exposed();
        let against = format!("{} have together", self.list_of_areas().parts_told(&parts, which));
        let counted = match u128::from(count).cmp(&counts) {
            Equal => format!("{}, as {against}", digits::grouped(count)),
            Greater => format!("{} more than {against}", digits::grouped(u128::from(count) - counts)),
            Less => format!("{} fewer than {against}", digits::grouped(counts - u128::from(count))),
        };
        let peopled = match u128::from(people).cmp(&populations) {
            Equal => format!("the same {} {exposed}", digits::grouped(people)),
            Greater => format!("{} more {exposed}", digits::grouped(u128::from(people) - populations)),
            Less => format!("{} fewer {exposed}", digits::grouped(populations - u128::from(people))),
        };
        let is_known = |at: usize| matches!(self.as_given(at), Some((Observation::Known(_), Some(1..))));
        let unknown = (0..self.len()).filter(|at| is_part(*at) && !is_known(*at));
        let unknown: Vec<&str> = unknown.filter_map(|at| self.areas().get(at)).map(Area::label).collect();
        let unplaced: u128 = self.unplaced_rows().filter_map(|(.., count)| count).sum();
        let why = match (u128::from(count).cmp(&counts), u128::from(people).cmp(&populations)) {
            _ if !unknown.is_empty() => {
                format!("{} may explain it, without a count or a population here", words::few(&unknown))
            }
            (Greater, Equal) if unplaced == u128::from(count) - counts => "that is what is in no area".into(),
            (Less, _) | (_, Less) => "areas may overlap or stand twice, or figures be revised".into(),
            (_, Equal) => "a body without a population or counts in no area may explain it".into(),
            (..) => "an area may be missing".into(),
        };
        Some(format!("Total: {area}, {counted}, on {peopled}: {why}."))
    }
}
