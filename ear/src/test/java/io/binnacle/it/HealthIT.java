package io.binnacle.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.binnacle.it.http.Api;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningServer.class)
class HealthIT {
  @Test
  void anybodyMaySeeThatTheServerIsUpAndWhichBuildItIs(Api api) {
    JsonNode health = api.anonymous().get("/api/health").expect(200).json();
    assertEquals("UP", health.path("status").asText());
    assertFalse(health.path("version").asText().contains("$"), "the build fills the version in");
    assertFalse(health.path("commit").asText().isEmpty());
    assertFalse(health.path("built_at").asText().isEmpty());
  }

  @Test
  void probesOfTheServerItselfAnswerWithoutCredentials(Api api) {
    for (String probe : new String[] {"/health", "/health/started", "/health/ready"}) {
      assertEquals(
          "UP", api.anonymous().get(probe).expect(200).json().path("status").asText(), probe);
    }
  }
}
