package dev.sluice.functions.fanout.alerts;

import java.util.HashMap;
import java.util.Map;

/** States in memory, through the bytes of an item. */
final class MemoryStates implements ShardStates {
  private record Item(String last, long revision, byte[] decider, byte[] unsent) {}

  private final Map<String, Item> items = new HashMap<>();

  @Override
  public ShardState read(ShardKey shard) {
    Item item = items.get(shard.text());
    return item == null
        ? ShardState.NONE
        : new ShardState(
            item.last(),
            item.revision(),
            StateBytes.unpack(item.decider()),
            StateBytes.unpackMessages(item.unsent()));
  }

  @Override
  public boolean replace(ShardKey shard, ShardState before, ShardState after) {
    ShardState there = read(shard);
    if (there.revision() != before.revision()
        || !there.lastSequenceNumber().equals(before.lastSequenceNumber())) {
      return false;
    }
    items.put(
        shard.text(),
        new Item(
            after.lastSequenceNumber(),
            after.revision(),
            StateBytes.pack(after.decider()),
            StateBytes.packMessages(after.unsent())));
    return true;
  }
}
