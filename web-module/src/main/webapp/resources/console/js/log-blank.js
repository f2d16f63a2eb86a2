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

  /**
   * Says what is wrong; what is there already stays, and so does the focus in it.
   *
   * @param ending why the log can't be watched any longer
   * @param error why it could not be read
   * @param filtered whether lines are left out
   */
  show({ ending, error, filtered }) {
    const kind = ending?.what ?? error?.message ?? (filtered ? "filtered" : "empty");
    this.element.hidden = false;
    if (this.kind === kind) return;
    this.kind = kind;
    this.element.replaceChildren(...this.#content(ending, error, filtered));
  }

  #content(ending, error, filtered) {
    if (ending) return endingWords(ending);
    if (error) return unreadable(error);
    return filtered ? this.#nothingMatches() : this.#howToSend();
  }

  #nothingMatches() {
    return [...words("No line matches.", "Other levels, sources or another search may."),
      h("button", { type: "button", class: "btn", onclick: this.onunfilter }, "Show everything")];
  }

  #howToSend() {
    return [...words("No lines yet.", "They appear here as soon as the first one is sent. This sends one:"),
      copyable(sendCommand(location.origin + this.base)),
      h("span", {}, "The variable holds an ", h("a", { href: "/api-keys?new" }, "API key"), ". Python sends by itself what a script prints, after ",
        h("code", {}, "binnacle.init(…, capture_logs=True)"), ".")];
  }
}

/** An ending in words, with the way to the login where that helps. */
export const endingWords = ({ what, advice, login }) =>
  [...words(what, advice), login ? h("a", { class: "btn", href: location.href }, "Log in") : null].filter(Boolean);

/** A command that sends one line to an address. */
const sendCommand = (address) =>
  `curl -H "X-API-Key: $BINNACLE_API_KEY" -H "Content-Type: application/json" \\\n  -d '{"message": "ahoy"}' ${address}`;

const words = (what, advice) => [h("strong", {}, what), h("span", {}, advice)];

const unreadable = (error) => {
  if (error.code === "unreachable") return words(error.message, "It is tried again until it answers.");
  if (error.code === "invalid_regex") return words("This expression can't be used.", error.message);
  return words("The log can't be read.", error.message);
};
