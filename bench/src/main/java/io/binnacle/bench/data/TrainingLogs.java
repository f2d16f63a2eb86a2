package io.binnacle.bench.data;

import java.time.Instant;

/**
 * The log of one process of a training job, endless and the same for the same seed: training steps,
 * framework messages, HTTP access lines, NCCL, structured events, tracebacks, messages of several
 * lines, Unicode; 114 bytes a line on average. One line in {@value #NEEDLE_EVERY} holds {@link
 * #NEEDLE}.
 */
public final class TrainingLogs {
  /** The text that a search for something rare looks for. */
  public static final String NEEDLE = "needle-7f3a9c";

  /** Lines from one needle to the next; the first is line {@value #NEEDLE_AT}. */
  public static final int NEEDLE_EVERY = 200_000;

  /** The number of the first line with a needle, from 1. */
  public static final int NEEDLE_AT = 77_777;

  private static final String[] MODULES = {
    "trainer.loop",
    "trainer.data.loader",
    "datasets.builder",
    "transformers.modeling_utils",
    "accelerate.state",
    "torch.distributed.elastic",
    "eval.harness",
    "ckpt.manager"
  };
  private static final String[] PATHS = {
    "/api/v1/predict",
    "/api/v1/embeddings",
    "/healthz",
    "/v2/models/resnet50/infer",
    "/metrics",
    "/api/v1/runs/search",
    "/v1/chat/completions"
  };

  private final SplitMix random;
  private final long seed;
  private final long meanStepNanos;
  private final String host;
  private final Text text = new Text();
  private final Traceback traceback;
  private long time;
  private long number;
  private int step;
  private double loss = 9.5;
  private String level = "INFO";
  private String source = "stdout";
  private String fields = "";

  /**
   * @param seed the same seed gives the same log
   * @param start the time of the first line
   * @param meanStepNanos nanoseconds from a line to the next, on average; 1 or more
   */
  public TrainingLogs(long seed, Instant start, long meanStepNanos) {
    this.seed = seed;
    this.random = new SplitMix(42L * 1_000_003 + seed);
    this.time = start.getEpochSecond() * 1_000_000_000L + start.getNano();
    this.meanStepNanos = meanStepNanos;
    this.host = "gpu-node-" + String.format("%03d", seed % 64);
    this.traceback = new Traceback(random);
  }

  /** How many of the first lines hold the needle. */
  public static long needlesIn(long lines) {
    return lines < NEEDLE_AT ? 0 : (lines - NEEDLE_AT) / NEEDLE_EVERY + 1;
  }

  /** The next line. */
  public LogLine next() {
    number++;
    time += 1 + (long) (random.unit() * 2 * meanStepNanos);
    fields = "";
    text.clear();
    write();
    return new LogLine(level, source, time, text.toString(), fields.isEmpty() ? null : fields);
  }

  private void write() {
    if (number % NEEDLE_EVERY == NEEDLE_AT) {
      needle();
      return;
    }
    if (traceback.running()) {
      as("ERROR", "stderr");
      traceback.nextLine(text);
      return;
    }
    int kind = random.below(1000);
    if (kind < 2) {
      as("ERROR", "stderr");
      traceback.begin(text);
    } else if (kind < 450) {
      trainingStep();
    } else if (kind < 690) {
      frameworkMessage();
    } else if (kind < 840) {
      accessLine();
    } else if (kind < 890) {
      nccl();
    } else if (kind < 999) {
      event();
    } else {
      crash();
    }
  }

  private void as(String lineLevel, String lineSource) {
    level = lineLevel;
    source = lineSource;
  }

  private void needle() {
    as("WARNING", "sdk");
    text.add("worker ").add(random.below(64)).add(" reported ").add(NEEDLE);
    text.add(" during checkpoint upload, retrying");
  }

  private void trainingStep() {
    as("INFO", "stdout");
    step++;
    loss = loss * 0.99998 + 0.00002 * 1.7 + (random.unit() - 0.5) * 0.004;
    text.add("step ").add(step).add("/100000 loss=").decimal(Math.abs(loss), 4);
    text.add(" lr=").decimal(1 + random.unit() * 8.99, 1).add("e-4 tokens/s=");
    text.add(17_000 + random.below(2_500)).add(" grad_norm=").decimal(random.unit() * 3, 3);
    text.add(" mem=").decimal(60 + random.unit() * 15, 1).add("GiB epoch=");
    text.decimal(step / 3000.0, 2).add(" eta=").clock(random.below(86_400));
  }

  private void frameworkMessage() {
    int dice = random.below(100);
    String name =
        dice < 8
            ? "DEBUG"
            : dice < 86
                ? "INFO"
                : dice < 95 ? "WARNING" : dice < 98 ? "ERROR" : dice < 99 ? "NOTICE" : "TRACE";
    as(name, random.below(10) < 7 ? "sdk" : "user");
    text.add("2026-03-").padded(1 + time / 86_400_000_000_000L % 28, 2).add(" ");
    text.clock(time / 1_000_000_000L).add(",").padded(time / 1_000_000 % 1000, 3).add(" ");
    text.add(name).add(" ").add(random.oneOf(MODULES)).add(": ");
    switch (random.below(4)) {
      case 0 -> {
        text.add("Loaded shard ").padded(random.below(2048), 5);
        text.add("-of-02048 from s3://datasets/c4/en/ in ").decimal(random.unit() * 4, 3).add("s");
      }
      case 1 -> {
        text.add("Saved checkpoint to /ckpt/run-").add(seed).add("/step-").add(step);
        text.add(" (").add(random.below(9000)).add(" MiB)");
      }
      case 2 -> {
        text.add("Data loader worker ").add(random.below(16)).add(" prefetch queue size ");
        text.add(random.below(64)).add(", waited ").decimal(random.unit() * 900, 1).add(" ms");
      }
      default -> {
        text.add("rank ").add(random.below(64)).add(" heartbeat ok, gpu util ");
        text.add(random.below(101)).add("%, temp ").add(40 + random.below(45)).add("C");
      }
    }
  }

  private void accessLine() {
    int dice = random.below(100);
    int code = dice < 90 ? 200 : dice < 94 ? 404 : dice < 97 ? 429 : dice < 99 ? 500 : 503;
    as(code >= 500 ? "ERROR" : code >= 400 ? "WARNING" : "INFO", "stdout");
    text.add("10.").add(random.below(16)).add(".").add(random.below(256)).add(".");
    text.add(random.below(256)).add(" - - [12/Mar/2026:").clock(time / 1_000_000_000L);
    text.add(" +0000] \"").add(random.below(3) == 0 ? "GET " : "POST ");
    text.add(random.oneOf(PATHS)).add(" HTTP/1.1\" ").add(code).add(" ");
    text.add(random.below(60_000)).add(" \"-\" \"python-requests/2.31.0\" rt=");
    text.decimal(random.unit() * 2, 3);
  }

  private void nccl() {
    boolean warning = random.below(20) == 0;
    as(warning ? "WARNING" : "INFO", "stderr");
    text.add(host).add(":").add(1000 + seed).add(":").add(1200 + random.below(60)).add(" [");
    text.add(random.below(8)).add("] NCCL ").add(warning ? "WARN " : "INFO ");
    if (warning) {
      text.add("Net/IB : Got completion from peer 10.1.").add(random.below(256)).add(".");
      text.add(random.below(256)).add(" with status=12 opcode=0 len=0 vendor err 129");
    } else {
      int gpu = random.below(8);
      int next = gpu + 1 & 7;
      text.add("Channel ").padded(random.below(16), 2).add("/0 : ").add(gpu).add("[").add(gpu);
      text.add("] -> ").add(next).add("[").add(next).add("] via P2P/CUMEM/read");
    }
  }

  private void event() {
    int dice = random.below(100);
    as(dice < 96 ? "INFO" : dice < 99 ? "WARNING" : "ERROR", "sdk");
    text.add("{\"step\":").add(step).add(",\"trace_id\":\"").hex(random.next());
    text.hex(random.next()).add("\",\"host\":\"").add(host).add("\",\"metrics\":{\"acc\":");
    text.decimal(random.unit(), 4).add(",\"f1\":").decimal(random.unit(), 4);
    text.add(",\"latency_ms\":").decimal(random.unit() * 300, 1);
    text.add("},\"tags\":[\"prod\",\"eu-west-").add(1 + random.below(3)).add("\"]}");
    fields = text.toString();
    text.clear().add(dice % 2 == 0 ? "evaluation finished" : "span closed");
  }

  private void crash() {
    as(random.below(20) == 0 ? "CRITICAL" : "ERROR", "sdk");
    text.add("Unhandled exception in callback\n");
    traceback.whole(text);
    text.add("überprüfe Gerät №").add(random.below(8)).add(" — 再試行します");
  }
}
