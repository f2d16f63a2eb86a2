/** A JSON value as a tree that opens and closes; values are text, never markup. */
import { visible } from "./ansi.js";
import { h } from "./dom.js";
import { ExactNumber, parseExact } from "./exact-json.js";

const MAX_CHILDREN = 100;
const OPEN_DEPTH = 2;

/**
 * The tree of an object.
 *
 * @param value the object
 * @param onfilter called with (dotted name, value as text) when the reader filters for a value
 */
export function jsonTree(value, onfilter) {
  return h("div", { class: "tree" }, branch(value, "", 0, onfilter));
}

function branch(value, path, depth, onfilter) {
  const entries = Array.isArray(value) ? value.map((v, i) => [String(i), v]) : Object.entries(value);
  const list = h("ul");
  addChildren(list, entries, 0, path, depth, onfilter);
  return list;
}

function addChildren(list, entries, from, path, depth, onfilter) {
  for (const [name, value] of entries.slice(from, from + MAX_CHILDREN)) {
    list.append(node(name, value, path ? `${path}.${name}` : name, depth, onfilter));
  }
  const next = from + MAX_CHILDREN;
  if (next >= entries.length) return;
  const more = h("li", {}, h("button", {
    type: "button",
    onclick: () => {
      more.remove();
      addChildren(list, entries, next, path, depth, onfilter);
    },
  }, `… ${entries.length - next} more`));
  list.append(more);
}

function node(name, value, path, depth, onfilter) {
  const label = [h("span", { class: "k" }, visible(name)), h("span", { class: "p" }, ": ")];
  if (!isBranch(value)) return h("li", {}, label, leaf(value), only(path, value, onfilter));
  const size = Array.isArray(value) ? `[${value.length}]` : `{${Object.keys(value).length}}`;
  const item = h("li");
  let inner = null;
  const toggle = h("button", { type: "button", "aria-expanded": "false" }, "▸");
  const set = (open) => {
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent = open ? "▾" : "▸";
    if (open && !inner) item.append((inner = branch(value, path, depth + 1, onfilter)));
    if (inner) inner.hidden = !open;
  };
  toggle.addEventListener("click", () => set(toggle.getAttribute("aria-expanded") !== "true"));
  toggle.setAttribute("aria-label", `Open ${name}`);
  item.append(toggle, ...label, h("span", { class: "p" }, size));
  if (depth + 1 < OPEN_DEPTH) set(true);
  return item;
}

const isBranch = (value) => value !== null && typeof value === "object" && !(value instanceof ExactNumber);

function leaf(value) {
  const type = value === null ? "null" : value instanceof ExactNumber ? "number" : typeof value;
  return h("span", { class: `v-${type}` }, type === "string" ? visible(JSON.stringify(value)) : String(value));
}

function only(path, value, onfilter) {
  if (!onfilter) return null;
  return h("button", {
    type: "button",
    class: "only",
    title: `Only lines with this ${path}`,
    onclick: () => onfilter(path, String(value)),
  }, "only these");
}

/** The object that a message consists of, or null. */
export function jsonIn(message) {
  const text = message.trim();
  if (text.length < 2 || !((text[0] === "{" && text.endsWith("}")) || (text[0] === "[" && text.endsWith("]")))) {
    return null;
  }
  try {
    const value = parseExact(text);
    return isBranch(value) && Object.keys(value).length > 0 ? value : null;
  } catch {
    return null;
  }
}
