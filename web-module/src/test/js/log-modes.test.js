import assert from "node:assert/strict";
import { test } from "node:test";
import { LogModes } from "../../main/webapp/resources/console/js/log-modes.js";

class FakeStorage {
  values = new Map();
  getItem = (name) => this.values.get(name) ?? null;
  setItem = (name, value) => this.values.set(name, value);
}

function modesWith(storage, narrow = false) {
  const calls = [];
  const view = {
    follow: false, scroller: {}, visible: () => [7, 9],
    show: (index) => calls.push(`row ${index}`), showEnd: () => calls.push("end"), repaint: () => calls.push("repaint"),
  };
  const parts = { model: { frozen: false }, view, settings: {}, storage, narrow };
  const modes = new LogModes(parts);
  modes.addEventListener("changed", () => calls.push("changed"));
  return { modes, calls, ...parts };
}

test("wrap and zone are remembered", () => {
  const storage = new FakeStorage();
  const { modes } = modesWith(storage);
  assert.deepEqual([modes.wrap, modes.utc], [false, false]);
  modes.toggleWrap();
  modes.toggleZone();
  const again = modesWith(storage);
  assert.deepEqual([again.modes.wrap, again.settings.utc], [true, true]);
});

test("narrow screens wrap until the reader chooses", () => {
  const storage = new FakeStorage();
  const { modes } = modesWith(storage, true);
  assert.equal(modes.wrap, true);
  modes.toggleWrap();
  assert.equal(modesWith(storage, true).modes.wrap, false);
});

test("the same line, or the end, stays in sight when lines are wrapped", () => {
  const { modes, calls } = modesWith(new FakeStorage());
  modes.toggleWrap();
  modes.follow = true;
  modes.toggleWrap();
  assert.deepEqual(calls, ["changed", "row 7", "changed", "changed", "end"]);
});

test("only who follows without a pause watches", () => {
  const { modes, model, calls } = modesWith(new FakeStorage());
  modes.follow = true;
  assert.equal(modes.watching, true);
  modes.pause();
  assert.deepEqual([modes.paused, modes.watching, model.frozen], [true, false, true]);
  modes.resume();
  modes.resume();
  assert.equal(modes.watching, true);
  assert.equal(calls.length, 3, "nothing changes when nothing was paused");
});
