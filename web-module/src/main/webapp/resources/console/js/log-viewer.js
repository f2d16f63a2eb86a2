/**
 * The log viewer: joins the parts. Mounted on every element with data-log-viewer, whose
 * data-base is the address of the logs in the API.
 */
import { call } from "./api.js";
import { copyText, count, h, toast } from "./dom.js";
import { Highlighter } from "./highlight.js";
import { LogAddress } from "./log-address.js";
import { LogBlank } from "./log-blank.js";
import { confirmClear } from "./log-clear.js";
import { ConnectionState } from "./log-connection.js";
import { LogFacts } from "./log-facts.js";
import { gotoBox } from "./log-goto.js";
import { keysDialog, listenToKeys } from "./log-keys.js";
import { lineRow } from "./log-lines.js";
import { LogNews } from "./log-news.js";
import { emptyQuery, filterParams, isFiltered, queryFrom } from "./log-query.js";
import { RowPainter } from "./log-rows.js";
import { LogScrollbar } from "./log-scrollbar.js";
import { countHits, nearest } from "./log-search.js";
import { LogSelection } from "./log-selection.js";
import { LogTail } from "./log-tail.js";
import { LogToolbar } from "./log-toolbar.js";
import { LogView } from "./log-view.js";
import { LogWindow } from "./log-window.js";
import { clock, day, typedTime, zoneName } from "./times.js";

const TYPING_MS = 300;
const SUMMARY_MS = 4_000;
const DRAG_MS = 60;

const remembered = (name, otherwise) => localStorage.getItem(`binnacle.logs.${name}`) ?? otherwise;
const remember = (name, value) => localStorage.setItem(`binnacle.logs.${name}`, String(value));

class LogViewer {
  constructor(mount) {
    this.mount = mount;
    this.base = mount.dataset.base;
    this.query = queryFrom(new URLSearchParams(location.search));
    this.facts = new LogFacts(this.base);
    this.paused = false;
    this.wrap = remembered("wrap", matchMedia("(max-width: 760px)").matches ? "1" : "0") === "1";
    this.highlighter = new Highlighter(() => this.view.repaint(), (words) => toast(words));
    this.settings = {
      utc: remembered("utc", "0") === "1",
      merged: false,
      highlighter: this.highlighter,
      expanded: new Set(),
      unclipped: new Set(),
      marked: new Set(),
      selectedKey: "",
      rankOf: (stream) => this.facts.rankOf(stream),
      linkOf: (row) => this.address.linkStart + row.key,
      onfilter: (name, value) => this.#toggleField([name, value]),
    };
    this.address = new LogAddress(this.base, this.query);
    this.model = new LogWindow();
    this.view = new LogView(this.model, new RowPainter(this.settings));
    this.selection = new LogSelection(this.base, this.model, this.view, this.settings);
    this.#build();
    this.#wire();
  }

  async start() {
    this.#modes();
    this.toolbar.showQuery(this.query);
    this.highlighter.use(this.query);
    try {
      await this.#loadFacts();
      this.#useSource();
      this.tail.open();
      const line = new URLSearchParams(location.search).get("line");
      if (line) await this.#goToKey(line);
      else await this.#goToEnd();
    } catch (error) {
      this.#failed(error);
    }
    this.#countHits();
  }

  // --- parts -----------------------------------------------------------------------------------

  #build() {
    this.toolbar = new LogToolbar({
      canClear: this.mount.dataset.canClear === "true",
      downloadLink: (format) => this.address.download(format),
    });
    this.scrollbar = new LogScrollbar((share) => this.#placeWords(this.#placeAt(share)));
    this.news = new LogNews(() => this.#goToEnd());
    this.connection = new ConnectionState(this.toolbar.state);
    this.loading = h("div", { class: "log-loading", hidden: true });
    this.blank = new LogBlank(this.base, () => this.#ask("unfilter"));
    this.goto = gotoBox({ ongo: (text) => this.#goToTyped(text), onleave: () => this.view.scroller.focus() });
    this.pane = h("div", { class: "log-pane" }, this.view.scroller, this.blank.element, this.loading,
      this.scrollbar.where, this.scrollbar.element, this.news.pill);
    this.toolbar.place.after(this.goto.element);
    this.keys = keysDialog();
    this.mount.classList.add("logs");
    // The pane ends just above the edge of the window, whatever stands above it.
    this.mount.style.setProperty("--logs-above", `${Math.round(this.mount.getBoundingClientRect().top + scrollY + 16)}px`);
    this.mount.replaceChildren(this.toolbar.top, this.toolbar.levels, this.pane, this.toolbar.status, this.news.spoken, this.keys);
  }

  #wire() {
    this.tail = new LogTail(this.base, this.query);
    this.tail.addEventListener("message", ({ detail }) => this.#onTail(detail));
    this.tail.addEventListener("state", ({ detail }) => this.#onState(detail));
    this.toolbar.addEventListener("ask", ({ detail }) => this.#ask(detail.what, detail.value));
    this.view.addEventListener("follow", ({ detail }) => this.#onFollow(detail.on));
    this.view.addEventListener("moved", () => this.#moved());
    this.selection.addEventListener("selected", ({ detail }) => this.#selected(detail.row));
    this.model.addEventListener("loading", () => this.#showLoading());
    this.model.addEventListener("failed", ({ detail }) => this.#failed(detail.error));
    this.scrollbar.addEventListener("seek", ({ detail }) => this.#onScrollbar(detail));
    this.pane.addEventListener("wheel", (event) => this.#wheelBeside(event), { passive: false });
    this.view.scroller.addEventListener("click", (event) => this.#clicked(event));
    this.view.scroller.addEventListener("copy", (event) => this.selection.copied(event));
    this.toolbar.find.input.addEventListener("keydown", (event) => this.#findKey(event));
    listenToKeys(this.view.scroller, (what, value) => this.#ask(what, value));
    addEventListener("online", () => this.tail.hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.tail.hurry());
    setInterval(() => this.#refreshFacts(), SUMMARY_MS);
  }

  #ask(what, value) {
    const handler = {
      text: () => this.#typed(value),
      regex: () => this.#change({ regex: !this.query.regex }, this.query.only),
      case: () => this.#change({ caseSensitive: !this.query.caseSensitive }, this.query.only),
      only: () => this.#change({ only: !this.query.only }, this.query.text !== ""),
      level: () => this.#change({ levels: toggled(this.query.levels, value) }, true),
      source: () => this.#change({ sources: toggled(this.query.sources, value) }, true),
      stream: () => this.#change({ stream: value }, true),
      field: () => this.#toggleField(value),
      unfilter: () => this.#change({ ...emptyQuery(), stream: this.query.stream, text: this.query.text, regex: this.query.regex, caseSensitive: this.query.caseSensitive }, true),
      hit: () => this.#jump(value, { only: true }, "hit"),
      error: () => this.#jump(value, { minLevel: "ERROR" }, "error"),
      follow: () => (this.view.follow ? this.#onFollow(false) : this.#goToEnd()),
      pause: () => this.#pause(!this.paused),
      wrap: () => this.#setWrap(!this.wrap),
      zone: () => this.#setZone(!this.settings.utc),
      refresh: () => this.#refresh(),
      full: () => this.mount.classList.toggle("full"),
      clear: () => this.#clear(),
      share: () => this.#share(),
      keys: () => this.keys.showModal(),
      goto: () => this.goto.open(),
      line: () => this.#step(value),
      page: () => this.view.scroller.scrollBy({ top: value * this.view.scroller.clientHeight * 0.9 }),
      start: () => this.#goToPlace(this.source.min, 0),
      end: () => this.#goToEnd(),
      search: () => this.toolbar.find.input.select(),
      context: () => this.#try(() => this.selection.context(isFiltered(this.query))),
      expand: () => this.selection.expand(this.selection.key),
      bookmark: () => this.selection.mark(),
      nextBookmark: () => this.#goToMark(),
      escape: () => this.#escape(),
    }[what];
    handler?.();
  }

  // --- facts: streams, summary, source -----------------------------------------------------------

  async #loadFacts() {
    await this.facts.load();
    this.#showFacts();
  }

  #showFacts() {
    this.toolbar.showStreams(this.facts.streams, this.query);
    this.toolbar.showSummary(this.facts.summary, this.query);
  }

  async #refreshFacts() {
    if (document.hidden || !this.facts.stale) return;
    const known = this.facts.streams.length;
    try {
      await this.#loadFacts();
    } catch {
      return;
    }
    if (this.facts.streams.length !== known && !this.query.stream) this.#useSource(true);
    else this.facts.grow(this.source, this.query);
    this.#moved();
  }

  /** Reads from what the query and the streams say; a view that follows stays at the end. */
  #useSource(reload = false) {
    this.source = this.facts.source(this.query);
    this.settings.merged = this.source.merged;
    this.model.use(this.source);
    if (reload) this.#goToEnd();
  }

  // --- places ------------------------------------------------------------------------------------

  #span() {
    const [first, last] = this.view.visible();
    const rows = this.model.rows;
    if (rows.length === 0) return { first: this.source?.min ?? 0, last: this.source?.min ?? 0 };
    return { first: this.source.place(rows[first]), last: this.source.place(rows[Math.min(last, rows.length - 1)]) };
  }

  #placeAt(share) {
    const { first, last } = this.#span();
    const { min, max } = this.source;
    return this.source.clamp(min + share * Math.max(0, max - min - (last - first)));
  }

  #placeWords(place) {
    if (!this.source.merged) return `line ${count(place)}`;
    return `${day(place, this.settings.utc)} ${clock(place, this.settings.utc)}`;
  }

  #moved() {
    if (!this.source) return;
    const rows = this.model.rows;
    this.#showBlank();
    if (rows.length === 0) {
      this.scrollbar.show(0, 1, "empty");
      this.toolbar.place.textContent = "";
      return;
    }
    const { first, last } = this.#span();
    const { min, max } = this.source;
    const total = Math.max(1, max - min);
    const [top, bottom] = this.view.visible();
    const atEnd = this.model.atEnd && bottom >= rows.length - 1;
    const whole = atEnd && this.model.atStart && top === 0;
    const share = atEnd ? 1 : Math.min(1, Math.max(0, (first - min) / Math.max(1, total - (last - first))));
    const size = whole ? 1 : Math.min(1, (last - first + 1) / (total + 1));
    this.scrollbar.show(share, size, this.#placeWords(first));
    this.#showPlace(first, last);
    this.#showGutter(last);
  }

  /** What lies over the rows, or beside them, scrolls them too. */
  #wheelBeside(event) {
    if (this.view.scroller.contains(event.target)) return;
    event.preventDefault();
    this.view.scroller.scrollBy({ top: event.deltaY });
  }

  #showPlace(first, last) {
    const row = this.model.rows[this.view.visible()[0]];
    const date = day(row.ms, this.settings.utc);
    const filtered = isFiltered(this.query) ? ", filtered" : "";
    this.toolbar.place.textContent = this.source.merged
      ? `${date} · ${clock(first, this.settings.utc)}–${clock(last, this.settings.utc)} · ${count(this.facts.summary.total)} lines in all${filtered}`
      : `${date} · lines ${count(first)}–${count(last)} of ${count(this.source.extent.next - 1)}${filtered}`;
  }

  #showGutter(last) {
    const digits = Math.max(4, String(this.source.merged ? (this.model.rows.at(-1)?.line ?? 0) : last).length);
    if (digits !== this.gutter) {
      this.gutter = digits;
      this.pane.style.setProperty("--gutter", String(digits));
    }
  }

  async #goToPlace(place, share = 0.35) {
    this.#setFollow(false);
    const rows = this.model.rows;
    const inside = rows.length > 0 && place >= this.source.place(rows[0]) && place <= this.source.place(rows[rows.length - 1]);
    const index = inside ? rows.findIndex((row) => this.source.place(row) >= place) : await this.model.seek(place);
    if (index === undefined) return undefined;
    this.view.show(index, share);
    return index;
  }

  async #goToEnd() {
    this.#setFollow(true);
    this.news.allSeen();
    if (this.paused) this.#pause(false, true);
    if (!this.model.atEnd || this.model.rows.length === 0) {
      if ((await this.model.seekEnd()) === undefined) return;
    }
    this.view.showEnd();
    this.#moved();
  }

  /** Goes to "<stream>:<line>", or to a bare line number. */
  async #goToKey(key) {
    const at = key.lastIndexOf(":");
    const stream = at < 0 ? "" : key.slice(0, at);
    const line = Number(key.slice(at + 1));
    if (!Number.isSafeInteger(line) || line < 1) return this.#goToEnd();
    const place = this.source.merged ? await this.source.locate(stream, line) : line;
    if (place === null) {
      toast(`Line ${count(line)} is not there any more.`);
      return this.#goToEnd();
    }
    await this.#goToPlace(place);
    const row = this.model.rows.find((other) => other.kind === "line" && other.line === line && (!stream || other.stream === stream));
    if (row) this.selection.select(row.key, true);
    else toast(`Line ${count(line)} does not match the filters.`);
    return undefined;
  }

  async #goToRow(row) {
    const known = this.model.indexOf(row.key);
    if (known < 0) await this.#goToPlace(this.source.place(row));
    this.#setFollow(false);
    this.selection.select(row.key, true);
  }

  #goToMark() {
    const key = this.selection.nextMark();
    if (key) this.#goToKey(key);
  }

  #onScrollbar({ share, done }) {
    clearTimeout(this.dragTimer);
    const go = () => (share >= 0.9999 ? this.#goToEnd() : this.#goToPlace(this.#placeAt(share), 0));
    if (done) go();
    else this.dragTimer = setTimeout(go, DRAG_MS);
  }

  // --- selection -----------------------------------------------------------------------------------

  #selected(row) {
    this.address.remember(row.key);
    this.news.say(this.selection.text(row).slice(0, 300));
  }

  #step(by) {
    const row = this.selection.next(by);
    if (!row) return;
    if (by < 0) this.#setFollow(false);
    this.selection.select(row.key, true);
  }

  #clicked(event) {
    const index = this.view.indexOfElement(event.target);
    const row = this.model.rows[index];
    if (!row) return;
    if (event.target.closest(".load-skipped")) {
      this.#try(() => this.selection.loadSkipped(row, this.query));
    } else if (event.target.closest(".disclose")) {
      this.selection.expand(row.key);
    } else if (event.target.closest(".more")) {
      this.selection.unclip(index, row.key);
    } else if (event.target.closest(".ln") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      this.selection.select(row.key);
      this.#share();
    } else if (row.kind === "line" && !event.target.closest("a, button") && getSelection().isCollapsed) {
      this.selection.select(row.key);
    }
  }

  // --- searching and filtering -----------------------------------------------------------------------

  #typed(text) {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.#change({ text }, this.query.only), TYPING_MS);
  }

  #findKey(event) {
    if (event.key === "Enter") {
      event.preventDefault();
      clearTimeout(this.typing);
      const { value } = this.toolbar.find.input;
      if (value !== this.query.text) this.#change({ text: value }, this.query.only);
      this.#jump(event.shiftKey ? -1 : 1, { only: true }, "hit");
    } else if (event.key === "Escape") {
      this.view.scroller.focus();
    }
  }

  /** Takes another query; the lines are read anew where it changes which of them are shown. */
  async #change(part, filters) {
    const selected = this.selection.row;
    const before = this.query;
    this.query = { ...this.query, ...part };
    this.address.use(this.query);
    this.toolbar.showQuery(this.query);
    this.#showFacts();
    this.toolbar.showTrouble(null);
    this.highlighter.use(this.query);
    this.address.remember(this.selection.key);
    if (filters) await this.#reread(before, selected);
    else this.view.repaint();
    this.#countHits();
  }

  async #reread(before, selected) {
    const follow = this.view.follow;
    const rows = this.model.rows;
    const anchor = selected ?? rows[this.view.visible()[0]];
    this.#useSource();
    this.tail.filter(this.query);
    this.view.repaint();
    if (follow || !anchor || before.stream !== this.query.stream) {
      if (selected && before.stream !== this.query.stream) await this.#goToKey(selected.key);
      else await this.#goToEnd();
    } else {
      const index = await this.#goToPlace(this.source.place(anchor));
      if (index !== undefined && this.model.indexOf(anchor.key) >= 0) this.view.reveal(this.model.indexOf(anchor.key));
    }
  }

  #toggleField([name, value]) {
    const fields = this.query.fields.filter(([n, v]) => n !== name || v !== value);
    if (fields.length === this.query.fields.length) fields.push([name, value]);
    this.#change({ fields }, true);
  }

  async #countHits() {
    this.counting?.abort();
    if (!this.query.text) {
      this.toolbar.showHits(null);
      this.scrollbar.mark([]);
      return;
    }
    this.counting = new AbortController();
    const { signal } = this.counting;
    this.toolbar.showHits("…");
    try {
      const { words, rows } = await countHits(this.base, this.query, signal);
      this.toolbar.showHits(words);
      const { min, max } = this.source;
      this.scrollbar.mark(rows.map((row) => (this.source.place(row) - min) / Math.max(1, max - min)));
    } catch (error) {
      if (signal.aborted) return;
      this.toolbar.showHits("");
      this.toolbar.showTrouble(error.message);
    }
  }

  async #jump(direction, narrower, name) {
    if (name === "hit" && !this.query.text) {
      this.toolbar.find.input.focus();
      return;
    }
    this.jumping?.abort();
    this.jumping = new AbortController();
    const { signal } = this.jumping;
    const rows = this.model.rows;
    const [first, last] = this.view.visible();
    const from = this.selection.row ?? (direction > 0 ? rows[first - 1] : rows[last + 1]) ?? null;
    this.#showLoading(true);
    try {
      const row = await nearest(this.facts.source({ ...this.query, ...narrower }), from, direction, signal);
      if (row) await this.#goToRow(row);
      else toast(`No ${name} ${direction > 0 ? "after" : "before"} this line.`);
    } catch (error) {
      if (!signal.aborted) this.#failed(error);
    } finally {
      this.#showLoading();
    }
  }

  // --- the live tail -----------------------------------------------------------------------------------

  #onTail(message) {
    const handler = {
      history: () => this.#arrived(message.items, message.resumed),
      logs: () => this.#arrived(message.items, true),
      skipped: () => this.#skipped(message),
      deleted: () => this.#cleared(),
      status: () => document.dispatchEvent(new CustomEvent("binnacle:status", { detail: message.status })),
      error: () => this.toolbar.showTrouble(message.detail),
    }[message.type];
    handler?.();
  }

  #arrived(items, isNew) {
    if (items.length === 0) return;
    this.facts.stale = true;
    if (!this.source || (this.facts.streams.length === 0 && this.model.rows.length === 0)) {
      this.#firstLines();
      return;
    }
    const rows = items.map(lineRow);
    this.model.append(rows);
    if (!isNew) return;
    if (!this.view.follow || this.paused) this.news.addUnseen(rows.length);
    if (!this.paused) this.news.announce(rows);
  }

  /** The log was empty until now: only now its streams are known. */
  async #firstLines() {
    if (this.starting) return;
    this.starting = true;
    await this.#try(() => this.#loadFacts());
    this.#useSource();
    await this.#goToEnd();
    this.starting = false;
  }

  #skipped(message) {
    this.facts.stale = true;
    this.model.appendSkipped(message);
    if (!this.view.follow || this.paused) this.news.addUnseen(message.count);
  }

  #cleared() {
    this.selection.clear();
    this.facts.clear();
    this.#showFacts();
    this.news.allSeen();
    this.#useSource();
    this.model.start([], true);
    this.#moved();
    toast("The log was cleared.");
    // Perhaps because its run is gone.
    this.#askWhy();
  }

  #onState({ state, retryAt }) {
    this.connection.show({ state, retryAt, paused: this.paused });
    if (state === "waiting") this.#askWhy();
  }

  /** Stops when there is no such log: of a refused socket a browser tells only that it failed. */
  async #askWhy() {
    try {
      await call(`${this.base}/summary`);
    } catch (error) {
      if (error.status !== 404 && error.status !== 410) return;
      this.tail.close();
      this.toolbar.showTrouble(error.message);
    }
  }

  #onFollow(on) {
    this.#setFollow(on);
    if (on && !this.paused) this.news.allSeen();
  }

  #setFollow(on) {
    this.view.follow = on;
    this.#modes();
  }

  #pause(on, going = false) {
    this.paused = on;
    this.model.frozen = on;
    this.#modes();
    this.connection.show({ paused: on });
    if (!on && !going && this.view.follow) this.#goToEnd();
    if (!on && !going && !this.view.follow) this.model.growAfter();
  }

  // --- modes, messages ------------------------------------------------------------------------------------

  #modes() {
    this.pane.classList.toggle("wrap", this.wrap);
    this.toolbar.showModes({
      follow: this.view.follow,
      paused: this.paused,
      wrap: this.wrap,
      zone: this.settings.utc ? "UTC" : `Local time, ${zoneName(false)}`,
    });
  }

  #setWrap(on) {
    const [first] = this.view.visible();
    this.wrap = on;
    remember("wrap", on ? "1" : "0");
    this.#modes();
    this.view.scroller.scrollLeft = 0;
    if (this.view.follow) this.view.showEnd();
    else this.view.show(first, 0);
  }

  #setZone(utc) {
    this.settings.utc = utc;
    remember("utc", utc ? "1" : "0");
    this.#modes();
    this.view.repaint();
    this.#moved();
  }

  async #refresh() {
    await this.#try(() => this.#loadFacts());
    const { follow } = this.view;
    const [first] = this.view.visible();
    const row = this.model.rows[first];
    this.#useSource();
    if (follow || !row) await this.#goToEnd();
    else await this.#goToPlace(this.source.place(row), 0);
    this.#countHits();
    this.tail.hurry();
  }

  async #clear() {
    if (!(await confirmClear(this.mount, this.facts.summary.total))) return;
    const done = await this.#try(() => call(this.base, { method: "DELETE" }).then(() => true));
    if (done && this.model.rows.length) this.#cleared();
  }

  #escape() {
    if (this.query.text) this.#change({ text: "", only: false }, this.query.only);
    else this.mount.classList.remove("full");
  }

  async #goToTyped(text) {
    const line = Number(text.replace(/[\s,._]/g, ""));
    if (text && Number.isSafeInteger(line) && line > 0 && !this.source.merged) {
      this.#goToKey(String(Math.min(line, this.source.max)));
      return;
    }
    const reference = this.model.rows[this.view.visible()[0]]?.ms ?? Date.now();
    const ms = typedTime(text, reference, this.settings.utc);
    if (ms === null) {
      toast(this.source.merged ? "A time like 14:03:22 is needed." : "A line number or a time like 14:03:22 is needed.");
      return;
    }
    const row = await this.#try(() => this.#firstRowAt(ms));
    if (row) await this.#goToRow(row);
    else toast("No line at or after this time.");
  }

  async #firstRowAt(ms) {
    const params = filterParams(this.source.query);
    params.set("start_time", new Date(ms).toISOString());
    params.set("order", "asc");
    params.set("limit", "1");
    const page = await call(`${this.base}?${params}`);
    return page.items.length ? lineRow(page.items[0]) : null;
  }

  #share() {
    const key = this.selection.key || this.model.rows[this.view.visible()[0]]?.key;
    copyText(this.address.linkTo(key), "Link copied");
  }

  // --- what can go wrong ---------------------------------------------------------------------------------------

  async #try(work) {
    try {
      return await work();
    } catch (error) {
      this.#failed(error);
      return undefined;
    }
  }

  #failed(error) {
    if (error.name === "AbortError") return;
    if (error.code === "invalid_regex") this.toolbar.showTrouble(error.message);
    toast(error.message || "The server can't be reached.");
    this.#showLoading();
    this.#showBlank(error);
  }

  #showLoading(also = false) {
    clearTimeout(this.loadingTimer);
    const on = also || this.model.loading;
    // What is there at once needs no sign of waiting.
    if (on) this.loadingTimer = setTimeout(() => (this.loading.hidden = false), 120);
    else this.loading.hidden = true;
  }

  #showBlank(error) {
    if (this.model.rows.length > 0 || this.model.loading) this.blank.hide();
    else this.blank.show({ error, filtered: isFiltered(this.query) });
  }
}

const toggled = (list, value) => (list.includes(value) ? list.filter((other) => other !== value) : [...list, value]);

for (const mount of document.querySelectorAll("[data-log-viewer]")) new LogViewer(mount).start();
