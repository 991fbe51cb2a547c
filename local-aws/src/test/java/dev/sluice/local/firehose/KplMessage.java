package dev.sluice.local.firehose;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Writes records as the Kinesis Producer Library puts them into one. */
final class KplMessage {

  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private int records;

  KplMessage add(String partitionKey, String text) {
    return add(partitionKey, records, text);
  }

  /** With an index into the keys that were added so far. */
  KplMessage add(String partitionKey, int keyIndex, String text) {
    field(message, 1, partitionKey.getBytes(UTF_8));
    field(message, 2, "1234".getBytes(UTF_8)); // an explicit hash key
    var record = new ByteArrayOutputStream();
    record.write(1 << 3);
    varint(record, keyIndex);
    record.write(2 << 3);
    varint(record, keyIndex);
    field(record, 3, text.getBytes(UTF_8));
    field(message, 3, record.toByteArray());
    records++;
    return this;
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] bytes) {
    out.write(number << 3 | 2);
    varint(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void varint(ByteArrayOutputStream out, int value) {
    int rest = value;
    for (; rest > 0x7f; rest >>>= 7) {
      out.write(rest & 0x7f | 0x80);
    }
    out.write(rest);
  }

  byte[] message() {
    return message.toByteArray();
  }

  byte[] aggregate() {
    return aggregate(message());
  }

  /** Any bytes with the library's mark before them and their checksum behind. */
  static byte[] aggregate(byte[] message) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2});
    out.writeBytes(message);
    try {
      out.writeBytes(MessageDigest.getInstance("MD5").digest(message));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
    return out.toByteArray();
  }
}
