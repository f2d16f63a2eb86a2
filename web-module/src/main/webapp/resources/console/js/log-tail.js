/**
 * The live tail: a WebSocket that reconnects by itself, each time from the newest line seen of
 * every stream, so that nothing is missed and nothing comes twice.
 */
import { parseExact } from "./exact-json.js";
import { tailFilter, filterParams } from "./log-query.js";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** The server pings every 15 seconds; silence for longer than two pings means a dead connection. */
const SILENCE_MS = 40_000;
/** The code of a close whose reason is the code of a problem. */
const REFUSED = 1008;
/** A close by this end, which then connects again. */
const ANEW = 4000;
/** Longer cursors are sent as a message, because proxies cut long addresses. */
const LONGEST_ADDRESS = 1_500;
/** A cursor that names no stream there is. */
const NOTHING_SEEN = "0:0";
/** What a filter or a place changes; until the new history comes, these are still of the old one. */
const CHOSEN = new Set(["history", "logs", "skipped"]);

/**
 * Events: "message" (detail = the message), "state" (detail.state: connecting, live, waiting, off;
 * detail.retryAt: epoch milliseconds).
 */
export class LogTail extends EventTarget {
  #socket = null;
  #seen = new Map();
  /** Whether there is a place to go on from: what was seen, or what others had read before. */
  #known = false;
  #failures = 0;
  #retry = 0;
  #watch = 0;
  #query;
  #wanted = false;
  /** How many histories were asked for that have not come. */
  #due = 0;
  /** Whether the next history goes on where the last connection ended. */
  #resumed = false;

  constructor(base, query) {
    super();
    this.base = base;
    this.#query = query;
  }

  /**
   * Opens the tail, or hurries it when it is open.
   *
   * @param read the newest line of each stream that the reader has or is about to read: a tail that
   *     has told nothing yet begins behind it. Without it, it begins with the last lines
   */
  open(read = null) {
    this.#wanted = true;
    if (read && !this.#known) {
      this.#known = true;
      read.forEach((line, stream) => this.#seen.set(stream, line));
      this.#goOn();
    }
    this.hurry();
  }

  close() {
    this.#wanted = false;
    clearTimeout(this.#retry);
    clearTimeout(this.#watch);
    this.#socket?.close(1000);
    this.#socket = null;
    this.#state("off");
  }

  /** Other filters: the answer is a new history, and it goes on from here. */
  filter(query) {
    this.#query = query;
    this.#resumed = false;
    this.#ask(tailFilter(query));
    if (this.#known) this.#goOn();
  }

  /** Tries again now instead of when the wait is over. */
  hurry() {
    const state = this.#socket?.readyState;
    if (!this.#wanted || state === WebSocket.OPEN || state === WebSocket.CONNECTING) return;
    clearTimeout(this.#retry);
    this.#connect();
  }

  #connect() {
    this.#state("connecting");
    const query = this.#query;
    const params = filterParams(query);
    const placed = this.#known && this.#cursor.length <= LONGEST_ADDRESS;
    if (placed) params.set("from", this.#cursor);
    const url = new URL(`${this.base}/stream?${params}`, location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url);
    this.#socket = socket;
    this.#due = 1;
    this.#resumed = this.#known;
    this.#listen();
    socket.onopen = () => {
      if (this.#query !== query) this.filter(this.#query);
      else if (this.#known && !placed) this.#goOn();
    };
    socket.onmessage = ({ data }) => {
      if (this.#socket !== socket) return;
      this.#listen();
      this.#failures = 0;
      this.#take(parseExact(data));
    };
    socket.onclose = (event) => {
      if (this.#socket === socket) this.#lost(event);
    };
  }

  #take(message) {
    if (message.type === "ping") {
      this.#send({ type: "pong" });
      return;
    }
    if (message.code === "too_many_requests" && this.#due > 0) {
      // So much is on its way that nothing can be added to it; a new connection begins with nothing.
      this.#socket.close(ANEW);
      return;
    }
    if (message.type === "history" || message.type === "error") this.#due = Math.max(0, this.#due - 1);
    if (this.#due > 0 && CHOSEN.has(message.type)) return;
    // What was deleted need not be told of again.
    for (const cursor of [message.cursor, message.through]) if (cursor) this.#remember(cursor);
    this.#tell({ ...message, resumed: this.#resumed });
    if (message.type === "history") {
      this.#known = true;
      this.#resumed = false;
      this.#state("live");
    }
  }

  /** The place to go on from. Streams that are not named in it are sent from their first line on. */
  get #cursor() {
    return [...this.#seen].map(([stream, line]) => `${stream}:${line}`).join(",") || NOTHING_SEEN;
  }

  #goOn() {
    this.#ask({ type: "resume", from: this.#cursor });
  }

  #remember(cursor) {
    for (const id of cursor.split(",")) {
      const at = id.lastIndexOf(":");
      if (at < 0) continue;
      const [stream, line] = [id.slice(0, at), Number(id.slice(at + 1))];
      if (line >= (this.#seen.get(stream) ?? 0)) this.#seen.set(stream, line);
    }
  }

  #listen() {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#socket?.close(ANEW), SILENCE_MS);
  }

  #lost({ code, reason }) {
    clearTimeout(this.#watch);
    if (!this.#wanted) return;
    // The error that told why may have been lost with the connection.
    if (code === REFUSED) this.#tell({ type: "error", code: reason, detail: "" });
    if (!this.#wanted) return;
    // Twice as long each time, and a little apart from all others who lost the same server.
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures++) * (0.75 + Math.random() / 2);
    this.#state("waiting", Date.now() + wait);
    this.#retry = setTimeout(() => this.#connect(), wait);
  }

  /** Asks for another history: what comes before it is of the old filter or place. */
  #ask(message) {
    if (this.#send(message)) this.#due++;
  }

  #send(message) {
    const open = this.#socket?.readyState === WebSocket.OPEN;
    if (open) this.#socket.send(JSON.stringify(message));
    return open;
  }

  #tell(message) {
    this.dispatchEvent(new CustomEvent("message", { detail: message }));
  }

  #state(state, retryAt) {
    this.dispatchEvent(new CustomEvent("state", { detail: { state, retryAt } }));
  }
}
