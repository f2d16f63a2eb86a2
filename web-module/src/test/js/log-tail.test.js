import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { LogTail } from "../../main/webapp/resources/console/js/log-tail.js";
import { emptyQuery } from "./empty-query.js";

/** The server's end of the connections that were tried. */
class FakeSocket {
  static CONNECTING = 0;
  static OPEN = 1;
  static CLOSED = 3;
  static all = [];

  readyState = FakeSocket.CONNECTING;
  sent = [];

  constructor(url) {
    this.url = new URL(url);
    FakeSocket.all.push(this);
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  accept() {
    this.readyState = FakeSocket.OPEN;
    this.onopen();
    return this;
  }

  say(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }

  close(code, reason) {
    if (this.readyState === FakeSocket.CLOSED) return;
    this.readyState = FakeSocket.CLOSED;
    this.onclose({ code, reason });
  }
}

globalThis.WebSocket = FakeSocket;
globalThis.location = new URL("http://ship/runs/1");

beforeEach(() => (FakeSocket.all = []));

const HISTORY = { type: "history", items: [], cursor: "7:10" };
const newest = () => FakeSocket.all.at(-1);

/** A tail, and the types of the messages that it passed on. */
function tailOf(query = emptyQuery()) {
  const tail = new LogTail("/logs", query);
  const passed = [];
  tail.addEventListener("message", ({ detail }) => passed.push(detail));
  return { tail, passed };
}

test("a tail of one stream asks for that stream, in its address and in its filter", (t) => {
  const { tail } = tailOf({ ...emptyQuery(), stream: "7" });
  t.after(() => tail.close());
  tail.open();
  assert.equal(newest().url.searchParams.get("stream"), "7");
  newest().accept();
  tail.filter({ ...emptyQuery(), stream: "8" });
  assert.deepEqual(newest().sent, [{ type: "filter", stream: "8" }]);
  tail.filter(emptyQuery());
  assert.deepEqual(newest().sent[1], { type: "filter" });
});

test("lines of the old filter are not passed on once another one was asked for", (t) => {
  const { tail, passed } = tailOf();
  t.after(() => tail.close());
  tail.open();
  const socket = newest().accept();
  socket.say(HISTORY);
  tail.filter({ ...emptyQuery(), levels: ["ERROR"] });
  socket.say({ type: "logs", items: [{ id: "7:11" }], cursor: "7:11" });
  socket.say({ type: "status", status: "FINISHED" });
  socket.say({ ...HISTORY, cursor: "7:12" });
  socket.say({ type: "logs", items: [{ id: "7:12" }], cursor: "7:12" });
  assert.deepEqual(socket.sent.slice(-2), [{ type: "filter", level: ["ERROR"] }, { type: "resume", from: "7:10" }]);
  socket.say({ ...HISTORY, cursor: "7:12" });
  socket.say({ type: "logs", items: [{ id: "7:13" }], cursor: "7:13" });
  assert.deepEqual(passed.map((message) => message.type), ["history", "status", "history", "logs"]);
});

test("a filter that the server refuses leaves the old one, whose lines go on", (t) => {
  const { tail, passed } = tailOf();
  t.after(() => tail.close());
  tail.open();
  const socket = newest().accept();
  socket.say(HISTORY);
  tail.filter({ ...emptyQuery(), text: "(", regex: true, only: true });
  socket.say({ type: "error", code: "invalid_regex", detail: "No." });
  socket.say(HISTORY);
  socket.say({ type: "logs", items: [{ id: "7:11" }], cursor: "7:11" });
  assert.deepEqual(passed.map((message) => message.type), ["history", "error", "history", "logs"]);
});

test("a filter for which too much is on its way is asked for on a new connection", (t) => {
  const { tail, passed } = tailOf();
  t.after(() => tail.close());
  tail.open();
  const socket = newest().accept();
  socket.say(HISTORY);
  tail.filter({ ...emptyQuery(), levels: ["ERROR"] });
  socket.say({ type: "error", code: "too_many_requests", detail: "Read first." });
  tail.hurry();
  assert.deepEqual([...newest().url.searchParams], [["level", "ERROR"], ["from", "7:10"]]);
  assert.deepEqual(passed.map((message) => message.type), ["history"]);
});

test("a filter that was chosen while the connection was made is asked for when it stands", (t) => {
  const { tail, passed } = tailOf();
  t.after(() => tail.close());
  tail.open();
  tail.filter({ ...emptyQuery(), levels: ["ERROR"] });
  const socket = newest().accept();
  assert.deepEqual(socket.sent, [{ type: "filter", level: ["ERROR"] }]);
  socket.say({ ...HISTORY, cursor: "7:1" });
  assert.deepEqual(passed, [], "a history of the old filter");
  socket.say(HISTORY);
  assert.deepEqual(passed.map((message) => message.cursor), ["7:10"]);
});

test("whoever hurries a tail that connects or is live gets no second connection", (t) => {
  const { tail } = tailOf();
  t.after(() => tail.close());
  tail.hurry();
  assert.equal(FakeSocket.all.length, 0, "nothing is wanted yet");
  tail.open();
  tail.hurry();
  tail.open();
  newest().accept().say(HISTORY);
  tail.hurry();
  assert.equal(FakeSocket.all.length, 1);
  newest().close();
  tail.hurry();
  assert.equal(FakeSocket.all.length, 2);
  assert.equal(newest().url.searchParams.get("from"), "7:10");
});

test("a tail begins behind what was read, and with all of a log that was empty then", (t) => {
  for (const [read, from] of [[new Map([["7", 10], ["8", 3]]), "7:10,8:3"], [new Map(), "0:0"]]) {
    const { tail } = tailOf();
    t.after(() => tail.close());
    tail.open(read);
    assert.equal(newest().url.searchParams.get("from"), from);
  }
});

test("a tail that was open before anything was read goes on behind that, unless it has told more", (t) => {
  const { tail, passed } = tailOf();
  t.after(() => tail.close());
  tail.open();
  tail.open(new Map([["7", 10]]));
  const socket = newest().accept();
  assert.deepEqual(socket.sent, [{ type: "resume", from: "7:10" }]);
  socket.say({ ...HISTORY, cursor: "7:400" });
  socket.say({ ...HISTORY, cursor: "7:500" });
  assert.deepEqual(passed.map((message) => message.cursor), ["7:500"]);
  tail.open(new Map([["7", 501]]));
  assert.equal(socket.sent.length, 1);
});

test("what was deleted while a tail was live is behind it when it connects again", (t) => {
  const { tail } = tailOf();
  t.after(() => tail.close());
  tail.open();
  newest().accept().say(HISTORY);
  newest().say({ type: "deleted", through: "7:150" });
  newest().close();
  tail.hurry();
  assert.equal(newest().url.searchParams.get("from"), "7:150");
});

test("a tail that was closed opens again", (t) => {
  const { tail } = tailOf();
  t.after(() => tail.close());
  tail.open();
  tail.close();
  tail.open();
  assert.equal(FakeSocket.all.length, 2);
});

test("a cursor that is too long for an address is sent, and only what follows it is passed on", (t) => {
  const { tail, passed } = tailOf();
  t.after(() => tail.close());
  tail.open();
  const cursor = Array.from({ length: 200 }, (_, i) => `${1_000_000 + i}:77`).join(",");
  newest().accept().say({ ...HISTORY, cursor });
  newest().close();
  tail.hurry();
  const socket = newest().accept();
  assert.deepEqual(socket.sent, [{ type: "resume", from: cursor }]);
  socket.say({ ...HISTORY, cursor: "1:1" });
  socket.say({ ...HISTORY, cursor: "1:2" });
  assert.deepEqual(passed.map((message) => [message.cursor, message.resumed]), [[cursor, false], ["1:2", true]]);
});

test("the reason of a refusal is passed on, and whoever closes the tail then is not connected again", (t) => {
  const { tail, passed } = tailOf();
  t.after(() => tail.close());
  tail.addEventListener("message", ({ detail }) => detail.code === "run_deleted" && tail.close());
  const states = [];
  tail.addEventListener("state", ({ detail }) => states.push(detail.state));
  tail.open();
  newest().accept().close(1008, "run_deleted");
  assert.deepEqual([passed, states], [[{ type: "error", code: "run_deleted", detail: "" }], ["connecting", "off"]]);
});

test("numbers in fields are passed on as they were written", (t) => {
  const { tail, passed } = tailOf();
  t.after(() => tail.close());
  tail.open();
  newest().accept().onmessage({ data: '{"type":"history","items":[{"id":"7:1","fields":{"id":12345678901234567890}}],"cursor":"7:1"}' });
  assert.equal(String(passed[0].items[0].fields.id), "12345678901234567890");
});
