/** The controls above the log and the status line below it; they only report what was asked. */
import { count, h, icon } from "./dom.js";
import { LogChips } from "./log-chips.js";

/**
 * Events: "ask" with detail {what, value}: text, regex, case, only, level, source, stream, field,
 * unfilter, hit (±1), error (±1), follow, pause, wrap, zone, refresh, full, clear, share, context,
 * bookmark, nextBookmark, keys, goto.
 */
export class LogToolbar extends EventTarget {
  constructor({ canClear, downloadLink }) {
    super();
    this.downloadLink = downloadLink;
    this.find = this.#findBox();
    this.sourceMenu = this.#menu("Sources", "filter");
    this.streamMenu = this.#menu("Streams", "services");
    this.streamMenu.root.hidden = true;
    this.followButton = this.#button("follow", "end", "Follow", "Keep the newest line in sight (f)");
    this.pauseButton = this.#button("pause", "pause", "Pause", "Stop the display (p)");
    this.chips = new LogChips((what, value) => this.ask(what, value));
    this.trouble = h("div", { class: "log-trouble", id: "log-trouble", role: "alert", hidden: true });
    this.top = h("div", { class: "log-bar", role: "toolbar", "aria-label": "Log" },
      this.find.root, this.sourceMenu.root, this.streamMenu.root,
      this.followButton, this.pauseButton, this.#downloads(), this.#more(canClear));
    this.status = this.#statusLine();
  }

  ask(what, value) {
    this.dispatchEvent(new CustomEvent("ask", { detail: { what, value } }));
  }

  /** Shows the query in the controls. */
  showQuery(query) {
    if (this.find.input.value !== query.text) this.find.input.value = query.text;
    press(this.find.regex, query.regex);
    press(this.find.matchCase, query.caseSensitive);
    press(this.find.only, query.only);
    for (const link of this.downloads) link.href = this.downloadLink(link.dataset.format);
  }

  /** Shows how many hits there are; null hides the count. */
  showHits(text) {
    this.find.count.textContent = text ?? "";
    for (const button of [this.find.previous, this.find.next]) button.disabled = text === null;
  }

  /** Says why the search can't be done; null when it can. */
  showTrouble(text) {
    const bad = text !== null;
    this.find.root.classList.toggle("bad", bad);
    this.trouble.classList.toggle("bad", bad);
    this.find.input.setAttribute("aria-invalid", String(bad));
    this.#sayBelow(text ?? "");
  }

  /** Says what is worth knowing of a search that works. */
  showHint(text) {
    if (!this.find.root.classList.contains("bad")) this.#sayBelow(text);
  }

  /** The counts of a summary become the level chips and the sources of the menu. */
  showSummary(summary, query) {
    this.chips.show(summary, query);
    this.#showSources(summary, query);
  }

  #sayBelow(text) {
    this.trouble.hidden = text === "";
    if (this.trouble.textContent !== text) this.trouble.textContent = text;
  }

  #showSources(summary, query) {
    const sources = new Set([...Object.keys(summary.by_source ?? {}), ...query.sources]);
    this.sourceMenu.set(
      [...sources].sort().map((source) => ({
        label: source,
        end: count(summary.by_source?.[source] ?? 0),
        checked: query.sources.includes(source),
        act: () => this.ask("source", source),
      })),
      query.sources.length ? query.sources.join(", ") : "All sources",
    );
  }

  /** The streams of the log; the menu hides when there is only one. */
  showStreams(streams, query) {
    this.streamMenu.root.hidden = streams.length < 2;
    const chosen = streams.find((stream) => stream.id === query.stream);
    const all = { label: "All, merged by time", checked: !query.stream, act: () => this.ask("stream", "") };
    this.streamMenu.set(
      [all, ...streams.map((stream) => ({
        label: stream.name || stream.id,
        end: count(stream.lines),
        checked: stream.id === query.stream,
        act: () => this.ask("stream", stream.id),
      }))],
      chosen ? chosen.name : `All ${streams.length} streams`,
    );
  }

  showModes({ follow, paused, wrap, zone }) {
    press(this.followButton, follow);
    press(this.pauseButton, paused);
    this.pauseButton.replaceChildren(icon(paused ? "play" : "pause"), h("span", { class: "label" }, paused ? "Resume" : "Pause"));
    this.wrapButton.textContent = wrap ? "Wrapped" : "Not wrapped";
    press(this.wrapButton, wrap);
    this.zoneButton.textContent = zone;
  }

  #findBox() {
    const input = h("input", {
      type: "search",
      placeholder: "Find in messages",
      "aria-label": "Find in messages",
      "aria-describedby": "log-trouble",
      autocomplete: "off",
      spellcheck: "false",
      oninput: () => this.ask("text", input.value),
    });
    const key = (what, label, content) => h("button", {
      type: "button", class: "key", title: label, "aria-label": label, "aria-pressed": "false",
      onclick: () => this.ask(what),
    }, content);
    const step = (value, label, name) => h("button", {
      type: "button", class: "key", title: label, "aria-label": label, disabled: true,
      onclick: () => this.ask("hit", value),
    }, icon(name));
    const box = {
      input,
      count: h("span", { class: "count", role: "status" }),
      previous: step(-1, "Previous hit (N)", "up"),
      next: step(1, "Next hit (n)", "next"),
      matchCase: key("case", "Match case", "Aa"),
      regex: key("regex", "Regular expression", ".*"),
      only: key("only", "Show only lines that match", icon("filter")),
    };
    box.root = h("div", { class: "log-find", role: "search" }, icon("search"), input, box.count,
      box.previous, box.next, box.matchCase, box.regex, box.only);
    return box;
  }

  #button(what, iconName, text, title) {
    return h("button", { type: "button", class: "btn", title, "aria-label": text, "aria-pressed": "false", onclick: () => this.ask(what) },
      icon(iconName), h("span", { class: "label" }, text));
  }

  #menu(label, iconName) {
    const text = h("span", { class: "label" }, label);
    const button = h("button", { type: "button", class: "btn", "aria-expanded": "false", "aria-haspopup": "menu", "aria-label": label },
      icon(iconName), text, caret());
    const panel = h("div", { class: "menu-panel", role: "menu", hidden: true });
    return {
      root: h("div", { class: "menu" }, button, panel),
      set(items, title) {
        text.textContent = title.length > 22 ? `${title.slice(0, 21)}…` : title;
        button.setAttribute("aria-label", `${label}: ${title}`);
        if (!panel.hidden && panel.contains(document.activeElement)) {
          updateChecks(panel, items);
        } else {
          panel.replaceChildren(...items.map(checkItem));
        }
      },
    };
  }

  #downloads() {
    this.downloads = [["txt", "Text"], ["json", "JSON"], ["ndjson", "JSON lines"], ["csv", "CSV"]].map(([format, name]) =>
      h("a", { class: "item", role: "menuitem", "data-format": format, download: "" }, name, h("span", { class: "end" }, `.${format}`)));
    return h("div", { class: "menu" },
      h("button", { type: "button", class: "btn", "aria-expanded": "false", "aria-haspopup": "menu", "aria-label": "Download" },
        icon("download"), h("span", { class: "label" }, "Download"), caret()),
      h("div", { class: "menu-panel right", role: "menu", hidden: true },
        h("p", { class: "note" }, "The lines of the current filters"), this.downloads));
  }

  #more(canClear) {
    const item = (what, iconName, text, keys, value) => h("button", {
      type: "button", class: "item", role: "menuitem", onclick: () => this.ask(what, value),
    }, icon(iconName), text, keys ? h("span", { class: "end" }, h("kbd", {}, keys)) : null);
    return h("div", { class: "menu" },
      h("button", { type: "button", class: "btn btn-icon", "aria-expanded": "false", "aria-haspopup": "menu", "aria-label": "More" }, icon("more")),
      h("div", { class: "menu-panel right", role: "menu", hidden: true },
        item("error", "alert", "Next error", "e", 1),
        item("error", "alert", "Previous error", "E", -1),
        item("goto", "clock", "Go to line or time", ":"),
        item("share", "link", "Copy a link to this place", "y"),
        item("context", "expand", "Lines around the selected one", "x"),
        item("bookmark", "bookmark", "Bookmark the selected line", "b"),
        item("nextBookmark", "next", "Next bookmark", "B"),
        h("hr"),
        item("wrap", "wrap", "Wrap long lines", "w"),
        item("zone", "clock", "Local time or UTC", "t"),
        item("full", "expand", "Full window", "z"),
        item("refresh", "refresh", "Refresh", "r"),
        item("keys", "help", "Keyboard", "?"),
        canClear ? [h("hr"), item("clear", "trash", "Clear the log…")] : []));
  }

  #statusLine() {
    this.state = h("span", { class: "state" }, "Connecting");
    this.day = h("span", { class: "day" });
    this.place = h("span", { class: "place" });
    this.wrapButton = h("button", { type: "button", title: "Wrap long lines (w)", onclick: () => this.ask("wrap") });
    this.zoneButton = h("button", { type: "button", title: "Local time or UTC (t)", onclick: () => this.ask("zone") });
    return h("div", { class: "log-status" }, this.state, this.day, this.place, h("span", { class: "spacer" }),
      this.wrapButton, this.zoneButton,
      h("button", { type: "button", class: "keys-hint", title: "Keyboard (?)", "aria-label": "Keyboard", onclick: () => this.ask("keys") }, "? keys"));
  }
}

const caret = () => {
  const svg = icon("chevron");
  svg.classList.add("caret");
  return svg;
};

const press = (button, on) => button.setAttribute("aria-pressed", String(Boolean(on)));

function checkItem({ label, end, checked, act }) {
  return h("button", { type: "button", class: "item", role: "menuitemcheckbox", "aria-checked": String(checked), onclick: act },
    h("span", {}, label), end ? h("span", { class: "end" }, end) : null);
}

/** The menu stays as it is under the reader's focus; only the marks change. */
function updateChecks(panel, items) {
  [...panel.children].forEach((element, i) => element.setAttribute("aria-checked", String(items[i]?.checked ?? false)));
}
