//! Headlines and descriptions, which are true of the figures.

use super::drawn::elements;
use crate::support::{knife::knife, recorded::recorded};
use crimerate::{
    Average, Basis, Order, Per, Table, forces,
    funnel::Dispersion,
    interval::WithinDispersion,
    league::{BandSpec, PublishedRates},
    rank::{CountModel, Family},
    smoothing::Estimator,
    time::{ChartKind, Series, TrendLimits},
};

#[test]
fn headlines_count_the_areas() {
    let league = knife().compare(Average::POOLED);
    let per = Per::HUNDRED_THOUSAND;
    assert_eq!(
        league.per(per).plot().headline(),
        "Seven of 37 forces lie above the average of 83.6 per 100,000, six with their whole interval"
    );
    let bands = league.per(per).with_bands(BandSpec::new(1.0).unwrap()).plot();
    assert_eq!(bands.headline(), "Five of 37 forces lie above the band from 34.6 to 93.7 per 100,000, two below");
    let funnel = |kind| league.funnel(kind).per(per).plot().headline();
    assert_eq!(
        funnel(Dispersion::None),
        "34 of 37 forces lie outside the 95 % limits (six above, 28 below); by chance alone at most about two would"
    );
    assert_eq!(
        funnel(Dispersion::Additive),
        "Two of 37 forces lie outside the 95 % limits (one above, one below); no more than chance and this dispersion may put there"
    );
    let sets = |family| league.rank_sets(family).unwrap().per(per).plot().headline();
    assert_eq!(sets(Family::Simultaneous), "At 95 %, only Metropolitan Police can have the highest rate of 37 forces");
    assert_eq!(
        sets(Family::Marginal),
        "One of 37 forces has a 95 % set of ranks, each by itself, that includes the first"
    );
    let map = recorded().compare(Average::POOLED).per(Per::THOUSAND).tile_map().unwrap();
    assert_eq!(
        map.headline(),
        "16 of 43 forces lie above the average of 81.6 per 1,000, 15 with their whole interval; the highest rate is 674.7 (City of London), the lowest 47.4 (North Yorkshire)"
    );
}

#[test]
fn other_averages_have_their_names() {
    let headline = |average: Average| knife().compare(average).per(Per::HUNDRED_THOUSAND).plot().headline();
    assert_eq!(
        headline(Average::MEAN),
        "16 of 37 forces lie above the mean rate of 64.2 per 100,000, twelve with their whole interval"
    );
    let fixed = Average::fixed(100.0, Per::HUNDRED_THOUSAND).unwrap();
    assert_eq!(
        headline(fixed),
        "Four of 37 forces lie above the given rate of 100.0 per 100,000, two with their whole interval"
    );
    assert_eq!(
        headline(Average::POOLED.without_self()),
        "Seven of 37 forces lie above the average of all others; the highest rate is 178.6 (Metropolitan Police) per 100,000"
    );
    let table = knife().with_groups(forces::regions()).unwrap();
    let group = table.group("region").unwrap();
    let report = table.compare(Average::POOLED.over(group)).per(Per::HUNDRED_THOUSAND);
    let above =
        report.rows().filter(|row| row.rate.zip(row.average).is_some_and(|(rate, average)| rate > average)).count();
    assert!(above > 12);
    let own = "the average of their own region; the highest rate is 178.6 (Metropolitan Police) per 100,000";
    assert_eq!(report.plot().headline(), format!("{above} of 37 forces lie above {own}"));
}

#[test]
fn nothing_is_said_that_the_figures_do_not_hold() {
    let headline = |rows: &[(&str, u64, u64)]| {
        Table::from_rows(rows.iter().copied()).unwrap().compare(Average::POOLED).per(Per::THOUSAND).plot().headline()
    };
    assert_eq!(headline(&[("A", 3, 1_000), ("B", 6, 2_000)]), "Both areas have the average of 3.00 per 1,000");
    assert_eq!(headline(&[("A", 3, 1_000)]), "The rate of A is 3.00 per 1,000");
    assert_eq!(headline(&[("A", 0, 1_000), ("B", 0, 10)]), "Both areas have the average of 0.0 per 1,000");
    let none = Table::from_rows([("A", 3, 1_000)]).unwrap().exclude("A", "test").unwrap().compare(Average::POOLED);
    assert_eq!(none.per(Per::THOUSAND).plot().headline(), "No area has a rate to show");
    let nothing = Table::from_rows([("A", 0, 1_000), ("B", 0, 10)]).unwrap().compare(Average::POOLED);
    let plot = nothing.funnel(Dispersion::None).per(Per::THOUSAND).plot();
    assert_eq!(plot.headline(), "No area has an expected count, so there is nothing to draw");
    let sets = |rows: [(&str, u64, u64); 3]| {
        Table::from_rows(rows)
            .unwrap()
            .compare(Average::POOLED)
            .rank_sets(Family::Simultaneous)
            .unwrap()
            .per(Per::THOUSAND)
            .plot()
            .headline()
    };
    assert_eq!(
        sets([("A", 30, 900), ("B", 31, 900), ("C", 1, 900)]),
        "At 95 %, two of 3 areas may have the highest rate"
    );
}

#[test]
fn changes_count_what_is_certain() {
    let before = Table::from_rows([("A", 200, 500_000), ("B", 310, 400_000), ("C", 5, 100_000)]).unwrap();
    let after = Table::from_rows([("A", 290, 510_000), ("B", 315, 401_000), ("C", 4, 100_000)]).unwrap();
    let report = before.change_to(&after).unwrap().per(Per::HUNDRED_THOUSAND).with_order(Order::Lowest);
    let headline =
        "The rate rose in two of 3 areas and fell in one; one change is more than chance alone makes (95 %, Holm)";
    assert_eq!(report.plot().headline(), headline);
    let wider = report.clone().with_dispersion(WithinDispersion::new(2.0).unwrap()).plot();
    let headline = "The rate rose in two of 3 areas and fell in one; one change is more than the variation within areas makes (95 %, Holm)";
    assert_eq!(wider.headline(), headline);
    let texts: Vec<String> = elements(&report.plot().to_svg()).into_iter().map(|it| it.text).collect();
    let told = texts.join(" ");
    assert!(told.contains("Chance is that of Poisson counts; at 3 times its variation none is more."), "{told}");
    assert!(told.contains("40.0 \u{2192} 56.9  +42.2 %"), "{told}");
    let same = before.change_to(&before).unwrap().per(Per::THOUSAND).plot().headline();
    assert_eq!(same, "The rate changed in none of 3 areas; no change is more than chance alone makes (95 %, Holm)");
}

/// Who may be first by Poisson counts alone is said plainly only where as many may at three times their variation.
#[test]
fn who_is_first_rests_on_what_a_verdict_has_to_bear() {
    let sets = |rows: [(&str, u64, u64); 3]| {
        let league = Table::from_rows(rows).unwrap().compare(Average::POOLED);
        let plot = league.rank_sets(Family::Simultaneous).unwrap().per(Per::THOUSAND).plot();
        (plot.headline(), elements(&plot.to_svg())[2].text.clone())
    };
    // One-sided by square roots: 2 (sqrt 130 - sqrt 80) / sqrt 2 = 3.48 standard errors, at three times the variation 2.01, as p = 0.022 not
    // below 0.05 / 4, which Holm asks of the third of 6.
    let (headline, told) = sets([("A", 130, 9_000), ("B", 80, 9_000), ("C", 20, 9_000)]);
    assert_eq!(headline, "At 95 % by chance alone, only A can have the highest rate of 3 areas");
    assert!(told.ends_with("The sets are by chance alone: at 3 times its variation two may be first."), "{told}");
    let (headline, told) = sets([("A", 240, 9_000), ("B", 80, 9_000), ("C", 20, 9_000)]);
    assert_eq!(headline, "At 95 %, only A can have the highest rate of 3 areas");
    assert!(told.ends_with("Who may be first is the same up to 3 times the variation of chance."), "{told}");
    assert_eq!(
        sets([("A", 5, 900), ("B", 4, 900), ("C", 6, 900)]).0,
        "At 95 %, any of the 3 areas may have the highest rate"
    );
}

/// The number outside is no more than chance puts there, and one of them is far out all the same.
#[test]
fn who_is_farther_out_than_chance_puts_any_is_named() {
    let report = recorded().compare(Average::POOLED).funnel(Dispersion::Additive).per(Per::HUNDRED_THOUSAND);
    assert_eq!(
        report.plot().headline(),
        "Two of 43 forces lie outside the 95 % limits (one above, one below); City of London farther than chance puts any of 43"
    );
}

/// However narrow, a picture keeps its basis and one's own notes.
#[test]
fn the_basis_is_never_cut_off() {
    let basis = Basis::new().with_count("knife offences").with_population("residents, mid-2018");
    let funnel =
        knife().with_basis(basis).compare(Average::POOLED).funnel(Dispersion::Additive).per(Per::HUNDRED_THOUSAND);
    for width in [360, 480, 800] {
        let svg = funnel.plot().with_width(width).with_note("A note of one\u{2019}s own.").to_svg();
        let texts: Vec<String> = elements(&svg).into_iter().map(|it| it.text.replace('\u{a0}', " ")).collect();
        let all = texts.join(" ");
        assert!(
            all.contains("Basis: ")
                && all.contains("residents, mid-2018")
                && all.contains("A note of one\u{2019}s own.")
        );
        assert!(width > 360 || all.contains("More notes stand in the report."));
    }
}

/// Signals and not periods are counted, as those of chance are; who has most of them is named.
#[test]
fn who_has_most_signals_is_named() {
    let count = |area: u64, at: u64| if area == 3 && at > 17 { 90 } else { 40 + (at * 7 + area) % 5 };
    let rows = (0..5).flat_map(|area| {
        (0..24).map(move |at| {
            let month = format!("{}-{:02}", 2020 + at / 12, 1 + at % 12);
            (format!("Area {area}"), month, count(area, at), 1_850_000_u64)
        })
    });
    let report = Series::from_rows(rows).unwrap().per(Per::HUNDRED_THOUSAND).with_chart(ChartKind::U);
    let signals: usize =
        report.series().iter().map(|area| area.chart(ChartKind::U, None).unwrap().signals().count()).sum();
    let headline = report.plot().headline();
    assert!(headline.contains(&format!("{signals} signals in all, where chance alone makes")), "{headline}");
    assert!(headline.contains("; Area 3 has "), "{headline}");
}

/// A month of robberies: 36 in a row signal at times by chance, and the headline says how often.
#[test]
fn signals_stand_beside_those_of_chance() {
    let rows = (0..36).map(|at| {
        ("Kent", format!("{}-{:02}", 2020 + at / 12, 1 + at % 12), if at == 30 { 90 } else { 40 + at % 5 }, 1_850_000)
    });
    let report = Series::from_rows(rows).unwrap().per(Per::HUNDRED_THOUSAND).with_chart(ChartKind::U);
    assert_eq!(
        report.plot().headline(),
        "Kent: two signals in one of 36 periods on its control chart, where chance alone makes fewer than one"
    );
}

/// Certain is what stays so with Student's distribution: of three periods the quasi limits alone are too short.
#[test]
fn trends_are_certain_by_student_too() {
    let rows = |counts: &[(&str, [u64; 3])]| {
        let rows = counts.iter().flat_map(|(area, counts)| {
            (2018..).zip(counts).map(move |(year, count)| (area.to_string(), year.to_string(), *count, 800_000_u64))
        });
        Series::from_rows(rows.collect::<Vec<_>>()).unwrap().trends()
    };
    let trends = rows(&[("A", [500, 800, 1_000]), ("B", [900, 890, 905]), ("C", [90, 85, 80])]);
    assert!(trends.clone().with_limits(TrendLimits::Quasi).area("A").unwrap().p_holm.unwrap() < 0.001);
    let plot = trends.plot();
    assert_eq!(plot.headline(), "The rate rose in two of 3 areas and fell in one; no trend is certain (95 %, Holm)");
    let poisson = trends.with_limits(TrendLimits::Poisson).plot().headline();
    assert!(poisson.ends_with("; one trend is more than chance alone makes (95 %, Holm)"), "{poisson}");
    let all = elements(&plot.to_svg());
    assert!(all.iter().any(|it| it.text.starts_with("all areas without a gap together: 1.")));
    let one = rows(&[("A", [500, 800, 1_000])]).plot().headline();
    assert_eq!(one, "The rate rose in the only area; no trend is certain (95 %, Holm)");
    assert_eq!(rows(&[("A", [0, 0, 0])]).plot().headline(), "No area has a trend to show");
}

#[test]
fn values_say_what_they_are() {
    let rates = [("Kent", "39.50"), ("Durham", "26"), ("Dorset", "35.3")];
    let published = PublishedRates::from_rows(rates, Per::HUNDRED_THOUSAND).unwrap().compare(Average::MEAN);
    let plot = published.plot();
    assert_eq!(plot.headline(), "Two of 3 forces lie above the mean rate of 33.6 per 100,000");
    let svg = elements(&plot.to_svg());
    // As they were printed.
    assert!(["39.50", "26", "35.3"].iter().all(|printed| svg.iter().any(|it| it.text == *printed)));
    assert_eq!(
        published.tile_map().unwrap().headline(),
        "Two of 3 forces lie above the mean rate of 33.6 per 100,000; the highest rate is 39.50 (Kent), the lowest 26 (Durham)"
    );
    let smoothed = knife().compare(Average::POOLED).smooth(Estimator::GammaPoisson).per(Per::HUNDRED_THOUSAND);
    let told = elements(&smoothed.plot().to_svg())[2].text.clone();
    assert!(
        told.contains("Highest: Metropolitan Police with 178.5 (95 % limits 175.7 to 181.3), own rate 178.6"),
        "{told}"
    );
    let values = smoothed.values().unwrap().compare(Average::MEAN);
    assert!(
        values.plot().headline().contains(" of 37 forces lie above the mean rate of "),
        "{}",
        values.plot().headline()
    );
}

#[test]
fn descriptions_name_the_ends() {
    let svg = knife().compare(Average::POOLED).per(Per::HUNDRED_THOUSAND).plot().with_title("Knives").to_svg();
    let all = elements(&svg);
    assert_eq!(all[1].text, "Knives");
    assert_eq!(
        all[2].text,
        "Seven of 37 forces lie above the average of 83.6 per 100,000, six with their whole interval. Highest: Metropolitan Police with 178.6 (95 % interval 175.9 to \
         181.4); lowest: Durham with 26.0 (95 % interval 22.2 to 30.3). The whole of the 95 % interval lies above the average for six, \
         below it for 28: each area by itself, for chance alone."
    );
}

#[test]
fn areas_to_pick_out_that_are_not_there_are_told() {
    let svg = knife()
        .compare(Average::POOLED)
        .per(Per::HUNDRED_THOUSAND)
        .plot()
        .with_highlighted(["Kent", "Atlantis"])
        .to_svg();
    let all = elements(&svg);
    assert!(all.iter().any(|it| it.text == "To be picked out, but not shown: Atlantis."));
    assert!(all.iter().any(|it| it.text == "Kent" && it.get("font-weight") == Some("bold")));
}

#[test]
fn chances_are_those_of_the_report() {
    let league = knife().compare(Average::POOLED);
    let report = league.rank_sets(Family::Simultaneous).unwrap().per(Per::HUNDRED_THOUSAND);
    assert!(report.plot_area("Kent").unwrap_err().to_string().contains("no probabilities of ranks"));
    let report = report.with_probabilities(CountModel::Poisson);
    assert!(report.plot_area("Atlantis").is_err());
    let headline = report.plot_area("Durham").unwrap().headline();
    let p = report.area("Durham").unwrap().p_lowest.unwrap();
    assert_eq!(headline, format!("In replicate years, rank 37 of 37 is the likeliest for Durham (p {p:.4})"));
}

#[test]
fn text_pictures_are_as_wide_as_asked() {
    let text = knife().compare(Average::POOLED).per(Per::HUNDRED_THOUSAND).plot().to_text(100);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        (lines[0], lines[2].trim(), lines.len()),
        (
            "Seven of 37 forces lie above the average of 83.6 per 100,000, six with their whole interval",
            "│ average 83.6",
            40
        )
    );
    // Each bar has the mark where its name stands.
    let marks: Vec<usize> = lines[2..].iter().map(|line| line.chars().position(|c| c == '│').unwrap()).collect();
    assert_eq!(marks, [marks[0]; 38]);
    assert!(lines[1].contains("per 100,000"), "{}", lines[1]);
    assert_eq!(lines[3].chars().count(), 100);
    assert!(
        lines[3].starts_with("Metropolitan Police 178.6 █") && lines[39].starts_with("Durham               26.0 █")
    );
}
