package dev.sluice.consumer.audit;

import dev.sluice.consumer.tiles.ForeignObjectException;
import dev.sluice.consumer.tiles.LayoutFile;
import dev.sluice.consumer.tiles.ShardEnd;
import dev.sluice.consumer.tiles.TileHeader;
import dev.sluice.consumer.tiles.TileKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Walks the tiles below a prefix and holds them against each other, against their own metadata,
 * against the shard-end markers and, where a lease table can be asked, against the checkpoints.
 * Every object is read once; memory is a few hundred bytes for each tile.
 *
 * <p>Under a running consumer a tile that is written while the audit lists may show as a gap; then
 * the audit is to be repeated.
 */
public final class TileAudit {
  /**
   * Age at which a rejects object without a commit is taken for an orphan that may be removed: its
   * commit may still be on its way for an hour.
   */
  public static final Duration MIN_ORPHAN_AGE = Duration.ofHours(2);

  private static final Pattern STREAM_FOLDER = Pattern.compile(".*/[^/]+-\\d+");

  private final S3Client s3;
  private final String bucket;
  private final String prefix;
  private final Function<String, LeaseCheckpoints> leases;
  private final InstantSource clock;

  private final List<Finding> findings = new ArrayList<>();
  private final TileChecks checks;
  private final Map<String, ShardChain> chains = new TreeMap<>(); // by shard
  private final Map<String, String> newestStream = new TreeMap<>(); // by application
  private final Map<String, Instant> rejects = new TreeMap<>(); // last change by key
  private final Set<String> endedShards = new HashSet<>();

  /**
   * @param prefix output prefix, or the folder of an application or of one of its streams below it;
   *     without a slash at its end
   * @param leases checkpoints of an application; {@link LeaseCheckpoints#unknown()} if they cannot
   *     be had
   */
  public TileAudit(
      S3Client s3,
      String bucket,
      String prefix,
      Function<String, LeaseCheckpoints> leases,
      InstantSource clock) {
    this.s3 = s3;
    this.bucket = bucket;
    this.prefix = prefix;
    this.leases = leases;
    this.clock = clock;
    checks = new TileChecks(new ObjectLines(s3, bucket), findings::add);
  }

  /**
   * Audits. Called once.
   *
   * @param clean removes orphaned rejects objects that are older than {@link #MIN_ORPHAN_AGE}
   */
  public AuditReport run(boolean clean) {
    for (S3Object object : list(prefix + '/')) {
      TileKey.parse(object.key())
          .ifPresentOrElse(
              key -> take(key, object.lastModified()),
              () -> findings.add(new Finding(object.key(), "is neither a tile nor rejects")));
    }
    chains.values().forEach(chain -> chain.walk(findings::add));
    List<String> own = new ArrayList<>();
    list(TileKeys.OWN_FOLDER + '/').forEach(object -> own.add(object.key()));
    own.forEach(key -> orFinding(key, this::takeLayout));
    own.forEach(key -> orFinding(key, this::takeMarker));
    newestStream.forEach(this::holdAgainstLeases);
    List<String> orphans = rejects.keySet().stream().filter(k -> !checks.isNamed(k)).toList();
    return report(orphans, clean ? remove(orphans) : 0);
  }

  private Iterable<S3Object> list(String folder) {
    return s3.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(folder)).contents();
  }

  private void take(TileKey key, Instant lastModified) {
    newestStream.merge(key.application(), key.streamFolder(), TileAudit::newer);
    if (key.rejects()) {
      rejects.put(key.key(), lastModified);
      return;
    }
    orFinding(key.key(), k -> takeTile(key));
  }

  private void takeTile(TileKey key) {
    Map<String, String> metadata = s3.headObject(r -> r.bucket(bucket).key(key.key())).metadata();
    TileHeader header = TileHeader.fromMetadata(key.key(), metadata);
    checks.check(key, header);
    chain(key.shard()).add(key.key(), header, findings::add);
  }

  private ShardChain chain(String shard) {
    return chains.computeIfAbsent(shard, ShardChain::new);
  }

  private static String newer(String one, String other) {
    return creationMillis(one) >= creationMillis(other) ? one : other;
  }

  private static long creationMillis(String streamFolder) {
    return Long.parseLong(streamFolder.substring(streamFolder.lastIndexOf('-') + 1));
  }

  /** Says that an application writes here, also when none of its tiles is left. */
  private void takeLayout(String key) {
    String application = key.split("/")[1];
    if (key.equals(TileKeys.layout(application))) {
      String written = LayoutFile.prefix(key, read(key)) + '/' + application;
      if (written.startsWith(prefix + '/') || prefix.equals(written)) {
        newestStream.putIfAbsent(application, "");
      }
    }
  }

  /** Says where a shard ends. */
  private void takeMarker(String key) {
    String[] parts = key.split("/"); // _sluice/<application>/<stream>/shard-ends/<shard>.json
    if (parts.length == 5
        && key.startsWith(TileKeys.shardEnds(parts[1], parts[2]))
        && newestStream.containsKey(parts[1])
        && covers(parts[2])) {
      newestStream.merge(parts[1], parts[2], (a, b) -> a.isEmpty() ? b : newer(a, b));
      ShardEnd marker = ShardEnd.fromJson(key, read(key));
      String shard = parts[1] + '/' + parts[2] + '/' + marker.shardId();
      endedShards.add(shard);
      chain(shard).mustEndAt(marker.last(), findings::add);
    }
  }

  private void orFinding(String key, Consumer<String> take) {
    try {
      take.accept(key);
    } catch (ForeignObjectException e) {
      findings.add(new Finding(key, e.getMessage()));
    }
  }

  private byte[] read(String key) {
    return s3.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asByteArray();
  }

  /** True if all tiles of the stream lie below the audited prefix. */
  private boolean covers(String streamFolder) {
    return !STREAM_FOLDER.matcher(prefix).matches() || prefix.endsWith('/' + streamFolder);
  }

  /** A lease table knows shards of the newest stream of its name only. */
  private void holdAgainstLeases(String application, String stream) {
    if (!covers(stream)) {
      return;
    }
    LeaseCheckpoints checkpoints = leases.apply(application);
    for (String shardId : new TreeSet<>(checkpoints.byShard().keySet())) {
      String shard = application + '/' + stream + '/' + shardId;
      checkpoints
          .position(shardId)
          .ifPresent(checkpoint -> chain(shard).mustReach(checkpoint, findings::add));
      if (checkpoints.isAtShardEnd(shardId) && !endedShards.contains(shard)) {
        findings.add(new Finding(shard, "the shard is done with, and no marker says where"));
      }
    }
  }

  private long remove(List<String> orphans) {
    Instant youngest = clock.instant().minus(MIN_ORPHAN_AGE);
    long removed = 0;
    for (String key : orphans) {
      if (rejects.get(key).isBefore(youngest)) {
        s3.deleteObject(r -> r.bucket(bucket).key(key));
        removed++;
      }
    }
    return removed;
  }

  private AuditReport report(List<String> orphans, long removed) {
    return new AuditReport(
        findings,
        orphans,
        removed,
        chains.size(),
        checks.tiles,
        checks.records,
        checks.in,
        checks.enriched,
        checks.enrichedWithWarnings,
        checks.dropped,
        checks.rejected);
  }
}
