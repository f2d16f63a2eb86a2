import assert from "node:assert/strict";
import { test } from "node:test";
import { keep } from "../../main/webapp/resources/console/js/log-chips.js";

/** As much of an element as keeping its children needs. */
class FakeElement {
  children = [];

  insertBefore(child, other) {
    child.remove?.();
    this.children.splice(other ? this.children.indexOf(other) : this.children.length, 0, child);
    child.remove = () => this.children.splice(this.children.indexOf(child), 1);
    child.moves = (child.moves ?? 0) + 1;
  }
}

const chip = (key, text) => ({ key, make: () => ({}), update: (element) => (element.text = text) });

test("children that are there stay the same elements, where they are", () => {
  const parent = new FakeElement();
  keep(parent, [chip("INFO", "1"), chip("ERROR", "2")]);
  const [info, error] = parent.children;
  keep(parent, [chip("DEBUG", "0"), chip("INFO", "3"), chip("WARNING", "1"), chip("ERROR", "4")]);
  assert.deepEqual(parent.children.map(({ key, text }) => `${key} ${text}`), ["DEBUG 0", "INFO 3", "WARNING 1", "ERROR 4"]);
  assert.deepEqual([parent.children[1], parent.children[3], info.moves, error.moves], [info, error, 1, 1]);
  keep(parent, [chip("ERROR", "5")]);
  assert.deepEqual([parent.children, error.text, error.moves], [[error], "5", 1]);
});
