/** The box in the status line that asks for a line or a time. */
import { h } from "./dom.js";

/**
 * @param byTimeOnly answers whether lines have no numbers here, because streams are merged
 * @param ongo is told what was typed
 * @param onleave takes the focus back
 */
export function gotoBox({ byTimeOnly, ongo, onleave }) {
  const input = h("input", { autocomplete: "off" });
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
    input.placeholder = byTimeOnly() ? "time, as 14:03:22" : "line, or 14:03:22";
    input.setAttribute("aria-label", byTimeOnly() ? "Go to a time" : "Go to a line or time");
    input.value = "";
    input.focus();
  };
  return { element, open };
}
