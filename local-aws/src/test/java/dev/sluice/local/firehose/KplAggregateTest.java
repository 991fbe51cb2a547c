package dev.sluice.local.firehose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KplAggregateTest {

  private static List<String> texts(byte[] data) {
    return KplAggregate.split(data).orElseThrow().stream()
        .map(record -> record.partitionKey() + "=" + new String(record.data(), UTF_8))
        .toList();
  }

  @Test
  void partsRecordsInTheirOrderWithTheirKeys() {
    String longText = "long ".repeat(1_000);
    byte[] data =
        new KplMessage().add("a", "one").add("é", longText).add("c", 0, "three").aggregate();
    assertThat(texts(data)).containsExactly("a=one", "é=" + longText, "a=three");
  }

  @Test
  void skipsFieldsThatItDoesNotKnow() {
    byte[] known = new KplMessage().add("a", "one").message();
    byte[] unknown = {9 << 3 | 1, 1, 2, 3, 4, 5, 6, 7, 8, 10 << 3 | 5, 1, 2, 3, 4, 11 << 3, 5};
    byte[] both = Arrays.copyOf(known, known.length + unknown.length);
    System.arraycopy(unknown, 0, both, known.length, unknown.length);
    assertThat(texts(KplMessage.aggregate(both))).containsExactly("a=one");
  }

  @Test
  void leavesEverythingElseAlone() {
    byte[] aggregate = new KplMessage().add("a", "one").aggregate();
    byte[] damaged = aggregate.clone();
    damaged[10] ^= 1;
    for (byte[] data :
        List.of(
            new byte[0],
            new byte[30],
            "a line of a log".getBytes(UTF_8),
            Arrays.copyOf(aggregate, 4),
            Arrays.copyOf(aggregate, aggregate.length - 1),
            damaged,
            new KplMessage().add("a", 1, "no such key").aggregate())) {
      assertThat(KplAggregate.split(data)).isEmpty();
    }
  }

  /** Whatever stands behind the mark with a right checksum, nothing is thrown. */
  @Test
  void takesNoHarmFromMessagesThatAreNone() {
    var dice = new Random(9);
    byte[] message = new KplMessage().add("a", "one").add("b", "two").message();
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = message.clone();
      changed[dice.nextInt(changed.length)] = (byte) dice.nextInt();
      changed[dice.nextInt(changed.length)] = (byte) dice.nextInt();
      byte[] cut = Arrays.copyOf(changed, dice.nextInt(changed.length + 1));
      KplAggregate.split(KplMessage.aggregate(cut))
          .ifPresent(records -> assertThat(records).hasSizeLessThanOrEqualTo(cut.length));
    }
  }
}
