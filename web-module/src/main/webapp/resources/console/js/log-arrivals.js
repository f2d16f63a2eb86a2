/** What the live tail tells: new lines, lines it left out, the end of the log or of its run. */
import { call } from "./api.js";
import { endingOf } from "./log-ending.js";
import { lineRow } from "./log-lines.js";

/**
 * Events: "emptied" (no line is left), "cleared" (somebody else did that), "status" (detail.status
 * of the run), "ended" (detail.ending: the tail is closed), "refused" (detail: code and detail).
 */
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
    deleted: () => this.#deleted(),
    status: ({ status }) => this.#emit("status", { status }),
    error: (message) => this.#refused(message),
  };
  #ended = false;
  /** Whether somebody else deleted all lines, perhaps with their run, and none has come since. */
  #emptied = false;
  /** Whether the tail has yet to tell of a deletion that was asked for here. */
  #expected = false;

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

  /** Deletes all lines. */
  async clear() {
    this.#expected = true;
    try {
      await call(this.#facts.base, { method: "DELETE" });
    } catch (error) {
      this.#expected = false;
      throw error;
    }
    if (this.#expected) this.#emit("emptied", {});
  }

  /**
   * Ends the tail when its log can't be watched any longer: of a refused socket a browser tells only
   * that it failed.
   *
   * @returns whether it ended
   */
  async askWhy() {
    try {
      await call(`${this.#facts.base}/summary`, { byItself: true });
      return false;
    } catch (error) {
      return this.end(endingOf(error.code, this.#emptied));
    }
  }

  /** Ends the tail, if there is an ending; that is told once, until the tail is opened again. */
  end(ending) {
    if (ending === null) return false;
    if (this.#ended) return true;
    this.#ended = true;
    this.#tail.close();
    this.#reading.stop();
    this.#emit("ended", { ending });
    return true;
  }

  #onState(state) {
    if (state === "connecting") this.#ended = false;
    if (state === "live") this.#reading.recover();
    if (state === "waiting") {
      this.#expected = false;
      this.askWhy();
    }
  }

  /** Perhaps because the run is gone. */
  async #deleted() {
    const own = this.#expected;
    this.#expected = false;
    this.#emptied = !own;
    this.#emit("emptied", {});
    if (!own && (await this.askWhy())) return;
    if (!own) this.#emit("cleared", {});
    // What came after the deleted lines is still there.
    await this.#reading.read({ byItself: true });
  }

  /** Puts lines into the window; those of a stream that it does not show are not announced either. */
  #take(items) {
    if (items.length === 0) return [];
    this.#facts.stale = true;
    this.#emptied = false;
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

  #refused(message) {
    if (this.end(endingOf(message.code, this.#emptied))) return;
    // Without words it only tells why a connection was closed, and the next one may succeed.
    if (message.detail) this.#emit("refused", message);
  }

  #skipped(message) {
    this.#facts.stale = true;
    if (!this.#model.source.shows(message)) return;
    this.#model.appendSkipped(message);
    if (!this.#modes.watching) this.#news.addUnseen(message.count);
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
