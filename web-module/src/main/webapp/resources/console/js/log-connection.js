/** Shows in the status line how the live tail is. */
const LOOKS = { live: "live", paused: "waiting", waiting: "off", connecting: "waiting", off: "", over: "", ended: "off" };

/** How the tail of a run that is over is called: it stays open, for late lines. */
const OVER = { FINISHED: "Finished", FAILED: "Failed", KILLED: "Killed", CRASHED: "Crashed" };

export class ConnectionState {
  #run;
  #ending = "";

  /** @param run the status of the run, or undefined where there is none */
  constructor(element, run) {
    this.element = element;
    this.state = "connecting";
    this.#run = run;
  }

  /** The run has another status. */
  showRun(status) {
    this.#run = status;
    this.show({});
  }

  /** @param word why nothing is tried any more */
  end(word) {
    this.#ending = word;
    this.show({ state: "ended" });
  }

  /** @param retryAt when a lost connection is tried again, in epoch milliseconds */
  show({ state = this.state, retryAt = this.retryAt ?? 0, paused = this.paused }) {
    clearInterval(this.countdown);
    Object.assign(this, { state, retryAt, paused });
    const name = this.#name();
    this.element.className = `state ${LOOKS[name]}`;
    this.element.title = name === "over" ? "The run is over. Late lines still appear." : "";
    const say = () => (this.element.textContent = this.#words(name, Math.ceil((retryAt - Date.now()) / 1000)));
    say();
    if (state === "waiting") this.countdown = setInterval(say, 1_000);
  }

  #name() {
    if (this.state !== "live") return this.state;
    if (this.paused) return "paused";
    return OVER[this.#run] ? "over" : "live";
  }

  #words(name, seconds) {
    return {
      live: "Live",
      over: OVER[this.#run],
      paused: "Paused",
      connecting: "Connecting…",
      off: "Not connected",
      ended: this.#ending,
      waiting: seconds > 0 ? `Connection lost, again in ${seconds} s` : "Connecting…",
    }[name];
  }
}
