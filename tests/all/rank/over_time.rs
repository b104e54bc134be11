//! Ranks in each period, and who moved for certain.

use crate::support::json;
use crimerate::{
    Average, Confidence, Order,
    interval::WithinDispersion,
    rank::{Family, OverTime, Spec},
    time::Series,
};

fn series(counts: &[(&str, &[Option<u64>])]) -> Series {
    let rows = counts.iter().flat_map(|(area, counts)| {
        let years = (2001..).zip(counts.iter());
        years.filter_map(move |(year, count)| count.map(|count| (*area, year.to_string(), count, 100_000)))
    });
    Series::from_rows(rows).unwrap()
}

/// Each period's sets are those of its table, at the level's share of the periods.
#[test]
fn sets_are_those_of_each_table_at_a_share_of_the_level() {
    let some = |counts: [u64; 4]| counts.map(Some);
    let all = [
        ("A", some([90, 120, 60, 40])),
        ("B", some([60, 70, 75, 80])),
        ("C", some([30, 31, 90, 95])),
        ("D", some([10, 12, 9, 8])),
    ];
    let series = series(&all.each_ref().map(|(area, counts)| (*area, &counts[..])));
    let estimated = OverTime::of(&series, Order::Highest, Confidence::P95).unwrap();
    let over_time = estimated.with_dispersion(None).unwrap();
    let share = Confidence::new(1.0 - 0.05 / 4.0).unwrap();
    let mut told = Vec::new();
    for (at, period) in series.periods().iter().enumerate() {
        let table = series.table(*period).unwrap();
        let sets = table.compare(Average::POOLED).rank_sets(Spec::from((Family::Simultaneous, share))).unwrap();
        for area in ["A", "B", "C", "D"] {
            let row = over_time.area(area).unwrap().nth(at).unwrap();
            let set = sets.area(area).unwrap();
            assert_eq!(
                (row.rank, row.rank_lower, row.rank_upper),
                (Some(set.rank()), Some(set.lower()), Some(set.upper()))
            );
            told.push((area, at, set.lower(), set.upper()));
        }
    }
    // Who moved, by the words: the last period before whose set does not overlap.
    for (area, at, lower, upper) in told.clone() {
        let before = told
            .iter()
            .rev()
            .find(|(other, then, low, high)| *other == area && *then < at && (*low > upper || *high < lower));
        let row = over_time.area(area).unwrap().nth(at).unwrap();
        assert_eq!(row.moved_since, before.map(|(_, then, ..)| (2001 + then).to_string()), "{area} {at}");
        assert_eq!(row.moved.as_deref(), before.map(|(.., low, _)| if *low > upper { "up" } else { "down" }));
    }
    assert!(over_time.moved().count() > 0);
    assert_eq!(json::again::<OverTime>(&over_time), over_time);
    assert!(over_time.csv().starts_with("area,code,period,rank,rank_lower,rank_upper,of,moved_since,moved,note\n"));
    assert!(over_time.to_string().contains("Moved for certain, as sets do not overlap: "));
}

/// Without a word phi_w is that of the series, and the sets are those with it.
#[test]
fn variation_of_the_series_is_allowed_for() {
    let quarters =
        [("A", [220, 205, 260, 190]), ("B", [120, 150, 118, 141]), ("C", [60, 51, 78, 66]), ("D", [20, 31, 18, 25])];
    let some: Vec<(&str, [Option<u64>; 4])> = quarters.iter().map(|(area, counts)| (*area, counts.map(Some))).collect();
    let series = series(&some.iter().map(|(area, counts)| (*area, &counts[..])).collect::<Vec<_>>());
    let phi = WithinDispersion::estimate(quarters.map(|(_, counts)| counts)).unwrap();
    assert!(phi.phi() > 1.5);
    let over_time = OverTime::of(&series, Order::Highest, Confidence::P95).unwrap();
    assert_eq!(over_time.dispersion(), Some(phi));
    let share = Confidence::new(1.0 - 0.05 / 4.0).unwrap();
    let spec = Spec::from((Family::Simultaneous, share)).with_dispersion(phi);
    let first = series.table(series.periods()[0]).unwrap().compare(Average::POOLED).rank_sets(spec).unwrap();
    for (area, _) in quarters {
        let (row, set) = (over_time.area(area).unwrap().next().unwrap(), first.area(area).unwrap());
        assert_eq!((row.rank_lower, row.rank_upper), (Some(set.lower()), Some(set.upper())));
    }
    let told = format!("Variation within areas between periods: phi_w {phi}.");
    assert!(over_time.notes().iter().any(|note| note.text().contains(&told)));
    assert_eq!(json::again::<OverTime>(&over_time), over_time);
    let alone = over_time.clone().with_dispersion(None).unwrap();
    assert!(alone.rows().iter().zip(over_time.rows()).any(|(alone, varying)| alone.rank_upper < varying.rank_upper));
    assert_eq!(alone.with_dispersion(phi).unwrap(), over_time);
}

#[test]
fn gaps_are_rows_and_a_note() {
    let series = series(&[("A", &[Some(90), None, Some(60)]), ("B", &[Some(60), Some(70), Some(75)])]);
    let over_time = OverTime::of(&series, Order::Lowest, Confidence::P95).unwrap();
    let row = over_time.area("A").unwrap().nth(1).unwrap();
    assert_eq!((row.rank, row.of, row.note.as_deref()), (None, 1, Some("not in the table")));
    let notes: Vec<String> = over_time.notes().iter().map(ToString::to_string).collect();
    assert!(notes.iter().any(|note| note.starts_with("Not all periods compare as many areas")), "{notes:?}");
    assert!(notes.contains(&"Moved for certain, as sets do not overlap: nobody.".to_owned()), "{notes:?}");
}

/// First of one is no move up from second of two.
#[test]
fn moves_are_between_periods_of_the_same_areas() {
    let counts = [Some(900), None, Some(905), Some(100)];
    let series = series(&[("A", &counts), ("B", &[Some(300), Some(310), Some(305), Some(308)])]);
    let over_time = OverTime::of(&series, Order::Highest, Confidence::P95).unwrap().with_dispersion(None).unwrap();
    let found = over_time.area("B").unwrap().map(|row| (row.rank_lower, row.of, row.moved_since.as_deref()));
    let expected = [(Some(2), 2, None), (Some(1), 1, None), (Some(2), 2, None), (Some(1), 2, Some("2003"))];
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

/// More moves than a note names are the first of them, by name, and how many more there are.
#[test]
fn many_moves_are_named_as_far_as_notes_name() {
    let names: Vec<String> = (10..30).map(|at| format!("Area {at}")).collect();
    let counts = |at: u64| [Some(100 + 400 * at), Some(100 + 400 * (19 - at))];
    let figures: Vec<[Option<u64>; 2]> = (0..20).map(counts).collect();
    let rows: Vec<(&str, &[Option<u64>])> =
        names.iter().zip(&figures).map(|(name, of)| (name.as_str(), &of[..])).collect();
    let over_time =
        OverTime::of(&series(&rows), Order::Highest, Confidence::P95).unwrap().with_dispersion(None).unwrap();
    let moved = over_time.moved().count();
    assert!(moved > 15);
    let text = over_time.to_string();
    assert!(
        text.contains("sets do not overlap: Area 10 up in ") && text.contains(&format!("; and {} more.", moved - 15)),
        "{text}"
    );
}
