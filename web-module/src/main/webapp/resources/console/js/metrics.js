/** The charts of a run: one for each metric, drawn on canvas, read with the pointer or the arrow keys. */
import { call } from "./api.js";
import { copyable, count, h } from "./dom.js";

const POINTS = 600;
const REFRESH_MS = 5_000;
const PAD = { left: 58, right: 12, top: 10, bottom: 24 };
const SMALL = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 5 });

/** A number as a person reads it. */
function figure(value) {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e7) ? value.toExponential(2) : SMALL.format(value);
}

/** Round steps that divide a range into about n parts. */
function ticks(low, high, n) {
  const rough = (high - low) / n || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((f) => f * power).find((s) => s >= rough);
  const values = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-6; i++) values.push(Number((i * step).toPrecision(12)));
  return values;
}

class Chart {
  constructor(name, series) {
    this.name = name;
    this.points = [];
    this.at = -1;
    this.colour = `var(--series-${(series % 6) + 1})`;
    this.last = h("span", { class: "figure" });
    this.readout = h("p", { class: "readout", "aria-live": "off" });
    this.canvas = h("canvas", { tabindex: "0", role: "img" });
    this.element = h("figure", { class: "card chart" },
      h("figcaption", { class: "card-head" }, h("h2", {}, name), this.last), this.canvas, this.readout);
    this.canvas.style.color = this.colour;
    this.canvas.addEventListener("pointermove", (event) => this.#point(event));
    this.canvas.addEventListener("pointerleave", () => this.#show(-1));
    this.canvas.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.draw()).observe(this.canvas);
  }

  take(points, facts) {
    this.points = points.filter((point) => Number.isFinite(point.value));
    this.last.textContent = figure(facts.last);
    this.canvas.setAttribute("aria-label",
      `${this.name}: ${figure(facts.last)} at step ${facts.last_step}, between ${figure(facts.min)} and ${figure(facts.max)}`);
    this.draw();
  }

  draw() {
    const { canvas } = this;
    const scale = devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (width === 0 || this.points.length === 0) return;
    canvas.width = width * scale;
    canvas.height = height * scale;
    const g = canvas.getContext("2d");
    g.scale(scale, scale);
    this.#range(width, height);
    const style = getComputedStyle(canvas);
    const colours = { line: style.color, axis: getComputedStyle(this.readout).color, grid: getComputedStyle(this.element).borderTopColor };
    g.font = `11.5px ${style.getPropertyValue("--font")}`;
    this.#grid(g, width, height, colours);
    this.#curve(g, colours.line);
    if (this.at >= 0) this.#cross(g, height, colours);
  }

  #range(width, height) {
    const values = this.points.map((point) => point.value);
    let [low, high] = [Math.min(...values), Math.max(...values)];
    if (low === high) [low, high] = [low - Math.abs(low || 1) * 0.1, high + Math.abs(high || 1) * 0.1];
    const room = (high - low) * 0.06;
    [this.low, this.high] = [low - room, high + room];
    const [first, last] = [this.points[0].step, this.points[this.points.length - 1].step];
    this.first = first;
    this.span = Math.max(1, last - first);
    this.x = (step) => PAD.left + ((step - this.first) / this.span) * (width - PAD.left - PAD.right);
    this.y = (value) => height - PAD.bottom - ((value - this.low) / (this.high - this.low)) * (height - PAD.top - PAD.bottom);
  }

  #grid(g, width, height, { axis, grid }) {
    g.strokeStyle = grid;
    g.fillStyle = axis;
    g.lineWidth = 1;
    g.textAlign = "right";
    g.textBaseline = "middle";
    for (const value of ticks(this.low, this.high, 4)) {
      const y = Math.round(this.y(value)) + 0.5;
      g.beginPath();
      g.moveTo(PAD.left, y);
      g.lineTo(width - PAD.right, y);
      g.stroke();
      g.fillText(figure(value), PAD.left - 8, y);
    }
    g.textBaseline = "top";
    for (const step of ticks(this.first, this.first + this.span, width < 320 ? 2 : 4)) {
      const x = this.x(step);
      g.textAlign = x > width - 40 ? "right" : x < PAD.left + 20 ? "left" : "center";
      g.fillText(count(step), x, height - PAD.bottom + 8);
    }
  }

  #curve(g, colour) {
    g.strokeStyle = g.fillStyle = colour;
    g.lineWidth = 1.75;
    g.lineJoin = "round";
    g.beginPath();
    for (const point of this.points) g.lineTo(this.x(point.step), this.y(point.value));
    g.stroke();
    const end = this.points[this.points.length - 1];
    g.beginPath();
    g.arc(this.x(end.step), this.y(end.value), 2.5, 0, 7);
    g.fill();
  }

  #cross(g, height, { line, axis }) {
    const point = this.points[this.at];
    const x = Math.round(this.x(point.step)) + 0.5;
    g.strokeStyle = axis;
    g.lineWidth = 1;
    g.beginPath();
    g.moveTo(x, PAD.top);
    g.lineTo(x, height - PAD.bottom);
    g.stroke();
    g.fillStyle = line;
    g.beginPath();
    g.arc(x, this.y(point.value), 4, 0, 7);
    g.fill();
  }

  #point(event) {
    if (!this.x) return;
    const x = event.clientX - this.canvas.getBoundingClientRect().left;
    let best = 0;
    this.points.forEach((point, i) => {
      if (Math.abs(this.x(point.step) - x) < Math.abs(this.x(this.points[best].step) - x)) best = i;
    });
    this.#show(best);
  }

  #key(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -20, PageDown: 20 }[event.key];
    if (!by || this.points.length === 0) return;
    event.preventDefault();
    const from = this.at < 0 ? this.points.length - 1 : this.at;
    this.readout.setAttribute("aria-live", "polite");
    this.#show(Math.min(this.points.length - 1, Math.max(0, from + by)));
  }

  #show(index) {
    this.at = index;
    const point = this.points[index];
    this.readout.textContent = point ? `step ${count(point.step)} · ${figure(point.value)} · ${new Date(point.timestamp).toLocaleString()}` : "";
    this.draw();
  }
}

class Metrics {
  #charts = new Map();

  constructor(mount) {
    this.mount = mount;
    this.base = mount.dataset.base;
    this.grid = h("div", { class: "charts" });
    mount.append(this.grid);
    document.addEventListener("binnacle:theme", () => this.#charts.forEach((chart) => chart.draw()));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#charts.forEach((chart) => chart.draw()));
  }

  async start() {
    await this.load();
    if (this.mount.dataset.live === "true") setInterval(() => document.hidden || this.load(), REFRESH_MS);
  }

  async load() {
    try {
      const { items } = await call(`${this.base}/names`);
      this.#empty(items.length === 0);
      for (const facts of items) await this.#loadOne(facts);
    } catch (error) {
      this.#notice(error.message);
    }
  }

  async #loadOne(facts) {
    const params = new URLSearchParams({ name: facts.name, max_points: POINTS });
    const { items } = await call(`${this.base}?${params}`);
    let chart = this.#charts.get(facts.name);
    if (!chart) {
      chart = new Chart(facts.name, this.#charts.size);
      this.#charts.set(facts.name, chart);
      this.grid.append(chart.element);
    }
    chart.take(items, facts);
  }

  #empty(none) {
    this.mount.querySelector("[data-loading]")?.remove();
    this.mount.querySelector(".notice")?.remove();
    const shown = this.mount.querySelector(".empty");
    if (!none) shown?.remove();
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
