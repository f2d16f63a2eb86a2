/** Numbers of charts: how they read, which part of the axis they need, where its marks stand. */
import { LOCALE } from "./times.js";

const SMALL = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 5 });
const ROUND = [1, 2, 5];

/** A number as a person reads it; a dash where there is none. */
export function figure(value) {
  if (value === undefined || value === null) return "–";
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e7) ? value.toExponential(2) : SMALL.format(value);
}

/**
 * Round marks of a range.
 *
 * @param most how many at most; at least 1
 * @param whole whether only whole numbers make sense
 */
export function ticks(low, high, most, whole = false) {
  const rough = (high - low) / most;
  if (!(rough > 0 && rough < Infinity)) return [low];
  for (let power = 10 ** Math.floor(Math.log10(rough)); ; power *= 10) {
    for (const step of ROUND.map((f) => f * power)) {
      const [from, to] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)];
      if (to - from >= most || (whole && step < 1)) continue;
      return Array.from({ length: to - from + 1 }, (_, i) => Number(((from + i) * step).toPrecision(12)));
    }
  }
}

/** Marks of an axis of steps: two at least, so that one sees how far it reaches. */
export function stepTicks(first, last, most) {
  if (first === last) return [first];
  const marks = ticks(first, last, most, true);
  return marks.length > 1 ? marks : [first, last];
}

/** The part of the axis that values need, with some room; of equal values the surroundings. */
export function valueRange(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const room = low === high ? Math.abs(low || 1) * 0.1 : (high - low) * 0.06;
  return [Math.max(low - room, -Number.MAX_VALUE), Math.min(high + room, Number.MAX_VALUE)];
}

/** Where a value lies in a range: 0 at its low end, 1 at its high end. Halves, for the largest doubles. */
export const fraction = (value, low, high) => (value / 2 - low / 2) / (high / 2 - low / 2);

/** The stretches of points that a line may join: what is no number leaves a gap. */
export function stretches(points) {
  const found = [];
  let open = null;
  for (const point of points) {
    if (!Number.isFinite(point.value)) open = null;
    else if (open) open.push(point);
    else found.push((open = [point]));
  }
  return found;
}
