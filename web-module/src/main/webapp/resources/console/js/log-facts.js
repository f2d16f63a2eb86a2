/** What is known of a log as a whole: its streams and its counts, and so from where rows are read. */
import { call } from "./api.js";
import { MergedSource, StreamSource } from "./log-source.js";

const NOTHING = { total: 0, by_level: {}, by_source: {} };

/** Event: "changed". */
export class LogFacts extends EventTarget {
  /** @param base the address of the logs in the API */
  constructor(base) {
    super();
    this.base = base;
    this.clear();
  }

  clear() {
    this.streams = [];
    this.summary = NOTHING;
    /** Whether lines arrived since these facts were told. */
    this.stale = false;
    this.#changed();
  }

  /** @param asking options of the calls */
  async load(asking) {
    this.stale = false;
    try {
      const [streams, summary] = await Promise.all(["streams", "summary"].map((part) => call(`${this.base}/${part}`, asking)));
      this.streams = streams.items;
      this.summary = summary;
    } catch (error) {
      this.stale = true;
      throw error;
    }
    this.#changed();
  }

  /** The newest line of each stream when these facts were told. */
  newest() {
    return new Map(this.streams.map(({ id, next_line: next }) => [id, next - 1]));
  }

  /** A stream by its id or name, or undefined. */
  find(wanted) {
    return this.streams.find((stream) => stream.id === wanted || stream.name === wanted);
  }

  /** The place of a stream among all, for its colour. */
  rankOf(stream) {
    return Math.max(0, this.streams.findIndex((other) => other.id === stream));
  }

  /** Where the rows of a query come from: the one stream that it shows, or all of them merged. */
  source(query) {
    const stream = this.#onlyStream(query);
    if (stream || this.streams.length === 0) {
      return new StreamSource(this.base, stream ? { ...query, stream: stream.id } : query, {
        first: stream?.first_line ?? 1,
        next: stream?.next_line ?? 1,
      });
    }
    return new MergedSource(this.base, query, {
      firstMs: Date.parse(this.summary.first_time ?? "") || Date.now(),
      lastMs: Date.parse(this.summary.last_time ?? "") || Date.now(),
    });
  }

  /** Tells a source how far its log reaches now. */
  grow({ extent, merged }, query) {
    if (merged) {
      const newest = Date.parse(this.summary.last_time ?? "");
      if (newest > extent.lastMs) extent.lastMs = newest;
      return;
    }
    const stream = this.#onlyStream(query);
    if (stream && stream.next_line > extent.next) extent.next = stream.next_line;
    if (stream && stream.first_line > extent.first) extent.first = stream.first_line;
  }

  /** The stream that is shown alone, or undefined. */
  #onlyStream({ stream: wanted }) {
    if (wanted) return this.find(wanted);
    return this.streams.length === 1 ? this.streams[0] : undefined;
  }

  #changed() {
    this.dispatchEvent(new Event("changed"));
  }
}
