//! Averages over peer groups. Figures of the knife table were worked out from its file with exact fractions.

use crate::support::{
    knife::knife_with_regions,
    near::near,
    notes::notes,
    peers::{given, name, table_of},
    says::says,
};
use crimerate::{
    Average, LeagueTable, Measure, Panel, PeerGroups, Per, Rate, Report, Row, Table, Undefined,
    average::{self, Scope},
    funnel::Dispersion,
};
use proptest::{prelude::*, sample::select};

const PER: Per = Per::HUNDRED_THOUSAND;

const RULES: [Average; 3] = [Average::POOLED, Average::MEAN, Average::MEDIAN];

#[test]
fn regions_have_the_averages_of_their_areas() {
    let table = knife_with_regions().exclude("City of London", "8,700 residents").unwrap();
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
            near(average(rule).per(PER).value(), with, 1e-14, "average");
            near(average(rule.without_self()).per(PER).value(), without, 1e-14, "average of the others");
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
    let table = knife_with_regions();
    let region = Average::POOLED.over(table.group("region").unwrap());
    let league = table.compare(region);
    let average = league.area("West Midlands").unwrap().average().unwrap();
    assert_eq!(format!("{:.2}", average.per(PER)), "86.36 per 100,000");
}

#[test]
fn a_report_over_groups_says_over_which_and_how_many() {
    let table = knife_with_regions().exclude("City of London", "8,700 residents").unwrap();
    let report = table.compare(Average::POOLED.over(table.group("region").unwrap())).per(PER);
    let told = notes(&report);
    for expected in [
        "Average: pooled of each area's group (region), over 1 to 6 areas; of everyone, 83.6 per 100,000 over 37 areas.\n",
        "Groups: 2 members left out, numerator and denominator: City of London, Greater Manchester.\n",
        "Groups: the only area of its group: Metropolitan Police.\n",
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
        found.map(|value| (value.per(Per::THOUSAND).value(), value.areas()))
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
    assert_eq!(fixed.over(peers).over_which(), Scope::Everyone);
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
            let read = |league: &LeagueTable| average(league).map(|value| (value.per(PER).value(), value.areas()));
            assert_eq!(read(&found), read(&expected), "{area}");
        }
        // D has a list, of which nobody is there but itself.
        let alone = found.area("D").unwrap().average();
        assert_eq!(alone.map(average::Value::areas), if rule.with_self() { Ok(1) } else { Err(Undefined::NoAverage) });
        let report = found.per(PER);
        assert!(notes(&report).contains("Groups (peers): not in the table, so left out: X, Y.\n"));
        assert_eq!(serde_json::from_str::<Report>(&serde_json::to_string(&report).unwrap()).unwrap(), report);
    }
    let labels = [("A", "N"), ("B", "N"), ("Z", "N"), ("C", "S"), ("Y", "W")];
    let labels = table(PeerGroups::from_labels("region", labels).leaving_out_unknown()).unwrap();
    let region = labels.group("region").unwrap();
    let league = labels.compare(Average::POOLED.over(region));
    assert_eq!(league.area("A").unwrap().average().unwrap().per(Per::THOUSAND).value(), 20.0);
    assert_eq!(league.average(), Err(Undefined::OwnAverages));
    assert_eq!(league.average_of_all().unwrap().areas(), 4);
    let panel = Panel::from_tables([("thefts", &labels)]).unwrap();
    let figures = panel.compare(Average::POOLED.over(region), PER, [Measure::Average]);
    let told: Vec<&str> = figures.notes().iter().map(crimerate::Note::text).collect();
    assert!(told.contains(&"Groups (region): not in the table, so left out: Y, Z."), "{told:?}");
    // What is there is still held to what a list can be.
    let twice = PeerGroups::from_pairs("p", [("A", "B"), ("A", "X"), ("A", "B")]).leaving_out_unknown();
    says(table(twice), "A: the peer \"B\" is given twice");
}

#[test]
fn one_average_only_where_all_are_compared_with_it() {
    let table = Table::from_rows([("A", 10, 1_000), ("B", 30, 1_000)]).unwrap();
    for rule in RULES {
        assert_eq!(table.compare(rule).average(), table.compare(rule).average_of_all());
        let own = table.compare(rule.without_self());
        assert_eq!(own.average(), Err(Undefined::OwnAverages));
        assert_eq!(own.average_of_all().unwrap().per(Per::THOUSAND).value(), 20.0);
    }
    let fixed = table.compare(Average::fixed(15.0, Per::THOUSAND).unwrap().without_self());
    assert_eq!(fixed.average().unwrap().per(Per::THOUSAND).value(), 15.0);
    let nobody = table.exclude("A", "x").unwrap().exclude("B", "x").unwrap().compare(Average::MEAN);
    assert_eq!((nobody.average(), nobody.average_of_all()), (Err(Undefined::NoAverage), Err(Undefined::NoAverage)));
}

#[test]
fn groups_that_cannot_be_are_refused() {
    let table = || Table::from_rows([Row::new("A", 1, 10).code("E1"), Row::new("B", 2, 10)]).unwrap();
    let pairs = |pairs: &[(&str, &str)]| table().with_groups(PeerGroups::from_pairs("p", pairs.iter().copied()));
    says(pairs(&[("A", "B"), ("B", "C")]), "B: no area has the name or code \"C\"");
    says(pairs(&[("C", "A")]), "C: no area has the name or code \"C\"");
    says(pairs(&[("B", "A"), ("B", "E1")]), "B: the peer \"A\" is given twice");
    says(pairs(&[("A", "B"), ("E1", "B")]), "A: the area cannot be in two groups of \"p\": it has one, or none");
    let labels = PeerGroups::from_labels("r", [("A", "x"), ("B", "x"), ("A", "y")]);
    says(table().with_groups(labels.clone()), "A: the area cannot be in two groups of \"r\": it has one, or none");
    let regions = PeerGroups::from_labels("r", [("A", "x")]);
    let known = table().with_groups(regions.clone()).unwrap();
    says(known.clone().with_groups(regions), "the set of peer groups \"r\" is given twice");
    says(known.group("s"), "no set of peer groups has the name \"s\"");
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
                Some(value) => Ok((value.per(PER).value(), value.areas())),
            };
            let found = comparison.average().map(|value| (value.per(PER).value(), value.areas()));
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
}
