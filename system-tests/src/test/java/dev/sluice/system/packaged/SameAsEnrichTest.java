package dev.sluice.system.packaged;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import dev.sluice.samples.SyntheticLine;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The function answers with the bytes that {@code ./sluice enrich} writes for the same lines. */
class SameAsEnrichTest {

  private static final AccessLogOptions MANY_ODD_LINES =
      AccessLogOptions.defaults().withOddShare(0.2).withBrokenShare(0.05);
  private static final Map<String, String> PLACES =
      Map.of(
          "GEOIP_CITY_DATABASE",
          PackagedFunction.SAMPLES.resolve("geo.mmdb").toString(),
          "GEOIP_ASN_DATABASE",
          PackagedFunction.SAMPLES.resolve("asn.mmdb").toString());

  /** AWS's sample event for a Kinesis source, its data a line of a log. */
  private static final String SAMPLE_EVENT =
      """
      {
        "invocationId": "invocationIdExample",
        "deliveryStreamArn": "arn:aws:kinesis:EXAMPLE",
        "region": "us-east-1",
        "records": [
          {
            "recordId": "49546986683135544286507457936321625675700192471156785154",
            "approximateArrivalTimestamp": 1495072949453,
            "kinesisRecordMetadata": {
              "sequenceNumber": "49545115243490985018280067714973144582180062593244200961",
              "subsequenceNumber": "",
              "partitionKey": "partitionKey-03",
              "shardId": "shardId-000000000000",
              "approximateArrivalTimestamp": "2012-04-23T18:25:43.511Z"
            },
            "data": "%s"
          }
        ]
      }
      """;

  private static final String SAMPLE_ID =
      "49546986683135544286507457936321625675700192471156785154";

  private static PackagedFunction placing;

  @BeforeAll
  static void start() {
    placing = PackagedFunction.start(PLACES);
  }

  @AfterAll
  static void stop() {
    placing.close();
  }

  @Test
  void forAwssSampleEvent() throws IOException {
    byte[] line = new SyntheticAccessLog(4).nextLine();
    String json =
        EnrichOracle.of("sample", List.of(List.of(line)), PLACES).get(0).enriched().get(0);
    assertThat(placing.invoke(sample(line)).text())
        .isEqualTo(answer("Ok", (json + "\n").getBytes(UTF_8)));
    byte[] hello = "Hello, this is a test 123.".getBytes(US_ASCII);
    assertThat(placing.invoke(sample(hello)).text()).isEqualTo(answer("ProcessingFailed", hello));
  }

  private static byte[] sample(byte[] data) {
    return SAMPLE_EVENT.formatted(Base64.getEncoder().encodeToString(data)).getBytes(UTF_8);
  }

  private static String answer(String result, byte[] data) {
    return "{\"records\":[{\"recordId\":\"%s\",\"result\":\"%s\",\"data\":\"%s\"}]}"
        .formatted(SAMPLE_ID, result, Base64.getEncoder().encodeToString(data));
  }

  /** Every line in a record of its own; rejected ones come back as they were. */
  @Test
  void forLinesAlone() throws IOException {
    List<List<byte[]>> records =
        lines(41, 4_000).stream().map(line -> List.of(line.bytes())).toList();
    List<EnrichOracle.Outcome> expected = EnrichOracle.of("alone", records, PLACES);
    var event = TestEvent.fromStream();
    records.forEach(lines -> event.add(lines.get(0)));
    TestAnswers answers = placing.answer(event);
    for (int i = 0; i < records.size(); i++) {
      if (expected.get(i).rejected().isEmpty()) {
        assertThat(answers.result(i)).isEqualTo(TestAnswers.OK);
        assertThat(answers.text(i)).isEqualTo(expected.get(i).enriched().get(0) + "\n");
      } else {
        assertThat(answers.result(i)).isEqualTo(TestAnswers.FAILED);
        assertThat(answers.data(i)).isEqualTo(records.get(i).get(0));
      }
    }
    assertThat(answers.count(TestAnswers.FAILED)).isGreaterThan(100);
  }

  /** Several lines a record, some packed; documents stand in the places of rejected lines. */
  @Test
  void forSeveralLinesARecordAndPackedOnes() throws IOException {
    var settings = new HashMap<>(PLACES);
    settings.put("OUTPUT_GROUPS", "derived,quality");
    var dice = new Random(42);
    List<List<byte[]>> records = grouped(lines(43, 4_000), dice, 12, false);
    List<EnrichOracle.Outcome> expected = EnrichOracle.of("several", records, settings);
    var event = TestEvent.directPut();
    for (List<byte[]> lines : records) {
      event.add(packed(joined(lines, dice), dice));
    }
    settings.put("REJECTS", "document");
    try (var function = PackagedFunction.start(settings)) {
      TestAnswers answers = function.answer(event);
      assertThat(answers.count(TestAnswers.OK)).isEqualTo(records.size());
      for (int i = 0; i < records.size(); i++) {
        String text = String.join("\n", expected.get(i).withDocuments()) + "\n";
        assertThat(answers.text(i)).isEqualTo(text);
      }
    }
  }

  /** Filters, masks and truncated addresses; a rejected line comes back masked. */
  @Test
  void withFiltersAndMasks() throws IOException {
    var settings = new HashMap<>(PLACES);
    settings.put("FILTER_RULES", "drop static lines=static-files; drop failed status=5xx");
    settings.put("MASK", "emails,tokens,cards");
    settings.put("ANONYMISATION", "truncate");
    var dice = new Random(44);
    List<List<byte[]>> records = grouped(lines(45, 4_000), dice, 3, true);
    List<EnrichOracle.Outcome> expected = EnrichOracle.of("steps", records, settings);
    var event = TestEvent.directPut();
    for (int i = 0; i < records.size(); i++) {
      event.add(
          expected.get(i).rejected().isEmpty()
              ? packed(joined(records.get(i), dice), dice)
              : records.get(i).get(0));
    }
    try (var function = PackagedFunction.start(settings)) {
      TestAnswers answers = function.answer(event);
      for (int i = 0; i < records.size(); i++) {
        EnrichOracle.Outcome outcome = expected.get(i);
        if (!outcome.rejected().isEmpty()) {
          assertThat(answers.result(i)).isEqualTo(TestAnswers.FAILED);
          assertThat(answers.data(i)).isEqualTo(EnrichOracle.line(outcome.rejected().get(1)));
        } else if (outcome.enriched().isEmpty()) {
          assertThat(answers.result(i)).isEqualTo(TestAnswers.DROPPED);
        } else {
          assertThat(answers.result(i)).isEqualTo(TestAnswers.OK);
          assertThat(answers.text(i)).isEqualTo(String.join("\n", outcome.enriched()) + "\n");
        }
      }
      assertThat(answers.count(TestAnswers.DROPPED)).isGreaterThan(100);
      assertThat(answers.count(TestAnswers.FAILED)).isGreaterThan(100);
    }
  }

  private static List<SyntheticLine> lines(long seed, int number) {
    var log = new SyntheticAccessLog(seed, MANY_ODD_LINES);
    var lines = new ArrayList<SyntheticLine>();
    for (int i = 0; i < number; i++) {
      lines.add(log.next());
    }
    return lines;
  }

  /** Up to so many lines in a record, in their order. */
  private static List<List<byte[]>> grouped(
      List<SyntheticLine> lines, Random dice, int most, boolean brokenAlone) {
    var records = new ArrayList<List<byte[]>>();
    int room = 0;
    for (SyntheticLine line : lines) {
      boolean alone = brokenAlone && line.kind().isBroken();
      if (room == 0 || alone) {
        records.add(new ArrayList<>());
        room = 1 + dice.nextInt(most);
      }
      records.get(records.size() - 1).add(line.bytes());
      room = alone ? 0 : room - 1;
    }
    return records;
  }

  /** With line feeds between the lines, and sometimes behind the last one. */
  private static byte[] joined(List<byte[]> lines, Random dice) {
    var out = new ByteArrayOutputStream();
    for (int i = 0; i < lines.size(); i++) {
      out.writeBytes(lines.get(i));
      boolean last = i == lines.size() - 1;
      if (!last || lines.get(i).length == 0 || dice.nextBoolean()) {
        out.write('\n');
      }
    }
    return out.toByteArray();
  }

  private static byte[] packed(byte[] data, Random dice) throws IOException {
    return switch (dice.nextInt(4)) {
      case 0 -> gzip(data);
      case 1 -> {
        int half = data.length / 2;
        var both = new ByteArrayOutputStream();
        both.write(gzip(Arrays.copyOf(data, half)));
        both.write(gzip(Arrays.copyOfRange(data, half, data.length)));
        yield both.toByteArray();
      }
      case 2 -> {
        var out = new ByteArrayOutputStream();
        try (OutputStream zstd = new ZstdOutputStream(out)) {
          zstd.write(data);
        }
        yield out.toByteArray();
      }
      default -> data;
    };
  }

  private static byte[] gzip(byte[] data) throws IOException {
    var out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(data);
    }
    return out.toByteArray();
  }
}
