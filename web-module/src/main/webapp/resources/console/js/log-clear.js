/** The question before a log is cleared. */
import { count, h } from "./dom.js";

/** @returns whether all lines are to be deleted */
export function confirmClear(mount, total) {
  const dialog = h("dialog", { "aria-labelledby": "clear-title" },
    h("form", { method: "dialog" },
      h("h2", { id: "clear-title" }, "Clear this log?"),
      h("p", {}, `All ${count(total)} lines of all streams will be deleted, for everybody. This can't be undone.`),
      h("div", { class: "buttons" },
        h("button", { class: "btn", value: "", autofocus: true }, "Keep them"),
        h("button", { class: "btn btn-danger", value: "clear" }, "Delete all lines"))));
  mount.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "clear");
    });
  });
}
