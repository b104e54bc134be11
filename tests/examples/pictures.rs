//! Pictures that examples draw.

use crate::program::{File, SMALL, column, prints, run};

/// The elements of a picture in their order, each with its text; its tags are closed and its text is escaped.
pub(crate) fn elements(svg: &str) -> Vec<(&str, &str)> {
    let (mut found, mut open) = (Vec::new(), Vec::new());
    for part in svg.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap();
        assert!(tag.matches('"').count().is_multiple_of(2), "{tag}");
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
        for entity in text.split('&').skip(1) {
            assert!(["lt;", "gt;", "amp;", "quot;", "apos;"].iter().any(|known| entity.starts_with(known)), "{text}");
        }
        let name = tag.trim_end_matches('/').split(' ').next().unwrap();
        match name.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed)),
            None => {
                assert!(name == "svg" || !open.is_empty(), "{name} is outside the picture");
                found.push((name, text.trim()));
                open.extend(Some(name).filter(|_| !tag.ends_with('/')));
            }
        }
    }
    assert!(open.is_empty() && svg.starts_with("<svg "), "{open:?}");
    found
}

/// Output and picture of an example that draws one.
pub(crate) fn draws(name: &str, arguments: &[&str], input: &str) -> (String, String) {
    static DRAWN: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let place = DRAWN.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let file = std::env::temp_dir().join(format!("crimerate-plot-{}-{place}.svg", std::process::id()));
    let text = prints(name, &[arguments, &["--plot", file.to_str().unwrap()]].concat(), input);
    let svg = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    (text, svg)
}

fn says(svg: &str, text: &str) -> bool {
    // Figures and their units are kept together.
    elements(svg).iter().any(|(name, found)| *name == "text" && found.replace('\u{a0}', " ") == text)
}

/// By `cargo run --example pictures -- docs`.
#[test]
fn pictures_of_the_documents_are_current() {
    let folder = std::env::temp_dir().join(format!("crimerate-pictures-{}", std::process::id()));
    std::fs::create_dir(&folder).unwrap();
    let told = prints("pictures", &[folder.to_str().unwrap()], "");
    let names = |folder: &std::path::Path| {
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        files.filter(|name| name.ends_with(".svg")).collect::<std::collections::BTreeSet<String>>()
    };
    let documents = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/docs"));
    let drawn = names(&folder);
    assert_eq!(drawn, names(documents));
    assert_eq!(told.lines().count(), drawn.len());
    for name in drawn {
        let svg = std::fs::read_to_string(folder.join(&name)).unwrap();
        let shown = std::fs::read_to_string(documents.join(&name)).unwrap();
        assert!(svg == shown, "docs/{name} is not what the program draws");
        let texts: Vec<&str> = elements(&svg).into_iter().map(|(_, text)| text).collect();
        let has_residents = texts.join(" ").contains("population: residents, mid-2018");
        assert!(has_residents != (name == "coverage.svg"), "{name}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

/// The commands that documents name draw the same.
#[test]
fn commands_draw_the_pictures_of_the_documents() {
    let drawn: [(&str, &[&str], &str); 4] = [
        ("compare", &["--bands", "1"], include_str!("../../docs/ranked.svg")),
        ("funnel", &["--dispersion", "additive"], include_str!("../../docs/funnel.svg")),
        ("rank", &[], include_str!("../../docs/rank_sets.svg")),
        ("coverage", &[], include_str!("../../docs/coverage.svg")),
    ];
    for (name, options, shown) in drawn {
        let (text, svg) = draws(name, options, "");
        assert_eq!(text, prints(name, options, ""));
        assert!(svg == shown, "{name}: the picture in docs is not what the program draws");
    }
}

#[test]
fn every_answer_of_a_program_has_a_picture() {
    let strata = "area,stratum,count,population\nCoast,0-64,90,60000\nCoast,65+,20,40000\nInland,0-64,120,90000\nInland,65+,4,10000\n";
    let svg = draws("standardise", &["-"], strata).1;
    assert!(svg.contains("Standardised, both areas have another rank than by crude rates") && says(&svg, "crude rate"));
    let scores = draws("weighted", &["--ends", "5"], "").1;
    assert!(
        says(&scores, "… 32 more")
            && elements(&scores)[1].1.contains(" of 42 forces lie above the average severity score of ")
    );
    let smoothed = draws("smooth", &[], "").1;
    assert!(
        says(&smoothed, "own rate")
            && elements(&smoothed)[1].1.starts_with("Smoothed, Metropolitan Police has the highest rate, 178.")
    );
    let panel = draws("panel", &["--indicator", "Robbery"], "").1;
    assert!(elements(&panel)[1].1.contains(" of 42 forces lie above the average of ") && panel.contains("Robbery"));
    let groups = draws("panel", &["--area", "Kent", "--width", "900"], "").1;
    assert!(elements(&groups)[1].1.starts_with("Kent lies ") && groups.contains("width=\"900\""));
    assert!(draws("panel", &[], "").1.contains("In nine indicators, "));
    let report = draws("west_midlands", &[], "").1;
    assert!(report.contains("font-weight=\"bold\">West Midlands</text>"));
    let claims = draws("claims", &["--highest", "Kent"], "").1;
    assert!(claims.contains("font-weight=\"bold\">Kent</text>"));
    let published =
        draws("compare", &["-", "--rate-column", "rate", "--average", "median"], "area,rate\nA,1.50\nB,2\nC,7\n").1;
    assert!(
        says(&published, "One of 3 areas lies above the median rate of 2.00 per 100,000") && says(&published, "1.50")
    );
    for (name, options) in [("compare", ["--map", "--bands=1"]), ("funnel", ["--map", "--dispersion=additive"])] {
        let map = draws(name, &options, "").1;
        assert!(says(&map, "Met Police") && says(&map, "178.6"), "{name}");
    }
}

#[test]
fn claims_draw_what_they_are_about() {
    let years = "area,year,count,population\nKent,2018,600,1000000\nKent,2019,700,1000000\nKent,2020,850,1000000\n\
                 Essex,2018,500,1000000\nEssex,2019,505,1000000\nEssex,2020,498,1000000\n";
    let series = File::of("years-to-draw", years);
    let one = draws("claims", &["--series", series.path(), "--highest-since", "Kent", "2018"], "").1;
    assert!(says(&one, "2018") && says(&one, "2020") && !says(&one, "Essex"), "{one}");
    let both = ["--series", series.path(), "--highest-since", "Kent", "2018", "--rose-a-year", "Essex", "1"];
    assert!(says(&draws("claims", &both, "").1, "Essex"));
    let rates = draws("claims", &["--series", series.path(), "--highest", "Kent"], "").1;
    assert!(says(&rates, "One of 2 forces lies above the average of 67.4 per 100,000"), "{rates}");
    let before = File::of("before-to-draw", "area,count,population\nKent,600,1000000\nEssex,500,1000000\n");
    let after = "area,count,population\nKent,850,1000000\nEssex,498,1000000\n";
    let changes = draws("claims", &["-", "--before", before.path(), "--rose", "Kent"], after).1;
    assert!(
        says(&changes, "60.0 \u{2192} 85.0  +41.7 %") && changes.contains("font-weight=\"bold\">Kent</text>"),
        "{changes}"
    );
}

#[test]
fn the_first_areas_alone_are_drawn_where_they_are_asked_for() {
    let svg = draws("compare", &["--top", "3"], "").1;
    assert!(
        says(&svg, "… 34 more")
            && svg.contains("lie above the average of 83.6 per 100,000, six with their whole interval")
    );
    let scores = draws("weighted", &["--top", "5"], "").1;
    assert!(says(&scores, "… 37 more"));
}

#[test]
fn trends_and_intervals_have_pictures() {
    let years =
        "area,year,count,population\nKent,2018/19,3843,2553072\nKent,2019/20,4286,2545943\nKent,2020/21,4676,2531500\n";
    let trend = draws("series", &["-", "--trend"], years).1;
    assert!(says(&trend, "no change") && says(&trend, "1.107"));
    let counts = "area,count,population\nKent,12,10000\nEssex,40,20000\n";
    let rates = draws("intervals", &["-"], counts).1;
    assert!(says(&rates, "Rates per 100,000") && says(&rates, "Kent") && says(&rates, "120"));
    let (text, one) = draws("intervals", &["-"], "count\n12\n");
    assert!(text.lines().count() == 8 && says(&one, "byar") && says(&one, "Counts"));
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/recorded_crime_2017_18.csv");
    let funnel = draws("funnel", &[file, "--leave-out-invalid", "--axis", "population"], "").1;
    assert!(says(&funnel, "Population, logarithmic scale"));
}

#[test]
fn what_a_picture_cannot_show_is_refused() {
    let refused = |example: &str, options: &[&str], input: &str| {
        let output = run(example, options, input);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
        String::from_utf8(output.stderr).unwrap()
    };
    assert_eq!(
        refused("compare", &["--plot", "-", "--highlight", "Kant", "--highlight", "Atlantis"], ""),
        "error: --highlight: no area has the name or code \"Kant\"; did you mean \"Kent\"?\n\
         error: --highlight: no area has the name or code \"Atlantis\"\n"
    );
    let none = "area,count,population\nA,3,900\nB,4,1000\n";
    for (example, what) in [("compare", "table"), ("funnel", "table")] {
        assert_eq!(
            refused(example, &["-", "--map", "--plot", "-"], none),
            format!(
                "error: --plot: the {what} has no police force of England and Wales with a figure: a map shows nothing else\n"
            )
        );
    }
    let months = "area,month,count,population\nA,2018-04,5,1000\nA,2018-05,7,1000\n";
    for (example, options, input) in
        [("series", ["-", "--ends=2", "--plot=-"], months), ("funnel", ["-", "--ends=2", "--plot=-"], none)]
    {
        let told = "error: --ends: areas do not stand below each other in this picture, so all are drawn\n";
        assert_eq!(refused(example, &options, input), told);
    }
}

#[test]
fn funnel_draws_what_it_prints() {
    let (_, svg) = draws("funnel", &["--dispersion", "additive"], "");
    let names = column(&prints("funnel", &["--dispersion=additive", "--format=csv"], ""), "area");
    let named: Vec<&String> = names.iter().filter(|name| says(&svg, name)).collect();
    assert_eq!(named, ["Durham", "Metropolitan Police"]);
    for shown in [
        "Two of 37 forces lie outside the 95 % limits (one above, one",
        "below); no more than chance and this dispersion may put there",
        "average 83.6",
        "Rate per 100,000 people",
        "Expected count (average rate times people), logarithmic scale",
        "the same by chance alone",
    ] {
        assert!(says(&svg, shown), "{shown}");
    }
    let by_chance = draws("funnel", &[], "").1;
    assert!(says(&by_chance, "West Midlands") && !says(&by_chance, "the same by chance alone"));
    assert!(says(&draws("funnel", &["--leave-out-self"], "").1, "Count over expected count"));
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/recorded_crime_2017_18.csv");
    let crime = draws("funnel", &[file, "--leave-out-invalid", "--per", "1000"], "").1;
    assert!(says(&crime, "City of London (674.7, beyond the scale)"));
}

#[test]
fn rank_draws_what_it_prints() {
    let (_, svg) = draws("rank", &[], "");
    let csv = prints("rank", &["--format", "csv"], "");
    let mut ranked: Vec<(usize, String)> = column(&csv, "rank")
        .iter()
        .zip(column(&csv, "area"))
        .filter_map(|(rank, area)| Some((rank.parse().ok()?, area)))
        .collect();
    ranked.sort();
    let shown: Vec<&str> = elements(&svg).iter().filter(|(name, _)| *name == "text").map(|(_, text)| *text).collect();
    let drawn: Vec<&str> = shown.into_iter().filter(|text| ranked.iter().any(|(_, area)| area == text)).collect();
    assert_eq!(drawn, ranked.iter().map(|(_, area)| area).collect::<Vec<_>>());
    let others = draws("rank", &["-", "--sets=marginal", "--confidence=0.9", "--order=lowest"], SMALL).1;
    assert!(says(&others, "Rank (1: lowest rate)"));
    let years = draws("rank", &["-", "--method", "distribution"], SMALL).1;
    assert!(says(&years, "Rank") || years.contains("in replicate years"), "{years}");
}

#[test]
fn pictures_have_options_and_may_be_text() {
    let options = ["--theme", "dark", "--highlight", "Kent", "--title", "Knives"];
    let svg = draws("compare", &options, "").1;
    assert!(says(&svg, "Knives") && svg.contains("font-weight=\"bold\">Kent</text>") && svg.contains("#14181d"));
    let text = prints("compare", &["--plot", "-"], "");
    assert!(
        text.starts_with(
            "Seven of 37 forces lie above the average of 83.6 per 100,000, six with their whole interval\n"
        ) && text.contains("│ average 83.6\nMetropolitan Police 178.6 █")
    );
    assert_eq!(text.lines().count(), 41);
}

#[test]
fn pictures_hold_any_name() {
    let input = "area,count,population\n\"<A> & 'B' \"\"C\"\"\",900,1000\nD\u{1}\u{ffff}E,4,1000\nF,1,900\n";
    for example in ["compare", "funnel", "rank"] {
        let svg = draws(example, &["-"], input).1;
        assert!(svg.contains("&lt;A&gt; &amp; &apos;B&apos; &quot;C&quot;"), "{svg}");
        assert!(!svg.contains('\u{ffff}'));
    }
}

#[test]
fn pictures_are_refused_in_one_line_and_never_half_written() {
    let folder = std::env::temp_dir().join(format!("crimerate-no-plot-{}", std::process::id()));
    std::fs::create_dir(&folder).unwrap();
    let inside = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (nowhere, taken) = (inside("nowhere/plot.svg"), inside("folder.svg"));
    std::fs::create_dir(&taken).unwrap();
    let ending = "pictures are SVG, so the name of one ends in .svg";
    for example in ["compare", "funnel", "rank"] {
        for name in ["plot.png", "plot", ".svg"] {
            let file = inside(name);
            let output = run(example, &["--plot", &file], "");
            assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
            let expected = format!("error: invalid value '{file}' for '--plot <FILE.svg>': {ending}\n");
            assert_eq!(String::from_utf8(output.stderr).unwrap(), expected);
        }
        for place in [&nowhere, &taken] {
            let output = run(example, &["--plot", place], "");
            assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
            let error = String::from_utf8(output.stderr).unwrap();
            assert!(error.starts_with(&format!("error: {place}: ")) && error.lines().count() == 1, "{error}");
        }
        let output = run(example, &["-", "--plot", &inside("plot.svg")], "area,count,population\nA,many,1\n");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    }
    // Both are empty still, or else they could not be removed.
    std::fs::remove_dir(&taken).unwrap();
    std::fs::remove_dir(&folder).unwrap();
}

#[test]
fn pictures_of_intervals_say_method_and_level() {
    let (_, svg) = draws("intervals", &["-"], "count,confidence\n12,0.95\n40,0.95\n");
    assert!(says(&svg, "Counts with their 95 % limits: exact"));
    assert!(says(&svg, "Limits allow for chance alone unless their method says otherwise."));
    // A count that goes by itself stands there once.
    assert_eq!(elements(&svg).iter().filter(|(name, text)| *name == "text" && *text == "12").count(), 1);
    let (_, svg) = draws("intervals", &["-"], "count\n12\n");
    assert!(says(&svg, "95 % limits by each method of the count 12"));
    let (_, svg) = draws("weighted", &[], "");
    assert!(elements(&svg).iter().any(|(_, text)| text.contains("Not checked: the scores")));
}

#[test]
fn ranks_of_one_area_and_of_all_periods_are_drawn() {
    let (_, svg) = draws("rank", &["--area", "Kent"], "");
    assert!(
        elements(&svg)
            .iter()
            .any(|(name, text)| *name == "title" && text.starts_with("In 95 of 100 replicate years, "))
    );
    let error = run("rank", &["--plot", "-", "--area", "Atlantis"], "");
    assert!(String::from_utf8(error.stderr).unwrap().starts_with("error: --plot: no area has the name or code"));
    let file =
        "area,period,count,population\nA,2019,900,100000\nA,2020,300,100000\nB,2019,500,100000\nB,2020,510,100000\n";
    let (text, svg) = draws("series", &["-", "--ranks", "--dispersion", "2"], file);
    assert!(
        text.contains("Moved for certain, as sets do not overlap: A down in 2020 since 2019; B up in 2020 since 2019."),
        "{text}"
    );
    assert!(
        elements(&svg)
            .iter()
            .any(|(name, text)| *name == "title" && text.starts_with("Both areas moved in rank for certain"))
    );
    let csv = prints("series", &["-", "--ranks", "--order", "lowest", "--format", "csv"], file);
    assert_eq!(column(&csv, "rank"), ["2", "1", "1", "2"]);
}
