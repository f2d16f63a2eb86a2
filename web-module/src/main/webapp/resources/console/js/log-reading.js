/**
 * What is read: the facts of the log and the query choose where rows come from and what the tail
 * sends. When one of them changes, the rows are read anew, and the reader stays where he was.
 */
import { lineId } from "./log-lines.js";
import { filterParams } from "./log-query.js";

/** How one asks for what the reader did not ask for. */
const UNASKED = { byItself: true };

const sameLines = (a, b) => String(filterParams(a)) === String(filterParams(b));
const sameStreams = (a, b) => a.merged === b.merged && a.query.stream === b.query.stream;

/** Events: "settled" (all is read that the query asks for), "failed" (detail.error). */
export class LogReading extends EventTarget {
  #facts;
  #model;
  #view;
  #tail;
  #places;
  #selection;
  #query;
  /** How to get where the reader wanted to be when the rows were last read; that may have failed. */
  #goal;
  #running = 0;
  /** Whether nothing is read unless the reader asks for it. */
  #stopped = false;

  /** @param first the key of the line to begin with, or "" for the end */
  constructor({ facts, model, view, tail, places, selection }, query, first) {
    super();
    this.#facts = facts;
    this.#model = model;
    this.#view = view;
    this.#tail = tail;
    this.#places = places;
    this.#selection = selection;
    this.#query = query;
    this.#goal = () => (first ? places.toKey(first) : places.toEnd());
    model.use(facts.source(query));
  }

  get query() {
    return this.#query;
  }

  /**
   * Reads everything, for the first time or again.
   *
   * @param asking options of the calls
   */
  async read(asking = {}) {
    this.#stopped = false;
    await this.#run(async () => {
      try {
        await this.#facts.load(asking);
      } catch (error) {
        // The tail tries by itself until it succeeds, and then recover() tries this again.
        this.#tail.open();
        throw error;
      }
      // What is stored from now on is in the rows that are read next, or the tail tells it, or both.
      this.#tail.open(this.#facts.newest());
      await this.#anew(this.#sameView(), asking);
    });
  }

  /** There is nothing to read any more. */
  stop() {
    this.#stopped = true;
  }

  /** Takes another query. */
  async use(query) {
    const before = this.#query;
    this.#query = query;
    if (!sameLines(before, query)) this.#tail.filter(query);
    if (this.#model.unread) return this.read();
    return this.#run(async () => {
      if (sameLines(before, query)) this.#settled();
      else await this.#anew(before.stream === query.stream ? this.#sameView() : this.#sameLine());
    });
  }

  /** Reads what nothing could be read of until now; whoever was away is back. */
  async recover() {
    if (this.#stopped) return;
    this.#tail.hurry();
    await this.#retry();
  }

  /**
   * Learns how far the log reaches now that lines have arrived, and whether in more streams than
   * before; or reads it, if that failed while the tail lived on.
   */
  async catchUp() {
    if (this.#stopped || this.#running > 0) return;
    if (this.#model.unread) await this.#retry();
    else if (this.#facts.stale) await this.#learn();
  }

  async #retry() {
    if (this.#running > 0 || !this.#model.unread) return;
    await this.#run(async () => {
      await this.#facts.load(UNASKED);
      await this.#anew(this.#goal, UNASKED);
    });
  }

  async #learn() {
    await this.#run(async () => {
      try {
        await this.#facts.load(UNASKED);
      } catch {
        return; // The next time will do.
      }
      const { source, frozen } = this.#model;
      if (sameStreams(this.#facts.source(this.#query), source)) this.#facts.grow(source, this.#query);
      // Whoever paused sees other streams when he goes on.
      else if (frozen) this.#facts.stale = true;
      else await this.#anew(this.#sameView(), UNASKED);
    });
  }

  /** All lines were deleted. */
  emptied() {
    this.#facts.clear();
    this.#model.use(this.#facts.source(this.#query));
    this.#model.start([], true);
  }

  async #anew(goBack, asking = {}) {
    this.#goal = goBack;
    const source = this.#facts.source(this.#query);
    source.asking = asking;
    this.#model.use(source);
    await goBack();
    source.asking = {};
    if (!this.#model.unread) this.#settled();
  }

  /** How one gets back to what is on the screen now. */
  #sameView() {
    if (this.#model.unread) return this.#goal;
    const { rows, frozen } = this.#model;
    if (rows.length === 0 || (this.#view.follow && !frozen)) return () => this.#places.toEnd();
    const [top, bottom] = this.#view.visible();
    const at = this.#model.indexOf(this.#selection.key);
    return at >= top && at <= bottom ? () => this.#backTo(rows[at]) : () => this.#backTo(rows[top], 0);
  }

  async #backTo(row, share) {
    const { source } = this.#model;
    if (!source.shows(row)) return this.#places.toEnd();
    if ((await this.#places.toPlace(source.place(row), share)) === undefined) return undefined;
    // Several rows may have one place.
    const index = this.#model.indexOf(row.key);
    return index < 0 ? undefined : this.#view.show(index, share);
  }

  /** How one gets to the selected line in another choice of streams. */
  #sameLine() {
    const { row } = this.#selection;
    return () => (row && this.#model.source.shows(row) ? this.#places.toKey(lineId(row)) : this.#places.toEnd());
  }

  async #run(work) {
    this.#running++;
    try {
      await work();
    } catch (error) {
      this.dispatchEvent(new CustomEvent("failed", { detail: { error } }));
    } finally {
      this.#running--;
    }
  }

  #settled() {
    this.dispatchEvent(new Event("settled"));
  }
}
