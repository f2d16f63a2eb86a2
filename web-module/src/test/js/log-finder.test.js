import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { LogFinder } from "../../main/webapp/resources/console/js/log-finder.js";
import { emptyQuery } from "./empty-query.js";

const item = (line) => ({ id: `7:${line}`, level: "INFO", timestamp: "2026-01-01T00:00:00Z", message: "x" });

let finder, seen, texts, failures, hitLines, reader;

/** A log whose hits stand on some lines. */
const source = (query) => ({
  merged: false, min: 1,
  at: async (line) => rowsOf(hitsOf(query).filter((hit) => hit >= line)),
  after: async (row) => rowsOf(hitsOf(query).filter((hit) => hit > row.line)),
  before: async (row) => rowsOf(hitsOf(query).filter((hit) => hit < row.line)),
  last: async () => rowsOf(hitsOf(query)),
});
const hitsOf = ({ only, minLevel }) => (only ? hitLines : minLevel === "ERROR" ? [60] : []);
const rowsOf = (lines) => ({ rows: lines.map((line) => ({ line, key: `7:${line}` })) });

beforeEach(() => {
  seen = { hits: undefined, marks: undefined, rows: [], told: [], focused: 0 };
  texts = [];
  failures = [];
  hitLines = [20, 50];
  reader = { from: { line: 30, key: "7:30" }, atEnd: false };
  finder = new LogFinder({
    facts: { base: "/logs", source },
    model: { source: { min: 1, max: 101, place: (row) => row.line } },
    places: {
      get atEnd() {
        return reader.atEnd;
      },
      rowBefore: () => reader.from,
      toRow: async (row) => {
        seen.rows.push(row.line);
        reader = { from: row, atEnd: false };
        finder.selected(row.key);
      },
    },
    toolbar: { find: { input: { focus: () => seen.focused++ } }, showHits: (words) => (seen.hits = words) },
    scrollbar: { mark: (shares) => (seen.marks = shares) },
    tell: (words) => seen.told.push(words),
  }, emptyQuery());
  finder.addEventListener("text", ({ detail }) => {
    texts.push(detail.text);
    finder.use({ ...emptyQuery(), text: detail.text });
  });
  finder.addEventListener("failed", ({ detail }) => failures.push(detail.error.message));
});

const answer = (t, ...pages) => t.mock.method(globalThis, "fetch", async () => Response.json(pages.length > 1 ? pages.shift() : pages[0]));

test("one searches when one stops typing", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  finder.typed("l");
  finder.typed("lo");
  t.mock.timers.tick(1_000);
  assert.deepEqual(texts, ["lo"]);
});

test("who presses Enter needn't wait, and goes to the next hit", async () => {
  await finder.entered("loss", 1);
  assert.deepEqual([texts, seen.rows, seen.told], [["loss"], [50], []]);
});

test("the way along the hits goes on at the other end, and says so", async () => {
  finder.use({ ...emptyQuery(), text: "loss" });
  for (const direction of [1, 1, -1]) await finder.hit(direction);
  assert.deepEqual([seen.rows, seen.told], [[50, 20, 50], ["Continued at the top.", "Continued at the bottom."]]);
});

test("whoever reads the end is brought to the newest hit", async () => {
  reader = { from: { line: 90, key: "7:90" }, atEnd: true };
  finder.use({ ...emptyQuery(), text: "loss" });
  await finder.hit(1);
  assert.deepEqual([seen.rows, seen.told], [[50], ["The last hit."]]);
  await finder.hit(1);
  assert.deepEqual(seen.rows, [50, 20]);
});

test("an only hit, and none at all, are told", async () => {
  finder.use({ ...emptyQuery(), text: "loss" });
  hitLines = [30];
  await finder.hit(1);
  hitLines = [];
  await finder.hit(1);
  reader.from = null;
  await finder.hit(-1);
  assert.deepEqual([seen.rows, seen.told], [[30], ["The only hit.", "No hit.", "No hit."]]);
});

test("without a text there is no hit, but there are errors", async () => {
  await finder.hit(1);
  assert.deepEqual([seen.focused, seen.rows], [1, []]);
  await finder.error(1);
  await finder.error(1);
  assert.deepEqual([seen.rows, seen.told], [[60, 60], ["The only error."]]);
});

test("hits are counted, their places marked, and the selected one has a number", async (t) => {
  answer(t, { items: [item(1), item(51)], total: 2, total_exact: true });
  finder.use({ ...emptyQuery(), text: "loss" });
  await finder.count();
  assert.deepEqual([seen.hits, seen.marks], ["2 hits", [0, 0.5]]);
  finder.selected("7:51");
  assert.equal(seen.hits, "2 of 2");
  finder.selected("7:3");
  assert.equal(seen.hits, "2 hits");
  finder.use(emptyQuery());
  await finder.count();
  assert.deepEqual([seen.hits, seen.marks], [null, []]);
});

test("hits that are not all counted have no number", async (t) => {
  answer(t, { items: [item(1)], total: 1, total_exact: false, next_cursor: "c" });
  finder.use({ ...emptyQuery(), text: "loss" });
  finder.selected("7:1");
  await finder.count();
  assert.equal(seen.hits, "≥ 1 hit");
});

test("a search that takes longer than one answer goes on, but not for ever", async (t) => {
  const nothing = { items: [], total: 0, total_exact: false, complete: false, next_cursor: "c" };
  finder.use({ ...emptyQuery(), text: "(a+)+$", regex: true });
  answer(t, nothing, { items: [item(9)], total: 1, total_exact: false, complete: true });
  await finder.count();
  assert.equal(seen.hits, "1 hit");
  answer(t, nothing);
  let unknown;
  finder.addEventListener("counted", ({ detail }) => (unknown = detail.hits.unknown));
  await finder.count();
  assert.deepEqual([seen.hits, unknown], ["not counted", true]);
});

test("hits that can't be counted are a failure", async (t) => {
  t.mock.method(globalThis, "fetch", async () => Response.json({ detail: "No." }, { status: 400 }));
  finder.use({ ...emptyQuery(), text: "(", regex: true });
  await finder.count();
  assert.deepEqual([seen.hits, failures], ["not counted", ["No."]]);
});
