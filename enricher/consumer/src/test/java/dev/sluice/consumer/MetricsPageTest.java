package dev.sluice.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.consumer.kcl.FakeShard;
import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.consumer.tiles.ContinuesFrom;
import dev.sluice.consumer.tiles.Position;
import dev.sluice.consumer.tiles.ShardCheckpointer;
import dev.sluice.consumer.tiles.TileCounts;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.OutcomeCounts;
import dev.sluice.enricher.RejectReason;
import dev.sluice.enricher.Settings;
import dev.sluice.fanout.Alert;
import dev.sluice.fanout.AlertRule;
import dev.sluice.local.metrics.MetricName;
import dev.sluice.local.metrics.MetricTable;
import dev.sluice.local.metrics.MetricsPage;
import dev.sluice.lookups.LookupEvents;
import dev.sluice.lookups.LookupSettings;
import dev.sluice.lookups.Lookups;
import dev.sluice.samples.MmdbMetadata;
import dev.sluice.samples.SampleAsn;
import dev.sluice.samples.SampleGeo;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Holds docs/metrics.md to the meters of a consumer to which everything has happened. */
class MetricsPageTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  private static final TileCounts COUNTS =
      new TileCounts(
          1,
          new OutcomeCounts(1, 1, 1, Map.of(RejectReason.BAD_HOST, 1L)),
          Map.of("health-checks", 1L));

  /** Something for each type of parameter that an event has. */
  private static final Map<Class<?>, Object> ANYTHING =
      Map.ofEntries(
          Map.entry(String.class, "anything"),
          Map.entry(int.class, 1),
          Map.entry(long.class, 1L),
          Map.entry(boolean.class, true),
          Map.entry(Duration.class, Duration.ofSeconds(1)),
          Map.entry(OptionalLong.class, OptionalLong.of(1)),
          Map.entry(TileCounts.class, COUNTS),
          Map.entry(Position.class, new Position("1", 0)),
          Map.entry(ContinuesFrom.class, new Position("1", 0)),
          Map.entry(ShardCheckpointer.Answer.class, ShardCheckpointer.Answer.THROTTLED),
          Map.entry(Throwable.class, new IllegalStateException("a test")),
          Map.entry(Alert.class, alert()));

  private static final OperationSettings OPERATION =
      OperationSettings.from(new Settings(Map.of("CLOUDWATCH_METRICS", "true")::get));

  @TempDir private static Path folder;
  private static final SentMeters CLOUD_WATCH = new SentMeters();
  private static final ConsumerMeters METERS = new ConsumerMeters(OPERATION, () -> CLOUD_WATCH);

  private static Alert alert() {
    return new Alert(
        new AlertRule(
            "errors",
            AlertRule.Measure.ERROR_RATE,
            0.05,
            AlertRule.Scope.STREAM,
            Duration.ofMinutes(1),
            1,
            Set.of(5)),
        Alert.Kind.RAISED,
        NOW,
        NOW.plusSeconds(60),
        List.of(),
        0);
  }

  /** All meters that a consumer can have, each of them once used. */
  @BeforeAll
  static void useEverything() throws Exception {
    MeterRegistry all = METERS.all();
    var events = new MeteredEvents(all);
    for (Method event : ConsumerEvents.class.getMethods()) {
      Object[] anything = Arrays.stream(event.getParameterTypes()).map(ANYTHING::get).toArray();
      assertThat(anything).as("parameters of %s", event).doesNotContainNull();
      event.invoke(events, anything);
    }
    try (Lookups lookups = lookups();
        Enricher enricher = Enricher.open(withDatabases(), all);
        var databases = new DatabaseReloads(enricher, () -> List.of("not there"), all, CLOCK);
        var worker = new WatchedWorker()) {
      lookups.bindTo(all);
      databases.look();
      FakeShard shard = worker.open("s1");
      shard.behindLatest = OptionalLong.of(5);
      shard.oldestUncommitted = NOW;
      new ShardGauges(all, worker.shards, CLOCK).refresh();
      METERS.sendLast();
    }
  }

  @AfterAll
  static void close() {
    METERS.close();
  }

  private static Lookups lookups() {
    var keys =
        Map.of(
            "REVERSE_DNS", "true",
            "REFERENCE_TABLE", "users",
            "REFERENCE_KEY", "name",
            "REFERENCE_FIELD", "user",
            "REFERENCE_ATTRIBUTES", "tier");
    return Lookups.open(
        LookupSettings.from(new Settings(keys::get), EnricherSettings.defaults()),
        atMost ->
            DynamoDbClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create()),
        () -> null,
        LookupEvents.NONE,
        new Random(1));
  }

  private static EnricherSettings withDatabases() throws IOException {
    Path city = folder.resolve("city.mmdb");
    try (OutputStream out = Files.newOutputStream(city)) {
      new SampleGeo().writeTo(out, MmdbMetadata.city("Sample-City", List.of("en"), NOW));
    }
    Path asn = folder.resolve("asn.mmdb");
    try (OutputStream out = Files.newOutputStream(asn)) {
      new SampleAsn().writeTo(out);
    }
    var keys = Map.of("GEOIP_CITY_DATABASE", city.toString(), "GEOIP_ASN_DATABASE", asn.toString());
    return EnricherSettings.from(new Settings(keys::get));
  }

  @Test
  void namesEveryMeterThatReachesCloudWatchAndNoOther() throws Exception {
    MetricTable table = MetricsPage.ofThisCheckout().table("consumer");
    assertThat(table.differences(CLOUD_WATCH.names())).isEmpty();
    assertThat(table.setting()).isEqualTo("CLOUDWATCH_METRICS_NAMESPACE");
    assertThat(CLOUD_WATCH.namespaces()).containsExactly(table.namespace());
  }

  @Test
  void namesEveryMeterThatPrometheusAloneGets() throws Exception {
    assertThat(MetricsPage.ofThisCheckout().table("consumer-shards").differences(ofShards()))
        .isEmpty();
  }

  private static SortedSet<MetricName> ofShards() {
    var names = new TreeSet<MetricName>();
    METERS
        .prometheus()
        .scrape()
        .lines()
        .filter(line -> line.contains("shard=\""))
        .forEach(
            line ->
                names.add(
                    MetricName.of(line.substring(0, line.indexOf('{')), "None", Set.of("shard"))));
    return names;
  }

  @Test
  void aMeterOfAnotherNameIsNoticed() throws Exception {
    var renamed = new TreeSet<>(CLOUD_WATCH.names());
    MetricName committed = MetricName.of("CommittedRecords.count", "Count", Set.of());
    assertThat(renamed.remove(committed)).isTrue();
    renamed.add(MetricName.of("RecordsCommitted.count", "Count", Set.of()));
    assertThat(MetricsPage.ofThisCheckout().table("consumer").differences(renamed))
        .containsExactly(
            "consumer sends RecordsCommitted.count in Count, which the page does not name",
            "the page names CommittedRecords.count in Count, which consumer does not send");
  }
}
