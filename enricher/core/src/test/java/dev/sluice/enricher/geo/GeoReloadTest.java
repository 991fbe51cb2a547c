package dev.sluice.enricher.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.enricher.DatabaseInUse;
import dev.sluice.enricher.DatabaseReload;
import dev.sluice.samples.CityRecord;
import dev.sluice.samples.MmdbMetadata;
import dev.sluice.samples.MmdbValue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database file that is replaced while it is in use. Time-outs only catch a hang. */
@Timeout(120)
class GeoReloadTest {
  private static final byte[] HOST = "203.0.113.42".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path folder;
  private Path file;
  private GeoFragments fragments;
  private GeoFinder finder;

  @BeforeEach
  void open() throws IOException {
    file = folder.resolve("geo.mmdb");
    replace(city("Paris", 1));
    fragments = TestDatabases.open(file, 100, new SimpleMeterRegistry());
    finder = fragments.newFinder().orElseThrow();
  }

  @AfterEach
  void close() {
    fragments.close();
  }

  private static byte[] city(String name, int builtAtSecond) {
    MmdbMetadata metadata =
        MmdbMetadata.city("Test-City", List.of("en"), Instant.ofEpochSecond(builtAtSecond));
    MmdbValue record = CityRecord.empty().withCity(TestDatabases.place("en", name)).toValue();
    return TestDatabases.of(metadata, Map.of("203.0.113.0/24", record));
  }

  /** As a good updater does it: a new file takes the name at once. */
  private void replace(byte[] content) throws IOException {
    Files.move(TestDatabases.write(folder, content), file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String found(GeoFinder by) {
    by.find(HOST, 0, HOST.length);
    return new String(by.place(), StandardCharsets.UTF_8);
  }

  private static String json(String city) {
    return ",\"city\":\"" + city + "\"";
  }

  @Test
  void answersFromTheNewFileAfterTheReload() throws IOException {
    GeoFinder idle = fragments.newFinder().orElseThrow();
    assertThat(found(finder)).isEqualTo(json("Paris"));
    replace(city("Rome", 2));
    assertThat(found(finder)).as("not looked yet").isEqualTo(json("Paris"));
    assertThat(fragments.reloadIfChanged())
        .containsExactly(new DatabaseReload("city", file, Optional.empty()));
    assertThat(found(finder)).isEqualTo(json("Rome"));
    assertThat(found(idle)).isEqualTo(json("Rome"));
    assertThat(fragments.databases())
        .containsExactly(new DatabaseInUse("city", file, Instant.ofEpochSecond(2)));
  }

  @Test
  void doesNothingWhenNothingHasChanged() {
    assertThat(fragments.reloadIfChanged()).isEmpty();
    assertThat(fragments.reloadIfChanged()).isEmpty();
  }

  @Test
  void noticesTheSameSizeAndTimeByTheIdentityOfTheFile() throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    assertThat(found(finder)).isEqualTo(json("Paris"));
    replace(city("Lyons", 1));
    Files.setLastModifiedTime(file, time);
    assertThat(FileStamp.of(file).size()).isEqualTo(city("Paris", 1).length);
    assumeTrue(FileStamp.of(file).key() != null);
    assertThat(fragments.reloadIfChanged()).hasSize(1);
    assertThat(found(finder)).isEqualTo(json("Lyons"));
  }

  @Test
  void keepsTheOldOneWhileTheNewOneIsUnusableAndSaysSoOnce() throws IOException {
    replace("no database".getBytes(StandardCharsets.US_ASCII));
    List<DatabaseReload> refused = fragments.reloadIfChanged();
    assertThat(refused).hasSize(1);
    assertThat(refused.get(0).refusal().orElseThrow())
        .startsWith(file + ": not a usable GeoIP2 City database");
    assertThat(fragments.reloadIfChanged()).as("the same file").isEmpty();
    assertThat(found(finder)).isEqualTo(json("Paris"));
    Files.delete(file);
    assertThat(fragments.reloadIfChanged())
        .containsExactly(new DatabaseReload("city", file, Optional.of(file + ": no such file")));
    assertThat(fragments.reloadIfChanged()).as("still away").isEmpty();
    assertThat(found(finder)).isEqualTo(json("Paris"));
    assertThat(fragments.databases())
        .containsExactly(new DatabaseInUse("city", file, Instant.ofEpochSecond(1)));
    replace(city("Rome", 2));
    assertThat(fragments.reloadIfChanged())
        .containsExactly(new DatabaseReload("city", file, Optional.empty()));
    assertThat(found(finder)).isEqualTo(json("Rome"));
  }

  @Test
  void opensNothingAfterTheEnd() throws IOException {
    fragments.close();
    replace(city("Rome", 2));
    assertThat(fragments.reloadIfChanged()).isEmpty();
  }

  /** Readers see the old city or the new one, whole, and after a reload never an older one. */
  @Test
  void letsReadersGoOnWhileFilesAreSwapped() throws Exception {
    int reloads = 100;
    int readers = 2;
    var done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(readers);
    try {
      var results = new ArrayList<Future<Integer>>();
      replace(city("1000", 2));
      fragments.reloadIfChanged();
      for (int i = 0; i < readers; i++) {
        results.add(threads.submit(() -> read(done)));
      }
      for (int i = 1; i <= reloads; i++) {
        replace(city(Integer.toString(1_000 + i), 2));
        assertThat(fragments.reloadIfChanged()).hasSize(1);
        assertThat(found(finder)).isEqualTo(json(Integer.toString(1_000 + i)));
      }
      done.set(true);
      for (Future<Integer> result : results) {
        assertThat(result.get()).isEqualTo(1_000 + reloads);
      }
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
  }

  /** The city that was read last, a number that must never fall. */
  private int read(AtomicBoolean done) {
    GeoFinder own = fragments.newFinder().orElseThrow();
    int last = 0;
    boolean ended;
    do {
      ended = done.get();
      String json = found(own);
      assertThat(GeoFragment.isReadable(own.place())).isTrue();
      int city = Integer.parseInt(json.replaceAll("\\D", ""));
      assertThat(city).isGreaterThanOrEqualTo(last);
      last = city;
    } while (!ended);
    return last;
  }
}
