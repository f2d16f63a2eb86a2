/** The times, durations and counts that the server wrote into the page, as a person reads them. */
import { count } from "./dom.js";
import { LOCALE } from "./times.js";

const RELATIVE = new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto" });
const DAY = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium" });
const SECOND = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeStyle: "medium" });
const UNITS = [["day", 86_400], ["hour", 3_600], ["minute", 60]];

/** "21 Nov 2026, 18:09:13", in the reader's zone. */
export const dateTime = (ms) => SECOND.format(ms);

/** "3 minutes ago". */
export function ago(ms, now = Date.now()) {
  const seconds = Math.round((ms - now) / 1000);
  if (Math.abs(seconds) > 30 * 86_400) return DAY.format(ms);
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) return RELATIVE.format(Math.trunc(seconds / length), unit);
  }
  return Math.abs(seconds) < 10 ? "just now" : RELATIVE.format(seconds, "second");
}

/** "2 h 13 min". */
export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (whole < 86_400) return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
  return `${Math.floor(whole / 86_400)} d ${Math.floor((whole % 86_400) / 3_600)} h`;
}

/** Shows all of them as they are now. */
export function showTimes() {
  for (const element of document.querySelectorAll("time[datetime]")) {
    const ms = Date.parse(element.dateTime);
    if (Number.isNaN(ms)) continue;
    element.title = dateTime(ms);
    element.textContent = element.hasAttribute("data-absolute") ? element.title : ago(ms);
  }
  for (const element of document.querySelectorAll("[data-count]")) {
    if (/^\d+$/.test(element.textContent)) element.textContent = count(Number(element.textContent));
  }
  for (const element of document.querySelectorAll("[data-since]")) {
    const end = element.dataset.until ? Date.parse(element.dataset.until) : Date.now();
    element.textContent = duration((end - Date.parse(element.dataset.since)) / 1000);
  }
}
