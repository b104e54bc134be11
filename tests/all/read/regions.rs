//! Regions and forces of one name, and codes beside names that are not theirs.

use super::shapes::people;
use crimerate::{Table, forces, read::Document};

const REGIONS: &str = "North East,8\nWest Midlands,300\nEast Midlands,4\nWales,5\n";

#[test]
fn among_regions_a_region_has_not_the_people_of_the_force() {
    let populations = Document::of(
        "code,name,population\nE23000014,West Midlands,2916458\nE12000005,West Midlands,5900757\nE12000001,North East,2657909\n\
         E12000004,East Midlands,4804149\nW92000004,Wales,3138631\n",
    );
    for heading in ["Area", "Region"] {
        let file = Document::of(format!("{heading},Offences\n{REGIONS}"));
        let (table, taken) = file.clone().populations_of(populations.clone()).table().unwrap();
        assert_eq!(people(&table)[1], 5_900_757, "{heading}");
        assert_eq!((table.len(), table.policies().count()), (4, 0));
        assert_eq!(taken.notes, ["West Midlands in row 3 is the region, as it stands among regions"]);
        let error = file.force_populations(2018).table().unwrap_err().to_string();
        assert!(error.contains("no area is a police force of England and Wales"), "{error}");
    }
    // Among forces it is the force.
    let file =
        Document::of("Area,Offences\nNorth East,8\nWest Midlands,300\nKent,4\nWales,5\n").force_populations(2018);
    let (table, _) = file.table().unwrap();
    assert_eq!(table.population(1).map(crimerate::Population::get), Some(2_916_458));
}

#[test]
fn a_region_that_its_count_tells_has_no_people_of_the_force() {
    let file = "Area,Offences\nWest Midlands,661\nStaffordshire,100\nWarwickshire,150\nWest Mercia,206\nWest Midlands,205\nKent,9\n";
    let (table, taken) = Document::of(file).force_populations(2018).table().unwrap();
    assert_eq!([0, 4].map(|at| table.population(at).map(crimerate::Population::get)), [None, Some(2_916_458)]);
    assert_eq!(taken.totals, ["West Midlands"]);
}

#[test]
fn a_table_of_regions_has_no_force() {
    let rows = REGIONS.lines().filter_map(|line| line.split_once(','));
    let rows = rows.map(|(name, count)| crimerate::Row::without_population(name, count.parse::<u64>().unwrap()));
    let table = Table::from_rows_leaving_out(rows).unwrap();
    let peopled = table.clone().with_populations(2018).unwrap();
    assert!((0..4).all(|at| peopled.population(at).is_none()));
    let found = table.with_codes().unwrap();
    assert!(found.table().areas().iter().all(|area| area.code().is_none()), "{found}");
    assert!(forces::find("West Midlands").is_ok());
}

#[test]
fn a_code_beside_the_name_of_another_force_is_refused() {
    let file = "Area Code,Area Name,Count\nE23000014,Kent,10\nE23000032,West Midlands,20\nE23000035,Devon & Cornwall,7\n\
                E12000005,West Midlands,30\nE06000047,Durham,5\n";
    let error = Document::of(file).counts_alone().rows().unwrap_err().to_string();
    let lines: Vec<&str> = error.lines().collect();
    assert_eq!(lines.len(), 2, "{error}");
    assert_eq!(lines[0], "Kent: row 2: E23000014 is the code of West Midlands, and not of Kent: correct one of them");
}
