//! The names that users can name: a listing that is checked in. A change of it is a change of the interface, written again by
//! `SURFACE=write cargo test --test all trust::surface`, and CHANGELOG has to say so.

use std::{collections::BTreeSet, fs, path::Path};

/// The public names of a face: those after `pub use`, whatever path they come by.
fn names(face: &str) -> BTreeSet<String> {
    let uses = face.split("\npub use ").skip(1).filter_map(|rest| rest.split_once(';'));
    let items = uses.flat_map(|(used, _)| {
        let (path, list) = used.split_once('{').unwrap_or(("", used));
        let path = path.trim_end_matches("::").to_owned();
        let items = list.trim_end_matches('}').split(',').map(|item| item.trim().to_owned());
        items.filter(|item| !item.is_empty()).map(move |item| (path.clone(), item)).collect::<Vec<_>>()
    });
    items.map(|(_, item)| item.rsplit("::").next().unwrap_or_default().trim().to_owned()).collect()
}

/// What the macros that are no reports' give to those that they are called for: the public functions of their bodies.
fn given_by_macros(texts: &[String]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for name in ["of_areas", "listed", "weighted", "widens"] {
        let head = format!("macro_rules! {name} ");
        let body = texts.iter().find_map(|text| text.split_once(&head)?.1.split_once("\n}\n")).unwrap().0;
        let functions = ["pub fn ", "pub const fn "].into_iter().flat_map(|item| body.split(item).skip(1));
        let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        let functions: Vec<String> = functions.map(word).collect();
        let calls =
            texts.iter().flat_map(|text| text.split(&format!("\n{name}!(")).skip(1).map(word).collect::<Vec<_>>());
        found.extend(
            calls.flat_map(|of| functions.iter().map(move |function| format!("{of}::{function}")).collect::<Vec<_>>()),
        );
    }
    found
}

/// The public functions, constants, fields' types aside, of every public type: `Type::function`.
fn methods(source: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let (mut of, mut in_macro) = (String::new(), false);
    // What a macro gives to every report.
    for (call, more) in [("\nreport! {", &[][..]), ("\nanswer! {", &["area", "top"])] {
        for given in source.split(call).skip(1) {
            let report = given.split(" of ").next().unwrap_or_default().trim();
            let methods = ["rows", "iter", "csv"].iter().chain(more);
            found.extend(methods.map(|method| format!("{report}::{method}")));
        }
    }
    for line in source.lines() {
        if line.starts_with("#[cfg(test)]") {
            break;
        }
        in_macro = line.starts_with("macro_rules!") || in_macro && !line.starts_with('}');
        if in_macro {
            continue;
        }
        if let Some(rest) = line.strip_prefix("impl") {
            let rest = rest.trim_start_matches(|c| c != '>').trim_start_matches("> ");
            let named = if line.starts_with("impl<") { rest } else { line.trim_start_matches("impl ") };
            let named = named.split(" for ").last().unwrap_or_default();
            of = named.chars().take_while(|c| c.is_alphanumeric()).collect();
        }
        let item = line.trim_start();
        let Some(rest) = item.strip_prefix("pub fn ").or_else(|| item.strip_prefix("pub const fn ")) else { continue };
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let of = if line.starts_with(' ') { of.as_str() } else { "" };
        found.insert(format!("{of}::{name}"));
    }
    found
}

fn sources(folder: &Path, to: &mut Vec<String>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, to);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            to.push(fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn the_interface_is_the_one_that_is_listed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut lines = Vec::new();
    let lib = fs::read_to_string(root.join("src/lib.rs")).unwrap();
    lines.extend(names(&lib).into_iter().map(|name| format!("crimerate::{name}")));
    for module in lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')) {
        let face = fs::read_to_string(root.join("src").join(module).join("mod.rs")).unwrap();
        lines.extend(names(&face).into_iter().map(|name| format!("crimerate::{module}::{name}")));
        for inner in face.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')) {
            let path = root.join("src").join(module).join(inner);
            let files = [path.with_extension("rs"), path.join("mod.rs")];
            let text = files.iter().find_map(|file| fs::read_to_string(file).ok()).unwrap();
            let items = ["\npub struct ", "\npub enum ", "\npub fn "].iter().flat_map(|item| text.split(item).skip(1));
            let items =
                items.map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>());
            lines.extend(items.chain(names(&text)).map(|name| format!("crimerate::{module}::{inner}::{name}")));
        }
    }
    for room in fs::read_dir(root.join("src")).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        let name = room.file_name().unwrap().to_string_lossy().into_owned();
        if matches!(name.as_str(), "base" | "special") {
            continue;
        }
        let mut texts = Vec::new();
        sources(&room, &mut texts);
        let all: BTreeSet<String> = texts.iter().flat_map(|text| methods(text)).collect();
        lines.extend(all.into_iter().map(|method| format!("{name} {method}")));
    }
    let mut texts = Vec::new();
    sources(&root.join("src"), &mut texts);
    lines.extend(given_by_macros(&texts).into_iter().map(|method| format!("by macros {method}")));
    lines.sort();
    let found = lines.join("\n") + "\n";
    let path = root.join("tests/data/surface.txt");
    if std::env::var_os("SURFACE").is_some_and(|what| what == "write") {
        fs::write(&path, &found).unwrap();
    }
    let held = fs::read_to_string(&path).unwrap();
    let (found, held): (BTreeSet<&str>, BTreeSet<&str>) = (found.lines().collect(), held.lines().collect());
    let (new, gone): (Vec<_>, Vec<_>) = (found.difference(&held).collect(), held.difference(&found).collect());
    assert!(new.is_empty() && gone.is_empty(), "the interface changed; new: {new:?}; gone: {gone:?}");
}
