import assert from "node:assert/strict";
import { test } from "node:test";

/** A page with the head of a run, and nothing else of it. */
class FakePage extends EventTarget {
  hidden = false;
  told = [];
  main = { prepend: (notice) => this.told.push(notice.attributes.role) };

  querySelector(selector) {
    if (selector === "[data-run]") return { dataset: { run: "/runs/1", status: "RUNNING" } };
    return selector === "main" ? this.main : null;
  }

  querySelectorAll = () => [];

  createElement() {
    const attributes = {};
    return { attributes, setAttribute: (name, value) => (attributes[name] = value), append() {} };
  }
}

test("that a run was deleted is told once, and it is not asked for any more", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const page = (globalThis.document = new FakePage());
  globalThis.addEventListener = globalThis.removeEventListener = () => {};
  let asked = 0;
  t.mock.method(globalThis, "fetch", async () => {
    asked++;
    return { ok: false, status: 404 };
  });
  await import("../../main/webapp/resources/console/js/run-state.js");
  const answered = async () => {
    for (let i = 0; i < 20; i++) await new Promise(setImmediate);
  };
  page.dispatchEvent(new CustomEvent("binnacle:status", { detail: "DELETED" }));
  t.mock.timers.tick(60_000);
  await answered();
  t.mock.timers.tick(60_000);
  await answered();
  page.dispatchEvent(new CustomEvent("binnacle:status", { detail: "DELETED" }));
  await answered();
  assert.deepEqual([page.told, asked], [["alert"], 2]);
});
