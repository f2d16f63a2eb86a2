/** What stands in the pane while it has no lines: why, and what to do about it. */
import { copyable, h } from "./dom.js";

export class LogBlank {
  /**
   * @param base the address of the logs in the API
   * @param onunfilter shows everything
   */
  constructor(base, onunfilter) {
    this.base = base;
    this.onunfilter = onunfilter;
    this.element = h("div", { class: "log-blank", hidden: true });
  }

  hide() {
    this.element.hidden = true;
    this.kind = "";
  }

  /** Says what is wrong; what is there already stays, and so does the focus in it. */
  show({ error, filtered }) {
    const kind = error ? error.message : filtered ? "filtered" : "empty";
    this.element.hidden = false;
    if (this.kind === kind) return;
    this.kind = kind;
    this.element.replaceChildren(...(error ? unreadable(error) : filtered ? this.#nothingMatches() : this.#howToSend()));
  }

  #nothingMatches() {
    return [...words("No line matches.", "Other levels, sources or another search may."),
      h("button", { type: "button", class: "btn", onclick: this.onunfilter }, "Show everything")];
  }

  #howToSend() {
    return [...words("No lines yet.", "They appear here as soon as the first one is sent. This sends one:"),
      copyable(sendCommand(location.origin + this.base)),
      h("span", {}, "The variable holds an ", h("a", { href: "/api-keys?new" }, "API key"), ". Python sends by itself what a script prints, after ",
        h("code", {}, "binnacle.init(…)"), ".")];
  }
}

/** A command that sends one line to an address. */
const sendCommand = (address) =>
  `curl -H "X-API-Key: $BINNACLE_API_KEY" -H "Content-Type: application/json" \\\n  -d '{"message": "ahoy"}' ${address}`;

const words = (what, advice) => [h("strong", {}, what), h("span", {}, advice)];

const unreadable = (error) => words("The log can't be read.", error.message);
