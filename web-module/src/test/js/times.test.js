import assert from "node:assert/strict";
import { test } from "node:test";
import { afterTime, clock, fullTime, millis, typedTime } from "../../main/webapp/resources/console/js/times.js";

test("times of any precision get nine decimals, so that they compare as text", () => {
  assert.equal(fullTime("2026-11-21T05:19:42Z"), "2026-11-21T05:19:42.000000000Z");
  assert.equal(fullTime("2026-11-21T05:19:42.12Z"), "2026-11-21T05:19:42.120000000Z");
  assert.equal(fullTime("2026-11-21T06:19:42+01:00"), "2026-11-21T05:19:42.000000000Z");
  assert.ok(fullTime("2026-11-21T05:19:42.9Z") < fullTime("2026-11-21T05:19:42.91Z"));
});

test("the next nanosecond carries over", () => {
  assert.equal(afterTime("2026-11-21T05:19:42.000000001Z"), "2026-11-21T05:19:42.000000002Z");
  assert.equal(afterTime("2026-12-31T23:59:59.999999999Z"), "2027-01-01T00:00:00.000000000Z");
});

test("a typed time belongs to the day that is on the screen", () => {
  const reference = millis("2026-11-21T05:19:42.000000000Z");
  assert.equal(typedTime("14:03:22", reference, true), Date.parse("2026-11-21T14:03:22Z"));
  assert.equal(typedTime("7:05", reference, true), Date.parse("2026-11-21T07:05:00Z"));
  assert.equal(typedTime("2026-11-20T00:00:00Z", reference, true), Date.parse("2026-11-20T00:00:00Z"));
  assert.equal(typedTime("25:00", reference, true), null);
  assert.equal(typedTime("soon", reference, true), null);
});

test("the clock shows hours, minutes and seconds", () => {
  assert.equal(clock(Date.parse("2026-11-21T05:09:02Z"), true), "05:09:02");
});
