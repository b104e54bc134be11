//! What looks like a figure, a count or a population and is none.

use super::shapes::{known, people};
use crimerate::{
    Per,
    read::{Document, Role},
};

fn fault<T>(read: Result<T, crimerate::read::Faults>) -> String {
    read.err().map(|faults| faults.to_string()).unwrap_or_default()
}

fn rates(file: &str, per: Per) -> Result<crimerate::read::Taken, crimerate::read::Faults> {
    Document::of(file.to_owned()).column(Role::Rate, "#2").published(per).map(|(_, taken)| taken)
}

#[test]
fn a_comma_behind_a_zero_is_no_mark_between_thousands() {
    for file in ["area,rate\nA,\"0,512\"\n", "area;rate\nA;0,512\n", "area;rate\nA;1,512\n"] {
        let error = fault(rates(file, Per::THOUSAND));
        assert!(error.contains("512\" is not a rate: if a point stands between its thousands"), "{error}");
    }
    let told = rates("area,rate\nA,\"1,512\"\n", Per::THOUSAND).unwrap();
    assert_eq!(told.met[0].to_string(), "1,512 for a number with marks between its thousands, once (line 2)");
    let comma = Document::of("area;rate\nA;1,512\n").decimal_comma().column(Role::Rate, "rate");
    assert_eq!(comma.published(Per::THOUSAND).unwrap().0.printed(0), Some("1.512"));
    let error = fault(Document::of("area;count;population\nA;0,420;1000\n").table());
    assert!(error.starts_with("A: row 2, column count: \"0,420\" is not a count"), "{error}");
    // One comma may be before a fraction, a count too large is not.
    let error = fault(Document::of("area,count,population\nA,99999999999999999999,1000\n").table());
    assert!(error.contains("it is more than can be counted"), "{error}");
}

#[test]
fn headings_say_what_is_neither_count_nor_population() {
    for heading in
        ["Population density", "Population rank", "Population % change", "Population growth", "Population per sq km"]
    {
        let alone = format!("area,{heading},Offences\nA,450,100\n");
        assert!(fault(Document::of(alone).table()).contains("no column is known to hold populations"), "{heading}");
        let beside = format!("area,{heading},Population (mid-2018),Offences\nA,450,9000,100\n");
        assert_eq!(people(&Document::of(beside).table().unwrap().0)[0], 9_000, "{heading}");
    }
    let change = fault(Document::of("area,Count change,Population\nA,1,1000\n").table());
    assert!(change.contains("no column is known to hold counts"), "{change}");
    let file = "Force,Population,Robbery per 1000,\"Robbery (per 1,000 people)\",Robbery index,Average age,Density,Median income,Share,Arson\n\
        Kent,1846478,1,1,101,40,450,30000,4,7\nEssex,1832752,1,1,99,41,490,31000,5,9\n";
    let (panel, taken) = Document::of(file).wide_panel::<&str>([]).unwrap();
    assert_eq!((panel.indicators(), panel.label(0)), (1, "Arson".to_owned()));
    assert!(taken.to_string().contains("Robbery per 1000 (a rate)"), "{taken}");
}

#[test]
fn units_are_heeded_wherever_they_stand() {
    for file in [
        "Population in thousands,,\narea,count,population\nA,100,1500\n",
        "area,count,population\n,,thousands\nA,100,1500\n",
        "area,count,Population (milliers)\nA,100,1500\n",
        "area,count,Einwohner in Tsd.\nA,100,1500\n",
        "area,count,Einwohner (in 1000)\nA,100,1500\n",
    ] {
        let error = fault(Document::of(file).table());
        assert!(error.contains("seem to be thousands") && error.to_lowercase().contains("column"), "{file}: {error}");
        assert!(!error.contains("\"count\""), "{error}");
        let (table, _) = Document::of(file).in_units_of(Role::Population, 1_000).table().unwrap();
        assert_eq!(people(&table)[0], 1_500_000, "{file}");
    }
    let per = "Crimes per thousand people,,\narea,count,population\nA,100,1500\n";
    assert_eq!(people(&Document::of(per).table().unwrap().0)[0], 1_500);
}

#[test]
fn rates_are_read_per_what_any_wording_says() {
    for (heading, per) in [
        ("Rate per million", 1_000_000),
        ("Rate (per thousand)", 1_000),
        ("Rate / 1000", 1_000),
        ("taux pour mille", 1_000),
        ("HZ (pro 10.000)", 10_000),
        ("Rate per 1 000 population", 1_000),
        ("% change", 100),
    ] {
        let file = format!("area,{heading}\nA,4.2\n");
        let error = fault(rates(&file, Per::HUNDRED_THOUSAND));
        assert!(error.contains("and rates are to be read per 100,000"), "{heading}: {error}");
        rates(&file, Per::new(per).unwrap()).unwrap();
    }
    let counts = "code,area,Robbery\nNumbers,,\nE1,A,39644\n";
    let error = fault(Document::of(counts).column(Role::Rate, "Robbery").published(Per::THOUSAND));
    assert!(error.contains("\"Numbers\" below the header says that these are counts"), "{error}");
}

#[test]
fn a_quotation_mark_never_closed_swallows_no_rows() {
    let file = "area,count,population\nKent,1,100\n\"Essex,2,200\nSurrey,3,300\n\"Sussex\",4,400\nDorset,5,500\n";
    let error = fault(Document::of(file).table());
    assert!(error.starts_with("row 3, column area: ") && error.contains("close its quotation mark"), "{error}");
    let noted = "area,count,population,note\nKent,1,100,x\nEssex,2,200,\"open\nSurrey,3,300,y\nSussex,4,400,\"z\nDorset,5,500,w\n";
    assert!(fault(Document::of(noted).table()).contains("close its quotation mark"));
    // Names and notes may have several lines.
    let good = "area,count,population,note\n\"Avon and\nSomerset\",1,100,\"revised, see 1,234\nand 2,345\"\n";
    assert_eq!(known(&Document::of(good).table().unwrap().0)[0].0, "Avon and Somerset");
}

#[test]
fn rows_are_chosen_but_for_marks_of_notes() {
    let file =
        "force,offence,population,count\nKent,Robbery,1000,10\nSussex,Robbery[note 1],2000,7\nSussex,Arson,2000,9\n";
    let (table, _) = Document::of(file).only("offence", "Robbery").table().unwrap();
    assert_eq!(known(&table).iter().map(|row| row.1).collect::<Vec<_>>(), [10, 7]);
}
