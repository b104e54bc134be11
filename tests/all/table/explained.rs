//! What explains that a total has other figures than its areas.

use crimerate::{Average, Observation, Per, Row, Table};

/// The lines about totals.
fn held(rows: Vec<Row>, totals: &[&str]) -> Vec<String> {
    let table = Table::from_rows_leaving_out(rows).unwrap();
    let table = totals.iter().try_fold(table, |table, total| table.total(total)).unwrap();
    let text = table.compare(Average::POOLED).per(Per::THOUSAND).to_string();
    text.lines().filter(|line| line.starts_with("Total: ")).map(ToOwned::to_owned).collect()
}

fn areas() -> Vec<Row> {
    let corby = Observation::between(1, 9).unwrap();
    vec![
        Row::new("Avon", 40, 1_000_017),
        Row::new("Brent", 30, 900_003),
        Row::new("Corby", corby, 850_009),
        Row::new("Derry", 50, 800_011),
    ]
}

/// A suppressed count explains no more than its bounds allow.
#[test]
fn the_explanation_fits_the_figures() {
    let told = |count: u64, people: u64, unplaced: Option<u64>| {
        let whole = Row::new("England", count, people);
        let placed = unplaced.map(|count| Row::unplaced("Unassigned", count));
        held(areas().into_iter().chain(placed).chain([whole]).collect(), &["England"]).concat()
    };
    let all = 3_550_040;
    for (count, unplaced, expected) in [
        (126, None, "of which Corby is without a count."),
        (141, Some(21), "of which Corby is without a count: that is what is in no area."),
        (146, Some(21), "of which Corby is without a count: Corby and what is in no area may explain it together."),
        (
            170,
            Some(21),
            "of which Corby is without a count: Corby has 1 to 9, and 21 are in no area, which does not explain it.",
        ),
        (141, None, "of which Corby is without a count: Corby has 1 to 9, which does not explain it."),
    ] {
        let told = told(count, all, unplaced);
        assert!(told.starts_with("Total: England, ") && told.ends_with(expected), "{told}");
    }
    // On the people of those with a count alone the suppressed one is not in it.
    let without = told(141, 2_700_031, Some(21));
    assert_eq!(
        without,
        "Total: England, 21 more than all 3 others have together, on the same population of 2,700,031: that is what is in no area."
    );
    // A body without people has its own count, and no more.
    let body = |count| {
        let mut rows = areas();
        rows[2] = Row::new("Rail", 12, 0);
        rows.push(Row::new("England", count, 2_700_031));
        held(rows, &["England"]).concat()
    };
    assert!(body(132).ends_with("Rail may explain it, without a count or a population here."), "{}", body(132));
    assert!(body(133).ends_with("Rail has 12, which does not explain it."), "{}", body(133));
}

/// Two regions of which only one has a suppressed area: the other one is the sum of its own run, whatever that is.
#[test]
fn what_is_elsewhere_explains_nothing() {
    let corby = Observation::between(1, 9).unwrap();
    let rows = |east: u64| {
        vec![
            Row::new("West", 390, 2_700_031),
            Row::new("Avon", 140, 1_000_017),
            Row::new("Brent", 130, 900_003),
            Row::new("Derry", 120, 800_011),
            Row::new("East", east, 1_730_020),
            Row::new("Essex", 150, 930_011),
            Row::new("Fife", 160, 800_009),
            Row::new("Kent", 610, 1_800_123),
            Row::new("Corby", corby, 850_009),
        ]
    };
    assert_eq!(
        held(rows(314), &["West", "East"]),
        [
            "Total: West, the sum of the 3 from Avon to Derry.",
            "Total: East, 4 more than the 2 from Essex to Fife have together, on the same population of 1,730,020: a body without a population \
             or counts in no area may explain it."
        ]
    );
}

/// What is told of a row before it is taken for a total is told of it afterwards, whichever others are.
#[test]
fn a_total_is_held_against_what_it_was_found_to_be() {
    let rows = [
        ("Avon", 310, 3_574_097),
        ("Coast", 1_322, 25_067_870),
        ("Brent", 120, 1_328_361),
        ("Corby", 205, 6_547_629),
        ("Whole", 3_349, 52_322_545),
        ("Derry", 610, 8_791_894),
        ("Inland", 2_027, 27_254_675),
        ("Essex", 1_402, 19_378_185),
        ("Fife", 702, 12_702_379),
    ];
    let rows = |totals: &[&str]| {
        let rows = rows.map(|(name, count, people)| Row::new(name, count, people));
        (held(rows.to_vec(), totals), Table::from_rows(rows).unwrap())
    };
    let (_, table) = rows(&[]);
    let text = table.compare(Average::POOLED).per(Per::THOUSAND).to_string();
    let found = "Whole (the sum of all 6 others)";
    assert!(text.contains(found), "{text}");
    let (held, _) = rows(&["Whole"]);
    assert_eq!(held, ["Total: Whole, the sum of all 6 others."]);
    // A region of one area has its figures.
    let twin = |totals: &[&str]| {
        let (name, count, people) = ("Solo", 1_402, 19_378_185);
        let mut all = vec![Row::new(name, count, people)];
        all.extend(
            [("Avon", 310, 3_574_097), ("Essex", 1_402, 19_378_185), ("Fife", 702, 12_702_379)]
                .map(|(name, count, people)| Row::new(name, count, people)),
        );
        self::held(all, totals)
    };
    assert_eq!(twin(&["Solo"]), ["Total: Solo, with the figures of Essex."]);
    // One other row is called by its name.
    let two = self::held(vec![Row::new("All", 25, 2_000), Row::new("Avon", 20, 2_000)], &["All"]);
    assert!(two[0].starts_with("Total: All, 5 more than Avon has, on the same population of 2,000: "), "{two:?}");
}

/// Of counts rounded to 5 the total is the sum as far as they were rounded.
#[test]
fn a_total_of_rounded_counts_is_nearly_the_sum() {
    let rows = [
        ("Avon", 310, 3_574_097),
        ("Brent", 120, 1_328_361),
        ("Corby", 205, 6_547_629),
        ("Derry", 610, 8_791_894),
        ("All", 1_250, 20_241_981),
    ];
    let table = Table::from_rows(rows).unwrap().rounded_to(5).unwrap().total("All").unwrap();
    let text = table.compare(Average::POOLED).per(Per::THOUSAND).to_string();
    assert!(text.contains("\nTotal: All, nearly the sum of all 4 others.\n"), "{text}");
}

/// What is in no area explains no more than itself, and what stands twice does so with its people.
#[test]
fn the_explanation_is_one_of_both_differences() {
    let rows =
        [("Avon", 310, 3_574_097), ("Brent", 120, 1_328_361), ("Corby", 205, 6_547_629), ("Derry", 610, 8_791_894)];
    let told = |more: i64, people: i64, unplaced: Option<Observation>| {
        let whole = Row::new(
            "All",
            1_245_u64.checked_add_signed(more).unwrap(),
            20_241_981_u64.checked_add_signed(people).unwrap(),
        );
        let placed = unplaced.map(|count| Row::unplaced("Unknown", count));
        let rows = rows.map(|(name, count, people)| Row::new(name, count, people));
        held(rows.into_iter().chain(placed).chain([whole]).collect(), &["All"]).concat()
    };
    let known = |count: u64| Some(Observation::Known(count));
    let suppressed = |at_least, at_most| Some(Observation::Suppressed { at_least, at_most });
    for (more, people, unplaced, expected) in [
        (3, 0, known(3), ": that is what is in no area."),
        (3, 0, known(17), ": 17 are in no area, which does not explain it."),
        (17, 200_000, known(11), ": an area may be missing."),
        (-49, 0, None, ": some may be counted in several areas, or figures be revised."),
        (-49, -200_000, None, ": areas may overlap or stand twice, or figures be revised."),
        (-49, 200_000, None, ": figures may be revised, or be of other areas."),
        (51, -200_000, None, ": figures may be revised, or be of other areas."),
        (51, -200_000, known(17), ": figures may be revised, or be of other areas."),
        (3, 0, suppressed(1, Some(9)), ": what is in no area may explain it."),
        (3, 0, suppressed(4, Some(9)), ": 4 to 9 are in no area, which does not explain it."),
        (3, 0, suppressed(4, None), ": at least 4 are in no area, which does not explain it."),
    ] {
        let told = told(more, people, unplaced);
        assert!(told.ends_with(expected), "{expected} {told}");
    }
}
