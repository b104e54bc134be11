//! Rates that were published without counts: figures worked out elsewhere, laws, and what is refused.

use crate::support::{json::again, near::near, says::says};
use crimerate::{
    Average, Basis, Compare, Order, Per, Rate, Table, Ties, Topic,
    average::ZScale,
    league::{Band, BandSpec, PublishedRate, PublishedRates, Ranking, ValuesReport},
};
use proptest::{collection::vec, prelude::*, sample::select};

const PER: Per = Per::HUNDRED_THOUSAND;

/// The published column of the knife figures.
fn knife() -> PublishedRates {
    let mut file = csv::Reader::from_path("examples/data/knife_2020.csv").unwrap();
    let heading = file.headers().unwrap().clone();
    let [area, code, rate] = ["area", "code", "published_per_100000"]
        .map(|name| heading.iter().position(|heading| heading == name).unwrap());
    let rows = file.records().map(Result::unwrap);
    PublishedRates::from_rows(rows.map(|row| (row[area].to_owned(), row[code].to_owned(), row[rate].to_owned())), PER)
        .unwrap()
}

/// Mean, deviation and z with 50 decimal digits (Python's `decimal`), ranks and percentiles by counting.
#[test]
fn published_knife_rates_meet_figures_worked_out_elsewhere() {
    let report = knife().compare(Average::MEAN).with_bands(BandSpec::ONE);
    near(report.mean().unwrap().value(), 63.30864864864865, 1e-14, "mean");
    assert_eq!(report.median().unwrap().to_string(), "57.6 per 100,000");
    near(report.median().unwrap().value(), 57.62, 1e-15, "median");
    near(report.standard_deviation().unwrap().value(), 28.397206059963224, 1e-14, "standard deviation");
    for (area, rate, z, rank, percentile) in [
        ("Metropolitan Police", 178.63, 4.061010477856169, "1", 98.64864864864865),
        ("Durham", 26.04, -1.3124054729170394, "37", 1.3513513513513513),
        ("Kent", 39.48, -0.8391194752868413, "31", 17.56756756756757),
        ("E23000039", 35.35, -0.9845563183086209, "35", 6.756756756756757),
    ] {
        let row = report.area(area).unwrap();
        assert_eq!(
            (row.rate, row.rank.unwrap().to_string().as_str(), row.percentile),
            (Some(rate), rank, Some(percentile))
        );
        near(row.z.unwrap(), z, 1e-13, area);
        near(row.difference.unwrap(), rate - 63.30864864864865, 1e-13, area);
        assert_eq!((row.count, row.population, row.lower, row.upper), (None, None, None, None));
    }
    let beyond = |band| report.rows().filter(|row| row.band == Some(band)).map(|row| row.area).collect::<Vec<_>>();
    assert_eq!(beyond(Band::Below), ["Devon and Cornwall", "Durham"]);
    assert_eq!(beyond(Band::Above).len(), 5);
    let robust = knife().compare(Compare::with(Average::MEDIAN).with_z(ZScale::Robust));
    near(robust.area("Metropolitan Police").unwrap().z.unwrap(), 4.672016416958373, 1e-13, "robust");
    assert_eq!(robust.area("Greater Manchester").unwrap().note.as_deref(), Some("rate left blank"));
    let text = robust.to_string();
    let first: Vec<&str> = text.lines().nth(2).unwrap().split_whitespace().collect();
    assert_eq!(first, ["1", "Metropolitan", "Police", "178.63", "+121.0", "3.10", "+4.67"]);
    assert!(text.contains("Average (median)"), "{text}");
}

#[test]
fn what_there_is_none_of_is_said_with_its_reason() {
    let rates = [("A", "2.5"), ("B", "7.40"), ("C", "7.4"), ("D", "[c]"), ("E", "1,000")];
    let published = PublishedRates::from_rows(rates, PER).unwrap().exclude("E", "a port").unwrap();
    let published = published.with_basis(Basis::new().with_count("thefts"));
    let report = published.compare(Average::POOLED);
    let notes: Vec<String> = report.notes().iter().map(|note| note.text().to_owned()).collect();
    assert_eq!(
        notes,
        [
            "3 of 5 areas compared.",
            "Rates as they were published, without counts and populations.",
            "Left out: D, rate suppressed.",
            "Left out: E, excluded: a port (its rate is 1,000 per 100,000).",
            "Average: pooled; there is none, as it needs counts and populations.",
            "Mean of rates 5.77, median 7.40, standard deviation (n - 1) 2.83, per 100,000.",
            "Intervals: none, which need counts and populations: a rate alone does not say what chance may have done to it.",
            "Ranks: of 3, highest rate first, competition ties; equal means equal as printed.",
            "Rank sets: none, which need counts and populations, so how sure the order is is not known.",
            "z: (rate - 5.77) / 2.83, the mean and standard deviation (n - 1) of the 3 rates.",
            "Basis: thefts.",
        ]
    );
    assert!(report.notes().iter().any(|note| note.topic() == Topic::RankSets));
    let b = report.area("B").unwrap();
    assert_eq!((b.average, b.ratio, b.percent, b.average_areas), (None, None, None, None));
    assert_eq!(b.note.as_deref(), Some("there are values alone, without counts and populations"));
    assert_eq!(b.rank, report.area("C").unwrap().rank);
    assert!(report.to_string().lines().nth(2).unwrap().contains("7.40"), "{report}");
    let fixed = report.values().compare(Average::fixed(3.7, PER).unwrap());
    near(fixed.area("C").unwrap().ratio.unwrap(), 2.0, 1e-15, "ratio");
    assert_eq!(fixed.area("C").unwrap().note, None);
    assert!(again(&fixed) == fixed && again(&report) == report);
    let json = serde_json::to_string(&fixed).unwrap();
    assert!(json.contains("\"value\":\"7.40\"") && !json.contains("population\":1"), "{json}");
    let forged = json.replacen("\"rank\":1", "\"rank\":2", 1);
    let error = serde_json::from_str::<ValuesReport>(&forged).unwrap_err().to_string();
    assert!(error.contains("B: rank is given as 2, but"), "{error}");
}

#[test]
fn every_fault_is_named_with_area_and_row() {
    let rows =
        [("A", "12.x"), ("B", "5."), ("C", "-3"), ("D", "1e3"), ("E", "1,23"), ("F", "3.1"), ("F", "4"), ("G", "<5")];
    let faults = PublishedRates::check(rows, PER);
    let wanted = "is not a decimal number from 0 in plain digits, such as 24.5, or one of ``, `..`, `:`, `[x]`, `NA`, `[c]`, `*`";
    let texts: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(texts[0], format!("A: row 1: rate \"12.x\" {wanted}"));
    assert_eq!(texts.iter().filter(|text| text.contains(wanted)).count(), 6, "{texts:?}");
    assert!(texts.contains(&"F: row 7: the name \"F\" stands in row 6 already: leave one of the two rows out, or tell the two apart by codes".to_owned()), "{texts:?}");
    says(
        PublishedRates::from_rows([PublishedRate::new("A", "x").line(9)], PER),
        &format!("A: row 9: rate \"x\" {wanted}"),
    );
    let many = "0.00000000000000001";
    let expected =
        "A: row 1: the rate's decimals times what it is per is more than 18,446,744,073,709,551,615: round the rate";
    says(PublishedRates::from_rows([("A", many)], PER), expected);
    assert!(PublishedRates::from_rows([("A", many)], Per::ONE).is_ok());
    says(PublishedRates::from_rows([("A", "1"); 0], PER), "there is no row, so there is nothing to compare");
    let area: PublishedRate = serde_json::from_str("{\"name\":\"A\",\"rate\":\"1.5\"}").unwrap();
    assert_eq!(area, PublishedRate::new("A", "1.5"));
}

fn printed() -> impl Strategy<Value = Vec<(u32, usize)>> {
    vec((0..3_000_u32, 0..4_usize), 1..30)
}

fn text((digits, zeros): (u32, usize)) -> String {
    format!("{}.{:02}{}", digits / 100, digits % 100, "0".repeat(zeros))
}

fn published(rates: &[(u32, usize)], per: Per) -> PublishedRates {
    PublishedRates::from_rows(rates.iter().enumerate().map(|(i, rate)| (i.to_string(), text(*rate))), per).unwrap()
}

proptest! {
    /// Counts on 10,000,000 people have rates per 100,000 of two decimals: the league's figures are those of the printed rates, bit for bit.
    #[test]
    fn exact_rates_are_compared_as_their_counts_are(
        rates in printed(),
        order in select(Order::ALL),
        ties in select(Ties::ALL),
        z in select(ZScale::ALL),
        median in any::<bool>(),
    ) {
        let average = if median { Average::MEDIAN } else { Average::MEAN };
        let how = Compare::with(average).with_order(order).with_ties(ties).with_z(z);
        let counts = rates.iter().enumerate().map(|(i, (digits, _))| (i.to_string(), *digits, 10_000_000_u64));
        let league = Table::from_rows(counts).unwrap().compare(how).per(PER);
        let found = published(&rates, PER).compare(how);
        for (ours, theirs) in found.rows().zip(league.rows()) {
            prop_assert_eq!((ours.rate, ours.rank, ours.percentile, ours.z), (theirs.rate, theirs.rank, theirs.percentile, theirs.z));
            prop_assert_eq!((ours.average, ours.difference, ours.ratio), (theirs.average, theirs.difference, theirs.ratio));
            prop_assert_eq!((ours.count, ours.lower), (None, None));
        }
        prop_assert_eq!(&again(&found), &found);
        let read: Vec<crimerate::league::Row> =
            csv::Reader::from_reader(found.csv().as_bytes()).deserialize().collect::<Result<_, _>>().unwrap();
        prop_assert_eq!(read, found.rows().collect::<Vec<_>>());
    }

    /// Ranks are those of the digits as whole numbers, whatever zeros they were printed with and whatever they are per.
    #[test]
    fn ranks_are_those_of_the_printed_digits(rates in printed(), people in 1..=u32::MAX, ties in select(Ties::ALL)) {
        let found = published(&rates, Per::new(people).unwrap()).compare(Compare::with(Average::MEAN).with_ties(ties));
        let digits: Vec<Rate> = rates.iter().map(|(digits, _)| Rate::new(u64::from(*digits), 100).unwrap()).collect();
        let ranking = Ranking::new(&digits, Order::Highest, ties);
        prop_assert_eq!(found.rows().map(|row| row.rank).collect::<Vec<_>>(), ranking.ranks().map(Some).collect::<Vec<_>>());
    }

    /// The order of the rows does not matter, nor does a factor of ten.
    #[test]
    fn neither_order_nor_scale_matters(rates in printed(), by in any::<prop::sample::Index>()) {
        let shift = by.index(rates.len());
        let rows = |rates: &[(u32, usize)]| published(rates, PER).compare(Average::MEAN).rows().collect::<Vec<_>>();
        let plain = rows(&rates);
        let mut turned = rates.clone();
        turned.rotate_left(shift);
        let mut turned = rows(&turned);
        turned.rotate_right(shift);
        let scaled = rows(&rates.iter().map(|(digits, zeros)| (digits * 10, *zeros)).collect::<Vec<_>>());
        for ((a, b), c) in plain.iter().zip(&turned).zip(&scaled) {
            prop_assert_eq!((a.rank, a.percentile, a.rate), (b.rank, b.percentile, b.rate));
            prop_assert_eq!((a.rank, a.percentile, a.z.is_some()), (c.rank, c.percentile, c.z.is_some()));
            for other in [b.z, c.z] {
                prop_assert!(a.z.zip(other).is_none_or(|(a, b)| (a - b).abs() <= 1e-9), "{:?} {other:?}", a.z);
            }
        }
    }

    #[test]
    fn no_text_panics(rates in vec("\\PC{0,24}|[0-9,.]{0,24}", 1..6), people in 1..=u32::MAX) {
        let per = Per::new(people).unwrap();
        let rows = || rates.iter().enumerate().map(|(i, rate)| (i.to_string(), rate.clone()));
        let table = PublishedRates::from_rows(rows(), per);
        prop_assert_eq!(table.is_ok(), PublishedRates::check(rows(), per).is_empty());
        if let Ok(table) = table {
            let report = table.compare(Average::MEDIAN).with_bands(BandSpec::ONE);
            prop_assert!(!report.to_string().contains("NaN"));
            prop_assert_eq!(&again(&report), &report);
        }
    }
}
