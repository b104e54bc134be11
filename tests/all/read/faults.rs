//! Every fault of a file at once, in the order of its rows.

use crimerate::read::Document;

/// A file with forty faults, each of another kind or in another place.
#[test]
fn forty_faults_in_one_pass() {
    let bad_counts = [
        "many",
        "1.5",
        "1,23",
        "-3",
        "12 apples",
        "0x1F",
        "1e+",
        "1e99",
        "9-1",
        "18446744073709551616",
        "1;2",
        "<",
        "[r]",
        "12.3.4",
        "#REF!",
        "twelve",
        "1_000",
        "5++",
        "=SUM(B2:B9)",
        "\u{663}",
    ];
    let bad_people = [
        "0",
        "",
        "..",
        "many",
        "1.5",
        "-1",
        "1,23",
        "1e40",
        "[c]",
        "x",
        "NaN",
        "n/a",
        "99999999999999999999",
        "1 000 00",
        "ten",
    ];
    let mut file = "Recorded offences\nArea,Code,Count,Population\n".to_owned();
    let mut places = Vec::new();
    let mut line = 2;
    for (number, text) in bad_counts.iter().enumerate() {
        file += &format!("A{number},,\"{text}\",1000\n");
        line += 1;
        places.push(line);
    }
    for (number, text) in bad_people.iter().enumerate() {
        file += &format!("B{number},,7,\"{text}\"\n");
        line += 1;
        places.push(line);
    }
    for row in [
        "A good one,,7,1000",
        "A good one,,8,1000",
        "Short,,7",
        "Long,,7,1000,9",
        ",,7,1000",
        "C,K1,7,1000",
        "D,K1,7,1000",
    ] {
        file += &format!("{row}\n");
        line += 1;
        if !["A good one,,7,1000", "C,K1,7,1000"].contains(&row) {
            places.push(line);
        }
    }
    let faults = Document::of(file).table().unwrap_err();
    let rows: Vec<u64> = faults.iter().map(|fault| fault.row().unwrap()).collect();
    assert_eq!(rows, places);
    assert_eq!(places.len(), 40);
    let text = faults.to_string();
    assert_eq!(text.lines().count(), 40);
    for said in [
        "A0: row 3, column Count: \"many\" is not a count: correct it, or say what the mark stands for",
        "A1: row 4, column Count: \"1.5\" is not a count: it has to be whole: is it a rate, or an estimate?",
        "A3: row 6, column Count: count is -3, and a total cannot be negative",
        "B0: row 23, column Population: population is zero, so no rate is defined: correct it, or leave the area out",
        "A good one: row 39: the name \"A good one\" stands in row 38 already: leave one of the two rows out, or tell the two apart by codes",
        "Short: row 40: 3 cells, where the header has 4: does a comma within a number or a name need quotation marks?",
        "row 42, column Area: the row has no area: name it, or what its count is of, leave its line out, or have names filled down from the row above",
        "D: row 44: the code \"K1\" stands in row 43 already",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
}

#[test]
fn what_a_file_lacks_is_said_once() {
    for (file, said) in [
        ("", "there is no row, so there is nothing to compare"),
        ("area,count,population\n", "there is no row, so there is nothing to compare"),
        (
            "Area,Number\nA,1\n",
            "row 1: no column is known to hold populations, among `Area`, `Number`: say which one does",
        ),
        (
            "a,b\n1,2\n",
            "row 1: no column is known to hold the names of areas, among `a`, `b`: say which one does\n\
             row 1: no column is known to hold counts, among `a`, `b`: say which one does\n\
             row 1: no column is known to hold populations, among `a`, `b`: say which one does",
        ),
    ] {
        assert_eq!(Document::of(file).table().unwrap_err().to_string(), said);
    }
    let missing = Document::open("no such file.csv").table().unwrap_err().to_string();
    assert!(missing.starts_with("no such file.csv cannot be read: "), "{missing}");
}

#[test]
fn faults_that_are_alike_are_counted() {
    let rows: String = (0..5_000).map(|row| format!("A{row},x1,1000\n")).collect();
    let faults = Document::of(format!("area,count,population\n{rows}B,7,0\n")).table().unwrap_err();
    assert_eq!(faults.iter().count(), 6);
    let text = faults.to_string();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[4].starts_with("A4: row 6, column count: "), "{text}");
    assert_eq!(lines[5], "and 4,995 more faults like it, in rows 7 to 5001");
    assert!(lines[6].starts_with("B: row 5002, column population: population is zero"), "{text}");
    assert_eq!(lines.len(), 7);
    // As many as there are lines are told one by one.
    let some = |number: usize| -> String { (0..number).map(|row| format!("A{row},x{row},1000\n")).collect() };
    let of = |number: usize| Document::of(format!("area,count,population\n{}", some(number))).table().unwrap_err();
    assert_eq!(of(99).to_string().lines().count(), 99);
    let (hundred, text) = (of(100), of(100).to_string());
    assert_eq!((hundred.iter().count(), text.lines().count()), (100, 6));
    assert!(text.ends_with("\nand 95 more faults like it, in rows 7 to 101"), "{text}");
    // Which rows they are is told in few words.
    let every =
        |row: usize| if row.is_multiple_of(2) { format!("A{row},x1,1000\n") } else { format!("A{row},1,1000\n") };
    let rows: String = (0..400).map(every).collect();
    let text = Document::of(format!("area,count,population\n{rows}")).table().unwrap_err().to_string();
    let told = "and 195 more faults like it, in rows 12, 14, 16, 18, 20, 22, 24, 26 and others, the last in row 400";
    assert!(text.ends_with(told), "{text}");
    // No more than a thousand are kept, and no more than a hundred lines printed, however many kinds there are.
    let columns: Vec<String> = (0..2_000).map(|column| format!("offence {column}")).collect();
    let cells = ["x1"].repeat(2_000).join(",");
    let file = format!("area,population,{}\nA,1000,{cells}\n", columns.join(","));
    let faults = Document::of(file).wide_panel(columns).unwrap_err();
    assert_eq!(faults.iter().count(), 1_000);
    let text = faults.to_string();
    assert_eq!(text.lines().count(), 99);
    assert!(text.ends_with("\nand 1,902 more faults"), "{}", text.lines().last().unwrap_or_default());
}

/// Rows of subgroups below each offence, of which nobody asked for the sum: one fault, however many offences there are.
#[test]
fn several_rows_in_every_indicator_are_one_fault() {
    let mut file = "Force,Offence,Subgroup,Count,Population\n".to_owned();
    for (force, offence, subgroup) in (0..120).map(|row| (row % 4, row / 12, row / 4 % 3)) {
        file += &format!("F{force},O{offence},S{subgroup},{row},1000\n", row = force + offence);
    }
    let faults = Document::of(file.clone()).panel().unwrap_err();
    assert_eq!(
        faults.to_string(),
        "F0: row 6: 4 areas have several rows, such as rows 2 and 6, which differ in `Subgroup` (S0 and S1); so in 9 more indicators: take only \
         those of one value, ask for the sum of the rows of an area, or name areas by that column, too"
    );
    assert_eq!(Document::of(file).summed().panel().unwrap().0.indicators(), 10);
}

#[test]
fn what_is_wrong_with_a_population_is_said() {
    let said = |people: &str| {
        let file = format!("area,count,population\nKent,5,1000\nEssex,7,{people}\n");
        let fault = Document::of(file).table().unwrap_err().to_string();
        fault.strip_prefix("Essex: row 3, column population: ").map(str::to_owned).unwrap_or(fault)
    };
    for (people, expected) in [
        ("-1", "\"-1\" is not a population: it cannot be negative: correct it, or say what the mark stands for"),
        (
            "",
            "population is not given, so no rate is defined: add it, or leave the area out; if its count is in no area, say so by Table::unplaced",
        ),
        (
            "3000.5",
            "\"3000.5\" is not a population: people are whole: correct it, or say of how many each number is if it is in thousands",
        ),
        ("1e25", "\"1e25\" is not a population: it is more than can be counted: correct it"),
        (
            "1.234",
            "\"1.234\" is not a population: if a point stands between its thousands, or a comma before its fraction, say which stands before the \
             fraction",
        ),
    ] {
        assert_eq!(said(people), expected);
    }
}

/// Faults in the column of months have their column, and what to do.
#[test]
fn what_is_wrong_with_months_is_said_once() {
    let file =
        "area,count,population,months\nA,1,1000,12\nB,1,1000,many\nC,1,1000,0\nD,1,1000,\nE,1,1000,99999999999\n";
    let faults = Document::of(file).table().unwrap_err().to_string();
    let no = |area: &str, row: u64, text: &str| {
        format!(
            "{area}: row {row}, column months: {text:?} is not a number of months: give how many its count covers, 12 for a year"
        )
    };
    let blank = "D: row 5, column months: the row has no number of months: other rows have theirs, so give how many its count covers, 12 for a year";
    assert_eq!(
        faults.lines().collect::<Vec<_>>(),
        [no("B", 3, "many"), no("C", 4, "0"), blank.to_owned(), no("E", 6, "99999999999")]
    );
}

/// Of very many faulty rows no more are held than tell what is wrong.
#[test]
fn very_many_faults_are_told_in_few_lines() {
    let rows: String =
        (0..30_000).map(|row| format!("A{row},{},{}\n", ["y", "1"][row % 2], ["0", "many"][row % 2])).collect();
    let faults = Document::of(format!("area,count,population\n{rows}")).table().unwrap_err();
    let text = faults.to_string();
    assert_eq!((faults.iter().count(), text.lines().count()), (15, 18), "{text}");
    let told = |from: usize| {
        let rows: Vec<String> = (0..8).map(|row| (from + 2 * row).to_string()).collect();
        format!(
            "and 14,995 more faults like it, in rows {} and others, the last in row {}\n",
            rows.join(", "),
            29_988 + from
        )
    };
    assert_eq!(text.matches(&told(12)).count(), 2, "{text}");
    assert!(format!("{text}\n").contains(&told(13)), "{text}");
}
