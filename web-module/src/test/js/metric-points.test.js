import assert from "node:assert/strict";
import { test } from "node:test";
import { MetricPoints, thinned } from "../../main/webapp/resources/console/js/metric-points.js";

const MINUTE = 60_000;
const point = (step, value = step) => ({ step, value });
const points = (from, to) => Array.from({ length: to - from }, (_, i) => point(from + i));

function curve(...pages) {
  const asked = [];
  const ask = async (parameters) => {
    asked.push(parameters);
    return pages.shift() ?? null;
  };
  return { asked, curve: new MetricPoints(ask, 30) };
}

test("few points stay as they are, of many the extremes and what is no number", () => {
  assert.equal(thinned(points(0, 30), 30).length, 30);
  const many = points(0, 1_000);
  many[500] = point(500, -7);
  many[501] = point(501, "NaN");
  many[502] = point(502, 9_999);
  const kept = thinned(many, 30);
  assert.ok(kept.length <= 30, String(kept.length));
  for (const step of [0, 500, 501, 502, 999]) assert.ok(kept.some((one) => one.step === step), String(step));
  assert.deepEqual(kept.map(({ step }) => step), kept.map(({ step }) => step).sort((a, b) => a - b));
});

test("a curve is read whole once, and then behind what is there", async () => {
  const { asked, curve: loss } = curve({ items: points(0, 3) }, { items: points(3, 5) });
  assert.equal((await loss.read(2, 0)).length, 3);
  assert.deepEqual((await loss.read(4, 5_000)).map(({ step }) => step), [0, 1, 2, 3, 4]);
  assert.deepEqual(asked.map(({ from_step }) => from_step), [0, 3]);
});

test("a curve is read whole again after a minute, for what was written again", async () => {
  const { asked, curve: loss } = curve({ items: points(0, 3) }, { items: [point(0, 9)] });
  await loss.read(2, 0);
  assert.deepEqual(await loss.read(2, MINUTE), [point(0, 9)]);
  assert.deepEqual(asked.map(({ from_step }) => from_step), [0, 0]);
});

test("a long curve is read part by part", async () => {
  const { asked, curve: loss } = curve({ items: points(0, 20), next_cursor: "c" }, { items: points(20, 40) });
  assert.ok((await loss.read(39, 0)).length <= 30);
  assert.equal(asked[1].cursor, "c");
});

test("what can't be read now is asked for again from the same place", async () => {
  const { asked, curve: loss } = curve({ items: points(0, 3) }, null, { items: points(3, 5) });
  await loss.read(2, 0);
  assert.equal(await loss.read(4, 1_000), null);
  assert.equal((await loss.read(4, 2_000)).length, 5);
  assert.deepEqual(asked.map(({ from_step }) => from_step), [0, 3, 3]);
});
