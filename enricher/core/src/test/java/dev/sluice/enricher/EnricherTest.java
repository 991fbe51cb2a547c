package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.samples.IpNetwork;
import dev.sluice.samples.MmdbMetadata;
import dev.sluice.samples.MmdbValue;
import dev.sluice.samples.MmdbWriter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnricherTest {
  private static final String LINE =
      "203.0.113.42 - - [28/Oct/2025:10:15:30 +0000] \"GET /a HTTP/1.1\" 200 5 \"-\" \"%s\"";

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  @TempDir private Path folder;

  @Test
  void appendsBehindWhatTheBufferHolds() {
    byte[] line = LINE.formatted("-").getBytes(StandardCharsets.UTF_8);
    var out = new OutputBuffer();
    out.append((byte) '>');
    Enrichers.withDefaults().enrich(line, 0, line.length, out);
    assertThat(out.toString()).startsWith(">{\"host\"").endsWith("}");
  }

  @Test
  void usesAnotherListOfExpressionsWhenTold() throws IOException {
    Path regexes = folder.resolve("regexes.yaml");
    Files.writeString(
        regexes,
        """
        user_agent_parsers:
          - regex: '(Sluice)/(\\d+)'
        os_parsers:
          - regex: '(Weir OS)'
        device_parsers:
          - regex: 'never'
        """);
    try (var enricher =
        Enricher.open(EnricherSettings.defaults().withUapRegexes(regexes), metrics)) {
      assertThat(Enrichers.answer(enricher.newLineEnricher(), LINE.formatted("Sluice/1 Weir OS")))
          .contains("\"os\":\"Weir OS\",\"browser\":\"Sluice\",\"device_type\":\"other\"");
    }
  }

  @Test
  void refusesAMissingListOfExpressions() {
    Path regexes = folder.resolve("none.yaml");
    assertThatThrownBy(
            () -> Enricher.open(EnricherSettings.defaults().withUapRegexes(regexes), metrics))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessage(regexes + ": no such file");
  }

  @Test
  void refusesAFileThatIsNoListOfExpressions() throws IOException {
    for (String content : List.of("", "a: b", "[", "user_agent_parsers: 1", "\0")) {
      Path regexes = Files.writeString(folder.resolve("regexes.yaml"), content);
      assertThatThrownBy(
              () -> Enricher.open(EnricherSettings.defaults().withUapRegexes(regexes), metrics))
          .as(content)
          .isInstanceOf(UnusableDatabaseException.class)
          .hasMessage(regexes + ": not a regexes.yaml of ua-parser");
    }
  }

  @Test
  void refusesAFolderAsListOfExpressions() {
    assertThatThrownBy(
            () -> Enricher.open(EnricherSettings.defaults().withUapRegexes(folder), metrics))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessage(folder + ": not a readable file");
  }

  @Test
  void countsHitsAndMissesOfTheUserAgentCache() {
    try (var enricher = Enricher.open(EnricherSettings.defaults(), metrics)) {
      LineEnricher line = enricher.newLineEnricher();
      for (String userAgent : List.of("a", "a", "b", "a", "-")) {
        Enrichers.answer(line, LINE.formatted(userAgent));
      }
      // The third "a" is found before the shared cache is asked, see UserAgentFinderTest.
      assertThat(gets("user-agent", "hit")).isEqualTo(1);
      assertThat(gets("user-agent", "miss")).isEqualTo(2);
    }
  }

  @Test
  void warnsAndGoesOnWhereTheDatabaseIsBroken() throws IOException {
    var metadata = MmdbMetadata.city("Test-City", List.of("en"), Instant.EPOCH);
    var writer = new MmdbWriter(metadata);
    writer.insert(IpNetwork.parse("203.0.113.0/24"), MmdbValue.text("no record"));
    Path file = folder.resolve("broken.mmdb");
    try (var out = Files.newOutputStream(file)) {
      writer.writeTo(out);
    }
    try (var enricher =
        Enricher.open(EnricherSettings.defaults().withGeoIpDatabase(file), metrics)) {
      LineEnricher line = enricher.newLineEnricher();
      String first = Enrichers.answer(line, LINE.formatted("-"));
      assertThat(first)
          .startsWith("warn  {\"host\":\"203.0.113.42\"")
          .doesNotContain("city", "country", "location");
      assertThat(Enrichers.answer(line, LINE.formatted("-"))).as("from the cache").isEqualTo(first);
    }
  }

  @Test
  void refusesADatabaseThatCannotBeUsed() {
    Path file = folder.resolve("none.mmdb");
    assertThatThrownBy(
            () -> Enricher.open(EnricherSettings.defaults().withGeoIpDatabase(file), metrics))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessage(file + ": no such file");
  }

  @Test
  void whatAnotherThreadRehearsesChangesNoAnswer() throws InterruptedException {
    String agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    for (Map<String, String> keys :
        List.of(
            Map.<String, String>of(),
            Map.of("OUTPUT_PROFILE", "ecs"),
            Map.of("LOG_FORMAT", "%h %t \"%r\" %>s"),
            Map.of("LOG_FORMAT", "flat"),
            Map.of("SAMPLE", "0", "ANOMALY_FLAGS", "true"))) {
      EnricherSettings settings = EnricherSettings.from(new Settings(keys::get));
      var helper = new Helper();
      try (var rehearsed = Enricher.open(settings, helper);
          var alone = Enricher.open(settings, Runnable::run)) {
        helper.await();
        for (String each : List.of("-", agent)) {
          assertThat(Enrichers.answer(rehearsed.newLineEnricher(), LINE.formatted(each)))
              .isEqualTo(Enrichers.answer(alone.newLineEnricher(), LINE.formatted(each)));
        }
      }
    }
  }

  @Test
  void aListThatCannotBeUsedIsToldOnceByWhoeverOpens() throws InterruptedException {
    var helper = new Helper();
    EnricherSettings settings =
        EnricherSettings.defaults().withUapRegexes(folder.resolve("none.yaml"));
    assertThatThrownBy(() -> Enricher.open(settings, helper))
        .isInstanceOf(UnusableDatabaseException.class);
    helper.await();
  }

  /** Runs its task on a thread of its own. */
  private static final class Helper implements Executor {
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    private Thread thread;

    @Override
    public void execute(Runnable task) {
      thread = new Thread(task);
      thread.setUncaughtExceptionHandler((failed, failure) -> failures.add(failure));
      thread.start();
    }

    /** Waits until the task has ended, as it should. */
    void await() throws InterruptedException {
      thread.join();
      assertThat(failures).isEmpty();
    }
  }

  private double gets(String cache, String result) {
    return metrics
        .get("cache.gets")
        .tag("cache", cache)
        .tag("result", result)
        .functionCounter()
        .count();
  }

  @Test
  void boundsTheUserAgentCache() {
    var keys = Map.of("USER_AGENT_CACHE_ENTRIES", "10");
    try (var enricher = Enricher.open(EnricherSettings.from(new Settings(keys::get)), metrics)) {
      LineEnricher line = enricher.newLineEnricher();
      for (int i = 0; i < 200; i++) {
        Enrichers.answer(line, LINE.formatted("agent " + i));
      }
      assertThat(metrics.get("cache.size").tag("cache", "user-agent").gauge().value())
          .isBetween(1.0, 10.0);
    }
  }

  @Test
  void answersAlikeOnEveryThread() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      lines.add(LINE.formatted("Chrome/" + i % 50 + " (Windows NT 10.0)"));
    }
    try (var enricher = Enricher.open(EnricherSettings.defaults(), metrics)) {
      Callable<List<String>> work =
          () -> {
            LineEnricher line = enricher.newLineEnricher();
            return lines.stream().map(each -> Enrichers.answer(line, each)).toList();
          };
      List<String> expected = work.call();
      var threads = Executors.newFixedThreadPool(4);
      try {
        for (Future<List<String>> result :
            threads.invokeAll(List.of(work, work, work, work), 120, TimeUnit.SECONDS)) {
          assertThat(result.get()).isEqualTo(expected);
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }
}
