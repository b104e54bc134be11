//! Rows that have the name of a total.

use crimerate::{Average, Per, Table};

#[test]
fn a_total_by_its_name_is_told_where_its_figures_do_not_show_it() {
    let report = |rows: &[(&str, u64, u64)]| {
        Table::from_rows(rows.iter().copied()).unwrap().compare(Average::POOLED).per(Per::THOUSAND).to_string()
    };
    let off = report(&[("A", 10, 1_000), ("B", 20, 2_000), ("C", 33, 900), ("Force total", 70, 3_900)]);
    assert!(off.contains("Compared as areas, and by their names perhaps totals: Force total."), "{off}");
    let nation = report(&[("Kent", 10, 1_000), ("Essex", 20, 2_000), ("England and Wales", 900, 50_000)]);
    assert!(nation.contains("by their names perhaps totals: England and Wales."), "{nation}");
    let none = report(&[("Kent", 10, 1_000), ("Totland", 20, 2_000), ("Wales", 3, 40)]);
    assert!(!none.contains("by their names"), "{none}");
    for (name, is_total) in
        [("England", true), ("UK", true), ("US", true), ("Deutschland", true), ("Englefield", false)]
    {
        let text = report(&[("Kent", 10, 1_000), ("Essex", 20, 2_000), (name, 900, 50_000)]);
        assert_eq!(text.contains("by their names"), is_total, "{text}");
    }
    let nations = report(&[("England", 10, 1_000), ("Scotland", 20, 2_000), ("Wales", 3, 40)]);
    assert!(!nations.contains("by their names"), "{nations}");
    let alone = report(&[("England and Wales", 900, 50_000)]);
    assert!(!alone.contains("by their names"), "{alone}");
    let shown = report(&[("A", 10, 1_000), ("B", 20, 2_000), ("C", 33, 900), ("Total", 63, 3_900)]);
    assert_eq!(shown.matches("Total").count(), 2, "once in its row and once in the note of sums\n{shown}");
}
