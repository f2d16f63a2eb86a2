import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { LogArrivals } from "../../main/webapp/resources/console/js/log-arrivals.js";

const item = (stream, line) => ({ id: `${stream}:${line}`, level: "INFO", timestamp: "2026-01-01T00:00:00Z", message: "x" });

let tail, model, modes, news, reading, arrivals, facts;

beforeEach(() => {
  tail = Object.assign(new EventTarget(), { close: () => (tail.closed = true) });
  model = {
    taken: [],
    source: { shows: (row) => row.stream === "7" },
    append: (rows) => model.taken.push(...rows.map((row) => row.key)),
    appendSkipped: (message) => model.taken.push(`skipped ${message.from_line}`),
  };
  modes = { watching: true, paused: false };
  news = { unseen: 0, announced: 0, addUnseen: (n) => (news.unseen += n), announce: (rows) => (news.announced += rows.length) };
  reading = { query: { stream: "" }, caughtUp: 0, recovered: 0, catchUp: () => reading.caughtUp++, recover: () => reading.recovered++ };
  facts = { base: "/logs", stale: false, find: (wanted) => (wanted === "7" ? { id: "7" } : undefined) };
  arrivals = new LogArrivals({ facts, model, modes, news, reading, tail });
});

const say = (detail) => tail.dispatchEvent(new CustomEvent("message", { detail }));

test("new lines are appended and announced", () => {
  say({ type: "logs", items: [item("7", 1)] });
  assert.deepEqual([model.taken, news.announced, news.unseen, facts.stale], [["7:1"], 1, 0, true]);
});

test("the first history is no news, what a connection missed is", () => {
  modes.watching = false;
  say({ type: "history", items: [item("7", 1)], resumed: false });
  assert.equal(news.unseen, 0);
  say({ type: "history", items: [item("7", 2)], resumed: true });
  assert.equal(news.unseen, 1);
});

test("lines and gaps that nobody watches are counted", () => {
  modes.watching = false;
  modes.paused = true;
  say({ type: "logs", items: [item("7", 1)] });
  say({ type: "skipped", stream: "7", from_line: 2, to_line: 11, count: 10 });
  assert.deepEqual([news.unseen, news.announced, model.taken], [11, 0, ["7:1", "skipped 2"]]);
});

test("a line of a stream that is not read makes the reading catch up", () => {
  say({ type: "logs", items: [item("7", 1), item("8", 1)] });
  assert.deepEqual([model.taken, reading.caughtUp, news.announced], [["7:1"], 1, 2]);
});

test("other streams don't disturb whoever chose one", () => {
  reading.query.stream = "7";
  say({ type: "logs", items: [item("7", 1), item("8", 1)] });
  say({ type: "skipped", stream: "8", from_line: 2, to_line: 11, count: 10 });
  assert.deepEqual([model.taken, reading.caughtUp, news.announced], [["7:1"], 0, 1]);
});

test("a tail that is live again reads what could not be read", () => {
  tail.dispatchEvent(new CustomEvent("state", { detail: { state: "live" } }));
  assert.equal(reading.recovered, 1);
});

test("a tail of a log that is gone ends and says so; one of a server that is away goes on", async (t) => {
  const words = [];
  arrivals.addEventListener("trouble", ({ detail }) => words.push(detail.words));
  t.mock.method(globalThis, "fetch", async () => new Response("{}", { status: 503 }));
  await arrivals.askWhy();
  assert.equal(tail.closed, undefined);
  t.mock.method(globalThis, "fetch", async () => new Response('{"detail":"Deleted."}', { status: 410 }));
  await arrivals.askWhy();
  assert.deepEqual([tail.closed, words], [true, ["Deleted."]]);
});
