package io.binnacle.logs.store.segment;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LineBuffer.Level;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Encodes a range of lines as one segment. Not safe for several threads. Keep it for the next
 * lines: it may hold a megabyte of the heap and as much outside of it. Close it instead when it is
 * used no more.
 */
public final class SegmentEncoder implements AutoCloseable {
  /** What a payload begins with: {@code BS} and the version of the format. */
  static final byte[] MAGIC = {'B', 'S', 1};

  /** The version of the format that this encoder writes. */
  public static final int FORMAT = 1;

  /**
   * Text of a segment in bytes. Measured: larger ones save 1 % of the disk and make every read of a
   * few lines slower; at 64 KiB the fixed costs of a row show.
   */
  public static final int MAX_RAW_BYTES = 256 << 10;

  /**
   * Lines of a segment. However short they are, each may take some 30 bytes of numbers that can't
   * be compressed: with as many a payload stays below a megabyte, which is what a row holds.
   */
  public static final int MAX_LINES = 8_192;

  /** Different levels, and different sources, in a segment: they have codes of one byte. */
  public static final int MAX_NAMES = 64;

  /**
   * Below this a column is stored as it is: a zstd frame would save a few bytes and cost more time
   * than the text. Compaction makes columns long enough.
   */
  private static final int MIN_COMPRESSED_BYTES = 1024;

  private static final int RAW = 0;
  private static final int ZSTD = 1;

  private final Zstd zstd = Zstd.create();
  private final Bytes column = new Bytes(4096);
  private final Bytes directory = new Bytes(256);
  private final Bytes data = new Bytes(64 << 10);
  private int columns;
  private byte[] levelCode = new byte[16];
  private byte[] sourceCode = new byte[16];

  /**
   * Where the segment that begins at a line must end: at the limits of size, lines and names.
   *
   * @return the first line that no longer belongs to it; at least {@code from + 1}
   */
  public static int end(LineBuffer lines, int from, int to) {
    long textLimit = (long) lines.textStart(from) + MAX_RAW_BYTES;
    long fieldsLimit = (long) lines.fieldsStart(from) + MAX_RAW_BYTES;
    boolean manyNames = lines.levels().size() > MAX_NAMES || lines.sources().size() > MAX_NAMES;
    NameSets names = new NameSets();
    int most = Math.min(to, from + MAX_LINES);
    int end = from;
    while (end < most
        && (end == from || lines.textEnd(end) <= textLimit && lines.fieldsEnd(end) <= fieldsLimit)
        && (!manyNames || names.take(lines, end))) {
      end++;
    }
    return end;
  }

  /** Encodes the lines {@code from} to {@code to - 1}. */
  public EncodedSegment encode(LineBuffer lines, int from, int to) {
    directory.clear();
    data.clear();
    columns = 0;
    Map<Level, Integer> levels = new LinkedHashMap<>();
    Map<String, Integer> sources = new LinkedHashMap<>();
    countNames(lines, from, to, levels, sources);
    names(levels, sources);
    codes(lines, from, to);
    numbers(lines, from, to);
    text(lines, from, to);
    fields(lines, from, to);
    byte[] payload = assemble(to - from);
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int i = from; i < to; i++) {
      min = Math.min(min, lines.time(i));
      max = Math.max(max, lines.time(i));
    }
    int raw =
        lines.textEnd(to - 1)
            - lines.textStart(from)
            + lines.fieldsEnd(to - 1)
            - lines.fieldsStart(from);
    int mask = levels.keySet().stream().mapToInt(l -> 1 << l.severity()).reduce(0, (a, b) -> a | b);
    return new EncodedSegment(
        to - from,
        min,
        max,
        mask,
        NameCounts.ofLevels(levels),
        NameCounts.ofSources(sources),
        raw,
        payload,
        checksum(payload));
  }

  @Override
  public void close() {
    zstd.close();
  }

  /** CRC-32C, which processors compute. */
  public static int checksum(byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(payload, 0, payload.length);
    return (int) crc.getValue();
  }

  /** Counts the names that are used, and gives each its code in this segment. */
  private void countNames(
      LineBuffer lines,
      int from,
      int to,
      Map<Level, Integer> levels,
      Map<String, Integer> sources) {
    int[] levelCounts = new int[lines.levels().size()];
    int[] sourceCounts = new int[lines.sources().size()];
    for (int i = from; i < to; i++) {
      levelCounts[lines.levelCode(i)]++;
      sourceCounts[lines.sourceCode(i)]++;
    }
    levelCode = Arrays.copyOf(levelCode, Math.max(levelCode.length, levelCounts.length));
    sourceCode = Arrays.copyOf(sourceCode, Math.max(sourceCode.length, sourceCounts.length));
    for (int i = 0; i < levelCounts.length; i++) {
      if (levelCounts[i] > 0) {
        levelCode[i] = (byte) levels.size();
        levels.put(lines.levels().get(i), levelCounts[i]);
      }
    }
    for (int i = 0; i < sourceCounts.length; i++) {
      if (sourceCounts[i] > 0) {
        sourceCode[i] = (byte) sources.size();
        sources.put(lines.sources().get(i), sourceCounts[i]);
      }
    }
  }

  private void names(Map<Level, Integer> levels, Map<String, Integer> sources) {
    column.clear();
    column.varint(levels.size());
    for (Level level : levels.keySet()) {
      NameCounts.text(column, level.name());
      column.put(level.severity());
    }
    column.varint(sources.size());
    sources.keySet().forEach(source -> NameCounts.text(column, source));
    store(Column.NAMES);
  }

  private void codes(LineBuffer lines, int from, int to) {
    column.clear();
    for (int i = from; i < to; i++) {
      column.put(levelCode[lines.levelCode(i)]);
    }
    store(Column.LEVEL);
    column.clear();
    for (int i = from; i < to; i++) {
      column.put(sourceCode[lines.sourceCode(i)]);
    }
    store(Column.SOURCE);
  }

  private void numbers(LineBuffer lines, int from, int to) {
    column.clear();
    long before = 0;
    int flags = 0;
    boolean clientLines = false;
    for (int i = from; i < to; i++) {
      column.zigzag(lines.time(i) - before);
      before = lines.time(i);
      flags |= lines.flags(i);
      clientLines |= lines.clientLine(i) != LineBuffer.NO_CLIENT_LINE;
    }
    store(Column.TIME);
    if (flags != 0) {
      flags(lines, from, to);
    }
    if ((flags & LineBuffer.TRUNCATED) != 0) {
      originalSizes(lines, from, to);
    }
    if (clientLines) {
      clientLines(lines, from, to);
    }
  }

  private void flags(LineBuffer lines, int from, int to) {
    column.clear();
    for (int i = from; i < to; i++) {
      column.put(lines.flags(i));
    }
    store(Column.FLAGS);
  }

  private void originalSizes(LineBuffer lines, int from, int to) {
    column.clear();
    for (int i = from; i < to; i++) {
      if ((lines.flags(i) & LineBuffer.TRUNCATED) != 0) {
        column.varint(lines.originalBytes(i));
      }
    }
    store(Column.ORIGINAL_SIZE);
  }

  private void clientLines(LineBuffer lines, int from, int to) {
    column.clear();
    long expected = 0;
    for (int i = from; i < to; i++) {
      long value = lines.clientLine(i) + 1;
      column.zigzag(value - expected);
      expected = value + 1;
    }
    store(Column.CLIENT_LINE);
  }

  private void text(LineBuffer lines, int from, int to) {
    column.clear();
    for (int i = from; i < to; i++) {
      column.varint(lines.textEnd(i) - lines.textStart(i));
    }
    store(Column.TEXT_LENGTH);
    column.clear();
    byte[] text = lines.text();
    for (int i = from; i < to; i++) {
      int start = lines.textStart(i);
      column.put(text, start, lines.textEnd(i) - start);
      column.put('\n');
    }
    store(Column.TEXT);
  }

  private void fields(LineBuffer lines, int from, int to) {
    int start = lines.fieldsStart(from);
    int end = lines.fieldsEnd(to - 1);
    if (start == end) {
      return;
    }
    column.clear();
    for (int i = from; i < to; i++) {
      column.varint(lines.fieldsEnd(i) - lines.fieldsStart(i));
    }
    store(Column.FIELDS_LENGTH);
    column.clear();
    column.put(lines.fields(), start, end - start);
    store(Column.FIELDS);
  }

  /** Appends what stands in {@link #column}, compressed if that makes it smaller. */
  private void store(Column id) {
    int raw = column.size();
    int stored = raw;
    int codec = RAW;
    if (raw >= MIN_COMPRESSED_BYTES) {
      int room = Zstd.bound(raw);
      byte[] target = data.reserve(room);
      int compressed = zstd.compress(column.array(), 0, raw, target, data.size(), room);
      if (compressed < raw) {
        stored = compressed;
        codec = ZSTD;
        data.advance(compressed);
      }
    }
    if (codec == RAW) {
      data.put(column.array(), 0, raw);
    }
    directory.put(id.id());
    directory.put(codec);
    directory.varint(raw);
    directory.varint(stored);
    columns++;
  }

  private byte[] assemble(int lines) {
    Bytes head = new Bytes(16);
    head.put(MAGIC, 0, MAGIC.length);
    head.varint(lines);
    head.put(columns);
    byte[] payload = new byte[head.size() + directory.size() + data.size()];
    System.arraycopy(head.array(), 0, payload, 0, head.size());
    System.arraycopy(directory.array(), 0, payload, head.size(), directory.size());
    System.arraycopy(data.array(), 0, payload, head.size() + directory.size(), data.size());
    return payload;
  }

  /** The names of the segment so far, for buffers that have more of them than a segment may. */
  private static final class NameSets {
    private final Set<Integer> levels = new HashSet<>();
    private final Set<Integer> sources = new HashSet<>();

    boolean take(LineBuffer lines, int line) {
      levels.add(lines.levelCode(line));
      sources.add(lines.sourceCode(line));
      return levels.size() <= MAX_NAMES && sources.size() <= MAX_NAMES;
    }
  }
}
