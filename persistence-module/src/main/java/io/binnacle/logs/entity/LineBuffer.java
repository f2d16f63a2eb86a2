package io.binnacle.logs.entity;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines on their way to a segment, in columns: arrays of numbers and two arrays of bytes. A batch
 * of a hundred lines costs no object for a line, and a buffer that is cleared is used again.
 */
public final class LineBuffer {
  /** The flag of a line that brought no time: its time is that of its receipt. */
  public static final int TIME_RECEIVED = 1;

  /** The flag of a line whose message was cut; its original size is kept. */
  public static final int TRUNCATED = 2;

  /** The client's line number of a line that brought none. */
  public static final long NO_CLIENT_LINE = -1;

  private static final int FIRST_LINES = 128;
  private static final int FIRST_BYTES = 16 << 10;

  /** What a line takes in the columns of numbers: five of 4 bytes, one of 1, two of 8. */
  private static final int LINE_BYTES = 5 * Integer.BYTES + Byte.BYTES + 2 * Long.BYTES;

  /** A level as the sender wrote it (canonical), with its severity from 1 to 24. */
  public record Level(String name, int severity) {}

  private final Map<Level, Integer> levelCodes = new HashMap<>();
  private final List<Level> levels = new ArrayList<>();
  private final Map<String, Integer> sourceCodes = new HashMap<>();
  private final List<String> sources = new ArrayList<>();

  private int count;
  private int refused;
  private int[] level = new int[FIRST_LINES];
  private int[] source = new int[FIRST_LINES];
  private long[] time = new long[FIRST_LINES];
  private byte[] flags = new byte[FIRST_LINES];
  private long[] clientLine = new long[FIRST_LINES];
  private int[] originalBytes = new int[FIRST_LINES];

  /** End of each message in {@link #text}; messages follow each other without separators. */
  private int[] textEnd = new int[FIRST_LINES];

  private int[] fieldsEnd = new int[FIRST_LINES];
  private byte[] text = new byte[FIRST_BYTES];
  private byte[] fields = new byte[0];

  // The last name looked up: lines of one sender mostly repeat it.
  private String lastLevelName = "";
  private int lastSeverity;
  private int lastLevel;
  private String lastSourceName = "";
  private int lastSource;

  /** The code of a level in this buffer. */
  public int level(String name, int severity) {
    if (levels.isEmpty() || severity != lastSeverity || !name.equals(lastLevelName)) {
      lastLevel = levelCodes.computeIfAbsent(new Level(name, severity), this::addLevel);
      lastLevelName = name;
      lastSeverity = severity;
    }
    return lastLevel;
  }

  /** The code of a source in this buffer. */
  public int source(String name) {
    if (sources.isEmpty() || !name.equals(lastSourceName)) {
      lastSource = sourceCodes.computeIfAbsent(name, this::addSource);
      lastSourceName = name;
    }
    return lastSource;
  }

  /**
   * Appends a line.
   *
   * @param levelCode from {@link #level(String, int)}
   * @param sourceCode from {@link #source(String)}
   * @param timeNanos since 1970
   * @param flagBits {@link #TIME_RECEIVED}, {@link #TRUNCATED}
   * @param clientLineNumber or {@link #NO_CLIENT_LINE}
   * @param originalSize bytes of the message before it was cut
   * @param message UTF-8, copied
   * @param messageStart where it begins in its array
   * @param messageSize its bytes
   * @param fieldsJson a JSON object in UTF-8, copied
   * @param fieldsFrom where they begin in their array
   * @param fieldsSize their bytes; 0 for a line without fields
   */
  public void add(
      int levelCode,
      int sourceCode,
      long timeNanos,
      int flagBits,
      long clientLineNumber,
      int originalSize,
      byte[] message,
      int messageStart,
      int messageSize,
      byte[] fieldsJson,
      int fieldsFrom,
      int fieldsSize) {
    if (count == level.length) {
      growLines();
    }
    level[count] = levelCode;
    source[count] = sourceCode;
    time[count] = timeNanos;
    flags[count] = (byte) flagBits;
    clientLine[count] = clientLineNumber;
    originalBytes[count] = originalSize;
    int textStart = textBytes();
    text = withRoom(text, textStart, messageSize);
    System.arraycopy(message, messageStart, text, textStart, messageSize);
    textEnd[count] = textStart + messageSize;
    int fieldsStart = fieldsBytes();
    if (fieldsSize > 0) {
      fields = withRoom(fields, fieldsStart, fieldsSize);
      System.arraycopy(fieldsJson, fieldsFrom, fields, fieldsStart, fieldsSize);
    }
    fieldsEnd[count] = fieldsStart + fieldsSize;
    count++;
  }

  /** Notes that a line came to its end that is not to be kept. */
  public void refuse() {
    refused++;
  }

  /** Appends lines of another buffer. */
  public void addAll(LineBuffer other, int from, int to) {
    for (int i = from; i < to; i++) {
      Level name = other.level(i);
      int start = other.textStart(i);
      int otherFields = other.fieldsStart(i);
      add(
          level(name.name(), name.severity()),
          source(other.source(i)),
          other.time(i),
          other.flags(i),
          other.clientLine(i),
          other.originalBytes(i),
          other.text,
          start,
          other.textEnd(i) - start,
          other.fields,
          otherFields,
          other.fieldsEnd(i) - otherFields);
    }
  }

  /** Forgets all lines and names; the arrays stay. */
  public void clear() {
    count = 0;
    refused = 0;
    levelCodes.clear();
    levels.clear();
    sourceCodes.clear();
    sources.clear();
    lastLevelName = "";
    lastSeverity = 0;
    lastSourceName = "";
  }

  /** How many lines there are. */
  public int lines() {
    return count;
  }

  /** How many lines came to their end, kept or not. */
  public int ended() {
    return count + refused;
  }

  /** Bytes of all messages and fields. */
  public int bytes() {
    return textBytes() + fieldsBytes();
  }

  /** Bytes of memory that the lines take: also one without a message is not for nothing. */
  public long usedBytes() {
    return bytes() + (long) count * LINE_BYTES;
  }

  /** Bytes of memory that the arrays take, full or not. */
  public long memoryBytes() {
    return (long) text.length + fields.length + (long) level.length * LINE_BYTES;
  }

  /** Bytes of all messages. */
  public int textBytes() {
    return count == 0 ? 0 : textEnd[count - 1];
  }

  /** Bytes of all fields. */
  public int fieldsBytes() {
    return count == 0 ? 0 : fieldsEnd[count - 1];
  }

  /** All levels of this buffer, by code. */
  public List<Level> levels() {
    return levels;
  }

  /** All sources of this buffer, by code. */
  public List<String> sources() {
    return sources;
  }

  public Level level(int line) {
    return levels.get(level[line]);
  }

  public String source(int line) {
    return sources.get(source[line]);
  }

  public int levelCode(int line) {
    return level[line];
  }

  public int sourceCode(int line) {
    return source[line];
  }

  /** Nanoseconds since 1970. */
  public long time(int line) {
    return time[line];
  }

  public int flags(int line) {
    return flags[line];
  }

  /** The sender's own number, or {@link #NO_CLIENT_LINE}. */
  public long clientLine(int line) {
    return clientLine[line];
  }

  /** Bytes of the message before it was cut. */
  public int originalBytes(int line) {
    return originalBytes[line];
  }

  /** The array that holds all messages; not to be changed. */
  public byte[] text() {
    return text;
  }

  public int textStart(int line) {
    return line == 0 ? 0 : textEnd[line - 1];
  }

  public int textEnd(int line) {
    return textEnd[line];
  }

  /** The array that holds the fields of all lines; not to be changed. */
  public byte[] fields() {
    return fields;
  }

  public int fieldsStart(int line) {
    return line == 0 ? 0 : fieldsEnd[line - 1];
  }

  public int fieldsEnd(int line) {
    return fieldsEnd[line];
  }

  /**
   * A line as its readers get it.
   *
   * @param line counted from 0
   * @param number counted in its stream
   */
  public LogLine lineAt(int line, long streamId, long number) {
    Level level = level(line);
    return new LogLine(
        streamId,
        number,
        level.name(),
        level.severity(),
        utf8(text, textStart(line), textEnd[line]),
        time[line],
        source(line),
        clientLine[line],
        fieldsStart(line) == fieldsEnd[line]
            ? null
            : utf8(fields, fieldsStart(line), fieldsEnd[line]),
        flags[line],
        originalBytes[line]);
  }

  private static String utf8(byte[] bytes, int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  private int addLevel(Level added) {
    levels.add(added);
    return levels.size() - 1;
  }

  private int addSource(String added) {
    sources.add(added);
    return sources.size() - 1;
  }

  private void growLines() {
    int size = count * 2;
    level = Arrays.copyOf(level, size);
    source = Arrays.copyOf(source, size);
    time = Arrays.copyOf(time, size);
    flags = Arrays.copyOf(flags, size);
    clientLine = Arrays.copyOf(clientLine, size);
    originalBytes = Arrays.copyOf(originalBytes, size);
    textEnd = Arrays.copyOf(textEnd, size);
    fieldsEnd = Arrays.copyOf(fieldsEnd, size);
  }

  private static byte[] withRoom(byte[] bytes, int used, int more) {
    int needed = used + more;
    return needed <= bytes.length
        ? bytes
        : Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
  }
}
