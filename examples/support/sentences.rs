//! The sentences that a person asks to be checked.

use super::program::Failure;
use clap::Args;
use crimerate::{
    Claim, Error, Per,
    claim::{Beside, Published, Relation},
};

/// Sentences about areas; every option can be given again.
#[derive(Args)]
#[command(next_help_heading = "Sentences to check, each as often as you like")]
pub(crate) struct Sentences {
    /// This area has the highest rate
    #[arg(long, value_name = "NAME")]
    highest: Vec<String>,
    /// This area has the lowest rate
    #[arg(long, value_name = "NAME")]
    lowest: Vec<String>,
    /// This area has one of the K highest rates
    #[arg(long, num_args = 2, value_names = ["NAME", "K"])]
    among_highest: Vec<String>,
    /// This area has one of the K lowest rates
    #[arg(long, num_args = 2, value_names = ["NAME", "K"])]
    among_lowest: Vec<String>,
    /// This area has this rate, per as many as rates are read per
    #[arg(long, num_args = 2, value_names = ["NAME", "FIGURE"])]
    rate: Vec<String>,
    /// This area's rate is between two figures, per as many as rates are read per
    #[arg(long, num_args = 3, value_names = ["NAME", "LOW", "HIGH"])]
    between: Vec<String>,
    /// The average that this area is compared with is this, per as many as rates are read per
    #[arg(long, num_args = 2, value_names = ["NAME", "FIGURE"])]
    average_is: Vec<String>,
    /// This area is above the average
    #[arg(long, value_name = "NAME")]
    above_average: Vec<String>,
    /// This area is below the average
    #[arg(long, value_name = "NAME")]
    below_average: Vec<String>,
    /// This area is so many per cent above the average (41, 41%, +41 %; negative: below)
    #[arg(long, num_args = 2, value_names = ["NAME", "PERCENT"], allow_hyphen_values = true)]
    percent_above: Vec<String>,
    /// This area is so many per cent below the average
    #[arg(long, num_args = 2, value_names = ["NAME", "PERCENT"], allow_hyphen_values = true)]
    percent_below: Vec<String>,
    /// This area is at least so many per cent above the average
    #[arg(long, num_args = 2, value_names = ["NAME", "PERCENT"])]
    at_least_above: Vec<String>,
    /// This area is at least so many per cent below the average
    #[arg(long, num_args = 2, value_names = ["NAME", "PERCENT"])]
    at_least_below: Vec<String>,
    /// This area is so many times the average
    #[arg(long, num_args = 2, value_names = ["NAME", "TIMES"])]
    times: Vec<String>,
    /// This area is more than so many times the average
    #[arg(long, num_args = 2, value_names = ["NAME", "TIMES"])]
    more_than: Vec<String>,
    /// This area is less than so many times the average (half: 0.5)
    #[arg(long, num_args = 2, value_names = ["NAME", "TIMES"])]
    less_than: Vec<String>,
    /// The first area has a higher rate than the second
    #[arg(long, num_args = 2, value_names = ["NAME", "OTHER"])]
    above_area: Vec<String>,
    /// The first area has a lower rate than the second
    #[arg(long, num_args = 2, value_names = ["NAME", "OTHER"])]
    below_area: Vec<String>,
    /// The first area is so many times the second
    #[arg(long, num_args = 3, value_names = ["NAME", "OTHER", "TIMES"])]
    times_area: Vec<String>,
    /// The first area is so many per cent above the second (negative: below)
    #[arg(long, num_args = 3, value_names = ["NAME", "OTHER", "PERCENT"], allow_hyphen_values = true)]
    percent_above_area: Vec<String>,
    /// This area's rate rose from what it was before (with --before)
    #[arg(long, value_name = "NAME", requires = "before")]
    rose: Vec<String>,
    /// This area's rate fell (with --before)
    #[arg(long, value_name = "NAME", requires = "before")]
    fell: Vec<String>,
    /// This area's rate changed by so many per cent, such as +22 or -5 (with --before)
    #[arg(long, num_args = 2, value_names = ["NAME", "PERCENT"], allow_hyphen_values = true, requires = "before")]
    change: Vec<String>,
    /// This area moved from one place to another, counted from the highest rate (with --before)
    #[arg(long, num_args = 3, value_names = ["NAME", "FROM", "TO"], requires = "before")]
    moved: Vec<String>,
}

impl Sentences {
    /// Whether any of them is about one of the first places.
    pub(crate) fn of_places(&self) -> bool {
        [&self.highest, &self.lowest, &self.among_highest, &self.among_lowest].iter().any(|given| !given.is_empty())
    }

    /// All of them as claims, in the order of the options, rates per as many people.
    pub(crate) fn claims(&self, per: Per) -> Result<Vec<Claim>, Failure> {
        // Such as 119.2, or what prints: 119.2 per 100,000.
        let figure = |text: &str| Published::new(text.trim(), per).or_else(|error| text.parse().map_err(|_| error));
        let mut claims = Vec::new();
        claims.extend(self.highest.iter().map(Claim::highest));
        claims.extend(self.lowest.iter().map(Claim::lowest));
        for [area, places] in several(&self.among_highest) {
            claims.push(Claim::among_highest(area, whole(places)?)?);
        }
        for [area, places] in several(&self.among_lowest) {
            claims.push(Claim::among_lowest(area, whole(places)?)?);
        }
        for [area, rate] in several(&self.rate) {
            claims.push(Claim::rate(area, figure(rate)?));
        }
        for [area, low, high] in several(&self.between) {
            claims.push(Claim::between(area, figure(low)?, figure(high)?)?);
        }
        for [area, average] in several(&self.average_is) {
            claims.push(Claim::average(area, figure(average)?));
        }
        claims.extend(self.above_average.iter().map(Claim::above_average));
        claims.extend(self.below_average.iter().map(Claim::below_average));
        let by_average: [(_, Read); 7] = [
            (&self.percent_above, Relation::percent_above),
            (&self.percent_below, Relation::percent_below),
            (&self.at_least_above, Relation::at_least_above),
            (&self.at_least_below, Relation::at_least_below),
            (&self.times, Relation::times),
            (&self.more_than, Relation::more_than),
            (&self.less_than, Relation::less_than),
        ];
        for (given, relation) in by_average {
            for [area, figure] in several(given) {
                claims.push(Claim::compared(area, relation(figure)?, Beside::Average));
            }
        }
        claims.extend(several(&self.above_area).map(|[area, other]| Claim::higher_than(area, other)));
        claims.extend(several(&self.below_area).map(|[area, other]| Claim::lower_than(area, other)));
        for [area, other, times] in several(&self.times_area) {
            claims.push(Claim::compared(area, Relation::times(times)?, other));
        }
        for [area, other, percent] in several(&self.percent_above_area) {
            claims.push(Claim::compared(area, Relation::percent_above(percent)?, other));
        }
        claims.extend(self.rose.iter().map(Claim::rose));
        claims.extend(self.fell.iter().map(Claim::fell));
        for [area, percent] in several(&self.change) {
            claims.push(Claim::compared(area, Relation::percent_above(percent)?, Beside::Before));
        }
        for [area, from, to] in several(&self.moved) {
            claims.push(Claim::moved(area, whole(from)?, whole(to)?)?);
        }
        Ok(claims)
    }
}

/// How a relation is read of its figure.
type Read = fn(&str) -> Result<Relation, Error>;

/// The values of an option that takes several, each time that it was given.
fn several<const N: usize>(values: &[String]) -> impl Iterator<Item = [&str; N]> {
    values.chunks_exact(N).filter_map(|chunk| {
        let texts: Vec<&str> = chunk.iter().map(String::as_str).collect();
        texts.try_into().ok()
    })
}

/// A number of areas, or a place.
fn whole(text: &str) -> Result<u32, Failure> {
    text.trim().parse().map_err(|_| format!("{text:?} is not a whole number of areas").into())
}
