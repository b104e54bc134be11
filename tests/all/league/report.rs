//! What a report says in words: its lines in their order, and its notes.

use crimerate::{
    Average, Basis, Compare, Method, Observation, Order, Per, Rate, Report, Row, Table, Ties,
    claim::{Published, Rounding},
    funnel::Dispersion,
    league::BandSpec,
    smoothing::Estimator,
};
use serde_json::{Value, json};

const PER: Per = Per::THOUSAND;

fn table() -> Table {
    let rows = [("A", 10, 1_000), ("B", 40, 2_000), ("C", 30, 2_000), ("D", 10, 1_000)];
    Table::from_rows(rows).unwrap()
}

fn text(table: &Table, how: impl Into<Compare>) -> String {
    table.compare(how).per(PER).to_string()
}

/// The first words of the lines of the table: rank and area.
fn places(text: &str) -> Vec<String> {
    let lines = text.lines().skip(2).take_while(|line| !line.is_empty());
    lines.map(|line| line.split_whitespace().take(2).collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn the_average_stands_in_its_place() {
    // Pooled, the average is 15.0, which C has too: an equal rate comes before the average.
    assert_eq!(places(&text(&table(), Average::POOLED)), ["1 B", "2 C", "Average (pooled)", "3 A", "3 D"]);
    let lowest = Compare::with(Average::POOLED).with_order(Order::Lowest).with_ties(Ties::Ordinal);
    assert_eq!(places(&text(&table(), lowest)), ["1 A", "2 D", "3 C", "Average (pooled)", "4 B"]);
    let below_all = Average::fixed(1.0, PER).unwrap();
    assert_eq!(places(&text(&table(), below_all)).last().unwrap(), "Average (fixed");
    assert_eq!(places(&text(&table(), Average::POOLED.without_self())), ["1 B", "2 C", "3 A", "3 D"]);
}

#[test]
fn only_a_pooled_average_has_sums() {
    let line = |average| text(&table(), average).lines().find(|line| line.contains("Average (")).unwrap().to_owned();
    let squeezed = |average| line(average).split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(squeezed(Average::POOLED), "Average (pooled) 90 6,000 15.0");
    assert_eq!(squeezed(Average::MEAN), "Average (mean of rates) 13.8");
    assert_eq!(squeezed(Average::MEDIAN), "Average (median) 12.5");
}

#[test]
fn notes_name_every_choice() {
    let how = Compare::with(Average::MEAN.without_self())
        .with_order(Order::Lowest)
        .with_ties(Ties::Dense)
        .with_interval(Method::Byar);
    let table = table().with_basis(
        Basis::new().with_count("thefts").with_period("2020").with_population("residents").with_source("us"),
    );
    let (_, notes) = text(&table, how).split_once("\n\n").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    assert_eq!(
        notes,
        "4 of 4 areas compared.\n\
         Average: mean of rates, the area itself left out; with every area in it, 13.8 per 1,000 over 4 areas.\n\
         Intervals: byar at 95 %; Poisson variation only.\n\
         Ranks: of 4, lowest rate first, dense ties; compared before rounding.\n\
         z: (rate - 13.75) / 4.79, the mean and standard deviation (n - 1) of the 4 rates.\n\
         Basis: thefts, 2020; population: residents; source: us."
    );
    let fixed = text(&table, Average::fixed(20.4, PER).unwrap());
    assert!(fixed.contains("\nAverage: fixed at 20.4 per 1,000.\n"), "{fixed}");
}

#[test]
fn suppressed_counts_are_bounded_where_they_can_be() {
    let with = |suppressed: Observation| {
        let rows = [Row::new("A", 60, 3_000), Row::new("B", suppressed, 1_000)];
        text(&Table::from_rows(rows).unwrap(), Average::POOLED)
    };
    let bounded = with(Observation::Suppressed { at_least: 0, at_most: Some(4) });
    assert!(bounded.contains("Average: pooled, 20.0 per 1,000 over 1 area.\n"), "{bounded}");
    assert!(bounded.contains("With 1 suppressed count in, the pooled average lies from 15.0 to 16.0 per 1,000.\n"));
    assert!(
        bounded.contains("Left out: B, count suppressed, at most 4 (its rate is 0.00 to 4.00 per 1,000).\n"),
        "{bounded}"
    );
    let open = with("[c]".parse().unwrap());
    assert!(open.contains("is at least 15.0 per 1,000; no upper bound is known.\n"), "{open}");
}

#[test]
fn missing_figures_have_their_reasons() {
    let zero = Table::from_rows([("A", 0, 10), ("B", 0, 20)]).unwrap().compare(Average::POOLED).per(PER);
    let text = zero.to_string();
    assert!(text.contains("No ratio and no per cent for A, B: the average is zero.\n"), "{text}");
    assert!(text.contains("z: undefined, all rates are equal.") && !text.contains("NaN"), "{text}");
    assert_eq!(zero.rows().next().unwrap().note.unwrap(), "the average is zero; all rates are equal");
    let alone = Table::from_rows([("A", 1, 10)]).unwrap().compare(Average::POOLED.without_self()).per(PER);
    let note = alone.rows().next().unwrap().note.unwrap();
    assert_eq!(note, "there is no area to average; fewer than two areas are compared");
    let big = u64::MAX;
    let close = Table::from_rows([("A", big, big), ("B", big - 1, big)]).unwrap().compare(Average::POOLED);
    assert_eq!(close.area("B").unwrap().rank().to_string(), "2");
    assert_eq!(
        close.area("B").unwrap().z().unwrap_err().to_string(),
        "the rates differ by less than a double can show"
    );
}

#[test]
fn names_stay_as_they_are_on_one_line() {
    let rows = [("King's Lynn \"and\" Ynys Môn", 1, 10), ("two\nlines", 2, 10)];
    let table = Table::from_rows(rows).unwrap().exclude("two\nlines", "a\r\nreason").unwrap();
    let text = text(&table, Average::POOLED);
    assert!(text.contains("King's Lynn \"and\" Ynys Môn"), "{text}");
    assert!(text.contains("Left out: two\\nlines, excluded: a\\r\\nreason (its rate is 200.0 per 1,000).\n"), "{text}");
    assert!(!text.contains('\r'));
}

#[test]
fn equal_rates_are_their_own_average_with_and_without_themselves() {
    for average in [Average::POOLED, Average::MEAN, Average::MEDIAN] {
        let equal = Table::from_rows([("A", 1, 5), ("B", 2, 10), ("C", 3, 15), ("D", 7, 35)]).unwrap();
        for how in [average, average.without_self()] {
            for comparison in equal.compare(how).ranked() {
                assert_eq!(
                    (comparison.difference(PER).map(f64::from), comparison.ratio()),
                    (Ok(0.0), Ok(1.0)),
                    "{how}"
                );
            }
        }
        let odd = Table::from_rows([("A", 1, 5), ("B", 2, 10), ("C", 9, 15), ("D", 7, 35)]).unwrap();
        let others = odd.compare(average.without_self());
        assert_eq!(others.area("C").unwrap().average().unwrap().per(Per::ONE).value(), 0.2, "{average}");
    }
}

#[test]
fn a_fixed_average_is_read_per_its_own_people() {
    let league = Table::from_rows([("A", 30, 1_000)]).unwrap().compare(Average::fixed(20.0, PER).unwrap());
    let a = league.area("A").unwrap();
    assert_eq!(a.ratio(), Ok(1.5));
    assert_eq!(a.average().unwrap().per(Per::HUNDRED_THOUSAND).value(), 2_000.0);
    assert_eq!(a.average().unwrap().per(PER).value(), 20.0);
    for value in [f64::MAX, 1e-320, f64::INFINITY, -0.1] {
        assert!(Average::fixed(value, Per::ONE).is_err(), "{value}");
    }
}

#[test]
fn rounding_rules_differ_at_exact_ties_only() {
    let rate = Rate::new(1, 4).unwrap();
    let check = |text: &str, rounding| Published::new(text, Per::ONE).unwrap().check(rate, rounding).to_string();
    let (away, even) = (Rounding::HalfAwayFromZero, Rounding::HalfToEven);
    assert_eq!(check("0.3", away), "0.3 per 1 on a population of 4 implies a count of 1; 1 (0.3 per 1) agrees");
    assert_eq!(
        check("0.2", away),
        "0.2 per 1 on a population of 4 implies no whole number of counts; 1 (0.3 per 1) does not agree; it would fit a \
         population of 5 to 6"
    );
    assert_eq!(check("0.2", even), "0.2 per 1 on a population of 4 implies a count of 1; 1 (0.2 per 1) agrees");
    assert_eq!(
        check("0.3", even),
        "0.3 per 1 on a population of 4 implies no whole number of counts; 1 (0.25 per 1) does not agree; it would fit a \
         population of 3"
    );
}

#[test]
fn published_figures_are_compared_per_the_same_people() {
    let a = Published::new("29.8", Per::THOUSAND).unwrap();
    let b = Published::new("2040", Per::HUNDRED_THOUSAND).unwrap();
    assert_eq!(format!("{:.3}", a.ratio(b).unwrap()), "1.461 (1.458 to 1.464)");
    assert_eq!(format!("{:.2}", a.difference(b)), "9.40 (9.34 to 9.46)");
    assert!(a.ratio(Published::new("0", Per::THOUSAND).unwrap()).is_none());
    assert!(a.percent(Published::new("0.0", Per::THOUSAND).unwrap()).is_none());
}

#[test]
fn a_report_is_refused_if_a_figure_is_off_by_a_millionth() {
    let json = serde_json::to_value(table().compare(Average::POOLED).per(PER)).unwrap();
    for column in ["rate", "lower", "upper", "average", "difference", "ratio", "percent", "z"] {
        let mut forged = json.clone();
        let value = forged["rows"][1][column].as_f64().unwrap();
        forged["rows"][1][column] = (value * (1.0 + 1e-6)).into();
        assert!(serde_json::from_value::<Report>(forged).is_err(), "{column}");
    }
    assert!(serde_json::from_value::<Report>(json).is_ok());
}

/// Every figure of every kind of report, whole numbers and words too, and what is no rank at all.
#[test]
fn a_report_is_refused_if_any_line_says_something_else() {
    fn refused<R: serde::Serialize + serde::de::DeserializeOwned + std::fmt::Debug>(
        report: &R,
        others: &[(&str, Value)],
    ) {
        let json = serde_json::to_value(report).unwrap();
        for (column, other) in others {
            let mut forged = json.clone();
            assert_ne!(forged["rows"][1].get_mut(*column).expect(column), other, "{column}");
            forged["rows"][1][*column] = other.clone();
            let error = serde_json::from_value::<R>(forged).unwrap_err().to_string();
            assert!(error.contains(&format!("B: {column} is given as ")) || error.contains("is not a rank"), "{error}");
        }
        let mut short = json.clone();
        short["rows"].as_array_mut().unwrap().pop();
        let error = serde_json::from_value::<R>(short).unwrap_err().to_string();
        assert!(error.starts_with("rows is given as 3, but its counts and populations give 4"), "{error}");
        let mut named = json;
        named["rows"][1]["area"] = "X".into();
        let error = serde_json::from_value::<R>(named).unwrap_err().to_string();
        assert!(error.starts_with("B: area is given as X, but"), "{error}");
    }
    let league = table().compare(Average::POOLED);
    let counts = [("count", json!(41)), ("population", json!(null)), ("rate", json!(20.001))];
    let with = |others: &[(&'static str, Value)]| [&counts, others].concat();
    let others = [
        ("average_areas", json!(3)),
        ("rank", json!(2)),
        ("rank", json!(1.5)),
        ("rank", json!(1.2)),
        ("rank", json!(0)),
        ("band", json!("within")),
        ("percentile", json!(null)),
    ];
    refused(&league.per(PER).with_bands(BandSpec::ONE), &with(&others));
    let others =
        [("beyond", json!(0.998)), ("naive_position", json!("low")), ("limits", json!([])), ("p", json!(null))];
    refused(&league.funnel(Dispersion::Additive).per(PER), &with(&others));
    refused(&league.smooth(Estimator::Marshall).per(PER), &with(&[("p_above", json!(1)), ("weight", json!(null))]));
}
