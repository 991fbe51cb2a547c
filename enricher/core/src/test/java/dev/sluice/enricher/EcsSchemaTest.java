package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code ecs} writes obeys docs/schema/ecs.json, and its outcomes are those of flat. */
class EcsSchemaTest {
  private static final Path SCHEMA = Path.of("..", "..", "docs", "schema", "ecs.json");
  private static final int LINES = 2_000;
  private static final int MUTATIONS = 20_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonSchema schema;

  @BeforeAll
  static void readSchema() throws IOException {
    schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(SCHEMA));
  }

  static List<GoldenFile.Case> cases() {
    return GoldenFile.allCases().stream()
        .filter(golden -> !golden.isRecord() && !golden.isSelection())
        .filter(golden -> !golden.settings().containsKey("OUTPUT_GROUPS"))
        .filter(golden -> !golden.settings().containsKey("SCHEMA_FILE"))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void goldenLinesAreValid(GoldenFile.Case golden) throws IOException {
    new Profiles(golden.settings()).compare(golden.line());
  }

  @Test
  void syntheticLogsAreValid() throws IOException {
    var profiles = new Profiles(Map.of());
    var log = new SyntheticAccessLog(3, AccessLogOptions.defaults().withOddShare(0.5));
    for (int i = 0; i < LINES; i++) {
      profiles.compare(log.next().bytes());
    }
  }

  @Test
  void mutationsAreValid() throws IOException {
    LineMutations mutations =
        LineMutations.ofGoldenLines(BuiltInFormat.AUTO, new Random(20_251_028));
    var profiles = new Profiles(Map.of("UAP_REGEXES", "src/test/resources/few-regexes.yaml"));
    for (int i = 0; i < MUTATIONS; i++) {
      profiles.compare(mutations.next());
    }
  }

  /** The same lines in both profiles. */
  private static final class Profiles {
    private final LineEnricher flat;
    private final LineEnricher ecs;
    private final OutputBuffer out = new OutputBuffer();

    Profiles(Map<String, String> settings) {
      var keys = new HashMap<>(settings);
      keys.put("OUTPUT_PROFILE", "flat");
      flat = Enrichers.withSettings(Map.copyOf(keys));
      keys.put("OUTPUT_PROFILE", "ecs");
      keys.put("OUTPUT_GROUPS", "event_id,quality,tags");
      keys.put("TAGS", "env=prod");
      ecs = Enrichers.withSettings(Map.copyOf(keys));
    }

    void compare(byte[] line) throws IOException {
      out.clear();
      Outcome expected = flat.enrich(line, 0, line.length, out);
      out.clear();
      Outcome outcome = ecs.enrich(line, 0, line.length, LinePosition.in("a.log"), out);
      OutputChecks.assertOneJsonLineOrNothing(out);
      if (outcome instanceof Outcome.Rejected) {
        assertThat(outcome).isEqualTo(expected);
      } else {
        assertThat(expected).isNotInstanceOf(Outcome.Rejected.class);
        assertThat(schema.validate(JSON.readTree(out.toString()))).as(out.toString()).isEmpty();
      }
    }
  }
}
