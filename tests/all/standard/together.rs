//! Strata that are others together by their figures, whatever they are called.

use crate::support::says::says;
use crimerate::standard::{Strata, StratumRow};

const PEOPLE: [[u64; 4]; 4] = [
    [9_120, 20_040, 18_310, 7_900],
    [4_480, 9_100, 8_760, 3_210],
    [7_010, 15_630, 14_900, 9_950],
    [2_020, 5_010, 4_870, 1_300],
];
const COUNTS: [[u64; 4]; 4] = [[31, 204, 160, 12], [12, 77, 70, 4], [19, 140, 133, 15], [5, 41, 38, 2]];

/// Areas of four strata, and one more that has what two of them have, but for some areas.
fn rows(called: &str, parts: [usize; 2], wrong: &[usize]) -> Vec<StratumRow> {
    let strata = ["0-15", "men", "women", "65+"];
    let mut rows = Vec::new();
    for (area, (people, counts)) in PEOPLE.iter().zip(COUNTS).enumerate() {
        for (stratum, (people, count)) in strata.iter().zip(people.iter().zip(counts)) {
            rows.push(StratumRow::new(format!("area {area}"), *stratum, count, *people));
        }
        let together = |figures: [u64; 4]| parts.iter().map(|at| figures[*at]).sum::<u64>();
        let off = u64::from(wrong.contains(&area));
        rows.push(StratumRow::new(format!("area {area}"), called, together(counts) + off, together(*people)));
    }
    rows
}

#[test]
fn a_stratum_that_a_run_of_others_is_together_is_refused() {
    let message = "adults: in every area it has the count and the population of \"men\" and \"women\" together: a total counts its people twice: leave its rows out";
    says(Strata::from_rows(rows("adults", [1, 2], &[])), message);
    let rest = Strata::from_rows(rows("adults", [2, 3], &[])).unwrap_err().to_string();
    assert!(rest.contains("\"women\" and \"65+\" together"), "{rest}");
    // Those that are not beside each other, or where areas differ, are strata.
    assert!(Strata::from_rows(rows("adults", [0, 2], &[])).is_ok());
    assert!(Strata::from_rows(rows("adults", [1, 2], &[0])).is_ok());
}

/// Of two columns all that differ in one alone, wherever they stand.
#[test]
fn a_stratum_that_is_all_of_a_column_is_refused() {
    let mut rows = Vec::new();
    for (area, (people, counts)) in PEOPLE.iter().zip(COUNTS).enumerate() {
        let area = format!("area {area}");
        for (stratum, at) in ["M, 0-64", "F, 0-64", "M, 65+", "F, 65+"].iter().zip(0..) {
            rows.push(StratumRow::new(area.as_str(), *stratum, counts[at], people[at]));
        }
        rows.push(StratumRow::new(area.as_str(), "Male whole", counts[0] + counts[2], people[0] + people[2]));
    }
    let found = Strata::from_rows(rows).unwrap_err().to_string();
    assert!(
        found.starts_with(
            "Male whole: in every area it has the count and the population of \"M, 0-64\" and \"M, 65+\" together"
        ),
        "{found}"
    );
}

/// Nine of ten areas are enough, where one may have a figure that was revised.
#[test]
fn one_area_in_ten_may_differ() {
    let many = |wrong: &[usize]| {
        let areas = (0..10).flat_map(|area| {
            let (of, more) = (area % 4, (area / 4) as u64);
            let (people, counts) =
                (PEOPLE[of].map(|people| people + 17 * more), COUNTS[of].map(|count| count + 3 * more));
            let cells = ["0-15", "men", "women"].into_iter().zip(counts.into_iter().zip(people));
            let off = u64::from(wrong.contains(&area));
            let adults = ("adults", (counts[1] + counts[2] + off, people[1] + people[2]));
            cells
                .chain([adults])
                .map(move |(stratum, (count, people))| StratumRow::new(format!("{area}"), stratum, count, people))
        });
        Strata::from_rows(areas.collect::<Vec<_>>())
    };
    let found = many(&[3]).unwrap_err().to_string();
    assert!(
        found.starts_with(
            "adults: in 9 of 10 areas it has the count and the population of \"men\" and \"women\" together"
        ),
        "{found}"
    );
    assert!(many(&[3, 7]).is_ok());
}
