package dev.sluice.consumer.tiles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The marker of a finished shard: an audit can tell from it that the last tile is still there.
 *
 * @param last where the chain of the shard ends; a start word if it never held a record
 */
public record ShardEnd(String shardId, ContinuesFrom last) {
  private static final ObjectMapper JSON = new JsonMapper();

  byte[] toJson() {
    var node = JSON.createObjectNode();
    node.put("shard", shardId);
    node.put("last", last.text());
    return (node.toString() + '\n').getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @throws ForeignObjectException if the object {@code key} is not such a marker
   */
  public static ShardEnd fromJson(String key, byte[] json) {
    try {
      JsonNode node = JSON.readTree(json);
      return new ShardEnd(
          node.path("shard").asText(), ContinuesFrom.parse(node.path("last").asText()));
    } catch (IOException | IllegalArgumentException e) {
      throw new ForeignObjectException(key, "it is no shard-end marker");
    }
  }

  /**
   * Writes the marker, unless one stands that reaches at least as far. It may reach further:
   * records that have expired since are seen by one run and not by the next.
   *
   * @throws ForeignObjectException if a marker says that the chain ends before ours does
   */
  void writeTo(TileStore store, String key) {
    if (store.putIfAbsent(key, TileStore.Content.json(toJson())) == TileStore.PutAnswer.CREATED) {
      return;
    }
    ShardEnd found =
        fromJson(
            key,
            store
                .read(key)
                .orElseThrow(() -> new ForeignObjectException(key, "it vanished while in use")));
    boolean reachesAsFar =
        last.equals(found.last)
            || (found.last instanceof Position theirs
                && (!(last instanceof Position ours) || theirs.isAbove(ours)));
    if (!found.shardId.equals(shardId) || !reachesAsFar) {
      throw new ForeignObjectException(
          key, "it ends the shard at " + found.last.text() + ", and we at " + last.text());
    }
  }
}
