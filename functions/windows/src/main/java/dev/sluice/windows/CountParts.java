package dev.sluice.windows;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cuts counts into maps that each fit an item of DynamoDB, which has 400 KB at most. */
final class CountParts {
  /**
   * Bytes of names and numbers in one map; what DynamoDB adds to them is less than as much again.
   */
  static final int MAX_BYTES = 150_000;

  /** What an entry costs beside its name: a number, its type, the map's own bookkeeping. */
  private static final int BYTES_BESIDE_ITEM = 30;

  private CountParts() {}

  /** All counts in their order, in maps that are not empty. */
  static List<Map<String, BigInteger>> of(Map<String, BigInteger> counts) {
    var parts = new ArrayList<Map<String, BigInteger>>();
    Map<String, BigInteger> part = Map.of();
    int bytes = MAX_BYTES;
    for (Map.Entry<String, BigInteger> count : counts.entrySet()) {
      int more = count.getKey().getBytes(StandardCharsets.UTF_8).length + BYTES_BESIDE_ITEM;
      if (bytes + more > MAX_BYTES) {
        part = new LinkedHashMap<>();
        parts.add(part);
        bytes = 0;
      }
      part.put(count.getKey(), count.getValue());
      bytes += more;
    }
    return parts;
  }
}
