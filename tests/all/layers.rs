//! The one line of law: rooms import from rooms to their left only, and files of a room stand in no circle.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The rooms in steps: a room imports from those of earlier steps only.
const STEPS: [&[&str]; 10] = [
    &["base", "special"],
    &["rate", "records"],
    &["interval"],
    &["average"],
    &["table"],
    &["standard", "forces"],
    &["league", "time"],
    &["rank", "funnel", "smoothing"],
    &["panel", "claim"],
    &["read", "plot"],
];

/// What is imported by each file: paths such as `crate::base::Error` or `super::table::Table`.
struct Source {
    /// The path below `src`, without its ending, such as `rank/replicate/exact`.
    file: String,
    imports: Vec<Vec<String>>,
    text: String,
}

impl Source {
    fn room(&self) -> &str {
        self.file.split('/').next().unwrap()
    }
}

fn sources() -> Vec<Source> {
    fn gather(folder: &Path, to: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                gather(&path, to);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                to.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    gather(&root, &mut paths);
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let file = path.strip_prefix(&root).unwrap().with_extension("");
            let file = file.components().map(|part| part.as_os_str().to_str().unwrap()).collect::<Vec<_>>().join("/");
            let text = fs::read_to_string(path).unwrap().replace("\r\n", "\n");
            let text = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
            Source { imports: imports(&text), file, text }
        })
        .collect()
}

/// The paths of all `use` lines outside unit tests.
fn imports(text: &str) -> Vec<Vec<String>> {
    let code = text.split("\nmod tests {").next().unwrap();
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find("use ") {
        let starts = rest[..at].rsplit('\n').next().unwrap();
        rest = &rest[at + 4..];
        let visible = starts.trim_start();
        if visible.is_empty() || (visible.starts_with("pub") && !visible.contains("//")) {
            let end = rest.find(';').unwrap();
            unfold(&rest[..end], &[], &mut found);
        }
    }
    found
}

fn unfold(tree: &str, above: &[String], to: &mut Vec<Vec<String>>) {
    let tree = tree.trim();
    let (path, branches) = match tree.split_once('{') {
        Some((path, branches)) => (path.trim().trim_end_matches("::"), Some(branches.strip_suffix('}').unwrap())),
        None => (tree, None),
    };
    let path = path.split("::").map(str::trim).filter(|part| !part.is_empty() && *part != "self");
    let path: Vec<String> = above.iter().cloned().chain(path.map(str::to_owned)).collect();
    let Some(branches) = branches else { return to.push(path) };
    let (mut depth, mut start) = (0, 0);
    for (at, c) in branches.char_indices().chain([(branches.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if !branches[start..at].trim().is_empty() {
                    unfold(&branches[start..at], &path, to);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
}

/// Paths in the code itself, which no `use` line shows.
fn inline_paths(file: &str, text: &str) -> Vec<String> {
    let code = text.split("\nmod tests {").next().unwrap();
    let (mut faults, mut in_use) = (Vec::new(), false);
    for (number, line) in code.lines().enumerate() {
        let start = line.trim_start();
        in_use |= start.starts_with("use ") || (start.starts_with("pub") && start.contains(" use "));
        let seen = in_use || line.contains("$crate::") || line.contains("pub(in ") || line.contains("pub(super)");
        let from = ["crate::", "super::"].into_iter().find(|from| line.contains(from));
        if let (Some(from), false) = (from, seen) {
            faults.push(format!("{file}: line {}: a path from `{from}` in the code: {start}", number + 1));
        }
        in_use &= !line.contains(';');
    }
    faults
}

#[test]
fn paths_in_the_code_are_seen() {
    let faults = |code: &str| inline_paths("rank/spec", code).len();
    assert_eq!(
        faults("use super::sets::Sets;\nuse crate::{\n    base::Result,\n};\nfn f() -> Sets {\n    g()\n}\n"),
        0
    );
    assert_eq!(faults("fn f() {\n    super::sets::g();\n}\n"), 1);
    assert_eq!(faults("fn f() -> crate::rank::Sets {\n    g()\n}\n"), 1);
    assert_eq!(faults("use super::sets::Sets;\nfn f(of: super::super::league::Compare) {}\n"), 1);
}

fn step(room: &str) -> usize {
    STEPS.iter().position(|rooms| rooms.contains(&room)).unwrap_or_else(|| panic!("{room} is no room"))
}

#[test]
fn every_file_stands_in_a_room() {
    for source in sources() {
        assert!(source.file == "lib" || source.file.contains('/'), "{} stands in no room", source.file);
        if source.file != "lib" {
            step(source.room());
        }
    }
}

#[test]
fn rooms_import_from_rooms_to_their_left_by_the_rooms_name() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| source.file != "lib") {
        for path in source.imports.iter().filter(|path| path[0] == "crate") {
            let shown = format!("{}: use {}", source.file, path.join("::"));
            let Some(room) = path.get(1) else {
                faults.push(format!("{shown}: imports the whole crate"));
                continue;
            };
            if !STEPS.iter().any(|rooms| rooms.contains(&room.as_str())) {
                faults.push(format!("{shown}: imports through the crate's root"));
            } else if room == source.room() {
                faults.push(format!("{shown}: names its own room, not `super`"));
            } else if step(room) >= step(source.room()) {
                faults.push(format!("{shown}: runs up, or to a room of the same step"));
            } else if path.len() > 3 {
                faults.push(format!("{shown}: reaches into another room's file"));
            }
        }
        faults.extend(inline_paths(&source.file, &source.text));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn files_of_a_room_stand_in_no_circle() {
    let sources = sources();
    let files: BTreeSet<&str> = sources.iter().map(|source| source.file.as_str()).collect();
    let mut edges: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut faults = Vec::new();
    for source in sources.iter().filter(|source| source.file != "lib" && !source.file.ends_with("/mod")) {
        for path in source.imports.iter().filter(|path| path[0] == "super") {
            let mut place: Vec<&str> = source.file.split('/').collect();
            place.pop();
            let mut names = path.iter().skip(1);
            let mut next = names.next();
            while next.is_some_and(|name| name == "super") {
                place.pop();
                next = names.next();
            }
            // The longest file that the path leads to.
            let mut target = None;
            while let Some(name) = next {
                place.push(name);
                target = files.get(place.join("/").as_str()).copied().or(target);
                next = names.next();
            }
            match target {
                Some(target) if target.split('/').next() != Some(source.room()) => {
                    faults.push(format!("{}: use {}: leaves its room", source.file, path.join("::")));
                }
                Some(target) => drop(edges.entry(&source.file).or_default().insert(target)),
                None => faults.push(format!("{}: use {}: names no file of the room", source.file, path.join("::"))),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    // Files that import nothing more can be taken away, until none is left or those in circles are.
    loop {
        let done: Vec<&str> =
            edges.iter().filter(|(_, to)| to.iter().all(|to| !edges.contains_key(to))).map(|(file, _)| *file).collect();
        if done.is_empty() {
            break;
        }
        for file in done {
            edges.remove(file);
        }
    }
    let circles: Vec<String> = edges
        .iter()
        .map(|(file, to)| {
            let to: Vec<&str> = to.iter().filter(|to| edges.contains_key(*to)).copied().collect();
            format!("{file} -> {}", to.join(", "))
        })
        .collect();
    assert!(circles.is_empty(), "in circles, or before one:\n{}", circles.join("\n"));
}

#[test]
fn a_file_says_what_it_is_and_is_not_too_long() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for source in sources() {
        let text = fs::read_to_string(root.join(&source.file).with_extension("rs")).unwrap();
        assert!(text.starts_with("//! "), "{} has no first sentence", source.file);
    }
}

fn rust_files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        match entry.extension() {
            _ if entry.is_dir() && !entry.ends_with("target") => rust_files(&entry, found),
            Some(ending) if ending == "rs" => found.push(entry),
            _ => {}
        }
    }
}

#[test]
fn no_file_is_too_long() {
    let mut files = Vec::new();
    for folder in ["src", "tests", "examples", "benches", "fuzz", "engines"] {
        rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut files);
    }
    assert!(files.len() > 400, "{}", files.len());
    for file in files {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= 450, "{} has {lines} lines", file.display());
    }
}

#[test]
fn faces_define_nothing() {
    for source in sources().iter().filter(|source| source.file.ends_with("/mod")) {
        let face = source.text.lines().map(str::trim_start).filter(|line| {
            ["fn ", "pub fn ", "struct ", "pub struct ", "enum ", "pub enum ", "impl ", "const "]
                .iter()
                .any(|item| line.starts_with(item))
        });
        let defined: Vec<&str> = face.collect();
        assert!(defined.is_empty(), "{} defines {defined:?}", source.file);
    }
}

/// A name that users know means what they know by it: private types have others. What a trait calls its own stands further in.
#[test]
fn private_types_do_not_bear_public_names() {
    let sources = sources();
    let code = |source: &Source| source.text.split("\nmod tests {").next().unwrap().to_owned();
    let faces = sources.iter().filter(|source| source.file == "lib" || source.file.ends_with("/mod"));
    let public: BTreeSet<String> = faces
        .flat_map(|face| {
            let uses: Vec<String> =
                code(face).split("\npub use ").skip(1).map(|rest| rest.split(';').next().unwrap().into()).collect();
            uses.into_iter().flat_map(|used| {
                let mut found = Vec::new();
                unfold(&used, &[], &mut found);
                found.into_iter().filter_map(|path| path.last().cloned())
            })
        })
        .filter(|name| name.starts_with(char::is_uppercase))
        .collect();
    assert!(public.contains("Table") && public.contains("WithinDispersion"), "{public:?}");
    let bears = |line: &str| {
        let kinds = ["struct ", "enum ", "trait ", "type "];
        let item = line.strip_prefix("pub(crate) ").or_else(|| line.strip_prefix("pub(super) ")).unwrap_or(line);
        let name = kinds.iter().find_map(|kind| item.strip_prefix(kind))?;
        let name: String = name.chars().take_while(|c| c.is_alphanumeric()).collect();
        public.contains(&name).then_some(name)
    };
    let found: Vec<String> = sources
        .iter()
        .flat_map(|source| {
            code(source).lines().filter_map(bears).map(|name| format!("{} {name}", source.file)).collect::<Vec<_>>()
        })
        .collect();
    assert!(found.is_empty(), "private types with public names: {found:?}");
}
