import assert from "node:assert/strict";
import { test } from "node:test";
import {
  filterParams, hitParams, isFiltered, queryFrom, queryInto, tailFilter,
} from "../../main/webapp/resources/console/js/log-query.js";
import { emptyQuery } from "./empty-query.js";

const FULL = {
  stream: "71", levels: ["ERROR", "CRITICAL"], sources: ["stderr"], fields: [["event", "eval"]],
  text: "a b&c", regex: true, caseSensitive: true, only: true,
};

test("an address gives back the query that was written into it", () => {
  const params = queryInto(new URLSearchParams("tab=logs"), FULL);
  assert.equal(params.get("tab"), "logs");
  assert.deepEqual(queryFrom(new URLSearchParams(params.toString())), FULL);
});

test("a search that only marks does not filter", () => {
  const query = { ...emptyQuery(), text: "loss" };
  assert.equal(isFiltered(query), false);
  assert.equal(filterParams(query).has("search"), false);
  assert.equal(hitParams(query).get("search"), "loss");
  assert.equal(hitParams(query).get("ignore_case"), "true");
});

test("a search that filters reaches the API and the tail", () => {
  assert.equal(filterParams(FULL).get("regex"), "a b&c");
  assert.deepEqual(filterParams(FULL).getAll("level"), ["ERROR", "CRITICAL"]);
  const filter = tailFilter(FULL);
  assert.equal(filter.regex, "a b&c");
  assert.equal(filter.ignore_case, false);
  assert.equal(filter["field.event"], "eval");
  assert.equal(filter.stream, "71");
  assert.deepEqual(tailFilter(emptyQuery()), { type: "filter" });
});

test("a comma in the name of a level or source is no separator", () => {
  const query = { ...emptyQuery(), levels: ["A,B", "C"], sources: ["x\\,y", "z"] };
  const params = queryInto(new URLSearchParams(), query);
  assert.deepEqual(queryFrom(new URLSearchParams(params.toString())), query);
  assert.deepEqual(filterParams(query).getAll("level"), ["A\\,B", "C"]);
  assert.deepEqual(tailFilter(query).source, ["x\\\\,y", "z"]);
});
