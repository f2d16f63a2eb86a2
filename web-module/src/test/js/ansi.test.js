import assert from "node:assert/strict";
import { test } from "node:test";
import { bySigns, contrast, parse, readable, visible } from "../../main/webapp/resources/console/js/ansi.js";

const texts = (message) => parse(message).map((piece) => piece.text).join("");

test("colours and weights become styled pieces", () => {
  const [plain, bold] = parse("a\x1b[1;31mb");
  assert.equal(plain.classes, "");
  assert.equal(bold.classes, "ansi-b af-1");
});

test("a reset ends every style", () => {
  assert.equal(parse("\x1b[1;4;91mx\x1b[0my")[1].classes, "");
});

test("256 and true colours are moved until they can be read", () => {
  for (const code of ["38;5;16", "38;5;232", "38;2;0;0;128", "38:2:10:10:10"]) {
    const [piece] = parse(`\x1b[${code}mx`);
    assert.ok(contrast(piece.fg, "#0a0f10") >= 4.5, `${code} gives ${piece.fg}`);
  }
});

test("text on a coloured ground can be read", () => {
  for (let ground = 40; ground < 48; ground++) {
    for (let colour = 30; colour < 38; colour++) {
      const [piece] = parse(`\x1b[${colour};${ground}mx`);
      assert.ok(contrast(piece.fg, piece.bg) >= 4.5, `${colour} on ${ground}`);
    }
  }
});

test("cursor moves, titles and links are dropped", () => {
  assert.equal(texts("\x1b[2J\x1b[10;5Hhi\x1b]0;title\x07 \x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\"), "hi link");
});

test("control characters can't hide", () => {
  assert.equal(visible("a\x00b\x08c\rd\te\nf\x7f"), "a‹NUL›b‹BS›cd\te\nf‹DEL›");
});

test("what turns text around, or takes no room, is shown by its number", () => {
  assert.equal(visible("a\u202eb\u2066c\u200bd\ufeff"), "a‹U+202E›b‹U+2066›c‹U+200B›d‹U+FEFF›");
  assert.equal(visible("אבג"), "אבג");
  assert.deepEqual(bySigns("a‹U+202E›b‹BEL›<b>"), ["a", "‹U+202E›", "b", "‹BEL›", "<b>"]);
});

test("an unfinished sequence does no harm", () => {
  assert.equal(texts("tail\x1b"), "tail");
  assert.equal(texts("\x1b[38;5m;x"), ";x");
  assert.equal(readable("#000000", "#ffffff"), "#000000");
});

test("a long sequence that never ends takes no time that grows with its square", () => {
  const begin = performance.now();
  for (const filling of ["!", "1", ";", " "]) parse(`\x1b[${filling.repeat(200_000)}`);
  assert.ok(performance.now() - begin < 2_000);
});
