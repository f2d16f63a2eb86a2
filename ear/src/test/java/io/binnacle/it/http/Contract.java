package io.binnacle.it.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The OpenAPI document of a server, to which every answer of its API is held: the status, the media
 * type and the body, which may have no property that the document does not name.
 */
public final class Contract {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private static final int MAX_TOLD = 5;

  private final ObjectNode document;
  private final JsonSchemaFactory schemas = JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private final Map<String, JsonSchema> known = new ConcurrentHashMap<>();
  private final Set<String> answered = ConcurrentHashMap.newKeySet();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  /**
   * @param document OpenAPI 3.1
   */
  public Contract(JsonNode document) {
    this.document = document.deepCopy();
  }

  /** Every operation, as {@code GET /path/{template}}. */
  public Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          if (METHODS.contains(method)) {
                            operations.add(operation(method, path.getKey()));
                          }
                        }));
    return operations;
  }

  /** The operations that a 2xx answer was held to. */
  public Set<String> answered() {
    return new TreeSet<>(answered);
  }

  /** The operations that a problem was held to. */
  public Set<String> refused() {
    return new TreeSet<>(refused);
  }

  /**
   * Holds the query of a request that was taken to the parameters that the document names.
   *
   * @throws AssertionError when it names none such: the server may have ignored it
   */
  public void checkQuery(String method, String path) {
    int begin = path.indexOf('?') + 1;
    if (begin == 0) {
      return;
    }
    String template = template(method, path);
    Set<String> named = queryNames(template, method);
    for (String pair : path.substring(begin).split("&")) {
      // Of field.<name> the document knows the first part.
      String name = pair.replaceAll("=.*", "").replaceAll("^field\\..*", "field");
      if (!named.contains(name)) {
        throw new AssertionError(
            operation(method, template) + " takes no parameter " + name + " in the document");
      }
    }
  }

  private Set<String> queryNames(String template, String method) {
    Set<String> names = new TreeSet<>();
    JsonNode path = document.path("paths").path(template);
    for (JsonNode list :
        List.of(
            path.path("parameters"),
            path.path(method.toLowerCase(Locale.ROOT)).path("parameters"))) {
      for (JsonNode parameter : list) {
        JsonNode reference = parameter.path("$ref");
        JsonNode described =
            reference.isMissingNode() ? parameter : document.at(reference.asText().substring(1));
        if (described.path("in").asText().equals("query")) {
          names.add(described.path("name").asText());
        }
      }
    }
    return names;
  }

  /**
   * Holds a request that was taken to what the document says can be sent.
   *
   * @throws AssertionError when the document does not allow it
   */
  public void checkRequest(String method, String path, JsonNode body) {
    String template = template(method, path);
    String content =
        pointer("paths", template, method.toLowerCase(Locale.ROOT), "requestBody", "content");
    String schema = content + "/application~1json/schema";
    if (document.at(schema).isMissingNode()) {
      throw new AssertionError(operation(method, template) + " takes no body in the document");
    }
    validate(schema, body, operation(method, template) + " was sent " + body);
  }

  /**
   * Holds an answer to the document. A method or address that the document does not have must be
   * refused.
   *
   * @throws AssertionError saying what differs
   */
  public void check(String method, String path, Answer answer) {
    String template = template(method, path);
    String operation = pointer("paths", template, method.toLowerCase(Locale.ROOT));
    if (document.at(operation).isMissingNode()) {
      if (answer.ok()) {
        throw new AssertionError("Not in the OpenAPI document: " + answer);
      }
      return;
    }
    String response = response(operation, answer);
    JsonNode content = document.at(response + "/content");
    String type = answer.header("Content-Type").replaceAll("\\s*;.*", "");
    if (content.isMissingNode()) {
      if (answer.body().length > 0) {
        throw new AssertionError("The OpenAPI document knows no body here: " + answer);
      }
    } else if (!content.has(type)) {
      throw new AssertionError("The OpenAPI document does not name " + type + ": " + answer);
    } else if (type.endsWith("/json") || type.endsWith("+json")) {
      String schema = response + "/content/" + escaped(type) + "/schema";
      validate(schema, answer.json(), answer.toString());
    }
    (answer.ok() ? answered : refused).add(operation(method, template));
  }

  private String response(String operation, Answer answer) {
    String exact = operation + "/responses/" + answer.status();
    String response = exact;
    if (document.at(exact).isMissingNode()) {
      if (answer.ok()) {
        throw new AssertionError("The OpenAPI document does not name this status: " + answer);
      }
      response = operation + "/responses/default";
    }
    JsonNode reference = document.at(response + "/$ref");
    return reference.isMissingNode() ? response : reference.asText().substring(1);
  }

  private void validate(String pointer, JsonNode body, String shown) {
    Set<ValidationMessage> wrong = known.computeIfAbsent(pointer, this::schema).validate(body);
    if (!wrong.isEmpty()) {
      List<ValidationMessage> first = wrong.stream().limit(MAX_TOLD).toList();
      throw new AssertionError("Against the OpenAPI document: " + first + "\n" + shown);
    }
  }

  private JsonSchema schema(String pointer) {
    ObjectNode root = document.objectNode();
    root.set("components", document.path("components"));
    JsonNode schema = document.at(pointer);
    if (schema.isMissingNode()) {
      throw new AssertionError("No schema at " + pointer);
    }
    root.setAll((ObjectNode) schema);
    return schemas.getSchema(root);
  }

  /** The template that a path was made from, the one with the most literal parts; or the path. */
  private String template(String method, String path) {
    String[] parts = path.replaceAll("\\?.*", "").split("/", -1);
    String best = "";
    int most = -1;
    for (Map.Entry<String, JsonNode> known : document.path("paths").properties()) {
      int literal = literalParts(known.getKey().split("/", -1), parts);
      if (literal > most) {
        best = known.getKey();
        most = literal;
      }
    }
    return most < 0 ? method + path : best;
  }

  private static int literalParts(String[] template, String[] parts) {
    int literal = template.length == parts.length ? 0 : -1;
    for (int i = 0; i < parts.length && literal >= 0; i++) {
      if (template[i].equals(parts[i])) {
        literal++;
      } else if (!template[i].startsWith("{")) {
        literal = -1;
      }
    }
    return literal;
  }

  private static String operation(String method, String path) {
    return method.toUpperCase(Locale.ROOT) + " " + path;
  }

  private static String pointer(String... parts) {
    StringBuilder pointer = new StringBuilder();
    for (String part : parts) {
      pointer.append('/').append(escaped(part));
    }
    return pointer.toString();
  }

  private static String escaped(String part) {
    return part.replace("~", "~0").replace("/", "~1");
  }
}
