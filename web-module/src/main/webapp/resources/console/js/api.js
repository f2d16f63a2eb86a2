/** The REST API, called with the session of the page. */
import { toLogin } from "./dom.js";

/** A refusal of the API. */
class ApiProblem extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || `The server answered ${status}.`);
    this.status = status;
    this.code = problem.code ?? "";
  }
}

/**
 * Calls the API.
 *
 * @returns the parsed answer, or null for an empty one
 * @throws ApiProblem for a refusal; AbortError when the signal fired
 */
export async function call(url, { method = "GET", signal } = {}) {
  const response = await fetch(url, {
    method,
    signal,
    credentials: "same-origin",
    headers: { Accept: "application/json" },
  });
  if (response.status === 401) toLogin();
  if (!response.ok) throw new ApiProblem(response.status, await problemOf(response));
  return response.status === 204 ? null : response.json();
}

async function problemOf(response) {
  try {
    return await response.json();
  } catch {
    return {};
  }
}
