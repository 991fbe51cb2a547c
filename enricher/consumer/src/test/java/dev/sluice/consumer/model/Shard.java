package dev.sluice.consumer.model;

import dev.sluice.consumer.tiles.ContinuesFrom;
import dev.sluice.consumer.tiles.Position;
import dev.sluice.consumer.tiles.ShardAddress;
import dev.sluice.consumer.tiles.StartWord;
import dev.sluice.consumer.tiles.TileKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/** One shard: its records, its lease, and the chain of tiles that its store holds by now. */
final class Shard {
  /** One record, and what has to become of its lines. */
  record Entry(
      Position position, Instant arrival, byte[] payload, List<String> good, List<String> bad) {
    ExtendedSequenceNumber extended() {
      return new ExtendedSequenceNumber(position.sequenceNumber(), position.subSequenceNumber());
    }
  }

  final ShardAddress address;
  final TileKeys keys;
  final List<Shard> parents;
  final List<Entry> entries = new ArrayList<>();

  // The stream.
  int produced; // entries that can be read by now
  int expired; // entries that cannot be read any more
  boolean closed;

  // The lease.
  Run owner; // null while nobody has it
  ExtendedSequenceNumber checkpoint;

  // The chain.
  int committed; // entries
  ContinuesFrom tail;
  final Set<Position> ends = new HashSet<>();

  Shard(ShardAddress address, List<Shard> parents, StartWord start) {
    this.address = address;
    this.parents = parents;
    keys = new TileKeys(World.LAYOUT, address);
    checkpoint =
        start == StartWord.TRIM_HORIZON
            ? ExtendedSequenceNumber.TRIM_HORIZON
            : ExtendedSequenceNumber.AT_TIMESTAMP;
    tail = start;
  }

  String id() {
    return address.shardId();
  }

  void add(Position position, Instant arrival, int good, int bad) {
    var ids = new ArrayList<String>();
    var badIds = new ArrayList<String>();
    var payload = new StringBuilder();
    for (int line = 0; line < good + bad; line++) {
      String id = position.text() + '-' + line;
      payload.append(line < good ? LogLines.good(id) : LogLines.bad(id)).append('\n');
      (line < good ? ids : badIds).add(id);
    }
    entries.add(
        new Entry(
            position, arrival, payload.toString().getBytes(StandardCharsets.UTF_8), ids, badIds));
  }

  boolean isEnded() {
    return checkpoint.equals(ExtendedSequenceNumber.SHARD_END);
  }

  /** KCL starts a shard when the checkpoints of all its parents say that they are done with. */
  boolean canStart() {
    return !isEnded() && parents.stream().allMatch(Shard::isEnded);
  }

  /** Whether all of it was delivered by then. */
  boolean isDelivered(int entriesFetched) {
    return closed && entriesFetched == entries.size();
  }

  int indexAbove(Position position) {
    int index = 0;
    while (index < entries.size() && !entries.get(index).position().isAbove(position)) {
      index++;
    }
    return index;
  }

  /** Where a reader starts after the checkpoint. */
  int indexAfterCheckpoint() {
    return checkpoint.isSentinelCheckpoint()
        ? 0
        : indexAbove(new Position(checkpoint.sequenceNumber(), checkpoint.subSequenceNumber()));
  }
}
