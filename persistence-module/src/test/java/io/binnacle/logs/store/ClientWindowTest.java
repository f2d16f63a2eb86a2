package io.binnacle.logs.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.logs.store.ClientWindow.Stored;
import org.junit.jupiter.api.Test;

class ClientWindowTest {
  private final ClientWindow window = new ClientWindow();

  @Test
  void aNumberIsRecognisedAsLongAsItIsAmongTheNewest() {
    for (int i = 1; i <= ClientWindow.SIZE + 10; i++) {
      window.add(i, stored(i));
    }

    assertNull(window.find(10));
    assertTrue(window.isBelow(10));
    assertEquals(stored(11), window.find(11));
    assertFalse(window.isBelow(11));
    assertNull(window.find(ClientWindow.SIZE + 11));
    assertFalse(window.isBelow(ClientWindow.SIZE + 11));
  }

  @Test
  void numbersMayComeOutOfOrder() {
    window.add(3, stored(3));
    window.add(1, stored(1));

    assertEquals(stored(1), window.find(1));
    assertNull(window.find(2));
    assertFalse(window.isBelow(2));
  }

  @Test
  void numbersThatFallOutUnseenAreCounted() {
    for (int i = 0; i < ClientWindow.SIZE; i++) {
      assertEquals(0, window.add(5 + i, stored(i)));
    }

    assertEquals(4, window.add(5 + ClientWindow.SIZE, stored(0)));
    assertEquals(0, window.add(6 + ClientWindow.SIZE, stored(0)));
  }

  @Test
  void aWindowComesBackAsItWasWritten() {
    for (int i = 1; i <= ClientWindow.SIZE * 2; i += 2) {
      window.add(i, new Stored(Long.MIN_VALUE + i, Long.MAX_VALUE - i, i));
    }
    window.add(Long.MAX_VALUE, stored(1));

    ClientWindow read = ClientWindow.decode(window.encode());

    assertArrayEquals(window.encode(), read.encode());
    assertEquals(new Stored(Long.MIN_VALUE + 3, Long.MAX_VALUE - 3, 3), read.find(3));
    assertTrue(read.isBelow(1));
    assertTrue(window.encode().length <= 7_200);
  }

  @Test
  void aWindowOfAnUnknownVersionIsRefused() {
    byte[] encoded = window.encode();
    encoded[0]++;

    assertThrows(IllegalStateException.class, () -> ClientWindow.decode(encoded));
  }

  private static Stored stored(long n) {
    return new Stored(n * 7, n, 1);
  }
}
