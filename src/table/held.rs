//! A row that somebody takes for a total, held against its areas.

use super::{
    against::{Against, against},
    area::Area,
    hints::Hints,
    nouns::Nouns,
    sums,
    table::Table,
};
use crate::{
    base::{digits, words},
    rate::Observation,
};
use std::cmp::Ordering::{Equal, Greater, Less};

/// A count and a population, where both are known.
type Known = Option<(u64, u64)>;

/// How many times over all other rows have a count and a population, where that is a whole number above 1.
fn times_together(rows: &[Known], index: usize, (count, people): (u64, u64)) -> Option<u128> {
    let others = rows.iter().enumerate().filter(|(at, _)| *at != index).filter_map(|(_, row)| *row);
    let (counts, all) = others.fold((0, 0), |sum, row| (sum.0 + u128::from(row.0), sum.1 + u128::from(row.1)));
    let times = all / u128::from(people);
    (times > 1 && count > 0 && all == times * u128::from(people) && counts == times * u128::from(count))
        .then_some(times)
}

impl Table {
    /// How a row that was taken for a total compares with its areas, in words.
    pub(super) fn total_note(&self, index: usize, hints: &Hints) -> Option<String> {
        let area = self.areas().get(index)?;
        let told = match self.in_people(index)? {
            (Observation::Known(count), Some(people @ 1..)) => {
                let (names, groups) = self.groups_known(hints);
                let (rows, own) = (self.parts_of(index, &groups), (count, people));
                self.beside_unknown(&rows, index, own)
                    .unwrap_or_else(|| self.held(&rows, index, own, (&names, &groups)))
            }
            (Observation::Known(_), _) => ", not compared with its areas: it has no population".into(),
            (unknown, _) => format!(", not compared with its areas: its count is {unknown}"),
        };
        Some(format!("Total: {area}{told}."))
    }

    /// The rows that it may be the sum of, none where something of one is not known.
    fn parts_of(&self, index: usize, groups: &[&[usize]]) -> Vec<Known> {
        let rows = (0..self.len()).map(|at| self.known_in_people(at).filter(|_| self.is_part(at)));
        let mut rows: Vec<_> = rows.collect();
        // Totals that nobody took for such would stand twice in the sum.
        for sum in sums::sums(&rows, groups, &[]).into_iter().filter(|sum| sum.total != index) {
            if let Some(row) = rows.get_mut(sum.total) {
                *row = None;
            }
        }
        rows
    }

    /// What is said where its population is that of all others, some of which have no count.
    fn beside_unknown(&self, rows: &[Known], index: usize, (count, people): (u64, u64)) -> Option<String> {
        let lacking = (0..self.len()).filter(|at| self.is_part(*at) && *at != index).filter_map(|at| {
            match self.in_people(at)? {
                (Observation::Known(_), _) | (_, None | Some(0)) => None,
                (_, Some(people)) => Some((self.areas().get(at)?.label(), u128::from(people))),
            }
        });
        let (lacking, theirs): (Vec<&str>, Vec<u128>) = lacking.unzip();
        let known = rows.iter().enumerate().filter(|(at, _)| *at != index).filter_map(|(_, row)| *row);
        let (counts, others) = known.fold((0, 0), |sum, row| (sum.0 + u128::from(row.0), sum.1 + u128::from(row.1)));
        let more = u128::from(count).checked_sub(counts)?;
        let all = others + theirs.iter().sum::<u128>();
        (!lacking.is_empty() && all == u128::from(people)).then(|| {
            let without = match lacking.as_slice() {
                [one] => format!("{one} is"),
                many => format!("{} are", words::few(many)),
            };
            format!(
                ", {} more than all others with a count have together; its population is that of all others, of which {without} without \
                 a count",
                digits::grouped(more)
            )
        })
    }

    fn held(
        &self,
        rows: &[Known],
        index: usize,
        (count, people): (u64, u64),
        groups: (&[String], &[&[usize]]),
    ) -> String {
        let (names, groups) = groups;
        let Some(held) = against(rows, index, (count, people), groups) else {
            return match times_together(rows, index, (count, people)) {
                Some(times) => format!(
                    "; all others have its count and its population {} times together, so there are more totals among them",
                    digits::grouped(times)
                ),
                None => "; no rows beside it have its population together, so it was not compared with them".into(),
            };
        };
        let Against { parts, which, counts, populations, agrees } = held;
        let of_areas = self.list_of_areas().parts_told(&parts, which, names);
        let short = self.short_among(index, &parts);
        if agrees {
            let nearly = if populations == people.into() { "" } else { "nearly " };
            let short = short.map_or_else(String::new, |short| format!(", of which {short}"));
            return format!(", {nearly}the sum of {of_areas}{short}");
        }
        let counted = match u128::from(count).cmp(&counts) {
            Equal => format!("{}, as {of_areas} have together", digits::grouped(count)),
            Greater => format!("{} more than {of_areas} have together", digits::grouped(u128::from(count) - counts)),
            Less => format!("{} fewer than {of_areas} have together", digits::grouped(counts - u128::from(count))),
        };
        let nouns = Nouns::of(self.basis()).whatever_the_months();
        let peopled = match u128::from(people).cmp(&populations) {
            Equal => nouns.same(people.into()),
            Greater => nouns.more(u128::from(people) - populations),
            Less => nouns.fewer(populations - u128::from(people)),
        };
        let unknown = (0..self.len()).filter(|at| self.is_part(*at) && self.known_in_people(*at).is_none());
        let unknown: Vec<&str> = unknown.filter_map(|at| self.areas().get(at)).map(Area::label).collect();
        let unplaced: u128 = self.unplaced_rows().filter_map(|(.., count)| count).sum();
        let why = match (u128::from(count).cmp(&counts), u128::from(people).cmp(&populations)) {
            _ if !unknown.is_empty() => {
                format!("{} may explain it, without a count or a population here", words::few(&unknown))
            }
            (Greater, Equal) if unplaced == u128::from(count) - counts => "that is what is in no area".into(),
            (Less, _) | (_, Less) => "areas may overlap or stand twice, or figures be revised".into(),
            (_, Equal) => match short {
                Some(short) => format!("{short}, which may explain it"),
                None => "a body without a population or counts in no area may explain it".into(),
            },
            (..) => "an area may be missing".into(),
        };
        format!(", {counted}, on {peopled}: {why}")
    }

    /// The parts that have other months than the total, such as `Kent has 6 months`.
    fn short_among(&self, index: usize, parts: &[usize]) -> Option<String> {
        let own = self.own_months()?.of(index)?;
        let short =
            parts.iter().filter_map(|at| Some((*at, self.own_months()?.of(*at).filter(|theirs| *theirs != own)?)));
        let short: Vec<_> = short.collect();
        match short.as_slice() {
            [] => None,
            [(at, months)] => {
                let months = words::counted(months.get() as usize, "month");
                Some(format!("{} has {months}", self.areas().get(*at)?))
            }
            many => Some(format!("{} have other months", words::counted(many.len(), "area"))),
        }
    }
}
