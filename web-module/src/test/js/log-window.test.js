import assert from "node:assert/strict";
import { test } from "node:test";
import { byLine, byTime, lineRow } from "../../main/webapp/resources/console/js/log-lines.js";
import { LogWindow } from "../../main/webapp/resources/console/js/log-window.js";

const item = (line, stream = "7", time = line) => ({
  id: `${stream}:${line}`, level: "INFO", severity: 9, source: "stdout", message: `line ${line}`,
  timestamp: new Date(Date.UTC(2026, 0, 1) + time * 1000).toISOString(),
});
const row = (...args) => lineRow(item(...args));
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => row(from + i));

/** A stream of so many lines, read in pages of ten. */
class FakeStream {
  merged = false;
  compare = byLine;
  min = 1;

  constructor(length) {
    this.max = length;
  }

  place = (r) => r.line;
  clamp = (n) => Math.min(this.max, Math.max(1, n));
  saw = (r) => (this.max = Math.max(this.max, r.line));
  at = async (n) => ({ rows: range(n, Math.min(this.max, n + 9)), end: n + 9 >= this.max });
  after = async (r) => ({ rows: range(r.line + 1, Math.min(this.max, r.line + 10)), end: r.line + 10 >= this.max });
  before = async (r) => ({ rows: range(Math.max(1, r.line - 10), r.line - 1), start: r.line <= 11 });
  around = async (n) => {
    const [behind, ahead] = [await this.before({ line: n }), await this.at(n)];
    return { rows: behind.rows.concat(ahead.rows), start: behind.start, end: ahead.end };
  };
  last = async () => ({ rows: range(Math.max(1, this.max - 9), this.max), start: this.max <= 10 });
}

const lines = (model) => model.rows.map((r) => r.line);
const gapless = (numbers) => numbers.every((n, i) => i === 0 || n === numbers[i - 1] + 1);

test("a seek in a million lines loads only the lines around the place", async () => {
  const model = new LogWindow();
  model.use(new FakeStream(1_000_000));
  const index = await model.seek(500_000);
  assert.equal(model.rows[index].line, 500_000);
  assert.ok(model.rows.length <= 30);
  await model.growBefore();
  await model.growAfter();
  assert.ok(gapless(lines(model)));
});

test("lines of the tail come once, in order", async () => {
  const model = new LogWindow();
  model.use(new FakeStream(20));
  await model.seekEnd();
  model.append([row(19), row(20), row(21)]);
  model.append([row(21), row(22)]);
  assert.equal(lines(model).at(-1), 22);
  assert.ok(gapless(lines(model)));
});

test("what arrives while the end is loaded is not lost", async () => {
  const model = new LogWindow();
  model.use(new FakeStream(20));
  const loaded = model.seekEnd();
  model.append([row(20), row(21)]);
  await loaded;
  assert.equal(lines(model).at(-1), 21);
  assert.ok(gapless(lines(model)));
});

/** A stream whose last rows, or the rows after one, come when the test says so. */
class SlowStream extends FakeStream {
  #waiting = [];

  last = ({ signal }) => this.#later(signal, () => range(Math.max(1, this.max - 9), this.max));
  after = (r, { signal }) => this.#later(signal, () => range(r.line + 1, this.max));

  /** Answers all that was asked, with what there is now. */
  answer() {
    for (const { resolve, rows } of this.#waiting.splice(0)) resolve({ rows: rows(), start: false, end: true });
  }

  fail() {
    for (const { reject } of this.#waiting.splice(0)) reject(new Error("away"));
  }

  #later(signal, rows) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ rows, resolve, reject });
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  }
}

async function slowWindow(length) {
  const stream = new SlowStream(length);
  const model = new LogWindow();
  model.use(stream);
  const shown = model.seekEnd();
  stream.answer();
  await shown;
  return { stream, model };
}

test("after a jump to the end that failed, lines are appended as before", async () => {
  const { stream, model } = await slowWindow(20);
  const failed = model.seekEnd();
  model.append([row(21)]);
  stream.fail();
  assert.equal(await failed, undefined);
  model.append([row(22)]);
  assert.deepEqual(lines(model).slice(-3), [20, 21, 22]);
});

test("a jump to the end that another jump overtakes holds nothing back", async () => {
  const { model } = await slowWindow(1_000);
  const end = model.seekEnd();
  model.append([row(1_001)]);
  await model.seek(995);
  assert.equal(await end, undefined);
  model.append([row(1_002)]);
  assert.equal(lines(model).at(-1), 1_002);
  assert.ok(gapless(lines(model)));
});

test("a jump to what is in memory ends the one to the end, and loses no line", async () => {
  const { stream, model } = await slowWindow(20);
  const end = model.seekEnd();
  model.append([row(21)]);
  model.stay();
  stream.answer();
  assert.equal(await end, undefined);
  model.append([row(22)]);
  assert.deepEqual(lines(model).slice(-3), [20, 21, 22]);
});

test("what arrives while the window grows towards the end is not lost", async () => {
  const { stream, model } = await slowWindow(20);
  model.atEnd = false;
  stream.max = 25;
  const grown = model.growAfter();
  stream.answer();
  model.append([row(26)]);
  await grown;
  model.append([row(27)]);
  assert.equal(lines(model).at(-1), 27);
  assert.ok(gapless(lines(model)));
});

test("a log that grows while its reader looks elsewhere is known to be longer", async () => {
  const { model } = await slowWindow(20);
  let grown = 0;
  model.addEventListener("grew", () => grown++);
  model.atEnd = false;
  model.append([row(26), row(27)]);
  assert.equal(grown, 1);
  assert.equal(model.source.max, 27);
});

test("a gap that the tail tells of while the end is loaded is shown where it belongs", async () => {
  const { stream, model } = await slowWindow(20);
  model.atEnd = false;
  const end = model.seekEnd();
  model.appendSkipped({ stream: "7", from_line: 11, to_line: 15, count: 5 });
  model.appendSkipped({ stream: "7", from_line: 19, to_line: 30, count: 12 });
  model.append([row(31)]);
  stream.answer();
  await end;
  assert.deepEqual(model.rows.slice(-3).map((r) => [r.line, r.to, r.count]), [
    [20, undefined, undefined],
    [21, 30, 10],
    [31, undefined, undefined],
  ]);
});

test("a gap that is told after the lines behind it is shown before them", async () => {
  const model = new LogWindow();
  model.use(new FakeStream(20));
  await model.seekEnd();
  model.append([row(31), row(32)]);
  model.appendSkipped({ stream: "7", from_line: 21, to_line: 30, count: 10 });
  model.appendSkipped({ stream: "7", from_line: 1, to_line: 10, count: 10 });
  assert.deepEqual(model.rows.slice(-4).map((r) => [r.kind, r.line]), [["line", 20], ["skipped", 21], ["line", 31], ["line", 32]]);
});

test("a line of another stream is no repetition, whatever its number", async () => {
  const model = new LogWindow();
  model.use(new FakeStream(20));
  await model.seekEnd();
  model.append([row(1, "8"), row(20, "8"), row(21)]);
  model.append([row(20, "8"), row(21), row(21, "8")]);
  assert.deepEqual(model.rows.slice(-4).map((r) => r.key), ["8:1", "8:20", "7:21", "8:21"]);
});

test("a frozen window takes nothing, and goes on without a gap", async () => {
  const stream = new FakeStream(20);
  const model = new LogWindow();
  model.use(stream);
  await model.seekEnd();
  model.frozen = true;
  model.append([row(21)]);
  assert.equal(lines(model).at(-1), 20);
  stream.max = 21;
  model.frozen = false;
  await model.growAfter();
  assert.equal(lines(model).at(-1), 21);
});

test("a frozen window can be read to where it was frozen, wherever one reads in it", async () => {
  const stream = new FakeStream(60);
  const model = new LogWindow();
  model.use(stream);
  await model.seekEnd();
  model.frozen = true;
  stream.max = 100;
  model.append(range(61, 100));
  await model.seek(5);
  for (let i = 0; i < 20; i++) await model.growAfter();
  assert.deepEqual(lines(model), range(1, 60).map((r) => r.line));
  await model.seek(58);
  assert.equal(lines(model).at(-1), 60);
  model.frozen = false;
  while (!model.atEnd) await model.growAfter();
  assert.equal(lines(model).at(-1), 100);
  assert.ok(gapless(lines(model)));
});

test("a merged view puts late lines where their time is", () => {
  const model = new LogWindow();
  model.use({ merged: true, compare: byTime, saw() {}, place: (r) => r.ms });
  model.start([row(1, "7", 1), row(2, "7", 5)], true);
  model.append([row(1, "8", 3), row(3, "7", 6), row(1, "8", 3)]);
  assert.deepEqual(model.rows.map((r) => r.key), ["7:1", "8:1", "7:2", "7:3"]);
});

test("a window forgets its far end before it grows too large", async () => {
  const model = new LogWindow();
  model.use(new FakeStream(10));
  await model.seekEnd();
  model.append(range(11, 30_000));
  assert.ok(model.rows.length <= 20_000);
  assert.equal(lines(model).at(-1), 30_000);
  assert.equal(model.atStart, false);
});

test("lines that rolled off while nobody looked are shown as a gap that can't be opened", async () => {
  const model = new LogWindow();
  model.use(new FakeStream(20));
  await model.seekEnd();
  const skipped = { stream: "7", from_line: 21, to_line: 30, count: 10 };
  model.appendSkipped(skipped);
  model.appendSkipped({ ...skipped, from_line: 31, to_line: 40, gone: true });
  assert.deepEqual(model.rows.slice(-2).map((r) => [r.kind, r.line, r.to, r.gone]), [
    ["skipped", 21, 30, false],
    ["skipped", 31, 40, true],
  ]);
});
