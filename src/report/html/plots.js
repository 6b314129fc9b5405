// Lengths that stand for figures. Each figure stands beside its bar, or in a table below, so that nothing is told by colour alone.

const REASONS = ["boilerplate", "exact_duplicate", "near_duplicate", "contained"];

/** All text in one line: what stays, and what went by reason. */
const ribbon = (report) => {
  const parts = [["kept", report.bytes.out], ...REASONS.map((r) => [r, report.removed.by_reason[r]?.bytes || 0])].filter(([, n]) => n > 0);
  const part = ([name, bytes]) => el("i", { class: name, css: { flex: `${bytes} 1 0` } });
  const key = ([name, bytes]) => el("li", {}, el("i", { class: name }), `${words(name)} `, el("b", {}, percent(bytes, report.bytes.in)), ` ${size(bytes)}`);
  return [el("div", { class: "ribbon", "aria-hidden": "true" }, parts.map(part)), el("ul", { class: "key", "aria-label": "All text, by what became of it" }, parts.map(key))];
};

/** A table of groups with bars, longest first. `pick` tells whether a name can be chosen to filter by. */
const groups = (title, note, amounts, whole, colour, pick) => {
  const rows = Object.entries(amounts).map(([name, a]) => ({ name, ...a })).sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
  const most = Math.max(1, ...rows.map((r) => r.bytes));
  const name = (r) => (pick ? el("button", { type: "button", title: "Show only these below", on: { click: () => choose(r.name) } }, words(r.name)) : shown(r.name));
  return table({
    title, note, rows, what: title.toLowerCase(), leaf: 10, text: (r) => r.name, facets: pick && ((r) => [r.name]),
    columns: [
      { head: title.split(" ").at(-1), cell: name, kind: "name" },
      { head: "", cell: (r) => el("i", { class: colour(r.name), css: { width: `${(100 * r.bytes) / most}%` } }), kind: "bar" },
      { head: "of text", cell: (r) => percent(r.bytes, whole), kind: "n", by: (r) => r.bytes },
      { head: "size", cell: (r) => size(r.bytes), kind: "n", by: (r) => r.bytes },
      { head: "cuts", cell: (r) => count(r.cuts), kind: "n more", by: (r) => r.cuts },
      { head: "documents", cell: (r) => count(r.documents), kind: "n more", by: (r) => r.documents },
    ],
  });
};

/** Columns side by side, and the same as a table. A column is `{ name, parts: [[class, height, text]] }`. */
const columns = ({ title, note, top, topText, data, ends, heads, mark }) => {
  const column = (c) => el("span", { title: `${c.name}: ${c.parts.map((p) => p[2]).join(", ")}` },
    c.parts.filter((p) => p[1] > 0).map(([kind, height]) => el("i", { class: kind, css: { height: `max(1px, ${(100 * height) / top}%)` } })));
  const line = mark && el("i", { class: "mark", css: { left: `${100 * mark.at}%` } });
  return el("figure", {},
    el("figcaption", {}, el("b", {}, title), ` ${note}`),
    el("div", { class: "plot", "aria-hidden": "true" }, el("div", { class: "axis" }, el("span", {}, topText), el("span", {}, "0")), el("div", { class: "columns" }, data.map(column), line)),
    el("div", { class: "ends", "aria-hidden": "true" }, ends.map((e) => el("span", {}, e))),
    el("details", {}, el("summary", {}, "As a table"), el("table", {},
      el("caption", { class: "unseen" }, title),
      el("thead", {}, el("tr", {}, heads.map((h, i) => el("th", { scope: "col", class: i ? "n" : null }, h)))),
      el("tbody", {}, data.map((c) => el("tr", {}, el("th", { scope: "row" }, c.name), c.parts.map((p) => el("td", { class: "n" }, p[2]))))))));
};

/** The least round number that is not under `n`: a scale that can be read. */
const round = (n) => {
  const power = 10 ** Math.floor(Math.log10(Math.max(n, 1e-9)));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((f) => f * power).find((f) => f >= n * 0.999999);
};
