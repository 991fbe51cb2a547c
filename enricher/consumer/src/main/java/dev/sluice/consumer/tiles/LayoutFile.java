package dev.sluice.consumer.tiles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps the layout of an application in the store: the first start writes it, later ones obey. */
public final class LayoutFile {
  private static final ObjectMapper JSON = new JsonMapper();
  private static final String KIND = "initialPosition";
  private static final String TIMESTAMP = "initialTimestamp";

  private LayoutFile() {}

  /**
   * Writes the wanted layout if there is none yet.
   *
   * @return the layout in force: equal to the wanted one, but a LATEST keeps the moment of the
   *     first start
   * @throws DifferentLayoutException if another layout is in force
   */
  public static Layout agree(TileStore store, String application, Layout wanted) {
    String key = TileKeys.layout(application);
    if (store.putIfAbsent(key, TileStore.Content.json(toJson(wanted)))
        == TileStore.PutAnswer.CREATED) {
      return wanted;
    }
    byte[] json =
        store
            .read(key)
            .orElseThrow(() -> new ForeignObjectException(key, "it vanished while in use"));
    return inForce(key, json, wanted);
  }

  /** The output prefix that a layout file fixes. */
  public static String prefix(String key, byte[] json) {
    try {
      return JSON.readTree(json).path("prefix").asText();
    } catch (IOException e) {
      throw new ForeignObjectException(key, "it is no layout");
    }
  }

  private static Layout inForce(String key, byte[] json, Layout wanted) {
    try {
      JsonNode node = JSON.readTree(json);
      var items = new HashMap<String, String>();
      node.properties().forEach(field -> items.put(field.getKey(), field.getValue().asText()));
      var kind = InitialPosition.Kind.valueOf(items.getOrDefault(KIND, ""));
      List<String> differences = wanted.differencesTo(items, kind);
      if (!differences.isEmpty()) {
        throw new DifferentLayoutException(key, differences);
      }
      InitialPosition kept = initialPosition(kind, items);
      if (kind == InitialPosition.Kind.AT_TIMESTAMP && !kept.equals(wanted.initialPosition())) {
        throw new DifferentLayoutException(
            key,
            List.of(
                "initial timestamp is "
                    + kept.timestamp().orElseThrow()
                    + " there and "
                    + wanted.initialPosition().timestamp().orElseThrow()
                    + " here"));
      }
      return new Layout(wanted.prefix(), wanted.zone(), kept);
    } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
      throw new ForeignObjectException(key, "it is no layout");
    }
  }

  private static InitialPosition initialPosition(
      InitialPosition.Kind kind, Map<String, String> items) {
    return switch (kind) {
      case TRIM_HORIZON -> InitialPosition.trimHorizon();
      case LATEST -> InitialPosition.latestAsOf(Instant.parse(items.getOrDefault(TIMESTAMP, "")));
      case AT_TIMESTAMP ->
          InitialPosition.atTimestamp(Instant.parse(items.getOrDefault(TIMESTAMP, "")));
    };
  }

  private static byte[] toJson(Layout layout) {
    ObjectNode node = JSON.createObjectNode();
    layout.items().forEach(node::put);
    InitialPosition initial = layout.initialPosition();
    node.put(KIND, initial.kind().name());
    initial.timestamp().ifPresent(timestamp -> node.put(TIMESTAMP, timestamp.toString()));
    return (node.toPrettyString() + '\n').getBytes(StandardCharsets.UTF_8);
  }
}
