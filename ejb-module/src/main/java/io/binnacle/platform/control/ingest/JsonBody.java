package io.binnacle.platform.control.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * The body of a request that is JSON: one value in UTF-8, of bounded depth and numbers. Whatever is
 * wrong with it becomes a refusal that tells the place and never the content.
 */
public final class JsonBody {
  private static final Bounds BOUNDS = new Bounds(100, 1_000, 10_000);
  private static final JsonFactory JSON = BOUNDS.factory();

  /** So deep that a level costs the parser some memory; the size of the body bounds the others. */
  private static final Bounds ITEM_BOUNDS =
      new Bounds(100_000, Integer.MAX_VALUE, Integer.MAX_VALUE);

  private JsonBody() {}

  /** Reads a value from a parser. */
  @FunctionalInterface
  public interface Reading<T> {
    /** Reads the value to its last token. */
    T read(JsonParser json) throws IOException;
  }

  /**
   * Reads a body that is one value.
   *
   * @param reading finds the parser before the first token, of which there is none in an empty body
   * @throws ProblemException {@code malformed_body}, or what the reading throws
   */
  public static <T> T read(InputStream body, Reading<T> reading) {
    return read(body, JSON, BOUNDS, reading);
  }

  private static <T> T read(
      InputStream body, JsonFactory factory, Bounds bounds, Reading<T> reading) {
    try (JsonParser json = factory.createParser(new StrictUtf8(body))) {
      T value = reading.read(json);
      if (json.nextToken() != null) {
        throw malformed("Something follows the end of the JSON value.");
      }
      return value;
    } catch (StreamConstraintsException e) {
      throw malformed(bounds.excess());
    } catch (JsonProcessingException e) {
      throw malformed("The body is not valid JSON" + place(e) + ".");
    } catch (CharConversionException e) {
      throw malformed("The body is not valid UTF-8.");
    } catch (ZipException | EOFException e) {
      throw malformed("The body is not valid gzip.");
    } catch (IOException e) {
      throw malformed("The body ended early.");
    }
  }

  /**
   * Reads a body that is one object.
   *
   * @param reading finds the parser at the beginning of the object
   * @throws ProblemException {@code malformed_body}, or what the reading throws
   */
  public static <T> T readObject(InputStream body, Reading<T> reading) {
    return read(body, JSON, BOUNDS, object(reading));
  }

  /**
   * Reads a body that is one object of many items, each of which has limits of its own and is
   * refused alone: the parser takes what they may refuse. The size of the body is bounded by
   * whoever made it, and a number must not be computed whose size is not.
   *
   * @param reading finds the parser at the beginning of the object
   * @throws ProblemException {@code malformed_body}, or what the reading throws
   */
  public static <T> T readItems(InputStream body, Reading<T> reading) {
    // Of its own: a factory keeps the names that it read, and these have any length.
    return read(body, ITEM_BOUNDS.factory(), ITEM_BOUNDS, object(reading));
  }

  private static <T> Reading<T> object(Reading<T> reading) {
    return json -> {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw malformed("The body must be a JSON object.");
      }
      return reading.read(json);
    };
  }

  /** What the parser takes. */
  private record Bounds(int depth, int digits, int nameChars) {
    JsonFactory factory() {
      return JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(depth)
                  .maxNumberLength(digits)
                  .maxNameLength(nameChars)
                  .build())
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();
    }

    String excess() {
      return "The JSON is nested in more than %d levels, or has a number of more than %d digits or a"
              .formatted(depth, digits)
          + " name of more than %d characters.".formatted(nameChars);
    }
  }

  /** Only the place is told: the parser's own words quote the body and name Java classes. */
  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " at line %d, column %d"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private static ProblemException malformed(String detail) {
    return ProblemException.of(ProblemType.MALFORMED_BODY, detail);
  }
}
