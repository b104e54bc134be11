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
fn no_more_than_a_thousand_faults_are_kept() {
    let rows: String = (0..5_000).map(|row| format!("A{row},x1,1000\n")).collect();
    let faults = Document::of(format!("area,count,population\n{rows}")).table().unwrap_err();
    assert_eq!(faults.iter().count(), 1_000);
    assert!(faults.to_string().ends_with("\nand 4,000 more faults"));
}
