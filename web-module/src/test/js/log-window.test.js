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

test("a frozen window takes nothing, and goes on without a gap", async () => {
  const stream = new FakeStream(20);
  const model = new LogWindow();
  model.use(stream);
  await model.seekEnd();
  model.frozen = true;
  assert.equal(model.append([row(21)]), 0);
  assert.equal(lines(model).at(-1), 20);
  stream.max = 21;
  model.frozen = false;
  await model.growAfter();
  assert.equal(lines(model).at(-1), 21);
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
