//! Against what: averages over peer groups, policies for special areas, bases that must agree.
//!
//! Figures of the knife table were worked out from its file with exact fractions.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use crimerate::{
    Average, AverageValue, Basis, Dispersion, Error, LeagueTable, LeftOut, Measure, Observation, Over, Panel,
    PeerGroups, Per, Policy, Rate, Reason, Report, Row, Table, Topic, Undefined,
};
use proptest::{collection::vec, option, prelude::*, sample::select};

const PER: Per = Per::HUNDRED_THOUSAND;
const RULES: [Average; 3] = [Average::POOLED, Average::MEAN, Average::MEDIAN];

/// The knife table, every area in it, with its regions.
fn knife() -> Table {
    let fields = |line: &'static str| line.split(',').collect::<Vec<_>>();
    let lines: Vec<_> = include_str!("../examples/data/knife_2020.csv").lines().skip(1).map(fields).collect();
    let rows = lines.iter().map(|line| Row::parse(line[0], line[3], line[4]).code(line[1]));
    let regions = PeerGroups::from_labels("region", lines.iter().map(|line| (line[0], line[2])));
    Table::from_rows(rows).unwrap().with_groups(regions).unwrap()
}

fn close(value: f64, expected: f64) {
    assert!((value - expected).abs() <= 1e-14 * expected, "{value} is not {expected}");
}

fn notes(report: &Report) -> String {
    report.notes().iter().map(|note| format!("{note}\n")).collect()
}

fn says<T: std::fmt::Debug>(result: Result<T, Error>, expected: &str) {
    assert_eq!(result.unwrap_err().to_string(), expected);
}

#[test]
fn regions_have_the_averages_of_their_areas() {
    let table = knife().exclude("City of London", "8,700 residents").unwrap();
    let region = table.group("region").unwrap();
    // Pooled, mean and median of the region: with the area itself, and without it.
    let expected = [
        (
            "West Midlands",
            4,
            [86.36117136659436, 71.3531988810351, 57.39279112274465],
            [55.59092584525684, 55.85535380834967, 57.16736858524411],
        ),
        (
            "Merseyside",
            4,
            [70.65362978837396, 63.62348767021913, 58.287760537642534],
            [56.96057582201865, 51.47690282106091, 40.68951693726198],
        ),
        (
            "Kent",
            5,
            [52.32328983095384, 51.008797289333884, 39.480097481722176],
            [55.577664640254696, 53.89097224123681, 52.22742503507751],
        ),
        (
            "Durham",
            3,
            [55.722778237640156, 57.46625285691269, 54.57915694082109],
            [65.01012695746678, 73.17649057187259, 73.17649057187259],
        ),
    ];
    for (area, number, with, without) in expected {
        for (rule, (with, without)) in RULES.into_iter().zip(with.into_iter().zip(without)) {
            let average = |average: Average| table.compare(average.over(region)).area(area).unwrap().average().unwrap();
            close(average(rule).per(PER), with);
            close(average(rule.without_self()).per(PER), without);
            assert_eq!((average(rule).areas(), average(rule.without_self()).areas()), (number, number - 1));
            assert_eq!(average(rule).average(), rule.over(region));
        }
    }
    let london = |average: Average| table.compare(average.over(region)).area("Metropolitan Police").unwrap().ratio();
    assert_eq!(london(Average::POOLED), Ok(1.0));
    assert_eq!(london(Average::POOLED.without_self()), Err(Undefined::NoAverage));
}

#[test]
fn the_published_rate_of_a_force_is_that_of_its_region() {
    // 86.36 per 100,000 was printed for the force of the West Midlands, whose own rate is 117.85.
    let table = knife();
    let region = Average::POOLED.over(table.group("region").unwrap());
    let league = table.compare(region);
    let average = league.area("West Midlands").unwrap().average().unwrap();
    assert_eq!(format!("{:.2}", average.per(PER)), "86.36");
}

#[test]
fn a_report_over_groups_says_over_which_and_how_many() {
    let table = knife().exclude("City of London", "8,700 residents").unwrap();
    let report = table.compare(Average::POOLED.over(table.group("region").unwrap())).per(PER);
    let told = notes(&report);
    for expected in [
        "Average: pooled of each area's group (region), over 1 to 6 areas; of everyone, 83.6 per 100,000 over 37 areas.\n",
        "Groups: 2 members left out, numerator and denominator: City of London, Greater Manchester.\n",
        "Groups: nobody else in that of Metropolitan Police.\n",
    ] {
        assert!(told.contains(expected), "{told}");
    }
    let without = table.compare(Average::MEAN.over(table.group("region").unwrap()).without_self()).per(PER);
    let expected = "Average: mean of rates of each area's group (region), the area itself left out, over 2 to 5 areas; of everyone";
    assert!(notes(&without).contains(expected), "{}", notes(&without));
    let text = report.to_string();
    let line =
        text.lines().find(|line| line.contains("Kent")).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(line, "31 Kent 729 1,846,500 39.5 36.7 to 42.5 52.3 5 -12.8 0.75 -0.84");
    assert!(text.contains("Average  Of  Difference") && !text.contains("Average (pooled"), "{text}");
    let row = report.rows().find(|row| row.area == "Kent").unwrap();
    assert_eq!(row.average_areas, Some(5));
    let json = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), report);
    let forged = json.replacen("\"average_areas\":5", "\"average_areas\":37", 1);
    assert!(serde_json::from_str::<Report>(&forged).unwrap_err().to_string().contains("average_areas is given as 37"));
    // Without the groups in the table, no area has one.
    let stripped = json.replacen("\"name\":\"region\",\"lists\":[", "\"name\":\"region\",\"lists\":[],\"were\":[", 1);
    assert_ne!(stripped, json);
    assert!(serde_json::from_str::<Report>(&stripped).is_err());
}

#[test]
fn lists_are_directed_and_an_area_may_have_none() {
    let rows = [("A", 10, 1_000), ("B", 30, 1_000), ("C", 80, 2_000), ("D", 5, 1_000)];
    let pairs = PeerGroups::from_pairs("peers", [("A", "B"), ("A", "C"), ("B", "C"), (" D ", "D")]);
    let table = Table::from_rows(rows).unwrap().with_groups(pairs).unwrap();
    let peers = table.group("peers").unwrap();
    let of = |rule: Average, area: &str| {
        let league = table.compare(rule.over(peers));
        let found = league.area(area).unwrap().average();
        found.map(|value| (value.per(Per::THOUSAND), value.areas()))
    };
    assert_eq!(of(Average::POOLED, "A"), Ok((30.0, 3)));
    assert_eq!(of(Average::MEAN.without_self(), "A"), Ok((35.0, 2)));
    assert_eq!(of(Average::MEDIAN, "B"), Ok((35.0, 2)));
    for rule in RULES {
        assert_eq!(of(rule, "C"), Err(Undefined::NoGroup));
        assert_eq!(of(rule, "D"), Ok((5.0, 1)));
        assert_eq!(of(rule.without_self(), "D"), Err(Undefined::NoAverage));
    }
    let league = table.compare(Average::POOLED.over(peers));
    let c = league.area("C").unwrap();
    assert_eq!(c.difference(PER).unwrap_err(), Undefined::NoGroup);
    assert_eq!((c.ratio(), c.percent()), (Err(Undefined::NoGroup), Err(Undefined::NoGroup)));
    assert_eq!(c.against_rest().unwrap_err(), Undefined::NoGroup);
    assert_eq!(league.column(Measure::Ratio, PER).reason(2), Some(Undefined::NoGroup));
    assert!(c.z().is_ok(), "z is that of everyone");
    let report = league.per(PER);
    assert!(notes(&report).contains("No ratio and no per cent for C: the area has no group.\n"));
    assert_eq!(report.rows().nth(2).unwrap().note.as_deref(), Some("the area has no group"));
    // The test against the others is that against the others of the group.
    let rest = league.area("A").unwrap().against_rest().unwrap();
    assert_eq!(rest, Rate::new(10, 1_000).unwrap().ratio_to(Rate::new(110, 3_000).unwrap()));
    // A funnel has no point for an area without a group.
    let funnel = league.funnel(Dispersion::None);
    assert_eq!(funnel.area("C").unwrap().expected(), Err(Undefined::NoGroup));
    assert_eq!(funnel.area("A").unwrap().expected(), Ok(30.0));
    let notes_of = funnel.per(PER).rows().map(|row| row.note).collect::<Vec<_>>();
    assert_eq!(notes_of, [None, None, Some("the area has no group".to_owned()), None]);
    let told: Vec<String> = funnel.per(PER).notes().iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|note| note.starts_with("Average: pooled of each area's group (peers)")), "{told:?}");
    // Everyone is never taken in the place of groups that the table does not have.
    let bare = Table::from_rows(rows).unwrap().compare(Average::MEAN.over(peers));
    assert!(bare.areas().all(|(_, c)| c.unwrap().average() == Err(Undefined::NoGroup)));
    assert!(notes(&bare.per(PER)).contains("(not in the table)"));
    let fixed = Average::fixed(1.0, PER).unwrap();
    assert_eq!(fixed.over(peers).over_which(), Over::Everyone);
}

#[test]
fn lists_may_name_areas_that_the_table_lacks() {
    let rows = [("A", 10, 1_000), ("B", 30, 1_000), ("C", 80, 2_000), ("D", 5, 1_000)];
    let pairs = [("A", "B"), ("A", "Y"), ("B", "C"), ("B", "A"), ("X", "A"), ("D", "X"), (" Y ", "X")];
    let all = PeerGroups::from_pairs("peers", pairs);
    let known: Vec<_> = pairs.into_iter().filter(|pair| !["X", "Y"].contains(&pair.1) && pair.0.len() == 1).collect();
    let known = PeerGroups::from_pairs("peers", known.into_iter().filter(|pair| pair.0 != "X"));
    let table = |groups: PeerGroups| Table::from_rows(rows).unwrap().with_groups(groups);
    says(table(all.clone()), "A: no area has the name or code \"Y\"");
    let (whole, part) = (table(all.leaving_out_unknown()).unwrap(), table(known).unwrap());
    let peers = whole.group("peers").unwrap();
    assert_eq!(whole.unknown_peers(peers).collect::<Vec<_>>(), ["X", "Y"]);
    assert_eq!(part.unknown_peers(peers).count(), 0);
    for rule in RULES.into_iter().flat_map(|rule| [rule, rule.without_self()]) {
        let (found, expected) = (whole.compare(rule.over(peers)), part.compare(rule.over(peers)));
        for area in ["A", "B", "C"] {
            let average = |league: &LeagueTable| league.area(area).unwrap().average();
            let read = |league: &LeagueTable| average(league).map(|value| (value.per(PER), value.areas()));
            assert_eq!(read(&found), read(&expected), "{area}");
        }
        // D has a list, of which nobody is there but itself.
        let alone = found.area("D").unwrap().average();
        assert_eq!(alone.map(AverageValue::areas), if rule.with_self() { Ok(1) } else { Err(Undefined::NoAverage) });
        let report = found.per(PER);
        assert!(notes(&report).contains("Groups (peers): not in the table, so left out: X, Y.\n"));
        assert_eq!(serde_json::from_str::<Report>(&serde_json::to_string(&report).unwrap()).unwrap(), report);
    }
    let labels = [("A", "N"), ("B", "N"), ("Z", "N"), ("C", "S"), ("Y", "W")];
    let labels = table(PeerGroups::from_labels("region", labels).leaving_out_unknown()).unwrap();
    let region = labels.group("region").unwrap();
    let league = labels.compare(Average::POOLED.over(region));
    assert_eq!(league.area("A").unwrap().average().unwrap().per(Per::THOUSAND), 20.0);
    assert_eq!(league.average(), Err(Undefined::OwnAverages));
    assert_eq!(league.average_of_all().unwrap().areas(), 4);
    let panel = Panel::from_tables([("thefts", &labels)]).unwrap();
    let figures = panel.compare(Average::POOLED.over(region), PER, [Measure::Average]);
    let told: Vec<&str> = figures.notes().iter().map(crimerate::Note::text).collect();
    assert!(told.contains(&"Groups (region): not in the table, so left out: Y, Z."), "{told:?}");
    // What is there is still held to what a list can be.
    let twice = PeerGroups::from_pairs("p", [("A", "B"), ("A", "X"), ("A", "B")]).leaving_out_unknown();
    says(table(twice), "A: the group holds \"B\" twice");
}

#[test]
fn one_average_only_where_all_are_compared_with_it() {
    let table = Table::from_rows([("A", 10, 1_000), ("B", 30, 1_000)]).unwrap();
    for rule in RULES {
        assert_eq!(table.compare(rule).average(), table.compare(rule).average_of_all());
        let own = table.compare(rule.without_self());
        assert_eq!(own.average(), Err(Undefined::OwnAverages));
        assert_eq!(own.average_of_all().unwrap().per(Per::THOUSAND), 20.0);
    }
    let fixed = table.compare(Average::fixed(15.0, Per::THOUSAND).unwrap().without_self());
    assert_eq!(fixed.average().unwrap().per(Per::THOUSAND), 15.0);
    let nobody = table.exclude("A", "x").unwrap().exclude("B", "x").unwrap().compare(Average::MEAN);
    assert_eq!((nobody.average(), nobody.average_of_all()), (Err(Undefined::NoAverage), Err(Undefined::NoAverage)));
}

#[test]
fn groups_that_cannot_be_are_refused() {
    let table = || Table::from_rows([Row::new("A", 1, 10).code("E1"), Row::new("B", 2, 10)]).unwrap();
    let pairs = |pairs: &[(&str, &str)]| table().with_groups(PeerGroups::from_pairs("p", pairs.iter().copied()));
    says(pairs(&[("A", "B"), ("B", "C")]), "B: no area has the name or code \"C\"");
    says(pairs(&[("C", "A")]), "C: no area has the name or code \"C\"");
    says(pairs(&[("B", "A"), ("B", "E1")]), "B: the group holds \"A\" twice");
    says(pairs(&[("A", "B"), ("E1", "B")]), "A: the area has two groups in \"p\"");
    let labels = PeerGroups::from_labels("r", [("A", "x"), ("B", "x"), ("A", "y")]);
    says(table().with_groups(labels.clone()), "A: the area has two groups in \"r\"");
    let regions = PeerGroups::from_labels("r", [("A", "x")]);
    let known = table().with_groups(regions.clone()).unwrap();
    says(known.clone().with_groups(regions), "there are groups with the name \"r\" already");
    says(known.group("s"), "no groups have the name \"s\"");
}

#[test]
fn a_merged_area_is_part_of_the_other_in_everything() {
    let table = knife().merge("E23000034", "Metropolitan Police", "8,700 residents").unwrap();
    let league = table.compare(Average::POOLED);
    let london = league.area("Metropolitan Police").unwrap();
    assert_eq!(london.rate(), Rate::new(15_928, 8_908_100).unwrap());
    close(london.rate().per(PER).value(), 178.80356080421188);
    close(league.average().unwrap().per(PER), 83.598546406645);
    assert_eq!((league.len(), table.observation(4), table.observation(22)), (37, Some(31.into()), Some(15_928.into())));
    says(
        league.area("City of London"),
        "City of London: the area takes no part: merged into Metropolitan Police: 8,700 residents",
    );
    let report = table.compare(Average::MEAN.over(table.group("region").unwrap())).per(PER);
    let told = notes(&report);
    assert!(told.contains("Merged: City of London (31 on 8,700 people) into Metropolitan Police, 8,700 residents.\n"));
    assert!(told.contains("Groups: 1 member left out, numerator and denominator: Greater Manchester.\n"), "{told}");
    assert!(!told.contains("Left out: City"), "{told}");
    let note = |index| report.rows().nth(index).unwrap().note;
    assert_eq!(note(22).as_deref(), Some("with City of London"));
    assert_eq!(note(4).as_deref(), Some("merged into Metropolitan Police: 8,700 residents"));
    let funnel = league.funnel(Dispersion::None).per(PER);
    assert_eq!(funnel.rows().nth(22).unwrap().note.as_deref(), Some("with City of London"));
    assert!(funnel.notes().iter().any(|note| note.topic() == Topic::Policy));
    let json = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), report);
    let again = serde_json::from_str::<Table>(&serde_json::to_string(&table).unwrap()).unwrap();
    assert_eq!(again, table);
}

#[test]
fn a_sum_with_an_unknown_count_is_unknown() {
    let merged = |first: Observation, second: Observation| {
        let rows = [Row::new("A", first, 10), Row::new("B", second, 20), Row::new("C", 1, 30)];
        let table = Table::from_rows(rows).unwrap().merge("B", "A", "tried").unwrap();
        (table.observation(0).unwrap(), table.compare(Average::POOLED).len())
    };
    let (missing, blank) = (Observation::Missing(Reason::NotAvailable), Observation::Missing(Reason::Blank));
    let suppressed = |at_most| Observation::Suppressed { at_most };
    assert_eq!(merged(4.into(), 5.into()), (9.into(), 2));
    assert_eq!(merged(4.into(), missing), (missing, 1));
    assert_eq!(merged(missing, 4.into()), (missing, 1));
    assert_eq!(merged(suppressed(Some(4)), missing), (missing, 1));
    assert_eq!(merged(missing, blank), merged(blank, missing));
    assert_eq!(merged(4.into(), suppressed(Some(5))), (suppressed(Some(9)), 1));
    assert_eq!(merged(4.into(), suppressed(None)), (suppressed(None), 1));
    // What is known of Greater Manchester does not come from its neighbour.
    let table = knife().merge("Cheshire", "Greater Manchester", "tried").unwrap();
    let left = table.rate(13).unwrap().unwrap_err();
    assert_eq!(left, LeftOut::NotKnown(missing));
}

#[test]
fn another_denominator_is_used_everywhere_and_told() {
    let table = knife().with_denominator("City of London", 400_000, "people by day, as a trial").unwrap();
    let league = table.compare(Average::POOLED);
    assert_eq!(league.area("City of London").unwrap().rate(), Rate::new(31, 400_000).unwrap());
    close(league.average().unwrap().per(PER), 4_444_500_000.0 / 53_556_100.0);
    let report = league.per(PER);
    assert!(
        notes(&report)
            .contains("Denominator: City of London on 400,000 instead of 8,700, people by day, as a trial.\n")
    );
    let note = report.rows().nth(4).unwrap().note;
    assert_eq!(note.as_deref(), Some("population: people by day, as a trial, instead of 8,700"));
    assert_eq!(serde_json::from_str::<Report>(&serde_json::to_string(&report).unwrap()).unwrap(), report);
    // Who has no residents has a rate of another kind.
    let police = Table::from_rows_leaving_out([Row::new("BTP", 12, 0), Row::new("A", 3, 100)]).unwrap();
    let police = police.with_denominator("BTP", 50, "passengers").unwrap();
    assert_eq!(police.compare(Average::POOLED).len(), 2);
    let kept = knife().keep("City of London", "its count is right").unwrap().compare(Average::POOLED).per(PER);
    assert!(notes(&kept).contains("Kept: City of London, its count is right.\n"));
    assert_eq!(kept.notes().iter().filter(|note| note.topic() == Topic::Policy).count(), 1);
}

#[test]
fn policies_that_do_not_go_together_are_refused() {
    let table = || Table::from_rows([("A", 1, 10), ("B", 2, 10), ("C", 3, u64::MAX), ("D", u64::MAX, 1)]).unwrap();
    let merged = || table().merge("A", "B", "small").unwrap();
    says(table().merge("A", "A", "x"), "A: the area cannot be merged into A: that is the same area");
    says(table().merge("A", "E", "x"), "A: no area has the name or code \"E\"");
    says(table().keep("E", "x"), "no area has the name or code \"E\"");
    says(table().merge("A", "B", " "), "A: an exclusion, or any other policy, needs a reason");
    says(merged().exclude("A", "x"), "A: the area cannot be excluded: it is merged into B already");
    says(merged().merge("B", "C", "x"), "B: the area cannot be merged into C: A is merged into it");
    says(merged().merge("C", "A", "x"), "C: the area cannot be merged into A: A is merged into B itself");
    let by_day = table().with_denominator("B", 7, "by day").unwrap();
    says(by_day.merge("A", "B", "x"), "A: the area cannot be merged into B: B is given another denominator itself");
    says(
        merged().with_denominator("B", 7, "x"),
        "B: the area cannot be given another denominator: A is merged into it",
    );
    says(table().with_denominator("B", 0, "x"), "B: population is zero, so no rate is defined");
    let sum = format!("their figures add up to more than {}", u64::MAX);
    says(table().merge("A", "C", "x"), &format!("A: the area cannot be merged into C: {sum}"));
    says(table().merge("A", "D", "x"), &format!("A: the area cannot be merged into D: {sum}"));
    // It does not matter what comes first, even where the sum is unknown anyway.
    let rows = [Row::new("A", 1, 1), Row::new("B", u64::MAX, 1), Row::parse("U", "..", "1")];
    let huge = || Table::from_rows(rows.clone()).unwrap();
    let why = format!("B: the area cannot be merged into A: {sum}");
    says(huge().merge("U", "A", "x").unwrap().merge("B", "A", "x"), &why);
    says(huge().merge("B", "A", "x"), &why);
    let both =
        [merged().exclude("B", "x").unwrap(), table().exclude("B", "x").unwrap().merge("A", "B", "small").unwrap()];
    assert_eq!(both[0], both[1]);
    assert_eq!(both[0].compare(Average::POOLED).len(), 2);
}

fn basis() -> Basis {
    Basis::new().count("thefts").period("2023").months(12).population("residents").population_year(2022)
}

#[test]
fn tables_on_bases_that_must_not_differ_are_not_compared() {
    let table = |basis: Basis| Table::from_rows([("A", 200, 500_000), ("B", 9, 100)]).unwrap().with_basis(basis);
    let before = table(basis());
    let refused = |basis: Basis, expected: &str| {
        let expected = format!("{expected}, so the two cannot be compared");
        assert_eq!(before.change_to(&table(basis)).unwrap_err().to_string(), expected);
    };
    refused(basis().count("burglary"), "what is counted is burglary here and thefts there");
    refused(basis().population("households"), "the population is households here and residents there");
    refused(basis().months(6), "the number of months is 6 here and 12 there");
    let annual = table(basis()).annualised().unwrap();
    let error = before.change_to(&annual).unwrap_err().to_string();
    assert_eq!(error, "the exposure is person-months here and people there, so the two cannot be compared");
    let later = table(basis().period("2024").population_year(2023));
    let changes = before.change_to(&later).unwrap();
    let told =
        |changes: &crimerate::Changes| changes.notes().iter().map(|note| format!("{note}\n")).collect::<String>();
    assert_eq!(
        told(&changes),
        "Not the same in both: the period (2023; then 2024), the year of the population (2022; then 2023).\n"
    );
    assert!(changes.area("B").unwrap().small_base());
    let bare = table(Basis::new()).change_to(&table(Basis::new())).unwrap();
    assert_eq!(told(&bare), "Not told, so not checked: what is counted, the number of months, the population.\n");
    let half_told = before.change_to(&table(basis().months(0))).unwrap();
    assert_eq!(told(&half_told), "Not told, so not checked: the number of months.\n");
}

#[test]
fn changes_leave_out_what_is_not_the_same_area() {
    let rows = [("A", 10, 100), ("B", 10, 100), ("C", 10, 100), ("D", 1, 100)];
    let before = Table::from_rows(rows).unwrap().merge("D", "C", "small").unwrap().exclude("B", "odd").unwrap();
    let after = Table::from_rows([("E", 1, 10), ("C", 20, 200), ("A", 20, 200), ("B", 1, 10), ("D", 1, 100)]).unwrap();
    let changes = before.change_to(&after).unwrap();
    let found: Vec<(String, Option<String>)> =
        changes.areas().map(|(area, change)| (area.name().to_owned(), change.err().map(ToString::to_string))).collect();
    let left = |name: &str, why: &str| (name.to_owned(), Some(why.to_owned()));
    assert_eq!(
        found,
        [
            ("A".to_owned(), None),
            left("B", "excluded: odd"),
            left("C", "merged, or given another denominator, in one of the tables only"),
            left("D", "merged into C: small"),
            left("E", "not in both tables"),
        ]
    );
    assert_eq!(changes.area("A").unwrap().percent(), Some(0.0));
    says(changes.area("E"), "E: the area takes no part: not in both tables");
    says(changes.area("F"), "no area has the name or code \"F\"");
}

#[test]
fn changes_match_areas_by_code_however_they_are_spelt() {
    let city = |name: &str, count| Row::new(name, count, 8_700).code("E23000034");
    let force = |name: &str, code: &str, count| Row::new(name, count, 100_000).code(code);
    let before =
        [city("City of London", 31), force("Kent", "E1", 10), Row::new("Essex", 5, 10), Row::new("Old", 1, 10)];
    let after = [
        Row::new("Essex", 10, 10).code("E9"),
        force("Kent", "E2", 20),
        city("London, City of", 62),
        force("Old", "E8", 1),
        force("Kent (north)", "E3", 1),
    ];
    let (before, after) = (Table::from_rows(before).unwrap(), Table::from_rows(after).unwrap());
    let changes = before.change_to(&after).unwrap();
    for area in ["City of London", "E23000034", "Kent", "E1", "Essex"] {
        assert_eq!(changes.area(area).unwrap().percent(), Some(100.0), "{area}");
    }
    let told: Vec<&str> = changes.notes().iter().map(crimerate::Note::text).collect();
    assert!(told.contains(&"Not the same in both: the code of Kent (E1; then E2)."), "{told:?}");
    assert!(told.contains(&"Left out: Kent (north), not in both tables."), "{told:?}");
    assert_eq!(told.iter().filter(|note| note.starts_with("Left out")).count(), 1, "{told:?}");
    // A code outweighs a name: what is called B later is the A of before, and no area is matched twice.
    let swapped =
        |a: &str, b: &str| Table::from_rows([Row::new(a, 1, 10).code("X1"), Row::new(b, 3, 10).code("X2")]).unwrap();
    let changes = swapped("A", "B").change_to(&swapped("B", "A")).unwrap();
    assert_eq!((changes.area("A").unwrap().percent(), changes.area("B").unwrap().percent()), (Some(0.0), Some(0.0)));
    let renamed = Table::from_rows([Row::new("B", 2, 10).code("X1")]).unwrap();
    let changes = swapped("A", "B").change_to(&renamed).unwrap();
    assert_eq!(changes.area("A").unwrap().percent(), Some(100.0));
    says(changes.area("B"), "B: the area takes no part: not in both tables");
    // Mergers are the same whatever the spelling.
    let merged = |table: &Table, area: &str| table.clone().merge(area, "Kent", "small").unwrap();
    let changes = merged(&before, "City of London").change_to(&merged(&after, "London, City of")).unwrap();
    assert_eq!(changes.area("Kent").unwrap().percent(), Some(100.0));
    let changes = merged(&before, "City of London").change_to(&merged(&after, "Old")).unwrap();
    says(
        changes.area("Kent"),
        "Kent: the area takes no part: merged, or given another denominator, in one of the tables only",
    );
}

#[test]
fn half_a_year_is_annual_by_its_exposure_and_not_by_its_count() {
    let half = Table::from_rows([("A", 130, 510_000), ("B", 70, 255_000)]).unwrap().with_basis(basis().months(6));
    let annual = half.clone().with_denominator("B", 300_000, "by day").unwrap().annualised().unwrap();
    let per = PER.years().unwrap();
    let league = annual.compare(Average::POOLED);
    let a = league.area("A").unwrap();
    assert_eq!(a.rate().per(per).value(), 260.0 * 100_000.0 / 510_000.0);
    // The count is that of half a year, and so is its uncertainty.
    let plain = half.compare(Average::POOLED);
    let width = |interval: crimerate::Interval| interval.upper() / interval.lower();
    close(width(a.interval(per)), width(plain.area("A").unwrap().interval(PER)));
    let report = league.per(per);
    assert!(notes(&report).contains("6 months; population: residents, 2022, in person-months, 12 of which are"));
    // It is read per so many a year, and never looks like a rate on people.
    assert_eq!(a.rate().per(per).to_string(), "51.0 per 100,000 a year");
    let text = report.to_string();
    assert!(text.contains("Person-months  Rate per 100,000 a year"), "{text}");
    assert!(notes(&report).contains("Average: pooled, 49.4 per 100,000 a year over 2 areas."), "{text}");
    assert!(notes(&league.per(PER)).contains("4.12 per 100,000 person-months over 2 areas."));
    assert_eq!(league.per(Per::new(1_200_000).unwrap()), report);
    assert!(notes(&plain.per(per)).contains(" per 1,200,000 over 2 areas."));
    assert!(notes(&league.per(Per::ONE)).contains(" per person-month over 2 areas."));
    for per in [PER, per, Per::new(7).unwrap().years().unwrap()] {
        let json = serde_json::to_string(&per).unwrap();
        assert_eq!(serde_json::from_str::<Per>(&json).unwrap(), per, "{json}");
    }
    assert_eq!((per.get(), per.years(), per == Per::new(1_200_000).unwrap()), (1_200_000, Some(per), false));
    assert_eq!(serde_json::from_str::<Per>("100000").unwrap(), PER);
    assert!(serde_json::from_str::<Per>("{\"person-months\":0}").is_err());
    let described = league.claims(per).describe("A").unwrap().to_string();
    assert!(
        described.starts_with("A has 130 offences among 3,060,000 person-months, a rate of 51.0 per 100,000 a year")
    );
    assert!(notes(&report).contains("Denominator: B on 1,800,000 instead of 1,530,000, by day."));
    assert_eq!(serde_json::from_str::<Report>(&serde_json::to_string(&report).unwrap()).unwrap(), report);
    assert_eq!(annual.clone().annualised().unwrap(), annual);
    // Another basis does not undo it.
    let renamed = annual.clone().with_basis(Basis::new().count("thefts").months(3));
    assert!(renamed.basis().is_in_person_months());
    assert_eq!(
        renamed.basis().to_string(),
        "thefts, 6 months; population: in person-months, 12 of which are a person-year"
    );
    says(
        Table::from_rows([("A", 1, 1)]).unwrap().annualised(),
        "the basis does not say how many months the counts cover, so there is no yearly rate",
    );
    let huge = Table::from_rows([("A", 1, u64::MAX)]).unwrap().with_basis(basis());
    says(huge.annualised(), "A: population 18446744073709551615 times 12 months is more than a population can be");
    assert_eq!(Per::new(u32::MAX).unwrap().years(), None);
}

/// Rows, lists of peers, and which areas are excluded.
type Given = (Vec<(Option<u64>, u64)>, Vec<Vec<bool>>, Vec<bool>);

fn given() -> impl Strategy<Value = Given> {
    (1..9_usize).prop_flat_map(|areas| {
        let count = option::weighted(0.9, prop_oneof![0..4_u64, 0..1_000_u64, any::<u64>()]);
        let people = prop_oneof![1..20_u64, 1..1_000_000_u64];
        (vec((count, people), areas), vec(vec(any::<bool>(), areas), areas), vec(prop::bool::weighted(0.1), areas))
    })
}

fn name(area: usize) -> String {
    format!("Area {area}")
}

fn table_of(rows: &[(Option<u64>, u64)]) -> Table {
    let observation = |count: Option<u64>| count.map_or(Observation::Missing(Reason::Blank), Observation::Known);
    let rows =
        rows.iter().enumerate().map(|(area, (count, people))| Row::new(name(area), observation(*count), *people));
    Table::from_rows(rows).unwrap()
}

proptest! {
    /// An average over a group is the average of its members that have a rate, in the order of the table, to the bit.
    #[test]
    fn a_group_is_averaged_like_a_table_of_its_own((rows, peers, excluded) in given(), rule in select(&RULES[..]), own in any::<bool>()) {
        let areas = rows.len();
        let pairs = (0..areas).rev().flat_map(|area| (0..areas).rev().filter(|peer| peers[area][*peer]).map(|peer| (name(area), name(peer))).collect::<Vec<_>>());
        let table = table_of(&rows).with_groups(PeerGroups::from_pairs("peers", pairs)).unwrap();
        let table = (0..areas).filter(|area| excluded[*area]).fold(table, |table, area| table.exclude(&name(area), "tried").unwrap());
        let average = rule.over(table.group("peers").unwrap());
        let league = table.compare(if own { average } else { average.without_self() });
        for (area, (_, comparison)) in league.areas().enumerate() {
            let Ok(comparison) = comparison else { continue };
            let members = (0..areas).filter(|other| if *other == area { own } else { peers[area][*other] });
            let rates: Vec<Rate> = members.filter_map(|other| table.rate(other).unwrap().ok()).collect();
            let expected = match rule.of(&rates) {
                _ if !peers[area].contains(&true) => Err(Undefined::NoGroup),
                None => Err(Undefined::NoAverage),
                Some(value) => Ok((value.per(PER), value.areas())),
            };
            let found = comparison.average().map(|value| (value.per(PER), value.areas()));
            match (found, expected) {
                // Without the area, a mean is made of the sums before and after it.
                (Ok((found, n)), Ok((expected, of))) if !own && rule == Average::MEAN => {
                    prop_assert!(n == of && (found - expected).abs() <= 1e-13 * expected);
                }
                (found, expected) => prop_assert_eq!(found, expected),
            }
        }
    }

    /// Everyone as one group is everyone, and regions are directed lists of all their areas.
    #[test]
    fn one_group_of_all_is_everyone((rows, ..) in given(), rule in select(&RULES[..]), own in any::<bool>()) {
        let areas = rows.len();
        let labels = PeerGroups::from_labels("all", (0..areas).map(|area| (name(area), "here")));
        let pairs = (0..areas).flat_map(|area| (0..areas).map(move |peer| (name(area), name(peer))));
        let table = table_of(&rows).with_groups(labels).unwrap().with_groups(PeerGroups::from_pairs("pairs", pairs)).unwrap();
        let rule = if own { rule } else { rule.without_self() };
        let column = |average: Average| table.compare(average).column(Measure::Average, PER);
        let everyone = column(rule);
        for groups in ["all", "pairs"] {
            let found = column(rule.over(table.group(groups).unwrap()));
            for (area, (a, b)) in found.values().iter().zip(everyone.values()).enumerate() {
                prop_assert_eq!(a.to_bits(), b.to_bits());
                prop_assert_eq!(found.reason(area), everyone.reason(area));
            }
        }
    }

    /// Merged areas are rows that were added up beforehand; the order of merging and reading back change nothing.
    #[test]
    fn merging_is_adding_up((rows, peers, _) in given(), merged in vec((0..9_usize, 0..9_usize), 0..5), rule in select(&RULES[..])) {
        let pairs = (0..rows.len()).flat_map(|area| (0..rows.len()).filter(|peer| peers[area][*peer]).map(|peer| (name(area), name(peer))).collect::<Vec<_>>());
        let groups = PeerGroups::from_pairs("peers", pairs);
        let start = table_of(&rows).with_groups(groups).unwrap();
        let (mut table, mut done) = (start.clone(), Vec::new());
        for (area, into) in merged {
            let next = table.clone().merge(&name(area), &name(into), "tried");
            if let Ok(next) = next {
                table = next;
                done.push((area, into));
            }
        }
        let back = done.iter().rev().fold(start, |table, (area, into)| table.merge(&name(*area), &name(*into), "tried").unwrap());
        prop_assert_eq!(&back, &table);
        prop_assert_eq!(table.policies().filter(|(_, policy)| matches!(policy, Policy::Merge { .. })).count(), done.len());
        let report = table.compare(rule.over(table.group("peers").unwrap())).per(PER);
        let again: Report = serde_json::from_str(&serde_json::to_string(&report).unwrap()).unwrap();
        prop_assert_eq!(again, report);
        let sums = (0..rows.len()).filter(|area| done.iter().all(|(gone, _)| gone != area)).map(|area| {
            let parts = || done.iter().filter(move |(_, into)| *into == area).map(|(part, _)| *part).chain([area]);
            (name(area), parts().map(|part| rows[part].0.map(u128::from)).sum::<Option<u128>>(), parts().map(|part| rows[part].1).sum::<u64>())
        });
        let sums: Vec<Row> = sums.map(|(name, count, people)| Row::new(name, count.map_or(Observation::Missing(Reason::Blank), |count| Observation::Known(count as u64)), people)).collect();
        let (plain, found) = (Table::from_rows(sums).unwrap().compare(rule), table.compare(rule));
        prop_assert_eq!(plain.rates(), found.rates());
        prop_assert_eq!(plain.average().map(|value| value.per(PER)), found.average().map(|value| value.per(PER)));
    }
}
