import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { LogPlaces } from "../../main/webapp/resources/console/js/log-places.js";

const DAY = Date.UTC(2026, 0, 1);
const lineAt = (line) => ({ kind: "line", key: `7:${line}`, stream: "7", line, ms: DAY + line * 1000 });

/** Lines 1–1000 of a stream, of which the window holds some; a jump to the end waits for the test. */
class FakeWindow {
  atStart = false;
  atEnd = false;
  rows = [];
  stays = 0;
  source = {
    merged: false, min: 1, max: 1_000, query: { levels: [], sources: [], fields: [] }, extent: { next: 1_001 },
    place: (row) => row.line,
    shows: ({ stream }) => stream === "7",
    clamp: (place) => Math.round(place),
    firstAt: async (ms) => (ms > DAY + 1_000_000 ? null : lineAt(Math.ceil((ms - DAY) / 1000))),
  };

  hold(from, to) {
    this.rows = Array.from({ length: to - from + 1 }, (_, i) => lineAt(from + i));
    this.atEnd = to === 1_000;
  }

  async seek(place) {
    this.overtake?.();
    this.hold(Math.max(1, place - 50), Math.min(1_000, place + 50));
    return this.rows.findIndex((row) => row.line === place);
  }

  /** Resolves when the test, or another jump, says so. */
  seekEnd() {
    return new Promise((resolve) => {
      this.arrive = () => {
        this.hold(900, 1_000);
        resolve(100);
      };
      this.overtake = this.fail = () => resolve(undefined);
    });
  }

  stay() {
    this.overtake?.();
  }

  indexOf(key) {
    return this.rows.findIndex((row) => row.key === key);
  }
}

let model, modes, shown, told, selection, places;

beforeEach(() => {
  model = new FakeWindow();
  model.hold(401, 500);
  modes = { follow: false, utc: true, paused: false, resume: () => (modes.paused = false) };
  shown = [];
  told = [];
  selection = { selected: "", row: undefined, select: (key) => (selection.selected = key), nextMark: () => "7:42" };
  const view = {
    top: 10,
    visible: () => [view.top, view.top + 20],
    show: (index, share) => shown.push([model.rows[index].line, share]),
    showEnd: () => shown.push("end"),
  };
  places = new LogPlaces({ model, view, modes, selection, facts: { summary: { total: 1_000 } }, tell: (words) => told.push(words) });
});

test("the place of the screen is known as shares and as words", () => {
  const { share, size, words, day, range, highest } = places.here();
  assert.equal(share, 410 / 979);
  assert.equal(size, 21 / 1_000);
  assert.equal(words, "line 411");
  assert.match(day, / 2026$/);
  assert.equal(range, "lines 411–431 of 1,000");
  assert.equal(highest, 431);
  assert.equal(places.wordsAt(0), "line 1");
  model.rows = [];
  assert.equal(places.here(), null);
});

test("a place that is in memory is shown at once, another one is loaded", async () => {
  await places.toPlace(450, 0);
  assert.deepEqual(shown, [[450, 0]]);
  await places.toPlace(700, 0);
  assert.deepEqual(shown[1], [700, 0]);
});

test("whoever goes to the end follows, also out of a pause", async () => {
  modes.paused = true;
  const end = places.toEnd();
  model.arrive();
  await end;
  assert.deepEqual([modes.follow, modes.paused, shown], [true, false, ["end"]]);
});

test("whoever could not be brought to the end does not follow it", async () => {
  const end = places.toEnd();
  model.fail();
  await end;
  assert.deepEqual([modes.follow, shown], [false, []]);
});

for (const [where, place] of [["memory", 450], ["the log", 700]]) {
  test(`a jump to the end is forgotten when the reader drags to a place in ${where}`, async () => {
    const end = places.toEnd();
    await places.toPlace(place);
    model.arrive();
    await end;
    assert.equal(modes.follow, false);
    assert.deepEqual(shown.map(([line]) => line), [place]);
  });
}

test("a second jump to the end leaves following to the newer one", async () => {
  const first = places.toEnd();
  const { fail } = model;
  const second = places.toEnd();
  fail();
  await first;
  assert.equal(modes.follow, true);
  model.arrive();
  await second;
  assert.deepEqual(shown, ["end"]);
});

test("dragging goes on to the last place only", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  places.dragTo(0.1);
  places.dragTo(0.2);
  await places.toPlace(450);
  t.mock.timers.tick(1_000);
  assert.deepEqual(shown.map(([line]) => line), [450], "a jump ends the drag");
});

test("what is typed is a line, a time, or neither", async () => {
  await places.toTyped("1,000,000");
  assert.equal(selection.selected, "7:1000");
  await places.toTyped("00:08:20");
  assert.equal(selection.selected, "7:500");
  await places.toTyped("23:00");
  await places.toTyped("soon");
  assert.deepEqual(told, [
    "The log ends at line 1,000.",
    "No line at or after this time.",
    "A line number or a time like 14:03:22 is needed.",
  ]);
});

test("a key leads to its line, or tells why it is not there", async () => {
  await places.toKey("7:42");
  assert.equal(selection.selected, "7:42");
  await places.toKey("8:43");
  model.source.query = { ...model.source.query, levels: ["ERROR"] };
  model.hold(300, 300);
  model.seek = async () => 0;
  await places.toKey("7:43");
  model.source.min = 100;
  await places.toKey("7:43");
  await places.toKey("7:1001");
  assert.deepEqual(told, [
    "Line 43 is of another stream.",
    "Line 43 does not match the filters.",
    "Line 43 is not there any more.",
    "Line 1,001 is not there yet.",
  ]);
  model.hold(1, 100);
  await places.toMark();
  assert.equal(selection.selected, "7:42");
  selection.nextMark = () => undefined;
  await places.toMark();
  assert.equal(told.at(-1), "No line is bookmarked.");
});

test("one looks on from the selected row while it is in sight, or from the edge of the screen", () => {
  assert.equal(places.rowBefore(1).line, 410);
  assert.equal(places.rowBefore(-1).line, 432);
  selection.row = model.rows[15];
  assert.equal(places.rowBefore(1).line, 416);
  selection.row = model.rows[99];
  assert.equal(places.rowBefore(1).line, 410);
  model.rows[9] = { kind: "skipped", key: "skipped:7:410", line: 410, to: 410 };
  assert.equal(places.rowBefore(1).line, 409);
});
