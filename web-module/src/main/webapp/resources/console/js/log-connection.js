/** Shows in the status line how the live tail is. */
const LOOKS = { live: "live", paused: "waiting", waiting: "off", connecting: "waiting", off: "" };

export class ConnectionState {
  constructor(element) {
    this.element = element;
    this.state = "connecting";
  }

  /** @param retryAt when a lost connection is tried again, in epoch milliseconds */
  show({ state = this.state, retryAt = 0, paused }) {
    clearInterval(this.countdown);
    this.state = state;
    const name = paused && state === "live" ? "paused" : state;
    this.element.className = `state ${LOOKS[name]}`;
    const say = () => (this.element.textContent = this.#words(name, Math.ceil((retryAt - Date.now()) / 1000)));
    say();
    if (state === "waiting") this.countdown = setInterval(say, 1_000);
  }

  #words(name, seconds) {
    return {
      live: "Live",
      paused: "Paused",
      connecting: "Connecting…",
      off: "Not connected",
      waiting: seconds > 0 ? `Connection lost, again in ${seconds} s` : "Connecting…",
    }[name];
  }
}
