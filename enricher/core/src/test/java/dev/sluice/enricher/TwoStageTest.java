package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two stages, one behind the other, answer what one stage answers: text, warnings, outcome. */
class TwoStageTest {
  private static final int LINES = 4_000;
  private static final int MUTATIONS = 20_000;
  private static final long SEED = 20_251_028;
  private static final String FEW_REGEXES = "src/test/resources/few-regexes.yaml";
  private static final String DATABASE = "GEOIP_CITY_DATABASE";

  static List<GoldenFile.Case> goldenLines() {
    return GoldenFile.allCases().stream()
        .filter(golden -> !golden.isRecord() && !golden.isSelection())
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("goldenLines")
  void answerAsOneOnEveryGoldenLine(GoldenFile.Case golden) {
    var stages = new Stages(golden.settings());
    stages.compare(golden.line());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",derived", ",derived,tags"})
  void answerAsOneOnSyntheticLogs(String moreGroups) {
    var keys = new HashMap<>(Map.of("OUTPUT_GROUPS", Stages.GROUPS + moreGroups));
    if (moreGroups.contains("tags")) {
      keys.put("TAGS", "env=prod");
    }
    var stages = new Stages(keys);
    var log =
        new SyntheticAccessLog(
            7, AccessLogOptions.defaults().withOddShare(0.5).withBrokenShare(0.1));
    for (int i = 0; i < LINES; i++) {
      stages.compare(log.next().bytes());
    }
    assertThat(stages.warned).isPositive();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void answerAsOneOnMutations(boolean derived) {
    String groups = Stages.GROUPS + (derived ? ",derived" : "");
    var stages = new Stages(Map.of("UAP_REGEXES", FEW_REGEXES, "OUTPUT_GROUPS", groups));
    LineMutations mutations = LineMutations.ofGoldenLines(BuiltInFormat.AUTO, new Random(SEED));
    for (int i = 0; i < MUTATIONS; i++) {
      stages.compare(mutations.next());
    }
    assertThat(stages.warned).isPositive();
  }

  @Test
  void answerAsOneOnMutationsInFormatStrings() {
    LineMutations mutations = LineMutations.ofCustomLines(new Random(SEED));
    List<Stages> formats =
        GoldenFile.casesWithCustomFormat().stream()
            .filter(golden -> !golden.isSelection())
            .map(golden -> new Stages(golden.settings()))
            .toList();
    for (int i = 0; i < MUTATIONS; i++) {
      formats.get(i % formats.size()).compare(mutations.next());
    }
  }

  @Test
  void neverThrowOnMutationsOfRecords() {
    List<byte[]> records =
        GoldenFile.allCases().stream()
            .filter(GoldenFile.Case::isRecord)
            .map(GoldenFile.Case::line)
            .toList();
    var mutations = new LineMutations(records, new Random(SEED));
    LineEnricher enricher =
        Enrichers.withSettings(Map.of("LOG_FORMAT", "flat", "UAP_REGEXES", FEW_REGEXES));
    var out = new OutputBuffer();
    var counts = new OutcomeCounts.Builder();
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] line = mutations.next();
      out.clear();
      Outcome outcome = enricher.enrich(line, 0, line.length, out);
      OutputChecks.assertSane(outcome, line.length, out);
      counts.add(outcome);
    }
    assertThat(counts.build().rejected()).isBetween(MUTATIONS / 20L, MUTATIONS - MUTATIONS / 20L);
  }

  /** One stage beside two, of which only the second has the database. */
  private static final class Stages {
    static final String GROUPS = "quality,event_id,schema_version";

    private final LineEnricher single;
    private final LineEnricher first;
    private final LineEnricher second;
    private final LinePosition here = LinePosition.in("web:shard:1:0");
    private final LinePosition there = LinePosition.in("stream2:shard:5:0");
    private final OutputBuffer expected = new OutputBuffer();
    private final OutputBuffer between = new OutputBuffer();
    private final OutputBuffer found = new OutputBuffer();
    private int warned;

    Stages(Map<String, String> settings) {
      var keys = new HashMap<>(settings);
      keys.merge("OUTPUT_GROUPS", GROUPS, (one, other) -> one + "," + other);
      single = Enrichers.withSettings(Map.copyOf(keys));
      var later = new HashMap<>(Map.of("LOG_FORMAT", "flat"));
      if (keys.containsKey("UAP_REGEXES")) {
        later.put("UAP_REGEXES", keys.get("UAP_REGEXES"));
      }
      if (keys.containsKey(DATABASE)) {
        later.put(DATABASE, keys.remove(DATABASE));
      }
      first = Enrichers.withSettings(Map.copyOf(keys));
      second = Enrichers.withSettings(Map.copyOf(later));
    }

    void compare(byte[] line) {
      expected.clear();
      between.clear();
      found.clear();
      Outcome outcome = single.enrich(line, 0, line.length, here, expected);
      Outcome early = first.enrich(line, 0, line.length, here, between);
      String text = new String(line, StandardCharsets.ISO_8859_1);
      if (outcome instanceof Outcome.Rejected) {
        assertThat(early).as(text).isEqualTo(outcome);
        return;
      }
      Outcome late = second.enrich(between.array(), 0, between.length(), there, found);
      assertThat(found.toString()).as(text).isEqualTo(expected.toString());
      assertThat(late).as(text).isEqualTo(outcome);
      warned += outcome.code() == Outcome.Code.ENRICHED_WITH_WARNINGS ? 1 : 0;
    }
  }
}
