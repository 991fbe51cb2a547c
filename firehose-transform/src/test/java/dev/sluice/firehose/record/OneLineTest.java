package dev.sluice.firehose.record;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.BatchEnricher;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The batch enricher is the judge. */
class OneLineTest {
  private static final long SEED = 20_261_122;
  private static final int PAYLOADS = 20_000;

  /** Writes down what it is told. */
  private static final class Told implements BatchEnricher.Sink {
    final List<String> lines = new ArrayList<>();

    @Override
    public void enriched(int lineIndex, OutputBuffer json, Outcome outcome) {
      lines.add(lineIndex + " " + outcome.code() + " " + json);
    }

    @Override
    public void dropped(int lineIndex, Outcome.Dropped outcome) {
      lines.add(lineIndex + " " + outcome);
    }

    @Override
    public void rejected(int lineIndex, byte[] buffer, int from, int to, Outcome.Rejected outcome) {
      lines.add(lineIndex + " " + outcome + new String(buffer, from, to - from, ISO_8859_1));
    }
  }

  @Test
  void saysOfEveryPayloadWhatTheBatchSaysUnlessItHasSeveralLines() {
    var random = new Random(SEED);
    var log =
        new SyntheticAccessLog(
            SEED, AccessLogOptions.defaults().withOddShare(0.2).withBrokenShare(0.1));
    int several = 0;
    try (Enricher enricher =
        Enricher.open(EnricherSettings.defaults(), new SimpleMeterRegistry())) {
      var batch = new BatchEnricher(enricher.newLineEnricher());
      var one = new OneLine(enricher.newLineEnricher());
      for (int i = 0; i < PAYLOADS; i++) {
        byte[] payload = payload(log, random);
        var expected = new Told();
        batch.enrich(payload, 0, payload.length, expected);
        Told told = told(one, payload);
        if (told == null) {
          several++;
          assertThat(expected.lines).as(new String(payload, UTF_8)).hasSizeGreaterThan(1);
        } else {
          assertThat(told.lines).isEqualTo(expected.lines);
        }
      }
    }
    assertThat(several).isBetween(PAYLOADS / 10, PAYLOADS / 2);
  }

  /** Null for several lines. */
  private static Told told(OneLine one, byte[] payload) {
    var told = new Told();
    var json = new OutputBuffer();
    Outcome outcome = one.enrich(payload, payload.length, json, told);
    if (outcome == null) {
      assertThat(json.length()).isZero();
      assertThat(told.lines).isEmpty();
      return null;
    }
    if (outcome == Outcome.ENRICHED || outcome == Outcome.ENRICHED_WITH_WARNINGS) {
      told.enriched(0, json, outcome);
    } else {
      assertThat(json.length()).isZero();
    }
    return told;
  }

  /** A line, now and then with line ends, control characters or bytes beyond ASCII in it. */
  private static byte[] payload(SyntheticAccessLog log, Random random) {
    var text = new StringBuilder(new String(log.nextLine(), ISO_8859_1));
    if (random.nextInt(10) == 0) {
      text.setLength(random.nextInt(Math.min(text.length(), 40) + 1));
    }
    String pieces = "\n\n\r\t\u0001\u00e9";
    for (int n = random.nextInt(3); n > 0; n--) {
      text.insert(random.nextInt(text.length() + 1), pieces.charAt(random.nextInt(6)));
    }
    switch (random.nextInt(4)) {
      case 0 -> text.append('\n');
      case 1 -> text.append("\r\n");
      default -> {}
    }
    return text.toString().getBytes(ISO_8859_1);
  }
}
