package io.binnacle.platform.control.ingest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictUtf8Test {
  @Test
  void everyCharacterOfUnicodePassesAsItIs() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        all.appendCodePoint(c);
      }
    }
    byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);

    assertArrayEquals(bytes, read(bytes, 7));
    assertArrayEquals(bytes, read(bytes, bytes.length));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c080",
        "c1bf",
        "e08080",
        "e09fbf",
        "f0808080",
        "f08fbfbf",
        "f4908080",
        "f5",
        "ff"
      })
  void whatTheParserWouldTakeIsRefusedWhereverItStands(String hex) {
    byte[] bad = HexFormat.of().parseHex(hex);
    for (int before = 0; before < 20; before++) {
      byte[] bytes = new byte[before + bad.length + 9];
      System.arraycopy(bad, 0, bytes, before, bad.length);
      for (int step = 1; step <= bytes.length; step++) {
        int size = step;
        assertThrows(CharConversionException.class, () -> read(bytes, size), hex);
      }
    }
  }

  @Test
  void singleBytesAreLookedAtToo() {
    InputStream in =
        new StrictUtf8(new ByteArrayInputStream(new byte[] {'a', (byte) 0xe0, (byte) 0x80}));
    assertThrows(
        CharConversionException.class,
        () -> {
          assertEquals('a', in.read());
          assertEquals(0xe0, in.read());
          in.read();
        });
  }

  private static byte[] read(byte[] bytes, int step) throws IOException {
    byte[] read = new byte[bytes.length];
    try (InputStream in = new StrictUtf8(new ByteArrayInputStream(bytes))) {
      int at = 0;
      int count = in.read(read, 0, Math.min(step, read.length));
      while (count > 0) {
        at += count;
        count = in.read(read, at, Math.min(step, read.length - at));
      }
      assertEquals(bytes.length, at);
    }
    return read;
  }
}
