//! Real shapes of file, and what is made of each.

use crimerate::{
    Average, Observation, Per, Reason, Table,
    read::{Document, Role, Taken},
};

fn counts(table: &Table) -> Vec<(String, Observation)> {
    let each = table.areas().iter().enumerate();
    each.map(|(place, area)| (area.to_string(), table.observation(place).unwrap())).collect()
}

pub(super) fn known(table: &Table) -> Vec<(String, u64)> {
    counts(table).into_iter().filter_map(|(area, count)| Some((area, count.known()?))).collect()
}

pub(super) fn people(table: &Table) -> Vec<u64> {
    (0..table.len()).filter_map(|at| table.population(at)).map(crimerate::Population::get).collect()
}

pub(super) fn marks(taken: &Taken) -> Vec<(&str, &str, u64)> {
    taken.met.iter().map(|mark| (mark.text.as_str(), mark.taken.as_str(), mark.times)).collect()
}

/// The form of ONS table C2 as a CSV: title lines, line breaks in the header, counts as text, notes below. Counts of the year to
/// December 2019 (ONS, Crime in England and Wales: police force area data tables), populations of mid-2018.
#[test]
fn a_table_of_the_ons_as_csv() {
    let file = "\u{feff}Table C2: Recorded crime by community safety partnership area,,,,\r\n,,,,\r\nEngland and Wales,,,,\r\n\
        Area Code,Area Name,\"Population \nfigures\n (mid-2018)2\",\"Number of \r\noffences\",\"Percentage\nchange\"\r\n\
        K04000001,ENGLAND AND WALES3,\"59,115,800\",\"5,013,284\",3.9\r\n\
        E12000001,North East ,\"2,657,900\",\"281,662\",-1.4\r\n\
        E23000013,Cleveland,\"567,700\",\"69,197 \",6.0\r\n\
        E23000008,Durham,\"633,500\",\"64,244\",2.6\r\n\
        E230000075,Northumbria4,\"1,456,600\",148221.0,-6.1\r\n\
        E23000005,Greater Manchester,\"2,812,600\",..,-\r\n\r\n\
        Source: Office for National Statistics,,,,\r\n\
        1. Police recorded crime data are not designated as National Statistics.,,,,\r\n";
    let (table, taken) = Document::of(file).table().unwrap();
    let expected = [("Cleveland", 69_197), ("Durham", 64_244), ("Northumbria", 148_221)];
    let forces: Vec<(String, u64)> = known(&table).into_iter().skip(2).collect();
    assert_eq!(forces, expected.map(|(area, count)| (area.to_owned(), count)));
    assert_eq!(table.areas()[4].code(), Some("E23000007"));
    assert_eq!(taken.totals, ["ENGLAND AND WALES", "North East"]);
    assert_eq!((taken.header, taken.rows, taken.lines), (4, 6, 17));
    let reasons: Vec<(&str, u64)> = taken.passed.iter().map(|passed| (passed.reason.as_str(), passed.lines)).collect();
    assert_eq!(reasons, [("above the header", 2), ("of text alone", 2)]);
    let report = table.compare(Average::POOLED).per(Per::THOUSAND).to_string();
    assert!(
        report.contains("3 of 6 areas compared.") && report.contains("a region or country by its code"),
        "{report}"
    );
}

/// The form of the police statistics of Germany: Windows-1252, semicolons, a line of column numbers, commas between thousands. Figures of
/// 2013: Bundeskriminalamt, PKS time series, table 01.
#[test]
fn a_table_of_the_bka() {
    let mut file = b"1;2;3;4;5\nSchluessel;Straftat;Jahr;erfasste Faelle;HZ\n------;Straftaten insgesamt;2013;5,961,662;7,403.60\n\
        10000;Mord \xa7 211 StGB;2013;647;0.8\n"
        .to_vec();
    let read = || {
        let document = Document::of(file.clone()).column(Role::Area, "Straftat");
        document.column(Role::Rate, "HZ").published(Per::HUNDRED_THOUSAND).unwrap()
    };
    let (rates, taken) = read();
    let all: Vec<(String, String)> = rates.iter().map(|(area, rate)| (area.to_string(), rate.to_owned())).collect();
    assert_eq!(
        all,
        [("Straftaten insgesamt", "7403.60"), ("Mord \u{a7} 211 StGB", "0.8")].map(|(a, r)| (a.into(), r.into()))
    );
    assert_eq!(taken.form, "cells between semicolons, Windows-1252");
    assert_eq!(marks(&taken), [("Mord \u{a7} 211 StGB", "a text in Windows-1252", 1)]);
    assert_eq!(taken.passed[0].examples, [(1, "1, 2, 3".to_owned())]);
    // The same in UTF-16 with and without a byte order mark.
    let text = file.iter().map(|byte| char::from(*byte)).collect::<String>();
    for (mark, big) in [(true, false), (true, true), (false, false), (false, true)] {
        let marked = format!("{}{text}", if mark { "\u{feff}" } else { "" });
        let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        file = marked.encode_utf16().flat_map(bytes).collect();
        let (rates, taken) = {
            let document = Document::of(file.clone()).column(Role::Area, "Straftat");
            document.column(Role::Rate, "HZ").published(Per::HUNDRED_THOUSAND).unwrap()
        };
        assert_eq!(rates.iter().map(|(area, rate)| (area.to_string(), rate.to_owned())).collect::<Vec<_>>(), all);
        assert_eq!(taken.form, format!("cells between semicolons, UTF-16{}", if big { "BE" } else { "LE" }));
        assert_eq!(taken.met, []);
    }
}

/// Cities with counts and a national row that are not available: the form of The Marshall Project's file of the Uniform Crime Reports.
#[test]
fn cities_with_gaps() {
    let file = "ORI,year,area,population,count,months_reported\nNM00101,2015,\"Albuquerque, N.M.\",559721,5406.0,NA\n\
        MD00301,2015,\"Baltimore County, Md.\",828871,NA,NA\nMI82349,2015,Detroit,673225.0,11846.0,NA\nNA,2015,National,NA,1.197704e+06,NA\n";
    let document = Document::of(file);
    let refused = document.table().unwrap_err().to_string();
    assert!(refused.starts_with("National: row 5, column population: population is not given"), "{refused}");
    let (table, taken) = document.to_be_left_out("National").table().unwrap();
    let expected = [
        ("Albuquerque, N.M.", Observation::Known(5_406)),
        ("Baltimore County, Md.", Observation::Missing(Reason::NotAvailable)),
        ("Detroit", Observation::Known(11_846)),
        ("National", Observation::Known(1_197_704)),
    ];
    assert_eq!(counts(&table), expected.map(|(area, count)| (area.to_owned(), count)));
    assert_eq!(
        marks(&taken),
        [
            ("5406.0", "a whole number", 3),
            ("NA", "months that are not given", 4),
            ("NA", "not available", 1),
            ("1.197704e+06", "a number with an exponent", 1),
            ("NA", "a population that is not given", 1)
        ]
    );
    assert_eq!(table.areas()[3].code(), None);
}

/// A long file of recorded crime, the form of the Home Office's: counts by offence and quarter, some negative. Figures made up.
const LONG: &str = ",Financial_Year,Financial_Quarter,Force_Name,Offence_Group,Number_of_Offences\n0,2017/18,1,Kent,Robbery,30\n\
    1,2017/18,1,Kent,Arson,7\n2,2017/18,2,Kent,Robbery,-1\n3,2017/18,1,\"London, City of\",Robbery,4\n4,2017/18,1,CIFAS,Fraud,99\n";

#[test]
fn a_long_file_is_added_up_where_that_is_asked_for() {
    let file = Document::of(LONG).force_populations(2018);
    let refused = file.table().unwrap_err().to_string();
    assert_eq!(
        refused,
        "Kent: row 3: 1 area has several rows, such as rows 2 and 3, which differ in `Offence_Group` (Robbery and Arson): take only those \
         of one value, ask for the sum of the rows of an area, or name areas by that column, too"
    );
    let (sums, taken) = file.clone().summed().table().unwrap();
    let expected = [("Kent", 36), ("London, City of", 4), ("CIFAS", 99)];
    assert_eq!(known(&sums), expected.map(|(area, count)| (area.to_owned(), count)));
    assert_eq!(
        (taken.rows, sums.population(1).map(crimerate::Population::get), sums.population(2)),
        // On the months of the one quarter that it has.
        (5, Some(3 * 8_706), None)
    );
    let (robbery, taken) = file.summed().only("offence group", "robbery").table().unwrap();
    assert_eq!(known(&robbery)[0], ("Kent".to_owned(), 29));
    assert_eq!(taken.passed[0].reason, "where offence group is not robbery");
    let (records, _) = Document::of(LONG).column(Role::Period, "financial quarter").records().unwrap();
    assert_eq!(records.total("Kent", "Robbery, 2"), Some(-1));
    let error = Document::of(LONG).only("Offence_Group", "Robery").records().unwrap_err().to_string();
    assert_eq!(error, "row 1: no row has \"Robery\" in the column \"Offence_Group\": it has Arson, Fraud, Robbery");
}

/// A header of three lines, groups above offences and a unit below: the form of the police force area tables of the ONS.
#[test]
fn a_header_of_several_lines() {
    let file = "Table P1,,,,\n,,,,\n,,Victim-based crime,,Other crime\nArea Code,Area Name,Robbery,Homicide4,Drugs\n,,Numbers,,\n\
        E23000013,Cleveland,524,9,1204\nE23000008,Durham,211,..,905\n";
    let document = || Document::of(file).force_populations(2018);
    let read = |heading: &str| document().column(Role::Count, heading).table().map(|(table, _)| counts(&table)[0].1);
    for (heading, count) in [
        ("Robbery", 524),
        ("robbery ", 524),
        ("Homicide", 9),
        ("Homicide4", 9),
        ("Victim-based crime: Homicide4", 9),
        ("Other crime", 1_204),
        ("other crime  drugs", 1_204),
        ("#5", 1_204),
    ] {
        assert_eq!(read(heading).unwrap(), Observation::Known(count), "{heading}");
    }
    let error = read("Robery").unwrap_err().to_string();
    assert!(error.ends_with("such as #3; did you mean \"Robbery\"?"), "{error}");
    let (panel, taken) = document().wide_panel(["Robbery", "Drugs"]).unwrap();
    assert_eq!((panel.indicators(), taken.rows), (2, 2));
    let (panel, _) = document().wide_panel::<&str>([]).unwrap();
    assert_eq!(panel.indicators(), 3);
    // The unit below the header is in no cell.
    assert_eq!(panel.areas().iter().map(ToString::to_string).collect::<Vec<_>>(), ["Cleveland", "Durham"]);
}

#[test]
fn populations_of_another_file_are_joined_by_code_or_by_name() {
    let people = "code,name,residents\nE12000005,West Midlands (region),5900800\nE23000014,West Midlands,2916500\n,Kent,1846500\n";
    let counts = "force,offences\nWest Midlands,3437\nKENT,729\n";
    let read = |counts: &str| Document::of(counts).populations_of(Document::of(people)).table();
    let (table, _) = read(counts).unwrap();
    let people_of =
        |table: &Table| (0..table.len()).map(|place| table.population(place).unwrap().get()).collect::<Vec<_>>();
    assert_eq!(people_of(&table), [2_916_500, 1_846_500]);
    let (table, _) = read("force,force code,offences\nW. Mids,E23000014,3437\n").unwrap();
    assert_eq!(people_of(&table), [2_916_500]);
    let error = read("force,offences\nErewhon,3\n").unwrap_err().to_string();
    assert_eq!(
        error,
        "Erewhon: row 2: population is not given, so no rate is defined: add it, or leave the area out; if its count is in no area, say so by Table::unplaced"
    );
}

#[test]
fn what_is_said_by_hand_goes_before_what_is_found() {
    let file = "x;y\nArea|Count|People\nA|1.234|10.000\nB|12,0|500\n";
    let (table, taken) = Document::of(file)
        .delimiter(b'|')
        .skip(1)
        .decimal_comma()
        .mark("k.A.", Observation::SUPPRESSED)
        .table()
        .unwrap();
    assert_eq!(known(&table), [("A".to_owned(), 1_234), ("B".to_owned(), 12)]);
    assert_eq!(taken.passed[0].reason, "at the beginning");
    let strict = Document::of(file).delimiter(b'|').skip(1).decimal_comma().strict().table().unwrap_err();
    assert_eq!(strict.iter().count(), 3, "{strict}");
    assert!(strict.to_string().starts_with("row 1: passed over: 1 line at the beginning"), "{strict}");
    assert!(Document::of("area,count,population\nA,1,10\n").strict().table().is_ok());
    assert!(Document::of("a").encoding("no such thing").is_err());
    let dutch = Document::of("area,count,population\nA,1,10\n").encoding("windows-1252").unwrap();
    assert!(dutch.table().is_ok());
}

#[test]
fn groups_and_cells() {
    let file = "Force,Region,Offences,Population\nKent,South East,729,1846500\nSussex,South East,600,1711500\nEssex,East,1119,1832800\n";
    let (table, _) = Document::of(file).groups("region").table().unwrap();
    let group = table.group("region").unwrap();
    let league = table.compare(Average::POOLED.over(group));
    assert_eq!(league.area("Essex").unwrap().ratio(), Ok(1.0));
    let (cells, _) = Document::of(file).cells(["area", "#2"]).unwrap();
    assert_eq!(cells[2], (4, ["Essex".to_owned(), "East".to_owned()]));
}

#[test]
fn what_was_taken_travels() {
    let (_, taken) = Document::of("Notes\nArea,Count,Population\nA,..,10\n").table().unwrap();
    let json = serde_json::to_string(&taken).unwrap();
    assert_eq!(serde_json::from_str::<Taken>(&json).unwrap(), taken);
    assert!(!taken.is_plain());
}

#[test]
fn series_strata_and_offences_are_read_row_by_row() {
    let file =
        "Force;Month;Number of offences;People\nKent;2017-04-01;10.0;1 000\n;;;5555\nKent;2017-05-01;12[r];1000\n";
    let read = || Document::of(file.replace("-01;", ";"));
    let (series, taken) = read().series().unwrap();
    let kent = series.area("Kent").unwrap();
    assert_eq!(kent.rate("2017-05".parse().unwrap()).unwrap().count(), 12);
    assert_eq!(kent.rate("2017-05".parse().unwrap()).unwrap().population().get(), 1_000);
    assert_eq!((taken.met.len(), taken.passed[0].lines), (3, 1));
    let error = read().to_be_left_out("Essex").series().unwrap_err().to_string();
    assert!(error.contains("no area has the name or code \"Essex\""), "{error}");
    let file = "area,age group,count,population\nA,0-4,9,900\nA,5-9,2,300\nB,0 to 4,7,800\nB,5-9,3.0,200\n";
    let (strata, _) = Document::of(file).strata().unwrap();
    assert_eq!(strata.table().len(), 2);
    let by_offence = "area,offence,count,population\nA,theft,9,900\nA,arson,2,900\nB,theft,1 007,80000\n";
    let (offences, _) = Document::of(by_offence).offences(crimerate::records::Absent::Zero).unwrap();
    assert_eq!(offences.labels(), ["theft", "arson"]);
    assert_eq!(offences.table().rate(1).unwrap().unwrap().count(), 1_007);
    let error = Document::of(file.replace("3.0,200", "3.5,200")).strata().unwrap_err().to_string();
    assert!(error.contains("row 5, column count: \"3.5\" is not a count"), "{error}");
}

/// The form of Eurostat's TSV: several fields in the first cell, years as columns, flags behind figures. Figures made up.
const EUROSTAT: &str = "freq,unit,iccs,geo\\TIME_PERIOD\t2018 \t2019 \nA,NR,ICCS0101,BE\t195 p\t: \nA,NR,ICCS0101,DE\t1 024 \t: c\n\
    A,P_HTHAB,ICCS0101,BE\t1.7 \t1.6 e\nA,NR,ICCS0401,BE\t17 \t18 b\n";

#[test]
fn fields_in_the_first_cell() {
    let people = Document::of("geo,population\nBE,11398589\nDE,82792351\n");
    let homicides = Document::of(EUROSTAT).only("unit", "NR").only("iccs", "ICCS0101").populations_of(people);
    let year = |year: &str| homicides.clone().column(Role::Count, year).table().unwrap();
    let (table, taken) = year("2018");
    let found = [("BE", Observation::Known(195)), ("DE", Observation::Known(1_024))];
    assert_eq!(counts(&table), found.map(|(area, count)| (area.to_owned(), count)));
    assert_eq!(
        taken.form,
        "cells between tabs, UTF-8; the fields freq, unit, iccs, geo in the first and TIME_PERIOD in the others"
    );
    assert_eq!(marks(&taken)[0], ("p", "the mark of a note on a number", 1));
    let found = [Observation::Missing(Reason::NotAvailable), Observation::SUPPRESSED];
    assert_eq!(counts(&year("2019").0).into_iter().map(|(_, count)| count).collect::<Vec<_>>(), found);
    // A row with fewer fields is not of this shape.
    let fewer = Document::of(format!("{EUROSTAT}A,NR,ICCS0101\t1 \t2 \n"));
    let error = fewer.column(Role::Count, "2019").counts_alone().rows().unwrap_err().to_string();
    assert!(error.contains("row 6: 3 cells, where the header has 6"), "{error}");
    // Text with a backslash is no such heading.
    let plain = Document::of("a\\b;Area;Count;Population\nx;Kent;7;1000\n").table().unwrap().1;
    assert_eq!(plain.columns[0].heading, "Area");
}

#[test]
fn names_that_a_pivot_left_blank() {
    let pivot = "Region,Force,Offence,Count\nSouth East,Kent,Arson,7\n,,Robbery,9\n,Surrey,Arson,2\n,,Robbery,3\nEast,Essex,Arson,4\n";
    let file = Document::of(pivot).force_populations(2018);
    let error = file.panel().unwrap_err().to_string();
    assert_eq!(
        error,
        "row 3, column Force: 2 rows have no area, such as rows 3 and 5: name each, leave their lines out, or have names filled down from the row above"
    );
    let (panel, taken) = file.clone().filled_down().panel().unwrap();
    let robbery = panel.indicator("Robbery").unwrap();
    assert_eq!((robbery.rate(0).unwrap().unwrap().count(), taken.rows), (9, 5));
    assert_eq!(taken.notes, ["Filled down: Force in 2 rows, from row 3 on"]);
    let (south, taken) = file.filled_down().only("Region", "South East").only("Offence", "Arson").table().unwrap();
    assert_eq!(known(&south), [("Kent".to_owned(), 7), ("Surrey".to_owned(), 2)]);
    assert_eq!(taken.notes, ["Filled down: Region in 3 rows, from row 3 on; Force in 2 rows, from row 3 on"]);
    let (records, _) = Document::of(pivot).filled_down().records().unwrap();
    assert_eq!(records.total("Surrey", "Robbery"), Some(3));
}

/// Wards as in ThreeSixtyGiving/grantnav, issue 464; figures made up.
#[test]
fn areas_named_by_two_columns() {
    let file = "District,Ward,Count,Population\nKingston,Alexandra,120,9900\nOldham,Alexandra,310,11200\nOldham,Royton,150,10500\n\
        District,Ward,Count,Population\nSource: made up,,,\n";
    let error = Document::of(file).table().unwrap_err().to_string();
    assert!(error.contains("or name areas by that column, too"), "{error}");
    let (table, taken) = Document::of(file).within("district").column(Role::Area, "ward").table().unwrap();
    let names: Vec<&str> = table.areas().iter().map(crimerate::Area::name).collect();
    assert_eq!(names, ["Kingston: Alexandra", "Oldham: Alexandra", "Oldham: Royton"]);
    let columns: Vec<(Role, &str)> = taken.columns.iter().map(|it| (it.role, it.heading.as_str())).collect();
    assert!(columns.contains(&(Role::Area, "District")) && columns.contains(&(Role::Area, "Ward")), "{columns:?}");
    assert_eq!(taken.passed.len(), 2);
    let (records, _) = Document::of("Area,Force,Offence,Count\nN,Kent,Arson,7\nS,Kent,Arson,2\n")
        .within("Area")
        .column(Role::Area, "Force")
        .records()
        .unwrap();
    assert_eq!(records.total("S: Kent", "Arson"), Some(2));
}
