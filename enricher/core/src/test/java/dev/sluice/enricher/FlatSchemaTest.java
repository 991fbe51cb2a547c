package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.sluice.enricher.profile.FlatKey;
import dev.sluice.enricher.profile.KeptKeys;
import dev.sluice.enricher.profile.OutputGroup;
import dev.sluice.enricher.useragent.DeviceType;
import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds docs/schema/flat.json and docs/glue-flat.sql to the table of keys, and the output to the
 * schema, which keeps to what the step SCHEMA_CHECK understands. {@code -Ddocs.rewrite=true} writes
 * both files.
 */
class FlatSchemaTest {
  private static final Path SCHEMA = Path.of("..", "..", "docs", "schema", "flat.json");
  private static final Path DDL = Path.of("..", "..", "docs", "glue-flat.sql");
  private static final int LINES = 2_000;
  private static final int MUTATIONS = 20_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonSchema schema;

  @BeforeAll
  static void readSchema() throws IOException {
    if (Boolean.getBoolean("docs.rewrite")) {
      Files.createDirectories(SCHEMA.getParent());
      Files.writeString(SCHEMA, schemaText());
      Files.writeString(DDL, ddlText());
    }
    schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(SCHEMA));
  }

  @Test
  void schemaIsThatOfTheKeys() throws IOException {
    assertThat(Files.readString(SCHEMA)).isEqualTo(schemaText());
  }

  @Test
  void tableIsThatOfTheKeys() throws IOException {
    assertThat(Files.readString(DDL)).isEqualTo(ddlText());
  }

  static Stream<GoldenFile.Case> cases() {
    // Keys of other programs are kept, and no part of our schema.
    return GoldenFile.allCases().stream()
        .filter(golden -> !golden.name().equals("stage_two_groups"))
        .filter(golden -> !golden.isEcs());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void goldenAnswersAreValid(GoldenFile.Case golden) throws IOException {
    var out = new OutputBuffer();
    LineEnricher enricher = Enrichers.withSettings(golden.settings());
    enricher.enrich(golden.line(), 0, golden.line().length, golden.position(), out);
    assertValid(out);
    var keys = new HashMap<>(golden.settings());
    keys.putAll(allGroups());
    out.clear();
    Enrichers.withSettings(Map.copyOf(keys))
        .enrich(golden.line(), 0, golden.line().length, golden.position(), out);
    assertValid(out);
  }

  @Test
  void syntheticLogsAreValid() throws IOException {
    LineEnricher enricher = Enrichers.withSettings(allGroups());
    var log =
        new SyntheticAccessLog(3, AccessLogOptions.defaults().withOddShare(0.5).withBrokenShare(0));
    var out = new OutputBuffer();
    for (int i = 0; i < LINES; i++) {
      byte[] line = log.next().bytes();
      out.clear();
      enricher.enrich(line, 0, line.length, LinePosition.in("a.log"), out);
      assertThat(out.length()).isPositive();
      assertValid(out);
    }
  }

  @Test
  void mutationsAreValid() throws IOException {
    var keys = new HashMap<>(allGroups());
    keys.put("UAP_REGEXES", "src/test/resources/few-regexes.yaml");
    LineEnricher enricher = Enrichers.withSettings(Map.copyOf(keys));
    LineMutations mutations =
        LineMutations.ofGoldenLines(BuiltInFormat.AUTO, new Random(20_251_028));
    var out = new OutputBuffer();
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] line = mutations.next();
      out.clear();
      enricher.enrich(line, 0, line.length, LinePosition.in("a.log"), out);
      assertValid(out);
    }
  }

  @Test
  void schemaRefusesWhatWeDoNotWrite() throws IOException {
    for (String json :
        new String[] {
          "{\"hostt\":\"a\"}", "{\"response\":200}", "{\"location\":{\"lat\":1}}",
          "{\"quality\":\"good\"}", "{\"warnings\":[1]}", "{\"status_class\":\"0xx\"}"
        }) {
      assertThat(schema.validate(JSON.readTree(json))).as(json).isNotEmpty();
    }
  }

  private static Map<String, String> allGroups() {
    return Map.of(
        "OUTPUT_GROUPS",
        Stream.of(OutputGroup.values()).map(OutputGroup::label).collect(Collectors.joining(",")),
        "TAGS",
        "env=prod");
  }

  private static void assertValid(OutputBuffer out) throws JsonProcessingException {
    if (out.length() > 0) {
      assertThat(schema.validate(JSON.readTree(out.toString()))).as(out.toString()).isEmpty();
    }
  }

  private static String schemaText() throws JsonProcessingException {
    ObjectNode root = JSON.createObjectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "flat, version " + KeptKeys.SCHEMA_VERSION);
    root.put("description", "One line of a web server's log, as docs/format.md says.");
    root.put("type", "object");
    ObjectNode properties = root.putObject("properties");
    for (FlatKey key : FlatKey.values()) {
      describe(key, properties.putObject(key.label()));
    }
    root.put("additionalProperties", false);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root).replace("\r", "") + "\n";
  }

  private static void describe(FlatKey key, ObjectNode property) {
    property.put("description", key.meaning());
    switch (key.type()) {
      case TEXT -> property.put("type", "string");
      case WHOLE_NUMBER -> property.put("type", "integer");
      case FLAG -> property.put("type", "boolean");
      case TEXTS -> {
        property.put("type", "array");
        property.putObject("items").put("type", "string");
      }
      case TEXT_BY_NAME, VALUE_BY_NAME -> property.put("type", "object");
      case LOCATION -> {
        property.put("type", "object");
        ObjectNode parts = property.putObject("properties");
        parts.putObject("lat").put("type", "number").put("minimum", -90).put("maximum", 90);
        parts.putObject("lon").put("type", "number").put("minimum", -180).put("maximum", 180);
        property.putArray("required").add("lat").add("lon");
        property.put("additionalProperties", false);
      }
    }
    narrow(key, property);
  }

  /** What is known about a value beyond its type. */
  private static void narrow(FlatKey key, ObjectNode property) {
    switch (key) {
      case RESPONSE -> property.put("pattern", "^[0-9]{3}$");
      case BYTES -> property.put("pattern", "^[0-9]{1,18}$");
      case ASN -> property.put("pattern", "^[0-9]{1,10}$");
      case TIMESTAMP ->
          property.put(
              "pattern",
              "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-5][0-9](\\.[0-9]{3})?"
                  + "[+-][0-9]{2}:[0-9]{2}$");
      case STATUS_CLASS -> property.put("pattern", "^[1-9]xx$");
      case EVENT_ID -> property.put("pattern", ":[0-9]+$");
      case QUALITY -> property.putArray("enum").add("ok").add("warning");
      case SCHEMA_VERSION -> property.put("const", KeptKeys.SCHEMA_VERSION);
      case DEVICE_TYPE ->
          Stream.of(DeviceType.values())
              .map(DeviceType::label)
              .forEach(property.putArray("enum")::add);
      default -> {}
    }
  }

  private static String ddlText() {
    String columns =
        Stream.of(FlatKey.values())
            .map(key -> "  `" + key.label() + "` " + column(key))
            .collect(Collectors.joining(",\n"));
    return """
    -- A table over the enriched lines of profile flat, for Athena and Glue. Replace the location.
    -- dt and hr are the folders that the consumer writes; fill them by partition projection or
    -- MSCK REPAIR TABLE. Columns of groups that are switched off stay null.
    CREATE EXTERNAL TABLE IF NOT EXISTS `access_log` (
    %s
    )
    PARTITIONED BY (`dt` string, `hr` string)
    ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
    WITH SERDEPROPERTIES ('ignore.malformed.json' = 'false')
    STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat'
    OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
    LOCATION 's3://BUCKET/PREFIX/APPLICATION/STREAM/';
    """
        .formatted(columns);
  }

  private static String column(FlatKey key) {
    return switch (key.type()) {
      case TEXT -> "string";
      case WHOLE_NUMBER -> "bigint";
      case FLAG -> "boolean";
      case TEXTS -> "array<string>";
      case TEXT_BY_NAME, VALUE_BY_NAME -> "map<string,string>";
      case LOCATION -> "struct<lat:double,lon:double>";
    };
  }
}
