/** Draws rows into elements. Elements are used again and again; text enters only as text. */
import { bySigns, hasEscapes, parse, visible } from "./ansi.js";
import { count, h } from "./dom.js";
import { jsonIn, jsonTree } from "./json-tree.js";
import { lineId } from "./log-lines.js";
import { clock } from "./times.js";

const CLIP_CHARS = 2_000;
const CLIP_LINES = 24;
const KNOWN_SOURCES = new Set(["stdout", "stderr", "sdk"]);

/**
 * The painter of rows.
 *
 * settings: utc, merged, rankOf(stream) → number, linkOf(row) → address, highlighter,
 * expanded / unclipped (sets of row keys), marked (a set of ids of lines), selectedKey,
 * onfilter(name, value)
 */
export class RowPainter {
  #pool = [];

  constructor(settings) {
    this.settings = settings;
  }

  /** An element that shows the row. */
  paint(row) {
    if (row.kind !== "line") return notice(row);
    const element = this.#pool.pop() ?? blank();
    this.repaint(element, row);
    return element;
  }

  /** Gives an element back. */
  release(element) {
    element.remove();
    if (element.parts && this.#pool.length < 600) this.#pool.push(element);
  }

  /** Shows the row in an element that paint() made. */
  repaint(element, row) {
    if (row.kind !== "line") return;
    const { settings } = this;
    const { ln, t, l, s, r } = element.parts;
    element.key = row.key;
    element.className = `row lv-${row.band}`;
    if (row.context) element.classList.add("context");
    if (row.key === settings.selectedKey) element.classList.add("selected");
    if (settings.marked.has(lineId(row))) element.classList.add("marked");
    this.#actions(element, row);
    ln.textContent = row.line;
    ln.href = settings.linkOf(row);
    setText(t, `[${clock(row.ms, settings.utc)}]`);
    t.title = row.received ? `${row.time} (when it was received)` : row.time;
    setText(l, `[${visible(row.level)}]`);
    setText(s, `[${visible(row.source)}]`);
    s.className = KNOWN_SOURCES.has(row.source) ? `s s-${row.source}` : "s";
    r.hidden = !settings.merged;
    if (settings.merged) {
      setText(r, visible(row.streamName));
      r.className = `r rank-${settings.rankOf(row.stream) % 6}`;
    }
    this.#message(element, row);
  }

  /** What one does with the selected line, for whoever has no keyboard; buttons that are there stay. */
  #actions(element, row) {
    const { selectedKey, marked } = this.settings;
    if (row.key !== selectedKey || row.context) {
      element.actions?.remove();
      element.actions = null;
      return;
    }
    if (!element.actions) element.append((element.actions = actions()));
    element.actions.firstChild.setAttribute("aria-pressed", String(marked.has(lineId(row))));
  }

  #message(element, row) {
    const { settings } = this;
    const clip = settings.unclipped.has(row.key) ? null : clipAt(row.message);
    const message = clip ? row.message.slice(0, clip.end) : row.message;
    const data = row.fields ?? (row.parsed === undefined ? (row.parsed = jsonIn(row.message)) : row.parsed);
    const text = document.createDocumentFragment();
    this.#text(text, message);
    if (clip) text.append(h("button", { type: "button", class: "more" }, clip.label));
    if (row.truncated !== null) text.append(h("span", { class: "flag" }, `cut by the server; it had ${count(row.truncated)} bytes`));
    const { discloser, tree } = this.#data(element, row, data);
    for (const child of [...element.parts.m.childNodes]) {
      if (child !== discloser && child !== tree) child.remove();
    }
    element.parts.m.insertBefore(text, tree);
  }

  /** The button that opens the fields, and their tree while it is open: what is there stays as it is. */
  #data(element, row, data) {
    const { m } = element.parts;
    const { expanded, onfilter } = this.settings;
    if (element.fields?.data !== data) {
      m.replaceChildren();
      element.fields = { data, discloser: data && discloser(), tree: null };
      if (data) m.append(element.fields.discloser);
    }
    const { fields } = element;
    if (!data) return fields;
    const open = expanded.has(row.key);
    fields.discloser.setAttribute("aria-expanded", String(open));
    fields.discloser.setAttribute("aria-label", open ? "Hide the fields" : "Show the fields");
    setText(fields.discloser, open ? "▾" : "▸");
    if (open && !fields.tree) m.append((fields.tree = jsonTree(data, row.fields ? onfilter : null)));
    if (!open) {
      fields.tree?.remove();
      fields.tree = null;
    }
    return fields;
  }

  #text(m, message) {
    const { highlighter } = this.settings;
    const pieces = hasEscapes(message) ? parse(message) : [{ text: visible(message), fg: null, bg: null, classes: "" }];
    const hits = highlighter.active ? highlighter.hits(pieces.map((piece) => piece.text).join("")) : [];
    if (hits.length === 0 && pieces.length === 1 && plain(pieces[0])) {
      appendText(m, pieces[0].text);
      return;
    }
    let at = 0;
    for (const piece of pieces) {
      const target = plain(piece) ? m : m.appendChild(styled(piece));
      appendMarked(target, piece.text, at, hits);
      at += piece.text.length;
    }
  }
}

const plain = (piece) => piece.classes === "" && piece.fg === null && piece.bg === null;

function setText(element, text) {
  if (element.firstChild) {
    if (element.firstChild.data !== text) element.firstChild.data = text;
  } else {
    element.append(text);
  }
}

function blank() {
  const parts = {
    ln: h("a", { class: "ln", tabindex: "-1" }),
    t: h("span", { class: "t" }),
    l: h("span", { class: "l" }),
    s: h("span", { class: "s" }),
    r: h("span", { class: "r" }),
    m: h("span", { class: "m" }),
  };
  const element = h("div", { class: "row" }, parts.ln, parts.t, parts.l, parts.s, parts.r, parts.m);
  element.parts = parts;
  return element;
}

function actions() {
  const button = (what, text) => h("button", { type: "button", "data-ask": what }, text);
  return h("span", { class: "actions" }, button("bookmark", "Bookmark"), button("context", "Lines around"), button("share", "Copy link"));
}

/** A row that stands for lines that are not here. */
function notice(row) {
  const element = h("div", { class: "row notice-row" });
  element.key = row.key;
  if (row.gone) {
    element.append(h("span", {}, `${count(row.count)} lines were rolled off or deleted meanwhile.`));
  } else {
    element.append(
      h("span", {}, `${count(row.count)} lines came faster than they could be shown.`),
      h("button", { type: "button", class: "load-skipped" }, "Load them"),
    );
  }
  return element;
}

const discloser = () => h("button", { type: "button", class: "disclose" });

function styled(piece) {
  const span = h("span", { class: piece.classes || null });
  if (piece.fg) span.style.color = piece.fg;
  if (piece.bg) span.style.backgroundColor = piece.bg;
  return span;
}

/** Appends text that starts at an offset of the message, with the hits in it marked. */
function appendMarked(target, text, offset, hits) {
  let at = 0;
  for (const [from, to] of hits) {
    const start = Math.max(from - offset, 0);
    const end = Math.min(to - offset, text.length);
    if (end <= start || start < at) continue;
    if (start > at) appendText(target, text.slice(at, start));
    target.append(h("mark", {}, text.slice(start, end)));
    at = end;
  }
  if (at < text.length) appendText(target, text.slice(at));
}

/** What stands for a character that can't be seen looks unlike the text itself. */
function appendText(target, text) {
  target.append(...bySigns(text).map((part, i) => (i % 2 ? h("span", { class: "sign" }, part) : part)));
}

/** Where a long message is cut on the screen until the reader asks for the rest. */
function clipAt(message) {
  let lines = 0;
  for (let i = message.indexOf("\n"); i >= 0 && i < CLIP_CHARS; i = message.indexOf("\n", i + 1)) {
    if (++lines === CLIP_LINES) {
      const rest = message.split("\n").length - lines;
      return { end: i, label: `+${count(rest)} lines` };
    }
  }
  if (message.length <= CLIP_CHARS + 200) return null;
  return { end: CLIP_CHARS, label: `+${count(message.length - CLIP_CHARS)} characters` };
}
