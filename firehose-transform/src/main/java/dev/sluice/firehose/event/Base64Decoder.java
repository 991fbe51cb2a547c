package dev.sluice.firehose.event;

import java.util.Arrays;
import java.util.Base64;

/**
 * Base64 (RFC 4648, section 4) out of the middle of an array. The work is done by {@link
 * java.util.Base64}, which the JVM does by vectors where the processor has them, and which wants
 * arrays of exactly the right length: texts are copied into some that are there already, in blocks.
 * Answers are those of the JDK for the whole text. Not thread-safe.
 */
public final class Base64Decoder {
  /** Answer for a text that is not Base64. */
  public static final int MALFORMED = -1;

  /** A decoder by vectors takes so many characters at a time. */
  private static final int STEP = 64;

  /** Characters that are decoded in one call. */
  private static final int BLOCK = 64 * STEP;

  private static final int BLOCK_BYTES = BLOCK / 4 * 3;

  /** Bytes behind the decoded ones that may be read, whatever they are. */
  private static final int ROOM_BEHIND = 64;

  private static final char PAD = '=';

  private static final Base64.Decoder DECODER = Base64.getDecoder();
  private static final byte[] ZEROS = zeros();

  /** Arrays of each multiple of {@link #STEP}, made when they are needed. */
  private final byte[][] blocks = new byte[BLOCK / STEP + 1][];

  private final boolean byTables;
  private byte[] bytes = new byte[BLOCK_BYTES + ROOM_BEHIND];
  private byte[] part; // of a text of several blocks

  public Base64Decoder() {
    this(Base64Tables.ARE_FASTER);
  }

  /** For tests that want both ways. */
  Base64Decoder(boolean byTables) {
    this.byTables = byTables;
  }

  /** Digits that stand for bits that are not set. */
  private static byte[] zeros() {
    byte[] zeros = new byte[STEP];
    Arrays.fill(zeros, (byte) 'A');
    return zeros;
  }

  /**
   * Decodes the characters from {@code from} (in) to {@code to} (out). Padding may be missing, as
   * {@link Base64#getDecoder} has it.
   *
   * @return how many of {@link #bytes()} they are, or {@link #MALFORMED}
   */
  public int decode(byte[] text, int from, int to) {
    int end = withoutPadding(text, from, to);
    if (end == MALFORMED || (end - from) % 4 == 1) {
      return MALFORMED;
    }
    if (byTables) {
      makeRoom(end - from);
      return Base64Tables.decode(text, from, end, bytes, 0);
    }
    try {
      int decoded = 0;
      int i = from;
      if (end - from > BLOCK) {
        makeRoom(end - from);
        if (part == null) {
          part = new byte[BLOCK_BYTES];
        }
        for (; i < end - BLOCK; i += BLOCK) {
          if (decodePart(text, i, i + BLOCK, decoded) != BLOCK_BYTES) {
            return MALFORMED; // padding in the middle
          }
          decoded += BLOCK_BYTES;
        }
        decodePart(text, i, end, decoded);
      } else {
        decode(text, i, end, bytes);
      }
      return decoded + (end - i) * 3 / 4;
    } catch (IllegalArgumentException notBase64) {
      return MALFORMED;
    }
  }

  private void makeRoom(int digits) {
    int bound = (int) (digits * 3L / 4) + BLOCK_BYTES + ROOM_BEHIND;
    if (bytes.length < bound) {
      bytes = new byte[Math.max(bound, 2 * bytes.length)];
    }
  }

  /**
   * Decodes a block of many to where it belongs; how many bytes it is, zeros behind it included.
   */
  private int decodePart(byte[] text, int from, int to, int at) {
    int count = decode(text, from, to, part);
    System.arraycopy(part, 0, bytes, at, count);
    return count;
  }

  /** Decodes a block and the zeros that fill it up. */
  private int decode(byte[] text, int from, int to, byte[] out) {
    int count = to - from;
    int steps = (count + STEP - 1) / STEP;
    byte[] block = blocks[steps];
    if (block == null) {
      block = new byte[steps * STEP];
      blocks[steps] = block;
    }
    if (count < block.length) {
      System.arraycopy(ZEROS, 0, block, block.length - STEP, STEP);
    }
    System.arraycopy(text, from, block, 0, count);
    return DECODER.decode(block, out);
  }

  /** End of the digits; padding must fill up a group when there is any. */
  private static int withoutPadding(byte[] text, int from, int to) {
    if (to == from || text[to - 1] != PAD) {
      return to;
    }
    int padding = to - from >= 2 && text[to - 2] == PAD ? 2 : 1;
    return (to - from) % 4 == 0 ? to - padding : MALFORMED;
  }

  /** What was decoded last, from the first byte on. */
  public byte[] bytes() {
    return bytes;
  }
}
