//! Files that import each other in a circle can only be understood together, so circles are small.

use std::collections::{BTreeMap, BTreeSet};

use crate::architecture::{code, sources};
use crate::rooms::PACKAGES;

/// Most files in a circle.
const MOST: usize = 8;

/// The modules of a package by their paths, `corpus::csv`, and what they import of it.
fn imports(package: &str) -> BTreeMap<String, BTreeSet<String>> {
    let sources = sources();
    let own = sources.iter().filter_map(|(file, source)| {
        let inside = file.strip_prefix(package)?.trim_end_matches(".rs");
        let module = inside.trim_end_matches("/mod").replace('/', "::");
        let is_test = module.ends_with("tests") || module.contains("::tests::");
        (!is_test && !["lib", "main"].contains(&module.as_str())).then_some((module, source))
    });
    let own: BTreeMap<String, &String> = own.collect();
    let of = |(module, source): (&String, &&String)| {
        let product = source
            .split("#[cfg(test)]\nmod tests {")
            .next()
            .unwrap_or_default();
        let mut found = BTreeSet::new();
        for path in paths(&code(product)) {
            let from: Vec<&str> = module.split("::").collect();
            let climbs = path.iter().take_while(|part| *part == "super").count();
            let mut path: Vec<&str> = match path[0].as_str() {
                "crate" => path[1..].iter().map(String::as_str).collect(),
                _ => {
                    let base = from.len().saturating_sub(climbs);
                    let rest = path[climbs..].iter().map(String::as_str);
                    from[..base].iter().copied().chain(rest).collect()
                }
            };
            while !path.is_empty() && !own.contains_key(&path.join("::")) {
                path.pop();
            }
            found.extend((!path.is_empty()).then(|| path.join("::")));
        }
        found.remove(module);
        (module.clone(), found)
    };
    own.iter().map(of).collect()
}

/// The paths that begin with `crate` or `super`, those in braces one by one.
fn paths(code: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
            let end = code[at..]
                .find(|c| !is_path(c))
                .map_or(code.len(), |end| at + end);
            let own: Vec<String> = code[at..end]
                .split("::")
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect();
            match code[end..].strip_prefix('{') {
                Some(group) if code[..end].ends_with("::") => {
                    let group = group.split('}').next().unwrap_or_default();
                    for name in group.split(',') {
                        let first = name.trim().split("::").next().unwrap_or_default();
                        found.push([own.clone(), vec![first.to_owned()]].concat());
                    }
                }
                _ => found.push(own),
            }
        }
    }
    found
}

/// All that a module comes to by imports.
fn reached<'a>(
    from: &'a str,
    imports: &'a BTreeMap<String, BTreeSet<String>>,
) -> BTreeSet<&'a str> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(module) = open.pop() {
        for next in imports.get(module).into_iter().flatten() {
            if seen.insert(next.as_str()) {
                open.push(next);
            }
        }
    }
    seen
}

#[test]
fn circles_of_files_are_small() {
    for (package, _) in PACKAGES {
        let imports = imports(package);
        assert!(imports.len() > 5, "{package}: modules are found");
        let reached: BTreeMap<&str, BTreeSet<&str>> = imports
            .keys()
            .map(|module| (module.as_str(), reached(module, &imports)))
            .collect();
        for (module, own) in &reached {
            let circle: Vec<&&str> = own
                .iter()
                .filter(|other| reached[**other].contains(module))
                .collect();
            assert!(
                circle.len() <= MOST,
                "{package}: {} files import each other in a circle, at most {MOST}: {circle:?}",
                circle.len()
            );
        }
    }
}

#[test]
fn paths_are_found_in_braces_and_by_climbing() {
    let found = paths("use crate::a::{b, c::D};\nuse super::super::e::F; mycrate::g");
    let found: Vec<String> = found.iter().map(|path| path.join("::")).collect();
    assert_eq!(found, ["crate::a::b", "crate::a::c", "super::super::e::F"]);
}
