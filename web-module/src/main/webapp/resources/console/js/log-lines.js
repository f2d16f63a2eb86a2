/** Rows of the viewer: lines of the log, and notices between them. */
import { fullTime, millis } from "./times.js";

/** The row of a line as the API answers it. */
export function lineRow(item) {
  const at = item.id.lastIndexOf(":");
  const time = fullTime(item.timestamp);
  return {
    kind: "line",
    key: item.id,
    stream: item.id.slice(0, at),
    line: Number(item.id.slice(at + 1)),
    streamName: item.stream_name ?? "",
    time,
    ms: millis(time),
    level: item.level,
    band: band(item.severity ?? 9),
    source: item.source,
    message: item.message ?? "",
    fields: item.fields && Object.keys(item.fields).length ? item.fields : null,
    truncated: item.truncated ? (item.original_bytes ?? 0) : null,
    received: item.timestamp_received === true,
  };
}

/** What names a line everywhere: a row that is shown as context of another one has a key of its own. */
export const lineId = (row) => `${row.stream}:${row.line}`;

/** A run of lines that the tail left out; it stands after the row before it. */
export function skippedRow(message, before) {
  return {
    kind: "skipped",
    key: `skipped:${message.stream}:${message.from_line}`,
    stream: message.stream,
    line: message.from_line,
    to: message.to_line,
    count: message.count,
    gone: message.gone === true,
    time: before?.time ?? fullTime(new Date().toISOString()),
    ms: before?.ms ?? Date.now(),
  };
}

/** The colour group of an OpenTelemetry severity. */
function band(severity) {
  if (severity <= 4) return "trace";
  if (severity <= 8) return "debug";
  if (severity === 9) return "info";
  if (severity <= 12) return "notice";
  if (severity <= 16) return "warning";
  if (severity <= 20) return "error";
  return "critical";
}

/** The order of lines of one stream. */
export const byLine = (a, b) => a.line - b.line;

/** The order of a merged view: time, stream, line. */
export function byTime(a, b) {
  if (a.time !== b.time) return a.time < b.time ? -1 : 1;
  if (a.stream !== b.stream) {
    if (a.stream.length !== b.stream.length) return a.stream.length - b.stream.length;
    return a.stream < b.stream ? -1 : 1;
  }
  return a.line - b.line;
}

/** A line as the text download writes it. */
export const asText = (row, clockText) => `[${clockText}] [${row.level}] [${row.source}] ${row.message}`;

/** How many characters a row holds, roughly; the measure of all caches. */
export const weight = (row) => 200 + (row.message?.length ?? 0) + (row.fields ? 400 : 0);
