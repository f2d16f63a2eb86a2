/**
 * A server with one log that grows while it is read. It cuts its answers where the real one does:
 * by lines, by characters, and a history of the tail at 500 lines.
 */

const HISTORY = 500;

export class FakeLogServer {
  base = "/logs";
  sockets = [];
  /** Whether the reader asked, for each request. */
  byReader = [];
  /** Whether no tail can be opened. */
  refusing = false;

  #streams = new Map();
  #pageChars;

  /** @param pageChars how many characters of messages an answer has at most, but for its last line */
  constructor({ pageChars = Infinity } = {}) {
    this.#pageChars = pageChars;
    const server = this;
    this.WebSocket = class extends FakeSocket {
      constructor(url) {
        super(new URL(url), server);
      }
    };
  }

  /** Takes the places of the network. */
  install() {
    globalThis.location = new URL("http://ship/runs/1");
    globalThis.fetch = async (address, { headers }) => {
      this.byReader.push(!headers["Binnacle-By-Itself"]);
      return this.#answer(new URL(address, location.href));
    };
    globalThis.WebSocket = this.WebSocket;
    return this;
  }

  /** Stores lines, and tells them to all tails. */
  write(count, { stream = "7", level = "INFO", message = "step" } = {}) {
    const lines = this.#streams.get(stream) ?? [];
    this.#streams.set(stream, lines);
    const fresh = Array.from({ length: count }, (_, i) => ({
      id: `${stream}:${lines.length + 1 + i}`, stream, line: lines.length + 1 + i, level, source: "stdout", message,
      timestamp: new Date(Date.UTC(2026, 0, 1) + (this.#written += 1)).toISOString(),
    }));
    lines.push(...fresh);
    this.sockets.forEach((socket) => socket.news(fresh));
  }

  /** Ends all connections, as a restart does. */
  drop() {
    this.sockets.splice(0).forEach((socket) => socket.close(1006, ""));
  }

  lines(matches = () => true) {
    return [...this.#streams.values()].flat().filter(matches).sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1));
  }

  cursor() {
    return [...this.#streams].map(([id, lines]) => `${id}:${lines.length}`).join(",");
  }

  #written = 0;

  #answer(url) {
    if (url.pathname.endsWith("/streams")) {
      return Response.json({ items: [...this.#streams].map(([id, { length }]) => ({ id, name: id, first_line: 1, next_line: length + 1, lines: length })) });
    }
    if (url.pathname.endsWith("/summary")) {
      const lines = this.lines();
      return Response.json({ total: lines.length, by_level: {}, by_source: {}, first_time: lines[0]?.timestamp, last_time: lines.at(-1)?.timestamp });
    }
    if (url.pathname.endsWith("/context")) return Response.json({ items: this.#around(url.searchParams) });
    return Response.json(this.#page(url.searchParams));
  }

  #around(params) {
    const [line, before, after] = ["line", "before", "after"].map((name) => Number(params.get(name)));
    return this.lines((item) => item.stream === params.get("stream") && item.line >= line - before && item.line <= line + after);
  }

  #page(params) {
    const number = (name, otherwise) => Number(params.get(name) ?? otherwise);
    const matching = this.lines((item) => matches(params)(item)
      && item.line >= number("from_line", 1) && item.line <= number("to_line", Infinity)
      && (!params.has("start_time") || item.timestamp >= milliseconds(params.get("start_time")))
      && (!params.has("end_time") || item.timestamp <= milliseconds(params.get("end_time"))));
    if (params.get("order") === "desc") matching.reverse();
    const last = params.has("cursor") ? matching.findIndex(({ id }) => id === params.get("cursor")) : -1;
    const items = [];
    let room = this.#pageChars;
    for (const item of matching.slice(last + 1)) {
      if (items.length === number("limit", 100) || room <= 0) break;
      items.push(item);
      room -= item.message.length;
    }
    const more = last + 1 + items.length < matching.length;
    return { items, next_cursor: more ? items.at(-1).id : null };
  }
}

const milliseconds = (time) => `${time.slice(0, 23)}Z`;

/** Whether a line passes the filter of an address or of a message of the tail. */
function matches(params) {
  const [levels, stream] = [params.getAll("level"), params.get("stream")];
  return (item) => (levels.length === 0 || levels.includes(item.level)) && (!stream || item.stream === stream);
}

/** Both ends of a tail. */
class FakeSocket {
  static CONNECTING = 0;
  static OPEN = 1;
  static CLOSED = 3;

  readyState = FakeSocket.CONNECTING;
  #server;
  #params;

  constructor(url, server) {
    this.#server = server;
    this.#params = url.searchParams;
    queueMicrotask(() => {
      if (server.refusing) return this.close(1006, "");
      this.readyState = FakeSocket.OPEN;
      this.onopen();
      server.sockets.push(this);
      return this.#begin(this.#params.get("from"));
    });
  }

  send(text) {
    const message = JSON.parse(text);
    if (message.type === "filter") {
      this.#params = new URLSearchParams();
      for (const level of message.level ?? []) this.#params.append("level", level);
      if (message.stream) this.#params.set("stream", message.stream);
      this.#begin(null);
    } else if (message.type === "resume") {
      this.#begin(message.from);
    }
  }

  close(code, reason) {
    if (this.readyState === FakeSocket.CLOSED) return;
    this.readyState = FakeSocket.CLOSED;
    this.onclose({ code, reason });
  }

  news(items) {
    const shown = items.filter(matches(this.#params));
    if (shown.length > 0) this.#say({ type: "logs", items: shown, cursor: items.at(-1).id });
  }

  #begin(from) {
    const seen = new Map((from || "").split(",").map((id) => [id.slice(0, id.lastIndexOf(":")), Number(id.slice(id.lastIndexOf(":") + 1))]));
    const wanted = this.#server.lines(matches(this.#params));
    const items = from ? wanted.filter(({ stream, line }) => line > (seen.get(stream) ?? 0)) : wanted.slice(-HISTORY);
    this.#say({ type: "history", items, cursor: this.#server.cursor() });
  }

  #say(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }
}
