// Tables that can be sorted, leafed through and filtered. A hundred thousand rows cost no more nodes than one leaf of them.

const lists = [];
const facets = new Set();

/** Registers a list for the search: `all` rows, what is searched of a row, by what it was cut, how a choice of rows is drawn. */
const searched = (list) => {
  for (const row of list.facets ? list.all : []) for (const f of list.facets(row)) facets.add(f);
  lists.push(list);
  list.draw(list.all);
};

const search = () => {
  const query = document.getElementById("query").value.trim().toLowerCase();
  const facet = document.getElementById("facet").value;
  let found = 0;
  for (const list of lists) {
    list.texts ||= list.all.map((row) => list.text(row).toLowerCase());
    const chosen = list.all.filter((row, i) =>
      (!query || list.texts[i].includes(query)) && (!facet || (list.facets && list.facets(row).includes(facet))));
    found += chosen.length;
    list.draw(chosen);
  }
  document.getElementById("found").textContent = query || facet ? `${plural(found, "row")} found` : "";
};

const choose = (facet) => {
  document.getElementById("facet").value = facet;
  search();
};

/** Says which rows are shown, and leafs. `turn` gets the number of the first row. */
const pager = (what, leaf, turn) => {
  const at = el("span");
  const step = (by, name) => el("button", { type: "button", "aria-label": `${name} ${what}`, on: { click: () => turn(by * leaf) } }, name);
  const [back, on] = [step(-1, "Previous"), step(1, "Next")];
  const node = el("div", { class: "pager" }, back, on, at);
  return {
    node,
    set(first, some, of, all) {
      node.hidden = all <= leaf;
      const [atStart, atEnd] = [first === 0, first + leaf >= of];
      // A button that is switched off under the fingers hands the focus to the other.
      if (atEnd && !atStart && document.activeElement === on) back.disabled = false, back.focus();
      if (atStart && !atEnd && document.activeElement === back) on.disabled = false, on.focus();
      [back.disabled, on.disabled] = [atStart, atEnd];
      const range = of ? `${count(first + 1)}–${count(first + some)} of ${count(of)}` : "none";
      at.textContent = of < all ? `${range} found, ${count(all)} in all` : range;
    },
  };
};

/**
 * A table. A column has a `head`, a `cell` that returns nodes, and perhaps `by`, the value that sorts it, and `kind`, a class.
 * Figures (kind "n") sort downwards first.
 */
const table = ({ title, note, columns, rows, text, facets: by, stack, what = "rows", leaf = 20 }) => {
  const body = el("tbody");
  const none = el("p", { class: "none", hidden: true }, "Nothing here matches the search.");
  let [chosen, first, sorted] = [rows, 0, null];
  const heads = columns.map((column, i) => {
    const kind = { scope: "col", class: column.kind, "aria-hidden": column.kind === "bar" && "true" };
    if (!column.by || rows.length < 2) return el("th", kind, column.head || "");
    return el("th", kind, el("button", { type: "button", on: { click: () => sort(i) } }, column.head));
  });
  const leaves = pager(what, leaf, (by) => draw(Math.max(0, first + by)));
  const sort = (i) => {
    const down = sorted?.i === i ? !sorted.down : /^n\b/.test(columns[i].kind);
    sorted = { i, down };
    heads.forEach((h, k) => (k === i ? h.setAttribute("aria-sort", down ? "descending" : "ascending") : h.removeAttribute("aria-sort")));
    draw(0);
  };
  const draw = (from) => {
    first = from;
    let all = chosen;
    if (sorted) {
      const key = columns[sorted.i].by;
      const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
      all = chosen.map((row) => [key(row), row]).sort((a, b) => (sorted.down ? order(b[0], a[0]) : order(a[0], b[0]))).map((p) => p[1]);
    }
    const shownNow = all.slice(first, first + leaf);
    body.replaceChildren(...shownNow.map((row) => el("tr", {}, columns.map((column) =>
      el("td", { class: column.kind, "aria-hidden": column.kind === "bar" && "true", dir: column.kind === "example" ? "auto" : null, "data-head": column.head }, column.cell(row))))));
    none.hidden = chosen.length > 0;
    leaves.set(first, shownNow.length, chosen.length, rows.length);
  };
  searched({ all: rows, text: text || (() => ""), facets: by, draw: (found) => { chosen = found; draw(0); } });
  const caption = el("caption", {}, title, note && el("span", { class: "note" }, ` ${note}`));
  return el("div", {}, el("div", { class: stack ? "wide stack" : "wide" }, el("table", {}, caption, el("thead", {}, el("tr", {}, heads)), body)), none, leaves.node);
};
