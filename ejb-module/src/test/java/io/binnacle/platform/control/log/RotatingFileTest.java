package io.binnacle.platform.control.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingFileTest {
  @TempDir Path folder;

  @Test
  void fullFilesArePutAsideAndTheOldestIsRemoved() throws IOException {
    try (RotatingFile file = new RotatingFile(log(0), 10, 2)) {
      for (String line : new String[] {"one 567\n", "two 567\n", "tri 567\n", "for 567\n"}) {
        file.write(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    assertEquals("for 567\n", Files.readString(log(0)));
    assertEquals("tri 567\n", Files.readString(log(1)));
    assertEquals("two 567\n", Files.readString(log(2)));
    assertFalse(Files.exists(log(3)));
  }

  @Test
  void aNewStartContinuesTheFile() throws IOException {
    for (String line : new String[] {"first\n", "second\n"}) {
      try (RotatingFile file = new RotatingFile(log(0), 100, 1)) {
        file.write(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    assertEquals("first\nsecond\n", Files.readString(log(0)));
    assertFalse(Files.exists(log(1)));
  }

  @Test
  void withoutBackupsOnlyTheCurrentFileIsKept() throws IOException {
    try (RotatingFile file = new RotatingFile(log(0), 5, 0)) {
      file.write("old\n".getBytes(StandardCharsets.UTF_8));
      file.write("new\n".getBytes(StandardCharsets.UTF_8));
    }
    assertEquals("new\n", Files.readString(log(0)));
    assertFalse(Files.exists(log(1)));
  }

  private Path log(int number) {
    return folder.resolve(number == 0 ? "binnacle.log" : "binnacle.log." + number);
  }
}
