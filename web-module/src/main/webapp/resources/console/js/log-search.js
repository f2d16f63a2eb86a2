/** Hits of the search: how many there are, where, and the next one from a place. */
import { call } from "./api.js";
import { lineRow } from "./log-lines.js";
import { hitParams } from "./log-query.js";
import { count } from "./dom.js";

const MARKED_HITS = 300;

/**
 * Counts the hits, and finds the places of the first ones.
 *
 * @returns {words, rows}
 */
export async function countHits(base, query, signal) {
  const params = hitParams(query);
  params.set("limit", String(MARKED_HITS));
  const page = await call(`${base}?${params}`, { signal });
  const sure = page.total_exact !== false && page.complete !== false;
  const total = Math.max(page.total ?? 0, page.items.length);
  const words = total === 0 && sure ? "no hits" : `${sure ? "" : "≥ "}${count(total)} ${total === 1 ? "hit" : "hits"}`;
  return { words, rows: page.items.map(lineRow) };
}

/**
 * The nearest row before or after a place that a narrower query matches.
 *
 * @param source a source made with the narrower query
 * @param from the row to start from, or null for the beginning or the end
 */
export async function nearest(source, from, direction, signal) {
  // Lines of one instant come together in a merged view, so one row is not enough there.
  const options = { signal, limit: source.merged ? 50 : 1 };
  if (from === null) {
    const { rows } = direction > 0 ? await source.at(source.min, options) : await source.last(options);
    return (direction > 0 ? rows[0] : rows[rows.length - 1]) ?? null;
  }
  const { rows } = direction > 0 ? await source.after(from, options) : await source.before(from, options);
  return (direction > 0 ? rows[0] : rows[rows.length - 1]) ?? null;
}
