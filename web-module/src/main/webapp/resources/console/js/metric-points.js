/** The points of a chart: all of them now and then, and in between only those that came since. */

/** What was written again keeps its step, and is not behind the others: it is seen by then. */
const ANEW_MS = 60_000;

/** The lowest and the highest of each part of a curve, and the first that is no number. */
export function thinned(points, max) {
  if (points.length <= max) return points;
  const size = Math.ceil(points.length / Math.floor(max / 3));
  const kept = [];
  for (let from = 0; from < points.length; from += size) {
    const part = points.slice(from, from + size);
    const finite = part.filter(({ value }) => Number.isFinite(Number(value)));
    const by = (better) => finite.reduce((best, one) => (best && !better(Number(one.value), Number(best.value)) ? best : one), undefined);
    const chosen = new Set([by((a, b) => a < b), by((a, b) => a > b), part.find(({ value }) => !Number.isFinite(Number(value)))]);
    kept.push(...part.filter((point) => chosen.has(point)));
  }
  return kept;
}

export class MetricPoints {
  #points = [];
  #through = -1;
  #drawn = -Infinity;

  /**
   * @param ask answers a page of the curve for some parameters, or null when there is none
   * @param max how many points there may be
   */
  constructor(ask, max) {
    this.ask = ask;
    this.max = max;
  }

  /**
   * The points as they are now, or null when they can't be had.
   *
   * @param lastStep that of the metric, read before
   */
  async read(lastStep, now) {
    const anew = now - this.#drawn >= ANEW_MS;
    const more = await this.#from(anew ? 0 : this.#through + 1);
    if (!more) return null;
    if (anew) this.#drawn = now;
    this.#points = thinned(anew ? more : [...this.#points, ...more], this.max);
    this.#through = Math.max(lastStep, more.at(-1)?.step ?? -1, anew ? -1 : this.#through);
    return this.#points;
  }

  async #from(step) {
    let points = [];
    let cursor = null;
    do {
      const page = await this.ask({ from_step: step, max_points: this.max, ...(cursor ? { cursor } : {}) });
      if (!page) return null;
      points = thinned([...points, ...page.items], this.max);
      cursor = page.next_cursor;
    } while (cursor);
    return points;
  }
}
