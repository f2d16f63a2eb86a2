import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { LogReading } from "../../main/webapp/resources/console/js/log-reading.js";
import { emptyQuery } from "./empty-query.js";

/** A server that may be away, and the parts of a viewer that talk to it. */
class World {
  away = false;
  calls = [];
  streams = ["7"];

  facts = {
    stale: true,
    load: async () => {
      if (this.away) throw new Error("away");
      this.known = this.streams;
    },
    source: ({ stream }) => ({
      merged: !stream && (this.known?.length ?? 0) > 1,
      query: { stream: stream || (this.known?.length === 1 ? this.known[0] : "") },
      shows(row) {
        return this.merged || row.stream === this.query.stream;
      },
      place: (row) => row.line,
    }),
    newest: () => new Map([["7", 2]]),
    grow: () => this.calls.push("grow"),
    clear: () => (this.known = []),
  };
  model = {
    rows: [],
    unread: true,
    use: (source) => Object.assign(this.model, { source, rows: [], unread: true }),
    start: () => (this.model.unread = false),
    indexOf: (key) => this.model.rows.findIndex((row) => row.key === key),
  };
  view = { follow: false, visible: () => [0, 1], show: (index) => this.calls.push(`show ${this.model.rows[index].key}`) };
  tail = { open: () => this.calls.push("open"), hurry: () => this.calls.push("hurry"), filter: () => this.calls.push("filter") };
  places = {
    toEnd: async () => this.#arrive("end"),
    toKey: async (key) => this.#arrive(`key ${key}`),
    toPlace: async (place) => this.#arrive(`place ${place}`),
  };
  selection = { key: "", row: undefined };

  #arrive(where) {
    if (this.away) return undefined;
    this.calls.push(where);
    this.view.follow = where === "end";
    this.model.unread = false;
    this.model.rows = [1, 2].map((line) => ({ key: `7:${line}`, stream: "7", line }));
    return 0;
  }
}

let world, failures, settled;

beforeEach(() => {
  world = new World();
  failures = [];
  settled = 0;
});

function reading(first = "") {
  const one = new LogReading(world, emptyQuery(), first);
  one.addEventListener("failed", ({ detail }) => failures.push(detail.error.message));
  one.addEventListener("settled", () => settled++);
  return one;
}

/** What was done since the last time. */
const done = () => world.calls.splice(0);

for (const way of ["read", "recover"]) {
  test(`after a start that failed, ${way}() brings everything up where it should have begun`, async () => {
    world.away = true;
    const one = reading("7:5");
    await one.read();
    assert.deepEqual([done(), failures, settled], [["open"], ["away"], 0], "the tail tries by itself");
    world.away = false;
    await one[way]();
    assert.ok(done().includes("key 7:5"));
    assert.equal(settled, 1);
    await one.recover();
    assert.deepEqual(done(), ["hurry"], "nothing is read twice");
  });
}

test("a first jump that fails is made up for as well", async () => {
  const one = reading();
  const { load } = world.facts;
  world.facts.load = async () => {
    await load();
    world.away = true;
  };
  await one.read();
  world.facts.load = load;
  world.away = false;
  assert.equal(settled, 0);
  await one.recover();
  assert.deepEqual(done(), ["open", "hurry", "end"]);
});

test("the reader stays at the line in sight when everything is read again", async () => {
  const one = reading();
  await one.read();
  world.view.follow = false;
  done();
  await one.read();
  assert.deepEqual(done(), ["open", "place 1", "show 7:1"]);
  world.selection.key = "7:2";
  await one.read();
  assert.deepEqual(done(), ["open", "place 2", "show 7:2"]);
});

test("whoever follows goes on following in another query", async () => {
  const one = reading();
  await one.read();
  done();
  await one.use({ ...emptyQuery(), levels: ["ERROR"] });
  assert.deepEqual(done(), ["filter", "end"]);
});

test("a search that only marks reads nothing anew", async () => {
  const one = reading();
  await one.read();
  done();
  await one.use({ ...emptyQuery(), text: "loss" });
  assert.deepEqual([done(), settled, one.query.text], [[], 2, "loss"]);
});

test("the selected line is looked for in another choice of streams", async () => {
  const one = reading();
  await one.read();
  done();
  world.selection.row = { key: "7:2", stream: "7", line: 2 };
  await one.use({ ...emptyQuery(), stream: "7" });
  assert.deepEqual(done(), ["filter", "key 7:2"]);
  await one.use({ ...emptyQuery(), stream: "8" });
  assert.deepEqual(done(), ["filter", "end"]);
});

test("a second stream makes the view a merged one, and leaves the reader where he is", async () => {
  const one = reading();
  await one.read();
  world.view.follow = false;
  world.streams = ["7", "8"];
  done();
  await one.catchUp();
  assert.deepEqual(done(), ["place 1", "show 7:1"]);
  assert.equal(world.model.source.merged, true);
  await one.catchUp();
  assert.deepEqual(done(), ["grow"]);
});

test("a second stream does not move whoever paused, and joins when he goes on", async () => {
  const one = reading();
  await one.read();
  world.streams = ["7", "8"];
  world.model.frozen = true;
  done();
  await one.catchUp();
  assert.deepEqual([done(), world.model.source.merged], [[], false]);
  assert.equal(world.facts.stale, true, "it is learned later");
  world.model.frozen = false;
  await one.catchUp();
  assert.deepEqual([done(), world.model.source.merged], [["end"], true]);
});

test("whoever paused stays where he is in another query", async () => {
  const one = reading();
  await one.read();
  world.model.frozen = true;
  done();
  await one.use({ ...emptyQuery(), levels: ["ERROR"] });
  assert.deepEqual(done(), ["filter", "place 1", "show 7:1"]);
});

test("the first line of an empty log makes its stream the one that is read", async () => {
  world.streams = [];
  const one = reading();
  await one.read();
  world.streams = ["7"];
  done();
  await one.catchUp();
  assert.deepEqual(done(), ["end"]);
  assert.equal(world.model.source.query.stream, "7");
});

test("a server that is away while lines arrive is no failure: the next line will do", async () => {
  const one = reading();
  await one.read();
  world.away = true;
  await one.catchUp();
  assert.deepEqual(failures, []);
  world.away = false;
  world.streams = ["7", "8"];
  await one.catchUp();
  assert.equal(world.model.source.merged, true);
});

test("what could not be read while the tail lived on is read when the server answers again", async () => {
  const one = reading();
  await one.read();
  world.away = true;
  await one.use({ ...emptyQuery(), levels: ["ERROR"] });
  await one.use(emptyQuery());
  await one.catchUp();
  world.away = false;
  done();
  await one.catchUp();
  assert.deepEqual(done(), ["end"]);
});

test("a recovery that comes while a reading is about to fail is made up for", async () => {
  const one = reading();
  let fail;
  const { load } = world.facts;
  world.facts.load = () => new Promise((_, reject) => (fail = () => reject(new Error("away"))));
  const failed = one.read();
  await one.recover();
  fail();
  await failed;
  world.facts.load = load;
  done();
  await one.catchUp();
  assert.deepEqual(done(), ["end"]);
});

test("what is over is not read again until the reader asks for it", async () => {
  world.away = true;
  const one = reading();
  await one.read();
  one.stop();
  world.away = false;
  done();
  await one.catchUp();
  await one.recover();
  assert.deepEqual(done(), []);
  await one.read();
  assert.deepEqual(done(), ["open", "end"]);
});

test("an emptied log has been read", async () => {
  const one = reading();
  await one.read();
  one.emptied();
  assert.equal(world.model.unread, false);
  assert.deepEqual(world.model.rows, []);
});
