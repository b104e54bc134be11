//! Documents show what programs print.

use crate::pictures::{draws, elements};
use crate::program::prints;
use crate::readme::{README, blocks, blocks_of};
use std::path::Path;

/// What a study prints, which also draws a picture of its figures against what was promised.
fn draws_a_study(name: &str) -> String {
    let (printed, svg) = draws(name, &[], "");
    let text: Vec<&str> = elements(&svg).into_iter().map(|(_, text)| text).collect();
    assert!(text.iter().any(|text| text.starts_with("promised")), "{name}: {text:?}");
    assert!(text.iter().any(|text| text.contains("(promised)")), "{name}: {text:?}");
    printed
}

#[test]
fn coverage_prints_the_table_of_the_documentation() {
    let table = draws_a_study("coverage");
    assert!(
        include_str!("../../docs/methods/interval.md").contains(&table),
        "docs/methods/interval.md shows another table than\n{table}"
    );
}

/// Quasi limits by Student's distribution keep their level, by three standard errors of the simulation.
#[test]
fn trend_coverage_prints_how_much_seasons_vary_as_the_documentation() {
    let table = prints("trend_coverage", &["--variation"], "");
    assert!(
        include_str!("../../docs/methods/time.md").contains(table.trim_end()),
        "docs/methods/time.md shows another table than\n{table}"
    );
    // Of 4,000 changes, and of those that nobody made, by phi_w as it is estimated.
    let rows: Vec<Vec<&str>> = table.lines().skip(4).map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(rows.len(), 40);
    for row in rows {
        assert!(row.last().unwrap().parse::<f64>().unwrap() <= 6.1, "{row:?}");
    }
}

#[test]
fn trend_coverage_prints_the_table_of_the_documentation() {
    let table = draws_a_study("trend_coverage");
    assert!(
        include_str!("../../docs/methods/time.md").contains(&table),
        "docs/methods/time.md shows another table than\n{table}"
    );
    let of_one = table.lines().skip(3).take_while(|line| !line.is_empty());
    for line in of_one {
        let cells: Vec<&str> = line.split_whitespace().collect();
        assert!(cells[5].parse::<f64>().unwrap() <= 6.1, "{line}");
    }
    // Of 400 tables.
    for line in table.lines().skip_while(|line| !line.starts_with("Any trend")).skip(3) {
        let cells: Vec<f64> = line.split_whitespace().map(|cell| cell.parse().unwrap()).collect();
        assert!(cells[3] <= 8.3 && cells[4] <= 8.3, "{line}");
    }
}

/// With phi_w allowed for, intervals hold no change and areas are said to have changed no more often than told, by three standard errors of the
/// simulation.
#[test]
fn change_coverage_prints_the_tables_of_the_documentation() {
    let tables = draws_a_study("change_coverage");
    assert!(
        include_str!("../../docs/methods/time.md").contains(&tables),
        "docs/methods/time.md shows other tables than\n{tables}"
    );
    for line in tables.lines().filter(|line| line.split_whitespace().count() == 10).skip(1) {
        let cells: Vec<f64> = line.split_whitespace().map(|cell| cell.parse().unwrap()).collect();
        assert!([4, 7].iter().all(|at| cells[*at] >= 94.3), "{line}");
        assert!([5, 6, 8, 9].iter().all(|at| cells[*at] <= 8.3), "{line}");
    }
}

#[test]
fn calibration_prints_the_tables_of_the_documentation() {
    let tables = draws_a_study("calibration");
    assert!(
        include_str!("../../docs/methods/funnel.md").contains(&tables),
        "docs/methods/funnel.md shows other tables than\n{tables}"
    );
}

#[test]
fn documents_print_what_their_programs_print() {
    let source = include_str!("../../examples/quickstart.rs");
    let (_, program) = source.split_once("\n\n").unwrap();
    assert!(blocks().contains(&program), "the README's program is not examples/quickstart.rs");
    let library = include_str!("../../src/lib.rs").replace("//! ", "").replace("//!", "");
    assert!(library.contains(program), "the first page of the documentation is not examples/quickstart.rs");
    let printed = prints("quickstart", &[], "");
    assert!(blocks().contains(&printed.as_str()), "the README does not show what quickstart prints:\n{printed}");
    let table = prints("compare", &[], "");
    let start = blocks().into_iter().find(|block| block.starts_with("Rank")).unwrap();
    let (shown, rest) = start.split_once("[...]\n").unwrap();
    assert!(table.starts_with(shown), "the README shows another table than\n{table}");
    assert!(table.ends_with(rest), "the README shows other notes than\n{table}");
    let funnel = prints("funnel", &["--dispersion", "additive"], "");
    let shown = blocks_of(include_str!("../../docs/methods/funnel.md"));
    let shown = shown.into_iter().find(|block| block.trim_start().starts_with("Position")).unwrap();
    for part in shown.split("[...]\n") {
        assert!(funnel.contains(part), "docs/methods/funnel.md shows another funnel than\n{funnel}");
    }
    let claims = prints("claims", &[], "");
    for document in [README, include_str!("../../docs/methods/claim.md")] {
        let shown = blocks_of(document).into_iter().find(|block| block.starts_with("A news report")).unwrap();
        for part in shown.split("[...]\n") {
            assert!(claims.contains(part), "a document shows other claims than\n{claims}");
        }
    }
}

/// The documents, by their paths in the package.
fn documents() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let texts = ["", "docs", "docs/methods", "examples/data"].map(|folder| {
        let files = std::fs::read_dir(root.join(folder)).unwrap().map(|file| file.unwrap().path());
        files.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect::<Vec<_>>()
    });
    let read = |path: &std::path::PathBuf| {
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        (name, std::fs::read_to_string(path).unwrap())
    };
    texts.concat().iter().map(read).collect()
}

/// Whether the package holds this file, by the folders that the manifest includes.
fn packaged(path: &str) -> bool {
    let manifest = include_str!("../../Cargo.toml");
    let (_, include) = manifest.split_once("\ninclude = [").unwrap();
    let (include, _) = include.split_once(']').unwrap();
    let mut folders = include.split('"').skip(1).step_by(2).filter(|rule| !rule.starts_with('!'));
    folders.any(|rule| match rule.strip_suffix("**") {
        Some(folder) => format!("/{path}").starts_with(folder),
        None => format!("/{path}") == rule,
    })
}

#[test]
fn links_of_documents_lead_to_files_of_the_package() {
    let mut links = 0;
    for (name, text) in documents() {
        let folder = Path::new(&name).parent().unwrap().to_str().unwrap();
        for target in text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            if target.starts_with("https://") {
                continue;
            }
            let file = if folder.is_empty() { target.to_owned() } else { format!("{folder}/{target}") };
            assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file).is_file(), "{name} links to {target}");
            assert!(packaged(&file), "{name} links to {target}, which is not in the package");
            links += 1;
        }
    }
    assert!(links > 5);
}

#[test]
fn sources_and_tests_that_documents_name_exist() {
    let mut found = 0;
    for (name, text) in documents().into_iter().filter(|(name, _)| name != "CHANGELOG.md") {
        for word in text.split('`').skip(1).step_by(2) {
            let is_path = ["src/", "tests/", "docs/", "tools/", "examples/", "benches/"]
                .iter()
                .any(|root| word.starts_with(root));
            if is_path && !word.contains(' ') {
                assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(word).exists(), "{name} names {word}");
                found += 1;
            }
        }
    }
    assert!(found > 20);
}

/// Exact sets are not below their level by more than three standard errors, where chance alone is at work.
#[test]
fn rank_coverage_prints_the_study_of_the_documentation() {
    let study = draws_a_study("rank_coverage");
    assert!(include_str!("../../docs/ranks.md").contains(&study), "docs/ranks.md shows another study than\n{study}");
    let exact = study.lines().filter(|line| line.starts_with("exact")).take(3);
    let figures: Vec<Vec<f64>> =
        exact.map(|line| line.split_whitespace().skip(1).map(|cell| cell.parse().unwrap()).collect()).collect();
    assert_eq!(figures.len(), 3);
    for line in figures {
        assert!(line[0] >= 94.1 && line[4] >= 94.1, "{line:?}");
    }
}
