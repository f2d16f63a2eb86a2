/**
 * Parts of a page that keep up with the server: what is marked with data-refresh is asked for again
 * and again, and put in place when it changed. A part with another data-shape (a list where the
 * first steps stood) is another page.
 */
const EVERY_MS = { nothing: 2_000, list: 5_000 };

const partOf = (page, name) => page.querySelector(`[data-refresh="${name}"]`);

/** Nothing is taken away from under the reader's hands. */
function isInUse(part) {
  const selection = getSelection();
  return document.hidden || document.querySelector("dialog[open]") !== null
    || part.contains(document.activeElement)
    || (!selection.isCollapsed && part.contains(selection.anchorNode));
}

/** A page that nobody reads must not keep a session alive. */
const ASKED = { Accept: "text/html", "Binnacle-By-Itself": "1" };

async function pageNow() {
  const response = await fetch(location.href, { credentials: "same-origin", headers: ASKED });
  return response.ok && !response.redirected
    ? new DOMParser().parseFromString(await response.text(), "text/html")
    : null;
}

async function keepUp(name) {
  // As the server wrote it: nothing has changed the page yet.
  let known = partOf(document, name).innerHTML;
  for (;;) {
    const part = partOf(document, name);
    await new Promise((wake) => setTimeout(wake, EVERY_MS[part.dataset.shape]));
    if (isInUse(part)) continue;
    const page = await pageNow().catch(() => null);
    const fresh = page && partOf(page, name);
    if (!fresh || isInUse(part)) continue;
    if (fresh.dataset.shape !== part.dataset.shape) location.reload();
    if (known === fresh.innerHTML) continue;
    known = fresh.innerHTML;
    part.replaceWith(document.adoptNode(fresh));
  }
}

for (const part of document.querySelectorAll("[data-refresh]")) keepUp(part.dataset.refresh);
