//! Nothing is taken for something without a word.

use crimerate::{
    Area, Per,
    read::{Document, Role, Taken},
};

/// What is told of a file, which strict reading refuses for it.
fn told(file: impl Into<Vec<u8>>) -> Vec<String> {
    let document = Document::of(file).column(Role::Area, "area");
    let (_, taken) = document.table().unwrap();
    let refused = document.strict().table();
    assert_eq!(refused.is_err(), !taken.met.is_empty() || !taken.passed.is_empty(), "{taken}");
    taken.met.iter().map(ToString::to_string).collect()
}

#[test]
fn a_name_that_is_left_blank_is_its_code() {
    let file = "area,code,count,population\nKent,E23000032,7,1000\n,E23000028,9,1000\n,E23000039,9,1000\n";
    assert_eq!(told(file), ["E23000028 for a name that is left blank: its code, 2 times (first in line 3)"]);
    // Where codes are all that there is, nothing is left blank.
    let (table, taken) = Document::of("code,count,population\nE1,7,1000\n").column(Role::Area, "code").table().unwrap();
    assert_eq!((table.areas()[0].name(), taken.met.len()), ("E1", 0));
}

#[test]
fn numbers_with_more_than_digits_are_told() {
    let of = |count: &str| told(format!("area,count,population\nKent,\"{count}\",1000\n"));
    let sign = "a number with a plus or a dash before it";
    for (count, taken) in [
        ("+5", sign),
        ("\u{2212}0", sign),
        ("\u{2013}0", sign),
        ("- 0", sign),
        ("007", "a number with zeros before it"),
        ("00", "a number with zeros before it"),
        ("+1,000", sign),
        ("+5.0", sign),
    ] {
        assert_eq!(of(count), [format!("{count} for {taken}, once (line 2)")], "{count}");
    }
    for count in ["0", "5", "10", "-0"] {
        assert_eq!(of(count), [""; 0], "{count}");
    }
    let people = told("area,count,population\nKent,5,+1000\nEssex,5,0900\n");
    assert_eq!(people.len(), 2, "{people:?}");
    let (_, rates) = Document::of("area,rate\nKent,+5.1\nEssex,4.0\n").published(Per::THOUSAND).unwrap();
    assert_eq!(rates.met[0].to_string(), format!("+5.1 for {sign}, once (line 2)"));
    let records = "area,offence,count\nKent,Arson,+5\nKent,Arson,-1\nKent,Arson,\u{2212}1\nKent,Arson,05\n";
    let (records, taken) = Document::of(records).records().unwrap();
    assert_eq!((records.total("Kent", "Arson"), taken.met.len()), (Some(8), 2), "{taken}");
}

#[test]
fn characters_that_do_not_show_are_dropped_and_told() {
    for hidden in ["\u{ad}", "\u{0}", "\u{200b}", "\u{202e}", "\u{2066}", "\u{feff}", "\u{7}"] {
        let name = format!("Ke{hidden}nt");
        let escaped = hidden.chars().next().unwrap().escape_unicode();
        let expected =
            format!("Ke{escaped}nt for a text with characters that do not show, which are dropped, once (line 2)");
        let file = format!("area,count,population\n{name},5,1000\n");
        assert_eq!(told(file.clone()), [expected.as_str()]);
        assert_eq!(Document::of(file).table().unwrap().0.areas()[0].name(), "Kent");
        let records = format!("area,offence,count\n{name},Ars{hidden}on,5\nKent,Arson,2\n");
        let (records, taken) = Document::of(records).records().unwrap();
        assert_eq!((records.total("Kent", "Arson"), taken.met[0].times), (Some(7), 2));
        let series = format!("area,period,count,population\n{name},20{hidden}20,5,1000\nKent,2021,5,1000\n");
        let (series, taken) = Document::of(series).series().unwrap();
        assert_eq!((series.areas().len(), taken.met[0].times), (1, 2));
    }
    let lost = told("area,count,population\nL\u{fffd}beck,5,1000\n");
    assert_eq!(lost, ["L\u{fffd}beck for a text of which a letter was lost before it came here, once (line 2)"]);
    // Letters of any script show, and so do the joiners that some of them need.
    assert_eq!(told("area,count,population\nM\u{fc}nchen,5,1000\n\u{646}\u{200c}\u{645},5,1000\n"), [""; 0]);
}

#[test]
fn quotation_marks_in_the_middle_of_a_cell_are_told() {
    const TOLD: &str = "for a text with quotation marks in its middle, which are dropped";
    let file = "area,count,population\n\"C\"z,7,1000\n\"D\",9,1000\n\"E\"\"e\",9,1000\n\"F\" f,\"9\",1000\n";
    assert_eq!(told(file), [format!("\"C\"z {TOLD}, 2 times (first in line 2)")]);
    // Far below the header too, where records are read in pieces.
    let mut records = "area,offence,count\n".to_owned();
    (0..20_000).for_each(|row| records += &format!("\"Kent\",\"O{}\",1\n", row % 7));
    records += "\"Kent\"x,Arson,1\n";
    let (_, taken): (_, Taken) = Document::of(records).records().unwrap();
    let met: Vec<String> = taken.met.iter().map(ToString::to_string).collect();
    assert_eq!(met, [format!("\"Kent\"x {TOLD}, once (line 20002)")]);
}

#[test]
fn lines_that_begin_with_a_hash_are_comments() {
    let file = "# Recorded crime, made up, 2020\n#area,count,population\n# note\nKent,7,1000\n#Essex,9,1000\n#1 District,3,1000\n";
    let (table, taken) = Document::of(file).table().unwrap();
    let names: Vec<&str> = table.areas().iter().map(Area::name).collect();
    assert_eq!((names, taken.header), (vec!["Kent", "#1 District"], 2));
    assert_eq!(
        taken.passed[1].to_string(),
        "2 lines that begin with #, as comments do, line 3 (# note), line 5 (#Essex, 9, 1000)"
    );
    assert!(Document::of(file).strict().table().is_err());
    let mut records = "area,offence,count\n".to_owned();
    (0..20_000).for_each(|row| records += &format!("Kent,O{},1\n#Kent,O1,1\n", row % 7));
    let (records, taken) = Document::of(records).records().unwrap();
    assert_eq!((records.total("Kent", "O1"), taken.rows, taken.passed[0].lines), (Some(2_857), 20_000, 20_000));
    let (_, taken) = Document::of("# a\n\narea,count,population\n# b, c\nKent,7,1000\n").table().unwrap();
    assert_eq!((taken.header, taken.passed.len()), (3, 2));
}

/// In tables without codes the region West Midlands is told from the force by the counts of its forces.
#[test]
fn a_region_and_a_force_of_one_name_are_told_apart() {
    let file = |region: &str| {
        format!(
            "As at,Officers\nEast Midlands,900\nDerbyshire,500\nLeicestershire,400\nWest Midlands,\"{region}\"\nStaffordshire,300\n\
             Warwickshire,200\nWest Mercia,250\nWest Midlands,1000\n"
        )
    };
    let read = |region: &str| {
        let document = Document::of(file(region)).column(Role::Area, "As at").column(Role::Count, "officers");
        document.force_populations(2018).table()
    };
    let (table, taken) = read("1,751").unwrap();
    let told = "West Midlands in row 5 is the region, by its count that of its forces together; in row 9 the force";
    assert!(taken.notes.iter().any(|note| note == told), "{taken}");
    assert_eq!((&*taken.totals, table.rates().flatten().count()), (&["West Midlands".to_owned()][..], 6));
    assert_eq!(table.areas()[7].code(), Some("E23000014"));
    // Where no count is that of the others, the two stay two rows of one name.
    assert!(read("1,700").unwrap_err().to_string().contains("stands in row 5 already"));
}
