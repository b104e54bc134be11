//! Labels of rows from several columns.

use crimerate::read::{Document, Role};

#[test]
fn strata_of_two_columns_have_both_texts() {
    let file = "Area,Age,Sex,Count,Mid-2018 population\n\
                A,0-64,F,9,600\nA,0-64,M,12,610\nA,65+,F,3,90\nA,65+,M,4,80\n";
    let both = Document::of(file).column(Role::Stratum, "age").and_column(Role::Stratum, "sex");
    let (strata, taken) = both.strata().unwrap();
    assert_eq!(strata.labels(), ["0-64, F", "0-64, M", "65+, F", "65+, M"]);
    assert_eq!(strata.table().population(0).unwrap().get(), 1_380);
    assert!(taken.to_string().contains("population Mid-2018 population, stratum Age, stratum Sex"), "{taken}");
    let unknown = Document::of(file).column(Role::Stratum, "age").and_column(Role::Stratum, "sexes").strata();
    assert!(unknown.unwrap_err().to_string().contains("no column is \"sexes\""));
    let blank = "Area,Age,Sex,Count,Population\nA,0-64,F,9,600\nA,0-64,,12,610\n";
    let blank = Document::of(blank).column(Role::Stratum, "age").and_column(Role::Stratum, "sex").strata();
    assert!(blank.unwrap_err().to_string().contains("row 3, column Age: the row has no stratum"));
}

#[test]
fn a_year_and_a_month_or_a_quarter_are_a_period() {
    let periods = |file: &str| {
        let (series, taken) = Document::of(file.to_owned()).series().unwrap();
        assert!(taken.notes.is_empty(), "{:?}", taken.notes);
        series.periods().iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let months = ["November 2018", "December 2018", "January 2019"];
    assert_eq!(periods("area,year,month,count,population\nA,2018,11,5,9\nA,2018,12,7,9\nA,2019,1,7,9\n"), months);
    assert_eq!(periods("area,Month,Year,count,population\nA,Nov,2018,5,9\nA,Dec,2018,7,9\nA,Jan,2019,7,9\n"), months);
    let quarters = ["2018 Q4", "2019 Q1"];
    assert_eq!(periods("area,financial_year,quarter,count,population\nA,2018/19,3,5,9\nA,2018/19,4,7,9\n"), quarters);
    assert_eq!(periods("area,year,quarter,count,population\nA,2018,Q4,5,9\nA,2019,Q1,7,9\n"), quarters);
    // Where months have their year, that of the reports is another.
    let own = "area,year,month,count,population\nA,2018/19,2018-11,5,9\nA,2018/19,2018-12,7,9\nA,2018/19,2019-01,7,9\n";
    assert_eq!(Document::of(own).series().unwrap().0.periods().len(), 3);
    let named = "area,Jahr,Monat,count,population\nA,2018,11,5,9\nA,2018,12,7,9\nA,2019,1,7,9\n";
    let named = Document::of(named).column(Role::Period, "Jahr").and_column(Role::Period, "Monat").series().unwrap();
    assert_eq!(named.0.periods()[2].to_string(), "January 2019");
}

#[test]
fn the_words_before_population_say_of_when_or_whom() {
    for heading in
        ["Mid-2018 population", "2018 population", "ONS mid-year 2018 population", "Usually resident population"]
    {
        let (table, _) = Document::of(format!("area,count,{heading}\nA,5,900\n")).table().unwrap();
        assert_eq!(table.population(0).unwrap().get(), 900, "{heading}");
    }
    for heading in ["Rate per 1,000 population", "Prison population", "Share of population"] {
        assert!(Document::of(format!("area,count,{heading}\nA,5,900\n")).table().is_err(), "{heading}");
    }
    let two = "area,count,Mid-2017 population,Mid-2018 population\nA,5,900,910\n";
    assert!(Document::of(two).table().is_err());
}

#[test]
fn that_there_is_no_column_of_populations_is_one_fault() {
    let file = "area,stratum,count\nA,m,4\nA,f,5\nB,m,4\nB,f,6\n";
    let faults = Document::of(file).strata().unwrap_err().to_string();
    assert!(faults.starts_with("row 1: no column is known to hold populations"), "{faults}");
    assert_eq!(faults.lines().count(), 1);
}
