/** The bar at the right: the place of the screen in the whole log, however long it is. */
import { h } from "./dom.js";

const SMALLEST_THUMB = 28;

/**
 * Events: "seek" (detail.share 0–1, detail.done when the reader let go).
 * The owner calls show() whenever the place changes.
 */
export class LogScrollbar extends EventTarget {
  #share = 0;
  #size = 1;
  #grip = null;

  constructor(label) {
    super();
    this.label = label;
    this.thumb = h("div", { class: "log-thumb" });
    this.where = h("div", { class: "log-where", hidden: true });
    this.ticks = h("div", { "aria-hidden": "true" });
    this.element = h("div", {
      class: "log-scrollbar",
      role: "scrollbar",
      "aria-controls": "log-lines",
      tabindex: "0",
      "aria-label": "Place in the log",
      "aria-orientation": "vertical",
      "aria-valuemin": "0",
      "aria-valuemax": "100",
      "aria-valuenow": "0",
      onpointerdown: (event) => this.#grab(event),
      onpointermove: (event) => this.#drag(event),
      onpointerup: (event) => this.#drop(event),
      onpointercancel: (event) => this.#drop(event),
      onkeydown: (event) => this.#key(event),
    }, this.ticks, this.thumb);
  }

  /**
   * @param share where the first row in sight lies, 0–1
   * @param size how much of the log is in sight, 0–1
   * @param words the place for people
   */
  show(share, size, words) {
    if (this.#grip !== null) return;
    this.#share = share;
    this.#size = size;
    this.#place();
    this.element.setAttribute("aria-valuenow", String(Math.round(share * 100)));
    this.element.setAttribute("aria-valuetext", words);
  }

  /** Marks places, for instance of hits. */
  mark(shares) {
    this.ticks.replaceChildren(...shares.slice(0, 400).map((share) => {
      const tick = h("div", { class: "log-tick" });
      tick.style.top = `${share * 100}%`;
      return tick;
    }));
  }

  get #track() {
    return this.element.clientHeight;
  }

  get #thumbHeight() {
    return Math.min(this.#track, Math.max(SMALLEST_THUMB, this.#size * this.#track));
  }

  #place() {
    const height = this.#thumbHeight;
    this.thumb.style.height = `${height}px`;
    this.thumb.style.transform = `translateY(${this.#share * (this.#track - height)}px)`;
    this.thumb.hidden = this.#size >= 1;
  }

  #grab(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.element.setPointerCapture(event.pointerId);
    this.element.classList.add("dragging");
    const box = this.thumb.getBoundingClientRect();
    const inside = event.clientY >= box.top && event.clientY <= box.bottom;
    this.#grip = inside ? event.clientY - box.top : box.height / 2;
    this.#move(event, false);
  }

  #drag(event) {
    if (this.#grip !== null) this.#move(event, false);
  }

  #drop(event) {
    if (this.#grip === null) return;
    this.#move(event, true);
    this.#grip = null;
    this.element.classList.remove("dragging");
    this.where.hidden = true;
  }

  #move(event, done) {
    const room = Math.max(1, this.#track - this.#thumbHeight);
    const top = event.clientY - this.element.getBoundingClientRect().top - this.#grip;
    this.#share = Math.min(1, Math.max(0, top / room));
    this.#place();
    this.where.hidden = done;
    this.where.textContent = this.label(this.#share);
    this.where.style.top = `${Math.min(this.#track - 30, this.#share * room)}px`;
    this.#seek(done);
  }

  #key(event) {
    const step = { ArrowUp: -0.002, ArrowDown: 0.002, PageUp: -0.05, PageDown: 0.05, Home: -1, End: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#share = Math.min(1, Math.max(0, this.#share + step));
    this.#place();
    this.#seek(true);
  }

  #seek(done) {
    this.dispatchEvent(new CustomEvent("seek", { detail: { share: this.#share, done } }));
  }
}
