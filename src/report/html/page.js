// Puts the page together from the report. Sections without rows are left out.

const { report, warnings } = JSON.parse(document.getElementById("data").textContent);
const main = document.getElementById("main");

const section = (title, note, ...content) => {
  const list = document.getElementById("sections");
  const id = `s${list.childNodes.length + 1}`;
  list.append(el("li", {}, el("a", { href: `#${id}` }, title)));
  main.append(el("section", { "aria-labelledby": id }, el("h2", { id }, title), note && el("p", { class: "note" }, note), content));
};
const place = (r) => named(`${r.source}#${r.record}`);
const full = (object) => Object.keys(object || {}).length > 0;

const head = () => {
  const { documents: d, bytes: b } = report;
  document.getElementById("lede").append(d.in
    ? `Of ${size(b.in)} of text in ${plural(d.in, "document")} ${b.removed ? `${size(b.removed)} went (${percent(b.removed, b.in)}), ${size(b.out)} are left` : "nothing went"}. ` +
      (d.changed ? `${plural(d.changed, "document")} lost something, ${d.emptied ? count(d.emptied) : "none"} of them everything${d.left_out ? `; ${count(d.left_out)} are left out` : ""}.` : "")
    : "No document was read.");
  const note = (text) => el("li", { class: text.startsWith("ALARM") && "alarm" }, shown(text));
  if (warnings.length) main.append(el("section", { "aria-labelledby": "look" }, el("h2", { id: "look", class: "unseen" }, "Deserves a look"), el("ul", { class: "alarms" }, warnings.map(note))));
  if (b.in) main.append(...ribbon(report));
};

const overInput = () => {
  const all = report.over_input || [];
  const data = all.map((s, i) => ({ ...s, i, share: (s.boilerplate + s.duplicates) / Math.max(1, s.in) })).filter((s) => s.in > 0);
  if (!data.length || !report.bytes.removed) return null;
  const top = Math.min(1, round(Math.max(...data.map((s) => s.share))));
  return columns({
    title: "Over the input.", note: "Share of the text that went, documents in the order in which they were read.",
    top, topText: `${+(100 * top).toPrecision(3)} %`, ends: ["first document", "last"], heads: ["Part of the input", "Boilerplate", "Duplicates"],
    data: data.map((s) => ({ name: `${s.i + 1} %`, parts: [["near_duplicate", s.duplicates / s.in, `${percent(s.duplicates, s.in)} duplicates`], ["boilerplate", s.boilerplate / s.in, `${percent(s.boilerplate, s.in)} boilerplate`]] })),
  });
};

const histogram = (title, note, counts, kind, at) => {
  if (!counts?.some((n) => n > 0)) return null;
  const top = round(Math.max(...counts));
  const edge = (i) => (i / counts.length).toFixed(2);
  return columns({
    title, note, top, topText: count(top), ends: ["0", "0.25", "0.5", "0.75", "1"], heads: ["Similarity", "Cuts"], mark: { at },
    data: counts.map((n, i) => ({ name: `${edge(i)} to ${edge(i + 1)}`, parts: [[kind, n, count(n)]] })),
  });
};

head();
const { removed, bytes } = report;
if (bytes.removed) {
  const warm = () => "boilerplate";
  section("What went", "Bars are drawn to the longest of their table. A name filters everything below by it.",
    el("div", { class: "pair" },
      groups("By reason", "", removed.by_reason, bytes.in, (n) => n, true),
      full(removed.by_category) && groups("Boilerplate by category", "", removed.by_category, bytes.in, warm, true),
      full(removed.by_rule) && groups("Boilerplate by evidence", "the first that fired", removed.by_rule, bytes.in, warm, true),
      groups("By language", "of the document", removed.by_language, bytes.in, () => "any", false)),
    overInput(),
    el("div", { class: "pair" },
      histogram("Near duplicates", "by J, the share of all shingles that both texts have. The line is --min-similarity.", report.similarities?.near, "near_duplicate", report.config["min-similarity"]),
      histogram("Contained", "by C, the share of the shorter text's shingles. The line is --min-containment.", report.similarities?.contained, "contained", report.config["min-containment"])));
}
const drawn = Object.values(report.samples || {}).flat();
if (drawn.length) section("Cuts drawn by lot", "Some of each kind, with what stood around them. To see the text that a duplicate was compared with: dechaff explain FOLDER ID.", samples(drawn));
if (full(report.excerpts)) section("Documents that lost most", "What went is struck through where it stood; long stretches are shortened.", excerpts(report.excerpts));

const amounts = [
  { head: "removed", kind: "n", cell: (r) => count(r.removed), by: (r) => r.removed },
  { head: "size", kind: "n", cell: (r) => size(r.bytes), by: (r) => r.bytes },
];
if (full(report.clusters)) section("Largest duplicate clusters", "Paragraphs that stayed, by how many went for them.", table({
  title: "Kept paragraphs", rows: report.clusters, stack: true, what: "clusters", text: (r) => `${r.id}\n${r.source}\n${r.example}`, facets: () => REASONS.slice(1),
  columns: [...amounts, { head: "kept text", kind: "example", cell: (r) => shown(r.example) }, { head: "kept in", kind: "place", cell: (r) => [named(r.id), `, paragraph ${r.paragraph}`], by: (r) => r.id }],
}));
const repeated = report.repeated_lines.filter((l) => l.removed > 1);
if (repeated.length) section("Most repeated boilerplate", "Lines that went, by how often.", table({
  title: "Removed lines", rows: repeated, stack: true, what: "lines", text: (r) => `${r.text}\n${r.rule}\n${r.category}\n${r.source}`, facets: (r) => ["boilerplate", r.rule, r.category],
  columns: [...amounts, { head: "line", kind: "example", cell: (r) => shown(r.text) }, { head: "evidence", kind: "place", cell: (r) => `${r.rule}, ${words(r.category)}`, by: (r) => r.rule }],
}));

const losses = [
  { head: "of its text", kind: "n", cell: (r) => percent(r.bytes_removed, r.bytes_in), by: (r) => r.bytes_removed / Math.max(1, r.bytes_in) },
  { head: "", kind: "bar", cell: (r) => el("i", { class: "any", css: { width: `${(100 * r.bytes_removed) / Math.max(1, r.bytes_in)}%` }, }) },
  { head: "removed", kind: "n", cell: (r) => size(r.bytes_removed), by: (r) => r.bytes_removed },
];
if (full(report.sources_lost_most) || full(report.documents_lost_most)) section("Where it went", "",
  full(report.sources_lost_most) && table({
    title: "Sources", note: "of at least 64 KiB, by the share that went", rows: report.sources_lost_most, what: "sources", text: (r) => r.source,
    columns: [{ head: "source", kind: "id", cell: (r) => named(r.source), by: (r) => r.source }, ...losses, { head: "documents", kind: "n", cell: (r) => count(r.documents), by: (r) => r.documents }],
  }),
  full(report.documents_lost_most) && table({
    title: "Documents", note: "by bytes", rows: report.documents_lost_most, what: "documents", text: (r) => `${r.id}\n${r.source}#${r.record}`,
    columns: [{ head: "document", kind: "id", cell: (r) => named(r.id), by: (r) => r.id }, ...losses, { head: "place", kind: "place", cell: place, by: (r) => r.record }],
  }));

const aside = [["Records that could not be read", report.quarantined], ["Documents that kept their boilerplate", report.protected], ["Lines that are not UTF-8", report.passed_over]].filter(([, n]) => full(n.first));
if (aside.length) section("Set aside", "", aside.map(([title, n]) => table({
  title, note: `${count(n.count)} in all`, rows: n.first, what: title.toLowerCase(), text: (r) => `${r.id}\n${r.source}\n${r.note}`,
  columns: [{ head: "id", kind: "id", cell: (r) => named(r.id), by: (r) => r.id }, { head: "place", kind: "place", cell: place }, { head: "what", kind: "place", cell: (r) => shown(r.note) }],
})));

const { run, tool } = report;
const facts = [
  ["Inputs", run.inputs.join(", ")], ["Outputs", run.outputs.join(", ")], ["Sources", count(report.sources)],
  ["Paragraphs", `${count(report.paragraphs.in)}, ${count(report.paragraphs.removed)} removed`],
  ["Time", `${(run.wall_ms / 1000).toFixed(1)} s, ${size(run.bytes_per_second)} of text a second`],
  ["Threads", count(run.threads)], ["Memory", `${run.peak_memory ? `${size(run.peak_memory)} at most` : "not measured"}, ${size(run.memory)} allowed`],
  ["Configuration", report.fingerprint],
];
section("The run", "", el("dl", {}, facts.map(([name, text]) => [el("dt", {}, name), el("dd", {}, shown(text))])),
  el("details", {}, el("summary", {}, "All settings"), el("pre", {}, shown(JSON.stringify(report.config, null, 2).replaceAll("\\u001b", "␛")))));
document.getElementById("footer").append(`${tool.name} ${tool.version}. The same figures, for programs, are in report.json; every cut, with its evidence, in removed/.`);

const facet = document.getElementById("facet");
facet.append(el("option", { value: "" }, "anything"), ...[...facets].sort().map((f) => el("option", { value: f }, words(f))));
let wait;
document.getElementById("query").addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(search, 120); });
facet.addEventListener("change", search);
document.getElementById("clear").addEventListener("click", () => { document.getElementById("query").value = ""; choose(""); document.getElementById("query").focus(); });
document.querySelector(".tools").hidden = document.querySelector("nav").hidden = !lists.length;
