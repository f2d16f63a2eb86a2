/** What a page asks by itself, and whether it still gets answers. */
import { BY_ITSELF } from "./api.js";
import { h, toLogin } from "./dom.js";
import { dateTime } from "./page-times.js";

const PATIENCE_MS = 20_000;
/** While nothing is up to date, the server is asked at least as often as this. */
const WHEN_AWAY_MS = 5_000;

let upToDate = Date.now();
let notice = null;

function reached() {
  upToDate = Date.now();
  notice?.remove();
  notice = null;
}

/** The log viewer has a word of its own for it. */
function missed() {
  if (notice || document.querySelector("[data-log-viewer]")) return;
  notice = h("p", { class: "outage", role: "status" },
    h("strong", {}, "Not up to date: the server can't be reached."),
    ` Last refreshed ${dateTime(upToDate)}.`);
  document.body.append(notice);
}

const isLogin = (response) => response.redirected && new URL(response.url).pathname === "/login";

/**
 * Asks the server without its reader. When the session is over, the page goes to the login.
 *
 * @returns the answer, also one that refuses; null when there was none or the server is in trouble
 */
export async function ask(url, accept) {
  let response;
  try {
    response = await fetch(url, {
      credentials: "same-origin",
      headers: { Accept: accept, ...BY_ITSELF },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    missed();
    return null;
  }
  if (response.status === 401 || isLogin(response)) {
    toLogin();
    return null;
  }
  if (response.status >= 500 || response.status === 429) {
    missed();
    return null;
  }
  reached();
  return response;
}

/** Waits; not any longer when the page is looked at again or the browser is online again. */
function pause(ms) {
  return new Promise((wake) => {
    const early = () => document.hidden || done();
    const done = () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", early);
      removeEventListener("online", early);
      wake();
    };
    const timer = setTimeout(done, notice ? Math.min(ms, WHEN_AWAY_MS) : ms);
    document.addEventListener("visibilitychange", early);
    addEventListener("online", early);
  });
}

/**
 * Does something again and again while the page is looked at.
 *
 * @param wait how long to wait before each time, in milliseconds
 * @param work answers false when it is over
 */
export async function keepOn(wait, work) {
  for (;;) {
    await pause(wait());
    if (!document.hidden && (await work()) === false) return;
  }
}
