package dev.sluice.system.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.lambda.LambdaAnswer;
import dev.sluice.local.lambda.LocalLambda;
import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes, the invocation succeeds, in a heap of 256 MB; databases that are none do not. */
class BadInputTest {

  private static final String HEAP = "-Xmx256m";
  private static final Path CITIES = PackagedFunction.SAMPLES.resolve("geo.mmdb");
  private static final String GOOD =
      "203.0.113.42 - - [28/Oct/2025:10:15:30 +0000] \"GET /a.php HTTP/1.1\" 200 12 \"-\" \"-\"";
  private static final String GOOD_JSON =
      "{\"host\":\"203.0.113.42\",\"datetime\":\"28/Oct/2025:10:15:30 +0000\",\"request\":\"GET /a.php"
          + " HTTP/1.1\",\"response\":\"200\",\"bytes\":\"12\",\"city\":\"Paris\",\"country\":\"France\","
          + "\"location\":{\"lat\":48.8566,\"lon\":2.3522},\"os\":\"Other\",\"browser\":\"Other\","
          + "\"device_type\":\"other\",\"webpage\":\"a\"}\n";
  private static final int MIB = 1 << 20;
  private static final int FIVE_MB_AS_BASE64 = 5_000_000 / 4 * 3;
  private static final Duration MAX_WAIT = Duration.ofMinutes(1);

  @TempDir Path folder;

  @Test
  void badRecordsFailAloneAndBadEventsGetAnEmptyAnswer() throws IOException {
    try (var function =
        PackagedFunction.start(Map.of("GEOIP_CITY_DATABASE", CITIES.toString()), HEAP)) {
      assertFails(function, "\"not base64!\"", "null", "\"\"", "{}", "[1]");
      assertFails(
          function,
          base64(new byte[] {(byte) 0xff, (byte) 0xfe, 0, (byte) 0xc3}),
          base64("\n".repeat(1_000_000).getBytes(UTF_8)),
          base64(Arrays.copyOf(gzip(GOOD.getBytes(UTF_8)), 20)));
      assertFails(function, base64(bombOfManyMembers()), base64(gzip(new byte[128 * MIB])));
      assertFails(function, base64("a".repeat(FIVE_MB_AS_BASE64).getBytes(UTF_8)));
      assertFails(function, base64(lines(FIVE_MB_AS_BASE64))); // good, but far too much output
      assertThat(function.answer(TestEvent.directPut()).records()).isEmpty();
      for (String event :
          new String[] {
            "", "{}", "[]", "nul", "{\"records\":7}", "{\"Records\":[{\"body\":\"\"}]}"
          }) {
        LambdaAnswer answer = function.invoke(event.getBytes(UTF_8));
        assertThat(answer.text()).as(event).isEqualTo("{\"records\":[]}");
      }
      assertThat(function.lambda().counts()).isEqualTo(new LocalLambda.Counts(12, 0, 0, 1));
    }
  }

  /** Asserts that each fails with the data that it came with, between neighbours that do not. */
  private static void assertFails(PackagedFunction function, String... data) {
    var event = TestEvent.directPut();
    for (String bad : data) {
      event.add(GOOD).addRaw(bad);
    }
    TestAnswers answers = function.answer(event.add(GOOD));
    for (int i = 0; i < answers.records().size(); i++) {
      if (i % 2 == 0) {
        assertThat(answers.result(i)).isEqualTo(TestAnswers.OK);
        assertThat(answers.text(i)).isEqualTo(GOOD_JSON);
      } else {
        String bad = data[i / 2];
        assertThat(answers.result(i)).isEqualTo(TestAnswers.FAILED);
        assertThat(answers.raw(i).equals(bad.startsWith("\"") ? bad.replace("\"", "") : ""))
            .as("the data of record %d comes back", i)
            .isTrue();
      }
    }
  }

  /** 1 GiB of zeros in 64 members. */
  private static byte[] bombOfManyMembers() throws IOException {
    byte[] member = gzip(new byte[16 * MIB]);
    var bomb = new ByteArrayOutputStream();
    for (int i = 0; i < 64; i++) {
      bomb.write(member);
    }
    return bomb.toByteArray();
  }

  private static byte[] lines(int bytesMax) {
    var log = new SyntheticAccessLog(5, AccessLogOptions.defaults().withBrokenShare(0));
    var lines = new ByteArrayOutputStream();
    for (byte[] line = log.nextLine();
        lines.size() + line.length < bytesMax;
        line = log.nextLine()) {
      lines.writeBytes(line);
      lines.write('\n');
    }
    return lines.toByteArray();
  }

  private static String base64(byte[] data) {
    return '"' + Base64.getEncoder().encodeToString(data) + '"';
  }

  private static byte[] gzip(byte[] data) throws IOException {
    var out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(data);
    }
    return out.toByteArray();
  }

  @Test
  void aMissingOrCorruptDatabaseRefusesToStart() throws IOException {
    Path corrupt = Files.write(folder.resolve("corrupt.mmdb"), new byte[10_000]);
    for (Path unusable : new Path[] {folder.resolve("missing.mmdb"), corrupt}) {
      try (var function =
          PackagedFunction.start(Map.of("GEOIP_CITY_DATABASE", unusable.toString()), HEAP)) {
        LambdaAnswer answer = function.invoke(TestEvent.directPut().add(GOOD).json());
        assertThat(answer.succeeded()).isFalse();
        assertThat(answer.text() + function.log()).contains(unusable.toString());
      }
    }
  }

  @Test
  void bySettingLinesAreEnrichedWithoutPlacesAndAMetricSaysSo() throws IOException {
    Path corrupt = Files.write(folder.resolve("corrupt.mmdb"), new byte[10_000]);
    try (var function =
        PackagedFunction.start(
            Map.of("GEOIP_CITY_DATABASE", corrupt.toString(), "GEOIP_UNUSABLE", "enrich-without"),
            HEAP)) {
      TestAnswers answers = function.answer(TestEvent.directPut().add(GOOD));
      assertThat(answers.text(0)).startsWith("{\"host\":\"203.0.113.42\"").doesNotContain("city");
      Awaitility.await("the line of the log")
          .atMost(MAX_WAIT)
          .until(() -> logged(function, "\"geoip_databases_unusable\":1"));
    }
  }

  private static boolean logged(PackagedFunction function, String text) {
    return function.log().stream().anyMatch(line -> line.contains(text));
  }
}
