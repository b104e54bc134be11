//! What is known of an area whose count is known within bounds alone.

use super::{checker::Checker, claim::Claim, describe::Description, published::Published};
use crate::{
    base::{digits, words},
    rate::{Observation, Rate},
    table::LeftOut,
};

impl Checker {
    /// Describes an area that takes no part because its count is suppressed: by the ends of what it may be.
    pub(super) fn describe_within(&self, row: usize) -> Option<Description> {
        let (table, nouns) = (self.league().table(), self.nouns());
        let Some(Err(LeftOut::NotKnown(count @ Observation::Suppressed { .. }))) = table.rate(row) else { return None };
        let (name, people) = (table.areas().get(row)?.label(), table.population(row)?);
        let ((least, most), exposed) = (count.ends(), nouns.exposed(people));
        let (mut sentences, mut claims) = (Vec::new(), Vec::new());
        let read = |count: u64| Rate::of(count, people).per(self.per());
        sentences.push(match (least, most) {
            (0, None) => {
                format!("{name} has a count that is suppressed, among {exposed}: nothing is known of its rate.")
            }
            (least, None) => {
                format!(
                    "{name} has at least {} among {exposed}, a rate of at least {}.",
                    nouns.counts(least),
                    read(least)
                )
            }
            (least, Some(most)) => {
                let decimals = digits::decimals(read(most).value());
                let [low, high] = [least, most].map(|count| read(count).digits(decimals));
                let printed = [least, most].map(|count| Published::new(&read(count).plain(decimals), self.per()));
                if let [Ok(low), Ok(high)] = printed {
                    claims.extend(Claim::between(name, low, high));
                }
                format!(
                    "{name} has {} among {exposed}, a rate of {low} to {high} {} ({}).",
                    nouns.range(least, most),
                    self.per(),
                    self.interval_within(Rate::of(least, people), Rate::of(most, people), decimals)
                )
            }
        });
        sentences.push(self.takes_no_part("It", row));
        let mut decided = false;
        for (claim, side) in [(Claim::above_average(name), "above"), (Claim::below_average(name), "below")] {
            let Ok(checked) = self.check(&claim) else { continue };
            if checked.verdict().holds() {
                decided = true;
                sentences.push(format!("It is {side} the average, whatever its count is."));
                let known = self.ends_told(row);
                let why = checked.reasons().iter().skip_while(|reason| **reason != known).skip(1);
                sentences.extend(why.filter(|reason| Some(*reason) != self.poisson().as_ref()).cloned());
                claims.push(claim);
            }
        }
        if !decided && !self.league().is_empty() {
            sentences.push("Whether it is above the average or below is not known.".into());
        }
        sentences.extend(self.suppressed_told(row));
        sentences.extend(self.places_within(Rate::of(least, people), most.map(|most| Rate::of(most, people))));
        let basis = table.basis();
        sentences.extend(self.poisson().filter(|_| most.is_some() || decided));
        sentences.extend((!basis.is_empty()).then(|| format!("Basis: {basis}.")));
        Some(Description::new(name, sentences, claims))
    }

    /// The interval of all counts that there may be, from the lower limit of the least to the upper one of the most.
    fn interval_within(&self, least: Rate, most: Rate, decimals: usize) -> String {
        let spec = self.league().how().interval();
        let within = spec.dispersion().or(self.within()).filter(|within| within.factor() > 1.0);
        let spec = within.map_or(spec, |within| spec.with_dispersion(within));
        let told = within.map_or_else(String::new, |within| format!(", for phi_w {within}"));
        let interval = least.interval(spec).spanning(most.interval(spec)).per(self.per());
        format!(
            "{} interval of all that it may be {}, {}{told}",
            spec.confidence(),
            interval.digits(decimals),
            spec.method()
        )
    }

    /// How many areas are beyond it on either side, whatever its count is.
    fn places_within(&self, least: Rate, most: Option<Rate>) -> Option<String> {
        let areas = self.league().len();
        let higher = self.league().ranked().filter(|it| most.is_some_and(|most| it.rate().cmp_value(&most).is_gt()));
        let lower = self.league().ranked().filter(|it| it.rate().cmp_value(&least).is_lt());
        let [higher, lower] = [higher.count(), lower.count()].map(|number| match number {
            0 => "none".to_owned(),
            number => digits::grouped(number as u64),
        });
        (areas > 0).then(|| {
            let of = words::counted(areas, "area");
            format!("Of the {of} compared, {higher} surely higher and {lower} surely lower.")
        })
    }
}
