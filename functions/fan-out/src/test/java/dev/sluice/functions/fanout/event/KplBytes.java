package dev.sluice.functions.fanout.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Makes records as the Kinesis Producer Library does. */
public final class KplBytes {
  private KplBytes() {}

  /** All records under one key. */
  public static byte[] aggregate(List<byte[]> payloads) {
    var message = new ByteArrayOutputStream();
    bytes(1, "key".getBytes(UTF_8), message);
    for (byte[] payload : payloads) {
      bytes(3, record(0, payload), message);
    }
    return framed(message.toByteArray());
  }

  /** A record that names the key with this number. */
  static byte[] record(long key, byte[] payload) {
    var record = new ByteArrayOutputStream();
    varint(1 << 3, record);
    varint(key, record);
    bytes(3, payload, record);
    return record.toByteArray();
  }

  /** A field that is bytes. */
  static void bytes(int field, byte[] value, ByteArrayOutputStream out) {
    varint(field << 3 | 2, out);
    varint(value.length, out);
    out.writeBytes(value);
  }

  static void varint(long value, ByteArrayOutputStream out) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** The message between the magic bytes and its MD5. */
  static byte[] framed(byte[] message) {
    try {
      var out = new ByteArrayOutputStream();
      out.writeBytes(new byte[] {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2});
      out.writeBytes(message);
      out.writeBytes(MessageDigest.getInstance("MD5").digest(message));
      return out.toByteArray();
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
