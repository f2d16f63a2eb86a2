/**
 * The state of the run on the page, on each of its tabs: its head and its facts follow it. Other
 * scripts hear of it by the event "binnacle:run" (detail = the run as the API tells it).
 */
import { h } from "./dom.js";
import { ask, keepOn } from "./freshness.js";
import { showTimes } from "./page-times.js";

/** A run that ended may come back to life. */
const EVERY_MS = { RUNNING: 5_000, ended: 30_000 };

const head = document.querySelector("[data-run]");
let status = head.dataset.status;
let gone = false;

const each = (name, change) => document.querySelectorAll(`[data-run-${name}]`).forEach(change);

function showStatus(now) {
  status = now;
  const word = now.toLowerCase();
  each("status", (pill) => {
    pill.textContent = word;
    pill.className = `pill pill-${word}`;
  });
}

function showFact(name, value, put) {
  each(name, (fact) => {
    fact.classList.toggle("hidden", !value);
    const place = fact.querySelector("[data-value]");
    if (place && value) put(place);
  });
}

function show(run) {
  showStatus(run.status);
  const running = run.status === "RUNNING";
  each("verb", (verb) => (verb.textContent = running ? "running for" : "ran for"));
  each("length", (length) => (length.dataset.until = run.ended_at ?? ""));
  showFact("ended", run.ended_at, (time) => (time.dateTime = run.ended_at));
  showFact("heard", running && run.heartbeat_at, (time) => (time.dateTime = run.heartbeat_at));
  showFact("exit", String(run.exit_code ?? ""), (place) => (place.textContent = run.exit_code));
  showTimes();
  document.dispatchEvent(new CustomEvent("binnacle:run", { detail: run }));
}

function showGone() {
  gone = true;
  document.querySelector("main").prepend(
    h("p", { class: "notice bad", role: "alert" }, "This run was deleted. What is below is what was seen last."));
}

/** @returns false when the run is no more */
async function follow() {
  if (gone) return false;
  const response = await ask(head.dataset.run, "application/json");
  if (response?.ok) show(await response.json());
  // Two may have asked.
  if (response?.status === 404 && !gone) showGone();
  return !gone;
}

document.addEventListener("binnacle:status", ({ detail }) => {
  showStatus(detail);
  follow();
});

keepOn(() => EVERY_MS[status] ?? EVERY_MS.ended, follow);
