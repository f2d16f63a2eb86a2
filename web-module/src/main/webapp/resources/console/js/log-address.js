/** The addresses of a log: of the page in its present state, of its lines, and of its downloads. */
import { filterParams, queryInto } from "./log-query.js";

const QUIET_MS = 250;

export class LogAddress {
  constructor(base, query) {
    this.base = base;
    this.use(query);
  }

  /** Takes another query. */
  use(query) {
    this.query = query;
    const address = this.#of("");
    // The address of a row without its key: hundreds of rows need it at once.
    this.linkStart = `${address}${address.includes("?") ? "&" : "?"}line=`;
  }

  /** Where a line is found again. */
  linkTo(key) {
    return new URL(this.#of(key), location.href).href;
  }

  download(format) {
    const params = filterParams(this.query);
    params.set("format", format);
    return `${this.base}/download?${params}`;
  }

  /** Puts the state into the address bar; browsers refuse hundreds of changes in a short time. */
  remember(key) {
    clearTimeout(this.remembering);
    this.remembering = setTimeout(() => history.replaceState(history.state, "", this.#of(key)), QUIET_MS);
  }

  #of(key) {
    const params = queryInto(new URLSearchParams(location.search), this.query);
    if (key) params.set("line", key);
    else params.delete("line");
    const text = params.toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
    return `${location.pathname}${text ? `?${text}` : ""}`;
  }
}
