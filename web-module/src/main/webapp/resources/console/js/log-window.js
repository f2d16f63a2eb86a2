/**
 * The part of the log that is in memory: one run of rows, unbroken but for the gaps that it shows. It
 * grows at both ends while the reader scrolls, and forgets the far end. It knows nothing of the screen.
 */
import { skippedRow, weight } from "./log-lines.js";

const MAX_ROWS = 20_000;
const MAX_CHARS = 24_000_000;

/** A line of the view itself; lines shown as context of another one don't count. */
const ownLine = (row) => row.kind === "line" && !row.context;
/** The number of the last line that a row stands for. */
const lastOf = (row) => row.to ?? row.line;

/**
 * Events: "reset" (other rows), "before" / "after" (detail.count rows were added there),
 * "cut-before" / "cut-after" (dropped there), "changed" (rows within changed), "grew" (the log did,
 * not these rows), "loading", "failed".
 */
export class LogWindow extends EventTarget {
  rows = [];
  atStart = false;
  atEnd = false;
  #source = null;
  #frozen = false;
  /** While frozen: the place of the end when it began. */
  #limit = Infinity;
  #busy = new Set();
  #abort = new AbortController();
  /** What arrives while rows are loaded that may be the last ones: it comes after them. */
  #late = [];
  #catching = false;
  #chars = 0;

  /** Reads from another source; what was there is gone with the next seek. */
  use(source) {
    this.#source = source;
    this.frozen = this.#frozen;
    this.#begin([], false, false);
  }

  /** Shows the rows that there are; everything else comes from the tail. */
  start(rows, atStart) {
    this.#begin(rows, atStart, true);
  }

  get source() {
    return this.#source;
  }

  /** While frozen, what comes is not shown; all that was there can be read. */
  get frozen() {
    return this.#frozen;
  }

  set frozen(on) {
    this.#frozen = on;
    this.#limit = on && this.#source ? this.#source.max : Infinity;
  }

  get loading() {
    return this.#busy.size > 0;
  }

  /** Whether nothing could be read yet. */
  get unread() {
    return this.rows.length === 0 && !this.atEnd;
  }

  /** Loads the rows around a place; answers the index of the first row at or after it. */
  async seek(place) {
    return this.#alone(async (options) => {
      const wanted = this.#source.clamp(place);
      const { rows, start, end } = await this.#source.around(wanted, options);
      options.signal.throwIfAborted();
      const known = this.#withinLimit(rows);
      this.#replace(known, start, end && known.length === rows.length);
      const index = known.findIndex((row) => this.#source.place(row) >= wanted);
      return index < 0 ? known.length - 1 : index;
    });
  }

  /** Loads the last rows. */
  async seekEnd() {
    return this.#alone(async (options) => {
      const { rows, start } = await this.#source.last(options);
      options.signal.throwIfAborted();
      this.#replace(rows, start, true);
      return this.rows.length - 1;
    });
  }

  /** Gives up a seek: the reader stays among the rows that are here. */
  stay() {
    if (!this.loading) return;
    this.#cancel();
    this.#takeLate();
    this.#emit("loading", {});
  }

  async growAfter() {
    if (this.atEnd || this.rows.length === 0 || this.#atLimit) return;
    await this.#catchUp("after", async (options) => {
      const { rows, end } = await this.#source.after(this.#lastLine(), options);
      options.signal.throwIfAborted();
      const known = this.#withinLimit(rows);
      this.#push(known);
      if (rows.length === 0 || (end === true && known.length === rows.length)) this.atEnd = true;
    });
  }

  get #atLimit() {
    const last = this.#lastLine();
    return last !== null && this.#source.place(last) >= this.#limit;
  }

  #withinLimit(rows) {
    return this.#limit === Infinity ? rows : rows.filter((row) => this.#source.place(row) <= this.#limit);
  }

  async growBefore() {
    if (this.atStart || this.rows.length === 0) return;
    await this.#once("before", async (options) => {
      const first = this.rows.find(ownLine);
      if (!first) return;
      const { rows, start } = await this.#source.before(first, options);
      options.signal.throwIfAborted();
      this.rows.unshift(...rows);
      this.#weigh(rows, 1);
      if (rows.length === 0 || start) this.atStart = true;
      this.#emit("before", { count: rows.length });
      this.#cutAfter();
    });
  }

  /** Lines of the live tail; what is here already is not added again. */
  append(rows) {
    if (rows.length === 0) return;
    if (this.#catching) this.#late.push(() => this.append(rows));
    else if (!this.atEnd || this.frozen) this.#leave(rows);
    else if (this.#source.merged) this.#merge(rows);
    else this.#follow(rows);
  }

  /** Lines that are read when the reader gets there. */
  #leave(rows) {
    this.atEnd = false;
    rows.forEach((row) => this.#source.saw(row));
    this.#emit("grew", {});
  }

  /** The tail skipped lines: they are shown as one row that can be opened. */
  appendSkipped(message) {
    if (this.#catching) this.#late.push(() => this.appendSkipped(message));
    else if (!this.atEnd || this.frozen) this.atEnd = false;
    else this.#putSkipped(message);
  }

  /** Puts rows in the place of one (a skipped one), or around it. */
  splice(index, remove, rows) {
    this.#weigh(this.rows.slice(index, index + remove), -1);
    this.rows.splice(index, remove, ...rows);
    this.#weigh(rows, 1);
    this.#emit("changed", { index, removed: remove, added: rows.length });
  }

  indexOf(key) {
    return this.rows.findIndex((row) => row.key === key);
  }

  /** Lines of one stream come in order; one with a known number is there already. */
  #follow(rows) {
    const newest = new Map();
    const fresh = rows.filter(({ stream, line }) => {
      if (line <= (newest.get(stream) ?? this.#newest(stream))) return false;
      newest.set(stream, line);
      return true;
    });
    this.#push(fresh);
  }

  /** Streams arrive one after the other, so the newest rows are put in order of time. */
  #merge(rows) {
    const plain = [];
    for (const row of rows) {
      const last = plain[plain.length - 1] ?? this.rows[this.rows.length - 1];
      if (!last || this.#source.compare(row, last) > 0) {
        plain.push(row);
      } else {
        this.#push(plain.splice(0));
        this.#insert(row);
      }
    }
    this.#push(plain);
  }

  /**
   * A gap stands behind the last row of its stream before it, which is not always the last of all: a
   * history tells its lines first. What was loaded meanwhile is no gap.
   */
  #putSkipped(message) {
    const ofStream = (row) => row.stream === message.stream && (ownLine(row) || row.kind === "skipped");
    const before = this.rows.findLastIndex((row) => ofStream(row) && row.line <= message.to_line);
    const behind = this.rows.findIndex((row, i) => i > before && ofStream(row));
    // What lies before the window is read with the lines around it.
    if (before < 0 && behind >= 0 && !this.atStart) return;
    const from = before < 0 ? message.from_line : Math.max(message.from_line, lastOf(this.rows[before]) + 1);
    const to = behind < 0 ? message.to_line : Math.min(message.to_line, this.rows[behind].line - 1);
    if (from > to) return;
    const at = before >= 0 ? before + 1 : behind;
    const gap = (row) => skippedRow({ ...message, from_line: from, to_line: to, count: Math.min(message.count, to - from + 1) }, row);
    if (behind < 0) this.#push([gap(this.rows.at(-1))]);
    else this.splice(at, 0, [gap(this.rows[at - 1] ?? this.rows[at])]);
  }

  #insert(row) {
    let low = 0;
    let high = this.rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#source.compare(this.rows[middle], row) < 0) low = middle + 1;
      else high = middle;
    }
    if (this.rows[low]?.key === row.key || (low === 0 && !this.atStart)) return;
    this.splice(low, 0, [row]);
  }

  #push(rows) {
    if (rows.length === 0) return;
    for (const row of rows) {
      this.rows.push(row);
      this.#source.saw(row);
    }
    this.#weigh(rows, 1);
    this.#emit("after", { count: rows.length });
    this.#cutBefore();
  }

  #cutBefore() {
    let cut = 0;
    while (this.rows.length - cut > 1 && (this.rows.length - cut > MAX_ROWS || this.#chars > MAX_CHARS)) {
      this.#chars -= weight(this.rows[cut++]);
    }
    if (cut === 0) return;
    this.rows.splice(0, cut);
    this.atStart = false;
    this.#emit("cut-before", { count: cut });
  }

  #cutAfter() {
    let length = this.rows.length;
    while (length > 1 && (length > MAX_ROWS || this.#chars > MAX_CHARS)) {
      this.#chars -= weight(this.rows[--length]);
    }
    if (length === this.rows.length) return;
    const cut = this.rows.length - length;
    this.rows.length = length;
    this.atEnd = false;
    this.#emit("cut-after", { count: cut });
  }

  #replace(rows, atStart, atEnd) {
    this.rows = rows.slice();
    this.atStart = atStart;
    this.atEnd = atEnd;
    this.#chars = 0;
    this.#weigh(rows, 1);
    if (this.#source) rows.forEach((row) => this.#source.saw(row));
    this.#emit("reset", {});
  }

  #weigh(rows, sign) {
    for (const row of rows) this.#chars += sign * weight(row);
  }

  #lastLine() {
    for (let i = this.rows.length - 1; i >= 0; i--) {
      if (ownLine(this.rows[i])) return this.rows[i];
      if (this.rows[i].kind === "skipped") return { ...this.rows[i], line: this.rows[i].to };
    }
    return null;
  }

  /** The number of the newest line of a stream that is here, or 0. */
  #newest(stream) {
    for (let i = this.rows.length - 1; i >= 0; i--) {
      const row = this.rows[i];
      if (row.stream === stream && (ownLine(row) || row.kind === "skipped")) return lastOf(row);
    }
    return 0;
  }

  #begin(rows, atStart, atEnd) {
    this.#cancel();
    this.#late = [];
    this.#catching = false;
    this.#replace(rows, atStart, atEnd);
  }

  #cancel() {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#busy.clear();
  }

  /** A load that makes all others pointless. */
  async #alone(work) {
    this.#cancel();
    return this.#catchUp("seek", work);
  }

  /** A load that may reach the end: what arrives meanwhile comes after it, and also when it fails. */
  async #catchUp(name, work) {
    return this.#once(name, async (options) => {
      this.#catching = true;
      try {
        return await work(options);
      } finally {
        // Who overtook this load takes what came late, too.
        if (!options.signal.aborted) this.#takeLate();
      }
    });
  }

  #takeLate() {
    this.#catching = false;
    for (const arrive of this.#late.splice(0)) arrive();
  }

  async #once(name, work) {
    if (this.#busy.has(name) || this.#busy.has("seek")) return undefined;
    const { signal } = this.#abort;
    this.#busy.add(name);
    this.#emit("loading", {});
    try {
      return await work({ signal });
    } catch (error) {
      if (!signal.aborted) this.#emit("failed", { error });
      return undefined;
    } finally {
      if (!signal.aborted) {
        this.#busy.delete(name);
        this.#emit("loading", {});
      }
    }
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
