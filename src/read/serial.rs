//! Numbers of cells by their formats: dates, percentages, and plain ones.

/// What the numbers of a format are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Number,
    Percent,
    Date,
    Time,
}

impl Format {
    /// What a format that comes with the program is, by its number.
    pub(super) const fn built_in(number: u64) -> Self {
        match number {
            9 | 10 => Self::Percent,
            14..=17 | 22 | 27..=31 | 34..=36 | 50..=58 => Self::Date,
            18..=21 | 32 | 33 | 45..=47 => Self::Time,
            _ => Self::Number,
        }
    }

    /// What a format is, by its code, such as `dd/mm/yyyy` or `0.0%`.
    pub(super) fn of(code: &str) -> Self {
        let (mut quoted, mut bracketed, mut escaped) = (false, false, false);
        let (mut date, mut time, mut percent) = (false, false, false);
        // What follows is for negative numbers.
        for c in code.chars() {
            if std::mem::take(&mut escaped) {
                continue;
            }
            match c {
                '\\' | '_' | '*' => escaped = true,
                '"' => quoted = !quoted,
                _ if quoted => {}
                '[' => bracketed = true,
                ']' => bracketed = false,
                // `[Red]` is a colour, and `[h]` are hours.
                _ if bracketed => {}
                ';' => break,
                'd' | 'D' | 'y' | 'Y' => date = true,
                'h' | 'H' | 's' | 'S' => time = true,
                'm' | 'M' => date |= !time,
                '%' => percent = true,
                // `General` and `Standard` are no formats of dates.
                'G' | 'g' if code.starts_with(['G', 'g']) => return Self::Number,
                _ => {}
            }
        }
        let elapsed =
            ["[h]", "[hh]", "[m]", "[mm]", "[s]", "[ss]"].iter().any(|unit| code.to_lowercase().contains(unit));
        match (date, time || elapsed, percent) {
            (_, true, _) if !code.contains(['y', 'Y', 'd', 'D']) => Self::Time,
            (true, ..) | (_, true, _) => Self::Date,
            (.., true) => Self::Percent,
            _ => Self::Number,
        }
    }
}

/// A whole number above which a spreadsheet does not keep every digit.
const EXACT: u64 = 1 << 53;

/// A number as a cell shows it, all of its digits, and whether it is so large that some of them are lost.
pub(super) fn number(text: &str, format: Format, from_1904: bool) -> Option<(String, bool)> {
    let text = text.trim();
    if format == Format::Number && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let digits = text.trim_start_matches('0');
        let text = if digits.is_empty() { "0" } else { digits };
        return Some((text.to_owned(), text.parse::<u64>().map_or(true, |number| number > EXACT)));
    }
    let value: f64 = text.parse().ok().filter(|value: &f64| value.is_finite())?;
    let large = value.fract() == 0.0 && value.abs() > EXACT as f64;
    let shown = match format {
        Format::Number => plain(value),
        Format::Percent => format!("{}%", hundredfold(&plain(value))?),
        Format::Date => date(value, from_1904)?,
        Format::Time if value.abs() < 1.0 => clock(value.abs()),
        Format::Time => date(value, from_1904)?,
    };
    Some((shown, large))
}

fn plain(value: f64) -> String {
    // A sign is no part of a count of zero.
    let value = if value == 0.0 { 0.0 } else { value };
    if value.abs() < 1e21 { format!("{value}") } else { format!("{value:e}") }
}

/// A hundred times a decimal number, by moving its point.
fn hundredfold(text: &str) -> Option<String> {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let fraction = format!("{fraction:0<2}");
    let (moved, rest) = fraction.split_at_checked(2)?;
    let whole = format!("{whole}{moved}");
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") })
}

/// A day by its number: 1 is the first of January 1900, and 60 a 29th of February that there was not.
fn date(value: f64, from_1904: bool) -> Option<String> {
    // The last day of the year 9999.
    if !(0.0..2_958_466.0).contains(&value) {
        return None;
    }
    let (day, part) = (value.floor() as i64, value.fract());
    let since_1970 = match day {
        day if from_1904 => day - 24_107,
        60 => return Some("1900-02-29".into()),
        0..60 => day - 25_568,
        _ => day - 25_569,
    };
    let date = civil(since_1970);
    let clock = clock(part);
    Some(if clock == "00:00:00" { date } else { format!("{date}T{clock}") })
}

fn clock(part: f64) -> String {
    let seconds = ((part * 86_400.0).round() as u32).min(86_399);
    format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// The date of a day counted from the first of January 1970 (H. Hinnant, `chrono`-compatible low-level date algorithms).
fn civil(days: i64) -> String {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_numbers_dates_and_percentages() {
        for (code, format) in [
            ("General", Format::Number),
            ("#,##0", Format::Number),
            ("0.00", Format::Number),
            ("#,##0;[Red]-#,##0", Format::Number),
            ("0 \"days\"", Format::Number),
            ("_-* #,##0_-", Format::Number),
            ("0.0%", Format::Percent),
            ("dd/mm/yyyy", Format::Date),
            ("mmm\\-yy", Format::Date),
            ("[$-809]dd mmmm yyyy;@", Format::Date),
            ("yyyy\\-mm\\-dd\\ hh:mm:ss", Format::Date),
            ("mmm", Format::Date),
            ("hh:mm", Format::Time),
            ("[h]:mm:ss", Format::Time),
            ("0;[Magenta]-0", Format::Number),
            ("mm:ss", Format::Time),
        ] {
            assert_eq!(Format::of(code), format, "{code}");
        }
    }

    #[test]
    fn numbers_as_cells_show_them() {
        let shown = |text: &str, format: Format| number(text, format, false).map(|(shown, _)| shown);
        for (text, format, expected) in [
            ("2557", Format::Number, "2557"),
            ("2557.0", Format::Number, "2557"),
            ("02557", Format::Number, "2557"),
            ("00", Format::Number, "0"),
            ("-0", Format::Number, "0"),
            ("5.0000000000000003E-2", Format::Number, "0.05"),
            ("1.2345678901234567E+19", Format::Number, "12345678901234567000"),
            ("0.07", Format::Percent, "7%"),
            ("-0.0125", Format::Percent, "-1.25%"),
            ("1.5", Format::Percent, "150%"),
            ("43738", Format::Date, "2019-09-30"),
            ("43738.25", Format::Date, "2019-09-30T06:00:00"),
            ("1", Format::Date, "1900-01-01"),
            ("59", Format::Date, "1900-02-28"),
            ("60", Format::Date, "1900-02-29"),
            ("61", Format::Date, "1900-03-01"),
            ("36585", Format::Date, "2000-02-29"),
            ("2958465", Format::Date, "9999-12-31"),
            ("0.5", Format::Time, "12:00:00"),
        ] {
            assert_eq!(shown(text, format).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(number("42276", Format::Date, true).unwrap().0, "2019-09-30");
        for text in ["", "many", "NaN", "inf", "1e999"] {
            assert_eq!(shown(text, Format::Number), None, "{text}");
        }
        assert_eq!([shown("-1", Format::Date), shown("1e30", Format::Date)], [None, None]);
    }

    #[test]
    fn digits_beyond_what_a_spreadsheet_keeps_are_known() {
        let large = |text: &str| number(text, Format::Number, false).unwrap().1;
        assert_eq!(
            [
                large("9007199254740992"),
                large("9007199254740993"),
                large("1.2E+19"),
                large("99999999999999999999"),
                large("1e15")
            ],
            [false, true, true, true, false]
        );
    }
}
