package dev.sluice.local.kinesis;

import dev.sluice.local.ServiceError;
import java.time.Instant;
import java.util.Map;

/** GetShardIterator and GetRecords. */
final class ReadOperations {
  static final int RECORDS_MAX = 10_000;

  /** Of data and partition keys in one answer (AWS, GetRecords). */
  static final long ANSWER_BYTES_MAX = 10 * 1024 * 1024;

  private final StreamStore store;

  ReadOperations(StreamStore store) {
    this.store = store;
  }

  Map<String, Operation> table() {
    return Map.of("GetShardIterator", this::getShardIterator, "GetRecords", this::getRecords);
  }

  private Answer getShardIterator(Input input) {
    KinesisStream stream = store.find(input);
    Shard shard = store.shard(stream, Names.required(input, "ShardId"));
    long after =
        StartingPosition.resolve(
            input, "ShardIteratorType", "StartingSequenceNumber", shard, store.clock().nowMillis());
    String iterator = iterator(stream, shard, after);
    return out -> out.text("ShardIterator", iterator);
  }

  private Answer getRecords(Input input) {
    String text = input.requiredText("ShardIterator");
    int limit = input.integer("Limit", 1, RECORDS_MAX).orElse(RECORDS_MAX);
    Token token =
        Token.decode(Token.SHARD_ITERATOR, text)
            .orElseThrow(() -> ServiceError.invalidArgument("Invalid ShardIterator."));
    long now = store.clock().nowMillis();
    if (token.isExpired(now)) {
      throw ServiceError.expiredIterator(
          "Iterator expired. The iterator was created at time "
              + Instant.ofEpochMilli(token.issuedMillis())
              + " while right now it is "
              + Instant.ofEpochMilli(now)
              + " which is further in the future than the tolerated delay of "
              + Token.LIFETIME_MILLIS
              + " milliseconds.");
    }
    KinesisStream stream = store.byName(token.streamName());
    if (stream.creationMillis() != token.creationMillis()) {
      throw ServiceError.notFound("The stream of this iterator has been deleted.");
    }
    Shard shard = store.shard(stream, token.shardId());
    if (!shard.takeRead()) {
      throw store.rateExceeded(stream, shard);
    }
    Shard.Batch batch = shard.read(token.position(), limit, ANSWER_BYTES_MAX, stream.horizon());
    shard.countRead(batch.records().stream().mapToLong(record -> record.data().length).sum());
    String next = batch.endOfShard() ? null : iterator(stream, shard, batch.last());
    return out -> {
      Structures.records(out, shard, batch.records());
      out.text("NextShardIterator", next);
      out.number("MillisBehindLatest", batch.millisBehindLatest());
      if (batch.endOfShard()) {
        Structures.childShards(out, batch.children());
      }
    };
  }

  private String iterator(KinesisStream stream, Shard shard, long after) {
    long now = store.clock().nowMillis();
    return new Token(
            Token.SHARD_ITERATOR,
            stream.name(),
            stream.creationMillis(),
            shard.id(),
            after,
            now,
            "")
        .encode();
  }
}
