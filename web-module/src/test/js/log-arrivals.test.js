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
  reading = { query: { stream: "" }, caughtUp: 0, recovered: 0, anew: [], read: async (asking) => reading.anew.push(asking), stop: () => (reading.stopped = true), catchUp: () => reading.caughtUp++, recover: () => reading.recovered++ };
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

const answer = (t, status, problem = {}) => t.mock.method(globalThis, "fetch", async () => new Response(JSON.stringify(problem), { status }));
const until = async (done) => {
  for (let i = 0; i < 100 && !done(); i++) await new Promise(setImmediate);
};

function eventsOf(...names) {
  const events = [];
  for (const name of names) arrivals.addEventListener(name, ({ detail }) => events.push(detail.ending?.what ?? detail.code ?? name));
  return events;
}

test("a tail of a log that is gone ends and says so; one of a server that is away goes on", async (t) => {
  const events = eventsOf("ended");
  for (const problem of [{ status: 503, code: "busy" }, { status: 404 }]) {
    answer(t, problem.status, problem);
    assert.equal(await arrivals.askWhy(), false);
  }
  t.mock.method(globalThis, "fetch", async () => Promise.reject(new TypeError("Failed to fetch")));
  assert.equal(await arrivals.askWhy(), false);
  assert.equal(tail.closed, undefined);
  answer(t, 410, { code: "run_deleted" });
  assert.equal(await arrivals.askWhy(), true);
  assert.deepEqual([tail.closed, reading.stopped, events], [true, true, ["This run was deleted."]]);
});

test("the server's reasons to end a tail are told, others leave it open", () => {
  const events = eventsOf("ended", "refused");
  say({ type: "error", code: "invalid_regex", detail: "No." });
  assert.equal(tail.closed, undefined);
  say({ type: "error", code: "unauthenticated", detail: "The session ended." });
  assert.deepEqual([tail.closed, events], [true, ["invalid_regex", "You are signed out."]]);
});

test("an ending is told once, and again when somebody tried again", () => {
  const events = eventsOf("ended");
  for (let i = 0; i < 3; i++) say({ type: "error", code: "unauthenticated", detail: "The session ended." });
  assert.equal(events.length, 1);
  tail.dispatchEvent(new CustomEvent("state", { detail: { state: "connecting" } }));
  say({ type: "error", code: "unauthenticated", detail: "The session ended." });
  assert.equal(events.length, 2);
});

test("a log that somebody else cleared is told, one whose run was deleted is not called cleared", async (t) => {
  const events = eventsOf("emptied", "cleared", "ended");
  answer(t, 200);
  say({ type: "deleted" });
  await until(() => events.length === 2);
  answer(t, 404, { code: "not_found" });
  say({ type: "deleted" });
  await until(() => events.length === 4);
  assert.deepEqual(events, ["emptied", "cleared", "emptied", "This run was deleted."]);
  assert.deepEqual(reading.anew, [{ byItself: true }], "what came after the deleted lines is read");
});

test("a run that was deleted is called so, whatever tells first that its log is gone", async (t) => {
  const events = eventsOf("emptied", "ended");
  answer(t, 404, { code: "not_found" });
  say({ type: "deleted" });
  say({ type: "error", code: "not_found", detail: "" });
  await until(() => false);
  assert.deepEqual(events, ["emptied", "This run was deleted."]);
});

test("one's own clear is no news, whether the answer or the tail comes first", async (t) => {
  const events = eventsOf("emptied", "cleared");
  answer(t, 200);
  await arrivals.clear();
  say({ type: "deleted" });
  assert.deepEqual(events.splice(0), ["emptied", "emptied"]);
  const cleared = arrivals.clear();
  say({ type: "deleted" });
  await cleared;
  assert.deepEqual(events.splice(0), ["emptied"], "what came after it stays");
});
