package io.binnacle.bench.machine;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import com.github.luben.zstd.Zstd;
import io.binnacle.bench.Bench;
import io.binnacle.bench.Benchmark;
import io.binnacle.bench.Report;
import io.binnacle.bench.data.TrainingLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The machine's limits: fsync rate, sequential write, memory copy, zstd decode and scan. */
public final class MachineLimits implements Benchmark {
  private static final int BLOCK = 256 << 10;
  private static final int BLOCKS = 64;
  private static final int COPY = 64 << 20;
  private static final long SECOND = 1_000_000_000L;

  @Override
  public void run(Bench bench) {
    Path file = bench.directory().resolve("limits");
    double fsyncs = fsyncs(file);
    double write = sequentialWrite(file, bench.options().size(1000));
    double copy = copyRate();
    double scan = scanRate();
    bench.facts().scanBytesPerSecond(scan);
    bench.report().add("limit: fsync after 4 KiB", Report.count(fsyncs) + "/s", "", "");
    bench
        .report()
        .add("limit: sequential write with fsync", Report.count(write / 1e6) + " MB/s", "", "");
    bench
        .report()
        .add("limit: memory copy, one core", Report.decimal(copy / 1e9, 1) + " GB/s", "", "");
    bench
        .report()
        .add(
            "limit: zstd decode and byte scan, one core",
            Report.decimal(scan / 1e9, 2) + " GB/s",
            "",
            "");
  }

  private static double fsyncs(Path file) {
    ByteBuffer page = ByteBuffer.allocateDirect(4096);
    try (FileChannel channel = FileChannel.open(file, CREATE, WRITE, TRUNCATE_EXISTING)) {
      long start = System.nanoTime();
      long count = 0;
      while (System.nanoTime() - start < 2 * SECOND) {
        channel.write(page.clear());
        channel.force(false);
        count++;
      }
      return count * 1e9 / (System.nanoTime() - start);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double sequentialWrite(Path file, int mebibytes) {
    byte[] random = new byte[1 << 20];
    ThreadLocalRandom.current().nextBytes(random);
    ByteBuffer block = ByteBuffer.allocateDirect(random.length).put(random);
    try (FileChannel channel = FileChannel.open(file, CREATE, WRITE, TRUNCATE_EXISTING)) {
      long start = System.nanoTime();
      for (int i = 0; i < mebibytes; i++) {
        channel.write(block.clear());
      }
      channel.force(true);
      double seconds = (System.nanoTime() - start) / 1e9;
      Files.delete(file);
      return mebibytes * (double) (1 << 20) / seconds;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Between buffers that no cache holds. */
  private static double copyRate() {
    byte[] from = new byte[COPY];
    byte[] to = new byte[COPY];
    long copied = 0;
    long start = System.nanoTime();
    while (System.nanoTime() - start < SECOND) {
      System.arraycopy(from, 0, to, 0, COPY);
      copied += COPY;
    }
    return copied * 1e9 / (System.nanoTime() - start);
  }

  /** Decodes compressed blocks of the data set and looks for the needle in each. */
  private static double scanRate() {
    List<byte[]> blocks = compressedBlocks();
    byte[] text = new byte[BLOCK];
    byte[] needle = TrainingLogs.NEEDLE.getBytes(StandardCharsets.UTF_8);
    scan(blocks, text, needle, SECOND);
    return scan(blocks, text, needle, 2 * SECOND);
  }

  private static double scan(List<byte[]> blocks, byte[] text, byte[] needle, long nanos) {
    long bytes = 0;
    long hits = 0;
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      for (byte[] block : blocks) {
        int length = (int) Zstd.decompressByteArray(text, 0, text.length, block, 0, block.length);
        hits += ByteScan.indexOf(text, length, needle) >= 0 ? 1 : 0;
        bytes += length;
      }
    }
    double rate = bytes * 1e9 / (System.nanoTime() - start);
    return hits < 0 ? 0 : rate;
  }

  private static List<byte[]> compressedBlocks() {
    TrainingLogs logs = new TrainingLogs(3, Instant.EPOCH, 1_000_000);
    List<byte[]> blocks = new ArrayList<>();
    ByteArrayOutputStream block = new ByteArrayOutputStream(BLOCK);
    while (blocks.size() < BLOCKS) {
      byte[] line = logs.next().message().getBytes(StandardCharsets.UTF_8);
      if (block.size() + line.length > BLOCK) {
        blocks.add(Zstd.compress(block.toByteArray(), 1));
        block.reset();
      }
      block.writeBytes(line);
    }
    return blocks;
  }
}
