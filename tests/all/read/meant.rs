//! Files that may mean more than one thing: what is refused, and what is noticed.

use super::shapes::{known, marks};
use crimerate::{
    Average, Per,
    read::{Document, Limits, Role},
};

#[test]
fn names_that_differ_by_a_mark_alone_are_refused_and_can_be_kept() {
    let file = "area,count,population\nHumberside,3,930000\nHumberside [note 4],12,930000\nKent(r),1,1000\n";
    let error = Document::of(file).table().unwrap_err().to_string();
    assert!(
        error
            .starts_with("Humberside [note 4]: row 3: the name is that of \"Humberside\" in row 2 but for a note mark"),
        "{error}"
    );
    let (table, _) = Document::of(file).names_as_they_are().table().unwrap();
    assert_eq!(known(&table)[2].0, "Kent(r)");
    let (table, taken) = Document::of(file).to_be_left_out("Humberside [note 4]").table().unwrap();
    assert_eq!(known(&table)[2].0, "Kent");
    assert_eq!(marks(&taken)[1], ("(r)", "the mark of a note on a name", 1));
}

/// Rates of a region among those of its forces: the form of table P3 of the police force area tables.
#[test]
fn totals_by_their_codes_are_in_no_ranking_of_rates() {
    let file = "Area Code,Area Name,Robbery\nE92000001,ENGLAND,1.5\nE12000005,West Midlands,1.81\nE23000014,West Midlands,3.0\nE23000017,Warwickshire,0.6\n";
    let read = |document: Document| document.column(Role::Rate, "Robbery").published(Per::THOUSAND).unwrap();
    let (rates, taken) = read(Document::of(file));
    assert_eq!(taken.totals, ["ENGLAND", "West Midlands"]);
    let report = rates.compare(Average::MEAN).to_string();
    assert!(
        report.contains("2 of 4 areas compared.") && report.contains("a region or country by its code"),
        "{report}"
    );
    let (all, taken) = read(Document::of(file).with_totals());
    assert!(all.compare(Average::MEAN).to_string().contains("4 of 4 areas compared.") && taken.totals.is_empty());
    let (regions, taken) = read(Document::of(file).only_codes(["E12", "E92"]));
    assert_eq!((regions.len(), taken.totals), (2, vec!["ENGLAND".to_owned()]));
}

/// Rows of the nation above its states without a name: the form of the FBI's state file. Figures of 2019.
#[test]
fn a_nation_without_a_name_is_no_area() {
    let file = "year,state_abbr,state_name,population,violent_crime\n2018,,,10,99\n2019,,,14844170,42679\n2019,OH,Ohio,11689100,34269\n2019,IA,Iowa,3155070,8410\n";
    let read = |file: &str| Document::of(file).column(Role::Count, "violent_crime").only("year", "2019").table();
    let (table, taken) = read(file).unwrap();
    assert_eq!(known(&table), [("Ohio".to_owned(), 34_269), ("Iowa".to_owned(), 8_410)]);
    assert_eq!(taken.passed[1].reason, "that names no area and is on the people of all others, a total of them");
    let error = read(&file.replace("14844170", "844170")).unwrap_err().to_string();
    assert_eq!(
        error,
        "row 3, column state_name: the row has no area: name it, or what its count is of, leave its line out, or have names filled down from the row above"
    );
    let error = Document::of(file).column(Role::Rate, "violent_crime").published(Per::THOUSAND).unwrap_err();
    assert!(error.to_string().contains("2 rows have no area, such as rows 2 and 3"), "{error}");
    let (panel, _) =
        Document::of(file.replace("2018,,,10,99\n", "")).column(Role::Count, "violent_crime").panel().unwrap();
    assert_eq!(panel.dim(), (2, 1));
}

/// The form of table P3: the unit stands in a line of its own between the header and the first area. Figures of the year to December 2019.
#[test]
fn a_unit_below_the_header_is_what_rates_are_per() {
    let file = "Table P3\n\n,,,Victim-based crime\nArea Code,Area Name,Total,Robbery\n,,\"UNIT\",\nE23000014,West Midlands,90.1,3.0\nE23000017,Warwickshire,60,0.6\n\
        1. Equivalent to a rate of 6.0 per 10 heads\n";
    let read = |unit: &str, per: Per| {
        let file = file.replace("UNIT", unit);
        Document::of(file).column(Role::Rate, "Robbery").published(per).map(|(rates, _)| rates.len())
    };
    assert_eq!(read("Rate per 1,000 population", Per::THOUSAND).unwrap(), 2);
    assert_eq!(
        read("Rate per 1,000 population", Per::HUNDRED_THOUSAND).unwrap_err().to_string(),
        "row 5: \"Rate per 1,000 population\" below the header says per 1,000, and rates are to be read per 100,000: read them per what they are"
    );
    assert_eq!(read("Rates", Per::HUNDRED_THOUSAND).unwrap(), 2);
    let own = file.replace(",,\"UNIT\",\n", ",,rate,\"per 1,000 people\"\n");
    let error = Document::of(own).column(Role::Rate, "Robbery").published(Per::HUNDRED_THOUSAND).unwrap_err();
    assert!(error.to_string().starts_with("row 5: \"per 1,000 people\" below the header"), "{error}");
}

/// As spreadsheets have them: seventeen figures, and eighteen decimals where they are small.
#[test]
fn rates_are_the_doubles_nearest_to_their_texts() {
    let texts = [
        "1.4906779787450952",
        "0.011899848037164469",
        "29.456173392508138",
        "1.1234567890123456e-5",
        "89.04077278678811",
    ];
    for per in [Per::ONE, Per::THOUSAND, Per::HUNDRED_THOUSAND, Per::MILLION] {
        let rows: String = (0..).zip(texts).map(|(row, text): (u32, _)| format!("A{row},{text}\n")).collect();
        let (rates, taken) = Document::of(format!("area,rate\n{rows}")).published(per).unwrap();
        let report = rates.compare(Average::MEAN);
        for (row, text) in texts.iter().enumerate() {
            let value = report.area(&format!("A{row}")).unwrap().rate;
            assert_eq!(value, Some(text.parse::<f64>().unwrap()), "{text} {per}");
        }
        assert!(taken.met.is_empty(), "{taken}");
    }
}

/// What its publisher marks as not available is no slip; what is not there may be one.
#[test]
fn areas_whose_population_another_file_marks_as_not_available_are_left_out() {
    let counts = Document::of("area,count\nKent,5\nGreater Manchester,7\nEssex,9\n");
    for mark in ["..", ":", "[x]", "[c]", "-", "n/a"] {
        let people = Document::of(format!("area,population\nKent,1000\nGreater Manchester,{mark}\nEssex,2000\n"));
        let (table, _) = counts.clone().populations_of(people).table().unwrap();
        let report = table.compare(Average::POOLED).per(Per::THOUSAND).to_string();
        assert!(report.contains("2 of 3 areas compared.") && report.contains("Greater Manchester"), "{report}");
    }
    for people in
        ["area,population\nKent,1000\nGreater Manchester,\nEssex,2000\n", "area,population\nKent,1000\nEssex,2000\n"]
    {
        let error = counts.clone().populations_of(Document::of(people)).table().unwrap_err().to_string();
        assert_eq!(
            error,
            "Greater Manchester: row 3: population is not given, so no rate is defined: add it, or leave the area out; if its count is in no area, say so by Table::unplaced"
        );
    }
}

#[test]
fn one_force_by_two_names_is_refused_on_its_people() {
    let file = "force,count\nDevon & Cornwall,100\nDevon and Cornwall,90\nKent,1\n";
    let error = Document::of(file).force_populations(2018).table().unwrap_err().to_string();
    assert!(
        error.starts_with(
            "Devon and Cornwall: row 3: this is the force Devon and Cornwall as \"Devon & Cornwall\" in row 2 is"
        ),
        "{error}"
    );
    assert!(Document::of(file).force_populations(2019).table().is_err());
}

#[test]
fn populations_of_several_years_are_refused_until_one_is_chosen() {
    let people = "code,name,year,residents\nE23000032,Kent,2017,1831100\nE23000032,Kent,2018,1846500\n,Essex,2017,1820900\n,Essex,2018,1832800\n";
    let counts = || Document::of("force,force code,offences\nKent,E23000032,729\nEssex,,3\n");
    let error = counts().populations_of(Document::of(people)).table().unwrap_err().to_string();
    assert_eq!(
        error,
        "Kent: row 3: it has several populations, 1,831,100 and 1,846,500: take those of one year alone\n\
         Essex: row 5: it has several populations, 1,820,900 and 1,832,800: take those of one year alone"
    );
    let (table, _) = counts().populations_of(Document::of(people).only("year", "2018")).table().unwrap();
    assert_eq!((table.population(0).unwrap().get(), table.population(1).unwrap().get()), (1_846_500, 1_832_800));
}

#[test]
fn what_might_have_been_meant_and_what_was_added_up_is_told() {
    let file = "State,County,Number,Offences,Population\nOhio,Franklin,1,5,1000\nOhio,Cuyahoga,2,6,1000\n";
    let (table, taken) = Document::of(file).table().unwrap();
    assert_eq!(table.areas()[0].name(), "Franklin");
    assert_eq!(
        taken.notes,
        ["Column County is read as area; it might be State", "Column Offences is read as count; it might be Number"]
    );
    let file =
        "area,quarter,offence,count,population\nA,1,x,5,1000\nA,2,y,6,1000\nB,1,x,7,1000\nC,1,x,2,1000\nC,2,x,2,1000\n";
    let (_, taken) = Document::of(file).summed().table().unwrap();
    assert_eq!(
        taken.notes,
        [
            "Added up by quarter: rows of 3 to 6 months, a part of a year",
            "Added up: 5 rows of 3 areas, which differ in quarter, offence; not every value of quarter in B"
        ]
    );
    assert!(!taken.is_plain());
    let (_, taken) = Document::of("area,count,population\nA,5,1000\nA,6,1000\n").summed().table().unwrap();
    assert_eq!(taken.notes, ["Added up: 2 rows of 1 area, which differ in nothing else"]);
    let spaced = Document::of("area,Rate per 1 000,x\nA,5,1\n").column(Role::Rate, "#2").published(Per::THOUSAND);
    assert!(spaced.is_ok());
    let said = Document::of("area,\"Rate per 1,000 people\"\nA,5\n").column(Role::Rate, "#2");
    assert!(said.published(Per::THOUSAND).is_ok());
    let error = said.published(Per::HUNDRED_THOUSAND).unwrap_err().to_string();
    assert!(error.contains("the heading says per 1,000, and rates are to be read per 100,000"), "{error}");
}

#[test]
fn a_total_that_stands_twice_and_a_blank_heading() {
    let file = "Area Code,Area Name,Incidents\nK04000001,ENGLAND AND WALES (inc. BTP),9\nK04000001,ENGLAND AND WALES (exc. BTP),8\n\
        E23000013,Cleveland,3\nE23000008,Durham,5\n";
    let (table, taken) = Document::of(file).force_populations(2018).table().unwrap();
    assert_eq!((table.len(), taken.passed[0].reason.as_str()), (3, "of a total that stands twice"));
    let (table, _) = Document::of(",Count,Population\nKent,3,1000\nEssex,4,1000\n[1] Revised,,\n").table().unwrap();
    assert_eq!(known(&table), [("Kent".to_owned(), 3), ("Essex".to_owned(), 4)]);
}

/// The region and the force West Midlands in a table without codes, as Home Office workforce tables have them. Figures made up.
#[test]
fn a_row_left_out_by_its_line() {
    let file = Document::of(
        "Force,Count,Population\nWest Midlands,900,5900800\nStaffordshire,200,1131000\nWest Midlands,500,2916500\n",
    );
    let error = file.table().unwrap_err().to_string();
    assert!(error.contains("leave one of the two rows out"), "{error}");
    let (table, taken) = file.clone().leaving_out_line(2).table().unwrap();
    assert_eq!(known(&table), [("Staffordshire".to_owned(), 200), ("West Midlands".to_owned(), 500)]);
    assert_eq!(taken.passed[0].to_string(), "1 line left out by request, line 2 (West Midlands, 900, 5900800)");
    let error = file.leaving_out_line(2).leaving_out_line(9).table().unwrap_err().to_string();
    assert_eq!(error, "row 9: no row stands on this line, which is to be left out: say the line of a row");
}

#[test]
fn units_in_headings_are_refused_until_they_are_said() {
    for (heading, unit) in [
        ("Population (thousands)", "thousands"),
        ("Population ('000)", "thousands"),
        ("Population 000s", "thousands"),
        ("Population in millions", "millions"),
    ] {
        let file = Document::of(format!("Area;Count;{heading}\nKent;7;1,846.5\nEssex;4;1.8328\n"));
        let error = file.table().unwrap_err().to_string();
        assert_eq!(
            error,
            format!(
                "row 1: the numbers of the column {heading:?} seem to be {unit}: say of how many each number is, 1 or 1000, say"
            )
        );
        let (table, taken) = file.in_units_of(Role::Population, 10_000).table().unwrap();
        assert_eq!(table.population(0).map(crimerate::Population::get), Some(18_465_000));
        assert_eq!(taken.notes, [format!("Column {heading}: each number is of 10,000")]);
    }
    let counts = Document::of("Area,Count (thousands),Population\nKent,1.5,1846500\n");
    assert!(counts.table().unwrap_err().to_string().contains("seem to be thousands"));
    let (table, _) = counts.clone().in_units_of(Role::Count, 1_000).table().unwrap();
    assert_eq!(known(&table), [("Kent".to_owned(), 1_500)]);
    let half = counts.in_units_of(Role::Count, 1).table().unwrap_err().to_string();
    assert!(half.contains("it has to be whole"), "{half}");
}

/// Rows that are sums of others, in files of periods and of strata, are told as they are in tables.
#[test]
fn totals_of_series_and_strata_are_noticed() {
    let areas = [("A", 310, 3_574_100), ("B", 120, 1_328_400), ("C", 205, 6_547_600), ("Whole", 635, 11_450_100)];
    let file = |labels: [&str; 2]| {
        let rows = areas
            .iter()
            .flat_map(|(area, count, people)| labels.map(|label| format!("{area},{label},{count},{people}\n")));
        rows.collect::<String>()
    };
    let told = "Compared as areas, and perhaps totals: Whole (the sum of all 3 others).";
    let series = format!("area,period,count,population\n{}", file(["2019", "2020"]));
    let notes: Vec<String> = Document::of(series).series().unwrap().0.notes().iter().map(ToString::to_string).collect();
    assert!(notes.iter().any(|note| note == told), "{notes:?}");
    let strata = format!("area,stratum,count,population\n{}", file(["young", "old"]));
    let strata = Document::of(strata).strata().unwrap().0;
    let population = crimerate::standard::StandardPopulation::pooled(&strata).unwrap();
    let report = strata.direct(&population).unwrap().report(Per::THOUSAND).to_string();
    assert!(report.contains("Whole (the sum of"), "{report}");
    let without = strata.exclude("Whole", "a total").unwrap().direct(&population).unwrap().report(Per::THOUSAND);
    assert!(!without.to_string().contains("perhaps totals"), "{without}");
}

fn first_fault(document: Document) -> String {
    document.table().unwrap_err().first().to_string()
}

/// A count without an area is neither a note nor lost, in a long file or a wide one.
#[test]
fn counts_without_an_area_are_faults() {
    let long = first_fault(Document::of("area,count,population\nKent,5,1000\n,400,\nEssex,6,2000\n,7,\n"));
    assert!(long.starts_with("row 3, column area: 2 rows have no area, such as rows 3 and 5"), "{long}");
    let years = ["2017", "2018"];
    let wide =
        Document::of("area,population,2017,2018\nKent,1000,5,6\n,,,\n,2000,3,4\n,9,,\n").wide_panel(years).unwrap_err();
    assert!(wide.to_string().contains("row 4, column area: the row has no area"), "{wide}");
    let alone = Document::of("area,population,2017,2018\nKent,1000,5,6\n,2000,,\n").wide_panel(years).unwrap();
    assert_eq!(alone.1.rows, 1);
}

/// `All` beside its parts, and two years on the people of one.
/// More rows than are looked through, and than a table may have: the limit is one of areas.
#[test]
fn rows_are_added_up_as_they_are_read() {
    let mut file = "area,quarter,count,population\n".to_owned();
    for row in 0..100_002 {
        file += &format!("A{},2020 Q{},1,1000\n", row % 3, row / 3 % 2 + 1);
    }
    let limits = Limits { rows: 3, ..Limits::default() };
    let (table, taken) = Document::of(file.clone()).summed().limits(limits).table().unwrap();
    assert_eq!(known(&table), ["A0", "A1", "A2"].map(|area| (area.to_owned(), 33_334)));
    let report = table.compare(Average::POOLED).per(Per::THOUSAND).to_string();
    assert!(report.contains("Months: 6 in every area"), "{report}");
    let months = "Added up by quarter: rows of 6 months, a part of a year";
    assert_eq!(taken.notes, [months, "Added up: 100,002 rows of 3 areas, which differ in quarter"]);
    let two = Limits { rows: 2, ..limits };
    let error = Document::of(file).summed().limits(two).table().unwrap_err().to_string();
    assert!(error.contains("the number of rows"), "{error}");
}

#[test]
fn sums_hold_no_total_and_as_many_months_as_they_have() {
    let file =
        "area,offence,count,population\nA,a,5,1000\nA,b,3,1000\nA,All,8,1000\nB,a,1,500\nB,b,0,500\nB,All,1,500\n";
    let error = first_fault(Document::of(file).summed());
    assert!(
        error.starts_with("row 4: the rows of \"All\" in the column \"offence\" have the counts of all others"),
        "{error}"
    );
    let other = file.replace("All,8", "c,8").replace("All,1", "c,1");
    assert_eq!(known(&Document::of(other.clone()).summed().table().unwrap().0)[0].1, 16);
    let three = format!("{other}C,a,4,100\nC,b,4,100\nC,c,8,100\n");
    assert!(first_fault(Document::of(three).summed()).contains("the rows of \"c\""));
    let years = "area,year,count,population\nA,2018,5,1000\nA,2019,5,1000\nB,2018,6,1000\nB,2019,8,1000\n";
    let (table, _) = Document::of(years).summed().table().unwrap();
    let report = table.compare(Average::POOLED).per(Per::THOUSAND);
    assert_eq!(report.rows().map(|row| row.rate).collect::<Vec<_>>(), [Some(5.0), Some(7.0)]);
    assert!(report.to_string().contains("Months: 24 in every area; rates are for a year."));
    let quarters = years.replace("2018", "2018 Q1").replace("2019", "2018 Q2");
    let (table, _) = Document::of(quarters.clone()).summed().table().unwrap();
    assert_eq!(table.compare(Average::POOLED).per(Per::THOUSAND).rows().next().unwrap().rate, Some(20.0));
    let year = format!("{quarters}{}", "A,2018 Q3,1,1000\nA,2018 Q4,1,1000\nB,2018 Q3,1,1000\nB,2018 Q4,1,1000\n");
    let (table, _) = Document::of(year).summed().table().unwrap();
    assert_eq!(table.compare(Average::POOLED).per(Per::THOUSAND).rows().next().unwrap().rate, Some(12.0));
}

/// Three zeros behind a point are thousands, or they are not.
#[test]
fn a_point_before_three_zeros_is_asked_about() {
    let file = Document::of("area;count;population\nA;2.000;100.000\nB;3.000;200.000\n");
    let error = first_fault(file.clone());
    assert!(error.starts_with("A: row 2, column count: \"2.000\" is not a count: say whether the point"), "{error}");
    assert_eq!(known(&file.clone().decimal_comma().table().unwrap().0)[0].1, 2_000);
    assert_eq!(known(&file.decimal_point().table().unwrap().0)[0].1, 2);
    let plain = Document::of("area,count,population\nA,0.000,1000.0\nB,3.00,2000.000\n");
    assert_eq!(known(&plain.table().unwrap().0).iter().map(|(_, count)| *count).collect::<Vec<_>>(), [0, 3]);
}

/// A title above the header, and signs of per cent.
#[test]
fn rates_are_read_per_what_the_file_says() {
    let file = "Table P3: rates\nRate per 1,000 population\n\narea,Robbery\nKent,0.9\nEssex,1.2\n";
    let read = |per| Document::of(file).column(Role::Rate, "Robbery").published(per);
    let error = read(Per::HUNDRED_THOUSAND).unwrap_err().to_string();
    assert!(error.starts_with("row 2: \"Rate per 1,000 population\" above the header says per 1,000, and"), "{error}");
    assert!(read(Per::THOUSAND).is_ok());
    let cents = |per| Document::of("area,rate\nKent,12.5%\nEssex,9%\n").column(Role::Rate, "rate").published(per);
    let error = cents(Per::THOUSAND).unwrap_err().to_string();
    assert!(
        error.starts_with("Kent: row 2, column rate: 12.5% is per 100, and rates are to be read per 1,000"),
        "{error}"
    );
    assert!(cents(Per::HUNDRED).is_ok());
}

/// Who has no residents as a force is said, and a misspelt force with the name that it is like.
#[test]
fn areas_that_are_no_forces_are_said() {
    let file = "force,count\nKent,5\nMerseysdie,6\nBTP,7\nEngland,8\n";
    let (_, taken) = Document::of(file).force_populations(2018).table().unwrap();
    let note = taken.notes.iter().find(|note| note.starts_with("No police force")).unwrap();
    for part in
        ["BTP (has no area of its own)", "England (a country)", "Merseysdie (not known; did you mean Merseyside?)"]
    {
        assert!(note.contains(part), "{note}");
    }
    let error = first_fault(Document::of("force,count\nOhio,5\nIowa,6\n").force_populations(2018));
    assert!(error.contains("no area is a police force of England and Wales, whose residents of 2018"), "{error}");
}

#[test]
fn notes_below_padded_rows_are_no_areas() {
    for note in ["* Includes fraud", "(a) Includes fraud", "\u{2020} Includes", "r = revised", "Crown copyright 2019"] {
        let file = format!("area,count,population\nKent,5,1000\nEssex,6,1000\n{note},,\n");
        let (table, taken) = Document::of(file).table().unwrap();
        assert_eq!((table.len(), taken.passed[0].lines), (2, 1), "{note}");
    }
    let (table, _) = Document::of("area,count,population\nA (b),5,1000\nB = C,6,1000\n").table().unwrap();
    assert_eq!(table.len(), 2);
}

#[test]
fn what_swallows_a_file_is_said() {
    let long = format!("area,count,population\n{},5,1000\nEssex,4,1000\n", "K".repeat(70_000));
    assert!(
        first_fault(Document::of(long)).starts_with("row 2, column area: the number of characters of a name is 70,000")
    );
    let file = "area,year,count,population\nKent,2018,5,1000\nKent,2019,5,1000\n";
    let error = first_fault(Document::of(file).only("year", "2018").only("year", "2019"));
    assert!(error.contains("no row is left: passed over are"), "{error}");
    let latin = b"area,count,population\nZ\xfcrich,5,1000\nBern,4,1000\n".to_vec();
    assert_eq!(Document::of(latin).table().unwrap().1.form, "cells between commas, Windows-1252");
}

/// Codes alone join populations.
#[test]
fn populations_by_code_need_no_names() {
    let people = Document::of("LSOA code,Population\nE01000001,1465\nE01000002,1436\n");
    let file = "LSOA name,LSOA code,count\nCity 001A,E01000001,5\nCity 001B,E01000002,6\n";
    let (table, _) = Document::of(file).column(Role::Area, "LSOA name").populations_of(people).table().unwrap();
    assert_eq!(table.population(1).map(crimerate::Population::get), Some(1_436));
}
