/** The pointer over the pane: what a click on a row means, and the wheel beside the rows. */

/**
 * Listens to the pane.
 *
 * @param pane holds the rows and what lies over them or beside them
 * @param view the rows
 * @param ask called with (what, {row, index}): load, expand, more, link, select, and what the
 *     buttons of the selected row say
 */
export function listenToClicks(pane, view, ask) {
  view.scroller.addEventListener("click", (event) => {
    const index = view.indexOfElement(event.target);
    const row = view.model.rows[index];
    const what = row && meaning(event, row);
    if (!what) return;
    if (what === "link") event.preventDefault();
    ask(what, { row, index });
  });
  pane.addEventListener("wheel", (event) => {
    if (view.scroller.contains(event.target)) return;
    event.preventDefault();
    view.scroller.scrollBy({ top: event.deltaY });
  }, { passive: false });
}

function meaning(event, row) {
  const on = (selector) => event.target.closest(selector);
  if (on("[data-ask]")) return on("[data-ask]").dataset.ask;
  if (on(".load-skipped")) return "load";
  if (on(".disclose")) return "expand";
  if (on(".more")) return "more";
  // With a key of the keyboard held down it is a link like any other.
  if (on(".ln")) return event.ctrlKey || event.metaKey || event.shiftKey ? null : "link";
  return row.kind === "line" && !on("a, button") && getSelection().isCollapsed ? "select" : null;
}
