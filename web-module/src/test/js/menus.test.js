import assert from "node:assert/strict";
import { test } from "node:test";
import { clickMenus, leaveMenu, moveInMenu } from "../../main/webapp/resources/console/js/menus.js";

/** As much of a page with menus as the menus need. */
class FakePage {
  menus = [];
  focused = null;

  menu(...names) {
    const menu = {};
    const panel = { hidden: true };
    const button = this.#element({ menu, isButton: true });
    panel.items = names.map((name) => this.#element({ menu, panel, name }));
    button.parentElement = menu;
    menu.querySelector = () => panel;
    panel.querySelector = () => panel.items[0] ?? null;
    panel.querySelectorAll = () => panel.items;
    const made = { menu, button, panel };
    this.menus.push(made);
    return made;
  }

  #element({ menu, panel, isButton = false, ...rest }) {
    const attributes = { "aria-expanded": "false" };
    const element = { ...rest };
    element.setAttribute = (name, value) => (attributes[name] = value);
    element.getAttribute = (name) => attributes[name];
    element.focus = () => (this.focused = element);
    element.closest = (selector) => {
      if (selector === ".menu") return menu;
      if (selector === ".menu-panel") return panel ?? null;
      return isButton === selector.includes("aria-expanded") ? element : null;
    };
    return element;
  }

  querySelectorAll() {
    return this.menus.map(({ button }) => button).filter((one) => one.getAttribute("aria-expanded") === "true");
  }

  get open() {
    return this.menus.filter(({ panel }) => !panel.hidden).length;
  }
}

const elsewhere = { closest: () => null };
const key = (name, target) => ({ key: name, target, prevented: false, preventDefault() { this.prevented = true; } });

test("one menu is open at a time, and a click elsewhere leaves it", () => {
  const page = new FakePage();
  const [theme, you] = [page.menu("light", "dark"), page.menu("sign out")];
  clickMenus(page, theme.button);
  assert.deepEqual([theme.panel.hidden, page.focused.name], [false, "light"]);
  clickMenus(page, you.button);
  assert.deepEqual([theme.panel.hidden, you.panel.hidden, page.open], [true, false, 1]);
  clickMenus(page, elsewhere);
  assert.equal(page.open, 0);
});

test("the button of an open menu and a choice close it", () => {
  const page = new FakePage();
  const theme = page.menu("light", "dark");
  clickMenus(page, theme.button);
  clickMenus(page, theme.button);
  assert.equal(page.open, 0);
  clickMenus(page, theme.button);
  clickMenus(page, theme.panel.items[1]);
  assert.equal(page.open, 0);
});

test("leaving a menu gives the focus back and says that there was one", () => {
  const page = new FakePage();
  const theme = page.menu("light");
  assert.equal(leaveMenu(page), false);
  clickMenus(page, theme.button);
  assert.equal(leaveMenu(page), true);
  assert.deepEqual([page.open, page.focused], [0, theme.button]);
});

test("arrows go round, Home and End to the ends; other keys are left alone", () => {
  const page = new FakePage();
  const { items } = page.menu("a", "b", "c").panel;
  for (const [name, from, to] of [["ArrowDown", 0, "b"], ["ArrowUp", 0, "c"], ["ArrowDown", 2, "a"], ["Home", 2, "a"], ["End", 0, "c"]]) {
    const event = key(name, items[from]);
    moveInMenu(event);
    assert.deepEqual([page.focused.name, event.prevented], [to, true], name);
  }
  const letter = key("x", items[0]);
  moveInMenu(letter);
  moveInMenu(key("Home", elsewhere));
  assert.deepEqual([page.focused.name, letter.prevented], ["c", false]);
});
