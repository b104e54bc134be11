//! Published figures that do not agree, and why.

use crate::support::claims::{by_chance_alone, per_thousand};
use crimerate::{
    Average, Basis, Claim, Per, Population, Rate, Table,
    claim::{Published, Rounding, Verdict},
};
use proptest::{prelude::*, sample::select};

/// Recorded crime in Germany, 2013: Bundeskriminalamt, Polizeiliche Kriminalstatistik, time series T01, with the rates per 100,000 on the
/// populations before and after the census of 2011 as they are printed. Two decimals are printed of rates that were rounded to one.
const GERMANY: [(u64, &str, &str); 12] = [
    (5_961_662, "7,268.50", "7,403.60"),
    (2_951, "3.6", "3.7"),
    (647, "0.8", "0.8"),
    (39, "0", "0"),
    (6, "0", "0"),
    (1_475, "1.8", "1.8"),
    (754, "0.9", "0.9"),
    (75, "0.1", "0.1"),
    (46_793, "57.1", "58.1"),
    (12_897, "15.7", "16"),
    (7_408, "9", "9.2"),
    (1_305, "1.6", "1.6"),
];
const BEFORE_CENSUS: u64 = 82_020_578;
const AFTER_CENSUS: u64 = 80_523_746;

fn of(figure: &str) -> Published {
    Published::new(figure, Per::HUNDRED_THOUSAND).unwrap()
}

#[test]
fn padded_decimals_are_found_out() {
    for (count, before, after) in GERMANY {
        for (figure, population) in [(before, BEFORE_CENSUS), (after, AFTER_CENSUS)] {
            let found = of(figure).check(Rate::new(count, population).unwrap(), Rounding::default());
            assert!(found.agrees() || found.agrees_at() == Some(1), "{found}");
        }
    }
    let all =
        |figure: &str, population| of(figure).check(Rate::new(GERMANY[0].0, population).unwrap(), Rounding::default());
    let padded = all("7,403.60", AFTER_CENSUS);
    assert_eq!((padded.agrees(), padded.agrees_at()), (false, Some(1)));
    assert!(
        padded.to_string().ends_with("5,961,662 (7,403.61 per 100,000) does not agree; it agrees at one decimal"),
        "{padded}"
    );
    // On the other population it agrees at no number of decimals.
    assert_eq!(all("7,268.50", AFTER_CENSUS).agrees_at(), None);
    assert_eq!(all("7,404.00", AFTER_CENSUS).agrees_at(), Some(0));
    assert_eq!(all("7,403.6", AFTER_CENSUS).agrees_at(), None);
    assert!(all("7,404.0", AFTER_CENSUS).to_string().ends_with("; it agrees without decimals"));
    let populations = |figure: &str| of(figure).populations(GERMANY[0].0, Rounding::default());
    assert_eq!(populations("7268.5"), Some(82_019_963..=82_021_091));
    assert_eq!(populations("7403.6"), Some(80_523_283..=80_524_370));
}

#[test]
fn another_number_of_people_or_another_population_is_told() {
    let found = |figure: Published, count| figure.check(Rate::new(count, 2_939_927).unwrap(), Rounding::default());
    let per_million = found(of("245"), 721);
    assert_eq!(per_million.fits_per(), Some(Per::MILLION));
    assert!(per_million.to_string().ends_with("; it fits per 1,000,000"), "{per_million}");
    assert_eq!(found(of("24.5"), 721).fits_per(), None);
    assert_eq!(found(of("0.0"), 721).fits_per(), None);
    assert_eq!(found(per_thousand("0"), 721).to_string().matches("fits").count(), 0);
    let text = found(of("25.3"), 721).to_string();
    assert!(text.ends_with("; it would fit a population of 2,844,182 to 2,855,445"), "{text}");
    // No population makes a figure of nothing.
    let nothing = found(of("25.0"), 0);
    assert_eq!(nothing.populations(), None);
    assert!(nothing.to_string().ends_with("0 (0.0 per 100,000) does not agree"), "{nothing}");
    assert_eq!(of("0.0").populations(0, Rounding::default()), Some(1..=u64::MAX));
    // What cannot be held in whole numbers is not told.
    let huge = Published::new("0.00000000000000001", Per::new(u32::MAX).unwrap()).unwrap();
    assert_eq!(huge.populations(u64::MAX, Rounding::default()), None);
}

#[test]
fn sentences_have_the_words_of_the_basis() {
    let births = Table::from_rows([("Anson", 15, 1_570), ("Ashe", 1, 1_364), ("Wake", 57, 14_484)]).unwrap();
    let births =
        births.with_basis(Basis::new().with_count("sudden infant deaths").with_population("live births, 1974-78"));
    let claims = by_chance_alone(births.compare(Average::POOLED).claims(Per::THOUSAND));
    let described = claims.describe("Anson").unwrap().to_string();
    assert!(
        described.starts_with("Anson has 15 deaths among 1,570 live births, a rate of 9.55 per 1,000 ("),
        "{described}"
    );
    assert!(claims.describe("Ashe").unwrap().to_string().starts_with("Ashe has 1 death among 1,364 live births,"));
    let checked = [
        Claim::rate("Anson", per_thousand("9.6")),
        Claim::rate("Anson", per_thousand("9.9")),
        Claim::highest("Anson"),
        Claim::higher_than("Anson", "Wake"),
        Claim::between("Anson", per_thousand("9"), per_thousand("10")).unwrap(),
    ];
    for claim in &checked {
        let text = claims.check(claim).unwrap().to_string();
        assert!(!text.contains("offence") && !text.contains("people") && !text.contains("count"), "{text}");
    }
    let rate = claims.check(&checked[0]).unwrap();
    assert_eq!(rate.reasons(), ["9.6 per 1,000 on 1,570 live births implies 15 deaths; 15 (9.6 per 1,000) agrees."]);
    assert_eq!(rate.verdict(), Verdict::Supported);
}

fn rounding() -> impl Strategy<Value = Rounding> {
    select(Rounding::ALL.to_vec())
}

proptest! {
    /// A population is one of those that a count and a figure go with just where the count is one that goes with the figure on it.
    #[test]
    fn populations_are_those_whose_counts_agree(
        digits in 0..400_u32, decimals in 0..3_usize, count in 0..300_u64, per in select(vec![1, 7, 100, 1_000]), rounding in rounding(),
    ) {
        let text = format!("{digits:0>4}");
        let (whole, fraction) = text.split_at(4 - decimals);
        let text = if decimals == 0 { whole.to_owned() } else { format!("{whole}.{fraction}") };
        let figure = Published::new(&text, Per::new(per).unwrap()).unwrap();
        let populations = figure.populations(count, rounding);
        for people in (1..200_u64).chain((200..20_000).step_by(97)) {
            let admits = figure.counts(Population::new(people).unwrap(), rounding).is_some_and(|counts| counts.contains(&count));
            let within = populations.as_ref().is_some_and(|populations| populations.contains(&people));
            prop_assert_eq!(admits, within, "{} on {}, {:?}", figure, people, populations);
        }
        if let Some(populations) = populations {
            for people in [*populations.start(), *populations.end()] {
                let counts = figure.counts(Population::new(people).unwrap(), rounding);
                prop_assert!(counts.is_some_and(|counts| counts.contains(&count)));
            }
        }
    }
}

#[test]
fn figures_may_have_no_zero_before_the_point_and_be_per_round_numbers_in_words() {
    assert_eq!(Published::new(".5", Per::THOUSAND), Published::new("0.5", Per::THOUSAND));
    assert!(Published::new(".", Per::THOUSAND).is_err() && Published::new("..5", Per::THOUSAND).is_err());
    for (text, per) in [
        ("24.5 per million", Per::MILLION),
        ("24.5 per hundred thousand", Per::HUNDRED_THOUSAND),
        ("24.5 per thousand", Per::THOUSAND),
        ("24.5 per thousand a year", Per::THOUSAND.years().unwrap()),
    ] {
        assert_eq!(text.parse(), Published::new("24.5", per), "{text}");
    }
    assert!("24.5 per thousand thousand".parse::<Published>().is_err());
}

/// 161,159 offences of six months on 2,812,600 people are 57.3 per 1,000, and 114.6 a year.
#[test]
fn a_count_of_a_part_of_a_year_is_guessed() {
    let rate = Rate::new(161_159, 2_812_600).unwrap();
    let found = |figure: &str| per_thousand(figure).check(rate, Rounding::default()).to_string();
    assert!(
        found("114.6").ends_with("does not agree; it fits a count of 6 months read as a rate for a year"),
        "{}",
        found("114.6")
    );
    assert!(found("229.2").ends_with("; it fits a count of 3 months read as a rate for a year"), "{}", found("229.2"));
    assert!(found("57.3").ends_with(" agrees") && !found("115.3").contains("months"));
}
