import assert from "node:assert/strict";
import { test } from "node:test";
import { openDialog, pressFor } from "../../main/webapp/resources/console/js/dialogs.js";

/** A form with fields by their names; resetting gives them what the server wrote. */
class FakeForm {
  clicks = [];

  constructor(written) {
    this.written = written;
    this.fields = {};
    for (const name of Object.keys(written)) this.fields[name] = { value: written[name] };
  }

  reset() {
    for (const [name, field] of Object.entries(this.fields)) field.value = this.written[name];
  }

  querySelector(selector) {
    const [, end] = selector.match(/^\[name\$="(:[a-z-]+)"\]$/);
    const name = Object.keys(this.fields).find((one) => one.endsWith(end));
    return name ? this.fields[name] : null;
  }

  valueOf(name) {
    return this.fields[name].value;
  }
}

class FakeDialog {
  opened = 0;
  messages = ["a refusal"];
  title = { textContent: "the user" };

  constructor(form) {
    this.form = form;
  }

  querySelector(selector) {
    return selector === ".ui-messages" ? { replaceChildren: () => (this.messages = []) } : this.form.querySelector(selector);
  }

  querySelectorAll(selector) {
    return { form: [this.form], '[data-said="name"]': [this.title] }[selector];
  }

  showModal() {
    this.opened += 1;
  }
}

const page = (id, element) => ({ getElementById: (wanted) => (wanted === id ? element : null) });
const button = (dataset) => ({ dataset });

test("a dialog is filled with the row that it is opened for", () => {
  const form = new FakeForm({ "edit:id": "", "edit:display-name": "" });
  const dialog = new FakeDialog(form);
  openDialog(page("edit", dialog), button({ openDialog: "edit", fillId: "7", fillDisplayName: "Bob", sayName: "bob" }));
  assert.deepEqual([form.valueOf("edit:id"), form.valueOf("edit:display-name")], ["7", "Bob"]);
  assert.deepEqual([dialog.title.textContent, dialog.opened], ["bob", 1]);
});

test("what was typed or refused for one row is not there for the next", () => {
  const form = new FakeForm({ "edit:id": "", "edit:password": "" });
  const dialog = new FakeDialog(form);
  openDialog(page("edit", dialog), button({ openDialog: "edit", fillId: "7" }));
  form.fields["edit:password"].value = "for seven";
  openDialog(page("edit", dialog), button({ openDialog: "edit", fillId: "8" }));
  assert.deepEqual([form.valueOf("edit:id"), form.valueOf("edit:password")], ["8", ""]);
  assert.deepEqual(dialog.messages, []);
});

test("a row's button sends the form with the row that the page shows", () => {
  const form = new FakeForm({ "admit:id": "", "admit:disabled": "false" });
  const go = { form, click: () => form.clicks.push([form.valueOf("admit:id"), form.valueOf("admit:disabled")]) };
  pressFor(page("admit:go", go), button({ press: "admit:go", fillId: "7", fillDisabled: "true" }));
  assert.deepEqual(form.clicks, [["7", "true"]]);
});
