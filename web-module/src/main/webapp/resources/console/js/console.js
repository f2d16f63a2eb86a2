/** What every page does: its theme, and what clicks and keys do on it; times and durations. */
import { openDialog, pressFor } from "./dialogs.js";
import { copyText, toast } from "./dom.js";
import "./form-errors.js";
import { leaveMast, toggleMast } from "./mast.js";
import { clickMenus, leaveMenu, moveInMenu } from "./menus.js";
import { showTimes } from "./page-times.js";
import "./refresh.js";
import "./said-once.js";

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

// --- what keys do ------------------------------------------------------------------------------

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") moveInMenu(event);
  // Who else listens for Escape sees that it has done its work.
  else if (leaveMenu(document) || leaveMast(document)) event.preventDefault();
});

// --- clicks that the pages declare with data attributes --------------------------------------

/** A dialog whose content may be seen once leads on however it is closed. */
document.addEventListener("close", ({ target }) => {
  const next = target.querySelector?.("[data-after-close]");
  if (next) location.assign(next.dataset.afterClose);
}, true);

const ACTIONS = {
  themeChoice: (element) => chooseTheme(element.dataset.themeChoice),
  mastToggle: () => toggleMast(document),
  copy: (element) => copyText(document.getElementById(element.dataset.copy).textContent),
  openDialog: (element) => openDialog(document, element),
  press: (element) => pressFor(document, element),
  closeDialog: (element) => element.closest("dialog").close(),
};

document.addEventListener("click", (event) => {
  clickMenus(document, event.target);
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

// A screen that becomes wide has the sidebar beside the page.
matchMedia("(max-width: 900px)").addEventListener("change", () => leaveMast(document));

showTimes();
setInterval(showTimes, 10_000);
new MutationObserver((changes) => {
  const added = changes.some((change) => [...change.addedNodes].some((node) => node.querySelector?.("time, [data-since]")));
  if (added) showTimes();
}).observe(document.body, { childList: true, subtree: true });
