package io.binnacle.platform.boundary.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextSerializerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\":[1,-0.50,1E+400,12345678901234567890123],\"b\":{\"c\":null,\"d\":[true,false,[]]}}",
        "{\"\\n\\\"夜\":\"\\u0001\\\\ 🌙\"}"
      })
  void whatIsKeptAsTextComesOutAsItIs(String json) {
    StringWriter out = new StringWriter();
    try (JsonGenerator generator = Json.createGenerator(out)) {
      generator.writeStartObject().writeKey("config");
      new JsonTextSerializer().serialize(new JsonText(json), generator, null);
      generator.writeEnd();
    }
    assertEquals("{\"config\":" + json + "}", out.toString());
  }
}
