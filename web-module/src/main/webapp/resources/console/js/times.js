/**
 * Times of log lines. They have nanoseconds, which Date has not: so they stay text of constant
 * length (which compares like the times), and Date is only used to show them.
 */

/** The console speaks one language; a reader's own would only reach its dates and numbers. */
export const LOCALE = "en-GB";

/** RFC 3339 in UTC with exactly nine decimals. */
export function fullTime(timestamp) {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/.exec(timestamp);
  if (match) return `${match[1]}.${(match[2] ?? "").padEnd(9, "0")}Z`;
  const date = new Date(timestamp);
  return Number.isNaN(date.getTime()) ? fullTime(new Date(0).toISOString()) : fullTime(date.toISOString());
}

/** Epoch milliseconds. */
export const millis = (full) => Date.parse(`${full.slice(0, 23)}Z`);

/** The full time of epoch milliseconds. */
export const timeAt = (ms) => fullTime(new Date(ms).toISOString());

/** The next nanosecond. */
export function afterTime(full) {
  const nanos = Number(full.slice(20, 29)) + 1;
  if (nanos < 1e9) return `${full.slice(0, 20)}${String(nanos).padStart(9, "0")}Z`;
  return timeAt(millis(`${full.slice(0, 20)}000000000Z`) + 1000);
}

const two = (n) => String(n).padStart(2, "0");

/** HH:MM:SS, in the reader's zone or in UTC. */
export function clock(ms, utc) {
  const d = new Date(ms);
  return utc
    ? `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`
    : `${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`;
}

/** The day, in the reader's zone or in UTC. */
export function day(ms, utc) {
  return new Date(ms).toLocaleDateString(LOCALE, {
    weekday: "short",
    year: "numeric",
    month: "short",
    day: "numeric",
    timeZone: utc ? "UTC" : undefined,
  });
}

/** The short name of the zone that clock() uses. */
export function zoneName(utc) {
  if (utc) return "UTC";
  const parts = new Intl.DateTimeFormat(LOCALE, { timeZoneName: "short" }).formatToParts(new Date());
  return parts.find((part) => part.type === "timeZoneName")?.value ?? "local";
}

/**
 * A time typed by a person: 14:03, 14:03:22 (of the day of the reference) or any RFC 3339 time.
 *
 * @returns epoch milliseconds, or null when it is no time
 */
export function typedTime(text, referenceMs, utc) {
  const match = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/.exec(text.trim());
  if (match) {
    const [hours, minutes, seconds] = [match[1], match[2], match[3] ?? "0"].map(Number);
    if (hours > 23 || minutes > 59 || seconds > 59) return null;
    const d = new Date(referenceMs);
    return utc ? d.setUTCHours(hours, minutes, seconds, 0) : d.setHours(hours, minutes, seconds, 0);
  }
  if (!/^\d{4}-\d\d-\d\d/.test(text.trim())) return null;
  const ms = Date.parse(text.trim());
  return Number.isNaN(ms) ? null : ms;
}
