/** The box in the status line that asks for a line or a time. */
import { h } from "./dom.js";

/**
 * @param ongo is told what was typed
 * @param onleave takes the focus back
 */
export function gotoBox({ ongo, onleave }) {
  const input = h("input", { "aria-label": "Go to line or time", placeholder: "line, or 14:03:22", autocomplete: "off" });
  const element = h("form", { class: "log-goto", hidden: true }, h("span", { "aria-hidden": "true" }, ":"), input);
  const leave = () => {
    element.hidden = true;
    onleave();
  };
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
    ongo(input.value.trim());
  });
  input.addEventListener("keydown", (event) => event.key === "Escape" && leave());
  input.addEventListener("blur", () => (element.hidden = true));
  const open = () => {
    element.hidden = false;
    input.value = "";
    input.focus();
  };
  return { element, open };
}
