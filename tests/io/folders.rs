//! Arguments, output folders, files that appear whole or not at all.

use super::*;

#[test]
fn outputs_appear_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.jsonl"), "{\"text\":\"a\"}\n").unwrap();
    let sources = io::expand(&[folder.path().join("a.jsonl").into_os_string()], None).unwrap();
    let out = folder.path().join("out");
    let opened = io::open(&sources[0], &InputConfig::default()).unwrap();
    let sink = Sink::create(&out, "a.jsonl", &opened.shape, false).unwrap();
    drop(sink);
    let left: Vec<_> = walkdir::WalkDir::new(&out)
        .into_iter()
        .filter(|e| e.as_ref().unwrap().file_type().is_file())
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn many_small_files_are_published_together() {
    let folder = tempfile::tempdir().unwrap();
    let name = |i: usize| folder.path().join(format!("{i}.txt"));
    let stage = |i| {
        let mut file = output::AtomicFile::create(&name(i)).unwrap();
        file.write_all(b"x").unwrap();
        file.stage().unwrap()
    };
    let staged: Vec<_> = (0..20).map(stage).collect();
    assert!((0..20).all(|i| !name(i).exists()));
    output::publish(staged).unwrap();
    assert!((0..20).all(|i| fs::read(name(i)).unwrap() == b"x"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 20);
}

#[test]
fn an_output_folder_with_results_or_among_the_inputs_is_refused() {
    let done = run(
        &[("a.jsonl", b"{\"text\":\"a\"}\n")],
        &Config::default(),
        &nothing,
    );
    let input = done.folder.path().join("in");
    let sources = io::expand(&[input.clone().into_os_string()], None).unwrap();
    let said = |folder: &Path, overwrite| {
        output::check(folder, &sources, overwrite)
            .unwrap_err()
            .to_string()
    };
    assert!(said(&done.out(), false).contains("already there"));
    assert!(output::check(&done.out(), &sources, true).is_ok());
    assert!(said(&input.join("deep/out"), true).contains("lies in the input folder"));
    assert!(said(&input, true).contains("the output folder"));
    assert!(said(done.folder.path(), true).contains("holds the input"));
}

fn args(folder: &Path, names: &[&str]) -> Vec<OsString> {
    names
        .iter()
        .map(|n| folder.join(n).into_os_string())
        .collect()
}

#[test]
fn arguments_expand_in_a_fixed_order() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for name in [
        "b.txt",
        "a/z.txt",
        "a.txt",
        "a/b/c.jsonl",
        ".hidden",
        "_SUCCESS",
        "a/_dechaff/report.json",
    ] {
        fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
        fs::write(root.join(name), "x").unwrap();
    }
    fs::create_dir(root.join("empty")).unwrap();
    let names = |list: &[&str]| -> Vec<String> {
        let sources = io::expand(&args(root, list), None).unwrap();
        assert!(
            sources
                .iter()
                .enumerate()
                .all(|(i, s)| s.number as usize == i)
        );
        sources.into_iter().map(|s| s.name).collect()
    };
    assert_eq!(names(&[""]), ["a.txt", "a/b/c.jsonl", "a/z.txt", "b.txt"]);
    assert_eq!(
        names(&["b.txt", ""]),
        ["b.txt", "a.txt", "a/b/c.jsonl", "a/z.txt"],
        "once, where it is first named"
    );
    assert_eq!(names(&["*.txt"]), ["a.txt", "b.txt"]);
    assert_eq!(
        names(&["**/*.{txt,jsonl}"]),
        ["a.txt", "a/b/c.jsonl", "a/z.txt", "b.txt"]
    );
    assert_eq!(
        names(&["_*", ".hidden"]),
        ["_SUCCESS", ".hidden"],
        "named, they are read"
    );
    assert_eq!(names(&["a"]), ["b/c.jsonl", "z.txt"]);
    let refused: BTreeMap<&str, &str> = [
        ("none", "no such file or folder"),
        ("empty", "a folder without a file"),
        ("*.csv", "no file matches"),
        ("[", "not a pattern"),
    ]
    .into();
    for (name, message) in refused {
        let error = io::expand(&args(root, &[name]), None)
            .unwrap_err()
            .to_string();
        assert!(error.contains(message), "{error}");
    }
    fs::write(root.join("a/b.txt"), "y").unwrap();
    let error = io::expand(&args(root, &["b.txt", "a/b.txt"]), None).unwrap_err();
    assert!(error.to_string().contains("same output path"), "{error}");
    fs::create_dir(root.join("x")).unwrap();
    fs::write(root.join("x/b"), "y").unwrap();
    let error = io::expand(&args(root, &["x/b", "a"]), None).unwrap_err();
    assert!(error.to_string().contains("needs a folder"), "{error}");
}
