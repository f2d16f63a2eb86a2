package io.binnacle.logs.store.segment;

import io.binnacle.logs.entity.LineBuffer;
import io.binnacle.logs.entity.LineBuffer.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A segment being read. A column is decoded when it is first asked for: a search for a rare text
 * decompresses the text and nothing else.
 */
public final class Segment {
  private static final byte[] EMPTY = {};

  private final byte[] payload;
  private final int lines;
  private final int[] codec = new int[Column.ID_LIMIT];
  private final int[] rawSize = new int[Column.ID_LIMIT];
  private final int[] storedSize = new int[Column.ID_LIMIT];
  private final int[] start = new int[Column.ID_LIMIT];

  private @Nullable List<Level> levels;
  private @Nullable List<String> sources;
  private byte @Nullable [] levelCodes;
  private byte @Nullable [] sourceCodes;
  private long @Nullable [] times;
  private byte @Nullable [] flags;
  private long @Nullable [] clientLines;
  private int @Nullable [] originalSizes;
  private int @Nullable [] textEnds;
  private byte @Nullable [] text;
  private int @Nullable [] fieldsEnds;
  private byte @Nullable [] fields;

  private Segment(byte[] payload) {
    this.payload = payload;
    ByteCursor cursor = new ByteCursor(payload, 0);
    for (byte magic : SegmentEncoder.MAGIC) {
      if (cursor.next() != magic) {
        throw new CorruptSegmentException("Not a segment of a known format");
      }
    }
    lines = cursor.size();
    int columns = cursor.next();
    int[] ids = new int[columns];
    int[] sizes = new int[columns];
    for (int i = 0; i < columns; i++) {
      ids[i] = cursor.next();
      int columnCodec = cursor.next();
      int raw = cursor.size();
      sizes[i] = cursor.size();
      if (ids[i] < Column.ID_LIMIT) {
        codec[ids[i]] = columnCodec;
        rawSize[ids[i]] = raw;
        storedSize[ids[i]] = sizes[i];
      }
    }
    int at = cursor.position();
    for (int i = 0; i < columns; i++) {
      if (ids[i] < Column.ID_LIMIT) {
        start[ids[i]] = at;
      }
      at += sizes[i];
    }
    if (at != payload.length) {
      throw new CorruptSegmentException("The columns do not fill the payload");
    }
  }

  /**
   * Opens a payload.
   *
   * @param checksum as it was when the segment was written
   * @throws CorruptSegmentException when the payload is not what was written
   */
  public static Segment open(byte[] payload, int checksum) {
    if (SegmentEncoder.checksum(payload) != checksum) {
      throw new CorruptSegmentException("The checksum does not match");
    }
    try {
      return new Segment(payload);
    } catch (IndexOutOfBoundsException | IllegalStateException e) {
      throw new CorruptSegmentException("The payload can't be read", e);
    }
  }

  public int lines() {
    return lines;
  }

  public Level level(int line) {
    return names().get(levelCodes()[line]);
  }

  public String source(int line) {
    names();
    List<String> known = sources;
    return known == null ? "" : known.get(sourceCodes()[line]);
  }

  /** The levels of this segment, by code. */
  public List<Level> levels() {
    return names();
  }

  /** The sources of this segment, by code. */
  public List<String> sources() {
    names();
    List<String> known = sources;
    return known == null ? List.of() : known;
  }

  /** The code of each line's level; not to be changed. */
  public byte[] levelCodes() {
    byte[] codes = levelCodes;
    if (codes == null) {
      codes = column(Column.LEVEL);
      levelCodes = codes;
    }
    return codes;
  }

  /** The code of each line's source; not to be changed. */
  public byte[] sourceCodes() {
    byte[] codes = sourceCodes;
    if (codes == null) {
      codes = column(Column.SOURCE);
      sourceCodes = codes;
    }
    return codes;
  }

  /** The time of each line in nanoseconds since 1970; not to be changed. */
  public long[] times() {
    long[] decoded = times;
    if (decoded == null) {
      ByteCursor cursor = new ByteCursor(column(Column.TIME), 0);
      decoded = new long[lines];
      long before = 0;
      for (int i = 0; i < lines; i++) {
        before += cursor.zigzag();
        decoded[i] = before;
      }
      times = decoded;
    }
    return decoded;
  }

  public int flags(int line) {
    byte[] decoded = flags;
    if (decoded == null) {
      decoded = rawSize[Column.FLAGS.id()] == 0 ? EMPTY : column(Column.FLAGS);
      flags = decoded;
    }
    return decoded.length == 0 ? 0 : decoded[line];
  }

  /** The sender's own number, or {@link LineBuffer#NO_CLIENT_LINE}. */
  public long clientLine(int line) {
    long[] decoded = clientLines;
    if (decoded == null) {
      decoded = decodeClientLines();
      clientLines = decoded;
    }
    return decoded.length == 0 ? LineBuffer.NO_CLIENT_LINE : decoded[line];
  }

  /** Bytes of the message before it was cut. */
  public int originalBytes(int line) {
    if ((flags(line) & LineBuffer.TRUNCATED) == 0) {
      return textEnd(line) - textStart(line);
    }
    int[] decoded = originalSizes;
    if (decoded == null) {
      decoded = decodeOriginalSizes();
      originalSizes = decoded;
    }
    return decoded[line];
  }

  /** All messages, each followed by a line feed; not to be changed. */
  public byte[] text() {
    byte[] decoded = text;
    if (decoded == null) {
      decoded = column(Column.TEXT);
      text = decoded;
    }
    return decoded;
  }

  public int textStart(int line) {
    return line == 0 ? 0 : textEnds()[line - 1] + 1;
  }

  /** Where the message ends, before its line feed. */
  public int textEnd(int line) {
    return textEnds()[line];
  }

  /** The line whose message or line feed stands at a place of the text. */
  public int lineAt(int textPosition) {
    int found = Arrays.binarySearch(textEnds(), textPosition);
    return found >= 0 ? found : -found - 1;
  }

  /** The message of a line. */
  public String message(int line) {
    int from = textStart(line);
    return new String(text(), from, textEnd(line) - from, StandardCharsets.UTF_8);
  }

  /** Whether any line has fields. */
  public boolean hasFields() {
    return rawSize[Column.FIELDS.id()] > 0;
  }

  /** The fields of all lines, one after the other; not to be changed. */
  public byte[] fields() {
    byte[] decoded = fields;
    if (decoded == null) {
      decoded = hasFields() ? column(Column.FIELDS) : EMPTY;
      fields = decoded;
    }
    return decoded;
  }

  public int fieldsStart(int line) {
    return line == 0 || !hasFields() ? 0 : fieldsEnds()[line - 1];
  }

  public int fieldsEnd(int line) {
    return hasFields() ? fieldsEnds()[line] : 0;
  }

  /** Appends lines to a buffer, to be encoded again with others. */
  public void copyTo(LineBuffer target, int from, int to) {
    for (int i = from; i < to; i++) {
      Level level = level(i);
      int textStart = textStart(i);
      int textSize = textEnd(i) - textStart;
      int fieldsStart = fieldsStart(i);
      target.add(
          target.level(level.name(), level.severity()),
          target.source(source(i)),
          times()[i],
          flags(i),
          clientLine(i),
          originalBytes(i),
          text(),
          textStart,
          textSize,
          fields(),
          fieldsStart,
          fieldsEnd(i) - fieldsStart);
    }
  }

  private List<Level> names() {
    List<Level> known = levels;
    if (known == null) {
      ByteCursor cursor = new ByteCursor(column(Column.NAMES), 0);
      known = new ArrayList<>();
      for (int left = cursor.size(); left > 0; left--) {
        String name = cursor.text();
        known.add(new Level(name, cursor.next()));
      }
      List<String> knownSources = new ArrayList<>();
      for (int left = cursor.size(); left > 0; left--) {
        knownSources.add(cursor.text());
      }
      sources = knownSources;
      levels = known;
    }
    return known;
  }

  private long[] decodeClientLines() {
    if (rawSize[Column.CLIENT_LINE.id()] == 0) {
      return new long[0];
    }
    ByteCursor cursor = new ByteCursor(column(Column.CLIENT_LINE), 0);
    long[] decoded = new long[lines];
    long expected = 0;
    for (int i = 0; i < lines; i++) {
      long value = expected + cursor.zigzag();
      decoded[i] = value - 1;
      expected = value + 1;
    }
    return decoded;
  }

  private int[] decodeOriginalSizes() {
    ByteCursor cursor = new ByteCursor(column(Column.ORIGINAL_SIZE), 0);
    int[] decoded = new int[lines];
    for (int i = 0; i < lines; i++) {
      if ((flags(i) & LineBuffer.TRUNCATED) != 0) {
        decoded[i] = cursor.size();
      }
    }
    return decoded;
  }

  private int[] textEnds() {
    int[] ends = textEnds;
    if (ends == null) {
      ByteCursor cursor = new ByteCursor(column(Column.TEXT_LENGTH), 0);
      ends = new int[lines];
      int at = 0;
      for (int i = 0; i < lines; i++) {
        at += cursor.size();
        ends[i] = at++;
      }
      textEnds = ends;
    }
    return ends;
  }

  private int[] fieldsEnds() {
    int[] ends = fieldsEnds;
    if (ends == null) {
      ByteCursor cursor = new ByteCursor(column(Column.FIELDS_LENGTH), 0);
      ends = new int[lines];
      int at = 0;
      for (int i = 0; i < lines; i++) {
        at += cursor.size();
        ends[i] = at;
      }
      fieldsEnds = ends;
    }
    return ends;
  }

  private byte[] column(Column id) {
    int raw = rawSize[id.id()];
    byte[] decoded = new byte[raw];
    try {
      if (codec[id.id()] == 0) {
        System.arraycopy(payload, start[id.id()], decoded, 0, raw);
      } else {
        Zstd.current().decompress(payload, start[id.id()], storedSize[id.id()], decoded, 0, raw);
      }
    } catch (RuntimeException e) {
      throw new CorruptSegmentException("The column " + id + " can't be read", e);
    }
    return decoded;
  }
}
