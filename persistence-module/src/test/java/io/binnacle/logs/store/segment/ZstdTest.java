package io.binnacle.logs.store.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One codec is native and one is Java; what a machine wrote with either, any other can read. */
class ZstdTest {
  private static final Zstd BEST = Zstd.current();
  private static final Zstd PORTABLE = Zstd.portable();

  static Stream<Arguments> writersAndReaders() {
    return Stream.of(BEST, PORTABLE)
        .flatMap(writer -> Stream.of(BEST, PORTABLE).map(reader -> Arguments.of(writer, reader)));
  }

  @ParameterizedTest
  @MethodSource("writersAndReaders")
  void whatOneCodecWroteAnotherReads(Zstd writer, Zstd reader) {
    for (byte[] raw : new byte[][] {text(), noise(), new byte[1], new byte[1 << 20]}) {
      byte[] compressed = compress(writer, raw);

      assertArrayEquals(raw, decompress(reader, compressed, raw.length));
    }
  }

  @ParameterizedTest
  @MethodSource("writersAndReaders")
  void textBecomesSmallAndNoiseFitsIntoTheBound(Zstd writer, Zstd reader) {
    assertTrue(compress(writer, text()).length < text().length / 5);
    assertTrue(compress(writer, noise()).length <= Zstd.bound(noise().length));
  }

  @ParameterizedTest
  @MethodSource("writersAndReaders")
  void whatWasCutIsNotRead(Zstd writer, Zstd reader) {
    byte[] compressed = compress(writer, text());
    byte[] cut = Arrays.copyOf(compressed, compressed.length / 2);

    assertThrows(RuntimeException.class, () -> decompress(reader, cut, text().length));
  }

  @Test
  @Timeout(60)
  void memoryOutsideOfTheHeapIsGivenBackWhenItsThreadIsGone() {
    Zstd.Contexts contexts = new Zstd.Contexts();
    compress(Zstd.using(contexts), text());

    while (!contexts.isClosed()) {
      System.gc();
    }
  }

  @Test
  void memoryOutsideOfTheHeapIsGivenBackAtTheEnd() {
    Zstd.Contexts contexts = new Zstd.Contexts();
    Zstd zstd = Zstd.using(contexts);
    compress(zstd, text());
    assertFalse(contexts.isClosed());

    zstd.close();

    assertTrue(contexts.isClosed());
  }

  /** Not at the start of the arrays, as in a segment. */
  private static byte[] compress(Zstd writer, byte[] raw) {
    byte[] from = new byte[raw.length + 7];
    System.arraycopy(raw, 0, from, 7, raw.length);
    byte[] to = new byte[3 + Zstd.bound(raw.length)];
    int size = writer.compress(from, 7, raw.length, to, 3, Zstd.bound(raw.length));
    return Arrays.copyOfRange(to, 3, 3 + size);
  }

  private static byte[] decompress(Zstd reader, byte[] compressed, int rawSize) {
    byte[] from = new byte[compressed.length + 5];
    System.arraycopy(compressed, 0, from, 5, compressed.length);
    byte[] to = new byte[2 + rawSize];
    reader.decompress(from, 5, compressed.length, to, 2, rawSize);
    return Arrays.copyOfRange(to, 2, 2 + rawSize);
  }

  private static byte[] text() {
    return "step 17 loss 0.25 and so on\n".repeat(500).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] noise() {
    byte[] noise = new byte[50_000];
    new Random(7).nextBytes(noise);
    return noise;
  }
}
