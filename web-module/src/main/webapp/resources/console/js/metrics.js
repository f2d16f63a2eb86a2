/** The metrics of a run: a table of all, and a chart of each. They follow the run. */
import { copyable, h } from "./dom.js";
import { ask, keepOn } from "./freshness.js";
import { MetricChart } from "./metric-chart.js";
import { MetricTable } from "./metric-table.js";

const POINTS = 600;
/** The last values may come after the end. */
const EVERY_MS = { running: 5_000, ended: 30_000 };

const sameFacts = (a, b) => JSON.stringify(a) === JSON.stringify(b);

class Metrics {
  #charts = new Map();
  #running;

  constructor(mount) {
    this.mount = mount;
    this.base = mount.dataset.base;
    this.#running = mount.dataset.live === "true";
    this.grid = h("div", { class: "charts" });
    this.table = new MetricTable((name) => this.#charts.get(name).element.id, (names) => this.#choose(names));
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
    const answer = await this.#ask(`${this.base}/names`);
    if (!answer) return;
    this.#empty(answer.items.length === 0);
    for (const facts of answer.items) this.#tell(facts);
    if (answer.items.length > 0) this.table.take(answer.items);
    await this.#fill();
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
    let known = this.#charts.get(facts.name);
    if (!known) {
      const chart = new MetricChart(facts.name, this.#charts.size);
      known = { chart, element: chart.element, visible: false, drawn: null };
      this.#charts.set(facts.name, known);
      this.grid.append(chart.element);
      this.seen.observe(chart.element);
    }
    known.facts = facts;
    known.chart.tell(facts);
  }

  #look(entries) {
    const shown = new Map([...this.#charts.values()].map((known) => [known.element, known]));
    for (const { target, isIntersecting } of entries) shown.get(target).visible = isIntersecting;
    this.#fill();
  }

  /** Only what one sees is asked for, and only when it changed. */
  async #fill() {
    for (const known of this.#charts.values()) {
      const { facts, chart, drawn } = known;
      if (!known.visible || sameFacts(drawn, facts)) continue;
      known.drawn = facts;
      const params = new URLSearchParams({ name: facts.name, max_points: POINTS });
      const answer = await this.#ask(`${this.base}?${params}`);
      if (answer) chart.take(answer.items);
      else known.drawn = drawn;
    }
  }

  #choose(names) {
    this.#charts.forEach(({ element }, name) => (element.hidden = !names.has(name)));
  }

  #empty(none) {
    this.mount.querySelector("[data-loading]")?.remove();
    this.mount.querySelector(".notice")?.remove();
    const shown = this.mount.querySelector(".empty");
    if (!none && !this.grid.isConnected) {
      shown?.remove();
      this.mount.append(this.table.element, this.grid);
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
