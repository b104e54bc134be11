//! What is to be done about areas whose figures mislead, in the same words in every example.

use super::program::Failure;
use clap::Args;
use crimerate::{Error, Observation, Policy};
use std::str::FromStr;

/// What is to be done about areas.
#[derive(Args)]
pub(crate) struct Policies {
    /// Leave this area out of everything, for a reason if one is given (repeatable)
    #[arg(long, value_name = "NAME[=REASON]", value_parser = excluded, allow_hyphen_values = true)]
    exclude: Vec<(String, String)>,
    /// Add the first area to the second, count and population (repeatable)
    #[arg(long, num_args = 2, value_names = ["NAME", "INTO"], allow_hyphen_values = true)]
    merge: Vec<String>,
    /// Give an area another population (repeatable)
    #[arg(long, num_args = 2, value_names = ["NAME", "POPULATION"], allow_hyphen_values = true)]
    denominator: Vec<String>,
}

impl Policies {
    /// Whether an area is to be merged or given another population.
    #[allow(dead_code, reason = "not every example has embedded figures")]
    pub(crate) fn use_area(&self, area: &str) -> bool {
        [&self.merge, &self.denominator].into_iter().any(|pairs| pairs.iter().step_by(2).any(|name| name == area))
    }

    /// Whether an area is to be left out.
    #[allow(dead_code, reason = "not every example reads rows")]
    pub(crate) fn excludes(&self, area: &str) -> bool {
        self.exclude.iter().any(|(name, _)| name == area)
    }

    /// The areas to be left out.
    #[allow(dead_code, reason = "not every example reads figures without populations")]
    pub(crate) fn excluded(&self) -> impl Iterator<Item = (&String, &String)> {
        self.exclude.iter().map(|(name, reason)| (name, reason))
    }

    /// The option given that needs populations, if one is.
    #[allow(dead_code, reason = "not every example reads figures without populations")]
    pub(crate) fn on_populations(&self) -> Option<&'static str> {
        let given = [("--merge", &self.merge), ("--denominator", &self.denominator)];
        given.into_iter().find_map(|(option, pairs)| (!pairs.is_empty()).then_some(option))
    }

    /// Refuses two reasons for leaving one area out, of which one would be lost.
    #[allow(dead_code, reason = "not every example has a table")]
    pub(crate) fn one_reason_each(&self) -> Result<(), Failure> {
        for (place, (area, reason)) in self.exclude.iter().enumerate() {
            let first = self.exclude.iter().take(place).find(|(other, why)| other == area && why != reason);
            if let Some((_, other)) = first {
                return Err(format!("--exclude {area}: two reasons are given, {other} and {reason}").into());
            }
        }
        Ok(())
    }

    /// Each with its area.
    #[allow(dead_code, reason = "not every example has a table")]
    pub(crate) fn each(&self) -> Result<Vec<(String, Policy)>, Failure> {
        self.one_reason_each()?;
        let reason = || "by request".to_owned();
        let pairs = |pairs: &[String]| pairs.chunks_exact(2).map(<[String]>::to_vec).collect::<Vec<_>>();
        let mut all: Vec<(String, Policy)> = self
            .exclude
            .iter()
            .map(|(area, reason)| (area.clone(), Policy::Exclude { reason: reason.clone() }))
            .collect();
        for pair in pairs(&self.merge) {
            if let Ok([area, into]) = <[String; 2]>::try_from(pair) {
                all.push((area, Policy::Merge { into, reason: reason() }));
            }
        }
        for pair in pairs(&self.denominator) {
            if let Ok([area, population]) = <[String; 2]>::try_from(pair) {
                let population = population.parse().map_err(|error: Error| error.in_area(&area))?;
                all.push((area, Policy::Denominator { population, what: reason() }));
            }
        }
        Ok(all)
    }
}

/// What is in no area: a row, or a count that has none.
#[derive(Clone)]
pub(crate) struct Unplaced {
    pub(crate) name: String,
    pub(crate) count: Option<u64>,
}

impl FromStr for Unplaced {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let given = text.rsplit_once('=').and_then(|(name, count)| match count.parse() {
            Ok(Observation::Known(count)) => Some(Self { name: name.to_owned(), count: Some(count) }),
            _ => None,
        });
        Ok(given.unwrap_or_else(|| Self { name: text.to_owned(), count: None }))
    }
}

/// A name and the reason that follows it.
#[allow(clippy::unnecessary_wraps, reason = "what the command line is read by")]
fn excluded(text: &str) -> Result<(String, String), Error> {
    let (name, reason) = text.split_once('=').unwrap_or((text, "by request"));
    Ok((name.to_owned(), reason.to_owned()))
}
