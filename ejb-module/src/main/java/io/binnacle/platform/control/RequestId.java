package io.binnacle.platform.control;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The id of the request that the current thread works for, so that a log line, an answer and an
 * audit entry can be brought together.
 */
public final class RequestId {
  private static final int MAX_CHARS = 64;
  private static final ThreadLocal<@Nullable String> CURRENT = new ThreadLocal<>();

  private RequestId() {}

  /** The id, or null when the thread works for no request. */
  public static @Nullable String current() {
    return CURRENT.get();
  }

  /** Begins work for a request; to be ended by {@link #leave} on the same thread. */
  public static void enter(String id) {
    CURRENT.set(id);
  }

  /** Does work for a request on whatever thread it comes to. */
  public static <T> T during(@Nullable String id, Supplier<T> work) {
    String before = CURRENT.get();
    CURRENT.set(id);
    try {
      return work.get();
    } finally {
      CURRENT.set(before);
    }
  }

  /** Ends work for a request. */
  public static void leave() {
    CURRENT.remove();
  }

  /**
   * The id that a caller proposes if it is harmless, otherwise a new one.
   *
   * @param proposed at most 64 letters, digits, dots, dashes and underscores
   */
  public static String choose(@Nullable String proposed) {
    if (proposed != null && isHarmless(proposed)) {
      return proposed;
    }
    return Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
  }

  private static boolean isHarmless(String text) {
    if (text.isEmpty() || text.length() > MAX_CHARS) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letterOrDigit =
          (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letterOrDigit && c != '-' && c != '_' && c != '.') {
        return false;
      }
    }
    return true;
  }
}
