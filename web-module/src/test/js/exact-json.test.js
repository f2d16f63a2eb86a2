import assert from "node:assert/strict";
import { test } from "node:test";
import { ExactNumber, parseExact } from "../../main/webapp/resources/console/js/exact-json.js";

const parsed = (text) => JSON.parse(JSON.stringify(parseExact(text), (_, value) => (value instanceof ExactNumber ? `exact ${value}` : value)));

test("numbers that JavaScript would change stay as they were written", () => {
  assert.deepEqual(
    parsed('{"id":12345678901234567890,"n":[9007199254740993,-0.10,1e400,2E5],"line_number":7,"loss":0.25}'),
    { id: "exact 12345678901234567890", n: ["exact 9007199254740993", "exact -0.10", "exact 1e400", "exact 2E5"], line_number: 7, loss: 0.25 },
  );
});

test("digits in texts and names are no numbers", () => {
  const value = { "12345678901234567890": "9007199254740993", quoted: 'say "1.50" \\ 1.50', nothing: null, yes: true };
  assert.deepEqual(parsed(JSON.stringify(value)), value);
  assert.deepEqual(parsed('{"a\\"1.50":1.50}'), { 'a"1.50': "exact 1.50" });
});

test("what is no JSON is none with exact numbers either", () => {
  for (const text of ["{1.50}", "[01]", "[1.50", '{"a":1.50,}', "[-]", "[1.]"]) assert.throws(() => parseExact(text), SyntaxError, text);
});
