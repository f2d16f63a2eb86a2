/** The overview of a run: its config as a tree, its status while it changes. */
import { parseExact } from "./exact-json.js";
import { jsonTree } from "./json-tree.js";

for (const element of document.querySelectorAll("[data-json]")) {
  try {
    const value = parseExact(element.textContent);
    if (value && Object.keys(value).length > 0) element.replaceWith(jsonTree(value, null));
    else element.textContent = "Empty.";
  } catch {
    // What is no JSON stays as it is.
  }
}
