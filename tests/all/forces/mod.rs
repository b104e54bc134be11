//! The police forces of England and Wales by name.

use crate::support::{json::again, says::says};
use crimerate::{
    Average, Per, Row, Table,
    forces::{self, Body, Force},
};
use std::collections::BTreeMap;

/// Short forms of counties, and what forces call themselves; none is that of two.
#[test]
fn forces_are_known_by_their_short_names() {
    for (short, name) in [
        ("MPS", "Metropolitan Police"),
        ("Met", "Metropolitan Police"),
        ("The Met", "Metropolitan Police"),
        ("Met Police", "Metropolitan Police"),
        ("CoLP", "City of London"),
        ("GMP", "Greater Manchester"),
        ("WMP", "West Midlands"),
        ("WYP", "West Yorkshire"),
        ("SYP", "South Yorkshire"),
        ("NYP", "North Yorkshire"),
        ("TVP", "Thames Valley"),
        ("Staffs", "Staffordshire"),
        ("Northants Police", "Northamptonshire"),
        ("Leics.", "Leicestershire"),
        ("Herts", "Hertfordshire"),
        ("Beds", "Bedfordshire"),
        ("Cambs", "Cambridgeshire"),
        ("Derbys", "Derbyshire"),
        ("Glos", "Gloucestershire"),
        ("Hants", "Hampshire"),
        ("Lancs", "Lancashire"),
        ("Lincs", "Lincolnshire"),
        ("Notts", "Nottinghamshire"),
        ("Warks", "Warwickshire"),
        ("Wilts", "Wiltshire"),
        ("S. Yorks", "South Yorkshire"),
    ] {
        assert_eq!(forces::find(short).map(Force::name), Ok(name), "{short}");
    }
    assert_eq!(Body::of("BTP"), Some(Body::NotTerritorial("British Transport Police")));
    // What may be two is none.
    for short in ["WP", "Mids", "Yorks", "Wales Police", "NP", "Dyfed", "Sussex and Surrey"] {
        assert!(!matches!(Body::of(short), Some(Body::Force(_))), "{short}");
    }
}

/// Regions and countries are found by the names of their forces, in whatever order the rows stand.
#[test]
fn regions_are_found_among_forces_that_are_sorted_by_name() {
    let mut rows: Vec<(&str, u64, u64)> = Vec::new();
    for (place, force) in (1_u64..).zip(forces::all()) {
        rows.push((force.name(), 1_000 + place * 7_919 % 9_973, force.population(2018).unwrap().get()));
    }
    let sum = |of: &dyn Fn(&Force) -> bool| {
        let own = rows.iter().filter(|row| of(forces::find(row.0).unwrap()));
        own.fold((0, 0), |sum, row| (sum.0 + row.1, sum.1 + row.2))
    };
    let region = |name: &'static str| (name, sum(&|force| force.region() == name));
    let wholes = [
        region("North East"),
        ("East of England", region("East").1),
        region("Wales"),
        ("England", sum(&|force| force.country() == "England")),
        ("England & Wales", sum(&|_| true)),
    ];
    let told = |extra: &[(&'static str, u64, u64)], without: &str| {
        let mut all: Vec<_> =
            rows.iter().copied().filter(|row| row.0 != without).chain(extra.iter().copied()).collect();
        all.sort_unstable();
        Table::from_rows(all).unwrap().compare(Average::POOLED).per(Per::THOUSAND).to_string()
    };
    let found = told(&wholes.map(|(name, (count, people))| (name, count, people)), "");
    for (name, forces) in [
        ("North East", "the 3 of North East, Cleveland to Northumbria"),
        ("East of England", "the 6 of East, Bedfordshire to Suffolk"),
        ("Wales", "the 4 of Wales, Dyfed-Powys to South Wales"),
        ("England", "the 39 of England, Avon and Somerset to Wiltshire"),
    ] {
        assert!(found.contains(&format!("{name} (the sum of {forces})")), "{found}");
    }
    assert!(found.contains("England & Wales (the sum of "), "{found}");
    // Taken for a total it is held against them.
    let mut all: Vec<_> = rows.iter().copied().chain([("North East", wholes[0].1.0, wholes[0].1.1)]).collect();
    all.sort_unstable();
    let held = Table::from_rows(all).unwrap().total("North East").unwrap().compare(Average::POOLED).per(Per::THOUSAND);
    let held = held.to_string();
    assert!(held.contains("Total: North East, the sum of the 3 of North East, Cleveland to Northumbria."), "{held}");
    // Of forces alone there is none, and one that does not add up is told by its name.
    assert!(!told(&[], "").contains("perhaps totals"));
    let north_east = ("North East", 1, 2_600_000);
    assert!(told(&[north_east], "").contains("by their names perhaps totals: North East."));
    // A name alone says nothing where its forces are not there.
    let others = [("North East", 310, 3_574_100), ("Kent", 120, 1_328_400), ("Essex", 205, 6_547_600)];
    let text = Table::from_rows(others).unwrap().compare(Average::POOLED).per(Per::THOUSAND).to_string();
    assert!(!text.contains("perhaps totals"), "{text}");
}

#[test]
fn there_are_43_with_codes_of_their_own() {
    let codes: std::collections::BTreeSet<&str> = forces::all().iter().map(Force::code).collect();
    assert_eq!((forces::all().len(), codes.len()), (43, 43));
    let names: Vec<&str> = forces::all().iter().map(Force::name).collect();
    assert!(names.is_sorted());
    for force in forces::all() {
        for text in [
            force.name(),
            force.code(),
            &force.police_uk(),
            &format!("{} Police", force.name().trim_end_matches(" Police")),
            &format!(" {} [note 4]", force.name().to_uppercase()),
        ] {
            assert_eq!(forces::find(text), Ok(force), "{text}");
        }
        assert_eq!(force.country() == "Wales", force.code().starts_with("W15"));
        assert_eq!(force.population(2019), None);
    }
}

/// The published totals of England's regions and of Wales in mid-2018: Office for National Statistics, police force area tables, whole
/// numbers from counts over printed rates; of England and Wales in mid-2020, its published estimate.
#[test]
fn populations_add_up_to_published_totals() {
    let mut regions: BTreeMap<&str, u64> = BTreeMap::new();
    for force in forces::all() {
        *regions.entry(force.region()).or_default() += force.population(2018).unwrap().get();
    }
    let published = [
        ("East", 6_201_214),
        ("East Midlands", 4_804_149),
        ("London", 8_908_081),
        ("North East", 2_657_909),
        ("North West", 7_292_093),
        ("South East", 9_133_625),
        ("South West", 5_599_735),
        ("Wales", 3_138_631),
        ("West Midlands", 5_900_757),
        ("Yorkshire and The Humber", 5_479_615),
    ];
    assert_eq!(regions.into_iter().collect::<Vec<_>>(), published);
    let all = |year| forces::all().iter().map(|force| force.population(year).unwrap().get()).sum::<u64>();
    assert_eq!((all(2018), all(2020)), (59_115_809, 59_719_724));
    // Those of the embedded figures are the same to the nearest hundred.
    for row in csv::Reader::from_path("examples/data/recorded_crime_2017_18.csv").unwrap().records().map(Result::unwrap)
    {
        if let Ok(force) = forces::find(&row[1]) {
            assert_eq!(forces::find(&row[0]), Ok(force));
            let people = force.population(2018).unwrap().get();
            assert_eq!((people + 50) / 100 * 100, row[3].parse::<u64>().unwrap(), "{force}");
        }
    }
}

#[test]
fn names_are_known_as_files_spell_them() {
    for (text, name) in [
        ("Avon & Somerset", "Avon and Somerset"),
        ("Avon and Somerset Constabulary", "Avon and Somerset"),
        ("London, City of", "City of London"),
        ("City of London Police", "City of London"),
        ("City of London[note 8]", "City of London"),
        ("Devon & Cornwall Police", "Devon and Cornwall"),
        ("Dyfed Powys", "Dyfed-Powys"),
        ("Dyfed\u{2013}Powys Police", "Dyfed-Powys"),
        ("Hampshire & Isle of Wight", "Hampshire"),
        ("Hampshire and Isle of Wight Constabulary", "Hampshire"),
        ("Metropolitan", "Metropolitan Police"),
        ("Metropolitan Police Service", "Metropolitan Police"),
        ("Cheshire7", "Cheshire"),
        ("Greater Manchester8,9", "Greater Manchester"),
        ("west midlands police", "West Midlands"),
    ] {
        assert_eq!(forces::find(text).map(Force::name), Ok(name), "{text}");
    }
    assert_eq!(Body::of("E12000005"), Some(Body::Region("West Midlands")));
    assert_eq!(Body::of("London"), Some(Body::Region("London")));
    assert_eq!(Body::of("ENGLAND AND WALES"), Some(Body::Country("England and Wales")));
    assert_eq!(Body::of("WALES"), Some(Body::Country("Wales")));
    assert_eq!(Body::of("PSNI"), Some(Body::Elsewhere("Police Service of Northern Ireland")));
    assert_eq!(Body::of("British Transport Police"), Some(Body::NotTerritorial("British Transport Police")));
    for text in ["", "Erewhon", "Midlands", "E23000099", "[note 4]"] {
        assert_eq!(Body::of(text), None, "{text}");
    }
    says(forces::find("Northumbira"), "no area has the name or code \"Northumbira\"; did you mean \"Northumbria\"?");
}

#[test]
fn tables_take_codes_and_populations() {
    let counts = || {
        ["West Midlands Police", "London, City of", "Gwent", "British Transport Police", "Erewhon"]
            .map(|name| Row::without_population(name, 100))
    };
    let found = Table::from_rows_leaving_out(counts()).unwrap().with_codes().unwrap();
    assert_eq!(found.unknown().iter().map(crimerate::Area::name).collect::<Vec<_>>(), ["Erewhon"]);
    assert_eq!(found.others().count(), 1);
    let table = found.into_table().with_populations(2018).unwrap();
    assert_eq!(table.population(0).unwrap().get(), 2_916_458);
    assert_eq!((table.population(3), table.population(4)), (None, None));
    assert_eq!(table.basis().population_year(), Some(2018));
    let league = table.compare(Average::POOLED);
    assert_eq!((league.len(), league.area("E23000014").unwrap().area().name()), (3, "West Midlands"));
    assert_eq!(again::<Table>(&table), table);
    // Counts of half a year are on half a year of people.
    let half = Table::from_rows_leaving_out([Row::without_population("Gwent", 100).months(6)]).unwrap();
    assert_eq!(
        half.with_populations(2018).unwrap().population(0).unwrap().get(),
        6 * forces::find("Gwent").unwrap().population(2018).unwrap().get()
    );
    // The region of that name is not the force, and gets no population of it.
    let region = Row::without_population("West Midlands", 900).code("E12000005");
    let region = Table::from_rows_leaving_out([region, Row::without_population("Gwent", 100)]).unwrap();
    assert_eq!(region.with_populations(2018).unwrap().population(0), None);
    let named = |rows: [(&str, u64, u64); 2]| Table::from_rows(rows).unwrap();
    says(
        named([("Gwent", 1, 10), ("Gwent Police", 2, 10)]).with_codes(),
        "Gwent Police: row 2: the code \"W15000002\" stands in row 1 already",
    );
    says(
        named([("Gwent", 1, 10), ("Kent", 2, 10)]).with_populations(2018),
        "Gwent: the area cannot be given that of 2018: it has a population: give counts alone",
    );
    says(
        named([("Gwent", 1, 10), ("Kent", 2, 10)]).with_populations(2019),
        "2019 is not a year of populations: it has to be 2016, 2017, 2018 or 2020",
    );
    let treated = named([("Gwent", 1, 10), ("Kent", 2, 10)]).exclude("Kent", "tried").unwrap();
    says(treated.with_codes(), "Kent: the area cannot be given its code: it is excluded already: give codes first");
    let report = table.with_groups(forces::regions()).unwrap();
    let report = report.compare(Average::POOLED.over(report.group("region").unwrap())).per(Per::THOUSAND);
    assert_eq!(report.rows().next().unwrap().average_areas, Some(1));
}

/// The region East goes by three names in published files.
#[test]
fn the_region_east_by_each_of_its_names() {
    for name in ["East", "East of England", "Eastern"] {
        assert_eq!(Body::of(name), Some(Body::Region("East")), "{name}");
    }
}
