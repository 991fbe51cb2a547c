package dev.sluice.windows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Changes by item, in the state that goes from one invocation of a window to the next. Values that
 * are no counts stay as they are until their item changes.
 */
final class WindowCounts {
  /** Number of parts that were stored because the state had become too large. */
  private static final String PARTS = "sluice:parts";

  /** What a count costs beside the name of its item: quotes, colon, comma, digits. */
  private static final int BYTES_BESIDE_ITEM = 24;

  private final ObjectNode state;
  private long bytes;

  WindowCounts(ObjectNode state) {
    this.state = state;
    bytes = length(state);
  }

  /** Counts one change of an item. */
  void add(String item) {
    JsonNode before = state.get(item);
    if (before == null) {
      // Escapes may make a name six times as long; what is counted must not be too small.
      bytes += 6L * item.length() + BYTES_BESIDE_ITEM;
    }
    state.put(
        item, isCount(before) ? before.bigIntegerValue().add(BigInteger.ONE) : BigInteger.ONE);
  }

  private static boolean isCount(JsonNode value) {
    return value != null && value.isIntegralNumber() && value.bigIntegerValue().signum() >= 0;
  }

  /** At least as many as the state's JSON has. */
  long bytes() {
    return bytes;
  }

  /** What is counted, in the order in which the items came. */
  Map<String, BigInteger> counts() {
    var counts = new LinkedHashMap<String, BigInteger>();
    for (Map.Entry<String, JsonNode> entry : state.properties()) {
      if (!entry.getKey().equals(PARTS) && isCount(entry.getValue())) {
        counts.put(entry.getKey(), entry.getValue().bigIntegerValue());
      }
    }
    return counts;
  }

  /** Values in the state that somebody else must have put there. */
  int foreignValues() {
    int foreign = 0;
    for (JsonNode value : state) {
      foreign += isCount(value) ? 0 : 1;
    }
    return foreign;
  }

  /** Parts of this window that are stored already. */
  int parts() {
    return isCount(state.get(PARTS)) ? state.get(PARTS).intValue() : 0;
  }

  /** Forgets all counts but {@code rest}: they are stored in these parts now. */
  void storedIn(int parts, Map<String, BigInteger> rest) {
    begin();
    state.put(PARTS, parts);
    rest.forEach(state::put);
    bytes = length(state);
  }

  /** Forgets everything. */
  void begin() {
    state.removeAll();
    bytes = length(state);
  }

  private static long length(ObjectNode state) {
    return state.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  ObjectNode state() {
    return state;
  }
}
