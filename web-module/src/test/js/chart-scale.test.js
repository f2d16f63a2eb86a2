import assert from "node:assert/strict";
import { test } from "node:test";
import { figure, fraction, stepTicks, stretches, ticks, valueRange } from "../../main/webapp/resources/console/js/chart-scale.js";

test("numbers are short and in the console's language", () => {
  assert.deepEqual([0, 0.123456, 1234.5, 1e-5, 2.5e9, NaN, Infinity, undefined].map(figure),
    ["0", "0.12346", "1,234.5", "1.00e-5", "2.50e+9", "NaN", "Infinity", "–"]);
});

test("marks are round, inside the range and not too many", () => {
  assert.deepEqual(ticks(0, 1, 5), [0, 0.5, 1]);
  assert.deepEqual(ticks(-3, 17, 5), [0, 5, 10, 15]);
  for (const [low, high] of [[0, 7], [0.2, 0.21], [-1e300, 1e300], [1e15, 1e15 + 9]]) {
    const marks = ticks(low, high, 4);
    assert.ok(marks.length >= 1 && marks.length <= 4, `${low} to ${high}: ${marks}`);
    assert.ok(marks.every((mark) => mark >= low && mark <= high), `${low} to ${high}: ${marks}`);
  }
});

test("an axis of steps has whole marks, and at least two when there are two steps", () => {
  assert.deepEqual(stepTicks(7, 7, 2), [7]);
  assert.deepEqual(stepTicks(0, 1, 6), [0, 1]);
  for (let last = 1; last < 3_000; last++) {
    const marks = stepTicks(0, last, 2);
    assert.ok(marks.length >= 2 && marks.every(Number.isInteger), `to ${last}: ${marks}`);
  }
});

test("equal values stand in the middle of their range", () => {
  for (const value of [0.42, 0, -7, 1e308]) {
    const [low, high] = valueRange([value, value]);
    assert.ok(Math.abs(fraction(value, low, high) - 0.5) < 0.05, `${value}: ${low} to ${high}`);
  }
  const [low, high] = valueRange([-1.7e308, 1.7e308]);
  assert.ok(fraction(0, low, high) === 0.5);
});

test("what is no finite number leaves a gap", () => {
  const points = [1, NaN, 2, 3, Infinity, 4].map((value, step) => ({ step, value }));
  assert.deepEqual(stretches(points).map((part) => part.map(({ step }) => step)), [[0], [2, 3], [5]]);
  assert.deepEqual(stretches([{ step: 1, value: NaN }]), []);
});
