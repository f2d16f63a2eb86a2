/**
 * Parts of a page that keep up with the server: what is marked with data-refresh is asked for again
 * and again, and put in place when it changed. A part with another data-shape (a list where the
 * first steps stood) is another page.
 */
import { ask, keepOn } from "./freshness.js";

const EVERY_MS = { nothing: 2_000, list: 5_000 };

const partOf = (page, name) => page.querySelector(`[data-refresh="${name}"]`);

/** Nothing is taken away from under the reader's hands. */
function isInUse(part) {
  const selection = getSelection();
  return document.hidden || document.querySelector("dialog[open]") !== null
    || part.contains(document.activeElement)
    || (!selection.isCollapsed && part.contains(selection.anchorNode));
}

/** The page as it is now; null when there is no answer. What is gone is shown as gone. */
async function pageNow() {
  const response = await ask(location.href, "text/html");
  if (!response) return null;
  if (!response.ok) {
    location.reload();
    return null;
  }
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

function keepUp(name) {
  // As the server wrote it: nothing has changed the page yet.
  let known = partOf(document, name).innerHTML;
  const wait = () => EVERY_MS[partOf(document, name).dataset.shape];
  keepOn(wait, async () => {
    const page = await pageNow().catch(() => null);
    const fresh = page && partOf(page, name);
    const part = partOf(document, name);
    if (!fresh || isInUse(part)) return;
    if (fresh.dataset.shape !== part.dataset.shape) location.reload();
    if (known === fresh.innerHTML) return;
    known = fresh.innerHTML;
    part.replaceWith(document.adoptNode(fresh));
  });
}

for (const part of document.querySelectorAll("[data-refresh]")) keepUp(part.dataset.refresh);
