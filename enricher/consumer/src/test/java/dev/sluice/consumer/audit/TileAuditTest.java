package dev.sluice.consumer.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.consumer.AwsClients;
import dev.sluice.consumer.tiles.AuditedShard;
import dev.sluice.local.EmbeddedAws;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Each case starts from a sound shard of five tiles in a bucket of its own, and breaks one thing.
 */
class TileAuditTest {
  private static EmbeddedAws aws;
  private static AwsClients clients;

  private final String bucket = "audit-" + UUID.randomUUID();
  private AuditedShard shard;
  private Map<String, String> leases = new HashMap<>();

  @BeforeAll
  static void startStack() {
    aws = EmbeddedAws.start();
    clients =
        AwsClients.open(
            new AwsClients.LocalStack(
                aws.kinesisEndpoint(),
                aws.dynamoDbEndpoint(),
                aws.s3Endpoint(),
                aws.region(),
                aws.accessKeyId(),
                aws.secretAccessKey()));
  }

  @AfterAll
  static void stopStack() {
    clients.close();
    aws.close();
  }

  @BeforeEach
  void writeASoundShard() {
    s3().createBucket(r -> r.bucket(bucket));
    shard = AuditedShard.write(s3(), bucket);
    leases.put(AuditedShard.SHARD_ID, LeaseCheckpoints.SHARD_END);
  }

  private static S3Client s3() {
    return clients.s3();
  }

  private AuditReport audit() {
    return audit(false, InstantSource.system());
  }

  private AuditReport audit(boolean clean, InstantSource clock) {
    return new TileAudit(
            s3(), bucket, "enriched", application -> new LeaseCheckpoints(leases), clock)
        .run(clean);
  }

  private void delete(String key) {
    s3().deleteObject(r -> r.bucket(bucket).key(key));
  }

  private void copy(String from, String to) {
    s3().copyObject(
            r ->
                r.sourceBucket(bucket)
                    .sourceKey(from)
                    .destinationBucket(bucket)
                    .destinationKey(to));
  }

  private void rewrite(String key, String name, String value) {
    var object = s3().getObjectAsBytes(r -> r.bucket(bucket).key(key));
    var metadata = new HashMap<>(object.response().metadata());
    metadata.put(name, value);
    s3().putObject(
            r -> r.bucket(bucket).key(key).metadata(metadata),
            RequestBody.fromBytes(object.asByteArray()));
  }

  private void assertFinding(String place, String what) {
    assertThat(audit().findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.place()).isEqualTo(place);
              assertThat(finding.what()).contains(what);
            });
  }

  @Test
  void findsNothingInASoundShardAndAddsItUp() {
    AuditReport report = audit();
    assertThat(report.findings()).isEmpty();
    assertThat(report.isClean()).isTrue();
    assertThat(report.orphans()).isEmpty();
    assertThat(report.shards()).isEqualTo(1);
    assertThat(report.tiles()).isEqualTo(5);
    assertThat(report.records()).isEqualTo(10);
    assertThat(report.in()).isEqualTo(10);
    assertThat(report.rejected()).isEqualTo(2);
    assertThat(report.enriched() + report.enrichedWithWarnings()).isEqualTo(8);
  }

  @Test
  void findsAnyTileThatWasDeleted() {
    for (String key : List.copyOf(shard.keys())) {
      s3().putObject(r -> r.bucket(bucket).key("kept"), RequestBody.fromString(""));
      copy(key, "elsewhere");
      delete(key);
      assertThat(audit().findings()).as(key).isNotEmpty().allMatch(f -> f.what().contains("gap"));
      copy("elsewhere", key);
      assertThat(audit().isClean()).isTrue();
    }
  }

  @Test
  void findsADeletedLastTileByTheCheckpointWhileTheShardIsOpen() {
    delete(shard.marker());
    leases.put(AuditedShard.SHARD_ID, "10.0");
    assertThat(audit().findings()).isEmpty();
    delete(shard.keys().get(4));
    assertFinding(shard.name(), "gap: the checkpoint is 10.0, the tiles end at 8.0");
  }

  @Test
  void findsThatAllTilesAreGone() {
    shard.keys().forEach(this::delete);
    shard.rejects().forEach(this::delete);
    assertFinding(shard.name(), "gap: the shard ended at 10.0, its tiles end at nothing");
  }

  @Test
  void findsACheckpointThatIsNoEndOfATile() {
    leases.put(AuditedShard.SHARD_ID, "7.0");
    assertFinding(shard.name(), "the checkpoint 7.0 is not the end of a tile");
  }

  @Test
  void findsADoneShardWithoutItsMarker() {
    delete(shard.marker());
    assertFinding(shard.name(), "no marker says where");
  }

  @Test
  void findsATileThatWasCopiedIntoAnotherTimeFolder() {
    String copy = shard.keys().get(2).replace("/hr=10/", "/hr=11/");
    copy(shard.keys().get(2), copy);
    assertFinding(copy, "doubled: " + shard.keys().get(2));
  }

  @Test
  void findsATileThatReachesIntoTheNextOne() {
    rewrite(shard.keys().get(1), "sluice-last", "5.0");
    assertFinding(shard.keys().get(2), "overlap");
  }

  @Test
  void findsCountsThatWereTamperedWith() {
    rewrite(shard.keys().get(1), "sluice-enriched", "1");
    assertFinding(shard.keys().get(1), "do not add up");
    rewrite(shard.keys().get(1), "sluice-in", "1");
    assertFinding(shard.keys().get(1), "holds 2 enriched lines, and should hold 1");
  }

  @Test
  void findsContentsThatWereTamperedWith() {
    String key = shard.keys().get(0);
    var metadata = s3().headObject(r -> r.bucket(bucket).key(key)).metadata();
    s3().putObject(
            r -> r.bucket(bucket).key(key).metadata(metadata), RequestBody.fromString("no gzip"));
    assertFinding(key, "not whole gzip");
  }

  @Test
  void findsMissingRejects() {
    String rejects = shard.rejects().get(0);
    delete(rejects);
    assertFinding(rejects, "is missing, and should hold 1 rejected lines");
  }

  @Test
  void findsForeignObjects() {
    s3().putObject(r -> r.bucket(bucket).key("enriched/readme.txt"), RequestBody.fromString("x"));
    assertFinding("enriched/readme.txt", "neither a tile nor rejects");
    String key = shard.keys().get(0).replace("TRIM_HORIZON", "99.0");
    s3().putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString("x"));
    assertFinding(key, "no metadata");
  }

  @Test
  void listsOrphanedRejectsAndRemovesOldOnesWhenAsked() {
    String orphan = shard.rejects().get(0).replace(".ndjson.gz", "0.ndjson.gz");
    copy(shard.rejects().get(0), orphan);
    AuditReport listed = audit(true, InstantSource.system());
    assertThat(listed.isClean()).isTrue();
    assertThat(listed.orphans()).containsExactly(orphan);
    assertThat(listed.removedOrphans()).as("its commit may be on its way").isZero();

    Instant later = Instant.now().plus(TileAudit.MIN_ORPHAN_AGE).plus(Duration.ofHours(1));
    assertThat(audit(true, InstantSource.fixed(later)).removedOrphans()).isEqualTo(1);
    assertThat(audit().orphans()).isEmpty();
  }

  @Test
  void auditsOneStreamOnItsOwn() {
    AuditReport report =
        new TileAudit(
                s3(),
                bucket,
                "enriched/app/logs-1700000000000",
                application -> LeaseCheckpoints.unknown(),
                InstantSource.system())
            .run(false);
    assertThat(report.findings()).isEmpty();
    assertThat(report.tiles()).isEqualTo(5);
  }
}
