/** Where the searched text occurs in the lines on the screen. */

const DEADLINE_MS = 300;
const MAX_TEXT = 4_000;
const MAX_KNOWN = 4_000;
const NOTHING = [];
const SERVER_ONLY = "Lines are found by the server, but their hits can't be marked: browsers don't know this syntax.";

const flagsOf = ({ caseSensitive }) => (caseSensitive ? "gu" : "giu");

/** The server knows expressions that browsers don't, such as possessive ones. */
function isKnownHere(query) {
  try {
    return Boolean(new RegExp(query.text, flagsOf(query)));
  } catch {
    return false;
  }
}

/**
 * Plain text is looked up at once; regular expressions in a worker with a deadline. Events: "hits" (of
 * the worker have come, and rows should be drawn again), "hint" (detail.hint: see hint).
 */
export class Highlighter extends EventTarget {
  #query = { text: "", regex: false, caseSensitive: false };
  #plain = null;
  #known = new Map();
  #wanted = new Set();
  #worker = null;
  #batch = 0;
  #timer = 0;
  /** Why hits of the present search are not marked, if the server takes it; or "". */
  hint = "";

  /** Takes another search. */
  use(query) {
    this.#stop();
    this.hint = query.text && query.regex && !isKnownHere(query) ? SERVER_ONLY : "";
    this.#query = { ...query, dead: this.hint !== "" };
    this.#known.clear();
    this.#wanted.clear();
    this.#plain = query.text && !query.regex
      ? new RegExp(query.text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), flagsOf(query))
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
      this.dispatchEvent(new Event("hits"));
      if (this.#wanted.size) this.#schedule();
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#giveUp(SERVER_ONLY);
    };
    this.#timer = setTimeout(
      () => this.#giveUp("This expression is too slow to mark its hits."),
      DEADLINE_MS + (id === 1 ? 700 : 0),
    );
    this.#worker.postMessage({
      id,
      texts,
      source: this.#query.text,
      flags: flagsOf(this.#query),
    });
  }

  #giveUp(reason) {
    this.#stop();
    this.#query = { ...this.#query, dead: true };
    this.hint = reason;
    this.dispatchEvent(new CustomEvent("hint", { detail: { hint: reason } }));
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#worker?.terminate();
    this.#worker = null;
    this.#batch = 0;
  }
}
