/** The chart of one metric, drawn on canvas, read with the pointer or the arrow keys. */
import { figure, fraction, stepTicks, stretches, ticks, valueRange } from "./chart-scale.js";
import { count, h } from "./dom.js";
import { dateTime } from "./page-times.js";

const EDGE = { right: 12, top: 10, bottom: 24 };
const SERIES = 6;
/** Between two labels of the axis of steps. */
const LABEL_GAP = 28;

export class MetricChart {
  #frame = null;

  /** @param place among all charts, for its colour and its id */
  constructor(name, place) {
    this.name = name;
    this.points = [];
    this.at = -1;
    this.last = h("span", { class: "figure" });
    this.readout = h("p", { class: "readout", "aria-live": "off" });
    this.canvas = h("canvas", { tabindex: "0", role: "img" });
    this.element = h("figure", { class: "card chart", id: `metric-${place}` },
      h("figcaption", { class: "card-head" }, h("h2", { class: "clip", title: name }, name), this.last),
      this.canvas, this.readout);
    this.canvas.style.color = `var(--series-${(place % SERIES) + 1})`;
    this.canvas.addEventListener("pointermove", (event) => this.#point(event));
    this.canvas.addEventListener("pointerleave", () => this.#show(-1));
    this.canvas.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.draw()).observe(this.canvas);
  }

  /** What is known of the metric as a whole. */
  tell(facts) {
    this.last.textContent = figure(facts.last);
    const range = facts.min === undefined ? "" : `, between ${figure(facts.min)} and ${figure(facts.max)}`;
    this.canvas.setAttribute("aria-label",
      `${this.name}: ${figure(facts.last)} at step ${count(facts.last_step)}${range}`);
  }

  /** The points to draw, by rising step; NaN and infinities come by their names. */
  take(points) {
    this.points = points.map((point) => ({ ...point, value: Number(point.value) }));
    this.draw();
  }

  draw() {
    const { canvas } = this;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (width === 0 || this.points.length === 0) return;
    const scale = devicePixelRatio || 1;
    canvas.width = width * scale;
    canvas.height = height * scale;
    const g = canvas.getContext("2d");
    g.scale(scale, scale);
    const style = getComputedStyle(canvas);
    g.font = `11.5px ${style.getPropertyValue("--font")}`;
    const colours = { line: style.color, axis: getComputedStyle(this.readout).color, grid: getComputedStyle(this.element).borderTopColor };
    this.parts = stretches(this.points);
    this.#measure(g, width, height);
    this.#steps(g, colours);
    if (this.parts.length === 0) {
      this.#nothing(g, colours);
      return;
    }
    this.#values(g, colours);
    this.#curve(g, colours.line);
    if (this.at >= 0) this.#cross(g, colours);
  }

  /** Where steps and values lie. A single step stands in the middle. */
  #measure(g, width, height) {
    const [low, high] = this.parts.length === 0 ? [0, 1] : valueRange(this.parts.flat().map((point) => point.value));
    this.marks = ticks(low, high, 6).map((value) => [value, figure(value)]);
    const left = Math.max(...this.marks.map(([, label]) => g.measureText(label).width)) + 18;
    this.#frame = { left, right: width - EDGE.right, top: EDGE.top, bottom: height - EDGE.bottom };
    const { right, top, bottom } = this.#frame;
    const [first, last] = [this.points[0].step, this.points.at(-1).step];
    this.x = first === last
      ? () => (left + right) / 2
      : (step) => left + ((step - first) / (last - first)) * (right - left);
    this.y = (value) => bottom - fraction(value, low, high) * (bottom - top);
    const room = Math.floor((right - left) / (g.measureText(count(last)).width + LABEL_GAP));
    this.stepMarks = stepTicks(first, last, Math.min(6, Math.max(2, room)));
  }

  #values(g, { axis, grid }) {
    g.strokeStyle = grid;
    g.fillStyle = axis;
    g.lineWidth = 1;
    g.textAlign = "right";
    g.textBaseline = "middle";
    for (const [value, label] of this.marks) {
      const y = Math.round(this.y(value)) + 0.5;
      this.#line(g, this.#frame.left, y, this.#frame.right, y);
      g.fillText(label, this.#frame.left - 8, y);
    }
  }

  #steps(g, { axis }) {
    const { left, right, bottom } = this.#frame;
    g.fillStyle = axis;
    g.textBaseline = "top";
    g.textAlign = "center";
    for (const step of this.stepMarks) {
      const label = count(step);
      const half = g.measureText(label).width / 2;
      g.fillText(label, Math.min(right - half, Math.max(left + half, this.x(step))), bottom + 8);
    }
  }

  #nothing(g, { axis }) {
    const { left, right, top, bottom } = this.#frame;
    g.fillStyle = axis;
    g.textAlign = "center";
    g.textBaseline = "middle";
    g.fillText("No finite value yet", (left + right) / 2, (top + bottom) / 2);
  }

  #line(g, x1, y1, x2, y2) {
    g.beginPath();
    g.moveTo(x1, y1);
    g.lineTo(x2, y2);
    g.stroke();
  }

  #dot(g, { step, value }, radius) {
    g.beginPath();
    g.arc(this.x(step), this.y(value), radius, 0, 7);
    g.fill();
  }

  #curve(g, colour) {
    g.strokeStyle = g.fillStyle = colour;
    g.lineWidth = 1.75;
    g.lineJoin = "round";
    for (const part of this.parts) {
      g.beginPath();
      for (const point of part) g.lineTo(this.x(point.step), this.y(point.value));
      g.stroke();
      if (part.length === 1) this.#dot(g, part[0], 2.5);
    }
    this.#dot(g, this.parts.at(-1).at(-1), 2.5);
  }

  #cross(g, { line, axis }) {
    const point = this.points[this.at];
    const x = Math.round(this.x(point.step)) + 0.5;
    g.strokeStyle = axis;
    g.lineWidth = 1;
    this.#line(g, x, this.#frame.top, x, this.#frame.bottom);
    g.fillStyle = line;
    if (Number.isFinite(point.value)) this.#dot(g, point, 4);
  }

  #point(event) {
    if (!this.x) return;
    const x = event.clientX - this.canvas.getBoundingClientRect().left;
    const far = (point) => Math.abs(this.x(point.step) - x);
    let best = 0;
    this.points.forEach((point, i) => {
      if (far(point) < far(this.points[best])) best = i;
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
    this.readout.textContent = point
      ? `step ${count(point.step)} · ${figure(point.value)} · ${dateTime(Date.parse(point.timestamp))}`
      : "";
    this.draw();
  }
}
