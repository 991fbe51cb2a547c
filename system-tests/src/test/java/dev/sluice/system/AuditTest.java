package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.Sluice;
import dev.sluice.consumer.audit.Finding;
import dev.sluice.consumer.tiles.Position;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What a real consumer has written, with one tile taken away or doubled: the audit names it. */
@ExtendWith(SharedStack.class)
@Order(12)
class AuditTest {
  private static final int LINES = 2_000;
  private static final double LINES_PER_SECOND = 500;

  private static SystemStack stack;
  private static Scenario scenario;

  /** Tiles of each shard in the order of their chain. */
  private static Map<String, List<StoredTile>> chains;

  @BeforeAll
  static void consumeALoad(SystemStack shared) {
    stack = shared;
    scenario = Scenario.create(stack, "audit");
    try (var consumer = scenario.startConsumer("consumer")) {
      consumer.awaitShards(Scenario.SHARDS);
      scenario.startLoad(LINES, LINES_PER_SECOND);
      scenario.awaitDelivery(consumer);
      assertThat(consumer.stop()).as(consumer.printed()).isZero();
      List<StoredTile> tiles = Books.assertBalanced(scenario);
      chains =
          tiles.stream()
              .sorted(Comparator.comparing(tile -> tile.header().first(), Position::compareTo))
              .collect(
                  Collectors.groupingBy(
                      tile -> tile.header().shardId(), TreeMap::new, Collectors.toList()));
    }
    assertThat(chains).hasSize(Scenario.SHARDS);
    assertThat(chains.values()).allSatisfy(chain -> assertThat(chain).hasSizeGreaterThan(2));
  }

  @AfterEach
  void isCleanAgain() {
    assertThat(scenario.output().audit().findings()).isEmpty();
  }

  @Test
  void aMissingFirstTileIsNamed() {
    chains.values().forEach(chain -> assertMissed(chain.get(0)));
  }

  @Test
  void aMissingMiddleTileIsNamed() {
    chains.values().forEach(chain -> assertMissed(chain.get(chain.size() / 2)));
  }

  @Test
  void aMissingLastTileIsNamed() {
    chains.values().forEach(chain -> assertMissed(chain.get(chain.size() - 1)));
  }

  @Test
  void aDoubledTileIsNamed() {
    for (List<StoredTile> chain : chains.values()) {
      String key = chain.get(chain.size() / 2).key();
      withCopyOf(
          key,
          copy -> {
            assertThat(scenario.output().audit().findings())
                .anySatisfy(
                    finding ->
                        assertThat(finding.toString()).contains("doubled").contains(key, copy));
          });
    }
  }

  @Test
  void theBooksOfTheTestsNoticeBoth() {
    StoredTile tile = chains.values().iterator().next().get(1);
    without(
        tile,
        () ->
            assertThatThrownBy(() -> Books.assertBalanced(scenario))
                .hasMessageContaining("ids in the stream that are not in S3"));
    withCopyOf(
        tile.key(),
        copy ->
            assertThatThrownBy(() -> Books.assertBalanced(scenario))
                .hasMessageContaining("ids that are in S3 more than once"));
  }

  @Test
  void theCommandEndsWithExitCode1AndNamesThePlace() {
    assertCommand(0, String.format(Locale.ROOT, "%,d in", LINES));
    List<StoredTile> chain = chains.values().iterator().next();
    StoredTile last = chain.get(chain.size() - 1);
    without(last, () -> assertCommand(1, last.header().shardId()));
    withCopyOf(last.key(), copy -> assertCommand(1, copy));
  }

  /** Runs {@code ./sluice audit} as a process. */
  private static void assertCommand(int exitCode, String named) {
    try (var audit =
        ChildProcess.start(
            scenario.folder(),
            "command",
            stack.environment(),
            Sluice.class.getName(),
            "audit",
            "s3://" + SystemStack.BUCKET + '/' + StoredOutput.PREFIX + '/' + scenario.name())) {
      assertThat(audit.exitCode()).as(audit.printed()).isEqualTo(exitCode);
      assertThat(audit.out()).contains(named);
      assertThat(audit.err()).isEmpty();
    }
  }

  private static void assertMissed(StoredTile tile) {
    without(
        tile,
        () -> {
          List<Finding> findings = scenario.output().audit().findings();
          assertThat(findings).as("without " + tile.key()).isNotEmpty();
          assertThat(findings)
              .as("all of them about that shard")
              .allSatisfy(
                  finding -> {
                    assertThat(finding.place()).contains(tile.header().shardId());
                    assertThat(finding.what()).contains("gap");
                  });
        });
  }

  private static void without(StoredTile tile, Runnable check) {
    var object = s3().getObjectAsBytes(get -> get.bucket(SystemStack.BUCKET).key(tile.key()));
    delete(tile.key());
    try {
      check.run();
    } finally {
      s3().putObject(
              put ->
                  put.bucket(SystemStack.BUCKET)
                      .key(tile.key())
                      .metadata(object.response().metadata()),
              RequestBody.fromBytes(object.asByteArrayUnsafe()));
    }
  }

  /** The copy lies in the folder of another day. */
  private static void withCopyOf(String key, Consumer<String> check) {
    String copy = key.replaceFirst("/dt=[^/]+/", "/dt=2001-01-01/");
    s3().copyObject(
            request ->
                request
                    .sourceBucket(SystemStack.BUCKET)
                    .sourceKey(key)
                    .destinationBucket(SystemStack.BUCKET)
                    .destinationKey(copy));
    try {
      check.accept(copy);
    } finally {
      delete(copy);
    }
  }

  private static void delete(String key) {
    s3().deleteObject(delete -> delete.bucket(SystemStack.BUCKET).key(key));
  }

  private static S3Client s3() {
    return stack.s3();
  }
}
