/**
 * The rows on the screen: some hundred elements in normal flow, so that a row may have any height.
 * They are a moving part of the window's rows. The native scrollbar is hidden; the bar beside it
 * maps its height to the whole log (by line or by time), so its range has no limit in pixels.
 */
import { h } from "./dom.js";

const CHUNK = 60;
const MAX_ELEMENTS = 420;
/** How far beyond the edges of the screen rows are kept ready, in pixels. */
const MARGIN = 900;
/** No row is lower, in pixels. */
const LEAST_HEIGHT = 16;

/** Events: "follow" (detail.on: the reader scrolled away from, or to, the end), "moved". */
export class LogView extends EventTarget {
  #low = 0;
  #high = 0;
  #expected = -1;
  #frame = 0;
  #stick = false;

  constructor(model, painter) {
    super();
    this.model = model;
    this.painter = painter;
    this.rowsElement = h("div", { class: "log-rows" });
    this.scroller = h("div", {
      id: "log-lines",
      class: "log-scroller",
      tabindex: "0",
      role: "log",
      "aria-live": "off",
      "aria-label": "Log lines",
    }, this.rowsElement);
    // What the view itself scrolled is drawn already.
    this.scroller.addEventListener("scroll", () => this.#isMoved() && this.#schedule(), { passive: true });
    this.scroller.addEventListener("wheel", (event) => event.deltaY < 0 && this.#leaveEnd(), { passive: true });
    model.addEventListener("reset", () => this.#reset());
    model.addEventListener("before", ({ detail }) => this.#shift(detail.count));
    model.addEventListener("after", () => this.#schedule());
    model.addEventListener("cut-before", ({ detail }) => this.#shift(-detail.count));
    model.addEventListener("cut-after", () => this.#clip());
    model.addEventListener("changed", ({ detail }) => this.#changed(detail));
    new ResizeObserver(() => this.#schedule()).observe(this.scroller);
  }

  /** Whether the end is kept in sight. */
  get follow() {
    return this.#stick;
  }

  set follow(on) {
    this.#stick = on;
    if (on) this.#schedule();
  }

  /** Shows the row with this index, its top at a share of the screen's height. */
  show(index, share = 0.35) {
    if (this.model.rows.length === 0) return;
    const wanted = Math.min(Math.max(index, 0), this.model.rows.length - 1);
    this.#render(wanted, this.scroller.clientHeight * share);
  }

  /** Scrolls only when the row is not wholly in sight. */
  reveal(index) {
    const element = this.elementAt(index);
    if (!element) return this.show(index);
    const top = element.offsetTop - this.scroller.scrollTop;
    if (top < 24) this.#scrollTo(element.offsetTop - 40);
    else if (top + element.offsetHeight > this.scroller.clientHeight - 24) {
      this.#scrollTo(element.offsetTop + Math.min(element.offsetHeight, 200) - this.scroller.clientHeight + 40);
    }
    return this.#schedule();
  }

  /** Shows the last row at the bottom. */
  showEnd() {
    this.#toEnd();
    this.#schedule();
  }

  /**
   * Of what has passed only a screen and a little more is kept: with every line that comes, all rows
   * move, and the browser lays them out and paints them anew.
   */
  #toEnd() {
    const { scroller, rowsElement } = this;
    const last = this.model.rows.length - 1;
    if (last < 0) return;
    const kept = Math.ceil(scroller.clientHeight / LEAST_HEIGHT) + CHUNK;
    if (this.#high < last + 1 - CHUNK * 3 || this.#low === this.#high) this.#render(last, 0);
    this.#paintDown(last + 1);
    const over = rowsElement.children.length - kept;
    if (over > 0) {
      this.#release(0, over);
      this.#low += over;
      this.#expected = scroller.scrollTop;
    }
    this.#scrollTo(scroller.scrollHeight);
  }

  /** Draws what is on the screen again: other settings, other hits. */
  repaint() {
    let i = this.#low;
    for (const element of [...this.rowsElement.children]) this.painter.repaint(element, this.model.rows[i++]);
    this.#schedule();
  }

  /** Draws one row again. */
  repaintRow(index) {
    const element = this.elementAt(index);
    if (element) this.painter.repaint(element, this.model.rows[index]);
  }

  elementAt(index) {
    return index >= this.#low && index < this.#high ? this.rowsElement.children[index - this.#low] : null;
  }

  /** The index of the first row in sight, and of the last. */
  visible() {
    const { children } = this.rowsElement;
    const top = this.scroller.scrollTop;
    const first = find(children, (element) => element.offsetTop + element.offsetHeight > top + 4);
    const last = find(children, (element) => element.offsetTop > top + this.scroller.clientHeight - 4) - 1;
    return [this.#low + Math.min(first, Math.max(children.length - 1, 0)), this.#low + Math.max(last, first)];
  }

  /** The index of the row that an element belongs to. */
  indexOfElement(element) {
    const row = element.closest(".row");
    return row ? this.#low + Array.prototype.indexOf.call(this.rowsElement.children, row) : -1;
  }

  #reset() {
    this.#release(0, this.rowsElement.children.length);
    this.#low = this.#high = 0;
    this.#expected = 0;
    this.scroller.scrollTop = 0;
    this.#schedule();
  }

  #shift(by) {
    this.#low += by;
    this.#high += by;
    if (this.#low < 0) {
      const gone = Math.min(-this.#low, this.rowsElement.children.length);
      this.#keepPlace(() => this.#release(0, gone));
      this.#low = 0;
      this.#high = Math.max(0, this.#high);
    }
    this.#schedule();
  }

  #clip() {
    const over = this.#high - this.model.rows.length;
    if (over > 0) {
      const length = this.rowsElement.children.length;
      this.#release(length - over, length);
      this.#high -= over;
    }
  }

  #changed({ index, removed, added }) {
    if (index >= this.#high) return this.#schedule();
    if (index + removed <= this.#low) {
      this.#low += added - removed;
      this.#high += added - removed;
      return this.#schedule();
    }
    const from = Math.max(0, index - this.#low);
    const to = Math.min(this.rowsElement.children.length, index + removed - this.#low);
    const before = this.rowsElement.children[to] ?? null;
    this.#release(from, to);
    const fragment = document.createDocumentFragment();
    for (let i = index; i < index + added; i++) fragment.append(this.painter.paint(this.model.rows[i]));
    this.rowsElement.insertBefore(fragment, before?.parentNode ? before : (this.rowsElement.children[from] ?? null));
    this.#high = this.#low + this.rowsElement.children.length;
    return this.#schedule();
  }

  #render(index, top) {
    this.#release(0, this.rowsElement.children.length);
    this.#low = Math.max(0, index - CHUNK);
    this.#high = this.#low;
    this.#paintDown(Math.min(this.model.rows.length, index + CHUNK * 2));
    const element = this.elementAt(index);
    this.#scrollTo(element.offsetTop - top);
    this.#fill();
    this.#emitMoved();
  }

  #schedule() {
    if (!this.#frame) this.#frame = requestAnimationFrame(() => this.#onFrame());
  }

  #onFrame() {
    this.#frame = 0;
    if (this.model.rows.length === 0) return this.#emitMoved();
    const moved = this.#isMoved();
    if (this.#stick && !moved) this.#toEnd();
    else if (this.#low === this.#high) this.show(0, 0);
    else this.#fill();
    if (moved) this.#noticeReader();
    this.#expected = this.scroller.scrollTop;
    return this.#emitMoved();
  }

  /** Whether the screen is not where the view left it. */
  #isMoved() {
    return Math.abs(this.scroller.scrollTop - this.#expected) > 2;
  }

  /** The reader scrolled: away from the end stops following, to the end takes it up. */
  #noticeReader() {
    const gap = this.scroller.scrollHeight - this.scroller.clientHeight - this.scroller.scrollTop;
    const atEnd = gap < 8 && this.#high === this.model.rows.length && this.model.atEnd;
    if (atEnd !== this.#stick) {
      this.#stick = atEnd;
      this.dispatchEvent(new CustomEvent("follow", { detail: { on: atEnd } }));
    }
  }

  #leaveEnd() {
    if (!this.#stick || this.scroller.scrollHeight <= this.scroller.clientHeight) return;
    this.#stick = false;
    this.dispatchEvent(new CustomEvent("follow", { detail: { on: false } }));
  }

  #fill() {
    const { scroller } = this;
    while (this.#low > 0 && scroller.scrollTop < MARGIN) this.#extendUp();
    this.#extendDown();
    this.#trim();
    if (this.#low === 0 && scroller.scrollTop < MARGIN) this.model.growBefore();
    const below = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
    if (this.#high === this.model.rows.length && below < MARGIN) this.model.growAfter();
  }

  #extendUp() {
    const from = Math.max(0, this.#low - CHUNK);
    this.#keepPlace(() => {
      const fragment = document.createDocumentFragment();
      for (let i = from; i < this.#low; i++) fragment.append(this.painter.paint(this.model.rows[i]));
      this.rowsElement.prepend(fragment);
      this.#low = from;
    });
  }

  #extendDown() {
    const { scroller } = this;
    while (
      this.#high < this.model.rows.length &&
      scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop < MARGIN
    ) {
      this.#paintDown(this.#high + CHUNK);
    }
  }

  #paintDown(to) {
    const fragment = document.createDocumentFragment();
    const end = Math.min(to, this.model.rows.length);
    for (let i = this.#high; i < end; i++) fragment.append(this.painter.paint(this.model.rows[i]));
    this.rowsElement.append(fragment);
    this.#high = end;
  }

  #trim() {
    const { children } = this.rowsElement;
    if (children.length <= MAX_ELEMENTS) return;
    const [first, last] = this.visible();
    const above = Math.min(first - this.#low - CHUNK, children.length - MAX_ELEMENTS + CHUNK);
    if (above > 0) {
      this.#keepPlace(() => this.#release(0, above));
      this.#low += above;
    }
    const keep = last - this.#low + 1 + CHUNK * 2;
    if (children.length > Math.max(keep, MAX_ELEMENTS)) {
      const gone = children.length - Math.max(keep, MAX_ELEMENTS);
      this.#release(children.length - gone, children.length);
      this.#high -= gone;
    }
  }

  #release(from, to) {
    for (const element of [...this.rowsElement.children].slice(from, to)) this.painter.release(element);
  }

  /** Rows come or go above the screen: what the reader looks at must not move. */
  #keepPlace(change) {
    const before = this.scroller.scrollHeight;
    const { scrollTop } = this.scroller;
    change();
    this.#scrollTo(scrollTop + this.scroller.scrollHeight - before);
  }

  #scrollTo(top) {
    const moved = this.#isMoved() && this.#expected >= 0;
    const drift = moved ? this.scroller.scrollTop - this.#expected : 0;
    this.scroller.scrollTop = top;
    this.#expected = this.scroller.scrollTop - drift;
  }

  #emitMoved() {
    this.dispatchEvent(new CustomEvent("moved"));
  }
}

/** The index of the first element that fits; all after it must fit too. */
function find(elements, fits) {
  let low = 0;
  let high = elements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(elements[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}
