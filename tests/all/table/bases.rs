//! Bases that must agree, and months that belong to a basis.

use crate::support::{near::near, notes::notes, says::says};
use crimerate::{Average, Basis, Per, Report, Table};

const PER: Per = Per::HUNDRED_THOUSAND;

fn basis() -> Basis {
    Basis::new()
        .with_count("thefts")
        .with_period("2023")
        .with_months(12)
        .with_population("residents")
        .with_population_year(2022)
}

#[test]
fn tables_on_bases_that_must_not_differ_are_not_compared() {
    let table = |basis: Basis| Table::from_rows([("A", 200, 500_000), ("B", 9, 100)]).unwrap().with_basis(basis);
    let before = table(basis());
    let refused = |basis: Basis, expected: &str| {
        let expected = format!("{expected}, so the two cannot be compared");
        assert_eq!(before.change_to(&table(basis)).unwrap_err().to_string(), expected);
    };
    refused(basis().with_count("burglary"), "what is counted is burglary here and thefts there");
    refused(basis().with_population("households"), "the population is households here and residents there");
    refused(basis().with_months(6), "the period is 2023 (6 months) here and 2023 (12 months) there");
    let annual = table(basis()).annualised().unwrap();
    let error = before.change_to(&annual).unwrap_err().to_string();
    assert_eq!(error, "the exposure is person-months here and people there, so the two cannot be compared");
    let later = table(basis().with_period("2024").with_population_year(2023));
    let changes = before.change_to(&later).unwrap();
    let told =
        |changes: &crimerate::time::Changes| changes.notes().iter().map(|note| format!("{note}\n")).collect::<String>();
    assert_eq!(
        told(&changes),
        "Periods: 2023, then 2024.\nNot the same in both: the year of the population (2022; then 2023).\n"
    );
    assert!(changes.area("B").unwrap().small_base());
    let bare = table(Basis::new()).change_to(&table(Basis::new())).unwrap();
    assert_eq!(told(&bare), "Not given, so not checked: what is counted, the number of months, the population.\n");
    let half_told = before.change_to(&table(basis().with_months(0))).unwrap();
    assert_eq!(told(&half_told), "");
    let half_told = before.change_to(&table(basis().with_period("after").with_months(0))).unwrap();
    assert_eq!(told(&half_told), "Periods: 2023, then after.\nNot given, so not checked: the number of months.\n");
}

#[test]
fn half_a_year_is_annual_by_its_exposure_and_not_by_its_count() {
    let half = Table::from_rows([("A", 130, 510_000), ("B", 70, 255_000)]).unwrap().with_basis(basis().with_months(6));
    let annual = half.clone().with_denominator("B", 300_000, "by day").unwrap().annualised().unwrap();
    let per = PER.years().unwrap();
    let league = annual.compare(Average::POOLED);
    let a = league.area("A").unwrap();
    assert_eq!(a.rate().per(per).value(), 260.0 * 100_000.0 / 510_000.0);
    // The count is that of half a year, and so is its uncertainty.
    let plain = half.compare(Average::POOLED);
    let width = |interval: crimerate::Interval| interval.upper() / interval.lower();
    near(width(a.interval().per(per)), width(plain.area("A").unwrap().interval().per(PER)), 1e-14, "width");
    let report = league.per(per);
    assert!(notes(&report).contains("6 months; population: residents (2022), in person-months, 12 of which are"));
    // It is read per unit population a year, and never looks like a rate on people.
    assert_eq!(a.rate().per(per).to_string(), "51.0 per 100,000 a year");
    let text = report.to_string();
    assert!(text.contains("Person-months  Rate per 100,000 a year"), "{text}");
    assert!(notes(&report).contains("Average: pooled, 49.4 per 100,000 a year over 2 areas."), "{text}");
    assert_eq!(league.per(PER), report);
    assert_eq!(league.per("per 1,200,000 person-months".parse().unwrap()), report);
    assert!(notes(&plain.per(per)).contains(" per 1,200,000 over 2 areas."));
    assert!(notes(&league.per("person-month".parse().unwrap())).contains(" per person-month over 2 areas."));
    for per in [PER, per, Per::new(7).unwrap().years().unwrap()] {
        let json = serde_json::to_string(&per).unwrap();
        assert_eq!(serde_json::from_str::<Per>(&json).unwrap(), per, "{json}");
    }
    assert_eq!((per.get(), per.years(), per == Per::new(1_200_000).unwrap()), (1_200_000, Some(per), false));
    assert_eq!(serde_json::from_str::<Per>("100000").unwrap(), PER);
    assert!(serde_json::from_str::<Per>("{\"person-months\":0}").is_err());
    let described = league.claims(per).describe("A").unwrap().to_string();
    assert!(described.starts_with("A has 130 thefts among 3,060,000 person-months, a rate of 51.0 per 100,000 a year"));
    assert!(notes(&report).contains("Denominator: B on 300,000 instead of 255,000, by day."));
    assert_eq!(serde_json::from_str::<Report>(&serde_json::to_string(&report).unwrap()).unwrap(), report);
    assert_eq!(annual.clone().annualised().unwrap(), annual);
    // Another basis does not undo it.
    let renamed = annual.clone().with_basis(Basis::new().with_count("thefts").with_months(3));
    assert!(renamed.basis().is_in_person_months());
    assert_eq!(
        renamed.basis().to_string(),
        "thefts, 6 months; population: in person-months, 12 of which are a person-year"
    );
    says(
        Table::from_rows([("A", 1, 1)]).unwrap().annualised(),
        "the basis has no number of months: give how many the counts cover, for a yearly rate",
    );
    let huge = Table::from_rows([("A", 1, u64::MAX)]).unwrap().with_basis(basis());
    says(
        huge.annualised(),
        "A: population times months is 221,360,928,884,514,619,380, and can be at most 18,446,744,073,709,551,615: check them both",
    );
    assert_eq!(Per::new(u32::MAX).unwrap().years(), None);
}

/// Text that is a period knows its months: others beside it are told, and refused for a yearly rate.
#[test]
fn months_that_are_not_those_of_the_period_are_told_and_refused() {
    let table = |period: &str, months| {
        let basis = Basis::new().with_period(period).with_months(months);
        Table::from_rows([("A", 60, 1_000), ("B", 40, 2_000)]).unwrap().with_basis(basis)
    };
    let told = |table: &Table| table.compare(Average::POOLED).per(Per::THOUSAND).to_string();
    let note = "Months: the basis gives 12 months, but its period, 2021 Q1, has 3 months: correct one of them.";
    assert!(told(&table("2021 Q1", 12)).contains(note));
    assert!(told(&table("2021 Q1", 2)).contains("Months: 2 months of a period, 2021 Q1, that has 3 months."));
    assert!(!told(&table("2021 Q1", 3)).contains("Months: "));
    assert!(!told(&table("the pandemic", 12)).contains("correct one of them"));
    says(
        table("2021 Q1", 12).annualised(),
        "the number of months is 12 here and 3 there, so the two cannot be compared",
    );
    assert_eq!(table("2021 Q1", 0).annualised().unwrap().basis().months(), Some(3));
    assert!(table("the pandemic", 0).annualised().is_err());
}

#[test]
fn notes_are_in_the_words_of_the_basis() {
    let table = |whom: &str| {
        let rows = [("A", 310, 3_574_100), ("B", 1_328_400, 120), ("C", 205, 6_547_600), ("All", 640, 11_450_100)];
        let basis = Basis::new().with_count("sudden infant deaths").with_population(whom);
        let table = Table::from_rows(rows).unwrap().with_basis(basis).merge("C", "A", "tried").unwrap();
        table.total("All").unwrap().compare(Average::POOLED).per(Per::THOUSAND).to_string()
    };
    let births = table("Live births");
    assert!(births.contains("Merged: C (205 on 6,547,600 live births) into A, tried.\n"), "{births}");
    assert!(births.contains("More counted than live births: B. "), "{births}");
    for odd in ["per 1,000 people", "100,000 people", "Residents", "residents, mid-2018"] {
        let people = table(odd);
        assert!(people.contains("Merged: C (205 on 6,547,600 people) into A, tried.\n"), "{people}");
        assert!(people.contains("More counted than people: B. "), "{people}");
    }
    for none in ["", "ONS mid-year estimate 2018", "population aged 16 and over"] {
        let none = table(none);
        assert!(none.contains("Merged: C (205 on a population of 6,547,600) into A, tried.\n"), "{none}");
        assert!(none.contains("More counted than the population: B. "), "{none}");
    }
}
