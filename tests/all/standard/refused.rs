//! What is refused, and what is left out with its reason.

use crate::support::{json::again, says::says};
use crimerate::{
    Average, Basis, Observation, Per, Reason, Row,
    ndarray::array,
    read::{Document, Role},
    records::Absent,
    standard::{Offences, ReferenceRates, StandardPopulation, Strata, StratumRow, Unweighted, Weights},
};

const ROWS: [(&str, &str, u64, u64); 4] =
    [("A", "m", 3, 100), ("A", "f", 4, 200), ("B", "m", 5, 300), ("B", "f", 6, 400)];

#[test]
fn every_fault_is_named_by_area_and_stratum() {
    let faults = |rows: Vec<StratumRow>| Strata::check(rows).iter().map(ToString::to_string).collect::<Vec<_>>();
    let row = |area: &str, stratum: &str, count: &str, people: &str| StratumRow::parse(area, stratum, count, people);
    assert_eq!(
        faults(vec![
            row("A", "m", "x", "100"),
            row("A", "f", "4", "0"),
            row("A", " ", "4", "1"),
            row("B", "m", "1", "")
        ]),
        [
            "A: m: row 1: count \"x\" is not a whole number from 0 to 18446744073709551615 or one of ``, `..`, `:`, `[x]`, `NA`, `[c]`, `*`, `1-9`, `<5`, `>=10`",
            "A: f: row 2: population is zero, so no rate is defined: correct it, or leave the area out",
            "A: row 3: the row has no stratum: every row needs one",
            "B: m: row 4: population is not given, so no rate is defined: add it, or leave the area out",
        ]
    );
    assert_eq!(
        faults(vec![row("A", "0-4", "1", "9"), row("A", "0 to 4", "1", "9").line(12)]),
        ["A: 0 to 4: row 12: the stratum \"0 to 4\" stands in row 1 already"]
    );
    assert_eq!(
        faults(ROWS[..3].iter().map(|row| StratumRow::from(*row)).collect()),
        ["B: row 3: the area has no stratum \"f\", which other areas have: add its row, or merge strata"]
    );
    let coded = |row: (&str, &str, u64, u64), code: &str| StratumRow::from(row).code(code);
    assert_eq!(
        faults(vec![coded(ROWS[0], "E1"), coded(("C", "f", 1, 1), "E1")]),
        ["C: f: row 2: the name is C here and A there, so the two cannot be compared"]
    );
    let same_name =
        [coded(ROWS[0], "E1"), coded(ROWS[1], "E1"), coded(("A", "m", 9, 9), "E2"), coded(("A", "f", 9, 9), "E2")];
    assert_eq!(Strata::from_rows(same_name).unwrap().len(), 2);
    says(
        Strata::from_rows([("A", "m", u64::MAX, 1), ("A", "f", 1, 1)]),
        "A: row 1: the sum of its counts, or of its populations, is more than 18,446,744,073,709,551,615: compare smaller areas",
    );
    says(Strata::from_rows(Vec::<StratumRow>::new()), "there is no row, so there is nothing to compare");
    let people = array![[100_u64, 200]];
    says(
        Strata::from_arrays(["A"], ["m"], array![[1_u64, 2]].view(), people.view()),
        "the shape of the counts is 1 x 2, where it should be 1 x 1 (areas x strata)",
    );
    assert_eq!(
        Strata::from_arrays(["A"], ["m", "f"], array![[3_u64, 4]].view(), people.view())
            .unwrap()
            .table()
            .rate(0)
            .unwrap()
            .unwrap()
            .count(),
        7
    );
}

#[test]
fn people_who_would_be_counted_twice_are_refused() {
    says(
        Strata::from_rows([("A", "0-9", 1, 1), ("A", "m", 1, 1), ("A", "9 to 14", 1, 1)]),
        "0-9: it shares people with the stratum \"9 to 14\", so they would be counted twice: take bands of ages that do not overlap",
    );
    assert!(Strata::from_rows([("A", "0-9", 1, 1), ("A", "10+", 1, 1)]).is_ok());
    let total = "it has the count and the population of all other strata together: a total counts everyone twice: leave its rows out";
    let total = |label: &str| format!("{label}: in every area {total}");
    let with = |label: &'static str, b: [(u64, u64); 3]| {
        let rows = [("A", "m", 3, 100), ("A", "f", 4, 200), ("A", label, 7, 300)];
        let [m, f, all] = b;
        Strata::from_rows(rows.into_iter().chain([
            ("B", "m", m.0, m.1),
            ("B", "f", f.0, f.1),
            ("B", label, all.0, all.1),
        ]))
    };
    let (sum, other) = ([(5, 300), (6, 400), (11, 700)], [(5, 300), (6, 400), (12, 700)]);
    let rounded = [(5, 300), (6, 400), (11, 701)];
    // What is called a total is one, though its figures were rounded, or have those whose age is not known.
    let called = |label: &str, parts: &str, people: [u32; 2]| {
        format!(
            "A: {label}: it is called a total, and has {} people where {parts} have {} together: a total counts everyone twice: leave its rows out, or call it something else if it is none",
            people[0], people[1]
        )
    };
    for label in ["All ages", "Persons", "x"] {
        says(with(label, sum), &total(label));
    }
    for label in ["All ages", "Persons", "Total, both sexes"] {
        for figures in [other, rounded, [(0, 300), (0, 400), (0, 700)]] {
            says(with(label, figures), &called(label, "\"m\" and \"f\"", [300, 300]));
        }
    }
    for label in ["x", "All others", "Persons not stated"] {
        assert!(with(label, other).is_ok() && with(label, rounded).is_ok());
        // Of one area with counts only a name tells.
        assert!(with(label, [(0, 300), (0, 400), (0, 700)]).is_ok());
    }
    says(Strata::from_rows([("A", "m", 3, 100), ("A", "Persons", 3, 100)]), &called("Persons", "\"m\"", [100, 100]));
    assert!(Strata::from_rows([("A", "m", 3, 100), ("A", "f", 3, 100)]).is_ok());
    assert!(Strata::from_rows([("A", "All", 3, 100), ("B", "All", 3, 100)]).is_ok());
    let hidden = |label: &str| {
        let rows = [("A", "m", Observation::SUPPRESSED, 100), ("A", "f", Observation::Known(4), 200)];
        Strata::from_rows(rows.into_iter().chain([("A", label, Observation::Known(6), 300)]))
    };
    says(hidden("All"), &called("All", "\"m\" and \"f\"", [300, 300]));
    assert!(hidden("x").is_ok());
}

/// Strata of two columns are looked at column by column: sexes of one age, ages of one sex, and both.
#[test]
fn strata_of_several_columns_are_checked_column_by_column() {
    let of = |cells: &[(&'static str, u64, u64)]| {
        let rows = |area: &'static str, times: u64| {
            cells.iter().map(move |(label, x, n)| (area, *label, x * times, n * times))
        };
        Strata::from_rows(rows("A", 1).chain(rows("B", 3)))
    };
    let total = "a total counts everyone twice: leave its rows out";
    let sexes = [("F, 0-64", 3, 100), ("M, 0-64", 4, 110), ("F, 65+", 1, 50), ("M, 65+", 2, 40)];
    assert!(of(&sexes).is_ok());
    let with = |more: &[(&'static str, u64, u64)]| of(&[&sexes, more].concat());
    says(
        with(&[("All, 0-64", 7, 210), ("All, 65+", 3, 90)]),
        &format!(
            "All, 0-64: in every area it has the count and the population of \"F, 0-64\" and \"M, 0-64\" together: {total}"
        ),
    );
    says(
        with(&[("x, 0-64", 7, 210), ("x, 65+", 3, 90)]),
        &format!(
            "x, 0-64: in every area it has the count and the population of \"F, 0-64\" and \"M, 0-64\" together: {total}"
        ),
    );
    says(
        with(&[("All, 65+", 9, 91)]),
        &format!(
            "A: All, 65+: it is called a total, and has 91 people where \"F, 65+\" and \"M, 65+\" have 90 together: {total}, or call it something else if it is none"
        ),
    );
    says(
        with(&[("F, All ages", 4, 151), ("M, All ages", 6, 152)]),
        &format!(
            "A: F, All ages: it is called a total, and has 151 people where \"F, 0-64\" and \"F, 65+\" have 150 together: {total}, or call it something else if it is none"
        ),
    );
    says(
        with(&[("All", 10, 301)]),
        &format!(
            "A: All: it is called a total, and has 301 people where \"F, 0-64\", \"M, 0-64\", \"F, 65+\" and \"M, 65+\" have 300 together: {total}, or call it something else if it is none"
        ),
    );
    says(
        with(&[("F, 60-70", 1, 9)]),
        "F, 0-64: it shares people with the stratum \"F, 60-70\", so they would be counted twice: take bands of ages that do not overlap",
    );
    // Ages that are not split by sex, and ages that are: nobody is in two.
    assert!(of(&[("All, 0-15", 3, 100), ("F, 16+", 4, 110), ("M, 16+", 1, 50)]).is_ok());
    assert!(of(&[("F, 0-15", 3, 100), ("F, 16+", 4, 110), ("M, 0-64", 1, 50), ("M, 65+", 1, 50)]).is_ok());
}

/// Ages have many spellings beside a sex, too.
#[test]
fn ages_within_strata_of_several_columns_are_one_however_spelt() {
    for (one, other) in [
        ("F, 65+", "F, 65 and over"),
        ("F 65+", "F aged 65 and over"),
        ("65+ F", "65 or over, f"),
        ("F, 65+", "f 65 plus"),
    ] {
        says(
            Strata::from_rows([("A", one, 3, 100), ("A", other, 4, 200)]),
            &format!("A: {other}: row 2: the stratum {other:?} stands in row 1 already"),
        );
        let strata = Strata::from_rows([
            ("A", one, 3, 100),
            ("A", "M, 65+", 4, 200),
            ("B", "M 65+", 1, 50),
            ("B", other, 7, 50),
        ])
        .unwrap();
        assert_eq!(strata.labels(), [one, "M, 65+"]);
        assert_eq!(strata.cell("B", one).unwrap().0, Observation::Known(7));
        let own = StandardPopulation::new("own", [(other, 2.0), ("M 65 years and over", 1.0)]).unwrap();
        assert_eq!(strata.direct(&own).unwrap().iter().count(), 2);
    }
    says(
        Strata::from_rows([("A", "F 0-64", 3, 100), ("A", "F 60+", 4, 200)]),
        "F 0-64: it shares people with the stratum \"F 60+\", so they would be counted twice: take bands of ages that do not overlap",
    );
}

#[test]
fn counts_of_other_months_than_a_year_are_refused() {
    let row = |area: &str, months| StratumRow::of(Row::new(area, 3, 100).months(months), "m");
    assert!(Strata::from_rows([row("A", 12), row("B", 12)]).is_ok());
    let why = "strata and offences are compared by the counts of a year: give those of 12 months";
    says(Strata::from_rows([row("A", 12), row("B", 6)]), &format!("B: m: row 2: the count covers 6 months: {why}"));
    says(Offences::from_rows([row("A", 1)], Absent::Zero), &format!("A: m: row 1: the count covers 1 month: {why}"));
}

#[test]
fn a_count_that_is_not_known_is_no_zero() {
    let rows = [("A", "m", Observation::SUPPRESSED, 100), ("A", "f", Observation::Known(4), 200)];
    let known = ROWS[2..].iter().map(|(area, sex, count, people)| (*area, *sex, Observation::Known(*count), *people));
    let strata = Strata::from_rows(rows.into_iter().chain(known)).unwrap();
    let pooled = StandardPopulation::pooled(&strata).unwrap();
    assert_eq!(pooled.iter().collect::<Vec<_>>(), [("m", 300.0), ("f", 400.0)]); // B alone
    let rates = strata.direct(&pooled).unwrap();
    says(rates.area("A"), "A: the area takes no part: count of m suppressed");
    assert_eq!((rates.iter().count(), rates.areas().count()), (1, 2));
    let reference = ReferenceRates::pooled(&strata).unwrap();
    let indirect = strata.indirect(&reference).unwrap();
    says(indirect.area("A"), "A: the area takes no part: count of m suppressed");
    assert_eq!(indirect.expected()[0], 0.0);
    says(rates.area("C"), "no area has the name or code \"C\"");
    let without = strata.clone().exclude("B", "a port").unwrap();
    says(without.direct(&pooled).unwrap().area("B"), "B: the area takes no part: excluded: a port");
    says(StandardPopulation::pooled(&without), "there is no row, so there is nothing to compare");
}

#[test]
fn standards_and_weights_are_refused_by_name() {
    let strata = Strata::from_rows(ROWS).unwrap();
    let standard = |rows: &[(&'static str, f64)]| StandardPopulation::new("own", rows.to_vec());
    says(standard(&[("m", 0.0)]), "m: 0 is not the standard population of a stratum: it has to be from 1e-30 to 1e30");
    says(
        standard(&[("m", f64::NAN)]),
        "m: NaN is not the standard population of a stratum: it has to be from 1e-30 to 1e30",
    );
    says(standard(&[("0-4", 1.0), ("0 to 4", 1.0)]), "the stratum \"0 to 4\" is given twice");
    says(
        StandardPopulation::new(" ", [("m", 1.0)]),
        "the standard population has no name: say which it is: answers print it",
    );
    says(
        strata.direct(&standard(&[("m", 1.0)]).unwrap()),
        "the standard population has no stratum \"f\", which the areas have: give a standard that has it, or merge strata",
    );
    let many = standard(&[("m", 1.0), ("f", 1.0), ("x", 1.0)]).unwrap();
    says(
        strata.direct(&many),
        "every area has no stratum \"x\", which the standard population has: add it, or give a standard without it",
    );
    says(Weights::new("own", [("a", -1.0)]), "a: -1 is not a weight: it has to be 0 or from 1e-30 to 1e30");
    let offences = Offences::from_rows(ROWS, Absent::Zero);
    says(offences, "A: f: row 2: population is 200 here and 100 there, so the two cannot be compared");
    let offences =
        Offences::from_rows([("A", "34B", 2, 100), ("A", "fraud", 6, 100), ("B", "34B", 1, 50)], Absent::Zero).unwrap();
    let weights = Weights::severity_2020();
    let message = "the list of weights has no offence \"fraud\", which the areas have: give it a weight, or leave such offences out";
    says(offences.scores(&weights, Unweighted::Refuse), message);
    let scores = offences.scores(&weights, Unweighted::LeaveOut).unwrap();
    assert_eq!(scores.without_weight(), [("fraud", 6.0 / 9.0)]);
    assert_eq!(scores.area("A").unwrap().offences(), 2);
    assert_eq!(scores.shares(), [("34B", 1.0)]);
}

/// Offences of the Crime Severity Score go by their codes or their words, however dashes and spaces are written; others that are nearly so are offered it.
#[test]
fn offences_that_are_nearly_spelt_as_weights_are_offered_them() {
    let weights = Weights::severity_2020();
    for text in ["34b", " Robbery  of personal\u{a0}property", "ROBBERY OF PERSONAL PROPERTY"] {
        assert_eq!(weights.weight(text), weights.weight("34B"), "{text}");
    }
    assert_eq!(weights.weight("burglary \u{2013} residential"), weights.weight("28E"));
    assert_eq!(weights.weight("Theft"), None);
    let refused = |offence: &str| {
        let offences = Offences::from_rows([("A", offence, 2, 100)], Absent::Zero).unwrap();
        offences.scores(&weights, Unweighted::Refuse).unwrap_err().to_string()
    };
    for (text, nearest) in [
        ("Robberies of personal property", "Robbery of personal property"),
        ("Robbery of personal property [note 4]", "Robbery of personal property"),
        ("Shop-lifting", "Shoplifting"),
    ] {
        let expected = format!("no offence of the list of weights has the name {text:?}; did you mean {nearest:?}?");
        assert_eq!(refused(text), expected);
    }
    assert!(refused("Piracy").starts_with("the list of weights has no offence \"Piracy\""));
}

#[test]
fn an_offence_without_a_record_is_what_the_caller_says() {
    let rows = [("A", "34B", 2, 100), ("A", "1", 0, 100), ("B", "34B", 1, 50)];
    let weights = Weights::severity_2020();
    let scores = |absent| Offences::from_rows(rows, absent).unwrap().scores(&weights, Unweighted::Refuse).unwrap();
    assert_eq!(scores(Absent::Zero).area("B").unwrap().points(), weights.weight("34B").unwrap());
    says(scores(Absent::Missing).area("B"), "B: the area takes no part: count of 1 without a record");
    assert!(scores(Absent::Missing).area("A").is_ok());
}

#[test]
fn what_is_read_back_is_what_could_be_made() {
    let rows = [("B", "x", 5, 300), ("A", "y", 3, 100), ("B", "y", 6, 400), ("A", "x", 4, 200)];
    let strata = Strata::from_rows(rows).unwrap().exclude("B", "a port").unwrap();
    let strata = strata.with_basis(Basis::new().with_count("thefts"));
    assert_eq!(again(&strata), strata);
    let text = serde_json::to_string(&strata).unwrap();
    for (from, to) in [
        ("[5,6]", "[5]"),
        ("300", "0"),
        ("\"y\"", "\"X\""),
        ("\"a port\"", "\"\""),
        ("[300,400]", "[300,18446744073709551615]"),
    ] {
        let text = text.replace("{\"known\":5},{\"known\":6}", "5,6");
        assert!(text.contains(from), "{text}");
        assert!(serde_json::from_str::<Strata>(&text.replacen(from, to, 1)).is_err(), "{from}");
    }
    let offences = [("A", "34B", 2, 100), ("B", "1", 7, 50), ("A", "1", 0, 100)];
    let offences = Offences::from_rows(offences, Absent::Zero).unwrap();
    assert_eq!(again(&offences), offences);
    let europe = StandardPopulation::esp_2013();
    assert_eq!(again(&europe), europe);
    assert_eq!(again(&Weights::severity_2020()), Weights::severity_2020());
    let reference = ReferenceRates::pooled(&Strata::from_rows(ROWS).unwrap()).unwrap();
    assert_eq!(again(&reference), reference);
    for text in [
        "{\"name\":\"\",\"entries\":[[\"m\",1]]}",
        "{\"name\":\"own\",\"entries\":[]}",
        "{\"name\":\"own\",\"entries\":[[\"m\",-1]]}",
    ] {
        assert!(serde_json::from_str::<StandardPopulation>(text).is_err(), "{text}");
        assert!(serde_json::from_str::<Weights>(text).is_err(), "{text}");
    }
}

#[test]
fn of_no_offences_there_are_limits_and_no_ratio() {
    let strata =
        Strata::from_rows([("A", "m", 0, 100), ("A", "f", 0, 400), ("B", "m", 1, 300), ("B", "f", 9, 400)]).unwrap();
    let rates = strata.direct(&StandardPopulation::new("own", [("m", 1.0), ("f", 1.0)]).unwrap()).unwrap();
    let [none, some] = ["A", "B"].map(|area| rates.area(area).unwrap());
    let limits = none.limits(crimerate::Confidence::P95).unwrap().per(Per::ONE);
    let expected = 3.688_879_454_113_936 * 0.5 / 100.0; // -ln 0.025, the next offence being where it weighs most
    assert!(limits.lower() == 0.0 && (limits.upper() / expected - 1.0).abs() < 1e-14, "{limits:?}");
    assert!(some.ratio_to(none).value().is_err() && some.ratio_to(none).interval(crimerate::Confidence::P95).is_err());
    let ratio = none.ratio_to(some).interval(crimerate::Confidence::P95).unwrap();
    assert!(ratio.lower() == 0.0 && ratio.upper() > 0.0);
    let row: StratumRow =
        serde_json::from_str("{\"name\":\"A\",\"offence\":\"34B\",\"count\":\"[x]\",\"population\":9}").unwrap();
    assert_eq!(row, StratumRow::new("A", "34B", Observation::Missing(Reason::NotAvailable), 9));
    assert!(strata.table().compare(Average::POOLED).area("A").is_ok());
}

/// A column of scores is taken for none of counts, not even by its name.
#[test]
fn a_score_is_no_count() {
    let file = "area,count,score,population\nA,3,99014,1000\nB,4,120,1000\n";
    let scores = |heading: &str| Document::of(file).column(Role::Count, heading).table();
    let told = "row 1: the column \"score\" has scores, and a score is no count: take the column of counts: scores are made of counts by offence and weights";
    assert_eq!(scores("score").unwrap_err().to_string(), told);
    assert!(scores("count").is_ok());
    let weighted = Document::of("area,Weighted offences,population\nA,3,10\n").column(Role::Count, "weighted offences");
    assert!(weighted.table().is_err());
}
