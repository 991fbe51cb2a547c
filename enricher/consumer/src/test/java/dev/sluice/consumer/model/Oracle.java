package dev.sluice.consumer.model;

import dev.sluice.consumer.tiles.ForeignObjectException;
import dev.sluice.consumer.tiles.Position;
import dev.sluice.consumer.tiles.ShardEnd;
import dev.sluice.consumer.tiles.TileHeader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/**
 * Holds every effect to the rules, in the moment in which it takes place: what a commit continues
 * from and holds, what a checkpoint rests on, what may be written over or removed.
 */
final class Oracle {
  private static final String RAW = "\"raw\":\"";

  private final World world;
  private final Unzip unzip;
  private final Map<String, byte[]> sent = new HashMap<>(); // by key and run
  private final Set<String> named = new HashSet<>(); // rejects objects that a commit names
  private final Set<String> removed = new HashSet<>(); // rejects objects
  private final Set<String> sinkLines = new HashSet<>(); // ids

  Oracle(World world, Unzip unzip) {
    this.world = world;
    this.unzip = unzip;
  }

  private void require(boolean rule, String broken) {
    world.require(rule, () -> broken);
  }

  /** A write leaves its run: whatever was sent before under the key must be sent again. */
  void sent(SimulatedS3.Put put) {
    String sender = world.actors().current().run.id;
    byte[] before = sent.putIfAbsent(put.key() + ' ' + sender, put.object().bytes());
    require(
        before == null || Arrays.equals(before, put.object().bytes()),
        "other bytes are sent again for " + put.key());
  }

  /** A write arrives, over {@code before} if that is not null. */
  void stored(SimulatedS3.Put put, SimulatedS3.Stored before) {
    String key = put.key();
    if (before != null) {
      require(key.contains("/rejects/") || key.startsWith("_"), key + " is written over");
      require(Arrays.equals(before.bytes(), put.object().bytes()), key + " is written over");
    }
    if (key.startsWith("_")) {
      endOfShard(key, put.object().bytes());
    } else if (!key.contains("/rejects/")) {
      commit(key, put.object());
    }
  }

  private void endOfShard(String key, byte[] json) {
    ShardEnd end = ShardEnd.fromJson(key, json);
    Shard shard = world.shard(end.shardId());
    requireDone(shard, "the end of " + shard.id() + " is marked");
    require(end.last().equals(shard.tail), "the end is marked at " + end.last().text());
  }

  private void requireDone(Shard shard, String what) {
    require(shard.closed, what + " before it is closed");
    require(shard.committed == shard.entries.size(), what + " while records have no commit");
  }

  private void commit(String key, SimulatedS3.Stored object) {
    TileHeader tile;
    try {
      tile = TileHeader.fromMetadata(key, object.metadata());
    } catch (ForeignObjectException e) {
      throw world.violation(e.getMessage());
    }
    Shard shard = world.shard(tile.shardId());
    require(
        tile.continuesFrom().equals(shard.tail),
        "a tile continues from "
            + tile.continuesFrom().text()
            + " and the chain ends at "
            + shard.tail.text());
    int from = shard.committed;
    int to = shard.indexAbove(tile.last());
    require(to > from, "a tile ends at " + tile.last().text() + ", where the chain was before");
    List<Shard.Entry> entries = shard.entries.subList(from, to);
    require(
        tile.first().equals(entries.get(0).position())
            && tile.last().equals(entries.get(to - from - 1).position())
            && tile.records() == to - from,
        "a tile of "
            + tile.records()
            + " records from "
            + tile.first().text()
            + " to "
            + tile.last().text()
            + " leaves a gap");
    require(
        key.equals(shard.keys.commit(shard.tail, entries.get(0).arrival())),
        "a tile lies under " + key);
    requireLines(tile, object.bytes(), entries);
    for (Shard parent : shard.parents) {
      require(parent.isEnded(), shard.id() + " has a tile before its parent has ended");
    }
    shard.committed = to;
    shard.tail = tile.last();
    shard.ends.add(tile.last());
    world.storedBy(tile.runId(), tile);
  }

  private void requireLines(TileHeader tile, byte[] gzip, List<Shard.Entry> entries) {
    var good = new ArrayList<String>();
    var bad = new ArrayList<String>();
    for (Shard.Entry entry : entries) {
      good.addAll(entry.good());
      bad.addAll(entry.bad());
    }
    List<String> enriched = unzip.lines(gzip).stream().map(LogLines::idOfGood).toList();
    require(good.equals(enriched), "a tile holds " + enriched + " instead of " + good);
    require(
        tile.enriched() + tile.enrichedWithWarnings() == good.size()
            && tile.rejected() == bad.size()
            && tile.in() == good.size() + bad.size(),
        "a tile counts other lines than it holds");
    require(
        !world.plan().otherSink() || sinkLines.containsAll(good),
        "a tile is committed whose lines another sink has not");
    require(
        tile.rejectsKey().isPresent() == !bad.isEmpty(), "a tile does not name its rejects object");
    tile.rejectsKey().ifPresent(key -> requireRejects(key, bad));
  }

  private void requireRejects(String key, List<String> bad) {
    SimulatedS3.Stored object = world.s3().objects.get(key);
    require(object != null, "a commit names " + key + ", which is not there");
    List<String> rejected = unzip.lines(object.bytes()).stream().map(Oracle::rejected).toList();
    require(bad.equals(rejected), key + " holds " + rejected + " instead of " + bad);
    named.add(key);
  }

  private static String rejected(String json) {
    int from = json.indexOf(RAW) + RAW.length();
    byte[] raw = Base64.getDecoder().decode(json.substring(from, json.indexOf('"', from)));
    return LogLines.idOfBad(new String(raw, StandardCharsets.UTF_8));
  }

  void deleted(String key) {
    require(key.contains("/rejects/"), key + " is removed");
    require(!named.contains(key), key + " is removed, and a commit names it");
    removed.add(key);
  }

  /** A run goes on behind another's tile: its own rejects for that place must be gone. */
  void adopted(String runId) {
    for (String key : world.s3().objects.keySet()) {
      require(
          !key.contains("/rejects/")
              || !key.contains(runId)
              || named.contains(key)
              || removed.contains(key), // and a late write brought it back
          key + " is left by a run that lost the race for its commit");
    }
  }

  void written(List<String> ids) {
    sinkLines.addAll(ids);
  }

  /** A checkpoint is about to be asked for. */
  void checkpointAsked(Shard shard, String runId) {
    Run run = world.run(runId);
    require(
        !run.isAbandoned(), runId + " has given up " + shard.id() + " and moves its checkpoint");
  }

  /** A checkpoint is made. */
  void checkpoint(Shard shard, ExtendedSequenceNumber checkpoint) {
    String text = "the checkpoint of " + shard.id() + " is " + LeaseTable.text(checkpoint);
    if (checkpoint.equals(ExtendedSequenceNumber.SHARD_END)) {
      requireDone(shard, text);
      require(world.s3().objects.containsKey(shard.keys.shardEnd()), text + " without a marker");
      return;
    }
    require(!checkpoint.isSentinelCheckpoint(), text);
    require(
        shard.ends.contains(
            new Position(checkpoint.sequenceNumber(), checkpoint.subSequenceNumber())),
        text + ", which is the end of no committed tile");
    require(checkpoint.compareTo(shard.checkpoint) >= 0, text + ", behind the one before");
  }

  /** After all is over: nothing may be left. */
  void end(List<Shard> shards) {
    for (Shard shard : shards) {
      require(shard.isEnded(), shard.id() + " has not ended");
      requireDone(shard, shard.id() + " has ended");
    }
    for (String key : named) {
      require(world.s3().objects.containsKey(key), key + " is gone, and a commit names it");
    }
  }
}
