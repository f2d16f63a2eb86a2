package io.binnacle.platform.boundary.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MeteredBodyTest {
  private static final byte[] BODY = new byte[10_000];

  @Test
  void everyByteIsToldOnce() throws IOException {
    AtomicInteger told = new AtomicInteger();
    try (MeteredBody body = new MeteredBody(new ByteArrayInputStream(BODY), told::addAndGet)) {
      body.read();
      assertEquals(1, told.get());
      assertArrayEquals(new byte[BODY.length - 1], body.readAllBytes());
    }
    assertEquals(BODY.length, told.get());
  }

  @Test
  void theMeterMayEndTheReading() {
    MeteredBody body =
        new MeteredBody(
            new ByteArrayInputStream(BODY),
            count -> {
              throw new IllegalStateException("full");
            });

    assertThrows(IllegalStateException.class, body::readAllBytes);
  }
}
