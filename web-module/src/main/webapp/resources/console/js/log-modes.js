/** How the log is shown, and whether it moves: follow, pause, wrap, time zone. */

const nameOf = (mode) => `binnacle.logs.${mode}`;

/** Wrap and time zone are remembered. Event: "changed". */
export class LogModes extends EventTarget {
  #model;
  #view;
  #settings;
  #storage;

  /**
   * @param settings of the rows: utc is set here
   * @param storage where modes are remembered
   * @param narrow whether the screen is so narrow that lines are wrapped at first
   */
  constructor({ model, view, settings, storage, narrow }) {
    super();
    this.#model = model;
    this.#view = view;
    this.#settings = settings;
    this.#storage = storage;
    this.wrap = this.#remembered("wrap", narrow);
    settings.utc = this.#remembered("utc", false);
  }

  /** Whether the end is kept in sight. */
  get follow() {
    return this.#view.follow;
  }

  set follow(on) {
    this.#view.follow = on;
    this.#changed();
  }

  get utc() {
    return this.#settings.utc;
  }

  /** Whether new lines wait until the reader goes on. */
  get paused() {
    return this.#model.frozen;
  }

  /** Whether the reader sees each line as it comes. */
  get watching() {
    return this.follow && !this.paused;
  }

  pause() {
    this.#model.frozen = true;
    this.#changed();
  }

  /** Takes lines again; what came meanwhile is read by whoever moves on. */
  resume() {
    if (!this.paused) return;
    this.#model.frozen = false;
    this.#changed();
  }

  toggleWrap() {
    const [first] = this.#view.visible();
    this.wrap = !this.wrap;
    this.#remember("wrap", this.wrap);
    this.#changed();
    this.#view.scroller.scrollLeft = 0;
    if (this.follow) this.#view.showEnd();
    else this.#view.show(first, 0);
  }

  toggleZone() {
    this.#settings.utc = !this.utc;
    this.#remember("utc", this.utc);
    this.#changed();
    this.#view.repaint();
  }

  #remembered(mode, otherwise) {
    const value = this.#storage.getItem(nameOf(mode));
    return value === null ? otherwise : value === "1";
  }

  #remember(mode, on) {
    this.#storage.setItem(nameOf(mode), on ? "1" : "0");
  }

  #changed() {
    this.dispatchEvent(new Event("changed"));
  }
}
