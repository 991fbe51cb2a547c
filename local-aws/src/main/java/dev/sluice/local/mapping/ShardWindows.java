package dev.sluice.local.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The tumbling windows of one shard, at most one open at a time, and the state that goes from
 * invocation to invocation. A record that comes late, behind the end of its window, belongs to the
 * window that is open then, or to the next one.
 */
final class ShardWindows {

  /** Bound of a state; a larger one ends its window early. */
  static final int STATE_BYTES_MAX = 1 << 20;

  private final Duration length;
  private final String shardId;
  private final String streamArn;
  private Optional<TumblingWindow> open = Optional.empty();
  private Instant ended = Instant.MIN; // of the last window
  private String state = "{}";

  ShardWindows(Duration length, String shardId, String streamArn) {
    this.length = length;
    this.shardId = shardId;
    this.streamArn = streamArn;
  }

  Optional<TumblingWindow> open() {
    return open;
  }

  /** The window of a record, if none is open now. */
  TumblingWindow windowOf(SourceRecord record) {
    TumblingWindow own = TumblingWindow.of(record.arrival(), length);
    return own.start().isBefore(ended) ? TumblingWindow.of(ended, length) : own;
  }

  /** Whether the record belongs to a window behind the open one. */
  boolean isBehind(SourceRecord record) {
    return open.isPresent() && !record.arrival().isBefore(open.get().end());
  }

  void openFor(SourceRecord record) {
    if (open.isEmpty()) {
      open = Optional.of(windowOf(record));
      state = "{}";
    }
  }

  void state(ObjectNode changed) {
    state = changed.toString();
  }

  boolean stateIsTooLarge() {
    return state.getBytes(UTF_8).length > STATE_BYTES_MAX;
  }

  /** The window goes on with an empty state. */
  void begin() {
    state = "{}";
  }

  void end() {
    ended = open.orElseThrow().end();
    open = Optional.empty();
    state = "{}";
  }

  /** Members of an event of this window, each behind a comma. */
  String members(boolean isFinal, boolean isTerminatedEarly) {
    TumblingWindow window = open.orElseThrow();
    JsonNodeFactory text = JsonNodeFactory.instance;
    return ",\"window\":{\"start\":\""
        + window.start()
        + "\",\"end\":\""
        + window.end()
        + "\"},\"state\":"
        + state
        + ",\"shardId\":"
        + text.textNode(shardId)
        + ",\"eventSourceARN\":"
        + text.textNode(streamArn)
        + ",\"isFinalInvokeForWindow\":"
        + isFinal
        + ",\"isWindowTerminatedEarly\":"
        + isTerminatedEarly;
  }
}
