/** What the buttons of a page's rows tell its dialogs and forms: which row they are about. */

/** "displayName" of a data set's "fillDisplayName" is "display-name" in the page. */
const dashed = (name) => name.replace(/[A-Z]/g, (c, at) => (at ? "-" : "") + c.toLowerCase());

/**
 * data-fill-x="y" on the button fills the field whose name ends in ":x", and data-say-x="y" becomes
 * the text of what is marked with data-said="x".
 */
function fill(place, data) {
  for (const [name, value] of Object.entries(data)) {
    if (name.startsWith("fill")) {
      const field = place.querySelector(`[name$=":${dashed(name.slice(4))}"]`);
      if (field) field.value = value;
    } else if (name.startsWith("say")) {
      for (const said of place.querySelectorAll(`[data-said="${dashed(name.slice(3))}"]`)) said.textContent = value;
    }
  }
}

/** Opens the dialog that a button names in data-open-dialog, for what the button is about. */
export function openDialog(page, button) {
  const dialog = page.getElementById(button.dataset.openDialog);
  // Neither what was typed for another row nor what was refused for it is for this one.
  for (const form of dialog.querySelectorAll("form")) form.reset();
  dialog.querySelector(".ui-messages")?.replaceChildren();
  fill(dialog, button.dataset);
  dialog.showModal();
}

/** Presses the button of a form that another button names in data-press, for what that is about. */
export function pressFor(page, button) {
  const pressed = page.getElementById(button.dataset.press);
  fill(pressed.form, button.dataset);
  pressed.click();
}
