package dev.sluice.system.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.lambda.LambdaAnswer;
import dev.sluice.local.lambda.LocalLambda;
import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * One process answers 1,000 events: its memory, threads and open files stay what they are, and no
 * event changes what another is answered.
 */
class ThousandInvocationsTest {

  private static final int INVOCATIONS = 1_000;

  /** By then the caches are full and the classes loaded. */
  private static final int WARM = 200;

  /** Caches so small that they are full when warm; what they hold beyond that would be a leak. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "GEOIP_CITY_DATABASE", PackagedFunction.SAMPLES.resolve("geo.mmdb").toString(),
          "GEOIP_CACHE_ENTRIES", "200",
          "USER_AGENT_CACHE_ENTRIES", "200",
          "PARTITION_KEYS", "status_class",
          "MAX_RESPONSE_BYTES", "200000",
          "REINGEST", "off");

  /** A heap that a leak of 60 kB an invocation would use up. */
  private static final String SMALL_HEAP = "-Xmx64m";

  /**
   * Most that live objects may grow by from then on: 1.3 kB an invocation. What the caches hold
   * just then makes some tens of kB of difference.
   */
  private static final long MAX_HEAP_GROWTH_BYTES = 1L << 20;

  /** The virtual machine may start a thread or open a file of its own late. */
  private static final int MAX_NEW_THREADS_OR_FILES = 3;

  private static final int LINES_OF_AN_EVENT = 60;

  private final SyntheticAccessLog log =
      new SyntheticAccessLog(
          77, AccessLogOptions.defaults().withOddShare(0.1).withBrokenShare(0.05));

  @Test
  void changeNeitherTheProcessNorAnAnswer() throws Exception {
    byte[] usual = event(TestEvent.directPut(), LINES_OF_AN_EVENT).json();
    byte[] odd = oddEvent();
    try (var function = PackagedFunction.start(SETTINGS, SMALL_HEAP)) {
      byte[] firstAnswer = answer(function, usual);
      byte[] firstOddAnswer = answer(function, odd);
      Footprint warm = null;
      for (int invocation = 3; invocation < INVOCATIONS; invocation++) {
        switch (invocation % 20) {
          case 0 -> assertThat(answer(function, usual)).isEqualTo(firstAnswer);
          case 5 -> assertThat(answer(function, odd)).isEqualTo(firstOddAnswer);
          case 10 -> assertThat(text(answer(function, bytes("{}")))).isEqualTo("{\"records\":[]}");
          case 15 -> overflow(function);
          default -> function.answer(event(TestEvent.fromStream(), LINES_OF_AN_EVENT));
        }
        if (invocation == WARM) {
          warm = Footprint.of(function.lambda().pid());
        }
      }
      assertThat(answer(function, usual)).isEqualTo(firstAnswer);
      assertFlat(warm, Footprint.of(function.lambda().pid()));
      assertThat(function.lambda().counts())
          .isEqualTo(new LocalLambda.Counts(INVOCATIONS, 0, 0, 1));
    }
  }

  /** More lines than the response has room for. */
  private void overflow(PackagedFunction function) {
    TestAnswers answers = function.answer(event(TestEvent.directPut(), 5 * LINES_OF_AN_EVENT));
    assertThat(answers.result(answers.records().size() - 1)).isEqualTo(TestAnswers.FAILED);
  }

  private TestEvent event(TestEvent event, int lines) {
    for (int i = 0; i < lines; i++) {
      event.add(log.nextLine());
    }
    return event;
  }

  /** Every kind of trouble that a record can have. */
  private static byte[] oddEvent() {
    return TestEvent.fromStream()
        .addRaw("\"not base64!\"")
        .addRaw("null")
        .add("")
        .add("\n".repeat(1_000))
        .add(new byte[] {0x1f, (byte) 0x8b, 8, 0})
        .add(new byte[] {(byte) 0xff, (byte) 0xfe, 0})
        .add("nonsense")
        .json();
  }

  private static byte[] answer(PackagedFunction function, byte[] event) {
    LambdaAnswer answer = function.invoke(event);
    assertThat(answer.succeeded()).as(answer.text()).isTrue();
    return answer.payload();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  private static void assertFlat(Footprint warm, Footprint end) {
    System.out.printf("%d invocations: %s, then %s%n", INVOCATIONS, warm, end);
    assertThat(end.liveBytes()).isLessThan(warm.liveBytes() + MAX_HEAP_GROWTH_BYTES);
    assertThat(end.threads()).isLessThanOrEqualTo(warm.threads() + MAX_NEW_THREADS_OR_FILES);
    assertThat(end.openFiles()).isLessThanOrEqualTo(warm.openFiles() + MAX_NEW_THREADS_OR_FILES);
  }
}
