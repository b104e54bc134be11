//! Graded judgements, and rates by grade.

use crimerate::{
    Area, Average, Confidence, LeagueTable, Per, Rate, Row, Table, Undefined,
    league::{Grade, Grading, Judgement},
};
use std::cmp::Ordering;

const PER: Per = Per::THOUSAND;

fn four(grade: Grade) -> Judgement {
    Judgement::new(Grading::FourGrade, grade).unwrap()
}

fn league() -> LeagueTable {
    let rows = [
        Row::new("A", 10, 1_000),
        Row::new("B", 40, 2_000),
        Row::new("C", 30, 2_000).code("E1"),
        Row::new("D", 5, 1_000),
        Row::parse("E", "..", "1000"),
        Row::new("F", 1, 1_000),
    ];
    Table::from_rows(rows).unwrap().compare(Average::POOLED)
}

#[test]
fn judgements_are_ordered_on_their_scale_and_not_across() {
    for grading in Grading::ALL {
        let all: Vec<Judgement> = grading.judgements().collect();
        assert_eq!(all.len(), if *grading == Grading::FourGrade { 4 } else { 5 });
        for (i, a) in all.iter().enumerate() {
            for (j, b) in all.iter().enumerate() {
                assert_eq!(a.partial_cmp(b), Some(j.cmp(&i)), "{a} and {b}");
            }
            for other in Grading::ALL.iter().filter(|other| *other != grading).flat_map(|other| other.judgements()) {
                assert_eq!((a.partial_cmp(&other), *a == other), (None, false), "{a} and {other}");
            }
            assert_eq!(a.to_string().parse(), Ok(*a));
            assert_eq!(serde_json::from_str::<Judgement>(&serde_json::to_string(a).unwrap()).unwrap(), *a);
        }
    }
    let order = Grading::FiveGrade.judgements().map(|judgement| judgement.grade().name()).collect::<Vec<_>>();
    assert_eq!(order, ["outstanding", "good", "adequate", "requires improvement", "inadequate"]);
    assert_eq!(four(Grade::Inadequate).partial_cmp(&four(Grade::Outstanding)), Some(Ordering::Less));
}

#[test]
fn grades_are_read_as_they_are_printed() {
    for (text, grade) in [("Requires improvement", Grade::RequiresImprovement), ("Good", Grade::Good)] {
        assert_eq!(text.parse(), Ok(grade));
    }
    let says = |text: &str| text.parse::<Judgement>().unwrap_err().to_string();
    assert_eq!(
        says("adequate (four-grade)"),
        "\"adequate\" is not a grade of the four-grade scale: choose outstanding, good, requires improvement or inadequate"
    );
    assert_eq!(
        says("good"),
        "\"good\" is not a judgement with its scale: choose a grade and its scale, such as good (four-grade)"
    );
    assert_eq!(
        says("fair (five-grade)"),
        "\"fair\" is not a grade: choose outstanding, good, adequate, requires improvement or inadequate"
    );
    assert!(serde_json::from_str::<Judgement>(r#"{"grading":"four-grade","grade":"adequate"}"#).is_err());
}

#[test]
fn counts_list_every_grade() {
    let counts = Grading::FourGrade.count([four(Grade::Good), four(Grade::Inadequate), four(Grade::Good)]).unwrap();
    let counts: Vec<_> = counts.iter().map(|(judgement, count)| (judgement.grade(), *count)).collect();
    assert_eq!(
        counts,
        [(Grade::Outstanding, 0), (Grade::Good, 2), (Grade::RequiresImprovement, 0), (Grade::Inadequate, 1)]
    );
    let mixed = Grading::FiveGrade.count([Judgement::new(Grading::FiveGrade, Grade::Good).unwrap(), four(Grade::Good)]);
    assert_eq!(
        mixed.unwrap_err().to_string(),
        "row 2: the scale of the judgement is four-grade here and five-grade there, so the two cannot be compared"
    );
}

#[test]
fn rates_by_grade_say_no_more_than_their_number_allows() {
    let league = league();
    let judged =
        [("A", Grade::Good), ("E1", Grade::Good), ("B", Grade::Good), ("D", Grade::Inadequate), ("E", Grade::Good)];
    let by_grade = league.by_grade(Grading::FourGrade, judged.map(|(area, grade)| (area, four(grade)))).unwrap();
    assert_eq!(
        by_grade.per(PER).to_string(),
        "outstanding: no area\n\
         good: 3 areas, pooled 16.0 per 1,000 (95 % interval 12.7 to 19.9), median 15.0, from 10.0 to 20.0\n\
         requires improvement: no area\n\
         inadequate: 1 area, 5.00 per 1,000\n\
         Left out: E, judged good, count not available.\n\
         4 of 5 areas compared are judged, on the four-grade scale. Intervals: exact at 95 %, for chance in the counts and \
         not for how areas of one grade differ."
    );
    let [none, good, _, one] = by_grade.groups() else { panic!("{by_grade:?}") };
    assert_eq!(none.rate(), Err(Undefined::NoAverage));
    assert_eq!(none.range(PER), Err(Undefined::TooFew));
    assert_eq!(one.rate(), Ok(Rate::new(5, 1_000).unwrap()));
    assert_eq!(one.interval(Confidence::P95), Err(Undefined::TooFew));
    assert_eq!((one.median(PER), one.range(PER)), (Err(Undefined::TooFew), Err(Undefined::TooFew)));
    assert_eq!(good.rate(), Ok(Rate::new(80, 5_000).unwrap()));
    assert_eq!(good.interval(Confidence::P99), Ok(Rate::new(80, 5_000).unwrap().interval(Confidence::P99)));
    assert_eq!((good.median(PER), good.range(PER)), (Ok(15.0), Ok((10.0, 20.0))));
    assert_eq!(good.areas().iter().map(Area::name).collect::<Vec<_>>(), ["A", "B", "C"]);
    assert_eq!(by_grade.left_out().count(), 1);
    // Judgements of areas that the table does not have are refused, or left out with a note.
    let more =
        || judged.map(|(area, grade)| (area, four(grade))).into_iter().chain([("Dyfed-Powys", four(Grade::Good))]);
    let error = league.by_grade(Grading::FourGrade, more()).unwrap_err();
    assert!(error.to_string().ends_with("no area has the name or code \"Dyfed-Powys\""), "{error}");
    let without = league.by_grade_leaving_out(Grading::FourGrade, more()).unwrap();
    assert_eq!((without.groups(), without.left_out().count()), (by_grade.groups(), 2));
    assert!(without.per(PER).to_string().contains("Left out: Dyfed-Powys, judged good, not in the table.\n"));
}

#[test]
fn judgements_that_do_not_fit_the_table_are_refused() {
    let league = league();
    let says = |judged: &[(&str, Judgement)]| {
        league.by_grade(Grading::FourGrade, judged.iter().copied()).unwrap_err().to_string()
    };
    let good = four(Grade::Good);
    assert_eq!(says(&[("A", good), ("Z", good)]), "Z: row 2: no area has the name or code \"Z\"");
    assert_eq!(says(&[("C", good), ("E1", good)]), "E1: row 2: the area \"C\" stands in row 1 already");
    let five = Judgement::new(Grading::FiveGrade, Grade::Good).unwrap();
    assert_eq!(
        says(&[("A", five)]),
        "A: row 1: the scale of the judgement is five-grade here and four-grade there, so the two cannot be compared"
    );
}
