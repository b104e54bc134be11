//! What a heading says that a column of whole numbers holds, where that is no count.

use super::wording::folded;
use crate::base::digits;

/// What a column holds by its heading that is made of other figures, and so neither counts nor people: a rate, a share, a change, a rank.
pub(super) fn derived(heading: &str) -> Option<&'static str> {
    let heading = folded(heading);
    let words: Vec<&str> =
        heading.split(|c: char| !c.is_alphanumeric() && c != '%').filter(|word| !word.is_empty()).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let area = ["sq", "square", "km", "km2", "hectare", "hectares", "acre", "mile", "household", "officer", "day"];
    let per = |list: &[&str]| words.windows(2).any(|two| matches!(two, ["per", of] if list.contains(of)));
    if has(&["rank", "ranks", "ranking", "decile", "quintile", "percentile", "quartile"]) {
        return Some("a rank");
    }
    if has(&["density"]) || per(&area) {
        return Some("a density");
    }
    if has(&["change", "changes", "growth", "difference", "increase", "decrease"]) {
        return Some("a change");
    }
    if has(&["rate", "rates", "%", "percent", "percentage", "taux", "häufigkeitszahl"]) || said_per(&heading).is_some()
    {
        return Some("a rate");
    }
    if has(&["share", "shares", "proportion", "ratio"]) {
        return Some("a share");
    }
    // Index crimes are crimes.
    if has(&["index"]) && !has(&["crime", "crimes", "offence", "offences", "offense", "offenses"]) {
        return Some("an index");
    }
    (has(&["average", "mean", "median"]) && !heading.ends_with(" population")).then_some("an average")
}

/// What a text says that rates are per, such as 1,000 in `Rate per 1,000 population`, `pro 1.000`, `pour mille` and `Rate / 1000`.
pub(super) fn said_per(text: &str) -> Option<u64> {
    let lower = text.to_lowercase().replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ");
    for before in ["per ", "pro ", "pour ", "je ", "por ", "/"] {
        for (at, _) in lower.match_indices(before) {
            let within = lower.get(..at).unwrap_or_default();
            let behind = lower.get(at + before.len()..).unwrap_or_default().trim_start();
            let number = number_of(behind);
            let stands_alone = match before {
                // `2018/19` and `24/7` are none.
                "/" => {
                    !within.trim_end().ends_with(|c: char| c.is_ascii_digit()) && number.is_some_and(is_power_of_ten)
                }
                _ => !within.ends_with(char::is_alphanumeric),
            };
            if let Some(number) = number.filter(|_| stands_alone) {
                return Some(number);
            }
        }
    }
    if lower.contains('\u{2030}') {
        return Some(1_000);
    }
    // `95% interval` is no rate per 100.
    let percent = lower
        .find('%')
        .and_then(|at| lower.get(..at))
        .is_some_and(|before| !before.trim_end().ends_with(|c: char| c.is_ascii_digit()));
    (percent || ["percent", "percentage"].iter().any(|word| lower.contains(word))).then_some(100)
}

fn is_power_of_ten(number: u64) -> bool {
    number > 1 && 10_u64.pow(number.ilog10()) == number
}

/// The number that a text begins with, in digits or in words.
fn number_of(text: &str) -> Option<u64> {
    const WORDS: [(&str, u64); 13] = [
        ("hundred thousand", 100_000),
        ("ten thousand", 10_000),
        ("thousand", 1_000),
        ("mille", 1_000),
        ("tausend", 1_000),
        ("million", 1_000_000),
        ("hundred", 100),
        ("hunderttausend", 100_000),
        ("cent", 100),
        ("capita", 1),
        ("head", 1),
        ("person", 1),
        ("inhabitant", 1),
    ];
    let word = text.split(|c: char| !c.is_alphanumeric() && c != ' ').next().unwrap_or_default();
    let is_said =
        |said: &str| word.strip_prefix(said).is_some_and(|rest| ["", "s"].contains(&rest) || rest.starts_with(' '));
    if let Some((_, number)) = WORDS.iter().find(|(said, _)| is_said(said)) {
        return Some(*number);
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && ![',', '.', ' ', '\''].contains(&c)).unwrap_or(text.len());
    let (figures, unit) = text.split_at_checked(end)?;
    let mut groups = figures.split([',', '.', ' ', '\'']);
    let mut number = groups.next()?.to_owned();
    groups.take_while(|group| group.len() == 3).for_each(|group| number.push_str(group));
    let number = digits::whole(&number)?;
    let word = unit.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let times = match word {
        "k" => 1_000,
        "m" => 1_000_000,
        _ => WORDS
            .iter()
            .find(|(said, times)| *times > 1 && word.trim_end_matches('s') == *said)
            .map_or(1, |(_, times)| *times),
    };
    number.checked_mul(times)
}

/// What a column holds by its heading, where that is no count: a population, an identifier, a coordinate, a year, a rank, a rate.
pub(super) fn no_count(heading: &str) -> Option<&'static str> {
    let heading = folded(heading);
    let words: Vec<&str> =
        heading.split(|c: char| !c.is_alphanumeric() && c != '%').filter(|word| !word.is_empty()).collect();
    let whole = words.join(" ");
    // `mye2018` and `lad22cd` have a year within.
    let stem = |word: &str| word.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word) || list.contains(&stem(word).as_str()));
    let is = |list: &[&str]| list.contains(&whole.as_str());
    let begins = |list: &[&str]| words.first().is_some_and(|first| list.contains(first));
    let is_code = |word: &&str| {
        let years = word.strip_suffix("cd").map(|rest| (rest, stem(rest)));
        years.is_some_and(|(rest, stem)| stem.len() + 2 == rest.len() && !stem.is_empty())
    };
    if let Some(what) = derived(&heading) {
        return Some(what);
    }
    // Theft from households is an offence, and of residents of a home, too.
    if has(&["population", "populations", "popn", "pop", "mye", "inhabitants"])
        || begins(&["residents", "households", "household", "dwellings"])
        || whole.ends_with("year estimate")
        || whole.ends_with("year estimates")
        || is(&["all ages", "all persons", "people", "persons", "number of households"])
    {
        return Some("a population");
    }
    if has(&["id", "ids", "identifier", "objectid", "fid", "uid", "uprn", "code", "codes", "fips", "ori"])
        || words.iter().any(is_code)
    {
        return Some("an identifier");
    }
    if has(&["latitude", "longitude", "easting", "eastings", "northing", "northings", "coordinate", "coordinates"])
        || is(&["lat", "long", "lon", "lng", "x", "y", "bng e", "bng n"])
    {
        return Some("a coordinate");
    }
    if is(&[
        "year",
        "calendar year",
        "financial year",
        "fiscal year",
        "data year",
        "month",
        "quarter",
        "week",
        "day",
        "date",
        "period",
    ]) {
        return Some("a date");
    }
    if has(&["gbp", "eur", "usd", "income", "incomes", "spend", "spending"]) {
        return Some("a sum of money");
    }
    has(&["hectares", "acres", "km2"]).then_some("a size of land")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_what_is_no_count() {
        for (what, headings) in [
            (
                "a population",
                &[
                    "Population",
                    "Population 2019",
                    "Mid-2018 population",
                    "MYE2018",
                    "mid-year estimate",
                    "All ages",
                    "pop_2019",
                    "Residents aged 16+",
                    "Households",
                ][..],
            ),
            ("an identifier", &["id", "OBJECTID", "Area Code", "LAD22CD", "force_id", "FIPS code", "ID 2"]),
            ("a coordinate", &["latitude", "Longitude", "lat", "LONG", "Easting", "BNG_E", "x"]),
            ("a date", &["Year", "financial_year", "Month"]),
            ("a rank", &["Rank", "IMD decile", "rank 2019"]),
            (
                "a rate",
                &[
                    "Rate",
                    "Arson rate",
                    "per cent detected",
                    "Robbery per 1000",
                    "Robbery, per 100,000",
                    "Detected (%)",
                    "Officers per head",
                ],
            ),
            ("a change", &["% change", "Count change", "Population % change", "Population growth"]),
            ("a density", &["Population density", "People per sq km"]),
            ("a share", &["Share", "Proportion detected"]),
            ("an index", &["Robbery index"]),
            ("an average", &["Average age", "Median income"]),
            ("a sum of money", &["Spend (GBP)"]),
            ("a size of land", &["Area (hectares)", "km2"]),
        ] {
            for heading in headings {
                assert_eq!(no_count(heading), Some(what), "{heading}");
            }
        }
        for heading in [
            "Arson",
            "2019",
            "Year to March 2019",
            "year ending December 2019",
            "Apr-21",
            "Public order offences",
            "Theft from households",
            "Robbery of personal property",
            "Longitudinal",
            "Possession of weapons",
            "Violence without injury",
            "Homicide",
            "Theft from the person",
            "Total index crimes",
            "Number of officers (FTE)",
            "Personal robbery",
        ] {
            assert_eq!(no_count(heading), None, "{heading}");
        }
    }

    #[test]
    fn what_rates_are_per_in_every_wording() {
        for (text, per) in [
            ("Rate per 1,000 population", Some(1_000)),
            ("Rate per 1 000 population", Some(1_000)),
            ("Rate per million", Some(1_000_000)),
            ("Rate per 10 million", Some(10_000_000)),
            ("Rate (per thousand)", Some(1_000)),
            ("Rate per hundred thousand", Some(100_000)),
            ("Rate / 1000", Some(1_000)),
            ("Rate/100,000", Some(100_000)),
            ("Rate per 100k", Some(100_000)),
            ("taux pour mille", Some(1_000)),
            ("H\u{e4}ufigkeitszahl (pro 10.000)", Some(10_000)),
            ("je 100.000 Einwohner", Some(100_000)),
            ("\u{2030}", Some(1_000)),
            ("% change", Some(100)),
            ("Per cent detected", Some(100)),
            ("per head", Some(1)),
            ("Rate 2018/19", None),
            ("Rate", None),
            ("Rate (95% interval)", None),
            ("Theft from the person", None),
            ("Super 1000", None),
        ] {
            assert_eq!(said_per(text), per, "{text}");
        }
    }
}
