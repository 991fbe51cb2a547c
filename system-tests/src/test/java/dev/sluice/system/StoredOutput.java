package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Sluice;
import dev.sluice.consumer.audit.AuditReport;
import dev.sluice.consumer.audit.LeaseCheckpoints;
import dev.sluice.consumer.audit.TileAudit;
import dev.sluice.consumer.tiles.TileKeys;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What an application has left behind in S3 and in its lease table. */
final class StoredOutput {
  static final String PREFIX = "enriched";

  private final SystemStack stack;
  private final String application;
  private final Map<String, Long> linesByTile = new ConcurrentHashMap<>();

  StoredOutput(SystemStack stack, String application) {
    this.stack = stack;
    this.application = application;
  }

  /** Lines that committed tiles account for, so far. Each tile's metadata is read once. */
  long lines() {
    for (S3Object object : tileObjects()) {
      linesByTile.computeIfAbsent(object.key(), this::linesOf);
    }
    return linesByTile.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Null if it is gone: s3proxy lists the temporary file of an object that is being written. */
  private Long linesOf(String key) {
    try {
      return StoredTile.header(stack.s3(), SystemStack.BUCKET, key).in();
    } catch (NoSuchKeyException gone) {
      return null;
    }
  }

  /** Shards with a tile, so far. */
  Set<String> shardsWithTiles() {
    return tileObjects().stream()
        .map(object -> object.key().split("/"))
        .map(parts -> parts[parts.length - 2])
        .collect(Collectors.toSet());
  }

  /** Every tile with its lines. */
  List<StoredTile> tiles() {
    var tiles = new ArrayList<StoredTile>();
    forEachTile(tiles::add);
    return tiles;
  }

  /** Reads one tile after the other. */
  void forEachTile(Consumer<StoredTile> use) {
    tileObjects()
        .forEach(object -> use.accept(StoredTile.read(stack.s3(), SystemStack.BUCKET, object)));
  }

  private List<S3Object> tileObjects() {
    String folder = PREFIX + '/' + application + '/';
    return objects(folder).stream()
        .filter(object -> !object.key().startsWith(folder + TileKeys.REJECTS_FOLDER + '/'))
        .toList();
  }

  /** Markers of the shards that have ended, by shard id. */
  Map<String, S3Object> shardEnds() {
    var markers = new HashMap<String, S3Object>();
    for (S3Object object : objects(TileKeys.OWN_FOLDER + '/' + application + '/')) {
      if (object.key().contains("/shard-ends/")) {
        String file = object.key().substring(object.key().lastIndexOf('/') + 1);
        markers.put(file.replace(".json", ""), object);
      }
    }
    return markers;
  }

  private List<S3Object> objects(String folder) {
    return stack
        .s3()
        .listObjectsV2Paginator(list -> list.bucket(SystemStack.BUCKET).prefix(folder))
        .contents()
        .stream()
        .toList();
  }

  /** The audit of this application, lease table included. */
  AuditReport audit() {
    return new TileAudit(
            stack.s3(),
            SystemStack.BUCKET,
            PREFIX + '/' + application,
            name -> LeaseCheckpoints.read(stack.dynamoDb(), name),
            Clock.systemUTC())
        .run(false);
  }

  /** Runs {@code ./sluice audit} as a process. */
  void assertCommandFindsNothing(Path folder) {
    try (var audit =
        ChildProcess.start(
            folder,
            "audit",
            stack.environment(),
            Sluice.class.getName(),
            "audit",
            "s3://" + SystemStack.BUCKET + '/' + PREFIX + '/' + application)) {
      assertThat(audit.exitCode()).as(audit.printed()).isZero();
    }
  }

  LeaseCheckpoints leases() {
    return LeaseCheckpoints.read(stack.dynamoDb(), application);
  }
}
