//! Headlines of funnels where only chance is at work.

use crimerate::{Average, Per, Table, funnel::Dispersion};

/// A uniform number (SplitMix64, Steele, Lea and Flood 2014).
fn uniform(seed: &mut u64) -> f64 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut bits = *seed;
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((bits ^ (bits >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// A Poisson count, by the product of uniform numbers.
fn poisson(mean: f64, seed: &mut u64) -> u64 {
    let (mut product, mut count) = (uniform(seed), 0);
    while product > (-mean).exp() {
        product *= uniform(seed);
        count += 1;
    }
    count
}

/// More than chance is said of no more than 5 % of such tables, by three standard errors.
#[test]
fn headlines_of_chance_alone_say_no_more_than_chance() {
    const TABLES: u32 = 400;
    let mut seed = 7;
    let mut alarms = [0; 2];
    for _ in 0..TABLES {
        let rows: Vec<(String, u64, u64)> = (0..43_u64)
            .map(|i| {
                let people = 5_000 * (1 + i * i % 41);
                (format!("Area {i}"), poisson(people as f64 / 1_000.0, &mut seed), people)
            })
            .collect();
        let league = Table::from_rows(rows).unwrap().compare(Average::POOLED);
        let headline = league.funnel(Dispersion::None).per(Per::THOUSAND).plot().headline();
        let widened = league.funnel(Dispersion::Additive).per(Per::THOUSAND).plot().headline();
        for (headline, alarms) in [headline, widened].iter().zip(&mut alarms) {
            *alarms += u32::from(headline.contains("by chance alone") || headline.contains("farther than chance"));
        }
    }
    for alarms in alarms {
        let share = f64::from(alarms) / f64::from(TABLES);
        assert!(share <= 0.05 + 3.0 * (0.05 * 0.95 / f64::from(TABLES)).sqrt(), "{alarms} of {TABLES}");
    }
}
