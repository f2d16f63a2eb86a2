/** The addresses of a log: of the page in its present state, of its lines, and of its downloads. */
import { lineId } from "./log-lines.js";
import { filterParams, queryInto, UNFILTERED } from "./log-query.js";

const QUIET_MS = 250;

export class LogAddress {
  #ofShown;
  #ofHidden;

  constructor(base, query) {
    this.base = base;
    this.use(query);
  }

  /** Takes another query. */
  use(query) {
    this.query = query;
    // Hundreds of rows need them at once.
    this.#ofShown = this.#upToLine(query);
    this.#ofHidden = this.#upToLine({ ...query, ...UNFILTERED });
  }

  /** Where a line is found again: one that the filter hides, and that is shown as context, without it. */
  linkOf(row) {
    return (row.context ? this.#ofHidden : this.#ofShown) + lineId(row);
  }

  /** The whole address of a line, or of the log when there is none. */
  linkTo(row) {
    return new URL(row ? this.linkOf(row) : this.#of(this.query, ""), location.href).href;
  }

  download(format) {
    const params = filterParams(this.query);
    params.set("format", format);
    return `${this.base}/download?${params}`;
  }

  /**
   * Puts the state into the address bar, with a selected line or none: in the place of context, the
   * line around which it is. Browsers refuse hundreds of changes in a short time.
   */
  remember(row) {
    clearTimeout(this.remembering);
    const line = row ? (row.context ?? lineId(row)) : "";
    this.remembering = setTimeout(() => history.replaceState(history.state, "", this.#of(this.query, line)), QUIET_MS);
  }

  #upToLine(query) {
    const address = this.#of(query, "");
    return `${address}${address.includes("?") ? "&" : "?"}line=`;
  }

  #of(query, line) {
    const params = queryInto(new URLSearchParams(location.search), query);
    if (line) params.set("line", line);
    else params.delete("line");
    const text = params.toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
    return `${location.pathname}${text ? `?${text}` : ""}`;
  }
}
