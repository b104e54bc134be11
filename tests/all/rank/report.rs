//! The table of ranks: sets or intervals, with what replicate years would show.

use crate::support::ranks::{league, over};
use crimerate::{
    Average, Compare, Confidence, Note, Observation, Order, Per, Reason, Row, Table, Ties,
    interval::{Test, WithinDispersion},
    rank::{self, CountModel, Replicate},
};
use proptest::{collection::vec, prelude::*, sample::select};

fn texts(report: &rank::Report) -> Vec<String> {
    report.notes().iter().map(Note::text).map(Into::into).collect()
}

#[test]
fn sets_and_chances_stand_in_one_table() {
    let rows = [
        Row::new("A", 900, 1_000),
        Row::new("B", Observation::Missing(Reason::NotAvailable), 1_000),
        Row::new("C", 100, 1_000),
        Row::new("D", 500, 1_000),
    ];
    let league = Table::from_rows(rows).unwrap().exclude("D", "tried").unwrap().compare(Average::POOLED);
    let sets = league.rank_sets(rank::Family::Simultaneous).unwrap();
    let alone = sets.per(Per::THOUSAND);
    assert!(alone.distribution().is_none() && alone.rows().all(|row| row.p_highest.is_none()));
    let report = alone.clone().with_probabilities(CountModel::Poisson);
    assert_eq!(report.distribution().unwrap(), &league.replicate_ranks(CountModel::Poisson).unwrap());
    assert_eq!((report.sets(), report.confidence()), (Some(&sets), Confidence::P95));
    assert_eq!(report.clone().with_confidence(Confidence::P99), report, "sets keep their level");
    let rows: Vec<_> = report.rows().collect();
    let chances = report.distribution().unwrap().area("C").unwrap();
    assert_eq!((rows[2].p_highest, rows[2].p_lowest), (Some(chances.p_highest()), Some(chances.p_lowest())));
    assert_eq!((rows[2].rank_lower, rows[2].rank_upper, rows[2].rate), (Some(2), Some(2), Some(100.0)));
    let missing = &rows[1];
    assert_eq!((missing.count, missing.rank, missing.rank_lower, missing.p_lowest), (None, None, None, None));
    assert_eq!(missing.note.as_deref(), Some("count not available"));
    assert_eq!(rows[3].note.as_deref(), Some("excluded: tried"));
    let text = "\
Rank  Area              Count  Population  Rate per 1,000   95 % interval  Rank set  P(highest)  P(lowest)
----  ----------------  -----  ----------  --------------  --------------  --------  ----------  ---------
   1  A                   900       1,000           900.0  842.2 to 960.8         1     >0.9999    <0.0001
      Average (pooled)  1,000       2,000           500.0
   2  C                   100       1,000           100.0   81.4 to 121.6         2     <0.0001    >0.9999

2 of 4 areas compared.
Left out: B, count not available.
Left out: D, excluded: tried (its rate is 500.0 per 1,000).
Average: pooled, 500.0 per 1,000 over 2 areas.
Intervals: exact at 95 %.
Ranks: of 2, highest rate first, competition ties; compared before rounding.
Rank sets: simultaneous at 95 %, for all areas at once; 2 one-sided exact binomial tests, by Holm.
Poisson variation only.
Areas with a single place, and up to how many times the variation of chance they keep it: A 1 (208.2), C 2 (208.2).
The sets are of the areas compared: with B among them, ranks may be up to 1 greater.
P(highest), P(lowest): that no rate is above, or below, in a replicate year; a joint place counts for each of them; claims about ranks rest on the sets alone.
Replicate years: Poisson counts about those of this year; 2 areas, highest rate first, competition ties, exact.
What other years would show: no confidence set of a rank, so a claim about a rank cannot rest on it.
Not simulated: counts too rare to matter are left out, which changes no probability by more than 1e-12.";
    assert_eq!(report.to_string(), text);
}

#[test]
fn intervals_say_that_they_are_no_sets() {
    let league = league(&[(60, 50_000), (30, 50_000), (35, 50_000), (0, 2_000)], Average::POOLED);
    let found = league.replicate_ranks(over(2.2)).unwrap();
    let report = found.per(Per::THOUSAND).with_confidence(Confidence::P90);
    for (row, chances) in report.rows().zip(found.iter()) {
        let interval = chances.interval(Confidence::P90);
        assert_eq!((row.rank_lower, row.rank_upper), (Some(*interval.start()), Some(*interval.end())));
    }
    let notes = texts(&report);
    for note in [
        "Rank intervals: the ranks of 90 % of replicate years or more, as many left out at either end; no confidence sets.",
        "P(highest), P(lowest): that no rate is above, or below, in a replicate year; a joint place counts for each of them.",
        "Variation within areas between periods: phi_w 2.2 (as given).",
        "By this law 1 area with a count of 0 would always have 0; gamma-poisson allows for some.",
    ] {
        assert!(notes.iter().any(|told| told == note), "{note} is not in {notes:#?}");
    }
    assert!(notes.iter().all(|note| !note.starts_with("Rank sets") && !note.starts_with("Poisson")));
    assert!(
        report
            .to_string()
            .starts_with("Rank  Area              Count  Population  Rate per 1,000   95 % interval  Rank interval  P")
    );
}

/// The variation of the sets and that of the law are reported once where they are one, and both where they are two.
#[test]
fn variation_is_told_of_both() {
    let league = league(&[(60, 50_000), (30, 50_000)], Average::POOLED);
    let within = WithinDispersion::estimate([[60, 72, 55, 71], [31, 20, 28, 33]]).unwrap();
    let told = |spec: rank::Spec, law: CountModel| -> Vec<String> {
        let report = league.rank_sets(spec).unwrap().per(Per::THOUSAND).with_probabilities(law);
        texts(&report).into_iter().filter(|note| note.contains("ariation")).collect()
    };
    let (plain, wide) = (rank::Spec::default(), rank::Spec::default().with_dispersion(within));
    let origin = "Variation within areas between periods: phi_w 1.46 (2 areas, 4 periods).";
    let bears = "Areas with a single place, and up to how many times the variation of chance they keep it: A0 1 (2.4), A1 2 (2.4).";
    assert_eq!(told(plain, CountModel::GammaPoisson), ["Poisson variation only.", bears]);
    assert_eq!(
        told(wide, CountModel::Overdispersed(within)),
        ["Intervals: exact at 95 %; Poisson variation only.", origin]
    );
    assert_eq!(told(wide, CountModel::Poisson), [origin, "Poisson variation only."]);
}

#[test]
fn what_is_refused_is_reported() {
    let sets = league(&[(u64::MAX, 1), (3, 1)], Average::POOLED).rank_sets(rank::Family::Marginal).unwrap();
    let report = sets.per(Per::THOUSAND).with_probabilities(CountModel::Poisson);
    assert!(
        report.distribution().is_none() && report.rows().all(|row| row.rank_lower.is_some() && row.p_lowest.is_none())
    );
    assert!(texts(&report).last().unwrap().starts_with(
        "P(highest), P(lowest): none, A0: the number of possible counts in replicate years, of the count 18,446,744,"
    ));
    assert!(!report.to_string().lines().next().unwrap().contains("P(highest)"));
    let json = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<rank::Report>(&json).unwrap(), report);
    let many: Vec<(u64, u64)> = (0..1_001).map(|i| (i, 1_000)).collect();
    let report = league(&many, Average::POOLED).rank_sets(Test::MidP).unwrap().per(Per::THOUSAND);
    let report = report.with_probabilities(CountModel::Poisson);
    let why = "the number of areas, for ranks in replicate years, is 1,001, and can be at most 1,000: \
               compare fewer, or simulate, which takes 4,096";
    assert_eq!(texts(&report).last().unwrap(), &format!("P(highest), P(lowest): none, {why}."));
    assert!(report.rows().all(|row| row.note.as_deref() == Some(why)));
}

#[test]
fn forged_figures_are_refused() {
    let sets = league(&[(60, 50_000), (30, 50_000), (35, 50_000)], Average::POOLED).rank_sets(Test::Exact).unwrap();
    let report = sets.per(Per::THOUSAND).with_probabilities(CountModel::Poisson);
    let value = serde_json::to_value(&report).unwrap();
    assert_eq!(serde_json::from_value::<rank::Report>(value.clone()).unwrap(), report);
    for (column, forged, told) in [
        ("area", serde_json::json!("A1"), "A0: area is given as A1, but its counts and populations give A0"),
        ("count", 61.into(), "A0: count is given as 61, but its counts and populations give 60"),
        ("rate", 1.3.into(), "A0: rate is given as 1.3, but its counts and populations give 1.2"),
        ("rank", 2.into(), "A0: rank is given as 2, but its counts and populations give 1"),
        (
            "rank_lower",
            serde_json::Value::Null,
            "A0: rank_lower is given as nothing, but its counts and populations give 1",
        ),
        ("rank_upper", 2.into(), "A0: rank_upper is given as 2, but its counts and populations give 1"),
        ("p_highest", 1.into(), "A0: p_highest is given as 1, but its counts and populations give 0.9"),
        ("p_lowest", 0.1.into(), "A0: p_lowest is given as 0.1, but its counts and populations give 0.0"),
    ] {
        let mut changed = value.clone();
        changed["rows"][0][column] = forged;
        let error = serde_json::from_value::<rank::Report>(changed).unwrap_err().to_string();
        assert!(error.starts_with(told), "{error}");
    }
    let mut dense = value.clone();
    dense["compare"]["ties"] = "dense".into();
    let error = serde_json::from_value::<rank::Report>(dense).unwrap_err().to_string();
    assert_eq!(error, "dense ranks have no confidence sets, so the figure does not exist");
    let mut fewer = value;
    fewer["rows"].as_array_mut().unwrap().pop();
    assert!(serde_json::from_value::<rank::Report>(fewer).unwrap_err().to_string().starts_with("rows is given as 2"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn reports_read_back_as_they_were(
        rates in vec((0..60_u64, 1..3_000_u64), 1..9),
        (family, test) in (select(rank::Family::ALL), select(Test::ALL)),
        order in select(Order::ALL),
        ties in select(Ties::ALL),
        law in prop_oneof![Just(CountModel::Poisson), Just(CountModel::GammaPoisson), (0.4..9.0).prop_map(over)],
        with_sets in any::<bool>(),
    ) {
        prop_assume!(ties != Ties::Dense);
        let league = league(&rates, Compare::with(Average::MEDIAN).with_order(order).with_ties(ties));
        let spec = Replicate::from(law);
        let report = match with_sets {
            true => league.rank_sets((family, test)).unwrap().per(Per::MILLION).with_probabilities(spec),
            false => league.replicate_ranks(spec).unwrap().per(Per::MILLION).with_confidence(Confidence::P99),
        };
        let json = serde_json::to_string(&report).unwrap();
        prop_assert_eq!(&serde_json::from_str::<rank::Report>(&json).unwrap(), &report);
        for row in report.rows() {
            let (lower, upper) = (row.rank_lower.unwrap(), row.rank_upper.unwrap());
            prop_assert!(1 <= lower && lower <= upper && upper <= rates.len());
            prop_assert!([row.p_highest, row.p_lowest].iter().flatten().all(|p| (0.0..=1.0).contains(p)));
        }
    }
}
