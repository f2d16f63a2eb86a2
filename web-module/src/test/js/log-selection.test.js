import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { LogAddress } from "../../main/webapp/resources/console/js/log-address.js";
import { lineRow } from "../../main/webapp/resources/console/js/log-lines.js";
import { queryFrom } from "../../main/webapp/resources/console/js/log-query.js";
import { LogSelection } from "../../main/webapp/resources/console/js/log-selection.js";
import { StreamSource } from "../../main/webapp/resources/console/js/log-source.js";
import { LogWindow } from "../../main/webapp/resources/console/js/log-window.js";
import { FakeLogServer } from "./fake-log-server.js";

const ERRORS = queryFrom(new URLSearchParams("stream=7&level=ERROR"));

let server, model, settings, selection, told, changes;

/** A window on the errors of a log of 200 lines, of which each tenth is one. */
beforeEach(async () => {
  server = new FakeLogServer().install();
  for (let i = 0; i < 20; i++) {
    server.write(9);
    server.write(1, { level: "ERROR" });
  }
  model = new LogWindow();
  model.use(new StreamSource(server.base, ERRORS, { first: 1, next: 201 }));
  await model.seekEnd();
  settings = { utc: true, selectedKey: "", expanded: new Set(), unclipped: new Set(), marked: new Set() };
  told = [];
  changes = [];
  model.addEventListener("changed", ({ detail }) => changes.push(detail));
  const view = { repaintRow() {}, reveal() {}, visible: () => [0, 1] };
  selection = new LogSelection({ base: server.base, model, view, settings, tell: (words) => told.push(words) });
});

const keys = () => model.rows.map((row) => row.key);

test("neighbours that arrive when other lines are shown are put nowhere", async () => {
  selection.select("7:100");
  const context = selection.context(true);
  await model.use(new StreamSource(server.base, { ...ERRORS, levels: [] }, { first: 1, next: 201 }));
  await model.seek(1);
  const before = keys().filter((key) => key !== "7:100");
  model.rows.splice(model.indexOf("7:100"), 1);
  await context;
  assert.deepEqual(keys(), before);
  assert.deepEqual(changes, []);
});

test("neighbours that were asked for twice are shown once", async () => {
  selection.select("7:100");
  await Promise.all([selection.context(true), selection.context(true)]);
  assert.deepEqual(keys().filter((key) => key.endsWith(":99")), ["context:7:99"]);
  await selection.context(true);
  assert.deepEqual(keys().filter((key) => key.startsWith("context")), []);
});

test("neighbours that are shown already come once, in their place", async () => {
  server.write(1, { level: "ERROR" });
  server.write(3);
  server.write(1, { level: "ERROR" });
  server.write(8);
  await model.seekEnd();
  selection.select("7:205");
  await selection.context(true);
  const shown = [190, ...Array.from({ length: 11 }, (_, i) => 200 + i)];
  assert.deepEqual(model.rows.slice(-shown.length).map(({ line }) => line), shown);
  assert.deepEqual(keys().slice(-11, -4), ["7:200", "7:201", "context:7:202", "context:7:203", "context:7:204", "7:205", "context:7:206"]);
  await selection.context(true);
  assert.deepEqual(keys().slice(-4), ["7:190", "7:200", "7:201", "7:205"]);
});

test("skipped lines that arrive when their gap is gone are put nowhere", async () => {
  server.write(1_000, { level: "ERROR" });
  model.appendSkipped({ stream: "7", from_line: 201, to_line: 1_200, count: 1_000 });
  const loaded = selection.loadSkipped(model.rows.at(-1), ERRORS);
  model.rows.pop();
  const before = keys();
  await loaded;
  assert.deepEqual(keys(), before);
});

test("of a gap whose lines don't come at once, the rest stays a gap", async () => {
  server = new FakeLogServer({ pageChars: 50_000 }).install();
  server.write(200);
  server.write(100, { level: "ERROR", message: "x".repeat(1_000) });
  model.appendSkipped({ stream: "7", from_line: 201, to_line: 300, count: 100 });
  const gaps = () => model.rows.filter((row) => row.kind === "skipped");
  await selection.loadSkipped(gaps()[0], ERRORS);
  assert.deepEqual(gaps().map(({ line, to, count }) => [line, to, count]), [[251, 300, 50]]);
  await selection.loadSkipped(gaps()[0], ERRORS);
  assert.deepEqual([gaps(), model.rows.at(-1).line], [[], 300]);
});

test("a gap of which the first answers hold no line is searched further", async (t) => {
  model.appendSkipped({ stream: "7", from_line: 201, to_line: 300, count: 100 });
  const answers = [{ items: [], next_cursor: "on" }, { items: [{ ...server.lines()[0], id: "7:250" }] }];
  t.mock.method(globalThis, "fetch", async () => Response.json(answers.shift()));
  await selection.loadSkipped(model.rows.at(-1), ERRORS);
  assert.equal(keys().at(-1), "7:250");
});

test("a line that was opened is closed with all that was opened of it", () => {
  selection.expand("7:100");
  assert.deepEqual([[...settings.expanded], [...settings.unclipped]], [["7:100"], ["7:100"]]);
  selection.expand("7:100");
  assert.deepEqual([[...settings.expanded], [...settings.unclipped]], [[], []]);
});

test("a bookmark in the context of another line is one of the line itself", async () => {
  selection.mark();
  assert.deepEqual(told, ["Select a line first."]);
  selection.select("7:100");
  selection.mark();
  await selection.context(true);
  selection.select("context:7:98");
  selection.mark();
  assert.deepEqual([...settings.marked], ["7:100", "7:98"]);
  assert.equal(selection.nextMark(), "7:100");
  selection.select("7:100");
  assert.equal(selection.nextMark(), "7:98");
});

test("the link of a line leads to it, also where only the context of another shows it", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const remembered = [];
  globalThis.history = { state: null, replaceState: (state, title, address) => remembered.push(address) };
  const address = new LogAddress(server.base, ERRORS);
  const row = lineRow(server.lines()[99]);
  const near = { ...lineRow(server.lines()[97]), key: "context:7:98", context: "7:100" };
  assert.equal(address.linkTo(row), "http://ship/runs/1?stream=7&level=ERROR&line=7:100");
  assert.equal(address.linkTo(near), "http://ship/runs/1?stream=7&line=7:98");
  assert.equal(address.linkOf(near), "/runs/1?stream=7&line=7:98");
  assert.equal(address.linkTo(null), "http://ship/runs/1?stream=7&level=ERROR");
  for (const selected of [row, near, null]) {
    address.remember(selected);
    t.mock.timers.tick(1_000);
  }
  assert.deepEqual(remembered.map((part) => part.split("level=ERROR")[1]), ["&line=7:100", "&line=7:100", ""]);
});
