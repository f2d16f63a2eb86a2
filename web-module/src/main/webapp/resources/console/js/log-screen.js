/** The elements of the viewer, and what they show of its state: facts, modes, place, waiting, trouble. */
import { h, toast } from "./dom.js";
import { endingWords, LogBlank } from "./log-blank.js";
import { ConnectionState } from "./log-connection.js";
import { isFiltered } from "./log-query.js";
import { zoneName } from "./times.js";

/** What is there at once needs no sign of waiting. */
const PATIENCE_MS = 120;

export class LogScreen {
  #parts;
  #toolbar;
  #scrollbar;
  #trouble = null;
  #ending = null;
  #waiting = 0;
  #gutter = 0;

  /**
   * @param parts what is shown: facts, model, modes, places, reading, finder, news
   * @param elements what shows itself: mount, toolbar, view, scrollbar, goto, keys
   * @param unfilter shows everything
   */
  constructor(parts, { mount, toolbar, view, scrollbar, goto, keys }, unfilter) {
    const { facts, news } = parts;
    this.#parts = parts;
    this.#toolbar = toolbar;
    this.#scrollbar = scrollbar;
    this.connection = new ConnectionState(toolbar.state, mount.dataset.status);
    this.ending = h("div", { class: "log-ending", hidden: true });
    this.loading = h("div", { class: "log-loading", hidden: true });
    this.blank = new LogBlank(facts.base, unfilter);
    this.pane = h("div", { class: "log-pane" }, view.scroller, this.blank.element, this.loading,
      scrollbar.where, scrollbar.element, news.pill);
    toolbar.place.after(goto.element);
    mount.classList.add("logs");
    // The pane ends just above the edge of the window, whatever stands above it.
    mount.style.setProperty("--logs-above", `${Math.round(mount.getBoundingClientRect().top + scrollY + 16)}px`);
    mount.replaceChildren(toolbar.top, toolbar.trouble, toolbar.chips.element, this.ending, this.pane, toolbar.status, news.spoken, keys);
  }

  showFacts() {
    const { facts, reading } = this.#parts;
    this.#toolbar.showStreams(facts.streams, reading.query);
    this.#toolbar.showSummary(facts.summary, reading.query);
  }

  showModes() {
    const { modes, news } = this.#parts;
    const { follow, paused, wrap, utc, watching } = modes;
    this.pane.classList.toggle("wrap", wrap);
    this.#toolbar.showModes({ follow, paused, wrap, zone: utc ? "UTC" : `Local time, ${zoneName(false)}` });
    this.connection.show({ paused });
    if (watching) news.allSeen();
  }

  /** @param state how the tail is, and when it tries again */
  showConnection(state) {
    this.connection.show({ ...state, paused: this.#parts.modes.paused });
    if (state.state !== "live" || !this.#ending) return;
    this.#ending = null;
    this.#showBlank();
  }

  /** Says why the log can't be watched any longer: over its lines, or in their place. */
  end(ending) {
    this.#ending = ending;
    this.connection.end(ending.state);
    this.ending.replaceChildren(...endingWords(ending));
    this.#parts.news.say(`${ending.what} ${ending.advice}`);
    this.#showBlank();
  }

  showPlace() {
    this.#showBlank();
    const here = this.#parts.places.here();
    this.#scrollbar.show(here?.share ?? 0, here?.size ?? 1, here?.words ?? "empty");
    this.#toolbar.day.textContent = here?.day ?? "";
    this.#toolbar.place.textContent = here?.range ?? "";
    if (here) this.#widenGutter(Math.max(4, String(here.highest).length));
  }

  /** Shows whether rows or hits are on their way. */
  showWaiting() {
    const { finder, model } = this.#parts;
    clearTimeout(this.#waiting);
    if (finder.busy || model.loading) this.#waiting = setTimeout(() => (this.loading.hidden = false), PATIENCE_MS);
    else this.loading.hidden = true;
    this.#showBlank();
  }

  /** Says what went wrong: beside the search, or in the pane when nothing else is there. */
  fail(error) {
    if (error.name === "AbortError" || this.#ending) return;
    this.#trouble = error;
    if (error.code === "invalid_regex") this.#toolbar.showTrouble(error.message);
    else if (!this.#parts.model.unread) toast(error.message);
    this.showWaiting();
  }

  /** Only when it has to: the whole pane is laid out anew. */
  #widenGutter(digits) {
    if (digits === this.#gutter) return;
    this.#gutter = digits;
    this.pane.style.setProperty("--gutter", String(digits));
  }

  #showBlank() {
    const { model, reading } = this.#parts;
    if (!model.unread) this.#trouble = null;
    this.ending.hidden = !this.#ending || model.rows.length === 0;
    const nothingToSay = model.unread && !this.#trouble && !this.#ending;
    if (model.rows.length > 0 || model.loading || nothingToSay) this.blank.hide();
    else this.blank.show({ ending: this.#ending, error: this.#trouble, filtered: isFiltered(reading.query) });
  }
}
