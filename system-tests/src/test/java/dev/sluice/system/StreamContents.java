package dev.sluice.system;

import dev.sluice.samples.SyntheticLine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * What really lies in a stream, read from it directly: the oracle. Open shards are read up to now.
 */
final class StreamContents {
  private static final int RECORDS_MAX = 10_000; // GetRecords takes no larger limit

  private final KinesisClient kinesis;
  private final String stream;

  private StreamContents(KinesisClient kinesis, String stream) {
    this.kinesis = kinesis;
    this.stream = stream;
  }

  /** Ids by shard, in the order of the shard. */
  static Map<String, List<Long>> idsByShard(KinesisClient kinesis, String stream) {
    var contents = new StreamContents(kinesis, stream);
    var ids = new TreeMap<String, List<Long>>();
    for (Shard shard : kinesis.listShards(list -> list.streamName(stream)).shards()) {
      ids.put(shard.shardId(), contents.read(shard.shardId()));
    }
    return ids;
  }

  private List<Long> read(String shardId) {
    var ids = new ArrayList<Long>();
    String iterator =
        kinesis
            .getShardIterator(
                get ->
                    get.streamName(stream)
                        .shardId(shardId)
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    while (iterator != null) {
      GetRecordsResponse page = page(iterator);
      for (Record record : page.records()) {
        ids.add(id(record));
      }
      boolean atTip = page.records().isEmpty() && page.millisBehindLatest() == 0;
      iterator = atTip ? null : page.nextShardIterator();
    }
    return ids;
  }

  /** A shard gives 2 MiB a second; the client makes no retries. */
  private GetRecordsResponse page(String iterator) {
    var page = new AtomicReference<GetRecordsResponse>();
    Awaitility.await("records of " + stream)
        .atMost(ChildProcess.MAX_WAIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(250))
        .ignoreException(ProvisionedThroughputExceededException.class)
        .until(
            () -> {
              page.set(kinesis.getRecords(get -> get.shardIterator(iterator).limit(RECORDS_MAX)));
              return true;
            });
    return page.get();
  }

  private static long id(Record record) {
    // One byte, one character: broken lines hold any bytes.
    String line = new String(record.data().asByteArrayUnsafe(), StandardCharsets.ISO_8859_1);
    return SyntheticLine.findId(line).orElseThrow();
  }
}
