import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { LogArrivals } from "../../main/webapp/resources/console/js/log-arrivals.js";
import { LogFacts } from "../../main/webapp/resources/console/js/log-facts.js";
import { lineRow } from "../../main/webapp/resources/console/js/log-lines.js";
import { LogPlaces } from "../../main/webapp/resources/console/js/log-places.js";
import { LogReading } from "../../main/webapp/resources/console/js/log-reading.js";
import { StreamSource } from "../../main/webapp/resources/console/js/log-source.js";
import { LogTail } from "../../main/webapp/resources/console/js/log-tail.js";
import { LogWindow } from "../../main/webapp/resources/console/js/log-window.js";
import { emptyQuery } from "./empty-query.js";
import { FakeLogServer } from "./fake-log-server.js";

// What the window holds of a log that grows while it is read.

const EVERYTHING = emptyQuery();

let server;

beforeEach(() => (server = new FakeLogServer().install()));

function windowOn(query = { ...EVERYTHING, stream: "7" }) {
  const model = new LogWindow();
  const failures = [];
  model.addEventListener("failed", ({ detail }) => failures.push(detail.error.message));
  model.use(new StreamSource(server.base, query, { first: 1, next: server.lines().length + 1 }));
  return { model, failures };
}

const lineOf = ({ kind, line }) => (kind === "line" ? line : `gap at ${line}`);

function assertUnbroken(model, first, last) {
  assert.deepEqual(model.rows.map(lineOf), Array.from({ length: last - first + 1 }, (_, i) => first + i));
}

test("whoever scrolls to the end of a log that has grown meanwhile gets all of it", async () => {
  server.write(1_500);
  const { model } = windowOn();
  await model.seek(300);
  server.write(700);
  await model.growAfter();
  await model.growAfter();
  server.write(1);
  model.append([lineRow(server.lines().at(-1))]);
  while (!model.atEnd) await model.growAfter();
  assertUnbroken(model, 1, 2_201);
});

test("a place in a last page that is full is not the end of a log that has grown", async () => {
  server.write(1_000);
  const { model } = windowOn();
  server.write(300);
  await model.seek(990);
  assert.equal(model.atEnd, false);
  await model.growAfter();
  assert.equal(model.atEnd, true);
  assertUnbroken(model, 501, 1_300);
});

for (const place of [1, 450, 501, 1_000]) {
  test(`lines so long that an answer ends early are all read, from line ${place} on and back`, async () => {
    server = new FakeLogServer({ pageChars: 256_000 }).install();
    server.write(1_200, { message: "x".repeat(1_000) });
    const { model, failures } = windowOn();
    await model.seek(place);
    while (!model.atEnd) await model.growAfter();
    while (!model.atStart) await model.growBefore();
    assertUnbroken(model, 1, 1_200);
    assert.deepEqual(failures, []);
  });
}

test("a search that never gets anywhere is told as such, not as the end of the log", async (t) => {
  server.write(1_000);
  const { model, failures } = windowOn({ ...EVERYTHING, stream: "7", text: "never", only: true });
  await model.seek(10);
  t.mock.method(globalThis, "fetch", async () => Response.json({ items: [], next_cursor: "on" }));
  await model.growAfter();
  assert.equal(model.atEnd, false);
  assert.equal(failures.length, 1);
});

/** All parts of a viewer but those that draw. */
async function viewer({ line = "" } = {}) {
  globalThis.document ??= new EventTarget();
  const query = EVERYTHING;
  const facts = new LogFacts(server.base);
  const model = new LogWindow();
  const view = { follow: false, visible: () => [0, model.rows.length - 1], show() {}, showEnd() {} };
  const modes = {
    get follow() {
      return view.follow;
    },
    set follow(on) {
      view.follow = on;
    },
    watching: true,
    resume: () => (model.frozen = false),
  };
  const selection = { key: "", row: undefined, select() {} };
  const places = new LogPlaces({ model, view, modes, selection, facts, tell() {} });
  const tail = new LogTail(server.base, query);
  const reading = new LogReading({ facts, model, view, tail, places, selection }, query, line);
  const news = { addUnseen() {}, announce() {} };
  new LogArrivals({ facts, model, modes, news, reading, tail });
  await reading.read();
  return { facts, model, view, tail, reading };
}

test("what came between the reading of the log and a tail that was late is not lost", async (t) => {
  server.write(1_000);
  server.refusing = true;
  const { model, tail } = await viewer();
  t.after(() => tail.close());
  server.write(900);
  server.refusing = false;
  tail.hurry();
  await settled();
  server.write(1);
  assertUnbroken(model, 501, 1_901);
});

test("a log that began while the tail was late has its first lines", async (t) => {
  server.refusing = true;
  const { model, tail, reading } = await viewer();
  t.after(() => tail.close());
  server.write(900);
  server.refusing = false;
  tail.hurry();
  await settled();
  await reading.catchUp();
  while (!model.atStart) await model.growBefore();
  assertUnbroken(model, 1, 900);
});

test("what comes while other filters are chosen is not lost", async (t) => {
  server.write(1_000, { level: "ERROR" });
  const { model, tail, reading } = await viewer();
  t.after(() => tail.close());
  await settled();
  // The lines are read, then written, then the tail begins anew.
  const send = server.WebSocket.prototype.send;
  t.mock.method(server.WebSocket.prototype, "send", function later(text) {
    setTimeout(() => {
      if (JSON.parse(text).type === "filter") server.write(900, { level: "ERROR" });
      send.call(this, text);
    }, 20);
  });
  await reading.use({ ...EVERYTHING, levels: ["ERROR"] });
  await new Promise((done) => setTimeout(done, 50));
  server.write(1, { level: "ERROR" });
  assertUnbroken(model, 501, 1_901);
});

test("what a page reads when its log grows or its connection is lost, it does not read for its reader", async (t) => {
  server.write(10);
  const { model, tail, reading } = await viewer();
  t.after(() => tail.close());
  await settled();
  assert.ok(server.byReader.splice(0).every((asked) => asked));
  server.write(10, { stream: "8" });
  await settled();
  server.drop();
  await settled();
  assert.equal(model.rows.length, 20);
  assert.deepEqual([...new Set(server.byReader.splice(0))], [false]);
  await reading.read();
  assert.ok(server.byReader.every((asked) => asked));
});

test("a tail that is lost and found again goes on without a gap, also in several streams", async (t) => {
  server.write(100);
  server.write(100, { stream: "8" });
  const { model, tail } = await viewer();
  t.after(() => tail.close());
  await settled();
  server.drop();
  server.write(700);
  server.write(700, { stream: "8" });
  tail.hurry();
  await settled();
  assert.deepEqual(model.rows.map(({ key }) => key), server.lines().map(({ id }) => id));
});

/** Until nothing that is under way at once is left. */
const settled = () => new Promise((done) => setTimeout(done, 5));
