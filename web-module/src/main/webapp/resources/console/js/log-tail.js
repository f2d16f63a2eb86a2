/**
 * The live tail: a WebSocket that reconnects by itself, each time from the newest line seen of
 * every stream, so that nothing is missed and nothing comes twice.
 */
import { tailFilter, filterParams } from "./log-query.js";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** The server pings every 15 seconds; silence for longer than two pings means a dead connection. */
const SILENCE_MS = 40_000;
/** Longer cursors are sent as a message, because proxies cut long addresses. */
const LONGEST_ADDRESS = 1_500;

/**
 * Events: "message" (detail = the message), "state" (detail.state: connecting, live, waiting, off;
 * detail.retryAt: epoch milliseconds).
 */
export class LogTail extends EventTarget {
  #socket = null;
  #seen = new Map();
  #known = false;
  #failures = 0;
  #retry = 0;
  #watch = 0;
  #query;
  #wanted = false;

  constructor(base, query) {
    super();
    this.base = base;
    this.#query = query;
  }

  open() {
    this.#wanted = true;
    this.#connect();
  }

  close() {
    this.#wanted = false;
    clearTimeout(this.#retry);
    clearTimeout(this.#watch);
    this.#socket?.close(1000);
    this.#state("off");
  }

  /** Other filters: the answer is a new history. */
  filter(query) {
    this.#query = query;
    if (this.#socket?.readyState === WebSocket.OPEN) this.#send(tailFilter(query));
  }

  /** Tries again now instead of when the wait is over. */
  hurry() {
    if (!this.#wanted || this.#socket?.readyState === WebSocket.OPEN) return;
    clearTimeout(this.#retry);
    this.#connect();
  }

  #connect() {
    this.#state("connecting");
    const params = filterParams(this.#query);
    const cursor = [...this.#seen].map(([stream, line]) => `${stream}:${line}`).join(",");
    const late = cursor.length > LONGEST_ADDRESS;
    if (this.#known && !late) params.set("from", cursor);
    const url = new URL(`${this.base}/stream?${params}`, location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url);
    this.#socket = socket;
    let resumed = this.#known;
    socket.onopen = () => {
      if (this.#known && late) this.#send({ type: "resume", from: cursor });
      this.#listen();
    };
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      this.#listen();
      this.#failures = 0;
      this.#take(message, resumed);
      if (message.type === "history") resumed = false;
    };
    socket.onclose = (event) => {
      if (this.#socket === socket) this.#lost(event);
    };
  }

  #take(message, resumed) {
    if (message.type === "ping") {
      this.#send({ type: "pong" });
      return;
    }
    if (message.type === "deleted") this.#seen.clear();
    if (message.cursor) this.#remember(message.cursor);
    if (message.type === "history") {
      this.#known = true;
      this.#state("live");
    }
    this.dispatchEvent(new CustomEvent("message", { detail: { ...message, resumed } }));
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
    this.#watch = setTimeout(() => this.#socket?.close(4000), SILENCE_MS);
  }

  #lost() {
    clearTimeout(this.#watch);
    if (!this.#wanted) return;
    // Twice as long each time, and a little apart from all others who lost the same server.
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures++) * (0.75 + Math.random() / 2);
    this.#state("waiting", Date.now() + wait);
    this.#retry = setTimeout(() => this.#connect(), wait);
  }

  #send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #state(state, retryAt) {
    this.dispatchEvent(new CustomEvent("state", { detail: { state, retryAt } }));
  }
}
