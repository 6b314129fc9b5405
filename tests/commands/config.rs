//! `dechaff.toml`: its schema says what the program reads, and the command line wins over it.

use std::fs;

use dechaff::config::{Config, SCHEMA};
use serde_json::{Value, json};

use super::{dechaff, said};
use crate::cleaned::temp;

fn schema() -> Value {
    serde_json::from_str(SCHEMA).unwrap()
}

/// All settings as the program writes them, and those that it leaves out by default.
fn settings() -> Value {
    let mut all = serde_json::to_value(Config::default()).unwrap();
    all["input"]["sample"] = json!(0.5);
    all["input"]["seed"] = json!(0);
    all["input"]["max-expansion"] = json!(200);
    all
}

#[test]
fn the_schema_names_every_setting_with_its_default() {
    let (schema, settings) = (schema(), settings());
    let compare = |properties: &Value, values: &Value| {
        let names = |v: &Value| {
            let mut names: Vec<_> = v.as_object().unwrap().keys().cloned().collect();
            names.sort();
            names
        };
        assert_eq!(names(properties), names(values));
        for (name, property) in properties.as_object().unwrap() {
            if let Some(default) = property.get("default") {
                assert_eq!(default, &values[name], "{name}");
            }
            assert!(property["description"].is_string(), "{name}");
        }
    };
    compare(&schema["properties"], &settings);
    compare(
        &schema["properties"]["input"]["properties"],
        &settings["input"],
    );
}

#[test]
fn schema_and_program_agree_on_what_is_right_and_wrong() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let judge = |text: &str| {
        let value: toml::Table = toml::from_str(text).unwrap();
        let by_schema = validator.is_valid(&serde_json::to_value(&value).unwrap());
        (by_schema, toml::from_str::<Config>(text).is_ok())
    };
    let mut cases = vec![
        (String::new(), true),
        ("min-similarity = '55%'".into(), true),
        ("min-similarity = 1.5".into(), false),
        ("min-tokens = -1".into(), false),
        ("min-token = 8".into(), false),
        ("disable = 'frequency'".into(), false),
        ("[input]\nsample = 0.5\nseed = 3".into(), true),
        ("[input]\nsample = 0".into(), false),
        ("[input]\ntextfield = 'x'".into(), false),
    ];
    for (name, property) in schema()["properties"].as_object().unwrap() {
        for value in property
            .get("enum")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            cases.push((format!("{name} = {value}"), true));
            cases.push((format!("{name} = \"x\""), false));
        }
    }
    assert!(cases.len() > 20);
    for (text, right) in cases {
        assert_eq!(judge(&text), (right, right), "{text}");
    }
}

#[test]
fn the_command_line_wins_over_the_file_and_the_file_over_the_default() {
    let folder = temp();
    let at = folder.path();
    fs::write(
        at.join("dechaff.toml"),
        "keep = \"longest\"\nmin-tokens = 9\n[input]\ntext-field = \"body\"\n",
    )
    .unwrap();
    let show = |args: &[&str]| {
        let output = dechaff(at, &[&["config", "show"], args].concat());
        assert_eq!(output.status.code(), Some(0));
        toml::from_str::<Config>(std::str::from_utf8(&output.stdout).unwrap()).unwrap()
    };
    assert_eq!(show(&[]), Config::default());
    let file = show(&["dechaff.toml"]);
    assert_eq!(
        (file.min_tokens, file.input.text_field.as_str()),
        (9, "body")
    );
    let both = show(&["--config", "dechaff.toml", "--min-tokens", "10"]);
    let expected = Config {
        min_tokens: 10,
        ..file
    };
    assert_eq!(both, expected);
    // What a run tells of itself is the same.
    fs::write(at.join("a.jsonl"), "{\"body\": \"He reads it aloud.\"}\n").unwrap();
    said(
        at,
        &[
            "clean",
            "a.jsonl",
            "-o",
            "out",
            "--config",
            "dechaff.toml",
            "--min-tokens",
            "10",
        ],
        0,
    );
    let report = fs::read_to_string(at.join("out/_dechaff/report.json")).unwrap();
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["config"], serde_json::to_value(&expected).unwrap());
}

#[test]
fn pages_of_the_manual_and_completions_are_made_for_every_command() {
    let folder = temp();
    let at = folder.path();
    said(at, &["generate", "man", "-o", "man"], 0);
    let clean = fs::read_to_string(at.join("man/dechaff-clean.1")).unwrap();
    assert!(clean.contains("boilerplate") && clean.contains("Examples"));
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = dechaff(at, &["generate", "completions", shell]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(
            text.contains("dry-run") && text.contains("log-format"),
            "{shell}"
        );
    }
}

#[test]
fn a_wrong_field_is_guessed() {
    let folder = temp();
    let at = folder.path();
    fs::write(
        at.join("a.jsonl"),
        "{\"id\": 1, \"body\": \"He reads it aloud.\"}\n",
    )
    .unwrap();
    let told = said(
        at,
        &["clean", "a.jsonl", "-o", "out", "--text-field", "bdy"],
        0,
    );
    assert!(
        told.contains("no field \"bdy\"; the fields are: body, id; did you mean \"body\"?")
            || told.contains("no field \"bdy\"; the fields are: id, body; did you mean \"body\"?"),
        "{told}"
    );
}

#[test]
fn help_tells_the_defaults_as_they_are() {
    let folder = temp();
    let output = dechaff(folder.path(), &["clean", "--help"]);
    let help = String::from_utf8(output.stdout).unwrap();
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    let defaults = serde_json::to_value(Config::default()).unwrap();
    let mut told = 0;
    for (name, default) in defaults.as_object().unwrap() {
        // Lists and switches have none to tell.
        let Some(default) = default
            .as_str()
            .map(str::to_owned)
            .or(default.as_f64().map(|n| n.to_string()))
        else {
            continue;
        };
        let option = help
            .find(&format!("--{name} <"))
            .unwrap_or_else(|| panic!("{name}"));
        let next = help[option + 2..]
            .find(" --")
            .map_or(help.len(), |n| option + 2 + n);
        let text = &help[option..next];
        assert!(
            text.contains(&format!("[default: {default}]")),
            "{name}: {text}"
        );
        told += 1;
    }
    assert!(told > 8, "{told}");
}
