//! Bases with odd words: every answer reads as a sentence, whatever was counted and per whom.

use crimerate::{
    Average, Basis, Claim, Observation, Per, Row, Table,
    claim::{ComparedWith, Relation},
    plot::Plot,
    rank,
};

const ODD: [&str; 22] = [
    "",
    " ",
    ",",
    "(x)",
    "of",
    "of of s",
    "2019",
    "a/b",
    "é's",
    "Straftaten",
    "killed",
    "killed people",
    "people killed",
    "people killed or seriously injured in collisions, all roads",
    "Homes burgled; by day",
    "vehicles  stolen\tor\nbroken into",
    "children looked after",
    "series",
    "sheep",
    "deaths recorded",
    "calls to 999 for ambulances [p]",
    "per 1,000 live births",
];

fn table(counted: &str, whom: &str) -> Table {
    let rows = [
        Row::new("A", 90, 10_000),
        Row::new("B", 1, 9_000),
        Row::new("C", Observation::between(1, 9).unwrap(), 8_000),
        Row::new("D", 0, 1),
        Row::new("All", 91, 19_000),
        Row::unplaced("Nowhere", 7),
    ];
    Table::from_rows(rows).unwrap().with_basis(Basis::new().with_count(counted).with_population(whom))
}

/// Sentences without a gap where a word is missing, and without a line break.
fn reads(text: &str, case: &str) {
    for fault in ["  ", " .", " ,", "( ", " )", "\t", "\n"] {
        assert!(!text.contains(fault), "{case}: {fault:?} in {text:?}");
    }
}

#[test]
fn every_answer_reads_as_a_sentence() {
    for (counted, whom) in ODD.iter().flat_map(|counted| ODD.iter().map(move |whom| (counted, whom))) {
        let case = format!("{counted:?} per {whom:?}");
        let table = table(counted, whom);
        let league = table.compare(Average::POOLED);
        let claims = league.claims(Per::THOUSAND);
        let pair = |relation: &str, other: &str| {
            Claim::compared("A", Relation::times(relation).unwrap(), ComparedWith::from(other))
        };
        let asked = [
            Claim::highest("A"),
            Claim::lowest("D"),
            Claim::higher_than("A", "D"),
            pair("80", "B"),
            pair("9", "C"),
            Claim::rate("B", "7 per 1,000".parse().unwrap()),
        ];
        for sentence in asked.iter().flat_map(|claim| claims.check(claim).unwrap().sentences()) {
            reads(&sentence, &case);
        }
        for area in ["A", "B", "C", "D"] {
            for sentence in claims.describe(area).unwrap().sentences().iter().filter(|it| !it.starts_with("Basis")) {
                reads(sentence, &case);
            }
        }
        let merged = table.clone().merge("B", "A", "tried").unwrap().total("All").unwrap();
        let report = merged.compare(Average::POOLED).per(Per::THOUSAND);
        let changes = table.change_to(&table).unwrap().per(Per::THOUSAND);
        let ranks = league.rank_sets(rank::Spec::default()).unwrap().per(Per::THOUSAND);
        let notes = report.notes().into_iter().chain(changes.notes()).chain(ranks.notes());
        for note in notes.filter(|note| !note.text().starts_with("Basis")) {
            reads(note.text(), &case);
        }
        let drawn: Plot = report.plot();
        assert!(drawn.to_svg().contains("</svg>") && !drawn.to_text(80).is_empty(), "{case}");
    }
}

#[test]
fn headings_have_what_says_which_were_counted() {
    let heads = |counted: &str| {
        let text = table(counted, "drivers").compare(Average::POOLED).per(Per::THOUSAND).to_string();
        text.lines().next().unwrap().to_owned()
    };
    for (counted, heading) in [
        ("people killed in collisions", "People killed"),
        ("homes burgled", "Homes burgled"),
        ("deaths recorded", "Deaths"),
        ("people killed or seriously injured", "Count"),
    ] {
        assert!(heads(counted).contains(&format!("  {heading}  Drivers")), "{}", heads(counted));
    }
}
