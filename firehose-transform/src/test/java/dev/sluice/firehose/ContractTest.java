package dev.sluice.firehose;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.firehose.deadletter.DeadLetters;
import dev.sluice.firehose.event.FirehoseEvent;
import dev.sluice.firehose.overflow.Overflow;
import dev.sluice.firehose.record.DeadLetter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever comes, under whatever settings: every record answered once, in a legal response. */
class ContractTest {
  private static final int ROUNDS = 120;
  private static final List<byte[]> SEEDED = Lines.seeded(11, 300);

  /** An overflow and a queue that take what the dice say. */
  private record Moody(Random dice) implements Overflow, DeadLetters {
    @Override
    public boolean accepts(FirehoseEvent event) {
      return !event.hasKinesisSource();
    }

    @Override
    public BitSet take(FirehoseEvent event, int from, int to, IntSupplier remainingMillis) {
      var taken = new BitSet();
      int mood = dice.nextInt(3);
      for (int record = from; record < to; record++) {
        taken.set(record, mood == 0 || mood == 1 && dice.nextBoolean());
      }
      return taken;
    }

    @Override
    public BitSet send(FirehoseEvent event, List<DeadLetter> letters, IntSupplier remainingMillis) {
      var refused = new BitSet();
      int mood = dice.nextInt(3);
      for (DeadLetter letter : letters) {
        if (mood == 2 || mood == 1 && dice.nextBoolean()) {
          refused.set(letter.record());
        }
      }
      return refused;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, fail, off, ''",
    "2, document, off, country",
    "3, dead-letter, off, 'date,page'",
    "4, fail, truncate, ''",
    "5, dead-letter, hmac, page"
  })
  void everyRecordIsAnsweredOnceInALegalResponse(
      long seed, String rejects, String anonymisation, String partitionKeys) throws IOException {
    var dice = new Random(seed);
    var moody = new Moody(dice);
    int limit = 30_000;
    try (Function function =
        Function.with(
            moody,
            moody,
            "REJECTS",
            rejects,
            "DEAD_LETTER_QUEUE_URL",
            rejects.equals("dead-letter") ? "https://queue/1" : "",
            "ANONYMISATION",
            anonymisation,
            "ANONYMISATION_KEY",
            anonymisation.equals("hmac") ? "k".repeat(32) : "",
            "PARTITION_KEYS",
            partitionKeys,
            "FILTER_RULES",
            "drop health path=/healthz",
            "MAX_EXPANDED_BYTES",
            "20000",
            "MAX_RESPONSE_BYTES",
            Integer.toString(limit))) {
      int overflows = 0;
      for (int round = 0; round < ROUNDS; round++) {
        EventText event = event(dice, limit);
        byte[] response = function.bytes(event.json());
        assertThat(response.length).as("seed %d round %d", seed, round).isLessThanOrEqualTo(limit);
        Answers answers = Answers.of(response, event.records());
        JsonNode log = function.logged();
        assertBalanced(log);
        overflows +=
            log.get("records_reingested").asInt() + log.at("/failed_by_reason/no_room").asInt();
        if (!anonymisation.equals("off")) {
          assertNoAddress(answers);
        }
      }
      assertThat(overflows).isGreaterThan(ROUNDS / 4);
    }
  }

  private static void assertNoAddress(Answers answers) throws IOException {
    for (int i = 0; i < answers.size(); i++) {
      String raw = answers.result(i).equals("Dropped") ? "" : answers.rawData(i);
      if (!raw.equals("*")) {
        String text = new String(unpacked(Base64.getDecoder().decode(raw)), ISO_8859_1);
        assertThat(text).doesNotContain("203.0.113.9 ", "203.0.113.42", "203.0.113.7 ");
      }
    }
  }

  private static byte[] unpacked(byte[] data) throws IOException {
    if (data.length < 2 || data[0] != 0x1f) {
      return data;
    }
    return new GZIPInputStream(new ByteArrayInputStream(data)).readAllBytes();
  }

  private static EventText event(Random dice, int limit) throws IOException {
    var event = new EventText();
    if (dice.nextInt(3) == 0) {
      event.fromKinesis();
    }
    int records = dice.nextInt(60);
    while (event.records() < records) {
      addRecord(event, dice);
    }
    while (event.json().length() > limit) {
      event.removeLast();
    }
    return event;
  }

  private static void addRecord(EventText event, Random dice) throws IOException {
    switch (dice.nextInt(14)) {
      case 0 -> event.line(Lines.BROKEN);
      case 1 -> event.line(Lines.HEALTH);
      case 2 -> event.line(Lines.HEALTH + "\n" + Lines.BROKEN + "\n" + Lines.GOOD + "\n");
      case 3 -> event.bytes(FirehoseTransformTest.gzip(repeated(Lines.GOOD, dice.nextInt(90))));
      case 4 -> event.bytes(FirehoseTransformTest.gzip(repeated(Lines.BROKEN, dice.nextInt(90))));
      case 5 -> event.data("\"*\"");
      case 6 -> event.data("null");
      case 7 -> event.bytes(new byte[dice.nextInt(500)]);
      case 8 -> event.line("\n".repeat(dice.nextInt(30)));
      case 9 -> event.line("");
      default -> event.bytes(SEEDED.get(dice.nextInt(SEEDED.size())));
    }
  }

  private static byte[] repeated(String line, int times) {
    return (line + "\n").repeat(times).getBytes(UTF_8);
  }

  private static void assertBalanced(JsonNode log) {
    assertThat(log.get("records_processed").asInt())
        .isEqualTo(
            log.get("records_ok").asInt()
                + log.get("records_dropped").asInt()
                + log.get("records_failed").asInt()
                + log.get("records_reingested").asInt());
    int failed = 0;
    for (JsonNode count : log.path("failed_by_reason")) {
      failed += count.asInt();
    }
    assertThat(failed).isEqualTo(log.get("records_failed").asInt());
    int rejected = 0;
    for (JsonNode count : log.path("rejected_by_reason")) {
      rejected += count.asInt();
    }
    assertThat(rejected).isEqualTo(log.get("lines_rejected").asInt());
  }
}
