//! Sentences against figures that are known, every verdict reached, and what is described never contradicted.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use crimerate::{
    Average, Claim, Claims, Compare, ErrorKind, Observation, Order, Per, Published, RankFamily, Reason, Row, Table,
    Ties, Verdict,
};
use proptest::{collection::vec, prelude::*, sample::select};

fn knife() -> Table {
    let mut reader = csv::Reader::from_reader(include_str!("../examples/data/knife_2020.csv").as_bytes());
    let rows: Vec<Row> = reader.records().map(|it| it.unwrap()).map(|it| Row::parse(&it[0], &it[3], &it[4])).collect();
    Table::from_rows(rows).unwrap().exclude("City of London", "8,700 residents").unwrap()
}

fn claims(table: &Table) -> Claims {
    table.compare(Average::POOLED).claims(Per::HUNDRED_THOUSAND)
}

#[track_caller]
fn verdict(claims: &Claims, claim: &Claim, expected: Verdict, of_compared: Verdict) {
    let checked = claims.check(claim).unwrap();
    assert_eq!((checked.verdict(), checked.of_compared()), (expected, of_compared), "{checked}");
    assert_eq!(serde_json::to_value(&checked).unwrap()["verdict"], expected.name());
}

fn rows(figures: &[(&str, Observation, u64)]) -> Claims {
    let rows = figures.iter().map(|(area, count, people)| Row::new(*area, *count, *people));
    claims(&Table::from_rows(rows).unwrap())
}

use Observation::{Known, Missing, Suppressed};
use Verdict::{Contradicted, NotCertain, NotCheckable, Supported};

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
    verdict(&with(Suppressed { at_most: None }), &highest, NotCheckable, Supported);
    verdict(&with(Suppressed { at_most: Some(12) }), &highest, NotCheckable, Supported);
    verdict(&with(Suppressed { at_most: Some(11) }), &highest, Supported, Supported);
    verdict(&with(Suppressed { at_most: Some(4) }), &Claim::lowest("B"), NotCheckable, Supported);
    verdict(&with(Missing(Reason::Blank)), &Claim::highest("B"), Contradicted, Contradicted);
    verdict(&with(Missing(Reason::Blank)), &Claim::among_highest("A", 2).unwrap(), Supported, Supported);
    verdict(&with(Missing(Reason::Blank)), &Claim::among_highest("B", 2).unwrap(), NotCheckable, Supported);
    verdict(&with(Known(0)), &highest.clone().of(3), Supported, Supported);
    verdict(&rows(&[("A", Known(600), 50_000), ("B", Known(300), 50_000)]), &highest.of(3), NotCheckable, Supported);
    // A bound contradicts a rate that would need more.
    let rate = |text: &str| Claim::rate("C", Published::new(text, Per::THOUSAND).unwrap());
    verdict(&with(Suppressed { at_most: Some(4) }), &rate("5"), Contradicted, Contradicted);
    verdict(&with(Suppressed { at_most: Some(4) }), &rate("4"), NotCheckable, NotCheckable);
    verdict(&with(Missing(Reason::Blank)), &Claim::percent_above("C", "4").unwrap(), NotCheckable, NotCheckable);
    let error = with(Known(1)).check(&Claim::highest("D")).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::UnknownArea { text: "D".into() });
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
fn claims_travel_and_refuse() {
    let claims = [
        Claim::highest("A").of(43),
        Claim::among_lowest("B", 3).unwrap(),
        Claim::rate("C", Published::new("24.50", Per::HUNDRED_THOUSAND).unwrap()),
        Claim::percent_below("D", "1200.0").unwrap(),
        Claim::average("E", Published::new("20.4", Per::THOUSAND).unwrap()),
    ];
    for claim in claims {
        let json = serde_json::to_string(&claim).unwrap();
        assert_eq!(serde_json::from_str::<Claim>(&json).unwrap(), claim, "{json}");
    }
    assert_eq!(Claim::among_highest("A", 0).unwrap_err().kind(), &ErrorKind::NoPlaces);
    let json = serde_json::to_string(&Claim::among_lowest("B", 3).unwrap()).unwrap();
    assert!(serde_json::from_str::<Claim>(&json.replace('3', "0")).is_err(), "{json}");
    assert!(Claim::percent_above("A", "-4").is_err());
    assert_eq!(Claim::lowest("A").to_string(), "A has the lowest rate of any area");
    assert_eq!(Claim::percent_below("A", "1200").unwrap().to_string(), "A is 1,200 % below the average");
    for verdict in Verdict::ALL {
        assert_eq!(verdict.name().parse::<Verdict>().unwrap(), *verdict);
    }
}

/// Small counts with many ties and zeros, and now and then the largest there are.
fn some_figures(least: usize) -> impl Strategy<Value = Vec<(u64, u64)>> {
    let count = prop_oneof![
        9 => 0..60_u64, 2 => Just(0), 1 => select(vec![10_000_000, (1 << 53) + 1, u64::MAX - 1, u64::MAX]),
    ];
    let people = select(vec![1_u64, 50, 400, 400, 1_000, 1_000, 30_000, 50_000_000, (1 << 53) + 1, u64::MAX]);
    vec((count, people), least..9)
}

fn table(figures: &[(u64, u64)]) -> Table {
    let rows = figures.iter().enumerate().map(|(place, (count, people))| (place.to_string(), *count, *people));
    Table::from_rows(rows).unwrap()
}

proptest! {
    /// No claim that a description makes is contradicted, by whatever average, ties and order.
    #[test]
    fn descriptions_hold(
        figures in some_figures(1), average in select(vec![Average::POOLED, Average::MEAN, Average::MEDIAN]),
        alone in any::<bool>(), ties in select(Ties::ALL.to_vec()), order in select(Order::ALL.to_vec()),
    ) {
        let average = if alone { average.without_self() } else { average };
        let how = Compare::with(average).ties(ties).order(order);
        let claims = table(&figures).compare(how).claims(Per::THOUSAND);
        for area in 0..figures.len() {
            let described = claims.describe(&area.to_string()).unwrap();
            for claim in described.claims() {
                let checked = claims.check(claim).unwrap();
                prop_assert!(matches!(checked.verdict(), Supported | NotCertain), "{checked}\n{described}");
            }
        }
    }

    /// The verdicts on "highest" are those of the ranking and of the rank sets.
    #[test]
    fn highest_follows_ranks_and_sets(figures in some_figures(2), lowest in any::<bool>()) {
        let order = if lowest { Order::Lowest } else { Order::Highest };
        let league = table(&figures).compare(Compare::with(Average::POOLED).order(order));
        let (claims, sets) = (league.claims(Per::THOUSAND), league.rank_sets(RankFamily::Simultaneous).unwrap());
        for (place, set) in sets.sets().enumerate() {
            let area = place.to_string();
            let claim = if lowest { Claim::lowest(&area) } else { Claim::highest(&area) };
            let expected = match (set.rank().value() == 1.0, set.only()) {
                (false, _) => Contradicted,
                (true, Some(1)) => Supported,
                (true, _) => NotCertain,
            };
            let checked = claims.check(&claim).unwrap();
            prop_assert_eq!(checked.verdict(), expected);
            prop_assert_eq!(checked.rank_set(), Some((set.lower(), set.upper())));
            prop_assert_eq!(checked.ahead().len() + 1, set.rank().whole().unwrap() as usize);
        }
    }
}
