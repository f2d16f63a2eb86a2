package io.binnacle.platform.boundary.http;

import io.binnacle.platform.entity.Page;
import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;

/**
 * Writes the one form of all lists; every one names its next cursor, also where there is none. Of a
 * type with parameters JSON-B would find it for exactly those only.
 */
@SuppressWarnings("rawtypes")
public final class PageSerializer implements JsonbSerializer<Page> {
  @Override
  public void serialize(Page page, JsonGenerator generator, SerializationContext context) {
    generator.writeStartObject();
    context.serialize("items", page.items(), generator);
    if (page.nextCursor() == null) {
      generator.writeNull("next_cursor");
    } else {
      generator.write("next_cursor", page.nextCursor());
    }
    generator.write("total", page.total());
    generator.write("total_exact", page.totalExact());
    generator.writeEnd();
  }
}
