package dev.sluice.consumer.tiles;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A finished shard of ten records in five tiles, two lines of it rejected, for the audit. */
public record AuditedShard(List<String> keys, List<String> rejects, String marker, String name) {
  public static final String SHARD_ID = Fixture.ADDRESS.shardId();

  public static AuditedShard write(S3Client s3, String bucket) {
    var fixture = new Fixture();
    fixture.limits = new TileLimits(1_000_000, 2, Duration.ofSeconds(60));
    var memory = fixture.context("run");
    TileStore store =
        new S3TileStore(
            s3, bucket, RetryPolicy.START_UP, Pause.SLEEP, new Random(1), ConsumerEvents.NONE);
    var context =
        new ShardContext(
            memory.address(),
            memory.runId(),
            memory.layout(),
            memory.limits(),
            store,
            memory.sinks(),
            memory.commits(),
            memory.enricher(),
            memory.clock(),
            memory.events(),
            memory.failpoints());
    LayoutFile.agree(store, memory.address().application(), memory.layout());
    var tiles = new ShardTiles(context, StartWord.TRIM_HORIZON);
    for (int i = 1; i <= 10; i++) {
      boolean bad = i == 2 || i == 9;
      tiles.accept(
          Fixture.record(Fixture.at(i), bad ? "no log line" : Fixture.line(Integer.toString(i))));
    }
    tiles.sealEverything();
    tiles.advance();
    String marker = context.keys().shardEnd();
    new ShardEnd(SHARD_ID, tiles.chainEnd()).writeTo(store, marker);
    List<String> all =
        s3.listObjectsV2Paginator(r -> r.bucket(bucket).prefix("enriched/")).contents().stream()
            .map(S3Object::key)
            .toList();
    return new AuditedShard(
        List.of("TRIM_HORIZON", "2.0", "4.0", "6.0", "8.0").stream()
            .map(start -> Fixture.FOLDER + start + TileKeys.SUFFIX)
            .toList(),
        all.stream().filter(key -> key.contains("/rejects/")).toList(),
        marker,
        "app/logs-1700000000000/" + SHARD_ID);
  }
}
