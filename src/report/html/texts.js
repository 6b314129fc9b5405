// Texts with what went struck through where it stood, and the reason in the margin.

/** Why something went: the reason, by what evidence, or for what it is a duplicate of. */
const why = (w) => [
  el("i", { class: w.reason, "aria-hidden": "true" }), el("b", {}, words(w.rule || w.reason)),
  w.category && ` ${words(w.category)}`,
  w.witness && [w.reason === "contained" ? " in " : " of ", named(w.witness)],
  w.similarity != null && [", ", el("span", { class: "value" }, `${w.reason === "contained" ? "C" : "J"} ${w.similarity.toFixed(2)}`)],
];
const whyText = (w) => [w.reason, w.rule, w.category, w.witness].filter(Boolean).join(" ");
const whyFacets = (w) => [w.reason, w.rule, w.category].filter(Boolean);

const gap = (bytes) => bytes > 0 && el("span", { class: "gap" }, `… ${size(bytes)} …`);

/** What went; said aloud, since the line through it is only seen. */
const struck = (text, omitted) => el("del", {}, el("span", { class: "unseen" }, "[removed: "), shown(text), gap(omitted), el("span", { class: "unseen" }, "]"));

/** A document from its pieces, in rows. A row ends with a line, so that a cut within a line stays in its line. */
const pieces = (list) => {
  const rows = [];
  let row = null;
  const put = (nodes, p, ends) => {
    row ||= rows[rows.push({ whys: [], nodes: [] }) - 1];
    row.nodes.push(nodes);
    if (p) row.whys.push(el("div", {}, why(p.why), p.cuts > 1 && `, ${count(p.cuts)} cuts`));
    if (ends) row = null;
  };
  for (const p of list) {
    if (p.why) put(struck(p.text, p.omitted), p, p.omitted > 0 || p.text.endsWith("\n"));
    else if (p.omitted) put([shown(p.text), gap(p.omitted)], null, true);
    else {
      const line = p.text.lastIndexOf("\n") + 1;
      if (line) put(shown(p.text.slice(0, line)), null, true);
      if (line < p.text.length) put(shown(p.text.slice(line)), null, false);
    }
  }
  return el("div", { class: "text" }, rows.flatMap((r) => [r.whys.length > 0 && el("div", { class: "why" }, r.whys), el("div", { class: "piece", dir: "auto" }, r.nodes)]));
};

/** The documents that lost most; each opens. */
const excerpts = (rows) => {
  const box = el("div");
  const one = (d, i) => {
    const body = el("div");
    const fill = () => body.childNodes.length || body.append(pieces(d.pieces));
    if (i === 0) fill();
    return el("details", { class: "document", open: i === 0, on: { toggle: fill } },
      el("summary", {}, el("span", { class: "id" }, named(d.id)), el("span", { class: "place" }, named(`${d.source}#${d.record}`)),
        el("span", { class: "n" }, `${size(d.bytes_removed)} of ${size(d.bytes_in)}, ${percent(d.bytes_removed, d.bytes_in)}`)), body);
  };
  const none = el("p", { class: "none", hidden: true }, "Nothing here matches the search.");
  searched({
    all: rows,
    text: (d) => [d.id, d.source, ...d.pieces.map((p) => p.text + (p.why ? ` ${whyText(p.why)}` : ""))].join("\n"),
    facets: (d) => [...new Set(d.pieces.flatMap((p) => (p.why ? whyFacets(p.why) : [])))],
    draw: (found) => { box.replaceChildren(...found.map(one)); none.hidden = found.length > 0; },
  });
  return el("div", {}, box, none);
};

/** Cuts drawn by lot, leaf by leaf, each with what stood around it. */
const samples = (rows) => {
  const box = el("div", { class: "text samples" });
  const none = el("p", { class: "none", hidden: true }, "Nothing here matches the search.");
  let [chosen, first] = [rows, 0];
  const leaves = pager("cuts", 20, (by) => draw(Math.max(0, first + by)));
  const draw = (from) => {
    first = from;
    const leaf = chosen.slice(first, first + 20);
    box.replaceChildren(...leaf.flatMap((s) => [
      el("div", { class: "why" }, why(s.why), el("br"), named(s.id)),
      el("div", { class: "piece", dir: "auto" }, el("span", { class: "around" }, shown(s.before)), struck(s.text, s.omitted), el("span", { class: "around" }, shown(s.after))),
    ]));
    none.hidden = chosen.length > 0;
    leaves.set(first, leaf.length, chosen.length, rows.length);
  };
  searched({
    all: rows, text: (s) => [s.id, s.source, s.before, s.text, s.after, whyText(s.why)].join("\n"), facets: (s) => whyFacets(s.why),
    draw: (found) => { chosen = found; draw(0); },
  });
  return el("div", {}, box, none, leaves.node);
};
