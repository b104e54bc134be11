//! The table before, and what is said of areas once with all claims.

use crate::support::{claims::claims, json::again};
use crimerate::{
    Average, Claim, Note, Observation, Per, Row, Table,
    claim::{Checker, Verdict},
    time::Series,
};

const BEFORE: [(&str, u64, u64); 6] = [
    ("England", 1_505, 4_240_000),
    ("Avon", 380, 1_000_000),
    ("Brent", 250, 890_000),
    ("Corby", 235, 850_000),
    ("Derry", 420, 800_000),
    ("Essex", 220, 700_000),
];
const NOW: [(&str, u64, u64); 6] = [
    ("England", 1_655, 4_250_000),
    ("Avon", 400, 1_000_000),
    ("Brent", 300, 900_000),
    ("Corby", 255, 850_000),
    ("Derry", 500, 800_000),
    ("Essex", 200, 700_000),
];

fn table(rows: [(&str, u64, u64); 6]) -> Table {
    Table::from_rows(rows).unwrap()
}

fn beside(now: &Table, before: &Table) -> Checker {
    claims(now).with_before(before).unwrap()
}

/// Its rank was 4 of 4 and is 3 of 4; with the total and the area left out among those before it was 5 of 6.
#[test]
fn what_is_left_out_now_is_left_out_before() {
    let now = table(NOW).total("England").unwrap().exclude("Corby", "new boundaries").unwrap();
    let claims = beside(&now, &table(BEFORE));
    let moved = claims.check(&Claim::moved("Brent", 4, 3).unwrap()).unwrap();
    assert_eq!(moved.verdict(), Verdict::NotCertain, "{moved}");
    assert!(moved.to_string().contains("Its rank was 4 of 4 areas and is 3 of 4 areas, highest first"), "{moved}");
    assert!(!moved.to_string().contains("alone, which moves ranks"), "{moved}");
    assert_eq!(again(&moved), moved);
    // What is done about an area before stands.
    let kept = table(BEFORE).keep("Corby", "as it was").unwrap().exclude("Essex", "tried").unwrap();
    let before = beside(&now, &kept);
    let before = before.before().unwrap();
    assert_eq!((before.rates().flatten().count(), before.rate(3).unwrap().is_ok()), (4, true));
}

/// Ranks among other areas are other ranks, so those of one table alone are named, and make no move surer.
#[test]
fn areas_of_one_table_alone_move_ranks() {
    let without = |rows: [(&str, u64, u64); 6], less: &str| {
        let rows = rows.into_iter().filter(|row| row.0 != "England" && row.0 != less);
        Table::from_rows(rows).unwrap()
    };
    let told = |now: &Table, before: &Table, from, to| {
        beside(now, before).check(&Claim::moved("Brent", from, to).unwrap()).unwrap()
    };
    let moved = told(&without(NOW, "Essex"), &without(BEFORE, ""), 4, 3);
    assert_eq!(moved.verdict(), Verdict::NotCertain, "{moved}");
    assert!(moved.to_string().contains("\n  Compared before alone, which moves ranks by itself: Essex."), "{moved}");
    assert!(moved.to_string().contains("so it need not have moved among the areas of both."), "{moved}");
    let moved = told(&without(NOW, ""), &without(BEFORE, "Derry"), 3, 4);
    assert!(moved.to_string().contains("\n  Compared now alone, which moves ranks by itself: Derry."), "{moved}");
    // From second of three to first of two, as the first went: for certain of the ranks, and no move among the two.
    let rows = |top: Option<u64>| {
        let rows = [("A", 100_u64), ("B", 5_000)].map(|(area, count)| (area, count, 100_000));
        Table::from_rows(rows.into_iter().chain(top.map(|count| ("C", count, 100_000)))).unwrap()
    };
    let first = beside(&rows(None), &rows(Some(9_000))).check(&Claim::moved("B", 2, 1).unwrap()).unwrap();
    assert_eq!(first.verdict(), Verdict::NotCertain, "{first}");
}

/// Who is left out, and how a total compares with the sum, is said as with a league table; of the table before, where it is not the same.
#[test]
fn what_is_done_about_areas_is_said_with_claims() {
    let now = table(NOW).total("England").unwrap().exclude("Corby", "new boundaries").unwrap();
    let texts = |claims: &Checker, claim: Claim| {
        let report = claims.check_all([claim]).unwrap();
        report.notes().iter().map(|note| note.text().to_owned()).collect::<Vec<_>>()
    };
    let league = now.compare(Average::POOLED).per(Per::HUNDRED_THOUSAND);
    let of_league: Vec<String> = league.notes().iter().map(|note| note.text().to_owned()).collect();
    let own = texts(&claims(&now), Claim::highest("Derry"));
    assert_eq!(
        own.get(..3),
        Some(
            &[
                "4 of 6 areas compared.".to_owned(),
                "Left out: Corby, excluded: new boundaries (its rate is 30.0 per 100,000).".into(),
                "Total: England, the sum of all 5 others.".into()
            ][..]
        )
    );
    assert!(own[..3].iter().all(|text| of_league.contains(text)), "{of_league:?}");
    let mut other = BEFORE;
    other[0].1 += 11;
    let both = texts(&beside(&now, &table(other)), Claim::rose("Derry"));
    let earlier = "Earlier: Total: England, 11 more than all 5 others have together, on the same population of 4,240,000: a body without a \
                   population or counts in no area may explain it.";
    assert!(both.iter().any(|text| text == earlier), "{both:?}");
    // A total that nobody took for one in either table.
    let rows = |rows: [(&'static str, u64, u64); 6]| Table::from_rows(rows.into_iter().skip(1)).unwrap();
    let suspect = texts(&beside(&rows(NOW), &table(BEFORE)), Claim::rose("Derry"));
    let earlier = "Earlier: Compared as areas, and perhaps totals: England (the sum of all 5 others).";
    assert!(suspect.iter().any(|text| text == earlier), "{suspect:?}");
    let spelt = NOW.map(|(area, count, people)| (if area == "Avon" { "AVON" } else { area }, count, people));
    let told = texts(&beside(&rows(spelt), &rows(BEFORE)), Claim::rose("AVON"));
    let perhaps = "Perhaps one area spelt in two ways, so give it one name: Avon before and AVON after.";
    assert!(told.iter().any(|text| text == perhaps), "{told:?}");
}

/// What the table leaves out takes no part in its series: neither in a family of tests nor in how much counts vary.
#[test]
fn what_is_left_out_takes_no_part_in_the_series() {
    let years = [(BEFORE, "2019"), (NOW, "2020")];
    let all =
        || years.into_iter().flat_map(|(rows, year)| rows.map(|(area, count, people)| (area, year, count, people)));
    let series = Series::from_rows(all()).unwrap();
    let less = Series::from_rows(all().filter(|row| row.0 != "England" && row.0 != "Corby")).unwrap();
    let now = table(NOW).total("England").unwrap().exclude("Corby", "new boundaries").unwrap();
    let rose = Claim::compared("Derry", crimerate::claim::Relation::ABOVE, crimerate::claim::ComparedWith::YearBefore);
    let check =
        |series: Series| now.compare(Average::POOLED).claims(Per::THOUSAND).with_series(series).check(&rose).unwrap();
    assert_eq!(check(series), check(less));
}

/// An area of which a change is known within bounds alone is one of those that could have been picked: p (Holm) of three tests, of which
/// two are not known.
#[test]
fn a_change_within_bounds_is_in_its_own_family() {
    let between = |least, most| Observation::between(least, most).unwrap();
    let of = |rows: [(&str, Observation); 3]| {
        Table::from_rows(rows.map(|(area, count)| Row::new(area, count, 100_000))).unwrap()
    };
    let before = of([("A", 60.into()), ("B", between(80, 90)), ("C", between(1, 9))]);
    let now = of([("A", 61.into()), ("B", between(10, 20)), ("C", 8.into())]);
    let claims = now.compare(Average::POOLED).claims(Per::HUNDRED_THOUSAND).with_before(&before).unwrap();
    let fell = claims.check(&Claim::fell("B")).unwrap();
    let (p, alone) = (fell.p().unwrap(), fell.p_alone().unwrap());
    assert!(alone < 1e-8 && (p / alone - 6.0).abs() < 1e-9, "{fell}");
    assert!(fell.to_string().contains("still p < 0.0001 as one of 3 areas, on either side (Holm)"), "{fell}");
    assert_eq!(fell.verdict(), Verdict::Supported);
    // The known one is one of the same three.
    let rose = claims.check(&Claim::rose("A")).unwrap();
    assert!(rose.to_string().contains("as one of 3 areas"), "{rose}");
}

/// Corby had more people then.
#[test]
fn an_area_left_out_for_its_size_now_is_left_out_before_as_it_is_now() {
    let now = Table::from_rows([("Avon", 420, 100_000), ("Brent", 300, 120_000), ("Corby", 88, 40_000)]).unwrap();
    let before = Table::from_rows([("Avon", 350, 99_000), ("Brent", 330, 119_000), ("Corby", 90, 44_000)]).unwrap();
    let small = |table: &Table| table.clone().exclude_below(42_000).unwrap();
    let report = beside(&small(&now), &small(&before)).check_all([Claim::rose("Avon")]).unwrap();
    let notes: Vec<&str> = report.notes().iter().map(Note::text).collect();
    let expected =
        "Earlier: Left out: Corby, excluded: as it is now, population below 42,000 (its rate is 204.5 per 100,000).";
    assert!(notes.contains(&expected), "{notes:?}");
    assert!(notes.contains(&"Left out: Corby, excluded: population below 42,000 (its rate is 220.0 per 100,000)."));
}
