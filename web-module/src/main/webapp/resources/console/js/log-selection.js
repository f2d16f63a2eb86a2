/** The selected line, and what one does with lines: walk, open, mark, copy, see their neighbours. */
import { call } from "./api.js";
import { parseExact } from "./exact-json.js";
import { asText, lineId, lineRow, skippedRow } from "./log-lines.js";
import { StreamSource } from "./log-source.js";
import { clock } from "./times.js";

const CONTEXT_LINES = 5;
const MAX_SKIPPED = 5_000;
const NONE_SELECTED = "Select a line first.";

/** Events: "selected", with the row. */
export class LogSelection extends EventTarget {
  #tell;

  /** The row that was selected last, also when it is not in memory any more; or null. */
  chosen = null;

  /** @param tell shows a sentence */
  constructor({ base, model, view, settings, tell }) {
    super();
    this.base = base;
    this.model = model;
    this.view = view;
    this.settings = settings;
    this.#tell = tell;
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
    this.chosen = null;
  }

  select(key, reveal = false) {
    const before = this.model.indexOf(this.key);
    this.settings.selectedKey = key;
    if (before >= 0) this.view.repaintRow(before);
    const index = this.model.indexOf(key);
    if (index < 0) return;
    this.chosen = this.model.rows[index];
    this.view.repaintRow(index);
    if (reveal) this.view.reveal(index);
    this.dispatchEvent(new CustomEvent("selected", { detail: { row: this.chosen } }));
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
    const { expanded, unclipped } = this.settings;
    if (expanded.delete(key)) {
      unclipped.delete(key);
    } else {
      expanded.add(key);
      unclipped.add(key);
    }
    this.view.repaintRow(index);
    this.view.reveal(index);
  }

  unclip(index, key) {
    this.settings.unclipped.add(key);
    this.view.repaintRow(index);
  }

  mark() {
    if (!this.chosen) {
      this.#tell(NONE_SELECTED);
      return;
    }
    const id = lineId(this.chosen);
    if (!this.settings.marked.delete(id)) this.settings.marked.add(id);
    this.view.repaintRow(this.model.indexOf(this.key));
  }

  /** The id of the marked line after the selected one, in the order in which they were marked. */
  nextMark() {
    const ids = [...this.settings.marked];
    const at = this.chosen ? ids.indexOf(lineId(this.chosen)) : -1;
    return ids[(at + 1) % ids.length];
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
    if (!row) this.#tell(NONE_SELECTED);
    if (!row || row.context) return;
    if (!filtered) {
      this.#tell("Nothing is hidden: all lines around this one are shown.");
      return;
    }
    if (this.#hideContext(row.key)) return;
    const params = new URLSearchParams({ stream: row.stream, line: row.line, before: CONTEXT_LINES, after: CONTEXT_LINES });
    const page = await call(`${this.base}/context?${params}`, { parse: parseExact });
    const index = this.model.indexOf(row.key);
    // Other lines may be shown by now, or these.
    if (index < 0 || this.#hasContext(row.key)) return;
    this.#putAround(row, index, page.items.map(lineRow));
    this.view.reveal(this.model.indexOf(row.key));
  }

  /** Neighbours that are shown already stay what they are, and where they are. */
  #putAround(row, index, neighbours) {
    const { rows } = this.model;
    const shown = new Map(rows.filter(({ kind }) => kind === "line").map((line) => [lineId(line), line]));
    const around = neighbours.map((line) => shown.get(line.key) ?? { ...line, context: row.key, key: `context:${line.key}` });
    let [from, end] = [index, index + 1];
    while (from > 0 && around.includes(rows[from - 1])) from--;
    while (end < rows.length && around.includes(rows[end])) end++;
    const beside = new Set(rows.slice(from, end));
    this.model.splice(from, end - from, around.filter((line) => beside.has(line) || line.context === row.key));
  }

  #hideContext(key) {
    if (!this.#hasContext(key)) return false;
    for (let i = this.model.rows.length - 1; i >= 0; i--) {
      if (this.model.rows[i].context === key) this.model.splice(i, 1, []);
    }
    return true;
  }

  #hasContext(key) {
    return this.model.rows.some((row) => row.context === key);
  }

  /** Loads what the tail skipped into the place of the row that tells so; of very much, a part. */
  async loadSkipped(row, query) {
    const source = new StreamSource(this.base, { ...query, stream: row.stream }, { first: row.line, next: row.to + 1 });
    const { rows, end } = await source.list({ from_line: row.line, to_line: row.to, order: "asc" }, { limit: MAX_SKIPPED });
    const index = this.model.indexOf(row.key);
    // Other lines may be shown by now.
    if (index < 0) return;
    const last = rows.at(-1);
    const rest = { stream: row.stream, from_line: last?.line + 1, to_line: row.to, count: row.to - last?.line };
    this.model.splice(index, 1, end ? rows : rows.concat(skippedRow(rest, last)));
  }
}
