/** The REST API, called with the session of the page. */
import { toLogin } from "./dom.js";

/** Marks what a page asks without its reader: a page that nobody reads must not keep a session alive. */
export const BY_ITSELF = { "Binnacle-By-Itself": "1" };

/** A refusal of the API. */
class ApiProblem extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || `The server answered ${status}.`);
    this.status = status;
    this.code = problem.code ?? (status === 401 ? "unauthenticated" : "");
  }
}

/** The server did not answer, or not to the end. */
class Unreachable extends Error {
  code = "unreachable";

  constructor(cause) {
    super("The server can't be reached.", { cause });
  }
}

/**
 * Calls the API. Whoever is signed out gets to the login.
 *
 * @param parse reads the text of an answer
 * @param byItself whether this is not asked for by the reader
 * @returns the parsed answer, or null for an empty one
 * @throws ApiProblem for a refusal; Unreachable; AbortError when the signal fired
 */
export async function call(url, { method = "GET", signal, parse = JSON.parse, byItself = false } = {}) {
  const response = await reached(signal, () => fetch(url, {
    method,
    signal,
    credentials: "same-origin",
    headers: { Accept: "application/json", ...(byItself && BY_ITSELF) },
  }));
  if (response.status === 401) toLogin();
  if (!response.ok) throw new ApiProblem(response.status, await problemOf(response));
  return response.status === 204 ? null : reached(signal, async () => parse(await response.text()));
}

async function reached(signal, work) {
  try {
    return await work();
  } catch (error) {
    if (signal?.aborted || error.name === "AbortError") throw error;
    throw new Unreachable(error);
  }
}

async function problemOf(response) {
  try {
    return await response.json();
  } catch {
    return {};
  }
}
