/** The selected line, and what one does with lines: walk, open, mark, copy, see their neighbours. */
import { call } from "./api.js";
import { toast } from "./dom.js";
import { parseExact } from "./exact-json.js";
import { asText, lineRow } from "./log-lines.js";
import { filterParams } from "./log-query.js";
import { clock } from "./times.js";

const CONTEXT_LINES = 5;
const MAX_SKIPPED = 5_000;
const NONE_SELECTED = "Select a line first.";

/** Events: "selected", with the row. */
export class LogSelection extends EventTarget {
  constructor(base, model, view, settings) {
    super();
    this.base = base;
    this.model = model;
    this.view = view;
    this.settings = settings;
  }

  get key() {
    return this.settings.selectedKey;
  }

  /** The selected row, or undefined when it is not in memory. */
  get row() {
    return this.model.rows[this.model.indexOf(this.key)];
  }

  clear() {
    this.settings.selectedKey = "";
  }

  select(key, reveal = false) {
    const before = this.model.indexOf(this.key);
    this.settings.selectedKey = key;
    if (before >= 0) this.view.repaintRow(before);
    const index = this.model.indexOf(key);
    if (index < 0) return;
    this.view.repaintRow(index);
    if (reveal) this.view.reveal(index);
    this.dispatchEvent(new CustomEvent("selected", { detail: { row: this.model.rows[index] } }));
  }

  /** The line so many lines on from the selected one, or from the edge of the screen. */
  next(by) {
    const rows = this.model.rows;
    let index = this.model.indexOf(this.key);
    const [first, last] = this.view.visible();
    if (index < 0 || index < first - 200 || index > last + 200) index = by > 0 ? first - 1 : last + 1;
    do index += by;
    while (rows[index] && rows[index].kind !== "line");
    return rows[index];
  }

  /** Opens the fields or the rest of a line, or closes them. */
  expand(key) {
    const index = this.model.indexOf(key);
    if (index < 0) return;
    if (!this.settings.expanded.delete(key)) this.settings.expanded.add(key);
    this.settings.unclipped.add(key);
    this.view.repaintRow(index);
    this.view.reveal(index);
  }

  unclip(index, key) {
    this.settings.unclipped.add(key);
    this.view.repaintRow(index);
  }

  mark() {
    if (!this.key) {
      toast(NONE_SELECTED);
      return;
    }
    if (!this.settings.marked.delete(this.key)) this.settings.marked.add(this.key);
    this.view.repaintRow(this.model.indexOf(this.key));
  }

  /** The mark after the selected line, in the order in which they were set. */
  nextMark() {
    const keys = [...this.settings.marked];
    return keys[(keys.indexOf(this.key) + 1) % keys.length];
  }

  text(row) {
    return asText(row, clock(row.ms, this.settings.utc));
  }

  /** Several copied rows are copied as text, without what only the screen has. */
  copied(event) {
    const selection = getSelection();
    const rows = [...this.view.rowsElement.children]
      .filter((element) => selection.containsNode(element, true))
      .map((element) => this.model.rows[this.view.indexOfElement(element)])
      .filter((row) => row?.kind === "line");
    if (rows.length < 2) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", rows.map((row) => this.text(row)).join("\n"));
  }

  /** Shows the neighbours of the selected line that the filter hides, or hides them again. */
  async context(filtered) {
    const { row } = this;
    if (!row) toast(NONE_SELECTED);
    if (!row || row.context) return;
    if (!filtered) {
      toast("Nothing is hidden: all lines around this one are shown.");
      return;
    }
    if (this.#hideContext(row.key)) return;
    const params = new URLSearchParams({ stream: row.stream, line: row.line, before: CONTEXT_LINES, after: CONTEXT_LINES });
    const page = await call(`${this.base}/context?${params}`, { parse: parseExact });
    const around = page.items.map(lineRow).map((other) => (other.line === row.line ? row : { ...other, context: row.key, key: `context:${other.key}` }));
    this.model.splice(this.model.indexOf(row.key), 1, around);
    this.view.reveal(this.model.indexOf(row.key));
  }

  #hideContext(key) {
    const own = (row) => row.context === key;
    if (!this.model.rows.some(own)) return false;
    for (let i = this.model.rows.length - 1; i >= 0; i--) {
      if (own(this.model.rows[i])) this.model.splice(i, 1, []);
    }
    return true;
  }

  /** Loads what the tail skipped into the place of the row that tells so. */
  async loadSkipped(row, query) {
    const params = filterParams({ ...query, stream: row.stream });
    params.set("from_line", row.line);
    params.set("to_line", row.to);
    params.set("limit", MAX_SKIPPED);
    const page = await call(`${this.base}?${params}`, { parse: parseExact });
    const rows = page.items.map(lineRow);
    const last = rows.at(-1)?.line ?? row.to;
    const rest = page.next_cursor && last < row.to
      ? [{ ...row, key: `skipped:${row.stream}:${last + 1}`, line: last + 1, count: row.to - last }]
      : [];
    this.model.splice(this.model.indexOf(row.key), 1, rows.concat(rest));
  }
}
