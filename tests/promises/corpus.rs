//! Small corpora that are rich in duplicates: paragraphs of a few sentences, copied, cut short, edited, quoted and repeated
//! in runs with their short lines, in several languages, over several documents and sources.
//!
//! A corpus is made of steps, so that a failing one shrinks to the few steps that matter. Every copy looks back at all
//! lines so far, whatever document they are in.

use proptest::collection::vec;
use proptest::prelude::*;

/// Sentences in six languages and four scripts, with numbers, names, directions and negations, and one that repeats itself.
const SENTENCES: [&str; 24] = [
    "The old lighthouse at Pell Head was lit again on Friday after eleven dark winters.",
    "Its keeper, Maud Trenholm, had trimmed the wick every evening anyway.",
    "Nobody had told her that the lamp was to be replaced by a buoy with a battery.",
    "The harbour board said the repair would cost 48,000 crowns and take until March.",
    "Prices for herring rose by 12 percent while those for cod fell by 3 percent.",
    "She will not sell the boat, whatever the brothers from Varn may offer her this spring.",
    "Two of the three bridges over the Ister are closed to carts until further notice.",
    "We walked along the shore until the path gave out, and then we walked on the stones.",
    "It was, he wrote, a winter of soup, of borrowed coats and of letters that came late.",
    "la la la la la la la la la la la la la la la la la la la la la",
    "Anyone who finds a grey glove with a blue thumb is asked to leave it at the bakery.",
    "The bakery opens at six.",
    "Der alte Kahn liegt seit dem Sommer am Steg und niemand will ihn haben, sagt der Fischer.",
    "Im Jahr 1987 wurden dort noch 340 Tonnen Aal gefangen, im letzten Jahr waren es vier.",
    "Le moulin de la colline tourne encore, mais il ne moud plus que du poivre et des rumeurs.",
    "Le maire n'a pas voulu dire combien de sacs avaient disparu pendant la nuit de mardi.",
    "Старый паром снова ходит через реку, хотя вода в этом году поднялась на два метра.",
    "Паромщик говорит, что не помнит такой весны с тысяча девятьсот шестидесятого года.",
    "河边的老茶馆去年冬天关了门，今年春天又在对岸开了起来，茶客们划着船去喝茶。",
    "掌柜说，茶还是三块钱一壶，只是船钱要另外算，来回一共五块。",
    "عاد بائع الكتب القديمة إلى ركنه قرب الجسر بعد غياب طال ثلاث سنوات كاملة في الشمال.",
    "يقول إنه باع في اليوم الأول سبعة كتب واشترى تسعة ولم يقرأ منها شيئا بعد.",
    "Fish &amp; chips cost &quot;next to nothing&quot; at the pier, said O’Hara – and the gulls agreed.",
    "The stationmaster counted the passengers twice and came to a different number each time.",
];

/// Lines too short to be judged alone.
const SHORTS: [&str; 9] = [
    "No.",
    "Yes, once.",
    "* * *",
    "}",
    "...",
    "Why?",
    "是的。",
    "Нет.",
    "Walter wrote:",
];

/// Lines that a rule removes.
const NOTICES: [&str; 2] = [
    "We use cookies to improve your experience. By continuing to browse you agree to our use of cookies.",
    "This website uses cookies to ensure you get the best experience. Learn more",
];

/// What stands behind a paragraph and is cut from it.
const GLUED: [&str; 3] = [
    "(Photo by Tomas Veld/Getty Images)",
    "[Ragna Solheim/AFP]",
    "READ ALSO The mill that nobody wanted",
];

/// Words that edits put in.
const WORDS: [&str; 8] = [
    "green",
    "17",
    "perhaps",
    "Tallow",
    "not",
    "зелёный",
    "茶",
    "and",
];

/// How a copy differs from what it was copied from.
#[derive(Debug, Clone)]
pub(super) enum Edit {
    Same,
    Upper,
    Quoted,
    Spaces,
    Head(u8),
    Tail(u8),
    Drop(u8),
    Swap(u8),
    Replace(u8, u8),
    Insert(u8, u8),
    Append(u8),
    Prepend(u8),
    /// Boilerplate glued to its end: a credit, which makes it a caption, or a link.
    Glued(u8),
}

/// What comes next in a document.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// Some sentences.
    Fresh(Vec<u8>),
    /// A line that was there before, edited.
    Copy(u16, Edit),
    /// Some consecutive lines that were there before.
    Repeat(u16, u8),
    /// A paragraph that was there before, wrapped at a margin, perhaps quoted.
    Wrapped(u16, bool),
    Short(u8),
    Notice(u8),
    Blank,
}

/// How lines end.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ends {
    Lf,
    CrLf,
    Mixed,
    /// `\n`, but for the last line.
    Open,
}

/// How a source is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Each document a file of its own.
    Text,
    Json,
    /// Everything that may be escaped is.
    Escaped,
    /// Blanks, other fields, slashes escaped, no id.
    Loose,
}

/// One document, as it was before.
#[derive(Debug, Clone)]
pub(super) struct Doc {
    pub(super) source: String,
    pub(super) record: u64,
    pub(super) text: String,
}

/// What goes in: the files, and the documents in them in input order.
#[derive(Clone)]
pub(super) struct Corpus {
    pub(super) files: Vec<(String, Vec<u8>)>,
    pub(super) docs: Vec<Doc>,
}

/// The files are long lists of bytes; the documents say it all.
impl std::fmt::Debug for Corpus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let line = |d: &Doc| format!("{}#{} {:?}", d.source, d.record, d.text);
        f.debug_list().entries(self.docs.iter().map(line)).finish()
    }
}

pub(super) type Plan = Vec<(Form, Vec<(Ends, Vec<Step>)>)>;

fn edit() -> impl Strategy<Value = Edit> {
    use Edit::*;
    prop_oneof![
        3 => Just(Same),
        1 => Just(Upper),
        1 => Just(Quoted),
        1 => Just(Spaces),
        2 => any::<u8>().prop_map(Head),
        2 => any::<u8>().prop_map(Tail),
        2 => any::<u8>().prop_map(Drop),
        1 => any::<u8>().prop_map(Swap),
        3 => any::<(u8, u8)>().prop_map(|(a, b)| Replace(a, b)),
        3 => any::<(u8, u8)>().prop_map(|(a, b)| Insert(a, b)),
        2 => any::<u8>().prop_map(Append),
        2 => any::<u8>().prop_map(Prepend),
        2 => any::<u8>().prop_map(Glued),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => vec(0..SENTENCES.len() as u8, 1..4).prop_map(Step::Fresh),
        6 => (any::<u16>(), edit()).prop_map(|(of, edit)| Step::Copy(of, edit)),
        3 => (any::<u16>(), 2..7u8).prop_map(|(of, len)| Step::Repeat(of, len)),
        1 => any::<(u16, bool)>().prop_map(|(of, quoted)| Step::Wrapped(of, quoted)),
        3 => any::<u8>().prop_map(Step::Short),
        1 => any::<u8>().prop_map(Step::Notice),
        3 => Just(Step::Blank),
    ]
}

/// Corpora of up to four sources.
pub(super) fn corpora() -> impl Strategy<Value = Corpus> {
    use Ends::*;
    let ends = prop_oneof![3 => Just(Lf), 1 => Just(CrLf), 1 => Just(Mixed), 1 => Just(Open)];
    let form = prop_oneof![
        Just(Form::Text),
        Just(Form::Json),
        Just(Form::Escaped),
        Just(Form::Loose)
    ];
    let doc = (ends, vec(step(), 0..16));
    vec((form, vec(doc, 1..5)), 1..5).prop_map(|plan| build(&plan))
}

/// Carries out a plan.
pub(super) fn build(plan: &Plan) -> Corpus {
    let mut corpus = Corpus {
        files: Vec::new(),
        docs: Vec::new(),
    };
    let mut history = Vec::new();
    for (number, (form, docs)) in plan.iter().enumerate() {
        let mut file = Vec::new();
        for (place, (ends, steps)) in docs.iter().enumerate() {
            let text = document(steps, *ends, &mut history);
            let (mut source, mut record) = (format!("s{number}.jsonl"), place as u64);
            if *form == Form::Text {
                (source, record) = (format!("s{number}/{place:03}.txt"), 0);
                corpus.files.push((source.clone(), text.clone().into()));
                // An empty file holds no document.
                if text.is_empty() {
                    continue;
                }
            } else {
                file.extend_from_slice(json(&text, *form, number, place).as_bytes());
            }
            corpus.docs.push(Doc {
                source,
                record,
                text,
            });
        }
        if *form != Form::Text {
            corpus.files.push((format!("s{number}.jsonl"), file));
        }
    }
    // `s0.jsonl` stands before `s0/`, and `s10` before `s2`, in byte order; so do the documents.
    corpus
        .docs
        .sort_by(|a, b| (&a.source, a.record).cmp(&(&b.source, b.record)));
    corpus
}

fn document(steps: &[Step], ends: Ends, history: &mut Vec<String>) -> String {
    let from = history.len();
    for step in steps {
        let at = |of: &u16| usize::from(*of) % history.len().max(1);
        match step {
            Step::Fresh(sentences) => {
                let sentences = sentences.iter().map(|&s| SENTENCES[usize::from(s)]);
                history.push(sentences.collect::<Vec<_>>().join(" "));
            }
            Step::Copy(of, edit) => {
                let line = history.get(at(of)).map(|line| edited(line, edit));
                history.extend(line);
            }
            Step::Repeat(of, len) => {
                let lines = history.iter().skip(at(of)).take(usize::from(*len));
                let lines: Vec<String> = lines.cloned().collect();
                history.extend(lines);
            }
            Step::Wrapped(of, quoted) => {
                let lines = history.get(at(of)).map(|line| wrapped(line, *quoted));
                history.extend(lines.unwrap_or_default());
            }
            Step::Short(i) => history.push(SHORTS[usize::from(*i) % SHORTS.len()].into()),
            Step::Notice(i) => history.push(NOTICES[usize::from(*i) % NOTICES.len()].into()),
            Step::Blank => history.push(String::new()),
        }
    }
    let lines = &history[from..];
    let mut text = String::new();
    for (i, line) in lines.iter().enumerate() {
        text.push_str(line);
        text.push_str(match ends {
            Ends::Open if i + 1 == lines.len() => "",
            Ends::Lf | Ends::Open => "\n",
            Ends::CrLf => "\r\n",
            Ends::Mixed => ["\n", "\r\n", "\r\r\n"][(i + line.len()) % 3],
        });
    }
    text
}

fn edited(line: &str, edit: &Edit) -> String {
    // Chinese has no spaces to count words by, so there an edit works on characters.
    let glue = if line.contains(' ') { " " } else { "" };
    let mut words: Vec<&str> = match glue {
        "" => line.split("").filter(|w| !w.is_empty()).collect(),
        _ => line.split(' ').collect(),
    };
    let at = |i: &u8| usize::from(*i) % words.len().max(1);
    let word = |i: &u8| WORDS[usize::from(*i) % WORDS.len()];
    let sentence = |i: &u8| SENTENCES[usize::from(*i) % SENTENCES.len()];
    match edit {
        Edit::Same => {}
        Edit::Upper => return line.to_uppercase(),
        Edit::Quoted => return format!("> {line}"),
        Edit::Spaces => return format!("  {line}\t "),
        Edit::Append(i) => return format!("{line} {}", sentence(i)),
        Edit::Prepend(i) => return format!("{} {line}", sentence(i)),
        Edit::Glued(i) => return format!("{line} {}", GLUED[usize::from(*i) % GLUED.len()]),
        Edit::Head(i) => words.truncate(at(i) + 1),
        Edit::Tail(i) => drop(words.drain(..at(i))),
        Edit::Drop(i) if words.len() > 1 => drop(words.remove(at(i))),
        Edit::Drop(_) => {}
        Edit::Swap(_) | Edit::Insert(..) if words.is_empty() => {}
        Edit::Swap(i) => {
            let i = at(i);
            words.swap(i, i / 2);
        }
        Edit::Replace(i, w) if !words.is_empty() => {
            let i = at(i);
            words[i] = word(w);
        }
        Edit::Replace(..) => {}
        Edit::Insert(i, w) => words.insert(at(i), word(w)),
    }
    words.join(glue)
}

/// Breaks a line at 60 columns, as mail programs do.
fn wrapped(line: &str, quoted: bool) -> Vec<String> {
    let mark = if quoted { "> " } else { "" };
    let mut lines = vec![String::from(mark)];
    for word in line.split(' ') {
        let last = lines.last_mut().unwrap();
        if last.chars().count() + word.chars().count() > 60 && last.len() > mark.len() {
            lines.push(format!("{mark}{word}"));
        } else {
            if last.len() > mark.len() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines
}

/// Writes a document as a line of JSON.
fn json(text: &str, form: Form, source: usize, place: usize) -> String {
    let quoted = serde_json::to_string(text).unwrap();
    match form {
        Form::Escaped => {
            let mut out = String::new();
            for c in quoted.chars() {
                let mut units = [0; 2];
                match c {
                    ' '..='~' => out.push(c),
                    c => c
                        .encode_utf16(&mut units)
                        .iter()
                        .for_each(|u| out += &format!("\\u{u:04X}")),
                }
            }
            format!("{{\"text\":{out},\"id\":\"d{source}-{place}\"}}\n")
        }
        Form::Loose => {
            let quoted = quoted.replace('/', "\\/").replace("e t", "e\\u0020t");
            format!(
                " {{ \"n\" : [1.50, {{}}], \"text\" : {quoted} , \"url\":\"http://h{source}.example/{place}\"}}\r\n"
            )
        }
        _ => format!("{{\"id\":{place},\"text\":{quoted}}}\n"),
    }
}
