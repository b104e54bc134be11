//! What a heading says that a column of whole numbers holds, where that is no count.

use super::header::folded;

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
    if has(&["rank", "ranks", "ranking", "decile", "quintile", "percentile", "quartile"]) {
        return Some("a rank");
    }
    if has(&["rate", "rates", "%", "percent", "percentage"]) || format!(" {whole} ").contains(" per cent ") {
        return Some("a rate");
    }
    has(&["hectares", "acres", "km2"]).then_some("a size of land")
}

#[cfg(test)]
mod tests {
    use super::no_count;

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
            ("a rate", &["Rate", "Arson rate", "% change", "per cent detected"]),
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
        ] {
            assert_eq!(no_count(heading), None, "{heading}");
        }
    }
}
