/**
 * Where rows come from. Both sources answer the same questions (the rows at a place, after a row,
 * before a row, the last ones) and know how a place relates to the whole log; a stream is
 * addressed by line number, a merged view by time. Neither ever loads more than pages.
 */
import { call } from "./api.js";
import { parseExact } from "./exact-json.js";
import { byLine, byTime, lineRow, weight } from "./log-lines.js";
import { filterParams, isFiltered } from "./log-query.js";
import { afterTime, millis, timeAt } from "./times.js";

/** Lines of a page: several screens, and small enough for the server's 20 ms. */
const PAGE = 500;
/** Lines after and before a place that was jumped to: what the screen and its margins show. */
const AHEAD = 200;
const BACK = 120;
const CACHED_CHARS = 12_000_000;
/** Searches answer within a budget; after so many answers in a row without a line they fail. */
const PATIENCE = 200;

/** Whole pages of one unfiltered stream, the least recently used dropped first. */
class PageCache {
  #pages = new Map();
  #chars = 0;

  get(number) {
    const page = this.#pages.get(number);
    if (page) {
      this.#pages.delete(number);
      this.#pages.set(number, page);
    }
    return page?.rows;
  }

  put(number, rows) {
    const chars = rows.reduce((sum, row) => sum + weight(row), 0);
    this.#pages.set(number, { rows, chars });
    this.#chars += chars;
    for (const [oldest, page] of this.#pages) {
      if (this.#chars <= CACHED_CHARS || oldest === number) break;
      this.#pages.delete(oldest);
      this.#chars -= page.chars;
    }
  }
}

class Source {
  /** Options of the calls. */
  asking = {};

  constructor(base, query) {
    this.base = base;
    this.query = query;
  }

  /**
   * Lists rows. The server ends its answers early, after some time and some megabytes, so it is asked
   * to go on until there are enough of them or nothing more.
   *
   * @param least how many rows are enough
   * @returns {rows, end}: end when the server said that nothing more follows
   * @throws Error when it looked for a long time and found nothing
   */
  async list(extra, { signal, limit = PAGE, least = 1, accept = () => true } = {}) {
    const params = filterParams(this.query);
    for (const [name, value] of Object.entries(extra)) params.set(name, value);
    const rows = [];
    for (let empty = 0; empty < PATIENCE; empty++) {
      params.set("limit", limit - rows.length);
      const page = await call(`${this.base}?${params}`, { ...this.asking, signal, parse: parseExact });
      if (page.items.length > 0) empty = 0;
      rows.push(...page.items.map(lineRow).filter(accept));
      if (!page.next_cursor) return { rows, end: true };
      if (rows.length >= least) return { rows, end: false };
      params.set("cursor", page.next_cursor);
    }
    throw new Error("No line was found in a long search. Choose other filters, or go to another place.");
  }

  /** The last rows of the log. */
  async last(options) {
    const { rows, end } = await this.list({ order: "desc" }, options);
    return { rows: rows.reverse(), start: end };
  }

  /** The first row at or after a time in epoch milliseconds, or null. */
  async firstAt(ms) {
    const { rows } = await this.list({ start_time: timeAt(ms), order: "asc" }, { limit: 1 });
    return rows[0] ?? null;
  }

  /**
   * The rows on both sides of a place, asked for at the same time: a reader who jumps waits for
   * one answer instead of two.
   */
  async around(place, options) {
    const [behind, ahead] = await Promise.all([
      this.backFrom(place, { ...options, limit: BACK }),
      this.at(place, { ...options, limit: AHEAD }),
    ]);
    return { rows: behind.rows.concat(ahead.rows), start: behind.start, end: ahead.end === true };
  }
}

/** One stream, addressed by line number. */
export class StreamSource extends Source {
  compare = byLine;
  merged = false;

  constructor(base, query, extent) {
    super(base, query);
    this.extent = extent;
    this.cache = isFiltered(query) ? null : new PageCache();
  }

  get min() {
    return this.extent.first;
  }

  get max() {
    return Math.max(this.extent.first, this.extent.next - 1);
  }

  /** Whether a row belongs here. */
  shows(row) {
    return row.stream === this.query.stream;
  }

  place(row) {
    return row.line;
  }

  clamp(place) {
    return Math.min(this.max, Math.max(this.min, Math.round(place)));
  }

  saw(row) {
    if (row.line >= this.extent.next) this.extent.next = row.line + 1;
  }

  async at(line, options) {
    if (this.cache) return this.#page(Math.floor((line - 1) / PAGE), options);
    const { rows, end } = await this.list({ from_line: line, order: "asc" }, options);
    return { rows, end };
  }

  /** The rows before a line. */
  async backFrom(line, options) {
    if (line <= this.min) return { rows: [], start: true };
    const { rows, end } = await this.list({ to_line: line - 1, order: "desc" }, options);
    return { rows: rows.reverse(), start: end };
  }

  /** Whole pages hold the rows before the place too, but for the first line of a page. */
  async around(line, options) {
    if (!this.cache) return super.around(line, options);
    const { rows, end } = await this.at(line, options);
    if (rows.length > 0 && rows[0].line < line) return { rows, start: rows[0].line <= this.min, end: end === true };
    const earlier = rows.length > 0 ? await this.before(rows[0], options) : await this.last(options);
    return { rows: earlier.rows.concat(rows), start: earlier.start, end: end === true };
  }

  async after(row, options) {
    if (!this.cache) return this.list({ from_line: row.line + 1, order: "asc" }, options);
    const { rows, end } = await this.#page(Math.floor(row.line / PAGE), options);
    return { rows: rows.filter((r) => r.line > row.line), end };
  }

  async before(row, options) {
    if (row.line <= this.min) return { rows: [], start: true };
    if (!this.cache) return this.backFrom(row.line, options);
    const { rows } = await this.#page(Math.floor((row.line - 2) / PAGE), options);
    const earlier = rows.filter((r) => r.line < row.line);
    return { rows: earlier, start: earlier.length === 0 || earlier[0].line <= this.min };
  }

  async #page(number, options) {
    const cached = this.cache.get(number);
    if (cached) return { rows: cached, end: false };
    const from = number * PAGE + 1;
    const { rows, end } = await this.list({ from_line: from, order: "asc" }, { ...options, least: PAGE });
    // Only a full page never changes again, unless its lines are deleted: then it begins further on.
    if (rows.length === PAGE && rows[0].line === from) this.cache.put(number, rows);
    return { rows, end };
  }
}

/** All streams, merged and addressed by time. */
export class MergedSource extends Source {
  compare = byTime;
  merged = true;

  constructor(base, query, extent) {
    super(base, query);
    this.extent = extent;
  }

  get min() {
    return this.extent.firstMs;
  }

  get max() {
    return Math.max(this.extent.firstMs, this.extent.lastMs);
  }

  shows() {
    return true;
  }

  place(row) {
    return row.ms;
  }

  clamp(place) {
    return Math.min(this.max, Math.max(this.min, Math.floor(place)));
  }

  saw(row) {
    if (row.ms > this.extent.lastMs) this.extent.lastMs = row.ms;
  }

  async at(ms, options) {
    return this.list({ start_time: timeAt(ms), order: "asc" }, options);
  }

  async after(row, options) {
    return this.list(
      { start_time: row.time, order: "asc" },
      { ...options, accept: (other) => byTime(other, row) > 0 },
    );
  }

  async before(row, options) {
    // One nanosecond later, so that lines of the same instant come whether the end is included or not.
    const { rows, end } = await this.list(
      { end_time: afterTime(row.time), order: "desc" },
      { ...options, accept: (other) => byTime(other, row) < 0 },
    );
    return { rows: rows.reverse(), start: end };
  }

  /** The rows before a millisecond. */
  async backFrom(ms, options) {
    const time = timeAt(ms);
    const { rows, end } = await this.list(
      { end_time: time, order: "desc" },
      { ...options, accept: (row) => row.time < time },
    );
    return { rows: rows.reverse(), start: end };
  }

  /** Where a line lies, by asking for the line itself; null when there is no such line. */
  async locate(stream, line) {
    const params = new URLSearchParams({ stream, line, before: 0, after: 0 });
    try {
      const page = await call(`${this.base}/context?${params}`, this.asking);
      const row = page.items.map(lineRow).find((other) => other.line === line);
      return row ? millis(row.time) : null;
    } catch (error) {
      if (error.status === 400 || error.status === 404) return null;
      throw error;
    }
  }
}
