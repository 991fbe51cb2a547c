package dev.sluice.local.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.local.ServiceError;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The members of one request, or of a structure in it. A value of a wrong kind or outside its
 * bounds is a {@link ServiceError}.
 */
final class Input {
  private final JsonNode node;
  private final WireFormat format;

  Input(JsonNode node, WireFormat format) {
    this.node = node;
    this.format = format;
  }

  boolean has(String name) {
    return node.hasNonNull(name);
  }

  Optional<String> text(String name) {
    return value(name)
        .map(
            value -> {
              if (!value.isTextual()) {
                throw wrongKind(name, "a string");
              }
              return value.textValue();
            });
  }

  String requiredText(String name) {
    return text(name).orElseThrow(() -> missing(name));
  }

  /** A whole number within bounds, both included. */
  Optional<Integer> integer(String name, int min, int max) {
    return value(name)
        .map(
            value -> {
              if (!value.isIntegralNumber()) {
                throw wrongKind(name, "a whole number");
              }
              long number = value.longValue();
              if (number < min) {
                throw invalid(
                    name, number, "Member must have value greater than or equal to " + min);
              }
              if (number > max) {
                throw invalid(name, number, "Member must have value less than or equal to " + max);
              }
              return (int) number;
            });
  }

  int requiredInteger(String name, int min, int max) {
    return integer(name, min, max).orElseThrow(() -> missing(name));
  }

  boolean flag(String name) {
    return value(name).map(JsonNode::booleanValue).orElse(false);
  }

  byte[] requiredBlob(String name) {
    JsonNode value = value(name).orElseThrow(() -> missing(name));
    try {
      byte[] bytes = value.binaryValue();
      if (bytes == null) {
        throw wrongKind(name, "a blob");
      }
      return bytes;
    } catch (IOException e) {
      throw wrongKind(name, "a blob");
    }
  }

  Optional<Instant> timestamp(String name) {
    return value(name)
        .map(
            value -> {
              if (!value.isNumber()) {
                throw wrongKind(name, "a timestamp");
              }
              return format.readTimestamp(value);
            });
  }

  Optional<Input> object(String name) {
    return value(name)
        .map(
            value -> {
              if (!value.isObject()) {
                throw wrongKind(name, "a structure");
              }
              return new Input(value, format);
            });
  }

  /** The structures of a list; empty when the member is absent. */
  List<Input> objects(String name) {
    List<Input> items = new ArrayList<>();
    list(name).forEach(item -> items.add(new Input(item, format)));
    return items;
  }

  List<String> texts(String name) {
    List<String> items = new ArrayList<>();
    list(name).forEach(item -> items.add(item.asText()));
    return items;
  }

  /** A map of strings, in the request's order. */
  Map<String, String> textMap(String name) {
    Map<String, String> entries = new LinkedHashMap<>();
    object(name)
        .ifPresent(
            map ->
                map.node.properties().forEach(e -> entries.put(e.getKey(), e.getValue().asText())));
    return entries;
  }

  ServiceError missing(String name) {
    return invalid(name, "null", "Member must not be null");
  }

  ServiceError invalid(String name, Object value, String constraint) {
    return ServiceError.validation(value, lowerFirst(name), constraint);
  }

  private Optional<JsonNode> value(String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  private Iterable<JsonNode> list(String name) {
    JsonNode value = value(name).orElse(null);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      throw wrongKind(name, "a list");
    }
    return value;
  }

  private static ServiceError wrongKind(String name, String kind) {
    return ServiceError.serialization(name + " is not " + kind + ".");
  }

  private static String lowerFirst(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }
}
