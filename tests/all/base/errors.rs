//! Errors by their exact text; and what constructors refuse, refused when it is deserialised.

use crate::support::says::says;
use crimerate::{
    Area, Average, Confidence, Error, Interval, Measure, Method, Observation, Order, Panel, PeerGroups, Per,
    Population, Proportion, Rate, Report, Row, Table, Tally, Ties,
    average::ZScale,
    claim::Published,
    funnel::{self, Dispersion, Scale, Trim},
    interval::Correction,
    league::{BandScale, BandSpec},
};
use serde::de::DeserializeOwned;

#[test]
fn small_types_refuse_what_they_cannot_be() {
    says(Rate::new(1, 0), "population is zero, so no rate is defined: correct it, or leave the area out");
    says(Population::new(0), "population is zero, so no rate is defined: correct it, or leave the area out");
    says(Per::new(0), "0 is not a number that rates are read per: it has to be from 1 to 4,294,967,295");
    for text in ["10,00", "4294967296"] {
        let wanted = "a whole number up to 4294967295 in plain digits, such as 100000";
        says(text.parse::<Per>(), &format!("per {text:?} is not {wanted}"));
    }
    says(
        Confidence::new(1.0),
        "1 is not a confidence level: it has to be between 0 and 1, both left out (95 % is 0.95)",
    );
    says(
        Confidence::new(f64::NAN),
        "NaN is not a confidence level: it has to be between 0 and 1, both left out (95 % is 0.95)",
    );
    says("high".parse::<Confidence>(), "confidence \"high\" is not a number between 0 and 1");
    says(Proportion::new(0, 0), "total is zero, so no proportion is defined");
    says(Proportion::new(3, 2), "count 3 is more than the total 2, so it is no proportion");
    says(Area::new(" ", None), "the area has no name: every row needs one");
    says(Observation::from_total(-1), "count is -1, and a total cannot be negative");
    says(Average::fixed(-1.0, Per::THOUSAND), "-1 is not an average: it has to be 0 or from 1e-30 to 1e30");
    says(Average::fixed(f64::NAN, Per::THOUSAND), "NaN is not an average: it has to be 0 or from 1e-30 to 1e30");
    for k in [0.0, -1.0, 10.5, f64::NAN, f64::INFINITY] {
        let expected =
            format!("{k} is not a number of standard deviations for bands: it has to be above 0 and at most 10");
        says(BandSpec::new(k), &expected);
    }
    says(
        "one".parse::<BandSpec>(),
        "number of standard deviations \"one\" is not a number in plain digits, such as 1.5",
    );
    says(Trim::winsorise(0.5), "0.5 is not a fraction to trim at each end: it has to be from 0 to below 0.5");
    says(Trim::drop(f64::NAN), "NaN is not a fraction to trim at each end: it has to be from 0 to below 0.5");
    says(Correction::Holm.of(&[1.5]), "1.5 is not a probability: it has to be from 0 to 1");
    for text in ["", ".", "24.", "1e3", "-1", "24,5", "1.2.3", "0.0000000000000000001", "٣"] {
        let expected = format!("figure {text:?} is not a number in plain digits, such as 24.5");
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
    says("root".parse::<Scale>(), "\"root\" is not a scale: choose sqrt, log or linear");
    says("bonferroni".parse::<Correction>(), "\"bonferroni\" is not an adjustment: choose holm or benjamini-hochberg");
    assert_eq!("bh".parse::<Correction>(), Ok(Correction::BenjaminiHochberg));
    assert_eq!("phe".parse::<Method>(), Ok(Method::Ohid));
    for method in Method::ALL {
        assert_eq!(method.to_string().parse(), Ok(*method));
        assert!(method.name() != "wilson");
    }
}

#[test]
fn an_unknown_name_offers_the_nearest() {
    let rows = [Row::new("West Midlands", 1, 10).code("E23000014"), Row::new("West Mercia", 2, 10)];
    let regions = PeerGroups::from_labels("region", [("West Mercia", "west")]);
    let table = Table::from_rows(rows).unwrap().with_groups(regions).unwrap();
    let area = |text: &str| format!("no area has the name or code {text:?}");
    says(table.index("West Midland"), &(area("West Midland") + "; did you mean \"West Midlands\"?"));
    says(table.index("e23000014"), &(area("e23000014") + "; did you mean \"E23000014\"?"));
    says(table.index("E23000015"), &area("E23000015"));
    says(
        table.clone().merge("west mercia", "West Midlands", "x"),
        &(area("west mercia") + "; did you mean \"West Mercia\"?"),
    );
    says(table.group("regions"), "no set of peer groups has the name \"regions\"; did you mean \"region\"?");
    let panel = Panel::from_tables([("burglary", &table), ("robbery", &table)]).unwrap();
    says(panel.indicator("Robery"), "no indicator has the name \"Robery\"; did you mean \"robbery\"?");
    says(panel.index("West Mercai"), &(area("West Mercai") + "; did you mean \"West Mercia\"?"));
    let figures = panel.compare(Average::MEAN, Per::THOUSAND, [Measure::Rate]);
    let unknown = figures.get(Measure::Rate, "West Mercia", "robery");
    says(unknown, "no indicator has the name \"robery\"; did you mean \"robbery\"?");
    says(
        "Highest".parse::<Order>(),
        "\"Highest\" is not an order: choose highest or lowest; did you mean \"highest\"?",
    );
    says(
        "meen".parse::<Average>(),
        "\"meen\" is not an average: choose pooled, mean or median; did you mean \"mean\"?",
    );
    says(
        "row".parse::<BandScale>(),
        "\"row\" is not a scale of bands: choose raw, log or shapiro-wilk; did you mean \"raw\"?",
    );
}

#[test]
fn figures_that_do_not_exist_say_why() {
    let zero = Table::from_rows([("A", 0, 10), ("B", 0, 20)]).unwrap().compare(Average::POOLED);
    let a = zero.area("A").unwrap();
    says(a.ratio().map_err(Error::from), "the average is zero, so the figure does not exist");
    says(a.percent().map_err(Error::from), "the average is zero, so the figure does not exist");
    says(a.z().map_err(Error::from), "all rates are equal, so the figure does not exist");
    assert_eq!(a.difference(Per::THOUSAND).map(f64::from), Ok(0.0));
    let alone = Table::from_rows([("A", 1, 10)]).unwrap().compare(Average::POOLED.without_self());
    let a = alone.area("A").unwrap();
    says(a.average().map_err(Error::from), "there is no area to average, so the figure does not exist");
    says(a.z().map_err(Error::from), "fewer than two areas are compared, so the figure does not exist");
    let nobody = Table::from_rows([Row::parse("A", "..", "10")]).unwrap().compare(Average::MEAN);
    assert!(nobody.is_empty() && nobody.average().is_err());
    assert!(nobody.per(Per::THOUSAND).to_string().starts_with("0 of 1 area compared.\n"));
    for equal in [vec![("A", 1, 10), ("B", 10, 100), ("C", 100, 1_000)], vec![("A", 7, 70); 1]] {
        let league = Table::from_rows(equal).unwrap().compare(Average::MEAN);
        assert!(
            league.ranked().all(|c| c.rank().value() == 1.0 && c.difference(Per::THOUSAND).map(f64::from) == Ok(0.0))
        );
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
    accepted::<funnel::Spec>(r#"{"dispersion":"additive","scale":"log","trim":{"rule":"drop","fraction":0.1}}"#);
    refused::<funnel::Spec>(r#"{"dispersion":"additive","scale":"log","trim":{"rule":"drop","fraction":0.5}}"#);
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
    assert_eq!(
        why(tally.unwrap_err()),
        "the serialised tally contradicts itself: 0 areas cannot have count 5 and population 10"
    );
    let interval = serde_json::from_str::<Interval>(r#"{"lower":2.5,"upper":1.0,"confidence":0.95,"clamped":false}"#);
    assert_eq!(
        why(interval.unwrap_err()),
        "the serialised interval contradicts itself: there is no interval from 2.5 to 1"
    );
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
