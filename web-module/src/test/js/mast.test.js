import assert from "node:assert/strict";
import { test } from "node:test";
import { leaveMast, toggleMast } from "../../main/webapp/resources/console/js/mast.js";

class FakePage {
  focused = null;
  covered = [{ inert: false }, { inert: false }];
  button = { expanded: "false", setAttribute: (name, value) => (this.button.expanded = value), focus: () => (this.focused = "button") };
  #classes = new Set();

  documentElement = {
    classList: {
      contains: (name) => this.#classes.has(name),
      toggle: (name, on) => (on ? this.#classes.add(name) : this.#classes.delete(name)),
    },
  };

  querySelector(selector) {
    return selector === ".mast-toggle" ? this.button : { focus: () => (this.focused = "first link") };
  }

  querySelectorAll() {
    return this.covered;
  }

  get state() {
    return [this.button.expanded, this.focused, ...this.covered.map(({ inert }) => inert)];
  }
}

test("the sidebar takes the focus and covers the page, and gives both back", () => {
  const page = new FakePage();
  toggleMast(page);
  assert.deepEqual(page.state, ["true", "first link", true, true]);
  assert.equal(leaveMast(page), true);
  assert.deepEqual(page.state, ["false", "button", false, false]);
});

test("a sidebar that is not there is not left", () => {
  const page = new FakePage();
  assert.equal(leaveMast(page), false);
  assert.deepEqual(page.state, ["false", null, false, false]);
});
