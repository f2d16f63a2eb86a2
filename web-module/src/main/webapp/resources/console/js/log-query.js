/** What the reader asked for: filters, the search, the stream; kept in the address of the page. */

/** Levels in order of severity, as the server names them. */
export const LEVELS = ["TRACE", "DEBUG", "INFO", "NOTICE", "WARNING", "ERROR", "CRITICAL"];

/** A list of levels or sources with another one, or without it when it was there. */
export const toggled = (list, value) => (list.includes(value) ? list.filter((other) => other !== value) : [...list, value]);

/** The same for fields, which are pairs of name and value. */
export function toggledField(fields, [name, value]) {
  const others = fields.filter(([n, v]) => n !== name || v !== value);
  return others.length < fields.length ? others : [...fields, [name, value]];
}

/** Reads the query out of an address. */
export function queryFrom(params) {
  return {
    stream: params.get("stream") ?? "",
    levels: list(params.get("level")),
    sources: list(params.get("source")),
    fields: [...params].filter(([name]) => name.startsWith("field.")).map(([name, value]) => [name.slice(6), value]),
    text: params.get("q") ?? "",
    regex: params.get("re") === "1",
    caseSensitive: params.get("cs") === "1",
    only: params.get("only") === "1",
  };
}

/** Writes the query into an address, in place of the one that is there. */
export function queryInto(params, query) {
  for (const name of [...params.keys()]) {
    if (name.startsWith("field.")) params.delete(name);
  }
  const put = (name, value) => (value ? params.set(name, value) : params.delete(name));
  put("stream", query.stream);
  put("level", query.levels.map(escaped).join(","));
  put("source", query.sources.map(escaped).join(","));
  put("q", query.text);
  put("re", query.regex ? "1" : "");
  put("cs", query.caseSensitive ? "1" : "");
  put("only", query.only ? "1" : "");
  for (const [name, value] of query.fields) params.append(`field.${name}`, value);
  return params;
}

/** The parameters of the API that choose lines; the search only where it filters. */
export function filterParams(query) {
  const params = new URLSearchParams();
  if (query.stream) params.set("stream", query.stream);
  for (const level of query.levels) params.append("level", escaped(level));
  if (query.minLevel) params.set("min_level", query.minLevel);
  for (const source of query.sources) params.append("source", escaped(source));
  for (const [name, value] of query.fields) params.append(`field.${name}`, value);
  if (query.only) addSearch(params, query);
  return params;
}

/** The parameters of the API that choose the hits of the search among the lines shown. */
export function hitParams(query) {
  const params = filterParams(query);
  if (!query.only) addSearch(params, query);
  return params;
}

/** The part of a query that leaves lines out, as it is when it leaves out none. */
export const UNFILTERED = Object.freeze({ levels: [], sources: [], fields: [], only: false });

/** Whether lines are left out. */
export const isFiltered = (query) => isNarrowed(query) || Boolean(query.minLevel);

/** Whether the reader's own filters leave lines out. */
export function isNarrowed(query) {
  const parts = query.levels.length + query.sources.length + query.fields.length;
  return parts > 0 || (query.only && query.text !== "");
}

/** The filter message of the live tail. */
export function tailFilter(query) {
  const filter = { type: "filter" };
  if (query.stream) filter.stream = query.stream;
  if (query.levels.length) filter.level = query.levels.map(escaped);
  if (query.sources.length) filter.source = query.sources.map(escaped);
  for (const [name, value] of query.fields) filter[`field.${name}`] = value;
  if (query.only && query.text) {
    filter[query.regex ? "regex" : "search"] = query.text;
    filter.ignore_case = !query.caseSensitive;
  }
  return filter;
}

function addSearch(params, query) {
  if (!query.text) return;
  params.set(query.regex ? "regex" : "search", query.text);
  params.set("ignore_case", String(!query.caseSensitive));
}

/** A comma in a name follows a backslash, in addresses and for the API. */
const escaped = (name) => name.replaceAll(",", "\\,");

const list = (text) =>
  (text ?? "").split(/(?<!\\),/).filter(Boolean).map((name) => name.replaceAll("\\,", ","));
