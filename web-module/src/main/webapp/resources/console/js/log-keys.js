/** The keyboard of the viewer, and the dialog that explains it. */
import { h } from "./dom.js";

/** Groups of [keys, what the viewer is asked, value, words for the dialog]; opposites follow each other. */
const GROUPS = {
  Move: [
    [["j", "ArrowDown"], "line", 1, "Next line"],
    [["k", "ArrowUp"], "line", -1, "Previous line"],
    [["PageDown", " "], "page", 1, "Next screen"],
    [["PageUp"], "page", -1, "Previous screen"],
    [["g", "Home"], "start", undefined, "First line"],
    [["G", "End"], "end", undefined, "Last line"],
    [[":"], "goto", undefined, "Go to line or time"],
    [["f"], "follow", undefined, "Follow the end"],
  ],
  Find: [
    [["n"], "hit", 1, "Next hit"],
    [["N"], "hit", -1, "Previous hit"],
    [["e"], "error", 1, "Next error"],
    [["E"], "error", -1, "Previous error"],
    [["/"], "search", undefined, "Search"],
    [["Escape"], "escape", undefined, "Leave the search"],
  ],
  "The selected line": [
    [["Enter"], "expand", undefined, "Open fields or the rest"],
    [["x"], "context", undefined, "Lines around this one"],
    [["b"], "bookmark", undefined, "Bookmark this line"],
    [["B"], "nextBookmark", undefined, "Next bookmark"],
    [["y"], "share", undefined, "Copy a link to this line"],
  ],
  Display: [
    [["p"], "pause", undefined, "Pause or resume"],
    [["r"], "refresh", undefined, "Refresh"],
    [["w"], "wrap", undefined, "Wrap long lines"],
    [["t"], "zone", undefined, "Local time or UTC"],
    [["z"], "full", undefined, "Full window"],
    [["?"], "keys", undefined, "This list"],
  ],
};

const NAMES = { ArrowDown: "↓", ArrowUp: "↑", " ": "Space", PageDown: "PgDn", PageUp: "PgUp", Escape: "Esc" };
const BY_KEY = new Map(Object.values(GROUPS).flat().flatMap(([keys, what, value]) => keys.map((key) => [key, { what, value }])));
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
  const entry = ([keys, , , words]) =>
    h("div", {}, h("dt", {}, words), h("dd", {}, keys.flatMap((key, i) => [i ? " " : "", h("kbd", {}, NAMES[key] ?? key)])));
  const groups = Object.entries(GROUPS).flatMap(([title, keys]) => [h("h3", {}, title), h("dl", { class: "keymap" }, keys.map(entry))]);
  return h("dialog", { class: "keys", "aria-labelledby": "keys-title" },
    h("form", { method: "dialog" },
      // The heading takes the focus, so that a long list begins at its top.
      h("h2", { id: "keys-title", tabindex: "-1", autofocus: true }, "Keyboard"),
      groups,
      h("div", { class: "buttons" }, h("button", { class: "btn btn-primary" }, "Close"))));
}
