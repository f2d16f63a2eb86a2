/**
 * JSON whose numbers stay as they were written: those of JavaScript have 53 bits, and an id of 64
 * would become another one.
 */

/** A number that JavaScript would write in another way. */
export class ExactNumber {
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

/** Strings first, so that digits in them are not taken for numbers. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * As JSON.parse, with an ExactNumber in place of each number that would be written differently.
 *
 * @throws SyntaxError
 */
export function parseExact(text) {
  // No text can hold a mark that was made up after it.
  const mark = `number ${Math.random()} `;
  let found = false;
  const marked = text.replace(TOKEN, (token) => {
    if (token[0] === '"' || String(Number(token)) === token) return token;
    found = true;
    return `"${mark}${token}"`;
  });
  if (!found) return JSON.parse(text);
  const revive = (_, value) => (typeof value === "string" && value.startsWith(mark) ? new ExactNumber(value.slice(mark.length)) : value);
  return JSON.parse(marked, revive);
}
