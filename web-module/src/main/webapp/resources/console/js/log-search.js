/** Hits of the search: how many there are, where, and the next one from a place. */
import { call } from "./api.js";
import { lineRow } from "./log-lines.js";
import { hitParams } from "./log-query.js";
import { count, many } from "./dom.js";

const MARKED_HITS = 300;
/** The server answers within a budget; so many empty answers in a row are enough to wait for. */
const PATIENCE = 4;

/** What the search found. */
class Hits {
  #total;
  #sure;

  /**
   * @param rows the first hits
   * @param total how many there are at least
   * @param sure whether there are no more than that
   */
  constructor(rows, total, sure) {
    this.rows = rows;
    this.#total = Math.max(total, rows.length);
    this.#sure = sure;
  }

  /** Whether the server gave up before it found one. */
  get unknown() {
    return this.#total === 0 && !this.#sure;
  }

  /** How many there are, and which of them has a key where that is known. */
  words(key) {
    if (this.#total === 0) return this.#sure ? "no hits" : "not counted";
    const whole = this.#sure && this.rows.length === this.#total;
    const at = whole ? this.rows.findIndex((row) => row.key === key) : -1;
    if (at >= 0) return `${count(at + 1)} of ${count(this.#total)}`;
    return `${this.#sure ? "" : "≥ "}${many(this.#total, "hit")}`;
  }
}

/** Counts the hits, and finds the places of the first ones. */
export async function countHits(base, query, signal) {
  const params = hitParams(query);
  params.set("limit", String(MARKED_HITS));
  const first = await call(`${base}?${params}`, { signal });
  let page = first;
  for (let tries = 1; tries < PATIENCE && page.items.length === 0 && page.next_cursor; tries++) {
    params.set("cursor", page.next_cursor);
    page = await call(`${base}?${params}`, { signal });
  }
  // Behind a cursor the server counts only what it answers; that is all when nothing follows.
  const sure = page === first
    ? page.total_exact !== false && page.complete !== false
    : page.complete !== false && !page.next_cursor;
  return new Hits(page.items.map(lineRow), page.total ?? 0, sure);
}

/**
 * The nearest row before or after a place that a narrower query matches.
 *
 * @param source a source made with the narrower query
 * @param from the row to start from, or null for the beginning or the end
 */
async function nearest(source, from, direction, signal) {
  // Lines of one instant come together in a merged view, so one row is not enough there.
  const options = { signal, limit: source.merged ? 50 : 1 };
  if (from === null) {
    const { rows } = direction > 0 ? await source.at(source.min, options) : await source.last(options);
    return (direction > 0 ? rows[0] : rows[rows.length - 1]) ?? null;
  }
  const { rows } = direction > 0 ? await source.after(from, options) : await source.before(from, options);
  return (direction > 0 ? rows[0] : rows[rows.length - 1]) ?? null;
}

/**
 * The nearest one, beyond the end of the log if need be: on from its other end; but whoever reads
 * the end looks for what came last.
 *
 * @param atEnd whether the end is in sight
 * @returns {row, notice}: null and why, or a row and how one got there when that needs words
 */
export async function nextFrom(source, from, direction, { atEnd, name }, signal) {
  const straight = await nearest(source, from, direction, signal);
  if (straight) return { row: straight, notice: "" };
  // Without a place to start from, the whole log was looked through.
  if (from === null) return { row: null, notice: `No ${name}.` };
  if (atEnd && direction > 0) {
    const newest = await nearest(source, from, -1, signal);
    if (newest) return { row: newest, notice: `The last ${name}.` };
  }
  const row = await nearest(source, null, direction, signal);
  if (!row) return { row, notice: `No ${name}.` };
  if (row.key === from.key) return { row, notice: `The only ${name}.` };
  return { row, notice: direction > 0 ? "Continued at the top." : "Continued at the bottom." };
}
