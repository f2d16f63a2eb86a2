package io.binnacle.platform.entity;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps instants as BIGINT nanoseconds: no driver or time zone can then take away their fractions.
 */
@Converter
public class InstantNanos implements AttributeConverter<@Nullable Instant, @Nullable Long> {
  @Override
  public @Nullable Long convertToDatabaseColumn(@Nullable Instant instant) {
    return instant == null ? null : Times.nanos(instant);
  }

  @Override
  public @Nullable Instant convertToEntityAttribute(@Nullable Long nanos) {
    return Times.instantOrNull(nanos);
  }
}
