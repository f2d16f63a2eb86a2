/** Menus: a button with aria-expanded, and the panel after it. */

const OPEN = '.menu > [aria-expanded="true"]';

function setMenu(button, open) {
  button.setAttribute("aria-expanded", String(open));
  const panel = button.parentElement.querySelector(".menu-panel");
  panel.hidden = !open;
  if (open) panel.querySelector(".item")?.focus({ preventScroll: true });
}

function closeMenus(page, except) {
  for (const button of page.querySelectorAll(OPEN)) {
    if (button.parentElement !== except) setMenu(button, false);
  }
}

/** A click opens or closes the menu of its button, chooses from it, or leaves all menus. */
export function clickMenus(page, target) {
  const button = target.closest(".menu > [aria-expanded]");
  const menu = target.closest(".menu");
  closeMenus(page, menu);
  if (button) setMenu(button, button.getAttribute("aria-expanded") !== "true");
  else if (menu && target.closest("a.item, button.item:not([role=menuitemcheckbox])")) closeMenus(page, null);
}

/** Closes the open menu and gives the focus back to its button; says whether there was one. */
export function leaveMenu(page) {
  const [button] = page.querySelectorAll(OPEN);
  closeMenus(page, null);
  button?.focus();
  return Boolean(button);
}

/** Moves along the items of a menu by arrows, Home and End. */
export function moveInMenu(event) {
  const panel = event.target.closest?.(".menu-panel");
  if (!panel) return;
  const items = [...panel.querySelectorAll(".item:not([hidden])")];
  const at = items.indexOf(event.target.closest(".item"));
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items[(next + items.length) % items.length]?.focus();
}
