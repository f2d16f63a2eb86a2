import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutNotices } from "../../main/webapp/resources/console/js/said-once.js";

const page = (...parameters) => ({
  querySelectorAll: () => parameters.map((saidBy) => ({ dataset: { saidBy } })),
});

test("an address loses what made its page tell of an act, and nothing else", () => {
  const address = { pathname: "/login", search: "?ended&next=%2Fruns%3Fq%3Da+b&deleted=no", hash: "#main" };
  assert.equal(withoutNotices(page("ended"), address), "/login?next=%2Fruns%3Fq%3Da+b&deleted=no#main");
});

test("an address that said only that is a plain one", () => {
  const address = { pathname: "/projects/p/settings", search: "?saved=retention", hash: "" };
  assert.equal(withoutNotices(page("saved"), address), "/projects/p/settings");
  assert.equal(withoutNotices(page("saved"), { pathname: "/", search: "", hash: "" }), "/");
});
