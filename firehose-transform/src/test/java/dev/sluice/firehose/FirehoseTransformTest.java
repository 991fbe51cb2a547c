package dev.sluice.firehose;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirehoseTransformTest {

  @Test
  void answersTheContractsLine() throws IOException {
    try (Function function = Function.with()) {
      Answers answers = function.call(new EventText().line(Lines.GOOD));
      assertThat(answers.data(0))
          .isEqualTo(
              "{\"host\":\"203.0.113.42\",\"datetime\":\"28/Oct/2025:10:15:30 +0000\","
                  + "\"request\":\"GET /product.php HTTP/1.1\",\"response\":\"200\",\"bytes\":\"1234\","
                  + "\"referer\":\"http://example.com/search.php\",\"agent\":\"Mozilla/5.0 (Windows NT"
                  + " 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0"
                  + " Safari/537.36\",\"city\":\"Paris\",\"country\":\"France\",\"location\":{\"lat\":"
                  + "48.8566,\"lon\":2.3522},\"os\":\"Windows\",\"browser\":\"Chrome\",\"device_type\":"
                  + "\"desktop\",\"webpage\":\"product\",\"refering_page\":\"search\"}\n");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void givesWhatTheLineEnricherGives(long seed) throws IOException {
    List<byte[]> lines = Lines.seeded(seed, 1_500);
    List<String> expected = Lines.enriched(lines);
    var event = new EventText();
    lines.forEach(event::bytes);
    try (Function function = Function.with()) {
      Answers answers = function.call(event);
      for (int i = 0; i < lines.size(); i++) {
        if (expected.get(i) == null) {
          assertThat(answers.result(i)).isEqualTo("ProcessingFailed");
          assertThat(Base64.getDecoder().decode(answers.rawData(i))).isEqualTo(lines.get(i));
        } else {
          assertThat(answers.result(i)).isEqualTo("Ok");
          assertThat(answers.data(i)).isEqualTo(expected.get(i) + "\n");
        }
      }
      assertThat(answers.count("ProcessingFailed")).isGreaterThan(10);
    }
  }

  @Test
  void takesSeveralLinesAsTheyAreAndPacked() throws IOException {
    String text = Lines.GOOD + "\n" + Lines.HEALTH + "\r\n" + Lines.GOOD + "\n";
    byte[] bytes = text.getBytes(UTF_8);
    byte[] twoMembers = concatenated(gzip(Arrays.copyOf(bytes, 99)), gzip(from(bytes, 99)));
    var event =
        new EventText().bytes(bytes).bytes(gzip(bytes)).bytes(twoMembers).bytes(zstd(bytes));
    String good = Lines.enriched(Lines.GOOD) + "\n";
    String expected = good + Lines.enriched(Lines.HEALTH) + "\n" + good;
    try (Function function = Function.with()) {
      Answers answers = function.call(event);
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.data(i)).isEqualTo(expected);
      }
      assertThat(function.logged().get("lines_enriched").asInt()).isEqualTo(12);
    }
  }

  @Test
  void leavesTheLastLineEndOutWhereFirehoseAppendsOne() throws IOException {
    try (Function function = Function.with("END_WITH_NEWLINE", "false")) {
      Answers answers = function.call(new EventText().line(Lines.GOOD + "\n" + Lines.GOOD + "\n"));
      String good = Lines.enriched(Lines.GOOD);
      assertThat(answers.data(0)).isEqualTo(good + "\n" + good);
    }
  }

  @Test
  void dropsARecordOnlyWhenAllOfItsLinesWereFiltered() throws IOException {
    try (Function function = Function.with("FILTER_RULES", "drop health path=/healthz")) {
      Answers answers =
          function.call(
              new EventText()
                  .line(Lines.HEALTH)
                  .line(Lines.HEALTH + "\n" + Lines.HEALTH)
                  .line(Lines.HEALTH + "\n" + Lines.GOOD));
      assertThat(answers.results()).containsExactly("Dropped", "Dropped", "Ok");
      assertThat(answers.data(2)).isEqualTo(Lines.enriched(Lines.GOOD) + "\n");
      assertThat(function.logged().get("lines_dropped").asInt()).isEqualTo(4);
    }
  }

  @Test
  void aRecordWithARejectedLineFailsAsAWhole() throws IOException {
    String mixed = Lines.GOOD + "\n" + Lines.BROKEN + "\n";
    try (Function function = Function.with()) {
      Answers answers = function.call(new EventText().line(mixed).line(Lines.GOOD));
      assertThat(answers.results()).containsExactly("ProcessingFailed", "Ok");
      assertThat(answers.data(0)).isEqualTo(mixed);
      assertThat(function.logged().get("lines_withheld").asInt()).isOne();
      assertThat(function.logged().get("lines_rejected").asInt()).isOne();
      assertThat(function.logged().at("/failed_by_reason/rejected_lines").asInt()).isOne();
      assertThat(function.logged().get("level").asText()).isEqualTo("WARN");
    }
  }

  @Test
  void bySettingADocumentStandsInTheRejectedLinesPlace() throws IOException {
    try (Function function = Function.with("REJECTS", "document")) {
      String latin1 = "\u00e9 " + Lines.BROKEN;
      Answers answers =
          function.call(
              new EventText()
                  .line(Lines.GOOD + "\n" + Lines.BROKEN + "\n" + Lines.GOOD)
                  .bytes(latin1.getBytes(ISO_8859_1)));
      assertThat(answers.results()).containsExactly("Ok", "Ok");
      String good = Lines.enriched(Lines.GOOD);
      assertThat(answers.data(0).split("\n"))
          .containsExactly(
              good,
              "{\"reason\":\"TRUNCATED\",\"offset\":38,\"line_number\":2,\"line\":\""
                  + Lines.BROKEN
                  + "\"}",
              good);
      assertThat(answers.data(1)).contains("\"line_number\":1,\"line_base64\":\"6SAyMDM");
    }
  }

  @Test
  void badInputHasADefinedResultOfItsOwn() throws IOException {
    byte[] packed = gzip(Lines.GOOD.getBytes(UTF_8));
    byte[] damaged = packed.clone();
    damaged[packed.length - 6] ^= 1; // in the checksum
    byte[] withTail = concatenated(packed, new byte[] {1, 2, 3});
    byte[] zstd = zstd(Lines.GOOD.getBytes(UTF_8));
    var event =
        new EventText()
            .line(Lines.GOOD)
            .data("\"not base64!\"")
            .data("\"\"")
            .data("null")
            .data("{}")
            .bytes(Arrays.copyOf(packed, packed.length - 9))
            .bytes(damaged)
            .bytes(withTail)
            .bytes(Arrays.copyOf(packed, 5))
            .bytes(Arrays.copyOf(zstd, zstd.length - 4))
            .bytes(gzip(new byte[17 * 1024 * 1024]))
            .bytes(zstd(new byte[17 * 1024 * 1024]))
            .bytes(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, 2})
            .bytes(new byte[1_000_000])
            .line("\n".repeat(1_000_000))
            .line(Lines.GOOD);
    try (Function function = Function.with()) {
      Answers answers = function.call(event);

      assertThat(answers.result(0)).isEqualTo("Ok");
      assertThat(answers.result(15)).isEqualTo("Ok");
      assertThat(answers.count("ProcessingFailed")).isEqualTo(14);
      assertThat(answers.rawData(1)).isEqualTo("not base64!");
      assertThat(answers.rawData(3)).isEmpty();
      assertThat(Base64.getDecoder().decode(answers.rawData(6))).isEqualTo(damaged);
      assertThat(function.logged().get("failed_by_reason").toString())
          .isEqualTo(
              "{\"no_data\":2,\"bad_base64\":1,\"damaged_compression\":5,"
                  + "\"expanded_too_large\":2,\"rejected_lines\":4}");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "[]", "{\"Records\":[{\"body\":\"x\"}]}", "{\"records\":7}", "nul"})
  void anUnknownEventGetsAnEmptyResponse(String event) throws IOException {
    try (Function function = Function.with()) {
      assertThat(new String(function.bytes(event), UTF_8)).isEqualTo("{\"records\":[]}");
      assertThat(function.logged().get("event_type").asText()).isEqualTo("unknown");
      assertThat(function.logged().get("level").asText()).isEqualTo("ERROR");
      assertThat(function.logged().get("unknown_events").asInt()).isOne();
    }
  }

  @Test
  void anEmptyBatchGetsAnEmptyResponse() throws IOException {
    try (Function function = Function.with()) {
      assertThat(function.call(new EventText()).size()).isZero();
      assertThat(function.logged().get("level").asText()).isEqualTo("INFO");
    }
  }

  @Test
  void aFailureCarriesTheMaskedLine() throws IOException {
    try (Function function = Function.with("ANONYMISATION", "truncate", "REJECTS", "fail")) {
      String plain = "no address in here";
      Answers answers =
          function.call(
              new EventText()
                  .line(Lines.GOOD + "\r\n" + Lines.BROKEN)
                  .bytes(gzip(Lines.BROKEN.getBytes(UTF_8)))
                  .line(plain)
                  .data("\"203.0.113.9 is not base64\""));
      assertThat(answers.count("ProcessingFailed")).isEqualTo(4);
      assertThat(answers.data(0))
          .isEqualTo(
              Lines.GOOD.replace("203.0.113.42", "203.0.113.0")
                  + "\r\n"
                  + Lines.BROKEN.replace("203.0.113.9", "203.0.113.0"));
      assertThat(answers.data(1)).isEqualTo(Lines.BROKEN.replace("203.0.113.9", "203.0.113.0"));
      assertThat(answers.data(2)).isEqualTo(plain);
      assertThat(answers.rawData(3)).isEqualTo("203.0.113.0 is not base64");
    }
  }

  @Test
  void maskedFailuresUnpackNoMoreThanCouldGoBack() throws IOException {
    byte[] packed = gzip((Lines.BROKEN + "\n").repeat(100_000).getBytes(UTF_8)); // 3.9 MB
    try (Function function = Function.with("ANONYMISATION", "truncate")) {
      Answers answers =
          function.call(
              new EventText().bytes(packed).bytes(packed).bytes(packed).line(Lines.BROKEN));
      assertThat(answers.count("ProcessingFailed")).isEqualTo(4);
      assertThat(answers.rawData(2)).isEmpty();
      assertThat(answers.data(3)).isEqualTo(Lines.BROKEN.replace("203.0.113.9", "203.0.113.0"));
    }
  }

  @Test
  void namesLinesByTheirPlaceInTheStreamWhenAsked() throws IOException {
    try (Function function = Function.with("OUTPUT_GROUPS", "event_id")) {
      Answers fromStream = function.call(new EventText().fromKinesis().line(Lines.GOOD));
      assertThat(fromStream.data(0)).contains("\"event_id\":\"raw:shardId-000000000000:490:0:0\"");
      Answers direct = function.call(new EventText().line(Lines.GOOD));
      assertThat(direct.data(0)).contains("\"event_id\":\"logs:" + EventText.id(0) + ":0\"");
    }
  }

  @Test
  void nothingLeaksFromOneOfAThousandInvocationsIntoTheNext() throws IOException {
    var seeded = new EventText();
    Lines.seeded(8, 40).forEach(seeded::bytes);
    String usual = seeded.json();
    var odd =
        new EventText()
            .fromKinesis()
            .data("5")
            .bytes(gzip(Lines.GOOD.getBytes(UTF_8)))
            .line(Lines.BROKEN)
            .line("\n\n");
    try (Function function = Function.with("PARTITION_KEYS", "country,page")) {
      byte[] first = function.bytes(usual);
      byte[] firstOdd = function.bytes(odd.json());
      for (int i = 0; i < 1_000; i++) {
        assertThat(function.bytes(usual)).isEqualTo(first);
        if (i % 10 == 0) {
          assertThat(function.bytes(odd.json())).isEqualTo(firstOdd);
          function.bytes("{}");
        }
      }
    }
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] zstd(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (OutputStream zstd = new ZstdOutputStream(out)) {
      zstd.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] from(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private static byte[] concatenated(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
