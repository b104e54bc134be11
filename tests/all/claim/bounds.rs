//! Bounds of how many times, and which p-value a verdict rests on.

use crate::support::{claims::by_chance_alone, json::again};
use crimerate::{
    Average, Basis, Claim, Per, Table,
    claim::{Checker, ComparedWith, Relation, Verdict},
    interval::WithinDispersion,
    rank,
};

fn claims() -> Checker {
    let rows = [("A", 90, 10_000), ("B", 40, 10_000), ("C", 20, 10_000), ("D", 30, 10_000)];
    Table::from_rows(rows).unwrap().compare(Average::POOLED).claims(Per::THOUSAND)
}

/// By scipy 1.17, `binom.sf(89, 130, 1.2 / 2.2)` and `binom.cdf(20, 60, 1 / 3)`.
#[test]
fn at_least_and_at_most_are_one_sided_and_just_so_many_will_do() {
    let claims = by_chance_alone(claims());
    let check = |claim: &Claim| {
        let checked = claims.check(claim).unwrap();
        assert_eq!(again(&checked), checked);
        checked
    };
    let than_b = |relation: Relation| Claim::compared("A", relation, "B");
    let checked = check(&than_b(Relation::at_least("1.2").unwrap()));
    assert_eq!(checked.verdict(), Verdict::Supported);
    assert!((checked.p().unwrap() - 0.000_444_458_218_240_868_7).abs() < 1e-12, "{:?}", checked.p());
    // 90 is 2.25 times 40: at least and at most hold there, more and less do not.
    for (relation, holds) in [
        (Relation::at_least("2.25"), true),
        (Relation::at_most("2.25"), true),
        (Relation::more_than("2.25"), false),
        (Relation::less_than("2.25"), false),
        (Relation::at_least("2.26"), false),
        (Relation::at_most("2.24"), false),
    ] {
        let verdict = check(&than_b(relation.unwrap())).verdict();
        assert_eq!(verdict, if holds { Verdict::NotCertain } else { Verdict::Contradicted });
    }
    let half = Claim::compared("C", Relation::at_most("half").unwrap(), "B");
    assert_eq!(half.to_string(), "C is at most half B");
    assert!((check(&half).p().unwrap() - 0.560_313_848_740_85).abs() < 1e-12);
    assert_eq!(Relation::times("Twice").unwrap(), Relation::times("2").unwrap());
    assert!(Relation::at_least("-1").is_err() && Relation::percent_above("half").is_err());
    let average = Claim::compared("C", Relation::at_most("0.8").unwrap(), ComparedWith::Average);
    assert_eq!(average.to_string(), "C is at most 0.8 times the average");
    assert_eq!(check(&average).verdict(), Verdict::Supported);
}

/// The verdict rests on `p`; `p_alone` is that of who named the area beforehand.
#[test]
fn both_p_values_are_told() {
    let claims = claims();
    let above = Claim::above_average("A");
    let (picked, alone) = (claims.check(&above).unwrap(), claims.clone().chosen_beforehand().check(&above).unwrap());
    assert_eq!((picked.p_alone(), alone.p_alone()), (alone.p(), alone.p()));
    assert!(picked.p() > picked.p_alone());
    assert_eq!(again(&picked), picked);
    let json = serde_json::to_string(&picked).unwrap();
    let forged = json.replacen("\"p_alone\":", "\"p_alone\":1.5,\"ends_of\":", 1);
    assert!(serde_json::from_str::<crimerate::claim::Checked>(&forged).is_err());
    let row = picked.row();
    assert_eq!((row.p, row.p_alone), (picked.p(), picked.p_alone()));
    assert_eq!(claims.check(&Claim::highest("A")).unwrap().p_alone(), None);
}

/// By chance alone is said where it is so, and the law with phi_w where that counts.
#[test]
fn the_law_is_named() {
    let claims = claims().chosen_beforehand();
    let reasons = |claims: &Checker| claims.check(&Claim::higher_than("B", "C")).unwrap().to_string();
    let told = reasons(&claims);
    assert!(told.starts_with("B has a higher rate than C: true of the figures but not certain."), "{told}");
    assert!(
        told.contains("Equal rates are refuted at 5 % if chance alone is at work: one-sided, exact p = 0.0067"),
        "{told}"
    );
    let with = |phi: f64| rank::Spec::default().with_dispersion(WithinDispersion::new(phi).unwrap());
    let told = reasons(&claims.clone().with_sets(with(2.2)));
    assert!(told.contains("exact p = 0.0067, and with phi_w 2.2 (as given) p = "), "{told}");
    assert!(told.contains(" (beta-binomial), against C.") && !told.contains("chance alone"), "{told}");
    let fixed = Table::from_rows([("A", 0, 10_000)]).unwrap().compare(Average::fixed(0.3, Per::THOUSAND).unwrap());
    let told = fixed.claims(Per::THOUSAND).with_sets(with(2.2)).check(&Claim::below_average("A")).unwrap().to_string();
    assert!(told.contains("(negative binomial)"), "{told}");
}

/// What is to be said of all claims is said once below them.
#[test]
fn notes_and_the_basis_stand_once() {
    let table = |counts: [u64; 3]| {
        let rows = ["A", "B", "C"].iter().zip(counts).map(|(area, count)| (*area, count, 10_000_u64));
        Table::from_rows(rows).unwrap().with_basis(Basis::new().with_count("thefts"))
    };
    let claims = table([90, 40, 20]).compare(Average::POOLED).claims(Per::THOUSAND);
    let claims = claims.with_before(&table([60, 42, 25])).unwrap();
    let report = claims.check_all([Claim::rose("A"), Claim::fell("B"), Claim::highest("A")]).unwrap();
    let text = report.to_string();
    for once in ["Not given, so not checked: the number of months, the population.", "Basis: thefts."] {
        assert_eq!(text.matches(once).count(), 1, "{once}\n{text}");
    }
    assert!(
        text.ends_with(
            "\n\n3 of 3 areas compared.\nNot given, so not checked: the number of months, the population.\nPoisson variation only.\nBasis: thefts."
        ),
        "{text}"
    );
    // Alone a claim has all that it needs.
    let alone = claims.check(&Claim::fell("B")).unwrap().to_string();
    assert!(alone.contains("Not given, so not checked") && alone.ends_with("\n  Basis: thefts."), "{alone}");
    assert!(report.csv().lines().next().unwrap().contains(",found,p,p_alone,holds_up_to,"));
}

/// Without decimals 2 times is all from 1.5 to 2.5 times: what is off by more than a tenth prints so, and is not supported.
#[test]
fn whole_times_far_from_what_was_found_are_not_supported() {
    let rows = [("A", 1_501, 100_000), ("B", 1_000, 100_000), ("C", 900, 100_000), ("D", 950, 100_000)];
    let claims = Table::from_rows(rows).unwrap().compare(Average::POOLED).claims(Per::HUNDRED_THOUSAND);
    let check = |times: &str, beside: ComparedWith| {
        claims.check(&Claim::compared("A", Relation::times(times).unwrap(), beside)).unwrap()
    };
    let twice = check("2", "B".into());
    assert_eq!((twice.verdict(), twice.of_compared()), (Verdict::NotCertain, Verdict::NotCertain));
    assert!(twice.to_string().contains("That is so only when rounded to a whole number: 1.50."), "{twice}");
    assert_eq!(again(&twice), twice);
    let written = serde_json::to_string(&twice).unwrap();
    let forged = written.replace("not-certain", "supported");
    assert!(forged != written && serde_json::from_str::<crimerate::claim::Checked>(&forged).is_err());
    assert_eq!(check("1.5", "B".into()).verdict(), Verdict::Supported);
    let once = check("1", ComparedWith::Average);
    assert!(once.to_string().contains("only when rounded to a whole number: 1.38."), "{once}");
    // 2.2 times is off by just a tenth.
    let table = Table::from_rows([("A", 2_200, 100_000), ("B", 1_000, 100_000)]).unwrap();
    let just = Claim::compared("A", Relation::times("2").unwrap(), "B");
    let claims = table.compare(Average::POOLED).claims(Per::HUNDRED_THOUSAND);
    assert_eq!(claims.check(&just).unwrap().verdict(), Verdict::Supported);
}
