//! The sentences that a person asks to be checked.

use super::program::Failure;
use clap::{ArgMatches, Args, Command, FromArgMatches, Id};
use crimerate::{
    Claim, Error, Per,
    claim::{ComparedWith, Published, Relation},
};
use std::{collections::HashMap, fmt::Display};

/// Sentences about areas; every option can be given again.
#[derive(Args)]
#[command(next_help_heading = "Sentences to check, each as often as you like")]
struct Sentences {
    /// This area has the highest rate
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    highest: Vec<String>,
    /// This area has the lowest rate
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    lowest: Vec<String>,
    /// This area has one of the K highest rates
    #[arg(long, num_args = 2, value_names = ["NAME", "K"], allow_hyphen_values = true)]
    among_highest: Vec<String>,
    /// This area has one of the K lowest rates
    #[arg(long, num_args = 2, value_names = ["NAME", "K"], allow_hyphen_values = true)]
    among_lowest: Vec<String>,
    /// This area has this rate, per as many as rates are read per
    #[arg(long, num_args = 2, value_names = ["NAME", "FIGURE"], allow_hyphen_values = true)]
    rate: Vec<String>,
    /// This area's rate is between two figures, per as many as rates are read per
    #[arg(long, num_args = 3, value_names = ["NAME", "LOW", "HIGH"], allow_hyphen_values = true)]
    between: Vec<String>,
    /// The average that this area is compared with is this, per as many as rates are read per
    #[arg(long, num_args = 2, value_names = ["NAME", "FIGURE"], allow_hyphen_values = true)]
    average_is: Vec<String>,
    /// This area is above the average
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    above_average: Vec<String>,
    /// This area is below the average
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    below_average: Vec<String>,
    /// This area is PERCENT per cent above the average (41, 41%, +41 %; negative: below)
    #[arg(long, num_args = 2, value_names = ["NAME", "PERCENT"], allow_hyphen_values = true)]
    percent_above: Vec<String>,
    /// This area is PERCENT per cent below the average
    #[arg(long, num_args = 2, value_names = ["NAME", "PERCENT"], allow_hyphen_values = true)]
    percent_below: Vec<String>,
    /// This area is at least PERCENT per cent above the average
    #[arg(long, num_args = 2, value_names = ["NAME", "PERCENT"], allow_hyphen_values = true)]
    at_least_above: Vec<String>,
    /// This area is at least PERCENT per cent below the average
    #[arg(long, num_args = 2, value_names = ["NAME", "PERCENT"], allow_hyphen_values = true)]
    at_least_below: Vec<String>,
    /// This area is TIMES times the average
    #[arg(long, num_args = 2, value_names = ["NAME", "TIMES"], allow_hyphen_values = true)]
    times: Vec<String>,
    /// This area is more than TIMES times the average
    #[arg(long, num_args = 2, value_names = ["NAME", "TIMES"], allow_hyphen_values = true)]
    more_than: Vec<String>,
    /// This area is less than TIMES times the average (0.5, or half)
    #[arg(long, num_args = 2, value_names = ["NAME", "TIMES"], allow_hyphen_values = true)]
    less_than: Vec<String>,
    /// This area is at least TIMES times the average
    #[arg(long, num_args = 2, value_names = ["NAME", "TIMES"], allow_hyphen_values = true)]
    at_least: Vec<String>,
    /// This area is at most TIMES times the average
    #[arg(long, num_args = 2, value_names = ["NAME", "TIMES"], allow_hyphen_values = true)]
    at_most: Vec<String>,
    /// The first area has a higher rate than the second
    #[arg(long, num_args = 2, value_names = ["NAME", "OTHER"], allow_hyphen_values = true)]
    above_area: Vec<String>,
    /// The first area has a lower rate than the second
    #[arg(long, num_args = 2, value_names = ["NAME", "OTHER"], allow_hyphen_values = true)]
    below_area: Vec<String>,
    /// The first area is TIMES times the second
    #[arg(long, num_args = 3, value_names = ["NAME", "OTHER", "TIMES"], allow_hyphen_values = true)]
    times_area: Vec<String>,
    /// The first area is more than TIMES times the second
    #[arg(long, num_args = 3, value_names = ["NAME", "OTHER", "TIMES"], allow_hyphen_values = true)]
    more_than_area: Vec<String>,
    /// The first area is less than TIMES times the second (0.5, or half)
    #[arg(long, num_args = 3, value_names = ["NAME", "OTHER", "TIMES"], allow_hyphen_values = true)]
    less_than_area: Vec<String>,
    /// The first area is at least TIMES times the second
    #[arg(long, num_args = 3, value_names = ["NAME", "OTHER", "TIMES"], allow_hyphen_values = true)]
    at_least_area: Vec<String>,
    /// The first area is at most TIMES times the second
    #[arg(long, num_args = 3, value_names = ["NAME", "OTHER", "TIMES"], allow_hyphen_values = true)]
    at_most_area: Vec<String>,
    /// The first area is PERCENT per cent above the second (negative: below)
    #[arg(long, num_args = 3, value_names = ["NAME", "OTHER", "PERCENT"], allow_hyphen_values = true)]
    percent_above_area: Vec<String>,
    /// This area's rate rose from what it was before (with --before; with --series alone, on a year before)
    #[arg(long, value_name = "NAME", requires = "earlier", allow_hyphen_values = true)]
    rose: Vec<String>,
    /// This area's rate fell (with --before; with --series alone, on a year before)
    #[arg(long, value_name = "NAME", requires = "earlier", allow_hyphen_values = true)]
    fell: Vec<String>,
    /// This area's rate changed by PERCENT per cent, such as +22 or -5 (with --before; with --series alone, on a year before)
    #[arg(long, num_args = 2, value_names = ["NAME", "PERCENT"], allow_hyphen_values = true, requires = "earlier")]
    change: Vec<String>,
    /// This area's rate rose by at least PERCENT per cent (with --before; with --series alone, on a year before)
    #[arg(long, num_args = 2, value_names = ["NAME", "PERCENT"], allow_hyphen_values = true, requires = "earlier")]
    rose_at_least: Vec<String>,
    /// This area's rate fell by at least PERCENT per cent (with --before; with --series alone, on a year before)
    #[arg(long, num_args = 2, value_names = ["NAME", "PERCENT"], allow_hyphen_values = true, requires = "earlier")]
    fell_at_least: Vec<String>,
    /// This area moved from one place to another, counted from the highest rate (with --before)
    #[arg(long, num_args = 3, value_names = ["NAME", "FROM", "TO"], requires = "before", allow_hyphen_values = true)]
    moved: Vec<String>,
    /// This area's latest rate is the highest since a period, such as 2015 or 2019-03 (with --series)
    #[arg(long, num_args = 2, value_names = ["NAME", "PERIOD"], requires = "series", allow_hyphen_values = true)]
    highest_since: Vec<String>,
    /// This area's latest rate is the lowest since a period (with --series)
    #[arg(long, num_args = 2, value_names = ["NAME", "PERIOD"], requires = "series", allow_hyphen_values = true)]
    lowest_since: Vec<String>,
    /// This area's rate rose by PERCENT per cent a year, year by year, such as 4 or -2.5 (with --series)
    #[arg(long, num_args = 2, value_names = ["NAME", "PERCENT"], requires = "series", allow_hyphen_values = true)]
    rose_a_year: Vec<String>,
}

/// The same, with the places on the command line.
pub(crate) struct InOrder {
    given: Sentences,
    places: HashMap<String, Vec<usize>>,
}

impl InOrder {
    /// Whether any of them is about one of the first places.
    pub(crate) fn of_places(&self) -> bool {
        let given = &self.given;
        [&given.highest, &given.lowest, &given.among_highest, &given.among_lowest].iter().any(|given| !given.is_empty())
    }

    /// How many of them are of changes, and how many of what a series alone can tell.
    pub(crate) fn over_time(&self) -> (usize, usize) {
        let given = &self.given;
        let changes = given.rose.len() + given.fell.len() + given.moved.len() / 3;
        let by = [&given.change, &given.rose_at_least, &given.fell_at_least];
        let courses = [&given.highest_since, &given.lowest_since, &given.rose_a_year];
        let twos = |all: [&Vec<String>; 3]| all.iter().map(|given| given.len() / 2).sum::<usize>();
        (changes + twos(by), twos(courses))
    }

    /// All of them as claims, in the order of the command line, rates per as many people and changes from what is earlier; or what is wrong with each, a line
    /// each.
    pub(crate) fn claims(&self, per: Per, earlier: &ComparedWith) -> Result<Vec<Claim>, Failure> {
        let mut claims = self.each(per, earlier);
        claims.sort_by_key(|(place, _)| *place);
        let faults: Vec<String> = claims.iter().filter_map(|(_, claim)| claim.as_ref().err().cloned()).collect();
        if !faults.is_empty() {
            return Err(faults.join("\n").into());
        }
        Ok(claims.into_iter().filter_map(|(_, claim)| claim.ok()).collect())
    }

    /// Each with its place, or why it is none.
    fn each(&self, per: Per, earlier: &ComparedWith) -> Vec<(usize, Result<Claim, String>)> {
        let figure = |text: &str| figure(text, per);
        let (given, mut claims) = (&self.given, Vec::new());
        let of_area: [(_, _, Of); 4] = [
            ("highest", &given.highest, |area| Claim::highest(area)),
            ("lowest", &given.lowest, |area| Claim::lowest(area)),
            ("above_average", &given.above_average, |area| Claim::above_average(area)),
            ("below_average", &given.below_average, |area| Claim::below_average(area)),
        ];
        for (option, values, claim) in of_area {
            claims.extend(self.several(option, values).map(|(place, [area])| (place, Ok(claim(area)))));
        }
        for (option, values, relation) in
            [("rose", &given.rose, Relation::ABOVE), ("fell", &given.fell, Relation::BELOW)]
        {
            let claim = |area: &str| Claim::compared(area, relation, earlier.clone());
            claims.extend(self.several(option, values).map(|(place, [area])| (place, Ok(claim(area)))));
        }
        let of_number: [(_, _, OfNumber); 2] = [
            ("among_highest", &given.among_highest, |area, places| Claim::among_highest(area, places)),
            ("among_lowest", &given.among_lowest, |area, places| Claim::among_lowest(area, places)),
        ];
        for (option, values, claim) in of_number {
            for (place, [area, places]) in self.several(option, values) {
                let claim = whole(places).and_then(|places| Ok(claim(area, places)?));
                claims.push((place, told(option, area, claim)));
            }
        }
        for (place, [area, rate]) in self.several("rate", &given.rate) {
            claims.push((place, told("rate", area, figure(rate).map(|rate| Claim::rate(area, rate)))));
        }
        for (place, [area, low, high]) in self.several("between", &given.between) {
            let claim = figure(low).and_then(|low| Claim::between(area, low, figure(high)?));
            claims.push((place, told("between", area, claim)));
        }
        for (place, [area, average]) in self.several("average_is", &given.average_is) {
            claims.push((place, told("average_is", area, figure(average).map(|figure| Claim::average(area, figure)))));
        }
        let average = &ComparedWith::Average;
        let by_figure: [(_, _, Read, _); 12] = [
            ("percent_above", &given.percent_above, Relation::percent_above, average),
            ("percent_below", &given.percent_below, Relation::percent_below, average),
            ("at_least_above", &given.at_least_above, Relation::at_least_above, average),
            ("at_least_below", &given.at_least_below, Relation::at_least_below, average),
            ("times", &given.times, Relation::times, average),
            ("more_than", &given.more_than, Relation::more_than, average),
            ("less_than", &given.less_than, Relation::less_than, average),
            ("at_least", &given.at_least, Relation::at_least, average),
            ("at_most", &given.at_most, Relation::at_most, average),
            ("change", &given.change, Relation::percent_above, earlier),
            ("rose_at_least", &given.rose_at_least, Relation::at_least_above, earlier),
            ("fell_at_least", &given.fell_at_least, Relation::at_least_below, earlier),
        ];
        for (option, values, relation, beside) in by_figure {
            for (place, [area, figure]) in self.several(option, values) {
                let claim = relation(figure).map(|relation| Claim::compared(area, relation, beside.clone()));
                claims.push((place, told(option, area, claim)));
            }
        }
        for (place, [area, other]) in self.several("above_area", &given.above_area) {
            claims.push((place, Ok(Claim::higher_than(area, other))));
        }
        for (place, [area, other]) in self.several("below_area", &given.below_area) {
            claims.push((place, Ok(Claim::lower_than(area, other))));
        }
        let beside_area: [(_, _, Read); 6] = [
            ("times_area", &given.times_area, Relation::times),
            ("more_than_area", &given.more_than_area, Relation::more_than),
            ("less_than_area", &given.less_than_area, Relation::less_than),
            ("at_least_area", &given.at_least_area, Relation::at_least),
            ("at_most_area", &given.at_most_area, Relation::at_most),
            ("percent_above_area", &given.percent_above_area, Relation::percent_above),
        ];
        for (option, values, relation) in beside_area {
            for (place, [area, other, figure]) in self.several(option, values) {
                let claim = relation(figure).map(|relation| Claim::compared(area, relation, other));
                claims.push((place, told(option, area, claim)));
            }
        }
        for (place, [area, from, to]) in self.several("moved", &given.moved) {
            let claim = whole(from).and_then(|from| Ok(Claim::moved(area, from, whole(to)?)?));
            claims.push((place, told("moved", area, claim)));
        }
        for (place, [area, since]) in self.several("highest_since", &given.highest_since) {
            let claim = since.parse().map(|since| Claim::highest_since(area, since));
            claims.push((place, told("highest_since", area, claim)));
        }
        for (place, [area, since]) in self.several("lowest_since", &given.lowest_since) {
            let claim = since.parse().map(|since| Claim::lowest_since(area, since));
            claims.push((place, told("lowest_since", area, claim)));
        }
        for (place, [area, percent]) in self.several("rose_a_year", &given.rose_a_year) {
            claims.push((place, told("rose_a_year", area, Claim::rose_a_year(area, percent))));
        }
        claims
    }

    /// The values of an option that takes several, each time that it was given, with the place of the first.
    fn several<'a, const N: usize>(
        &'a self,
        option: &str,
        values: &'a [String],
    ) -> impl Iterator<Item = (usize, [&'a str; N])> {
        let places = self.places.get(option).into_iter().flatten().step_by(N);
        places.zip(values.chunks_exact(N)).filter_map(|(place, chunk)| {
            let texts: Vec<&str> = chunk.iter().map(String::as_str).collect();
            Some((*place, texts.try_into().ok()?))
        })
    }
}

impl Args for InOrder {
    fn augment_args(command: Command) -> Command {
        Sentences::augment_args(command).next_help_heading(None::<&str>)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for InOrder {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let places = |id: &Id| Some((id.to_string(), matches.indices_of(id.as_str())?.collect()));
        let own = Sentences::augment_args(Command::new("sentences"));
        let places = own.get_arguments().filter_map(|argument| places(argument.get_id())).collect();
        Ok(Self { given: Sentences::from_arg_matches(matches)?, places })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// A rate such as 119.2, +119.2 or 0.12 %, or what prints: 119.2 per 100,000.
fn figure(text: &str, per: Per) -> Result<Published, Error> {
    let text = text.trim();
    let plain = text.strip_prefix('+').unwrap_or(text);
    match plain.strip_suffix('%') {
        Some(percent) => Published::new(percent.trim_end(), Per::HUNDRED),
        None => Published::new(plain, per).or_else(|error| plain.parse().map_err(|_| error)),
    }
}

/// A claim, or what is wrong with what an option says of an area.
fn told<E: Display>(option: &str, area: &str, claim: Result<Claim, E>) -> Result<Claim, String> {
    claim.map_err(|fault| format!("--{} {area}: {fault}", option.replace('_', "-")))
}

/// What is said of an area alone.
type Of = fn(&str) -> Claim;

/// What is said of an area and a number of areas.
type OfNumber = fn(&str, u32) -> Result<Claim, Error>;

/// How a relation is read of its figure.
type Read = fn(&str) -> Result<Relation, Error>;

/// A number of areas, or a place.
fn whole(text: &str) -> Result<u32, Failure> {
    text.trim().parse().map_err(|_| format!("{text:?} is not a whole number of areas").into())
}
