/** Where the searched text occurs in the lines on the screen. */

const DEADLINE_MS = 300;
const MAX_TEXT = 4_000;
const MAX_KNOWN = 4_000;
const NOTHING = [];

/** Plain text is looked up at once; regular expressions in a worker with a deadline. */
export class Highlighter {
  #query = { text: "", regex: false, caseSensitive: false };
  #plain = null;
  #known = new Map();
  #wanted = new Set();
  #worker = null;
  #batch = 0;
  #timer = 0;

  /**
   * @param onhits called when hits of the worker have come and rows should be drawn again
   * @param ontrouble called with a sentence when the expression can't be used
   */
  constructor(onhits, ontrouble) {
    this.onhits = onhits;
    this.ontrouble = ontrouble;
  }

  /** Takes another search. */
  use(query) {
    this.#stop();
    this.#query = query;
    this.#known.clear();
    this.#wanted.clear();
    this.#plain = query.text && !query.regex
      ? new RegExp(query.text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), query.caseSensitive ? "gu" : "giu")
      : null;
  }

  get active() {
    return this.#query.text !== "";
  }

  /** The hits in a text, as [start, end] pairs; for a regular expression, those that are known so far. */
  hits(text) {
    if (!this.active) return NOTHING;
    if (this.#plain) return [...text.matchAll(this.#plain)].map((m) => [m.index, m.index + m[0].length]);
    const part = text.slice(0, MAX_TEXT);
    const known = this.#known.get(part);
    if (known) return known;
    this.#wanted.add(part);
    this.#schedule();
    return NOTHING;
  }

  #schedule() {
    if (this.#timer || this.#query.dead) return;
    this.#timer = setTimeout(() => this.#ask(), 30);
  }

  #ask() {
    const texts = [...this.#wanted];
    this.#wanted.clear();
    const id = ++this.#batch;
    this.#worker ??= new Worker(new URL("./highlight-worker.js", import.meta.url), { type: "module" });
    this.#worker.onmessage = ({ data }) => {
      if (data.id !== id) return;
      clearTimeout(this.#timer);
      this.#timer = 0;
      if (this.#known.size > MAX_KNOWN) this.#known.clear();
      texts.forEach((text, i) => this.#known.set(text, data.hits[i]));
      this.onhits();
      if (this.#wanted.size) this.#schedule();
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#giveUp("This expression works on the server only, so its hits are not marked.");
    };
    this.#timer = setTimeout(
      () => this.#giveUp("This expression is too slow to mark its hits."),
      DEADLINE_MS + (id === 1 ? 700 : 0),
    );
    this.#worker.postMessage({
      id,
      texts,
      source: this.#query.text,
      flags: this.#query.caseSensitive ? "gu" : "giu",
    });
  }

  #giveUp(reason) {
    this.#stop();
    this.#query = { ...this.#query, dead: true };
    this.ontrouble(reason);
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#worker?.terminate();
    this.#worker = null;
    this.#batch = 0;
  }
}
