/**
 * The log viewer: does what the reader asks, and lets each part know what happens in the others.
 * Mounted on every element with data-log-viewer, whose data-base is the address of the logs in the API.
 */
import { copyText, toast } from "./dom.js";
import { confirmClear } from "./log-clear.js";
import { listenToClicks } from "./log-clicks.js";
import { endingOf } from "./log-ending.js";
import { listenToKeys } from "./log-keys.js";
import { makeParts } from "./log-parts.js";
import { isFiltered, toggled, toggledField, UNFILTERED } from "./log-query.js";

const SUMMARY_MS = 4_000;

/** Its fields are the parts that makeParts() names. */
class LogViewer {
  constructor(mount) {
    this.mount = mount;
    Object.assign(this, makeParts(mount, (what, value) => this.#ask(what, value)));
    this.handlers = this.#makeHandlers();
    this.#listen();
  }

  async start() {
    this.screen.showModes();
    this.toolbar.showQuery(this.query);
    this.highlighter.use(this.query);
    await this.reading.read();
  }

  get query() {
    return this.reading.query;
  }

  #listen() {
    const { screen } = this;
    const { scroller } = this.view;
    const failed = ({ error }) => screen.fail(error);
    on(this.facts, { changed: () => screen.showFacts() });
    on(this.model, { loading: () => screen.showWaiting(), grew: () => screen.showPlace(), failed });
    on(this.highlighter, { hits: () => this.view.repaint(), hint: ({ hint }) => this.toolbar.showHint(hint) });
    on(this.view, { follow: (detail) => (this.modes.follow = detail.on), moved: () => screen.showPlace() });
    on(this.modes, { changed: () => screen.showModes() });
    on(this.selection, { selected: ({ row }) => this.#selected(row) });
    on(this.reading, { settled: () => this.finder.count(), failed });
    on(this.finder, { text: (part) => this.#change(part), counted: ({ hits }) => this.#counted(hits), busy: () => screen.showWaiting(), failed });
    on(this.tail, { state: (detail) => screen.showConnection(detail) });
    on(this.arrivals, {
      emptied: () => this.#emptied(),
      cleared: () => toast("The log was cleared."),
      status: ({ status }) => this.#runIs(status),
      ended: ({ ending }) => this.#ended(ending),
      refused: (error) => screen.fail(Object.assign(new Error(error.detail), { code: error.code })),
    });
    document.addEventListener("binnacle:signed-out", (event) => {
      event.preventDefault();
      this.arrivals.end(endingOf("unauthenticated"));
    });
    on(this.toolbar, { ask: ({ what, value }) => this.#ask(what, value) });
    on(this.scrollbar, { seek: ({ share, done }) => (done ? this.places.toShare(share) : this.places.dragTo(share)) });
    listenToClicks(screen.pane, this.view, (what, value) => this.#ask(what, value));
    listenToKeys(scroller, (what, value) => this.#ask(what, value));
    scroller.addEventListener("copy", (event) => this.selection.copied(event));
    this.toolbar.find.input.addEventListener("keydown", (event) => this.#findKey(event));
    addEventListener("online", () => this.reading.recover());
    document.addEventListener("visibilitychange", () => document.hidden || this.reading.recover());
    setInterval(() => document.hidden || this.#catchUp(), SUMMARY_MS);
  }

  // --- what the reader asks ----------------------------------------------------------------------

  /** By the names that the toolbar, the keys and the clicks use. */
  #makeHandlers() {
    const { mount, view, modes, places, reading, finder, selection } = this;
    return {
      text: (text) => finder.typed(text),
      regex: () => this.#change({ regex: !this.query.regex }),
      case: () => this.#change({ caseSensitive: !this.query.caseSensitive }),
      only: () => this.#change({ only: !this.query.only }),
      level: (level) => this.#change({ levels: toggled(this.query.levels, level) }),
      source: (source) => this.#change({ sources: toggled(this.query.sources, source) }),
      stream: (stream) => this.#change({ stream }),
      field: (field) => this.#change({ fields: toggledField(this.query.fields, field) }),
      unfilter: () => this.#change(UNFILTERED),
      hit: (direction) => finder.hit(direction),
      error: (direction) => finder.error(direction),
      follow: () => (modes.follow ? (modes.follow = false) : places.toEnd()),
      pause: () => this.#pauseOrGoOn(),
      wrap: () => modes.toggleWrap(),
      zone: () => modes.toggleZone(),
      refresh: () => reading.read(),
      full: () => mount.classList.toggle("full"),
      clear: () => this.#clear(),
      share: () => this.#share(),
      keys: () => this.keys.showModal(),
      goto: () => this.goto.open(),
      typed: (text) => places.toTyped(text),
      line: (by) => this.#step(by),
      page: (by) => view.scroller.scrollBy({ top: by * view.scroller.clientHeight * 0.9 }),
      start: () => places.toStart(),
      end: () => places.toEnd(),
      search: () => this.toolbar.find.input.select(),
      context: () => selection.context(isFiltered(this.query)),
      select: ({ row }) => selection.select(row.key),
      link: ({ row }) => this.#link(row),
      load: ({ row }) => selection.loadSkipped(row, this.query),
      more: ({ row, index }) => selection.unclip(index, row.key),
      expand: (at) => selection.expand(at?.row.key ?? selection.key),
      bookmark: () => selection.mark(),
      nextBookmark: () => places.toMark(),
      escape: () => (this.query.text ? this.#change({ text: "", only: false }) : mount.classList.remove("full")),
    };
  }

  #ask(what, value) {
    return this.#try(() => this.handlers[what](value));
  }

  /** Takes another query; the lines are read anew where it changes which of them are shown. */
  async #change(part) {
    const query = { ...this.query, ...part };
    this.address.use(query);
    this.toolbar.showQuery(query);
    this.toolbar.showTrouble(null);
    this.highlighter.use(query);
    this.finder.use(query);
    const read = this.reading.use(query);
    this.screen.showFacts();
    this.address.remember(this.selection.chosen);
    this.view.repaint();
    await read;
  }

  #findKey(event) {
    if (event.key === "Enter") {
      event.preventDefault();
      this.#try(() => this.finder.entered(event.target.value, event.shiftKey ? -1 : 1));
    } else if (event.key === "Escape") {
      this.view.scroller.focus();
    }
  }

  async #pauseOrGoOn() {
    if (!this.modes.paused) {
      this.modes.pause();
    } else if (this.modes.follow) {
      await this.places.toEnd();
    } else {
      this.modes.resume();
      await this.model.growAfter();
    }
  }

  #step(by) {
    const row = this.selection.next(by);
    if (!row) return;
    if (by < 0) this.modes.follow = false;
    this.selection.select(row.key, true);
  }

  #link(row) {
    this.selection.select(row.key);
    this.#share();
  }

  #share() {
    copyText(this.address.linkTo(this.selection.chosen ?? this.places.firstLine), "Link copied");
  }

  async #clear() {
    if (!(await confirmClear(this.mount, this.facts.summary.total))) return;
    await this.arrivals.clear();
    toast("The log was cleared.");
  }

  // --- what happens ------------------------------------------------------------------------------

  #selected(row) {
    this.address.remember(row);
    this.finder.selected(row.key);
    this.news.say(this.selection.text(row).slice(0, 300));
  }

  #counted(hits) {
    this.toolbar.showTrouble(null);
    this.toolbar.showHint(hits.unknown ? "The search takes too long: not all lines were looked through." : this.highlighter.hint);
  }

  #emptied() {
    this.selection.clear();
    this.finder.selected("");
    this.news.allSeen();
    this.reading.emptied();
    this.screen.showPlace();
  }

  #ended(ending) {
    this.screen.end(ending);
    if (ending.status) this.#runIs(ending.status);
  }

  #runIs(status) {
    this.screen.connection.showRun(status);
    document.dispatchEvent(new CustomEvent("binnacle:status", { detail: status }));
  }

  async #catchUp() {
    await this.reading.catchUp();
    this.screen.showPlace();
  }

  async #try(work) {
    try {
      await work();
    } catch (error) {
      this.screen.fail(error);
    }
  }
}

/** Listens to an object's events; the listeners get what the event tells. */
function on(target, listeners) {
  for (const [name, listener] of Object.entries(listeners)) target.addEventListener(name, ({ detail }) => listener(detail));
}

for (const mount of document.querySelectorAll("[data-log-viewer]")) new LogViewer(mount).start();
