// Elements, figures, texts. Whatever comes from the input gets into the page here, and only as text.

/** Makes an element. Strings become text nodes; nothing is ever parsed as markup. */
const el = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, run] of Object.entries(value)) node.addEventListener(event, run);
    else if (name === "css") for (const [property, v] of Object.entries(value)) node.style.setProperty(property, v);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat(3).filter((c) => c != null && c !== false));
  return node;
};

// What a browser would obey silently: controls, line separators, and marks that turn the direction of writing.
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2060-\u206f\ufeff]/;

/** A text of the input as nodes: what cannot be seen is shown by its number. */
const shown = (text) => {
  if (!OBEYED.test(text)) return [text];
  return text.split(new RegExp(`(${OBEYED.source})`)).filter(Boolean).map((part) =>
    OBEYED.test(part) ? el("span", { class: "seen" }, `U+${part.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`) : part);
};

/** A name of the input within a sentence: its direction of writing does not reach the words around it. */
const named = (text) => el("bdi", {}, shown(text));

const words = (name) => name.replaceAll("_", " ");
const count = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ",");
const plural = (n, noun) => `${count(n)} ${noun}${n === 1 ? "" : "s"}`;

/** Bytes with three digits, in the units of the summary on the terminal. */
const size = (bytes) => {
  if (bytes < 1000) return `${bytes} B`;
  let value = bytes / 1024, unit = 0;
  for (; value >= 999.5 && unit < 5; unit++) value /= 1024;
  return `${value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0)} ${["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"][unit]}`;
};

/** A share that never rounds something to nothing, or a part to all. */
const percent = (part, whole) => {
  const share = (100 * part) / Math.max(whole, 1);
  if (part === 0) return "0 %";
  if (share < 0.1) return "<0.1 %";
  return share > 99.9 && part < whole ? ">99.9 %" : `${share.toFixed(1)} %`;
};
