//! The first page of a room teaches by one program, which compiles as a documentation test and is short.

use std::fs;

const ROOMS: [&str; 7] = ["standard", "league", "funnel", "rank", "panel", "claim", "plot"];
const MOST_LINES: usize = 15;

/// The first program on a page: how its block is opened, and the lines that readers see.
fn program(page: &str) -> (String, Vec<String>) {
    let mut lines = page.lines().filter_map(|line| line.strip_prefix("//!")).map(str::trim);
    let opening = lines.find(|line| line.starts_with("```")).unwrap().to_owned();
    let shown = lines.take_while(|line| *line != "```").filter(|line| !line.starts_with("# "));
    (opening, shown.map(Into::into).collect())
}

#[test]
fn each_page_has_a_short_program_that_is_tested() {
    for room in ROOMS {
        let page = fs::read_to_string(format!("{}/src/{room}/mod.rs", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let (opening, shown) = program(&page);
        assert_eq!(opening, "```", "{room}: a block with a mark may not be run");
        assert!((3..=MOST_LINES).contains(&shown.len()), "{room}: {} lines", shown.len());
        assert!(shown.iter().any(|line| line.starts_with("assert")), "{room}: nothing is checked");
    }
}
