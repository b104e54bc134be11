//! The ten lines of the README: a rate, a league table with its notes, and one force in it.

use crimerate::{Average, Per, Rate, Table};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let firearms = Rate::new(721, 2_939_927)?; // refused if the population is zero
    println!("{}\n", firearms.per(Per::HUNDRED_THOUSAND));

    let knife = Table::from_rows([
        ("West Midlands", 3_437, 2_916_500),
        ("Merseyside", 1_424, 1_423_100),
        ("Durham", 165, 633_500),
        ("City of London", 31, 8_700),
    ])?;
    let league = knife.exclude("City of London", "8,700 residents")?.compare(Average::POOLED);
    let report = league.per(Per::HUNDRED_THOUSAND);
    println!("{report}\n");

    let here = league.area("West Midlands")?;
    println!("{}: rank {} of {}, {:.2} times the average", here.area(), here.rank(), here.of(), here.ratio()?);
    if let Some(file) = std::env::args().skip_while(|given| given != "--plot").nth(1) {
        report.plot().save(file)?; // the same table as a picture
    }
    Ok(())
}
