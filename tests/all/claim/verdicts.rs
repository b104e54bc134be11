//! Sentences against figures that are known, every verdict reached.

use crate::support::{
    claims::{claims, per_thousand, reasons, rows, verdict},
    knife::knife,
};
use Observation::{Known, Missing, Suppressed};
use Verdict::{Contradicted, NotCertain, NotCheckable, Supported};
use crimerate::{
    Average, Claim, Compare, Confidence, ErrorKind, Observation, Per, Reason, Table,
    claim::{ComparedWith, Published, Relation, Verdict},
    interval::{Test, WithinDispersion},
    rank,
};

#[test]
fn the_sentences_of_the_founding_report() {
    let alone = |count| claims(&Table::from_rows([("West Midlands", count, 2_939_927)]).unwrap());
    let printed = |text: &str, per| Published::new(text, per).unwrap();
    let firearms = Claim::rate("West Midlands", printed("24.5", Per::HUNDRED_THOUSAND));
    verdict(&alone(721), &firearms, Supported, Supported);
    verdict(&alone(722), &firearms, Contradicted, Contradicted);
    verdict(&alone(721), &Claim::highest("West Midlands").of(43), NotCheckable, NotCheckable);
    verdict(&alone(721), &Claim::highest("West Midlands"), NotCheckable, NotCheckable);
    let knife = Claim::rate("West Midlands", printed("1.55", Per::THOUSAND));
    verdict(&alone(3_049), &knife, Contradicted, Contradicted);
    // 29.8 beside 20.4 per 1,000, as counts that print so
    let given = Compare::with(Average::fixed(20.4, Per::THOUSAND).unwrap());
    let table = Table::from_rows([("West Midlands", 298, 10_000)]).unwrap();
    let abuse = table.compare(given).claims(Per::THOUSAND);
    verdict(&abuse, &Claim::percent_above("West Midlands", "46").unwrap(), Supported, Supported);
    verdict(&abuse, &Claim::percent_above("West Midlands", "47").unwrap(), Contradicted, Contradicted);
    verdict(&abuse, &Claim::percent_below("West Midlands", "46").unwrap(), Contradicted, Contradicted);
    verdict(&abuse, &Claim::average("West Midlands", printed("20.4", Per::THOUSAND)), Supported, Supported);
}

#[test]
fn the_highest_of_the_knife_figures() {
    let claims = claims(&knife());
    verdict(&claims, &Claim::highest("West Midlands"), Contradicted, Contradicted);
    verdict(&claims, &Claim::highest("Metropolitan Police"), NotCheckable, Supported);
    verdict(&claims, &Claim::among_highest("Metropolitan Police", 2).unwrap(), Supported, Supported);
    verdict(&claims, &Claim::highest("City of London"), NotCheckable, NotCheckable);
    let met = claims.check(&Claim::highest("Metropolitan Police")).unwrap();
    assert_eq!(
        (met.absent(), met.left_out_ahead()),
        (&["Greater Manchester".into()][..], &["City of London".into()][..])
    );
    assert_eq!((met.compared(), met.rank_set()), (37, Some((1, 1))));
    assert!(met.to_string().contains("not checkable; of the 37 compared: supported."), "{met}");
    let here = claims.check(&Claim::highest("West Midlands")).unwrap();
    assert_eq!((here.ahead(), here.rank().unwrap().value()), (&["Metropolitan Police".into()][..], 2.0));
    verdict(&claims, &Claim::percent_above("West Midlands", "41").unwrap(), Supported, Supported);
    verdict(&claims, &Claim::percent_above("West Midlands", "41.0").unwrap(), Supported, Supported);
    verdict(&claims, &Claim::percent_above("West Midlands", "40.9").unwrap(), Contradicted, Contradicted);
    // 83.7 % above the mean of rates: another average, which is named
    let claim = Claim::percent_above("West Midlands", "84").unwrap();
    verdict(&claims, &claim, Contradicted, Contradicted);
    assert!(claims.check(&claim).unwrap().to_string().contains("mean of rates: 83.7 % above, which agrees"));
}

#[test]
fn what_is_missing_or_suppressed_matters_where_it_reaches() {
    let with = |observation| rows(&[("A", Known(600), 50_000), ("B", Known(300), 50_000), ("C", observation, 1_000)]);
    let highest = Claim::highest("A");
    verdict(&with(Missing(Reason::NotAvailable)), &highest, NotCheckable, Supported);
    verdict(&with(Suppressed { at_least: 0, at_most: None }), &highest, NotCheckable, Supported);
    verdict(&with(Suppressed { at_least: 0, at_most: Some(12) }), &highest, NotCheckable, Supported);
    // 11 on 1,000 are fewer than 600 on 50,000, and not surely.
    verdict(&with(Suppressed { at_least: 0, at_most: Some(11) }), &highest, NotCertain, Supported);
    // 4 on 1,000 at most are fewer than 300 on 50,000.
    verdict(&with(Suppressed { at_least: 0, at_most: Some(4) }), &Claim::lowest("B"), Contradicted, Supported);
    verdict(&with(Suppressed { at_least: 0, at_most: Some(6) }), &Claim::lowest("B"), NotCheckable, Supported);
    verdict(&with(Missing(Reason::Blank)), &Claim::highest("B"), Contradicted, Contradicted);
    verdict(&with(Missing(Reason::Blank)), &Claim::among_highest("A", 2).unwrap(), Supported, Supported);
    verdict(&with(Missing(Reason::Blank)), &Claim::among_highest("B", 2).unwrap(), NotCheckable, Supported);
    verdict(&with(Known(0)), &highest.clone().of(3), Supported, Supported);
    verdict(&rows(&[("A", Known(600), 50_000), ("B", Known(300), 50_000)]), &highest.of(3), NotCheckable, Supported);
    // What suppressed counts could make of the average stands beside it.
    let bounds = "With 1 suppressed count in, the pooled average lies from 891.1 to 895.0 per 100,000.";
    let bounded = with(Suppressed { at_least: 0, at_most: Some(4) });
    for claim in [Claim::percent_above("A", "33").unwrap(), Claim::average("A", per_thousand("9"))] {
        assert_eq!(bounded.check(&claim).unwrap().reasons()[1], bounds);
    }
    assert!(bounded.describe("A").unwrap().to_string().contains(bounds));
    assert!(!with(Missing(Reason::Blank)).describe("A").unwrap().to_string().contains("suppressed"));
    // A bound contradicts a rate that would need more.
    let rate = |text: &str| Claim::rate("C", Published::new(text, Per::THOUSAND).unwrap());
    verdict(&with(Suppressed { at_least: 0, at_most: Some(4) }), &rate("5"), Contradicted, Contradicted);
    verdict(&with(Suppressed { at_least: 0, at_most: Some(4) }), &rate("4"), NotCheckable, NotCheckable);
    verdict(&with(Missing(Reason::Blank)), &Claim::percent_above("C", "4").unwrap(), NotCheckable, NotCheckable);
    let error = with(Known(1)).check(&Claim::highest("D")).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::UnknownArea { name: "D".into(), nearest: None });
}

#[test]
fn joint_first_and_chance_are_true_of_the_figures_only() {
    let table = rows(&[("A", Known(30), 1_000), ("B", Known(60), 2_000), ("C", Known(1), 1_000)]);
    verdict(&table, &Claim::highest("A"), NotCertain, NotCertain);
    verdict(&table, &Claim::highest("B"), NotCertain, NotCertain);
    verdict(&table, &Claim::among_highest("A", 2).unwrap(), Supported, Supported);
    let near = rows(&[("A", Known(31), 1_000), ("B", Known(29), 1_000)]);
    verdict(&near, &Claim::highest("A"), NotCertain, NotCertain);
    verdict(&near, &Claim::percent_above("A", "3.3").unwrap(), NotCertain, NotCertain);
    verdict(&near, &Claim::percent_above("A", "3").unwrap(), NotCertain, NotCertain);
    let none = rows(&[("A", Known(0), 1_000), ("B", Known(0), 1_000)]);
    verdict(&none, &Claim::percent_above("A", "3").unwrap(), NotCheckable, NotCheckable);
    assert!(
        none.describe("A")
            .unwrap()
            .to_string()
            .contains("No distance from the average can be told: the average is zero.")
    );
}

#[test]
fn claims_that_could_not_be_otherwise_say_so() {
    let three = rows(&[("A", Known(30), 1_000), ("B", Known(60), 2_000), ("C", Known(1), 1_000)]);
    let trivial = Claim::among_highest("C", 50).unwrap();
    verdict(&three, &trivial, Supported, Supported);
    assert!(three.check(&trivial).unwrap().to_string().contains("That would be true of any of them: there are 3."));
    // Of two areas that are not named C may be the highest; the lowest of all is the lowest of any.
    verdict(&three, &Claim::highest("C").of(2), NotCheckable, Contradicted);
    verdict(&three, &Claim::lowest("C").of(2), Supported, Supported);
    let told = three.check(&Claim::highest("C").of(2)).unwrap().to_string();
    assert!(told.ends_with("It speaks of 2 areas, and 3 are compared: which are meant is not known."), "{told}");
    verdict(&three, &Claim::highest("A").of(0), NotCertain, NotCertain);
    assert_eq!(Claim::highest("A").of(1).to_string(), "A has the highest rate of 1 area");
    let alone = rows(&[("A", Known(1), 1)]);
    let told = [
        "Its rate is 100,000.0 per 100,000, rank 1 of the 1 area compared, highest first.",
        "No other area is compared.",
    ];
    reasons(&alone, &Claim::highest("A"), &told);
    let sentences = [
        "A has 1 count among a population of 1, a rate of 100,000.0 per 100,000 (95 % interval 2,531.8 to 557,164.3, exact).",
        "No distance from the average can be told: no other area is in it.",
        "No other area is compared.",
        "Poisson variation only.",
    ];
    assert_eq!(alone.describe("A").unwrap().sentences(), sentences);
}

#[test]
fn percentages_take_an_exact_test_at_five_per_cent() {
    // Of 200 with equal odds the two-sided exact p of 114 is 0.05597, of 115 it is 0.04004 (scipy).
    let against = |count: u64| rows(&[("A", Known(count), 1_000), ("B", Known(200 - count), 1_000)]);
    let claim = |percent| Claim::percent_above("A", percent).unwrap();
    verdict(&against(114), &claim("14"), NotCertain, NotCertain);
    verdict(&against(115), &claim("15"), Supported, Supported);
    let told = against(114).check(&claim("14")).unwrap().to_string();
    assert!(
        told.contains("Equal rates are not refuted at 5 %: exact p = 0.0560, against the other areas together."),
        "{told}"
    );
    let told = against(115).check(&claim("15")).unwrap().to_string();
    assert!(
        told.contains("Equal rates are refuted at 5 % if chance alone is at work: exact p = 0.0400, against the other areas together."),
        "{told}"
    );
    // None above says nothing of a side, and no test can say that rates are equal.
    let even = against(100);
    for zero in ["0", "0.0"] {
        verdict(&even, &claim(zero), NotCertain, NotCertain);
        verdict(&even, &Claim::percent_below("A", zero).unwrap(), NotCertain, NotCertain);
    }
    reasons(
        &even,
        &claim("0"),
        &[
            "Its rate is 10,000.0 per 100,000, 0.0 % above the pooled average of 2 areas, 10,000.0 per 100,000.",
            "No test can say that rates are equal.",
        ],
    );
    assert_eq!(
        even.describe("A").unwrap().sentences()[1],
        "That equals the pooled average of 2 areas, 10,000.0 per 100,000."
    );
    // Everything below the average.
    verdict(&against(0), &Claim::percent_below("A", "100").unwrap(), Supported, Supported);
    verdict(&against(0), &Claim::percent_below("A", "101").unwrap(), Contradicted, Contradicted);
}

#[test]
fn chance_is_poisson_unless_the_comparison_knows_more() {
    let table = || Table::from_rows([("A", 260, 50_000), ("B", 200, 50_000), ("C", 190, 50_000)]).unwrap();
    let highest = Claim::highest("A");
    let above = Claim::percent_above("A", "20").unwrap();
    let plain = claims(&table());
    verdict(&plain, &highest, Supported, Supported);
    verdict(&plain, &above, Supported, Supported);
    for claim in [&highest, &above] {
        assert!(plain.check(claim).unwrap().to_string().contains("\n  Poisson variation only."));
    }
    assert_eq!(plain.describe("A").unwrap().to_string().matches("Poisson variation only").count(), 1);
    let with = |spec: rank::Spec| claims(&table()).with_sets(spec);
    let marginal = rank::Spec::from((rank::Family::Marginal, Confidence::P99)).with_test(Test::MidP);
    assert_eq!(with(marginal).sets_spec().to_string(), "simultaneous at 99 %, mid-p");
    let wide = with(marginal.with_dispersion(WithinDispersion::new(6.0).unwrap()));
    verdict(&wide, &highest, NotCertain, NotCertain);
    verdict(&wide, &above, NotCertain, NotCertain);
    // z = (sqrt 0.0052 - sqrt 0.0039) / sqrt(6 (1/200000 + 1/400000)) = 1.4402, and twice the tail above is 0.1498.
    let told = "and with phi_w 6 (as given) p = 0.1498 (square roots), against the other areas together.";
    assert!(wide.check(&above).unwrap().to_string().contains(told), "{}", wide.check(&above).unwrap());
    assert!(!wide.describe("A").unwrap().to_string().contains("Poisson"));
    let narrow = with(rank::Spec::default().with_dispersion(WithinDispersion::new(0.8).unwrap()));
    verdict(&narrow, &above, Supported, Supported);
    let told = "Poisson variation only: phi_w 0.8 (as given) is not above 1, and is taken for 1";
    assert!(narrow.check(&highest).unwrap().to_string().contains(told), "{}", narrow.check(&highest).unwrap());
}

/// Counts of which two ends are known say what they can: figures in the form of those of the CDC by county, made up.
#[test]
fn counts_between_two_ends_decide_where_they_can() {
    let between = |least, most: u64| Observation::between(least, most).unwrap();
    let counties = rows(&[
        ("County A", Known(73), 100_000),
        ("County B", between(1, 9), 8_600),
        ("County C", between(10, 50), 40_000),
        ("County D", Known(0), 5_000),
        ("County E", Missing(Reason::Blank), 12_000),
    ]);
    verdict(&counties, &Claim::highest("County A"), NotCheckable, NotCertain);
    // Nothing undercuts zero, though County E may be as low.
    verdict(&counties, &Claim::lowest("County D"), NotCertain, NotCertain);
    let told = counties.check(&Claim::lowest("County D")).unwrap().to_string();
    for part in ["Not compared, and perhaps as low: County E", "cannot be lower: County B (at least 11.6"] {
        assert!(told.contains(part), "{told}");
    }
    // B has at most 104.7 per 100,000, and C at least 25.
    let table = |a: u64, d: u64| {
        rows(&[
            ("A", Known(a), 10_000),
            ("B", between(1, 9), 8_600),
            ("C", between(10, 50), 40_000),
            ("D", Known(d), 10_000),
        ])
    };
    verdict(&table(40, 1), &Claim::highest("A"), Supported, Supported);
    let told = table(40, 1).check(&Claim::highest("A")).unwrap().to_string();
    assert!(
        told.contains(
            "\n  Not compared, and cannot be higher: B (at most 104.7 per 100,000), C (at most 125.0 per 100,000)."
        ),
        "{told}"
    );
    verdict(&table(2, 1), &Claim::highest("A"), Contradicted, NotCertain);
    let told = table(2, 1).check(&Claim::highest("A")).unwrap().to_string();
    assert!(told.contains("\n  Not compared, and surely higher: C"), "{told}");
    verdict(&table(40, 1), &Claim::higher_than("A", "B"), Supported, Supported);
    verdict(&table(12, 1), &Claim::higher_than("A", "B"), NotCertain, NotCertain);
    verdict(&table(12, 1), &Claim::higher_than("A", "C"), NotCheckable, NotCheckable);
    verdict(&table(2, 1), &Claim::higher_than("A", "C"), Contradicted, Contradicted);
    verdict(&table(2, 1), &Claim::lower_than("A", "C"), NotCertain, NotCertain);
    verdict(&table(40, 1), &Claim::lower_than("A", "C"), Contradicted, Contradicted);
    let told = table(40, 1).check(&Claim::higher_than("A", "B")).unwrap().to_string();
    assert!(told.contains("Its rate is 400.0 per 100,000, 282.2 % above B, which has at most 104.7 per 100,000 (9 counts among a population of 8,600)."), "{told}");
}

/// At what a verdict is said to bear it stands, and just beyond it does not; by the closed form of the square-root test where three areas are compared.
#[test]
fn a_verdict_stands_up_to_what_it_is_said_to_bear() {
    use crimerate::{Table, interval::WithinDispersion, rank};
    let table = Table::from_rows([("A", 900, 50_000), ("B", 300, 50_000), ("C", 250, 50_000)]).unwrap();
    let claims = claims(&table);
    let claim = Claim::highest("A");
    let upheld = claims.check(&claim).unwrap().holds_up_to().unwrap();
    // Of six tests one is left that is not significant when two are: Holm at 0.05 / 5.
    let z = (900_f64.sqrt() - 300_f64.sqrt()) / 0.5_f64.sqrt();
    assert!((upheld / (z / 2.326_347_874_040_841).powi(2) - 1.0).abs() < 1e-6, "{upheld}");
    let at = |phi: f64| {
        let spec = rank::Spec::default().with_dispersion(WithinDispersion::new(phi).unwrap());
        claims.clone().with_sets(spec).check(&claim).unwrap().verdict()
    };
    assert_eq!((at(upheld), at(upheld * 1.000_001)), (Supported, NotCertain));
    // What is not supported, or rests on no test, bears nothing.
    for claim in [Claim::highest("B"), Claim::rate("A", per_thousand("18.0"))] {
        assert_eq!(claims.check(&claim).unwrap().holds_up_to(), None);
    }
}

/// Of two rates of zero there is no percentage, so that neither is at least k per cent below the other.
#[test]
fn nothing_is_a_share_of_nothing() {
    let table = Table::from_rows([("A", 0, 1_000), ("B", 0, 2_000), ("C", 0, 500)]).unwrap();
    let table = claims(&table);
    let relations = [Relation::at_least_below("12.5"), Relation::at_least_above("30"), Relation::at_most("2")];
    for relation in relations.map(Result::unwrap) {
        for beside in [ComparedWith::Average, "B".into()] {
            verdict(&table, &Claim::compared("A", relation, beside), NotCheckable, NotCheckable);
        }
    }
}
