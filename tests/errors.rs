//! Each kind of error, by its exact text; and what constructors refuse, refused when it is deserialised.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use crimerate::{
    Adjustment, Area, Average, BandScale, BandSpec, Confidence, Dispersion, Error, FunnelSpec, Interval, LeftOut,
    Method, Observation, Order, Per, Population, Proportion, Published, Rate, Report, Row, Scale, Table, Tally, Ties,
    Trim, ZScale, ndarray::array,
};
use serde::de::DeserializeOwned;

#[track_caller]
fn says<T>(result: Result<T, Error>, expected: &str) {
    match result {
        Ok(_) => panic!("accepted, where this was expected: {expected}"),
        Err(error) => assert_eq!(error.to_string(), expected),
    }
}

fn rows(rows: &[(&str, &str, &str)]) -> Vec<Row> {
    let lines = rows.iter().zip(2..);
    lines.map(|((area, count, people), line)| Row::parse(area, count, people).line(line)).collect()
}

#[test]
fn rows_are_refused_with_area_row_fact_and_value() {
    let faulty = rows(&[
        ("Kent", "729", "0"),
        ("Essex", "1,119", "1832800"),
        ("Kent", "..", "1846500"),
        ("", "5", "10"),
        ("Surrey", "-4", "1189900"),
        ("Sussex", "12", ""),
        ("Dorset", "12", "many"),
        ("Durham", "18446744073709551616", "-5"),
        ("Devon", "5", ".."),
    ]);
    let found: Vec<String> = Table::check(faulty.clone()).iter().map(ToString::to_string).collect();
    let most = u64::MAX;
    let not_a_count = |text: &str| {
        format!("count {text:?} is neither a whole number from 0 to {most} nor one of ``, `..`, `:`, `[x]`, `[c]`, `*`")
    };
    assert_eq!(
        found,
        [
            "Kent: row 2: population is zero, so no rate is defined".into(),
            format!("Essex: row 3: {}", not_a_count("1,119")),
            "Kent: row 4: the name stands in row 2 already".into(),
            "row 5: the area has no name".into(),
            "Surrey: row 6: count is -4, and a total cannot be negative".into(),
            "Sussex: row 7: population is not given, so no rate is defined".into(),
            format!("Dorset: row 8: population \"many\" is not a whole number from 0 to {most}"),
            format!("Durham: row 9: {}", not_a_count("18446744073709551616")),
            format!("Durham: row 9: population \"-5\" is not a whole number from 0 to {most}"),
            "Devon: row 10: population is not given, so no rate is defined".into(),
        ]
    );
    says(Table::from_rows(faulty), &found[0]);
    assert_eq!(Table::check([("Kent", 729, 1_846_500)]), []);
}

#[test]
fn rows_of_numbers_count_from_one() {
    says(
        Table::from_rows([("Kent", 729, 1_846_500), ("Heathrow", 12, 0)]),
        "Heathrow: row 2: population is zero, so no rate is defined",
    );
    let codes = [Row::new("Kent", 1, 10).code("E23000032"), Row::new("Essex", 1, 10).code("E23000032")];
    says(Table::from_rows(codes), "Essex: row 2: the code \"E23000032\" stands in row 1 already");
    says(
        Table::from_rows([Row::from_total("Kent", -36, 10)]),
        "Kent: row 1: count is -36, and a total cannot be negative",
    );
    says(Table::from_rows(Vec::<Row>::new()), "there is no row, so there is nothing to compare");
    assert_eq!(Table::check(Vec::<Row>::new()).len(), 1);
}

#[test]
fn columns_have_one_length() {
    let (two, three) = (array![1_u64, 2], array![1_u64, 2, 3]);
    says(
        Table::from_columns(["A", "B"], three.view(), two.view()),
        "the column count has 3 values, where there should be 2",
    );
    says(
        Table::from_columns(["A", "B"], two.view(), three.view()),
        "the column population has 3 values, where there should be 2",
    );
    assert_eq!(
        Table::from_columns(["A", "B"], two.view(), two.view()).unwrap(),
        Table::from_rows([("A", 1, 1), ("B", 2, 2)]).unwrap()
    );
}

#[test]
fn lookups_and_exclusions_name_what_is_unknown() {
    let table = || Table::from_rows([Row::new("Kent", 1, 10).code("E23000032"), ("Essex", 2, 10).into()]).unwrap();
    says(table().exclude("Heathrow", "no residents"), "no area has the name or code \"Heathrow\"");
    says(table().exclude("Kent", " "), "Kent: an exclusion, or any other policy, needs a reason");
    says(table().index("kent"), "no area has the name or code \"kent\"");
    assert_eq!(table().index("E23000032").unwrap(), table().index(" Kent ").unwrap());
    let league = table().exclude("E23000032", "tried").unwrap().compare(Average::POOLED);
    says(league.area("Kent"), "Kent: the area takes no part: excluded: tried");
    says(league.area("Heathrow"), "no area has the name or code \"Heathrow\"");
}

#[test]
fn invalid_areas_may_be_left_out_but_nothing_else_may() {
    let given = rows(&[("Kent", "1", "10"), ("Heathrow", "12", "0"), ("Gatwick", "3", ""), ("Essex", "..", "20")]);
    let league = Table::from_rows_leaving_out(given).unwrap().compare(Average::POOLED);
    let left_out: Vec<_> = league.left_out().map(|(area, why)| format!("{area}: {why}")).collect();
    assert_eq!(
        left_out,
        [
            "Heathrow: population zero, so no rate",
            "Gatwick: population not given, so no rate",
            "Essex: count not available"
        ]
    );
    assert!(matches!(league.left_out().next(), Some((_, LeftOut::ZeroPopulation))));
    says(
        Table::from_rows_leaving_out(rows(&[("Kent", "1", "10"), ("Kent", "1", "0")])),
        "Kent: row 3: the name stands in row 2 already",
    );
    assert!(Table::from_rows_leaving_out(rows(&[("Kent", "x", "10")])).is_err());
    assert!(Table::from_rows_leaving_out(rows(&[("Kent", "1", "x")])).is_err());
}

#[test]
fn small_types_refuse_what_they_cannot_be() {
    says(Rate::new(1, 0), "population is zero, so no rate is defined");
    says(Population::new(0), "population is zero, so no rate is defined");
    says(Per::new(0), "a rate cannot be read per 0");
    says("1,000".parse::<Per>(), "\"1,000\" is not a figure in plain digits, such as 24.5");
    says("4294967296".parse::<Per>(), "\"4294967296\" is not a figure in plain digits, such as 24.5");
    says(Confidence::new(1.0), "confidence 1 is not between 0 and 1, both left out (95 % is 0.95)");
    says(Confidence::new(f64::NAN), "confidence NaN is not between 0 and 1, both left out (95 % is 0.95)");
    says("high".parse::<Confidence>(), "confidence \"high\" is not a number between 0 and 1");
    says(Proportion::new(0, 0), "total is zero, so no proportion is defined");
    says(Proportion::new(3, 2), "count 3 is more than the total 2, so it is no proportion");
    says(Area::new(" ", None), "the area has no name");
    says(Observation::from_total(-1), "count is -1, and a total cannot be negative");
    says(Average::fixed(-1.0, Per::THOUSAND), "-1 is not an average: it has to be 0 or from 1e-30 to 1e30");
    says(Average::fixed(f64::NAN, Per::THOUSAND), "NaN is not an average: it has to be 0 or from 1e-30 to 1e30");
    for k in [0.0, -1.0, 10.5, f64::NAN, f64::INFINITY] {
        let expected = format!("{k} standard deviations make no band: it has to be above 0 and at most 10");
        says(BandSpec::new(k), &expected);
    }
    says("one".parse::<BandSpec>(), "\"one\" is not a figure in plain digits, such as 24.5");
    says(Trim::winsorise(0.5), "0.5 cannot be trimmed at each end: it has to be from 0 to below 0.5");
    says(Trim::drop(f64::NAN), "NaN cannot be trimmed at each end: it has to be from 0 to below 0.5");
    says(Adjustment::Holm.of(&[1.5]), "1.5 is not a probability from 0 to 1");
    for text in ["", ".", "24.", ".5", "1e3", "-1", "24,5", "1.2.3", "0.0000000000000000001", "٣"] {
        let expected = format!("{text:?} is not a figure in plain digits, such as 24.5");
        says(Published::new(text, Per::THOUSAND), &expected);
    }
}

#[test]
fn choices_name_what_there_is() {
    says(
        "wilson".parse::<Method>(),
        "\"wilson\" is not an interval method: choose exact, mid-p, byar, rothman-boice, ohid, score or jeffreys",
    );
    says("best".parse::<Order>(), "\"best\" is not an order: choose highest or lowest");
    says(
        "joint".parse::<Ties>(),
        "\"joint\" is not a rule for ties: choose competition, dense, ordinal, average or maximum",
    );
    says("mad".parse::<ZScale>(), "\"mad\" is not a scale of z: choose standard, log or robust");
    says("auto".parse::<BandScale>(), "\"auto\" is not a scale of bands: choose raw, log or shapiro-wilk");
    says("mode".parse::<Average>(), "\"mode\" is not an average: choose pooled, mean or median");
    says("random".parse::<Dispersion>(), "\"random\" is not a dispersion: choose none, multiplicative or additive");
    says("root".parse::<Scale>(), "\"root\" is not a scale: choose sqrt or log");
    says("bonferroni".parse::<Adjustment>(), "\"bonferroni\" is not an adjustment: choose holm or benjamini-hochberg");
    assert_eq!("bh".parse::<Adjustment>(), Ok(Adjustment::BenjaminiHochberg));
    assert_eq!("phe".parse::<Method>(), Ok(Method::Ohid));
    for method in Method::ALL {
        assert_eq!(method.to_string().parse(), Ok(*method));
        assert!(method.name() != "wilson");
    }
}

#[test]
fn figures_that_do_not_exist_say_why() {
    let zero = Table::from_rows([("A", 0, 10), ("B", 0, 20)]).unwrap().compare(Average::POOLED);
    let a = zero.area("A").unwrap();
    says(a.ratio().map_err(Error::from), "the average is zero, so the figure does not exist");
    says(a.percent().map_err(Error::from), "the average is zero, so the figure does not exist");
    says(a.z().map_err(Error::from), "all rates are equal, so the figure does not exist");
    assert_eq!(a.difference(Per::THOUSAND), Ok(0.0));
    let alone = Table::from_rows([("A", 1, 10)]).unwrap().compare(Average::POOLED.without_self());
    let a = alone.area("A").unwrap();
    says(a.average().map_err(Error::from), "there is no area to average, so the figure does not exist");
    says(a.z().map_err(Error::from), "fewer than two areas are compared, so the figure does not exist");
    let nobody = Table::from_rows([Row::parse("A", "..", "10")]).unwrap().compare(Average::MEAN);
    assert!(nobody.is_empty() && nobody.average().is_err());
    assert!(nobody.per(Per::THOUSAND).to_string().starts_with("0 of 1 area compared.\n"));
    for equal in [vec![("A", 1, 10), ("B", 10, 100), ("C", 100, 1_000)], vec![("A", 7, 70); 1]] {
        let league = Table::from_rows(equal).unwrap().compare(Average::MEAN);
        assert!(league.ranked().all(|c| c.rank().value() == 1.0 && c.difference(Per::THOUSAND) == Ok(0.0)));
    }
}

#[test]
fn deserialising_refuses_what_constructors_refuse() {
    fn refused<T: DeserializeOwned>(json: &str) {
        assert!(serde_json::from_str::<T>(json).is_err(), "accepted {json}");
    }
    fn accepted<T: DeserializeOwned>(json: &str) {
        assert!(serde_json::from_str::<T>(json).is_ok(), "refused {json}");
    }
    accepted::<Rate>(r#"{"count":1,"population":2}"#);
    refused::<Rate>(r#"{"count":1,"population":0}"#);
    refused::<Rate>(r#"{"count":-1,"population":2}"#);
    refused::<Per>("0");
    refused::<Population>("0");
    refused::<Confidence>("1.0");
    refused::<Proportion>(r#"{"count":3,"total":2}"#);
    refused::<Area>(r#"{"name":""}"#);
    refused::<Method>(r#""wilson""#);
    accepted::<Tally>(r#"{"count":"5","population":"10","areas":1}"#);
    refused::<Tally>(r#"{"count":"5","population":"10","areas":0}"#);
    refused::<Tally>(r#"{"count":"0","population":"1","areas":2}"#);
    refused::<Tally>(r#"{"count":"18446744073709551616","population":"10","areas":1}"#);
    refused::<Tally>(r#"{"count":"x","population":"10","areas":1}"#);
    refused::<Interval>(r#"{"lower":2.0,"upper":1.0,"confidence":0.95,"clamped":false}"#);
    refused::<Published>(r#"{"value":"24.","per":1000}"#);
    refused::<Average>(r#"{"rule":{"fixed":{"value":-1.0,"per":1000}},"with_self":true}"#);
    accepted::<FunnelSpec>(r#"{"dispersion":"additive","scale":"log","trim":{"rule":"drop","fraction":0.1}}"#);
    refused::<FunnelSpec>(r#"{"dispersion":"additive","scale":"log","trim":{"rule":"drop","fraction":0.5}}"#);
    refused::<Table>(r#"{"rows":[]}"#);
    refused::<Table>(
        r#"{"rows":[{"area":"A","count":{"known":1},"population":1},{"area":"A","count":{"known":1},"population":1}]}"#,
    );
    accepted::<Table>(r#"{"rows":[{"area":"A","count":{"known":1},"population":1}]}"#);
}

#[test]
fn refusals_in_deserialising_say_why() {
    let why = |error: serde_json::Error| error.to_string();
    let tally = serde_json::from_str::<Tally>(r#"{"count":"5","population":"10","areas":0}"#);
    assert_eq!(why(tally.unwrap_err()), "a tally of 0 areas cannot have count 5 and population 10");
    let interval = serde_json::from_str::<Interval>(r#"{"lower":2.5,"upper":1.0,"confidence":0.95,"clamped":false}"#);
    assert_eq!(why(interval.unwrap_err()), "2.5 to 1 is not an interval");
    let method = serde_json::from_str::<Method>(r#""wilson""#);
    assert!(why(method.unwrap_err()).starts_with("\"wilson\" is not an interval method: choose exact,"));
}

#[test]
fn a_report_that_was_tampered_with_is_refused() {
    let table = Table::from_rows([("Durham", 165, 633_500), ("Dorset", 273, 772_300)]).unwrap();
    let json = serde_json::to_string(&table.compare(Average::POOLED).per(Per::HUNDRED_THOUSAND)).unwrap();
    for (old, new, expected) in [
        ("\"rank\":1", "\"rank\":2", "Dorset: rank is given as 2, but its counts and populations give 1"),
        ("\"count\":273", "\"count\":274", "Dorset: count is given as 274, but its counts and populations give 273"),
        (
            "\"area\":\"Durham\"",
            "\"area\":\"Devon\"",
            "Durham: area is given as Devon, but its counts and populations give Durham",
        ),
    ] {
        assert!(json.contains(old), "{old} in {json}");
        let error = serde_json::from_str::<Report>(&json.replacen(old, new, 1)).unwrap_err();
        assert!(error.to_string().starts_with(expected), "{error}");
    }
}
