/** The keyboard of the viewer, and the dialog that explains it. */
import { h } from "./dom.js";

/** [keys, what the viewer is asked, value, words for the dialog] */
const KEYS = [
  [["j", "ArrowDown"], "line", 1, "Next line"],
  [["k", "ArrowUp"], "line", -1, "Previous line"],
  [["PageDown", " "], "page", 1, "Next screen"],
  [["PageUp"], "page", -1, "Previous screen"],
  [["g", "Home"], "start", undefined, "First line"],
  [["G", "End"], "end", undefined, "Last line"],
  [["/"], "search", undefined, "Search"],
  [["n"], "hit", 1, "Next hit"],
  [["N"], "hit", -1, "Previous hit"],
  [["e"], "error", 1, "Next error"],
  [["E"], "error", -1, "Previous error"],
  [["f"], "follow", undefined, "Follow the end"],
  [["p"], "pause", undefined, "Pause or resume"],
  [["w"], "wrap", undefined, "Wrap long lines"],
  [["t"], "zone", undefined, "Local time or UTC"],
  [["x"], "context", undefined, "Lines around this one"],
  [["Enter"], "expand", undefined, "Open fields or the rest"],
  [["b"], "bookmark", undefined, "Bookmark this line"],
  [["B"], "nextBookmark", undefined, "Next bookmark"],
  [["y"], "share", undefined, "Copy a link to this line"],
  [[":"], "goto", undefined, "Go to line or time"],
  [["z"], "full", undefined, "Full window"],
  [["r"], "refresh", undefined, "Refresh"],
  [["?"], "keys", undefined, "This list"],
  [["Escape"], "escape", undefined, "Leave the search"],
];

const NAMES = { ArrowDown: "↓", ArrowUp: "↑", " ": "Space", PageDown: "PgDn", PageUp: "PgUp", Escape: "Esc" };
const BY_KEY = new Map(KEYS.flatMap(([keys, what, value]) => keys.map((key) => [key, { what, value }])));
/** Keys that scroll or press other things are only ours while the log has the focus. */
const ONLY_INSIDE = new Set(["ArrowDown", "ArrowUp", "PageDown", "PageUp", "Home", "End", " ", "Enter"]);

/**
 * Listens to the page.
 *
 * @param scroller the element of the rows
 * @param ask called with (what, value)
 */
export function listenToKeys(scroller, ask) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]")) return;
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing) return;
    const known = BY_KEY.get(event.key);
    if (!known) return;
    const inside = event.target === scroller || (event.target === document.body && event.key !== " ");
    if (ONLY_INSIDE.has(event.key) && !inside) return;
    event.preventDefault();
    ask(known.what, known.value);
  });
}

/** The dialog with all keys. */
export function keysDialog() {
  const entries = KEYS.map(([keys, , , words]) =>
    h("div", {}, h("dt", {}, words), h("dd", {}, keys.flatMap((key, i) => [i ? " " : "", h("kbd", {}, NAMES[key] ?? key)]))));
  return h("dialog", { class: "keys", "aria-labelledby": "keys-title" },
    h("form", { method: "dialog" },
      // The heading takes the focus, so that a long list begins at its top.
      h("h2", { id: "keys-title", tabindex: "-1", autofocus: true }, "Keyboard"),
      h("dl", { class: "keymap" }, entries),
      h("div", { class: "buttons" }, h("button", { class: "btn btn-primary" }, "Close"))));
}
