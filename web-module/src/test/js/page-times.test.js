import assert from "node:assert/strict";
import { test } from "node:test";
import { ago, dateTime, duration } from "../../main/webapp/resources/console/js/page-times.js";

test("times are told in the console's language", () => {
  const now = Date.parse("2026-11-21T18:00:00Z");
  const before = (seconds) => ago(now - seconds * 1000, now);
  assert.deepEqual([3, 45, 60, 7_200, 86_400].map(before),
    ["just now", "45 seconds ago", "1 minute ago", "2 hours ago", "yesterday"]);
  assert.match(before(86_400 * 90), /^2\d Aug 2026$/);
  assert.match(dateTime(now), /^2\d Nov 2026, \d\d:\d\d:00$/);
});

test("durations have two units at most", () => {
  assert.deepEqual([0.2, 59, 61, 3_661, 90_000].map(duration),
    ["0 s", "59 s", "1 min 1 s", "1 h 1 min", "1 d 1 h"]);
});
