import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { call } from "../../main/webapp/resources/console/js/api.js";

let left;

beforeEach(() => {
  left = [];
  globalThis.document = new EventTarget();
  globalThis.location = { pathname: "/runs/1", search: "?tab=logs", hash: "", assign: (address) => left.push(address) };
});

test("a server that can't be reached is told in words, also when it goes in the middle of an answer", async (t) => {
  const away = { code: "unreachable", message: "The server can't be reached." };
  t.mock.method(globalThis, "fetch", async () => Promise.reject(new TypeError("Failed to fetch")));
  await assert.rejects(call("/logs"), away);
  t.mock.method(globalThis, "fetch", async () => new Response('{"items":['));
  await assert.rejects(call("/logs"), away);
});

test("who gives a call up is not told that the server is away", async (t) => {
  const signal = AbortSignal.abort();
  t.mock.method(globalThis, "fetch", async () => Promise.reject(signal.reason));
  await assert.rejects(call("/logs", { signal }), { name: "AbortError" });
});

test("what the reader did not ask for is marked, and keeps no session alive", async (t) => {
  const marks = [];
  t.mock.method(globalThis, "fetch", async (url, { headers }) => {
    marks.push(headers["Binnacle-By-Itself"]);
    return Response.json({});
  });
  await call("/logs");
  await call("/logs", { byItself: true });
  assert.deepEqual(marks, [undefined, "1"]);
});

test("a refusal has the server's words and its code", async (t) => {
  t.mock.method(globalThis, "fetch", async () => Response.json({ code: "invalid_regex", detail: "Unclosed group." }, { status: 400 }));
  await assert.rejects(call("/logs"), { status: 400, code: "invalid_regex", message: "Unclosed group." });
});

test("who is signed out gets to the login, unless the page says it itself", async (t) => {
  t.mock.method(globalThis, "fetch", async () => new Response("", { status: 401 }));
  await assert.rejects(call("/logs"), { code: "unauthenticated" });
  assert.deepEqual(left, ["/login?ended&next=%2Fruns%2F1%3Ftab%3Dlogs"]);
  document.addEventListener("binnacle:signed-out", (event) => event.preventDefault());
  await assert.rejects(call("/logs"), { code: "unauthenticated" });
  assert.deepEqual(left, ["/login?ended&next=%2Fruns%2F1%3Ftab%3Dlogs"]);
});
