//! The script of the pages: modules in files of their own, sent as one, without their comments.

/// The modules, each after those that it imports.
const MODULES: [(&str, &str); 12] = [
    ("live.js", include_str!("script/live.js")),
    ("place.js", include_str!("script/place.js")),
    ("results.js", include_str!("script/results.js")),
    ("storage.js", include_str!("script/storage.js")),
    ("recent.js", include_str!("script/recent.js")),
    ("listbox.js", include_str!("script/listbox.js")),
    ("suggestions.js", include_str!("script/suggestions.js")),
    ("typing.js", include_str!("script/typing.js")),
    ("shortcut.js", include_str!("script/shortcut.js")),
    ("histogram.js", include_str!("script/histogram.js")),
    ("copy.js", include_str!("script/copy.js")),
    ("script.js", include_str!("script/script.js")),
];

/// All modules as one, which imports and exports nothing.
pub(super) fn bundle() -> String {
    let modules = MODULES.iter().map(|(name, module)| format!("// {name}\n{}", without_borders(module)));
    modules.collect()
}

/// A module without its imports, exports and comments, which are lines of their own.
fn without_borders(module: &str) -> String {
    let is_code = |line: &&str| !["import ", "//", "/*", "* ", "*/", "*"].iter().any(|start| line.starts_with(start));
    let lines = module.lines().map(str::trim).filter(|line| !line.is_empty()).filter(is_code);
    lines.map(|line| format!("{}\n", line.strip_prefix("export ").unwrap_or(line))).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// What stands before modules in the list.
    fn before(name: &str) -> Vec<&'static str> {
        MODULES.iter().map(|(other, _)| *other).take_while(|other| *other != name).collect()
    }

    #[test]
    fn each_module_comes_after_those_that_it_imports() {
        for (name, module) in MODULES {
            for import in module.lines().filter(|line| line.starts_with("import ")) {
                let from = import.split("\"./").nth(1).and_then(|rest| rest.strip_suffix("\";"));
                assert!(from.is_some_and(|from| before(name).contains(&from)), "{name}: {import}");
            }
        }
    }

    #[test]
    fn no_two_modules_give_one_name_to_different_things() {
        let mut names = HashSet::new();
        for (module, text) in MODULES {
            let lines = text.lines().map(|line| line.strip_prefix("export ").unwrap_or(line));
            let declared = lines.filter_map(|line| {
                let line = line.strip_prefix("async ").unwrap_or(line);
                let rest = ["const ", "let ", "function ", "class "].iter().find_map(|word| line.strip_prefix(word))?;
                rest.split(|ch: char| !ch.is_alphanumeric() && ch != '_').next()
            });
            declared.for_each(|name| assert!(names.insert(name), "{module} declares {name} once more"));
        }
        assert!(names.len() > 50);
    }

    #[test]
    fn the_script_is_small() {
        let script = bundle();
        assert!(!script.contains("import ") && !script.contains("export ") && !script.contains("/**"));
        assert!(script.len() < 25_000, "{} bytes, of which a third or so is sent", script.len());
    }
}
