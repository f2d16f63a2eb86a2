/** The sidebar on narrow screens: it comes over the page, of which nothing else can be reached then. */

const COVERED = ".skip-link, .bar, .main, .foot";
const OPEN = "mast-open";

function setMast(page, open) {
  page.documentElement.classList.toggle(OPEN, open);
  for (const part of page.querySelectorAll(COVERED)) part.inert = open;
  const button = page.querySelector(".mast-toggle");
  button.setAttribute("aria-expanded", String(open));
  (open ? page.querySelector(".mast nav a") : button).focus({ preventScroll: true });
}

const isOpen = (page) => page.documentElement.classList.contains(OPEN);

/** Shows the sidebar or puts it away; the focus goes with it. */
export const toggleMast = (page) => setMast(page, !isOpen(page));

/** Puts the sidebar away; says whether it was there. */
export function leaveMast(page) {
  const wasOpen = isOpen(page);
  if (wasOpen) setMast(page, false);
  return wasOpen;
}
