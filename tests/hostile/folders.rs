//! Folders and archives made to hurt: many files, deep ones, links; results that would write elsewhere; archives that explode.

use std::fs;
use std::io::Write;

use dechaff::io::Compression;

use crate::cleaned::temp;
use crate::program::{dechaff, said};

#[test]
fn ten_thousand_files_in_one_folder() {
    let folder = temp();
    let input = folder.path().join("in");
    fs::create_dir(&input).unwrap();
    for i in 0..10_000 {
        fs::write(
            input.join(format!("{i}.txt")),
            format!("Page {i} tells of a day at the pier.\n"),
        )
        .unwrap();
    }
    // A hundred of open files are enough.
    let script = "ulimit -n 100; exec \"$0\" clean in -o out -q --threads 2";
    let mut shell = std::process::Command::new("sh");
    shell
        .args(["-c", script, env!("CARGO_BIN_EXE_dechaff")])
        .current_dir(folder.path());
    let output = shell.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let proof = said(folder.path(), &["restore", "out"], 0);
    assert!(proof.contains("restored 10000 sources"), "{proof}");
}

#[cfg(unix)]
#[test]
fn deep_folders_and_links_end() {
    let folder = temp();
    let mut deep = folder.path().join("in");
    fs::create_dir(&deep).unwrap();
    fs::write(deep.join("top.txt"), "A page at the top.\n").unwrap();
    for _ in 0..150 {
        deep.push("deep");
        fs::create_dir(&deep).unwrap();
    }
    fs::write(deep.join("bottom.txt"), "A page at the bottom.\n").unwrap();
    said(folder.path(), &["clean", "in", "-o", "out", "-q"], 0);
    said(folder.path(), &["restore", "out"], 0);
    // A link that leads outside is followed, as its owner asked; one that loops is refused and named.
    fs::write(folder.path().join("outside.txt"), "A page outside.\n").unwrap();
    std::os::unix::fs::symlink("../outside.txt", folder.path().join("in/link.txt")).unwrap();
    said(folder.path(), &["clean", "in", "-o", "out2", "-q"], 0);
    assert!(
        !fs::symlink_metadata(folder.path().join("out2/link.txt"))
            .unwrap()
            .is_symlink()
    );
    std::os::unix::fs::symlink("..", folder.path().join("in/loop")).unwrap();
    let told = said(folder.path(), &["clean", "in", "-o", "out3", "-q"], 1);
    assert!(told.contains("loop"), "{told}");
    assert!(!folder.path().join("out3").exists());
}

#[test]
fn results_from_elsewhere_write_nowhere_else() {
    for name in [
        "../b.txt",
        "a/../../b.txt",
        "/tmp/dechaff-outside/b.txt",
        "./b.txt",
        "a/./b.txt",
        "",
    ] {
        let folder = temp();
        let at = folder.path();
        fs::create_dir_all(at.join("work/in")).unwrap();
        fs::write(at.join("work/in/b.txt"), "A page.\n").unwrap();
        said(at, &["clean", "work/in", "-o", "work/out", "-q"], 0);
        let path = at.join("work/out/_dechaff/manifest.json");
        let manifest = fs::read_to_string(&path).unwrap();
        fs::write(&path, manifest.replace("\"b.txt\"", &format!("{name:?}"))).unwrap();
        // Even where the files that it names are there.
        fs::write(at.join("work/b.txt"), "A page.\n").unwrap();
        let output = dechaff(at, &["restore", "work/out", "-o", "work/back"]);
        let inside = !name.contains("..") && !name.starts_with('/');
        assert!(inside || output.status.code() == Some(1), "{name}");
        let mut entries: Vec<_> = fs::read_dir(at)
            .unwrap()
            .map(|e| e.unwrap().file_name())
            .collect();
        entries.retain(|e| e != "work");
        assert!(entries.is_empty() && !std::path::Path::new("/tmp/dechaff-outside").exists());
    }
}

/// Small archives that become large ones are refused, also where they stand among others.
#[test]
fn a_bomb_is_refused_before_it_costs_much() {
    let folder = temp();
    let input = folder.path().join("in");
    fs::create_dir(&input).unwrap();
    fs::write(input.join("a.txt"), "A page.\n").unwrap();
    for (compression, name) in [
        (Compression::Gzip, "bomb.gz"),
        (Compression::Zstd, "bomb.zst"),
    ] {
        let mut encoder = compression.encoder(Vec::new()).unwrap();
        encoder.write_all(&vec![b'x'; 1 << 20]).unwrap();
        // As `cat` makes them: one archive after the other.
        let packed = encoder.finish().unwrap().repeat(270);
        fs::write(input.join(name), &packed).unwrap();
        let told = said(folder.path(), &["clean", "in", "-o", "out", "-q"], 1);
        assert!(
            told.contains(name) && told.contains("--max-expansion"),
            "{told}"
        );
        assert!(!folder.path().join("out").join(name).exists());
        fs::remove_file(input.join(name)).unwrap();
    }
    // An archive of archives is as small as it looks: only the outer one is opened.
    said(folder.path(), &["clean", "in", "-o", "out", "-q"], 0);
}
