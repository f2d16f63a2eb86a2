package io.binnacle.platform.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What stays behind in a statement that the server keeps for its next user. */
class RowWriterTest {
  private final RowWriter writer = new RowWriter("insert into payload (id, content)", 2);
  private final Map<Integer, byte[]> bound = new TreeMap<>();
  private final List<List<String>> written = new ArrayList<>();
  private boolean failing;

  @Test
  void theBytesOfTheRowsAreLetGoAfterTheyAreWritten() {
    write("first", "second");

    assertEquals(List.of(List.of("first", "second")), written);
    assertNothingIsBound();
  }

  @Test
  void theBytesAreLetGoAfterAFailure() {
    failing = true;

    assertThrows(StoreException.class, () -> write("first", "second"));
    assertNothingIsBound();
  }

  private void write(String... contents) {
    writer.write(
        proxy(DataSource.class, (self, method, arguments) -> connection()),
        List.of(contents),
        (content, row) -> row.add(7).add(content.getBytes(StandardCharsets.UTF_8)));
  }

  private void assertNothingIsBound() {
    assertEquals(List.of(2, 4), List.copyOf(bound.keySet()));
    bound.values().forEach(bytes -> assertArrayEquals(new byte[0], bytes));
  }

  private Connection connection() {
    return proxy(
        Connection.class,
        (self, method, arguments) ->
            method.getName().equals("prepareStatement") ? statement() : null);
  }

  private PreparedStatement statement() {
    return proxy(
        PreparedStatement.class,
        (self, method, arguments) ->
            switch (method.getName()) {
              case "setBytes" -> bound.put((Integer) arguments[0], (byte[]) arguments[1]);
              case "executeUpdate" -> execute();
              default -> null;
            });
  }

  private int execute() throws SQLException {
    if (failing) {
      throw new SQLException("a key is there twice");
    }
    written.add(
        bound.values().stream().map(bytes -> new String(bytes, StandardCharsets.UTF_8)).toList());
    return bound.size();
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
