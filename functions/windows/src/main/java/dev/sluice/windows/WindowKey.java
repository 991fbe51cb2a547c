package dev.sluice.windows;

/**
 * A window of a shard, as Lambda names it.
 *
 * @param start first moment, ISO 8601, as it came
 * @param end one after the last moment, as it came
 * @param shard each shard of the stream has windows of its own
 */
record WindowKey(String start, String end, String shard) {
  /** What the windows of all shards share. */
  String window() {
    return start + "/" + end;
  }
}
