package io.binnacle.platform.boundary.rest;

import io.binnacle.platform.boundary.http.SnakeCase;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.ProblemType;
import io.binnacle.platform.entity.Times;
import io.binnacle.platform.entity.Uuids;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes a record out of a JSON object. A value of the wrong type is refused by the name of its
 * field, never bent, and so is a field that the record does not know: what was ignored would seem
 * to be done. A field that is absent is null (or 0 or false).
 */
final class RecordBinding {
  private RecordBinding() {}

  /**
   * @throws ProblemException MALFORMED_BODY when it is no object, INVALID_FIELD naming the field
   */
  static <T> T bind(Class<T> type, @Nullable Object tree) {
    if (!(tree instanceof Map<?, ?>)) {
      throw ProblemException.of(ProblemType.MALFORMED_BODY, "Send a JSON object.");
    }
    return type.cast(object(type, tree, ""));
  }

  private static Object object(Class<?> type, Object tree, String path) {
    if (!(tree instanceof Map<?, ?> fields)) {
      throw wrong(path, "an object");
    }
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    Set<String> known = new HashSet<>();
    for (int i = 0; i < components.length; i++) {
      String name = SnakeCase.of(components[i].getName());
      String field = path.isEmpty() ? name : path + "." + name;
      types[i] = components[i].getType();
      values[i] = value(components[i].getGenericType(), types[i], fields.get(name), field);
      known.add(name);
    }
    refuseOthers(fields, known, path);
    return construct(type, types, values);
  }

  private static void refuseOthers(Map<?, ?> fields, Set<String> known, String path) {
    for (Object field : fields.keySet()) {
      if (!known.contains(field)) {
        throw ProblemException.notTaken(
            path.isEmpty() ? (String) field : path + "." + field, known);
      }
    }
  }

  private static Object construct(Class<?> type, Class<?>[] types, Object[] values) {
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("A record always has its constructor", e);
    }
  }

  private static @Nullable Object value(
      Type generic, Class<?> type, @Nullable Object tree, String field) {
    if (tree == null) {
      return absent(type);
    }
    if (type == String.class) {
      return expect(String.class, tree, field, "a text");
    }
    if (type == boolean.class || type == Boolean.class) {
      return expect(Boolean.class, tree, field, "true or false");
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return number(type, expect(BigDecimal.class, tree, field, "a number"), field);
    }
    if (type.isEnum()) {
      return constant(type, expect(String.class, tree, field, "a text"), field);
    }
    if (type == Instant.class) {
      return Times.instant(Times.parse(field, expect(String.class, tree, field, "a time")));
    }
    if (type == UUID.class) {
      return Uuids.parse(field, expect(String.class, tree, field, "a UUID"));
    }
    return structure(generic, type, tree, field);
  }

  private static Object structure(Type generic, Class<?> type, Object tree, String field) {
    if (type.isRecord()) {
      return object(type, tree, field);
    }
    if (type == JsonObject.class) {
      return Json.createObjectBuilder(map(tree, field)).build();
    }
    if (type == JsonArray.class) {
      return Json.createArrayBuilder(expect(List.class, tree, field, "an array")).build();
    }
    if (Collection.class.isAssignableFrom(type)) {
      return items(argument(generic, 0), tree, field);
    }
    if (Map.class.isAssignableFrom(type)) {
      return entries(argument(generic, 1), tree, field);
    }
    if (type == Object.class) {
      return tree;
    }
    throw new IllegalStateException("No JSON is bound to " + type);
  }

  private static List<@Nullable Object> items(Type itemType, Object tree, String field) {
    List<@Nullable Object> items = new ArrayList<>();
    for (Object item : expect(List.class, tree, field, "an array")) {
      items.add(value(itemType, rawType(itemType), item, field + "[" + items.size() + "]"));
    }
    return items;
  }

  private static Map<String, @Nullable Object> entries(Type valueType, Object tree, String field) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    map(tree, field)
        .forEach(
            (name, item) ->
                entries.put(name, value(valueType, rawType(valueType), item, field + "." + name)));
    return entries;
  }

  @SuppressWarnings("unchecked") // JsonTree makes no other maps.
  private static Map<String, Object> map(Object tree, String field) {
    return expect(Map.class, tree, field, "an object");
  }

  private static Type argument(Type generic, int index) {
    return generic instanceof ParameterizedType parameterized
        ? parameterized.getActualTypeArguments()[index]
        : Object.class;
  }

  private static Class<?> rawType(Type type) {
    if (type instanceof Class<?> plain) {
      return plain;
    }
    return type instanceof ParameterizedType parameterized
        ? (Class<?>) parameterized.getRawType()
        : Object.class;
  }

  private static Object number(Class<?> type, BigDecimal number, String field) {
    try {
      if (type == int.class || type == Integer.class) {
        return number.intValueExact();
      }
      if (type == long.class || type == Long.class) {
        return number.longValueExact();
      }
      return type == BigDecimal.class ? number : finite(number);
    } catch (ArithmeticException e) {
      throw wrong(
          field,
          type == Double.class || type == double.class
              ? "a number that is not too large"
              : "a whole number that is not too large");
    }
  }

  private static Double finite(BigDecimal number) {
    double value = number.doubleValue();
    if (Double.isInfinite(value)) {
      throw new ArithmeticException("Beyond the range of double");
    }
    return value;
  }

  private static Object constant(Class<?> type, String name, String field) {
    Object[] constants = type.getEnumConstants();
    for (Object constant : constants) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw wrong(
        field,
        "one of "
            + Arrays.stream(constants).map(Object::toString).collect(Collectors.joining(", ")));
  }

  private static <T> T expect(Class<T> type, Object tree, String field, String expected) {
    if (!type.isInstance(tree)) {
      throw wrong(field, expected);
    }
    return type.cast(tree);
  }

  private static ProblemException wrong(String field, String expected) {
    return ProblemException.field(field, "Expected " + expected + ".");
  }

  private static @Nullable Object absent(Class<?> type) {
    if (!type.isPrimitive()) {
      return null;
    }
    if (type == boolean.class) {
      return Boolean.FALSE;
    }
    return number(type, BigDecimal.ZERO, "");
  }
}
