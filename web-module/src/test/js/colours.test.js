import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const RESOURCES = new URL("../../main/webapp/resources/console/", import.meta.url);
const read = (path) => readFileSync(new URL(path, RESOURCES), "utf8");

test("colours stand among the tokens only", () => {
  const found = readdirSync(new URL("css/", RESOURCES))
    .filter((name) => name !== "tokens.css")
    .flatMap((name) => [...read(`css/${name}`).matchAll(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(/gi)].map(([colour]) => `${name}: ${colour}`));
  assert.deepEqual(found, []);
});

test("each token that is used is there, and each that is there is used", () => {
  const tokens = new Set([...read("css/tokens.css").matchAll(/^\s+(--[\w-]+):/gm)].map(([, name]) => name));
  const all = ["css/", "js/"].flatMap((part) => readdirSync(new URL(part, RESOURCES)).map((name) => read(part + name))).join("\n");
  const used = new Set([...all.matchAll(/(?:var\(\s*|["'`])(--[\w-]+)(?=["'`)\s,])/g)].map(([, name]) => name));
  const made = new Set([...all.matchAll(/(--[\w-]+)(?=:|")/g)].map(([, name]) => name));
  assert.deepEqual([...used].filter((name) => !made.has(name)), []);
  assert.deepEqual([...tokens].filter((name) => !used.has(name)), []);
});

test("the colours that escape sequences are calculated with are those that they are shown in", () => {
  const shown = [...read("css/tokens.css").matchAll(/--ansi-\d+: (#\w+)/g)].map(([, colour]) => colour);
  const [, palette] = /const PALETTE = \[([^\]]*)\]/.exec(read("js/ansi.js"));
  assert.deepEqual([...palette.matchAll(/#\w+/g)].map(([colour]) => colour), shown);
});
