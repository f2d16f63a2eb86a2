import assert from "node:assert/strict";
import { test } from "node:test";
import { Highlighter } from "../../main/webapp/resources/console/js/highlight.js";
import { emptyQuery } from "./empty-query.js";

const highlighter = (part) => {
  const one = new Highlighter();
  one.use({ ...emptyQuery(), ...part });
  return one;
};

test("plain text is marked, whatever its characters mean elsewhere", () => {
  assert.deepEqual(highlighter({ text: "a.(" }).hits("xA.(a.("), [[1, 4], [4, 7]]);
  assert.deepEqual(highlighter({ text: "a", caseSensitive: true }).hits("Aa"), [[1, 2]]);
});

test("an expression that only the server knows has a hint, and is not tried here", () => {
  const one = highlighter({ text: "a++b", regex: true });
  assert.match(one.hint, /browsers don't know/);
  assert.deepEqual(one.hits("aab"), []);
  one.use({ ...emptyQuery(), text: "aab" });
  assert.equal(one.hint, "");
});
