//! Periods: what files say, what they have in common, and their laws.

use crate::support::{json, says::says};
use crimerate::Period;
use proptest::prelude::*;

fn period(text: &str) -> Period {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn files_say_one_period_in_many_ways() {
    for (printed, kind, months, texts) in [
        (
            "April 2021",
            "month",
            1,
            vec![
                "2021-04",
                "Apr-21",
                "April 2021",
                "apr 2021",
                "APR 21",
                "Apr21",
                "Apr '21",
                "2021 April",
                "2021-Apr",
                "04/2021",
                "4/2021",
                "2021M04",
                " April\u{a0}2021 ",
            ],
        ),
        ("September 2021", "month", 1, vec!["Sept 2021", "Sep-21", "2021-09"]),
        ("December 1999", "month", 1, vec!["Dec-99", "12/1999"]),
        (
            "2021 Q1",
            "quarter",
            3,
            vec![
                "2021 Q1",
                "Q1 2021",
                "2021Q1",
                "2021-Q1",
                "q1-2021",
                "2020/21 Q4",
                "Q4 2020-21",
                "January to March 2021",
                "Jan-Mar 2021",
                "Jan 2021 \u{2013} Mar 2021",
                "quarter ending March 2021",
                "3 months to March 2021",
            ],
        ),
        ("2020 Q2", "quarter", 3, vec!["2020/21 Q1", "Apr-Jun 2020"]),
        (
            "2021 H1",
            "half-year",
            6,
            vec!["2021 H1", "H1 2021", "January to June 2021", "six months to June 2021", "half-year ending June 2021"],
        ),
        (
            "April 2021 to September 2021",
            "months",
            6,
            vec!["H1 2021/22", "April to September 2021", "Apr 2021 to Sep 2021"],
        ),
        ("2021", "calendar year", 12, vec!["2021", "year to December 2021", "Jan to Dec 2021", "calendar 2021"]),
        (
            "2020/21",
            "financial year",
            12,
            vec![
                "2020/21",
                "2020-21",
                "2020\u{2013}21",
                "2020/2021",
                "2020-2021",
                "FY 2020/21",
                "FY2020-21",
                "financial year 2020/21",
                "year to March 2021",
                "Year ending March 2021",
                "year ending 31 March 2021",
                "YE Mar 2021",
                "12 months to March 2021",
                "twelve months ending Mar 21",
                "Apr 2020 to Mar 2021",
                "Apr 2020-Mar 2021",
                "April 2020 - March 2021",
                "2020-04 to 2021-03",
            ],
        ),
        ("1999/00", "financial year", 12, vec!["1999/00", "1999-2000", "1999/2000"]),
        ("2003/04", "financial year", 12, vec!["2003/04", "year to March 2004"]),
        (
            "year to June 2021",
            "year to a month",
            12,
            vec!["year to June 2021", "rolling year to June 2021", "Y/E June 2021", "year ending 30 June 2021"],
        ),
        (
            "January 2021 to May 2021",
            "months",
            5,
            vec!["Jan to May 2021", "5 months to May 2021", "2021-01 to 2021-05"],
        ),
    ] {
        for text in texts.iter().filter(|text| !text.starts_with("calendar ")) {
            let found = period(text);
            assert_eq!((found.to_string().as_str(), found.kind(), found.months()), (printed, kind, months), "{text}");
            assert_eq!(period(printed), found);
        }
    }
}

#[test]
fn what_may_be_two_periods_is_refused_with_the_reason() {
    let refuses = |text: &str, reason: &str| says(text.parse::<Period>(), &format!("{text:?} is no period: {reason}"));
    refuses("03/04", "it may be March 2004, 3 April or 2003/04, so write the year with four digits");
    refuses("20/21", "it may be 2020/21: write the year with four digits");
    refuses("25-12", "it may be 25 December: write the year with four digits");
    refuses("2011-12", "it may be December 2011 or the financial year 2011/12, so write it in one of these forms");
    refuses("2003/05", "the financial year from 2003 is 2003/04; a month is written 2003-05");
    refuses("2020-23", "the financial year from 2020 is 2020/21");
    refuses("21-Apr", "it may be a day or a year: write the year with four digits");
    refuses("Mar 2021 to Jan 2021", "it ends before it begins");
    refuses("April to March 2021", "it begins in a month without a year, and after the one in which it ends");
    refuses("2021 Q5", "a year has 4 of them");
    let day = "it is a day, or ends in the middle of a month: write whole months";
    refuses("2021-04-01", day);
    refuses("01/04/2021", day);
    refuses("year to 15 March 2021", day);
    for text in [
        "",
        "May",
        "13/2021",
        "2021-00",
        "H3 2021",
        "year to",
        "to March 2021",
        "Q1",
        "2021 Q",
        "0000",
        "999",
        "99999",
        "Ma 2021",
        "year to 2021",
        "9999/00",
        "\u{661}",
        "0 months to May 2021",
        "4294967296 months to May 2021",
    ] {
        let error = text.parse::<Period>().unwrap_err().to_string();
        assert!(error.starts_with(&format!("{text:?} is no period: ")), "{error}");
    }
}

/// Alone `2011-12` may be two things; in a column it is what the others are.
#[test]
fn a_column_says_what_its_texts_are() {
    let read = |texts: &[&str]| -> Vec<String> {
        Period::of_column(texts.iter().copied())
            .map(|found| found.map_or_else(|_| "?".into(), |it| it.to_string()))
            .collect()
    };
    assert_eq!(read(&["2011-12", "2012-01"]), ["December 2011", "January 2012"]);
    assert_eq!(read(&["2011-12", "2012-13"]), ["2011/12", "2012/13"]);
    assert_eq!(read(&["2011-12", "2012"]), ["2011/12", "2012"]);
    assert_eq!(read(&["2011-12"]), ["?"]);
    assert_eq!(read(&["2011-12", "2012-13", "Jan 2012"]), ["?", "2012/13", "January 2012"]);
    assert_eq!(read(&["2011-12", "2011 Q4", "?"]), ["?", "2011 Q4", "?"]);
}

#[test]
fn constructors_refuse_what_is_no_period() {
    says(Period::month(2021, 13), "13 is not a month of the year: it has to be from 1 to 12");
    says(Period::quarter(2021, 0), "0 is not a quarter: it has to be from 1 to 4");
    says(Period::calendar_year(999), "999 is not the year of a period: it has to be of four digits");
    says(Period::financial_year(9999), "9999 is not the year of a period: it has to be of four digits");
    says(Period::year_to(1000, 6), "1000 is not the year of a period: it has to be of four digits");
    for year in [0, u32::MAX, 10_000] {
        assert!(Period::month(year, 1).is_err() && Period::half_year(year, 2).is_err());
    }
    let (march, may) = (Period::month(2021, 3).unwrap(), Period::month(2021, 5).unwrap());
    assert_eq!(Period::from_to(march, may).unwrap().to_string(), "March 2021 to May 2021");
    says(Period::from_to(may, march), "\"May 2021 to March 2021\" is no period: it ends before it begins");
    assert!(serde_json::from_str::<Period>("\"03/04\"").is_err());
    assert_eq!(serde_json::to_string(&march).unwrap(), "\"March 2021\"");
    assert_eq!(Period::calendar_year(1000).unwrap().year_before(), None);
    assert_eq!(Period::calendar_year(9999).unwrap().next(), None);
    assert_eq!([i32::MIN, i32::MAX].map(|months| march.shifted(months)), [None; 2]);
    assert_eq!(march.ending_here(u32::MAX), None);
}

fn any_period() -> impl Strategy<Value = Period> {
    let months = prop_oneof![Just(1_u32), Just(3), Just(6), Just(12), 1..40_u32];
    (1_010..9_980_u32, 1..=12_u32, months)
        .prop_map(|(year, month, months)| Period::month(year, month).unwrap().ending_here(months).unwrap())
}

proptest! {
    #[test]
    fn what_prints_parses(period in any_period()) {
        prop_assert_eq!(period.to_string().parse::<Period>(), Ok(period));
        prop_assert_eq!(json::again(&period), period);
    }

    #[test]
    fn order_and_distance_agree(a in any_period(), b in any_period(), c in any_period(), by in -120..120_i32) {
        prop_assert_eq!(a - b, -(b - a));
        prop_assert_eq!((a - b) + (b - c), a - c);
        prop_assert_eq!((a - b).cmp(&0).then(a.months().cmp(&b.months())), a.cmp(&b));
        let later = a.shifted(by).unwrap();
        prop_assert_eq!((later - a, later.months(), later.shifted(-by)), (by, a.months(), Some(a)));
        prop_assert_eq!(a.next().unwrap() - a, i32::try_from(a.months()).unwrap());
        prop_assert_eq!(a - a.year_before().unwrap(), 12);
    }

    /// By the months one by one.
    #[test]
    fn periods_are_their_months(a in any_period(), by in -30..30_i32, months in 1..30_u32) {
        let b = a.shifted(by).unwrap().first_month().shifted(i32::try_from(months).unwrap()).unwrap().ending_here(months).unwrap();
        let list = |period: Period| (0..period.months()).map(|at| period.first_month().shifted(i32::try_from(at).unwrap()).unwrap()).collect::<Vec<_>>();
        let (of_a, of_b) = (list(a), list(b));
        prop_assert_eq!((of_a[0], of_a[of_a.len() - 1]), (a.first_month(), a.last_month()));
        prop_assert_eq!(a.contains(b), of_b.iter().all(|month| of_a.contains(month)));
        prop_assert_eq!(a.overlaps(b), of_b.iter().any(|month| of_a.contains(month)));
        prop_assert_eq!(Period::from_to(a.first_month(), a.last_month()), Ok(a));
    }

    #[test]
    fn no_text_panics(text in "[a-z0-9/ '-]{0,16}|(year to |q|h|fy )?[0-9]{1,4}[-/ ]?[a-z0-9]{0,4}|\\PC{0,12}") {
        if let Ok(period) = text.parse::<Period>() {
            prop_assert_eq!(period.to_string().parse::<Period>(), Ok(period));
        }
    }
}

#[test]
fn months_without_a_dash_and_first_days_are_read_as_columns_have_them() {
    let months = |texts: &[&str]| -> Result<Vec<String>, crimerate::Error> {
        Period::of_column(texts.iter().copied()).map(|period| Ok(period?.to_string())).collect()
    };
    assert_eq!(months(&["201804", "201805"]).unwrap(), ["April 2018", "May 2018"]);
    assert_eq!(months(&["201110", "201112"]).unwrap(), ["October 2011", "December 2011"]);
    assert_eq!(months(&["201819", "201112"]).unwrap(), ["2018/19", "2011/12"]);
    assert!(
        "201112".parse::<Period>().unwrap_err().to_string().contains("it may be December 2011 or the financial year")
    );
    assert!("201813".parse::<Period>().is_err() && "201899".parse::<Period>().is_err());
    assert_eq!(months(&["2018-05-01", "2018-04-01", "2018-08-01"]).unwrap(), ["May 2018", "April 2018", "August 2018"]);
    assert_eq!(months(&["2020-01-31", "2020-02-29"]).unwrap(), ["January 2020", "February 2020"]);
    assert_eq!(months(&["April 2018", "2018-07-01"]).unwrap(), ["April 2018", "July 2018"]);
    // First days of quarters do not say how long their periods are, and other days are days.
    for texts in [["2018-04-01", "2018-07-01"], ["2018-04-01", "2018-05-02"], ["2018-04-30", "2018-06-31"]] {
        assert!(months(&texts).unwrap_err().to_string().contains("it is a day"), "{texts:?}");
    }
    assert!("2018-04-01".parse::<Period>().is_err());
}
