//! Tables make a panel and come back whole, with their policies, groups and bases.

use crimerate::{
    Average, Basis, Measure, Note, Observation, Panel, PeerGroups, Per, Reason, Row, Table, funnel::Dispersion,
    ndarray::Array2, panel::CellStatus,
};

#[test]
fn tables_make_a_panel_and_come_back_whole() {
    let rows = |counts: [&str; 4], people: [&str; 4]| {
        let names = ["A", "B", "C", "D"];
        let rows = names.iter().zip(counts).zip(people).map(|((name, count), people)| Row::parse(name, count, people));
        let table = Table::from_rows_leaving_out(rows).unwrap();
        table.exclude("B", "tried").unwrap()
    };
    let first = rows(["30", "4", "..", "[c]"], ["1000", "2000", "0", ""]);
    let mut reversed = ["D", "C", "B", "A"].map(|name| Row::new(name, 5, 100));
    reversed[1] = Row::new("C", Observation::Suppressed { at_least: 0, at_most: Some(4) }, 100);
    let second = Table::from_rows(reversed).unwrap().exclude("B", "tried").unwrap();
    let panel = Panel::from_tables([("first", &first), ("second", &second)]).unwrap();
    assert_eq!(panel.indicator("first").unwrap().table(), first);
    assert_eq!(panel.observation(2, 1), Some(Observation::Suppressed { at_least: 0, at_most: Some(4) }));
    assert_eq!(panel.observation(2, 0), Some(Observation::Missing(Reason::NotAvailable)));
    let cells: Vec<CellStatus> = (0..4).map(|area| panel.cell(area, 0).unwrap()).collect();
    assert_eq!(cells, [CellStatus::Known, CellStatus::Excluded, CellStatus::ZeroPopulation, CellStatus::NoPopulation]);
    let masked = panel.clone().with_mask(Array2::zeros((4, 2))).unwrap();
    assert_eq!(
        (masked.cell(2, 0), masked.cell(3, 0)),
        (Some(CellStatus::ZeroPopulation), Some(CellStatus::NoPopulation))
    );
    assert_eq!(panel.label(usize::MAX), "18446744073709551616");
    let figures = panel.compare(Average::POOLED, Per::THOUSAND, [Measure::Rate]);
    let error = figures.get(Measure::Rate, "D", "first").unwrap_err();
    assert_eq!(error.to_string(), "D: indicator first: the area takes no part: population not given");
    let notes: Vec<String> = figures.notes().iter().map(ToString::to_string).collect();
    assert_eq!(notes[0], "3 of 4 areas compared by 2 indicators.");
    assert_eq!(notes[1], "Left out: B, excluded: tried.");
    assert_eq!(notes[2], "Left out, numerator and denominator together: 1 cell, suppressed.");
}

#[test]
fn policies_groups_and_bases_of_tables_travel() {
    let table = |counts: [u64; 4], people: u64, year: u16| {
        let rows = ["A", "B", "C", "D"].into_iter().zip(counts).map(|(name, count)| (name, count, 1_000));
        let table = Table::from_rows(rows).unwrap().merge("B", "A", "small").unwrap();
        let table = table.with_denominator("C", people, "people by day").unwrap().keep("D", "as it is").unwrap();
        let regions = PeerGroups::from_labels("region", [("A", "x"), ("B", "x"), ("C", "x"), ("D", "")]);
        let basis = Basis::new().with_population("residents").with_population_year(year);
        table.with_groups(regions).unwrap().with_basis(basis)
    };
    let (first, second) = (table([30, 4, 7, 9], 500, 2019), table([1, 2, 3, 4], 600, 2020));
    let panel = Panel::from_tables([("first", &first), ("second", &second)]).unwrap();
    assert_eq!(panel.indicator("first").unwrap().table(), first);
    assert_eq!(panel.indicator("second").unwrap().table(), second);
    let average = Average::POOLED.over(panel.group("region").unwrap());
    let figures = panel.compare(average, Per::THOUSAND, Measure::ALL.iter().copied());
    assert_eq!(figures.array(Measure::Average).unwrap()[[0, 1]], 6_000.0 / 2_600.0);
    let why = figures.get(Measure::Ratio, "D", "first").unwrap_err();
    assert_eq!(why.to_string(), "D: indicator first: the area has no group, so the figure does not exist");
    assert!(figures.get(Measure::Rate, "B", "first").is_err());
    let notes: Vec<String> = figures.notes().iter().map(ToString::to_string).collect();
    for expected in [
        "3 of 4 areas compared by 2 indicators.",
        "Merged: B into A, small.",
        "Denominator: C on another population, people by day.",
        "Kept: D, as it is.",
        "Average: pooled of each area's group (region), over those known for each indicator; no average without a group; \
         rates per 1,000.",
        "Basis: population: residents.",
        "Basis that differs by indicator: the year of the population.",
    ] {
        assert!(notes.iter().any(|note| note == expected), "{expected}\n{notes:#?}");
    }
    let told = |notes: &[Note]| notes.iter().map(ToString::to_string).collect::<Vec<_>>();
    let (funnels, smoothed) = (panel.funnel(average, Dispersion::Additive), panel.smooth(Per::THOUSAND));
    let (funnels, smoothed) = (told(funnels.notes()), told(smoothed.notes()));
    assert_eq!(funnels[..3], notes[..3]);
    assert_eq!(smoothed[..3], notes[..3]);
    assert_eq!(
        funnels[5..7],
        [
            "z: in standard errors of chance alone, on the sqrt scale.",
            "Dispersion: additive; phi and tau^2 of each indicator, 10 % winsorised at each end."
        ]
    );
    assert_eq!(
        smoothed[4],
        "Smoothed by Marshall's moments towards the pooled rate of each indicator; rates per 1,000."
    );
    let error = panel.exclude("C", "tried").unwrap_err();
    assert_eq!(error.to_string(), "C: the area cannot be excluded: it is given another denominator already");
    let other = Table::from_rows([("A", 1, 10), ("B", 1, 10), ("C", 1, 10), ("D", 1, 10)]).unwrap();
    let other = other.with_denominator("C", 9, "another").unwrap();
    let error = Panel::from_tables([("x", &first), ("y", &other)]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "B: indicator y: the area cannot be in a panel with the first indicator: the policies differ: treat the area alike in all tables"
    );
}
