/** What arrived while the reader looked elsewhere: a button with the count, and words for ears. */
import { count, h, icon, many } from "./dom.js";

const SPOKEN_EVERY_MS = 5_000;

export class LogNews {
  #unseen = 0;
  #unspoken = 0;
  #errors = 0;

  /** @param onopen leads to the newest line */
  constructor(onopen) {
    this.pill = h("button", { type: "button", class: "log-pill", hidden: true, onclick: onopen });
    this.spoken = h("div", { class: "sr-only", role: "status", "aria-live": "polite" });
  }

  /** Lines that are not in sight. */
  addUnseen(n) {
    this.#show(this.#unseen + n);
  }

  allSeen() {
    this.#show(0);
  }

  /** Tells of new lines, not more often than one can listen. */
  announce(rows) {
    this.#unspoken += rows.length;
    this.#errors += rows.filter((row) => row.band === "error" || row.band === "critical").length;
    this.speaking ??= setTimeout(() => this.#speakArrivals(), SPOKEN_EVERY_MS);
  }

  say(text) {
    this.spoken.textContent = text;
  }

  #show(n) {
    this.#unseen = n;
    this.pill.hidden = n === 0;
    if (n > 0) this.pill.replaceChildren(icon("down"), `${count(n)} new`);
  }

  #speakArrivals() {
    this.speaking = undefined;
    const errors = this.#errors ? `, ${many(this.#errors, "error")}` : "";
    this.say(`${many(this.#unspoken, "new line")}${errors}`);
    this.#unspoken = this.#errors = 0;
  }
}
