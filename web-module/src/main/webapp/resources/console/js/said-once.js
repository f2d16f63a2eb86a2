/** Notices of what was just done: whoever loads the page again, or shares it, is not told again. */

/** The address without the parameters that made the page tell them. */
export function withoutNotices(document, { pathname, search, hash }) {
  const said = new Set([...document.querySelectorAll("[data-said-by]")].map((notice) => notice.dataset.saidBy));
  const kept = search.slice(1).split("&").filter((part) => part && !said.has(part.split("=")[0]));
  return pathname + (kept.length ? `?${kept.join("&")}` : "") + hash;
}

if (globalThis.document?.querySelector("[data-said-by]")) {
  history.replaceState(history.state, "", withoutNotices(document, location));
}
