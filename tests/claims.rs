//! Sentences against figures that are known, every verdict reached, and what is described never contradicted.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use crimerate::{
    Average, Basis, Checked, Claim, Claims, Compare, Confidence, ErrorKind, Observation, Order, PeerGroups, Per,
    Published, RankFamily, RankSpec, Reason, Rounded, Row, Table, Test, Ties, Verdict, WithinDispersion,
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
    assert_eq!(again(&checked), checked);
    assert_eq!(serde_json::to_value(&checked).unwrap()["verdict"], expected.name());
}

/// Written and read back.
fn again<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> T {
    serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap()
}

#[track_caller]
fn reasons(claims: &Claims, claim: &Claim, expected: &[&str]) {
    assert_eq!(claims.check(claim).unwrap().reasons(), expected);
}

fn per_thousand(text: &str) -> Published {
    Published::new(text, Per::THOUSAND).unwrap()
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
    // What suppressed counts could make of the average stands beside it.
    let bounds = "With 1 suppressed count in, the pooled average lies from 891.1 to 895.0 per 100,000.";
    let bounded = with(Suppressed { at_most: Some(4) });
    for claim in [Claim::percent_above("A", "33").unwrap(), Claim::average("A", per_thousand("9"))] {
        assert_eq!(bounded.check(&claim).unwrap().reasons()[1], bounds);
    }
    assert!(bounded.describe("A").unwrap().to_string().contains(bounds));
    assert!(!with(Missing(Reason::Blank)).describe("A").unwrap().to_string().contains("suppressed"));
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
fn claims_that_could_not_be_otherwise_say_so() {
    let three = rows(&[("A", Known(30), 1_000), ("B", Known(60), 2_000), ("C", Known(1), 1_000)]);
    let trivial = Claim::among_highest("C", 50).unwrap();
    verdict(&three, &trivial, Supported, Supported);
    assert!(three.check(&trivial).unwrap().to_string().ends_with("That would be true of any of them: there are 3."));
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
        "A has 1 offence among 1 person, a rate of 100,000.0 per 100,000 (95 % interval 2,531.8 to 557,164.3, exact).",
        "No distance from the average can be told: no other area is in it.",
        "No other area is compared.",
        "Printed figures are rounded, halves away from zero: rates, the pooled average and the distance from it as exact \
         fractions, all others as doubles.",
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
        told.ends_with("Equal rates are not refuted at 5 %: exact p = 0.0560, against the other areas together; Poisson variation only."),
        "{told}"
    );
    let told = against(115).check(&claim("15")).unwrap().to_string();
    assert!(
        told.ends_with("Equal rates are refuted at 5 %: exact p = 0.0400, against the other areas together; Poisson variation only."),
        "{told}"
    );
    // None above says nothing of a side.
    let even = against(100);
    for zero in ["0", "0.0"] {
        verdict(&even, &claim(zero), Supported, Supported);
        verdict(&even, &Claim::percent_below("A", zero).unwrap(), Supported, Supported);
    }
    reasons(
        &even,
        &claim("0"),
        &["Its rate is 10,000.0 per 100,000, 0.0 % above the pooled average of 2 areas, 10,000.0 per 100,000."],
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
fn the_rounding_that_agrees_is_the_one_that_is_told() {
    // 1 of 8 is 0.125: 0.13 as people round, 0.12 as much software does.
    let table = Table::from_rows([("A", 1, 8), ("B", 1, 8)]).unwrap().compare(Average::POOLED).claims(Per::ONE);
    for printed in ["0.13", "0.12"] {
        let claim = Claim::rate("A", Published::new(printed, Per::ONE).unwrap());
        verdict(&table, &claim, Supported, Supported);
        reasons(
            &table,
            &claim,
            &[&format!("{printed} per 1 on 8 people implies 1 offence; 1 ({printed} per 1) agrees.")],
        );
    }
}

#[test]
fn groups_and_person_months_are_told() {
    let rows = [("A", 600, 50_000), ("B", 300, 50_000), ("C", 30, 1_000), ("D", 3, 1_000)];
    let groups = PeerGroups::from_labels("region", [("A", "N"), ("B", "N"), ("C", "S")]);
    let table = Table::from_rows(rows).unwrap().with_groups(groups).unwrap();
    let region = Average::POOLED.over(table.group("region").unwrap());
    let claims = table.compare(region).claims(Per::THOUSAND);
    verdict(&claims, &Claim::percent_above("A", "33").unwrap(), Supported, Supported);
    verdict(&claims, &Claim::percent_above("D", "33").unwrap(), NotCheckable, NotCheckable);
    let second = "That is 33 % above the pooled average of 2 areas of its group (region), 9.00 per 1,000, further than chance alone \
        would put it (exact p < 0.0001, against the other areas of its group together; Poisson variation only).";
    assert_eq!(claims.describe("A").unwrap().sentences()[1], second);
    let alone = claims.describe("C").unwrap();
    assert_eq!(alone.sentences()[1], "No distance from the average can be told: no other area is in it.");
    assert_eq!(
        claims.describe("D").unwrap().sentences()[1],
        "No distance from the average can be told: the area has no group."
    );

    let half = Table::from_rows([("A", 130, 510_000), ("B", 90, 300_000)]).unwrap().with_basis(Basis::new().months(6));
    let yearly = Per::THOUSAND.years().unwrap();
    let claims = half.annualised().unwrap().compare(Average::POOLED).claims(yearly);
    let claim = |per| Claim::rate("A", Published::new("0.510", per).unwrap());
    verdict(&claims, &claim(yearly), Supported, Supported);
    verdict(&claims, &claim(Per::THOUSAND), Contradicted, Contradicted);
    let told = claims.check(&claim(Per::THOUSAND)).unwrap();
    assert_eq!(told.basis(), claims.league().table().basis());
    let told = told.to_string();
    assert!(
        told.ends_with("\n  Basis: 6 months; population: in person-months, 12 of which are a person-year."),
        "{told}"
    );
    assert!(told.contains("0.510 per 1,000 person-months on 3,060,000 person-months implies"), "{told}");
}

#[test]
fn what_was_checked_can_be_read_back_and_not_forged() {
    let claims = rows(&[("A", Known(600), 50_000), ("B", Known(300), 50_000), ("C", Known(310), 50_000)]);
    let checked = |claim: &Claim| serde_json::to_string(&claims.check(claim).unwrap()).unwrap();
    let forged = |claim: &Claim, from: &str, to: &str| {
        let json = checked(claim);
        assert!(json.contains(from), "{json}");
        serde_json::from_str::<Checked>(&json.replacen(from, to, 1)).unwrap_err().to_string()
    };
    let lowest = forged(&Claim::lowest("B"), "\"verdict\":\"not-certain\"", "\"verdict\":\"contradicted\"");
    assert!(lowest.starts_with("that B has the lowest rate of any area is contradicted does not follow"), "{lowest}");
    forged(&Claim::lowest("B"), "\"of_compared\":\"not-certain\"", "\"of_compared\":\"supported\"");
    forged(&Claim::highest("B"), "\"rank\":3", "\"rank\":1");
    forged(&Claim::highest("B"), "\"ahead\":[\"A\",\"C\"]", "\"ahead\":[]");
    forged(&Claim::highest("A"), "\"rank_set\":[1,1]", "\"rank_set\":[1,4]");
    let rate = Claim::rate("A", per_thousand("12"));
    forged(&rate, "\"count\":600", "\"count\":700");
    forged(&rate, "\"verdict\":\"supported\"", "\"verdict\":\"not-checkable\"");
    let above = Claim::percent_above("A", "49").unwrap();
    forged(&above, "\"found\":48", "\"found\":-48");
    forged(&above, "\"verdict\":\"supported\"", "\"verdict\":\"contradicted\"");
    forged(&Claim::average("A", per_thousand("8.07")), "\"found\":8", "\"found\":9");
    for area in ["A", "B", "C"] {
        let described = claims.describe(area).unwrap();
        assert_eq!(again(&described), described);
    }
    let ratio = per_thousand("29.8").ratio(per_thousand("20.4")).unwrap();
    assert_eq!(again(&ratio), ratio);
    assert!(serde_json::from_str::<Rounded>("{\"least\":1,\"value\":0.5,\"most\":2}").is_err());
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
                prop_assert_eq!(&again(&checked), &checked);
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

#[test]
fn chance_is_poisson_unless_the_comparison_knows_more() {
    let table = || Table::from_rows([("A", 260, 50_000), ("B", 200, 50_000), ("C", 190, 50_000)]).unwrap();
    let highest = Claim::highest("A");
    let above = Claim::percent_above("A", "20").unwrap();
    let plain = claims(&table());
    verdict(&plain, &highest, Supported, Supported);
    verdict(&plain, &above, Supported, Supported);
    for claim in [&highest, &above] {
        assert!(plain.check(claim).unwrap().to_string().contains("; Poisson variation only"));
    }
    assert_eq!(plain.describe("A").unwrap().to_string().matches("Poisson variation only").count(), 2);
    let with = |spec: RankSpec| table().compare(Compare::with(Average::POOLED).rank_sets(spec)).claims(Per::THOUSAND);
    let marginal = RankSpec::from((RankFamily::Marginal, Confidence::P99)).with_test(Test::MidP);
    assert_eq!(with(marginal).rank_spec().to_string(), "simultaneous at 95 %, mid-p");
    let wide = with(marginal.with_dispersion(WithinDispersion::new(6.0).unwrap()));
    verdict(&wide, &highest, NotCertain, NotCertain);
    verdict(&wide, &above, NotCertain, NotCertain);
    // z = (sqrt 0.0052 - sqrt 0.0039) / sqrt(6 (1/200000 + 1/400000)) = 1.4402, and twice the tail above is 0.1498.
    let told = "by square roots with phi_w 6 (as given) p = 0.1498, against the other areas together.";
    assert!(wide.check(&above).unwrap().to_string().ends_with(told), "{}", wide.check(&above).unwrap());
    assert!(!wide.describe("A").unwrap().to_string().contains("Poisson"));
    let narrow = with(RankSpec::default().with_dispersion(WithinDispersion::new(0.8).unwrap()));
    verdict(&narrow, &above, Supported, Supported);
    let told = "; Poisson variation only: phi_w 0.8 (as given) is not above 1, and is taken for 1";
    assert!(narrow.check(&highest).unwrap().to_string().contains(told), "{}", narrow.check(&highest).unwrap());
}

#[test]
fn halves_are_rounded_away_from_zero() {
    // 7 beside the 8 that the average makes: 12.5 % below.
    let table = rows(&[("A", Known(7), 1_000), ("B", Known(9), 1_000)]);
    let described = table.describe("A").unwrap();
    assert!(described.to_string().contains("That is 13 % below"), "{described}");
    for claim in described.claims() {
        assert!(table.check(claim).unwrap().verdict() != Contradicted, "{claim}");
    }
}
