/** The search: the box, how many hits there are and where, and the way to the next one, or the next error. */
import { countHits, nearest } from "./log-search.js";

const TYPING_MS = 300;

/** Events: "text" (detail.text: what is searched for now), "busy" (see busy), "failed" (detail.error). */
export class LogFinder extends EventTarget {
  #facts;
  #model;
  #places;
  #toolbar;
  #scrollbar;
  #tell;
  #query;
  #typing = 0;
  #counting = null;
  #jumping = null;

  /** Whether the next hit is looked for. */
  busy = false;

  /** @param tell shows a sentence */
  constructor({ facts, model, places, toolbar, scrollbar, tell }, query) {
    super();
    this.#facts = facts;
    this.#model = model;
    this.#places = places;
    this.#toolbar = toolbar;
    this.#scrollbar = scrollbar;
    this.#tell = tell;
    this.#query = query;
  }

  /** Takes another query; count() counts its hits once its lines are read. */
  use(query) {
    this.#query = query;
  }

  /** Searches as soon as the reader stops typing. */
  typed(text) {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#search(text), TYPING_MS);
  }

  /** Searches now, and goes to the next hit (1) or the previous one (-1). */
  entered(text, direction) {
    clearTimeout(this.#typing);
    if (text !== this.#query.text) this.#search(text);
    return this.hit(direction);
  }

  /** Shows how many hits there are, and the places of the first ones. */
  async count() {
    this.#counting?.abort();
    if (!this.#query.text) {
      this.#toolbar.showHits(null);
      this.#scrollbar.mark([]);
      return;
    }
    this.#counting = new AbortController();
    const { signal } = this.#counting;
    this.#toolbar.showHits("…");
    try {
      const { words, rows } = await countHits(this.#facts.base, this.#query, signal);
      const { source } = this.#model;
      this.#toolbar.showHits(words);
      this.#scrollbar.mark(rows.map((row) => (source.place(row) - source.min) / Math.max(1, source.max - source.min)));
    } catch (error) {
      if (signal.aborted) return;
      this.#toolbar.showHits("");
      this.#toolbar.showTrouble(error.message);
    }
  }

  async hit(direction) {
    if (this.#query.text) await this.#jump(direction, { only: true }, "hit");
    else this.#toolbar.find.input.focus();
  }

  async error(direction) {
    await this.#jump(direction, { minLevel: "ERROR" }, "error");
  }

  #search(text) {
    this.dispatchEvent(new CustomEvent("text", { detail: { text } }));
  }

  async #jump(direction, narrower, name) {
    this.#jumping?.abort();
    this.#jumping = new AbortController();
    const { signal } = this.#jumping;
    this.#setBusy(true);
    try {
      const source = this.#facts.source({ ...this.#query, ...narrower });
      const row = await nearest(source, this.#places.rowBefore(direction), direction, signal);
      if (row) await this.#places.toRow(row);
      else this.#tell(`No ${name} ${direction > 0 ? "after" : "before"} this line.`);
    } catch (error) {
      if (!signal.aborted) this.dispatchEvent(new CustomEvent("failed", { detail: { error } }));
    } finally {
      if (!signal.aborted) this.#setBusy(false);
    }
  }

  #setBusy(on) {
    this.busy = on;
    this.dispatchEvent(new Event("busy"));
  }
}
