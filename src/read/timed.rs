//! What headings and texts say of time: how long each period is, and which one it is.

use super::wording::folded;
use crate::rate::Period;

/// What a heading says of the periods below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Timed {
    Years,
    /// Parts of a year with the months of each, which may stand for nothing without their year.
    Parts(u32),
    /// What ends with a month, with its number of months, such as `Year ending` and `12 months to`.
    Ending(u32),
    /// Periods of which it does not say how long they are.
    Somehow,
    Not,
}

const YEAR: u32 = 12;

impl Timed {
    pub(super) fn of(heading: &str) -> Self {
        // What may stand beside the word that tells, such as `Financial_Year` and `Recorded year`.
        const BESIDE: [&str; 16] = [
            "financial",
            "fiscal",
            "calendar",
            "data",
            "recorded",
            "recording",
            "reporting",
            "reported",
            "reference",
            "report",
            "of",
            "the",
            "and",
            "number",
            "offence",
            "crime",
        ];
        let heading = folded(heading);
        let words: Vec<&str> = heading.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let is_ending = || words.last().is_some_and(|last| ["to", "ending", "ended", "ye"].contains(last));
        if is_ending()
            && let Ok(period) = format!("{heading} march 2018").parse::<Period>()
        {
            return Self::Ending(period.months());
        }
        let part = |word: &str| match word {
            "month" | "monat" => Some(1),
            "quarter" | "qtr" | "quartal" => Some(3),
            "half" | "halbjahr" => Some(6),
            _ => None,
        };
        let is_year = |word: &str| ["year", "jahr", "berichtsjahr"].contains(&word);
        let telling: Vec<&str> = words.into_iter().filter(|word| !BESIDE.contains(word)).collect();
        match telling[..] {
            [year] if is_year(year) => Self::Years,
            [one] if let Some(months) = part(one) => Self::Parts(months),
            [one, other] if is_year(one) || is_year(other) => part(one).or(part(other)).map_or(Self::Not, Self::Parts),
            ["period" | "date" | "time" | "week" | "day" | "datum" | "zeitraum"] | ["time", "period"] => Self::Somehow,
            _ => Self::Not,
        }
    }

    /// How many months each period has, where that is said.
    const fn months(self) -> Option<u32> {
        match self {
            Self::Years => Some(YEAR),
            Self::Parts(months) | Self::Ending(months) => Some(months),
            Self::Somehow | Self::Not => None,
        }
    }

    /// The periods of a column of such a heading; nothing where one of its texts is none, or not as long as the heading says.
    pub(super) fn read(self, heading: &str, texts: &[&str]) -> Option<Vec<Period>> {
        // `2011-12` is a year among years, and a month among months.
        let among = |text: &str, other: &str| Period::of_column([text, other]).next()?.ok();
        let one = |text: &&str| match self {
            Self::Years => among(text, "2000/01"),
            // Of parts without a year that of one is as good as that of another.
            Self::Parts(1) => among(text, "2000-11").or_else(|| part_of("2000", 1, text)),
            Self::Parts(months) => part_of("2000", months, text),
            _ => format!("{} {text}", folded(heading)).parse().or_else(|_| text.parse()).ok(),
        };
        // Codes have as many digits as years, too.
        let is_code = |text: &&str| {
            text.bytes().all(|byte| byte.is_ascii_digit())
                && !["19", "20"].iter().any(|century| text.starts_with(century))
        };
        let periods: Option<Vec<Period>> = match self {
            Self::Not if texts.iter().any(is_code) => None,
            Self::Somehow | Self::Not => Period::of_column(texts.iter().copied()).collect::<Result<_, _>>().ok(),
            _ => texts.iter().map(one).collect(),
        };
        // `2018 Q1` is clear in a column of years, `March 2018` may be the year to it.
        let fits = |period: &Period| match self {
            Self::Years => period.months() > 1,
            _ => self.months().is_none_or(|months| period.months() == months),
        };
        periods.filter(|all| all.iter().all(fits))
    }
}

/// The period that a part of a year is whose year stands in another column: `April` or `Q1` of `2018/19`, 3 of 2019. Which month of a year that
/// does not begin in January a number is of, is not known.
pub(super) fn part_of(year: &str, months: u32, part: &str) -> Option<Period> {
    if let Ok(period) = part.parse::<Period>() {
        return (period.months() == months).then_some(period);
    }
    let [year] = Timed::Years.read("", &[year])?[..] else { return None };
    let letters = part.trim().trim_start_matches(|c: char| c.is_alphabetic() || c == ' ');
    let word = part.trim().get(..part.trim().len() - letters.len()).unwrap_or_default().trim().to_lowercase();
    let is_named = ["", "q", "qtr", "quarter", "h", "half", "month", "m"].contains(&word.as_str());
    if let Some(number) = letters.trim().parse::<u32>().ok().filter(|_| is_named) {
        let known = months > 1 || year.kind() == "calendar year";
        let within = known && (1..=YEAR / months).contains(&number);
        return within.then(|| year.first_month().shifted((number * months) as i32 - 1)?.ending_here(months)).flatten();
    }
    // `April`, `Apr-Jun`: the months of the year that go by these names.
    let named = format!("{part} 2000").parse::<Period>().ok().filter(|named| named.months() == months)?;
    let from = (named - year).rem_euclid(YEAR as i32);
    year.first_month().shifted(from)?.ending_here(1)?.shifted(months as i32 - 1)?.ending_here(months)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_how_long_periods_are() {
        for (heading, timed) in [
            ("Year", Timed::Years),
            ("Financial_Year", Timed::Years),
            ("Recorded year", Timed::Years),
            ("Month", Timed::Parts(1)),
            ("financial quarter", Timed::Parts(3)),
            ("half", Timed::Parts(6)),
            ("Half-year", Timed::Parts(6)),
            ("Year and quarter", Timed::Parts(3)),
            ("Year ending", Timed::Ending(12)),
            ("12 months to", Timed::Ending(12)),
            ("Quarter ending", Timed::Ending(3)),
            ("Period", Timed::Somehow),
            ("Date", Timed::Somehow),
            ("", Timed::Not),
            ("Age in years", Timed::Not),
            ("Offence code", Timed::Not),
            ("Year of birth", Timed::Not),
        ] {
            assert_eq!(Timed::of(heading), timed, "{heading}");
        }
    }

    #[test]
    fn a_period_is_read_below_its_heading() {
        let read = |heading: &str, text: &str| {
            let periods = Timed::of(heading).read(heading, &[text])?;
            periods.first().map(ToString::to_string)
        };
        for (heading, text, period) in [
            ("Year ending", "March 2018", Some("2017/18")),
            ("Year ending", "2018-03-31", Some("2017/18")),
            ("Year ending", "31/03/2018", Some("2017/18")),
            ("Year ending", "31 March 2018", Some("2017/18")),
            ("Year ending", "March", None),
            ("Year ending", "Year ending March 2018", Some("2017/18")),
            ("12 months to", "Mar-18", Some("2017/18")),
            ("Quarter ending", "June 2018", Some("2018 Q2")),
            ("Year", "2011-12", Some("2011/12")),
            ("Year", "March 2018", None),
            ("Month", "2011-12", Some("December 2011")),
            ("Month", "2018-04-01", Some("April 2018")),
            ("Month", "01/04/2018", None),
            ("Date", "March 2018", Some("March 2018")),
            ("Code", "1053", None),
            ("Code", "2018", Some("2018")),
        ] {
            assert_eq!(read(heading, text).as_deref(), period, "{heading}: {text}");
        }
    }

    #[test]
    fn a_part_of_a_year_is_a_period() {
        let read = |year: &str, months: u32, part: &str| part_of(year, months, part).map(|period| period.to_string());
        for (year, months, part, period) in [
            ("2019", 1, "2", Some("February 2019")),
            ("2019", 1, "13", None),
            ("2018/19", 1, "January", Some("January 2019")),
            ("2018/19", 1, "apr", Some("April 2018")),
            ("2018/19", 1, "4", None),
            ("2018/19", 3, "4", Some("2019 Q1")),
            ("2018/19", 3, "Q1", Some("2018 Q2")),
            ("2018/19", 3, "Quarter 2", Some("2018 Q3")),
            ("2018/19", 3, "Apr-Jun", Some("2018 Q2")),
            ("2019", 3, "Jul to Sep", Some("2019 Q3")),
            ("2019", 3, "5", None),
            ("2019", 6, "H2", Some("2019 H2")),
            ("2019", 3, "2018 Q4", Some("2018 Q4")),
            ("2019", 1, "All", None),
            ("all", 1, "January", None),
        ] {
            assert_eq!(read(year, months, part).as_deref(), period, "{part} of {year}");
        }
    }
}
