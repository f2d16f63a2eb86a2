/** What every page does: theme, menus, the sidebar on small screens, copying, times, durations. */
import { copyText, toast } from "./dom.js";
import "./form-errors.js";
import { showTimes } from "./page-times.js";
import "./refresh.js";

const THEMES = ["auto", "light", "dark"];
const root = document.documentElement;

// --- theme: the choice is a cookie, so that the server renders the page in it ---------------

function chooseTheme(theme) {
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  document.cookie = `binnacle_theme=${theme}; Path=/; Max-Age=31536000; SameSite=Strict`;
  for (const item of document.querySelectorAll("[data-theme-choice]")) {
    item.setAttribute("aria-checked", String(item.dataset.themeChoice === theme));
  }
  document.dispatchEvent(new Event("binnacle:theme"));
}

// --- menus: a button with aria-expanded, and the panel after it ------------------------------

const openMenus = () => document.querySelectorAll('.menu > [aria-expanded="true"]');

function setMenu(button, open) {
  button.setAttribute("aria-expanded", String(open));
  const panel = button.parentElement.querySelector(".menu-panel");
  panel.hidden = !open;
  if (open) panel.querySelector(".item")?.focus({ preventScroll: true });
}

function closeMenus(except) {
  for (const button of openMenus()) {
    if (button.parentElement !== except) setMenu(button, false);
  }
}

function moveInMenu(event, panel) {
  const items = [...panel.querySelectorAll(".item:not([hidden])")];
  const at = items.indexOf(document.activeElement.closest(".item"));
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items[(next + items.length) % items.length]?.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".menu > [aria-expanded]");
  const menu = event.target.closest(".menu");
  closeMenus(menu);
  if (button) setMenu(button, button.getAttribute("aria-expanded") !== "true");
  else if (menu && event.target.closest("a.item, button.item:not([role=menuitemcheckbox])")) closeMenus(null);
});

document.addEventListener("keydown", (event) => {
  const panel = event.target.closest?.(".menu-panel");
  if (event.key === "Escape") {
    const [button] = openMenus();
    if (button) {
      closeMenus(null);
      button.focus();
      event.stopPropagation();
    } else {
      root.classList.remove("mast-open");
    }
  } else if (panel) {
    moveInMenu(event, panel);
  }
});

// --- clicks that the pages declare with data attributes --------------------------------------

/** "displayName" of a data set's "fillDisplayName" is "display-name" in the page. */
const dashed = (name) => name.replace(/[A-Z]/g, (c, at) => (at ? "-" : "") + c.toLowerCase());

/**
 * Opens a dialog; data-fill-x="y" on the button fills its field whose name ends in ":x", and
 * data-say-x="y" becomes the text of what is marked with data-said="x".
 */
function openDialog(element) {
  const dialog = document.getElementById(element.dataset.openDialog);
  for (const [name, value] of Object.entries(element.dataset)) {
    if (name.startsWith("fill")) {
      const field = dialog.querySelector(`[name$=":${dashed(name.slice(4))}"]`);
      if (field) field.value = value;
    } else if (name.startsWith("say")) {
      for (const place of dialog.querySelectorAll(`[data-said="${dashed(name.slice(3))}"]`)) place.textContent = value;
    }
  }
  // What was refused for another row is no news for this one.
  dialog.querySelector(".ui-messages")?.replaceChildren();
  dialog.showModal();
}

/** A dialog whose content may be seen once leads on however it is closed. */
document.addEventListener("close", ({ target }) => {
  const next = target.querySelector?.("[data-after-close]");
  if (next) location.assign(next.dataset.afterClose);
}, true);

const ACTIONS = {
  themeChoice: (element) => chooseTheme(element.dataset.themeChoice),
  mastToggle: () => root.classList.toggle("mast-open"),
  copy: (element) => copyText(document.getElementById(element.dataset.copy).textContent),
  openDialog: (element) => openDialog(element),
  closeDialog: (element) => element.closest("dialog").close(),
};

document.addEventListener("click", (event) => {
  for (const [name, act] of Object.entries(ACTIONS)) {
    const attribute = name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
    const element = event.target.closest(`[data-${attribute}]`);
    if (element) act(element);
  }
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
});

/** Empty fields are left out of the addresses that filters make. */
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[method=get]")) return;
  for (const field of event.target.elements) {
    if (field.name && field.value === "") field.disabled = true;
  }
});

/** A form that got no answer stays as it is, and says so. */
window.jQuery?.(document).on("pfAjaxError", () => toast("The server did not answer as it should. Nothing was changed; try again."));

// --- start --------------------------------------------------------------------------------------

for (const dialog of document.querySelectorAll("dialog[data-open-for]")) {
  if (new URLSearchParams(location.search).has(dialog.dataset.openFor)) dialog.showModal();
}

showTimes();
setInterval(showTimes, 10_000);
new MutationObserver((changes) => {
  const added = changes.some((change) => [...change.addedNodes].some((node) => node.querySelector?.("time, [data-since]")));
  if (added) showTimes();
}).observe(document.body, { childList: true, subtree: true });
