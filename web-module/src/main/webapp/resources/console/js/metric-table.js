/** The metrics of a run as a table, filtered and sorted by the address like all other tables. */
import { figure } from "./chart-scale.js";
import { count, h, icon, many } from "./dom.js";

const COLUMNS = [
  { code: "name", words: "Metric", look: "name" },
  { code: "last", words: "Last", look: "num", show: figure },
  { code: "min", words: "Min", look: "num", show: figure },
  { code: "max", words: "Max", look: "num", show: figure },
  { code: "count", words: "Values", look: "num wide-only", show: count },
  { code: "last_step", words: "Last step", look: "num wide-only", show: count },
];
const USUAL = "name";

/** What is no number comes last, whatever the order. */
function compare(a, b, way) {
  if (typeof a === "string" && typeof b === "string") return way * a.localeCompare(b, "en", { numeric: true });
  const [left, right] = [typeof a === "number", typeof b === "number"];
  return left && right ? way * (a - b) : Number(right) - Number(left);
}

/** @param order the code of a column, with a minus before it for the falling order */
export function sorted(items, order) {
  const falling = order.startsWith("-");
  const code = falling ? order.slice(1) : order;
  return [...items].sort((a, b) => compare(a[code], b[code], falling ? -1 : 1) || compare(a.name, b.name, 1));
}

/** Those whose name has a text in it, in any case. */
export const matching = (items, text) => items.filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()));

export class MetricTable {
  #items = [];

  /**
   * @param placeOf the id of the chart of a metric
   * @param chosen called with the names that the filter leaves, in their order, when they are drawn
   * @param wanted called with the name whose chart the reader goes to
   */
  constructor(placeOf, chosen, wanted) {
    this.placeOf = placeOf;
    this.chosen = chosen;
    this.wanted = wanted;
    const address = new URLSearchParams(location.search);
    const order = address.get("sort") ?? USUAL;
    this.order = COLUMNS.some(({ code }) => code === order.replace(/^-/, "")) ? order : USUAL;
    this.text = address.get("q") ?? "";
    this.box = h("input", { class: "input", type: "search", value: this.text, placeholder: "Name", "aria-label": "Name of a metric", oninput: () => this.#filter() });
    this.heads = h("tr", {}, COLUMNS.map((column) => this.#head(column)));
    this.body = h("tbody");
    this.foot = h("span", { class: "muted" });
    this.element = h("div", { class: "metric-table" },
      h("form", { class: "filters", role: "search", "aria-label": "Metrics", onsubmit: (event) => event.preventDefault() },
        h("div", { class: "search" }, icon("search"), this.box)),
      h("div", { class: "card flush" },
        h("div", { class: "table-scroll" },
          h("table", { class: "table" }, h("caption", { class: "sr-only" }, "Metrics"), h("thead", {}, this.heads), this.body)),
        h("div", { class: "table-foot" }, this.foot)));
  }

  /** The metrics as they are now. */
  take(items) {
    this.#items = items;
    this.#draw();
  }

  #head({ code, words, look }) {
    return h("th", { scope: "col", class: look, "data-code": code },
      h("a", { href: this.#address(code, this.text), onclick: (event) => this.#sort(event, code) }, words));
  }

  #sort(event, code) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.order = this.order === code ? `-${code}` : code;
    this.#keep();
    this.#draw();
  }

  #filter() {
    this.text = this.box.value;
    this.#keep();
    this.#draw();
  }

  #address(order, text) {
    const address = new URL(location.href);
    for (const [name, value] of [["sort", order === USUAL ? "" : order], ["q", text]]) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    return address.href;
  }

  #keep() {
    history.replaceState(history.state, "", this.#address(this.order, this.text));
  }

  #draw() {
    const found = sorted(matching(this.#items, this.text), this.order);
    for (const head of this.heads.children) {
      const { code } = head.dataset;
      const way = { [code]: "ascending", [`-${code}`]: "descending" }[this.order] ?? "none";
      head.setAttribute("aria-sort", way);
      head.firstChild.href = this.#address(way === "ascending" ? `-${code}` : code, this.text);
    }
    this.#rows(found);
    this.foot.textContent = this.#words(found.length);
    this.chosen(new Set(found.map(({ name }) => name)));
  }

  /** Rows stay where they are while only their numbers change, and so does the focus in them. */
  #rows(found) {
    const known = new Map([...this.body.children].map((row) => [row.dataset.name, row]));
    const rows = found.map((facts) => {
      const row = known.get(facts.name) ?? this.#row(facts.name);
      COLUMNS.slice(1).forEach(({ code, show }, i) => (row.children[i + 1].textContent = show(facts[code])));
      return row;
    });
    const same = rows.length === known.size && rows.every((row, i) => row === this.body.children[i]);
    if (!same) this.body.replaceChildren(...rows);
  }

  #row(name) {
    return h("tr", { "data-name": name },
      h("td", { class: "name" }, h("a", { class: "clip", title: name, href: `#${this.placeOf(name)}`, onclick: () => this.wanted(name) }, name)),
      COLUMNS.slice(1).map(({ look }) => h("td", { class: `${look} nowrap` })));
  }

  #words(n) {
    if (n === 0) return "No metric matches";
    return `${many(n, "metric")}${this.text ? " found" : ""}`;
  }
}
