/** The row of chips: a count for each level, the fields that are filtered for, and the way out of all filters. */
import { visible } from "./ansi.js";
import { count, h, icon } from "./dom.js";
import { isNarrowed, LEVELS } from "./log-query.js";

const BAND_OF = new Map(LEVELS.map((level) => [level, level.toLowerCase()]));

export class LogChips {
  /** @param ask called with (what, value): level, field, unfilter */
  constructor(ask) {
    this.ask = ask;
    this.levels = h("div", { class: "level-chips" });
    this.filters = h("div", { class: "chosen-filters" });
    this.element = h("div", { class: "log-bar levels", role: "group", "aria-label": "Levels" }, this.levels, this.filters);
  }

  show(summary, query) {
    const focused = this.element.contains(document.activeElement);
    keep(this.levels, levelsOf(summary, query).map((level) => this.#level(level, summary.by_level?.[level] ?? 0, query)));
    keep(this.filters, [...query.fields.map((field) => this.#field(field)), ...this.#unfilter(query)]);
    // What had the focus may be gone.
    if (focused && !this.element.contains(document.activeElement)) this.element.querySelector("button")?.focus();
  }

  #level(level, n, query) {
    return {
      key: level,
      make: () => h("button", {
        type: "button",
        class: `level-chip lv-${BAND_OF.get(level) ?? "info"}`,
        onclick: () => this.ask("level", level),
      }, h("i"), level, h("b")),
      update(chip) {
        const pressed = query.levels.includes(level);
        chip.setAttribute("aria-pressed", String(pressed));
        chip.title = pressed ? "Show other levels too" : `Show only ${level}`;
        chip.lastChild.textContent = count(n);
      },
    };
  }

  #field([name, value]) {
    return {
      key: JSON.stringify([name, value]),
      make: () => h("span", { class: "field-chip" }, h("span", {}, visible(`${name} = ${value}`)),
        h("button", { type: "button", "aria-label": `Remove the filter ${name}`, onclick: () => this.ask("field", [name, value]) }, icon("close"))),
      update() {},
    };
  }

  #unfilter(query) {
    if (!isNarrowed(query)) return [];
    const make = () => h("button", { type: "button", class: "btn btn-quiet btn-small", onclick: () => this.ask("unfilter") }, "Show everything");
    return [{ key: "", make, update() {} }];
  }
}

/** The levels of a log and of its filter, in order of severity. */
function levelsOf(summary, query) {
  const order = (level) => (LEVELS.includes(level) ? LEVELS.indexOf(level) : LEVELS.length);
  return [...new Set([...Object.keys(summary.by_level ?? {}), ...query.levels])]
    .sort((a, b) => order(a) - order(b) || a.localeCompare(b));
}

/**
 * Gives an element these children, in this order. Those that are there stay, and so does the focus in
 * them.
 *
 * @param wanted [{key, make() → element, update(element)}]
 */
export function keep(parent, wanted) {
  const keys = new Set(wanted.map(({ key }) => key));
  const known = new Map();
  for (const child of [...parent.children]) {
    if (keys.has(child.key)) known.set(child.key, child);
    else child.remove();
  }
  wanted.forEach(({ key, make, update }, i) => {
    const child = known.get(key) ?? Object.assign(make(), { key });
    if (parent.children[i] !== child) parent.insertBefore(child, parent.children[i] ?? null);
    update(child);
  });
}
