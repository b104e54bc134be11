//! Structure of pictures of real and of many areas.

use super::drawn::{areas, elements, sound};
use crate::support::{knife::knife, recorded::recorded};
use crimerate::{
    Average, Confidence, Interval, Per, Table,
    funnel::Dispersion,
    league::BandSpec,
    plot::{Plot, Theme},
    rank::{CountModel, Family},
    records::Absent,
    smoothing::Estimator,
    standard::{Offences, ReferenceRates, StandardPopulation, Strata, Unweighted, Weights},
    time::{ChartKind, Series},
};

/// Districts of all sizes; some names are long.
fn districts(number: u64) -> Table {
    let name = |i: u64| {
        format!("{} {i}", ["District", "Kreis", "Vale of the White Horse and Upper Thames", "St"][(i % 4) as usize])
    };
    let rows = (0..number).map(|i| (name(i), (i * 7_919) % (40 + i), 3_000 + (i * 7_919) % 400_000));
    Table::from_rows(rows).unwrap()
}

fn series(areas: u64) -> Series {
    let months = (0..24_u64).map(|month| (format!("{}-{:02}", 2021 + month / 12, month % 12 + 1), month));
    let count = |area: u64, month: u64| if month == 20 { 300 } else { 80 + (month * month * 37 + area * 11) % 40 };
    let rows = months.flat_map(|(label, month)| {
        (0..areas).map(move |area| (format!("Area {area}"), label.clone(), count(area, month), 900_000_u64))
    });
    Series::from_rows(rows).unwrap()
}

/// One picture of each kind.
fn pictures(table: &Table) -> Vec<Plot> {
    let league = table.compare(Average::POOLED);
    let per = Per::HUNDRED_THOUSAND;
    let later = Table::from_rows(
        table.areas().iter().enumerate().map(|(i, area)| (area.name().to_owned(), i as u64 * 31 % 900, 40_000)),
    )
    .unwrap();
    let sets = league.rank_sets(Family::Simultaneous).unwrap().per(per);
    let smoothed = league.smooth(Estimator::GammaPoisson).per(per);
    let values = smoothed.values().unwrap().compare(Average::MEDIAN).with_bands(BandSpec::new(1.0).unwrap());
    let mut plots = vec![
        league.per(per).plot(),
        league.per(per).with_bands(BandSpec::new(1.0).unwrap()).plot(),
        league.funnel(Dispersion::None).per(per).plot(),
        league.funnel(Dispersion::Additive).per(per).plot(),
        league.proportion_funnel(Dispersion::None).unwrap().per(Per::HUNDRED).plot(),
        sets.plot(),
        table.change_to(&later).unwrap().per(per).plot(),
        league.funnel(Dispersion::None).per(per).plot_by_population().unwrap(),
        smoothed.plot(),
        values.plot(),
    ];
    let maps = [
        league.per(per).tile_map(),
        league.per(per).with_bands(BandSpec::new(1.0).unwrap()).tile_map(),
        league.funnel(Dispersion::None).per(per).tile_map(),
        values.tile_map(),
        smoothed.tile_map(),
    ];
    plots.extend(maps.into_iter().flatten());
    plots
}

#[test]
fn every_kind_is_sound_for_few_areas_and_many() {
    let tables = [knife(), recorded(), districts(2), districts(100), districts(333)];
    for table in &tables {
        for plot in pictures(table) {
            for theme in [Theme::Light, Theme::Dark] {
                let plot = plot.clone().with_theme(theme).with_highlighted(["Kent"]);
                let svg = plot.to_svg();
                sound(&svg);
                assert_eq!(svg, plot.to_svg());
            }
        }
    }
    for number in [1, 3, 43] {
        let series = series(number);
        for kind in [ChartKind::U, ChartKind::C] {
            let report = series.per(Per::HUNDRED_THOUSAND).with_chart(kind).with_rolling(12).unwrap();
            assert_eq!(areas(&sound(&report.plot().to_svg())).len() as u64, number);
            assert_eq!(areas(&sound(&report.plot_area("Area 0").unwrap().to_svg())), ["Area 0"]);
        }
        sound(&series.per(Per::HUNDRED_THOUSAND).plot().to_svg());
        let trends = sound(&series.trends().plot().to_svg());
        assert_eq!(areas(&trends).len() as u64, number);
    }
}

#[test]
fn figures_with_limits_are_drawn_in_their_order() {
    let rows = (0..43_u64).map(|i| {
        let limits = Interval::of_count(i * i, Confidence::P95);
        (format!("Place {i}"), (i != 7).then_some((i * i) as f64), (limits.lower(), limits.upper()))
    });
    let plot = Plot::of_limits("counts", rows.chain([("none".into(), Some(f64::NAN), (0.0, 1.0))]));
    let all = sound(&plot.to_svg());
    assert_eq!(areas(&all), (0..43).map(|i| format!("Place {i}")).collect::<Vec<_>>());
    assert_eq!(all.iter().filter(|it| it.area.is_some() && it.name == "circle").count(), 42);
    assert_eq!(plot.headline(), "With their limits, the counts reach from 0 to 1,848.3");
    assert_eq!(Plot::of_limits::<&str>("counts", []).headline(), "There are no counts to show");
    sound(&Plot::of_limits::<&str>("counts", []).to_svg());
}

#[test]
fn every_area_is_drawn_once() {
    for table in [knife(), recorded(), districts(100), districts(333)] {
        let league = table.compare(Average::POOLED);
        let mut names: Vec<String> = league.iter().map(|here| here.area().name().to_owned()).collect();
        names.sort();
        for plot in &pictures(&table)[..6] {
            let mut drawn = areas(&elements(&plot.clone().with_ends(usize::MAX).to_svg()));
            drawn.sort();
            assert_eq!(drawn, names);
        }
    }
    let forces = pictures(&recorded());
    assert_eq!(areas(&elements(&forces[10].to_svg())).len(), 43);
    let missing = elements(&pictures(&knife())[10].to_svg());
    assert_eq!(missing.iter().filter(|it| it.get("stroke-dasharray") == Some("3 3")).count(), 43 - 37);
}

#[test]
fn standardised_rates_and_scores_are_sound() {
    let strata = (0..43_u64).flat_map(|area| {
        let row = move |(place, stratum)| {
            (
                format!("Area {area}"),
                stratum,
                40 + (area * 37 + place * 11) % 90,
                9_000 + 700 * (area * 3 + place * 5) % 9_000,
            )
        };
        [(0_u64, "0-64"), (1, "65+")].map(row)
    });
    let strata = Strata::from_rows(strata).unwrap();
    let direct = strata.direct(&StandardPopulation::pooled(&strata).unwrap()).unwrap().report(Per::THOUSAND);
    let all = sound(&direct.plot().to_svg());
    assert_eq!(areas(&all).len(), 43);
    // A dot and a ring each, and those of the key.
    assert_eq!(all.iter().filter(|it| it.name == "circle" && it.area.is_some()).count(), 2 * 43);
    let average = direct.whole().unwrap().to_string();
    let told = |all: &[super::drawn::Element], text: &str| all.iter().any(|it| it.text.contains(text));
    assert!(told(&all, &format!("standardised alike: {average}")) && told(&all, "whole interval above the average"));
    let reference = ReferenceRates::pooled(&strata).unwrap();
    let indirect = sound(&strata.indirect(&reference).unwrap().report(Per::THOUSAND).plot().to_svg());
    assert!(told(&indirect, "whole interval above the rate of the reference"));
    let rows = (0..43_u64).map(|area| (format!("Area {area}"), "34B", area * 31 % 97, 90_000_u64));
    let scores =
        Offences::from_rows(rows, Absent::Zero).unwrap().scores(&Weights::severity_2020(), Unweighted::Refuse).unwrap();
    let plot = scores.report(Per::THOUSAND).plot();
    assert_eq!(areas(&sound(&plot.to_svg())).len(), 43);
    let average = format!(
        "lie above the average severity score of {:.1} per 1,000",
        scores.together(Per::THOUSAND).unwrap().value()
    );
    assert!(plot.headline().contains(&average), "{} {average}", plot.headline());
}

#[test]
fn of_many_ranks_the_ends_and_those_picked_out_are_drawn() {
    let league = districts(333).compare(Average::POOLED);
    let report = league.rank_sets(Family::Simultaneous).unwrap().per(Per::HUNDRED_THOUSAND);
    let middle = report.top(333).nth(100).unwrap().area;
    let all = sound(&report.plot().with_highlighted([middle.as_str()]).to_svg());
    let expected: Vec<String> = report
        .top(333)
        .enumerate()
        .filter(|(place, row)| *place < 20 || *place >= 313 || row.area == middle)
        .map(|(_, row)| row.area)
        .collect();
    assert_eq!(areas(&all), expected);
    let gaps: Vec<&str> = all.iter().filter(|it| it.text.starts_with('…')).map(|it| it.text.as_str()).collect();
    assert_eq!(gaps, ["… 80 more", "… 212 more"]);
    assert_eq!(report.plot().to_text(80).lines().count(), 3 + 41);
    assert_eq!(areas(&sound(&report.plot().with_ends(3).to_svg())).len(), 6);
}

#[test]
fn who_is_counted_in_a_headline_is_drawn() {
    let mut rows: Vec<(String, u64, u64)> = (0..300).map(|i| (format!("Area {i:03}"), 40 + i % 7, 100_000)).collect();
    rows[150] = ("Hamlet".into(), 3, 900);
    let table = Table::from_rows(
        rows.into_iter()
            .enumerate()
            .map(|(i, (name, count, people))| (name, if i < 25 { 900 + i as u64 } else { count }, people)),
    );
    let report = table.unwrap().compare(Average::POOLED).rank_sets(Family::Simultaneous).unwrap().per(Per::THOUSAND);
    let may: Vec<String> = report.top(300).filter(|row| row.rank_lower == Some(1)).map(|row| row.area).collect();
    let shown = areas(&sound(&report.plot().to_svg()));
    assert!(may.len() > 20 && may.len() < 60, "{}", may.len());
    assert!(may.iter().all(|area| shown.contains(area)), "{may:?} {shown:?}");
    // Who may be both has a mark of its own, and so has the key.
    let few = Table::from_rows([("A", 900, 90_000), ("B", 5, 90_000), ("C", 4, 500)]).unwrap();
    let few = few.compare(Average::POOLED).rank_sets(Family::Simultaneous).unwrap().per(Per::THOUSAND);
    let all = sound(&few.plot().to_svg());
    assert!(all.iter().any(|it| it.text == "may be first") && all.iter().all(|it| it.text != "may be first or last"));
    let both = Table::from_rows([("A", 900, 90_000), ("B", 5, 90_000), ("C", 0, 100)]).unwrap();
    let both = both.compare(Average::POOLED).rank_sets(Family::Simultaneous).unwrap().per(Per::THOUSAND);
    let all = sound(&both.plot().to_svg());
    assert!(all.iter().any(|it| it.text == "may be first or last"));
    let edged = all.iter().filter(|it| it.get("fill") == Some("#bc3908") && it.get("stroke") == Some("#0b66b0"));
    assert_eq!(edged.count(), 2);
}

#[test]
fn a_funnel_begins_at_0() {
    for rows in [
        vec![("A", 600, 100_000)],
        vec![("A", 60_000, 10_000_000), ("B", 61_000, 10_000_000), ("C", 59_000, 10_000_000)],
    ] {
        let report = Table::from_rows(rows)
            .unwrap()
            .compare(Average::POOLED)
            .funnel(Dispersion::None)
            .per(Per::HUNDRED_THOUSAND);
        let all = sound(&report.plot().to_svg());
        let ticks = all.iter().filter(|it| it.get("text-anchor") == Some("end")).map(|it| it.text.as_str());
        assert!(ticks.into_iter().any(|tick| tick == "0"));
    }
}

/// The points of the lines of one look.
fn lines(all: &[super::drawn::Element], stroke: (&str, &str)) -> Vec<Vec<(f64, f64)>> {
    let found = all.iter().filter(|it| it.name == "path" && it.area.is_none() && it.get("stroke-dasharray").is_none());
    let found = found.filter(|it| (it.get("stroke"), it.get("stroke-width")) == (Some(stroke.0), Some(stroke.1)));
    let number = |text: &str| text.parse::<f64>().unwrap();
    let place = |at: &str| at.split_once(' ').map(|(x, y)| (number(x), number(y))).unwrap();
    let found = found.map(|it| it.get("d").unwrap().split(['M', 'L']).skip(1).map(place).collect::<Vec<_>>());
    // That of a key has two points.
    found.filter(|line| line.len() > 2).collect()
}

#[test]
fn areas_outside_a_funnel_are_on_that_side_of_its_lines() {
    let few = |number: u64| {
        Table::from_rows((0..number).map(|i| (format!("Area {i}"), (i * 7_919) % 23, 2_000 + (i * 104_729) % 20_000)))
            .unwrap()
    };
    let mut told = [0; 2];
    let kinds = [Dispersion::None, Dispersion::Additive, Dispersion::Multiplicative];
    for (dispersion, by_population) in kinds.into_iter().flat_map(|kind| [(kind, false), (kind, true)]) {
        let report = few(120).compare(Average::POOLED).funnel(dispersion).per(Per::THOUSAND);
        let plot = if by_population { report.plot_by_population().unwrap() } else { report.plot() };
        let all = elements(&plot.to_svg());
        let limits = lines(&all, ("#6a737d", "1.4"));
        let at = |line: &[(f64, f64)], x: f64| {
            let pair = line.windows(2).find(|pair| pair[0].0 <= x && x <= pair[1].0)?;
            Some(pair[0].1 + (pair[1].1 - pair[0].1) * (x - pair[0].0) / (pair[1].0 - pair[0].0))
        };
        for dot in all.iter().filter(|it| it.name == "circle" && it.area.is_some()) {
            let [x, y] = ["cx", "cy"].map(|name| dot.get(name).unwrap().parse::<f64>().unwrap());
            let ends: Vec<f64> = limits.iter().filter_map(|line| at(line, x)).collect();
            if ends.iter().any(|end| (end - y).abs() < 0.3) {
                continue;
            }
            let (above, below) =
                (ends.iter().filter(|end| **end > y).count(), ends.iter().filter(|end| **end < y).count());
            let within = dot.get("fill") == Some("#6a737d");
            // Of two lines a dot within has one at each side; where only one is in the drawing that is the upper or the lower one.
            let inside = match ends.len() {
                2 => above == 1 && below == 1,
                _ => continue,
            };
            assert_eq!(inside, within, "{dot:?}: {ends:?}");
            told[usize::from(within)] += 1;
        }
    }
    assert!(told[0] > 40 && told[1] > 200, "{told:?}");
}

#[test]
fn a_funnel_by_population_has_areas_where_they_have_their_people() {
    let report = knife().compare(Average::POOLED).funnel(Dispersion::None).per(Per::HUNDRED_THOUSAND);
    let all = sound(&report.plot_by_population().unwrap().to_svg());
    assert!(all.iter().any(|it| it.text == "Population, logarithmic scale"));
    let dots = all.iter().filter(|it| it.name == "circle" && it.area.is_some());
    let dots: Vec<f64> = dots.map(|it| it.get("cx").unwrap().parse().unwrap()).collect();
    let people: Vec<f64> =
        report.rows().filter(|row| row.expected.is_some()).map(|row| row.population.unwrap() as f64).collect();
    assert_eq!(dots.len(), people.len());
    // A logarithmic axis: steps in proportion to those of the logs.
    let ends = |all: &[f64]| (all.iter().copied().fold(f64::MAX, f64::min), all.iter().copied().fold(0.0, f64::max));
    let ((left, right), (least, most)) = (ends(&dots), ends(&people));
    for (x, people) in dots.iter().zip(&people) {
        let expected = left + (right - left) * (people / least).ln() / (most / least).ln();
        assert!((x - expected).abs() < 0.2, "{x} {expected} {people}");
    }
    let own = knife().compare(Average::POOLED.without_self()).funnel(Dispersion::None).per(Per::THOUSAND);
    let told = "the funnel has no one average that every expected count is of: draw it by expected count";
    assert_eq!(own.plot_by_population().unwrap_err().to_string(), told);
}

/// Of hundreds outside those are named that lie farthest outside, and it is told that there are more.
#[test]
fn of_many_areas_outside_a_funnel_some_are_named() {
    let report = districts(333).compare(Average::POOLED).funnel(Dispersion::None).per(Per::HUNDRED_THOUSAND);
    let mut outside: Vec<_> = report.rows().filter(|row| row.beyond.is_some()).collect();
    assert!(outside.len() > 200);
    let all = sound(&report.plot().with_highlighted([outside[0].area.as_str()]).to_svg());
    let told = "Named are those farthest outside, and others with room for it; ";
    let more = all.iter().find_map(|it| it.text.strip_prefix(told)).unwrap().split(' ').next().unwrap();
    assert!(more.parse::<usize>().unwrap() < outside.len() - 40, "{more}");
    let texts: Vec<&str> = all.iter().filter(|it| it.name == "text").map(|it| it.text.as_str()).collect();
    let together = texts.join(" ");
    assert!(together.contains(&outside[0].area));
    outside.sort_by(|a, b| b.z.unwrap().abs().total_cmp(&a.z.unwrap().abs()));
    for row in outside.iter().take(39).filter(|row| row.area.len() <= 30) {
        assert!(together.contains(&row.area), "{}", row.area);
    }
}

#[test]
fn every_area_outside_a_funnel_is_named() {
    for table in [knife(), recorded(), districts(60)] {
        let report = table.compare(Average::POOLED).funnel(Dispersion::None).per(Per::HUNDRED_THOUSAND);
        let all = sound(&report.plot().to_svg());
        let texts: Vec<&str> = all.iter().filter(|it| it.name == "text").map(|it| it.text.as_str()).collect();
        let together = texts.join(" ");
        for row in report.rows().filter(|row| row.beyond.is_some()) {
            // A long name is cut in the drawing.
            let cut = row.area.len() > 30;
            assert!(cut || together.contains(&row.area), "{}", row.area);
        }
    }
}

#[test]
fn bars_of_ranks_reach_no_farther_than_their_sets() {
    let report = knife().compare(Average::POOLED).rank_sets(Family::Simultaneous).unwrap().per(Per::HUNDRED_THOUSAND);
    let all = elements(&report.plot().to_svg());
    let of = |area: usize, name: &str| all.iter().find(|it| it.area == Some(area) && it.name == name).cloned();
    let (first, last) = (of(0, "circle").unwrap(), of(36, "circle").unwrap());
    let x = |element: &super::drawn::Element| element.get("cx").unwrap().parse::<f64>().unwrap();
    let step = (x(&last) - x(&first)) / 36.0;
    for (place, row) in report.top(37).enumerate() {
        let bar = of(place, "path").unwrap();
        let ends: Vec<f64> = bar
            .get("d")
            .unwrap()
            .split(['M', 'L'])
            .skip(1)
            .map(|at| at.split(' ').next().unwrap().parse().unwrap())
            .collect();
        let ranks = ends.iter().map(|end| 1.0 + (end - x(&first)) / step).collect::<Vec<f64>>();
        let (low, high) = (row.rank_lower.unwrap() as f64, row.rank_upper.unwrap() as f64);
        assert!((ranks[0] - low).abs() < 0.02 && (ranks[1] - high).abs() < 0.02, "{}: {ranks:?}", row.area);
    }
}

#[test]
fn a_crowded_axis_is_logarithmic_and_says_so() {
    let all = |table: &Table| {
        elements(&table.compare(Average::POOLED).funnel(Dispersion::None).per(Per::THOUSAND).plot().to_svg())
    };
    let says = |table: &Table| all(table).iter().any(|it| it.text.ends_with("logarithmic scale"));
    assert!(says(&knife()) && !says(&districts(333)));
    let places = all(&knife())
        .iter()
        .filter(|it| it.area.is_some())
        .filter_map(|it| it.get("cx")?.parse().ok())
        .collect::<Vec<f64>>();
    let (least, most) = (places.iter().copied().fold(f64::MAX, f64::min), places.iter().copied().fold(0.0, f64::max));
    assert!(places.iter().filter(|x| **x < least + (most - least) / 3.0).count() < 25);
}

#[test]
fn hostile_names_stay_names() {
    let hostile = [
        "<script>alert('1')</script>",
        "\"A\" & B",
        "D\u{1}\u{ffff}E\u{202e}x",
        "e\u{301} 東京 NaN",
        "]]> --",
        &"long ".repeat(60),
    ];
    let table =
        Table::from_rows(hostile.iter().enumerate().map(|(i, name)| ((*name).to_owned(), 5 + i as u64 * 40, 1_000)))
            .unwrap();
    for plot in pictures(&table) {
        let svg = plot
            .clone()
            .with_title(hostile[0])
            .with_subtitle(hostile[2])
            .with_source(hostile[1])
            .with_highlighted(hostile)
            .to_svg();
        let all = sound(&svg);
        assert!(!svg.contains("<script") && all.iter().any(|it| it.text == hostile[0]));
    }
    let chances = table.compare(Average::POOLED).replicate_ranks(CountModel::Poisson).unwrap().per(Per::THOUSAND);
    sound(&chances.plot().to_svg());
    sound(&chances.plot_area(hostile[1]).unwrap().to_svg());
}

#[test]
fn any_width_and_height_will_do() {
    for plot in pictures(&knife()).iter().take(7) {
        for (wide, high) in [(0, 0), (420, 300), (1_600, 900), (u32::MAX, u32::MAX)] {
            sound(&plot.clone().with_width(wide).with_height(high).to_svg());
        }
    }
    let report = series(3).per(Per::HUNDRED_THOUSAND).with_chart(ChartKind::U).with_rolling(12).unwrap();
    for plot in [report.plot_area("Area 0").unwrap(), report.plot()] {
        for (wide, high) in [(0, 0), (420, 300), (3_000, 200)] {
            sound(&plot.clone().with_width(wide).with_height(high).to_svg());
        }
    }
}

#[test]
fn a_picture_is_saved_whole_or_not_at_all() {
    let folder = std::env::temp_dir().join(format!("crimerate-plots-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let plot = knife().compare(Average::POOLED).per(Per::HUNDRED_THOUSAND).plot();
    plot.save(folder.join("plot.svg")).unwrap();
    assert_eq!(std::fs::read_to_string(folder.join("plot.svg")).unwrap(), plot.to_svg());
    assert!(plot.save(folder.join("nowhere/plot.svg")).is_err() && plot.save(&folder).is_err());
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    std::fs::remove_dir_all(folder).unwrap();
}
