/** What the live tail tells: new lines, lines it left out, the end of the log or of its run. */
import { call } from "./api.js";
import { lineRow } from "./log-lines.js";

/** Events: "cleared", "status" (detail.status of the run), "trouble" (detail.words). */
export class LogArrivals extends EventTarget {
  #facts;
  #model;
  #modes;
  #news;
  #reading;
  #tail;
  #handlers = {
    history: (message) => {
      const rows = this.#take(message.items);
      if (message.resumed) this.#announce(rows);
    },
    logs: ({ items }) => this.#announce(this.#take(items)),
    skipped: (message) => this.#skipped(message),
    deleted: () => this.dispatchEvent(new Event("cleared")),
    status: ({ status }) => this.dispatchEvent(new CustomEvent("status", { detail: { status } })),
    error: ({ detail }) => this.#trouble(detail),
  };

  constructor({ facts, model, modes, news, reading, tail }) {
    super();
    this.#facts = facts;
    this.#model = model;
    this.#modes = modes;
    this.#news = news;
    this.#reading = reading;
    this.#tail = tail;
    tail.addEventListener("message", ({ detail }) => this.#handlers[detail.type]?.(detail));
    tail.addEventListener("state", ({ detail }) => this.#onState(detail.state));
  }

  /** Ends the tail when there is no such log: of a refused socket a browser tells only that it failed. */
  async askWhy() {
    try {
      await call(`${this.#facts.base}/summary`);
    } catch (error) {
      if (error.status !== 404 && error.status !== 410) return;
      this.#tail.close();
      this.#trouble(error.message);
    }
  }

  #onState(state) {
    if (state === "live") this.#reading.recover();
    if (state === "waiting") this.askWhy();
  }

  /** Puts lines into the window; those of a stream that it does not show are not announced either. */
  #take(items) {
    if (items.length === 0) return [];
    this.#facts.stale = true;
    const rows = items.map(lineRow);
    const shown = rows.filter((row) => this.#model.source.shows(row));
    this.#model.append(shown);
    if (shown.length === rows.length || this.#facts.find(this.#reading.query.stream)) return shown;
    // All streams are wanted, but only the first one, or none, was known until now.
    this.#reading.catchUp();
    return rows;
  }

  #announce(rows) {
    if (rows.length === 0) return;
    if (!this.#modes.watching) this.#news.addUnseen(rows.length);
    if (!this.#modes.paused) this.#news.announce(rows);
  }

  #skipped(message) {
    this.#facts.stale = true;
    if (!this.#model.source.shows(message)) return;
    this.#model.appendSkipped(message);
    if (!this.#modes.watching) this.#news.addUnseen(message.count);
  }

  #trouble(words) {
    this.dispatchEvent(new CustomEvent("trouble", { detail: { words } }));
  }
}
