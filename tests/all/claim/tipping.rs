//! At a tipping point the sentence fails, and one before it holds.

use crate::support::{claims::claims as of_table, json::again, knife::knife, numbered::numbered};
use Verdict::{NotCertain, Supported};
use crimerate::{
    Average, Basis, Claim, Observation, Per, Rate, Reason, Row, Table,
    claim::{Checked, ComparedWith, Relation, Verdict},
};
use proptest::{collection::vec, prelude::*, sample::select};

type Figures = Vec<(u64, u64)>;

fn check(figures: &Figures, average: Average, claim: &Claim) -> Checked {
    numbered(figures).compare(average).claims(Per::THOUSAND).check(claim).unwrap()
}

fn holds(figures: &Figures, average: Average, claim: &Claim) -> bool {
    holds_of(&check(figures, average, claim))
}

/// Sentences about the first area, the second being what a pair is about.
fn sentence() -> impl Strategy<Value = (Claim, bool)> {
    let relations = vec![
        (Relation::ABOVE, true),
        (Relation::BELOW, false),
        (Relation::at_least_above("30").unwrap(), true),
        (Relation::at_least_below("12.5").unwrap(), false),
        (Relation::more_than("1.2").unwrap(), true),
        (Relation::less_than("0.75").unwrap(), false),
        (Relation::less_than("1.8").unwrap(), false),
    ];
    let beside = select(vec![ComparedWith::Average, "1".into()]);
    prop_oneof![
        3 => (select(relations), beside).prop_map(|((relation, high), beside)| (Claim::compared("0", relation, beside), high)),
        1 => (1..3_u32).prop_map(|k| (Claim::among_highest("0", k).unwrap(), true)),
        1 => (1..3_u32).prop_map(|k| (Claim::among_lowest("0", k).unwrap(), false)),
    ]
}

fn figures() -> impl Strategy<Value = Figures> {
    let people = prop_oneof![1 => 1..4_u64, 4 => 50..2_000_u64, 1 => Just(1_000)];
    vec((prop_oneof![1 => Just(0), 6 => 0..60_u64], people), 2..6)
}

proptest! {
    #[test]
    fn it_fails_there_and_holds_one_before(
        figures in figures(), (claim, high) in sentence(),
        average in select(vec![
            Average::POOLED, Average::POOLED.without_self(), Average::fixed(12.5, Per::THOUSAND).unwrap(),
            Average::MEAN, Average::MEDIAN, Average::MEAN.without_self(), Average::MEDIAN.without_self(),
        ]),
    ) {
        let checked = check(&figures, average, &claim);
        prop_assert_eq!(&again(&checked), &checked);
        let holds_now = holds(&figures, average, &claim);
        let tipping = checked.tipping();
        prop_assert!(tipping.is_none() || holds_now, "{}", checked);
        if !holds_now {
            return Ok(());
        }
        let with_people = |people: u64| {
            let mut figures = figures.clone();
            figures[0].1 = people;
            holds(&figures, average, &claim)
        };
        match tipping.and_then(|tipping| tipping.population()) {
            Some(point) => {
                let (at, before) = (point.fails_at(), if high { point.fails_at() - 1 } else { point.fails_at() + 1 });
                prop_assert_eq!(point.fails_at() > figures[0].1, high);
                prop_assert!(!with_people(at) && with_people(before), "{}", checked);
            }
            None => prop_assert!(with_people(if high { 1 << 50 } else { 1 }), "{}", checked),
        }
        let with_count = |area: usize, more: u64| {
            let mut figures = figures.clone();
            figures[area].0 += more;
            holds(&figures, average, &claim)
        };
        if let Some(point) = tipping.and_then(|tipping| tipping.count()) {
            // Of the other areas together it is one of them that has them all.
            let area = point.area().parse().unwrap_or(1);
            let more = point.fails_at() - point.now().unwrap();
            prop_assert!(!with_count(area, more) && with_count(area, more - 1), "{}", checked);
        } else if !high {
            prop_assert!(with_count(0, 1 << 40), "{}", checked);
        }
    }
}

#[test]
fn the_knife_figures_and_how_wrong_they_would_have_to_be() {
    let basis = Basis::new().with_count("offences with a knife");
    let claims = of_table(&knife().with_basis(basis));
    let highest = claims.check(&Claim::highest("Metropolitan Police")).unwrap();
    let told = "Of the areas compared alone it holds unless its population is 52 % larger (13,489,555), or 34 % of the offences in West Midlands were unrecorded \
                (5,210 in all). Greater Manchester would need 5,025 offences to be higher.";
    assert!(highest.to_string().contains(told), "{highest}");
    let tipping = highest.tipping().unwrap();
    assert!((tipping.population().unwrap().percent().unwrap() - 51.5).abs() < 0.2);
    assert!((tipping.count().unwrap().unrecorded().unwrap() - 34.0).abs() < 0.1);
    let manchester = &tipping.missing()[0];
    assert_eq!((manchester.area(), manchester.now(), manchester.fails_at()), ("Greater Manchester", None, 5_025));
    let met = highest.rate().unwrap();
    for (count, higher) in [(5_025, true), (5_024, false)] {
        assert_eq!(Rate::new(count, 2_812_600).unwrap().cmp_value(&met).is_gt(), higher);
    }
    // A sentence that fails already has none.
    assert_eq!(claims.check(&Claim::highest("Kent")).unwrap().tipping(), None);
}

#[test]
fn beside_a_mean_of_rates_its_own_rate_moves_it() {
    let met = Claim::above_average("Metropolitan Police");
    let others: f64 = {
        let league = knife().compare(Average::MEAN);
        league
            .iter()
            .filter(|it| it.area().name() != "Metropolitan Police")
            .map(|it| it.rate().per(Per::ONE).value())
            .sum()
    };
    let mean = knife().compare(Average::MEAN).claims(Per::THOUSAND).check(&met).unwrap();
    let point = mean.tipping().unwrap().population().unwrap();
    // With S the sum of the 36 other rates, x / n > (S + x / n) / 37 where n < 36 x / S.
    let met_count = mean.rate().unwrap().count() as f64;
    assert_eq!(point.fails_at(), (36.0 * met_count / others).ceil() as u64);
    assert!(mean.to_string().contains("It holds unless its population is "), "{mean}");
    assert_eq!(mean.tipping().unwrap().count(), None);
    let rows = || [("A", 60, 1_000), ("B", 40, 1_000), ("C", 10, 1_000), ("D", 500, 1_000), ("E", 30, 1_000)];
    let groups = || {
        crimerate::PeerGroups::from_labels(
            "half",
            [("A", "one"), ("B", "one"), ("C", "one"), ("D", "two"), ("E", "two")],
        )
    };
    let table = |people: u64, more: u64| {
        let mut rows = rows();
        (rows[0].2, rows[2].1) = (people, rows[2].1 + more);
        Table::from_rows(rows).unwrap().with_groups(groups()).unwrap()
    };
    for rule in [Average::MEAN, Average::MEDIAN, Average::MEDIAN.without_self()] {
        let check = |people: u64, more: u64, claim: &Claim| {
            let table = table(people, more);
            let average = rule.over(table.group("half").unwrap());
            table.compare(average).claims(Per::THOUSAND).check(claim).unwrap()
        };
        let above = Claim::above_average("A");
        let at = check(1_000, 0, &above).tipping().unwrap().population().unwrap().fails_at();
        assert!(holds_of(&check(at - 1, 0, &above)) && !holds_of(&check(at, 0, &above)), "{rule}: {at}");
        let below = Claim::below_average("C");
        let point = check(1_000, 0, &below).tipping().unwrap().count().unwrap().clone();
        let more = point.fails_at() - point.now().unwrap();
        assert!(holds_of(&check(1_000, more - 1, &below)) && !holds_of(&check(1_000, more, &below)), "{rule}: {more}");
    }
}

fn holds_of(checked: &Checked) -> bool {
    matches!(checked.of_compared(), Supported | NotCertain)
}

/// A figure fails long before its side does, and it is of the side that the points are told.
#[test]
fn of_a_figure_it_is_told_what_stays() {
    let table = |people| Table::from_rows([("A", 60, people), ("B", 40, 1_000), ("C", 10, 1_000)]).unwrap();
    let [now, more] = [table(1_000), table(1_020)].map(|table| of_table(&table));
    let figure = |relation: Result<Relation, _>, beside| Claim::compared("A", relation.unwrap(), beside);
    for (claim, stays) in [
        (figure(Relation::percent_above("64"), ComparedWith::Average), "above the average"),
        (figure(Relation::percent_above("50"), "B".into()), "above B"),
        (figure(Relation::times("1.5"), "B".into()), "above B"),
        (Claim::percent_below("C", "73").unwrap(), "below the average"),
    ] {
        let checked = now.check(&claim).unwrap();
        assert!(checked.to_string().contains(&format!("\n  It stays {stays} unless ")), "{checked}");
        assert_eq!(checked.row().fails_to_be.as_deref(), Some(stays));
        assert!(checked.tipping().is_some() && !checked.to_string().contains("It holds"), "{checked}");
    }
    let claim = figure(Relation::percent_above("50"), "B".into());
    assert_eq!(now.check(&claim).unwrap().tipping().unwrap().population().unwrap().fails_at(), 1_500);
    assert_eq!(more.check(&claim).unwrap().verdict(), Verdict::Contradicted);
    assert_eq!(now.check(&Claim::higher_than("A", "B")).unwrap().row().fails_to_be, None);
}

#[test]
fn tipping_points_cannot_be_forged() {
    let table = Table::from_rows([("A", 60, 1_000), ("B", 40, 1_000)]).unwrap();
    let checked = table.compare(Average::POOLED).claims(Per::THOUSAND).check(&Claim::highest("A")).unwrap();
    let json = serde_json::to_string(&checked).unwrap();
    for (from, to) in [
        ("\"fails_at\":1501", "\"fails_at\":900"),
        ("\"fails_at\":61", "\"fails_at\":39"),
        ("\"now\":1000", "\"now\":999"),
    ] {
        assert!(json.contains(from), "{json}");
        assert!(serde_json::from_str::<Checked>(&json.replacen(from, to, 1)).is_err(), "{to}");
    }
}

/// On person-months it is people that would have to be more, a whole number of them.
#[test]
fn people_are_people_where_rates_are_of_a_year() {
    let table = |people: u64| {
        let basis = Basis::new().with_count("thefts").with_months(7);
        let table = Table::from_rows([("A", 90, people), ("B", 70, 1_000), ("C", 60, 1_100)]).unwrap();
        let table = table.with_basis(basis).annualised().unwrap();
        table.compare(Average::POOLED).claims(Per::THOUSAND)
    };
    for (claim, more) in
        [(Claim::higher_than("A", "B"), true), (Claim::above_average("A"), true), (Claim::lower_than("C", "A"), false)]
    {
        let checked = table(1_003).check(&claim).unwrap();
        assert_eq!(again(&checked), checked);
        let point = checked.tipping().unwrap().population().unwrap();
        if more {
            let [at, one_before] = [0, 1].map(|less| table(point.fails_at() - less).check(&claim).unwrap().verdict());
            assert!(point.now() == Some(1_003) && at == Verdict::Contradicted && one_before != at, "{checked}");
        } else {
            assert!(point.now() == Some(1_100) && point.fails_at() < 1_100, "{checked}");
        }
    }
    let figure = crimerate::claim::Published::new("150", Per::THOUSAND).unwrap();
    let told = table(1_003).check(&Claim::rate("A", figure)).unwrap().to_string();
    // 90 in 7 months on 1,025 to 1,032 people print as 150 a year.
    assert!(told.contains("it would fit a population of 1,026 to 1,032"), "{told}");
}

#[test]
fn tipping_has_the_words_of_the_basis() {
    let basis = Basis::new().with_count("deaths").with_population("live births");
    let table = Table::from_rows([("North", 15, 1_570), ("South", 9, 2_210), ("East", 0, 1_800)]).unwrap();
    let claims = table.with_basis(basis).compare(Average::POOLED).claims(Per::THOUSAND);
    let told = claims.check(&Claim::higher_than("North", "South")).unwrap().to_string();
    assert!(told.contains("It holds unless there were 135 % more live births (3,684), or "), "{told}");
    let told = claims.check(&Claim::higher_than("North", "East")).unwrap().to_string();
    assert!(told.ends_with("It holds unless East had 18 deaths.\n  Basis: deaths; population: live births."), "{told}");
    let figure = crimerate::claim::Published::new("9.9", Per::THOUSAND).unwrap();
    let told = claims.check(&Claim::rate("North", figure)).unwrap().to_string();
    assert!(told.contains("; it would fit 1,508 to 1,522 live births."), "{told}");
}

/// A count that is not known has two ends or none, and takes one of the first places or none.
fn open_count() -> impl Strategy<Value = Observation> {
    prop_oneof![
        4 => (0..60_u64).prop_map(Observation::Known),
        2 => (0..40_u64, 0..20_u64).prop_map(|(least, more)| Observation::between(least, least + more).unwrap()),
        1 => (1..40_u64).prop_map(|at_least| Observation::Suppressed { at_least, at_most: None }),
        1 => Just(Observation::Missing(Reason::Blank)),
    ]
}

proptest! {
    #[test]
    fn of_a_place_beside_counts_that_are_not_known_it_fails_there_and_holds_one_before(
        own in (0..60_u64, 50..2_000_u64), others in vec((open_count(), 50..2_000_u64), 2..6),
        places in 1..5_u32, high in any::<bool>(),
    ) {
        let claim = if high { Claim::among_highest("0", places) } else { Claim::among_lowest("0", places) }.unwrap();
        let check = |own: (u64, u64), others: &[(Observation, u64)]| {
            let rows = others.iter().enumerate().map(|(at, row)| Row::new((at + 1).to_string(), row.0, row.1));
            let table = Table::from_rows([Row::new("0", own.0, own.1)].into_iter().chain(rows)).unwrap();
            table.compare(Average::POOLED).claims(Per::THOUSAND).check(&claim).unwrap()
        };
        let checked = check(own, &others);
        prop_assert_eq!(&again(&checked), &checked);
        let holds = |own, others: &[_]| matches!(check(own, others).verdict(), Supported | NotCertain);
        let tipping = checked.tipping();
        // Beside no other area nothing is said of those compared.
        if !holds(own, &others) || !holds_of(&checked) {
            return Ok(());
        }
        match tipping.and_then(|tipping| tipping.population()) {
            Some(point) => {
                let (at, before) = (point.fails_at(), if high { point.fails_at() - 1 } else { point.fails_at() + 1 });
                prop_assert!(!holds((own.0, at), &others) && holds((own.0, before), &others), "{}", checked);
            }
            None => prop_assert!(holds((own.0, if high { 1 << 50 } else { 1 }), &others), "{}", checked),
        }
        if let Some(point) = tipping.and_then(|tipping| tipping.count()) {
            let with = |count| match point.area().parse::<usize>().unwrap().checked_sub(1) {
                None => holds((count, own.1), &others),
                Some(other) => {
                    let mut others = others.clone();
                    others[other].0 = match others[other].0 {
                        Observation::Known(_) => Observation::Known(count),
                        _ => Observation::between(0, count).unwrap(),
                    };
                    holds(own, &others)
                }
            };
            prop_assert!(!with(point.fails_at()) && with(point.fails_at() - 1), "{}", checked);
        }
    }
}

/// Areas that are surely higher, or may be, have places of their own.
#[test]
fn places_of_counts_that_are_not_known_are_taken() {
    let between = |least, most| Observation::between(least, most).unwrap();
    let at_least = |at_least| Observation::Suppressed { at_least, at_most: None };
    let check = |rows: Vec<(&str, Observation, u64)>, claim: Claim| {
        let table = Table::from_rows(rows.into_iter().map(|(area, count, people)| Row::new(area, count, people)));
        table.unwrap().compare(Average::POOLED).claims(Per::HUNDRED_THOUSAND).check(&claim).unwrap()
    };
    let fails_at =
        |checked: &Checked| checked.tipping().unwrap().population().map(crimerate::claim::TippingPoint::fails_at);
    let surely = || {
        vec![
            ("A", Observation::Known(365), 38_347),
            ("B", between(264, 293), 11_582),
            ("C", between(0, 7), 40_821),
            ("D", Observation::Known(211), 48_544),
        ]
    };
    let second = check(surely(), Claim::among_highest("A", 2).unwrap());
    assert_eq!(fails_at(&second), Some(83_975));
    assert!(!second.to_string().contains("true of any of them"), "{second}");
    let fourth = check(surely(), Claim::among_highest("A", 4).unwrap());
    assert!(fourth.to_string().contains("That would be true of any of them: there are 4."), "{fourth}");
    let perhaps = vec![
        ("A", Observation::Known(5_000), 100_000),
        ("B", between(100, 300), 100_000),
        ("C", between(0, 4), 100_000),
        ("D", at_least(4_000), 100_000),
        ("E", Observation::Known(2_000), 100_000),
    ];
    assert_eq!(fails_at(&check(perhaps.clone(), Claim::among_highest("A", 2).unwrap())), Some(250_001));
    // Of six there may be one more that is higher.
    let of_six = Claim::among_highest("A", 3).unwrap().of(6);
    assert_eq!(fails_at(&check(perhaps, of_six)), Some(250_001));
    let lowest = vec![
        ("A", Observation::Known(121), 46_438),
        ("B", between(0, 5), 44_591),
        ("C", between(159, 204), 27_484),
        ("D", between(117, 197), 19_625),
        ("E", Observation::Known(315), 28_761),
    ];
    // 121 x 27,484 / 159
    assert_eq!(fails_at(&check(lowest, Claim::among_lowest("A", 2).unwrap())), Some(20_915));
}
