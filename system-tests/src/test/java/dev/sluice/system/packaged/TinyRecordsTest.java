package dev.sluice.system.packaged;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.EmbeddedAwsOptions;
import dev.sluice.local.firehose.FirehoseCounts;
import dev.sluice.local.firehose.FirehoseStream;
import dev.sluice.local.firehose.FirehoseStreamOptions;
import dev.sluice.local.firehose.Transformation;
import dev.sluice.local.kinesis.KinesisEmulatorOptions;
import dev.sluice.local.lambda.LambdaAnswer;
import dev.sluice.local.lambda.LocalLambda;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Events just under 6 MB of the shortest lines: no response could hold what is made of them all.
 * Nothing is lost, wherever the records came from.
 */
class TinyRecordsTest {

  private static final int LINES = 33_000;

  /** An event of this size is as full as a buffer makes it. */
  private static final int FULL_EVENT_BYTES = LocalLambda.REQUEST_BYTES_LIMIT / 100 * 99;

  private static final long BUFFER_BYTES = 3L << 20; // the service's largest
  private static final Duration BUFFER_INTERVAL = Duration.ofMinutes(15);

  /** Makes a line several times longer, as rich groups of keys do. */
  private static final Map<String, String> LONG_OUTPUT =
      Map.of("OUTPUT_GROUPS", "tags", "TAGS", "environment=" + "production".repeat(20));

  private static EmbeddedAws aws;
  private static AwsTools tools;
  private static PackagedFunction directPut;

  @BeforeAll
  static void start() {
    aws =
        EmbeddedAws.start(
            EmbeddedAwsOptions.defaults()
                .withKinesis(KinesisEmulatorOptions.defaults().withShardLimits(false)));
    tools = new AwsTools(aws);
    directPut = PackagedFunction.start(settings("direct-put"));
  }

  @AfterAll
  static void stop() {
    directPut.close();
    tools.close();
    aws.close();
  }

  /** Each its own, so that one that is lost or doubled is missed or found. */
  private static List<String> lines() {
    return IntStream.range(0, LINES)
        .mapToObj("h%04x - - [10/Oct/2000:13:55:36 -0700] \"-\" 200 -"::formatted)
        .toList();
  }

  @Test
  void aLegalEventHasALegalResponse() throws IOException {
    List<String> lines = lines();
    var event = TestEvent.directPut();
    lines.forEach(event::add);
    assertThat(event.json().length)
        .isLessThan(LocalLambda.REQUEST_BYTES_LIMIT)
        .isGreaterThan(FULL_EVENT_BYTES);
    List<EnrichOracle.Outcome> expected =
        EnrichOracle.of(
            "tiny",
            lines.stream().map(line -> List.of(line.getBytes(US_ASCII))).toList(),
            Map.of());
    try (var function = PackagedFunction.start(Map.of("REINGEST", "off"))) {
      TestAnswers answers = function.answer(event);
      for (int i = 0; i < LINES; i++) {
        boolean ok = answers.result(i).equals(TestAnswers.OK);
        String whole = ok ? expected.get(i).enriched().get(0) + "\n" : lines.get(i);
        assertThat(answers.text(i)).isEqualTo(whole);
      }
      assertThat(answers.count(TestAnswers.FAILED)).isBetween(LINES / 10L, LINES * 9 / 10L);
    }
  }

  @Test
  void byDirectPutAllAreDeliveredOnceInTheEnd() {
    var events = new ArrayList<Integer>();
    FirehoseStream stream = create("direct", directPut, events, false);
    tools.putIntoFirehose("direct", lines());
    stream.flush();

    Delivered delivered = Delivered.read(tools.s3(), "direct");
    assertThat(delivered.hosts()).isEqualTo(hosts());
    assertThat(delivered.failed()).isEmpty();
    assertOverflow(stream.counts(), events);
    assertThat(stream.counts().dropped()).isEqualTo(stream.counts().received() - LINES);
  }

  @Test
  void fromAStreamTheOverflowIsInProcessingFailed() {
    var events = new ArrayList<Integer>();
    FirehoseStream stream = create("failing", directPut, events, true);
    tools.putIntoStream("failing", lines());
    stream.flush();

    Delivered delivered = Delivered.read(tools.s3(), "failing");
    assertThat(delivered.failed()).hasSizeGreaterThan(LINES / 20);
    assertThat(delivered.all()).isEqualTo(hosts());
    assertThat(delivered.failureCodes()).containsOnly("Lambda.ProcessingFailedStatus");
    assertOverflow(stream.counts(), events);
    assertThat(stream.counts().received()).isEqualTo(LINES);
  }

  @Test
  void fromAStreamWithReingestAllAreDeliveredOnceInTheEnd() {
    try (var function = PackagedFunction.start(settings("all"))) {
      var events = new ArrayList<Integer>();
      FirehoseStream stream = create("again", function, events, true);
      tools.putIntoStream("again", lines());
      stream.flush();

      Delivered delivered = Delivered.read(tools.s3(), "again");
      assertThat(delivered.hosts()).isEqualTo(hosts());
      assertThat(delivered.failed()).isEmpty();
      assertOverflow(stream.counts(), events);
      assertThat(stream.counts().dropped()).isEqualTo(stream.counts().received() - LINES);
    }
  }

  private static Map<String, String> settings(String reingest) {
    var settings = new HashMap<>(aws.environment());
    settings.putAll(LONG_OUTPUT);
    settings.put("REINGEST", reingest);
    return settings;
  }

  /**
   * A Firehose stream, and a bucket of its name.
   *
   * @param events is told the size of each event
   * @param fromStream whether it reads a stream of its name
   */
  private static FirehoseStream create(
      String name, PackagedFunction function, List<Integer> events, boolean fromStream) {
    tools.createBucket(name);
    var options =
        FirehoseStreamOptions.to(name, name)
            .withBuffer(BUFFER_BYTES, BUFFER_INTERVAL)
            .withTransformation(
                new Transformation(
                    function.lambda().function().arn(),
                    event -> invoke(function, event, events),
                    Transformation.DEFAULT_RETRIES));
    if (fromStream) {
      tools.createStream(name);
      options = options.withSource(aws.kinesis().tail(name));
    }
    return aws.firehose().create(options);
  }

  /** Asserts that the answer is legal; an error in here would be repeated as the function's. */
  private static LambdaAnswer invoke(
      PackagedFunction function, byte[] event, List<Integer> events) {
    events.add(event.length);
    LambdaAnswer answer = function.invoke(event);
    return answer.payload().length <= TestAnswers.RESPONSE_BYTES_MAX
        ? answer
        : LambdaAnswer.failure(LambdaAnswer.RESPONSE_TOO_LARGE, "more than 6 MB");
  }

  private static void assertOverflow(FirehoseCounts counts, List<Integer> events) {
    assertThat(events).anyMatch(bytes -> bytes > FULL_EVENT_BYTES);
    assertThat(counts.failedInvocations()).isZero();
    assertThat(counts.delivered()).isLessThanOrEqualTo(LINES);
    assertThat(counts.delivered() + counts.dropped() + counts.failed())
        .isEqualTo(counts.received());
    assertThat(counts.dropped() + counts.failed()).as("overflow").isGreaterThan(LINES / 20);
  }

  private static List<String> hosts() {
    return lines().stream().map(Delivered::host).toList();
  }
}
