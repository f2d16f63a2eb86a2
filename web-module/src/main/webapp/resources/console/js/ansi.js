/**
 * ANSI escape sequences. Colours and weights become styled pieces of text; every other sequence
 * (cursor moves, titles, links) is dropped, and other control characters are shown by name, so
 * that a line can't pretend to be another one.
 */

// Parameters and what may follow them have no character in common, or a long line takes seconds.
// CSI … letter | OSC … (BEL or ESC \) | two-character escapes
const ESCAPE = /\x1b(?:\[([0-9;:?<=>]*)[ -/]*([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_()#][0-9A-B]?|$)|\x9b([0-9;:]*)([@-~])/g;
const CONTROL = /[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\x7f-\x9f]/g;
/** What turns the direction of text, or takes no room in it. */
const UNSEEN = /[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
/** What stands for such characters. */
const SIGN = /(‹(?:U\+[0-9A-F]{4}|[A-Z]{2,3}[1-4]?)›)/;
/** Their pictures (␇) are in few fonts. */
const NAMES = ("NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI"
  + " DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US").split(" ");

const PLAIN = Object.freeze({ fg: null, bg: null, classes: "" });

/** Whether a message needs parse() at all. */
export const hasEscapes = (text) => text.includes("\x1b") || text.includes("\x9b");

/** Control characters by name, others that can't be seen by number; tabs and line ends stay. */
export const visible = (text) => text.replace(CONTROL, (c) => (c === "\r" ? "" : sign(c))).replace(UNSEEN, sign);

function sign(c) {
  const code = c.charCodeAt(0);
  const name = code === 0x7f ? "DEL" : NAMES[code];
  return `‹${name ?? `U+${code.toString(16).toUpperCase().padStart(4, "0")}`}›`;
}

/** Visible text, cut at its signs: those have the odd places. */
export const bySigns = (text) => text.split(SIGN);

/**
 * The pieces of a message.
 *
 * @returns [{text, fg, bg, classes}]; fg and bg are null, a palette index 0–15, or "#rrggbb"
 */
export function parse(message) {
  const pieces = [];
  const state = fresh();
  let style = PLAIN;
  let at = 0;
  const push = (end) => {
    if (end > at) pieces.push({ text: visible(message.slice(at, end)), ...style });
  };
  for (const match of message.matchAll(ESCAPE)) {
    push(match.index);
    at = match.index + match[0].length;
    if ((match[2] ?? match[4]) === "m") {
      select(state, match[1] ?? match[3]);
      style = styleOf(state);
    }
  }
  push(message.length);
  return pieces;
}

function fresh() {
  return { fg: null, bg: null, bold: false, dim: false, italic: false, underline: false, strike: false, inverse: false };
}

function select(state, parameters) {
  const codes = parameters.split(/[;:]/).map((code) => (code === "" ? 0 : Number(code)));
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code === 38 || code === 48) {
      const [colour, used] = extended(codes, i + 1);
      state[code === 38 ? "fg" : "bg"] = colour;
      i += used;
    } else {
      selectOne(state, code);
    }
  }
}

function selectOne(state, code) {
  if (code === 0) Object.assign(state, fresh());
  else if (code === 1) state.bold = true;
  else if (code === 2) state.dim = true;
  else if (code === 3) state.italic = true;
  else if (code === 4) state.underline = true;
  else if (code === 7) state.inverse = true;
  else if (code === 9) state.strike = true;
  else if (code === 22) state.bold = state.dim = false;
  else if (code === 23) state.italic = false;
  else if (code === 24) state.underline = false;
  else if (code === 27) state.inverse = false;
  else if (code === 29) state.strike = false;
  else if (code >= 30 && code <= 37) state.fg = code - 30;
  else if (code === 39) state.fg = null;
  else if (code >= 40 && code <= 47) state.bg = code - 40;
  else if (code === 49) state.bg = null;
  else if (code >= 90 && code <= 97) state.fg = code - 82;
  else if (code >= 100 && code <= 107) state.bg = code - 92;
}

function extended(codes, i) {
  if (codes[i] === 5) return [indexed(codes[i + 1] ?? 0), 2];
  if (codes[i] === 2) return [hex(codes[i + 1], codes[i + 2], codes[i + 3]), 4];
  return [null, 1];
}

function indexed(n) {
  if (!(n >= 0 && n <= 255)) return null;
  if (n < 16) return n;
  if (n >= 232) return hex(...Array(3).fill(8 + (n - 232) * 10));
  const step = (v) => (v === 0 ? 0 : 55 + v * 40);
  const c = n - 16;
  return hex(step(Math.floor(c / 36)), step(Math.floor(c / 6) % 6), step(c % 6));
}

function hex(...rgb) {
  const byte = (v) => Math.min(255, Math.max(0, Math.round(Number(v) || 0)));
  return `#${rgb.slice(0, 3).map((v) => byte(v).toString(16).padStart(2, "0")).join("")}`;
}

function styleOf(state) {
  const classes = [
    state.bold && "ansi-b",
    state.dim && "ansi-d",
    state.italic && "ansi-i",
    state.underline && "ansi-u",
    state.strike && "ansi-s",
  ].filter(Boolean);
  let { fg, bg } = state;
  if (state.inverse) [fg, bg] = [bg ?? "#0a0f10", fg ?? "#d5dedd"];
  if (bg !== null) {
    bg = rgbOf(bg, GROUNDS);
    fg = readable(rgbOf(fg ?? "#d5dedd", PALETTE), bg);
  } else if (typeof fg === "string") {
    fg = readable(fg, "#0a0f10");
  } else if (fg !== null) {
    classes.push(`af-${fg}`);
    fg = null;
  }
  return { fg, bg, classes: classes.join(" ") };
}

const PALETTE = ["#7f8c8d", "#f47c74", "#5fc982", "#dcb349", "#6fa8f5", "#d08ae0", "#4fc3c9", "#c9d3d2",
  "#93a1a3", "#ff9e97", "#84e2a3", "#f5d374", "#9cc6ff", "#e6b0f2", "#82e0e4", "#f4f7f7"];
const GROUNDS = ["#1c2527", "#8a2b26", "#1f6b3c", "#7a5a0e", "#24508f", "#6f3a80", "#12646a", "#b9c4c3",
  "#4b5a5d", "#c2564e", "#3f9a62", "#c79c33", "#5187cf", "#a466b8", "#3a9ca3", "#eef2f2"];

const rgbOf = (colour, palette) => (typeof colour === "number" ? palette[colour] : colour);

/** The colour, moved towards white or black until it can be read on the ground (WCAG 4.5:1). */
export function readable(colour, ground) {
  const target = luminance(ground) > 0.18 ? 0 : 255;
  let rgb = channels(colour);
  for (let i = 0; i < 12 && contrast(hex(...rgb), ground) < 4.5; i++) {
    rgb = rgb.map((v) => v + (target - v) * 0.2);
  }
  return hex(...rgb);
}

/** WCAG contrast of two "#rrggbb" colours. */
export function contrast(a, b) {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

function luminance(colour) {
  const [r, g, b] = channels(colour).map((v) => {
    const s = v / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const channels = (colour) => [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));
