package io.binnacle.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What is common to the processes under test. */
final class Processes {
  private Processes() {}

  /** Starts a process whose output goes to a file. */
  static Process start(ProcessBuilder builder, Path log) {
    try {
      return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a process to its end; fails with its output if it does not end well. */
  static void run(ProcessBuilder builder, Path log) {
    try {
      int exit = start(builder, log).waitFor();
      if (exit != 0) {
        throw new IllegalStateException(
            builder.command().get(0) + " ended with " + exit + ":\n" + Files.readString(log));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until the condition holds; fails with the log when the process ends or time is up. */
  static void await(Process process, Path log, Duration limit, BooleanSupplier ready) {
    long end = System.nanoTime() + limit.toNanos();
    while (!ready.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException("Did not start:\n" + tail(log));
      }
      Pauses.sleep(Duration.ofMillis(20));
    }
  }

  /** Ends a process and what it started: politely, and after 30 seconds by force. */
  static void stop(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String tail(Path log) {
    try {
      String text = Files.readString(log);
      return text.substring(Math.max(0, text.length() - 4000));
    } catch (IOException e) {
      return "(" + log + " cannot be read: " + e.getMessage() + ")";
    }
  }
}
