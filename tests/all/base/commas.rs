//! A count from a thousand on has its commas in every note and every line of text.

use crimerate::{
    Average, Compare, Observation, Per, Row, Table, average::ZScale, funnel::Dispersion, league::BandSpec,
    smoothing::Estimator,
};

/// More than 1,200 areas of every kind: with figures, without offences, with counts that are not known.
fn table(more: u64) -> Table {
    let known = (0..1_250_u64).map(|i| (1 + (i * 7_919 + more) % 4_000, 20_000 + 37 * i));
    let none = (0..1_250_u64).map(|i| (0, 1_000 + i));
    let rows = known.chain(none).zip(0..).map(|((count, people), i)| Row::new(named(i), count, people));
    let blank = (2_500..3_700).map(|i| Row::new(named(i), Observation::from(None), 5_000));
    Table::from_rows(rows.chain(blank)).unwrap()
}

/// A name without a digit.
fn named(i: u32) -> String {
    i.to_string().bytes().map(|digit| char::from(b'a' + digit - b'0')).collect()
}

/// Four digits or more in a row, which are not behind a point.
fn bare(text: &str) -> Option<&str> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    numbers.find(|number| number.split('.').next().unwrap().len() > 3)
}

fn holds(text: &str) {
    for line in text.lines() {
        assert_eq!(bare(line), None, "{line}");
    }
}

#[test]
fn the_check_finds_a_bare_count() {
    assert_eq!(
        ["1200 of 1,200 areas", "p = 0.00012, 9,999.12345", "of 3805."].map(bare),
        [Some("1200"), None, Some("3805.")]
    );
}

#[test]
fn counts_have_their_commas_in_all_that_prints() {
    let table = table(0);
    for scale in ZScale::ALL {
        let league = table.compare(Compare::from(Average::POOLED.without_self()).with_z(*scale));
        holds(&league.per(Per::THOUSAND).with_bands(BandSpec::TWO).to_string());
    }
    let league = table.compare(Average::POOLED);
    assert_eq!(league.per(Per::THOUSAND).notes()[0].text(), "2,500 of 3,700 areas compared.");
    assert_eq!(league.per(Per::THOUSAND).notes()[1].text(), "Left out: 1,200 areas, count left blank.");
    for dispersion in Dispersion::ALL {
        holds(&league.funnel(*dispersion).to_string());
    }
    holds(&league.smooth(Estimator::Marshall).to_string());
    holds(&table.change_to(&self::table(3)).unwrap().per(Per::THOUSAND).to_string());
}
