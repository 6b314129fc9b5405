//! The documentation is true: its links lead somewhere, and its commands print what it says.
//!
//! Blocks marked `console` in `docs/guide.md` are run, one after the other, in one folder that holds nothing but `fixtures`. A
//! line that begins with `$ ` is a command of the shell (what it goes on with in a here-document belongs to it); `? N` after it is
//! its status where that is not 0; the rest is what it prints, both streams together. `[..]` stands for anything in a line, `...`
//! for any lines. `GUIDE=overwrite` writes down what they print now.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use crate::cleaned::temp;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn pages() -> Vec<PathBuf> {
    let mut pages = vec![root().join("README.md"), root().join("fixtures/README.md")];
    let docs = fs::read_dir(root().join("docs")).unwrap();
    pages.extend(
        docs.map(|e| e.unwrap().path())
            .filter(|p| p.extension().is_some_and(|e| e == "md")),
    );
    assert!(pages.len() > 5);
    pages
}

/// Lines outside of code blocks.
fn prose(text: &str) -> String {
    let mut code = false;
    let lines = text.lines().filter(|line| {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        !code && !fence
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What a heading is called in an address: lower case, spaces as hyphens, punctuation left out.
fn anchor(heading: &str) -> String {
    let lower = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = lower
        .chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn links_lead_to_files_and_headings_that_are_there() {
    let link = regex::Regex::new(r"\]\(([^)\s]+)\)").unwrap();
    let mut checked = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for found in link.captures_iter(&prose(&text)) {
            let target = &found[1];
            if target.contains("://") {
                continue;
            }
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let path = match file {
                "" => page.clone(),
                _ => page.parent().unwrap().join(file),
            };
            assert!(path.exists(), "{}: {target}", page.display());
            if !heading.is_empty() {
                let text = fs::read_to_string(&path).unwrap();
                let prose = prose(&text);
                let mut headings = prose.lines().filter(|l| l.starts_with('#'));
                assert!(
                    headings.any(|h| anchor(h) == heading),
                    "{}: {target}",
                    page.display()
                );
            }
            checked += 1;
        }
    }
    assert!(checked > 10, "{checked}");
}

#[test]
fn files_named_in_the_readme_and_the_guide_are_there() {
    let named =
        regex::Regex::new(r"`((?:docs|src|tests|examples|benches|fixtures)/[\w./-]+)`").unwrap();
    for page in ["README.md", "docs/guide.md", "docs/recipes.md"] {
        let Ok(text) = fs::read_to_string(root().join(page)) else {
            continue;
        };
        for found in named.captures_iter(&text) {
            assert!(root().join(&found[1]).exists(), "{page}: {}", &found[1]);
        }
    }
}

#[cfg(all(unix, feature = "cli"))]
mod commands {
    use std::process::Command;

    use super::*;

    /// A command of a page and what it is said to print.
    struct Case {
        line: usize,
        command: String,
        status: i32,
        expected: Vec<String>,
    }

    /// The commands of a block, given its lines and the number of the first.
    fn cases(block: &[&str], first: usize) -> Vec<Case> {
        let mut cases: Vec<Case> = Vec::new();
        let mut end = None;
        for (i, line) in block.iter().enumerate() {
            if let (Some(mark), Some(case)) = (&end, cases.last_mut()) {
                case.command += &format!("\n{line}");
                if line == mark {
                    end = None;
                }
            } else if let Some(command) = line.strip_prefix("$ ") {
                end = command
                    .split_once("<<'")
                    .and_then(|(_, rest)| Some(rest.split_once('\'')?.0.to_owned()));
                cases.push(Case {
                    line: first + i,
                    command: command.to_owned(),
                    status: 0,
                    expected: Vec::new(),
                });
            } else {
                let case = cases.last_mut().expect("a block begins with a command");
                match line.strip_prefix("? ").and_then(|s| s.parse().ok()) {
                    Some(status) => case.status = status,
                    None => case.expected.push((*line).to_owned()),
                }
            }
        }
        cases
    }

    fn matches(expected: &str, got: &str) -> bool {
        let mut parts = expected.split("[..]");
        let first = parts.next().unwrap_or_default();
        let Some(mut rest) = got.strip_prefix(first) else {
            return false;
        };
        let parts: Vec<&str> = parts.collect();
        for (i, part) in parts.iter().enumerate() {
            if i + 1 == parts.len() {
                return rest.ends_with(part);
            }
            match rest.find(part) {
                Some(at) => rest = &rest[at + part.len()..],
                None => return false,
            }
        }
        rest.is_empty()
    }

    fn all_match(expected: &[String], got: &[&str]) -> bool {
        match expected.split_first() {
            None => got.is_empty(),
            Some((line, rest)) if line == "..." => {
                (0..=got.len()).any(|skip| all_match(rest, &got[skip..]))
            }
            Some((line, rest)) => {
                got.first().is_some_and(|g| matches(line, g)) && all_match(rest, &got[1..])
            }
        }
    }

    /// What differs from run to run and from machine to machine, as it is written down.
    fn steady(printed: &str) -> String {
        let mut text = printed.to_owned();
        for (pattern, with) in [
            (
                r"(?m)^[\d.]+ s, .*memory at most$",
                "[..] s, [..] of memory at most",
            ),
            (r"(?m)^(disk .* needed, ).* free$", "$1[..] free"),
            (
                r"(?m)^memory .*$",
                "memory      about [..] (budget [..]), [..] threads",
            ),
        ] {
            text = regex::Regex::new(pattern)
                .unwrap()
                .replace_all(&text, with)
                .into_owned();
        }
        text
    }

    fn run(case: &Case, folder: &Path) -> String {
        let binary = Path::new(env!("CARGO_BIN_EXE_dechaff"));
        let path = std::env::var("PATH").unwrap();
        let path = format!("{}:{path}", binary.parent().unwrap().display());
        let output = Command::new("sh")
            .args(["-c", &format!("{{ {}\n}} 2>&1", case.command)])
            .current_dir(folder)
            .env("PATH", path)
            .env("LC_ALL", "C")
            .env("COLUMNS", "100")
            .output()
            .unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        let status = output.status.code();
        assert_eq!(
            status,
            Some(case.status),
            "line {}: {}\n{printed}",
            case.line,
            case.command
        );
        printed
    }

    /// Runs the page; returns it with what its commands print now.
    fn play(text: &str, overwrite: bool) -> String {
        let folder = temp();
        std::os::unix::fs::symlink(root().join("fixtures"), folder.path().join("fixtures"))
            .unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let (mut out, mut at) = (Vec::new(), 0);
        while at < lines.len() {
            out.push(lines[at].to_owned());
            at += 1;
            if lines[at - 1] != "```console" {
                continue;
            }
            let length = lines[at..]
                .iter()
                .position(|l| *l == "```")
                .expect("a block ends");
            for case in cases(&lines[at..at + length], at + 1) {
                let printed = run(&case, folder.path());
                let got: Vec<&str> = printed.lines().collect();
                out.extend(format!("$ {}", case.command).lines().map(str::to_owned));
                if case.status != 0 {
                    out.push(format!("? {}", case.status));
                }
                out.extend(steady(&printed).lines().map(str::to_owned));
                let fits = all_match(&case.expected, &got);
                assert!(
                    overwrite || fits,
                    "line {}: $ {}\nprinted\n{printed}\n(GUIDE=overwrite writes it down)",
                    case.line,
                    case.command
                );
            }
            at += length;
        }
        out.join("\n") + "\n"
    }

    #[test]
    fn the_guide_prints_what_it_says() {
        for tool in ["jq", "zstd"] {
            if Command::new(tool).arg("--version").output().is_err() {
                eprintln!("skipped: the guide uses {tool}, which is not installed");
                return;
            }
        }
        let path = root().join("docs/guide.md");
        let overwrite = std::env::var_os("GUIDE").is_some_and(|v| v == "overwrite");
        let played = play(&fs::read_to_string(&path).unwrap(), overwrite);
        if overwrite {
            fs::write(&path, played).unwrap();
        }
    }

    #[test]
    fn a_page_that_lies_is_noticed() {
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        assert!(all_match(
            &lines("a [..] c\n...\nd"),
            &["a b c", "x", "y", "d"]
        ));
        assert!(!all_match(&lines("a [..] c"), &["a b c d"]));
        assert!(!all_match(&lines("a"), &["a", "b"]));
        assert!(!all_match(&lines("a\nb"), &["a"]));
        let page = "```console\n$ echo one\none\n```\n";
        assert_eq!(play(page, false), page);
        let lie = std::panic::catch_unwind(|| play("```console\n$ echo one\ntwo\n```\n", false));
        assert!(lie.is_err());
    }
}
