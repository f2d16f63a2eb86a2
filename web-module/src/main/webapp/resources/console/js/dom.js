/** Small tools for building the page without ever parsing text as HTML. */
import { LOCALE } from "./times.js";

const SVG = "http://www.w3.org/2000/svg";
const ICONS = new URL("../img/icons.svg", import.meta.url).href;

/**
 * An element. Attributes whose name begins with "on" are listeners; null, false and undefined are
 * left out. Strings among the children become text, never markup.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** An icon of the sprite; decorative, so hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${ICONS}#${name}`);
  svg.append(use);
  return svg;
}

/** Shows a sentence for some seconds, in the place of an older one, and reads it out. */
export function toast(text) {
  let host = document.querySelector(".toasts");
  if (!host) {
    host = h("div", { class: "toasts", role: "status" });
    document.body.append(host);
  }
  const note = h("div", { class: "toast" }, text);
  host.replaceChildren(note);
  setTimeout(() => note.remove(), 4500);
}

/** Copies text and says so. */
export async function copyText(text, said = "Copied") {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyThroughSelection(text);
  }
  toast(said);
}

/** For addresses without TLS, where browsers hide the clipboard. */
function copyThroughSelection(text) {
  const area = h("textarea", { class: "sr-only", "aria-hidden": "true" });
  area.value = text;
  (document.querySelector("dialog[open]") ?? document.body).append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

/** A command with a button that copies it. */
export function copyable(command) {
  return h("div", { class: "copy" },
    h("pre", { tabindex: "0" }, command),
    h("button", { type: "button", class: "btn btn-small", onclick: () => copyText(command) }, icon("copy"), "Copy"));
}

const COUNT = new Intl.NumberFormat(LOCALE);

/** A count with separators between the thousands. */
export const count = (n) => COUNT.format(n);

/** A count of things whose name takes an s when they are many. */
export const many = (n, thing) => `${count(n)} ${thing}${n === 1 ? "" : "s"}`;

/**
 * Leads to the login because the session is over, and from there back to this place; unless the page
 * has something better to do and prevents the default of the event "binnacle:signed-out".
 */
export function toLogin() {
  if (!document.dispatchEvent(new CustomEvent("binnacle:signed-out", { cancelable: true }))) return;
  const here = location.pathname + location.search + location.hash;
  location.assign(`/login?ended&next=${encodeURIComponent(here)}`);
}
