package io.binnacle.logs.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.binnacle.logs.store.ClientWindow.Stored;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientWindowTest {
  private static final int KEPT = 256;

  private final ClientWindow window = new ClientWindow();

  @Test
  void theNewest256NumbersOfASenderAreRecognisedWhereverItStands() {
    Map<Integer, ClientWindow> parts = new HashMap<>();
    for (long last = 1; last <= 4 * KEPT; last++) {
      parts
          .computeIfAbsent(ClientWindow.part(last), part -> new ClientWindow())
          .add(last, stored(last));
      for (long kept = Math.max(1, last - KEPT + 1); kept <= last; kept++) {
        assertEquals(stored(kept), parts.get(ClientWindow.part(kept)).find(kept));
      }
    }
    assertNull(parts.get(ClientWindow.part(1)).find(1));
    assertTrue(parts.get(ClientWindow.part(1)).isBelow(1));
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
  void aNumberThatWasNeverKeptIsNew() {
    assertNull(window.find(1));
    assertFalse(window.isBelow(1));
    assertNull(window.find(Long.MAX_VALUE));
    assertFalse(window.isBelow(Long.MAX_VALUE));
  }

  @Test
  void numbersThatFallOutUnseenAreCounted() {
    long turn = (long) ClientWindow.PARTS * ClientWindow.NUMBERS;
    assertEquals(0, window.add(5, stored(5)));
    assertEquals(0, window.add(6, stored(6)));

    assertEquals(ClientWindow.NUMBERS - 2, window.add(turn + 1, stored(1)));
    assertEquals(0, window.add(turn + 2, stored(2)));
    assertEquals(
        2L * ClientWindow.NUMBERS - 2, window.add(3 * turn + 1, stored(1)), "a turn was left out");
  }

  @Test
  void aWholePartThatFallsOutCountsNothing() {
    for (int number = 1; number <= ClientWindow.NUMBERS; number++) {
      window.add(number, stored(number));
    }

    long next = (long) ClientWindow.PARTS * ClientWindow.NUMBERS + 1;
    assertEquals(0, window.add(next, stored(next)));
    assertTrue(window.isBelow(1));
    assertNull(window.find(1));
  }

  @Test
  void aPartComesBackAsItWasWritten() {
    for (int number = 1; number <= ClientWindow.NUMBERS; number += 2) {
      window.add(number, new Stored(Long.MIN_VALUE + number, Long.MAX_VALUE - number, number));
    }

    ClientWindow read = ClientWindow.decode(window.encode());

    assertArrayEquals(window.encode(), read.encode());
    assertEquals(new Stored(Long.MIN_VALUE + 3, Long.MAX_VALUE - 3, 3), read.find(3));
    assertNull(read.find(2));
    assertFalse(read.isBelow(1));
  }

  @Test
  void theLargestNumberIsKeptLikeAnyOther() {
    window.add(Long.MAX_VALUE, stored(1));

    ClientWindow read = ClientWindow.decode(window.encode());

    assertEquals(stored(1), read.find(Long.MAX_VALUE));
    assertTrue(read.isBelow(1));
  }

  @Test
  void theLongestPartFitsItsColumn() {
    for (int number = 1; number <= ClientWindow.NUMBERS; number++) {
      window.add(
          Long.MAX_VALUE - ClientWindow.NUMBERS + number,
          new Stored(-1, number % 2 == 0 ? Long.MIN_VALUE : Long.MAX_VALUE, Integer.MAX_VALUE));
    }

    assertTrue(window.encode().length <= 768, () -> window.encode().length + " bytes");
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
