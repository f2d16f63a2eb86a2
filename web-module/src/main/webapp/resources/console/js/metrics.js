/** The metrics of a run: a table of all, and a chart of each. They follow the run. */
import { copyable, h } from "./dom.js";
import { ask, keepOn } from "./freshness.js";
import { MetricChart } from "./metric-chart.js";
import { MetricPoints } from "./metric-points.js";
import { MetricTable } from "./metric-table.js";

const POINTS = 600;
const NAMES = 1_000;
/** A browser draws no thousands of charts; those behind are shown when they are asked for. */
const CHARTS = 60;
/** The last values may come after the end. */
const EVERY_MS = { running: 5_000, ended: 30_000 };

const sameFacts = (a, b) => JSON.stringify(a) === JSON.stringify(b);

class Metrics {
  #metrics = new Map();
  #charts = new Map();
  #revealed = new Set();
  #running;

  constructor(mount) {
    this.mount = mount;
    this.base = mount.dataset.base;
    this.#running = mount.dataset.live === "true";
    this.grid = h("div", { class: "charts" });
    this.table = new MetricTable((name) => `metric-${this.#metrics.get(name).place}`, (names) => this.#choose(names),
      (name) => this.#reveal(name));
    this.rest = h("p", { class: "muted" });
    this.seen = new IntersectionObserver((entries) => this.#look(entries), { rootMargin: "300px" });
    const repaint = () => this.#charts.forEach(({ chart }) => chart.draw());
    document.addEventListener("binnacle:theme", repaint);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
    document.addEventListener("binnacle:run", ({ detail }) => this.#follow(detail.status === "RUNNING"));
  }

  async start() {
    await this.load();
    keepOn(() => (this.#running ? EVERY_MS.running : EVERY_MS.ended), () => this.load());
  }

  #follow(running) {
    if (this.#running === running) return;
    this.#running = running;
    this.load();
  }

  async load() {
    const items = await this.#names();
    if (!items) return;
    this.#empty(items.length === 0);
    for (const facts of items) this.#tell(facts);
    if (items.length > 0) this.table.take(items);
    await this.#fill();
  }

  async #names() {
    const items = [];
    let cursor = null;
    do {
      const params = new URLSearchParams({ limit: NAMES, ...(cursor ? { cursor } : {}) });
      const page = await this.#ask(`${this.base}/names?${params}`);
      if (!page) return null;
      items.push(...page.items);
      cursor = page.next_cursor;
    } while (cursor);
    return items;
  }

  async #ask(url) {
    const response = await ask(url, "application/json");
    if (!response) return null;
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    this.#notice(answer.detail ?? answer.title ?? `The server answered ${response.status}.`);
    return null;
  }

  #tell(facts) {
    const place = this.#metrics.get(facts.name)?.place ?? this.#metrics.size;
    this.#metrics.set(facts.name, { facts, place });
    this.#charts.get(facts.name)?.chart.tell(facts);
  }

  #chart(name) {
    let known = this.#charts.get(name);
    if (!known) {
      const { facts, place } = this.#metrics.get(name);
      const chart = new MetricChart(name, place);
      const points = new MetricPoints((wanted) => this.#ask(`${this.base}?${new URLSearchParams({ name, ...wanted })}`), POINTS);
      known = { chart, points, element: chart.element, visible: false, drawn: null };
      this.#charts.set(name, known);
      chart.tell(facts);
      this.grid.append(chart.element);
      this.seen.observe(chart.element);
    }
    return known;
  }

  #look(entries) {
    const shown = new Map([...this.#charts.values()].map((known) => [known.element, known]));
    for (const { target, isIntersecting } of entries) shown.get(target).visible = isIntersecting;
    this.#fill();
  }

  /** Only what one sees is asked for, and only when it changed. */
  async #fill() {
    for (const [name, known] of this.#charts) {
      const { facts } = this.#metrics.get(name);
      const { chart, points, drawn } = known;
      if (!known.visible || sameFacts(drawn, facts)) continue;
      known.drawn = facts;
      const read = await points.read(facts.last_step, Date.now());
      if (read) chart.take(read);
      else known.drawn = drawn;
    }
  }

  /** @param names those that the table shows, in its order */
  #choose(names) {
    const shown = new Set([...names].filter((name, i) => i < CHARTS || this.#revealed.has(name)));
    shown.forEach((name) => this.#chart(name));
    this.#charts.forEach(({ element }, name) => (element.hidden = !shown.has(name)));
    this.rest.textContent = names.size > CHARTS
      ? `Charts of the first ${CHARTS}; choose another in the table, or filter it.` : "";
  }

  #reveal(name) {
    this.#revealed.add(name);
    this.#chart(name).element.hidden = false;
  }

  #empty(none) {
    this.mount.querySelector("[data-loading]")?.remove();
    this.mount.querySelector(".notice")?.remove();
    const shown = this.mount.querySelector(".empty");
    if (!none && !this.grid.isConnected) {
      shown?.remove();
      this.mount.append(this.table.element, this.grid, this.rest);
    }
    if (!none || shown) return;
    this.mount.append(h("div", { class: "card empty" },
      h("h2", {}, "No metrics yet"),
      h("p", {}, "They appear with the first number that the script logs."),
      copyable('wandb.log({"loss": 0.42}, step=1)')));
  }

  #notice(words) {
    this.mount.querySelector("[data-loading]")?.remove();
    this.mount.querySelector(".notice")?.remove();
    this.mount.prepend(h("div", { class: "notice bad", role: "alert" }, words));
  }
}

for (const mount of document.querySelectorAll("[data-metrics]")) new Metrics(mount).start();
