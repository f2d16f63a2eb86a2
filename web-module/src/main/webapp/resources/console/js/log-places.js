/** Where the screen is in the whole log, and how the reader gets to another place. */
import { count } from "./dom.js";
import { isFiltered } from "./log-query.js";
import { clock, day, typedTime } from "./times.js";

const DRAG_MS = 60;
/** Where on the screen a place stands that was jumped to, as a share of its height. */
const SHARE = 0.35;

export class LogPlaces {
  #model;
  #view;
  #modes;
  #selection;
  #facts;
  #tell;
  #jumps = 0;
  #dragging = 0;

  /** @param tell shows a sentence */
  constructor({ model, view, modes, selection, facts, tell }) {
    this.#model = model;
    this.#view = view;
    this.#modes = modes;
    this.#selection = selection;
    this.#facts = facts;
    this.#tell = tell;
  }

  // --- where the screen is ---------------------------------------------------------------------

  /**
   * The place of the screen, or null while there are no rows.
   *
   * @returns {share, size, words, day, range, highest}: where its first row lies and how much of the
   *     log it shows (0–1), this for people in short and at length, and its highest line number
   */
  here() {
    const { rows, source, atStart } = this.#model;
    if (rows.length === 0) return null;
    const { first, last } = this.#span();
    const [top, bottom] = this.#view.visible();
    const total = Math.max(1, source.max - source.min);
    const atEnd = this.#model.atEnd && bottom >= rows.length - 1;
    const whole = atEnd && atStart && top === 0;
    return {
      share: atEnd ? 1 : within(0, (first - source.min) / Math.max(1, total - (last - first)), 1),
      size: whole ? 1 : Math.min(1, (last - first + 1) / (total + 1)),
      words: this.#words(first),
      day: day(rows[top].ms, this.#modes.utc),
      range: this.#range(first, last),
      highest: source.merged ? (rows.at(-1).line ?? 0) : last,
    };
  }

  /** The place at a share of the log (0–1), for people. */
  wordsAt(share) {
    return this.#words(this.#placeAt(share));
  }

  /** Whether the reader follows the end. */
  get atEnd() {
    return this.#modes.follow;
  }

  /**
   * The row from which one looks on (1) or back (-1): the selected one while it is in sight, or the
   * last one out of sight; null where the log has none.
   */
  rowBefore(direction) {
    const { rows } = this.#model;
    const [first, last] = this.#view.visible();
    const at = rows.indexOf(this.#selection.row);
    if (at >= first && at <= last) return rows[at];
    return this.#lineFrom(direction > 0 ? first - 1 : last + 1, -direction);
  }

  /** The first line in sight, or null. */
  get firstLine() {
    return this.#lineFrom(this.#view.visible()[0], 1);
  }

  /** The first line from an index on or back, or null: notices have no place in the log. */
  #lineFrom(index, direction) {
    const { rows } = this.#model;
    let at = index;
    while (rows[at] && rows[at].kind !== "line") at += direction;
    return rows[at] ?? null;
  }

  #span() {
    const { rows, source } = this.#model;
    if (rows.length === 0) return { first: source.min, last: source.min };
    const [first, last] = this.#view.visible();
    return { first: source.place(rows[first]), last: source.place(rows[Math.min(last, rows.length - 1)]) };
  }

  #placeAt(share) {
    const { source } = this.#model;
    const { first, last } = this.#span();
    return source.clamp(source.min + share * Math.max(0, source.max - source.min - (last - first)));
  }

  #words(place) {
    const { utc } = this.#modes;
    return this.#model.source.merged ? `${day(place, utc)} ${clock(place, utc)}` : `line ${count(place)}`;
  }

  #range(first, last) {
    const { source } = this.#model;
    const { utc } = this.#modes;
    const filtered = isFiltered(source.query) ? ", filtered" : "";
    return source.merged
      ? `${clock(first, utc)}–${clock(last, utc)} · ${count(this.#facts.summary.total)} lines in all${filtered}`
      : `lines ${count(first)}–${count(last)} of ${count(source.extent.next - 1)}${filtered}`;
  }

  // --- to another place ------------------------------------------------------------------------

  /** @returns the index of the first row there, or undefined when it failed or was overtaken */
  async toPlace(place, share = SHARE) {
    this.#depart();
    this.#modes.follow = false;
    const index = this.#isHere(place) ? this.#find(place) : await this.#model.seek(place);
    if (index !== undefined) this.#view.show(index, share);
    return index;
  }

  toStart() {
    return this.toPlace(this.#model.source.min, 0);
  }

  /** To the newest line, and on with those that come. */
  async toEnd() {
    const jump = this.#depart();
    this.#modes.resume();
    this.#modes.follow = true;
    const model = this.#model;
    if ((!model.atEnd || model.rows.length === 0) && (await model.seekEnd()) === undefined) {
      // Who could not be brought to the end does not follow it.
      if (jump === this.#jumps) this.#modes.follow = false;
      return;
    }
    this.#view.showEnd();
  }

  /** To the line with an id, or with a bare number. */
  async toKey(key) {
    const { source } = this.#model;
    const at = key.lastIndexOf(":");
    const stream = at < 0 ? "" : key.slice(0, at);
    const line = Number(key.slice(at + 1));
    if (!Number.isSafeInteger(line) || line < 1 || (source.merged && !stream)) {
      await this.toEnd();
      return;
    }
    const place = source.merged ? await source.locate(stream, line) : line;
    if (place === null) {
      this.#tell(`Line ${count(line)} is not there any more.`);
      await this.toEnd();
      return;
    }
    if ((await this.toPlace(place)) === undefined) return;
    const isIt = (row) => row.kind === "line" && row.line === line && (!stream || row.stream === stream);
    const row = this.#model.rows.find(isIt);
    if (row) this.#selection.select(row.key, true);
    else this.#tell(`Line ${count(line)} ${this.#whyMissing(stream, line)}.`);
  }

  /** Why a line is not among those at its place. */
  #whyMissing(stream, line) {
    const { source } = this.#model;
    if (stream && !source.shows({ stream })) return "is of another stream";
    if (!source.merged && line < source.min) return "is not there any more";
    if (!source.merged && line > source.max) return "is not there yet";
    return isFiltered(source.query) ? "does not match the filters" : "is not there any more";
  }

  /** To a row of this log, which is selected then. */
  async toRow(row) {
    if (this.#model.indexOf(row.key) >= 0) {
      this.#depart();
      this.#modes.follow = false;
    } else if ((await this.toPlace(this.#model.source.place(row))) === undefined) {
      return;
    }
    this.#selection.select(row.key, true);
  }

  /** To the next marked line. */
  async toMark() {
    const key = this.#selection.nextMark();
    if (key) await this.toKey(key);
    else this.#tell("No line is bookmarked.");
  }

  /** To what a person typed: a line number, or a time. */
  async toTyped(text) {
    const { source, rows } = this.#model;
    const line = Number(text.replace(/[\s,._]/g, ""));
    if (text && Number.isSafeInteger(line) && line > 0 && !source.merged) {
      if (line > source.max) this.#tell(`The log ends at line ${count(source.max)}.`);
      await this.toKey(String(Math.min(line, source.max)));
      return;
    }
    const ms = typedTime(text, rows[this.#view.visible()[0]]?.ms ?? Date.now(), this.#modes.utc);
    if (ms === null) {
      this.#tell(source.merged ? "A time like 14:03:22 is needed." : "A line number or a time like 14:03:22 is needed.");
      return;
    }
    const row = await source.firstAt(ms);
    if (row) await this.toRow(row);
    else this.#tell("No line at or after this time.");
  }

  /** To a share of the log (0–1), soon: the reader still drags. */
  dragTo(share) {
    clearTimeout(this.#dragging);
    this.#dragging = setTimeout(() => this.toShare(share), DRAG_MS);
  }

  toShare(share) {
    return share >= 0.9999 ? this.toEnd() : this.toPlace(this.#placeAt(share), 0);
  }

  /** The newest jump is the one that counts. */
  #depart() {
    clearTimeout(this.#dragging);
    this.#model.stay();
    return ++this.#jumps;
  }

  #isHere(place) {
    const { rows, source } = this.#model;
    return rows.length > 0 && place >= source.place(rows[0]) && place <= source.place(rows[rows.length - 1]);
  }

  #find(place) {
    const { rows, source } = this.#model;
    return rows.findIndex((row) => source.place(row) >= place);
  }
}

const within = (low, n, high) => Math.min(high, Math.max(low, n));
