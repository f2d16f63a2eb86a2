import assert from "node:assert/strict";
import { test } from "node:test";
import { matching, sorted } from "../../main/webapp/resources/console/js/metric-table.js";

const ITEMS = [
  { name: "loss", last: 0.5, count: 3 },
  { name: "acc10", last: "NaN", count: 30 },
  { name: "acc9", last: -2, count: 3 },
];
const names = (order) => sorted(ITEMS, order).map(({ name }) => name);

test("metrics are sorted by any column, both ways; what is no number comes last", () => {
  assert.deepEqual(names("name"), ["acc9", "acc10", "loss"]);
  assert.deepEqual(names("-name"), ["loss", "acc10", "acc9"]);
  assert.deepEqual(names("last"), ["acc9", "loss", "acc10"]);
  assert.deepEqual(names("-last"), ["loss", "acc9", "acc10"]);
  assert.deepEqual(names("count"), ["acc9", "loss", "acc10"]);
});

test("metrics are found by a part of their name in any case", () => {
  assert.deepEqual(matching(ITEMS, " ACC ").map(({ name }) => name), ["acc10", "acc9"]);
});
