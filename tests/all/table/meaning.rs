//! What a row may mean: a total, a part of a year, a count in no area, one area twice, an area of a few people.

use crate::support::{json::again, near::near, notes::notes, says::says};
use crimerate::{Average, LeftOut, Observation, Per, Report, Row, Table, interval::Test};
use proptest::{collection::vec, prelude::*};

const PER: Per = Per::HUNDRED_THOUSAND;

fn told(table: &Table) -> String {
    notes(&table.compare(Average::POOLED).per(PER))
}

/// Regions and states of the census of 2010 with made-up counts, in the order of such tables.
fn nation() -> Vec<(&'static str, u64, u64)> {
    vec![
        ("Nation", 3_349, 52_322_525),
        ("New England", 635, 11_450_087),
        ("Connecticut", 310, 3_574_097),
        ("Maine", 120, 1_328_361),
        ("Massachusetts", 205, 6_547_629),
        ("Mid-Atlantic", 2_714, 40_872_438),
        ("New Jersey", 610, 8_791_894),
        ("New York", 1_402, 19_378_165),
        ("Pennsylvania", 702, 12_702_379),
    ]
}

#[test]
fn totals_are_found_said_and_taken_out() {
    let table = Table::from_rows(nation()).unwrap();
    let text = told(&table);
    assert!(
        text.contains(
            "Compared as areas, and perhaps totals: Nation (the sum of all 6 others); New England (the sum of the 3 from \
             Connecticut to Massachusetts); Mid-Atlantic (the sum of the 3 from New Jersey to Pennsylvania).\n"
        ),
        "{text}"
    );
    let taken =
        ["Nation", "New England", "Mid-Atlantic"].iter().try_fold(table, |table, name| table.total(name)).unwrap();
    let (league, text) = (taken.compare(Average::POOLED), told(&taken));
    assert_eq!(league.len(), 6);
    assert!(text.contains("Total: Nation, the sum of all 6 others.\n"), "{text}");
    assert!(text.contains("Total: Mid-Atlantic, the sum of the 3 from New Jersey to Pennsylvania.\n"), "{text}");
    assert!(!text.contains("perhaps totals") && !text.contains("Left out"), "{text}");
    assert_eq!(taken.rate(0), Some(Err(LeftOut::Total)));
    assert_eq!(again(&taken), taken);
    let report = league.per(PER);
    assert_eq!(again::<Report>(&report), report);
    assert_eq!(report.rows().next().unwrap().note.as_deref(), Some("a total of other rows"));
}

#[test]
fn a_total_that_is_none_says_by_how_much_and_what_may_explain_it() {
    let with = |count, people, other: Vec<Row>| {
        let rows = nation().into_iter().filter(|row| !row.0.contains('-') && !row.0.contains("England"));
        let rows = rows.map(|(name, own, population)| match name {
            "Nation" => Row::new(name, count, population + people),
            name => Row::new(name, own, population),
        });
        let table = Table::from_rows_leaving_out(rows.chain(other)).unwrap().total("Nation").unwrap();
        told(&table).lines().find(|line| line.starts_with("Total")).unwrap_or_default().to_owned()
    };
    let none = Vec::new;
    assert_eq!(with(3_349, 0, none()), "Total: Nation, the sum of all 6 others.");
    assert_eq!(
        with(3_352, 0, none()),
        "Total: Nation, 3 more than all 6 others have together, on the same population of 52,322,525: a body without a population or \
         counts in no area may explain it."
    );
    assert_eq!(
        with(3_352, 0, vec![Row::unplaced("Unknown", 3)]),
        "Total: Nation, 3 more than all 6 others have together, on the same population of 52,322,525: that is what is in no area."
    );
    assert!(with(3_400, 600_000, none()).ends_with(
        "51 more than all 6 others have together, on a population larger by 600,000: an area may be missing."
    ));
    assert!(with(3_300, 0, none()).ends_with("some may be counted in several areas, or figures be revised."));
    let lacking = with(3_400, 600_000, vec![Row::new("Vermont", "..".parse::<Observation>().unwrap(), 600_000)]);
    assert!(
        lacking.ends_with("its population is that of all others, of which Vermont is without a count."),
        "{lacking}"
    );
}

proptest! {
    /// A total of a run is found wherever it stands, and one of rows anywhere by their group.
    #[test]
    fn planted_totals_are_found(
        rows in vec((300_u64..20_000, 100_000_u64..5_000_000), 4..60),
        (first, last) in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
        (at, turn) in (any::<bool>(), any::<prop::sample::Index>()),
    ) {
        let (mut first, mut last) = (first.index(rows.len()), last.index(rows.len()));
        if first > last { std::mem::swap(&mut first, &mut last); }
        prop_assume!(last - first >= 1);
        let part = &rows[first..=last];
        let sum = part.iter().fold((0, 0), |sum, row| (sum.0 + row.0, sum.1 + row.1));
        let mut named: Vec<(String, u64, u64)> =
            rows.iter().enumerate().map(|(place, row)| (format!("Area {place}"), row.0, row.1)).collect();
        named.insert(if at { first } else { last + 1 }, ("Sum".to_owned(), sum.0, sum.1));
        let text = told(&Table::from_rows(named.clone()).unwrap());
        prop_assert!(text.contains("perhaps totals: Sum (the sum of "), "{}", text);
        // In any other order the group tells.
        let turn = turn.index(named.len());
        named.rotate_left(turn);
        named.reverse();
        let labels: Vec<(String, &str)> =
            (first..=last).map(|place| (format!("Area {place}"), "in")).chain([("Sum".to_owned(), "in")]).collect();
        let groups = crimerate::PeerGroups::from_labels("region", labels);
        let text = told(&Table::from_rows(named).unwrap().with_groups(groups).unwrap());
        prop_assert!(text.contains("perhaps totals: Sum ("), "{}", text);
    }
}

/// Violent crimes in eight cities in 2005, of which New Orleans reported six months: The Marshall Project, city-crime data, from the
/// Uniform Crime Reports.
#[test]
fn half_a_year_among_years_is_annual_by_its_months() {
    let cities = [
        ("Atlanta", 7_213, 430_666, 12, 1_674.847_793_882_033_8, 4),
        ("Baltimore", 11_248, 641_097, 12, 1_754.492_690_973_763, 3),
        ("Dallas", 15_429, 1_230_303, 12, 1_254.081_311_676_879_5, 6),
        ("Houston", 23_987, 2_045_732, 12, 1_172.538_729_413_237, 7),
        ("Memphis, Tenn.", 12_637, 678_988, 12, 1_861.152_185_311_080_5, 2),
        ("Miami", 6_134, 388_295, 12, 1_579.726_754_143_112_9, 5),
        ("New Orleans", 2_090, 463_072, 6, 902.667_403_773_063_4, 8),
        ("St. Louis, Mo.", 8_323, 346_005, 12, 2_405.456_568_546_697_3, 1),
    ];
    let table =
        Table::from_rows(cities.map(|(name, count, people, months, ..)| Row::new(name, count, people).months(months)));
    let table = table.unwrap();
    let league = table.compare(Average::POOLED);
    let report = league.per(PER);
    for ((name, _, _, _, rate, rank), row) in cities.iter().zip(report.rows()) {
        near(row.rate.unwrap(), *rate, 1e-9, name);
        assert_eq!(row.rank.unwrap().to_string(), rank.to_string(), "{name}");
    }
    near(league.average().unwrap().per(report.per()).value(), 1_452.803_130_249_163_1, 1e-13, "pooled");
    let text = notes(&report);
    assert!(text.contains("Months: 12 in 7 areas, but New Orleans has 6 months; "), "{text}");
    assert_eq!(report.rows().nth(6).unwrap().note.as_deref(), Some("months: 6"));
    let claim = league.claims(PER).check(&crimerate::Claim::lowest("New Orleans")).unwrap().to_string();
    assert!(
        claim.contains("New Orleans: figures of 6 months, those of most areas of 12; figures have seasons"),
        "{claim}"
    );
    assert_eq!(again::<Report>(&report), report);
    assert_eq!(again::<Table>(&table), table);
    // A denominator is of people, whatever the months.
    let by_day = table.with_denominator("New Orleans", 500_000, "people by day").unwrap();
    assert_eq!(by_day.population(6).unwrap().get(), 3_000_000);
    // All of one length are annual, too.
    let halves = Table::from_rows([Row::new("A", 130, 510_000).months(6)]).unwrap().compare(Average::POOLED).per(PER);
    assert_eq!(halves.rows().next().unwrap().rate, Some(260.0 * 100_000.0 / 510_000.0));
    assert!(notes(&halves).contains("Months: 6 in every area; rates are for a year.\n"));
    says(
        Table::from_rows([Row::new("A", 1, 10).months(0)]),
        "A: row 1: 0 is not the number of months: it has to be 1 or more",
    );
    let huge = Table::from_rows([Row::new("A", 1, u64::MAX).months(2)]);
    assert!(huge.unwrap_err().to_string().starts_with("A: population times months is 36,893,488,147,419,103,230"));
}

/// Deaths without a county beside those with one: CSSEGISandData/COVID-19, issue 2712, two counties for all.
#[test]
fn what_is_in_no_area_is_in_the_whole_when_the_caller_says_so() {
    let rows = || {
        [Row::new("Laramie County", 1, 99_500), Row::new("Natrona County", 0, 79_858), Row::unplaced("Unassigned", 17)]
    };
    let pooled = |table: &Table| table.compare(Average::POOLED).average().unwrap().per(PER).value();
    let table = Table::from_rows(rows()).unwrap();
    near(pooled(&table), 0.557_544_129_617_859_3, 1e-15, "of those in an area");
    assert!(
        told(&table).contains("In no area: 17 of 18 counted (94 %), Unassigned. They are in no rate and in no average")
    );
    let whole = table.clone().unplaced_in_average("Unassigned").unwrap();
    near(pooled(&whole), 10.035_794_333_121_467, 1e-15, "of all");
    assert!(
        told(&whole).contains("17 of 18 counted (94 %), Unassigned. They are in the pooled average and in no rate.\n")
    );
    assert_eq!(again::<Table>(&whole), whole);
    // Neither an area's rate nor its test against the rest changes.
    let [one, other] = [&table, &whole].map(|table| table.compare(Average::POOLED));
    let test = |league: &crimerate::LeagueTable| {
        let here = league.area("Laramie County").unwrap();
        (here.rate(), here.against_rest().unwrap().significance(Test::Exact).two_sided())
    };
    assert_eq!(test(&one), test(&other));
    let peopled = Table::from_rows([("A", 1, 10), ("B", 2, 20)]).unwrap().unplaced("B");
    says(
        peopled,
        "B: the area cannot be taken to be in no area: it has a population of 20: exclude it, or take it for a total",
    );
    let zero = Table::from_rows_leaving_out([("A", 1, 10), ("B", 2, 0)]).unwrap().unplaced("B").unwrap();
    assert!(told(&zero).contains("In no area: 2 of 3 counted (67 %), B."));
}

/// Names and codes of wards as in ThreeSixtyGiving/grantnav, issue 464, with made-up figures.
#[test]
fn an_area_is_its_code_and_names_may_repeat() {
    let rows = [
        ("Alexandra", "E05000400", 120, 9_900),
        ("Alexandra", "E05000719", 310, 11_200),
        ("Chadderton Central", "E05000720", 150, 10_500),
    ];
    let table = Table::from_rows(rows).unwrap();
    let league = table.compare(Average::POOLED);
    for (code, rate, rank) in [
        ("E05000400", 12.121_212_121_212_121, "3"),
        ("E05000719", 27.678_571_428_571_427, "1"),
        ("Alexandra (E05000719)", 27.678_571_428_571_427, "1"),
        ("Chadderton Central", 14.285_714_285_714_285, "2"),
    ] {
        let here = league.area(code).unwrap();
        near(here.rate().per(Per::THOUSAND).value(), rate, 1e-15, code);
        assert_eq!(here.rank().to_string(), rank);
    }
    let ambiguous = "2 areas have the name \"Alexandra\": ask by code, which is E05000400 or E05000719";
    says(league.area("Alexandra"), ambiguous);
    says(table.clone().exclude("Alexandra", "tried"), ambiguous);
    says(
        table.clone().with_groups(crimerate::PeerGroups::from_labels("r", [("Alexandra", "x")]).leaving_out_unknown()),
        &format!("x: {ambiguous}"),
    );
    let merged = table.clone().merge("E05000400", "E05000719", "tried").unwrap();
    assert_eq!((merged.observation(1), merged.observation(0)), (Some(430.into()), Some(120.into())));
    assert_eq!(again::<Table>(&merged), merged);
    let text = league.per(Per::THOUSAND).to_string();
    assert!(text.contains("1  Alexandra (E05000719)") && text.contains("3  Alexandra (E05000400)"), "{text}");
    // In a later table they are matched by their codes.
    let change = table.change_to(&table).unwrap();
    assert_eq!(change.iter().filter(|(_, change)| change.is_ok()).count(), 3);
    says(change.area("Alexandra"), ambiguous);
    says(
        Table::from_rows([("A", 1, 10), ("A", 2, 10)]),
        "A: row 2: the name \"A\" stands in row 1 already: leave one of the two rows out, or tell the two apart by codes",
    );
}

#[test]
fn small_areas_are_left_out_by_rule_and_swapped_columns_are_marked() {
    let table =
        Table::from_rows([("A", 310, 357_400), ("B", 120, 132_800), ("Hamlet", 2, 85), ("Ward", 9, 8_000)]).unwrap();
    let kept = table.clone().exclude_below(8_000).unwrap();
    assert_eq!(kept.compare(Average::POOLED).len(), 3);
    assert!(
        told(&kept).contains("Left out: Hamlet, excluded: population below 8,000 (its rate is 2,352.9 per 100,000).")
    );
    // At 441 on 498,285 people Ward expects 7.08 and Hamlet 0.08.
    assert_eq!(table.clone().exclude_expected_below(7.0).unwrap().compare(Average::POOLED).len(), 3);
    assert_eq!(table.clone().exclude_expected_below(7.1).unwrap().compare(Average::POOLED).len(), 2);
    assert!(table.clone().exclude_expected_below(f64::NAN).is_err());
    assert_eq!(again::<Table>(&kept), kept);
    let merged = table.merge("Ward", "Hamlet", "tried").unwrap().exclude_below(1_000_000);
    assert!(merged.unwrap_err().to_string().contains("Ward is merged into it"));
    let by_day = Table::from_rows([("A", 310, 357_400), ("B", 120, 132_800)]).unwrap();
    let by_day = by_day.with_denominator("B", 99_999, "by day").unwrap().exclude_below(150_000);
    says(
        by_day,
        "B: the area cannot be left out for its population below 150,000: it is given another denominator already",
    );
    let swapped = Table::from_rows([("A", 357_400, 310), ("B", 120, 132_800)]).unwrap();
    assert!(told(&swapped).contains("More counted than the population: A. Counts and populations may be swapped.\n"));
}

/// Cells in the form of county tables of injuries (SatcherInstitute/health-equity-tracker, pull request 4491), figures made up.
#[test]
fn ranges_have_two_ends() {
    let rows =
        [("A", "73", 100_000), ("B", "1-9", 8_600), ("C", "10-50", 40_000), ("D", "0", 5_000), ("E", "", 12_000)];
    let table =
        Table::from_rows(rows.map(|(name, count, people)| Row::parse(name, count, &people.to_string()))).unwrap();
    let text = told(&table);
    assert!(
        text.contains("With 2 suppressed counts in, the pooled average lies from 54.7 to 85.9 per 100,000.\n"),
        "{text}"
    );
    assert!(
        text.contains("Left out: B, count suppressed, 1 to 9 (its rate is 11.6 to 104.7 per 100,000).\n"),
        "{text}"
    );
    assert!(
        text.contains("Left out: C, count suppressed, 10 to 50 (its rate is 25.0 to 125.0 per 100,000).\n"),
        "{text}"
    );
    assert_eq!(again::<Table>(&table), table);
    let reversed = Observation::Suppressed { at_least: 9, at_most: Some(1) };
    assert!(
        Table::from_rows([Row::new("A", reversed, 10)])
            .unwrap_err()
            .to_string()
            .starts_with("A: row 1: 1 is not the most")
    );
    assert!(serde_json::from_str::<Observation>("{\"suppressed\":{\"at_least\":9,\"at_most\":1}}").is_err());
    assert_eq!(serde_json::from_str::<Observation>("{\"suppressed\":{\"at_most\":4}}").unwrap().ends(), (0, Some(4)));
}

#[test]
fn rounded_counts_have_intervals_of_all_that_they_stand_for() {
    let table = || Table::from_rows([("A", 5, 1_500), ("B", 0, 9_000), ("C", 40, 9_000)]).unwrap();
    let rounded = table().rounded_to(5).unwrap();
    let limits =
        |table: &Table, area: &str| table.compare(Average::POOLED).area(area).unwrap().interval().per(Per::THOUSAND);
    // From the lower limit of 3 to the upper of 7, by scipy: chi2.ppf(.025, 6) / 2 and chi2.ppf(.975, 16) / 2 on 1,500 people.
    near(limits(&rounded, "A").lower(), 0.618_672_1 / 1.5, 1e-6, "least");
    near(limits(&rounded, "A").upper(), 14.422_675_4 / 1.5, 1e-6, "most");
    let of = |count: u64| {
        crimerate::Rate::new(count, 9_000).unwrap().interval(crimerate::Confidence::P95).per(Per::THOUSAND)
    };
    assert_eq!((limits(&rounded, "B").lower(), limits(&rounded, "B").upper()), (0.0, of(2).upper()));
    assert_eq!((limits(&rounded, "C").lower(), limits(&rounded, "C").upper()), (of(38).lower(), of(42).upper()));
    // 40 to 51 on 19,500 people, with 45 as published.
    let text = told(&rounded);
    assert!(
        text.contains("Counts are rounded to 5: ") && text.contains("lies from 210.3 to 261.5 per 100,000"),
        "{text}"
    );
    assert_eq!(again::<Table>(&rounded), rounded);
    assert_eq!(table().rounded_to(1).unwrap(), table());
    let plan = crimerate::interval::Plan::new(crimerate::Confidence::P95);
    assert_eq!(rounded.intervals(&plan, Per::THOUSAND).1.values()[2], of(42).upper());
    says(table().rounded_to(3), "A: the area cannot be among counts that are rounded to 3: its count is 5");
    assert!(table().rounded_to(0).is_err());
    assert!(crimerate::Panel::from_tables([("rounded", &rounded)]).is_err());
}

#[test]
fn panels_name_totals_too() {
    let (rows, second) = (nation(), nation().into_iter().map(|(name, count, people)| (name, 2 * count, people)));
    let [one, two] = [Table::from_rows(rows).unwrap(), Table::from_rows(second).unwrap()];
    let panel = crimerate::Panel::from_tables([("one", &one), ("two", &two)]).unwrap();
    let told = |panel: &crimerate::Panel<'_>| {
        let figures = panel.compare(Average::POOLED, PER, [crimerate::Measure::Rate]);
        figures.notes().iter().map(|note| format!("{note}\n")).collect::<String>()
    };
    assert!(
        told(&panel).contains("perhaps totals: Nation (the sum of all 6 others); New England (the sum of"),
        "{}",
        told(&panel)
    );
    let totals = |table: Table| {
        ["Nation", "New England", "Mid-Atlantic"].iter().try_fold(table, |table, name| table.total(name))
    };
    let [one, two] = [one, two].map(|table| totals(table).unwrap());
    let panel = crimerate::Panel::from_tables([("one", &one), ("two", &two)]).unwrap();
    assert!(!told(&panel).contains("perhaps totals"));
    assert!(told(&panel).contains("6 of 9 areas compared by 2 indicators."), "{}", told(&panel));
}

#[test]
fn totals_are_found_where_counts_are_rounded_or_not_known_and_where_levels_are_mixed() {
    let areas = [
        (310, 3_574_097),
        (120, 1_328_361),
        (205, 6_547_629),
        (610, 8_791_894),
        (1_402, 19_378_165),
        (702, 12_702_379),
    ];
    let named = |rows: Vec<(String, Observation, u64)>| Table::from_rows(rows).unwrap();
    let area =
        |(place, (count, people)): (usize, (u64, u64))| (format!("Area {place}"), Observation::Known(count), people);
    let rows = || areas.into_iter().enumerate().map(area);
    let sum = areas.iter().fold((0, 0), |sum, row| (sum.0 + row.0, sum.1 + row.1));
    let whole = |count| ("Whole".to_owned(), count, sum.1);
    // One area without a count: the population tells.
    let mut suppressed: Vec<_> = rows().chain([whole(sum.0.into())]).collect();
    suppressed[2].1 = Observation::SUPPRESSED;
    let text = told(&named(suppressed.clone()));
    assert!(
        text.contains("perhaps totals: Whole (its population is that of all 6 others, of which Area 2 has no count)"),
        "{text}"
    );
    let text = told(&named(suppressed).total("Whole").unwrap());
    assert!(
        text.contains(
            "Total: Whole, 205 more than all others with a count have together; its population is that of all others, of which Area 2 \
             is without a count.\n"
        ),
        "{text}"
    );
    // Counts rounded to 5, of which the total is not the sum.
    let five = |count: u64| Observation::Known((count + 2) / 5 * 5);
    let fine = areas.iter().map(|row| (row.0 + 2, row.1)).enumerate().map(area);
    let mut rounded: Vec<_> = fine.collect();
    for row in &mut rounded {
        row.1 = five(row.1.known().unwrap());
    }
    rounded.push(whole(five(sum.0 + 12)));
    let total = rounded.iter().take(6).filter_map(|row| row.1.known()).sum::<u64>();
    assert_ne!(rounded[6].1, total.into());
    let text = told(&named(rounded).rounded_to(5).unwrap());
    assert!(text.contains("perhaps totals: Whole (nearly the sum of all 6 others)"), "{text}");
    // A whole with its two halves, in no order: no run tells, but all others have it twice.
    let half = |places: [usize; 3]| places.iter().fold((0, 0), |sum, at| (sum.0 + areas[*at].0, sum.1 + areas[*at].1));
    let (coast, inland) = (half([0, 3, 5]), half([1, 2, 4]));
    let mut mixed: Vec<_> = rows().collect();
    mixed.insert(1, ("Coast".to_owned(), coast.0.into(), coast.1));
    mixed.insert(4, whole(sum.0.into()));
    mixed.insert(6, ("Inland".to_owned(), inland.0.into(), inland.1));
    let text = told(&named(mixed));
    assert!(text.contains("perhaps totals: Coast (one of 2 rows that together have what 6 others have); Whole (the sum of all 6 others); Inland (one of 2"), "{text}");
    // An ordinary area that somebody takes for a total is not held against rows that it has nothing to do with.
    let text = told(&named(rows().collect()).total("Area 3").unwrap());
    assert!(text.contains("Total: Area 3; no rows beside it have its population together"), "{text}");
}

#[test]
fn rows_that_are_to_be_left_out_need_neither_a_population_nor_a_name_of_their_own() {
    let rows = [
        Row::new("Humberside", 3, 930_000),
        Row::new("Humberside [note 4]", 12, 930_000).to_be_left_out(),
        Row::new("Kent", 9, 1_846_500),
        Row::without_population("National", 24).to_be_left_out(),
    ];
    let table =
        Table::from_rows(rows).unwrap().total("National").unwrap().exclude("Humberside [note 4]", "a copy").unwrap();
    assert_eq!(table.compare(Average::POOLED).len(), 2);
    assert_eq!(again::<Table>(&table), table);
    let distinct =
        Table::from_rows([Row::new("St. Ives", 3, 930_000), Row::new("St Ives", 4, 930_000).distinct()]).unwrap();
    assert!(
        told(&distinct).contains("Taken for different areas, though their names are alike: St Ives beside St. Ives.\n")
    );
    let without = Table::from_rows_leaving_out([("A", 5, 100), ("B", 17, 0)]).unwrap();
    assert!(told(&without).contains("Left out: B, population zero, so no rate (17 counted).\n"), "{}", told(&without));
    let open = Table::from_rows([Row::parse("A", "5", "100"), Row::parse("B", ">=10", "30000")]).unwrap();
    assert!(told(&open).contains("(its rate is at least 33.3 per 100,000)"), "{}", told(&open));
    assert_eq!("<1".parse::<Observation>(), Ok(Observation::Known(0)));
}

/// A nation taken for a total, with its regions still beside their areas.
#[test]
fn a_total_says_that_others_are_left() {
    let rows = [("A", 5, 100), ("North", 8, 300), ("B", 3, 200), ("South", 4, 200), ("C", 4, 200), ("Whole", 12, 500)];
    let table = Table::from_rows(rows).unwrap().total("Whole").unwrap();
    let text = table.compare(Average::POOLED).per(Per::THOUSAND).to_string();
    assert!(text.contains("Whole; all others have its count and its population 2 times together"), "{text}");
}
