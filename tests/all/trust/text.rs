//! No name can forge a line, a colour or the direction of text: it is escaped where it prints and kept where it is data.

use crate::support::json::again;
use crimerate::{
    Area, Average, Basis, Claim, Error, ErrorKind, Per, Row, Table, claim::Published, funnel::Dispersion, rank,
    smoothing::Estimator,
};

/// A line break, an escape code, a separator of lines, a mark that turns text around and its end.
const NAMES: [&str; 5] =
    ["Kent\nEssex: 1", "Kent\u{1b}[31m", "Kent\u{2028}x", "Kent\u{202e}tnek", "Kent\u{2066}\u{200f}\u{61c}x"];

#[track_caller]
fn clean(text: &str, lines: usize) {
    assert!(text.lines().count() <= lines, "{text}");
    let forged = |c: char| {
        (c.is_control() && c != '\n')
            || ('\u{2028}'..='\u{202e}').contains(&c)
            || ('\u{2066}'..='\u{2069}').contains(&c)
            || ['\u{200e}', '\u{200f}', '\u{61c}'].contains(&c)
    };
    assert!(!text.contains(forged), "{text:?}");
}

#[test]
fn names_are_escaped_in_text_and_kept_in_data() {
    for name in NAMES {
        let rows = [Row::new(name, 60, 50_000), Row::new("B", 30, 50_000), Row::new("C", 25, 50_000)];
        let basis = Basis::new().with_count(name).with_period(name).with_population(name).with_source(name);
        let table = Table::from_rows(rows).unwrap().with_basis(basis.clone());
        let table = table.keep("B", name).unwrap();
        clean(&basis.to_string(), 1);
        clean(&table.areas()[0].to_string(), 1);
        clean(&format!("{:>60}", table.areas()[0]), 1);
        assert_eq!(table.areas()[0].name(), name);
        let league = table.compare(Average::POOLED);
        clean(&league.area(name).unwrap().to_string(), 1);
        let plain = Table::from_rows([("A", 60, 50_000), ("B", 30, 50_000), ("C", 25, 50_000)]).unwrap();
        let plain =
            plain.with_basis(Basis::new().with_count("x").with_period("x").with_population("x").with_source("x"));
        let plain = plain.keep("B", "x").unwrap().compare(Average::POOLED);
        let per = Per::THOUSAND;
        let same = |here: String, there: String| clean(&here, there.lines().count());
        same(league.to_string(), plain.to_string());
        same(league.per(per).to_string(), plain.per(per).to_string());
        let [sets, other] = [&league, &plain].map(|league| league.rank_sets(rank::Spec::default()).unwrap());
        clean(&sets.area(name).unwrap().to_string(), 1);
        clean(&sets.pair(name, "B").unwrap().to_string(), 1);
        same(sets.per(per).to_string(), other.per(per).to_string());
        let [funnel, other] = [&league, &plain].map(|league| league.funnel(Dispersion::None));
        clean(&funnel.area(name).unwrap().to_string(), 1);
        same(funnel.per(per).to_string(), other.per(per).to_string());
        let [smoothed, other] = [&league, &plain].map(|league| league.smooth(Estimator::Marshall));
        clean(&smoothed.area(name).unwrap().to_string(), 1);
        same(smoothed.per(per).to_string(), other.per(per).to_string());
        let checked = league.claims(per).check(&Claim::highest(name)).unwrap();
        let other = plain.claims(per).check(&Claim::highest("A")).unwrap();
        same(checked.to_string(), other.to_string());
        assert_eq!(again(&checked), checked);
        let checked = league.claims(per).check(&Claim::rate(name, Published::new("1.2", per).unwrap())).unwrap();
        assert!(checked.sentences().iter().all(|sentence| sentence.lines().count() == 1));
        same(
            league.claims(per).describe(name).unwrap().to_string(),
            plain.claims(per).describe("A").unwrap().to_string(),
        );
        let error = Error::from(ErrorKind::UnknownArea { name: name.into(), nearest: Some(name.into()) });
        clean(&error.in_area(name).in_period(name).in_stratum(name).in_column(name).in_indicator(name).to_string(), 1);
        assert_eq!(again(&table), table);
        assert_eq!(again(&league.per(per)).to_string(), league.per(per).to_string());
        assert!(league.per(per).csv().contains(name));
    }
}

/// Policies are applied again to areas by what they are called, not by what they print as.
#[test]
fn tables_with_such_names_travel() {
    for name in NAMES {
        let rows = [Row::new(name, 60, 50_000), Row::new("B", 30, 50_000), Row::new("C", 25, 50_000)];
        let table = Table::from_rows(rows).unwrap().exclude(name, "tried").unwrap();
        assert_eq!(again(&table), table);
        assert_eq!(again(&table.areas()[0]), Area::new(name, None).unwrap());
        let rounded = table.rounded_to(5).unwrap();
        assert_eq!(again(&rounded), rounded);
    }
}

#[test]
fn probabilities_have_an_exponent_where_that_is_shorter() {
    let table = Table::from_rows([("A", 900, 1_000_000), ("B", 300, 1_000_000), ("C", 250, 1_000_000)]).unwrap();
    let csv = table.compare(Average::POOLED).funnel(Dispersion::None).per(Per::THOUSAND).csv();
    assert!(csv.contains("e-"), "{csv}");
    for cell in csv.lines().skip(1).flat_map(|line| line.split(',')) {
        if let (Ok(number), false) = (cell.parse::<f64>(), cell.bytes().all(|b| b.is_ascii_digit())) {
            assert!(cell.len() < 25, "{cell}");
            assert!(number.to_string().len() >= cell.len(), "{cell}");
            assert_eq!(cell.contains('e'), number != 0.0 && number.abs() < 1e-5, "{cell}");
        }
    }
}
