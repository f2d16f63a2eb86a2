import assert from "node:assert/strict";
import { test } from "node:test";
import { LogFacts } from "../../main/webapp/resources/console/js/log-facts.js";

const EMPTY = { levels: [], sources: [], fields: [], stream: "", text: "", only: false };

function facts(streams, summary = {}) {
  const told = new LogFacts("/logs");
  told.streams = streams;
  told.summary = { ...told.summary, ...summary };
  return told;
}

test("a log of one stream is read by line, of several by time", () => {
  const one = { id: "7", name: "main", first_line: 3, next_line: 10 };
  const alone = facts([one]).source(EMPTY);
  assert.equal(alone.merged, false);
  assert.deepEqual([alone.min, alone.max], [3, 9]);

  const two = facts([one, { id: "8", name: "rank-1", first_line: 1, next_line: 5 }], {
    first_time: "2026-11-21T08:00:00Z", last_time: "2026-11-21T09:00:00Z",
  });
  assert.equal(two.source(EMPTY).merged, true);
  assert.equal(two.source(EMPTY).max - two.source(EMPTY).min, 3_600_000);
  assert.deepEqual([two.source({ ...EMPTY, stream: "rank-1" }).max], [4]);
});

test("a log that grows lets its source reach further, never less far", () => {
  const told = facts([{ id: "7", name: "main", first_line: 1, next_line: 10 }]);
  const source = told.source(EMPTY);
  told.streams = [{ id: "7", name: "main", first_line: 4, next_line: 12 }];
  told.grow(source, EMPTY);
  assert.deepEqual([source.min, source.max], [4, 11]);
  told.streams = [{ id: "7", name: "main", first_line: 1, next_line: 2 }];
  told.grow(source, EMPTY);
  assert.deepEqual([source.min, source.max], [4, 11]);
});
