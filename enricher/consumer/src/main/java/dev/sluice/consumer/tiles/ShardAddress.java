package dev.sluice.consumer.tiles;

import java.util.Objects;

/**
 * The shard that a chain of tiles belongs to.
 *
 * @param application KCL's application name
 * @param streamCreationMillis epoch milliseconds of the stream's creation: a stream that was
 *     deleted and created again is another stream
 */
public record ShardAddress(
    String application, String stream, long streamCreationMillis, String shardId) {
  public ShardAddress {
    Objects.requireNonNull(application, "application");
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(shardId, "shardId");
  }

  /** The stream as it stands in object keys: {@code <name>-<creation epoch millis>}. */
  public String streamFolder() {
    return stream + '-' + streamCreationMillis;
  }
}
