/** The search: the box, how many hits there are and where, and the way to the next one, or the next error. */
import { countHits, nextFrom } from "./log-search.js";

const TYPING_MS = 300;

/**
 * Events: "text" (detail.text: what is searched for now), "busy" (see busy), "counted"
 * (detail.hits), "failed" (detail.error).
 */
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
  #hits = null;
  #selected = "";

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
    this.#counting?.abort();
    this.#forget();
  }

  /** Takes notice of the line that is selected: it may be one of the hits. */
  selected(key) {
    this.#selected = key;
    if (this.#hits) this.#toolbar.showHits(this.#hits.words(key));
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
    if (!this.#query.text) return;
    this.#counting = new AbortController();
    const { signal } = this.#counting;
    this.#toolbar.showHits("…");
    try {
      this.#show(await countHits(this.#facts.base, this.#query, signal));
    } catch (error) {
      if (signal.aborted) return;
      this.#toolbar.showHits("not counted");
      this.#fail(error);
    }
  }

  async hit(direction) {
    if (this.#query.text) await this.#jump(direction, { only: true }, "hit");
    else this.#toolbar.find.input.focus();
  }

  async error(direction) {
    await this.#jump(direction, { minLevel: "ERROR" }, "error");
  }

  #forget() {
    this.#hits = null;
    this.#toolbar.showHits(this.#query.text ? "" : null);
    this.#scrollbar.mark([]);
  }

  #show(hits) {
    const { source } = this.#model;
    this.#hits = hits;
    this.#toolbar.showHits(hits.words(this.#selected));
    this.#scrollbar.mark(hits.rows.map((row) => (source.place(row) - source.min) / Math.max(1, source.max - source.min)));
    this.dispatchEvent(new CustomEvent("counted", { detail: { hits } }));
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
      const reader = { atEnd: this.#places.atEnd, name };
      const { row, notice } = await nextFrom(source, this.#places.rowBefore(direction), direction, reader, signal);
      if (notice) this.#tell(notice);
      if (row) await this.#places.toRow(row);
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    } finally {
      if (!signal.aborted) this.#setBusy(false);
    }
  }

  #fail(error) {
    this.dispatchEvent(new CustomEvent("failed", { detail: { error } }));
  }

  #setBusy(on) {
    this.busy = on;
    this.dispatchEvent(new Event("busy"));
  }
}
