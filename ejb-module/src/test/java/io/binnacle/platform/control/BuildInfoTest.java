package io.binnacle.platform.control;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BuildInfoTest {
  @Test
  void aBuildInACloneNamesItsCommitAndWhenThatWasMade() {
    assumeTrue(Files.exists(Path.of("../.git")), "no clone");

    BuildInfo build = BuildInfo.current();

    assertTrue(build.commit().matches("[0-9a-f]{12}(-dirty)?"), build.commit());
    assertTrue(Instant.parse(build.builtAt()).isBefore(Instant.now()), build.builtAt());
  }
}
