//! What is shown to people: nothing of an input is obeyed by a terminal or run by a browser.

use std::fs;

use crate::cleaned::temp;
use crate::program::{dechaff, said};

/// Text that a browser, a terminal or an eye would take for something else.
const EVIL: &str = "<script>alert(1)</script><img src=x onerror=alert(2)> \"' onmouseover=\"alert(3) \u{1b}]0;owned\u{7}\u{1b}[2J \u{202e}txt.exe\u{202c} \u{9b}31m &lt;b&gt;";

#[test]
fn neither_terminal_nor_browser_obeys_an_input() {
    let folder = temp();
    let at = folder.path();
    let name = "in/<img src=x onerror=alert(1)>\u{1b}[31m\u{202e}.jsonl";
    fs::create_dir(at.join("in")).unwrap();
    let text = format!(
        "The ferryman keeps {EVIL} a list of everyone who never came back for the other half of the ticket."
    );
    let record = |id: &str, text: &str| {
        serde_json::json!({"id": id, "text": text, "url": EVIL}).to_string() + "\n"
    };
    let bad = "{\"<script>\u{1b}\":1}\n{\"te\\u001bxt\":\"<script>alert(4)</script>\"}\n{\"</script>\\u001b[2J\":1}\n".to_owned();
    let lines = [
        record(EVIL, &text),
        record("b", &format!("{text}\nREAD ALSO: {EVIL}")),
        record("c", &text),
        bad,
    ];
    fs::write(at.join(name), lines.concat()).unwrap();
    let told = said(
        at,
        &[
            "clean",
            "in",
            "-o",
            "out",
            "--progress",
            "never",
            "--boilerplate",
            "aggressive",
        ],
        0,
    );
    let mut shown = vec![told];
    for id in ["b", "c", EVIL] {
        let output = dechaff(at, &["explain", "out", id]);
        shown.push(String::from_utf8(output.stdout).unwrap());
        shown.push(String::from_utf8(output.stderr).unwrap());
    }
    shown.push(said(at, &["clean", "in", "-o", "out2", "--dry-run"], 0));
    shown.push(said(at, &["clean", "\u{1b}cno", "-o", "out3"], 2));
    shown.push(said(at, &["clean", "--\u{1b}[2Jno"], 2));
    fs::write(at.join("c.toml"), "\"\u{7f}\\u001b[2J\" = 1\n").unwrap();
    shown.push(said(at, &["config", "check", "c.toml"], 2));
    fs::write(at.join("gold.jsonl"), serde_json::json!({"id": EVIL, "view": EVIL, "lines": [{"text": EVIL, "label": "drop", "category": EVIL}]}).to_string()).unwrap();
    let output = dechaff(
        at,
        &[
            "evaluate",
            "gold.jsonl",
            "--missed",
            "3",
            "--errors",
            "3",
            "--by",
            "category",
        ],
    );
    shown.push(String::from_utf8(output.stdout).unwrap());
    for text in &shown {
        let obeyed =
            |c: &char| (c.is_control() && *c != '\n') || ('\u{202a}'..='\u{202e}').contains(c);
        assert_eq!(text.chars().find(obeyed), None, "{text:?}");
    }
    assert!(
        shown.iter().all(|t| !t.contains("panicked")) && shown[1].contains("ferryman"),
        "{shown:?}"
    );
    // Of the page of this run and that of a harmless one only the data differ, and data end nothing and obey nobody.
    fs::write(at.join("plain.txt"), "A plain line of a harmless text.\n").unwrap();
    said(at, &["clean", "plain.txt", "-o", "plain"], 0);
    let [html, plain] = ["out", "plain"]
        .map(|run| fs::read_to_string(at.join(run).join("_dechaff/report.html")).unwrap());
    let parts = |page: &str| {
        let (head, rest) = page.split_once("id=\"data\">").unwrap();
        let (data, tail) = rest.split_once("</script>").unwrap();
        [head.to_owned(), data.to_owned(), tail.to_owned()]
    };
    let ([head, data, tail], [plain_head, _, plain_tail]) = (parts(&html), parts(&plain));
    assert_eq!((head, tail), (plain_head, plain_tail));
    assert!(!data.contains(['<', '>', '&']) && data.contains("ferryman"));
    serde_json::from_str::<serde_json::Value>(&data).unwrap();
    assert!(!html.contains(['\u{1b}', '\u{202e}', '\u{7}', '\u{9b}']));
}
