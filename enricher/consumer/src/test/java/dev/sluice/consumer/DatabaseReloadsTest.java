package dev.sluice.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.lookups.database.DatabaseFetch;
import dev.sluice.samples.MmdbMetadata;
import dev.sluice.samples.SampleGeo;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DatabaseReloadsTest {
  private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NOW = BUILT.plusSeconds(3_600);

  @TempDir private Path folder;
  private Path file;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<String> troubles = new ArrayList<>();
  private Enricher enricher;
  private DatabaseReloads reloads;

  @BeforeEach
  void open() throws IOException {
    file = folder.resolve("geo.mmdb");
    replace(BUILT);
    enricher = Enricher.open(EnricherSettings.defaults().withGeoIpDatabase(file), meters);
    reloads = new DatabaseReloads(enricher, this::fetch, meters, InstantSource.fixed(NOW));
  }

  @AfterEach
  void close() {
    reloads.close();
    enricher.close();
  }

  private void replace(Instant built) throws IOException {
    Path next = folder.resolve("next");
    try (OutputStream out = Files.newOutputStream(next)) {
      new SampleGeo().writeTo(out, MmdbMetadata.city("Sluice-Sample-City", List.of("en"), built));
    }
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private List<String> fetch() {
    return troubles;
  }

  private double age() {
    return meters.get(DatabaseReloads.AGE).tag("database", "city").gauge().value();
  }

  private double ageDays() {
    return meters.get(DatabaseReloads.AGE_DAYS_MAX).gauge().value();
  }

  private double count(String result) {
    return meters.counter(DatabaseReloads.RELOADS, "result", result).count();
  }

  @Test
  void showsTheAgeOfTheDatabaseInUse() throws IOException {
    assertThat(age()).isEqualTo(3_600);
    assertThat(ageDays()).isEqualTo(1.0 / 24);
    replace(BUILT.plusSeconds(3_000));
    assertThat(age()).isEqualTo(3_600);
    reloads.look();
    assertThat(age()).isEqualTo(600);
    assertThat(ageDays()).isEqualTo(1.0 / 144);
  }

  @Test
  void countsWhatBecameOfChangedFiles() throws IOException {
    reloads.look();
    assertThat(count("reloaded")).isZero();
    replace(BUILT.plusSeconds(1));
    reloads.look();
    reloads.look();
    assertThat(count("reloaded")).isEqualTo(1);
    Files.delete(file);
    reloads.look();
    reloads.look();
    assertThat(count("refused")).isEqualTo(1);
    assertThat(count("reloaded")).isEqualTo(1);
    assertThat(age()).isEqualTo(3_599);
  }

  @Test
  void saysWhatWasNotFetchedAndStillLooksAtTheFiles() throws IOException {
    troubles.add("s3://geo/city.mmdb: Access Denied");
    replace(BUILT.plusSeconds(1));
    reloads.look();
    assertThat(count("not_fetched")).isEqualTo(1);
    assertThat(count("reloaded")).isEqualTo(1);
  }

  @Test
  @Timeout(60)
  void looksByItself() throws Exception {
    var looked = new CountDownLatch(1);
    meters
        .config()
        .onMeterAdded(
            meter -> {
              if (meter.getId().getName().equals(DatabaseReloads.RELOADS)) {
                looked.countDown();
              }
            });
    replace(BUILT.plusSeconds(1));
    reloads.start(Duration.ofMillis(1));
    looked.await();
    assertThat(enricher.databases().get(0).buildTime()).isEqualTo(BUILT.plusSeconds(1));
  }

  @Test
  void hasNoGaugeWithoutADatabase() {
    var none = new SimpleMeterRegistry();
    try (var bare = Enricher.open(EnricherSettings.defaults(), none);
        var idle =
            new DatabaseReloads(bare, DatabaseFetch.NOTHING, none, InstantSource.fixed(NOW))) {
      idle.start(Duration.ofMillis(1));
      idle.look();
      assertThat(none.find(DatabaseReloads.AGE).gauge()).isNull();
      assertThat(none.find(DatabaseReloads.RELOADS).counter()).isNull();
    }
  }
}
