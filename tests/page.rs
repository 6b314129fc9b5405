//! The pages in a real browser: they load without an error or a request, filter, leaf and sort, go by keyboard in the order of
//! reading, and nothing of the input is ever markup. Without a browser on PATH the tests say so and pass.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use dechaff::config::Config;
use dechaff::removal::{Ratio, Reason, Removal, Witness};
use dechaff::report::{Chooser, Cut, Document, Place, Repeat, Report, Run, Tally};
use dechaff::rules::Category;
use serde_json::{Value, json};

const BROWSERS: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

/// Longest wait for an answer. A browser that starts on a busy machine takes its time.
const PATIENCE: Duration = Duration::from_secs(120);

/// A browser that is spoken to over its standard streams, by the protocol of its developer tools.
struct Browser {
    child: Child,
    input: ChildStdin,
    answers: Receiver<Value>,
    session: Option<String>,
    sent: u64,
    events: Vec<Value>,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Starts the first browser on PATH.
    fn start() -> Option<Self> {
        let path = std::env::var_os("PATH")?;
        let program = BROWSERS
            .iter()
            .flat_map(|name| std::env::split_paths(&path).map(move |folder| folder.join(name)))
            .find(|p| p.is_file());
        let Some(program) = program else {
            eprintln!("skipped: there is no browser on PATH (one of {BROWSERS:?})");
            return None;
        };
        let profile = tempfile::tempdir().unwrap();
        // The browser reads from descriptor 3 and writes to 4; a shell puts them there.
        let mut child = Command::new("sh")
            .args([
                "-c",
                "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1",
            ])
            .arg(program)
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
            ])
            .arg("--remote-debugging-pipe")
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (send, answers) = channel();
        std::thread::spawn(move || {
            let mut message = Vec::new();
            while output.read_until(0, &mut message).is_ok_and(|n| n > 0) {
                message.pop();
                let _ = send.send(serde_json::from_slice(&message).unwrap());
                message.clear();
            }
        });
        let mut browser = Browser {
            child,
            input,
            answers,
            session: None,
            sent: 0,
            events: Vec::new(),
            _profile: profile,
        };
        let target = browser.call("Target.createTarget", json!({"url": "about:blank"}));
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let session = browser.call("Target.attachToTarget", attach);
        browser.session = session["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.call(&format!("{domain}.enable"), json!({}));
        }
        Some(browser)
    }

    fn call(&mut self, method: &str, params: Value) -> Value {
        self.sent += 1;
        let mut message = json!({"id": self.sent, "method": method, "params": params});
        if let Some(session) = &self.session {
            message["sessionId"] = session.as_str().into();
        }
        self.input
            .write_all(format!("{message}\0").as_bytes())
            .unwrap();
        loop {
            let answer = self
                .answers
                .recv_timeout(PATIENCE)
                .expect("the browser answers");
            if answer["id"] == self.sent {
                assert!(answer["error"].is_null(), "{method}: {answer}");
                return answer["result"].clone();
            }
            self.events.push(answer);
        }
    }

    /// Opens a page and waits until it is loaded.
    fn open(&mut self, path: &Path) {
        self.events.clear();
        self.call(
            "Page.navigate",
            json!({"url": format!("file://{}", path.display())}),
        );
        while !self
            .events
            .iter()
            .any(|e| e["method"] == "Page.loadEventFired")
        {
            let event = self.answers.recv_timeout(PATIENCE).expect("the page loads");
            self.events.push(event);
        }
    }

    /// Runs a script in the page and returns what it comes to, once that is no longer `null`.
    fn ask(&mut self, script: &str) -> Value {
        for _ in 0..600 {
            let asked = json!({"expression": script, "returnByValue": true});
            let answer = self.call("Runtime.evaluate", asked);
            assert!(answer["exceptionDetails"].is_null(), "{script}: {answer}");
            if !answer["result"]["value"].is_null() {
                return answer["result"]["value"].clone();
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the page never had an answer to {script}");
    }

    fn key(&mut self, key: &str, code: u32) {
        for kind in ["rawKeyDown", "keyUp"] {
            let params =
                json!({"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code});
            self.call("Input.dispatchKeyEvent", params);
        }
    }

    /// Errors of scripts and of the security policy, and everything that was asked of a network.
    fn complaints(&self) -> Vec<String> {
        let method = |e: &Value, name: &str| e["method"] == name;
        self.events
            .iter()
            .filter(|e| {
                let error = e["params"]["entry"]["level"] == "error";
                let url = e["params"]["request"]["url"].as_str().unwrap_or("");
                method(e, "Runtime.exceptionThrown")
                    || (method(e, "Log.entryAdded") && error)
                    || (method(e, "Network.requestWillBeSent") && !url.starts_with("file://"))
            })
            .map(Value::to_string)
            .collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const EVIL: &[&str] = &[
    "</script><script>window.obeyed=1</script>",
    "<img src=x onerror=\"window.obeyed=1\">",
    "<!-- <script> \u{2028}\u{2029}",
    "a\u{202e}gnp.exe\u{7}",
    "{{script}}",
];

/// A document of one line that stays, one of boilerplate and one duplicate.
fn count(tally: &mut Tally, chooser: &mut Chooser, n: usize) {
    let evil = EVIL[n % EVIL.len()];
    let id = format!("doc {n} {evil}");
    let lines = [
        format!("Kept {evil}\n"),
        format!("Share {n} {evil}\n"),
        format!("Twin {n} {evil}\n"),
    ];
    let text = lines.concat();
    let (first, second) = (lines[0].len(), lines[0].len() + lines[1].len());
    let removal = |start: usize, end: usize, reason| Removal {
        id: id.clone(),
        source: evil.into(),
        record: n as u64,
        paragraph: 1,
        ..Removal::new(reason, start as u64..end as u64)
    };
    let removals = [
        Removal {
            rule: Some("share-follow".into()),
            category: Some(Category::Cookie),
            ..removal(first, second, Reason::Boilerplate)
        },
        Removal {
            witness: Some(Witness {
                corpus: None,
                id: evil.into(),
                source: evil.into(),
                record: 0,
                paragraph: 0,
                start: 0,
                end: 1,
                jaccard: Ratio(6_100),
                containment: Ratio(9_000),
            }),
            ..removal(second, text.len(), Reason::NearDuplicate)
        },
    ];
    let document = Document {
        source: evil,
        record: n as u64,
        id: &id,
        text: text.as_bytes(),
        paragraphs: 3,
        bytes_out: first as u64,
        written: true,
        protected: n.is_multiple_of(10),
        passed_over: 0,
        stretch: n % 100,
    };
    let cuts: Vec<Cut<'_>> = removals.iter().map(Cut::from).collect();
    tally.document(&document, &cuts);
    tally.show(chooser, &document, &cuts, || removals.to_vec());
    let place = Place {
        source: 0,
        record: n as u32,
        paragraph: 0,
    };
    let repeat = Repeat {
        place,
        removed: 2 + n as u64,
        bytes: 10,
    };
    tally.cluster(&document, &repeat, &lines[0]);
    tally.repeated_line(&document, &repeat, &cuts[0]);
}

fn report(documents: usize) -> Report {
    let (mut tally, mut chooser) = (
        Tally::new(&Config::default()),
        Chooser::new(&Config::default()),
    );
    (0..documents).for_each(|n| count(&mut tally, &mut chooser, n));
    tally.finish(Run::default())
}

fn written(page: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.html");
    std::fs::write(&path, page).unwrap();
    (folder, path)
}

#[test]
fn the_report_works_in_a_browser() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let (_folder, path) = written(&report(150).to_html());
    browser.open(&path);
    assert_eq!(browser.complaints(), Vec::<String>::new());

    // Markup of the input is text, and is there to be read.
    assert_eq!(
        browser.ask("[typeof window.obeyed, document.scripts.length, document.images.length]"),
        json!(["undefined", 2, 0])
    );
    let text = browser.ask("document.body.innerText");
    let text = text.as_str().unwrap();
    for part in [
        "</script><script>window.obeyed=1</script>",
        "<img src=x onerror=",
        "aU+202Egnp.exe",
        "{{script}}",
    ] {
        assert!(text.contains(part), "{part} cannot be read");
    }

    // Every table has a caption, every section a heading that names it.
    let named = "[...document.querySelectorAll('table')].every(t => t.caption.textContent) && [...document.querySelectorAll('section')].every(s => document.getElementById(s.getAttribute('aria-labelledby')).textContent)";
    assert_eq!(browser.ask(named), json!(true));

    // The tab key goes in the order of reading, and what has the focus can be seen.
    let mut order = Vec::new();
    for _ in 0..6 {
        browser.key("Tab", 9);
        let at = "(e => [e.id || e.textContent, getComputedStyle(e).outlineStyle !== 'none'])(document.activeElement)";
        order.push(browser.ask(at));
    }
    let expected = [
        "Skip to the report",
        "query",
        "facet",
        "clear",
        "What went",
        "Cuts drawn by lot",
    ];
    assert_eq!(order, expected.map(|name| json!([name, true])));

    leafs_and_sorts(&mut browser);
    filters(&mut browser);

    // Nothing else runs here, even if it got into the page.
    browser.ask("document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.obeyed=2' })), true");
    assert_eq!(browser.ask("typeof window.obeyed"), json!("undefined"));

    for width in [320, 800] {
        browser.call(
            "Emulation.setDeviceMetricsOverride",
            json!({"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false}),
        );
        assert_eq!(
            browser.ask("document.documentElement.scrollWidth <= innerWidth"),
            json!(true),
            "{width}"
        );
    }
}

/// The table of clusters: a hundred, twenty a leaf.
const CLUSTERS: &str =
    "[...document.querySelectorAll('table')].find(t => t.caption.textContent.startsWith('Kept'))";

fn leafs_and_sorts(browser: &mut Browser) {
    let first = format!(
        "{CLUSTERS}.tBodies[0].rows[0].cells[0].textContent + ' of ' + {CLUSTERS}.tBodies[0].rows.length"
    );
    assert_eq!(browser.ask(&first), json!("151 of 20"));
    browser.ask("document.querySelector('[aria-label=\"Next clusters\"]').focus(), true");
    browser.key(" ", 32);
    assert_eq!(browser.ask(&first), json!("131 of 20"));
    browser.ask(&format!("{CLUSTERS}.querySelectorAll('th button')[0].click(), {CLUSTERS}.querySelectorAll('th button')[0].click(), true"));
    assert_eq!(browser.ask(&first), json!("52 of 20"));
    assert_eq!(
        browser.ask(&format!(
            "{CLUSTERS}.querySelector('th').getAttribute('aria-sort')"
        )),
        json!("ascending")
    );
}

fn filters(browser: &mut Browser) {
    let rows = format!(
        "[{CLUSTERS}.tBodies[0].rows.length, document.querySelectorAll('.samples .why').length]"
    );
    let before = browser.ask(&rows);
    assert_eq!(before, json!([20, 20]));
    browser.ask("document.getElementById('query').focus(), true");
    browser.call("Input.insertText", json!({"text": "DOC 149 "}));
    let found = browser.ask("document.getElementById('found').textContent || null");
    assert!(found.as_str().unwrap().ends_with("found"), "{found}");
    assert_eq!(browser.ask(&rows)[0], json!(1));
    browser.ask("document.getElementById('clear').click(), true");
    assert_eq!(browser.ask(&rows), before);

    // A name in a table of amounts chooses what is shown below.
    browser.ask("[...document.querySelectorAll('td button')].find(b => b.textContent === 'near duplicate').click(), true");
    assert_eq!(
        browser.ask("document.getElementById('facet').value"),
        json!("near_duplicate")
    );
    let kinds =
        "[...new Set([...document.querySelectorAll('.samples .why b')].map(b => b.textContent))]";
    assert_eq!(browser.ask(kinds), json!(["near duplicate"]));
    browser.ask("document.getElementById('clear').click(), true");
}

#[test]
fn an_empty_report_and_a_long_one_load() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let (_folder, path) = written(&report(0).to_html());
    browser.open(&path);
    assert_eq!(browser.complaints(), Vec::<String>::new());
    let lede = browser.ask("document.getElementById('lede').textContent");
    assert_eq!(lede, json!("No document was read."));

    // Our lists are short, but a page of the same making draws long ones too: only one leaf of a list becomes nodes.
    let page = report(150).to_html();
    let (before, after) = page.split_once("\"clusters\":[").unwrap();
    let cluster = |n| json!({"id": format!("doc {n}"), "source": "s", "record": n, "paragraph": 0, "removed": n, "bytes": n, "example": "the ferry"});
    let clusters: Vec<String> = (0..100_000).map(|n| cluster(n).to_string()).collect();
    let (_folder, path) = written(&format!(
        "{before}\"clusters\":[{},{after}",
        clusters.join(",")
    ));
    browser.open(&path);
    assert_eq!(browser.complaints(), Vec::<String>::new());
    let rows = browser.ask("document.querySelectorAll('tr').length");
    assert!(rows.as_u64().unwrap() < 1_000, "{rows}");
    browser.ask("document.getElementById('query').value = 'doc 99999', document.getElementById('query').dispatchEvent(new Event('input')), true");
    browser.ask("document.getElementById('found').textContent || null");
    assert_eq!(
        browser.ask(&format!("{CLUSTERS}.tBodies[0].rows.length")),
        json!(1)
    );
}
