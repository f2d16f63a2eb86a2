import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { LogFinder } from "../../main/webapp/resources/console/js/log-finder.js";
import { emptyQuery } from "../../main/webapp/resources/console/js/log-query.js";

const item = (line) => ({ id: `7:${line}`, level: "INFO", timestamp: "2026-01-01T00:00:00Z", message: "x" });

let finder, seen, texts, asked;

beforeEach(() => {
  seen = { hits: undefined, marks: undefined, rows: [], told: [], focused: 0, trouble: undefined };
  texts = [];
  asked = [];
  const source = (query) => ({
    merged: false, min: 1,
    after: async (row) => {
      asked.push({ after: row.line, only: query.only, minLevel: query.minLevel });
      return { rows: row.line < 50 ? [{ line: 50 }] : [] };
    },
  });
  finder = new LogFinder({
    facts: { base: "/logs", source },
    model: { source: { min: 1, max: 101, place: (row) => row.line } },
    places: { rowBefore: () => ({ line: seen.rows.at(-1) ?? 10 }), toRow: async (row) => seen.rows.push(row.line) },
    toolbar: {
      find: { input: { focus: () => seen.focused++ } },
      showHits: (words) => (seen.hits = words),
      showTrouble: (words) => (seen.trouble = words),
    },
    scrollbar: { mark: (shares) => (seen.marks = shares) },
    tell: (words) => seen.told.push(words),
  }, emptyQuery());
  finder.addEventListener("text", ({ detail }) => {
    texts.push(detail.text);
    finder.use({ ...emptyQuery(), text: detail.text });
  });
});

test("one searches when one stops typing", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  finder.typed("l");
  finder.typed("lo");
  t.mock.timers.tick(1_000);
  assert.deepEqual(texts, ["lo"]);
});

test("who presses Enter needn't wait, and goes to the next hit", async () => {
  await finder.entered("loss", 1);
  assert.deepEqual([texts, seen.rows], [["loss"], [50]]);
  assert.deepEqual(asked, [{ after: 10, only: true, minLevel: undefined }]);
  await finder.entered("loss", 1);
  assert.deepEqual([texts, seen.told], [["loss"], ["No hit after this line."]]);
});

test("without a text there is no hit, but there are errors", async () => {
  await finder.hit(1);
  assert.deepEqual([seen.focused, seen.rows], [1, []]);
  await finder.error(1);
  assert.deepEqual([seen.rows, asked[0].minLevel], [[50], "ERROR"]);
});

test("hits are counted, and their places marked", async (t) => {
  t.mock.method(globalThis, "fetch", async () => Response.json({ items: [item(1), item(51)], total: 2, total_exact: true }));
  finder.use({ ...emptyQuery(), text: "loss" });
  await finder.count();
  assert.deepEqual([seen.hits, seen.marks], ["2 hits", [0, 0.5]]);
  finder.use(emptyQuery());
  await finder.count();
  assert.deepEqual([seen.hits, seen.marks], [null, []]);
});

test("an expression that the server refuses is marked in the box", async (t) => {
  t.mock.method(globalThis, "fetch", async () => Response.json({ detail: "No." }, { status: 400 }));
  finder.use({ ...emptyQuery(), text: "(", regex: true });
  await finder.count();
  assert.deepEqual([seen.hits, seen.trouble], ["", "No."]);
});
