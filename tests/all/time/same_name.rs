//! Areas of one name, which their codes tell apart.

use crimerate::{
    Confidence, Order, Per, Row,
    rank::OverTime,
    time::{ChartKind, Series, SeriesRow},
};

#[test]
fn rows_have_the_name_and_the_code_and_text_has_both_together() {
    let rows = [("W1", [40, 42, 39, 300]), ("W2", [90, 80, 85, 88])].into_iter().flat_map(|(code, counts)| {
        (2019..)
            .zip(counts)
            .map(move |(year, count)| SeriesRow::of(Row::new("Newport", count, 100_000).code(code), year.to_string()))
    });
    let series = Series::from_rows(rows).unwrap();
    let report = series.per(Per::HUNDRED_THOUSAND).with_chart(ChartKind::U);
    let trends = series.trends();
    let ranks = OverTime::of(&series, Order::Highest, Confidence::P95).unwrap();
    for (csv, text) in
        [(report.csv(), report.to_string()), (trends.csv(), trends.to_string()), (ranks.csv(), ranks.to_string())]
    {
        assert!(csv.lines().skip(1).all(|line| line.starts_with("Newport,W")), "{csv}");
        assert!(text.contains("Newport (W1)") && text.contains("Newport (W2)"), "{text}");
    }
    assert_eq!((ranks.area("W2").unwrap().count(), report.area("W2").unwrap()[0].count), (4, Some(90)));
    assert!(ranks.area("W2").unwrap().all(|row| row.code.as_deref() == Some("W2")));
    // The foot of the picture of one area has the signals of that one.
    let svg = report.plot_area("W2").unwrap().to_svg();
    assert!(svg.contains("Signals: none.") && !svg.contains("Newport (W1)"), "{svg}");
    assert!(report.plot().to_svg().contains("Newport (W1)"));
}
