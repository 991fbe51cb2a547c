package dev.sluice.cli.demo;

import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** What lies in a stream, read by plain GetRecords up to now. */
final class StreamRecords {

  /** Takes each record. */
  @FunctionalInterface
  interface Taker {
    /**
     * @param source what the consumer calls the record: the beginning of its lines' event_id
     */
    void take(String source, byte[] payload);
  }

  private final KinesisAsyncClient kinesis;
  private final String stream;

  private StreamRecords(KinesisAsyncClient kinesis, String stream) {
    this.kinesis = kinesis;
    this.stream = stream;
  }

  static void forEach(KinesisAsyncClient kinesis, String stream, Taker taker) {
    var records = new StreamRecords(kinesis, stream);
    for (Shard shard : kinesis.listShards(list -> list.streamName(stream)).join().shards()) {
      records.read(shard.shardId(), taker);
    }
  }

  private void read(String shardId, Taker taker) {
    String iterator =
        kinesis
            .getShardIterator(
                get ->
                    get.streamName(stream)
                        .shardId(shardId)
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .join()
            .shardIterator();
    while (iterator != null) {
      String at = iterator;
      GetRecordsResponse page = kinesis.getRecords(get -> get.shardIterator(at)).join();
      for (Record record : page.records()) {
        taker.take(
            stream + ':' + shardId + ':' + record.sequenceNumber() + ":0",
            record.data().asByteArrayUnsafe());
      }
      boolean atTip = page.records().isEmpty() && page.millisBehindLatest() == 0;
      iterator = atTip ? null : page.nextShardIterator();
    }
  }
}
