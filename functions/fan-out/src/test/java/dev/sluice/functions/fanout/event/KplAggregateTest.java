package dev.sluice.functions.fanout.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Records of the Kinesis Producer Library, made by the test itself. */
class KplAggregateTest {
  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  private static List<String> payloads(byte[] aggregate) {
    return KplAggregate.parts(aggregate).orElseThrow().stream()
        .map(part -> new String(aggregate, part.from(), part.to() - part.from(), UTF_8))
        .toList();
  }

  @Test
  void givesTheRecordsInTheirOrder() {
    byte[] aggregate = KplBytes.aggregate(List.of(utf8("one"), utf8(""), utf8("x".repeat(300))));
    assertThat(KplAggregate.begins(aggregate)).isTrue();
    assertThat(payloads(aggregate)).containsExactly("one", "", "x".repeat(300));
    assertThat(payloads(KplBytes.aggregate(List.of()))).isEmpty();
  }

  @Test
  void passesOverFieldsThatItDoesNotKnow() {
    var record = new ByteArrayOutputStream();
    record.writeBytes(KplBytes.record(0, utf8("first wins not")));
    KplBytes.bytes(4, utf8("a tag"), record); // tags
    KplBytes.varint(9 << 3 | 1, record);
    record.writeBytes(new byte[8]);
    KplBytes.varint(10 << 3 | 5, record);
    record.writeBytes(new byte[4]);
    KplBytes.bytes(3, utf8("the last"), record);
    var message = new ByteArrayOutputStream();
    KplBytes.bytes(3, record.toByteArray(), message); // keys may come behind
    KplBytes.bytes(1, utf8("key"), message);
    assertThat(payloads(KplBytes.framed(message.toByteArray()))).containsExactly("the last");
  }

  @Test
  void anyFlippedBitAndAnyCutMakesItCorrupt() {
    byte[] whole = KplBytes.aggregate(List.of(utf8("some line"), utf8("another")));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThat(KplAggregate.begins(cut) && KplAggregate.parts(cut).isPresent()).isFalse();
    }
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(KplAggregate.begins(flipped) && KplAggregate.parts(flipped).isPresent())
          .as("bit %d", bit)
          .isFalse();
    }
  }

  @Test
  void aBrokenMessageWithAGoodSumIsCorrupt() {
    byte[] noSuchKey = KplBytes.record(1, utf8("x"));
    byte[] negativeKey = KplBytes.record(-1, utf8("x"));
    byte[] noData = {8, 0};
    byte[] noKey = {26, 1, 'x'};
    var hashKeyMissing = new ByteArrayOutputStream();
    hashKeyMissing.writeBytes(KplBytes.record(0, utf8("x")));
    hashKeyMissing.writeBytes(new byte[] {16, 0});
    for (byte[] record :
        List.of(noSuchKey, negativeKey, noData, noKey, hashKeyMissing.toByteArray())) {
      var message = new ByteArrayOutputStream();
      KplBytes.bytes(1, utf8("key"), message);
      KplBytes.bytes(3, record, message);
      assertThat(KplAggregate.parts(KplBytes.framed(message.toByteArray()))).isEmpty();
    }
    var badHashKey = new ByteArrayOutputStream();
    KplBytes.bytes(1, utf8("key"), badHashKey);
    KplBytes.bytes(2, utf8("no number"), badHashKey);
    KplBytes.bytes(3, hashKeyMissing.toByteArray(), badHashKey);
    assertThat(KplAggregate.parts(KplBytes.framed(badHashKey.toByteArray()))).isEmpty();
  }

  @Test
  void anyBytesInsideAreTakenOrRefusedAndNeverMore() {
    var random = new Random(20_261_122);
    int taken = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] good = KplBytes.aggregate(List.of(utf8("line " + round), utf8("b")));
      byte[] message = Arrays.copyOfRange(good, 4, good.length - 16);
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        message[random.nextInt(message.length)] = (byte) random.nextInt(256);
      }
      byte[] data = KplBytes.framed(message);
      for (KplAggregate.Part part : KplAggregate.parts(data).orElse(new ArrayList<>())) {
        assertThat(part.from()).isBetween(4, data.length - 16);
        assertThat(part.to()).isBetween(part.from(), data.length - 16);
        taken++;
      }
    }
    assertThat(taken).isGreaterThan(1_000);
  }
}
