//! Tables with policies, panels against tables, records in pieces, claims.

use super::{bytes::Bytes, json::again};
use crimerate::{
    Average, Claim, Compare, Confidence, Measure, Method, Observation, Panel, PeerGroups, Per, Policy, Population, Row,
    Table, Ties,
    average::ZScale,
    claim::{Published, Relation},
    funnel::{self, Dispersion, Scale},
    league::{BandScale, BandSpec},
    ndarray::Array2,
    rank::{self, CountModel},
    records::{Absent, NamedRecords, Records},
    smoothing::Estimator,
};

fn rows(bytes: &mut Bytes<'_>, most: usize) -> Vec<Row> {
    let number = 1 + bytes.below(most);
    let row = |(place, bytes): (usize, &mut Bytes<'_>)| {
        let name = if bytes.byte() < 230 {
            format!("{}{place}", ('A'..='Z').nth(place % 26).unwrap_or('A'))
        } else {
            bytes.name()
        };
        let count = match bytes.byte() {
            0..220 => Observation::Known(bytes.number()),
            220..235 => Observation::Suppressed { at_least: 0, at_most: Some(4) },
            235..245 => Observation::SUPPRESSED,
            _ => Observation::Missing(crimerate::Reason::Blank),
        };
        let row = Row::new(name, count, bytes.number());
        if bytes.byte() < 60 { row.code(format!("E{}", bytes.below(most))) } else { row }
    };
    (0..number).map(|place| row((place, &mut *bytes))).collect()
}

fn policies(bytes: &mut Bytes<'_>, mut table: Table) -> Table {
    for _ in 0..bytes.below(5) {
        let names: Vec<String> = table.areas().iter().map(|area| area.label().to_owned()).collect();
        let name = |bytes: &mut Bytes<'_>| {
            if bytes.byte() < 250 { names[bytes.below(names.len())].clone() } else { bytes.name() }
        };
        let area = name(bytes);
        let policy = match bytes.below(6) {
            0 => Policy::Exclude { reason: bytes.name() },
            1 => Policy::Merge { into: name(bytes), reason: "small".into() },
            2 => Policy::Keep { reason: "as it is".into() },
            3 => Policy::Total,
            4 => Policy::Unplaced { in_average: bytes.bool() },
            _ => match Population::new(bytes.number()) {
                Ok(population) => Policy::Denominator { population, what: "by day".into() },
                Err(_) => continue,
            },
        };
        if let Ok(changed) = table.clone().apply(&area, policy) {
            table = changed;
        }
    }
    table
}

fn how(bytes: &mut Bytes<'_>) -> Compare {
    let fixed = Average::fixed(0.25, Per::ONE).expect("it is a rate");
    let average = bytes.of(&[Average::POOLED, Average::MEAN, Average::MEDIAN, fixed]);
    let average = if bytes.bool() { average } else { average.without_self() };
    let level = Confidence::new(bytes.share()).unwrap_or(Confidence::P95);
    let (ties, z, method) = (bytes.of(Ties::ALL), bytes.of(ZScale::ALL), bytes.of(Method::ALL));
    Compare::with(average).with_ties(ties).with_z(z).with_interval((level, method))
}

/// Every answer prints without NaN, and is read back.
pub(crate) fn sound(table: &Table, how: Compare) {
    again(table);
    let per = Per::HUNDRED_THOUSAND;
    let league = table.compare(how);
    again(&league.per(per));
    let text = league.per(per).to_string();
    assert!(!text.contains("NaN"), "{text}");
    for scale in [BandScale::Raw, BandScale::Log, BandScale::ShapiroWilk(Confidence::P95)] {
        let spec = BandSpec::ONE.on(scale);
        if let Ok(bands) = league.bands(spec) {
            assert!(bands.masking().len() <= league.len());
            again(&league.per(per).with_bands(spec));
        }
    }
    for measure in Measure::ALL {
        let column = league.column(*measure, per);
        for (index, value) in column.values().iter().enumerate() {
            let exists = value.is_finite() && (*measure != Measure::Rank || *value > 0.0);
            assert_eq!(exists, column.reason(index).is_none(), "{measure} {value}");
        }
    }
    for (dispersion, scale) in [(Dispersion::None, Scale::SquareRoot), (Dispersion::Additive, Scale::Log)] {
        let spec = funnel::Spec::from((dispersion, scale));
        again(&league.funnel(spec).per(per));
        if let Ok(funnel) = league.proportion_funnel(spec) {
            again(&funnel.per(Per::HUNDRED));
        }
    }
    for estimator in [Estimator::Marshall, Estimator::GammaPoisson] {
        let report = league.smooth(estimator).per(per);
        assert!(!report.to_string().contains("NaN"), "{report}");
        again(&report);
    }
    if let Ok(sets) = league.rank_sets(rank::Spec::default()) {
        assert!(sets.iter().all(|set| 1 <= set.lower() && set.lower() <= set.upper() && set.upper() <= league.len()));
        again(&sets.per(per));
    }
}

/// Rows, what is done about them, and every answer.
pub fn table(data: &[u8]) {
    let mut bytes = Bytes(data);
    let rows = rows(&mut bytes, 9);
    let made = if bytes.bool() { Table::from_rows(rows.clone()) } else { Table::from_rows_leaving_out(rows.clone()) };
    let Ok(table) = made else {
        assert!(!Table::check(rows).iter().any(|error| error.to_string().contains('\n')));
        return;
    };
    let groups = table.areas().iter().map(|area| (area.label().to_owned(), ["north", "south"][bytes.below(2)]));
    let groups = PeerGroups::from_labels("region", groups.collect::<Vec<_>>());
    let table = if bytes.byte() < 60 { table.clone().with_groups(groups).unwrap_or(table) } else { table };
    let table = if bytes.byte() < 40 { table.clone().rounded_to(bytes.number()).unwrap_or(table) } else { table };
    let table = policies(&mut bytes, table);
    sound(&table, how(&mut bytes));
    let league = table.compare(Average::POOLED);
    if bytes.byte() < 30
        && let Ok(found) = league.replicate_ranks(bytes.of(&[CountModel::Poisson, CountModel::GammaPoisson]))
    {
        for area in found.iter() {
            let sum: f64 = (1..=league.len()).map(|rank| area.probability(rank)).sum();
            assert!((sum - 1.0).abs() < 1e-9, "{sum}");
        }
    }
    let later = policies(&mut bytes, table.clone());
    if let Ok(changes) = table.change_to(&later) {
        again(&changes.per(Per::THOUSAND));
    }
}

/// An indicator of a panel is its table.
pub fn panel(data: &[u8]) {
    let mut bytes = Bytes(data);
    let how = how(&mut bytes);
    let tables: Vec<Table> = (0..1 + bytes.below(3))
        .filter_map(|_| {
            let rows = rows(&mut bytes, 6);
            let table = Table::from_rows_leaving_out(rows).ok()?;
            Some(policies(&mut bytes, table))
        })
        .collect();
    let named: Vec<(String, &Table)> = (0..).map(|number: usize| format!("indicator {number}")).zip(&tables).collect();
    for panel in [Panel::from_tables(named.clone()), Panel::union_of_tables(named)].into_iter().flatten() {
        let counted: u128 = tables.iter().flat_map(Table::rates).flatten().map(|rate| u128::from(rate.count())).sum();
        let mut held = 0;
        let figures = panel.compare(how, Per::THOUSAND, Measure::ALL.iter().copied());
        for at in 0..panel.indicators() {
            let table = panel.indicator_at(at).expect("it is one").table();
            held += table.rates().flatten().map(|rate| u128::from(rate.count())).sum::<u128>();
            let league = table.compare(how);
            for measure in Measure::ALL.iter().filter(|measure| **measure != Measure::Rank) {
                let column = league.column(*measure, Per::THOUSAND);
                let array = figures.array(*measure).expect("it was asked for");
                for (area, value) in column.values().iter().enumerate() {
                    let other = array[[area, at]];
                    assert!(
                        value.to_bits() == other.to_bits() || value.is_nan() && other.is_nan(),
                        "{measure} {value} {other}"
                    );
                }
            }
        }
        assert_eq!(counted, held, "no count is lost and none is doubled");
    }
}

/// The same records in any pieces and merged in any order are the same.
pub fn records(data: &[u8]) {
    let mut bytes = Bytes(data);
    let pieces = 1 + bytes.below(4);
    let (areas, indicators) = (1 + bytes.below(6), 1 + bytes.below(6));
    let (mut whole, mut named) = (Records::new(areas, indicators).expect("it is small"), NamedRecords::new());
    let mut parts: Vec<(Records, NamedRecords)> = (0..pieces).map(|_| (whole.clone(), NamedRecords::new())).collect();
    let mut all = true;
    for _ in 0..80 {
        if bytes.is_empty() {
            break;
        }
        let record = (bytes.below(areas) as u64, bytes.below(indicators) as u64, bytes.number() as i64);
        let part = bytes.below(pieces);
        let text = (format!("area {}", record.0), format!("offence {}", record.1), record.2);
        let one = whole.try_extend([record]).is_ok();
        assert_eq!(one, named.try_extend([text.clone()]).is_ok());
        let (first, second) = (parts[part].0.try_extend([record]).is_ok(), parts[part].1.try_extend([text]).is_ok());
        assert_eq!(first, second);
        all &= one && first;
    }
    again(&whole);
    again(&named);
    if bytes.bool() {
        parts.reverse();
    }
    let (mut merged, mut together) = (Records::new(areas, indicators).expect("it is small"), NamedRecords::new());
    for (one, other) in &parts {
        let before = (merged.clone(), together.clone());
        let (first, second) = (merged.try_merge(one).is_ok(), together.try_merge(other).is_ok());
        assert_eq!(first, second);
        if !first {
            assert!(merged == before.0 && together == before.1, "a merge that fails leaves no trace");
        }
        all &= first;
    }
    if all {
        assert!(merged == whole && together == named);
    }
    let names: Vec<String> = (0..areas).map(|area| format!("area {area}")).collect();
    let absent = bytes.of(Absent::ALL);
    let people: Vec<u64> = names.iter().map(|_| bytes.number()).collect();
    let panel = whole.panel(names.clone(), people.clone(), absent);
    let other = named.panel(names.into_iter().zip(people), absent);
    if let (Ok(panel), Ok(other), Absent::Zero) = (panel, other, absent) {
        let total = |panel: &Panel<'_>| -> u128 {
            let (areas, indicators) = panel.dim();
            let cells = (0..areas).flat_map(|area| (0..indicators).map(move |at| (area, at)));
            cells.filter_map(|(area, at)| Some(u128::from(panel.observation(area, at)?.known()?))).sum()
        };
        assert_eq!(total(&panel), total(&other));
    }
    let counts =
        Array2::from_shape_fn((areas, indicators), |(area, at)| u64::from(data.get(area + at).copied().unwrap_or(0)));
    let _ = Panel::new((0..areas).map(|area| area.to_string()), counts.view(), vec![1_u64; areas]);
}

/// A verdict says why, has no NaN, and is read back as it was.
pub fn claims(data: &[u8]) {
    let mut bytes = Bytes(data);
    let Ok(table) = Table::from_rows_leaving_out(rows(&mut bytes, 6)) else { return };
    let table = if bytes.byte() < 60 { table.clone().rounded_to(bytes.number()).unwrap_or(table) } else { table };
    let table = policies(&mut bytes, table);
    let per = Per::THOUSAND;
    let mut checker = table.compare(how(&mut bytes)).claims(per);
    if bytes.byte() < 100 {
        let before = Table::from_rows_leaving_out(rows(&mut bytes, 6)).map(|before| policies(&mut bytes, before));
        if let Ok(with) = before.and_then(|before| table.compare(Average::POOLED).claims(per).with_before(&before)) {
            checker = with;
        }
    }
    let names: Vec<String> = table.areas().iter().map(|area| area.label().to_owned()).collect();
    for _ in 0..3 {
        let name = |bytes: &mut Bytes<'_>| names[bytes.below(names.len())].clone();
        let (area, other) = (name(&mut bytes), name(&mut bytes));
        let figure = match bytes.byte() {
            0..128 => table
                .index(&area)
                .ok()
                .and_then(|row| table.rate(row))
                .and_then(Result::ok)
                .map_or_else(|| "1.0".into(), |rate| format!("{:.1}", rate.per(per).value())),
            _ => format!("{}.{}", bytes.number(), bytes.byte()),
        };
        let published = || Published::new(&figure, per);
        let claim = match bytes.below(16) {
            0 => Ok(Claim::highest(area)),
            1 => Ok(Claim::lowest(area)),
            2 => Claim::among_highest(area, u32::from(bytes.byte()) % 8),
            3 => Claim::among_lowest(area, u32::from(bytes.byte()) % 8),
            4 => published().map(|figure| Claim::rate(area, figure)),
            5 => published().map(|figure| Claim::average(area, figure)),
            6 => Claim::percent_above(area, &figure),
            7 => Claim::percent_below(area, &figure),
            8 => Ok(Claim::above_average(area)),
            9 => Ok(Claim::below_average(area)),
            10 => Ok(Claim::higher_than(area, &other)),
            11 => Ok(Claim::lower_than(area, &other)),
            12 => Ok(Claim::rose(area)),
            13 => Ok(Claim::fell(area)),
            14 => Claim::moved(area, u32::from(bytes.byte()) % 8, u32::from(bytes.byte()) % 8),
            _ => Relation::less_than(&figure).map(|relation| Claim::compared(area, relation, other.as_str())),
        };
        let Ok(claim) = claim else { continue };
        again(&claim);
        let Ok(checked) = checker.check(&claim) else { continue };
        assert!(!checked.reasons().is_empty() && !checked.to_string().contains("NaN"), "{checked}");
        again(&checked);
        assert!(checked.sentences().iter().all(|sentence| sentence.lines().count() <= 1), "{checked}");
    }
}
